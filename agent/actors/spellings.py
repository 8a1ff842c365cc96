"""Two spellings of one person's name: machine translation transcribes names in many ways."""

from __future__ import annotations

import re
from typing import Final

from dragoman.actors.entries import Entry, Roster
from dragoman.actors.tails import TAIL
from dragoman.terminology.lexicon import is_word
from dragoman.terminology.similarity import plain, ratio
from dragoman.territories import key_of

_SHORTEST_SPELLED: Final = 5
"""Letters of a name whose spelling may vary; shorter ones are too often alike by chance."""

_LEAST_ALIKE: Final = 0.82
"""Share of common letters of two spellings of one name, once letters of one sound are one."""

_ONE_SOUND: Final = (
    ("tsch|tch|sch|sh|zh|sz|cz|ch", "s"),
    ("ts|tz|z|c(?=[eiy])", "s"),
    ("ck|c|q", "k"),
    ("y|j", "i"),
    ("w", "v"),
    ("ph", "f"),
    ("kh|^h", "g"),
)
"""How one sound is spelled by the romanisations of Slavic and other languages."""


def join_spellings(roster: Roster, language: str) -> None:
    """File "Gavrylova" with "Anna Gavrilova"."""
    people = [entry for entry in roster.entries if _full_name(entry)]
    for entry in list(roster.entries):
        last = _last_name(entry, language)
        if last is None:
            continue
        for person in people:
            if person is not entry and person in roster.entries and _is_same(entry, last, person):
                roster.join(entry, person)
                break


def _is_same(entry: Entry, last: str, person: Entry) -> bool:
    """Whether a name, or a last name alone, is that of a person spelled in another way.

    A lone name may also be one of those in the middle: "Inara" for "Anna Maria Inara da Berg".
    """
    first, *others = key_of(person.name)
    if not _full_name(entry):
        return any(
            word != first and (word == last or _spelled_alike(last, word)) for word in others
        )
    given = key_of(entry.name)[0]
    if given == first:
        return last != others[-1] and _spelled_alike(last, others[-1])
    return last == others[-1] and _spelled_alike(given, first)


def _full_name(entry: Entry) -> bool:
    described = TAIL.search(entry.name) is not None
    several = len(key_of(entry.name)) > 1 and entry.territory is None
    return entry.kind == "person" and several and not described


def _last_name(entry: Entry, language: str) -> str | None:
    """The last name of a person, or a lone word that may be one."""
    key = key_of(entry.name)
    lone = len(key) == 1 and (not entry.known or entry.kind == "person")
    if entry.territory is not None or not (lone or _full_name(entry)):
        return None
    last = key[-1]
    capital = entry.name.split()[-1][:1].isupper() and not last.isupper()
    return None if not capital or len(last) < _SHORTEST_SPELLED or is_word(last, language) else last


def _spelled_alike(one: str, other: str) -> bool:
    if min(len(one), len(other)) < _SHORTEST_SPELLED:
        return False
    left, right = _folded(one), _folded(other)
    return left[:1] == right[:1] and ratio(left, right) >= _LEAST_ALIKE


def _folded(name: str) -> str:
    name = plain(name)
    for pattern, sound in _ONE_SOUND:
        name = re.sub(pattern, sound, name)
    return re.sub(r"(.)\1+", r"\1", name)
