"""Makes text from articles and models harmless to show: no escape sequences, no hidden order."""

from __future__ import annotations

import re
from typing import Final

# Explicit bidirectional controls can make a line read as something it does not say
# (CVE-2021-42574); the plain marks U+200E and U+200F cannot and are left alone.
_BIDI: Final = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_KEPT: Final = "\t\n"
_VISIBLE: Final[dict[int, int | str]] = {
    **{code: 0x2400 + code for code in range(0x20) if chr(code) not in _KEPT},
    0x7F: 0x2421,
    **{code: f"[U+{code:04X}]" for code in range(0x80, 0xA0)},
    0x85: " ",  # the C1 control "next line" does occur in scraped text
    **{ord(control): f"[U+{ord(control):04X}]" for control in _BIDI},
    0x2028: "\n",
    0x2029: "\n",
    **dict.fromkeys(range(0xD800, 0xE000), 0xFFFD),
}
_WHITESPACE: Final = re.compile(r"\s+")


def visible(text: str) -> str:
    """The text with every control character made visible, so that none takes effect.

    Escape sequences show as "␛[31m", an order override as "[U+202E]"; tabs and line breaks
    stay. Lone surrogates, which cannot be written as UTF-8, become U+FFFD.
    """
    return text.replace("\r\n", "\n").translate(_VISIBLE)


def line(text: str) -> str:
    """The text as `visible` shows it, on one line with single spaces."""
    return _WHITESPACE.sub(" ", visible(text)).strip()


def shorten(text: str, length: int) -> str:
    """The text on one line and at most `length` characters, an ellipsis where it was cut."""
    whole = line(text)
    if len(whole) <= length:
        return whole
    return whole[: length - 1].rstrip() + "…"
