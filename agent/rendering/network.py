"""Who met whom, as a small drawn network in SVG.

A handful of actors does not need a graph library: whoever met most of the others stands in
the middle, the others on an ellipse around, neighbours by who met whom.
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
    groups, left_out = _groups(brief.meetings)
    if not groups:
        return None
    top = 0
    places: dict[str, tuple[float, float]] = {}
    nodes: list[Node] = []
    for group, star in groups:
        height = _height(len(group))
        here = _places(group, star, top, height)
        middle = top + height / 2
        nodes += [_node(actor, names.get(actor, actor), *here[actor], middle) for actor in group]
        places |= here
        top += height
    return Network(WIDTH, top, tuple(nodes), _edges(brief.meetings, places), left_out)


def _groups(meetings: Sequence[Meeting]) -> tuple[list[tuple[list[str], bool]], int]:
    """Circles of actors who are linked by meetings, the most connected actor first in each.

    With each circle goes whether its first actor met more than half of the others.
    """
    met: dict[str, set[str]] = {}
    for meeting in meetings:
        for actor in meeting.participants:
            met.setdefault(actor, set()).update(set(meeting.participants) - {actor})
    groups: list[tuple[list[str], bool]] = []
    placed: set[str] = set()
    room = MOST_ACTORS
    for start in sorted(met, key=lambda actor: -len(met[actor])):
        if start in placed:
            continue
        group: list[str] = []
        waiting = [start]
        while waiting:
            actor = waiting.pop(0)
            if actor not in group:
                group.append(actor)
                waiting.extend(sorted(met[actor]))
        placed.update(group)
        group = group[:room]
        room -= len(group)
        if group:
            star = len(group) > 3 and 2 * len(met[start]) > len(group) - 1
            groups.append((group, star))
    return groups, len(met) - (MOST_ACTORS - room)


def _height(actors: int) -> int:
    if actors <= 2:
        return 76
    return 196 if actors <= 6 else 276


def _places(
    group: Sequence[str], star: bool, top: float, height: int
) -> dict[str, tuple[float, float]]:
    middle_x, middle_y = WIDTH / 2, top + height / 2
    places: dict[str, tuple[float, float]] = {}
    around = list(group)
    if star:
        # Nobody of the ring stands right above, where the label of the middle is.
        places[around.pop(0)] = (middle_x, middle_y)
    count = len(around)
    if count <= 2:
        turn, middle_y = math.pi, middle_y + 10
    else:
        turn = math.pi / 2 if count % 2 else math.pi / 2 + math.pi / count
    radius_x = WIDTH * (0.30 if count > 2 else 0.25)
    radius_y = height * 0.32
    for index, actor in enumerate(around):
        angle = turn + 2 * math.pi * index / count
        places[actor] = (
            middle_x + radius_x * math.cos(angle),
            middle_y + radius_y * math.sin(angle),
        )
    return places


def _node(actor: str, name: str, x: float, y: float, middle: float) -> Node:
    above = round(y) <= round(middle) + 10
    return Node(
        actor=actor,
        label=shorten(name, _LABEL_LENGTH),
        x=round(x, 1),
        y=round(y, 1),
        anchor="middle",
        label_x=round(min(max(x, 100), WIDTH - 100), 1),
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
