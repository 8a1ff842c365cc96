"""How alike two spellings of a name are: folded letters, a phonetic key, and edit distance."""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import Final

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

# Letters that do not decompose into a base letter and a mark.
_PLAIN: Final = str.maketrans(
    {"ł": "l", "đ": "d", "ø": "o", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "’": "'", "ʼ": "'"}
)
# Spellings of one sound in the romanisations of English, German, French and Slavic languages.
_SOUNDS: Final = (
    ("schtsch|shch|stsch", "S"),
    ("tsch|tch|sch|sh|zh|dsch|dj", "S"),
    ("ch(?=[aeiou])|č|ć", "S"),
    ("kh|ch|gh|h", ""),
    ("c(?=[eiy])|ts|tz|z", "S"),
    ("ph|v|w|f", "F"),
    ("ck|c|k|q|g", "K"),
    ("x", "KS"),
    ("s", "S"),
    ("d|t", "T"),
    ("b|p", "P"),
    ("[aeiouyj' -]", ""),
)
_RULES: Final = tuple((re.compile(pattern), sound) for pattern, sound in _SOUNDS)


@functools.lru_cache(maxsize=20_000)
def plain(name: str) -> str:
    """A name in lower case, without marks on its letters."""
    decomposed = unicodedata.normalize("NFD", name.casefold().translate(_PLAIN))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


@functools.lru_cache(maxsize=20_000)
def sound_key(name: str) -> str:
    """The consonants of a name as classes of sounds, so that transcriptions of it agree.

    In the manner of Kölner Phonetik (Postel 1969), but over several romanisations and kept as
    letters, with repeated sounds taken once.
    """
    key = plain(name)
    for pattern, sound in _RULES:
        key = pattern.sub(sound, key)
    return re.sub(r"(.)\1+", r"\1", key.upper())


def ratio(one: str, other: str) -> float:
    """Share of common letters of two names, from 0 to 1 (normalised indel similarity)."""
    return fuzz.ratio(plain(one), plain(other)) / 100


def distance(one: str, other: str) -> int:
    """Edits (insert, delete, replace, swap neighbours) between two names."""
    return OSA.distance(plain(one), plain(other))
