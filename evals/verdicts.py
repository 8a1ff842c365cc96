"""Verdicts: what became of each item of a brief and each gold label, as results are stored."""

from __future__ import annotations

from collections import Counter
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from dragoman.evals import metrics

Section = Literal[
    "positions", "warnings", "meetings", "actors", "noise", "corrections", "correction_spans"
]
SECTIONS: tuple[Section, ...] = (
    "positions",
    "warnings",
    "meetings",
    "actors",
    "noise",
    "corrections",
    "correction_spans",
)
"""`corrections` asks for the right span and an accepted wording, `correction_spans` for the span
alone."""

Outcome = Literal["hit", "miss", "false_alarm", "optional_hit", "optional_miss"]


class Verdict(BaseModel):
    """What became of one item: a gold label found or missed, or a false alarm."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    section: Section
    outcome: Outcome
    label: str = Field(description="The item in one line, to be read.")
    gold: int | None = Field(description="Index of the gold label in its section.")
    item: str | None = Field(description="Id of the brief's item.")
    attributes: dict[str, bool] = Field(
        default_factory=dict, description="Of a hit: which attributes agree with the gold label."
    )
    critical: bool = Field(default=False, description="A correction of critical impact.")
    confidence: float | None = Field(default=None, description="The brief's confidence in it.")


class Cost(BaseModel):
    """What making a brief took."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    calls: int
    input_tokens: int
    output_tokens: int
    seconds: float
    """Seconds the run took; of a replay, the seconds it takes to replay."""
    gaps: int
    rejected: dict[str, int]
    """Refused proposals by rule."""
    items: int
    """Items the brief reports (meetings, positions, warnings, corrections)."""
    complete: bool


class CaseScore(BaseModel):
    """The verdicts on one article."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    case: str
    verdicts: tuple[Verdict, ...]
    cost: Cost | None = Field(description="None if there is no brief.")
    failure: str | None = Field(default=None, description="Why there is no brief.")
    unproven: int | None = Field(default=None, description="Items whose evidence does not hold.")

    def counts(self, section: Section) -> metrics.Counts:
        """Hits, misses and false alarms of one section."""
        outcomes = Counter(v.outcome for v in self.verdicts if v.section == section)
        return metrics.Counts(outcomes["hit"], outcomes["miss"], outcomes["false_alarm"])
