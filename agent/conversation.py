"""A question that wants a structured answer, put again until the answer fits.

Instructor runs the loop: it validates each answer and comes back for another one. What is sent
then is ours: the question, the last answer, and how to mend it. An answer that is cut off is asked
for once more with twice the room.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from dragoman.answer import Answer, Token
from dragoman.capabilities import Capabilities, Mode
from dragoman.errors import AnswerError, ContextTooLongError, DragomanError, TruncatedAnswerError
from dragoman.usage import Meter

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletion
    from pydantic import BaseModel, ValidationError
    from pydantic_core import ErrorDetails

    from dragoman.prompts import Prompt

_MOST_PROBLEMS = 8
"""Problems told to the model at once; more would only confuse a small one."""


class Reply(NamedTuple):
    """What one request brought."""

    completion: ChatCompletion
    mode: Mode | None
    """How the request asked for structure."""

    text: str
    tokens: tuple[Token, ...]


def as_messages(prompt: Prompt) -> list[dict[str, str]]:
    """The prompt's messages as the API wants them."""
    return [{"role": message.role, "content": message.content} for message in prompt.messages]


def json_part(text: str) -> str:
    """The JSON object in `text`, without the thoughts, fences and pleasantries around it."""
    text = text.rpartition("</think>")[2].strip()
    start = text.find("{")
    if start < 0:
        return text
    try:
        _, end = json.JSONDecoder().raw_decode(text, start)
    except ValueError:
        return text[start:]
    return text[start:end]


@dataclass(slots=True, kw_only=True)
class Conversation:
    """One structured question with its re-asks."""

    put: Callable[[Sequence[Mapping[str, str]], int], Awaitable[Reply]]
    """Sends messages, with room for so many tokens of answer."""

    prompt: Prompt
    answer: type[BaseModel]
    room: int
    reasks: int
    context_tokens: int | None
    capabilities: Capabilities
    meter: Meter

    reply: Reply | None = None
    error: ValidationError | None = None
    misfits: int = 0
    cause: str = ""

    async def run(self) -> Answer[Any]:
        """Ask until the answer fits.

        Raises:
            AnswerError: it does not, even after all re-asks.
            TruncatedAnswerError: it was cut off even with more room.
            DragomanError: whatever `put` raises.
        """
        import instructor
        from instructor.v2.core.errors import InstructorError
        from instructor.v2.core.hooks import Hooks

        _silence_instructor()
        hooks = Hooks()
        hooks.on("parse:error", self._misfit)

        async def create(**_ignored: object) -> ChatCompletion:
            return await self._next()

        # Instructor's types know only the synchronous form.
        ask = cast("Any", instructor.patch(create=create, mode=instructor.Mode.JSON_SCHEMA))
        try:
            # Never pass `context=`: Instructor would then run the article as a Jinja template.
            await ask(
                response_model=self.answer,
                messages=[],
                max_retries=self.reasks + self.capabilities.rungs_left,
                strict=False,
                hooks=hooks,
            )
        except InstructorError as error:
            cause = error.__cause__
            if isinstance(cause, DragomanError):
                raise cause from cause.__cause__
            if cause is self.error:
                raise self._unusable() from None
            raise (cause or error) from None
        assert self.reply is not None  # noqa: S101 - Instructor's value was made from it
        # Instructor's value is of a generated subclass, which equals nothing and cannot be pickled.
        value = self.answer.model_validate_json(self.reply.text, strict=False)
        return Answer(value, self.reply.text, self.reply.tokens)

    def _misfit(self, error: Exception, **_ignored: object) -> None:
        self.error = cast("ValidationError", error)
        mode = self.reply.mode if self.reply else None
        if mode is not None and _ignores(mode, self.error) and self.capabilities.demote(mode):
            self.cause = "unsupported"
        else:
            self.misfits += 1
            self.cause = "invalid"

    async def _next(self) -> ChatCompletion:
        if self.misfits > self.reasks:
            raise self._unusable()
        messages = as_messages(self.prompt)
        if self.error is not None and self.reply is not None:
            self.meter.retries[self.cause] += 1
            if self.reply.text:
                messages.append({"role": "assistant", "content": self.reply.text})
            messages.append({"role": "user", "content": mending(self.error)})
        self.reply = await self._whole(messages)
        return _as_text(self.reply)

    async def _whole(self, messages: Sequence[Mapping[str, str]]) -> Reply:
        """An answer that is not cut off; more room is given once for the whole conversation."""
        reply = await self.put(messages, self.room)
        if not _cut_off(reply):
            return reply
        more = self._more_room(reply)
        if more <= self.room:
            raise self._truncated(reply)
        self.room = more
        self.meter.retries["length"] += 1
        try:
            longer = await self.put(messages, more)
        except ContextTooLongError:
            raise self._truncated(reply) from None
        if _cut_off(longer):
            raise self._truncated(longer)
        return longer

    def _more_room(self, reply: Reply) -> int:
        usage = reply.completion.usage
        if self.context_tokens is None or usage is None:
            return 2 * self.room
        return min(2 * self.room, self.context_tokens - usage.prompt_tokens)

    def _truncated(self, reply: Reply) -> TruncatedAnswerError:
        error = TruncatedAnswerError(
            f"the answer is longer than {self.room} tokens and was cut off",
            where=f"prompt {self.prompt.name!r}",
            remedy="Read a shorter article, or choose another model",
        )
        error.partial = _partial(reply.text)
        return error

    def _unusable(self) -> AnswerError:
        first = self.error.errors(include_url=False, include_input=False)[0] if self.error else None
        problem = f": {_problem(first)}" if first else ""
        error = AnswerError(
            f"the model's answer does not fit, even after asking {self.misfits} times{problem}",
            where=f"prompt {self.prompt.name!r}",
            remedy="Choose a more capable model with --model",
        )
        error.partial = _partial(self.reply.text) if self.reply else None
        return error


