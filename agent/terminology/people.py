"""The authority list of people: leaders, ministers and officials with their right spellings."""

from __future__ import annotations

import csv
import functools
import io
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from dragoman.terminology.builtin import read_data
from dragoman.terminology.similarity import plain, sound_key

USUAL_NAME: Final = 2
"""Words of a person's name."""

# Words that stand for an organisation where others have a country.
_ORGANISATIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "UN": ("un", "uno", "vereinte nationen", "vereinten nationen", "united nations", "iaea", "who"),
    "EU": ("eu", "europäische", "europäischen", "european", "brüssel", "brussels"),
    "NATO": ("nato", "allianz", "alliance"),
    "OSCE": ("osce", "osze"),
    "OPEC": ("opec",),
    "IOC": ("ioc", "olympi"),
    "FIFA": ("fifa",),
    "ARAB": ("arab",),
    "AU_ORG": ("african union", "afrikanische union", "afrikanischen union"),
}


# Where German has its own transcription that newspapers keep to.
_CYRILLIC: Final = frozenset({"RU", "UA", "BY", "BG", "GE", "AM", "AZ", "KZ", "UZ", "TJ", "KG"})


@dataclass(frozen=True, slots=True)
class Person:
    """One person with the right spelling of the name in English and in German."""

    given: str
    family: str
    german_given: str
    german_family: str
    family_first: bool
    gender: str
    """`f` or `m`."""
    country: str
    """ISO 3166 code, or a code for an organisation."""
    offices: tuple[str, ...]
    years: str
    other_spellings: tuple[str, ...]
    """Other spellings of the family name that are in good use and are left alone."""

    def parts(self, language: str) -> tuple[str, str]:
        """Given and family name in German, or as English writes them."""
        if language == "de":
            return self.german_given, self.german_family
        return self.given, self.family

    def name(self, language: str) -> str:
        """Full name in its own order."""
        given, family = self.parts(language)
        return self.join(given, family)

    def join(self, given: str, family: str) -> str:
        """A given and a family name in this person's order."""
        words = (family, given) if self.family_first else (given, family)
        return " ".join(word for word in words if word)

    def is_right_family(self, family: str, language: str) -> bool:
        """Whether a family name is spelled in a way that is in good use in the language."""
        accepted = {plain(self.parts(language)[1]), *map(plain, self.other_spellings)}
        if self.country not in _CYRILLIC:
            accepted.add(plain(self.family))  # German papers write it in either way
        return plain(family) in accepted


@dataclass(frozen=True, slots=True)
class Office:
    """An office under its titles."""

    german: tuple[str, ...]
    german_feminine: tuple[str, ...]
    english: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Country:
    """A country's capital and adjective."""

    code: str
    capital: str
    german_capital: str
    adjective: str
    german_adjective: str
    german_citizen: str


def rows(name: str) -> list[dict[str, str]]:
    """Rows of a CSV file of the package, by column."""
    return list(csv.DictReader(io.StringIO(read_data(name).decode("utf-8"))))


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("; ") if part)


@functools.cache
def people() -> tuple[Person, ...]:
    """Everybody in `data/people.csv`."""
    return tuple(
        Person(
            given=row["given"],
            family=row["family"],
            german_given=row["german_given"],
            german_family=row["german_family"],
            family_first=row["family_order"] == "first",
            gender=row["gender"],
            country=row["country"],
            offices=_several(row["offices"]),
            years=row["years"],
            other_spellings=_several(row["other_spellings"]),
        )
        for row in rows("people.csv")
    )


@functools.cache
def offices() -> Mapping[str, Office]:
    """Offices of `data/offices.csv` by their code."""
    return {
        row["office"]: Office(
            _several(row["german"]), _several(row["german_feminine"]), _several(row["english"])
        )
        for row in rows("offices.csv")
    }


@functools.cache
def countries() -> Mapping[str, Country]:
    """Countries of `data/countries.csv` by their ISO 3166 code."""
    return {row["code"]: Country(**row) for row in rows("countries.csv")}


