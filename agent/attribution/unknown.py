"""Attribution for languages without word data: a quotation goes to the name nearest to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.attribution.model import Attribution
from dragoman.names import Name, sentence_names
from dragoman.schemas.evidence import Span
from dragoman.syntax.tokens import is_long, tokenize

if TYPE_CHECKING:
    from dragoman.article import Article, Sentence


def attribute_by_quotation(article: Article) -> tuple[list[Attribution], list[str]]:
    """Attributions of quotations by nearness, and the ids of sentences that are all quotation.

    Only a quotation of several words counts, and only a name outside of it in the same sentence.
    """
    found: list[Attribution] = []
    inside: list[str] = []
    for sentence in article.sentences:
        if sentence.noise is not None or not sentence.quotations:
            continue
        quotes, rest = _quotations(article, sentence)
        if not rest:
            inside.append(sentence.id)
        elif quotes:
            speaker = _nearest(sentence_names(article, sentence), quotes)
            if speaker is not None:
                found.append(_attribution(sentence, speaker))
    return found, inside


def _quotations(article: Article, sentence: Sentence) -> tuple[list[tuple[int, int]], bool]:
    """Places of the long quotations in a sentence, and whether words stand outside of any."""
    spans = [(article.quotations[k].start, article.quotations[k].end) for k in sentence.quotations]
    tokens = tokenize(sentence.text, sentence.start, spans)
    quotes = [(token.start, token.end) for token in tokens if is_long(token)]
    return quotes, any(token.kind == "word" for token in tokens)


def _nearest(names: tuple[Name, ...], quotes: list[tuple[int, int]]) -> Span | None:
    """The name outside all quotations that stands closest to the end of one of them."""
    outside = [
        name.span
        for name in names
        if not any(start <= name.span.start < end for start, end in quotes)
    ]
    if not outside:
        return None
    return min(outside, key=lambda span: min(_distance(span, quote) for quote in quotes))


def _distance(span: Span, quote: tuple[int, int]) -> int:
    return span.start - quote[1] if span.start >= quote[1] else quote[0] - span.end


def _attribution(sentence: Sentence, speaker: Span) -> Attribution:
    return Attribution(
        sentence=sentence.id,
        speaker=speaker,
        resolved=None,
        cue=None,
        act=None,
        basis="quote_tag",
        quoted=True,
    )