def _cut_off(reply: Reply) -> bool:
    return reply.completion.choices[0].finish_reason == "length"


def _as_text(reply: Reply) -> ChatCompletion:
    """The completion as Instructor's JSON mode expects it, whichever mode it was got with.

    The usage is taken out, it is counted elsewhere and Instructor would add it up in place.
    """
    choice = reply.completion.choices[0]
    message = choice.message.model_copy(update={"content": reply.text, "tool_calls": None})
    finished = choice.model_copy(update={"message": message, "finish_reason": "stop"})
    return reply.completion.model_copy(update={"choices": [finished], "usage": None})


def _ignores(mode: Mode, error: ValidationError) -> bool:
    """Whether the answer could not have been written under `mode`: the server ignores it."""
    kinds = {problem["type"] for problem in error.errors(include_url=False, include_context=False)}
    if mode != "json_schema":  # the others promise JSON, but not of which form
        return "json_invalid" in kinds
    structural = {"json_invalid", "missing", "extra_forbidden", "literal_error", "enum"}
    return any(kind in structural or kind.endswith("_type") for kind in kinds)


def mending(error: ValidationError) -> str:
    """What the model is told about an answer that does not fit."""
    problems = error.errors(include_url=False)
    lines = [f"- {_problem(problem)}{_written(problem)}" for problem in problems[:_MOST_PROBLEMS]]
    return (
        "This answer cannot be used. Mend exactly these points, keep everything else, "
        "and answer with the whole JSON object and nothing else:\n" + "\n".join(lines)
    )


def _problem(problem: ErrorDetails) -> str:
    where = ".".join(str(step) for step in problem["loc"])
    message = problem["msg"].removeprefix("Value error, ").removeprefix("Assertion failed, ")
    if problem["type"] == "json_invalid":
        message = f"not a complete JSON object ({message.removeprefix('Invalid JSON: ')})"
    return _short(f"{where}: {message}" if where else message, 400)


def _written(problem: ErrorDetails) -> str:
    value = problem["input"]
    if problem["type"] in ("json_invalid", "missing") or isinstance(value, dict | list):
        return ""
    return f" (you wrote {_short(json.dumps(value, ensure_ascii=False, default=str), 80)})"


def _short(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"


def _partial(text: str) -> object:
    import pydantic_core

    try:
        found: object = pydantic_core.from_json(text, allow_partial=True)
    except ValueError:
        return None
    return found


def _silence_instructor() -> None:
    """Let Instructor log nothing: its records hold whole answers, article text and all."""
    logging.getLogger("instructor").setLevel(logging.CRITICAL + 1)
