"""The sentence strategy, for small models: one short question at a time, answered by one word.

What the words themselves tell (who speaks, by which cue) is found without the model. It is asked
about each such finding: what does this speaker do here, is this an encounter? The probability of
each possible answer, where the endpoint gives it, is weighed against the cue.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from dragoman import prompts
from dragoman.actors import Cast, Entry
from dragoman.errors import DragomanError
from dragoman.reading.candidates import Statement, own_words, statements
from dragoman.reading.encounters import Encounter, encounters
from dragoman.reading.judgement import (
    ENCOUNTER_WORDS,
    STATEMENT_WORDS,
    judge_encounter,
    judge_statement,
)
from dragoman.reading.outcome import Losses, Notify, Outcome, Progress, is_local
from dragoman.reading.threats import aimed_at, warning_kind
from dragoman.schemas.draft import DraftMeeting, DraftPosition, Drafts, DraftWarning

if TYPE_CHECKING:
    from dragoman.article import Article
    from dragoman.model import Model

LONGEST_PASSAGE = 700
"""Characters of a passage that are shown; a reporting cue stands near one of its ends."""

_LONGEST_BEFORE = 160  # characters
_MOST_ALTERNATIVES = 20
_ROOM = 2  # tokens: one word of the list


async def read(article: Article, model: Model, notify: Notify) -> Outcome:
    """Read an article one finding at a time.

    Raises:
        DragomanError: the model cannot be asked at all, or a recording does not fit.
    """
    reader = _Reader(article, model, notify)
    await reader.read()
    losses = reader.losses
    return Outcome(reader.drafts(), tuple(losses.gaps), reader.notes(), ended=losses.ended)


class _Reader:
    """Puts the findings of one article to the model and keeps what it makes of them."""

    def __init__(self, article: Article, model: Model, notify: Notify) -> None:
        self._article = article
        self._model = model
        self._notify = notify
        self._cast = Cast(article)
        self._statements = statements(article, self._cast)
        self._encounters = encounters(article, self._cast, self._statements)
        self.losses = Losses()
        self._positions: list[DraftPosition] = []
        self._warnings: list[DraftWarning] = []
        self._meetings: list[DraftMeeting] = []
        self._used: list[Entry] = []

    async def read(self) -> None:
        """Ask about every finding; what fails is noted."""
        total = len(self._statements) + len(self._encounters)
        questions: Sequence[Statement | Encounter] = (*self._statements, *self._encounters)
        for done, finding in enumerate(questions):
            self._notify(Progress(done, total, _place(finding)))
            try:
                if isinstance(finding, Statement):
                    await self._ask_statement(finding)
                else:
                    await self._ask_encounter(finding)
                self.losses.answered += 1
            except DragomanError as error:
                if is_local(error):
                    self.losses.refused(_sentences(finding), error)
                    continue
                left = (name for later in questions[done:] for name in _sentences(later))
                self.losses.stopped(left, error)
                break

    async def _ask_statement(self, statement: Statement) -> None:
        passage = " ".join(self._article.sentence(name).text for name in statement.sentences)
        answer = await self._choose(
            "statement",
            STATEMENT_WORDS,
            before=self._before(statement.sentences[0]),
            passage=_shortened(passage),
            name=statement.form,
        )
        judgement = judge_statement(statement, answer, self._cast.likelihood(statement.holder))
        if judgement.act is None:
            return
        self._used += [
            entry
            for entry in (statement.holder, statement.target, statement.reporter)
            if entry is not None
        ]
        if judgement.act == "warn":
            self._warnings.append(self._warning(statement, passage, judgement.confidence))
            return
        self._positions.append(
            DraftPosition(
                sentences=tuple(statement.sentences),
                holder=statement.holder.name,
                act=judgement.act,
                target=_name(statement.target),
                statement=passage,
                quote=self._quote(statement),
                reported_by=_name(statement.reporter),
                confidence=judgement.confidence,
            )
        )

    def _before(self, sentence: str) -> str:
        """The end of the sentence before, for pronouns."""
        body = self._article.body
        place = next(index for index, one in enumerate(body) if one.id == sentence)
        return body[place - 1].text[-_LONGEST_BEFORE:] if place else ""

    def _warning(self, statement: Statement, passage: str, confidence: float) -> DraftWarning:
        kind = warning_kind(statement, passage)
        addressee = statement.target
        if addressee is None and kind == "threat":
            addressee = aimed_at(statement, self._article, self._cast)
            self._used += [addressee] if addressee is not None else []
        return DraftWarning(
            sentences=tuple(statement.sentences),
            issuer=statement.holder.name,
            addressee=_name(addressee),
            kind=kind,
            statement=passage,
            condition=_condition(passage),
            quote=self._quote(statement),
            reported_by=_name(statement.reporter),
            confidence=confidence,
        )

    def _quote(self, statement: Statement) -> str | None:
        return own_words(self._article, statement.sentences) if statement.quoted else None

    async def _ask_encounter(self, encounter: Encounter) -> None:
        text = self._article.sentence(encounter.sentence).text
        answer = await self._choose(
            "meeting",
            ENCOUNTER_WORDS,
            sentence=_shortened(text),
            parties=[party.name for party in encounter.parties],
        )
        judgement = judge_encounter(encounter, answer)
        if judgement.status is None:
            return
        self._used += encounter.parties
        self._meetings.append(
            DraftMeeting(
                sentences=(encounter.sentence,),
                participants=tuple(party.name for party in encounter.parties),
                status=judgement.status,
                format=encounter.format,
                place=encounter.place,
                date=encounter.date,
                confidence=judgement.confidence,
            )
        )

    async def _choose(
        self, prompt: str, words: Mapping[str, object], **values: object
    ) -> Mapping[str, float]:
        rendered = prompts.render(prompt, language=self._article.language, **values)
        completion = await self._model.complete(
            rendered, max_output_tokens=_ROOM, top=_MOST_ALTERNATIVES, choices=tuple(words)
        )
        return completion.choice()

    def drafts(self) -> Drafts:
        """What was proposed, with the actors it needs and those that are named in full."""
        return Drafts(
            actors=self._cast.drafts([*self._used, *self._cast.prominent()]),
            meetings=merged_meetings(self._meetings),
            positions=tuple(self._positions),
            warnings=tuple(self._warnings),
        )

    def notes(self) -> tuple[str, ...]:
        """What a reader must know of the reach of this strategy."""
        if self._statements or self._encounters or not self._article.body:
            return ()
        return ("No reporting words were found; the language may not be known.",)


def merged_meetings(meetings: Sequence[DraftMeeting]) -> tuple[DraftMeeting, ...]:
    """One meeting for the same parties, status and (where both have one) date."""
    merged: list[DraftMeeting] = []
    for meeting in meetings:
        for index, other in enumerate(merged):
            if _same_encounter(meeting, other):
                merged[index] = _joined(other, meeting)
                break
        else:
            merged.append(meeting)
    return tuple(merged)


def _same_encounter(one: DraftMeeting, other: DraftMeeting) -> bool:
    if set(one.participants) != set(other.participants) or one.status != other.status:
        return False
    return one.date is None or other.date is None or one.date == other.date


def _joined(first: DraftMeeting, second: DraftMeeting) -> DraftMeeting:
    confidences = [c for c in (first.confidence, second.confidence) if c is not None]
    return first.model_copy(
        update={
            "sentences": tuple(dict.fromkeys((*first.sentences, *second.sentences))),
            "format": first.format if first.format != "unstated" else second.format,
            "place": first.place or second.place,
            "date": first.date or second.date,
            "confidence": max(confidences, default=None),
        }
    )


def _sentences(finding: Statement | Encounter) -> tuple[str, ...]:
    if isinstance(finding, Statement):
        return tuple(finding.sentences)
    return (finding.sentence,)


def _place(finding: Statement | Encounter) -> str:
    return f"sentence {_sentences(finding)[0][1:]}"


def _name(entry: Entry | None) -> str | None:
    return entry.name if entry is not None else None


_CONDITION = re.compile(r"\b(?i:wenn|falls|sofern|if) ([^,.;:!?„“”\"]{8,200})")
"""A clause that says what would trigger a warning, in German and English."""


def _condition(passage: str) -> str | None:
    found = _CONDITION.search(passage)
    return found[1].strip() if found is not None else None


def _shortened(passage: str) -> str:
    if len(passage) <= LONGEST_PASSAGE:
        return passage
    half = LONGEST_PASSAGE // 2
    return f"{passage[:half]} … {passage[-half:]}"
