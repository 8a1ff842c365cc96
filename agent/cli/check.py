"""`dragoman check`: verify a brief against its article, without a model."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from dragoman.grounding import Report


def check(
    brief: Annotated[Path, typer.Argument(help="A brief in JSON, whoever made or edited it.")],
    article: Annotated[str, typer.Argument(help="The article it was made from; - for stdin.")],
    form: Annotated[
        Literal["human", "json"], typer.Option("--format", "-f", help="Form of the report.")
    ] = "human",
) -> None:
    """Check every item of a brief against its article; exit 1 if one does not hold."""
    from dragoman.article import Article
    from dragoman.grounding import check_brief
    from dragoman.rendering.stored import read_brief

    report = check_brief(Article.read(article), read_brief(brief))
    text = _as_json(report) if form == "json" else _as_lines(report)
    sys.stdout.write(text)
    if not report.passed:
        raise typer.Exit(1)


def _as_json(report: Report) -> str:
    data = {
        "passed": report.passed,
        "items": report.items,
        "findings": [
            {key: value for key, value in asdict(finding).items() if key != "mend"}
            | {"suggestion": dict(finding.mend) if finding.mend else None}
            for finding in report.findings
        ],
        "notes": list(report.notes),
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _as_lines(report: Report) -> str:
    lines = []
    for finding in report.findings:
        place = f" [{finding.nearest}]" if finding.nearest else ""
        lines.append(
            f"{finding.severity}: {finding.item}, {finding.field}: {_printable(finding.message)}"
            f"{place} ({finding.rule})"
        )
    lines += [f"note: {note}" for note in report.notes]
    errors = len(report.errors)
    others = len(report.findings) - errors
    verdict = "holds" if report.passed else "does not hold"
    lines.append(
        f"The brief {verdict}: {report.items} items checked, {errors} errors, {others} remarks."
    )
    return "\n".join(lines) + "\n"


def _printable(text: str) -> str:
    """The text without characters that would steer a terminal."""
    return "".join(sign if sign.isprintable() else " " for sign in text)
