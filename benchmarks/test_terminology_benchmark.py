"""How long it takes to find the terms of a large glossary in a long text."""

from __future__ import annotations

import random
import string

from pytest_benchmark.fixture import BenchmarkFixture

from dragoman.terminology.glossary import Entry
from dragoman.terminology.matching import Matcher

ENTRIES = 10_000
WORDS = 100_000
SECONDS = 1.0


def _material() -> tuple[list[Entry], str]:
    source = random.Random(6)  # noqa: S311 - made-up words need no secrecy

    def word() -> str:
        return "".join(source.choices(string.ascii_lowercase, k=source.randint(4, 12)))

    terms = [
        f"{word()} {word()}".title() if number % 3 else word().title() for number in range(ENTRIES)
    ]
    entries = [
        Entry(term=term, preferred=f"{term}x", language="de") for term in dict.fromkeys(terms)
    ]
    common = [word() for _ in range(20_000)]
    words = [
        source.choice(terms) if source.random() < 0.05 else source.choice(common)
        for _ in range(WORDS)
    ]
    return entries, " ".join(words)


def test_ten_thousand_entries_in_a_hundred_thousand_words(benchmark: BenchmarkFixture) -> None:
    """Building the matcher and finding all terms take less than a second together."""
    entries, text = _material()
    matches = benchmark.pedantic(lambda: Matcher(entries, "de").find(text), rounds=3)
    assert len(matches) > WORDS * 0.04
    assert benchmark.stats.stats.min < SECONDS
