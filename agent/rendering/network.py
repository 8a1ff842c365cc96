"""Who met whom, as a small drawn network in SVG.

A handful of actors does not need a graph library: whoever met everybody else stands in the
middle, the others on an ellipse around, neighbours by who met whom.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from dragoman.rendering.text import shorten
from dragoman.schemas.brief import Brief, Meeting

WIDTH: Final = 480
MOST_ACTORS: Final = 14
"""More would not be readable; the list beside the drawing has them all."""

_LABEL_LENGTH: Final = 26
_HELD: Final = frozenset({"held", "ongoing"})


@dataclass(frozen=True, slots=True)
class Node:
    """An actor: where it is drawn, in SVG units, and its label."""

    actor: str
    label: str
    x: float
    y: float
    anchor: str
    label_x: float
    label_y: float


@dataclass(frozen=True, slots=True)
class Edge:
    """A meeting of two actors, drawn as a straight line; several meetings lie side by side."""

    meeting: str
    status: str
    took_place: bool
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Network:
    """The drawing: its size, actors, meetings, and how many actors found no room."""

    width: int
    height: int
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    left_out: int


def draw_network(brief: Brief, names: Mapping[str, str]) -> Network | None:
    """The network of a brief's meetings, or None where nobody met anybody."""
    order, left_out = _order(brief.meetings)
    if not order:
        return None
    height = 90 if len(order) == 2 else 210 if len(order) <= 6 else 280
    places = _places(order, brief.meetings, height)
    nodes = tuple(_node(actor, names.get(actor, actor), *places[actor], height) for actor in order)
    return Network(WIDTH, height, nodes, _edges(brief.meetings, places), left_out)


def _order(meetings: Sequence[Meeting]) -> tuple[list[str], int]:
    """Actors so that those who met stand next to each other; the most connected come first."""
    met: dict[str, list[str]] = {}
    for meeting in meetings:
        for actor in meeting.participants:
            others = (other for other in meeting.participants if other != actor)
            met.setdefault(actor, []).extend(others)
    order: list[str] = []
    for start in sorted(met, key=lambda actor: -len(set(met[actor]))):
        waiting = [start]
        while waiting:
            actor = waiting.pop(0)
            if actor not in order:
                order.append(actor)
                waiting.extend(dict.fromkeys(met[actor]))
    return order[:MOST_ACTORS], max(0, len(order) - MOST_ACTORS)


def _places(
    order: Sequence[str], meetings: Sequence[Meeting], height: int
) -> Mapping[str, tuple[float, float]]:
    middle_x, middle_y = WIDTH / 2, height / 2
    radius_x, radius_y = WIDTH * 0.30, height * 0.34
    places: dict[str, tuple[float, float]] = {}
    around = list(order)
    first = order[0]
    partners = {
        actor for one in meetings if first in one.participants for actor in one.participants
    }
    if len(order) > 3 and partners >= set(order):
        places[first] = (middle_x, middle_y)
        around.remove(first)
    turn = 0.0 if len(around) == 2 else math.pi / 2
    for index, actor in enumerate(around):
        angle = math.pi + turn + 2 * math.pi * index / len(around)
        places[actor] = (
            middle_x + radius_x * math.cos(angle),
            middle_y + radius_y * math.sin(angle),
        )
    return places


def _node(actor: str, name: str, x: float, y: float, height: int) -> Node:
    label = shorten(name, _LABEL_LENGTH)
    above = round(y) <= height / 2
    return Node(
        actor=actor,
        label=label,
        x=round(x, 1),
        y=round(y, 1),
        anchor="middle",
        label_x=round(min(max(x, 90), WIDTH - 90), 1),
        label_y=round(y - 15 if above else y + 26, 1),
    )


def _edges(
    meetings: Sequence[Meeting], places: Mapping[str, tuple[float, float]]
) -> tuple[Edge, ...]:
    pairs: dict[tuple[str, str], list[Meeting]] = {}
    for meeting in meetings:
        drawn = sorted({actor for actor in meeting.participants if actor in places})
        for pair in combinations(drawn, 2):
            pairs.setdefault(pair, []).append(meeting)
    edges = []
    for (one, other), shared in pairs.items():
        (x1, y1), (x2, y2) = places[one], places[other]
        length = math.hypot(x2 - x1, y2 - y1) or 1.0
        for index, meeting in enumerate(shared):
            shift = (index - (len(shared) - 1) / 2) * 9
            dx, dy = -(y2 - y1) / length * shift, (x2 - x1) / length * shift
            edges.append(
                Edge(
                    meeting=meeting.id,
                    status=meeting.status,
                    took_place=meeting.status in _HELD,
                    x1=round(x1 + dx, 1),
                    y1=round(y1 + dy, 1),
                    x2=round(x2 + dx, 1),
                    y2=round(y2 + dy, 1),
                )
            )
    return tuple(edges)
