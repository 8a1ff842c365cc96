"""Noun phrases in English: read rightwards from an article, a capital or a known noun."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Literal

from dragoman.language import LanguageData
from dragoman.syntax.nouns import SUBJECTS, bare, is_function_word, is_office, noun_kind
from dragoman.syntax.phrase import (
    Phrase,
    governing_preposition,
    is_name_part,
    joins_name,
    pronoun_phrase,
)
from dragoman.syntax.tokens import Token
from dragoman.terminology.lexicon import is_word
from dragoman.territories import country_of


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
        if found and _joins_office(tokens, found[-1], phrase, data):
            found[-1] = replace(found[-1], tail=phrase.last)
            index = phrase.last + 1
            continue
        if found and _joins_body(tokens, found[-1], phrase, data):
            first = found.pop()
            phrase = replace(
                phrase,
                first=first.first,
                core=first.core,
                head=first.head,
                determiner=first.determiner,
            )
        preposition = governing_preposition(tokens, phrase.first, found, data)
        found.append(replace(phrase, preposition=preposition))
        index = phrase.last + 1
    return tuple(found)


def _joins_office(
    tokens: Sequence[Token], office: Phrase, phrase: Phrase, data: LanguageData
) -> bool:
    """Whether "and" stands within an office: "the minister of youth and sports Anna Berg"."""
    return (
        office.tail > office.last
        and office.tail == phrase.first - 2
        and tokens[phrase.first - 1].lower == "and"
        and {tokens[office.tail].lower, tokens[phrase.first].lower} <= SUBJECTS
        and is_office(tokens[office.last].lower, data)
    )


def _joins_body(tokens: Sequence[Token], first: Phrase, phrase: Phrase, data: LanguageData) -> bool:
    """Whether "and" stands within the name of a body: "the Peace and Order party"."""
    return (
        first.determiner == "the"
        and first.core == first.head
        and first.last == first.tail == phrase.first - 2
        and tokens[phrase.first - 1].lower == "and"
        and phrase.head == phrase.first < phrase.last
        and all(
            notion.capital
            and not notion.acronym
            and noun_kind(notion.lower, data) is None
            and is_word(notion.lower, data.code)
            and notion.text not in data.names.territories | data.names.metonyms
            for notion in tokens[first.head : first.last + 1]
        )
        and noun_kind(tokens[phrase.last].lower, data) in ("organisation", "government")
    )


_Step = Literal["name", "on", "stop", "none"]
_LONGEST_PHRASE = 9


def _phrase(tokens: Sequence[Token], start: int, data: LanguageData) -> Phrase | None:
    """The noun phrase that begins at `start`, if one does."""
    g, token = data.grammar, tokens[start]
    before = tokens[start - 1].lower if start else ""
    following = tokens[start + 1] if start + 1 < len(tokens) else None
    gerund = before in g.prepositions and following is not None and following.capital
    if token.lower in data.meetings.verbs and (before in g.auxiliaries_passive or gerund):
        return None  # "are meeting Jo Roe", "after meeting Jo Roe"
    determiner = token.lower if token.lower in g.determiners and not token.acronym else None
    core = start + 1 if determiner else start
    if determiner in g.relatives and core < len(tokens):
        following = tokens[core]
        plural = noun_kind(following.lower, data) == "group"  # "said that officials met"
        if (
            plural
            or following.lower in data.verbs
            or (following.capital and is_name_part(following, data, opening=False))
        ):
            return None  # "denied that Berg met": a conjunction
    last = head = -1
    index = core
    while index < min(len(tokens), start + _LONGEST_PHRASE):
        step = _step(tokens, start, index, last, data, determined=determiner is not None)
        if step == "none":
            return None
        if step == "stop":
            break
        if step == "name":
            last = index
            head = index if head < 0 else head
        index += 1
    if last < 0:
        if not determiner or index == core:
            return None
        last = head = index - 1  # an unknown noun behind an article
    return Phrase(start, core, head, last, last, None, determiner)


def _step(
    tokens: Sequence[Token],
    start: int,
    index: int,
    last: int,
    data: LanguageData,
    *,
    determined: bool,
) -> _Step:
    """What the word at `index` does to the phrase: end it, go on, or be its (last) noun so far."""
    word = tokens[index]
    if word.kind != "word":
        return "stop"
    if determined and last < 0 and index > start and _is_time(tokens[index - 1], data):
        return "stop"  # "on the same day Anna Berg", "on the 5th Anna Berg"
    if is_name_part(word, data, opening=index == 0):
        return "name"
    if last >= 0 and (
        _inside_name(tokens, index, data) or _joined_adjectives(tokens, last, index, data)
    ):
        return "on"
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if last >= 0 and word.lower in data.names.not_actors and following and following.capital:
        return "on"  # "the Linden region Anna Berg"
    beside = last == index - 1 and last >= 0
    if beside and word.capital and word.lower in data.pronouns:
        return "name"  # "Zheng He"
    if is_function_word(word.lower, data):
        return "stop"
    ends = index - start > 1 and _is_finite(word, data)
    if determined and last < 0 and (ends or _ends_phrase(tokens, start, index, data)):
        return "stop"
    of_nation = determined and beside and _is_of_nation(tokens[last], word, data)
    if of_nation or noun_kind(bare(word.lower), data) is not None:
        return "name"  # "the Norwegian delegation"
    if last < 0:
        inside = index > start and _is_group(tokens, index + 1, data)
        on = determined or inside or _adjective_before_noun(tokens, index, data)
        return "on" if on else "none"
    if _plural_at_opening(tokens, start, index, data):
        return "name"
    return "on" if _noun_follows(tokens, index, data) else "stop"


def _is_of_nation(before: Token, word: Token, data: LanguageData) -> bool:
    """Whether a plain noun follows the adjective of a country."""
    if (
        not before.capital
        or country_of(before.text) is None
        or before.text in data.names.territories
    ):
        return False
    verbal = word.lower.endswith(("ed", "ly", "s", "ing")) or word.lower in data.verbs
    return not verbal and is_word(word.text, data.code)


def _is_time(word: Token, data: LanguageData) -> bool:
    ordinal = word.text[:1].isdigit() and word.lower.endswith(("st", "nd", "rd", "th"))
    return ordinal or (not word.capital and word.lower in data.time_words)


def _is_group(tokens: Sequence[Token], index: int, data: LanguageData) -> bool:
    return index < len(tokens) and noun_kind(tokens[index].lower, data) == "group"


def _is_finite(word: Token, data: LanguageData) -> bool:
    """Whether a word is a finite verb of reporting, which ends a phrase: "the report says"."""
    if noun_kind(word.lower, data) is not None:
        return False  # "the member states"
    return any(verb.form in ("present", "past") for verb in data.verbs.get(word.lower, ()))


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


def _inside_name(tokens: Sequence[Token], index: int, data: LanguageData) -> bool:
    """Whether a lower-case particle goes on with a name: "Ursula von der Leyen"."""
    word = tokens[index].lower
    return word not in {"and", "for", "on", "of", "the"} and joins_name(tokens, index, data)


def _joined_adjectives(tokens: Sequence[Token], last: int, index: int, data: LanguageData) -> bool:
    """Whether "and" joins two adjectives of nations: "the Danish and Swedish leaders"."""
    return (
        tokens[index].lower == "and"
        and index + 2 < len(tokens)
        and tokens[last].lower.endswith(_NATIONAL)
        and tokens[index + 1].lower.endswith(_NATIONAL)
        and tokens[index + 1].capital
        and noun_kind(tokens[index + 2].lower, data) is not None
    )


_NATIONAL = ("ian", "ean", "can", "ese", "ish", "ine", "ch", "man", "ek", "iss", "ab", "qi", "ani")


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
    # "Norland's consumer protection minister": more than one word may describe what is owned.
    owned = tokens[index - 1].lower.endswith(("'s", "’s"))
    member = tokens[index].lower == "member"  # "NATO member trade ministers"
    for word, following in pairwise(tokens[index : index + (4 if owned or member else 2)]):
        if word.kind != "word" or word.lower in data.verbs or is_function_word(word.lower, data):
            return False
        if word.lower in data.meetings.verbs:
            return False
        if noun_kind(following.lower, data) is not None:
            return not (following.capital and is_office(following.lower, data))  # "sued Mr Roe"
    return False


def _adjective_before_noun(tokens: Sequence[Token], index: int, data: LanguageData) -> bool:
    """Whether a lower-case word opens a plural phrase without article ("senior officials")."""
    if tokens[index].lower in data.verbs or index + 1 == len(tokens):
        return False
    governed = index > 0 and tokens[index - 1].lower in data.grammar.prepositions
    if not _is_group(tokens, index + 1, data):
        # "by human rights groups"
        plain = governed and not tokens[index].capital
        third = tokens[index + 2] if plain and index + 2 < len(tokens) else None
        between = tokens[index + 1]
        return (
            third is not None
            and between.kind == "word"
            and not is_function_word(between.lower, data)
            and between.lower not in data.verbs
            and _is_group(tokens, index + 2, data)
        )
    return (
        index == 0
        or governed  # "with business leaders"
        or tokens[index].capital
        or tokens[index].lower.endswith(("al", "ern", "ish", "ian", "ese", "an", "ior", "en", "ed"))
    )
