"""What the tests of the model have in common: an endpoint, a prompt and an answer's class."""

from __future__ import annotations

import json
from typing import Any, Literal

import httpx
import respx
from pydantic import BaseModel
from server import completion

from dragoman.model import Endpoint
from dragoman.prompts import Message, Prompt

BASE_URL = "http://model.test/v1"
CHAT = "/chat/completions"
KEY = "sk-very-secret-key"
PROMPT = Prompt("greet", "3", (Message("system", "Be kind."), Message("user", "Hallo „Welt“")))


class Reply(BaseModel):
    """A small answer."""

    mood: Literal["good", "bad"]
    words: list[str]


GOOD = json.dumps({"mood": "good", "words": ["„ja“"]}, ensure_ascii=False)


def endpoint(**changes: Any) -> Endpoint:
    """An OpenAI-compatible endpoint."""
    values = {"kind": "compatible", "model": "m", "base_url": BASE_URL, "api_key": KEY}
    return Endpoint(**{**values, **changes})


def said(content: str | None, **more: Any) -> httpx.Response:
    """A response in which the model says `content`."""
    return httpx.Response(200, json=completion(content, **more))


def refusal(status: int, message: str = "", **more: Any) -> httpx.Response:
    """A response by which the endpoint refuses, in OpenAI's form."""
    headers = more.pop("headers", None)
    return httpx.Response(status, json={"error": {"message": message, **more}}, headers=headers)


def sent(route: respx.Route, index: int = -1) -> dict[str, Any]:
    """The body of a request that went out."""
    body: dict[str, Any] = json.loads(route.calls[index].request.content)
    return body
