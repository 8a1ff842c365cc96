"""The patterns of date phrases, built from the words of a language in `data/dates.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True)
class Patterns:
    """What a language says dates with."""

    language: str
    expressions: tuple[re.Pattern[str], ...]
    """Every kind of date; the named groups say what was found."""
    months: Mapping[str, int]
    """Number of a month, from 1, by its name."""
    weekdays: Mapping[str, int]
    """Number of a weekday by its name; Monday is 0."""
    days: Mapping[str, int]
    """Days from publication: gestern is -1."""
    which: Mapping[str, int]
    """Units from publication: vergangene is -1."""
    units: Mapping[str, str]
    parts: Mapping[str, str]
    numbers: Mapping[str, int]


_IN_FIGURES = (
    re.compile(r"\b(?P<iso>(?P<year>(?:19|20)\d\d)-\d\d-\d\d)\b"),
    re.compile(r"\b(?P<figures>\d{1,2}\.\s?\d{1,2}\.\s?(?P<year>(?:19|20)\d\d))\b"),
    re.compile(r"\b(?P<figures>\d{1,2}/\d{1,2}/(?P<year>(?:19|20)\d\d))\b"),
)
_YEAR = r"(?P<year>(?:19|20)\d\d)\b(?![.,]\d|\s?(?:%|Prozent|percent))"


@cache
def _data() -> dict[str, dict[str, Any]]:
    file = resources.files("dragoman") / "data" / "dates.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def known_months() -> Mapping[str, int]:
    """Return the number of a month by its name in lower case, in any language known."""
    return {
        name.casefold(): number
        for words in _data().values()
        for number, names in enumerate(words["months"], 1)
        for name in names
    }


@cache
def patterns(language: str) -> Patterns:
    """Return the patterns of a language; of one without words, those of dates in figures."""
    words = _data().get(language)
    if words is None:
        return Patterns(language, _IN_FIGURES, {}, {}, {}, {}, {}, {}, {})
    return Patterns(
        language=language,
        expressions=(*_IN_FIGURES, *_expressions(language, words)),
        months=_numbered(words["months"], 1),
        weekdays=_numbered(words["weekdays"], 0),
        days=words["days"],
        which=words["which"],
        units=words["units"],
        parts=words["parts"],
        numbers=words["numbers"],
    )


def _numbered(names: Sequence[Sequence[str]], first: int) -> dict[str, int]:
    return {name: number for number, forms in enumerate(names, first) for name in forms}


def _any(words: Iterable[str]) -> str:
    """Return an expression for any of these words, the longest first."""
    longest_first = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s") for word in longest_first) + ")"


def _expressions(language: str, words: Mapping[str, Any]) -> Iterable[re.Pattern[str]]:
    month = f"(?P<month>{_any(_numbered(words['months'], 1))})\\b(?:\\.(?=,?\\s\\d))?"
    name = _any(_numbered(words["weekdays"], 0))
    weekday = f"(?P<weekday>{name})"
    ending = f"{_any(words['weekday_endings'])}?"
    part = f"(?P<part>{_any(words['parts'])})"
    unit = f"(?P<unit>{_any(words['units'])})\\b"
    which = f"(?P<which>(?i:{_any(words['which'])}))"
    count = f"(?P<count>\\d{{1,3}}|(?i:{_any(words['numbers'])}))"
    before = {key: _any(words[key]) for key in ("weekday_before", "month_before", "year_before")}
    leading = f"(?:\\b{weekday}{ending},?\\s(?:(?:den|dem|the)\\s)?)?"
    yield re.compile(
        rf"{leading}(?<![\d.,])\b(?P<day>\d{{1,2}})(?:\.|st|nd|rd|th|er)?\s?(?:of\s)?{month}(?:,?\s{_YEAR})?"
    )
    year = rf"(?:,?\s{_YEAR})" + ("?" if language == "en" else "")
    yield re.compile(
        rf"{leading}(?<!\b(?i:in)\s)\b{month}\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?![.,]?\d|\.\d|\s?%){year}"
    )
    yield re.compile(rf"\b(?i:{before['month_before']})(?:\s|(?<=-)){month}(?:\s{_YEAR})?(?!\s\d)")
    yield re.compile(
        rf"\b(?:(?:in|by|since|from|seit|bis)\s)?{part}(?:\s|-){month}(?:\s{_YEAR})?(?!\s\d)"
    )
    yield re.compile(rf"\b(?:(?:in|by|since|from|seit|bis)\s)?{part}(?:\s|-){_YEAR}")
    yield re.compile(rf"\b{month}\s{_YEAR}")
    yield re.compile(rf"\b(?:(?i:{before['weekday_before']})\s)?{weekday}{ending}\b")
    yield re.compile(rf"\b{which}\s{weekday}{ending}\b")
    units = _any(words["singular"])
    yield re.compile(
        rf"\b(?:{part}\s(?:(?:of|in)\s)?)(?:(?:the|des|der)\s)?{which}\s(?P<unit>{units})\b"
    )
    near = _any(word for word in words["which"] if word not in ("des", "der", "the"))
    yield re.compile(rf"\b(?P<which>(?i:{near}))\s(?P<unit>{units})\b")
    weekends = [word for word, kind in words["units"].items() if kind == "weekend"]
    if weekends:
        yield re.compile(rf"\b(?:am|over the|at the|on the)\s(?P<weekend>{_any(weekends)})\b")
    yield re.compile(rf"(?P<ago>)\b(?i:{_counted(words['ago'], count, unit)})")
    yield re.compile(rf"\b(?i:{_counted(words['ahead'], count, unit)})")
    yield re.compile(rf"\b(?:{before['year_before']})\s{_YEAR}")
    not_after = "".join(rf"(?<!\b(?i:{re.escape(word)})\s)" for word in words["not_after"])
    yield re.compile(rf"{not_after}\b(?P<relative>(?i:{_any(words['days'])}))(?![\w-])")


def _counted(template: str, count: str, unit: str) -> str:
    return template.replace("{count}", count).replace("{unit}", unit).replace(" ", r"\s")
