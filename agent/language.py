"""What Dragoman knows of a language's words: reporting verbs, negations, numbers, names of offices.

All of it lies in `data/languages/*.toml` and is expanded here once: verbs into their forms, months
and territories from CLDR. A language without a file is read by language-independent rules only.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from types import MappingProxyType
from typing import Any, Literal

from dragoman.conjugation import VerbForm, conjugate
from dragoman.schemas.vocabulary import Act

CueAct = Act | Literal["warn"]
Pronoun = Literal["he", "she", "it", "they", "she_or_they", "speaker", "none"]


@dataclass(frozen=True, slots=True)
class Verb:
    """One form of a verb that may report somebody's words or stance.

    Attributes:
        lemma: the infinitive; a separable prefix is marked off by a bar ("auf|fordern").
        act: the act the verb suggests.
        form: which form of the verb this is; a spelling may stand for several.
        particle: the separated prefix that must follow, as in "forderte … auf".
        speech: whether it is a verb of saying; otherwise it reports a stance ("supports").
    """

    lemma: str
    act: CueAct
    form: VerbForm
    particle: str | None
    speech: bool


@dataclass(frozen=True, slots=True)
class Sources:
    """Words that name a source without a verb of saying: "according to X", "X zufolge"."""

    before: tuple[tuple[str, ...], ...]
    after: frozenset[str]
    tag: frozenset[str]
    document: tuple[tuple[str, ...], ...]
    document_prepositions: frozenset[str]
    nameless: frozenset[str]


@dataclass(frozen=True, slots=True)
class Grammar:
    """Function words, lower-cased."""

    negations: frozenset[str]
    hypotheticals: frozenset[str]
    documents: frozenset[str]
    reports: frozenset[str]
    comment_words: frozenset[str]
    allegations: frozenset[str]
    first_person: frozenset[str]
    cue_negations: frozenset[str]
    modals: frozenset[str]
    obligations: frozenset[str]
    auxiliaries_perfect: frozenset[str]
    auxiliaries_passive: frozenset[str]
    auxiliaries_future: frozenset[str]
    copulas: frozenset[str]
    subordinators: frozenset[str]
    relatives: frozenset[str]
    coordinators: frozenset[str]
    adverbs: frozenset[str]
    prepositions: frozenset[str]
    determiners: frozenset[str]
    object_determiners: frozenset[str]
    possessives: frozenset[str]
    adjective_endings: tuple[str, ...]
    passive_by: frozenset[str]
    addressee_prepositions: frozenset[str]

    @property
    def finite(self) -> frozenset[str]:
        """Modal and auxiliary verbs and copulas, in forms that go with a subject."""
        auxiliaries = self.auxiliaries_perfect | self.auxiliaries_passive | self.auxiliaries_future
        return self.modals | self.copulas | auxiliaries


@dataclass(frozen=True, slots=True)
class NameWords:
    """Words by which names and their kinds are told, lower-cased unless they are names."""

    titles: frozenset[str]
    male_titles: frozenset[str]
    female_titles: frozenset[str]
    office_endings: tuple[str, ...]
    feminine_office_endings: tuple[str, ...]
    organisation_words: frozenset[str]
    foreign_bodies: frozenset[str]
    foreign_companies: frozenset[str]
    company_words: frozenset[str]
    media_words: frozenset[str]
    government_words: frozenset[str]
    group_words: frozenset[str]
    places: frozenset[str]
    not_actors: frozenset[str]
    adverb_endings: tuple[str, ...]
    person_endings: tuple[str, ...]
    collective_endings: tuple[str, ...]
    abstract_endings: tuple[str, ...]
    media: frozenset[str]
    bodies: frozenset[str]
    companies: frozenset[str]
    metonyms: frozenset[str]
    particles: frozenset[str]
    territories: frozenset[str]


@dataclass(frozen=True, slots=True)
class MeetingWords:
    """Words that tell of an encounter, and of its status and format."""

    verbs: Mapping[str, tuple[tuple[str, VerbForm, str | None], ...]]
    verbs_person_object: frozenset[str]
    weak_verbs: frozenset[str]
    nouns: frozenset[str]
    call: frozenset[str]
    video: frozenset[str]
    in_person: frozenset[str]
    partner_prepositions: frozenset[str]
    between_prepositions: frozenset[str]
    infinitive_openers: frozenset[str]
    planned: tuple[tuple[str, ...], ...]
    ruled_out: tuple[tuple[str, ...], ...]
    postponed: tuple[tuple[str, ...], ...]
    called_for: tuple[tuple[str, ...], ...]
    ongoing: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class LanguageData:
    """All word knowledge of one language.

    Attributes:
        code: BCP 47 primary language, such as "de".
        verbs: reporting and stance verbs by spelling, lower-cased.
        phrases: verb and following word that together have another act ("called for").
        consequences: words that, in this order and near each other, make a statement a warning.
        requires: words one of which must stand beside a verb (by its infinitive) to report.
        nouns: nouns that report ("criticism", "Forderung") with their act.
        attitudes: adjectives for what somebody thinks of something, with the act they amount to.
        light_verbs: verbs that carry such a noun ("expressed concern").
        pronouns: personal pronouns by spelling.
        object_pronouns: their object forms, with the pronoun they belong to.
        numbers: number words with their value.
        months: month names and abbreviations with their number, 1 to 12.
        weekdays: weekday names with their number, Monday is 0.
        time_words: nouns of time ("week"), which are never actors.
    """

    code: str
    name: str
    verbs: Mapping[str, tuple[Verb, ...]]
    phrases: Mapping[tuple[str, ...], CueAct]
    consequences: tuple[tuple[str, ...], ...]
    requires: Mapping[str, frozenset[str]]
    nouns: Mapping[str, CueAct]
    attitudes: Mapping[str, CueAct]
    light_verbs: frozenset[str]
    sources: Sources
    grammar: Grammar
    pronouns: Mapping[str, Pronoun]
    object_pronouns: Mapping[str, Pronoun]
    names: NameWords
    numbers: Mapping[str, int]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    time_words: frozenset[str]
    meetings: MeetingWords


def _verbs(code: str, data: Mapping[str, Any]) -> dict[str, tuple[Verb, ...]]:
    found: dict[str, dict[tuple[str, VerbForm], Verb]] = {}
    for section in ("speech", "stance"):
        for act, lists in data.get(section, {}).items():
            for entry in (*lists["weak"], *lists["strong"]):
                for spelling, lemma, form, particle in conjugate(code, entry):
                    verb = Verb(lemma, act, form, particle, section == "speech")
                    found.setdefault(spelling, {}).setdefault((lemma, form), verb)
    return {spelling: tuple(verbs.values()) for spelling, verbs in found.items()}


def _meeting_verbs(
    code: str, entries: Iterable[str]
) -> dict[str, tuple[tuple[str, VerbForm, str | None], ...]]:
    found: dict[str, list[tuple[str, VerbForm, str | None]]] = {}
    for entry in entries:
        for spelling, lemma, form, particle in conjugate(code, entry):
            found.setdefault(spelling, []).append((lemma, form, particle))
    return {spelling: tuple(forms) for spelling, forms in found.items()}


def _phrases(entries: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Phrases as tuples of words, the longest first."""
    return tuple(sorted((tuple(entry.split()) for entry in entries), key=len, reverse=True))


