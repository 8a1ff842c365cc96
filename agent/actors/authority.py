"""Well-known people, by the authority list: who holds an office, and full names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from dragoman.actors.entries import Entry, Roster
from dragoman.actors.tails import head_of
from dragoman.language import language_data
from dragoman.schemas.evidence import Span
from dragoman.syntax.nouns import is_office
from dragoman.terminology.people import USUAL_NAME, Person, by_family, office_words
from dragoman.terminology.similarity import plain
from dragoman.territories import WORD, country_of, key_of, territory


def join_office_holders(roster: Roster, language: str) -> None:
    """File "President of Norland" with the one person of the article who was in that office."""
    data = language_data(language)
    if data is None:
        return
    known = [(entry, person) for entry in roster.entries for person in _known(entry)]
    for office in list(roster.entries):
        if office.kind != "person" or not is_office(head_of(office.name), data):
            continue
        countries = set(_countries(office.name))
        holders = {
            id(entry): entry
            for entry, person in known
            if entry is not office
            and entry in roster.entries
            and countries == {person.country}
            and _is_titled(office.name, person, language)
        }
        if len(holders) == 1:
            roster.join(office, *holders.values())


def _known(entry: Entry) -> list[Person]:
    """The people of the authority list who have the name."""
    words = [plain(word) for word in key_of(entry.name)]
    if entry.kind != "person" or len(words) < USUAL_NAME:
        return []
    families = (by_family().get(words[place], ()) for place in (0, -1))
    return [
        person
        for several in families
        for person in several
        if not {plain(person.given), plain(person.german_given)}.isdisjoint(words)
    ]


def _countries(description: str) -> Iterator[str]:
    """The countries named in a description, also as adjective or before a hyphen."""
    words = WORD.findall(description)
    pairs = (" ".join(pair) for pair in pairwise(words))
    for part in (*words, *pairs, *(word.partition("-")[0] for word in words)):
        code = territory(part) or country_of(part)
        if code is not None:
            yield code


def _is_titled(description: str, person: Person, language: str) -> bool:
    """Whether a description has the title of an office of the person as its noun or within it."""
    head, whole = head_of(description), description.casefold()
    return any(head == title or title in whole for title in _titles(person, language))


def _titles(person: Person, language: str) -> Iterator[str]:
    """Titles of the offices of a person, in lower case."""
    for code in person.offices:
        yield from office_words(code, language)


def complete_names(roster: Roster, language: str) -> None:
    """Give "Minister Berg" the full name, if the authority list has one such holder only."""
    for entry in roster.entries:
        if entry.kind != "person" or entry.role is None or " " in entry.name:
            continue
        family = by_family().get(plain(entry.name), ())
        holders = [person for person in family if _holds(person, entry, language)]
        if len(holders) == 1:
            entry.name = holders[0].name(language)


def _holds(person: Person, entry: Entry, language: str) -> bool:
    """Whether an office of the person ends with the title that stands before the name."""
    title = (entry.role or "").rpartition("-")[2]
    return any(words == title or words.endswith(f" {title}") for words in _titles(person, language))


_RANKS = re.compile(
    r"\b((?i:pope|papst|king|könig|queen|königin|prince|prinz|princess|prinzessin|emperor|kaiser"
    r"|patriarch|metropolitan|metropolit|sheikh|scheich|sultan|emir)) $"
)
"""Ranks that are a part of the names of those who have one name only."""

_LONGEST_RANK = 14  # characters


def complete_ranks(roster: Roster, text: str) -> None:
    """Give "Leo" the name under which a pope or a queen is known: "Pope Leo"."""
    for entry in roster.entries:
        if entry.kind != "person" or " " in entry.name:
            continue
        for span in entry.spans:
            rank = _RANKS.search(text[max(0, span.start - _LONGEST_RANK) : span.start])
            if rank is not None and span.exact == entry.name:
                entry.name = f"{rank[1]} {entry.name}"
                roster.file(entry.name, entry)
                start = span.start - len(rank[0])
                entry.add([Span(start=start, end=span.end, exact=text[start : span.end])])
                break
