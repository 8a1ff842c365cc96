"""Whom words that name nobody mean, by what stands before: "both sides", "he", "talks with B"."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dragoman.actors import Cast, Entry
from dragoman.attribution.pairs import SIDES
from dragoman.schemas.evidence import Span

if TYPE_CHECKING:
    from dragoman.article import Article

_PARTIES = frozenset({"sides", "parties", "seiten", "parteien"})
"""What those who meet are called, whoever they are."""

_PRONOUNS = frozenset(
    {"they", "their", "sie", "ihr", "ihre", "ihrem", "ihren", "ihrer", "ihres", "beide", "beiden"}
    | {"both", "two", "zwei", "pair"}
)

_PAIR = 2

_FARTHEST = 2
"""Sentences back to which somebody is looked for."""

_SPEAKS_FOR = re.compile(r"spokes|press|secretary$|sprecher|pressesekret")
"""Offices of those who speak for others."""

_WHERE = re.compile(r"\b(?:in|to|at) $")
"""Prepositions behind which a country is a place."""

_AND = re.compile(r" (?:and|und) ")
_LONGEST_TITLE = 60  # characters

Met = tuple[str, tuple[Entry, ...]]
"""A sentence and the parties of an encounter it tells of."""


def speaks_for_others(entry: Entry) -> bool:
    """Whether somebody is known to speak for somebody else."""
    return any(_SPEAKS_FOR.search(office) for office in entry.offices)


class Before:
    """Finds who was named before a place of an article."""

    def __init__(self, article: Article, cast: Cast) -> None:
        """Note where the actors that have names are named."""
        self._article = article
        self._body = article.body
        self._starts = [sentence.start for sentence in self._body]
        named = [
            (span.start, number, entry)
            for number, entry in enumerate(cast.entries)
            if cast.is_proper(entry)
            for span in entry.spans
        ]
        self._named = [(start, entry) for start, _, entry in sorted(named, key=lambda n: n[:2])]
        self._offsets = [start for start, _ in self._named]

    def the_two(self, words: Span, met: Sequence[Met]) -> tuple[Entry, ...]:
        """The two that words like "both sides" stand for; none if that is not plain.

        Args:
            words: the words.
            met: the encounters found so far, in the order of the text.
        """
        head = words.exact.split()[-1].casefold()
        here = self._number(words.start)
        near = {one.id for one in self._body[max(0, here - _FARTHEST) : here + 1]}
        for sentence, parties in reversed(met):
            if sentence not in near:
                break
            fitting = head in _PARTIES or all(_fits(head, party) for party in parties)
            if len(parties) == _PAIR and fitting:
                return parties
        start = self._body[max(0, here - _FARTHEST)].start
        text = self._article.text[start : words.start]
        joined = _joined(text, self._fitting(head, start, words.start))
        if joined:
            return joined
        for farthest in range(_FARTHEST + 1):
            since = self._body[max(0, here - farthest)].start
            found = self._fitting(head, since, words.start)
            if len(found) >= _PAIR:
                return tuple(found) if len(found) == _PAIR else ()
        return self._two_states(words.start) if head in SIDES else ()

    def the_one(self, pronoun: Span) -> Entry | None:
        """The only person named in a sentence up to a pronoun, or else in the one before it."""
        here = self._number(pronoun.start)
        for first in (here, here - 1):
            start = self._body[max(0, first)].start
            named = self._between(start, pronoun.start)
            found = [entry for entry in named if entry.kind == "person"]
            if found:
                return found[0] if len(found) == 1 else None
        return None

    def the_visitor(self, cue: Span) -> Entry | None:
        """Whoever a text is about where "talks with B are planned" leaves out whose they are.

        The first person of the sentence before, or of the one before that, who speaks for nobody.
        """
        here = self._number(cue.start)
        for sentence in reversed(self._body[max(0, here - _FARTHEST) : here]):
            for entry in self._between(sentence.start, sentence.end):
                if entry.kind == "person" and not speaks_for_others(entry):
                    return entry
        return None

    def _number(self, offset: int) -> int:
        return max(0, bisect_right(self._starts, offset) - 1)

    def _between(self, start: int, end: int) -> list[Entry]:
        """Who is named between two offsets, each once, in the order of the text."""
        return list({id(entry): entry for _, entry in self._mentions(start, end)}.values())

    def _mentions(self, start: int, end: int) -> list[tuple[int, Entry]]:
        """Where between two offsets actors are named, and who."""
        first, last = bisect_left(self._offsets, start), bisect_left(self._offsets, end)
        return self._named[first:last]

    def _fitting(self, head: str, start: int, end: int) -> list[Entry]:
        """Who is named between two offsets, not as a place, and can be what a noun counts."""
        found = (
            entry
            for offset, entry in self._mentions(start, end)
            if _fits(head, entry)
            and not _WHERE.search(self._article.text[max(0, offset - 4) : offset])
        )
        return list({id(entry): entry for entry in found}.values())

    def _two_states(self, end: int) -> tuple[Entry, ...]:
        """The two states of an article that names no third."""
        states: dict[int, Entry] = {}
        for _, entry in self._named[: bisect_left(self._offsets, end)]:
            if entry.territory is not None and entry.kind == "government":
                states[id(entry)] = entry
            if len(states) > _PAIR:
                return ()
        return tuple(states.values()) if len(states) == _PAIR else ()


def _fits(head: str, entry: Entry) -> bool:
    """Whether an actor can be what is counted: a person, or a side."""
    if head in _PRONOUNS:
        return True
    side = entry.kind in ("government", "organisation", "company")
    return side if head in SIDES else entry.kind == "person"


def _joined(text: str, found: Sequence[Entry]) -> tuple[Entry, ...]:
    """The last two of them that a text joins: "President A and Chancellor B"; not of three."""
    for match in reversed(list(_AND.finditer(text))):
        before, behind = text[: match.start()], text[match.end() :]
        ends = [(one, form) for one in found for form in one.forms if before.endswith(form)]
        if any(before.removesuffix(form).rstrip().endswith(",") for _, form in ends):
            continue
        for first, _ in ends:
            for second in found:
                opens = any(_opens_with(behind, form) for form in second.forms)
                if opens and second is not first:
                    return first, second
    return ()


def _opens_with(text: str, form: str) -> bool:
    """Whether a text begins with a name, offices and adjectives before it allowed."""
    start = text[: _LONGEST_TITLE + len(form)].find(form)
    return start >= 0 and not any(mark in text[:start] for mark in ",.;:")