def _calendar(code: str, data: Mapping[str, Any]) -> tuple[dict[str, int], dict[str, int]]:
    from babel import Locale

    locale = Locale(code)
    months = {name.lower(): number for number, name in locale.months["format"]["wide"].items()}
    days = {name.lower(): number for number, name in locale.days["format"]["wide"].items()}
    months |= dict(zip(data["months"], data["month_numbers"], strict=True))
    days |= dict(zip(data["weekdays"], data["weekday_numbers"], strict=True))
    return months, days


def _territories(code: str) -> frozenset[str]:
    """Names of countries from CLDR; the codes of regions (three digits) are left out."""
    from babel import Locale

    names = Locale(code).territories
    return frozenset(
        name for key, name in names.items() if key.isalpha() and key not in {"EZ", "XA", "XB", "ZZ"}
    )


@functools.cache
def _companies() -> frozenset[str]:
    """Well-known companies and platforms, whose names are the same in all languages."""
    file = resources.files("dragoman").joinpath("data", "companies.txt")
    return frozenset(file.read_text(encoding="utf-8").splitlines())


def _group(owner: type[Any], table: Mapping[str, Any], **more: Any) -> Any:
    """Fill a dataclass of word lists from a table of the data file, by field name."""
    values: dict[str, Any] = dict(more)
    for name, kind in owner.__annotations__.items():
        if name in values:
            continue
        if kind == "frozenset[str]":
            values[name] = frozenset(table[name])
        elif kind == "tuple[str, ...]":
            values[name] = tuple(table[name])
        else:
            values[name] = _phrases(table[name])
    return owner(**values)


@functools.cache
def language_data(code: str) -> LanguageData | None:
    """Word knowledge for the language `code` (such as "de"); None when there is no data file."""
    primary = code.split("-")[0].lower()
    if not (primary.isascii() and primary.isalpha()):
        return None
    file = resources.files("dragoman").joinpath("data", "languages", f"{primary}.toml")
    if not file.is_file():
        return None
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    months, weekdays = _calendar(primary, data["calendar"])
    names, meetings = data["names"], data["meetings"]
    return LanguageData(
        code=primary,
        name=data["name"],
        verbs=MappingProxyType(_verbs(primary, data)),
        phrases=MappingProxyType({tuple(k.split()): v for k, v in data.get("phrases", {}).items()}),
        consequences=_phrases(data["consequences"]["phrases"]),
        requires=MappingProxyType({k: frozenset(v) for k, v in data["requires"].items()}),
        nouns=MappingProxyType(
            {word: act for act, words in data["nouns"].items() for word in words}
        ),
        attitudes=MappingProxyType(
            {word: act for act, words in data["attitudes"].items() for word in words}
        ),
        light_verbs=frozenset(data["light"]["verbs"]),
        sources=_group(Sources, data["sources"]),
        grammar=_group(
            Grammar,
            data["grammar"],
            addressee_prepositions=frozenset(data["addressees"]["prepositions"]),
        ),
        pronouns=MappingProxyType(data["pronouns"]),
        object_pronouns=MappingProxyType(data["object_pronouns"]),
        names=_group(NameWords, names, territories=_territories(primary), companies=_companies()),
        numbers=MappingProxyType(data["numbers"]),
        months=MappingProxyType(months),
        weekdays=MappingProxyType(weekdays),
        time_words=frozenset(data["calendar"]["time_words"]),
        meetings=_group(
            MeetingWords,
            meetings,
            verbs=MappingProxyType(_meeting_verbs(primary, meetings["verbs"])),
        ),
    )


def languages() -> tuple[str, ...]:
    """Codes of the languages that have a data file, sorted."""
    folder = resources.files("dragoman").joinpath("data", "languages")
    return tuple(
        sorted(f.name.removesuffix(".toml") for f in folder.iterdir() if f.name.endswith(".toml"))
    )


def language_name(code: str) -> str:
    """English name of a language from CLDR; the code itself where CLDR has none."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale(code.split("-")[0]).get_language_name("en") or code
    except (UnknownLocaleError, ValueError):
        return code
