"""Reads briefs back that were stored as JSON or JSON Lines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from dragoman.errors import InputError

if TYPE_CHECKING:
    from dragoman.schemas.brief import Brief


def read_brief(path: Path) -> Brief:
    """The one brief of a JSON file.

    Raises:
        InputError: if the file cannot be read or is not exactly one brief.
    """
    briefs = tuple(read_briefs(path))
    if len(briefs) != 1:
        raise InputError(f"holds {len(briefs)} briefs where one is wanted", where=str(path))
    return briefs[0]


def read_briefs(path: Path) -> Iterator[Brief]:
    """The briefs of a file: a JSON document, or JSON Lines with one brief a line.

    Raises:
        InputError: if the file cannot be read or something in it is not a brief.
    """
    text = _read(path)
    lines = [line for line in text.split("\n") if line.strip()]
    if not lines:
        raise InputError("the file is empty", where=str(path))
    if len(lines) > 1 and all(line.startswith("{") and line.endswith("}") for line in lines):
        for number, line in enumerate(lines, start=1):
            yield parse_brief(line, f"{path}, line {number}")
    else:
        yield parse_brief(text, str(path))


def parse_brief(text: str, where: str) -> Brief:
    """A brief from its JSON.

    Raises:
        InputError: if the text is not a brief; names the first thing that is wrong.
    """
    from dragoman.schemas.brief import SCHEMA_VERSION, Brief

    try:
        return Brief.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        detail = f"{place}: {first['msg']}" if place else str(first["msg"])
        raise InputError(
            f"not a brief ({detail})",
            where=where,
            remedy=f"Give a brief as --format json writes it (schema {SCHEMA_VERSION})",
        ) from error


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("not a text file in UTF-8", where=str(path)) from error
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", where=str(path)) from error
