"""Words that stand for two who were named before: "both sides", "die beiden Minister", "they"."""

from __future__ import annotations

from dragoman.attribution.model import Found, Prepared
from dragoman.syntax import Phrase

_BOTH = frozenset({"both", "two", "pair", "duo", "beide", "beiden", "beider", "zwei"})
"""Words for two."""

SIDES = frozenset(
    {"sides", "countries", "nations", "states", "governments", "parties", "neighbours", "neighbors"}
    | {"seiten", "länder", "ländern", "staaten", "regierungen", "parteien", "nachbarn", "partnern"}
)
"""What is counted where no people are."""

_PLURAL = frozenset({"they", "sie"})
_THEIR = frozenset({"their", "ihr", "ihre", "ihrem", "ihren", "ihrer", "ihres"})


def stands_for_two(prepared: Prepared, found: Found) -> bool:
    """Whether a phrase stands for two that were named before it."""
    tokens = prepared.tokens(found.clause)
    said = {token.lower for token in tokens[found.phrase.first : found.phrase.last + 1]}
    if found.phrase.pronoun:
        return bool(said & (_PLURAL | _THEIR))
    counted = tokens[found.phrase.last].lower in SIDES
    return bool(said & _BOTH) and (counted or prepared.is_actor(found.clause, found.phrase))


def owners(prepared: Prepared, clause: int, index: int) -> list[Found]:
    """Those whose meeting it is: "their meeting in Linden", "bei ihrem ersten Treffen"."""
    tokens = prepared.tokens(clause)
    for k in range(index - 1, max(-1, index - 3), -1):
        if tokens[k].lower in _THEIR:
            return [Found(clause, Phrase(k, k, k, k, k, None, None, pronoun=True))]
    return []


def running_subject(clause: int, index: int) -> Found:
    """Whoever the text is about, where a noun tells of an encounter and not whose it is."""
    return Found(clause, Phrase(index, index, index, index, index, None, None, pronoun=True))
