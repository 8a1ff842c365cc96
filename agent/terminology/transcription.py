"""Slavic names as English romanises them, written as German does.

The letters follow the transcription tables of Duden for Russian and Ukrainian, applied to the
English romanisation (BGN/PCGN) instead of to Cyrillic.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Final

from dragoman.terminology.similarity import plain

_LETTERS: Final = (
    ("shch", "schtsch"),
    ("tch", "tsch"),
    ("zh", "sch"),
    ("kh", "ch"),
    ("sh", "sch"),
    ("(?<![tsk])ch", "tsch"),
    ("ts", "z"),
    ("(?<=[aeiouy])s(?=[aeiouy])", "ss"),
    ("(?<!s)z(?!z)", "s"),
    ("v", "w"),
    ("y(?=[aeou])", "j"),
    ("(?<=[bdfgklmnprstwz])i(?=[aeou])", "j"),
    ("(?<=[aeou])y", "j"),
    ("(ii|iy|yi|yy)$", "yj"),
)
_RULES: Final = tuple((re.compile(pattern), letters) for pattern, letters in _LETTERS)
_SLAVIC: Final = re.compile(
    r"(chuk|[iy]uk|enko|[eo]v|[eo]va|evych|ovych|evich|ovich|skyi|skyy|skiy|sky|ska|skaya|tskyi|"
    r"ishyn|ishin|ushkin|nyi|chak|chyk|chik|zhko|shko|chko|yshyn)$"
)
_GERMAN_LETTERS: Final = re.compile(r"sch|tsch|w|ß|j")


def is_slavic(family: str) -> bool:
    """Whether a family name ends as Russian, Belarusian and Ukrainian ones do in English."""
    return _SLAVIC.search(plain(family)) is not None


def german_family(family: str) -> str:
    """A Slavic family name in English romanisation as German writes it.

    A name that is written in German already, or that is not Slavic, comes back as it is.
    """
    lowered = plain(family)
    if not is_slavic(family) or _GERMAN_LETTERS.search(lowered):
        return family
    # The rules overlap, so each letter may be rewritten once only: what is done is upper case.
    result = lowered
    for pattern, letters in _RULES:
        result = pattern.sub(letters.upper(), result)
    return result.lower().capitalize()


@functools.cache
def given_names() -> Mapping[str, str]:
    """Slavic given names of the authority list and others, English spelling (plain) to German."""
    from dragoman.terminology.people import people, rows

    found = {
        plain(person.given): person.german_given
        for person in people()
        if person.country in {"RU", "UA", "BY"} and person.given != person.german_given
    }
    variants = {row["english"]: row["german"] for row in rows("given_names.csv")}
    return {**found, **variants}