@functools.cache
def by_family() -> Mapping[str, tuple[Person, ...]]:
    """People by every known spelling of their family name, made plain."""
    index: dict[str, dict[Person, None]] = defaultdict(dict)
    for person in people():
        for family in (person.family, person.german_family, *person.other_spellings):
            index[plain(family)][person] = None
    return {family: tuple(found) for family, found in index.items()}


@functools.cache
def by_given() -> Mapping[str, tuple[Person, ...]]:
    """People by every known spelling of their given name, made plain."""
    index: dict[str, dict[Person, None]] = defaultdict(dict)
    for person in people():
        for given in (person.given, person.german_given):
            if given:
                index[plain(given)][person] = None
    return {given: tuple(found) for given, found in index.items()}


@functools.cache
def _common_given_names() -> frozenset[str]:
    """Given names in use in many countries that are no ordinary words, made plain."""
    names = read_data("common_given_names.txt").decode("utf-8")
    return frozenset(map(plain, names.split()))


def is_known_family(name: str) -> bool:
    """Whether a name is the family name of somebody on the authority list."""
    return plain(name) in by_family()


def is_given_name(name: str) -> bool:
    """Whether a word is a given name of somebody on the list, or one in use in many countries."""
    return plain(name) in by_given() or plain(name) in _common_given_names()


def is_known_name(name: str) -> bool:
    """Whether a name begins with a given name or ends with a family name that is known."""
    words = name.split()
    return is_given_name(words[0]) or is_known_family(words[-1])


@functools.cache
def joined_names() -> Mapping[str, Person]:
    """People whose family name comes first, by their name written as one word, made plain."""
    return {
        plain(person.name("en")).replace(" ", ""): person
        for person in people()
        if person.family_first and person.given
    }


@functools.cache
def long_families() -> Mapping[str, Person]:
    """People with a family name of several words, by its sounds, where these are many."""
    found: dict[str, list[Person]] = defaultdict(list)
    for person in people():
        if " " in person.family and len(sound_key(person.family)) >= 5:
            found[sound_key(person.family)].append(person)
    return {key: bearers[0] for key, bearers in found.items() if len(bearers) == 1}


@functools.cache
def holders_by_title(language: str) -> Mapping[str, tuple[Person, ...]]:
    """People by the titles of the offices they hold or held, in lower case."""
    found: dict[str, dict[Person, None]] = defaultdict(dict)
    for person in people():
        for code in person.offices:
            for title in office_words(code, language):
                found[title][person] = None
    return {title: tuple(holders) for title, holders in found.items()}


@functools.cache
def country_words(code: str, language: str) -> tuple[str, ...]:
    """Beginnings of words that speak of a country or an organisation, in lower case."""
    if code in _ORGANISATIONS:
        return _ORGANISATIONS[code]
    from babel import Locale

    base = language if language in {"de", "en"} else "en"
    words = [Locale(base).territories.get(code, "")]
    country = countries().get(code)
    if country is not None:
        german = base == "de"
        words += [country.german_capital if german else country.capital]
        words += [country.german_adjective if german else country.adjective]
    extra = {
        "US": ("us-", "usa", "u.s.", "us", "united states", "america", "amerik", "weißen haus"),
        "GB": ("uk", "u.k.", "britain", "british", "großbritannien", "britisch", "vereinigtes k"),
        "CN": ("china", "chines", "beijing", "peking"),
        "KR": ("south korea", "südkorea", "korean"),
        "KP": ("north korea", "nordkorea", "korean"),
        "UA": ("ukrain", "kiev", "kyiv", "kiew", "kyjiw"),
        "TW": ("taiwan", "taipei", "kuomintang"),
        "NL": ("dutch", "netherlands", "niederl"),
        "NZ": ("new zealand", "neuseel"),
        "BY": ("belarus", "minsk", "weißruss"),
    }
    found = [*words, *extra.get(code, ())]
    return tuple(word.lower() for word in found if word)


@functools.cache
def office_words(code: str, language: str) -> tuple[str, ...]:
    """Titles of an office in a language, in lower case."""
    office = offices().get(code)
    if office is None:
        return ()
    titles = (*office.german, *office.german_feminine) if language == "de" else office.english
    return tuple(title.lower() for title in titles)
