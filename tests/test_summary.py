"""Key points: short, at most three, tied to items, and held against their evidence."""

from __future__ import annotations

import json
from typing import Any

import pytest
import respx
from chat import BASE_URL, CHAT, endpoint
from evals_support import NO_RUN
from scripted import ARTICLE, POINTS, Script

from dragoman.assembly import Parts, assemble
from dragoman.errors import AnswerError
from dragoman.grounding import check_drafts
from dragoman.grounding.summaries import unproven_key_point
from dragoman.model import Limits, Model
from dragoman.reading.summary import key_points
from dragoman.schemas.brief import Brief, KeyPoint, Rejected
from dragoman.schemas.draft import DraftActor, DraftPosition, Drafts, DraftWarning

pytestmark = pytest.mark.respx(using="httpcore2", base_url=BASE_URL, assert_all_called=False)

ACTORS = (
    DraftActor(name="Karl Moor", kind="person", forms=("Moor",)),
    DraftActor(name="Anna Berg", kind="person", forms=("Berg",)),
)
DAM = DraftPosition(
    sentences=("s3",), holder="Anna Berg", act="declare", statement="The dam was never safe."
)
RAIN = DraftWarning(
    sentences=("s5",),
    issuer="Karl Moor",
    kind="caution",
    statement="If the rain does not stop, the dam will break.",
)


def brief_of(*positions: DraftPosition, language: str = "en") -> Brief:
    """A brief with a warning and these positions."""
    drafts = Drafts(actors=ACTORS, positions=positions, warnings=(RAIN,))
    grounded = check_drafts(ARTICLE, drafts, language=language)
    assert grounded.rejected == ()
    parts = Parts(actors=ACTORS, grounded=grounded, run=NO_RUN)
    return assemble(ARTICLE, parts, language=language)


BRIEF = brief_of(DAM)


async def summed_up(
    router: respx.Router, answer: Any, brief: Brief = BRIEF
) -> tuple[tuple[KeyPoint, ...], tuple[Rejected, ...], Script]:
    """Key points by a model that gives this answer."""
    script = Script(summary=answer)
    router.post(CHAT).mock(side_effect=script)
    model = Model(endpoint(), limits=Limits(reasks=1))
    try:
        points, rejected = await key_points(ARTICLE, brief, model)
    finally:
        await model.aclose()
    return points, rejected, script


async def test_the_model_sees_proven_items_alone(respx_mock: respx.Router) -> None:
    """Warnings before positions, each with its id; the article itself is not sent again."""
    points, rejected, script = await summed_up(respx_mock, POINTS)
    user = script.asked[0][1]["messages"][1]["content"]
    assert [line.split(":")[0] for line in user.splitlines()[1:]] == ["w1", "p1"]
    assert "Norda" not in user
    assert points == (KeyPoint(text="Karl Moor warned that the dam will break.", items=("w1",)),)
    assert rejected == ()


async def test_only_items_there_are_can_be_cited(respx_mock: respx.Router) -> None:
    """The schema knows their ids alone; an answer with another one is asked for again."""
    bad = {"points": [{"items": ["p9"], "text": "The dam was never safe."}]}
    _, _, script = await summed_up(respx_mock, [bad, POINTS])
    schema = script.asked[0][1]["response_format"]["json_schema"]["schema"]
    point = schema["properties"]["points"]["items"]["properties"]
    assert point["items"]["items"]["enum"] == ["w1", "p1"]
    assert len(script.asked) == 2


@pytest.mark.parametrize(
    ("item", "text", "sentence"),
    [
        ("w1", "Karl Moor warned that 40 dams will break.", "s5"),
        ("p1", "The dam was safe, Anna Berg said.", "s3"),
    ],
)
async def test_a_point_that_says_something_else_is_rejected(
    respx_mock: respx.Router, item: str, text: str, sentence: str
) -> None:
    """Another number, a lost negation: shown with the difference, the article's words instead."""
    answer = {"points": [{"items": [item], "text": text}]}
    points, (refused,), _ = await summed_up(respx_mock, answer)
    assert points == (KeyPoint(text=ARTICLE.sentence(sentence).text, items=(item,)),)
    assert (refused.kind, refused.rule) == ("key_point", "key-point-proven")
    assert refused.item == {"text": text, "items": [item]}
    assert refused.reason.startswith("not what its evidence says: ")


