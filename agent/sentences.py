"""Cuts a text into paragraphs and sentences; every piece is a pair of offsets into the text."""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from choppa import SrxDocument


class Stretch(NamedTuple):
    """A part of the text from `start` up to, but not including, `end`, in code points."""

    start: int
    end: int


_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_FIRST_WORD = re.compile(r"\S+")
_WIDEST_WRAPPED_LINE = 120
_NARROWEST_WRAPPED_LINE = 40

_STOPS = frozenset(".!?…:;。！？")
_WINDOW_CHARACTERS = 2000
_WINDOW_STOPS = 12
_FEWEST_CHARACTERS_A_STOP = 6

_NO_END = re.compile(r"(?:\d\.|(?:[Ss]tr|\bM(?:me|mes|M|lle|gr)|\bMrs?|\bNo|\bNr)\.\s+)$")
"""What the rules take for the end of a sentence, and what is none: 24.Februar, Hauptstr. 5."""

_BETWEEN_QUOTATIONS = re.compile(r"[.!?…]\s?[”“]\s+(?=[“„])")
_INNER_STOP = re.compile(r"[.!?…:;][^\w\s]*\s|[。！？]")


def paragraphs(text: str) -> tuple[Stretch, ...]:
    """Return the paragraphs of a text, without surrounding white space.

    A line is a paragraph, unless the text is wrapped at a fixed width: then lines belong
    together as long as the next line's first word would not have fitted onto the line before.
    """
    lines = tuple(_stripped_lines(text))
    width = _wrapping_width(text, lines)
    if width is None:
        return lines
    result: list[Stretch] = []
    for number, line in enumerate(lines):
        if number and _wrapped(text, lines[number - 1], line, width):
            result[-1] = Stretch(result[-1].start, line.end)
        else:
            result.append(line)
    return tuple(result)


def _stripped_lines(text: str) -> Iterator[Stretch]:
    for match in _LINE.finditer(text):
        line = match.group()
        stripped = line.strip()
        if stripped:
            start = match.start() + len(line) - len(line.lstrip())
            yield Stretch(start, start + len(stripped))


def _wrapping_width(text: str, lines: tuple[Stretch, ...]) -> int | None:
    """Return the width at which a text was wrapped, or None if it was not."""
    width = max((line.end - line.start for line in lines), default=0)
    if not _NARROWEST_WRAPPED_LINE <= width <= _WIDEST_WRAPPED_LINE:
        return None
    adjacent = [
        _wrapped(text, before, after, width)
        for before, after in pairwise(lines)
        if _line_breaks(text, before, after) == 1
    ]
    if len(adjacent) < 3 or sum(adjacent) < 0.7 * len(adjacent):
        return None
    return width


def _wrapped(text: str, before: Stretch, after: Stretch, width: int) -> bool:
    if _line_breaks(text, before, after) != 1:
        return False
    first = _FIRST_WORD.match(text, after.start, after.end)
    word = first.end() - first.start() if first else 0
    return before.end - before.start + 1 + word > width


def _line_breaks(text: str, before: Stretch, after: Stretch) -> int:
    gap = text[before.end : after.start].replace("\r\n", "\n")
    return sum(1 for character in gap if character.isspace() and not _LINE.match(character))


def split_sentences(text: str, stretch: Stretch, language: str) -> Iterator[Stretch]:
    """Yield the sentences of one paragraph, without the white space between them.

    The rules are those of LanguageTool (SRX), by choppa. They are asked about windows of
    bounded size only, since some of their patterns take cubic time on long runs of stops.

    Args:
        text: the whole text.
        stretch: the paragraph within it.
        language: ISO 639-1 code; languages without rules are split by the English ones.
    """
    plain = _plain(text[stretch.start : stretch.end], language)
    start = 0
    for end in _breaks(plain, language):
        piece = plain[start:end]
        stripped = piece.strip()
        if stripped:
            first = stretch.start + start + len(piece) - len(piece.lstrip())
            yield Stretch(first, first + len(stripped))
        start = end


def _breaks(plain: str, language: str) -> Iterator[int]:
    """Yield the offsets after each sentence; the last is the length of the text.

    What the rules do not break in 2000 characters is no sentence, and cut at white space.
    """
    start = last = 0
    while start < len(plain):
        end = _window_end(plain, start)
        breaks = (
            [] if _is_debris(plain, start, end) else _breaks_within(plain, start, end, language)
        )
        yield from breaks
        if breaks:
            start = last = breaks[-1]
            continue
        start = end
        if end == len(plain) or end - last >= _WINDOW_CHARACTERS:
            last = end
            yield end


def _breaks_within(plain: str, start: int, end: int, language: str) -> list[int]:
    """Return the offsets within a window after which a sentence ends, the window's end excluded."""
    if not _INNER_STOP.search(plain, start, end):
        return []
    window = plain[start:end]
    found = list(accumulate(len(segment) for segment in _segments(window, language)))
    found.extend(match.end() for match in _BETWEEN_QUOTATIONS.finditer(window))
    return [
        start + position
        for position in sorted(set(found))
        if position < len(window) and not _NO_END.search(window, max(0, position - 12), position)
    ]


def _window_end(plain: str, start: int) -> int:
    """Return where a window ends: never inside a word, after so many stops or characters."""
    stops = 0
    last_space = start
    for position in range(start, min(len(plain), start + _WINDOW_CHARACTERS)):
        character = plain[position]
        if character.isspace():
            last_space = position
            if stops >= _WINDOW_STOPS:
                return position + 1
        elif character in _STOPS:
            stops += 1
    if start + _WINDOW_CHARACTERS >= len(plain):
        return len(plain)
    return last_space + 1 if last_space > start else start + _WINDOW_CHARACTERS


def _is_debris(plain: str, start: int, end: int) -> bool:
    """Tell whether a window is mostly stops, as in a table of contents or an attack."""
    stops = sum(plain.count(stop, start, end) for stop in _STOPS)
    return stops >= _WINDOW_STOPS and end - start < stops * _FEWEST_CHARACTERS_A_STOP


def _plain(paragraph: str, language: str) -> str:
    """Return the paragraph with line breaks and quotation marks the rules know, same length."""
    opening, closing = ("„", "“") if language == "de" else ("“", "”")
    characters = list(paragraph)
    for position, character in enumerate(characters):
        if character in "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029":
            characters[position] = " "
        elif character in '“”„‟«»"':
            before = characters[position - 1] if position else " "
            after = characters[position + 1] if position + 1 < len(characters) else " "
            if character in "«»" and language != "de":
                opens = character == "«"
            else:
                opens = (before.isspace() or before in "([{—–-") and not after.isspace()
            characters[position] = opening if opens else closing
    return "".join(characters)


def _segments(plain: str, language: str) -> Iterator[str]:
    from choppa import SrxTextIterator

    segments: Iterator[str] = SrxTextIterator(_rules(), f"{_rule_language(language)}_two", plain)
    return segments


@cache
def _rules() -> SrxDocument:
    from choppa import DEFAULT_SRX_RULESET, SrxDocument

    return SrxDocument(ruleset=DEFAULT_SRX_RULESET)


@cache
def _rule_language(language: str) -> str:
    """Return the language whose rules are to be used; those without any get the English ones."""

    def count(code: str) -> int:
        return len(_rules().get_language_rule_list(f"{code}_two"))

    return language if count(language) > count("und") else "en"
