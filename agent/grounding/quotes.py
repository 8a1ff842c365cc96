"""Where the quote of a claim stands in the article, and whose words they are."""

from __future__ import annotations

from dragoman.article import Quotation
from dragoman.grounding.alignment import NOT_FOUND, Alignment, align
from dragoman.grounding.claims import Claim
from dragoman.grounding.comparison import weigh
from dragoman.grounding.context import Context
from dragoman.grounding.normalisation import normalise
from dragoman.grounding.words import Word, split_words

_OUTER = " \"'"


def locate(claim: Claim, context: Context) -> Alignment:
    """Where the claim's quote stands; remembered, since several rules ask."""
    if claim.quote is None:
        return NOT_FOUND
    key = (claim.quote, claim.sentences)
    found = context.alignments.get(key)
    if found is None:
        found = context.alignments[key] = _locate(claim.quote, claim, context)
    return found


def _locate(quote: str, claim: Claim, context: Context) -> Alignment:
    cited = set(claim.sentences)
    around = set(context.neighbours(claim.sentences))
    stream = context.stream

    def preference(start: int, end: int) -> int:
        first = context.sentence_of(stream.words[start]).id
        quoted = bool(quotations_of(start, end, context))
        return 4 * (first in cited) + 2 * quoted + (first in around)

    near: list[tuple[int, int]] = []
    for name in context.known(claim.sentences):
        start, end = context.ranges[name]
        if near and near[-1][1] == start:
            near[-1] = (near[-1][0], end)
        else:
            near.append((start, end))
    return align(
        quote,
        stream,
        context.article.text,
        near=near,
        preference=preference,
        lexicon=context.lexicon,
        is_name=context.is_name,
    )


def sentences_of(alignment: Alignment, context: Context) -> tuple[str, ...]:
    """Ids of the sentences an aligned quote stands in, in order."""
    found: dict[str, None] = {}
    for start, end in alignment.pieces:
        for word in context.stream.words[start:end]:
            found[context.sentence_of(word).id] = None
    return tuple(found)


def quotations_of(start: int, end: int, context: Context) -> tuple[Quotation, ...]:
    """The quotations that hold all words of an index range; empty if a word is outside them."""
    found: dict[int, Quotation] = {}
    for word in context.stream.words[start:end]:
        for quotation in context.quotations(context.sentence_of(word).id):
            if quotation.start <= word.start and word.end <= quotation.end:
                found[quotation.start] = quotation
                break
        else:
            return ()
    return tuple(found.values())


def words_of_article(alignment: Alignment, context: Context) -> str:
    """The aligned stretch as the article has it, noise left out, cuts marked by […]."""
    return " […] ".join(_raw(start, end, context) for start, end in alignment.pieces)


def _raw(start: int, end: int, context: Context) -> str:
    words = context.stream.words[start:end]
    chunks: list[list[Word]] = []
    for word in words:
        if chunks and not _noise_between(chunks[-1][-1], word, context):
            chunks[-1].append(word)
        else:
            chunks.append([word])
    text = context.article.text
    return " ".join(text[slice(*_with_signs(chunk, text))] for chunk in chunks)


def _with_signs(words: list[Word], text: str) -> tuple[int, int]:
    """Raw offsets of the words with a currency sign before and a full stop after them."""
    start, end = words[0].start, words[-1].end
    if start and text[start - 1] in "£$€¥":
        start -= 1
    if end < len(text) and text[end] in ".!?%":
        end += 1
    return start, end


def _noise_between(one: Word, other: Word, context: Context) -> bool:
    between = context.article.sentences[one.sentence + 1 : other.sentence]
    return any(sentence.noise is not None for sentence in between)


def lies_in_noise(quote: str, context: Context) -> str | None:
    """Id of the noise sentence that has these words, or None."""
    found = context.noise.find([word.key for word in split_words(quote)], limit=1)
    if not found:
        return None
    return context.sentence_of(context.noise.words[found[0][0]]).id


def nearest_sentence(text: str, context: Context) -> str | None:
    """The sentence that shares most rare words with the text, or None."""
    keys = {word.key for word in split_words(text)} - context.lexicon.function
    counts: dict[int, int] = {}
    for word in context.stream.words:
        if word.key in keys:
            counts[word.sentence] = counts.get(word.sentence, 0) + 1
    if not counts:
        return None
    return context.article.sentences[max(counts, key=counts.__getitem__)].id


def grave_insertions(alignment: Alignment, context: Context) -> list[str]:
    """Critical words an editor put into brackets that the article does not have."""
    found = weigh(alignment.inserted, (), context.lexicon, lambda _: False)
    return [str(d) for d in found if d.critical]


def grave_omissions(alignment: Alignment, context: Context) -> list[str]:
    """Negations and limits that an ellipsis cuts out of a sentence."""
    found = []
    pairs = zip(alignment.pieces, alignment.pieces[1:], strict=False)
    for before, after in pairs:
        left = context.stream.words[before[1] - 1]
        right = context.stream.words[after[0]]
        if left.sentence != right.sentence:
            continue
        gap = context.stream.words[before[1] : after[0]]
        lost = [word.text for word in gap if word.key in context.lexicon.negations]
        if lost:
            found.append(f"the ellipsis leaves out {' '.join(lost)!r}")
    return found


def bare(quote: str) -> str:
    """The quote without marks around it."""
    normalised = normalise(quote)
    text = normalised.text
    inner = text.strip(_OUTER)
    if not inner:
        return ""
    start = text.index(inner)
    first, last = normalised.raw(start, start + len(inner))
    return quote[first:last]
