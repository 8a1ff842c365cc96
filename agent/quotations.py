"""Finds quotations, also those that run over sentences, paragraphs and noise lines.

Quotation marks in machine-translated text are unreliable: mixed kinds, straight marks, stray
spaces, missing ones. What a mark does is told from its form and from the white space around
it. Of the journalistic conventions two are known: a paragraph that continues a quotation
starts with another opening mark, and a quotation may end some paragraphs after it began.
Apostrophes and marks of measure are not quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from dragoman.sentences import Stretch


class QuotedStretch(NamedTuple):
    """A quotation, its marks included, in code points of the text."""

    start: int
    end: int
    closed: bool
    """Whether it ends in a closing mark; if not, it ends with its paragraph."""


class _Role(Enum):
    OPENS = "opens"
    CLOSES = "closes"
    EITHER = "either"


class _Mark(NamedTuple):
    offset: int
    role: _Role
    straight: bool


class _Scan(NamedTuple):
    pairs: list[tuple[int, int]]
    open: int | None


_DOUBLE = re.compile('["„“”‟«»「」『』＂]')
_SINGLE = re.compile("[‚‘’'‹›]")
_BEFORE_OPENING = frozenset("([{—–-:/¿¡…")
_AFTER_CLOSING = frozenset(")]}.,;:!?…—–-/")
_ALWAYS = {
    "„": _Role.OPENS,
    "「": _Role.OPENS,
    "『": _Role.OPENS,
    "」": _Role.CLOSES,
    "』": _Role.CLOSES,
}
_LOOK_AHEAD = 8
_LONGEST_SINGLE = 300


def find_quotations(
    text: str, stretches: Sequence[Stretch], titles: frozenset[int] = frozenset()
) -> tuple[QuotedStretch, ...]:
    """Return the quotations of a text in order; none overlaps another.

    Args:
        text: the whole text.
        stretches: the paragraphs that are part of the article, in order.
        titles: indices of paragraphs whose quotations never run on.
    """
    marks = [_marks(text, stretch) for stretch in stretches]
    found: list[QuotedStretch] = []
    running: int | None = None
    for number, stretch in enumerate(stretches):
        here = marks[number]
        implied = None
        if running is not None and here and here[0].offset == stretch.start:
            here = here[1:] if here[0].role is not _Role.CLOSES else here
        elif running is None:
            here, implied = _implied_opening(text, stretch, here)
        scan = _scan(here, running)
        if implied is not None:
            scan.pairs.insert(0, implied)
        found.extend(
            QuotedStretch(start, end, True)
            for start, end in scan.pairs
            if any(character.isalnum() for character in text[start:end])
        )
        found.extend(_single(text, stretch, scan, running))
        running = scan.open
        if running is not None and (number in titles or not _runs_on(number, stretches, marks)):
            found.append(QuotedStretch(running, stretch.end, False))
            running = None
    return tuple(sorted(found))


def _marks(text: str, stretch: Stretch) -> list[_Mark]:
    guillemets_point_in = _guillemets_point_in(text, stretch)
    return [
        _Mark(match.start(), role, match.group() in '"＂')
        for match in _DOUBLE.finditer(text, stretch.start, stretch.end)
        if (role := _role(text, match.start(), stretch, guillemets_point_in)) is not None
    ]


def _guillemets_point_in(text: str, stretch: Stretch) -> bool:
    """Tell whether guillemets stand as in German, »so«, rather than as in French, « so »."""
    first = re.compile("[«»]").search(text, stretch.start, stretch.end)
    if first is None:
        return False
    return first.group() == "»" and _role_by_space(text, first.start(), stretch) is not _Role.CLOSES


def _role(text: str, offset: int, stretch: Stretch, guillemets_point_in: bool) -> _Role | None:
    character = text[offset]
    if character in "«»":
        return _Role.OPENS if (character == "»") == guillemets_point_in else _Role.CLOSES
    fixed = _ALWAYS.get(character)
    if fixed is not None:
        return fixed
    role = _role_by_space(text, offset, stretch)
    if character == "”" and role is _Role.EITHER:
        return _Role.CLOSES
    if character == '"' and offset > stretch.start and text[offset - 1].isdigit():
        return None if role is _Role.CLOSES and _is_measure(text, offset) else role
    return role


def _is_measure(text: str, offset: int) -> bool:
    """Tell whether a mark after a digit is one of inches, as in 5'11" or 24" wide."""
    before = text[max(0, offset - 12) : offset]
    return bool(re.search(r"(?:^|\s)\d{1,3}(?:['’]\d{1,2}|[.,]\d)?$", before)) and '"' not in before


