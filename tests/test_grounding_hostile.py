"""No input, however strange, makes the checker fail, hang, or read text as a pattern."""

from __future__ import annotations

import time

import pytest
from grounding_sample import ACTORS, ENGLISH, position
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dragoman.article import Article
from dragoman.grounding import Checker, check_drafts
from dragoman.schemas.draft import DraftCorrection, DraftMeeting, DraftPosition, Drafts

CHECKER = Checker(ENGLISH, ACTORS)
HOSTILE = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ["(", "[", "(?P<", "a{1000000}", "((((a+)+)+)+)$", "\\", "…", "[…]", "\x00", "\u202e",
         "“", "''", "n't", "US", "We [see", "1.", "1,000,000,000", "²", "\ud800"]
    ),
)  # fmt: skip


@given(HOSTILE, HOSTILE, HOSTILE, st.lists(st.sampled_from(["s1", "s3", "s6", "s99", "x", ""])))
@example("We see … is dead", "We see", "Berg", ["s3", "s6"])
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_any_text_in_any_field_gives_a_verdict(
    quote: str, statement: str, name: str, sentences: list[str]
) -> None:
    cited = tuple(sentences)
    CHECKER.check(
        DraftPosition(
            sentences=cited, holder=name, act="declare", target=quote, statement=statement,
            quote=quote, reported_by=statement,
        )
    )  # fmt: skip
    CHECKER.check(
        DraftMeeting(
            sentences=cited, participants=(name, quote), status="held", place=quote, date=statement
        )
    )
    CHECKER.check(
        DraftCorrection(
            sentences=cited, original=quote, corrected=statement, kind="name", impact="minor",
            reason=name, origin="model",
        )
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["“" * 300_000, "a" * 300_000, "[" * 300_000, "a, " * 100_000, "… " * 100_000, "not " * 80_000],
    ids=["marks", "one word", "nesting", "commas", "ellipses", "negations"],
)
def test_a_giant_claim_is_refused_in_seconds(text: str) -> None:
    started = time.process_time()
    CHECKER.check(position("s3", "Berg", text, text))
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    "line", ["“" * 20_000, "a" * 20_000, "„“" * 10_000, "Berg said, " * 2_000], ids=str.__len__
)
def test_a_hostile_article_is_read_in_seconds(line: str) -> None:
    article = Article.from_text(f"Title\nBerg said so on Monday.\n{line}", language="en")
    started = time.process_time()
    checker = Checker(article, ACTORS)
    for sentence in article.body:
        checker.check(position(sentence.id, "Berg", "Berg said so", "said so"))
    assert time.process_time() - started < 20


def test_the_same_draft_twice_is_one_item_and_one_refusal() -> None:
    twice = (position("s3", "Berg", "We see no reason to give up the twelve harbours"),) * 2
    grounded = check_drafts(ENGLISH, Drafts(actors=ACTORS, positions=twice))
    assert len(grounded.positions) == 1
    assert [refused.rule for refused in grounded.rejected] == ["duplicate"]
