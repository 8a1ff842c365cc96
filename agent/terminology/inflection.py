"""Inflected forms of a term, each with the form its replacement takes in its place.

Not a morphology: endings are chosen by the shape of a word, after the declension tables of the
German grammar (Duden 4, "Flexion"). Forms that do not exist do no harm, they are never met.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

_ADJECTIVE_ENDINGS: Final = ("", "e", "en", "er", "em", "es")
_FEMININE: Final = ("ung", "heit", "keit", "schaft", "ion", "tät", "ik", "ei", "ie", "enz", "anz")
_SIBILANTS: Final = ("s", "ß", "x", "z")
_CONSONANT_STEMS: Final = ("er", "el", "en", "chen", "lein")


class Form(NamedTuple):
    """A form in which a term may occur, and what then stands in its place."""

    text: str
    replacement: str


def forms(term: str, preferred: str, language: str) -> Iterator[Form]:
    """Forms of `term`, its base form first.

    Args:
        term: base form; an adjective before a noun is given with the ending -e.
        preferred: base form of the replacement.
        language: ISO 639-1 of the article; without rules for it only the base form comes.
    """
    yield Form(term, preferred)
    if language == "de":
        yield from _german(term, preferred)
    elif language == "en":
        yield from _english(term, preferred)


def _english(term: str, preferred: str) -> Iterator[Form]:
    plural, other = _english_plural(term), _english_plural(preferred)
    if plural and other and " of " not in preferred:
        yield Form(plural, other)


def _english_plural(words: str) -> str:
    if not words[-1].isalpha() or words.endswith(("s", "S")) or words[-1].isupper():
        return ""
    if words.endswith(("x", "ch", "sh")):
        return words + "es"
    if words.endswith("y") and words[-2:-1] not in "aeiou":
        return words[:-1] + "ies"
    return words + "s"


def _german(term: str, preferred: str) -> Iterator[Form]:
    *attributes, head = term.split(" ")
    if not head[-1:].isalpha() or head.isupper():
        return
    if not attributes and head[0].islower():
        yield from _german_adjective(head, preferred)
        return
    adjectives = [word for word in attributes if _is_adjective(word)]
    endings = _ADJECTIVE_ENDINGS[1:] if adjectives else ("e",)
    for ending in endings:
        stem = " ".join(_with_ending(word, ending) for word in attributes)
        target = _inflected_attributes(preferred, ending)
        for suffix in _noun_suffixes(head):
            replacement = _inflected_head(target, head, suffix)
            if replacement is not None:
                yield Form(f"{stem} {head}{suffix}".lstrip(), replacement)


def _german_adjective(term: str, preferred: str) -> Iterator[Form]:
    stem = term.removesuffix("e")
    other = preferred.removesuffix("e") if term.endswith("e") else preferred
    inflects = other[-1:].isalpha() and other.rsplit(" ", 1)[-1][0].islower()
    for ending in _ADJECTIVE_ENDINGS:
        yield Form(stem + ending, other + ending if inflects else preferred)


def _is_adjective(word: str) -> bool:
    return word[0].islower() and word.endswith("e") and word.isalpha() and len(word) > 3


def _with_ending(word: str, ending: str) -> str:
    return word[:-1] + ending if _is_adjective(word) else word


def _inflected_attributes(preferred: str, ending: str) -> str:
    *attributes, head = preferred.split(" ")
    return " ".join([*(_with_ending(word, ending) for word in attributes), head])


def _noun_suffixes(head: str) -> tuple[str, ...]:
    if head.endswith("innen"):
        return ("",)
    if head.endswith("in"):
        return ("", "nen", "s")
    if head.endswith("e"):
        return ("", "n", "s")
    if head.endswith(_FEMININE):
        return ("", "en")
    if head.endswith(_CONSONANT_STEMS):
        return ("", "s", "n")
    if head.endswith(_SIBILANTS):
        return ("", "e", "es", "en")
    return ("", "s", "es", "e", "en")


def _inflected_head(preferred: str, head: str, suffix: str) -> str | None:
    """The preferred form with the case and number that `suffix` gave to `head`, if it is known."""
    if not suffix:
        return preferred
    if not preferred[-1].isalpha():
        return preferred
    if suffix in {"s", "es"}:
        return _genitive(preferred)
    if head.endswith("e") != preferred.endswith("e") and not preferred.endswith(_FEMININE):
        return preferred if preferred.endswith(_CONSONANT_STEMS) else None
    plural = next((ending for ending in ("n", "nen", "en", "e") if _takes(preferred, ending)), None)
    return None if plural is None else preferred + plural


def _takes(word: str, ending: str) -> bool:
    if ending == "n" and not word.endswith("e"):
        return False
    return ending in _noun_suffixes(word)


def _genitive(word: str) -> str:
    if word[-1].isupper() or word.endswith(("e", "in", *_FEMININE)):
        return word
    return word + ("'" if word.endswith(_SIBILANTS) else "s")
