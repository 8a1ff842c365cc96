"""The differences of two briefs, for people and for programs."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from dragoman.rendering import paper
from dragoman.rendering.markdown import escape
from dragoman.rendering.paper import Paper
from dragoman.rendering.text import line

if TYPE_CHECKING:
    from dragoman.comparison import Comparison, FieldChange, Verdict

_HEADINGS: Final[dict[Verdict, tuple[str, str, str]]] = {
    "contradicts": ("Contradicts", "≠", paper.ALARM),
    "changed": ("Changed", "~", "yellow"),
    "appeared": ("Appeared", "+", paper.NEW),
    "vanished": ("Vanished", "-", "red"),
}


def render_differences(
    comparison: Comparison, form: str, *, width: int | None = None, colour: bool = False
) -> str:
    """The differences as text for a terminal, as Markdown, or as JSON.

    Args:
        comparison: what to render.
        form: "terminal", "markdown" or "json".
        width: columns of the terminal.
        colour: colours and bold type in the terminal form.
    """
    if form == "json":
        return json.dumps(asdict(comparison), ensure_ascii=False, indent=2) + "\n"
    if form == "markdown":
        return _markdown(comparison)
    return _terminal(comparison, width, colour)


def _summary(comparison: Comparison) -> str:
    counts = [
        f"{count} {verdict}"
        for verdict in _HEADINGS
        if (count := sum(one.verdict == verdict for one in comparison.differences))
    ]
    return ", ".join([*counts, f"{comparison.same} the same"])


def _terminal(comparison: Comparison, width: int | None, colour: bool) -> str:
    page = Paper(width, colour=colour)
    page.write(0, (_summary(comparison), paper.HEADLINE))
    for note in comparison.notes:
        page.hang(0, "! ", (note, paper.QUIET))
    for verdict, (heading, sign, style) in _HEADINGS.items():
        found = [one for one in comparison.differences if one.verdict == verdict]
        if found:
            page.section(heading, style)
        for one in found:
            where = f"  [{one.section}{_ids(one.old, one.new)}]"
            page.hang(2, f"{sign} ", (line(one.title), paper.NAME), (where, paper.QUIET))
            for change in one.changes:
                page.write(
                    4,
                    (f"{change.field}: ", paper.QUIET),
                    (_value(change.old), paper.OLD),
                    (" → ", ""),
                    (_value(change.new), paper.NEW),
                    (_reason(change), paper.ALARM if change.contradicts else paper.QUIET),
                )
    return page.text()


def _markdown(comparison: Comparison) -> str:
    rows = [f"**{escape(_summary(comparison))}**", ""]
    rows += [f"> {escape(note)}\n" for note in comparison.notes]
    for verdict, (heading, _, _) in _HEADINGS.items():
        found = [one for one in comparison.differences if one.verdict == verdict]
        if found:
            rows += [f"## {heading}", ""]
        for one in found:
            rows.append(f"- {escape(one.title)} `{one.section}{_ids(one.old, one.new)}`")
            for change in one.changes:
                reason = f" {escape(_reason(change))}" if change.reason else ""
                old, new = escape(_value(change.old)), escape(_value(change.new))
                rows.append(f"  - {escape(change.field)}: ~~{old}~~ → **{new}**{reason}")
        if found:
            rows.append("")
    return "\n".join(rows).rstrip("\n") + "\n"


def _ids(old: str | None, new: str | None) -> str:
    known = dict.fromkeys(one for one in (old, new) if one)
    return f" {' → '.join(known)}" if known else ""


def _value(text: str) -> str:
    return line(text) or "(none)"


def _reason(change: FieldChange) -> str:
    return f" ({line(change.reason)})" if change.reason else ""
