"""Words, clauses and noun phrases of a sentence, by shapes and lists, without a parser."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.language import LanguageData
from dragoman.syntax.english import english_phrases
from dragoman.syntax.german import german_phrases
from dragoman.syntax.phrase import Phrase
from dragoman.syntax.tokens import Token

__all__ = ["Phrase", "noun_phrases"]


def noun_phrases(tokens: Sequence[Token], data: LanguageData) -> tuple[Phrase, ...]:
    """All noun phrases and subject pronouns of a clause, in order."""
    reader = german_phrases if data.code == "de" else english_phrases
    return reader(tokens, data)
