"""Puts a rendered brief where it is wanted: standard output or a file, whole or not at all."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from dragoman.errors import OutputError


def deliver(content: str | bytes, target: Path | None) -> None:
    """Write to a file, or to standard output where none is given.

    A file is written beside its place first and then moved there, so that an interrupted or
    failed write leaves no half of it and does not spoil what was there.

    Raises:
        OutputError: if the file cannot be written, or bytes would go to a terminal.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    if target is not None:
        _write_file(data, target)
        return
    if isinstance(content, bytes) and sys.stdout.isatty():
        raise OutputError(
            "this format is not text and cannot be shown in a terminal",
            remedy="Give a file with --output, or a section with --section",
        )
    sys.stdout.flush()
    stream = getattr(sys.stdout, "buffer", None)
    if stream is not None:
        stream.write(data)
        stream.flush()
    else:
        sys.stdout.write(data.decode("utf-8"))


def _write_file(data: bytes, target: Path) -> None:
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        temporary = Path(name)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(target)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise OutputError(
            f"cannot be written: {error.strerror or error}", where=str(target)
        ) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def terminal_style(target: Path | None, colour: bool | None) -> tuple[int | None, bool]:
    """Columns and colour for text on its way to a target.

    Colour is used on a terminal only, and not where NO_COLOR is set (no-color.org), unless it was
    asked for; columns are the terminal's, and left open for files and pipes.
    """
    to_terminal = target is None and sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if to_terminal else None
    if colour is not None:
        return width, colour
    return width, to_terminal and not os.environ.get("NO_COLOR") and os.environ.get(
        "TERM"
    ) != "dumb"
