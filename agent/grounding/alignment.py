"""Finds a quote in the article: exactly, up to its typography, or nearly, and says what differs.

A quote may be cut by an editor's ellipsis or bracket, or by the article's own "…", said X, "…".
Then its pieces must stand in the article in the same order. Noise lines are not part of the word
stream that is searched, so a quotation interrupted by one is found as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from dragoman.grounding.comparison import Difference, IsName, compare, weigh
from dragoman.grounding.lexicon import Lexicon
from dragoman.grounding.normalisation import normalise
from dragoman.grounding.words import Word, WordStream, split_words

Status = Literal["exact", "normalised", "near", "none"]

_ELLIPSIS = re.compile(r"[\[(]\s*(?:\.\.\.|…)\s*[\])]|\.\.\.|…")
_BRACKET = re.compile(r"\[([^\[\]]{0,80})\]")
_NEAR = 0.75
"""Share of the words of a quote and of its stretch that must agree to call it a near match."""
_FEWEST = 4
"""Words below which a quote must match word for word."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Where a quote stands in the article.

    Attributes:
        status: how well it fits.
        pieces: index ranges of its words in the stream, in order; one unless it was cut.
        differences: what differs where it is a near match.
        inserted: an editor's words in brackets, which the article does not have.
    """

    status: Status
    pieces: tuple[tuple[int, int], ...] = ()
    differences: tuple[Difference, ...] = ()
    inserted: tuple[Word, ...] = ()

    @property
    def start(self) -> int:
        """Index of the first word."""
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        """Index after the last word."""
        return self.pieces[-1][1]


NOT_FOUND = Alignment("none")

Preference = Callable[[int, int], int]
"""How well an occurrence, given by its index range, fits its context: more is better."""


def align(
    quote: str,
    stream: WordStream,
    text: str,
    *,
    near: Iterable[tuple[int, int]],
    preference: Preference,
    lexicon: Lexicon,
    is_name: IsName,
) -> Alignment:
    """Find `quote` in the stream of the article's words.

    Args:
        quote: the words claimed, without outer quotation marks.
        stream: the article's words without noise.
        text: the article's raw text, to tell an exact match from a normalised one.
        near: index ranges in which a near match is looked for: the cited sentences.
        preference: chooses among several occurrences.
        lexicon: weighs the words of a near match.
        is_name: tells names from other words.
    """
    words = split_words(quote)
    whole = _occurrence(words, stream, preference)
    if whole:
        return Alignment(_status(quote, text, stream, whole), (whole,))
    pieces, inserted = _cut(quote)
    if len(pieces) > 1 or inserted:
        found = _in_order(pieces, stream, preference)
        if found:
            return Alignment("normalised", found, inserted=inserted)
    return _nearly(words, stream, near, lexicon, is_name)


def _occurrence(
    words: Sequence[Word], stream: WordStream, preference: Preference
) -> tuple[int, int] | None:
    found = stream.find([word.key for word in words])
    return max(found, key=lambda place: preference(*place)) if found else None


def _status(quote: str, text: str, stream: WordStream, place: tuple[int, int]) -> Status:
    """Exact if the very characters stand there, else normalised."""
    start, end = stream.words[place[0]].start, stream.words[place[1] - 1].end
    raw = text[start:end]
    if raw in quote:
        return "exact"
    return "normalised"


def _cut(quote: str) -> tuple[list[Sequence[Word]], tuple[Word, ...]]:
    """The pieces between an editor's ellipses, and the words an editor put into brackets."""
    inserted: list[Word] = []
    bare = _ELLIPSIS.sub("\x00", normalise(quote).text)
    for match in _BRACKET.finditer(bare):
        inserted.extend(split_words(match.group(1)))
    bare = _BRACKET.sub("\x00", bare) if inserted else bare
    pieces = [split_words(piece) for piece in bare.split("\x00")]
    return [piece for piece in pieces if piece], tuple(inserted)


def _in_order(
    pieces: Sequence[Sequence[Word]], stream: WordStream, preference: Preference
) -> tuple[tuple[int, int], ...] | None:
    """Index ranges of the pieces, each after the one before, or None.

    The first piece stands at its best occurrence, each other one at the next after it.
    """
    places: list[tuple[int, int]] = []
    for piece in pieces:
        found = stream.find([word.key for word in piece])
        if places:
            found = tuple(place for place in found if place[0] >= places[-1][1])[:1]
        if not found:
            return None
        places.append(max(found, key=lambda place: preference(*place)))
    return tuple(places)


def _nearly(
    words: Sequence[Word],
    stream: WordStream,
    near: Iterable[tuple[int, int]],
    lexicon: Lexicon,
    is_name: IsName,
) -> Alignment:
    if len(words) < _FEWEST:
        return NOT_FOUND
    best = NOT_FOUND
    best_share = _NEAR
    for start, end in near:
        region = stream.words[start:end]
        comparison = compare(words, region)
        if comparison is None:
            continue
        share = comparison.matched / max(len(words), comparison.end - comparison.start)
        if share < best_share:
            continue
        best_share = share
        differences = tuple(
            difference
            for edit in comparison.edits
            for difference in weigh(
                words[edit.claim_start : edit.claim_end],
                region[edit.source_start : edit.source_end],
                lexicon,
                is_name,
            )
        )
        place = (start + comparison.start, start + comparison.end)
        best = Alignment("near", (place,), differences)
    return best
