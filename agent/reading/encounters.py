"""What the words of the article themselves suggest of meetings: who may have met whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dragoman.actors import Cast, Entry
from dragoman.attribution import MeetingCue, meeting_cues
from dragoman.dates import find_dates
from dragoman.language import language_data
from dragoman.reading.candidates import Statement, quoted_parts, said_before
from dragoman.reading.pairs import speaks_for_others, the_one, the_two, the_visitor
from dragoman.reading.places import place_of
from dragoman.schemas.evidence import Span
from dragoman.schemas.vocabulary import MeetingFormat, MeetingStatus
from dragoman.syntax.nouns import is_office
from dragoman.terminology.people import is_known_family, is_known_name

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
    for cue in meeting_cues(article):
        parties = _parties(article, cast, cue, found)
        unique = tuple({id(party): party for party in parties}.values())
        sentence = article.sentence(cue.sentence)
        if len(unique) < 2 or _CONTEST.search(sentence.text):
            continue
        told = [cast.find(span.exact) for span in cue.participants if _is_told(article, span)]
        if not all(_is_somebody(party, cast) or party in told for party in unique):
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
    plain = [one for one in found if not _is_for_effect(one, found, article, cast)]
    plain = _put_off(plain)
    plain = [one for one in plain if not _is_told_more_closely(one, plain)]
    return [one for one in plain if not _came_true(one, plain, article)]


_IN_RETROSPECT = re.compile(r"\b(?:würden?|would)\b")
"""A future that is told from the past."""


def _came_true(one: Encounter, found: Sequence[Encounter], article: Article) -> bool:
    """Whether what was to come when it was said is told as held, too."""
    if one.status != "planned":
        return False
    if not _IN_RETROSPECT.search(article.sentence(one.sentence).text):
        return False
    parties = {id(party) for party in one.parties}
    return any(
        other.status in ("held", "ongoing") and {id(party) for party in other.parties} == parties
        for other in found
    )


_SUMMONED = re.compile(r"summon|.*bestell")

_CONTEST = re.compile(
    r"\b\d[:-]\d\b(?! (?:Uhr|[A-Z]))|\b(?i:runoff|derby|semi-?final|quarter-?final|kick-?off"
    r"|stichwahl|halbfinale|viertelfinale|achtelfinale|anpfiff)\b"
)
"""A result, or a word for what is contested: those who meet there are opponents."""


def _parties(
    article: Article, cast: Cast, cue: MeetingCue, before: Sequence[Encounter]
) -> Iterator[Entry]:
    """The actors a cue names, and the two that "both sides" or "they" stands for."""
    met = [(one.sentence, one.parties) for one in before]
    alone = len(cue.participants) == 1
    data = language_data(article.language)
    pronouns = data.pronouns if data is not None else {}
    for name, span in zip(cue.names, cue.participants, strict=True):
        words = article.text[max(0, span.start - _LONGEST_COUNT) : span.end]
        if alone or _COUNTED.search(words):
            yield from the_two(article, cast, span, met, lambda one: _is_somebody(one, cast))
        elif name == span.exact and name.casefold() in pronouns:
            person = the_one(article, cast, span)
            yield from () if person is None else (person,)
        elif span == cue.cue:
            there = said_before(article, name, span.start)
            party = cast.add(name, span=there) if name != span.exact else None
            if party is None or speaks_for_others(party) or not _is_somebody(party, cast):
                party = the_visitor(article, cast, span)
            yield from () if party is None else (party,)
        elif not _is_attribute(article, span):
            origin = span if span.exact == name else said_before(article, name, span.start)
            party = cast.add(name, span=origin)
            person = the_one(article, cast, span) if name != span.exact else None
            party = party if person is None or _is_somebody(party, cast) else person
            yield _sender(party, cast) or party


def _sender(party: Entry, cast: Cast) -> Entry | None:
    """Whom a delegation speaks for: the union, for "representatives of the union Norda"."""
    noun, _, rest = party.name.partition(" ")
    words = rest.split()
    if noun.casefold() not in _DELEGATES or not words or words[0] in ("in", "im", "at"):
        return None
    for start in range(1, len(words)):
        entry = cast.find(" ".join(words[start:]))
        if entry is not None and cast.is_proper(entry) and entry.kind != "person":
            return entry
    return None


_DELEGATES = frozenset(
    {"delegation", "representatives", "management", "leadership", "negotiators", "members"}
    | {"vertreter", "vertretern", "führung", "unterhändler", "unterhändlern", "mitgliedern"}
)
"""Those who meet others for a body."""

_NOBODY = frozenset({"representatives", "members", "vertreter", "vertretern", "mitgliedern"})
"""Those of whom it must be said for whom they meet others."""

_COUNTED = re.compile(r"\b(?i:(?:both|two|beide[nr]?|zwei)(?: \w+)?|they|the pair)$")
"""Words for two that were named before."""

_LONGEST_COUNT = 8  # characters


def _is_for_effect(
    one: Encounter, found: Sequence[Encounter], article: Article, cast: Cast
) -> bool:
    """Whether a headline only describes a party that the text then names."""
    named = [party for party in one.parties if cast.is_proper(party)]
    if article.sentence(one.sentence).kind != "title":
        return False
    lead = {sentence.id for sentence in article.body[1 : 1 + _LEAD]}
    if any(_speaks_for(one, other) for other in found if other.sentence in lead):
        return True
    named = [party for party in named if not _is_office(party, article)]
    if len(named) == len(one.parties):
        return False
    others = (other.parties for other in found if other.sentence != one.sentence)
    return not named or any(party in parties for party in named for parties in others)


def _is_office(party: Entry, article: Article) -> bool:
    """Whether a party is told by an office alone: "the Norwegian prime minister"."""
    data = language_data(article.language)
    word = party.name.split()[-1].casefold()
    return data is not None and party.kind == "person" and is_office(word, data)


_LEAD = 3
"""Sentences behind a headline that tell the same."""


def _speaks_for(headline: Encounter, told: Encounter) -> bool:
    """Whether a headline gives countries, or an office, for people who are then named."""
    described = any(party.kind != "person" or party.role is None for party in headline.parties)
    took_place = ("held", "ongoing")
    status = headline.status == told.status or (
        headline.status in took_place and told.status in took_place
    )
    same = status and len(headline.parties) == len(told.parties)
    people = all(party.kind == "person" for party in told.parties)
    return headline.parties == told.parties or (described and same and people)


def _in_own_words(article: Article, cast: Cast, told: Sequence[Statement]) -> Iterator[Encounter]:
    """Meetings that a speaker tells of in the first person: "I spoke with Jo Roe", she said."""
    data = language_data(article.language)
    speakers = data.grammar.first_person if data is not None else frozenset()
    for statement in told:
        quoted = statement.quoted and _is_somebody(statement.holder, cast)
        for sentence in map(article.sentence, statement.sentences if quoted else ()):
            for cue in _cues_in_quotations(article, sentence):
                others = [cast.add(name) for name in cue.names if name.casefold() not in speakers]
                own = others and len(others) < len(cue.names)
                if own and all(_is_somebody(party, cast) for party in others):
                    parties = (statement.holder, *others)
                    yield Encounter(sentence.id, parties, cue.status, cue.format, None)


def _cues_in_quotations(article: Article, sentence: Sentence) -> Iterator[MeetingCue]:
    """What the quotations of a sentence tell of meetings, each read by itself."""
    for start, end in quoted_parts(article, sentence):
        if words := article.text[start:end].strip():
            yield from meeting_cues(type(article).from_text(words, language=article.language))


_ONE_TRIP = 2
"""Sentences within which a visit to a country and a meeting of the visitor are one trip."""


def _put_off(found: Sequence[Encounter]) -> list[Encounter]:
    """Talks that were planned for a visit share its fate: it is put off, so are they."""
    visits = [
        one
        for one in found
        if one.status in ("postponed", "ruled_out") and one.parties[-1].territory is not None
    ]
    return [
        replace(one, status=visit.status)
        if (visit := next((v for v in visits if _belongs_to(one, v)), None)) is not None
        else one
        for one in found
    ]


def _belongs_to(one: Encounter, visit: Encounter) -> bool:
    near = abs(int(one.sentence[1:]) - int(visit.sentence[1:])) <= _ONE_TRIP
    people = all(party.territory is None for party in one.parties)
    return one.status == "planned" and near and people and visit.parties[0] in one.parties


def _is_told_more_closely(visit: Encounter, found: Sequence[Encounter]) -> bool:
    """Whether who visits a country is said close by to meet somebody there."""
    visitor, *hosts = visit.parties
    passing = visit.status in ("held", "ongoing")
    if len(hosts) != 1 or hosts[0].territory is None:
        return False
    return any(
        visitor in other.parties
        and (passing or visit.status == other.status)
        and not any(party is not visitor and party.territory for party in other.parties)
        and abs(int(other.sentence[1:]) - int(visit.sentence[1:])) <= _ONE_TRIP
        for other in found
    )


_LEAST_LIKELIHOOD = 0.2
"""Likelihood of an actor below which one is no party to a meeting."""


def _is_somebody(party: Entry, cast: Cast) -> bool:
    """Whether one who meets others is more than an unknown word with a capital."""
    if party.name.casefold() in _NOBODY:
        return False
    group = party.known and party.kind == "group"
    if not group and cast.likelihood(party) < _LEAST_LIKELIHOOD:
        return False
    return party.known or cast.is_proper(party) or is_known_family(party.name)


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


def _is_attribute(article: Article, span: Span) -> bool:
    """Whether a name only explains the office behind it: "Standing Committee member"."""
    data = language_data(article.language)
    after = _NEXT_WORD.match(article.text, span.end)
    return data is not None and after is not None and is_office(after[1].casefold(), data)


_NEXT_WORD = re.compile(r" ([a-z]+)")
