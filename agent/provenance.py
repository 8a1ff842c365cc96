"""Tells from an article's own words who published it, when, and from which language it comes.

Conservative throughout: what the article does not say in one of the customary forms stays unknown.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from dragoman.dates import full_date

_LETTERS_NEEDED = 15
_SAMPLE = 6000
_LEAST_MARGIN = 5.0

_DATELINE = re.compile(
    r"(?:[^\W\d_][\w .,'’/-]{1,40})?\s?\((?P<outlet>[A-Za-zÀ-ÿ/ ]{2,20})\)\s?[—–:-]?\s?"
)
_SUFFIX = re.compile(r"(?:\s[-–—|]\s?|\s?\|\s?|(?<=\w)-(?=[A-Z]{2,}\s))")
_TRANSLATED = (
    (re.compile(r"\baus dem (\w+?)en (?:von|übersetzt|ins)\b", re.IGNORECASE), "de"),
    (re.compile(r"\btranslated from (?:the )?(?:original )?(\w+)", re.IGNORECASE), "en"),
    (re.compile(r"\btraduit (?:de l['’]|du )(\w+)", re.IGNORECASE), "fr"),
)


@dataclass(frozen=True)
class _Words:
    languages: frozenset[str]
    outlets: Mapping[str, str]
    """As they are written, by their names in lower case."""
    press: frozenset[str]


@cache
def _words() -> _Words:
    file = resources.files("dragoman") / "data" / "provenance.toml"
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    return _Words(
        languages=frozenset(data["languages"]),
        outlets={name.casefold(): name for name in data["outlets"]},
        press=frozenset(data["press"]),
    )


def detect_language(text: str) -> str:
    """Return the ISO 639-1 code of the text's language, or 'und' where it cannot be told."""
    sample = text[:_SAMPLE]
    if sum(1 for character in sample if character.isalpha()) < _LETTERS_NEEDED:
        return "und"
    from py3langid import rank

    ranked = [
        (_code(code), score) for code, score in rank(sample) if _code(code) in _words().languages
    ]
    (best, first), (_, second) = ranked[0], ranked[1]
    return best if first - second >= _LEAST_MARGIN else "und"


def _code(code: str) -> str:
    return "no" if code in ("nb", "nn") else code


def find_outlet(title: str | None, first: str | None) -> str | None:
    """Return the outlet named in the dateline or at the end of the headline.

    Args:
        title: the headline.
        first: the first sentence of the body.
    """
    dateline = _DATELINE.match(first or "")
    if dateline:
        known = _words().outlets.get(dateline.group("outlet").strip().casefold())
        if known:
            return known
    for part in reversed(_SUFFIX.split(title or "")[1:]):
        words = part.strip().casefold().split()
        if part.strip().casefold() in _words().outlets:
            return _words().outlets[part.strip().casefold()]
        if 0 < len(words) <= 5 and part.strip()[0].isupper() and _words().press.intersection(words):
            return part.strip()
    return None


def find_publication_date(title: str | None, stamps: Sequence[str], language: str) -> date | None:
    """Return the day of publication that the headline or a line of time stamps states.

    Args:
        title: the headline.
        stamps: the lines that are nothing but time stamps, in order.
        language: the article's language; it decides how 11/02/2023 is to be read, if it can.
    """
    for line in (*stamps, *_SUFFIX.split(title or "")[1:]):
        found = full_date(line, language)
        if found is not None:
            return found
    return None


def find_source_language(lines: Sequence[str]) -> str | None:
    """Return the language that a credit says the article was translated from."""
    for line in lines:
        for pattern, language in _TRANSLATED:
            match = pattern.search(line)
            if match:
                code = _language_code(match.group(1), language)
                if code:
                    return code
    return None


def _language_code(name: str, language: str) -> str | None:
    from babel import Locale

    names: Mapping[str, str] = Locale(language).languages
    for code, known in names.items():
        if known.casefold() == name.casefold() and len(code) == 2:
            return code
    return None
