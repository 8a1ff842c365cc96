"""Metrics agree with figures worked out by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.evals.metrics import (
    Counts,
    Share,
    add,
    calibration,
    difference,
    interval,
    quality,
    resamples,
)


def test_precision_recall_and_f1_by_hand() -> None:
    """6 hits, 2 misses, 4 false alarms: precision 6/10, recall 6/8, F1 12/18."""
    counts = Counts(hits=6, misses=2, false_alarms=4)
    assert counts.precision == 0.6
    assert counts.recall == 0.75
    assert counts.f1 == pytest.approx(12 / 18)


def test_figures_about_nothing_are_undefined_not_perfect() -> None:
    """Without predictions there is no precision, without gold no recall, without both no F1."""
    assert Counts(misses=3).precision is None
    assert Counts(misses=3).f1 == 0
    assert Counts(false_alarms=3).recall is None
    assert Counts(false_alarms=3).f1 == 0
    assert Counts().f1 is None
    assert Share(0, 0).value is None
    assert Share(1, 4).value == 0.25


def test_micro_and_macro_by_hand() -> None:
    """Three articles: perfect, half, and one with nothing to find and nothing reported."""
    figures = quality([Counts(hits=3), Counts(1, 1, 1), Counts()])
    assert figures.counts == Counts(4, 1, 1)
    assert figures.counts.f1 == 0.8
    assert figures.macro_precision == 0.75  # (1 + 1/2) / 2: the silent article has none
    assert figures.macro_recall == 0.75
    assert figures.macro_f1 == pytest.approx((1 + 0.5 + 1) / 3)


def test_false_alarms_count_in_articles_without_gold() -> None:
    """An article with nothing to find lowers precision when something is reported there."""
    figures = quality([Counts(hits=2), Counts(false_alarms=2)])
    assert figures.counts.precision == 0.5
    assert figures.macro_f1 == 0.5


counts = st.builds(Counts, *[st.integers(0, 20)] * 3)


@given(counts)
def test_f1_is_the_harmonic_mean(each: Counts) -> None:
    """F1 from counts is the harmonic mean of precision and recall wherever both are positive."""
    if each.precision and each.recall and each.f1:
        expected = 2 / (1 / each.precision + 1 / each.recall)
        assert math.isclose(each.f1, expected)


@given(st.lists(counts, min_size=2, max_size=8))
def test_the_interval_is_repeatable_and_within_bounds(articles: list[Counts]) -> None:
    """The same articles give the same interval, inside 0 to 1."""
    first, second = interval(articles, draws=50), interval(articles, draws=50)
    assert first == second
    if first is not None:
        assert 0 <= first.low <= first.high <= 1


def test_the_interval_of_equal_articles_has_no_width() -> None:
    """If all articles are alike, every resample gives the same figure."""
    span = interval([Counts(1, 1, 0)] * 5)
    assert span is not None
    assert span.low == span.high == pytest.approx(2 / 3)


def test_an_interval_needs_two_articles() -> None:
    """One article says nothing about how articles differ."""
    assert interval([Counts(1, 1, 1)]) is None


def test_the_interval_of_two_articles_by_hand() -> None:
    """A perfect and an empty article of one label: F1 is 1, 2/3 or 0, so the interval is 0 to 1."""
    assert interval([Counts(hits=1), Counts(misses=1)]) == (0.0, 1.0)


def test_resamples_draw_articles_with_replacement() -> None:
    """Every sample has as many articles as there are, and articles repeat."""
    samples = resamples(6, draws=100, seed=1)
    assert len(samples) == 100
    assert all(len(sample) == 6 and set(sample) <= set(range(6)) for sample in samples)
    assert any(len(set(sample)) < 6 for sample in samples)


def test_equal_runs_do_not_differ() -> None:
    """The change of a run against itself is 0 and not beyond noise."""
    run = [Counts(3, 1, 2), Counts(0, 2, 1), Counts(5, 0, 0)]
    same = difference(run, run)
    assert same.change == 0
    assert same.interval == (0, 0)
    assert not same.beyond_noise


def test_a_gain_in_every_article_is_beyond_noise() -> None:
    """Two hits of four in ten articles against three: F1 from 2/3 to 6/7 in every draw."""
    change = difference([Counts(2, 2, 0)] * 10, [Counts(3, 1, 0)] * 10)
    assert change.change == pytest.approx(6 / 7 - 2 / 3)
    assert change.beyond_noise


def test_a_gain_in_one_of_many_articles_is_noise() -> None:
    """One article better, one worse, the rest the same: no difference."""
    before = [Counts(1, 1, 0)] * 8 + [Counts(2, 0, 0), Counts(1, 1, 0)]
    after = [Counts(1, 1, 0)] * 8 + [Counts(1, 1, 0), Counts(2, 0, 0)]
    change = difference(before, after)
    assert change.change == 0
    assert not change.beyond_noise


def test_a_paired_comparison_needs_the_same_articles() -> None:
    """Runs over different numbers of articles cannot be paired."""
    with pytest.raises(ValueError, match="same articles"):
        difference([Counts()], [Counts(), Counts()])


def test_calibration_by_hand() -> None:
    """Two bins: 0.9 twice, right once (gap 0.4); 0.2 twice, never right (gap 0.2); mean 0.3."""
    result = calibration([(0.9, True), (0.9, False), (0.2, False), (0.2, False)])
    assert result.items == 4
    assert result.error == pytest.approx(0.3)
    assert [(row.low, row.items, row.right) for row in result.bins] == [
        (0.2, 2, 0.0),
        (0.9, 2, 0.5),
    ]


def test_a_confidence_of_one_lies_in_the_last_bin() -> None:
    """The last bin is closed: certain and right is honest."""
    result = calibration([(1.0, True), (1.0, True)])
    assert result.error == 0
    assert result.bins[0].low == 0.9


def test_precision_at_thresholds_by_hand() -> None:
    """Keeping what is at least 0.5 sure leaves one right item of two; at least 0.9 nothing."""
    result = calibration([(0.5, True), (0.8, False), (0.1, True)])
    kept = {row.confidence: row for row in result.thresholds}
    assert kept[0.0].kept == 3
    assert kept[0.0].precision == pytest.approx(2 / 3)
    assert kept[0.5][1:] == (2, 0.5)
    assert kept[0.9][1:] == (0, None)


def test_calibration_of_nothing_is_undefined() -> None:
    """Without items no error is claimed."""
    assert calibration([]).error is None


@given(st.lists(counts, max_size=6), st.lists(counts, max_size=6))
def test_counts_add_up(left: list[Counts], right: list[Counts]) -> None:
    """Summing in parts gives the sum."""
    assert add(left).plus(add(right)) == add([*left, *right])
