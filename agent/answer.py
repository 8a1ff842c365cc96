"""What comes back from a model: a checked value or plain text, each with its probabilities.

A model's answer is the likeliest one; `logprobs` also tell how likely the others were. For a
choice among a few options the probability of each is read off the tokens: at the position of the
choice every alternative token is credited to the option it begins. Where one token begins several
options and is the one the model went on with, the next tokens divide its probability up; where it
is another, the options share it equally. What begins no option is left out and the rest scaled
to 1.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from pydantic import BaseModel

T = TypeVar("T", bound="BaseModel")


class Token(NamedTuple):
    """A token of the answer and what else could have stood there."""

    text: bytes
    """UTF-8; a token may hold a part of a character."""

    alternatives: Mapping[bytes, float]
    """Probability by text, the token's own among them."""


def read_tokens(logprobs: object) -> tuple[Token, ...]:
    """The tokens of a chat completion's `logprobs`; none if it has none."""
    content = getattr(logprobs, "content", None)
    if not isinstance(content, list):
        return ()
    tokens = []
    for item in content:
        own = _token_bytes(item)
        alternatives: dict[bytes, float] = {}
        for other in (*(getattr(item, "top_logprobs", None) or ()), item):
            text = _token_bytes(other)
            alternatives[text] = max(alternatives.get(text, 0.0), _probability(other))
        tokens.append(Token(own, alternatives))
    return tuple(tokens)


def _token_bytes(item: Any) -> bytes:
    raw = getattr(item, "bytes", None)
    if isinstance(raw, list):
        return bytes(raw)
    text = getattr(item, "token", None)
    return text.encode(errors="replace") if isinstance(text, str) else b""


def _probability(item: Any) -> float:
    value = getattr(item, "logprob", None)
    if not isinstance(value, int | float) or math.isnan(value):
        return 0.0
    return math.exp(min(float(value), 0.0))


@dataclass(frozen=True, slots=True)
class Completion:
    """Plain text from a model."""

    text: str
    tokens: tuple[Token, ...] = field(default=(), repr=False)
    choices: tuple[str, ...] = ()
    """The options the question was put with."""

    @property
    def first(self) -> Mapping[str, float]:
        """Probability of each alternative for the first token; empty without logprobs."""
        if not self.tokens:
            return {}
        found = self.tokens[0].alternatives.items()
        return {text.decode(errors="replace"): probability for text, probability in found if text}

    def choice(self, options: Sequence[str] | None = None) -> Mapping[str, float]:
        """Probability of each of `options` (default: those asked with), summing to 1.

        Upper and lower case and white space around do not matter. Without logprobs the option the
        text begins with has 1. Empty if neither tells anything.
        """
        wanted = tuple(options if options is not None else self.choices)
        keys = [option.strip().casefold().encode() for option in wanted]

        def clean(text: bytes) -> bytes:
            return text.decode(errors="replace").lstrip().casefold().encode()

        mass = _spread(self.tokens, keys, clean)
        if not mass:
            said = clean(self.text.encode())
            longest = max((key for key in keys if said.startswith(key)), key=len, default=None)
            mass = {longest: 1.0} if longest is not None else {}
        if not mass:
            return {}
        return {option: mass.get(key, 0.0) for option, key in zip(wanted, keys, strict=True)}


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """A structured answer that fits its class."""

    value: T
    text: str
    """The JSON the model wrote."""

    tokens: tuple[Token, ...] = field(default=(), repr=False)

    def distribution(self, field: str) -> Mapping[str, float]:
        """Probability of each option of an enumerated field, summing to 1.

        Args:
            field: name of the field; a path such as `positions.2.act` reaches into lists. The
                value None is called "null", true and false as in JSON.

        Returns:
            Probability by option; empty without logprobs.
        """
        path = field.split(".")
        options = _options(type(self.value), path)
        joined = b"".join(token.text for token in self.tokens)
        body = self.text.encode()
        start = joined.find(body)
        position = _value_position(self.text, path)
        if not options or start < 0 or position is None:
            return {}
        offset = start + len(self.text[:position].encode())
        mass = _spread(_from_offset(self.tokens, offset), list(options), bytes.lstrip)
        return {name: mass.get(key, 0.0) for key, name in options.items() if mass}


