"""Tells headlines of other stories, left between paragraphs, from an article's sub-headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_FEWEST_WORDS, _MOST_WORDS = 3, 24
_FEWEST_WORDS_BEFORE_TEXT = 5
_SECTION = 6
_WORD = re.compile(r"[^\W\d_]{3,}")
_STEM = 5
_LONG_WORD = 6
_END = re.compile(r"[.!?…:;,。！？][\"“”„«»‘’'()\[\]\s]*$")
_QUOTED = re.compile(r"[\"“”„«»‘’'()\[\]\s]+$")


_CONNECTIVES = frozenset(
    {"and", "but", "or", "so", "und", "aber", "oder", "doch", "denn", "mais", "et", "ou"}
)
"""Words with which a text goes on and no headline begins."""


def ends_like_sentence(line: str) -> bool:
    """Tell whether a line ends with a full stop or its like, closing marks aside."""
    return bool(_END.search(line[-12:]))


def find_links(lines: Sequence[str], reasons: Sequence[str | None]) -> list[int]:
    """Return the paragraphs that look like headlines of other stories.

    A headline between paragraphs is a sub-heading if the text after it takes its words up, and
    a link to another story if nothing of the article follows it, or nothing takes it up. Texts
    whose paragraphs mostly lack a full stop tell nothing, and nothing is found in them.

    Args:
        lines: the paragraphs.
        reasons: for each, why it is known not to be part of the article, or None.
    """
    body = [number for number, reason in enumerate(reasons) if reason is None]
    headings = {number for number in body[1:] if _is_heading(lines[number])}
    text = [number for number in body[1:] if number not in headings]
    if len(text) < 2 or len(headings) > len(text):
        return []
    stems = {number: _stems(lines[number]) for number in body}
    counts: Counter[str] = Counter()
    for found in stems.values():
        counts.update(found)
    position = {number: index for index, number in enumerate(body)}
    first = text[0]
    return [
        number
        for number in sorted(headings)
        if number > first
        and _is_link(
            lines[number],
            _telling_stems(lines[number]),
            counts,
            _section(number, body, position, headings, stems),
        )
    ]


def _section(
    number: int,
    body: Sequence[int],
    position: dict[int, int],
    headings: set[int],
    stems: dict[int, frozenset[str]],
) -> frozenset[str] | None:
    """Return the words of the paragraphs up to the next heading; None if there are none."""
    found: frozenset[str] = frozenset()
    start = position[number] + 1
    if start >= len(body) or body[start] in headings:
        return None
    for following in body[start : start + _SECTION]:
        if following in headings:
            break
        found |= stems[following]
    return found


def _is_heading(line: str) -> bool:
    if ends_like_sentence(line) and not line.endswith("?"):
        return False
    words = line.split()
    if words and words[0].casefold() in _CONNECTIVES:
        return False
    return _FEWEST_WORDS <= len(words) <= _MOST_WORDS and len(line) <= 200 and not line[0].islower()


def _is_link(
    line: str, stems: frozenset[str], counts: Counter[str], section: frozenset[str] | None
) -> bool:
    if section is None:
        return True
    if len(line.split()) < _FEWEST_WORDS_BEFORE_TEXT or not stems:
        return False
    taken_up = len(stems & section) / len(stems)
    new = sum(1 for stem in stems if counts[stem] == 1) / len(stems)
    return taken_up < 0.2 or (new >= 0.6 and taken_up < 0.4)


def _stems(line: str) -> frozenset[str]:
    """Return the longer words of a text, cut to their first letters so that inflection is lost."""
    return frozenset(word[:_STEM].casefold() for word in _WORD.findall(line))


def _telling_stems(line: str) -> frozenset[str]:
    """Return those of a headline's words that say what it is about: names, nouns, long words."""
    return frozenset(
        word[:_STEM].casefold()
        for word in _WORD.findall(line)
        if len(word) >= _LONG_WORD or word[0].isupper()
    )
