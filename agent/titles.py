"""Where the name proper begins in a noun phrase: behind titles, offices, nouns and owners."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.language import LanguageData
from dragoman.syntax import Phrase
from dragoman.syntax.nouns import (
    SUBJECTS,
    bare,
    is_abstract,
    is_office,
    is_personal,
    is_place,
    named_behind,
    noun_kind,
)
from dragoman.syntax.tokens import Token
from dragoman.terminology.lexicon import is_word
from dragoman.terminology.people import USUAL_NAME, is_given_name, is_known_family
from dragoman.territories import country_of


def name_words(
    tokens: Sequence[Token], phrase: Phrase, data: LanguageData
) -> tuple[int, int, str | None]:
    """First and last index of the name proper in a phrase, and the title before it.

    "US-Außenminister Antony Blinken" gives the last two words and the office; an office or a
    common noun with no name after it is returned whole, with its adjectives.
    """
    if _is_short_name(tokens, phrase, data):
        return phrase.last, phrase.last, tokens[phrase.last - 1].lower
    run_end = _end_of_person(tokens, phrase, data)
    if phrase.tail > phrase.last:
        after = _name_after_genitive if data.code == "de" else _name_after_of
        named = after(tokens, phrase, data)
        if named is not None:
            return named, phrase.tail, tokens[phrase.last].lower
    start, title = _behind_titles(tokens, phrase, data)
    if start > phrase.head and tokens[start].lower in data.names.particles:
        start = phrase.head
    if start == phrase.head:
        if _opens_with_occupation(tokens, phrase, data):
            return start + 1, run_end, tokens[start].lower
        before = tokens[start - 1].lower if start > phrase.core else ""
        if before and named_behind(before, data):
            return start, run_end, before  # "the carriers Norda and Tamora"
        named = run_end > start and noun_kind(tokens[run_end].lower, data) is None
        if data.code != "de" and named and is_personal(before, data):
            return start, run_end, before  # "the engineer Jo Roe"
        bare_name = data.code != "de" and run_end > start and tokens[run_end].capital
        named = bare_name and not _is_nation(tokens, start, run_end, data)
        return (start if named else phrase.core), run_end, None  # "the ruling Norland Party"
    return start, run_end, title


def _is_short_name(tokens: Sequence[Token], phrase: Phrase, data: LanguageData) -> bool:
    """Whether capitals stand behind an English noun for a body: "the drivers' union TUV"."""
    if data.code != "en" or phrase.last == phrase.core or not tokens[phrase.last].acronym:
        return False
    before = tokens[phrase.last - 1]
    return not before.capital and noun_kind(before.lower, data) in ("organisation", "company")


def _is_nation(tokens: Sequence[Token], start: int, end: int, data: LanguageData) -> bool:
    """Whether capitals are an adjective of a country before a noun: "armed Danish Forces"."""
    return end == start + 1 and country_of(tokens[start].text) is not None


def _end_of_person(tokens: Sequence[Token], phrase: Phrase, data: LanguageData) -> int:
    """Where a name ends into which a German sentence runs its object: "erhob Jo Roe Anklage"."""
    end = phrase.last
    while data.code == "de" and end - phrase.head >= USUAL_NAME:
        given, family = tokens[end - 2], tokens[end - 1]
        object_ = is_word(tokens[end].text, "de") and not is_known_family(tokens[end].text)
        named = is_given_name(given.text) and not is_given_name(family.text) and family.capital
        if not (named and object_ and noun_kind(family.lower, data) is None):
            return end
        end -= 1
    return end


def _behind_titles(
    tokens: Sequence[Token], phrase: Phrase, data: LanguageData
) -> tuple[int, str | None]:
    """Where a name begins behind the titles, nouns and owners before it, and the last title."""
    start, title, last = phrase.head, None, bare(tokens[phrase.last].lower)
    for index in range(phrase.head, phrase.last):
        word = tokens[index].lower
        short = bare(word)
        if _is_occupation(tokens, index, phrase, data):  # "den Fahrer Jo Roe"
            title, start = word, index + 1
        elif is_office(short, data):
            if data.code != "de" and bare(tokens[index].text) != tokens[index].text:
                continue  # "the prosecutor's office"
            if data.code != "de" and index + 1 == phrase.last and _is_body(tokens[index + 1], data):
                continue  # "the General Staff"
            if data.code != "de" and index + 1 < phrase.last and is_office(last, data):
                continue  # "the Deputy Foreign Minister"
            title, start = word, index + 1
        elif named_behind(short, data) and _may_be_noun(tokens, index, phrase, data):
            before = tokens[index - 1].lower if index > phrase.core else ""
            title, start = f"{before} {word}".strip(), index + 1  # "the drug maker Tamora"
        elif _is_one_of_a_group(tokens, index, phrase, data):
            title, start = word, index + 1  # "unserem Journalisten Jo Roe"
        elif _stands_before_name(
            tokens, index, start, phrase.last, data, preposition=phrase.preposition
        ):
            start = index + 1
    return start, title


def _is_occupation(tokens: Sequence[Token], index: int, phrase: Phrase, data: LanguageData) -> bool:
    """Whether a German noun before a name says what somebody is."""
    return (
        data.code == "de"
        and index == phrase.head < phrase.first + 2
        and phrase.determiner is not None
        and phrase.last - index >= USUAL_NAME
        and is_personal(bare(tokens[index].lower), data)
    )


def _is_one_of_a_group(
    tokens: Sequence[Token], index: int, phrase: Phrase, data: LanguageData
) -> bool:
    """Whether a German noun that looks like a plural stands before one person's name."""
    named = tokens[index + 1 : phrase.last + 1]
    return (
        data.code == "de"
        and len(named) == USUAL_NAME
        and noun_kind(tokens[index].lower, data) == "group"
        and is_given_name(named[0].text)
        and noun_kind(named[-1].lower, data) is None
    )


