"""Noun phrases in English: read rightwards from an article, a capital or a known noun."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.language import LanguageData
from dragoman.syntax.nouns import is_function_word, noun_kind
from dragoman.syntax.phrase import (
    Phrase,
    governing_preposition,
    is_name_part,
    joins_name,
    pronoun_phrase,
)
from dragoman.syntax.tokens import Token


def english_phrases(tokens: Sequence[Token], data: LanguageData) -> tuple[Phrase, ...]:
    """All noun phrases and subject pronouns of an English clause, in order."""
    found: list[Phrase] = []
    index = 0
    while index < len(tokens):
        pronoun = pronoun_phrase(tokens, index, data)
        if pronoun is not None:
            found.append(pronoun)
            index += 1
            continue
        phrase = _phrase(tokens, index, data)
        if phrase is None:
            index += 1
            continue
        previous = tokens[phrase.first - 1].lower if phrase.first else ""
        # What hangs on a noun by "of" belongs to it: "president of the bank".
        if previous == "of" and found and found[-1].tail == phrase.first - 2:
            owner = found[-1]
            found[-1] = Phrase(
                owner.first,
                owner.core,
                owner.head,
                owner.last,
                phrase.last,
                owner.preposition,
                owner.determiner,
            )
            index = phrase.last + 1
            continue
        preposition = governing_preposition(tokens, phrase.first, found, data)
        found.append(
            Phrase(
                phrase.first,
                phrase.core,
                phrase.head,
                phrase.last,
                phrase.last,
                preposition,
                phrase.determiner,
            )
        )
        index = phrase.last + 1
    return tuple(found)


def _phrase(tokens: Sequence[Token], start: int, data: LanguageData) -> Phrase | None:
    g = data.grammar
    token = tokens[start]
    determiner = token.lower if token.lower in g.determiners and not token.acronym else None
    index = start + 1 if determiner else start
    if determiner in g.relatives and index < len(tokens) and tokens[index].lower in data.verbs:
        return None
    last = -1
    head = -1
    while index < len(tokens) and index - start < 9:
        word = tokens[index]
        if word.kind != "word":
            break
        named = is_name_part(word, data, opening=index == 0)
        if not named and (
            is_function_word(word.lower, data)
            and not (
                last >= 0
                and joins_name(tokens, index, data)
                and word.lower not in {"and", "for", "on", "of"}
            )
        ):
            break
        if determiner and last < 0 and _ends_phrase(tokens, start, index, data):
            break
        kind = noun_kind(word.lower.removesuffix("'s").removesuffix("’s"), data)
        if named or kind is not None:
            last = index
            head = index if head < 0 else head
        elif not determiner and last < 0 and not _adjective_before_noun(tokens, index, data):
            return None
        elif last >= 0 and _plural_at_opening(tokens, start, index, data):
            last = index
        elif last >= 0 and not _noun_follows(tokens, index, data):
            break
        index += 1
    if last < 0:
        if not determiner or index - start < 2:
            return None
        last = head = index - 1
    core = start + 1 if determiner else start
    return Phrase(start, core, head, last, last, None, determiner)


def _ends_phrase(tokens: Sequence[Token], start: int, index: int, data: LanguageData) -> bool:
    """Whether a participle follows the noun: "the statement published on …"."""
    if index - start < 2 or not tokens[index].lower.endswith("ed"):
        return False
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    return not tokens[index - 1].lower.endswith("ly") and (
        following is None
        or following.kind != "word"
        or following.capital
        or is_function_word(following.lower, data)
    )


def _plural_at_opening(tokens: Sequence[Token], start: int, index: int, data: LanguageData) -> bool:
    """Whether a capital at the opening is an adjective's: "Rival groups have …"."""
    word = tokens[index].lower
    following = tokens[index + 1].lower if index + 1 < len(tokens) else ""
    g = data.grammar
    return (
        start == 0
        and index == 1
        and word.endswith("s")
        and not word.endswith("ss")
        and word not in data.verbs
        and (
            following in data.verbs
            or following in g.auxiliaries_perfect
            or following in g.auxiliaries_future
        )
    )


def _noun_follows(tokens: Sequence[Token], index: int, data: LanguageData) -> bool:
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    return (
        following is not None
        and tokens[index].lower not in data.verbs
        and noun_kind(following.lower, data) is not None
    )


def _adjective_before_noun(tokens: Sequence[Token], index: int, data: LanguageData) -> bool:
    """Whether a lower-case word opens a plural phrase without article ("senior officials")."""
    return (
        tokens[index].lower not in data.verbs
        and index + 1 < len(tokens)
        and noun_kind(tokens[index + 1].lower, data) == "group"
        and (
            index == 0
            or tokens[index].lower.endswith(
                ("al", "ern", "ish", "ian", "ese", "an", "ior", "en", "ed")
            )
            or tokens[index].capital
        )
    )
