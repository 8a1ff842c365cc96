"""When a prediction is a label: names, places of words, and which pairs are formed."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.evals.matching import Fit, assign, fold, same_name, word_occurrences


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("China", "Chinas", True),
        ("Biden", "Biden’s", True),
        ("Der Westen", "Westen", True),
        ("l’UE", "UE", True),
        ("  angela   MERKEL ", "Angela Merkel", True),
        ("Shell", "Shells", True),
        ("Ein Berater", "Berater", True),
        ("Herr Moor", "Moor", True),
        ("Norland Trade Union (NTU)", "the Norland Trade Union", True),
        ("Norland (north)", "Norland (south)", False),
        ("Wang Li", "Wang Yi", False),
        ("Merkel", "Angela Merkel", False),
        ("Die", "The", False),
        ("A", "As", False),
    ],
)
def test_names(left: str, right: str, same: bool) -> None:
    """Case, determiners, forms of address, genitives, a short form behind: nothing else."""
    assert same_name(left, right) is same
    assert same_name(right, left) is same


def test_words_are_found_as_words_first() -> None:
    """The word he is not found inside the, unless it stands nowhere else."""
    assert [place.start for place in word_occurrences("he", "the man he saw")] == [8]
    assert [place.start for place in word_occurrences("he", "the")] == [1]


@given(st.text())
def test_folding_is_idempotent(text: str) -> None:
    """Folding what is folded changes nothing."""
    assert fold(fold(text)) == fold(text)


fits = st.none() | st.builds(Fit, st.integers(0, 3), st.floats(0, 1))


@given(
    st.integers(0, 4).flatmap(
        lambda columns: st.tuples(
            st.lists(st.lists(fits, min_size=columns, max_size=columns), max_size=4),
            st.lists(st.booleans(), min_size=columns, max_size=columns),
        )
    )
)
def test_the_assignment_is_the_best_of_all(
    problem: tuple[list[list[Fit | None]], list[bool]],
) -> None:
    """No other pairing hits more labels, explains more predictions or agrees better."""
    table, optional = problem

    def worth(pairs: list[tuple[int, int]]) -> tuple[int, int, int]:
        chosen = [table[row][column] for row, column in pairs]
        return (
            sum(not optional[column] for _, column in pairs),
            sum(optional[column] for _, column in pairs),
            sum(fit.agreements for fit in chosen if fit),
        )

    allowed = [
        (row, column)
        for row, cells in enumerate(table)
        for column, fit in enumerate(cells)
        if fit is not None
    ]
    every = [
        list(pairs)
        for size in range(min(len(table), len(optional)) + 1)
        for pairs in itertools.combinations(allowed, size)
        if len({row for row, _ in pairs}) == len({column for _, column in pairs}) == size
    ]
    found = [
        (pair.predicted, pair.gold)
        for pair in assign(len(table), optional, lambda row, column: table[row][column])
    ]
    assert set(found) <= set(allowed)
    assert worth(found) == max(map(worth, every))
