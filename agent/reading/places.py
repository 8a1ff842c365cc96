"""Where an encounter takes place, as its sentence says it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dragoman.language import language_data
from dragoman.syntax.nouns import is_abstract, is_office
from dragoman.terminology.lexicon import is_word
from dragoman.territories import territory

if TYPE_CHECKING:
    from dragoman.article import Sentence
    from dragoman.attribution import MeetingCue

_NAME = r"[A-ZÄÖÜ][\w’'-]*"
_PLACE: Final = re.compile(
    rf"\b(?:in|im|at)(?: the| der| dem)? ({_NAME}(?: (?:of |der |des )?{_NAME}){{0,3}})"
)
"""A preposition of place and the capitalised words it governs."""

_LAST_WORD: Final = re.compile(r"([\w’'-]+) $")


def place_of(sentence: Sentence, cue: MeetingCue, language: str) -> str | None:
    """The place named right behind the cue, a party or a day, or None.

    Behind any other word it is rather where that is: "the war in Norland". A call has no place.
    """
    if cue.format in ("call", "video"):
        return None
    found: list[str] = []
    ends = {cue.cue.end, *(span.end for span in cue.participants)}
    for match in _PLACE.finditer(sentence.text):
        start = sentence.start + match.start()
        if _is_place(match[1], language) and (
            start - 1 in ends or _is_day(sentence.text[: match.start()], language)
        ):
            found.append(match[1])
            ends.add(sentence.start + match.end())
    return found[0] if found else None


def _is_day(before: str, language: str) -> bool:
    data, word = language_data(language), _LAST_WORD.search(before)
    if data is None or word is None:
        return False
    last = word[1].casefold()
    return last in data.weekdays or last in data.months or last.isdigit()


def _is_place(name: str, language: str) -> bool:
    """Whether capitalised words may be a place: no month, no party, no common German noun."""
    data = language_data(language)
    if data is None:
        return False
    if territory(name) is not None:
        return True
    last = name.casefold().split()[-1]
    if last in data.months or last in data.weekdays or is_office(last, data):
        return False
    single = " " not in name
    noun = language == "de" and is_word(name, language)  # every German noun has a capital
    return not (single and (is_abstract(last, data) or noun))
