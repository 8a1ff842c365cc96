"""Full names of well-known people whom the article names by office and last name alone."""

from __future__ import annotations

from dragoman.actors.entries import Entry, Roster
from dragoman.terminology.people import Person, by_family, office_words
from dragoman.terminology.similarity import plain


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
    return any(
        words == title or words.endswith(f" {title}")
        for code in person.offices
        for words in office_words(code, language)
    )
