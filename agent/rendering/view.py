"""What the readable forms of a brief share: names for ids, grouping, dates, one-line summaries."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Final

from pydantic import JsonValue

from dragoman.rendering.labels import Labels
from dragoman.rendering.text import line, shorten
from dragoman.schemas.brief import (
    Brief,
    Correction,
    Meeting,
    Position,
    Rejected,
    Run,
    Source,
    Warning,
    When,
)

SENTENCES_IN_FULL: Final = 6
"""How many sentence ids a list names before it is told as a range."""

_TELLING_FIELDS: Final = ("statement", "text", "quote", "name", "topic", "place")


def actor_names(brief: Brief) -> Mapping[str, str]:
    """The name of every actor by id."""
    return {actor.id: line(actor.name) for actor in brief.actors}


def name_of(names: Mapping[str, str], actor: str) -> str:
    """The name of an actor, or the id itself where a stored brief does not list it."""
    return names.get(actor, actor)


def positions_by_holder(brief: Brief) -> Mapping[str, tuple[Position, ...]]:
    """Positions grouped by holder; holders in the order of their first position."""
    groups: dict[str, list[Position]] = {}
    for position in brief.positions:
        groups.setdefault(position.holder, []).append(position)
    return {holder: tuple(group) for holder, group in groups.items()}


def proven_items(brief: Brief) -> tuple[Meeting | Position | Warning | Correction, ...]:
    """All items with evidence, in the order in which a brief shows them."""
    return (*brief.meetings, *brief.positions, *brief.warnings, *brief.corrections)


def meeting_title(meeting: Meeting, names: Mapping[str, str]) -> str:
    """The participants of a meeting as one phrase."""
    return " – ".join(name_of(names, actor) for actor in meeting.participants)


def meeting_details(meeting: Meeting, labels: Labels) -> tuple[str, ...]:
    """Status, format, place and date of a meeting, as far as they are known."""
    details = [labels["status", meeting.status]]
    if meeting.format != "unstated":
        details.append(labels["format", meeting.format])
    if meeting.place:
        details.append(line(meeting.place))
    if meeting.date:
        details.append(when_text(meeting.date, labels))
    return tuple(details)


def when_text(when: When, labels: Labels) -> str:
    """A date in the article's words, with the days it was resolved to where they are known."""
    days = day_range(when)
    if days is None:
        return line(when.text)
    inferred = f", {labels['inferred']}" if when.basis == "inferred" else ""
    if days == line(when.text):
        return days
    return f"{line(when.text)} ({days}{inferred})"


def day_range(when: When) -> str | None:
    """The calendar days of a date in ISO form, or None where they are not known."""
    days = [day.isoformat() for day in (when.start, when.end) if day is not None]
    if not days:
        return None
    return days[0] if len(set(days)) == 1 else "/".join(days)


def own_words(item: Position | Warning) -> str | None:
    """The speaker's own words, unless the statement already holds them."""
    if not item.quote or line(item.quote) in line(item.statement):
        return None
    return line(item.quote)


def sentence_list(sentences: Iterable[str]) -> str:
    """Sentence ids as a reader wants them: "s1, s2" or, if there are many, "s1 … s40 (40)"."""
    ids = tuple(sentences)
    if len(ids) <= SENTENCES_IN_FULL:
        return ", ".join(ids)
    return f"{ids[0]} … {ids[-1]} ({len(ids)})"


def corrected_text(correction: Correction, labels: Labels) -> str:
    """The proposed words of a correction, or that they cannot be known."""
    return line(correction.corrected) or f"[{labels['unknown_word']}]"


def rejected_summary(rejected: Rejected, length: int = 80) -> str:
    """What was proposed, short: the telling field of the proposal, or all of it as JSON."""
    item = rejected.item
    original, corrected = item.get("original"), item.get("corrected")
    if isinstance(original, str):
        return shorten(f"{original} → {corrected or '?'}", length)
    participants = item.get("participants")
    if isinstance(participants, list | tuple):
        return shorten(" – ".join(str(name) for name in participants), length)
    who = next((item[key] for key in ("holder", "issuer") if isinstance(item.get(key), str)), None)
    said = next(
        (item[key] for key in _TELLING_FIELDS if isinstance(item.get(key), str) and item[key]), None
    )
    parts = [str(part) for part in (who, said) if part]
    return shorten(": ".join(parts) if parts else compact_json(item), length)


def compact_json(value: Mapping[str, JsonValue]) -> str:
    """A proposal as JSON on one line."""
    return json.dumps(dict(value), ensure_ascii=False, default=str)


def source_details(source: Source, labels: Labels) -> tuple[str, ...]:
    """Where the article comes from, as far as known."""
    details = [line(part) for part in (source.outlet,) if part]
    if source.published:
        details.append(f"{labels['published']} {source.published.isoformat()}")
    language = f"{labels['language']} {line(source.language)}"
    if source.translated_from:
        language += f", {labels['translated_from']} {line(source.translated_from)}"
    details.append(language)
    if source.uri:
        details.append(line(source.uri))
    return tuple(details)


def run_details(run: Run, labels: Labels) -> tuple[str, ...]:
    """Model, strategy and cost of a brief: what a reader pays and trusts."""
    details = [line(run.model), run.endpoint]
    if run.strategy != "none":
        details.append(run.strategy + (f"/{line(run.mode)}" if run.mode else ""))
    details.append(f"{run.requests} {labels['questions']}, {run.attempts} {labels['requests']}")
    if run.retries:
        causes = ", ".join(f"{count}× {line(cause)}" for cause, count in run.retries.items())
        details.append(f"{labels['retries']}: {causes}")
    cached = (
        f" ({number(run.cached_tokens, labels)} {labels['tokens_cached']})"
        if run.cached_tokens
        else ""
    )
    details.append(f"{number(run.input_tokens, labels)} {labels['tokens_in']}{cached}")
    details.append(f"{number(run.output_tokens, labels)} {labels['tokens_out']}")
    details.append(f"{run.seconds:.0f} {labels['seconds']}")
    return tuple(details)


def number(value: int, labels: Labels) -> str:
    """A number with the thousands separator of the language."""
    return f"{value:,}".replace(",", labels["thousands"])


def empty_sections(brief: Brief, labels: Labels) -> tuple[str, ...]:
    """The names of the sections in which nothing was found."""
    sections = {
        "meetings": brief.meetings,
        "positions": brief.positions,
        "warnings": brief.warnings,
        "corrections": brief.corrections,
    }
    return tuple(labels[name] for name, items in sections.items() if not items)
