"""Recordings of HTTP exchanges with a model, and their replay without any network.

They are taken at the transport under the OpenAI client, so that a replay runs the whole stack:
client, retries, validation, re-asks. Every exchange is appended to the file as it happens; what
such a file holds is described in `dragoman.exchanges`.
"""

from __future__ import annotations

import os
import time
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, cast, get_args

import httpx2

from dragoman.capabilities import LADDER, Capabilities, Mode
from dragoman.endpoint import Endpoint, EndpointKind
from dragoman.errors import OutputError, RecordingError
from dragoman.exchanges import (
    Exchange,
    compact,
    end_of,
    is_whole,
    parsed,
    read_recording,
    request_key,
)

PROMPT_HEADER = "X-Dragoman-Prompt"
"""Name and version of the prompt, `name@version`; for the recording, never sent."""

MODE_HEADER = "X-Dragoman-Mode"
"""How the request asks for structure; for the recording, never sent."""

ENDPOINT_HEADER = "X-Dragoman-Endpoint"
"""Kind of the endpoint and length of its context; for the recording, never sent."""

_APPEND = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)  # binary: Windows
_HEADERS = {"prompt": PROMPT_HEADER, "mode": MODE_HEADER, "endpoint": ENDPOINT_HEADER}


def notes(endpoint: Endpoint, prompt: tuple[str, str] | None, mode: str | None) -> dict[str, str]:
    """Headers by which a recording learns what a request is for."""
    headers = {ENDPOINT_HEADER: f"{endpoint.kind} {endpoint.context_tokens or ''}".strip()}
    if prompt is not None:
        headers[PROMPT_HEADER] = "@".join(prompt)
    if mode is not None:
        headers[MODE_HEADER] = mode
    return headers


class _Tape:
    """Recorded exchanges by key, each served in the order of recording."""

    def __init__(self, exchanges: tuple[Exchange, ...]) -> None:
        self.exchanges = exchanges
        self.by_key: defaultdict[str, list[Exchange]] = defaultdict(list)
        for exchange in exchanges:
            self.by_key[exchange.key].append(exchange)
        self.served: Counter[str] = Counter()

    def next(self, key: str, *, repeat: bool) -> Exchange | None:
        """The next exchange with this key; after the last one, that one again if `repeat`."""
        found = self.by_key.get(key)
        if found is None or (self.served[key] >= len(found) and not repeat):
            return None
        exchange = found[min(self.served[key], len(found) - 1)]
        self.served[key] += 1
        return exchange


def _response(exchange: Exchange) -> httpx2.Response:
    headers = {"content-type": exchange.content_type}
    return httpx2.Response(exchange.status, headers=headers, content=exchange.content)


class RecordingTransport(httpx2.AsyncBaseTransport):
    """Sends requests on and appends every exchange to a file.

    What the file already holds is served from there and not asked again, so that a run that was
    killed goes on where it stopped. Delete the file to record anew.
    """

    def __init__(self, file: str | Path, inner: httpx2.AsyncBaseTransport | None = None) -> None:
        """Record into `file`, over `inner` or else the network.

        Raises:
            RecordingError: the file exists and holds something else.
            OutputError: the file cannot be written.
        """
        self.file = Path(file)
        self._inner = inner if inner is not None else httpx2.AsyncHTTPTransport()
        self._tape = _Tape(read_recording(self.file) if self.file.exists() else ())
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            self._descriptor = os.open(self.file, _APPEND, 0o644)
            self._mend_end()
        except OSError as error:
            raise self._unwritable(error) from error

    def _mend_end(self) -> None:
        """Drop a last line that a killed run has left half written, or end a whole one."""
        content = self.file.read_bytes()
        end = content.rfind(b"\n") + 1
        if is_whole(content[end:]):
            os.write(self._descriptor, b"\n")
        else:
            os.truncate(self._descriptor, end)

    def _unwritable(self, error: OSError) -> OutputError:
        return OutputError(
            f"the recording cannot be written ({error.strerror})", where=str(self.file)
        )

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Answer from the file or send the request on and record the exchange."""
        body = await request.aread()
        key = request_key(request.method, request.url.path, body)
        recorded = self._tape.next(key, repeat=False)
        if recorded is not None:
            return _response(recorded)
        said = {name: request.headers.pop(header, None) for name, header in _HEADERS.items()}
        started = time.monotonic()
        response = await self._inner.handle_async_request(request)
        content = await response.aread()
        await response.aclose()
        self._append(
            Exchange(
                key=key,
                **said,
                request={
                    "method": request.method,
                    "path": end_of(request.url.path),
                    "body": parsed(body),
                },
                status=response.status_code,
                content_type=response.headers.get("content-type", ""),
                content=_without_key(content, request.headers),
                seconds=round(time.monotonic() - started, 3),
            )
        )
        # The content is decoded by now, so what spoke of its encoding must go.
        gone = {"content-encoding", "content-length", "transfer-encoding"}
        headers = [(k, v) for k, v in response.headers.multi_items() if k.lower() not in gone]
        return httpx2.Response(response.status_code, headers=headers, content=content)

    def _append(self, exchange: Exchange) -> None:
        line = exchange.as_line()
        try:
            while line:
                line = line[os.write(self._descriptor, line) :]
        except OSError as error:
            raise self._unwritable(error) from error

    async def aclose(self) -> None:
        """Close the file and the transport below."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
        await self._inner.aclose()


