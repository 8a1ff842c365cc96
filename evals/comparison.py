"""Comparison of two runs: what changed, item by item, and whether it is more than noise."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from dragoman.errors import EvaluationError
from dragoman.evals import metrics
from dragoman.evals.results import Flip, Key, Results, flips, good_and_bad
from dragoman.evals.scoring import show
from dragoman.evals.verdicts import SECTIONS, Section

if TYPE_CHECKING:
    from rich.table import Table


class SectionChange(NamedTuple):
    """The F1 of one section in both runs, and the change."""

    section: Section
    before: float | None
    after: float | None
    difference: metrics.Difference


class Comparison(NamedTuple):
    """The second of two runs against the first, over the cases that both have."""

    cases: tuple[str, ...]
    changes: tuple[SectionChange, ...]
    flips: tuple[Flip, ...]
    warnings: tuple[str, ...]
    """What makes the comparison less than fair."""


def compare(first: Results, second: Results) -> Comparison:
    """Compare two runs.

    Raises:
        EvaluationError: they have no case in common.
    """
    before = {score.case: score for score in first.scores}
    after = {score.case: score for score in second.scores}
    common = tuple(case for case in before if case in after)
    if not common:
        raise EvaluationError("the two results have no case in common")
    warnings = []
    if first.provenance.corpus != second.provenance.corpus:
        warnings.append(
            "the corpora differ: only common cases are compared, and their labels may have changed"
        )
    for name, results in (("first", first), ("second", second)):
        if results.unscored:
            warnings.append(f"{results.unscored} cases of the {name} run have no brief")
    changes = []
    for section in SECTIONS:
        counts = [[scores[case].counts(section) for case in common] for scores in (before, after)]
        changes.append(
            SectionChange(
                section,
                metrics.add(counts[0]).f1,
                metrics.add(counts[1]).f1,
                metrics.difference(counts[0], counts[1]),
            )
        )
    hits: list[Counter[Key]] = []
    alarms: list[Counter[Key]] = []
    for scores in (before, after):
        pairs = [good_and_bad(case, scores[case].verdicts) for case in common]
        hits.append(sum((pair[0] for pair in pairs), Counter()))
        alarms.append(sum((pair[1] for pair in pairs), Counter()))
    flipped = flips((hits[0], hits[1]), (alarms[0], alarms[1]))
    return Comparison(common, tuple(changes), tuple(flipped), tuple(warnings))


def table(comparison: Comparison) -> Table:
    """The comparison as a table for the terminal."""
    from rich.table import Table

    rows = Table(
        title=f"F1 over {len(comparison.cases)} common articles",
        box=None,
        padding=(0, 1),
        collapse_padding=True,
        pad_edge=False,
    )
    for heading in ("", "before", "after", "change", "95 %", ""):
        rows.add_column(heading, justify="right" if heading else "left", no_wrap=True)
    for change in comparison.changes:
        span = change.difference.interval
        rows.add_row(
            change.section.replace("_", " "),
            show(change.before),
            show(change.after),
            f"{change.difference.change:+.2f}",
            f"{span.low:+.2f} to {span.high:+.2f}" if span else "",
            verdict(change.difference),
        )
    return rows


def verdict(difference: metrics.Difference) -> str:
    """A change in words."""
    if difference.change == 0:
        return "the same" if difference.interval in (None, (0.0, 0.0)) else "within noise"
    if not difference.beyond_noise:
        return "within noise"
    return "better" if difference.change > 0 else "worse"
