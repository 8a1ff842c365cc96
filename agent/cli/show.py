"""`dragoman show`: render a stored brief again, in any format."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from dragoman.rendering import FORMATS, SUFFIXES, TABLE_FORMATS


def show(
    brief: Annotated[Path, typer.Argument(help="A brief as --format json or jsonl writes it.")],
    article: Annotated[
        str | None, typer.Argument(help="The article it was made from, for the HTML page.")
    ] = None,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            help=f"One of {', '.join(FORMATS)}; without it the output's ending, or terminal.",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="File to write; a folder for CSV and Parquet tables."),
    ] = None,
    evidence: Annotated[
        bool, typer.Option("--evidence", "-e", help="Quote the sentences that prove each item.")
    ] = False,
    section: Annotated[
        str | None, typer.Option(help="The one table that is wanted of CSV or Parquet.")
    ] = None,
    colour: Annotated[
        bool | None, typer.Option("--colour/--no-colour", help="Default: if it is a terminal.")
    ] = None,
) -> None:
    """Show a stored brief, or write it in another format."""
    from dragoman.rendering import render
    from dragoman.rendering.output import deliver, terminal_style
    from dragoman.rendering.stored import read_brief

    stored = read_brief(brief)
    text = None
    if article is not None:
        from dragoman.article import Article

        text = Article.read(article)
    chosen = form or _format_of(output)
    if chosen in TABLE_FORMATS and output is not None and section is None and not output.suffix:
        from dragoman.rendering.tables import write_tables

        for path in write_tables([stored], output, chosen):
            print(path, file=sys.stderr)  # noqa: T201 - progress
        return
    width, coloured = terminal_style(output, colour)
    deliver(
        render(
            stored,
            text,
            chosen,
            evidence=evidence,
            section=section,
            width=width,
            colour=coloured,
        ),
        output,
    )


def _format_of(output: Path | None) -> str:
    """The format that a file's ending stands for."""
    if output is None:
        return "terminal"
    by_ending = {ending: name for name, ending in SUFFIXES.items() if ending != ".zip"}
    by_ending |= {f".{name}": name for name in TABLE_FORMATS}
    return by_ending.get("".join(output.suffixes[-2:])) or by_ending.get(output.suffix, "terminal")
