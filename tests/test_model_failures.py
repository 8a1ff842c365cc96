"""What follows when an endpoint fails: wait and try again, or stop and say what to do."""

from __future__ import annotations

import email.utils
import time
from typing import Any

import httpx
import pytest
import respx
from chat import BASE_URL, CHAT, GOOD, KEY, PROMPT, Reply, endpoint, refusal, said
from server import Server, answers, breaks_off, completion, drips, free_port, hangs, resets

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
from dragoman.model import Limits, Model, Notice

JSON = {"content-type": "application/json"}

over_http = pytest.mark.respx(using="httpcore2", base_url=BASE_URL)


async def ask(**limits: Any) -> Model:
    """Put one question and give back the model, for its usage."""
    model = Model(endpoint(), limits=Limits(**limits))
    try:
        await model.ask(PROMPT, Reply, max_output_tokens=50)
    finally:
        await model.aclose()
    return model


async def failure(*, at: str = BASE_URL, **limits: Any) -> DragomanError:
    """Put one question and give back the error it ends with."""
    model = Model(endpoint(base_url=at), limits=Limits(**limits))
    with pytest.raises(DragomanError) as caught:
        await model.ask(PROMPT, Reply, max_output_tokens=50)
    await model.aclose()
    assert KEY not in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "Hallo" not in str(caught.value)
    return caught.value


@over_http
@pytest.mark.parametrize(
    ("response", "cause"),
    [
        (httpx.ConnectError("refused"), "connection"),
        (httpx.ReadError("reset"), "connection"),
        (httpx.ReadTimeout("slow"), "timeout"),
        (httpx.ConnectTimeout("slow"), "timeout"),
        (refusal(408), "timeout"),
        (refusal(409), "conflict"),
        (refusal(429, "slow down", type="requests", code="rate_limit_exceeded"), "rate_limit"),
        (refusal(500), "server_error"),
        (httpx.Response(502, html="<html>Bad gateway</html>"), "server_error"),
        (refusal(503), "server_error"),
        (refusal(529), "server_error"),
        (
            httpx.Response(200, text='{"choi', headers={"content-type": "application/json"}),
            "malformed",
        ),
        (httpx.Response(200, json={"weird": 1}), "malformed"),
        (httpx.Response(200, json={"choices": []}), "malformed"),
        (httpx.Response(200, json={"choices": None}), "malformed"),
        (httpx.Response(200, json={"choices": [{"index": 0}]}), "malformed"),
    ],
)
async def test_transient_failure_is_tried_again(
    respx_mock: respx.Router, waits: list[float], response: Any, cause: str
) -> None:
    """After one failure and one pause the question is answered, and both attempts are counted."""
    respx_mock.post(CHAT).mock(side_effect=[response, said(GOOD)])
    model = await ask()
    assert (model.usage.requests, model.usage.attempts) == (1, 2)
    assert model.usage.retries == {cause: 1}
    assert len(waits) == 1


@over_http
@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "0.25"}, 0.25),
        ({"retry-after": "0"}, 0.0),
        ({"retry-after-ms": "1500", "retry-after": "60"}, 1.5),
        ({"retry-after-ms": "nonsense", "retry-after": "3"}, 3.0),
    ],
)
async def test_the_pause_asked_for_is_made(
    respx_mock: respx.Router, waits: list[float], headers: dict[str, str], seconds: float
) -> None:
    """`retry-after-ms` goes before `retry-after`, and both before our own backoff."""
    respx_mock.post(CHAT).mock(side_effect=[refusal(429, headers=headers), said(GOOD)])
    await ask()
    assert waits == [seconds]


@over_http
async def test_the_pause_may_be_a_date(respx_mock: respx.Router, waits: list[float]) -> None:
    """`retry-after` as an HTTP date is waited for."""
    date = email.utils.formatdate(time.time() + 20, usegmt=True)
    respx_mock.post(CHAT).mock(
        side_effect=[refusal(503, headers={"retry-after": date}), said(GOOD)]
    )
    await ask()
    assert waits[0] == pytest.approx(20, abs=3)


@over_http
@pytest.mark.parametrize("value", ["soon", "nan", "inf", "-5", ""])
async def test_a_nonsensical_pause_is_no_trouble(
    respx_mock: respx.Router, waits: list[float], value: str
) -> None:
    """A header that makes no sense leads to a pause of at most the backoff."""
    respx_mock.post(CHAT).mock(
        side_effect=[refusal(503, headers={"retry-after": value}), said(GOOD)]
    )
    await ask()
    assert 0 <= waits[0] <= 0.5


