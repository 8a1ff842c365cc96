"""One HTTP exchange with an endpoint: when to try again, when to stop, and what to say then.

The OpenAI client's own retries are switched off; the policy is this module's alone. Transient
failures (no connection, timeout, 408, 409, 429, 5xx, a body that breaks off) are tried again
after the time the endpoint asks for, else after an exponential wait with full jitter. Everything
else stops at once with an error that says what to do.
"""

from __future__ import annotations

import asyncio
import email.utils
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from dragoman.endpoint import Endpoint, Limits
from dragoman.errors import (
    AuthenticationError,
    BudgetError,
    ContextTooLongError,
    DragomanError,
    EndpointUnreachableError,
    QuotaError,
    RefusalError,
    RequestRejectedError,
)
from dragoman.usage import Meter

if TYPE_CHECKING:
    import openai
    import tenacity
    from openai.types.chat import ChatCompletion

LONGEST_WAIT = 120.0
"""Seconds; an endpoint that asks for a longer pause is not waited for."""

_FIRST_WAIT = 0.5
_LONGEST_BACKOFF = 30.0

_CONTEXT_CODES = ("context_length_exceeded", "exceed_context_size_error", "string_above_max_length")
_CONTEXT_PHRASES = (
    "context length",
    "context size",
    "context window",
    "context_length",
    "too many tokens",
    "prompt is too long",
    "input is too long",
)
_QUOTA_CODES = ("insufficient_quota", "billing_hard_limit_reached", "insufficient_balance")


class Notice(NamedTuple):
    """A pause before the next attempt, told to whoever watches the run."""

    cause: str
    """Why the attempt failed: connection, timeout, rate_limit, server_error or malformed."""

    seconds: float
    """Length of the pause."""


@dataclass(slots=True)
class Clock:
    """Time left until the deadline. It runs from the first question on."""

    deadline: float | None
    _end: float | None = field(default=None, init=False)

    def remaining(self) -> float | None:
        """Seconds left, or None without a deadline."""
        if self.deadline is None:
            return None
        if self._end is None:
            self._end = time.monotonic() + self.deadline
        return self._end - time.monotonic()

    def check(self) -> None:
        """Raise BudgetError when the deadline has passed."""
        remaining = self.remaining()
        if remaining is not None and remaining <= 0:
            raise self.passed()

    def passed(self) -> BudgetError:
        """The error that says that the deadline has passed."""
        return BudgetError(
            f"the deadline of {self.deadline:g} s has passed",
            remedy="Allow more time with --deadline",
        )


class _TransientError(Exception):
    """A failure worth another attempt, with the error to raise when there is none left."""

    def __init__(self, cause: str, error: DragomanError, wait: float | None = None) -> None:
        super().__init__(cause)
        self.cause = cause
        self.error = error
        self.wait = wait


async def pause(seconds: float) -> None:
    """Wait between two attempts."""
    await asyncio.sleep(seconds)


async def exchange(
    send: Callable[[float], Awaitable[object]],
    *,
    endpoint: Endpoint,
    limits: Limits,
    clock: Clock,
    meter: Meter,
    notify: Callable[[Notice], None] | None = None,
    patient: bool = True,
) -> ChatCompletion:
    """Call `send` (with a timeout in seconds) until it answers, within attempts and deadline.

    A replay is not `patient`: there is nothing to wait for.

    Raises:
        DragomanError: AuthenticationError, RequestRejectedError, ContextTooLongError,
            QuotaError, RefusalError, EndpointUnreachableError or BudgetError.
    """
    import tenacity

    def wait(state: tenacity.RetryCallState) -> float:
        if not patient:
            return 0.0
        asked_for = _failure(state).wait
        return backoff(state) if asked_for is None else asked_for

    def before_sleep(state: tenacity.RetryCallState) -> None:
        seconds = state.next_action.sleep if state.next_action else 0.0
        remaining = clock.remaining()
        if remaining is not None and seconds >= remaining:
            raise clock.passed() from _failure(state).error
        cause = _failure(state).cause
        meter.retries[cause] += 1
        if notify is not None:
            notify(Notice(cause, seconds))

    backoff = tenacity.wait_random_exponential(multiplier=_FIRST_WAIT, max=_LONGEST_BACKOFF)
    retrying = tenacity.AsyncRetrying(
        retry=tenacity.retry_if_exception_type(_TransientError),
        stop=tenacity.stop_after_attempt(limits.attempts),
        wait=wait,
        before_sleep=before_sleep,
        sleep=_sleep,
        reraise=True,
    )
    try:
        return await retrying(_attempt, send, endpoint, limits, clock, meter)
    except _TransientError as failure:
        raise failure.error from failure.__cause__


