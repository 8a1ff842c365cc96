"""Who takes part in an encounter: the actors its words name, mean or speak for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dragoman.actors import Cast, Entry
from dragoman.language import language_data
from dragoman.reading.before import Before, Met, speaks_for_others
from dragoman.reading.candidates import said_before
from dragoman.schemas.evidence import Span
from dragoman.syntax.nouns import is_office
from dragoman.terminology.people import is_known_family

if TYPE_CHECKING:
    from dragoman.article import Article
    from dragoman.attribution import MeetingCue


class Parties:
    """Finds the actors that the words of an encounter name, or mean by what stands before."""

    def __init__(self, article: Article, cast: Cast) -> None:
        """Keep what is looked at."""
        self._article = article
        self._cast = cast
        self._before = Before(article, cast)
        data = language_data(article.language)
        self._pronouns = data.pronouns if data is not None else {}

    def of(self, cue: MeetingCue, met: Sequence[Met]) -> tuple[Entry, ...]:
        """The parties of an encounter, each once; `met` are the encounters before it."""
        alone = len(cue.participants) == 1
        found: list[Entry | None] = []
        for name, span in zip(cue.names, cue.participants, strict=True):
            words = self._article.text[max(0, span.start - _LONGEST_COUNT) : span.end]
            if alone or _COUNTED.search(words):
                found += self._before.the_two(span, met)
            elif name == span.exact and name.casefold() in self._pronouns:
                found.append(self._before.the_one(span))
            elif span == cue.cue:
                found.append(self._running(name, span))
            elif not _is_attribute(self._article, span):
                found.append(self._named(name, span))
        return tuple({id(party): party for party in found if party is not None}.values())

    def _named(self, name: str, span: Span) -> Entry:
        """Who is named, or whose name a pronoun goes back to."""
        if name == span.exact:
            party = self._cast.add(name, span=span)
        else:
            party = self._cast.add(name, span=said_before(self._article, name, span.start))
            if not is_somebody(party, self._cast):
                party = self._before.the_one(span) or party
        return _sender(party, self._cast) or party

    def _running(self, name: str, noun: Span) -> Entry | None:
        """Whose encounter it is that a noun tells of without saying so."""
        if name != noun.exact:
            party = self._cast.add(name, span=said_before(self._article, name, noun.start))
            if is_somebody(party, self._cast) and not speaks_for_others(party):
                return party
        return self._before.the_visitor(noun)


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


_LEAST_LIKELIHOOD = 0.2
"""Likelihood of an actor below which one is no party to a meeting."""


def is_somebody(party: Entry, cast: Cast) -> bool:
    """Whether one who meets others is more than an unknown word with a capital."""
    if party.name.casefold() in _NOBODY:
        return False
    group = party.known and party.kind == "group"
    if not group and cast.likelihood(party) < _LEAST_LIKELIHOOD:
        return False
    return party.known or cast.is_proper(party) or is_known_family(party.name)


def _is_attribute(article: Article, span: Span) -> bool:
    """Whether a name only explains the office behind it: "Standing Committee member"."""
    data = language_data(article.language)
    after = _NEXT_WORD.match(article.text, span.end)
    return data is not None and after is not None and is_office(after[1].casefold(), data)


_NEXT_WORD = re.compile(r" ([a-z]+)")
