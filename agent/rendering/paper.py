"""Writes paragraphs for a terminal: styles, hanging indents, and no escape sequence but its own."""

from __future__ import annotations

from collections.abc import Iterable
from io import StringIO
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rich.text import Text

DEFAULT_WIDTH: Final = 88
NARROWEST: Final = 40

# Roles, not colours: one place to look for what a colour means.
HEADLINE: Final = "bold"
SECTION: Final = "bold cyan"
NAME: Final = "bold"
QUIET: Final = "dim"
ALARM: Final = "bold red"
OLD: Final = "red strike"
NEW: Final = "green"
OWN_WORDS: Final = "italic"

Part = tuple[str, str]
"""A piece of text and its style. The text must have gone through `text.line` before."""


class Paper:
    """Collects paragraphs; `text` gives them back without trailing space, ending in one newline.

    Args:
        width: columns; less than 40 is taken for 40.
        colour: whether styles become escape sequences; without it there are none.
    """

    def __init__(self, width: int | None, *, colour: bool) -> None:
        from rich.console import Console

        self._buffer = StringIO()
        self._console = Console(
            file=self._buffer,
            width=max(width or DEFAULT_WIDTH, NARROWEST),
            force_terminal=colour,
            color_system="standard" if colour else None,
            no_color=not colour,
            markup=False,
            emoji=False,
            highlight=False,
            legacy_windows=False,
            _environ={},
        )

    def text(self) -> str:
        """All that was written."""
        rows = (row.rstrip() for row in self._buffer.getvalue().split("\n"))
        return "\n".join(rows).strip("\n") + "\n"

    def blank(self) -> None:
        """An empty line."""
        self._console.print()

    def section(self, title: str, style: str = SECTION) -> None:
        """An empty line and a heading."""
        self.blank()
        self.write(0, (title, style))

    def write(self, indent: int, *parts: Part) -> None:
        """A paragraph of which all lines are indented alike."""
        from rich.padding import Padding

        self._console.print(Padding(_assemble(parts), (0, 0, 0, indent)))

    def hang(self, indent: int, lead: str, *parts: Part) -> None:
        """A paragraph whose further lines stand under its text, not under its lead."""
        from rich.padding import Padding
        from rich.table import Table

        grid = Table.grid(padding=0)
        grid.add_column(no_wrap=True)
        grid.add_column(overflow="fold", ratio=1)
        grid.add_row(_assemble([(lead, "")]), _assemble(parts))
        self._console.print(Padding(grid, (0, 0, 0, indent)))


def _assemble(parts: Iterable[Part]) -> Text:
    from rich.text import Text

    # Text objects, never markup: "[bold]" in an article is six characters to be shown.
    return Text.assemble(*[part for part in parts if part[0]])
