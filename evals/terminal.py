"""What a run looks like in the terminal, and where else it is told: JUnit XML, step summary."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rich.table import Table

    from dragoman.evals.gate import Judgement
    from dragoman.evals.results import Results
    from dragoman.evals.scoring import Summary

STEP_SUMMARY = "GITHUB_STEP_SUMMARY"
"""Environment variable by which GitHub Actions names the file for a step's summary."""


def say(text: str) -> None:
    """Progress and remarks; results alone go to standard output."""
    typer.echo(text, err=True)


def print_table(table: Table) -> None:
    """Print a table to standard output, as wide as it needs to be."""
    from rich.console import Console

    Console(width=None if os.isatty(1) else 120, highlight=False).print(table)


def show_figures(results: Results, others: Mapping[str, Summary]) -> None:
    """Print the figures of a run, and the F1 of other systems beside them."""
    from dragoman.evals.scoring import notes, summarise, table

    summary = summarise(results.scores)
    print_table(table(summary))
    for note in notes(summary):
        typer.echo(note)
    if others:
        print_table(_beside(results.provenance.system, summary, others))


def _beside(system: str, summary: Summary, others: Mapping[str, Summary]) -> Table:
    from rich.table import Table

    from dragoman.evals.scoring import show

    rows = Table(title="F1 beside the baselines", box=None, padding=(0, 1), pad_edge=False)
    rows.add_column("")
    for name in (system, *others):
        rows.add_column(name, justify="right", no_wrap=True)
    for section, quality in summary.sections.items():
        figures = [quality, *(other.sections[section] for other in others.values())]
        rows.add_row(section.replace("_", " "), *(show(each.counts.f1) for each in figures))
    return rows


def show_judgement(judgement: Judgement) -> None:
    """Print what the gate says: floors that broke, other problems, and items that flipped."""
    from dragoman.evals.scoring import show

    if judgement.passed:
        typer.echo("gate passed")
        return
    typer.echo("gate failed")
    for problem in judgement.problems:
        typer.echo(f"  {problem}")
    for breach in judgement.breaches:
        typer.echo(f"  {breach.figure} is {show(breach.value)}, its floor {breach.floor:.4f}")
    for flip in judgement.flips:
        typer.echo(f"  {flip}")


def show_recording_problems(results: Results, options: Sequence[str]) -> None:
    """Say which recordings do not fit and by which command they are mended.

    Args:
        results: a replay.
        options: options that the mending command needs to find cases and recordings.
    """
    broken: list[str] = []
    orphans = 0
    for result in results.cases:
        exchanges = result.exchanges
        if exchanges is None:
            continue
        orphans += exchanges.orphan
        if exchanges.missing or exchanges.stale or not exchanges.hit:
            broken.append(result.score.case)
            say(f"{result.score.case}: {result.score.failure}")
            for problem in exchanges.problems[:5]:
                say(f"  {problem}")
            if len(exchanges.problems) > 5:
                say(f"  and {len(exchanges.problems) - 5} more")
    if orphans:
        say(f"{orphans} recorded exchanges that no request asked for")
    if broken:
        every = len(broken) == len(results.cases)
        chosen = [] if every else [f"--case {case}" for case in broken]
        command = " ".join(["dragoman eval record", *options, *chosen])
        say(f"Mend the recordings with: {command}")


def write_junit(results: Results, judgement: Judgement | None, file: Path) -> None:
    """Write JUnit XML; OutputError if that is not possible."""
    from dragoman.evals.formats import junit
    from dragoman.evals.results import write_text

    write_text(file, junit(results, judgement))


def add_step_summary(
    results: Results, judgement: Judgement | None, others: Mapping[str, Summary]
) -> None:
    """Append to GitHub's step summary, if there is one; OutputError if that is not possible."""
    from dragoman.errors import OutputError
    from dragoman.evals.formats import step_summary

    file = os.environ.get(STEP_SUMMARY)
    if not file:
        return
    try:
        with Path(file).open("a", encoding="utf-8") as stream:
            stream.write(step_summary(results, judgement, others))
    except OSError as error:
        raise OutputError(f"cannot be written: {error.strerror}", where=STEP_SUMMARY) from error
