"""Names as words to compare, and the country whose government a name stands for.

Country names are CLDR's; capitals, seats and adjectives lie in `data/territories.toml`.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator, Mapping
from importlib import resources

from dragoman.terminology.people import by_family
from dragoman.terminology.similarity import plain

WORD = re.compile(r"[\w'’.&-]*\w")
"""A word of a name; inner marks belong to it."""

_GENITIVES = ("'s", "’s", "'", "’")
_SHORTEST_GENITIVE = 4
_SHORTEST_ADJECTIVE = 5
_GENERATIONS = frozenset({"jr", "sr", "junior", "senior"})
_DECLENSION = ("en", "er", "es", "em", "e")
_ADJECTIVE_ENDINGS = ("ischen", "ischer", "isches", "ischem", "ische", "en", "er", "es", "em", "e")
_GOVERNMENT_NOUNS = frozenset(
    {
        *("regierung", "führung", "behörden", "regierungskreise", "seite"),
        *("staatsführung", "government", "leadership", "authorities", "administration"),
        *("side",),
    }
)
DETERMINERS = frozenset(
    {
        *("der", "die", "das", "den", "dem", "des", "sein", "seine", "ihr", "ihre"),
        *("the", "a", "an", "his", "her", "its", "la", "le", "les"),
    }
)


def key_of(name: str) -> tuple[str, ...]:
    """The words of a name, case folded, without article, quotation marks and genitive."""
    words = [_without_genitive(word) for word in WORD.findall(name)]
    while len(words) > 1 and words[0].casefold() in DETERMINERS:
        words.pop(0)
    if len(words) > 1 and words[-1].casefold() in _GENERATIONS:
        words.pop()
    return tuple(_comparable(word) for word in words)


def _comparable(word: str) -> str:
    """The word case folded; an adjective without its ending, a short form as it is."""
    if word.isupper():
        return word
    if word[0].islower() and len(word) > _SHORTEST_ADJECTIVE:
        for ending in _DECLENSION:
            if word.endswith(ending):
                return word.removesuffix(ending)
    return word.casefold()


def _without_genitive(word: str) -> str:
    for ending in _GENITIVES:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word.removesuffix(ending)
    return word


@functools.cache
def _territories() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Territory code by name or seat, and by stem of adjective, all case folded."""
    from babel import Locale

    names_: dict[str, str] = {}
    adjectives: dict[str, str] = {}
    for language in ("de", "en", "fr"):
        for code, name in Locale(language).territories.items():
            if code.isalpha() and len(code) == 2:
                names_.setdefault(name.casefold(), code)
    file = resources.files("dragoman").joinpath("data", "territories.toml")
    for code, entry in tomllib.loads(file.read_text(encoding="utf-8")).items():
        for name in (*entry.get("de", ()), *entry.get("en", ())):
            names_[name.casefold()] = code
        for stem in (*entry.get("adjectives_de", ()), *entry.get("adjectives_en", ())):
            adjectives[stem.casefold()] = code
    return names_, adjectives


def territory(name: str) -> str | None:
    """CLDR code of the country whose government `name` stands for, or None.

    Understands the country's name, its capital or seat, and "the X government".
    """
    countries, adjectives = _territories()
    folded = " ".join(_without_genitive(word) for word in WORD.findall(name)).casefold()
    words = folded.split()
    while len(words) > 1 and words[0] in DETERMINERS:
        words.pop(0)
    words = [_undotted(word) for word in words]
    folded = " ".join(words)
    code = countries.get(folded) or (countries.get(folded[:-1]) if folded.endswith("s") else None)
    if code is not None:
        return code
    head = words[-1] if words else ""
    if head in _GOVERNMENT_NOUNS and len(words) > 1:
        rest = " ".join(words[:-1])
        return countries.get(rest) or adjectives.get(_adjective_stem(rest)) or _led_by(rest)
    if head.endswith("-regierung"):
        rest = head.removesuffix("-regierung")
        return countries.get(rest) or _led_by(rest)
    return None


def _led_by(family: str) -> str | None:
    """The country of the one head of government with a family name: "the Berg administration"."""
    led = {p.country for p in by_family().get(plain(family), ()) if _HEADS.intersection(p.offices)}
    return led.pop() if len(led) == 1 else None


_HEADS = frozenset({"president", "prime_minister", "chancellor"})


def _undotted(word: str) -> str:
    """An abbreviation without its dots: "u.n" is "un"."""
    letters = word.rstrip(".").split(".")
    short = len(letters) > 1 and all(len(letter) == 1 for letter in letters)
    return "".join(letters) if short else word


BODIES = frozenset({"EU", "UN", "NATO", "G7", "G20"})
"""Codes of those that are no countries but alliances of them."""


def _adjective_stem(word: str) -> str:
    for ending in _ADJECTIVE_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            return word.removesuffix(ending)
    return word


def country_of(adjective: str) -> str | None:
    """CLDR code of the country a word is the adjective of, or None: "norwegische", "Norwegian"."""
    _, adjectives = _territories()
    return adjectives.get(_adjective_stem(adjective.casefold()))


def territory_name(code: str, language: str) -> str | None:
    """Name of a territory in a language, from CLDR; None for a language CLDR does not know."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale(language).territories.get(code)
    except UnknownLocaleError:
        return None


def inflections(key: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The words of a name as they are, then without the -s of a genitive at the end."""
    yield key
    last = key[-1]
    if last.endswith("s") and len(last) >= _SHORTEST_GENITIVE and not last.isupper():
        yield (*key[:-1], last[:-1])
