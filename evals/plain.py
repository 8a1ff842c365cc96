"""A baseline to beat: the same model asked for everything in one plain structured call."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import BaseModel

from dragoman.article import Article
from dragoman.schemas.brief import (
    Actor,
    Brief,
    Correction,
    Meeting,
    Position,
    Rejected,
    Run,
    Source,
    Warning,
)
from dragoman.schemas.evidence import Evidence, Span
from dragoman.schemas.vocabulary import (
    Act,
    ActorKind,
    CorrectionKind,
    Impact,
    ItemKind,
    MeetingStatus,
    WarningKind,
)

if TYPE_CHECKING:
    from dragoman.model import Model

OUTPUT_TOKENS = 750

_TASK = """\
You read a machine-translated news article, given as numbered sentences, and fill in a form.
actors: persons, governments, organisations, companies, groups and media that act or speak.
meetings: who met whom; status held, ongoing, planned, postponed, ruled_out or called_for.
positions: views that the article attributes to somebody. act: support, agree, request, accuse,
reject, deny or declare. target: whom it is about, or null.
warnings: who warned whom of what; kind threat (the issuer would do it) or caution.
corrections: words that are wrong because of the translation (original), and what they should be
(corrected), in the article's language.
sentences: the numbers of the sentences that prove an item. Report each item once. A list may be
empty. Answer in JSON."""


class PlainActor(BaseModel):
    """An actor of the plain call."""

    name: str
    kind: ActorKind


class Numbered(BaseModel):
    """An item with the numbers of the sentences it cites, counted from 1."""

    sentences: list[int]


class PlainMeeting(Numbered):
    """A meeting of the plain call."""

    participants: list[str]
    status: MeetingStatus


class PlainPosition(Numbered):
    """A position of the plain call."""

    holder: str
    act: Act
    target: str | None
    statement: str


class PlainWarning(Numbered):
    """A warning of the plain call."""

    issuer: str
    addressee: str | None
    kind: WarningKind
    statement: str


class PlainCorrection(Numbered):
    """A correction of the plain call."""

    original: str
    corrected: str
    kind: CorrectionKind
    impact: Impact


class PlainAnswer(BaseModel):
    """Everything, in one answer."""

    actors: list[PlainActor]
    meetings: list[PlainMeeting]
    positions: list[PlainPosition]
    warnings: list[PlainWarning]
    corrections: list[PlainCorrection]


async def plain(article: Article, model: Model) -> Brief:
    """The brief of one plain structured call.

    Raises:
        DragomanError: the call failed, or its answer was cut off or does not fit the form.
    """
    from dragoman.prompts import Message, Prompt

    started = time.monotonic()
    numbered = "\n".join(
        f"{number}. {sentence.text}" for number, sentence in enumerate(article.sentences, start=1)
    )
    prompt = Prompt("plain", "1", (Message("system", _TASK), Message("user", numbered)))
    answer = await model.ask(prompt, PlainAnswer, max_output_tokens=OUTPUT_TOKENS)
    usage = model.usage
    run = Run(
        model=model.endpoint.model,
        endpoint=model.endpoint.kind,
        strategy="none",
        prompts=usage.prompts,
        mode=usage.mode,
        requests=usage.requests,
        attempts=usage.attempts,
        retries=usage.retries,
        input_tokens=usage.input_tokens,
        output_tokens=usage.output_tokens,
        cached_tokens=usage.cached_tokens,
        seconds=time.monotonic() - started,
        complete=True,
    )
    return as_brief(answer.value, article, run)


def as_brief(answer: PlainAnswer, article: Article, run: Run) -> Brief:
    """The answer as a brief; an item without any evidence or substance is rejected."""
    actors = _actors(answer, article)
    proven = _Proven(article)
    meetings: list[Meeting] = []
    for meeting in answer.meetings:
        participants = tuple(
            dict.fromkeys(actors[name].id for name in map(_clean, meeting.participants))
        )
        if evidence := proven.evidence("meeting", meeting, len(participants) > 1):
            meetings.append(
                Meeting(
                    id=f"m{len(meetings) + 1}",
                    participants=participants,
                    status=meeting.status,
                    format="unstated",
                    evidence=evidence,
                )
            )
    positions: list[Position] = []
    for position in answer.positions:
        if evidence := proven.evidence("position", position, bool(position.statement)):
            positions.append(
                Position(
                    id=f"p{len(positions) + 1}",
                    holder=actors[_clean(position.holder)].id,
                    act=position.act,
                    target=actors[_clean(position.target)].id if position.target else None,
                    statement=position.statement,
                    evidence=evidence,
                )
            )
    warnings: list[Warning] = []
    for warning in answer.warnings:
        if evidence := proven.evidence("warning", warning, bool(warning.statement)):
            warnings.append(
                Warning(
                    id=f"w{len(warnings) + 1}",
                    issuer=actors[_clean(warning.issuer)].id,
                    addressee=actors[_clean(warning.addressee)].id if warning.addressee else None,
                    kind=warning.kind,
                    statement=warning.statement,
                    evidence=evidence,
                )
            )
    corrections: list[Correction] = []
    for correction in answer.corrections:
        if evidence := proven.evidence("correction", correction, bool(correction.original)):
            corrections.append(
                Correction(
                    id=f"c{len(corrections) + 1}",
                    original=correction.original,
                    corrected=correction.corrected,
                    kind=correction.kind,
                    impact=correction.impact,
                    reason="proposed by the model",
                    origin="model",
                    evidence=evidence,
                )
            )
    return Brief(
        language=article.language,
        source=Source(
            title=article.title,
            language=article.language,
            sha256=article.sha256,
            characters=len(article.text),
        ),
        headline=article.title,
        key_points=(),
        actors=tuple(actors.values()),
        meetings=tuple(meetings),
        positions=tuple(positions),
        warnings=tuple(warnings),
        corrections=tuple(corrections),
        rejected=tuple(proven.rejected),
        noise=(),
        gaps=(),
        run=run,
    )


def _actors(answer: PlainAnswer, article: Article) -> dict[str, Actor]:
    """Everybody the answer names, by name; who is in no list of actors is taken for a person."""
    kinds: dict[str, ActorKind] = {_clean(actor.name): actor.kind for actor in answer.actors}
    for name in _named(answer):
        kinds.setdefault(_clean(name), "person")
    return {
        name: Actor(
            id=f"a{number}",
            name=name,
            kind=kind,
            mentions=tuple(_mentions(name, article.text)),
        )
        for number, (name, kind) in enumerate(kinds.items(), start=1)
    }


def _named(answer: PlainAnswer) -> Iterator[str]:
    for meeting in answer.meetings:
        yield from meeting.participants
    for position in answer.positions:
        yield position.holder
        if position.target:
            yield position.target
    for warning in answer.warnings:
        yield warning.issuer
        if warning.addressee:
            yield warning.addressee


def _clean(name: str) -> str:
    return " ".join(name.split()) or "?"


def _mentions(name: str, text: str) -> Iterator[Span]:
    start = text.find(name)
    while start >= 0:
        yield Span(start=start, end=start + len(name), exact=name)
        start = text.find(name, start + len(name))


class _Proven:
    """Turns sentence numbers into evidence, and remembers what has none."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self.rejected: list[Rejected] = []

    def evidence(self, kind: ItemKind, item: Numbered, sound: bool) -> tuple[Evidence, ...]:
        """The sentences an item cites; none, and the item rejected, if they do not exist."""
        sentences = self._article.sentences
        found = tuple(
            self._article.evidence(sentences[number - 1].id)
            for number in dict.fromkeys(item.sentences)
            if 0 < number <= len(sentences)
        )
        if found and sound:
            return found
        self.rejected.append(
            Rejected(
                kind=kind,
                item=item.model_dump(mode="json"),
                rule="incomplete",
                reason="it cites no sentence that exists, or lacks what makes such an item",
            )
        )
        return ()
