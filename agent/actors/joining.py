"""Entries that turn out to be one: a short form and its long form, initials and their words."""

from __future__ import annotations

import re
from typing import Final

from dragoman.actors.entries import Entry, Roster
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
