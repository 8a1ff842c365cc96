"""Endpoints differ: the form of request each understands is found once and remembered."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
import respx
from chat import BASE_URL, CHAT, GOOD, KEY, PROMPT, Reply, endpoint, refusal, said, sent

from dragoman import capabilities
from dragoman.errors import AnswerError, RequestRejectedError
from dragoman.model import Limits, Model

pytestmark = pytest.mark.respx(using="httpcore2", base_url=BASE_URL)

NO_SCHEMA = refusal(400, "response_format type json_schema is not supported")
NO_OBJECT = refusal(422, "unknown field", param="response_format")
NO_TOOLS = refusal(400, "this model does not support tools")
TOOL_CALL = [
    {"id": "c1", "type": "function", "function": {"name": "Reply", "arguments": GOOD}},
]


async def ask(**changes: Any) -> Model:
    cache_dir = changes.pop("cache_dir", None)
    model = Model(endpoint(**changes), cache_dir=cache_dir)
    answer = await model.ask(PROMPT, Reply, max_output_tokens=50)
    await model.aclose()
    assert answer.value.mood == "good"
    return model


async def test_json_object_with_the_schema_in_the_prompt(respx_mock: respx.Router) -> None:
    """Without schema decoding the schema is shown to the model instead."""
    route = respx_mock.post(CHAT).mock(side_effect=[NO_SCHEMA, said(GOOD)])
    model = await ask()
    body = sent(route)
    assert body["response_format"] == {"type": "json_object"}
    assert body["messages"][0]["content"].startswith("Be kind.")
    assert '"enum": ["good", "bad"]' in body["messages"][0]["content"]
    assert body["messages"][1] == sent(route, 0)["messages"][1]
    assert (model.usage.mode, model.usage.retries) == ("json_object", {"unsupported": 1})


async def test_tool_call(respx_mock: respx.Router) -> None:
    """Without any response format the answer is asked for as the arguments of a tool."""
    route = respx_mock.post(CHAT).mock(
        side_effect=[
            NO_SCHEMA,
            NO_OBJECT,
            said(None, tool_calls=TOOL_CALL, finish_reason="tool_calls"),
        ]
    )
    model = await ask()
    body = sent(route)
    assert "response_format" not in body
    assert body["tool_choice"] == {"type": "function", "function": {"name": "Reply"}}
    assert body["tools"][0]["function"]["parameters"]["required"] == ["mood", "words"]
    assert model.usage.mode == "tools"


async def test_plain_text(respx_mock: respx.Router) -> None:
    """An endpoint that knows no structure at all is asked in words."""
    route = respx_mock.post(CHAT).mock(
        side_effect=[NO_SCHEMA, NO_OBJECT, NO_TOOLS, said(f"Sure:\n```json\n{GOOD}\n```")]
    )
    model = await ask()
    assert not {"response_format", "tools"} & sent(route).keys()
    assert '"enum": ["good", "bad"]' in sent(route)["messages"][0]["content"]
    assert model.usage.mode == "text"


async def test_prompt_without_system_message_gets_one(respx_mock: respx.Router) -> None:
    """The schema goes before everything else, whatever the prompt begins with."""
    from dragoman.prompts import Message, Prompt

    route = respx_mock.post(CHAT).mock(side_effect=[NO_SCHEMA, said(GOOD)])
    model = Model(endpoint())
    await model.ask(Prompt("p", "1", (Message("user", "Hi"),)), Reply, max_output_tokens=5)
    await model.aclose()
    assert [message["role"] for message in sent(route)["messages"]] == ["system", "user"]


async def test_answer_that_ignores_the_schema(respx_mock: respx.Router) -> None:
    """A server that takes the schema and ignores it is told by its answer, at no re-ask's cost."""
    route = respx_mock.post(CHAT).mock(
        side_effect=[said('{"feeling": "good"}'), said("The mood is good."), said(GOOD)]
    )
    model = Model(endpoint(), limits=Limits(reasks=0))
    await model.ask(PROMPT, Reply, max_output_tokens=50)
    await model.aclose()
    assert sent(route, 1)["response_format"] == {"type": "json_object"}
    assert "tools" in sent(route, 2)
    assert model.usage.retries == {"unsupported": 2}