@over_http
async def test_a_pause_too_long_is_not_made(respx_mock: respx.Router, waits: list[float]) -> None:
    """An endpoint that wants an hour is not waited for, and the error says how long it wants."""
    respx_mock.post(CHAT).mock(side_effect=[refusal(429, headers={"retry-after": "3600"})])
    error = await failure()
    assert isinstance(error, QuotaError)
    assert "3600 s" in str(error)
    assert waits == []


@over_http
async def test_backoff_grows_with_full_jitter(respx_mock: respx.Router, waits: list[float]) -> None:
    """Without a word from the endpoint pause n lies between 0 and 0.5 * 2^n seconds."""
    respx_mock.post(CHAT).mock(side_effect=[*[refusal(500)] * 6, said(GOOD)])
    await ask(attempts=7)
    assert all(0 <= wait <= 0.5 * 2**number for number, wait in enumerate(waits))
    assert len(set(waits)) == 6


@over_http
@pytest.mark.parametrize(
    ("response", "kind", "remedy"),
    [
        (refusal(500), EndpointUnreachableError, "another endpoint"),
        (refusal(429, "slow down"), QuotaError, "Try again later"),
        (httpx.ReadTimeout("slow"), EndpointUnreachableError, "--timeout"),
        (httpx.ConnectError("refused"), EndpointUnreachableError, "--base-url"),
        (httpx.Response(200, json={"weird": 1}), EndpointUnreachableError, "--base-url"),
    ],
)
async def test_attempts_run_out(
    respx_mock: respx.Router, response: Any, kind: type[DragomanError], remedy: str
) -> None:
    """No more attempts than allowed are made, and the error says what can be done."""
    route = respx_mock.post(CHAT).mock(
        side_effect=response if isinstance(response, Exception) else [response] * 9
    )
    error = await failure(attempts=3)
    assert type(error) is kind
    assert error.where == BASE_URL
    assert remedy in str(error.remedy)
    assert route.call_count == 3


@over_http
@pytest.mark.parametrize(
    ("response", "kind", "says"),
    [
        (refusal(401, f"Incorrect API key provided: {KEY}"), AuthenticationError, "OPENAI_API_KEY"),
        (refusal(403, "no access"), AuthenticationError, "OPENAI_API_KEY"),
        (refusal(404, "model not found", code="model_not_found"), RequestRejectedError, "--model"),
        (refusal(400, "bad thing"), RequestRejectedError, "bad thing"),
        (refusal(405, "no"), RequestRejectedError, "405"),
        (httpx.Response(422, json={"detail": [{"input": "Hallo"}]}), RequestRejectedError, "422"),
        (httpx.Response(400, html="<p>no</p>"), RequestRejectedError, "HTTP 400). "),
        (refusal(429, "no credit", code="insufficient_quota"), QuotaError, "billing"),
        (refusal(429, "no credit", type="insufficient_quota"), QuotaError, "billing"),
        (refusal(402, "pay"), QuotaError, "billing"),
        (refusal(400, "filtered", code="content_filter"), RefusalError, "content filter"),
        (httpx.Response(200, html="<html>A web page</html>"), EndpointUnreachableError, "/v1"),
        (httpx.Response(200, text="hello"), EndpointUnreachableError, "/v1"),
    ],
)
async def test_other_failures_stop_at_once(
    respx_mock: respx.Router,
    waits: list[float],
    response: httpx.Response,
    kind: type[DragomanError],
    says: str,
) -> None:
    """One attempt, no pause, and one line that says what to do."""
    route = respx_mock.post(CHAT).mock(return_value=response)
    error = await failure()
    assert type(error) is kind
    assert says in str(error)
    assert (route.call_count, waits) == (1, [])


@over_http
@pytest.mark.parametrize(
    "response",
    [
        refusal(400, "too long", code="context_length_exceeded"),
        refusal(400, "the request exceeds", type="exceed_context_size_error"),
        refusal(400, "This model's maximum context length is 4096 tokens."),
        refusal(413, "Request too large"),
        refusal(422, "Prompt is too long: 9000 tokens"),
        refusal(400, "response_format takes room; maximum context length exceeded"),
    ],
)
async def test_a_prompt_too_long_is_an_error_of_its_own(
    respx_mock: respx.Router, response: httpx.Response
) -> None:
    """The caller can tell it apart and read smaller windows; nothing is tried again."""
    route = respx_mock.post(CHAT).mock(return_value=response)
    assert type(await failure()) is ContextTooLongError
    assert route.call_count == 1


