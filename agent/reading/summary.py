"""Key points: a few sentences that sum up the proven items, each tied to those it rests on."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from pydantic import BaseModel, Field, JsonValue, create_model

from dragoman import prompts
from dragoman.grounding.summaries import unproven_key_point
from dragoman.language import language_name
from dragoman.schemas.brief import Actor, Brief, KeyPoint, Meeting, Position, Rejected, Warning

if TYPE_CHECKING:
    from dragoman.article import Article, Sentence
    from dragoman.model import Model

MOST_POINTS = 3
_MOST_ITEMS = 12
_LONGEST_ITEM = 240  # characters of a statement that are shown
_ROOM = 220  # tokens for three short sentences as JSON


_LONGEST_POINT = 240
"""Characters of a key point; one that long was cut off there."""

_WHOLE: Final = re.compile(r"(?<![.…])[.!?][\"'”“»«’)\s]*$")
"""How a whole sentence ends; dots of omission leave something out."""


class _Point(BaseModel):
    text: str = Field(min_length=1, max_length=_LONGEST_POINT)


async def key_points(
    article: Article, brief: Brief, model: Model
) -> tuple[tuple[KeyPoint, ...], tuple[Rejected, ...]]:
    """Ask the model for key points and keep those whose names, numbers and dates are proven.

    The place of one that is refused is taken by a sentence of the article, short and with the
    name of whom it is about, that proves what it cites or else another item.

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
        cited = tuple(dict.fromkeys(point["items"]))
        text = _punctuated(" ".join(point["text"].split()), brief, cited)
        fault = _fault(article, brief, text, cited)
        if fault is None:
            points.append(KeyPoint(text=text, items=cited))
            continue
        item: dict[str, JsonValue] = {"text": text, "items": list(cited)}
        rejected.append(Rejected(kind="key_point", item=item, rule=fault[0], reason=fault[1]))
    if brief.language == article.language:
        meant = {name for refused in proposed for name in refused["items"]}
        points += islice(_extracts(article, brief, points, meant), len(rejected))
    return tuple(points), tuple(rejected)


def _punctuated(text: str, brief: Brief, cited: Container[str]) -> str:
    """A key point with a full stop, if it ends with the last word of a sentence it cites."""
    last = text.rpartition(" ")[2]
    items = (item for item in _ranked(brief) if item.id in cited)
    ends = (proof.exact.rpartition(" ")[2] for item in items for proof in item.evidence)
    return f"{text}." if last.isalpha() and any(end == f"{last}." for end in ends) else text


def _fault(
    article: Article, brief: Brief, text: str, cited: tuple[str, ...]
) -> tuple[str, str] | None:
    """The rule that a key point breaks and how, or None."""
    if len(text) >= _LONGEST_POINT or not _WHOLE.search(text):
        return "key-point-whole", "cut off before the sentence was at its end"
    unproven = unproven_key_point(article, brief, text, cited)
    if unproven is not None:
        return "key-point-proven", f"not what its evidence says: {unproven}"
    return None


def _extracts(
    article: Article, brief: Brief, points: Sequence[KeyPoint], meant: Container[str]
) -> Iterator[KeyPoint]:
    """Items told by a short sentence of the article that names who it is about."""
    told = {name for point in points for name in point.items}
    seen = {point.text for point in points}
    actors = {actor.id: actor for actor in brief.actors}
    for item in sorted(_ranked(brief), key=lambda item: item.id not in meant):
        sentence = article.sentence(item.evidence[0].sentence)
        text = " ".join(sentence.text.split())
        whole = len(text) < _LONGEST_POINT and _WHOLE.search(text) and sentence.kind == "body"
        named = all(_is_named(actors[name], sentence) for name in _people(item))
        if whole and named and item.id not in told and text not in seen:
            seen.add(text)
            yield KeyPoint(text=text, items=(item.id,))


def _people(item: Meeting | Warning | Position) -> tuple[str, ...]:
    if isinstance(item, Meeting):
        return item.participants
    return (item.issuer if isinstance(item, Warning) else item.holder,)


def _is_named(actor: Actor, sentence: Sentence) -> bool:
    return any(sentence.start <= mention.start < sentence.end for mention in actor.mentions)


def _answer_type(ids: Sequence[str]) -> type[BaseModel]:
    """The answer narrowed to the ids there are: no other can be written."""
    identifier: Any = Literal[tuple(ids)]
    cited: Any = Annotated[list[identifier], Field(min_length=1, max_length=3)]
    point: Any = create_model("Point", __base__=_Point, items=(cited, ...))
    points: Any = Annotated[list[point], Field(min_length=1, max_length=MOST_POINTS)]
    return create_model("KeyPoints", points=(points, ...))


def _items(brief: Brief) -> list[tuple[str, str]]:
    """The items most worth summing up, as text."""
    names = {actor.id: actor.name for actor in brief.actors}
    return [(item.id, _line(item, names)) for item in _ranked(brief)[:_MOST_ITEMS]]


def _ranked(brief: Brief) -> list[Meeting | Warning | Position]:
    """Meetings, warnings, then positions, the surest first."""
    positions = sorted(brief.positions, key=lambda item: -(item.confidence or 0.0))
    return [*brief.meetings, *brief.warnings, *positions]


def _line(item: Meeting | Warning | Position, names: Mapping[str, str]) -> str:
    who = " + ".join(names[name] for name in _people(item))
    if isinstance(item, Meeting):
        return f"meeting ({item.status}): {who}: {_cut(item.evidence[0].exact)}"
    if isinstance(item, Warning):
        return f"warning by {who}: {_cut(item.statement)}"
    return f"{who} ({item.act}): {_cut(item.statement)}"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_ITEM else text[: _LONGEST_ITEM - 1] + "…"