async def test_questions_at_once_go_down_one_rung_together(respx_mock: respx.Router) -> None:
    """Two questions refused for the same reason do not push the endpoint down two rungs."""
    respx_mock.post(CHAT, json__response_format__type="json_schema").mock(return_value=NO_SCHEMA)
    respx_mock.post(CHAT).mock(return_value=said(GOOD))
    model = Model(endpoint())
    asked = [model.ask(PROMPT, Reply, max_output_tokens=50) for _ in range(3)]
    await asyncio.gather(*asked)
    await model.aclose()
    assert (model.usage.mode, model.usage.attempts) == ("json_object", 6)


async def test_failed_check_is_no_sign_of_that(respx_mock: respx.Router) -> None:
    """What a schema cannot express does not cost an endpoint its rung."""
    from pydantic import BaseModel, Field

    class Few(BaseModel):
        count: int = Field(le=3)

    respx_mock.post(CHAT).mock(side_effect=[said('{"count": 9}'), said('{"count": 2}')])
    model = Model(endpoint())
    await model.ask(PROMPT, Few, max_output_tokens=50)
    await model.aclose()
    assert model.usage.mode == "json_schema"


async def test_bottom_of_the_ladder(respx_mock: respx.Router) -> None:
    """A model that never writes JSON ends in an error, not in an endless loop."""
    route = respx_mock.post(CHAT).mock(return_value=said("I would rather talk."))
    model = Model(endpoint(), limits=Limits(reasks=1))
    with pytest.raises(AnswerError):
        await model.ask(PROMPT, Reply, max_output_tokens=50)
    await model.aclose()
    assert route.call_count == 5  # four rungs, and one re-ask on the last


async def test_other_refusals_do_not_move_the_ladder(respx_mock: respx.Router) -> None:
    """A 400 that speaks of something else is the user's to see."""
    route = respx_mock.post(CHAT).mock(return_value=refusal(400, "no such project"))
    model = Model(endpoint())
    with pytest.raises(RequestRejectedError, match="no such project"):
        await model.ask(PROMPT, Reply, max_output_tokens=50)
    await model.aclose()
    assert (route.call_count, capabilities.recall(endpoint()).mode) == (1, "json_schema")


async def test_endpoint_is_tried_once_per_process(respx_mock: respx.Router) -> None:
    """The next model at the same endpoint starts where the last one ended; another one does not."""
    route = respx_mock.post(CHAT).mock(
        side_effect=[NO_SCHEMA, said(GOOD), said(GOOD), NO_SCHEMA, said(GOOD)]
    )
    await ask()
    await ask()
    assert sent(route, 2)["response_format"] == {"type": "json_object"}
    await ask(model="other")
    assert sent(route, 3)["response_format"]["type"] == "json_schema"


async def test_endpoint_is_remembered_on_disk(respx_mock: respx.Router, tmp_path: Path) -> None:
    """The next process starts there too; the file holds no key."""
    route = respx_mock.post(CHAT).mock(side_effect=[NO_SCHEMA, said(GOOD), said(GOOD)])
    await ask(cache_dir=tmp_path / "cache")
    capabilities.forget()
    await ask(cache_dir=tmp_path / "cache")
    assert sent(route, 2)["response_format"] == {"type": "json_object"}
    (file,) = (tmp_path / "cache").iterdir()
    assert KEY not in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '{"compatible http://model.test/v1 m": {"mode": "magic"}}', "\xff"],
)
async def test_broken_memory_is_forgotten(
    respx_mock: respx.Router, tmp_path: Path, content: str
) -> None:
    """A damaged or foreign file costs a try, not the run."""
    (tmp_path / "endpoints.json").write_text(content, encoding="latin-1")
    respx_mock.post(CHAT).mock(return_value=said(GOOD))
    assert (await ask(cache_dir=tmp_path)).usage.mode == "json_schema"


