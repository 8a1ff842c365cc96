"""Entries that turn out to be one: short and long forms, initials, two spellings of a name."""

from __future__ import annotations

import re
from typing import Final

from dragoman.actors.entries import Entry, Roster
from dragoman.actors.tails import TAIL
from dragoman.terminology.lexicon import is_word
from dragoman.terminology.similarity import plain, ratio
from dragoman.territories import key_of

_BRACKETED = re.compile(r"[ ]?\(([A-Z][A-Za-z&-]{1,9})\)")
"""A short form in brackets, as it stands behind the long one."""

_FARTHEST: Final = 5
"""Characters that may stand between a noun and the country that belongs to it (" of the")."""

_FEWEST_INITIALS: Final = 3


def join_short_forms(roster: Roster, text: str) -> None:
    """File "SCO" with "Shanghai Cooperation Organization (SCO)"."""
    for match in _BRACKETED.finditer(text):
        short = roster.at(match[1])
        if short is None or short.territory is not None:
            continue
        long = _long_form(roster, match.start(), match[1])
        if long is None or long is short:
            continue
        named = long.kind == "person" and " " in long.name
        if named and short.known and short.kind != "person":
            continue  # "Jo Roe (Norda Ltd)": who somebody is with
        if long.kind == "person":
            long.kind = short.kind if short.known else "organisation"
        roster.join(short, long)


def _long_form(roster: Roster, end: int, short: str) -> Entry | None:
    """The entry whose mention ends where the bracket begins, with "of Country" or without."""
    mentions = [(span, entry) for entry in roster.entries for span in entry.spans]
    mentions.sort(key=lambda mention: -mention[0].start)  # of two that end here the longer one
    at = {span.end: entry for span, entry in mentions}
    entry = at.get(end)
    if entry is None or entry.territory is None:
        return entry if entry is None or entry.name != short else None
    start = next(span.start for span in entry.spans if span.end == end)
    for distance in range(2, _FARTHEST + 4):
        body = at.get(start - distance)
        if body is not None and body.territory is None:
            return body
    return None


def join_initials(roster: Roster) -> None:
    """File "NTU" with "Norland Trade Union": initials of at least three words."""
    for short in list(roster.entries):
        name = short.name
        if not (name.isupper() and name.isalpha() and len(name) >= _FEWEST_INITIALS):
            continue
        for long in roster.entries:
            initials = "".join(word[0] for word in key_of(long.name)).upper()
            if long is not short and initials == name and short.territory is None:
                roster.join(short, long)
                break


def join_heads(roster: Roster) -> None:
    """File "Trade Council" with "Trade Council of Norland", if there is only one such."""
    for short in list(roster.entries):
        if len(short.name.split()) < _FEWEST_HEAD_WORDS or short.territory is not None:
            continue
        longer = [
            long
            for long in roster.entries
            if long is not short and TAIL.sub("", long.name) == short.name
        ]
        if len(longer) == 1:
            roster.join(short, longer[0])


_FEWEST_HEAD_WORDS: Final = 2
"""Words of a name that is a name also without what belongs to it."""

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
    """File "Gavrylova" with "Anna Gavrilova": machine translation spells a name in many ways."""
    people = [entry for entry in roster.entries if _full_name(entry)]
    for entry in list(roster.entries):
        last = _last_name(entry, language)
        if last is None:
            continue
        for person in people:
            same_given = not _full_name(entry) or key_of(entry.name)[0] == key_of(person.name)[0]
            other = key_of(person.name)[-1]
            may_be = person is not entry and same_given and person in roster.entries
            if may_be and other != last and _spelled_alike(last, other):
                roster.join(entry, person)
                break


def _full_name(entry: Entry) -> bool:
    return entry.kind == "person" and len(key_of(entry.name)) > 1 and entry.territory is None


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
