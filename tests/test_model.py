"""Asking a model: what goes out over HTTP, what comes back, and what it is said to have cost."""

from __future__ import annotations

import logging
import pickle
from collections.abc import AsyncIterator

import pytest
import respx
from chat import BASE_URL, CHAT, GOOD, KEY, PROMPT, Reply, endpoint, refusal, said, sent
from server import completion

from dragoman.errors import BudgetError
from dragoman.model import Limits, Model
from dragoman.prompts import Message, Prompt

pytestmark = pytest.mark.respx(using="httpcore2", base_url=BASE_URL)


@pytest.fixture
async def model() -> AsyncIterator[Model]:
    made = Model(endpoint())
    yield made
    await made.aclose()


async def test_answer_is_of_the_class_asked_for(model: Model, respx_mock: respx.Router) -> None:
    """The value is an instance of the very class, equal to one made by hand, and picklable."""
    respx_mock.post(CHAT).respond(json=completion(GOOD))
    answer = await model.ask(PROMPT, Reply, max_output_tokens=50)
    assert answer.value == Reply(mood="good", words=["„ja“"])
    assert type(answer.value) is Reply
    assert pickle.loads(pickle.dumps(answer.value)) == answer.value  # noqa: S301 - our own
    assert answer.text == GOOD


async def test_request_is_deterministic_and_strict(model: Model, respx_mock: respx.Router) -> None:
    """Temperature and seed are 0, and the schema is enforced: all required, nothing else."""
    route = respx_mock.post(CHAT).respond(json=completion(GOOD))
    await model.ask(PROMPT, Reply, max_output_tokens=50)
    body = sent(route)
    assert (body["temperature"], body["seed"], body["max_tokens"]) == (0, 0, 50)
    assert body["messages"] == [
        {"role": "system", "content": "Be kind."},
        {"role": "user", "content": "Hallo „Welt“"},
    ]
    assert body["response_format"] == {
        "type": "json_schema",
        "json_schema": {
            "name": "Reply",
            "strict": True,
            "schema": {
                "description": "A small answer.",
                "type": "object",
                "properties": {
                    "mood": {"enum": ["good", "bad"], "type": "string"},
                    "words": {"items": {"type": "string"}, "type": "array"},
                },
                "required": ["mood", "words"],
                "additionalProperties": False,
            },
        },
    }


async def test_article_text_is_never_a_template(model: Model, respx_mock: respx.Router) -> None:
    """Template syntax in an article goes out as it stands and reaches no template engine."""
    hostile = "{{ 7*7 }} {% raw %} {{ ''.__class__ }} {% 50"
    route = respx_mock.post(CHAT).respond(json=completion(GOOD))
    await model.ask(Prompt("p", "1", (Message("user", hostile),)), Reply, max_output_tokens=5)
    assert sent(route)["messages"][0]["content"] == hostile


async def test_complete_gives_plain_text(model: Model, respx_mock: respx.Router) -> None:
    """No structure is asked for, and being cut off at the limit is no error."""
    route = respx_mock.post(CHAT).respond(json=completion("Ja, aber", finish_reason="length"))
    found = await model.complete(PROMPT, max_output_tokens=2)
    assert found.text == "Ja, aber"
    assert found.first == {}
    assert not {"response_format", "tools", "logprobs"} & sent(route).keys()


async def test_usage_counts_every_token(model: Model, respx_mock: respx.Router) -> None:
    """Tokens are those of each response, not a running total; prompts are named."""
    respx_mock.post(CHAT).mock(
        side_effect=[
            said("{}", tokens=(100, 10, 60)),
            said("no json", tokens=(200, 20, 0)),
            said(GOOD, tokens=(300, 30, 50)),
        ]
    )
    await model.ask(PROMPT, Reply, max_output_tokens=50)
    usage = model.usage
    assert (usage.input_tokens, usage.output_tokens, usage.cached_tokens) == (600, 60, 110)
    assert (usage.requests, usage.attempts) == (1, 3)
    assert usage.prompts == {"greet": "3"}


async def test_usage_without_a_structured_question_names_no_mode(
    model: Model, respx_mock: respx.Router
) -> None:
    """The mode is shown only once it was used."""
    respx_mock.post(CHAT).mock(
        side_effect=[
            said("hi"),
            said(GOOD),
        ]
    )
    await model.complete(PROMPT, max_output_tokens=2)
    assert model.usage.mode is None
    await model.ask(PROMPT, Reply, max_output_tokens=50)
    assert model.usage.mode == "json_schema"


