"""What the words of the article themselves suggest of meetings: who may have met whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.actors import Cast, Entry
from dragoman.attribution import MeetingCue, meeting_cues
from dragoman.dates import find_dates
from dragoman.language import language_data
from dragoman.reading.candidates import Statement, quoted_parts
from dragoman.reading.parties import Parties, is_somebody
from dragoman.reading.places import place_of
from dragoman.reading.repetitions import told_once
from dragoman.schemas.evidence import Span
from dragoman.schemas.vocabulary import MeetingFormat, MeetingStatus
from dragoman.syntax.nouns import is_office
from dragoman.terminology.people import is_known_name

if TYPE_CHECKING:
    from dragoman.article import Article, Sentence


@dataclass(frozen=True, slots=True)
class Encounter:
    """Two or more parties may have met, or be about to.

    Attributes:
        sentence: id of the sentence.
        parties: who takes part.
        status: what tense and negation suggest.
        format: what the words suggest.
        date: the date the sentence gives, if it gives just one.
        place: where the sentence says it is.
    """

    sentence: str
    parties: tuple[Entry, ...]
    status: MeetingStatus
    format: MeetingFormat
    date: str | None
    place: str | None = None


def encounters(article: Article, cast: Cast, stated: Sequence[Statement]) -> list[Encounter]:
    """What may be meetings, one entry for a sentence and set of parties.

    Args:
        article: the article.
        cast: its actors.
        stated: its statements; who speaks in them may tell of meetings in the first person.
    """
    found: list[Encounter] = []
    parties_of = Parties(article, cast)
    for cue in meeting_cues(article):
        unique = parties_of.of(cue, [(one.sentence, one.parties) for one in found[-_RECENT:]])
        sentence = article.sentence(cue.sentence)
        if len(unique) < 2 or _CONTEST.search(sentence.text):
            continue
        told = [cast.find(span.exact) for span in cue.participants if _is_told(article, span)]
        if not all(is_somebody(party, cast) or party in told for party in unique):
            continue
        if _visits_a_place(cue, unique):
            continue
        if _SUMMONED.match(cue.cue.exact) and not all(map(cast.is_proper, unique)):
            continue  # a ministry and its guest without a name
        dates = find_dates(sentence.text, article.language)
        date = dates[0].exact if len(dates) == 1 else None
        place = place_of(sentence, cue, article.language)
        if place is not None and any(place in party.name for party in unique):
            place = None  # "talks with the leadership in Linden": that is where they are from
        found += [
            Encounter(cue.sentence, group, cue.status, cue.format, date, place)
            for group in _groups(cue, unique)
        ]
    found += _in_own_words(article, cast, stated)
    return told_once(found, article, cast)


_RECENT = 8
"""Encounters told last, to which "both sides" may go back."""


_SUMMONED = re.compile(r"summon|.*bestell")

_CONTEST = re.compile(
    r"\b\d[:-]\d\b(?! (?:Uhr|[A-Z]))|\b(?i:runoff|derby|semi-?final|quarter-?final|kick-?off"
    r"|stichwahl|halbfinale|viertelfinale|achtelfinale|anpfiff)\b"
)
"""A result, or a word for what is contested: those who meet there are opponents."""


def _in_own_words(article: Article, cast: Cast, told: Sequence[Statement]) -> Iterator[Encounter]:
    """Meetings that a speaker tells of in the first person: "I spoke with Jo Roe", she said."""
    data = language_data(article.language)
    speakers = data.grammar.first_person if data is not None else frozenset()
    for statement in told:
        quoted = statement.quoted and is_somebody(statement.holder, cast)
        for sentence in map(article.sentence, statement.sentences if quoted else ()):
            for cue in _cues_in_quotations(article, sentence):
                others = [cast.add(name) for name in cue.names if name.casefold() not in speakers]
                own = others and len(others) < len(cue.names)
                if own and all(is_somebody(party, cast) for party in others):
                    parties = (statement.holder, *others)
                    yield Encounter(sentence.id, parties, cue.status, cue.format, None)


def _cues_in_quotations(article: Article, sentence: Sentence) -> Iterator[MeetingCue]:
    """What the quotations of a sentence tell of meetings, each read by itself."""
    for start, end in quoted_parts(article, sentence):
        if words := article.text[start:end].strip():
            yield from meeting_cues(type(article).from_text(words, language=article.language))


def _is_told(article: Article, span: Span) -> bool:
    """Whether an office behind a name tells who it is: "Norda, the secretary of the council"."""
    data = language_data(article.language)
    behind = _APPOSED.match(article.text, span.end)
    nouns = behind[1].split() if behind is not None else []
    return data is not None and any(is_office(noun.casefold(), data) for noun in nouns)


_APPOSED = re.compile(r", (?:the|a|an|der|die|das|ein|eine) ((?:[\w-]+ ?){1,3})")
"""What explains the name before it."""


def _visits_a_place(cue: MeetingCue, parties: Sequence[Entry]) -> bool:
    """Whether what is visited only looks like a person's name: "visited Saint Mary"."""
    if not cue.cue.exact.casefold().startswith(("besuch", "visit")):
        return False
    return any(
        party.kind == "person"
        and party.role is None
        and len(party.spans) == 1
        and not is_known_name(party.name)
        for party in parties[1:]
    )


_ROUND = 4
"""From so many parties on, one who "met with" a list of others is taken to have met each."""


def _groups(cue: MeetingCue, parties: tuple[Entry, ...]) -> list[tuple[Entry, ...]]:
    spans = cue.participants
    visits = spans[0].end <= cue.cue.start and all(span.start >= cue.cue.end for span in spans[1:])
    if len(parties) < _ROUND or not visits:
        return [parties]
    return [(parties[0], other) for other in parties[1:]]