@over_http
async def test_messages_of_the_endpoint_are_cut_short(respx_mock: respx.Router) -> None:
    """An endpoint that repeats half the prompt in its error does not flood the terminal."""
    respx_mock.post(CHAT).mock(return_value=refusal(400, "word\n" * 500))
    assert len(str(await failure())) < 400


@over_http
async def test_error_within_a_success(respx_mock: respx.Router) -> None:
    """What a gateway says in an answer that is none reaches the user."""
    fault = {"error": {"code": 502, "message": "provider is down"}}
    respx_mock.post(CHAT).mock(return_value=httpx.Response(200, json=fault))
    assert "provider is down" in str(await failure(attempts=1))


@over_http
async def test_deadline_passes_rather_than_wait(
    respx_mock: respx.Router, waits: list[float]
) -> None:
    """A pause that would go beyond the deadline is not begun."""
    respx_mock.post(CHAT).mock(side_effect=[refusal(429, headers={"retry-after": "50"})])
    error = await failure(deadline=20)
    assert isinstance(error, BudgetError)
    assert "--deadline" in str(error)
    assert waits == []


@over_http
async def test_pauses_are_told(respx_mock: respx.Router) -> None:
    """Whoever watches learns why and how long, before the pause."""
    respx_mock.post(CHAT).mock(side_effect=[refusal(429, headers={"retry-after": "9"}), said(GOOD)])
    told: list[Notice] = []
    model = Model(endpoint(), notify=told.append)
    await model.complete(PROMPT, max_output_tokens=5)
    await model.aclose()
    assert told == [Notice("rate_limit", 9.0)]


@over_http
async def test_complete_is_repeated_too(respx_mock: respx.Router) -> None:
    """Plain text goes through the same policy."""
    respx_mock.post(CHAT).mock(side_effect=[refusal(503), said("hi")])
    model = Model(endpoint())
    assert (await model.complete(PROMPT, max_output_tokens=5)).text == "hi"
    await model.aclose()


async def test_nobody_listens() -> None:
    """A dead port ends in one line that names the address."""
    address = f"http://127.0.0.1:{free_port()}/v1"
    error = await failure(at=address, attempts=2)
    assert type(error) is EndpointUnreachableError
    assert address in str(error)


@pytest.mark.parametrize(
    ("behaviour", "cause"),
    [(hangs, "timeout"), (drips, "timeout"), (resets, "connection"), (breaks_off, "connection")],
)
async def test_real_servers_fail_once(behaviour: Any, cause: str) -> None:
    """A server that hangs, drips, resets or breaks off is asked again."""
    with Server(behaviour, answers(GOOD)) as server:
        model = Model(endpoint(base_url=server.base_url), limits=Limits(timeout=0.4))
        answer = await model.ask(PROMPT, Reply, max_output_tokens=50)
        await model.aclose()
    assert answer.value.mood == "good"
    assert model.usage.retries == {cause: 1}


@pytest.mark.parametrize("behaviour", [hangs, drips])
async def test_deadline_cuts_an_attempt_short(behaviour: Any) -> None:
    """A server that never finishes cannot hold a run beyond its deadline."""
    with Server(behaviour) as server:
        started = time.monotonic()
        error = await failure(at=server.base_url, deadline=0.4, timeout=30)
        assert time.monotonic() - started < 3
    assert isinstance(error, BudgetError)


async def test_passwords_in_addresses_are_not_shown() -> None:
    """An address with a password is shown without it."""
    address = f"http://me:hush@127.0.0.1:{free_port()}/v1"
    error = await failure(at=address, attempts=1)
    assert "hush" not in str(error)
    assert "hush" not in repr(endpoint(base_url=address))
    assert "127.0.0.1" in str(error)


def test_completion_of_the_tests_is_valid() -> None:
    """The responses the tests build are what the OpenAI client takes for a completion."""
    from openai.types.chat import ChatCompletion

    ChatCompletion.model_validate(completion("x"))