def _role_by_space(text: str, offset: int, stretch: Stretch) -> _Role:
    before = text[offset - 1] if offset > stretch.start else " "
    after = text[offset + 1] if offset + 1 < stretch.end else " "
    if (before.isspace() or before in _BEFORE_OPENING or _DOUBLE.match(before)) and (
        after.isalnum() or after in "([¿¡…‚‘'$€£#@"
    ):
        return _Role.OPENS
    if before.isspace() and after.isspace() and text[:offset].rstrip()[-1:] in (",", ".", "!", "?"):
        return _Role.CLOSES
    if after in ",;" or (not before.isspace() and (after.isspace() or _follows_closing(after))):
        return _Role.CLOSES
    return _Role.EITHER


def _follows_closing(character: str) -> bool:
    return character in _AFTER_CLOSING or bool(_DOUBLE.match(character))


def _implied_opening(
    text: str, stretch: Stretch, marks: list[_Mark]
) -> tuple[list[_Mark], tuple[int, int] | None]:
    """Recognise a paragraph that starts as a quotation whose opening mark was lost.

    The sign is a first mark that closes, next to a comma, as in: This is ours," he said.
    """
    if not marks or marks[0].role is not _Role.CLOSES:
        return marks, None
    if len(marks) > 1 and marks[1].role is not _Role.OPENS:
        return marks, None
    offset = marks[0].offset
    before, after = text[stretch.start : offset].rstrip()[-1:], text[offset + 1 : offset + 2]
    if after == "," or (before in (",", "!", "?") and offset + 1 < stretch.end):
        return marks[1:], (stretch.start, offset + 1)
    return marks, None


def _scan(marks: Sequence[_Mark], running: int | None) -> _Scan:
    """Pair the marks of one paragraph, with nested quotations inside their outer one."""
    scan = _pair(marks, running, nested=True)
    return scan if scan.open is None else _pair(marks, running, nested=False)


def _pair(marks: Sequence[_Mark], running: int | None, *, nested: bool) -> _Scan:
    pairs: list[tuple[int, int]] = []
    start, depth = running, int(running is not None)
    for index, mark in enumerate(marks):
        if start is None:
            if mark.role is _Role.CLOSES and not _opens_after_all(marks, index):
                continue
            start, depth = mark.offset, 1
        elif mark.role is _Role.OPENS:
            depth += nested
        else:
            depth -= 1
            if depth == 0:
                pairs.append((start, mark.offset + 1))
                start = None
    return _Scan(pairs, start)


def _opens_after_all(marks: Sequence[_Mark], index: int) -> bool:
    """Tell whether a mark that looks like closing opens, as in: eine" Falle " für."""
    following = marks[index + 1] if index + 1 < len(marks) else None
    return marks[index].straight and following is not None and following.role is not _Role.OPENS


def _runs_on(number: int, stretches: Sequence[Stretch], marks: Sequence[Sequence[_Mark]]) -> bool:
    """Tell whether a quotation open at the end of a paragraph goes on in the following ones."""
    for following in range(number + 1, min(len(stretches), number + 1 + _LOOK_AHEAD)):
        if marks[following]:
            first = marks[following][0]
            begins = first.offset == stretches[following].start
            if begins and following == number + 1:
                return True
            return not begins and first.role is _Role.CLOSES
    return False


def _single(
    text: str, stretch: Stretch, scan: _Scan, running: int | None
) -> Iterator[QuotedStretch]:
    """Yield quotations in single marks that stand outside those in double marks."""
    taken = iter([*scan.pairs, *([(scan.open, stretch.end)] if scan.open is not None else [])])
    barrier = next(taken, None)
    start: int | None = None
    position = stretch.start
    for match in _SINGLE.finditer(text, stretch.start, stretch.end):
        position = match.start()
        while barrier and barrier[1] <= position:
            start = None
            barrier = next(taken, None)
        if barrier and barrier[0] <= position:
            start = None
            continue
        before = text[position - 1] if position > stretch.start else " "
        after = text[position + 1] if position + 1 < stretch.end else " "
        if start is not None and not before.isspace() and not after.isalnum():
            if position - start <= _LONGEST_SINGLE:
                yield QuotedStretch(start, position + 1, True)
            start = None
        elif (before.isspace() or before in "([{") and after.isalpha() and match.group() != "’":
            start = position
