"""Recorded exchanges with a model, and the file of JSON Lines they are kept in.

An exchange is found again by the hash of its canonical request: method, end of the path and JSON
body, whatever the host, the key or the order of keys. Of the headers only the response's content
type is kept.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dragoman.errors import RecordingError

_FORMAT = 1
_BROKEN = (ValueError, KeyError, TypeError, AttributeError)  # by a line that is not ours


def request_key(method: str, path: str, body: bytes) -> str:
    """Hash by which a request is found again (SHA-256, hexadecimal)."""
    canonical = {"method": method, "path": end_of(path), "body": parsed(body)}
    text = json.dumps(canonical, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def end_of(path: str) -> str:
    """The last two parts of a path: what is asked, without where the server keeps its API."""
    return "/" + "/".join(path.strip("/").split("/")[-2:])


def parsed(body: bytes) -> Any:
    """The body of a request as JSON, or as text if it is none."""
    try:
        return json.loads(body)
    except ValueError:
        return body.decode(errors="replace")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One recorded request and its response."""

    key: str
    prompt: str | None
    """Name and version of the prompt, `name@version`."""
    mode: str | None
    endpoint: str | None
    request: Mapping[str, Any]
    status: int
    content_type: str
    content: bytes = field(repr=False)
    seconds: float
    """How long the endpoint took."""

    def as_line(self) -> bytes:
        """The exchange as one line of JSON."""
        line = {
            "recording": _FORMAT,
            "key": self.key,
            "prompt": self.prompt,
            "mode": self.mode,
            "endpoint": self.endpoint,
            "request": self.request,
            "response": {
                "status": self.status,
                "content_type": self.content_type,
                **_readable(self.content),
            },
            "seconds": self.seconds,
        }
        return json.dumps(line, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"

    @classmethod
    def from_line(cls, line: bytes) -> Exchange:
        """Read a line back; ValueError, KeyError or TypeError if it is not one of ours."""
        values = json.loads(line.decode("utf-8", "surrogatepass"))
        if values["recording"] != _FORMAT:
            raise ValueError("unknown format")
        response = values["response"]
        return cls(
            key=str(values["key"]),
            prompt=values["prompt"],
            mode=values["mode"],
            endpoint=values["endpoint"],
            request=dict(values["request"]),
            status=int(response["status"]),
            content_type=str(response["content_type"]),
            content=_original(response),
            seconds=float(values["seconds"]),
        )


def compact(value: object) -> bytes:
    """JSON in UTF-8 without white space, characters as they are."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def _readable(content: bytes) -> dict[str, Any]:
    """The content as JSON if that gives back the very same bytes, else as text, else base64."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(content).decode()}
    try:
        value = json.loads(text)
    except ValueError:
        return {"text": text}
    return {"json": value} if compact(value) == content else {"text": text}


def _original(response: Mapping[str, Any]) -> bytes:
    if "json" in response:
        return compact(response["json"])
    if "text" in response:
        return str(response["text"]).encode()
    return base64.b64decode(response["base64"])


def read_recording(file: Path) -> tuple[Exchange, ...]:
    """All exchanges of a recording, in order. A last line that was cut off is left out.

    Raises:
        RecordingError: the file cannot be read or a line is broken.
    """
    try:
        content = file.read_bytes()
    except OSError as error:
        raise RecordingError(
            f"the recording cannot be read ({error.strerror})",
            where=str(file),
            remedy="Record it with --record FILE",
        ) from error
    *lines, tail = content.split(b"\n")
    if is_whole(tail):
        lines.append(tail)
    exchanges = []
    for number, line in enumerate(lines, start=1):
        try:
            exchanges.append(Exchange.from_line(line))
        except _BROKEN as error:
            raise RecordingError(
                f"line {number} is not a recorded exchange",
                where=str(file),
                remedy="Delete the line or the file and record again with --record FILE",
            ) from error
    return tuple(exchanges)


def is_whole(line: bytes) -> bool:
    """Whether `line` is a recorded exchange, not one that was cut off."""
    try:
        Exchange.from_line(line)
    except _BROKEN:
        return False
    return True
