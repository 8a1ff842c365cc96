"""The gate: floors under the figures that no change may break through unnoticed.

`baseline.json` holds the accepted figures, the hash of the corpus they were measured on, and
which items were hit, so that a failure names the items that flipped. After trafilatura's
`eval_gate.py`.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from dragoman.errors import EvaluationError
from dragoman.evals.results import Flip, Key, Results, flips, good_and_bad, write_text
from dragoman.evals.scoring import summarise
from dragoman.evals.verdicts import SECTIONS, Section

if TYPE_CHECKING:
    from pathlib import Path

    from dragoman.evals.scoring import Summary

EPSILON: Final = 0.0005
"""Figures are stored with four places; a loss this small is rounding, not quality."""


class AcceptedCase(BaseModel):
    """The hits (by index of the gold label) and false alarms of one case, by section."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    hits: dict[Section, tuple[int, ...]]
    false_alarms: dict[Section, tuple[str, ...]]


class Baseline(BaseModel):
    """The accepted state of quality."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    baseline_version: Literal[1] = 1
    corpus: str
    floors: dict[str, float]
    cases: dict[str, AcceptedCase]


class Breach(NamedTuple):
    """A figure below its floor."""

    figure: str
    floor: float
    value: float | None


class Judgement(NamedTuple):
    """What the gate says about a run."""

    breaches: tuple[Breach, ...]
    problems: tuple[str, ...]
    """Reasons to fail that are no figure: another corpus, cases without a brief."""
    flips: tuple[Flip, ...]

    @property
    def passed(self) -> bool:
        """Whether quality has not dropped."""
        return not self.breaches and not self.problems


def figures(summary: Summary) -> dict[str, float | None]:
    """The figures that have floors, 0 to 1, by name; None where one is undefined."""
    found: dict[str, float | None] = {}
    for section in SECTIONS:
        counts = summary.sections[section].counts
        found[f"{section}.f1"] = counts.f1
        found[f"{section}.precision"] = counts.precision
    found["positions.act"] = _share(summary, "positions.act")
    found["warnings.addressee"] = _share(summary, "warnings.addressee")
    found["meetings.status"] = _share(summary, "meetings.status")
    found["corrections.critical_recall"] = summary.critical.value
    found["proven"] = summary.proven.value
    return found


def _share(summary: Summary, name: str) -> float | None:
    share = summary.attributes.get(name)
    return None if share is None else share.value


def judge(results: Results, baseline: Baseline) -> Judgement:
    """Hold a run against the baseline.

    A figure that has a floor and is undefined now is a breach: with nothing reported, precision
    would otherwise be safe.
    """
    problems: list[str] = []
    if results.provenance.corpus != baseline.corpus:
        problems.append(
            "the corpus is not the one the floors were measured on; "
            "run: dragoman eval update-baseline"
        )
    problems.extend(
        f"{score.case} has no brief: {score.failure or 'unknown reason'}"
        for score in results.scores
        if score.cost is None
    )
    current = figures(summarise(results.scores))
    breaches = [
        Breach(name, floor, value)
        for name, floor in baseline.floors.items()
        if (value := current.get(name)) is None or value < floor - EPSILON
    ]
    return Judgement(tuple(breaches), tuple(problems), tuple(_flips(results, baseline)))


def _flips(results: Results, baseline: Baseline) -> list[Flip]:
    hits_now: Counter[Key] = Counter()
    alarms_now: Counter[Key] = Counter()
    labels: dict[tuple[str, Section, int], str] = {}
    for score in results.scores:
        hits, alarms = good_and_bad(score.case, score.verdicts)
        hits_now += hits
        alarms_now += alarms
        for verdict in score.verdicts:
            if verdict.gold is not None:
                labels[score.case, verdict.section, verdict.gold] = verdict.label
    hits_then: Counter[Key] = Counter()
    alarms_then: Counter[Key] = Counter()
    for case, accepted in baseline.cases.items():
        for section, indices in accepted.hits.items():
            for index in indices:
                label = labels.get((case, section, index), f"label {index}")
                hits_then[Key(case, section, index, label)] += 1
        for section, texts in accepted.false_alarms.items():
            alarms_then.update(Key(case, section, None, text) for text in texts)
    return flips((hits_then, hits_now), (alarms_then, alarms_now))


class Update(NamedTuple):
    """A new baseline, and what became of the floors."""

    baseline: Baseline
    raised: tuple[str, ...]
    lowered: tuple[str, ...]


def update(results: Results, previous: Baseline | None, *, allow_regression: bool) -> Update:
    """The baseline that accepts a run.

    Raises:
        EvaluationError: a floor would be lowered and `allow_regression` does not permit it, or a
            case has no brief.
    """
    missing = [score.case for score in results.scores if score.cost is None]
    if missing:
        raise EvaluationError(
            f"a run with failed cases cannot be accepted: {', '.join(missing)}",
            remedy="Mend them and run again",
        )
    current = {
        name: round(value, 4)
        for name, value in figures(summarise(results.scores)).items()
        if value is not None
    }
    before = previous.floors if previous else {}
    lowered = tuple(
        f"{name}: {floor:.4f} to {current[name]:.4f}" if name in current else f"{name}: gone"
        for name, floor in before.items()
        if current.get(name, -1.0) < floor
    )
    if lowered and not allow_regression:
        raise EvaluationError(
            "the run is below accepted floors:\n" + "\n".join(lowered),
            remedy="If that is meant, accept it with: dragoman eval update-baseline "
            "--allow-regression",
        )
    raised = tuple(
        f"{name}: {before.get(name, 0.0):.4f} to {value:.4f}"
        for name, value in current.items()
        if value > before.get(name, -1.0)
    )
    cases = {score.case: _accepted(score.case, results) for score in results.scores}
    baseline = Baseline(corpus=results.provenance.corpus, floors=current, cases=cases)
    return Update(baseline, raised, lowered)


def _accepted(case: str, results: Results) -> AcceptedCase:
    hits: dict[Section, list[int]] = {}
    alarms: dict[Section, list[str]] = {}
    for score in results.scores:
        if score.case == case:
            for verdict in score.verdicts:
                if verdict.outcome == "hit" and verdict.gold is not None:
                    hits.setdefault(verdict.section, []).append(verdict.gold)
                elif verdict.outcome == "false_alarm":
                    alarms.setdefault(verdict.section, []).append(verdict.label)
    return AcceptedCase(
        hits={section: tuple(sorted(found)) for section, found in hits.items()},
        false_alarms={section: tuple(sorted(found)) for section, found in alarms.items()},
    )


def read(file: Path) -> Baseline | None:
    """The baseline in a file, None if there is no such file; EvaluationError if it is broken."""
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError("the baseline cannot be read", where=str(file)) from error
    try:
        return Baseline.model_validate_json(text)
    except ValidationError as error:
        raise EvaluationError(
            "the baseline is broken",
            where=str(file),
            remedy="Restore it from git, or make it again with: dragoman eval update-baseline",
        ) from error


def write(baseline: Baseline, file: Path) -> None:
    """Write a baseline; OutputError if that is not possible."""
    write_text(file, baseline.model_dump_json(indent=1) + "\n")
