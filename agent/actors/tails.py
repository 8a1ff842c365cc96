"""What belongs to the name of a body or the description of a group, and how far it goes."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from dragoman.language import language_data
from dragoman.schemas.evidence import Span
from dragoman.syntax.nouns import noun_kind
from dragoman.terminology.lexicon import is_word
from dragoman.terminology.people import USUAL_NAME, is_given_name
from dragoman.territories import WORD, territory

if TYPE_CHECKING:
    from dragoman.article import Article
    from dragoman.language import LanguageData
    from dragoman.schemas.vocabulary import ActorKind

_CAPITALS: Final = r"(?: [A-ZÄÖÜ][\w’'-]*)+"
_JOINED: Final = r"(?:(?:,[ ][A-ZÄÖÜ][\w-]*)*[ ](?:and|und)" + _CAPITALS + ")"


def _belonging(capitals: str) -> re.Pattern[str]:
    return re.compile(
        r"(?:(?: (?:of|for) (?:the )?[a-z]+(?= (?:of|for) (?:the )?[A-Z]))?"  # "of the mayor of …"
        r" (?:of(?: the)?|for(?: the)?|der|des|von|vom|für|gegen)(?: [a-zäöüß]{3,}(?:en|er))?"
        + capitals
        + r"(?: [a-zäöüß]{3,}er [A-ZÄÖÜ][\w’'-]*en\b)?"
        r"(?: (?:region|province|district|oblast|county)\b"
        r"| (?:[a-z]+ )?(?:ministry|government|parliament|army|police|forces|embassy|party)\b)?"
        r"){1,2}"
    )


_PLAIN_TAIL: Final = _belonging(_CAPITALS)

TAIL: Final = _belonging(f"{_CAPITALS}{_JOINED}?")
"""What belongs to the name of a body, up to its last capitalised word."""

COLLECTIVE: Final = frozenset({"organisation", "company", "government", "media", "group"})
"""Kinds of actors that are no persons."""

_GENITIVE = re.compile(r" ([A-ZÄÖÜ]\w+)s\b(?! [A-ZÄÖÜ])")
"""A country or capital in the genitive behind a noun: "die Regierung Norwegens"."""

_SEAT = re.compile(r" (?:in|im|at)(?: the| dem| der)?(?: [A-ZÄÖÜ][\w’'-]*)+")
"""Where a body or group is that has no name of its own: "the leadership in Linden"."""

_ABROAD: Final = frozenset({"embassy", "consulate", "mission", "office", "bureau", "delegation"})
"""Bodies of which there is one in each place: "the Norwegian Embassy in Linden"."""

_LEGAL_FORM = re.compile(r"\.?,? (?:Ltd|Inc|LLC|Corp|GmbH|AG|PLC)\b\.?")
"""The legal form of a company, also behind a comma: "Norda Co., Ltd."."""


def extended(span: Span, article: Article) -> Span:
    """A name or description with what belongs to it: "Bank of Norland", "Rat der Weisen"."""
    tail = _tail(span, article)
    if tail is None:
        return span
    person = _person_behind(span, tail, article)
    if person is not None:
        return person
    return Span(start=span.start, end=tail.end(), exact=article.text[span.start : tail.end()])


def _person_behind(span: Span, tail: re.Match[str], article: Article) -> Span | None:
    """Who holds an office, where the name ends its description: "minister of Norland Jo Roe"."""
    data = language_data(article.language)
    words = list(WORD.finditer(tail.string, tail.start(), tail.end()))
    if data is None or len(words) <= USUAL_NAME + 1:
        return None
    if noun_kind(span.exact.split()[-1].casefold(), data) != "person":
        return None
    *_, owner, given, family = words
    plain = [is_word(w.group(), code) for w in (given, family) for code in ("de", "en")]
    named = is_given_name(given.group()) or not any(plain)
    if not named or not owner.group()[0].isupper() or noun_kind(family.group().casefold(), data):
        return None
    if territory(family.group()) or territory(f"{given.group()} {family.group()}"):
        return None
    return Span(start=given.start(), end=tail.end(), exact=tail.string[given.start() : tail.end()])


def _tail(span: Span, article: Article) -> re.Match[str] | None:
    data = language_data(article.language)
    words = span.exact.split()
    kind = noun_kind(words[-1].casefold(), data) if data is not None else None
    tail = TAIL.match(article.text, span.end)
    if tail is not None and not _is_one_tail(tail.group(), kind, data):
        tail = _PLAIN_TAIL.match(article.text, span.end)
    if tail is not None and data is not None and (end := _end_before_time(tail, data)):
        tail = _PLAIN_TAIL.match(article.text, span.end, end)
    if kind == "company" and (form := _LEGAL_FORM.match(article.text, span.end)) is not None:
        return form
    if tail is None and kind is not None:
        owner = _GENITIVE.match(article.text, span.end)
        if owner is not None and territory(owner[1]) is not None:
            return owner
    if tail is None:
        seat = _SEAT.match(article.text, span.end)
        own, hyphen, _ = words[-1].partition("-")
        if hyphen and own[:1].isupper() and territory(own) is None:
            return None  # "Linden-Klinik in Norland" has a name of its own
        named = len(words) >= USUAL_NAME and all(word[:1].isupper() for word in words)
        if named and words[-1].casefold() not in _ABROAD:
            return None  # and so has "the Norda Security Committee in Linden"
        return seat if seat is not None and _has_seat(words[-1], kind, seat.group(), data) else None
    # In a German text "of" stands in English names alone.
    foreign = article.language == "de" and len(words) >= USUAL_NAME
    fits = kind not in (None, "media") or (foreign and tail.group().startswith(" of "))
    return tail if fits else None


def _end_before_time(tail: re.Match[str], data: LanguageData) -> int | None:
    """Where a tail ends before a word for a time that a garbled sentence runs into it, if so."""
    words = list(WORD.finditer(tail.string, tail.start(), tail.end()))
    for before, word in pairwise(words):
        plain = word.group().casefold()
        timely = plain in data.time_words or plain in data.months or plain in data.weekdays
        if timely and before.group()[0].isupper():
            return before.end()
    return None


_COORDINATED: Final = re.compile(rf"({_CAPITALS})({_JOINED})")


def _is_one_tail(tail: str, kind: ActorKind | None, data: LanguageData | None) -> bool:
    """Whether words joined by "and" all belong to the name before them.

    Subjects belong to a body or an office ("Ministry of Trade and Industry"), also before a noun
    ("National Trade and Industry Board"), countries to a group ("envoys of Norland and
    Sudonia"); else the second word is somebody else.
    """
    joined = _COORDINATED.search(tail)
    if joined is None or data is None or joined[1].endswith("-"):
        return True
    words = [word for word in WORD.findall(joined.group()) if word[0].isupper()]
    places = [territory(word) is not None for word in words]
    if any(places):
        return kind == "group" and all(places)
    kinds = [noun_kind(word.casefold(), data) for word in words]
    behind = len(WORD.findall(joined[2])) > USUAL_NAME and kinds[-1] in COLLECTIVE
    subjects = list(zip(words, kinds, strict=True))[: -1 if behind else None]
    return kind in ("organisation", "government", "person") and all(
        is_word(word, data.code) and own in (None, "group") for word, own in subjects
    )


def _has_seat(noun: str, kind: ActorKind | None, seat: str, data: LanguageData | None) -> bool:
    """Whether the place behind a noun tells which one it is: a body's town, a group's chamber."""
    authorities = noun.casefold() in ("authorities", "behörden")
    if data is not None and seat.split()[-1].casefold() in {*data.months, *data.weekdays}:
        return False
    if kind in ("organisation", "government") or (kind == "group" and authorities):
        # "in dem Video": behind an article a German noun is no name of a place.
        bare = re.match(r" (?:in|at) [A-ZÄÖÜ]", seat) is not None
        return bare or data is None or data.code != "de" or not is_word(seat.split()[-1], "de")
    chamber = noun_kind(seat.split()[-1].casefold(), data) if data is not None else None
    return kind == "group" and chamber in ("organisation", "government")


def head_of(form: str) -> str:
    """The noun of a form (case folded), without what belongs to it: "mayor" of Linden."""
    words = (_SEAT.sub("", TAIL.sub("", form)) or form).split()
    return words[-1].casefold()
