"""What German and English cues have in common: negation, completing words, auxiliaries."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.language import CueAct, LanguageData
from dragoman.syntax.tokens import Token

_REVERSED: dict[CueAct, CueAct] = {"support": "reject", "agree": "reject"}


def is_complete(
    tokens: Sequence[Token], lemma: str, start: int, end: int, data: LanguageData
) -> bool:
    """Whether the word that makes an ambiguous verb a cue stands among tokens[start:end]."""
    wanted = data.requires.get(lemma)
    return wanted is None or any(token.lower in wanted for token in tokens[start:end])


def with_negation(
    tokens: Sequence[Token], start: int, end: int, verb: CueAct, data: LanguageData
) -> tuple[CueAct, bool]:
    """Act and negation of a cue, by the negations among tokens[start:end]."""
    negative = any(token.lower in data.grammar.cue_negations for token in tokens[start:end])
    if negative and verb in _REVERSED:
        return _REVERSED[verb], False
    return verb, negative


def nearest_auxiliary(tokens: Sequence[Token], index: int, words: frozenset[str]) -> int | None:
    """Index of an auxiliary: right behind the verb, or the last one before it in the clause."""
    if index + 1 < len(tokens) and tokens[index + 1].lower in words:
        return index + 1
    return next((k for k in range(index - 1, -1, -1) if tokens[k].lower in words), None)
