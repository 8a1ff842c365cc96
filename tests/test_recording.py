"""Recordings: what was exchanged once can be replayed byte for byte, and nothing else can."""

# ruff: noqa: ASYNC240 - the files of these tests are small and on this machine

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import httpx2
import pytest
import respx
from chat import BASE_URL, CHAT, GOOD, KEY, PROMPT, Reply, endpoint, refusal, said, sent
from hypothesis import given
from hypothesis import strategies as st
from server import Server, answers, breaks_off

from dragoman.errors import AuthenticationError, OutputError, RecordingError
from dragoman.exchanges import Exchange, read_recording, request_key
from dragoman.model import Endpoint, Limits, Model
from dragoman.prompts import Message, Prompt
from dragoman.recording import RecordingTransport, ReplayTransport

over_http = pytest.mark.respx(using="httpcore2", base_url=BASE_URL)
OTHER = Prompt("other", "1", (Message("user", "Und jetzt?"),))


async def ask(transport: Any, prompt: Prompt = PROMPT, *, at: Endpoint | None = None) -> Model:
    model = Model(at or endpoint(), limits=Limits(attempts=3), transport=transport)
    try:
        await model.ask(prompt, Reply, max_output_tokens=50)
    finally:
        await model.aclose()
    return model


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "recordings" / "run.jsonl"


@over_http
async def test_replay_gives_what_was_recorded(respx_mock: respx.Router, file: Path) -> None:
    """The whole stack runs again on the same bytes: retries, re-asks, counts, value."""
    route = respx_mock.post(CHAT).mock(
        side_effect=[refusal(429), said("{}"), refusal(503), said(GOOD, tokens=(7, 5, 2))]
    )
    live = await ask(RecordingTransport(file))
    again = await ask(ReplayTransport(file))
    assert route.call_count == 4
    assert live.usage.retries == {"rate_limit": 1, "server_error": 1, "unsupported": 1}
    assert again.usage == live.usage


@over_http
async def test_recording_is_readable_and_exact(respx_mock: respx.Router, file: Path) -> None:
    """One line an exchange, quotation marks as they are, and nothing secret or volatile."""
    respx_mock.post(CHAT).mock(
        return_value=httpx.Response(
            200, json=json.loads(said(GOOD).content), headers={"x-request-id": "volatile-1"}
        )
    )
    await ask(RecordingTransport(file))
    text = file.read_text(encoding="utf-8")
    (line,) = lines(file)
    assert "„Welt“" in text
    assert "„ja“" in text
    assert (line["prompt"], line["mode"], line["endpoint"]) == (
        "greet@3",
        "json_schema",
        "compatible",
    )
    for secret in (KEY, "volatile-1", "authorization", "user-agent", "model.test"):
        assert secret not in text.casefold()
    assert line["request"]["body"]["temperature"] == 0


@over_http
async def test_headers_for_the_recording_are_not_sent(respx_mock: respx.Router, file: Path) -> None:
    """The endpoint does not learn which prompt it is asked with."""
    route = respx_mock.post(CHAT).mock(return_value=said(GOOD))
    await ask(RecordingTransport(file))
    assert not [name for name in route.calls[0].request.headers if "dragoman" in name]


@over_http
async def test_key_that_the_endpoint_repeats_is_not_recorded(
    respx_mock: respx.Router, file: Path
) -> None:
    """Some endpoints quote the key they refuse."""
    respx_mock.post(CHAT).mock(return_value=refusal(401, f"Incorrect API key provided: {KEY}"))
    with pytest.raises(AuthenticationError):
        await ask(RecordingTransport(file))
    assert KEY not in file.read_text(encoding="utf-8")
    with pytest.raises(AuthenticationError):
        await ask(ReplayTransport(file))


