"""The days of a brief on a vertical line: meetings whose date is known, and the publication."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from dragoman.rendering import view
from dragoman.rendering.labels import Labels
from dragoman.rendering.text import shorten
from dragoman.schemas.brief import Brief

WIDTH: Final = 480
_AXIS: Final = 102
_TOP: Final = 18
_CLOSEST: Final = 26
_FARTHEST: Final = 60
_LABEL_LENGTH: Final = 50


@dataclass(frozen=True, slots=True)
class Mark:
    """A day on the line, in SVG units; `item` is None for the publication of the article."""

    item: str | None
    day: str
    label: str
    y: float
    took_place: bool
    inferred: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """The drawing: its size, where the line stands, and the days on it."""

    width: int
    height: int
    axis: int
    marks: tuple[Mark, ...]


def draw_timeline(brief: Brief, names: Mapping[str, str], labels: Labels) -> Timeline | None:
    """The time line of a brief, or None unless the day of at least one meeting is known.

    Distances grow with the time between two days, within what can be read at a glance.
    """
    events = [
        (meeting.date.start, meeting.date, meeting)
        for meeting in brief.meetings
        if meeting.date and meeting.date.start
    ]
    if not events:
        return None
    days: list[tuple[date, Mark]] = []
    for day, when, meeting in events:
        title = f"{view.meeting_title(meeting, names)} ({labels['status', meeting.status]})"
        days.append(
            (
                day,
                Mark(
                    item=meeting.id,
                    day=view.day_range(when) or "",
                    label=shorten(title, _LABEL_LENGTH),
                    y=0,
                    took_place=meeting.status in {"held", "ongoing"},
                    inferred=when.basis == "inferred",
                ),
            )
        )
    if brief.source.published:
        published = brief.source.published
        label = f"{labels['article']} {labels['published']}"
        days.append((published, Mark(None, published.isoformat(), label, 0, True, False)))
    marks = _spread(sorted(days, key=lambda entry: entry[0]))
    return Timeline(WIDTH, round(marks[-1].y) + _TOP, _AXIS, marks)


def _spread(days: list[tuple[date, Mark]]) -> tuple[Mark, ...]:
    span = max((days[-1][0] - days[0][0]).days, 1)
    y = float(_TOP)
    marks = []
    previous = days[0][0]
    for index, (day, mark) in enumerate(days):
        if index:
            share = (day - previous).days / span
            y += _CLOSEST + share * (_FARTHEST - _CLOSEST)
        previous = day
        marks.append(
            Mark(mark.item, mark.day, mark.label, round(y, 1), mark.took_place, mark.inferred)
        )
    return tuple(marks)
