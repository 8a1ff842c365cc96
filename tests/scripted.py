"""A model that answers by script: an invented article, good answers about it, and who gives them.

`Script` is the side effect of a respx route: it tells the questions apart by the prompt's first
words and gives the next answer for each. The last answer of a list is given again and again.
"""

from __future__ import annotations

import copy
import json
from typing import Any

import httpx
from chat import said

from dragoman.article import Article

TEXT = """Minister warns of a broken dam

Karl Moor, the minister of public works, met the engineer Anna Berg in Linden on Monday.

"The dam was never safe," Berg said. "We asked for money ten times."

If the rain does not stop, the dam will break, Moor warned the inhabitants of the valley.

Moor rejected the charge that he had ignored the engineers, the agency Norda reported.

See also: Ten recipes for rainy days
"""

ARTICLE = Article.from_text(TEXT, language="en")

GOOD: dict[str, Any] = {
    "actors": [
        {
            "name": "Karl Moor",
            "kind": "person",
            "role": "minister of public works",
            "forms": ["Karl Moor", "Moor"],
        },
        {
            "name": "Anna Berg",
            "kind": "person",
            "role": "engineer",
            "forms": ["Anna Berg", "Berg"],
        },
        {
            "name": "inhabitants of the valley",
            "kind": "group",
            "role": None,
            "forms": ["the inhabitants of the valley"],
        },
        {"name": "Norda", "kind": "media", "role": None, "forms": ["Norda"]},
    ],
    "meetings": [
        {
            "sentences": ["s2"],
            "participants": ["Karl Moor", "Anna Berg"],
            "status": "held",
            "format": "in_person",
            "place": "Linden",
            "date": "on Monday",
        }
    ],
    "positions": [
        {
            "sentences": ["s3"],
            "quote": "The dam was never safe",
            "holder": "Anna Berg",
            "act": "declare",
            "target": None,
            "topic": "dam",
            "statement": "The dam was never safe.",
            "reported_by": None,
        },
        {
            "sentences": ["s6"],
            "quote": None,
            "holder": "Karl Moor",
            "act": "deny",
            "target": None,
            "topic": "engineers",
            "statement": "Moor rejected the charge that he had ignored the engineers.",
            "reported_by": "Norda",
        },
    ],
    "warnings": [
        {
            "sentences": ["s5"],
            "quote": None,
            "issuer": "Karl Moor",
            "addressee": "inhabitants of the valley",
            "kind": "caution",
            "statement": "If the rain does not stop, the dam will break.",
            "condition": "the rain does not stop",
            "consequence": "the dam will break",
            "reported_by": None,
        }
    ],
}

POINTS = {"points": [{"items": ["w1"], "text": "Karl Moor warned that the dam will break."}]}

NO_CORRECTIONS: dict[str, Any] = {"corrections": []}

_FIRST_WORDS = {
    "article": "You are a dragoman",
    "corrections": "You proofread",
    "summary": "You sum up",
    "translation": "Translate the news text",
    "statement": "You read news articles",
    "meeting": "You read news articles",
}


def changed(answer: dict[str, Any], *path: str | int, to: object) -> dict[str, Any]:
    """A copy of an answer with one value changed."""
    result = copy.deepcopy(answer)
    place: Any = result
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = to
    return result


def kind_of(body: dict[str, Any]) -> str:
    """Which prompt a request is about."""
    system, user = body["messages"][0]["content"], body["messages"][1]["content"]
    kind = next(name for name, words in _FIRST_WORDS.items() if system.startswith(words))
    if kind == "statement" and user.startswith("Sentence:"):
        return "meeting"
    return kind


class Script:
    """Gives the next answer for each question and keeps what was asked."""

    def __init__(self, **answers: Any) -> None:
        """Take the answers by prompt: JSON values, texts, responses, errors, or lists of them."""
        given: dict[str, Any] = {
            "article": GOOD,
            "corrections": NO_CORRECTIONS,
            "summary": POINTS,
            "translation": "translated",
            **answers,
        }
        self._answers = {
            kind: list(answer) if isinstance(answer, list) else [answer]
            for kind, answer in given.items()
        }
        self.asked: list[tuple[str, dict[str, Any]]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer one request."""
        return self.answer(json.loads(request.content))

    def answer(self, body: dict[str, Any]) -> httpx.Response:
        """The response to a request with this body."""
        kind = kind_of(body)
        self.asked.append((kind, body))
        left = self._answers[kind]
        answer = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, httpx.Response):
            return answer
        return said(answer if isinstance(answer, str) else json.dumps(answer))

    def bodies(self, kind: str) -> list[dict[str, Any]]:
        """What was asked with one prompt."""
        return [body for asked, body in self.asked if asked == kind]

    def kinds(self) -> list[str]:
        """The prompts of all requests, in order."""
        return [kind for kind, _ in self.asked]
