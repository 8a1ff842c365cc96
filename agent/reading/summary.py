"""Key points: a few sentences that sum up the proven items, each tied to those it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, Field, JsonValue, create_model

from dragoman import prompts
from dragoman.grounding.summaries import unproven_key_point
from dragoman.language import language_name
from dragoman.schemas.brief import Brief, KeyPoint, Rejected

if TYPE_CHECKING:
    from dragoman.article import Article
    from dragoman.model import Model

MOST_POINTS = 3
_MOST_ITEMS = 12
_LONGEST_ITEM = 240  # characters of a statement that are shown
_ROOM = 220  # tokens for three short sentences as JSON


_LONGEST_POINT = 240
"""Characters of a key point; one that long was cut off there."""


class _Point(BaseModel):
    text: str = Field(min_length=1, max_length=_LONGEST_POINT)


async def key_points(
    article: Article, brief: Brief, model: Model
) -> tuple[tuple[KeyPoint, ...], tuple[Rejected, ...]]:
    """Ask the model for key points and keep those whose names, numbers and dates are proven.

    Raises:
        DragomanError: the model does not answer.
    """
    items = _items(brief)
    if not items:
        return (), ()
    prompt = prompts.render(
        "summary",
        language_name=language_name(brief.language),
        items=[{"id": name, "text": text} for name, text in items],
    )
    answer = await model.ask(
        prompt, _answer_type([name for name, _ in items]), max_output_tokens=_ROOM
    )
    proposed = answer.value.model_dump()["points"]
    points: list[KeyPoint] = []
    rejected: list[Rejected] = []
    for point in proposed[:MOST_POINTS]:
        text, cited = " ".join(point["text"].split()), tuple(dict.fromkeys(point["items"]))
        rule, reason = "key-point-whole", "cut off at the longest length"
        if len(point["text"]) < _LONGEST_POINT:
            unproven = unproven_key_point(article, brief, text, cited)
            if unproven is None:
                points.append(KeyPoint(text=text, items=cited))
                continue
            rule, reason = "key-point-proven", f"not what its evidence says: {unproven}"
        item: dict[str, JsonValue] = {"text": text, "items": list(cited)}
        rejected.append(Rejected(kind="key_point", item=item, rule=rule, reason=reason))
    return tuple(points), tuple(rejected)


def _answer_type(ids: Sequence[str]) -> type[BaseModel]:
    """The answer narrowed to the ids there are: no other can be written."""
    identifier: Any = Literal[tuple(ids)]
    cited: Any = Annotated[list[identifier], Field(min_length=1, max_length=3)]
    point: Any = create_model("Point", __base__=_Point, items=(cited, ...))
    points: Any = Annotated[list[point], Field(min_length=1, max_length=MOST_POINTS)]
    return create_model("KeyPoints", points=(points, ...))


def _items(brief: Brief) -> list[tuple[str, str]]:
    """The items most worth summing up, as text: meetings, warnings, then positions."""
    names = {actor.id: actor.name for actor in brief.actors}
    found: list[tuple[str, str]] = []
    for meeting in brief.meetings:
        who = " + ".join(names[person] for person in meeting.participants)
        proof = _cut(meeting.evidence[0].exact)
        found.append((meeting.id, f"meeting ({meeting.status}): {who}: {proof}"))
    found += [
        (warning.id, f"warning by {names[warning.issuer]}: {_cut(warning.statement)}")
        for warning in brief.warnings
    ]
    found += [
        (position.id, f"{names[position.holder]} ({position.act}): {_cut(position.statement)}")
        for position in sorted(brief.positions, key=lambda item: -(item.confidence or 0.0))
    ]
    return found[:_MOST_ITEMS]


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_ITEM else text[: _LONGEST_ITEM - 1] + "…"
