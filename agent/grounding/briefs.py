"""Checks of a brief as a whole: its article, its actors, its references from item to item."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from dragoman.article import Article
from dragoman.grounding.rules import Finding
from dragoman.schemas.brief import Brief, actor_references

WHOLE_BRIEF_CHECKS: Mapping[str, str] = MappingProxyType(
    {
        "brief-source": "The brief was made from this very text: its hash is the article's.",
        "brief-ids": "No two actors and no two items share an id.",
        "brief-references": "Every id named by an item or a key point exists.",
        "actor-mentions": "Every mention of an actor stands in the article at its offsets.",
        "duplicate": "No item is given twice.",
        "nothing-checked": "There is an item that could be checked; an empty brief proves nothing.",
    }
)
"""What is checked of a brief beside its single items, by the id findings carry."""


def check_references(brief: Brief, article: Article) -> Iterator[Finding]:
    """Find what is wrong with a brief apart from its single items."""
    if brief.source.sha256 != article.sha256:
        message = "the brief was made from another text: its hash differs from the article's"
        yield Finding("brief-source", "error", "brief", "source.sha256", message)
    yield from _actors(brief, article)
    yield from _references(brief)


def _actors(brief: Brief, article: Article) -> Iterator[Finding]:
    seen: set[str] = set()
    for actor in brief.actors:
        if actor.id in seen:
            yield Finding("brief-ids", "error", actor.id, "id", "two actors have this id")
        seen.add(actor.id)
        for span in actor.mentions:
            if article.text[span.start : span.end] != span.exact:
                message = f"{span.exact!r} does not stand in the article at {span.start}"
                yield Finding("actor-mentions", "error", actor.id, "mentions", message)


def _references(brief: Brief) -> Iterator[Finding]:
    actors = {actor.id for actor in brief.actors}
    for item, field, name in actor_references(brief.meetings, brief.positions, brief.warnings):
        if name not in actors:
            yield Finding("brief-references", "error", item, field, f"no actor has the id {name!r}")
    several = (brief.meetings, brief.positions, brief.warnings, brief.corrections)
    items = [item.id for section in several for item in section]
    for identifier in {name for name in items if items.count(name) > 1}:
        yield Finding("brief-ids", "error", identifier, "id", "two items have this id")
    for number, point in enumerate(brief.key_points, start=1):
        for name in point.items:
            if name not in items:
                message = f"no item has the id {name!r}"
                yield Finding("brief-references", "error", f"key point {number}", "items", message)
