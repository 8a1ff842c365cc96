"""The noun phrase, and what German and English phrases have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.language import LanguageData
from dragoman.syntax.nouns import is_function_word
from dragoman.syntax.tokens import Token


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase or pronoun in a list of tokens.

    Attributes:
        first: index of its first token, article included.
        core: index of the first token that belongs to the name: no article.
        head: index of the first token of the noun or name itself: no adjectives.
        last: index of its last token.
        tail: index of the last token of what hangs on it ("of the party", "der Partei").
        preposition: the preposition that governs it, lower-cased.
        determiner: its article or possessive, lower-cased.
        pronoun: whether it is a personal pronoun.
    """

    first: int
    core: int
    head: int
    last: int
    tail: int
    preposition: str | None
    determiner: str | None
    pronoun: bool = False


def is_name_part(token: Token, data: LanguageData, *, opening: bool) -> bool:
    """Whether the token can be part of a noun or name; `opening`: first word of the sentence."""
    if token.kind != "word" or not (token.capital or token.acronym):
        return False
    if token.acronym:
        return True
    if is_function_word(token.lower, data):
        return False
    if token.lower in data.weekdays or (token.lower in data.months and token.lower != "jan"):
        return False  # Jan is a given name far more often than a month
    # A sentence opens with a capital whatever its first word is.
    return not (
        opening
        and (
            token.lower.endswith(data.names.adverb_endings)
            or (data.code != "de" and token.lower in data.verbs)
        )
    )


def joins_name(tokens: Sequence[Token], index: int, data: LanguageData) -> bool:
    """Whether the lower-case word at `index` joins two parts of a name ("von der Leyen", "al")."""
    word = tokens[index]
    if word.kind != "word" or word.lower not in data.names.particles:
        return False
    following = index + 1
    while following < len(tokens) and tokens[following].lower in data.names.particles:
        following += 1
    return following < len(tokens) and tokens[following].capital and following - index <= 2


def pronoun_phrase(tokens: Sequence[Token], index: int, data: LanguageData) -> Phrase | None:
    """The subject pronoun at `index`, if the word there is one."""
    token = tokens[index]
    if token.kind != "word" or token.lower not in data.pronouns:
        return None
    if token.acronym and len(token.text) > 1:
        return None
    if index and token.capital and tokens[index - 1].capital and data.code != "de":
        return None  # "Zheng He"
    if token.lower in data.grammar.determiners and not _stands_alone(tokens, index, data):
        return None
    previous = tokens[index - 1].lower if index else ""
    conjunction = previous in data.grammar.subordinators  # "before he spoke"
    preposition = previous if previous in data.grammar.prepositions and not conjunction else None
    return Phrase(index, index, index, index, index, preposition, None, pronoun=True)


def _stands_alone(tokens: Sequence[Token], index: int, data: LanguageData) -> bool:
    """Whether no noun follows a word that may be article or pronoun ("ihr Land", "sie sagte")."""
    for following in tokens[index + 1 : index + 4]:
        if following.capital:
            return False
        if not following.lower.endswith(data.grammar.adjective_endings or ("",)):
            return True
        if is_function_word(following.lower, data) or following.lower in data.verbs:
            return True
    return True


def _is_plain(token: Token, data: LanguageData) -> bool:
    """Whether a word in small letters may be an adjective."""
    plain = token.kind == "word" and not token.capital and token.lower not in data.verbs
    return plain and not is_function_word(token.lower, data)


def governing_preposition(
    tokens: Sequence[Token], first: int, found: Sequence[Phrase], data: LanguageData
) -> str | None:
    """The preposition before a phrase; a second one joined by "and" shares that of the first."""
    if first == 0:
        return None
    if first > 1 and tokens[first - 1].lower == "the":
        first -= 1  # "between the two sides"
    elif first > 1 and not tokens[first].capital and _is_plain(tokens[first - 1], data):
        first -= 1  # "with foreign minister Anna Berg"
    before = tokens[first - 1].lower
    if before in data.grammar.prepositions:
        return before
    joined = before in data.grammar.coordinators and found and found[-1].tail == first - 2
    shared = found[-1].preposition if joined else None
    # "die Regierung in Linden und die Rebellen": "in" and "die" do not go together
    return None if tokens[first].lower in ("die", "das") and shared in _WITH_DATIVE else shared


_WITH_DATIVE = frozenset({"mit", "von", "bei", "nach", "zu", "aus", "seit", "in", "im", "beim"})
"""German prepositions that are not followed by "die" where they tell of a place or a partner."""
