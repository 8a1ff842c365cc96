"""Finds lines that are not part of the article: links to other stories, forms, prompts, credits."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources

_DATE_LINE = re.compile(
    r"(?:\D{0,40})\b\d{1,4}[./ -]\s?(?:\d{1,2}|[^\W\d]{3,9})[., /-]{0,2}\s?\d{2,4}\b.{0,25}",
    re.DOTALL,
)


@cache
def _phrases() -> dict[str, dict[str, tuple[str, ...]]]:
    file = resources.files("dragoman") / "data" / "noise.toml"
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    return {
        reason: {how: tuple(words) for how, words in group.items()}
        for reason, group in data.items()
    }


def find_noise(lines: Sequence[str]) -> tuple[str | None, ...]:
    """Return for each paragraph why it is not part of the article, or None if it is."""
    return tuple(_reason(line) if number else None for number, line in enumerate(lines))


def _reason(line: str) -> str | None:
    folded = " ".join(line.casefold().split()).lstrip("►▶>»•–-*[( ")
    for reason, group in _phrases().items():
        if folded.rstrip(" :.!…)]") in group.get("whole", ()):
            return reason
        if any(folded.startswith(phrase) for phrase in group.get("starts", ())):
            return reason
        if len(folded) < 300 and any(phrase in folded for phrase in group.get("contains", ())):
            return reason
    if len(line) < 60 and _DATE_LINE.fullmatch(line):
        return "time stamp"
    return None
