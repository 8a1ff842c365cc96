"""Answers that do not fit: asked for again with a word on how to mend them, within limits."""

from __future__ import annotations

import json
import logging
from typing import Any, Literal, Self

import pytest
import respx
from chat import BASE_URL, CHAT, GOOD, PROMPT, Reply, endpoint, refusal, said, sent
from pydantic import BaseModel, Field, field_validator, model_validator

from dragoman.errors import AnswerError, BudgetError, RefusalError, TruncatedAnswerError
from dragoman.model import Answer, Limits, Model

pytestmark = pytest.mark.respx(using="httpcore2", base_url=BASE_URL)


class Item(BaseModel):
    sentence: Literal["s1", "s2"]
    weight: float = Field(ge=0, le=1)


class Checked(BaseModel):
    items: list[Item]
    note: str = "none"

    @field_validator("note")
    @classmethod
    def _no_shouting(cls, note: str) -> str:
        if note.isupper():
            raise ValueError("write the note in small letters")
        return note

    @model_validator(mode="after")
    def _not_empty(self) -> Self:
        if not self.items:
            raise ValueError("give at least one item")
        return self


def checked(*weights: float, note: str = "fine") -> str:
    items = [{"sentence": "s1", "weight": weight} for weight in weights]
    return json.dumps({"items": items, "note": note})


async def ask(answer: type[Any] = Reply, **limits: Any) -> tuple[Answer[Any], Model]:
    model = Model(endpoint(), limits=Limits(**limits))
    try:
        return await model.ask(PROMPT, answer, max_output_tokens=50), model
    finally:
        await model.aclose()


async def test_failed_check_is_explained_to_the_model(respx_mock: respx.Router) -> None:
    """The model sees the question, its answer, and each problem with its place and its value."""
    bad = checked(7, note="LOUD")
    route = respx_mock.post(CHAT).mock(side_effect=[said(bad), said(checked(0.5))])
    answer, model = await ask(Checked)
    assert answer.value.items[0].weight == 0.5
    *question, reply, word = sent(route)["messages"]
    assert question == sent(route, 0)["messages"]
    assert reply == {"role": "assistant", "content": bad}
    assert word["role"] == "user"
    assert "items.0.weight: Input should be less than or equal to 1 (you wrote 7" in word["content"]
    assert 'note: write the note in small letters (you wrote "LOUD")' in word["content"]
    assert "http" not in word["content"]
    assert model.usage.retries == {"invalid": 1}


async def test_only_the_last_answer_is_sent_back(respx_mock: respx.Router) -> None:
    """A second re-ask carries one wrong answer, not two: small contexts must not fill up."""
    route = respx_mock.post(CHAT).mock(
        side_effect=[said(checked(7)), said(checked(8)), said(checked(0.5))]
    )
    await ask(Checked)
    messages = sent(route)["messages"]
    assert len(messages) == len(PROMPT.messages) + 2
    assert messages[-2]["content"] == checked(8)


async def test_reasks_run_out(respx_mock: respx.Router) -> None:
    """After the last re-ask the error says what is wrong and holds what could be read."""
    route = respx_mock.post(CHAT).mock(side_effect=[said(checked(7, 0.5))] * 9)
    with pytest.raises(AnswerError) as caught:
        await ask(Checked, reasks=2)
    assert route.call_count == 3
    assert "items.0.weight: Input should be less than or equal to 1" in str(caught.value)
    assert "'greet'" in str(caught.value)
    assert caught.value.partial == json.loads(checked(7, 0.5))


async def test_no_reasks_if_none_are_allowed(respx_mock: respx.Router) -> None:
    """With `reasks=0` the first misfit is the end."""
    route = respx_mock.post(CHAT).mock(side_effect=[said(checked(7))] * 9)
    with pytest.raises(AnswerError):
        await ask(Checked, reasks=0)
    assert route.call_count == 1


async def test_failing_endpoint_between_reasks_costs_no_reask(respx_mock: respx.Router) -> None:
    """Transport failures and misfits are counted apart."""
    respx_mock.post(CHAT).mock(
        side_effect=[said(checked(7)), refusal(503), said(checked(8)), said(checked(0.5))]
    )
    _, model = await ask(Checked, reasks=2)
    assert model.usage.retries == {"invalid": 2, "server_error": 1}
    assert (model.usage.requests, model.usage.attempts) == (1, 4)


@pytest.mark.parametrize(
    "text",
    [
        f"```json\n{GOOD}\n```",
        f"Here you are:\n{GOOD}\nAnything else?",
        f"<think>The mood {{is}} good.</think>\n{GOOD}",
        f"\n\n  {GOOD}  \n",
    ],
)
async def test_pleasantries_around_the_answer_are_no_misfit(
    respx_mock: respx.Router, text: str
) -> None:
    """Fences, thoughts and small talk are stripped, not punished with a re-ask."""
    route = respx_mock.post(CHAT).mock(return_value=said(text))
    answer, _ = await ask()
    assert answer.value.mood == "good"
    assert route.call_count == 1


