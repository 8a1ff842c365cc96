"""A brief as a person wants to read it in a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import StringIO
from typing import TYPE_CHECKING, Final

from dragoman.rendering import view
from dragoman.rendering.labels import Labels, labels_for
from dragoman.rendering.text import line

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from dragoman.schemas.brief import Brief, Correction, Meeting, Position, Warning
    from dragoman.schemas.evidence import Evidence

DEFAULT_WIDTH: Final = 88
NARROWEST: Final = 40

# Roles, not colours: one place to look for what a colour means.
_HEADLINE = "bold"
_SECTION = "bold cyan"
_NAME = "bold"
_QUIET = "dim"
_WARNING = "bold red"
_OLD = "red strike"
_NEW = "green"
_ACT: Final = {
    "support": "green",
    "agree": "green",
    "request": "yellow",
    "accuse": "red",
    "reject": "red",
    "deny": "magenta",
    "declare": "blue",
}

Part = tuple[str, str]
"""A piece of text and its style."""


def render_terminal(
    brief: Brief, *, evidence: bool = False, width: int | None = None, colour: bool = False
) -> str:
    """The brief as text for a terminal.

    Args:
        brief: what to show.
        evidence: also quote the sentences that prove each item.
        width: columns to use, 88 if not given.
        colour: whether to use colours and bold type; without it the result holds no escape
            sequence at all, whatever the article or the model wrote.
    """
    return _Page(brief, evidence=evidence, width=width or DEFAULT_WIDTH, colour=colour).text()


class _Page:
    """One rendering in progress."""

    def __init__(self, brief: Brief, *, evidence: bool, width: int, colour: bool) -> None:
        self._brief = brief
        self._evidence = evidence
        self._labels: Labels = labels_for(brief.language)
        self._names = view.actor_names(brief)
        self._buffer = StringIO()
        self._console = _console(self._buffer, max(width, NARROWEST), colour)

    def text(self) -> str:
        self._head()
        self._meetings()
        self._positions()
        self._warnings()
        self._corrections()
        self._rejected()
        self._limits()
        self._run()
        lines = (row.rstrip() for row in self._buffer.getvalue().splitlines())
        return "\n".join(lines).strip("\n") + "\n"

    # Sections, in the order in which they are read.

    def _head(self) -> None:
        brief, labels = self._brief, self._labels
        title = line(brief.headline or brief.source.title or labels["untitled"])
        self._write(0, (title, _HEADLINE))
        self._write(0, (" · ".join(view.source_details(brief.source, labels)), _QUIET))
        if not brief.run.complete:
            self._write(0, (f"! {labels['incomplete']}", _WARNING))
        if brief.key_points:
            self._section("key_points")
        for point in brief.key_points:
            items = f"  [{', '.join(point.items)}]"
            self._hang(2, "• ", (line(point.text), ""), (items, _QUIET))

    def _meetings(self) -> None:
        if self._brief.meetings:
            self._section("meetings")
        for meeting in self._brief.meetings:
            self._meeting(meeting)

    def _meeting(self, meeting: Meeting) -> None:
        title = view.meeting_title(meeting, self._names)
        details = ", ".join(view.meeting_details(meeting, self._labels))
        self._write(2, (title, _NAME), (f": {details}", ""), self._mark(meeting))
        self._quote_evidence(meeting.evidence)

    def _positions(self) -> None:
        if self._brief.positions:
            self._section("positions")
        for holder, positions in view.positions_by_holder(self._brief).items():
            self._write(2, (view.name_of(self._names, holder), _NAME))
            for position in positions:
                self._position(position)

    def _position(self, position: Position) -> None:
        act = self._labels["act", position.act]
        target = f" → {view.name_of(self._names, position.target)}" if position.target else ""
        self._write(
            4,
            (act, _ACT[position.act]),
            (target, _ACT[position.act]),
            (f": {line(position.statement)}", ""),
            self._reporter(position.reported_by),
            self._mark(position),
        )
        self._words(position.quote, position.statement)
        self._quote_evidence(position.evidence)

    def _warnings(self) -> None:
        if self._brief.warnings:
            self._section("warnings", _WARNING)
        for warning in self._brief.warnings:
            self._warning(warning)

    def _warning(self, warning: Warning) -> None:
        labels = self._labels
        addressee = (
            view.name_of(self._names, warning.addressee) if warning.addressee else labels["public"]
        )
        issuer = view.name_of(self._names, warning.issuer)
        kind = labels["warning", warning.kind]
        self._hang(
            2,
            "! ",
            (f"{issuer} → {addressee}", _NAME),
            (f" ({kind})", _WARNING),
            (f": {line(warning.statement)}", ""),
            self._reporter(warning.reported_by),
            self._mark(warning),
        )
        for name in ("condition", "consequence"):
            text = getattr(warning, name)
            if text:
                self._hang(4, f"{labels[name]}: ", (line(text), ""))
        self._words(warning.quote, warning.statement)
        self._quote_evidence(warning.evidence)

    def _corrections(self) -> None:
        if self._brief.corrections:
            self._section("corrections")
        for correction in self._brief.corrections:
            self._correction(correction)

    def _correction(self, correction: Correction) -> None:
        labels = self._labels
        about = (
            labels["impact", correction.impact],
            labels["correction", correction.kind],
            labels["origin", correction.origin],
        )
        self._write(
            2,
            (line(correction.original), _OLD),
            (" → ", ""),
            (view.corrected_text(correction, labels), _NEW),
            (f"  ({', '.join(about)})", _QUIET),
            self._mark(correction),
        )
        self._write(4, (line(correction.reason), ""))
        self._quote_evidence(correction.evidence)

    def _rejected(self) -> None:
        rejected = self._brief.rejected
        if rejected:
            self._section("rejected", count=len(rejected))
        for item in rejected:
            nearest = f" ({self._labels['nearest']}: {item.nearest})" if item.nearest else ""
            self._hang(
                2,
                "✗ ",
                (f"{self._labels['kind', item.kind]}: {view.rejected_summary(item)}", ""),
                (f" – {line(item.reason)} [{line(item.rule)}]{nearest}", _QUIET),
            )

    def _limits(self) -> None:
        brief, labels = self._brief, self._labels
        for name, parts in (("gaps", brief.gaps), ("noise", brief.noise)):
            if parts:
                self._section(name)
            for part in parts:
                self._hang(2, f"{view.sentence_list(part.sentences)}: ", (line(part.reason), ""))
        if brief.notes:
            self._section("notes")
        for note in brief.notes:
            self._hang(2, "• ", (line(note), ""))
        empty = view.empty_sections(brief, labels)
        if empty:
            self._blank()
            self._write(0, (f"{labels['nothing_found']}: {', '.join(empty)}", _QUIET))

    def _run(self) -> None:
        self._blank()
        self._write(0, (" · ".join(view.run_details(self._brief.run, self._labels)), _QUIET))

    # Pieces of an item.

    def _mark(self, item: Meeting | Position | Warning | Correction) -> Part:
        sure = f"·{item.confidence:.0%}" if item.confidence is not None else ""
        return (f"  [{item.id}{sure}]", _QUIET)

    def _reporter(self, actor: str | None) -> Part:
        if actor is None:
            return ("", "")
        return (f" ({self._labels['reported_by']} {view.name_of(self._names, actor)})", _QUIET)

    def _words(self, quote: str | None, statement: str) -> None:
        """The speaker's own words, unless the statement already is nothing else."""
        if quote and line(quote) != line(statement):
            self._write(6, (quoted(quote, self._labels.language), "italic"))

    def _quote_evidence(self, evidence: Sequence[Evidence]) -> None:
        if not self._evidence:
            return
        for sentence in evidence:
            self._hang(6, f"│ {sentence.sentence} ", (line(sentence.exact), _QUIET))

    # Writing.

    def _blank(self) -> None:
        self._console.print()

    def _section(self, name: str, style: str = _SECTION, count: int | None = None) -> None:
        self._blank()
        number = f" ({count})" if count is not None else ""
        self._write(0, (self._labels[name] + number, style))

    def _write(self, indent: int, *parts: Part) -> None:
        """Print a paragraph."""
        self._hang(indent, "", *parts)

    def _hang(self, indent: int, lead: str, *parts: Part) -> None:
        """Print a paragraph whose further lines stand under its text, not under its lead."""
        from rich.padding import Padding
        from rich.table import Table

        text = _assemble(parts)
        if not lead:
            self._console.print(Padding(text, (0, 0, 0, indent)))
            return
        grid = Table.grid(padding=0)
        grid.add_column(no_wrap=True)
        grid.add_column(overflow="fold", ratio=1)
        grid.add_row(lead, text)
        self._console.print(Padding(grid, (0, 0, 0, indent)))


def quoted(text: str, language: str) -> str:
    """The text between the quotation marks of a language."""
    opening, closing = ("„", "“") if language == "de" else ("“", "”")
    return f"{opening}{line(text)}{closing}"


def _assemble(parts: Iterable[Part]) -> Text:
    from rich.text import Text

    # Text objects, never markup: "[bold]" in an article is four letters in brackets.
    return Text.assemble(*[part for part in parts if part[0]])


def _console(buffer: StringIO, width: int, colour: bool) -> Console:
    from rich.console import Console

    return Console(
        file=buffer,
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
        _environ={},
    )