@over_http
async def test_replay_does_not_depend_on_where_it_was_recorded(
    respx_mock: respx.Router, file: Path
) -> None:
    """Host, port, path of the API and key may all be different."""
    respx_mock.post(CHAT).mock(return_value=said(GOOD))
    await ask(RecordingTransport(file))
    elsewhere = endpoint(base_url="https://other.test:8443/proxy/openai/v1", api_key="")
    await ask(ReplayTransport(file), at=elsewhere)


@over_http
async def test_missing_recording_names_the_request(respx_mock: respx.Router, file: Path) -> None:
    """The error says which prompt it is and how to record it; nothing is tried again."""
    route = respx_mock.post(CHAT).mock(return_value=said(GOOD))
    await ask(RecordingTransport(file))
    replay = ReplayTransport(file)
    with pytest.raises(RecordingError) as caught:
        await ask(replay, OTHER)
    assert "'other@1'" in str(caught.value)
    assert f"--record {file}" in str(caught.value)
    assert route.call_count == 1
    (missing,) = replay.coverage().missing
    assert (missing.prompt, missing.stale) == ("other@1", None)
    assert missing.key[:12] in str(caught.value)


@over_http
async def test_changed_prompt_is_told_from_a_new_one(respx_mock: respx.Router, file: Path) -> None:
    """A prompt recorded in another version is stale, and the error says so."""
    respx_mock.post(CHAT).mock(return_value=said(GOOD))
    await ask(RecordingTransport(file))
    replay = ReplayTransport(file)
    with pytest.raises(RecordingError, match="was recorded as 'greet@3'"):
        await ask(replay, Prompt("greet", "4", (Message("user", "Neu"),)))
    assert replay.coverage().missing[0].stale == "greet@3"


@over_http
async def test_coverage_tells_used_from_orphaned(respx_mock: respx.Router, file: Path) -> None:
    """What nobody asks for any more is found; failures on the way are not counted as such."""
    respx_mock.post(CHAT).mock(side_effect=[refusal(503), said(GOOD), said(GOOD)])
    recording = RecordingTransport(file)
    model = Model(endpoint(), transport=recording)
    await model.ask(PROMPT, Reply, max_output_tokens=50)
    await model.ask(OTHER, Reply, max_output_tokens=50)
    await model.aclose()
    replay = ReplayTransport(file)
    await ask(replay, OTHER)
    coverage = replay.coverage()
    assert [exchange.prompt for exchange in coverage.used] == ["other@1"]
    assert [exchange.prompt for exchange in coverage.orphaned] == ["greet@3"]
    assert coverage.missing == ()


@over_http
async def test_identical_requests_replay_in_order(respx_mock: respx.Router, file: Path) -> None:
    """Several answers to one request come in the order of recording, then the last one again."""
    respx_mock.post(CHAT).mock(side_effect=[said("one"), said("two")])

    async def complete(transport: Any, times: int) -> list[str]:
        model = Model(endpoint(), transport=transport)
        found = [await model.complete(PROMPT, max_output_tokens=2) for _ in range(times)]
        await model.aclose()
        return [completion.text for completion in found]

    await complete(RecordingTransport(file), 2)
    assert await complete(ReplayTransport(file), 3) == ["one", "two", "two"]


@over_http
async def test_recording_goes_on_where_it_stopped(respx_mock: respx.Router, file: Path) -> None:
    """What is recorded is not asked again; a line half written by a killed run is dropped."""
    route = respx_mock.post(CHAT).mock(return_value=said(GOOD))
    await ask(RecordingTransport(file))
    with file.open("ab") as torn:
        torn.write(file.read_bytes()[:100])
    await ask(RecordingTransport(file))
    assert route.call_count == 1
    await ask(RecordingTransport(file), OTHER)
    assert route.call_count == 2
    assert [line["prompt"] for line in lines(file)] == ["greet@3", "other@1"]