async def test_cut_off_answer_gets_more_room_once(respx_mock: respx.Router) -> None:
    """An answer cut off at the limit is asked for again with twice the room."""
    route = respx_mock.post(CHAT).mock(
        side_effect=[said('{"mood"', finish_reason="length"), said(GOOD)]
    )
    _, model = await ask()
    assert [sent(route, index)["max_tokens"] for index in (0, 1)] == [50, 100]
    assert sent(route, 1)["messages"] == sent(route, 0)["messages"]
    assert model.usage.retries == {"length": 1}


async def test_answer_cut_off_twice_keeps_its_whole_items(respx_mock: respx.Router) -> None:
    """The error holds the items that were complete, so that they are not lost."""
    half = '{"items": [{"sentence": "s1", "weight": 0.5}, {"sentence": "s2", "wei'
    route = respx_mock.post(CHAT).mock(side_effect=[said(half, finish_reason="length")] * 9)
    with pytest.raises(TruncatedAnswerError) as caught:
        await ask(Checked)
    assert route.call_count == 2
    partial: Any = caught.value.partial
    assert partial["items"][0] == {"sentence": "s1", "weight": 0.5}


async def test_no_more_room_than_the_context_has(respx_mock: respx.Router) -> None:
    """Where the context is known to be full, no second attempt is wasted on it."""
    route = respx_mock.post(CHAT).mock(
        side_effect=[said("{", finish_reason="length", tokens=(80, 48, 0))] * 9
    )
    model = Model(endpoint(context_tokens=128))
    with pytest.raises(TruncatedAnswerError):
        await model.ask(PROMPT, Reply, max_output_tokens=50)
    await model.aclose()
    assert route.call_count == 1


async def test_endpoint_that_has_no_more_room(respx_mock: respx.Router) -> None:
    """If twice the room is too much for the endpoint, the answer counts as cut off."""
    respx_mock.post(CHAT).mock(
        side_effect=[
            said("{", finish_reason="length"),
            refusal(400, "maximum context length is 120 tokens"),
        ]
    )
    with pytest.raises(TruncatedAnswerError):
        await ask()


@pytest.mark.parametrize(
    "response",
    [
        said(None, refusal="I cannot help with that."),
        said("I can", finish_reason="content_filter"),
        said(None, finish_reason="content_filter"),
    ],
)
async def test_refusal_is_not_asked_again(respx_mock: respx.Router, response: Any) -> None:
    """A refusal or a content filter ends the question at once, for text as for structure."""
    route = respx_mock.post(CHAT).mock(return_value=response)
    with pytest.raises(RefusalError):
        await ask()
    model = Model(endpoint())
    with pytest.raises(RefusalError):
        await model.complete(PROMPT, max_output_tokens=5)
    await model.aclose()
    assert route.call_count == 2


async def test_budget_ends_reasking(respx_mock: respx.Router) -> None:
    """Wrong answers cannot spend more than the budget."""
    route = respx_mock.post(CHAT).mock(side_effect=[said(checked(7), tokens=(60, 40, 0))] * 9)
    with pytest.raises(BudgetError):
        await ask(Checked, reasks=5, max_tokens=150)
    assert route.call_count == 2


async def test_long_lists_of_problems_are_cut_short(respx_mock: respx.Router) -> None:
    """However wrong an answer is, the model is told a few problems, each in a short line."""
    huge = checked(*range(2, 200), note="X" * 5000)
    route = respx_mock.post(CHAT).mock(side_effect=[said(huge), said(checked(0.5))])
    await ask(Checked)
    assert len(sent(route)["messages"][-1]["content"]) < 2000


async def test_empty_answer_is_asked_again(respx_mock: respx.Router) -> None:
    """An empty answer is a misfit, and no empty message is sent back."""
    route = respx_mock.post(CHAT).mock(side_effect=[said(None), said(GOOD)])
    await ask()
    assert [message["role"] for message in sent(route)["messages"]] == ["system", "user", "user"]


async def test_no_log_record_holds_an_answer(
    respx_mock: respx.Router, caplog: pytest.LogCaptureFixture
) -> None:
    """Instructor's own log records, which hold whole answers, reach nobody."""
    respx_mock.post(CHAT).mock(side_effect=[said(checked(7, note="SECRET WORDS"))] * 9)
    with caplog.at_level(logging.DEBUG), pytest.raises(AnswerError):
        await ask(Checked)
    assert not [record for record in caplog.records if record.name.startswith("instructor")]


async def test_fault_in_a_validator_is_not_hidden(respx_mock: respx.Router) -> None:
    """A programming error in an answer's class comes out as itself."""

    class Faulty(BaseModel):
        name: str

        @field_validator("name")
        @classmethod
        def _look_up(cls, name: str) -> str:
            return {"known": name}[name]

    respx_mock.post(CHAT).respond(json=json.loads(said('{"name": "other"}').content))
    with pytest.raises(KeyError):
        await ask(Faulty)
