"""Grounding stays fast: under 2 ms an item, and its cost grows in proportion to the article.

Processor time is what is asserted, so that a busy machine does not fail the test.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dragoman.article import Article
from dragoman.grounding import Checker
from dragoman.schemas.draft import DraftActor, DraftPosition

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

SAMPLE = Path(__file__).parents[1] / "examples" / "lukaschenko-xi.de.txt"
ACTORS = tuple(
    DraftActor(name=name, kind="person", forms=(name,))
    for name in ("Lukaschenko", "Xi", "Blinken", "Putin", "Li Keqiang", "Wang Yi")
)
MOST_MILLISECONDS = 2.0


def long_article(times: int) -> Article:
    """The sample that many times, every line different, so that none counts as furniture."""
    lines = [line for line in SAMPLE.read_text("utf-8").splitlines() if line.strip()]
    copies = [f"{line} Absatz {n}." if n else line for n in range(times) for line in lines]
    return Article.from_text("\n\n".join(copies), language="de")


def drafts(article: Article) -> list[DraftPosition]:
    """One claim for every sentence, with its own words as statement."""
    return [
        DraftPosition(
            sentences=(sentence.id,), holder="Blinken", act="declare", statement=sentence.text
        )
        for sentence in article.body
    ]


def check_all(article: Article) -> int:
    """Check all claims, the reading of the article included; how many there were."""
    checker = Checker(article, ACTORS)
    several = drafts(article)
    for draft in several:
        checker.check(draft)
    return len(several)


def seconds_per_item(article: Article) -> float:
    """Processor time of one item, the reading of the article included."""
    started = time.process_time()
    count = check_all(article)
    return (time.process_time() - started) / count


@pytest.mark.parametrize("times", [1, 10, 100])
def test_grounding(benchmark: BenchmarkFixture, times: int) -> None:
    article = long_article(times)
    benchmark.extra_info["items"] = benchmark.pedantic(
        check_all, args=(article,), rounds=1, warmup_rounds=1
    )


def test_an_item_of_the_sample_takes_less_than_two_milliseconds() -> None:
    article = long_article(1)
    check_all(article)  # loads the word lists
    fastest = min(seconds_per_item(article) for _ in range(3))
    assert fastest * 1000 < MOST_MILLISECONDS


def test_an_item_costs_no_more_in_an_article_thirty_times_as_long() -> None:
    short, long = long_article(1), long_article(30)
    check_all(short)
    assert seconds_per_item(long) < 3 * max(seconds_per_item(short), 0.0005)