def _is_unknown(token: Token, data: LanguageData) -> bool:
    """Whether a word is no acronym, no country and no noun for an actor."""
    known = is_place(token.text, data) or noun_kind(token.lower, data)
    return not (token.acronym or known or is_abstract(token.lower, data))


def _stands_before_name(
    tokens: Sequence[Token],
    index: int,
    start: int,
    last: int,
    data: LanguageData,
    *,
    preposition: str | None,
) -> bool:
    """Whether a German noun for a body, or a country that owns, is no part of the name behind."""
    text = tokens[index].text
    word = tokens[index].lower
    foreign = data.names.foreign_bodies | data.names.foreign_companies
    if data.code == "de" and {word, tokens[index + 1].lower} <= foreign:
        return False  # within an English name: "Linden Police Department"
    kind = noun_kind(bare(word), data)
    body = kind in ("organisation", "government") and index == start
    if body and data.code == "de" and index + 1 == last and _is_unknown(tokens[index + 1], data):
        return False  # "Landgericht Linden"
    if kind is not None and data.code == "de" and not (kind == "media" and index > start):
        return True  # but not within "Norda News Sunday"
    if not is_place(text, data) or index != start:
        return False
    unknown = not any(is_word(token.text, "en") for token in tokens[index + 1 : last + 1])
    named = index + 1 < last and (unknown or is_given_name(tokens[index + 1].text))
    if data.code != "de" and named:
        return True  # "… of Norway Anna Berg"
    places = data.names.territories | data.names.metonyms
    person = index + USUAL_NAME == last and data.code == "de"
    if person and preposition == "von" and noun_kind(tokens[last].lower, data) is None:
        return True  # "vom Minister für Handel von Norwegen Anna Berg"
    return bare(text) != text or (data.code == "de" and text not in places)


def _opens_with_occupation(tokens: Sequence[Token], phrase: Phrase, data: LanguageData) -> bool:
    """Whether an English sentence begins with what somebody is: "Epidemiologist Jo Roe"."""
    word = tokens[phrase.head].lower
    named = tokens[phrase.head + 1 : phrase.last + 1]
    return (
        data.code == "en"
        and phrase.head == 0
        and len(named) == USUAL_NAME
        and word.endswith(_OCCUPATIONS)
        and is_word(word, "en")
        and country_of(word) is None
        and noun_kind(named[-1].lower, data) is None
        and not all(is_word(token.lower, "en") for token in named)
    )


