"""A real chat completions server on this machine that fails in the ways real ones do.

Only a real server can hang, break off a body or send it drop by drop; everything else is tested
with respx. `completion` builds the JSON of a chat completion for both.
"""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections import deque
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self


def completion(
    content: str | None = "",
    *,
    finish_reason: str = "stop",
    tokens: tuple[int, int, int] | None = (100, 10, 0),
    logprobs: list[dict[str, Any]] | None = None,
    **message: Any,
) -> dict[str, Any]:
    """The JSON of a chat completion; `tokens` are those read, written, and read from the cache."""
    choice = {
        "index": 0,
        "message": {"role": "assistant", "content": content, **message},
        "finish_reason": finish_reason,
        "logprobs": {"content": logprobs} if logprobs is not None else None,
    }
    result: dict[str, Any] = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 0,
        "model": "test",
        "choices": [choice],
    }
    if tokens is not None:
        read, written, cached = tokens
        result["usage"] = {
            "prompt_tokens": read,
            "completion_tokens": written,
            "total_tokens": read + written,
            "prompt_tokens_details": {"cached_tokens": cached},
        }
    return result


Behaviour = Callable[[BaseHTTPRequestHandler, threading.Event], None]


def answers(content: str) -> Behaviour:
    """Answers at once with `content`."""

    def behave(handler: BaseHTTPRequestHandler, _stop: threading.Event) -> None:
        _head(handler, len(body))
        handler.wfile.write(body)

    body = json.dumps(completion(content)).encode()
    return behave


def hangs(_handler: BaseHTTPRequestHandler, stop: threading.Event) -> None:
    """Takes the request and says nothing."""
    stop.wait(30)


def resets(handler: BaseHTTPRequestHandler, _stop: threading.Event) -> None:
    """Resets the connection instead of answering."""
    no_linger = struct.pack("ii", 1, 0)
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, no_linger)
    handler.connection.close()


def breaks_off(handler: BaseHTTPRequestHandler, _stop: threading.Event) -> None:
    """Announces more of a body than it sends."""
    _head(handler, 1000)
    handler.wfile.write(b'{"choices": [{"mess')


def drips(handler: BaseHTTPRequestHandler, stop: threading.Event) -> None:
    """Sends the body byte by byte, so that no single read ever times out."""
    body = json.dumps(completion("late")).encode()
    _head(handler, len(body))
    for byte in body:
        if stop.wait(0.05):
            return
        handler.wfile.write(bytes([byte]))
        handler.wfile.flush()


def _head(handler: BaseHTTPRequestHandler, length: int) -> None:
    handler.send_response(200)
    handler.send_header("content-type", "application/json")
    handler.send_header("content-length", str(length))
    handler.end_headers()


class Server:
    """Behaves in one of the ways above for each request; the last way is kept up."""

    def __init__(self, *behaviours: Behaviour) -> None:
        self.requests: list[dict[str, Any]] = []
        """Bodies of the requests received."""
        self.headers: list[dict[str, str]] = []
        """Headers of the requests received, names in lower case."""
        left = deque(behaviours)
        lock, stop = threading.Lock(), threading.Event()
        requests, headers = self.requests, self.headers

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                with lock:
                    requests.append(json.loads(body))
                    headers.append({name.lower(): value for name, value in self.headers.items()})
                    behave = left.popleft() if len(left) > 1 else left[0]
                try:
                    behave(self, stop)
                except OSError:  # the client has gone, as it should
                    self.close_connection = True

            def log_message(self, *_args: object) -> None:
                pass

        self._stop = stop
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.handle_error = lambda *_args: None  # type: ignore[method-assign] # resets are meant
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,))

    @property
    def base_url(self) -> str:
        """Address for an endpoint."""
        return f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop.set()
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
