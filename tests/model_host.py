"""A small model in a catalogue of its own, and a real web server that gives it.

The server understands ranges unless told otherwise, and can break off after some bytes.
"""

from __future__ import annotations

import hashlib
import json
import threading
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

MODEL = b"GGUF" + bytes(range(256)) * 2000
"""Bytes of the model: not one llama.cpp could load, but as good to fetch as any."""

PART_BYTES = 200_000
"""Bytes of every part but the last, where the model comes in wheels."""


def write_catalogue(
    file: Path, *, url: str | None = None, wheels: bool = False, content: bytes = MODEL
) -> None:
    """Write a catalogue with the one model `tiny`, by default, and where it can be had."""
    sources = []
    if url is not None:
        sources.append(f'[[models.tiny.sources]]\nkind = "file"\nurl = "{url}"')
    if wheels:
        sources.append(
            '[[models.tiny.sources]]\nkind = "wheels"\ndistribution = "tiny-part{part}"\n'
            f'version = "1.0"\nparts = 3\npart_bytes = {PART_BYTES}\n'
            'member = "*/data/part{part:02}.bin"'
        )
    head = {
        "title": "Tiny",
        "file": "tiny.gguf",
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "license": "MIT",
    }
    lines = [f"{key} = {json.dumps(value)}" for key, value in head.items()]
    text = ['default = "tiny"', "[models.tiny]", *lines, *sources]
    file.write_text("\n".join(text) + "\n", encoding="utf-8")


def write_wheels(folder: Path, content: bytes = MODEL, parts: Sequence[int] = (1, 2, 3)) -> None:
    """Write the wheels of these parts, of which pip would take any, none may be imported."""
    for part in parts:
        name = f"tiny_part{part}"
        start = (part - 1) * PART_BYTES
        end = start + PART_BYTES if part < 3 else len(content)
        with zipfile.ZipFile(folder / f"{name}-1.0-py3-none-any.whl", "w") as wheel:
            wheel.writestr(f"{name}/__init__.py", "raise SystemExit('imported')")
            wheel.writestr(f"{name}/data/part{part:02}.bin", content[start:end])
            info = f"{name}-1.0.dist-info"
            wheel.writestr(
                f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n"
            )
            wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
            wheel.writestr(f"{info}/RECORD", "")


@dataclass
class Host:
    """What the server gives and what it was asked."""

    content: bytes = MODEL
    """The file it has."""

    status: int | None = None
    """Status it answers with instead of the file."""

    ranges: bool = True
    """Whether it understands ranges."""

    break_off: list[int] = field(default_factory=list)
    """For each of the next requests, the bytes after which it closes the connection."""

    asked: list[str | None] = field(default_factory=list)
    """The range of each request so far."""

    url: str = ""
    """Address of the file."""


@contextmanager
def hosting() -> Iterator[Host]:
    """A server for the length of the block."""
    host = Host()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            _answer(self, host)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    host.url = f"http://127.0.0.1:{server.server_port}/tiny.gguf"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield host
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _answer(handler: BaseHTTPRequestHandler, host: Host) -> None:
    wanted = handler.headers["Range"]
    host.asked.append(wanted)
    if host.status is not None:
        handler.send_response(host.status)
        handler.send_header("Content-Length", "0")
        handler.end_headers()
        return
    start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted and host.ranges else 0
    body = host.content[start:]
    handler.send_response(206 if start else 200)
    handler.send_header("Content-Length", str(len(body)))
    if start:
        last = len(host.content) - 1
        handler.send_header("Content-Range", f"bytes {start}-{last}/{len(host.content)}")
    handler.end_headers()
    handler.wfile.write(body[: host.break_off.pop(0)] if host.break_off else body)
    handler.close_connection = True
