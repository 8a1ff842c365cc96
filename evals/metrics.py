"""Metrics: counts to precision, recall and F1, their intervals, and how honest confidence is."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

SEED = 20230301
DRAWS = 2000


class Counts(NamedTuple):
    """Hits, misses and false alarms; what is optional is in none of them."""

    hits: int = 0
    misses: int = 0
    false_alarms: int = 0

    def plus(self, other: Counts) -> Counts:
        """The sum of two counts."""
        return Counts(
            self.hits + other.hits,
            self.misses + other.misses,
            self.false_alarms + other.false_alarms,
        )

    @property
    def precision(self) -> float | None:
        """Share of what was reported that is right, 0 to 1; None if nothing was reported."""
        reported = self.hits + self.false_alarms
        return self.hits / reported if reported else None

    @property
    def recall(self) -> float | None:
        """Share of what there is that was reported, 0 to 1; None if there is nothing."""
        there = self.hits + self.misses
        return self.hits / there if there else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall, 2 TP / (2 TP + FP + FN), 0 to 1.

        None if there is nothing to report and nothing was reported.
        """
        weight = 2 * self.hits + self.misses + self.false_alarms
        return 2 * self.hits / weight if weight else None


class Interval(NamedTuple):
    """A 95 % confidence interval."""

    low: float
    high: float


class Share(NamedTuple):
    """So many of so many."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        """The share, 0 to 1; None of nothing."""
        return self.part / self.whole if self.whole else None


class Quality(NamedTuple):
    """One section over several articles."""

    counts: Counts
    """Summed over the articles: micro precision, recall and F1 follow from it."""
    macro_precision: float | None
    """Mean over the articles in which something was reported."""
    macro_recall: float | None
    """Mean over the articles in which there is something to report."""
    macro_f1: float | None
    """Mean over all articles; rightly reporting nothing counts as 1."""
    interval: Interval | None
    """Of the micro F1, by bootstrap over articles."""


def add(counts: Sequence[Counts]) -> Counts:
    """The sum of counts; micro-averaged figures follow from it."""
    total = Counts()
    for each in counts:
        total = total.plus(each)
    return total


def quality(counts: Sequence[Counts]) -> Quality:
    """Micro and macro figures of one section, given its counts in each article."""
    return Quality(
        counts=add(counts),
        macro_precision=mean([each.precision for each in counts if each.precision is not None]),
        macro_recall=mean([each.recall for each in counts if each.recall is not None]),
        macro_f1=mean([1.0 if each.f1 is None else each.f1 for each in counts]),
        interval=interval(counts),
    )


def mean(values: Sequence[float]) -> float | None:
    """The mean, or None of no values."""
    return sum(values) / len(values) if values else None


def resamples(articles: int, draws: int = DRAWS, seed: int = SEED) -> list[list[int]]:
    """Seeded bootstrap samples of article indices, drawn with replacement (Efron 1979).

    Articles are drawn, not items: items of one article are alike, and intervals that ignore it
    are too narrow.
    """
    source = random.Random(seed)  # noqa: S311 - statistics, not secrets; must be repeatable
    indices = range(articles)
    return [source.choices(indices, k=articles) for _ in range(draws)]


def interval(counts: Sequence[Counts], *, draws: int = DRAWS, seed: int = SEED) -> Interval | None:
    """Percentile bootstrap interval (95 %) of the micro F1 over articles.

    None with fewer than two articles, or if F1 is undefined in every draw.
    """
    if len(counts) < 2:
        return None
    values = [
        value
        for sample in resamples(len(counts), draws, seed)
        if (value := add([counts[index] for index in sample]).f1) is not None
    ]
    return _percentiles(values)


class Difference(NamedTuple):
    """Of two runs over the same articles: how much F1 changed, and whether that is noise."""

    change: float
    """Micro F1 of the second run less that of the first, -1 to 1."""
    interval: Interval | None
    """95 % bootstrap interval of the change."""

    @property
    def beyond_noise(self) -> bool:
        """Whether the interval leaves out 0."""
        return self.interval is not None and not self.interval.low <= 0 <= self.interval.high


def difference(
    first: Sequence[Counts], second: Sequence[Counts], *, draws: int = DRAWS, seed: int = SEED
) -> Difference:
    """Paired bootstrap over articles of the change in micro F1 (Berg-Kirkpatrick et al. 2012).

    Both sequences are about the same articles in the same order. Undefined F1 counts as 1, as in
    `Quality.macro_f1`.
    """
    if len(first) != len(second):
        raise ValueError("a paired comparison needs the same articles on both sides")

    def change(indices: Sequence[int]) -> float:
        before = add([first[index] for index in indices]).f1
        after = add([second[index] for index in indices]).f1
        return (1.0 if after is None else after) - (1.0 if before is None else before)

    if len(first) < 2:
        return Difference(change(range(len(first))), None)
    values = [change(sample) for sample in resamples(len(first), draws, seed)]
    return Difference(change(range(len(first))), _percentiles(values))


def _percentiles(values: Sequence[float]) -> Interval | None:
    if not values:
        return None
    ordered = sorted(values)
    last = len(ordered) - 1
    return Interval(ordered[round(0.025 * last)], ordered[round(0.975 * last)])


class Bin(NamedTuple):
    """One row of a reliability table: items whose confidence lies in `low` to `high`."""

    low: float
    high: float
    items: int
    confidence: float
    """Mean confidence of the items."""
    right: float
    """Share of the items that are right."""


class Threshold(NamedTuple):
    """What would remain if only items of at least this confidence were kept."""

    confidence: float
    kept: int
    precision: float | None


class Calibration(NamedTuple):
    """Whether items of confidence 0.8 are right four times in five."""

    items: int
    error: float | None
    """Expected calibration error, 0 (honest) to 1 (Naeini, Cooper and Hauskrecht 2015)."""
    bins: tuple[Bin, ...]
    thresholds: tuple[Threshold, ...]


def calibration(judged: Sequence[tuple[float, bool]], *, bins: int = 10) -> Calibration:
    """Calibration of confidences, given each item's confidence (0 to 1) and whether it is right.

    Bins are of equal width, the last one closed; empty ones are left out. The expected calibration
    error is the mean, over items, of the distance between their bin's confidence and precision.
    """
    rows: list[Bin] = []
    for number in range(bins):
        inside = [
            (confidence, right)
            for confidence, right in judged
            if min(int(confidence * bins), bins - 1) == number
        ]
        if inside:
            rows.append(
                Bin(
                    low=number / bins,
                    high=(number + 1) / bins,
                    items=len(inside),
                    confidence=sum(confidence for confidence, _ in inside) / len(inside),
                    right=sum(right for _, right in inside) / len(inside),
                )
            )
    error = (
        sum(row.items * abs(row.confidence - row.right) for row in rows) / len(judged)
        if judged
        else None
    )
    thresholds = []
    for tenths in range(10):
        kept = [right for confidence, right in judged if confidence >= tenths / 10]
        precision = sum(kept) / len(kept) if kept else None
        thresholds.append(Threshold(tenths / 10, len(kept), precision))
    return Calibration(len(judged), error, tuple(rows), tuple(thresholds))
