"""The article as the HTML page shows it: paragraphs, sentences, and what is marked in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from dragoman.rendering.view import proven_items
from dragoman.schemas.brief import Correction

if TYPE_CHECKING:
    from dragoman.article import Article, Sentence
    from dragoman.schemas.brief import Brief, Gap, Noise
    from dragoman.schemas.evidence import Evidence


_KINDS: Mapping[str, str] = {
    "m": "meeting",
    "p": "position",
    "w": "warning",
    "c": "correction",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence, either evidence or not, with at most one correction of it."""

    text: str
    evidence: bool
    correction: Correction | None = None


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A sentence with the items it proves and, if it was not read or is noise, why."""

    id: str
    before: str
    pieces: tuple[Piece, ...]
    items: tuple[str, ...]
    kinds: tuple[str, ...]
    noise: str | None
    gap: str | None


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """A paragraph; `kind` is "title", "body" or "caption"."""

    kind: str
    sentences: tuple[SentenceView, ...]


@dataclass(frozen=True, slots=True)
class _Cut:
    start: int
    end: int
    correction: Correction | None


def view_article(brief: Brief, article: Article) -> tuple[ParagraphView, ...]:
    """The whole article, nothing left out, with the brief's evidence marked in it."""
    marks = _marks_by_sentence(brief)
    noise = _reasons(brief.noise)
    gaps = _reasons(brief.gaps)
    paragraphs = []
    position = 0
    for _, group in groupby(article.sentences, key=lambda sentence: sentence.paragraph):
        sentences = []
        kind = "body"
        for index, sentence in enumerate(group):
            kind = sentence.kind if not index else kind
            between = article.text[position : sentence.start]
            position = sentence.end
            evidence = marks.get(sentence.id, ())
            sentences.append(
                SentenceView(
                    id=sentence.id,
                    before=between if index else between.strip(),
                    pieces=tuple(_pieces(sentence, evidence)),
                    items=tuple(dict.fromkeys(item for item, _, _ in evidence)),
                    kinds=tuple(dict.fromkeys(_KINDS[item[0]] for item, _, _ in evidence)),
                    noise=noise.get(sentence.id) or sentence.noise,
                    gap=gaps.get(sentence.id),
                )
            )
        paragraphs.append(ParagraphView(kind, tuple(sentences)))
    return tuple(paragraphs)


_Marked = tuple[str, "Evidence", Correction | None]


def _marks_by_sentence(brief: Brief) -> Mapping[str, Sequence[_Marked]]:
    marks: dict[str, list[_Marked]] = {}
    for item in proven_items(brief):
        for evidence in item.evidence:
            correction = item if isinstance(item, Correction) else None
            marks.setdefault(evidence.sentence, []).append((item.id, evidence, correction))
    return marks


def _reasons(parts: Iterable[Gap | Noise]) -> Mapping[str, str]:
    return {sentence: part.reason for part in parts for sentence in part.sentences}


def _pieces(sentence: Sentence, marks: Sequence[_Marked]) -> Iterator[Piece]:
    """The sentence cut where evidence or a correction starts or ends."""
    corrections = _corrections(sentence, marks)
    spans = [
        (max(evidence.start, sentence.start), min(evidence.end, sentence.end))
        for _, evidence, correction in marks
        if correction is None
    ]
    edges = {sentence.start, sentence.end}
    for start, end in spans:
        edges |= {start, end} if start < end else set()
    for cut in corrections:
        edges = {edge for edge in edges if not cut.start < edge < cut.end} | {cut.start, cut.end}
    ordered = sorted(edges)
    by_start = {cut.start: cut.correction for cut in corrections}
    for start, end in pairwise(ordered):
        yield Piece(
            text=sentence.text[start - sentence.start : end - sentence.start],
            evidence=any(first <= start and start < last for first, last in spans),
            correction=by_start.get(start),
        )


def _corrections(sentence: Sentence, marks: Sequence[_Marked]) -> list[_Cut]:
    """Where the corrected words stand; of two that overlap, the first one is drawn."""
    cuts: list[_Cut] = []
    for _, evidence, correction in marks:
        if correction is None:
            continue
        offset = evidence.exact.find(correction.original)
        if offset < 0:
            continue
        start = evidence.start + offset
        end = start + len(correction.original)
        inside = sentence.start <= start and end <= sentence.end
        if inside and all(end <= cut.start or cut.end <= start for cut in cuts):
            cuts.append(_Cut(start, end, correction))
    return cuts
