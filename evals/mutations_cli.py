"""`dragoman eval mutations`: the checker's mutation score, with floors."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from dragoman.evals.mutations import Mutant, MutationReport


def mutations_command(
    cases: Annotated[
        Path | None,
        typer.Option("--cases", help="Folder of cases; by default those of the checkout."),
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option("--case", help="Only this case; may be repeated.")
    ] = None,
    seed: Annotated[
        int | None, typer.Option(help="Seed of chance; by default the fixed one.")
    ] = None,
    form: Annotated[
        Literal["human", "json"], typer.Option("--format", "-f", help="Form of the report.")
    ] = "human",
    examples: Annotated[int, typer.Option(min=0, help="Examples of each kind to show.")] = 1,
    floors: Annotated[
        Path | None, typer.Option(help="File with the floors; by default that of the checkout.")
    ] = None,
    *,
    gate: Annotated[
        bool, typer.Option("--gate/--no-gate", help="Exit 1 if a figure is below its floor.")
    ] = True,
) -> None:
    """Falsify true claims in many ways and count how many the checker catches."""
    from dragoman.evals.cases import BUNDLED_CASES, load_cases
    from dragoman.evals.mutations import FLOORS_FILE, SEED, breaches, read_floors, run

    chosen = load_cases(cases or BUNDLED_CASES, only or ())
    report = run(chosen, seed=SEED if seed is None else seed)
    text = _as_json(report) if form == "json" else _as_lines(report, examples)
    sys.stdout.write(text)
    if not gate:
        return
    broken = breaches(report, read_floors(floors or FLOORS_FILE), whole=cases is None and not only)
    for sentence in broken:
        print(f"below the floor: {sentence}", file=sys.stderr)  # noqa: T201
    if broken:
        raise typer.Exit(1)


def _as_json(report: MutationReport) -> str:
    data = {
        "seed": report.seed,
        "mutants": len(report.mutants),
        "caught": report.share,
        "mean_of_kinds": report.mean_share,
        "true_claims": len(report.truths),
        "false_alarms": report.false_alarms,
        "false_alarms_alone": report.false_alarms_alone,
        "details_lost": report.details_lost,
        "kinds": [asdict(score) | {"caught": score.share} for score in report.scores],
        "missed": [asdict(mutant) for mutant in report.decidable if not mutant.caught],
        "refused_true_claims": [asdict(t) for t in report.truths if t.refused_by is not None],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _as_lines(report: MutationReport, examples: int) -> str:
    lines = [f"{'kind':<24}{'mutants':>8}{'caught':>8}{'refused':>9}{'mended':>8}{'missed':>8}"]
    for score in report.scores:
        missed = score.mutants - score.refused - score.mended
        lines.append(
            f"{score.kind:<24}{score.mutants:>8}{score.share:>8.1%}{score.refused:>9}"
            f"{score.mended:>8}{missed:>8}"
        )
        for caught in (True, False):
            found = report.examples(score.kind, caught=caught, count=examples)
            lines += [_example(mutant) for mutant in found]
    return "\n".join((*lines, "", _summary(report))) + "\n"


def _summary(report: MutationReport) -> str:
    decidable = len(report.decidable)
    kinds = dict.fromkeys(truth.kind for truth in report.truths)
    refused = ", ".join(
        "{} of {} {}s".format(*report.false_alarms_of(kind), kind) for kind in kinds
    )
    return (
        f"{decidable} mutants, caught {report.share:.1%}; mean of the kinds "
        f"{report.mean_share:.1%}; {len(report.mutants) - decidable} more cannot be decided "
        f"without word lists.\n"
        f"{len(report.truths)} true claims, refused {report.false_alarms:.1%} ({refused}); citing "
        f"one sentence only {report.false_alarms_alone:.1%}; passed without a true detail "
        f"{report.details_lost:.1%}."
    )


def _example(mutant: Mutant) -> str:
    verdict = mutant.rule or mutant.outcome if mutant.caught else "MISSED"
    false, true = " ".join(mutant.false.split()), " ".join(mutant.true.split())
    start = max(0, _first_difference(false, true) - _BEFORE)
    return f"    {verdict}: {_cut(false, start)!r} for {_cut(true, start)!r} ({mutant.case})"


_BEFORE = 24
"""Characters shown before the first that differs."""
_SHOWN = 80


def _first_difference(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _cut(text: str, start: int) -> str:
    end = start + _SHOWN
    return f"{'…' * (start > 0)}{text[start:end]}{'…' * (end < len(text))}"
