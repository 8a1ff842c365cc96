"""What an endpoint can do, and the request that makes use of it.

Endpoints differ in how they let an answer be structured. The ladder goes from a JSON schema that
the server enforces, over a JSON object and a tool call, to plain text with the schema in the
prompt. An endpoint starts on top and goes down a rung when it refuses one, or when its answer
shows that it ignores it; what was learnt is remembered for the endpoint. Parameters that newer
or smaller endpoints do not know (seed, temperature, logprobs …) are left out the same way.
"""

from __future__ import annotations

import contextlib
import functools
import json
import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from dragoman.endpoint import Endpoint

if TYPE_CHECKING:
    from pydantic import BaseModel

Mode = Literal["json_schema", "json_object", "tools", "text"]
LADDER: tuple[Mode, ...] = get_args(Mode)

MOST_ALTERNATIVES = 20
"""Alternatives for a token that the chat completions API gives at most."""

_FEWER_ALTERNATIVES = 5
_FILE = "endpoints.json"
_MODE_WORDS: Mapping[Mode, tuple[str, ...]] = {
    "json_schema": ("response_format", "json_schema", "structured output", "schema", "grammar"),
    "json_object": ("response_format", "json_object", "json mode"),
    "tools": ("tool", "function"),
    "text": (),
}
_OPTIONAL = ("temperature", "seed", "logprobs")
_LENGTHS = frozenset({"minLength", "maxLength", "minItems", "maxItems"})


@dataclass(slots=True)
class Capabilities:
    """What is known of one endpoint."""

    mode: Mode = "json_schema"
    limit_name: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    alternatives: int = MOST_ALTERNATIVES
    unsupported: set[str] = field(default_factory=set)

    def adapt(self, request: Mapping[str, Any], mode: Mode | None, complaint: str) -> bool:
        """Learn from a refusal of `request`; True if another request is worth trying.

        `complaint` is what the endpoint said. A refusal that speaks of none of the things that
        can be left out teaches nothing.
        """
        said = complaint.casefold()
        if "max_tokens" in request and "max_completion_tokens" in said:
            self.limit_name = "max_completion_tokens"
            return True
        if "max_completion_tokens" in request and "max_completion_tokens" in said:
            self.limit_name = "max_tokens"
            return True
        if "top_logprobs" in request and "top_logprobs" in said:
            if request["top_logprobs"] > _FEWER_ALTERNATIVES:
                self.alternatives = min(self.alternatives, _FEWER_ALTERNATIVES)
            else:
                self.unsupported.add("logprobs")
            return True
        for name in _OPTIONAL:
            if name in request and name in said:
                self.unsupported.add(name)
                return True
        if mode is not None and any(word in said for word in _MODE_WORDS[mode]):
            return self.demote(mode)
        return False

    @classmethod
    def as_used(cls, request: Mapping[str, Any], mode: Mode) -> Capabilities:
        """The capabilities for which `request` was made."""
        found = cls(mode=mode)
        if "max_completion_tokens" in request:
            found.limit_name = "max_completion_tokens"
        if request.get("top_logprobs") == _FEWER_ALTERNATIVES:
            found.alternatives = _FEWER_ALTERNATIVES
        found.unsupported = {name for name in _OPTIONAL if name not in request}
        return found

    def adopt(self, other: Capabilities) -> None:
        """Take over all that `other` holds."""
        self.mode = other.mode
        self.limit_name = other.limit_name
        self.alternatives = other.alternatives
        self.unsupported = set(other.unsupported)

    @property
    def rungs_left(self) -> int:
        """How often `demote` can still go down."""
        return len(LADDER) - 1 - LADDER.index(self.mode)

    def demote(self, mode: Mode) -> bool:
        """Go down from `mode`, unless another question has done so already; False at the bottom."""
        if mode == LADDER[-1]:
            return False
        if self.mode == mode:
            self.mode = LADDER[LADDER.index(mode) + 1]
        return True


def first_guess(endpoint: Endpoint) -> Capabilities:
    """What is assumed of an endpoint before anything is known."""
    if endpoint.kind in ("openai", "azure"):
        return Capabilities(limit_name="max_completion_tokens")
    return Capabilities()


_known: dict[str, Capabilities] = {}
"""What this process has learnt, by endpoint and model."""


def recall(endpoint: Endpoint, cache_dir: Path | None = None) -> Capabilities:
    """What is known of an endpoint: from this process, else from `cache_dir`, else a guess."""
    name = _name(endpoint)
    if name not in _known:
        stored = _stored(cache_dir).get(name) if cache_dir else None
        _known[name] = _from_stored(stored) or first_guess(endpoint)
    return _known[name]


def remember(endpoint: Endpoint, capabilities: Capabilities, cache_dir: Path | None) -> None:
    """Store in `cache_dir` what an endpoint has refused. Failing to do so costs only time."""
    if cache_dir is None:
        return
    entries = {**_stored(cache_dir), _name(endpoint): _to_stored(capabilities)}
    with contextlib.suppress(OSError):
        cache_dir.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=cache_dir, suffix=".part", delete=False
        ) as file:
            json.dump(entries, file, ensure_ascii=False, indent=1)
        Path(file.name).replace(cache_dir / _FILE)


def forget() -> None:
    """Forget what this process has learnt."""
    _known.clear()


def _name(endpoint: Endpoint) -> str:
    return f"{endpoint.kind} {endpoint.address} {endpoint.model}"


