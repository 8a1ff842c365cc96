"""`dragoman diff`: what differs between two briefs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer


def diff(
    old: Annotated[Path, typer.Argument(help="A brief as --format json writes it.")],
    new: Annotated[Path, typer.Argument(help="A brief of a later version, or another outlet's.")],
    form: Annotated[
        Literal["terminal", "json", "markdown"], typer.Option("--format", "-f", help="Output form.")
    ] = "terminal",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write.")] = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with 1 if there are differences.")
    ] = False,
    colour: Annotated[
        bool | None, typer.Option("--colour/--no-colour", help="Default: if it is a terminal.")
    ] = None,
) -> None:
    """Compare two briefs: what contradicts, changed, appeared or vanished."""
    from dragoman.comparison import compare_briefs
    from dragoman.rendering.differences import render_differences
    from dragoman.rendering.output import deliver, terminal_style
    from dragoman.rendering.stored import read_brief

    comparison = compare_briefs(read_brief(old), read_brief(new))
    width, coloured = terminal_style(output, colour)
    deliver(render_differences(comparison, form, width=width, colour=coloured), output)
    if exit_code and comparison.differences:
        raise typer.Exit(1)
