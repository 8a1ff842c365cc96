"""Reversible normalisation: makes texts comparable and remembers where every character came from.

Quotation marks, apostrophes, dashes, white space, ligatures, soft hyphens and composed letters
are written in many ways that mean the same. Here they are made alike, character by character,
so that whatever is found in the normalised text can be pointed at in the raw one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_QUOTATION_MARKS = "„“”‟«»‹›「」『』〝〞〟＂"
_APOSTROPHES = "‘’‚‛´`′＇"
_DASHES = "‐‑‒–—―−﹣－"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e"

_ALIKE = (
    dict.fromkeys(_QUOTATION_MARKS, '"')
    | dict.fromkeys(_APOSTROPHES, "'")
    | dict.fromkeys(_DASHES, "-")
    | dict.fromkeys(_INVISIBLE, "")
    | {"…": "..."}
    | {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
)


@dataclass(frozen=True, slots=True)
class Normalised:
    """A normalised text with, for every character, the raw stretch it stands for.

    Attributes:
        text: the normalised text.
        starts: for each character of `text`, the offset of its first raw character.
        ends: for each character of `text`, the offset after its last raw character.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def raw(self, start: int, end: int) -> tuple[int, int]:
        """Raw offsets of the normalised stretch from `start` to `end` (not empty)."""
        return self.starts[start], self.ends[end - 1]


def normalise(text: str) -> Normalised:
    """Normalise `text`; takes time linear in its length.

    Composed letters follow Unicode NFC; a run of white space becomes one space; characters that
    are not printed (soft hyphen, zero-width marks) vanish.
    """
    if text.isascii() and "  " not in text and text.isprintable() and "`" not in text:
        return Normalised(text, tuple(range(len(text))), tuple(range(1, len(text) + 1)))
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _clusters(text):
        written = text[start:end]
        if written.isspace():
            if characters and characters[-1] == " ":
                ends[-1] = end
                continue
            replacement = " "
        else:
            replacement = _ALIKE.get(written, written)
            if replacement == written and not written.isascii():
                replacement = unicodedata.normalize("NFC", written)
        for character in replacement:
            characters.append(character)
            starts.append(start)
            ends.append(end)
    return Normalised("".join(characters), tuple(starts), tuple(ends))


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Stretches that must be normalised together: a character and the marks that follow it."""
    start = 0
    for offset in range(1, len(text)):
        if not _continues(text[offset]):
            yield start, offset
            start = offset
    if text:
        yield start, len(text)


def _continues(character: str) -> bool:
    """Whether the character composes with the one before: a mark, or a Hangul vowel or final."""
    if character < "\u0300":
        return False
    return unicodedata.combining(character) != 0 or "\u1160" <= character <= "\u11ff"
