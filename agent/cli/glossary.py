"""`dragoman glossary`: check a glossary, and convert between CSV and TBX."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

app = typer.Typer(
    name="glossary",
    help="Check glossaries, and convert them between CSV and TBX.",
    no_args_is_help=True,
)


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="A glossary in CSV or TBX.")],
) -> None:
    """Validate a glossary; every problem with its line. Exit 1 if there is one."""
    from dragoman.terminology.glossary import read_glossary

    entries, problems = read_glossary(file)
    for problem in problems:
        place = f"{file}:{problem.line}" if problem.line else str(file)
        sys.stdout.write(f"{place}: {problem.message}\n")
    count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
    sys.stdout.write(f"{len(entries)} entries, {count if problems else 'no problem'}\n")
    if problems:
        raise typer.Exit(1)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A glossary in TBX (or CSV).")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="CSV file to write; default: stdout.")
    ] = None,
) -> None:
    """Convert a TBX glossary to Dragoman's CSV."""
    _convert(file, output, "csv")


@app.command()
def export(
    file: Annotated[
        Path | None, typer.Argument(help="A glossary in CSV (or TBX); default: the starter pack.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="TBX file to write; default: stdout.")
    ] = None,
    form: Annotated[
        Literal["tbx", "csv"], typer.Option("--format", "-f", help="Form to write.")
    ] = "tbx",
) -> None:
    """Convert a CSV glossary, or the starter pack, to TBX."""
    _convert(file, output, form)


def _convert(file: Path | None, output: Path | None, form: Literal["tbx", "csv"]) -> None:
    from dragoman.rendering.output import deliver
    from dragoman.terminology.builtin import builtin_entries
    from dragoman.terminology.glossary import load_glossary, write_csv
    from dragoman.terminology.tbx import write_tbx

    entries = builtin_entries() if file is None else load_glossary(file).entries
    deliver(write_csv(entries) if form == "csv" else write_tbx(entries), output)
