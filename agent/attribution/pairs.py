"""Words that stand for two who were named before: "both sides", "die beiden Minister", "they"."""

from __future__ import annotations

from dragoman.attribution.model import Found, Prepared
from dragoman.language import LanguageData
from dragoman.syntax import Phrase
from dragoman.syntax.tokens import Token

_BOTH = frozenset({"both", "two", "pair", "duo", "beide", "beiden", "beider", "zwei"})
"""Words for two."""

SIDES = frozenset(
    {"sides", "countries", "nations", "states", "governments", "parties", "neighbours", "neighbors"}
    | {"seiten", "länder", "ländern", "staaten", "regierungen", "parteien", "nachbarn", "partnern"}
)
"""What is counted where no people are."""

_PLURAL = frozenset({"they", "sie"})
_THEIR = frozenset({"their", "ihr", "ihre", "ihrem", "ihren", "ihrer", "ihres"})


def pronoun_at(clause: int, index: int, preposition: str | None = None) -> Found:
    """The one word at `index` as a phrase that goes back to somebody named before."""
    return Found(clause, Phrase(index, index, index, index, index, preposition, None, pronoun=True))


def stands_for_two(prepared: Prepared, found: Found) -> bool:
    """Whether a phrase stands for two that were named before it."""
    tokens = prepared.tokens(found.clause)
    said = {token.lower for token in tokens[found.phrase.first : found.phrase.last + 1]}
    if found.phrase.pronoun:
        return bool(said & (_PLURAL | _THEIR | _BOTH))
    counted = tokens[found.phrase.last].lower in SIDES
    return bool(said & _BOTH) and (counted or prepared.is_actor(found.clause, found.phrase))


def two_alone(prepared: Prepared, clause: int, index: int) -> Found | None:
    """The words before a verb that count two and name nobody: "the two met", "beide sprachen"."""
    tokens = prepared.tokens(clause)
    for k in range(min(index, len(tokens) - 1) - 1, -1, -1):
        following = tokens[k + 1]
        if tokens[k].lower in _BOTH and is_verb(following, prepared.data):
            return pronoun_at(clause, k)
    return None


def is_verb(token: Token, data: LanguageData) -> bool:
    """Whether a word is surely a verb: an auxiliary, or one of saying or meeting."""
    g, word = data.grammar, token.lower
    helping = g.auxiliaries_perfect | g.auxiliaries_passive | g.auxiliaries_future | g.modals
    return not token.capital and (
        word in helping | _GOES_ON or word in data.verbs or word in data.meetings.verbs
    )


_GOES_ON = frozenset({"want", "plan", "agreed", "already", "also", "then", "later", "wollen"})
"""What else follows words that count two and name nobody."""


def owners(prepared: Prepared, clause: int, index: int) -> list[Found]:
    """Those whose meeting it is: "their meeting in Linden", "bei ihrem ersten Treffen"."""
    tokens = prepared.tokens(clause)
    for k in range(index - 1, max(-1, index - 3), -1):
        if tokens[k].lower in _THEIR:
            return [pronoun_at(clause, k)]
    return []


def running_subject(clause: int, index: int) -> Found:
    """Whoever the text is about, where a noun tells of an encounter and not whose it is."""
    return pronoun_at(clause, index)
