"""Turns files, standard input, bytes and web pages into text, or says why that cannot be done."""

from __future__ import annotations

import codecs
import re
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from dragoman.errors import InputError

LARGEST_FILE: Final = 10_000_000
"""Most bytes that are read. A web page may have far more bytes than its article has."""

STANDARD_INPUT: Final = "standard input"

_SHORTEST_PAGE = 80
"""Characters of text below which a page holds no article, but a menu or a notice."""

_REMEDY = "Give a text or HTML file with one news article"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_KINDS = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x1f\x8b", "a compressed file"),
    (b"{\\rtf", "an RTF document"),
)
_DECLARED = re.compile(
    rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE
)
_HTML = re.compile(
    r"<(?:!doctype html|html|head|body|article|main|div|p|h1|meta)[\s>]", re.IGNORECASE
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")


@dataclass(frozen=True, slots=True)
class WebPage:
    """The article of a web page, and what the page says of it."""

    text: str
    """Headline first, one paragraph a line."""
    language: str | None
    published: date | None
    outlet: str | None
    uri: str | None


def read_path(path: Path) -> bytes:
    """Return the content of a file.

    Raises:
        InputError: if there is no such file, it is a directory, too large, or not readable.
    """
    where = str(path)
    try:
        if path.is_dir():
            raise InputError("is a directory", where=where, remedy="Give the files in it instead")
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        remedy = "Check the name; '-' reads standard input"
        raise InputError("there is no such file", where=where, remedy=remedy) from None
    except PermissionError:
        raise InputError("may not be read", where=where, remedy="Check its permissions") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the name cannot be used"
        raise InputError(f"cannot be read: {reason}", where=where, remedy=_REMEDY) from None
    return _limited(data, where)


def read_standard_input() -> bytes:
    """Return what stands on standard input.

    Raises:
        InputError: if it is too large.
    """
    return _limited(sys.stdin.buffer.read(LARGEST_FILE + 1), STANDARD_INPUT)


def _limited(data: bytes, where: str) -> bytes:
    if len(data) > LARGEST_FILE:
        what = f"more than {LARGEST_FILE:,} bytes are too many for an article"
        raise InputError(what, where=where, remedy="Give one article a file")
    return data


def decode(data: bytes, where: str | None = None) -> str:
    """Return the text that bytes stand for.

    Tried in order: a byte-order mark, UTF-8, the encoding an HTML page declares, Windows-1252.
    UTF-8 with a few broken bytes is taken as UTF-8, with U+FFFD in their place.

    Raises:
        InputError: if the bytes are not text, or their encoding cannot be told.
    """
    for start, kind in _KINDS:
        if data.startswith(start):
            raise InputError(f"is {kind}, not text", where=where, remedy=_REMEDY)
    text = _decoded(data)
    if text is None:
        what = "is not text, or its encoding cannot be told"
        raise InputError(what, where=where, remedy="Save it as UTF-8 text")
    if len(_CONTROL.findall(text[:20_000])) > len(text[:20_000]) // 100:
        raise InputError("is a binary file, not text", where=where, remedy=_REMEDY)
    return text


def _decoded(data: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding)
    text = _strict(data, "utf-8")
    if text is not None:
        return text
    mended = data.decode("utf-8", "replace")
    foreign = sum(1 for character in mended if character > "\x7f")
    if mended.count("\ufffd") * 10 <= foreign:
        return mended
    declared = _DECLARED.search(data[:4096])
    encodings = [declared.group(1).decode("ascii")] if declared else []
    for encoding in [*encodings, "cp1252"]:
        text = _strict(data, encoding)
        if text is not None:
            return text
    return None


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def looks_like_html(text: str) -> bool:
    """Tell whether a text is a web page rather than plain text."""
    start = text.lstrip("\ufeff \t\r\n")[:4096]
    return start.startswith("<") and _HTML.search(start) is not None


def read_page(html: str, where: str | None = None) -> WebPage:
    """Return the article of a web page, found by trafilatura.

    Raises:
        InputError: if the page holds no article, or trafilatura is not installed.
    """
    try:
        from trafilatura import bare_extraction
    except ImportError:
        remedy = "Install it with: pip install 'dragoman[html]'"
        raise InputError("HTML needs trafilatura", where=where, remedy=remedy) from None
    found = bare_extraction(
        html,
        url=where if where and where.startswith(("http://", "https://")) else None,
        favor_precision=True,
        include_comments=False,
        include_tables=False,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    document = found.as_dict() if found is not None and not isinstance(found, dict) else found
    body = str((document or {}).get("text") or "").strip()
    if not document or len(body) < _SHORTEST_PAGE:
        remedy = "Save the article's text and give that"
        raise InputError("the page holds no article", where=where, remedy=remedy)
    title = " ".join(str(document.get("title") or "").split())
    return WebPage(
        text=body if not title or body.startswith(title) else f"{title}\n\n{body}",
        language=_language(document.get("language")),
        published=_date(document.get("date")),
        outlet=document.get("sitename") or None,
        uri=document.get("url") or None,
    )


def _language(code: object) -> str | None:
    return code[:2].lower() if isinstance(code, str) and re.match(r"[A-Za-z]{2}\b", code) else None


def _date(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None
