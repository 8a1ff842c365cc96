"""Noun phrases in German, where every noun has a capital: read leftwards from the noun."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.language import LanguageData
from dragoman.syntax.nouns import is_abstract, is_function_word, is_personal, noun_kind
from dragoman.syntax.phrase import (
    Phrase,
    governing_preposition,
    is_name_part,
    joins_name,
    pronoun_phrase,
)
from dragoman.syntax.tokens import Token
from dragoman.terminology.lexicon import is_word
from dragoman.terminology.people import is_given_name, is_known_family


def german_phrases(tokens: Sequence[Token], data: LanguageData) -> tuple[Phrase, ...]:
    """All noun phrases and subject pronouns of a German clause, in order."""
    found: list[Phrase] = []
    index = 0
    while index < len(tokens):
        phrase = pronoun_phrase(tokens, index, data)
        if phrase is None and is_name_part(tokens[index], data, opening=index == 0):
            head = index + 1 if _opens_with_adjective(tokens, index, data) else index
            phrase = _phrase(tokens, head, found, data)
        if phrase is None:
            index += 1
            continue
        found.append(phrase)
        index = phrase.tail + 1
    return tuple(found)


def _opens_with_adjective(tokens: Sequence[Token], index: int, data: LanguageData) -> bool:
    """Whether a clause begins with an adjective, which then has a capital: "Hohe Beamte"."""
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    return (
        index == 0
        and following is not None
        and following.capital
        and not tokens[0].acronym
        and tokens[0].lower not in data.names.not_actors
        and _SURE_ADJECTIVE.search(tokens[0].lower) is not None
    )


_SURE_ADJECTIVE = re.compile(
    r"(?:..ig|isch|lich|bar|sam|los|haft|iert|end|iell|ional|ionell|är|hoh|groß|weit|enge?|neu|alt"
    r"|schnell|stark|scharf|schwer|hart|lang)"
    r"(?:e|er|es|en|em)$"
)
"""How an adjective that stands before a noun ends; no first name ends so."""


def _phrase(
    tokens: Sequence[Token], head: int, found: Sequence[Phrase], data: LanguageData
) -> Phrase:
    """The phrase whose noun begins at `head`; `found` are the phrases before it."""
    g = data.grammar
    floor = found[-1].tail + 1 if found else 0
    last = _run_end(tokens, head, data)
    core = head
    while core > floor:
        if _is_adjective(tokens[core - 1], data) or (
            core == 1 and _opens_with_adjective(tokens, 0, data)
        ):
            core -= 1
        elif (  # "russische oder chinesische Beamte"
            core < head
            and core - 2 >= floor
            and tokens[core - 1].lower in {"und", "oder"}
            and _is_adjective(tokens[core - 2], data)
        ):
            core -= 2
        else:
            break
    first = core
    determiner = None
    if first > floor and tokens[first - 1].lower in g.determiners:
        first -= 1
        determiner = tokens[first].lower
    elif (
        core < head
        and tokens[core].lower.endswith(_PRETERITE)
        and not (first > floor and tokens[first - 1].lower in g.prepositions)
    ):
        # "versuchte Indien": without an article the first of them is rather the verb.
        core = first = core + 1
    tail = _tail(tokens, last, data)
    preposition = governing_preposition(tokens, first, found, data)
    if tail + 1 < len(tokens) and tokens[tail + 1].lower in data.sources.after:
        preposition = tokens[tail + 1].lower
    return Phrase(first, core, head, last, tail, preposition, determiner)


_PRETERITE = ("te", "ten")


def _is_adjective(token: Token, data: LanguageData) -> bool:
    return (
        token.kind == "word"
        and not token.capital
        and len(token.lower) > 3
        and token.lower.endswith(data.grammar.adjective_endings)
        and not is_function_word(token.lower, data)
        and token.lower not in data.verbs
    )


def _is_common(token: Token, data: LanguageData) -> bool:
    """Whether a capitalised German word is a noun of time or thing that joins no name."""
    return token.lower in data.time_words or token.lower in data.names.not_actors


def _is_genitive_place(token: Token, data: LanguageData) -> bool:
    """Whether the word is a country or capital in the genitive: "Chinas"."""
    text = token.text
    places = data.names.territories | data.names.metonyms
    return text.endswith("s") and text not in places and text[:-1] in places


def _run_end(tokens: Sequence[Token], head: int, data: LanguageData) -> int:
    """Index of the last word of the capitalised run that begins at `head`."""
    last = head
    if _is_common(tokens[head], data):
        return last
    while last + 1 < len(tokens):
        following = tokens[last + 1]
        # "Staats- und Regierungschefs"
        if (
            tokens[last].text.endswith("-")
            and last + 2 < len(tokens)
            and following.lower in data.grammar.coordinators
            and tokens[last + 2].capital
        ):
            last += 2
        elif is_name_part(following, data, opening=False):
            given = _is_first_name(tokens, head, last, data)
            common = _is_common(following, data) and not given
            if common or _is_genitive_place(following, data):
                break  # but not before the last name of "Sara Winter"
            if _owns(tokens, last, data):
                break
            if _closes_run(tokens, last, data):
                break
            last += 1
        elif _joins_name(tokens, head, last, data):
            last += 1
        else:
            break
    return last


def _owns(tokens: Sequence[Token], last: int, data: LanguageData) -> bool:
    """Whether a name in the genitive stands before what it owns: "Bergs Vorschlag"."""
    owner, owned = tokens[last].text, tokens[last + 1].text
    named = owner.endswith("s") and not owner.endswith("ss") and not is_word(owner, "de")
    bare = owned.rpartition("-")[2] or owned
    common = is_word(bare, "de") and not is_known_family(owned) and not is_given_name(owned)
    known = is_given_name(owner) or is_known_family(owner)
    people = {noun_kind(word.lower(), data) for word in (owner, owned)} & {"person", "group"}
    return named and common and not known and not people


def _is_first_name(tokens: Sequence[Token], head: int, last: int, data: LanguageData) -> bool:
    """Whether a run so far ends with a given name and no last name: "die Aktivistin Sara"."""
    before = tokens[last - 1].lower if last > head else ""
    opens = last == head or noun_kind(before, data) is not None or is_personal(before, data)
    return opens and is_given_name(tokens[last].text)


def _closes_run(tokens: Sequence[Token], last: int, data: LanguageData) -> bool:
    """Whether the next capital begins another phrase: behind a country or a noun for a group."""
    places = data.names.territories | data.names.metonyms
    if tokens[last].text in places and tokens[last + 1].text in places:
        return True
    # "Anwohner Proteste": a plural of things behind people, unlike "Sprecher Petersen".
    following = tokens[last + 1].lower
    return (
        noun_kind(tokens[last].lower, data) == "group"
        and noun_kind(following, data) is None
        and following.endswith(("e", "en"))
        and (last + 2 == len(tokens) or not tokens[last + 2].capital)
    )


def _joins_name(tokens: Sequence[Token], head: int, last: int, data: LanguageData) -> bool:
    """Whether the word behind `last` is a particle inside a name: "Ursula von der Leyen"."""
    if not joins_name(tokens, last + 1, data) or tokens[last].text.endswith("-"):
        return False
    particle = tokens[last + 1].lower
    if particle == "von" and _is_agent(tokens, last, last + 1, data):
        return False
    if particle == "der" and tokens[last].lower not in {"von", "van"}:
        return False
    if particle not in {"von", "zu", "der", "und", "den"}:
        return True
    # One first name stands before "von"; behind a full name it is a preposition again.
    given = 0
    for token in reversed(tokens[head : last + 1]):
        if token.lower in {"von", "van"}:
            return True
        if noun_kind(token.lower, data) is not None:
            break
        given += 1
    before = tokens[head - 1].lower if head else ""
    titled = given <= last - head or (last + 2 < len(tokens) and not tokens[last + 2].capital)
    word = tokens[last].lower
    return (
        particle in {"von", "der"}
        and given == 1
        and not is_abstract(word, data)
        and (
            titled
            or (
                before not in data.grammar.determiners | data.grammar.prepositions
                and not (head and _is_adjective(tokens[head - 1], data))
                and not word.endswith(("e", "en", "er", "s"))
            )
        )
    )


def _is_agent(tokens: Sequence[Token], last: int, index: int, data: LanguageData) -> bool:
    """Whether "von" and an office tell by whom: "wurde Anna Berg von Minister Karl Moor …"."""
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    return (
        following is not None
        and noun_kind(tokens[last].lower, data) is None
        and noun_kind(following.lower, data) == "person"
    )


_GENITIVE = frozenset(
    {"des", "der", "eines", "einer", "seines", "seiner", "ihres", "ihrer", "dieser", "dieses"}
)


def _tail(tokens: Sequence[Token], last: int, data: LanguageData) -> int:
    """Last index of genitives and "von"-phrases hanging on the noun that ends at `last`."""
    tail = last
    while tail + 1 < len(tokens):
        index = tail + 1
        if _is_genitive_place(tokens[index], data):
            if index + 1 < len(tokens) and tokens[index + 1].capital:
                return tail
            tail = index
            continue
        if tokens[index].lower not in _GENITIVE | {"von"}:
            return tail
        if tokens[index].lower == "von" and _is_agent(tokens, last, index, data):
            return tail
        index += 1
        while index < len(tokens) and _is_adjective(tokens[index], data):
            index += 1
        if index >= len(tokens) or not is_name_part(tokens[index], data, opening=False):
            return tail
        tail = _run_end(tokens, index, data)
    return tail