async def test_unwritable_memory_is_no_error(respx_mock: respx.Router, tmp_path: Path) -> None:
    """If nothing can be stored, the answer still comes."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    respx_mock.post(CHAT).mock(side_effect=[NO_SCHEMA, said(GOOD)])
    await ask(cache_dir=tmp_path / "file" / "below")


@pytest.mark.parametrize(
    ("message", "gone"),
    [
        ("Unsupported value: 'temperature' does not support 0", {"temperature"}),
        ("Extra inputs are not permitted: seed", {"seed"}),
        ("logprobs are not supported with this model", {"logprobs", "top_logprobs"}),
    ],
)
async def test_unknown_parameters_are_left_out(
    respx_mock: respx.Router, message: str, gone: set[str]
) -> None:
    """A parameter the endpoint does not know is not sent again."""
    route = respx_mock.post(CHAT).mock(side_effect=[refusal(400, message), said("yes"), said("no")])
    model = Model(endpoint())
    await model.complete(PROMPT, max_output_tokens=2, top=5)
    await model.complete(PROMPT, max_output_tokens=2, top=5)
    await model.aclose()
    assert gone <= sent(route, 0).keys()
    assert not gone & sent(route, 1).keys()
    assert sent(route, 1).keys() == sent(route, 2).keys() == sent(route, 0).keys() - gone


async def test_logprobs_forbidden(respx_mock: respx.Router) -> None:
    """OpenAI forbids logprobs with some models by a 403, which is no matter of the key."""
    message = "You are not allowed to request logprobs from this model"
    respx_mock.post(CHAT).mock(side_effect=[refusal(403, message), said("yes")])
    model = Model(endpoint())
    found = await model.complete(PROMPT, max_output_tokens=2, top=5, choices=["yes", "no"])
    await model.aclose()
    assert found.choice() == {"yes": 1.0, "no": 0.0}


async def test_fewer_alternatives(respx_mock: respx.Router) -> None:
    """Endpoints that give fewer alternatives are asked for five."""
    route = respx_mock.post(CHAT).mock(
        side_effect=[refusal(400, "top_logprobs must be at most 5"), said("yes")]
    )
    model = Model(endpoint())
    await model.complete(PROMPT, max_output_tokens=2, top=20)
    await model.aclose()
    assert [sent(route, index)["top_logprobs"] for index in (0, 1)] == [20, 5]


@pytest.mark.parametrize(
    ("kind", "first", "then", "message"),
    [
        (
            "compatible",
            "max_tokens",
            "max_completion_tokens",
            "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.",
        ),
        (
            "openai",
            "max_completion_tokens",
            "max_tokens",
            "Unrecognized request argument: max_completion_tokens",
        ),
    ],
)
async def test_name_of_the_limit(
    respx_mock: respx.Router, kind: str, first: str, then: str, message: str
) -> None:
    """The limit of the answer has two names; the right one is found."""
    route = respx_mock.post(CHAT).mock(side_effect=[refusal(400, message), said("yes")])
    model = Model(endpoint(kind=kind))
    await model.complete(PROMPT, max_output_tokens=2)
    await model.aclose()
    assert (sent(route, 0)[first], sent(route, 1)[then]) == (2, 2)
    assert then not in sent(route, 0)
    assert first not in sent(route, 1)


def test_schema_is_written_out() -> None:
    """References are written out and properties may have any name, `title` say."""
    from pydantic import BaseModel, Field

    class Inner(BaseModel):
        title: str = Field(default="x", description="The title.")

    class Outer(BaseModel):
        first: Inner
        default: Inner | None = None

    schema = capabilities.strict_schema(Outer)
    assert "$ref" not in json.dumps(schema)
    inner = {
        "type": "object",
        "properties": {"title": {"type": "string", "description": "The title."}},
        "required": ["title"],
        "additionalProperties": False,
    }
    assert schema["properties"] == {"first": inner, "default": {"anyOf": [inner, {"type": "null"}]}}


def test_schema_that_contains_itself_is_a_fault() -> None:
    """Strict decoding cannot follow a recursive class; that is told at once."""
    from pydantic import BaseModel

    class Tree(BaseModel):
        children: list[Tree]

    with pytest.raises(ValueError, match="contains itself"):
        capabilities.strict_schema(Tree)