@over_http
async def test_file_without_a_last_newline_loses_nothing(
    respx_mock: respx.Router, file: Path
) -> None:
    """An editor that drops the last newline does not cost an exchange."""
    respx_mock.post(CHAT).mock(return_value=said(GOOD))
    await ask(RecordingTransport(file))
    file.write_bytes(file.read_bytes().rstrip(b"\n"))
    await ask(ReplayTransport(file))
    await ask(RecordingTransport(file), OTHER)
    assert len(lines(file)) == 2


async def test_every_exchange_is_in_the_file_at_once(file: Path) -> None:
    """A run that dies between two questions has recorded the first one."""
    with Server(answers(GOOD), breaks_off) as server:
        at = endpoint(base_url=server.base_url)
        model = Model(at, limits=Limits(attempts=1), transport=RecordingTransport(file))
        await model.ask(PROMPT, Reply, max_output_tokens=50)
        assert len(lines(file)) == 1
        with pytest.raises(Exception, match="connection"):
            await model.ask(OTHER, Reply, max_output_tokens=50)
        await model.aclose()
    assert len(lines(file)) == 1


@over_http
async def test_endpoint_that_went_down_the_ladder(respx_mock: respx.Router, file: Path) -> None:
    """A replay of the second question alone starts with the form that had been found."""
    respx_mock.post(CHAT).mock(
        side_effect=[
            refusal(400, "response_format json_schema is not supported"),
            refusal(400, "unknown parameter: seed"),
            said(GOOD),
            said(GOOD),
        ]
    )
    model = Model(endpoint(), transport=RecordingTransport(file))
    await model.ask(PROMPT, Reply, max_output_tokens=50)
    await model.ask(OTHER, Reply, max_output_tokens=50)
    await model.aclose()
    again = await ask(ReplayTransport(file), OTHER)
    assert (again.usage.attempts, again.usage.mode) == (1, "json_object")


@over_http
async def test_recording_does_not_build_on_what_is_known(
    respx_mock: respx.Router, file: Path, tmp_path: Path
) -> None:
    """A recording holds all that a replay on another machine will ask for."""
    no_schema = refusal(400, "response_format json_schema is not supported")
    route = respx_mock.post(CHAT).mock(side_effect=[no_schema, said(GOOD), no_schema, said(GOOD)])
    await ask(None)
    await ask(RecordingTransport(file))
    assert sent(route, 2)["response_format"]["type"] == "json_schema"


@over_http
async def test_replay_knows_its_endpoint(respx_mock: respx.Router, file: Path) -> None:
    """A recording is enough for a replay: model, kind and context are in it."""
    respx_mock.post(CHAT).mock(return_value=said(GOOD))
    recorded = endpoint(kind="embedded", model="small", context_tokens=4096)
    await ask(RecordingTransport(file), at=recorded)
    replay = ReplayTransport(file)
    found = replay.endpoint()
    assert found is not None
    assert (found.kind, found.model, found.context_tokens) == ("embedded", "small", 4096)
    await ask(replay, at=found)
    assert replay.seconds >= 0


@over_http
async def test_replay_makes_no_pauses(
    respx_mock: respx.Router, file: Path, waits: list[float]
) -> None:
    """There is nobody to be patient with."""
    respx_mock.post(CHAT).mock(
        side_effect=[refusal(429, headers={"retry-after": "60"}), said(GOOD)]
    )
    await ask(RecordingTransport(file))
    waits.clear()
    await ask(ReplayTransport(file))
    assert waits == [0.0]


def test_empty_recording_knows_no_endpoint(tmp_path: Path) -> None:
    """Nothing is made up from an empty file."""
    (tmp_path / "empty").touch()
    replay = ReplayTransport(tmp_path / "empty")
    assert (replay.endpoint(), replay.capabilities()) == (None, ())


