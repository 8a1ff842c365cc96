"""Lays an article out: its language, headline, sentences in order, quotations and noise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from dragoman.headlines import ends_like_sentence
from dragoman.noise import find_noise, is_caption, sentence_noise
from dragoman.provenance import detect_language
from dragoman.quotations import QuotedStretch, find_quotations
from dragoman.sentences import Stretch, paragraphs, split_sentences

SentenceKind = Literal["title", "body", "caption"]

_LONGEST_TITLE = 300
_MOST_TITLE_WORDS = 40
_MOST_TITLE_WORDS_WITH_STOP = 15


class Part(NamedTuple):
    """A sentence: where it stands and what it is."""

    start: int
    end: int
    paragraph: int
    kind: SentenceKind
    noise: str | None


class Layout(NamedTuple):
    """What can be told from the form of an article."""

    language: str
    title: str | None
    parts: tuple[Part, ...]
    quotations: tuple[QuotedStretch, ...]


def lay_out(text: str, language: str | None = None) -> Layout:
    """Lay an article out.

    Args:
        text: the article's text; every offset is one into it.
        language: its language, ISO 639-1, or None to have it detected.
    """
    stretches = paragraphs(text)
    lines = [text[stretch.start : stretch.end] for stretch in stretches]
    noise = find_noise(lines)
    kept = [number for number, reason in enumerate(noise) if reason is None]
    code = language or detect_language("\n".join(lines[number] for number in kept))
    title = kept[0] if kept and _is_title(lines, kept) else None
    parts: list[Part] = []
    for number, stretch in enumerate(stretches):
        if number == title:
            parts.append(Part(stretch.start, stretch.end, number, "title", None))
        else:
            parts.extend(_parts(text, stretch, number, code, noise[number]))
    return Layout(
        language=code,
        title=None if title is None else " ".join(lines[title].split()),
        parts=tuple(parts),
        quotations=find_quotations(
            text,
            [stretches[number] for number in kept],
            frozenset() if title is None else frozenset([0]),
        ),
    )


def _parts(
    text: str, stretch: Stretch, number: int, language: str, noise: str | None
) -> Iterator[Part]:
    line = text[stretch.start : stretch.end]
    kind: SentenceKind = "caption" if noise is None and is_caption(line) else "body"
    sentences = list(split_sentences(text, stretch, language))
    for start, end in sentences:
        reason = noise or (sentence_noise(text[start:end]) if len(sentences) > 1 else None)
        yield Part(start, end, number, kind, reason)


def _is_title(lines: Sequence[str], kept: Sequence[int]) -> bool:
    """Tell whether the first paragraph is a headline: short, and mostly without a full stop."""
    line = lines[kept[0]]
    words = len(line.split())
    if len(kept) < 2 or len(line) > _LONGEST_TITLE or words > _MOST_TITLE_WORDS:
        return False
    if is_caption(line):
        return False
    if not ends_like_sentence(line) or line.rstrip("\"“”»’' ").endswith(("?", "!")):
        return True
    return words <= _MOST_TITLE_WORDS_WITH_STOP and len(lines[kept[1]]) > len(line)