async def test_fresh_model_counts_from_nothing(model: Model, respx_mock: respx.Router) -> None:
    """The next article has its own counts; the first one's stay as they were."""
    respx_mock.post(CHAT).respond(json=completion("hi"))
    await model.complete(PROMPT, max_output_tokens=2)
    other = model.fresh()
    await other.complete(PROMPT, max_output_tokens=2)
    await other.complete(PROMPT, max_output_tokens=2)
    assert (model.usage.requests, other.usage.requests) == (1, 2)


async def test_only_the_embedded_server_gets_its_own_parameters(respx_mock: respx.Router) -> None:
    """`cache_prompt` is llama.cpp's; other servers might refuse it."""
    route = respx_mock.post(CHAT).respond(json=completion("hi"))
    for kind in ("embedded", "compatible"):
        model = Model(endpoint(kind=kind))
        await model.complete(PROMPT, max_output_tokens=2)
        await model.aclose()
    assert sent(route, 0)["cache_prompt"] is True
    assert "cache_prompt" not in sent(route, 1)


@pytest.mark.respx(using="httpcore2", base_url="https://me.openai.azure.com")
async def test_azure_is_asked_at_its_deployment(respx_mock: respx.Router) -> None:
    """Deployment in the path, version in the query, key in Azure's own header."""
    route = respx_mock.post(
        "/openai/deployments/mine/chat/completions", params={"api-version": "2024-10-21"}
    ).respond(json=completion(GOOD))
    azure = endpoint(
        kind="azure",
        model="mine",
        base_url="https://me.openai.azure.com",
        api_version="2024-10-21",
    )
    model = Model(azure)
    await model.ask(PROMPT, Reply, max_output_tokens=50)
    await model.aclose()
    assert route.calls[0].request.headers["api-key"] == KEY
    assert sent(route)["max_completion_tokens"] == 50


async def test_key_is_sent_and_never_shown(model: Model, respx_mock: respx.Router) -> None:
    """The key goes out as a bearer token and is in no representation."""
    route = respx_mock.post(CHAT).respond(json=completion("hi"))
    await model.complete(PROMPT, max_output_tokens=2)
    assert route.calls[0].request.headers["authorization"] == f"Bearer {KEY}"
    assert KEY not in repr(model.endpoint) + repr(model) + repr(vars(model))


async def test_key_is_in_no_log(
    model: Model, respx_mock: respx.Router, caplog: pytest.LogCaptureFixture
) -> None:
    """Not even with all logging on."""
    respx_mock.post(CHAT).mock(side_effect=[refusal(500), said(GOOD)])
    with caplog.at_level(logging.DEBUG):
        await model.ask(PROMPT, Reply, max_output_tokens=5)
    assert caplog.records
    assert KEY not in caplog.text


async def test_recording_headers_never_leave_the_machine(
    model: Model, respx_mock: respx.Router
) -> None:
    """Names of prompts are for recordings; an endpoint does not see them."""
    route = respx_mock.post(CHAT).respond(json=completion("hi"))
    await model.complete(PROMPT, max_output_tokens=2)
    assert not [name for name in route.calls[0].request.headers if "dragoman" in name]


async def test_budget_stops_before_the_next_question(respx_mock: respx.Router) -> None:
    """Once the tokens are used up nothing more is sent."""
    route = respx_mock.post(CHAT).respond(json=completion("hi", tokens=(90, 10, 0)))
    model = Model(endpoint(), limits=Limits(max_tokens=100))
    await model.complete(PROMPT, max_output_tokens=2)
    with pytest.raises(BudgetError, match="100 tokens"):
        await model.complete(PROMPT, max_output_tokens=2)
    await model.aclose()
    assert route.call_count == 1


async def test_budget_holds_without_counts_from_the_server(respx_mock: respx.Router) -> None:
    """A server that reports no usage cannot make a run endless; nothing invented is reported."""
    respx_mock.post(CHAT).respond(json=completion("x" * 400, tokens=None))
    model = Model(endpoint(), limits=Limits(max_tokens=100))
    await model.complete(PROMPT, max_output_tokens=2)
    with pytest.raises(BudgetError):
        await model.complete(PROMPT, max_output_tokens=2)
    await model.aclose()
    assert (model.usage.input_tokens, model.usage.output_tokens) == (0, 0)
