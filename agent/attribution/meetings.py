"""Finds where an article tells of an encounter, who takes part, and hints at status and format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.attribution.meeting_nouns import by_noun
from dragoman.attribution.meeting_subjects import governed
from dragoman.attribution.meeting_verbs import by_verb
from dragoman.attribution.meeting_words import (
    is_meeting_noun,
    is_verb_here,
    meeting_format,
    meeting_status,
)
from dragoman.attribution.model import Found, Prepared
from dragoman.attribution.pairs import stands_for_two
from dragoman.attribution.references import Memory
from dragoman.attribution.speech import Reader
from dragoman.language import language_data
from dragoman.schemas.evidence import Span
from dragoman.schemas.vocabulary import MeetingFormat, MeetingStatus

if TYPE_CHECKING:
    from dragoman.article import Article


@dataclass(frozen=True, slots=True)
class MeetingCue:
    """A sentence that seems to tell of an encounter of at least two parties.

    Attributes:
        sentence: id of the sentence.
        cue: the verb or noun that tells of it.
        participants: who deals with each other, as the sentence names them (pronouns included);
            a single one stands for two that were named before: "both sides".
        names: the same, pronouns replaced by the names they go back to where that is known.
        status: hint from tense, negation and the words around.
        format: hint from the words of the sentence.
    """

    sentence: str
    cue: Span
    participants: tuple[Span, ...]
    names: tuple[str, ...]
    status: MeetingStatus
    format: MeetingFormat


def meeting_cues(article: Article) -> tuple[MeetingCue, ...]:
    """All meeting cues of an article with at least two participants, in text order.

    Empty for a language without word data. The same encounter may be told several times.
    """
    data = language_data(article.language)
    if data is None:
        return ()
    reader = Reader(article, data)
    found: list[MeetingCue] = []
    for sentence in article.sentences:
        if sentence.noise is None:
            before = Memory(list(reader.memory.subjects))
            found += _in_sentence(reader, reader.read(sentence), before)
    return tuple(found)


def _in_sentence(reader: Reader, prepared: Prepared, before: Memory) -> Iterator[MeetingCue]:
    seen: set[frozenset[str]] = set()
    for clause in range(len(prepared.clauses)):
        for index, token in enumerate(prepared.tokens(clause)):
            if token.kind != "word":
                continue
            for group in _parties(prepared, clause, index):
                parties = list(_unique(group))
                names = tuple(_name(reader, prepared, party, before) for party in parties)
                key = frozenset(name.casefold() for name in names)
                if not key or key in seen:
                    continue
                if len(key) < 2 and not stands_for_two(prepared, parties[0]):
                    continue
                seen.add(key)
                yield MeetingCue(
                    sentence=prepared.sentence.id,
                    cue=Span(start=token.start, end=token.end, exact=token.text),
                    participants=tuple(_span(prepared, party) for party in parties),
                    names=names,
                    status=meeting_status(prepared, clause, index),
                    format=meeting_format(prepared, token),
                )


def _span(prepared: Prepared, party: Found) -> Span:
    token = prepared.tokens(party.clause)[party.phrase.head]
    if party.phrase.pronoun:
        return Span(start=token.start, end=token.end, exact=token.text)
    return prepared.span(party.clause, party.phrase)


def _name(reader: Reader, prepared: Prepared, party: Found, before: Memory) -> str:
    span = _span(prepared, party)
    if not party.phrase.pronoun:
        return span.exact
    if span.exact.lower() in prepared.data.meetings.nouns:
        return before.last(person=True) or span.exact
    pronoun = span.exact.lower()
    return (
        reader.named_before(prepared, party)
        or before.resolve(pronoun, prepared.data)
        or reader.memory.resolve(pronoun, prepared.data)
        or span.exact
    )


def _unique(parties: Iterable[Found]) -> Iterator[Found]:
    seen = set()
    for party in parties:
        place = (party.clause, party.phrase.head)
        if place not in seen:
            seen.add(place)
            yield party


def _parties(prepared: Prepared, clause: int, index: int) -> list[list[Found]]:
    """Who meets whom, by the cue at `index`, one list an encounter; none where there is no cue."""
    meetings = prepared.data.meetings
    token = prepared.tokens(clause)[index]
    if any(other.lower in _ASKING for other in prepared.tokens(clause)[:index]):
        return []
    opens = clause == 0 and index == 0
    noun = (opens or token.capital == (prepared.data.code == "de")) and is_meeting_noun(
        prepared, token.lower
    )
    following = [other.lower for other in prepared.tokens(clause)[index + 1 : index + 3]]
    dated = len(following) == 2 and following[1] in prepared.data.weekdays
    appeal = token.lower == "call" and following[:1] in (["for"], ["on"], ["to"]) and not dated
    if noun and not appeal and not is_verb_here(prepared, clause, index):
        return [by_noun(prepared, clause, index)]
    forms = meetings.verbs.get(token.lower)
    if not forms and _calls(prepared, clause, index):
        forms = (("call", "past", None),)
    if forms and not token.capital:
        return by_verb(prepared, clause, index, forms)
    return []


_ASKING = frozenset({"whether", "ob"})
"""What opens a question whether somebody meets."""


def _calls(prepared: Prepared, clause: int, index: int) -> bool:
    """Whether somebody is called on the telephone: "called her counterpart Jo Roe"."""
    if prepared.tokens(clause)[index].lower not in ("called", "calls"):
        return False
    if next(governed(prepared, clause, frozenset({"with"}), index), None) is not None:
        return True  # "called with the director"
    called = next((p for p in prepared.phrases[clause] if p.first == index + 1), None)
    if called is None:
        return False
    words = {token.lower for token in prepared.tokens(clause)[called.first : called.last + 1]}
    return bool(words & {"counterpart", "colleague"})
