"""The mentions to be filed: names of the article with what belongs to them, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from dragoman.actors.tails import COLLECTIVE, TAIL, extended
from dragoman.attribution import Name, name_kind, names
from dragoman.language import language_data
from dragoman.schemas.evidence import Span
from dragoman.syntax.nouns import is_abstract, is_office, noun_kind
from dragoman.terminology.lexicon import is_word
from dragoman.terminology.people import USUAL_NAME, is_known_name
from dragoman.territories import WORD, key_of

if TYPE_CHECKING:
    from dragoman.article import Article
    from dragoman.language import LanguageData
    from dragoman.schemas.vocabulary import ActorKind


def mentions(article: Article) -> list[Name]:
    """All mentions of possible actors, those with the longest names first.

    "Xi" can only be filed once there is a "Xi Jinping".
    """
    data = language_data(article.language)
    pronouns = data.pronouns if data is not None else {}
    found = [
        _trimmed(name)
        for several in names(article).values()
        for name in several
        if name.span.exact.casefold() not in pronouns
    ]
    found = _with_long_forms(article, _with_known(article, found))
    keys = {key_of(name.span.exact) for name in found}
    cleaned = [
        _without_neighbours(_with_tail(name, article), keys, article.language) for name in found
    ]
    return sorted(_without_parts(cleaned), key=_fullest_first)


def _without_parts(found: list[Name]) -> list[Name]:
    """Leave out what only looks like a person within the name of a body: "Museum for Folk Art"."""
    bodies = [n.span for n in found if n.kind in COLLECTIVE and TAIL.search(n.span.exact)]
    return [
        name
        for name in found
        if name.kind != "person"
        or name.title is not None
        or is_known_name(name.span.exact)
        or not any(b.start < name.span.start and name.span.end <= b.end for b in bodies)
    ]


_ACRONYM = re.compile(r" ?\(([A-ZÄÖÜ]{3,8})\)")
"""A short form of capitals in brackets, as it stands behind the long one."""

_SMALL_WORDS: Final = 2
"""Words of a long form, for each letter of the short one, that may be between its capitals."""


def _with_long_forms(article: Article, found: list[Name]) -> list[Name]:
    """Put the long form before a short one in brackets in the place of names it is made of.

    "Union for Trade and Crafts (UTC)": the words are found by the letters of the short form, as
    by Schwartz and Hearst (2003).
    """
    for match in _ACRONYM.finditer(article.text):
        span = _long_form(article.text, match)
        if span is None:
            continue
        inside = [n for n in found if span.start <= n.span.start and n.span.end <= span.end]
        if inside and all(name.span != span for name in inside):
            found = [name for name in found if name not in inside]
            found.append(Name(span, name_kind(span.exact, article.language) or "organisation"))
    return found


_SMALL = re.compile(r"^[a-z]")
"""A small letter where a name has a capital as a rule: "dpa"."""


def _with_known(article: Article, found: list[Name]) -> list[Name]:
    """Put the name of a known outlet or body in the place of names within: "Voice of Norland"."""
    data = language_data(article.language)
    if data is None:
        return found
    known: dict[str, ActorKind] = dict.fromkeys(data.names.media, "media")
    known |= dict.fromkeys(data.names.bodies, "organisation")
    for name, kind in sorted(known.items()):
        if " " not in name and not _SMALL.search(name):
            continue
        if name not in article.text:
            continue  # much faster than to compile a pattern for each
        for match in re.finditer(rf"\b{re.escape(name)}\b", article.text):
            sentence = article.sentence_at(match.start())
            if sentence is None or sentence.noise is not None:
                continue
            span = Span(start=match.start(), end=match.end(), exact=match.group())
            if any(n.kind == kind and _is_within(span, n.span) for n in found):
                continue  # "Norda News Sunday"
            found = [n for n in found if span.end <= n.span.start or n.span.end <= span.start]
            found.append(Name(span, kind))
    return found


def _is_within(span: Span, other: Span) -> bool:
    return other.start <= span.start and span.end <= other.end


def _long_form(text: str, match: re.Match[str]) -> Span | None:
    """The words before the bracket whose capitals are the letters of the short form."""
    letters = list(match[1])
    line = text.rfind("\n", 0, match.start()) + 1
    words = list(WORD.finditer(text, line, match.start()))
    for count, word in enumerate(reversed(words), start=1):
        if word.group()[0] == letters[-1]:
            letters.pop()
        elif word.group()[0].isupper() or count > _SMALL_WORDS * len(match[1]):
            return None
        if not letters:
            start, end = word.start(), match.start()
            return Span(start=start, end=end, exact=text[start:end])
    return None


def _with_tail(name: Name, article: Article) -> Name:
    span = extended(name.span, article)
    if span.start > name.span.start:  # who holds the office
        return Name(span, "person", name.span.exact.split()[-1].casefold())
    number = _ORDINAL.search(article.text[max(0, span.start - _LONGEST_ORDINAL) : span.start])
    if number is not None and name.kind == "organisation":
        start = span.start - len(number.group())
        span = Span(start=start, end=span.end, exact=article.text[start : span.end])
    return name if span is name.span else replace(name, span=span)


_ORDINAL = re.compile(r"\b\d{1,3}(?:st|nd|rd|th|\.) $")
"""The number of a brigade or a court."""

_LONGEST_ORDINAL: Final = 7  # characters


def _without_neighbours(name: Name, keys: Iterable[tuple[str, ...]], language: str) -> Name:
    """A person's name without what a garbled sentence runs into it, if it also stands alone."""
    key = key_of(name.span.exact)
    if name.kind not in ("person", None) or len(key) <= USUAL_NAME or TAIL.search(name.span.exact):
        return name
    words = list(WORD.finditer(name.span.exact))[-len(key) :]
    for length in range(USUAL_NAME, len(key)):
        if key[:length] in keys:
            return _cut(name, 0, words[length - 1].end())
    rest = name.span.exact[words[1].start() :]
    acronym = key[0].isupper()
    if key[:1] in keys and not acronym and not is_common(rest.split(), language):
        return _cut(name, words[1].start(), len(name.span.exact))
    return name


def is_common(words: list[str], language: str) -> bool:
    """Whether the last word is a common noun, so that the words describe and do not name."""
    data: LanguageData | None = language_data(language)
    last = words[-1].casefold()
    if data is None or not is_word(words[-1].rpartition("-")[2] or words[-1], language):
        return False
    return is_abstract(last, data) or is_office(last, data) or noun_kind(last, data) is not None


def _trimmed(name: Name) -> Name:
    """A person's name without the small words a garbled sentence puts before it."""
    words = list(WORD.finditer(name.span.exact))
    first = next((k for k, word in enumerate(words) if word.group()[:1].isupper()), 0)
    if name.kind != "person" or first == 0 or len(words) - first < USUAL_NAME:
        return name
    return _cut(name, words[first].start(), len(name.span.exact))


def _cut(name: Name, start: int, end: int) -> Name:
    at, text = name.span.start, name.span.exact[start:end]
    span = Span(start=at + start, end=at + start + len(text), exact=text)
    return replace(name, span=span)


def _fullest_first(name: Name) -> tuple[int, int]:
    return -len(key_of(name.span.exact)), name.span.start
