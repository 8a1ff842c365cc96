"""Falsifications of quotes: spliced, cut, padded, changed, paraphrased, another's, from noise."""

from __future__ import annotations

import random
from collections.abc import Iterator

from dragoman.evals import mutation_words as words
from dragoman.evals.mutation_tools import (
    Falsified,
    changed_in,
    exchange,
    language_of,
    other_number,
)
from dragoman.evals.truths import Material, Truth, inner
from dragoman.schemas.draft import (
    DraftPosition,
    DraftWarning,
)


def _quote_of(truth: Truth) -> str | None:
    draft = truth.draft
    return draft.quote if isinstance(draft, DraftPosition | DraftWarning) else None


def quote_spliced(truth: Truth, material: Material, chance: random.Random) -> Iterator[Falsified]:
    """The first half of the quote is joined with the second half of another."""
    quote = _quote_of(truth)
    if quote is None:
        return
    others = []
    for quotation in material.article.quotations:
        for name in quotation.sentences:
            text = inner(quotation, material.article.sentence(name), material.article)
            if len(text.split()) >= 4 and text not in quote and quote not in text:
                others.append(text)
    if not others:
        return
    ours, theirs = quote.split(), chance.choice(others).split()
    halves = [*ours[: len(ours) // 2 + 1], *theirs[len(theirs) // 2 :]]
    yield changed_in(truth.draft, "quote", " ".join(halves))
    cut = [*ours[: len(ours) // 2 + 1], "...", *theirs[len(theirs) // 2 :]]
    yield changed_in(truth.draft, "quote", " ".join(cut))


def quote_from_noise(
    truth: Truth, material: Material, chance: random.Random
) -> Iterator[Falsified]:
    """Words of a line that is not part of the article are given as quote."""
    if not isinstance(truth.draft, DraftPosition | DraftWarning):
        return
    lines = [line for line in material.gold.noise if len(line.split()) >= 4]
    if lines:
        yield changed_in(truth.draft, "quote", chance.choice(lines).strip())


def quote_words_inserted(
    truth: Truth, material: Material, chance: random.Random
) -> Iterator[Falsified]:
    """A word is slipped into the quote."""
    quote = _quote_of(truth)
    fillers = words.FILLERS.get(language_of(material), ())
    if quote is None or not fillers:
        return
    parts = quote.split()
    parts.insert(chance.randrange(1, len(parts)), chance.choice(fillers))
    yield changed_in(truth.draft, "quote", " ".join(parts))


def quote_words_omitted(
    truth: Truth, material: Material, chance: random.Random
) -> Iterator[Falsified]:
    """One or two words inside the quote are left out."""
    quote = _quote_of(truth)
    if quote is None:
        return
    parts = quote.split()
    if len(parts) < 5:
        return
    count = chance.choice((1, 2))
    start = chance.randrange(1, len(parts) - count)
    yield changed_in(truth.draft, "quote", " ".join(parts[:start] + parts[start + count :]))


def quote_word_changed(
    truth: Truth, material: Material, chance: random.Random
) -> Iterator[Falsified]:
    """A negation, number, modal or opposite inside the quote is changed."""
    quote = _quote_of(truth)
    if quote is None:
        return
    language = language_of(material)
    for tables in (words.NEGATIONS, words.MODALS, words.OPPOSITES):
        changed = exchange(quote, tables.get(language, {}), chance)
        if changed is not None:
            yield changed_in(truth.draft, "quote", changed)
    number = other_number(quote, material, chance)
    if number is not None:
        yield changed_in(truth.draft, "quote", number)


def paraphrase_as_quote(
    truth: Truth, material: Material, chance: random.Random
) -> Iterator[Falsified]:
    """The reporter's words, or the quote's in another order, are given as quote."""
    draft = truth.draft
    if not isinstance(draft, DraftPosition | DraftWarning):
        return
    sentence = material.article.sentence(truth.stated or draft.sentences[0])
    if not sentence.quotations and len(sentence.text.split()) >= 8:
        parts = sentence.text.rstrip(".").split()
        yield changed_in(draft, "quote", " ".join(parts[-min(10, len(parts) - 2) :]))
    quote = draft.quote
    if quote is not None and len(parts := quote.split()) >= 6:
        middle = len(parts) // 2
        yield changed_in(draft, "quote", " ".join((*parts[middle:], *parts[:middle])))


def quote_of_another(
    truth: Truth, material: Material, chance: random.Random
) -> Iterator[Falsified]:
    """The words of another speaker, from elsewhere in the article, are given as quote."""
    draft = truth.draft
    if not isinstance(draft, DraftPosition | DraftWarning):
        return
    others = [
        other
        for other in material.truths
        if isinstance(other.draft, DraftPosition | DraftWarning)
        and other.draft.quote
        and truth.speakers.isdisjoint(other.speakers)
        and truth.sentences.isdisjoint(other.sentences)
    ]
    if others:
        yield changed_in(draft, "quote", _quote_of(chance.choice(others)))