async def _sleep(seconds: float) -> None:
    await pause(seconds)  # looked up at call time, so that tests need not wait


def _failure(state: tenacity.RetryCallState) -> _TransientError:
    error = state.outcome.exception() if state.outcome else None
    assert isinstance(error, _TransientError)  # noqa: S101 - nothing else is tried again
    return error


async def _attempt(
    send: Callable[[float], Awaitable[object]],
    endpoint: Endpoint,
    limits: Limits,
    clock: Clock,
    meter: Meter,
) -> ChatCompletion:
    import openai

    clock.check()
    remaining = clock.remaining()
    seconds = limits.timeout if remaining is None else min(limits.timeout, remaining)
    meter.attempts += 1
    try:
        async with asyncio.timeout(seconds):
            response = await send(seconds)
    except TimeoutError as error:
        clock.check()
        raise _timed_out(endpoint, limits) from error
    except openai.APITimeoutError as error:
        clock.check()
        raise _timed_out(endpoint, limits) from error
    except openai.OpenAIError as error:
        raise _classify(error, endpoint) from error
    except ValueError as error:  # 200, but the body is not the JSON it says it is
        raise _malformed(endpoint, "an answer that breaks off or is not JSON") from error
    return _checked(response, endpoint)


def _checked(response: object, endpoint: Endpoint) -> ChatCompletion:
    from openai.types.chat import ChatCompletion

    if not isinstance(response, ChatCompletion):
        raise EndpointUnreachableError(
            "the address answers, but not as a chat completions endpoint",
            where=endpoint.address,
            remedy="Check --base-url; as a rule it ends in /v1",
        )
    choices: object = response.choices
    fault = getattr(response, "error", None)  # some gateways answer 200 with an error inside
    if isinstance(fault, dict) and not choices:
        raise _malformed(endpoint, f"an error instead of an answer: {_line(fault.get('message'))}")
    if not isinstance(choices, list) or not choices or getattr(choices[0], "message", None) is None:
        raise _malformed(endpoint, "an answer without a message")
    return response


def _timed_out(endpoint: Endpoint, limits: Limits) -> _TransientError:
    error = EndpointUnreachableError(
        f"no answer within {limits.timeout:g} s",
        where=endpoint.address,
        remedy="Allow more time with --timeout, or choose another endpoint",
    )
    return _TransientError("timeout", error)


def _malformed(endpoint: Endpoint, what: str) -> _TransientError:
    error = EndpointUnreachableError(
        f"the endpoint sent {what}",
        where=endpoint.address,
        remedy="Check that --base-url is an OpenAI-compatible endpoint",
    )
    return _TransientError("malformed", error)


def _classify(error: openai.OpenAIError, endpoint: Endpoint) -> Exception:
    import openai

    if isinstance(error, openai.APIStatusError):
        return _classify_status(error, endpoint)
    cause, seen = error.__cause__, set[int]()
    while cause is not None and id(cause) not in seen:  # a chain of causes may run in a circle
        if isinstance(cause, DragomanError):  # raised by a transport of ours, a replay say
            return cause
        seen.add(id(cause))
        cause = cause.__cause__
    if isinstance(error, openai.APIConnectionError):
        unreachable = EndpointUnreachableError(
            "no connection to the endpoint",
            where=endpoint.address,
            remedy="Check that the server runs and that --base-url is right",
        )
        return _TransientError("connection", unreachable)
    return _malformed(endpoint, "an answer that cannot be read")


