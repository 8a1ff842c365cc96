"""Holds a key point against the evidence of the items it sums up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dragoman.grounding.claims import BriefActors, of_brief
from dragoman.grounding.context import Context
from dragoman.grounding.statements import read, unproven_numbers
from dragoman.grounding.words import split_words

if TYPE_CHECKING:
    from dragoman.article import Article
    from dragoman.schemas.brief import Brief


_LEAST_COVERAGE = 0.7
"""Share of a key point's content words that its evidence has to have."""


def unproven_key_point(
    article: Article, brief: Brief, text: str, items: Iterable[str]
) -> str | None:
    """What a key point says that the evidence of its items does not, or None.

    In another language than the article's only its numbers can be compared.
    """
    cited = set(items)
    actors = BriefActors(brief.actors)
    sentences = [
        name
        for claim in of_brief(brief, actors)
        if claim.label in cited
        for name in claim.sentences
    ]
    context = Context(article, actors.all, language=brief.language)
    statement = split_words(text)
    evidence = context.words_of(context.known(sentences))
    if not statement or not evidence:
        return "it cites no evidence"
    if context.foreign:
        lexicons = context.statement_lexicon, context.lexicon
        unproven = list(unproven_numbers(statement, evidence, *lexicons))
        return str(unproven[0]) if unproven else None
    names = [word for actor in brief.actors for word in split_words(actor.name)]
    found = read(statement, evidence, names, context)
    for difference in found.differences:
        if difference.critical:
            return str(difference)
    return None if found.coverage >= _LEAST_COVERAGE else "most of its words are its own"