@pytest.mark.parametrize("text", ["The dam was never safe, Anna Berg", "Anna Berg said that the"])
async def test_a_point_that_breaks_off_is_rejected(respx_mock: respx.Router, text: str) -> None:
    """Only a whole sentence sums something up."""
    answer = {"points": [{"items": ["p1"], "text": text}]}
    points, (refused,), _ = await summed_up(respx_mock, answer)
    assert text not in [point.text for point in points]
    assert refused.rule == "key-point-whole"


async def test_a_foreign_sentence_is_no_key_point(respx_mock: respx.Router) -> None:
    """A German brief of an English article has no English key points."""
    answer = {"points": [{"items": ["p1"], "text": "Der Damm war 40 Jahre lang sicher."}]}
    points, (_,), _ = await summed_up(respx_mock, answer, brief_of(DAM, language="de"))
    assert points == ()


async def test_a_brief_without_items_is_not_summed_up(respx_mock: respx.Router) -> None:
    """There is nothing to ask about."""
    empty = BRIEF.model_copy(update={"positions": (), "warnings": ()})
    points, rejected, script = await summed_up(respx_mock, POINTS, empty)
    assert (points, rejected, script.asked) == ((), (), [])


async def test_many_long_items_make_a_short_question(respx_mock: respx.Router) -> None:
    """However long the brief, the question has at most twelve items, each cut to a line."""
    position = BRIEF.positions[0]
    many = BRIEF.model_copy(
        update={
            "positions": tuple(
                position.model_copy(update={"id": f"p{n}", "statement": "The dam. " * 200})
                for n in range(1, 60)
            )
        }
    )
    _, _, script = await summed_up(respx_mock, POINTS, many)
    lines = script.asked[0][1]["messages"][1]["content"].splitlines()[1:]
    assert len(lines) == 12
    assert all(len(line) < 300 for line in lines)


async def test_the_surest_positions_are_shown_first(respx_mock: respx.Router) -> None:
    """Where there is a confidence, it decides which positions are worth a key point."""
    position = BRIEF.positions[0]
    chosen = {"p1": 0.2, "p2": 0.9, "p3": None}
    ranked = BRIEF.model_copy(
        update={
            "positions": tuple(
                position.model_copy(update={"id": name, "confidence": confidence})
                for name, confidence in chosen.items()
            )
        }
    )
    _, _, script = await summed_up(respx_mock, POINTS, ranked)
    lines = script.asked[0][1]["messages"][1]["content"].splitlines()[1:]
    assert [line.split(":")[0] for line in lines] == ["w1", "p2", "p1", "p3"]


async def test_an_answer_that_never_fits_is_an_error(respx_mock: respx.Router) -> None:
    """The caller decides what a brief without key points is worth."""
    with pytest.raises(AnswerError):
        await summed_up(respx_mock, json.dumps({"points": []}))


def test_in_another_language_numbers_are_compared() -> None:
    """A German key point of an English article is held to its numbers alone."""
    german = brief_of(DAM, language="de")
    assert unproven_key_point(ARTICLE, german, "Moor warnt vor einem Dammbruch.", ["w1"]) is None
    assert unproven_key_point(ARTICLE, german, "Moor warnt vor 40 Dammbrüchen.", ["w1"])


def test_a_point_without_evidence_is_unproven() -> None:
    """Ids of nothing, and text without words, prove nothing."""
    assert unproven_key_point(ARTICLE, BRIEF, "The dam.", ["p9"]) == "it cites no evidence"
    assert unproven_key_point(ARTICLE, BRIEF, "…", ["w1"]) == "it cites no evidence"
