"""The sentence strategy: one word per finding, over real HTTP bodies."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
import respx
from chat import BASE_URL, CHAT, endpoint, said
from scripted import ARTICLE, Script

from dragoman.article import Article
from dragoman.errors import EndpointUnreachableError
from dragoman.model import Limits, Model
from dragoman.reading import sentence
from dragoman.reading.outcome import Outcome

pytestmark = pytest.mark.respx(using="httpcore2", base_url=BASE_URL, assert_all_called=False)


async def read(
    router: respx.Router, article: Article = ARTICLE, **answers: Any
) -> tuple[Outcome, Script]:
    """Read an article with a model that gives these answers and no probabilities."""
    script = Script(**answers)
    router.post(CHAT).mock(side_effect=script)
    model = Model(endpoint(), limits=Limits(attempts=1))
    try:
        return await sentence.read(article, model, lambda _: None), script
    finally:
        await model.aclose()


async def test_cues_and_one_word_answers_become_drafts(respx_mock: respx.Router) -> None:
    """Speaker, act, sentence and reporter come from the words, without a long answer."""
    outcome, script = await read(respx_mock, statement="declare", meeting="met")
    drafts = outcome.drafts
    assert [(one.holder, one.act, one.sentences) for one in drafts.positions] == [
        ("Anna Berg", "declare", ("s3", "s4")),
        ("Karl Moor", "deny", ("s6",)),
    ]
    assert drafts.positions[1].reported_by == "Norda"
    (warning,) = drafts.warnings
    assert (warning.issuer, warning.sentences) == ("Karl Moor", ("s5",))
    assert (warning.kind, warning.condition) == ("caution", "the rain does not stop")
    (meeting,) = drafts.meetings
    assert meeting.participants == ("Karl Moor", "Anna Berg")
    assert (meeting.place, meeting.date, meeting.status) == ("Linden", "on Monday", "held")
    assert (outcome.gaps, outcome.ended) == ((), False)
    assert all(body["max_tokens"] <= 2 for body in script.bodies("statement"))


@pytest.mark.parametrize("word", ["declare", "accuse", "none"])
async def test_a_bare_word_does_not_outweigh_a_cue_of_warning(
    respx_mock: respx.Router, word: str
) -> None:
    """An endpoint without probabilities says only its first choice, which proves little."""
    outcome, _ = await read(respx_mock, statement=word, meeting="met")
    assert [warning.sentences for warning in outcome.drafts.warnings] == [("s5",)]


async def test_a_sure_no_is_no_meeting(respx_mock: respx.Router) -> None:
    """What the model takes for no encounter is left out."""
    outcome, _ = await read(respx_mock, statement="declare", meeting="no")
    assert outcome.drafts.meetings == ()


async def test_an_endpoint_that_dies_half_way_ends_the_reading(respx_mock: respx.Router) -> None:
    """What was read stays, the rest is a gap, and nothing later is asked."""
    answers = [said("declare"), httpx.ConnectError("gone")]
    outcome, script = await read(respx_mock, statement=answers, meeting="met")
    assert [one.holder for one in outcome.drafts.positions] == ["Anna Berg"]
    assert outcome.ended
    (gap,) = outcome.gaps
    assert "s6" in gap.sentences
    assert script.kinds() == ["statement", "statement"]


async def test_an_endpoint_that_is_not_there_is_an_error(respx_mock: respx.Router) -> None:
    """Nothing was read, so there is no brief to keep."""
    with pytest.raises(EndpointUnreachableError):
        await read(respx_mock, statement=httpx.ConnectError("gone"))


async def test_without_reporting_words_nothing_is_asked(respx_mock: respx.Router) -> None:
    """A note says so; an empty article needs none."""
    silent = Article.from_text("The dam is old. It rains.", language="en")
    respx_mock.post(CHAT).mock(side_effect=AssertionError)
    outcome, script = await read(respx_mock, silent)
    assert outcome.drafts.positions == ()
    assert [note.startswith("No reporting words") for note in outcome.notes] == [True]
    assert script.asked == []
