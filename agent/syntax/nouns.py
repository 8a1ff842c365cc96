"""What a word tells of itself: office, kind of actor, thing or notion, part of the grammar."""

from __future__ import annotations

import re

from dragoman.language import LanguageData
from dragoman.schemas.vocabulary import ActorKind


def _endings(word: str) -> list[str]:
    """All endings of a word of three letters or more, the longest first."""
    return [word[k:] for k in range(max(1, len(word) - 2))]


_PEOPLE = ("eur", "eurin", "euren")
"""Ends of words for people that look like those of things: "Redakteur"."""

_SHORTEST_OFFICE = 4
"""Letters of a word for an office at the end of a compound: "chef"."""


_LONG = 7
"""Letters from which the end of a compound surely is a word of its own."""

_NO_ENDINGS = frozenset({"land"})
"""Words with which the names of places end: "Norland"."""


def _base_forms(noun: str) -> list[str]:
    """A German noun (lower-cased), also without the -n of a dative and the -s of a genitive."""
    forms = [noun]
    if noun.endswith(("ern", "eln", "en")):
        forms.append(noun[:-1])
    forms += [noun.removesuffix(ending) for ending in ("es", "s") if noun.endswith(ending)]
    return [form for form in forms if len(form) > 3 or form == noun]


def noun_kind(word: str, data: LanguageData) -> ActorKind | None:
    """What kind of actor the common noun `word` (lower-cased) names, if any.

    Compounds go by their last part ("Außenministerium" is a ministry), so endings are looked up.
    """
    names = data.names
    lists: tuple[tuple[frozenset[str], ActorKind], ...] = (
        (names.group_words, "group"),
        (names.media_words, "media"),
        (names.government_words, "government"),
        (names.company_words, "company"),
        (names.organisation_words, "organisation"),
    )
    part = word.rpartition("-")[2] or word
    endings = [end for form in _base_forms(part) for end in _endings(form)]
    if data.code == "de" and any(e in names.not_actors for e in endings if len(e) >= _LONG):
        return None
    if part in names.foreign_companies:
        return "company"
    if part in names.foreign_bodies:
        return "organisation"
    if data.code == "en" and part.endswith("s") and is_office(part.removesuffix("s"), data):
        return "group"
    for ending in endings if data.code == "de" else [part]:
        if ending in _NO_ENDINGS and ending != part:
            continue
        # Short titles ("gen", "lt") are no endings of words.
        if is_office(ending, data) and (ending == part or len(ending) >= _SHORTEST_OFFICE):
            return "person"
        for entries, kind in lists:
            if ending in entries:
                return kind
    return None


def named_behind(noun: str, data: LanguageData) -> ActorKind | None:
    """The kind of a company or outlet whose name stands behind the noun for it (lower-cased).

    "The newspaper Linden Herald", "die Reederei Norda"; plurals as well. An agency is an outlet
    if it is one for news or has no word before it, else an organisation.
    """
    word = noun.split()[-1]
    if is_office(word, data):
        return None
    part = word.rpartition("-")[2] or word
    if data.code == "de":
        endings = [end for form in _base_forms(part) for end in _endings(form)]
    else:
        endings = [part, part.removesuffix("s"), part.removesuffix("ies") + "y"]
    if {"agency", "agentur"} & {*endings} and not _NEWS.search(noun):
        plain = part in ("agency", "agentur") and {*noun.split()[:-1]} <= data.grammar.determiners
        return "media" if plain else "organisation"
    lists: tuple[tuple[frozenset[str], ActorKind], ...] = (
        (data.names.media_words, "media"),
        (data.names.company_words, "company"),
    )
    for ending in endings:
        for entries, kind in lists:
            if ending in entries:
                return kind
    return None


_NEWS = re.compile(r"news|press|nachrichten|presse")


def is_compound_noun(word: str, data: LanguageData) -> bool:
    """Whether a noun (lower-cased) is told by its end alone, as "Hafenverband" by "Verband"."""
    names = data.names
    plain = names.organisation_words | names.company_words | names.media_words
    plain |= names.government_words | names.group_words
    return not any(form in plain for form in _base_forms(word.rpartition("-")[2] or word))


def is_office(word: str, data: LanguageData) -> bool:
    """Whether the word (lower-cased) is an office or occupation, exactly or as a compound's end."""
    part = word.rpartition("-")[2] or word
    if part in data.names.titles:
        return True
    if data.code != "de":
        return part in data.names.office_endings
    return part.endswith(data.names.office_endings)


def is_abstract(word: str, data: LanguageData) -> bool:
    """Whether the noun (lower-cased) names a thing, time or notion that cannot speak."""
    names = data.names
    part = word.rpartition("-")[2] or word
    if part in names.not_actors or part in data.time_words or part in data.nouns:
        return True
    if data.code == "de" and any(
        ending in names.not_actors for ending in _endings(part) if len(ending) > 4
    ):
        return True  # compounds go by their last part
    if part in data.months or part in data.weekdays or part in data.numbers:
        return True
    if part.endswith(names.collective_endings) or part.endswith(_PEOPLE):
        return False
    return len(part) > 4 and part.endswith(names.abstract_endings)


def is_personal(word: str, data: LanguageData) -> bool:
    """Whether the noun (lower-cased) ends like one for people: "-ler", "-isten", "-frau"."""
    return (word.rpartition("-")[2] or word).endswith(data.names.person_endings)


def is_function_word(word: str, data: LanguageData) -> bool:
    """Whether the word (lower-cased) belongs to the grammar and can be no part of a name."""
    g = data.grammar
    return (
        word in g.prepositions
        or word in g.determiners
        or word in g.subordinators
        or word in g.relatives
        or word in g.coordinators
        or word in g.adverbs
        or word in g.modals
        or word in g.negations
        or word in g.auxiliaries_perfect
        or word in g.auxiliaries_passive
        or word in g.copulas
        or word in data.pronouns
    )


def bare(word: str) -> str:
    """The word without an English or German genitive mark of its own ("Biden's", "Kohls’")."""
    for ending in ("'s", "’s", "'", "’"):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word.removesuffix(ending)
    return word


def is_place(word: str, data: LanguageData) -> bool:
    """Whether the word is a country or a capital that stands for its government."""
    names = data.names
    short = bare(word)
    if "." in short:
        short = short.replace(".", "")  # "U.N."
    if short in names.territories or short in names.metonyms:
        return True
    return (
        data.code == "de"
        and short.endswith("s")
        and (short[:-1] in names.territories or short[:-1] in names.metonyms)
    )


SUBJECTS = frozenset(
    {"foreign", "affairs", "defense", "defence", "interior", "finance", "health", "security"}
    | {"state", "justice", "international", "trade", "industry", "culture", "information"}
    | {"economy", "agriculture", "labour", "labor", "education", "environment", "energy"}
    | {"youth", "sport", "sports", "social", "policy", "digital", "transformation", "veterans"}
    | {"water", "resources", "ecology", "natural", "emergency", "situations", "communications"}
    | {"infrastructure", "construction", "housing", "regional", "integration", "family", "women"}
    | {"employment", "heritage", "innovation", "climate", "food", "fisheries", "oil", "gas"}
    | {"petroleum", "planning", "religious", "equality", "home", "labor", "investment", "finances"}
    | {"transport", "tourism", "commerce", "development", "science", "technology", "internal"}
)
"""Words of ministries' names, after which a person's name may follow without a mark."""