def _from_offset(tokens: Sequence[Token], offset: int) -> tuple[Token, ...]:
    """The tokens from byte `offset` on; the first one is cut where the offset lies inside it."""
    for index, token in enumerate(tokens):
        if offset < len(token.text):
            head = token.text[:offset]
            cut = {
                text[offset:]: probability
                for text, probability in token.alternatives.items()
                if text.startswith(head)
            }
            return (Token(token.text[offset:], cut), *tokens[index + 1 :])
        offset -= len(token.text)
    return ()


def _spread(
    tokens: Sequence[Token], options: Sequence[bytes], clean: Callable[[bytes], bytes]
) -> dict[bytes, float]:
    """Probability of each option, by the alternatives along the tokens written."""
    mass: dict[bytes, float] = dict.fromkeys(options, 0.0)
    written, weight = b"", 1.0
    for token in tokens:
        for text, probability in token.alternatives.items():
            if not text or text == token.text:
                continue
            begun = clean(written + text)
            fitting = _fitting(begun, options)
            if begun != clean(written):
                for option in fitting:
                    mass[option] += weight * probability / len(fitting)
        written += token.text
        weight *= token.alternatives[token.text]
        fitting = _fitting(clean(written), options)
        if len(fitting) == 1:
            mass[fitting[0]] += weight
        if len(fitting) < 2:
            break
    else:
        fitting = [option for option in _fitting(clean(written), options) if tokens]
        for option in fitting:
            mass[option] += weight / len(fitting)
    total = math.fsum(mass.values())
    return {option: value / total for option, value in mass.items()} if total > 0 else {}


def _fitting(begun: bytes, options: Sequence[bytes]) -> list[bytes]:
    """The options that `begun` begins, or else the longest one that it goes beyond."""
    beginning = [option for option in options if option.startswith(begun)]
    if beginning:
        return beginning
    finished = [option for option in options if begun.startswith(option)]
    return [max(finished, key=len)] if finished else []


def _options(answer: type[BaseModel], path: Sequence[str]) -> dict[bytes, str]:
    """JSON text of each value that the field may have, with the name it is reported under."""
    schema = answer.model_json_schema()
    definitions = schema.get("$defs", {})

    def resolved(node: Any) -> list[Any]:
        if not isinstance(node, dict):
            return []
        if "$ref" in node:
            return resolved(definitions.get(node["$ref"].rpartition("/")[2]))
        variants = [*node.get("anyOf", ()), *node.get("oneOf", ())]
        return [leaf for variant in variants for leaf in resolved(variant)] or [node]

    nodes = resolved(schema)
    for step in path:
        below = [node.get("items", node.get("properties", {}).get(step)) for node in nodes]
        nodes = [leaf for node in below for leaf in resolved(node)]
    closed = ("null", "boolean")
    if not all(node.get("type") in closed or node.keys() & {"enum", "const"} for node in nodes):
        return {}  # free text or a number
    values: list[Any] = []
    for node in nodes:
        values += node.get("enum", [])
        values += [node["const"]] if "const" in node else []
        values += [None] if node.get("type") == "null" else []
        values += [True, False] if node.get("type") == "boolean" else []
    texts = {json.dumps(value, ensure_ascii=False): value for value in values}
    return {
        text.encode(): value if isinstance(value, str) else text for text, value in texts.items()
    }


def _value_position(text: str, path: Sequence[str]) -> int | None:
    """Offset at which the value at `path` begins in the JSON `text`."""
    decoder = json.JSONDecoder()

    def skip(position: int, characters: str = " \t\r\n") -> int:
        while position < len(text) and text[position] in characters:
            position += 1
        return position

    position = skip(0)
    for step in path:
        if text[position] not in "{[":
            return None
        in_object = text[position] == "{"
        position, index = skip(position + 1), 0
        while text[position] not in "}]":
            name: object = str(index)
            if in_object:
                name, position = decoder.raw_decode(text, position)
                position = skip(position, " \t\r\n:")
            if name == step:
                break
            _, position = decoder.raw_decode(text, position)
            position, index = skip(position, " \t\r\n,"), index + 1
        else:
            return None
    return position
