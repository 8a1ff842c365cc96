"""Who the two are that an article only counts: "both sides", "die beiden Minister", "they"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from dragoman.actors import Cast, Entry
from dragoman.attribution.pairs import SIDES
from dragoman.schemas.evidence import Span

if TYPE_CHECKING:
    from dragoman.article import Article

_PRONOUNS = frozenset(
    {"they", "their", "sie", "ihr", "ihre", "ihrem", "ihren", "ihrer", "ihres", "beide", "beiden"}
    | {"both", "two", "zwei", "pair"}
)

_PARTIES = frozenset({"sides", "parties", "seiten", "parteien"})
"""What those who meet are called, whoever they are."""

_FARTHEST = 2
"""Sentences back to which two are looked for."""


def the_two(
    article: Article,
    cast: Cast,
    words: Span,
    met: Sequence[tuple[str, tuple[Entry, ...]]],
    is_somebody: Callable[[Entry], bool],
) -> tuple[Entry, ...]:
    """The two that words stand for; none if that is not plain.

    Args:
        article: the article.
        cast: its actors.
        words: the words that stand for two.
        met: sentence and parties of the encounters found so far, in the order of the text.
        is_somebody: whether an actor can meet others at all.
    """
    head = words.exact.split()[-1].casefold()

    def fits(entry: Entry) -> bool:
        if head in _PRONOUNS:
            return True
        side = entry.kind in ("government", "organisation", "company")
        return side if head in SIDES else entry.kind == "person"

    body = article.body
    here = next(n for n, one in enumerate(body) if one.start <= words.start < one.end)
    near = {one.id for one in body[max(0, here - _FARTHEST) : here + 1]}
    for sentence, parties in reversed(met):
        fitting = head in _PARTIES or all(map(fits, parties))
        if sentence in near and len(parties) == 2 and fitting:
            return parties

    def named_since(start: int) -> list[Entry]:
        return [
            entry
            for entry in cast.entries
            if fits(entry)
            and any(
                start <= span.start
                and span.end <= words.start
                and not _WHERE.search(article.text[max(0, span.start - 4) : span.start])
                for span in entry.spans
            )
            and cast.is_proper(entry)
        ]

    start = body[max(0, here - _FARTHEST)].start
    joined = _joined(article.text[start : words.start], named_since(start))
    if joined and all(map(is_somebody, joined)):
        return joined
    for farthest in range(_FARTHEST + 1):
        found = named_since(body[max(0, here - farthest)].start)
        if len(found) >= 2:
            return tuple(found) if len(found) == 2 and all(map(is_somebody, found)) else ()
    states = [entry for entry in named_since(0) if entry.territory and entry.kind == "government"]
    return tuple(states) if head in SIDES and len(states) == 2 else ()


def _joined(text: str, found: Sequence[Entry]) -> tuple[Entry, ...]:
    """The last two of them that a text joins: "President A and Chancellor B"."""
    for match in reversed(list(_AND.finditer(text))):
        before, behind = text[: match.start()], text[match.end() :]
        ends = [(e, form) for e in found for form in e.forms if before.endswith(form)]
        first = ends[0][0] if ends else None
        if any(before.removesuffix(form).rstrip().endswith(",") for _, form in ends):
            continue  # one of three
        second = next(
            (
                e
                for e in found
                if any(_opens_with(behind, form) for form in e.forms) and e is not first
            ),
            None,
        )
        if first is not None and second is not None:
            return first, second
    return ()


_AND = re.compile(r" (?:and|und) ")
_LONGEST_TITLE = 60  # characters


def _opens_with(text: str, form: str) -> bool:
    """Whether a text begins with a name, offices and adjectives before it allowed."""
    start = text[: _LONGEST_TITLE + len(form)].find(form)
    return start >= 0 and not any(mark in text[:start] for mark in ",.;:")


_WHERE = re.compile(r"\b(?:in|to|at) $")
"""Prepositions behind which a country is a place."""


def the_one(article: Article, cast: Cast, pronoun: Span) -> Entry | None:
    """The only person named in a sentence up to a pronoun, or else in the one before it."""
    body = article.body
    here = next(n for n, one in enumerate(body) if one.start <= pronoun.start < one.end)
    for first in (here, here - 1):
        start = body[max(0, first)].start
        found = [
            entry
            for entry in cast.entries
            if entry.kind == "person"
            and cast.is_proper(entry)
            and any(start <= span.start < pronoun.start for span in entry.spans)
        ]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def the_visitor(article: Article, cast: Cast, cue: Span) -> Entry | None:
    """Whoever a text is about where "talks with B are planned" leaves out whose they are.

    The first person of the sentence before, or of the one before that, who speaks for nobody.
    """
    body = article.body
    here = next(n for n, one in enumerate(body) if one.start <= cue.start < one.end)
    for sentence in reversed(body[max(0, here - _FARTHEST) : here]):
        people = [
            (span.start, entry)
            for entry in cast.entries
            if entry.kind == "person" and cast.is_proper(entry) and not speaks_for_others(entry)
            for span in entry.spans
            if sentence.start <= span.start < sentence.end
        ]
        if people:
            return min(people, key=lambda one: one[0])[1]
    return None


def speaks_for_others(entry: Entry) -> bool:
    """Whether somebody is known to speak for somebody else."""
    return any(_SPEAKS_FOR.search(office) for office in entry.offices)


_SPEAKS_FOR = re.compile(r"spokes|press|secretary$|sprecher|pressesekret")
"""Offices of those who speak for others."""
