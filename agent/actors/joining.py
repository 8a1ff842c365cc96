"""Entries that turn out to be one body: short and long forms of its name, initials, inflection."""

from __future__ import annotations

import re
from typing import Final

from dragoman.actors.entries import Entry, Roster
from dragoman.actors.tails import TAIL, head_of
from dragoman.language import language_data
from dragoman.schemas.evidence import Span
from dragoman.syntax.nouns import noun_kind
from dragoman.terminology.lexicon import is_word
from dragoman.terminology.similarity import plain
from dragoman.territories import WORD, key_of

_BODIES: Final = frozenset({"organisation", "company", "government", "media"})
"""Kinds of actors whose names have short forms."""

_BRACKETED = re.compile(r"[ ]?\(([A-Z][A-Za-z&-]{1,9})\)")
"""A short form in brackets, as it stands behind the long one."""

_FARTHEST: Final = 5
"""Characters that may stand between a noun and the country that belongs to it (" of the")."""

_FEWEST_INITIALS: Final = 3

_SMALL: Final = re.compile(r"[a-zäöüß]{1,4}")
"""Small words of a name that give no letter to its short form: "of", "für"."""

_FEWEST_WORDS: Final = 2
"""Words of a name that is one also without what stands before or behind it."""

_LINKS: Final = frozenset(
    {"of", "for", "and", "the", "in", "der", "des", "von", "für", "und", "im"}
)
"""Words behind which a name is somebody else's: "Committee of the Trade Union"."""

_INFLECTION = re.compile(r"(?<=[a-zäöüß]{4})(?:ern|en|er|es|em|e|s)$")

_CLASS_NOUN = re.compile(r"(?<=\w)[ -]([\w]+)$")
"""The last word of a name, behind a blank or a hyphen: "Norda-Partei"."""


def join_same(roster: Roster) -> None:
    """File "U.S. Senate" with "US senate", "Jo Ann Roe" with "Jo Roe Ann".

    Case, dots, inflection and small words do not matter, nor does the order of a person's names.
    """
    first: dict[tuple[bool, tuple[str, ...]], Entry] = {}
    for entry in list(roster.entries):
        if entry.territory is not None or not entry.known:
            continue
        words = [plain(word.replace(".", "")) for word in WORD.findall(entry.name)]
        person = entry.kind == "person"
        if person and len(words) > 1:
            words.sort()
        else:
            words = [_INFLECTION.sub("", word) for word in words if word not in _LINKS]
        other = first.setdefault((person, tuple(words)), entry)
        if other is not entry:
            roster.join(entry, other)


def join_short_forms(roster: Roster, text: str) -> None:
    """File "SCO" with "Shanghai Cooperation Organization (SCO)", whatever its letters are.

    Behind a translated name the short form is often left as it is in the other language.
    """
    for match in _BRACKETED.finditer(text):
        short = roster.at(match[1])
        long = _long_form(roster, match.start(), match[1])
        if long is None or long is short:
            continue
        if short is None:
            if long.kind in _BODIES and sum(map(str.isupper, match[1])) > 1:
                long.add([Span(start=match.start(1), end=match.end(1), exact=match[1])])
                roster.file(match[1], long)
            continue
        named = long.kind == "person" and " " in long.name
        if short.territory is not None or (named and short.known and short.kind != "person"):
            continue  # "Jo Roe (Norda Ltd)": who somebody is with
        if long.kind == "person":
            long.kind = short.kind if short.known else "organisation"
        roster.join(short, long)


def _long_form(roster: Roster, end: int, short: str) -> Entry | None:
    """The entry whose mention ends where the bracket begins, with "of Country" or without."""
    mentions = [(span, entry) for entry in roster.entries for span in entry.spans]
    # Of two that end here the longer one, but rather a bank than its head: "head of the Bank (B)".
    mentions.sort(key=lambda mention: (mention[1].kind in _BODIES, -mention[0].start))
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
    """File "NTU" with "Norland Trade Union": initials of at least three words.

    Small words need no letter ("Department of Trade and Industry", "DTI"), a long word may have
    several ("Nordischer Zentralfonds", "NZF"); two letters do for two words with capitals.
    """
    for short in list(roster.entries):
        name = short.name
        if not (name.isupper() and name.isalpha() and short.territory is None):
            continue
        longer = [long for long in roster.entries if long is not short and _abbreviates(name, long)]
        if len(longer) == 1:
            roster.join(short, longer[0])


