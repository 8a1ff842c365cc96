"""Finds the dates an article names, and says which days they mean, where that can be known.

A date is an interval of days: "in September" is thirty of them. Dates without a year, weekdays
and relative dates need the day of publication; whether "on Wednesday" lies before or after it
is told by the tense of its sentence. Where that leaves more than one answer there is none.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from dragoman.date_patterns import Patterns, known_months, patterns
from dragoman.errors import InputError

if TYPE_CHECKING:
    from dragoman.schemas.brief import When
    from dragoman.schemas.evidence import Span

Tense = Literal["past", "future"]

_NEAR: Final = timedelta(days=62)
"""How far from publication a date without year and tense may lie to be taken as meant."""


class _Days(NamedTuple):
    start: date
    end: date


class _Known(NamedTuple):
    """What is known beside the phrase itself."""

    words: Patterns
    published: date | None
    tense: Tense | None


_Groups = Mapping[str, str | None]


def find_dates(text: str, language: str) -> tuple[Span, ...]:
    """Return the date phrases of a text in order, the longest where several overlap.

    Args:
        text: a sentence or any other text; offsets are code points in it.
        language: ISO 639-1 code; without words for it, only dates in figures are found.
    """
    from dragoman.schemas.evidence import Span

    return tuple(
        Span(start=match.start(), end=match.end(), exact=match.group())
        for match in _matches(text, patterns(language))
    )


def resolve(text: str, published: date | None, language: str, tense: Tense | None = None) -> When:
    """Return a date with the days it means.

    Args:
        text: the words of the article, such as "am Mittwoch"; if they name several dates, only
            all of the first one's days are given.
        published: the article's day of publication, if known.
        language: the article's language, ISO 639-1.
        tense: whether the date lies before or after publication; the day itself is both.

    Raises:
        InputError: if the text is empty.
    """
    from dragoman.schemas.brief import When

    phrase = text.strip()
    if not phrase:
        raise InputError("there is no date in an empty text")
    known = _Known(patterns(language), published, tense)
    for match in _matches(phrase, known.words):
        groups = match.groupdict()
        days = _resolved(groups, known)
        if days is not None:
            basis: Literal["stated", "inferred"] = "stated" if groups.get("year") else "inferred"
            return When(text=phrase, start=days.start, end=days.end, basis=basis)
        break
    return When(text=phrase, basis="unresolved")


def full_date(text: str, language: str) -> date | None:
    """Return the first date with day, month and year in a line of time stamps, if there is one.

    11/02/2023 is read as November or February by the language: English may mean either, so
    it is only known there if one of the figures is above twelve.
    """
    months = known_months()
    for match in _FULL.finditer(text):
        groups = match.groupdict()
        name = (groups["name"] or groups["first"] or "").casefold()
        if groups["iso"]:
            found = _date(*map(int, groups["iso"].split("-")))
        elif groups["figures"]:
            found = _figures(groups["figures"], language)
        elif name in months:
            day = groups["day"] or groups["second"]
            found = _date(int(groups["year"] or groups["last"]), months[name], int(day))
        else:
            found = None
        if found is not None:
            return found
    return None


_FULL = re.compile(
    r"\b(?P<iso>(?:19|20)\d\d-\d\d-\d\d)\b"
    r"|\b(?P<figures>\d{1,2}([./-])\d{1,2}\3(?:(?:19|20)\d\d|\d\d))\b(?!\.\d)"
    r"|\b(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.)?\s?(?:of\s)?(?P<name>[^\W\d_]{3,9})\.?,?\s(?P<year>(?:19|20)\d\d)\b"
    r"|\b(?P<first>[^\W\d_]{3,9})\.?\s(?P<second>\d{1,2})(?:st|nd|rd|th)?,?\s(?P<last>(?:19|20)\d\d)\b"
)


def _figures(text: str, language: str) -> date | None:
    one, two, year = (int(part) for part in re.split(r"[./-]", text))
    year += 2000 if year < 100 else 0
    day_first, month_first = _date(year, two, one), _date(year, one, two)
    if "." in text or language != "en" or day_first == month_first:
        return day_first
    if day_first and month_first:
        return None
    return day_first or month_first


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _matches(text: str, words: Patterns) -> list[re.Match[str]]:
    """Return the matches of all patterns, in order, the longest where several overlap."""
    found = [match for pattern in words.expressions for match in pattern.finditer(text)]
    found.sort(key=lambda match: (match.start(), -match.end()))
    kept: list[re.Match[str]] = []
    for match in found:
        if not kept or match.start() >= kept[-1].end():
            kept.append(match)
        elif match.end() - match.start() > kept[-1].end() - kept[-1].start() and (
            len(kept) < 2 or match.start() >= kept[-2].end()
        ):
            kept[-1] = match
    return kept


def _resolved(groups: _Groups, known: _Known) -> _Days | None:
    for group, resolver in _RESOLVERS.items():
        if groups.get(group):
            return resolver(groups, known)
    return None


def _iso(groups: _Groups, known: _Known) -> _Days | None:
    return _one(_date(*map(int, str(groups["iso"]).split("-"))))


def _in_figures(groups: _Groups, known: _Known) -> _Days | None:
    return _one(_figures(str(groups["figures"]), known.words.language))


def _one(day: date | None) -> _Days | None:
    return None if day is None else _Days(day, day)


def _day_of_month(groups: _Groups, known: _Known) -> _Days | None:
    day, month = int(str(groups["day"])), known.words.months[str(groups["month"])]
    if groups.get("year"):
        return _one(_date(int(str(groups["year"])), month, day))
    if known.published is None:
        return None
    years = range(known.published.year - 1, known.published.year + 2)
    candidates = [found for year in years if (found := _date(year, month, day))]
    weekday = known.words.weekdays.get(str(groups.get("weekday")))
    if weekday is not None:
        candidates = [found for found in candidates if found.weekday() == weekday]
    return _one(_meant(candidates, known))


def _meant(candidates: list[date], known: _Known) -> date | None:
    """Return the nearest candidate on the right side of publication, if that is unambiguous."""
    published = known.published
    if published is None:
        return None
    if known.tense == "past":
        candidates = [day for day in candidates if day <= published]
    elif known.tense == "future":
        candidates = [day for day in candidates if day >= published]
    else:
        candidates = [day for day in candidates if abs(day - published) <= _NEAR]
    return min(candidates, key=lambda day: abs(day - published), default=None)


def _month(groups: _Groups, known: _Known) -> _Days | None:
    month = known.words.months[str(groups["month"])]
    part = known.words.parts.get(str(groups.get("part")))
    if groups.get("year"):
        return _part(_month_days(int(str(groups["year"])), month), part, known)
    published = known.published
    if published is None:
        return None
    if month == published.month:
        return _part(_month_days(published.year, month), part, known)
    if known.tense is None:
        return None
    earlier = known.tense == "past"
    year = published.year
    year += -1 if earlier and month > published.month else 0
    year += 1 if not earlier and month < published.month else 0
    return _part(_month_days(year, month), part, known)


def _month_days(year: int, month: int) -> _Days:
    return _Days(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


def _year(groups: _Groups, known: _Known) -> _Days | None:
    year = int(str(groups["year"]))
    part = known.words.parts.get(str(groups.get("part")))
    return _part(_Days(date(year, 1, 1), date(year, 12, 31)), part, known)


def _weekday(groups: _Groups, known: _Known) -> _Days | None:
    published = known.published
    if published is None:
        return None
    weekday = known.words.weekdays[str(groups["weekday"])]
    which = known.words.which.get(str(groups.get("which")).casefold())
    back = (published.weekday() - weekday) % 7
    ahead = (weekday - published.weekday()) % 7
    if which == -1:
        return _shifted(published, -(back or 7))
    if which == 1:
        return _shifted(published, ahead or 7)
    if back == 0:
        return _Days(published, published)
    if known.tense is None:
        return None
    return _shifted(published, -back if known.tense == "past" else ahead)


def _shifted(day: date, days: int) -> _Days | None:
    try:
        shifted = day + timedelta(days=days)
    except OverflowError:
        return None
    return _Days(shifted, shifted)


def _relative_day(groups: _Groups, known: _Known) -> _Days | None:
    if known.published is None:
        return None
    return _shifted(known.published, known.words.days[str(groups["relative"]).casefold()])


def _counted(groups: _Groups, known: _Known) -> _Days | None:
    """Resolve "vor zwei Wochen": a day for days, the whole week, month or year for the others."""
    if known.published is None:
        return None
    word = str(groups["count"])
    count = int(word) if word.isdigit() else known.words.numbers[word.casefold()]
    unit = known.words.units[str(groups["unit"])]
    return _around(known.published, unit, -count if groups.get("ago") is not None else count)


def _which(groups: _Groups, known: _Known) -> _Days | None:
    if known.published is None:
        return None
    unit = known.words.units[str(groups["unit"])]
    days = _around(known.published, unit, known.words.which[str(groups["which"]).casefold()])
    part = known.words.parts.get(str(groups.get("part")).strip())
    return None if days is None else _part(days, part, known)


def _around(day: date, unit: str, count: int) -> _Days | None:
    """Return the day, week, weekend, month or year so many of them from the given day."""
    if abs(count) > 500:
        return None
    try:
        if unit == "day":
            return _shifted(day, count)
        if unit == "year":
            return _Days(date(day.year + count, 1, 1), date(day.year + count, 12, 31))
        if unit == "month":
            months = day.year * 12 + day.month - 1 + count
            return _month_days(months // 12, months % 12 + 1)
        monday = day - timedelta(days=day.weekday()) + timedelta(weeks=count)
        first = monday + timedelta(days=5) if unit == "weekend" else monday
        return _Days(first, monday + timedelta(days=6))
    except (OverflowError, ValueError):
        return None


def _weekend(groups: _Groups, known: _Known) -> _Days | None:
    published = known.published
    if published is None or (known.tense is None and published.weekday() < 5):
        return None
    begun = published.weekday() >= 5
    return _around(published, "weekend", -1 if known.tense == "past" and not begun else 0)


def _part(days: _Days, part: str | None, known: _Known) -> _Days | None:
    """Return a third of a month or year, or what of the interval is before or after today."""
    if part is None:
        return days
    published = known.published
    if part in ("before", "after"):
        if published is None or not days.start <= published <= days.end:
            return None
        return _Days(days.start, published) if part == "before" else _Days(published, days.end)
    if (days.end - days.start).days > 31:
        first, second = days.start.replace(month=5), days.start.replace(month=9)
    else:
        third = ((days.end - days.start).days + 1) // 3
        first, second = (days.start + timedelta(days=count * third) for count in (1, 2))
    day = timedelta(days=1)
    thirds = {
        "early": _Days(days.start, first - day),
        "mid": _Days(first, second - day),
        "late": _Days(second, days.end),
    }
    return thirds[part]


_RESOLVERS: Mapping[str, Callable[[_Groups, _Known], _Days | None]] = {
    "iso": _iso,
    "figures": _in_figures,
    "day": _day_of_month,
    "month": _month,
    "count": _counted,
    "unit": _which,
    "weekend": _weekend,
    "weekday": _weekday,
    "relative": _relative_day,
    "year": _year,
}