def _classify_status(error: openai.APIStatusError, endpoint: Endpoint) -> Exception:
    status = error.status_code
    codes = {str(error.code).casefold(), str(error.type).casefold()}
    said = server_message(error)
    if status in (401, 403):
        return AuthenticationError(
            f"the endpoint refuses the key (HTTP {status})",
            where=endpoint.address,
            remedy=_key_remedy(endpoint),
        )
    if status == 402 or codes & set(_QUOTA_CODES):
        return QuotaError(
            f"no credit left at the endpoint (HTTP {status})",
            where=endpoint.address,
            remedy="Check the account's plan and billing, or choose another endpoint",
        )
    if status == 413 or (400 <= status < 500 and _speaks_of_context(codes, said)):
        return ContextTooLongError(
            f"the prompt does not fit into the context of model {endpoint.model!r}",
            where=endpoint.address,
            remedy="Choose a model with a longer context",
        )
    if "content_filter" in codes:
        return RefusalError("a content filter refuses the prompt", where=endpoint.address)
    if status in (408, 409, 429) or status >= 500:
        return _busy(error, endpoint)
    if status == 404:
        return RequestRejectedError(
            f"the endpoint does not know model {endpoint.model!r} or this address (HTTP 404)",
            where=endpoint.address,
            remedy="Check --model and --base-url",
        )
    return RequestRejectedError(
        f"the endpoint refuses the request (HTTP {status}){f': {said}' if said else ''}",
        where=endpoint.address,
        remedy="Check --model and --base-url",
    )


def _busy(error: openai.APIStatusError, endpoint: Endpoint) -> Exception:
    status = error.status_code
    wait = retry_after(error.response.headers.get)
    refused: DragomanError
    if status == 429:
        refused = QuotaError(
            "the endpoint's rate limit is reached (HTTP 429)",
            where=endpoint.address,
            remedy="Try again later, or choose another endpoint",
        )
    else:
        refused = EndpointUnreachableError(
            f"the endpoint fails (HTTP {status})",
            where=endpoint.address,
            remedy="Try again later, or choose another endpoint",
        )
    if wait is not None and wait > LONGEST_WAIT:
        refused.remedy = f"The endpoint asks to wait {wait:.0f} s; try again after that"
        return refused
    cause = {408: "timeout", 409: "conflict", 429: "rate_limit"}.get(status, "server_error")
    return _TransientError(cause, refused, wait)


def _key_remedy(endpoint: Endpoint) -> str:
    if endpoint.kind == "embedded":
        return "Start the embedded model again"
    return "Set OPENAI_API_KEY to a key that is valid there and may use this model"


def _speaks_of_context(codes: set[str], said: str) -> bool:
    if codes & set(_CONTEXT_CODES):
        return True
    return any(phrase in said.casefold() for phrase in _CONTEXT_PHRASES)


def server_message(error: openai.APIStatusError, length: int = 200) -> str:
    """What the endpoint says about its refusal: one short line.

    Only the message itself is taken, never the body: some servers repeat the whole prompt there.
    """
    body = error.body
    return _line(body.get("message") if isinstance(body, dict) else body, length)


def _line(message: object, length: int = 200) -> str:
    if not isinstance(message, str) or message.lstrip().startswith("<"):  # a web page
        return ""
    line = " ".join(message.split())
    return line if len(line) <= length else line[: length - 1] + "…"


def retry_after(header: Callable[[str], str | None]) -> float | None:
    """Seconds to wait by `retry-after-ms`, else by `retry-after` as seconds or date."""
    milliseconds = _number(header("retry-after-ms"))
    if milliseconds is not None:
        return max(0.0, milliseconds / 1000)
    value = header("retry-after")
    seconds = _number(value)
    if seconds is not None:
        return max(0.0, seconds)
    date = email.utils.parsedate_tz(value) if value else None
    if date is None:
        return None
    return max(0.0, email.utils.mktime_tz(date) - time.time())


def _number(value: str | None) -> float | None:
    try:
        number = float(value) if value is not None else None
    except ValueError:
        return None
    return number if number is not None and number == number and number < float("inf") else None