_OCCUPATIONS = ("ist", "ian", "er", "or", "eer")
"""Ends of words for what people do."""


def _is_body(token: Token, data: LanguageData) -> bool:
    kind = noun_kind(bare(token.lower), data)
    return token.capital and kind not in (None, "person", "media")


def _may_be_noun(tokens: Sequence[Token], index: int, phrase: Phrase, data: LanguageData) -> bool:
    """Whether the word is a noun before a name and no part of it: "Norda Group Limited"."""
    if data.code != "de":
        return tokens[index + 1].capital and not tokens[index].capital
    return index == phrase.head and noun_kind(tokens[index + 1].lower, data) is None


def _name_after_of(tokens: Sequence[Token], phrase: Phrase, data: LanguageData) -> int | None:
    """Start of a person's name glued to an office ("President of France Emmanuel Macron")."""
    if not is_office(tokens[phrase.last].lower, data):
        return None
    start = None
    for index in range(phrase.last + 1, phrase.tail + 1):
        token = tokens[index]
        if (
            not token.capital
            or token.lower in data.names.particles
            or is_place(token.text, data)
            or noun_kind(bare(token.lower), data)
            or bare(token.lower) in data.names.not_actors
            or token.lower in SUBJECTS
            or token.lower in _STATES
        ):
            start = None
        elif start is None:
            start = index
    if start is not None and tokens[start].acronym and phrase.tail - start >= USUAL_NAME:
        start += 1  # "head of the NDO Anna Berg"
    elif start is None or tokens[start - 1].lower == "the":
        return None  # "leader of the Norda Front"
    elif phrase.tail == start:
        # "Secretary of State Berg", but "minister of Norland"
        family = tokens[start - 1].lower in SUBJECTS and not is_word(tokens[start].text, "en")
        return start if family else None
    if tokens[start - 1].lower == "of" and phrase.tail - start >= USUAL_NAME:
        # The first word is the place: "head of the police of Sudonia Serik Omarov".
        rest = tokens[start + 1 : phrase.tail + 1]
        chinese = phrase.tail - start == USUAL_NAME and "-" in tokens[phrase.tail].text
        start += chinese or not any(is_word(token.text, "en") for token in rest)
    for index in range(start + 1, phrase.tail):
        if is_given_name(tokens[index].text) and not is_given_name(tokens[index - 1].text):
            start = index  # "mayor of Linden Anna Berg"
    named = " ".join(token.text for token in tokens[start : phrase.tail + 1])
    return None if is_place(named, data) else start


def _name_after_genitive(tokens: Sequence[Token], phrase: Phrase, data: LanguageData) -> int | None:
    """Start of a person's name behind an office with a genitive: "Chefin des Rats Anna Berg"."""
    if not is_office(tokens[phrase.last].lower, data):
        return None
    start = phrase.tail
    while start > phrase.last + 1 and _may_be_part_of_name(tokens[start - 1], data):
        if start <= phrase.tail - 1 and tokens[start - 1].lower.endswith("s"):
            break  # "des Weißen Hauses Mark Moor": the genitive has an ending of its own
        start -= 1
    if not tokens[start - 1].capital:
        start = _behind_owner(tokens, start, phrase.tail)
    if phrase.tail - start + 1 < USUAL_NAME or not _may_be_part_of_name(tokens[phrase.tail], data):
        return None
    return start if tokens[start - 1].capital else None


def _behind_owner(tokens: Sequence[Token], start: int, end: int) -> int:
    """Where a name begins behind an owner that is not known: "von Sudonia Anna Berg"."""
    for index in range(start + 1, end):
        if is_given_name(tokens[index].text) and not is_given_name(tokens[index - 1].text):
            return index
    common = is_word(tokens[end].text, "de") and not is_known_family(tokens[end].text)
    return start if common or end - start != USUAL_NAME else start + 1


def _may_be_part_of_name(token: Token, data: LanguageData) -> bool:
    return (
        token.capital
        and not is_place(token.text, data)
        and noun_kind(token.lower, data) is None
        and not is_abstract(token.lower, data)
    )


_STATES = frozenset({"republic", "kingdom", "emirate", "sultanate", "federation"})
"""Words for a state behind an office: "President of the Republic Anna Berg"."""
