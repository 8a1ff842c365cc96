"""Whom an office in the headline means: the first person in the text who holds it.

"Norwegian minister visits Oslo", and then "The foreign minister of Norway Anna Berg".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dragoman.actors.entries import Entry, Roster
from dragoman.actors.prominence import Prominence
from dragoman.actors.tails import head_of
from dragoman.language import language_data
from dragoman.syntax.nouns import is_office
from dragoman.territories import country_of, territory

if TYPE_CHECKING:
    from dragoman.article import Article
    from dragoman.schemas.evidence import Span

_FIRST_SENTENCES: Final = 4
"""Sentences behind the headline in which whoever it means is named."""

_BEFORE: Final = 90
"""Characters before a name in which the office and its country stand."""

_WORDS = re.compile(r"[\w’'-]+")

_SAME_OFFICES: Final = (
    frozenset({"regierungschef", "premierminister", "ministerpräsident", "premier", "kanzler"})
    | frozenset({"bundeskanzler", "regierungschefin", "premierministerin", "ministerpräsidentin"})
    | frozenset({"kanzlerin", "bundeskanzlerin"}),
    frozenset({"staatschef", "präsident", "staatsoberhaupt", "staatspräsident", "staatschefin"})
    | frozenset({"präsidentin", "staatspräsidentin"}),
)
"""Words for one and the same office."""


def join_headline_offices(article: Article, roster: Roster, prominence: Prominence) -> None:
    """File an office that the headline gives without a name with who holds it in the text."""
    data = language_data(article.language)
    titles = [sentence for sentence in article.body if sentence.kind == "title"]
    if data is None or not titles:
        return
    people = _first_named(article, roster, prominence)
    for entry in list(roster.entries):
        spans = [
            span
            for span in entry.spans
            if any(title.start <= span.start < title.end for title in titles)
        ]
        noun = head_of(entry.name).rpartition("-")[2]
        if not spans or entry.kind != "person" or not is_office(noun, data):
            continue
        countries = _countries(entry.name)
        holders = [
            (not countries & _countries(_said_before(article, span)), one)
            for span, one in people
            if _is_meant(article, entry, noun, span, one)
        ]
        person = min(holders, key=lambda one: one[0])[1] if holders else None
        if person is None or person is entry:
            continue
        beside = [span for span in entry.spans if _is_beside(article, span, person)]
        person.add([*spans, *beside])
        entry.spans = [span for span in entry.spans if span not in spans and span not in beside]
        if not entry.spans:
            roster.join(entry, person)


def _first_named(
    article: Article, roster: Roster, prominence: Prominence
) -> list[tuple[Span, Entry]]:
    """The people named in the first sentences of the text, in order, each where he is first."""
    body = [sentence for sentence in article.body if sentence.kind != "title"]
    found: list[tuple[Span, Entry]] = []
    if not body:
        return found
    start, end = body[0].start, body[:_FIRST_SENTENCES][-1].end
    for entry in roster.entries:
        spans = [span for span in entry.spans if start <= span.start < end]
        if entry.kind == "person" and prominence.is_proper(entry) and spans and entry.offices:
            found.append((spans[0], entry))
    return sorted(found, key=lambda one: one[0].start)


def _is_meant(article: Article, entry: Entry, noun: str, span: Span, person: Entry) -> bool:
    """Whether a person holds the office of an entry, and of the country it gives."""
    offices = {office.rpartition("-")[2] for office in person.offices}
    same = any(
        office == noun
        or office.endswith(noun)
        or any({office, noun} <= alike for alike in _SAME_OFFICES)
        for office in offices
    )
    if not same:
        return False
    around = _said_before(article, span)
    countries, near = _countries(entry.name), _countries(around)
    others = [word for word in entry.name.casefold().split()[:-1] if word in _NARROWING]
    narrowed = all(word in around.casefold() for word in others)
    return narrowed and (not countries or not near or bool(countries & near))


_NARROWING: Final = frozenset({"foreign", "defence", "defense", "interior", "finance", "health"})
"""Words that tell which minister it is."""


def _countries(text: str) -> set[str]:
    """Codes of the countries that words name or are adjectives of."""
    words = [part for word in _WORDS.findall(text) for part in word.split("-")]
    return {code for word in words if (code := country_of(word) or territory(word))}


def _said_before(article: Article, span: Span) -> str:
    """What stands shortly before a name in its sentence."""
    sentence = article.sentence_at(span.start)
    start = max(sentence.start if sentence is not None else 0, span.start - _BEFORE)
    return article.text[start : span.start]


def _is_beside(article: Article, span: Span, person: Entry) -> bool:
    """Whether an office stands right before the name: "President Anna Berg"."""
    return any(
        article.text[span.end : other.start].strip() == "" and span.end <= other.start
        for other in person.spans
    )