def _without_key(content: bytes, headers: httpx2.Headers) -> bytes:
    """Servers may repeat the key they refuse; it must not get into the file."""
    for name in ("authorization", "api-key"):
        key = headers.get(name, "").removeprefix("Bearer ").encode()
        if len(key) >= 8:  # shorter ones are placeholders for servers that need none
            content = content.replace(key, b"[key]")
    return content


class Missing(NamedTuple):
    """A request for which a replay found no recording."""

    key: str
    prompt: str | None
    stale: str | None
    """The same prompt in the version that was recorded, if only its version has changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How the requests of a replay and the recording match."""

    used: tuple[Exchange, ...]
    missing: tuple[Missing, ...]
    orphaned: tuple[Exchange, ...]
    """Exchanges that no request asked for; refusals and failures are not counted as such."""


class ReplayTransport(httpx2.AsyncBaseTransport):
    """Answers from a recording alone; it has no way to reach a network.

    Identical requests are answered in the order of recording, and after the last one with that
    one again.
    """

    def __init__(self, file: str | Path) -> None:
        """Replay `file`.

        Raises:
            RecordingError: the file cannot be read or a line is broken.
        """
        self.file = Path(file)
        self._tape = _Tape(read_recording(self.file))
        self._missing: list[Missing] = []
        self.seconds = 0.0
        """Time the endpoint took for the exchanges served so far."""

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Answer from the recording; RecordingError if it has no such request."""
        key = request_key(request.method, request.url.path, await request.aread())
        exchange = self._tape.next(key, repeat=True)
        if exchange is None:
            raise self._not_recorded(key, request.headers.get(PROMPT_HEADER))
        self.seconds += exchange.seconds
        return _response(exchange)

    def _not_recorded(self, key: str, prompt: str | None) -> RecordingError:
        missing = Missing(key, prompt, self._other_version(prompt))
        self._missing.append(missing)
        request = f"prompt {prompt!r}, request {key[:12]}" if prompt else f"request {key[:12]}"
        what = (
            f"no recording of {request}: the prompt was recorded as {missing.stale!r}"
            if missing.stale
            else f"no recording of {request}"
        )
        return RecordingError(
            what, where=str(self.file), remedy=f"Record it with --record {self.file}"
        )

    def _other_version(self, prompt: str | None) -> str | None:
        recorded = {exchange.prompt for exchange in self._tape.exchanges if exchange.prompt}
        if prompt is None or prompt in recorded:
            return None
        name = prompt.rpartition("@")[0]
        return max((other for other in recorded if other.rpartition("@")[0] == name), default=None)

    def coverage(self) -> Coverage:
        """Which exchanges were used, which are missing, and which nobody asked for."""
        used, orphaned = [], []
        for key, exchanges in self._tape.by_key.items():
            served = self._tape.served[key]
            used += exchanges[:served]
            orphaned += [exchange for exchange in exchanges[served:] if exchange.status < 400]
        return Coverage(used=tuple(used), missing=tuple(self._missing), orphaned=tuple(orphaned))

    def endpoint(self) -> Endpoint | None:
        """The endpoint that was recorded last, as far as the recording tells; None if it does not.

        It serves to put the same requests again without any settings.
        """
        for exchange in reversed(self._tape.exchanges):
            kind, _, context = (exchange.endpoint or "").partition(" ")
            body = exchange.request.get("body")
            if kind in get_args(EndpointKind) and isinstance(body, dict) and "model" in body:
                return Endpoint(
                    kind=cast("EndpointKind", kind),
                    model=str(body["model"]),
                    base_url="http://replay.invalid/v1",
                    context_tokens=int(context) if context.isdecimal() else None,
                    api_version="replay" if kind == "azure" else None,
                )
        return None

    def knows(self, body: Mapping[str, Any]) -> bool:
        """Whether a chat completions request with this body was recorded."""
        return request_key("POST", "/chat/completions", compact(body)) in self._tape.by_key

    def capabilities(self) -> tuple[Capabilities, ...]:
        """The forms of request that were tried while recording, in order."""
        found: list[Capabilities] = []
        mode: Mode = LADDER[0]
        for exchange in self._tape.exchanges:
            body = exchange.request.get("body")
            if exchange.mode in LADDER:
                mode = exchange.mode
            if isinstance(body, dict):
                used = Capabilities.as_used(body, mode)
                found += [used] if used not in found else []
        return tuple(found)