def _stored(cache_dir: Path) -> dict[str, Any]:
    try:
        entries = json.loads((cache_dir / _FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return entries if isinstance(entries, dict) else {}


def _to_stored(capabilities: Capabilities) -> dict[str, Any]:
    return {**asdict(capabilities), "unsupported": sorted(capabilities.unsupported)}


def _from_stored(entry: object) -> Capabilities | None:
    """The entry as capabilities, or None if another version or hand has written it."""
    if not isinstance(entry, dict):
        return None
    try:
        found = Capabilities(**{**entry, "unsupported": set(entry["unsupported"])})
    except (TypeError, KeyError):
        return None
    known = found.mode in LADDER and found.limit_name in ("max_tokens", "max_completion_tokens")
    return found if known and isinstance(found.alternatives, int) else None


def request_body(
    endpoint: Endpoint,
    capabilities: Capabilities,
    messages: Sequence[Mapping[str, str]],
    *,
    room: int,
    alternatives: int = 0,
    answer: type[BaseModel] | None = None,
) -> dict[str, Any]:
    """The chat completions request for `messages`, in the form this endpoint understands.

    Args:
        endpoint: the endpoint asked.
        capabilities: what is known of it.
        messages: the conversation.
        room: tokens the answer may take.
        alternatives: how many alternatives to report for each token; 0 for none.
        answer: the class a structured answer is to fit; None for plain text.
    """
    body: dict[str, Any] = {
        "model": endpoint.model,
        "messages": [dict(message) for message in messages],
        capabilities.limit_name: room,
        "temperature": 0,
        "seed": 0,
    }
    if alternatives:
        body["logprobs"] = True
        body["top_logprobs"] = min(alternatives, capabilities.alternatives)
    if "logprobs" in capabilities.unsupported:
        body.pop("top_logprobs", None)
    for name in capabilities.unsupported:
        body.pop(name, None)
    if endpoint.kind == "embedded":
        body["cache_prompt"] = True  # llama.cpp: reuse the work done for the common prefix
    if answer is not None:
        schema = strict_schema(answer)
        if endpoint.kind in ("openai", "azure"):
            schema = _without_lengths(schema)
        _structure(body, capabilities.mode, answer.__name__, schema)
    return body


def _structure(body: dict[str, Any], mode: Mode, title: str, schema: Mapping[str, Any]) -> None:
    name = re.sub(r"[^A-Za-z0-9_-]", "_", title)[:64]
    if mode == "json_schema":
        body["response_format"] = {
            "type": "json_schema",
            "json_schema": {"name": name, "strict": True, "schema": schema},
        }
    elif mode == "tools":
        function = {"name": name, "description": "Gives the answer.", "parameters": schema}
        body["tools"] = [{"type": "function", "function": function}]
        body["tool_choice"] = {"type": "function", "function": {"name": name}}
    else:
        if mode == "json_object":
            body["response_format"] = {"type": "json_object"}
        body["messages"] = _with_schema(body["messages"], schema)


def _with_schema(messages: list[dict[str, str]], schema: Mapping[str, Any]) -> list[dict[str, str]]:
    rule = (
        "Answer with one JSON object and nothing else. It must be valid against this JSON schema:\n"
        + json.dumps(schema, ensure_ascii=False)
    )
    first = messages[0]
    if first["role"] == "system":
        return [{**first, "content": f"{first['content']}\n\n{rule}"}, *messages[1:]]
    return [{"role": "system", "content": rule}, *messages]


@functools.lru_cache(maxsize=64)
def _schema_text(answer: type[BaseModel]) -> str:
    schema = answer.model_json_schema()
    definitions = schema.pop("$defs", {})
    return json.dumps(_strict(schema, definitions, ()))


def strict_schema(answer: type[BaseModel]) -> dict[str, Any]:
    """The JSON schema of `answer` as strict decoding wants it.

    Every property is required, none may be added, defaults and titles are gone, and references
    are written out (OpenAI's "structured outputs"; llama.cpp does not follow nested references).
    """
    schema: dict[str, Any] = json.loads(_schema_text(answer))
    return schema


def _without_lengths(node: Any) -> Any:
    """A schema without lengths of strings and lists: OpenAI and Azure refuse some of them.

    Answers are checked against the class all the same.
    """
    if isinstance(node, list):
        return [_without_lengths(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: {name: _without_lengths(part) for name, part in value.items()}
        if key == "properties"
        else _without_lengths(value)
        for key, value in node.items()
        if key not in _LENGTHS
    }


def _strict(node: Any, definitions: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    if isinstance(node, list):
        return [_strict(item, definitions, path) for item in node]
    if not isinstance(node, dict):
        return node
    reference = node.get("$ref")
    if isinstance(reference, str):
        name = reference.rpartition("/")[2]
        if name in path:
            raise ValueError(f"answer model {name!r} contains itself")
        beside = {key: value for key, value in node.items() if key != "$ref"}
        return _strict({**definitions[name], **beside}, definitions, (*path, name))
    result = {
        key: value if key in ("enum", "const") else _strict(value, definitions, path)
        for key, value in node.items()
        if key not in ("title", "default", "discriminator", "properties")
    }
    if "oneOf" in result:  # how pydantic writes tagged unions; strict decoding knows only anyOf
        result["anyOf"] = result.pop("oneOf")
    if "properties" in node:
        result["properties"] = {
            name: _strict(value, definitions, path) for name, value in node["properties"].items()
        }
        result["required"] = list(node["properties"])
        result["additionalProperties"] = False
    return result
