"""Whether a word is an ordinary word of its language, by the word lists of pyspellchecker."""

from __future__ import annotations

import functools
from typing import Final

LANGUAGES: Final = frozenset({"de", "en", "fr", "es", "it", "pt", "nl", "ru"})


@functools.cache
def _words(language: str) -> frozenset[str]:
    from spellchecker import SpellChecker

    return frozenset(SpellChecker(language=language, distance=1).word_frequency.words())


def is_word(word: str, language: str) -> bool:
    """Whether the word list of the language holds the word, whatever its case.

    The lists know ordinary words and some well-known names; a compound they do not hold may
    still be a good word. Without a list for the language nothing is a word.
    """
    if language not in LANGUAGES:
        return False
    return word.casefold() in _words(language) or word.lower() in _words(language)


_SHORTEST_PARTS = (4, 5)
"""Letters of the parts of a compound; shorter ones are found within many a name."""


def is_compound(word: str) -> bool:
    """Whether a German word is made of two that the word list holds: "Sicherheitslage"."""
    for split in range(_SHORTEST_PARTS[0], len(word) - _SHORTEST_PARTS[1] + 1):
        first, second = word[:split], word[split:]
        if is_word(second, "de") and (
            is_word(first, "de") or is_word(first.removesuffix("s"), "de")
        ):
            return True
    return False
