"""Words of a text with their places: the form in which statements and quotes are compared."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dragoman.grounding.normalisation import normalise

# A number with its separators, or letters with inner apostrophes. A hyphen separates, so that
# "12-Punkte-Plan" and "12 Punkte" share their number; "n't" is a word of its own.
_WORD = re.compile(
    r"\d+(?:[.,:]\d+)*|[^\W\d_]+?(?=n't\b)|n't\b|(?:[^\W\d_]|\u0301)+(?:'[^\W\d_]+)?", re.UNICODE
)
_SEPARATOR = "\x1f"


@dataclass(frozen=True, slots=True)
class Word:
    """One word or number.

    Attributes:
        text: the normalised writing.
        key: the form in which it is compared: case folded, but for abbreviations like "US".
        start: offset of its first character in the raw text.
        end: offset after its last character in the raw text.
        initial: whether it begins a sentence, so that a capital letter says nothing.
        sentence: index of the sentence it belongs to, where there are several.
        clause: number of the stretch between punctuation marks, within its text.
    """

    text: str
    key: str
    start: int
    end: int
    initial: bool = False
    sentence: int = 0
    clause: int = 0

    @property
    def capital(self) -> bool:
        """Whether it is written with a capital first letter."""
        return self.text[0].isupper()

    @property
    def number(self) -> bool:
        """Whether it is written in digits."""
        return self.text[0].isdigit()


_SENTENCE_ENDS = frozenset('.!?:"')
_FULL_WORD = 3
"""Letters from which a full stop after a word is taken to end something."""
_ABBREVIATIONS = frozenset({"US", "WHO", "IT"})
"""Abbreviations that would read as pronouns in small letters."""
_CLAUSE_ENDS = frozenset(".!?:;,()")


def split_words(text: str, *, offset: int = 0, sentence: int = 0) -> tuple[Word, ...]:
    """The words of `text`, in order; offsets count from `offset`."""
    normalised = normalise(text)
    words: list[Word] = []
    end_of_last = 0
    clause = 0
    for match in _WORD.finditer(normalised.text):
        start, end = normalised.raw(match.start(), match.end())
        written = match.group()
        written = written.removesuffix("'s")
        between = normalised.text[end_of_last : match.start()]
        if words and between == ". " and (words[-1].number or len(words[-1].text) < _FULL_WORD):
            between = " "  # an ordinal or an abbreviation: "14. Mai", "Mr. Berg"
        initial = not words or not _SENTENCE_ENDS.isdisjoint(between)
        clause += not _CLAUSE_ENDS.isdisjoint(between) or " - " in between
        end_of_last = match.end()
        key = written if written in _ABBREVIATIONS else written.casefold()
        words.append(Word(written, key, offset + start, offset + end, initial, sentence, clause))
    return tuple(words)


class WordStream:
    """Words of several sentences in reading order, in which sequences of words are found fast."""

    def __init__(self, parts: Iterable[Sequence[Word]]) -> None:
        self.words: tuple[Word, ...] = tuple(word for part in parts for word in part)
        self.keys: tuple[str, ...] = tuple(word.key for word in self.words)
        offsets = []
        position = 1
        for key in self.keys:
            offsets.append(position)
            position += len(key) + 1
        self._offsets = offsets
        self._starts = [word.start for word in self.words]
        self._joined = _SEPARATOR + _SEPARATOR.join(self.keys) + _SEPARATOR

    def find(self, keys: Sequence[str], *, limit: int = 64) -> tuple[tuple[int, int], ...]:
        """Where `keys` occur one after the other: index ranges, at most `limit` of them."""
        if not keys:
            return ()
        needle = _SEPARATOR + _SEPARATOR.join(keys) + _SEPARATOR
        found: list[tuple[int, int]] = []
        position = self._joined.find(needle)
        while position >= 0 and len(found) < limit:
            first = bisect_left(self._offsets, position + 1)
            found.append((first, first + len(keys)))
            position = self._joined.find(needle, position + 1)
        return tuple(found)

    def between(self, start: int, end: int) -> tuple[int, int]:
        """Index range of the words that lie within the raw offsets `start` and `end`."""
        return bisect_left(self._starts, start), bisect_left(self._starts, end)