async def test_compressed_responses_are_recorded_plain(file: Path) -> None:
    """What the endpoint compresses is stored readably and given on intact."""

    def answer(request: httpx2.Request) -> httpx2.Response:
        packed = gzip.compress(said(GOOD).content)
        headers = {"content-type": "application/json", "content-encoding": "gzip"}
        return httpx2.Response(200, headers=headers, content=packed)

    await ask(RecordingTransport(file, httpx2.MockTransport(answer)))
    assert "„ja“" in file.read_text(encoding="utf-8")
    await ask(ReplayTransport(file))


@pytest.mark.parametrize(
    "content",
    ["nonsense\n", "{}\n", "[]\n", '"text"\n', '{"recording": 99}\n', "\xff\xfe\n", "null\n"],
)
def test_broken_recording_is_one_clear_line(tmp_path: Path, content: str) -> None:
    """A file that is no recording is refused with the line's number, for replay and recording."""
    broken = tmp_path / "broken.jsonl"
    broken.write_text(content, encoding="latin-1")
    for use in (ReplayTransport, RecordingTransport):
        with pytest.raises(RecordingError, match="line 1"):
            use(broken)
    assert broken.read_text(encoding="latin-1") == content


def test_no_recording_at_all(tmp_path: Path) -> None:
    """A missing file says how to make one; a folder is no recording."""
    with pytest.raises(RecordingError, match="--record"):
        ReplayTransport(tmp_path / "nowhere.jsonl")
    with pytest.raises(RecordingError):
        RecordingTransport(tmp_path)


def test_unwritable_place(tmp_path: Path) -> None:
    """A place where nothing can be written is told before anything is asked."""
    (tmp_path / "file").touch()
    with pytest.raises(OutputError):
        RecordingTransport(tmp_path / "file" / "run.jsonl")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_full_disk() -> None:
    """A disk that is full is an error of output, not a traceback."""
    with pytest.raises(OutputError):
        transport = RecordingTransport.__new__(RecordingTransport)
        transport.file = Path("/dev/full")
        transport._descriptor = os.open("/dev/full", os.O_WRONLY)
        try:
            transport._append(exchange(b"x"))
        finally:
            os.close(transport._descriptor)


def exchange(content: bytes, *, key: str = "k") -> Exchange:
    return Exchange(
        key=key,
        prompt=None,
        mode=None,
        endpoint=None,
        request={},
        status=200,
        content_type="application/json",
        content=content,
        seconds=0.5,
    )


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def _dumps(**keywords: Any) -> Callable[[Any], bytes]:
    return lambda value: json.dumps(value, **keywords).encode("utf-8", "surrogatepass")


@given(
    st.binary()
    | st.text().map(str.encode)
    | _JSON.map(_dumps(ensure_ascii=False, separators=(",", ":")))
    | _JSON.map(_dumps(indent=1))
)
def test_content_survives_byte_by_byte(content: bytes) -> None:
    """Whatever an endpoint sends, the line gives it back exactly, in one line."""
    recorded = exchange(content)
    line = recorded.as_line()
    assert line.count(b"\n") == 1
    assert Exchange.from_line(line) == recorded


@given(st.dictionaries(st.text(), _JSON), st.randoms())
def test_key_ignores_order_and_place(body: dict[str, Any], random: Any) -> None:
    """The order of keys, white space, escapes and the address of the API make no difference."""
    shuffled = list(body.items())
    random.shuffle(shuffled)
    one = json.dumps(body).encode()
    other = _dumps(indent=2, ensure_ascii=False)(dict(shuffled))
    first = request_key("POST", "/v1/chat/completions", one)
    assert first == request_key("POST", "/openai/v1/chat/completions", other)
    assert first != request_key("POST", "/v1/chat/completions", b'{"another": "body"}')


def test_lines_are_read_back(tmp_path: Path) -> None:
    """`read_recording` gives all exchanges in order."""
    file = tmp_path / "two.jsonl"
    file.write_bytes(exchange(b"1", key="a").as_line() + exchange(b"2", key="b").as_line())
    assert [found.key for found in read_recording(file)] == ["a", "b"]