def _abbreviates(short: str, long: Entry) -> bool:
    """Whether capitals are the first letters of a name, or of a body's with some from within."""
    if long.territory is not None or long.name.isupper():
        return False
    words = WORD.findall(long.name)
    initials = "".join(word[0] for word in words)
    if len(short) < _FEWEST_INITIALS:
        return long.kind in _BODIES and initials == short
    if initials.upper() == short:
        return True
    main = [word.casefold() for word in words if not _SMALL.fullmatch(word)]
    return long.kind in _BODIES and len(main) > 1 and _spelled_by(short.casefold(), main)


def _spelled_by(letters: str, words: list[str]) -> bool:
    """Whether letters are the initials of all words, in order, with letters from within them."""
    first, *rest = words
    if not letters.startswith(first[0]):
        return False
    if not rest:
        return _is_within(letters, first)
    return any(
        _is_within(letters[:taken], first) and _spelled_by(letters[taken:], rest)
        for taken in range(1, len(letters))
    )


def _is_within(letters: str, word: str) -> bool:
    """Whether a word has the letters in this order."""
    rest = iter(word)
    return all(letter in rest for letter in letters)


def join_class_nouns(roster: Roster, language: str) -> None:
    """File "Norda" with "Norda-Partei", "Guard" with "Guard newspaper"."""
    data = language_data(language)
    for long in list(roster.entries):
        if long not in roster.entries:
            continue  # it was the short form of another
        match = _CLASS_NOUN.search(long.name)
        if data is None or match is None or long.kind not in _BODIES or long.territory is not None:
            continue
        short = roster.at(long.name[: match.start()])
        if noun_kind(match[1].casefold(), data) not in _BODIES - {"government"}:
            continue
        if short is None or short is long or short.territory or short.kind == "person":
            continue
        outlet = short.kind == long.kind == "media"
        if outlet or not is_word(short.name, language):
            roster.join(short, long)


def join_longer(roster: Roster) -> None:
    """File "Trade Court" with "Norland Trade Court" or "Trade Court of Norland".

    Only if there is no second such.
    """
    for short in list(roster.entries):
        if len(short.name.split()) < _FEWEST_WORDS or short.territory is not None:
            continue
        longer = [long for long in roster.entries if long is not short and _lengthens(long, short)]
        if len(longer) == 1:
            roster.join(short, longer[0])


def _lengthens(long: Entry, short: Entry) -> bool:
    """Whether a name is the other with a tail, or a body's with words that narrow it before it."""
    if TAIL.sub("", long.name) == short.name:
        return True
    if long.kind == short.kind == "person":
        # "Jo Ann Roe" is "Ann Roe", too; "a friend of Ann Roe" is not
        return long.name.endswith(f" {short.name}") and TAIL.search(long.name) is None
    if long.territory is not None or not {long.kind, short.kind} <= _BODIES:
        return False
    name, part = key_of(long.name), key_of(short.name)
    before = name[: -len(part)]
    if before and name[-len(part) :] == part and _LINKS.isdisjoint(before):
        return True
    same = long.name.casefold().startswith(short.name.casefold())
    return same and TAIL.match(long.name, len(short.name)) is not None


def join_bare_groups(roster: Roster, language: str) -> None:
    """File "mayors" with "mayors of Linden", "Bauern" with "deutsche Bauern", if there is but one.

    Both are the plural of one noun; what stands before or behind it in one of them narrows it.
    """
    data = language_data(language)
    for bare in list(roster.entries):
        if data is None or bare.kind != "group" or " " in bare.name or bare not in roster.entries:
            continue
        noun = _INFLECTION.sub("", bare.name.casefold())
        narrowed = [
            other
            for other in roster.entries
            if other.kind == "group"
            and " " in other.name
            and _INFLECTION.sub("", head_of(other.name)) == noun
        ]
        if len(narrowed) == 1 and noun_kind(bare.name.casefold(), data) == "group":
            roster.join(bare, narrowed[0])
