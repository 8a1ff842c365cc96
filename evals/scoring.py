"""Scoring: a brief against the gold labels of its article, and many such scores summed up.

`score_case` gives the verdict on every item, `summarise` the figures, `table` and `notes` show
them. Nothing here needs a model: stored briefs can be scored again at any time.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from dragoman.errors import EvaluationError
from dragoman.evals import metrics
from dragoman.evals.judge import Judge
from dragoman.evals.verdicts import SECTIONS, CaseScore, Cost, Section, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.table import Table

    from dragoman.article import Article
    from dragoman.evals.cases import Gold
    from dragoman.schemas.brief import Brief


def score_case(
    gold: Gold, brief: Brief | None, article: Article, *, failure: str | None = None
) -> CaseScore:
    """Hold a brief against the gold labels of its article.

    Without a brief (the run failed) every required gold label is a miss: a failure is a zero, not
    a gap in the statistics.

    Raises:
        EvaluationError: the brief was made from another text, or the labels are not in this one.
    """
    if brief is not None and brief.source.sha256 != article.sha256:
        raise EvaluationError(
            "the brief was made from another text than the article of the case",
            where=f"case {gold.id}",
            remedy="Run the case again with: dragoman eval run",
        )
    judge = Judge(gold, brief, article)
    verdicts = (
        *judge.positions(),
        *judge.warnings(),
        *judge.meetings(),
        *judge.actors(),
        *judge.noise(),
        *judge.corrections(strict=True),
        *judge.corrections(strict=False),
    )
    cost = None if brief is None else _cost(brief)
    return CaseScore(case=gold.id, verdicts=verdicts, cost=cost, failure=failure)


def _cost(brief: Brief) -> Cost:
    return Cost(
        calls=brief.run.requests,
        input_tokens=brief.run.input_tokens,
        output_tokens=brief.run.output_tokens,
        seconds=brief.run.seconds,
        gaps=len(brief.gaps),
        rejected=dict(sorted(Counter(item.rule for item in brief.rejected).items())),
        items=sum(map(len, (brief.meetings, brief.positions, brief.warnings, brief.corrections))),
        complete=brief.run.complete,
    )


class Summary(NamedTuple):
    """The figures of a run over several articles."""

    cases: int
    failed: int
    """Cases without a brief; they are in the figures as zeros."""
    sections: Mapping[Section, metrics.Quality]
    attributes: Mapping[str, metrics.Share]
    """Among the hits of a section, how many agree: "positions.act", "warnings.addressee" …"""
    critical: metrics.Share
    """Corrections of critical impact that were set right."""
    proven: metrics.Share
    """Items whose evidence holds; of none if nobody checked."""
    calibration: metrics.Calibration
    """Of the confidence in positions."""
    rejected: Mapping[str, int]
    gaps: int
    calls: float
    """Questions put to the model, per article."""
    input_tokens: float
    output_tokens: float
    seconds: float


def summarise(scores: Sequence[CaseScore]) -> Summary:
    """Sum up the scores of several articles.

    Raises:
        EvaluationError: there is no score; figures about nothing would look like a success.
    """
    if not scores:
        raise EvaluationError("no case was scored", remedy="Check --case and --cases")
    costs = [score.cost for score in scores if score.cost is not None]
    checked = [
        (score.cost.items, score.unproven)
        for score in scores
        if score.cost is not None and score.unproven is not None
    ]
    rejected: Counter[str] = Counter()
    for cost in costs:
        rejected.update(cost.rejected)
    verdicts = [verdict for score in scores for verdict in score.verdicts]

    def per_article(total: float) -> float:
        return total / len(costs) if costs else 0.0

    return Summary(
        cases=len(scores),
        failed=sum(score.cost is None for score in scores),
        sections={
            section: metrics.quality([score.counts(section) for score in scores])
            for section in SECTIONS
        },
        attributes=_attribute_shares(verdicts),
        critical=_critical_recall(verdicts),
        proven=metrics.Share(
            sum(items - unproven for items, unproven in checked), sum(items for items, _ in checked)
        ),
        calibration=metrics.calibration(
            [
                (verdict.confidence, verdict.outcome == "hit")
                for verdict in verdicts
                if verdict.section == "positions"
                and verdict.confidence is not None
                and verdict.outcome in ("hit", "false_alarm")
            ]
        ),
        rejected=dict(sorted(rejected.items())),
        gaps=sum(cost.gaps for cost in costs),
        calls=per_article(sum(cost.calls for cost in costs)),
        input_tokens=per_article(sum(cost.input_tokens for cost in costs)),
        output_tokens=per_article(sum(cost.output_tokens for cost in costs)),
        seconds=per_article(sum(cost.seconds for cost in costs)),
    )


def _attribute_shares(verdicts: Sequence[Verdict]) -> dict[str, metrics.Share]:
    """How often attributes agree, among hits alone: what is optional counts neither way."""
    judged: dict[str, list[bool]] = {}
    for verdict in verdicts:
        # The lenient view of corrections would show their attributes a second time.
        if verdict.outcome == "hit" and verdict.section != "correction_spans":
            for name, agrees in verdict.attributes.items():
                judged.setdefault(f"{verdict.section}.{name}", []).append(agrees)
    return {name: metrics.Share(sum(agree), len(agree)) for name, agree in judged.items()}


def _critical_recall(verdicts: Sequence[Verdict]) -> metrics.Share:
    outcomes = [v.outcome for v in verdicts if v.section == "corrections" and v.critical]
    hits, misses = outcomes.count("hit"), outcomes.count("miss")
    return metrics.Share(hits, hits + misses)


def table(summary: Summary) -> Table:
    """The figures as a table for the terminal."""
    from rich.table import Table

    failed = f", {summary.failed} failed" if summary.failed else ""
    rows = Table(
        title=f"{summary.cases} articles{failed}",
        box=None,
        padding=(0, 1),
        collapse_padding=True,
        pad_edge=False,
    )
    headings = ("", "found", "missed", "false", "precision", "recall", "F1", "95 %", "macro")
    for heading in headings:
        rows.add_column(heading, justify="right" if heading else "left", no_wrap=True)
    for section, figures in summary.sections.items():
        counts, span = figures.counts, figures.interval
        rows.add_row(
            section.replace("_", " "),
            str(counts.hits),
            str(counts.misses),
            str(counts.false_alarms),
            show(counts.precision),
            show(counts.recall),
            show(counts.f1),
            f"{span.low:.2f}-{span.high:.2f}" if span else "",
            show(figures.macro_f1),
        )
    return rows


def show(figure: float | None) -> str:
    """A figure with two places, or a dash where it is undefined."""
    return "-" if figure is None else f"{figure:.2f}"


def notes(summary: Summary) -> list[str]:
    """The figures that are not in the table, one line each."""
    lines = [
        f"{name.replace('.', ' ')} right: {share.part} of {share.whole} ({show(share.value)})"
        for name, share in summary.attributes.items()
    ]
    lines.append(f"critical corrections: {summary.critical.part} of {summary.critical.whole}")
    if summary.proven.whole:
        lines.append(f"items with evidence that holds: {show(summary.proven.value)}")
    if summary.calibration.error is not None:
        lines.append(f"calibration error of positions: {show(summary.calibration.error)}")
    refused = ", ".join(f"{rule} {count}" for rule, count in summary.rejected.items())
    lines.append(f"rejected: {refused or 'nothing'}; gaps: {summary.gaps}")
    lines.append(
        f"per article: {summary.calls:.1f} calls, {summary.input_tokens:.0f} tokens in, "
        f"{summary.output_tokens:.0f} out, {summary.seconds:.1f} s"
    )
    return lines
