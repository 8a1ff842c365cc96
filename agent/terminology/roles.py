"""Titles that machine translation into German gets wrong: the sex of a minister, "secretary".

English "minister" and "secretary" say neither whether a woman holds the office nor what the office
is called in German. Both are set right where the authority list knows the bearer.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from dragoman.terminology.findings import Finding
from dragoman.terminology.names import Word, words_of
from dragoman.terminology.people import Person, by_family, by_given, offices
from dragoman.terminology.similarity import plain

if TYPE_CHECKING:
    from dragoman.article import Article

_TITLE: Final = re.compile(
    r"(?i:.*(?:minister|präsident|kanzler|sprecher|sekretär|botschafter|kommissar|bürgermeister|"
    r"gouverneur|senator|premier|chef|direktor|koordinator|politiker))"
)
_ARTICLES: Final[Mapping[str, str]] = {
    "der": "die", "dem": "der", "den": "die", "des": "der",
    "ein": "eine", "einem": "einer", "einen": "eine", "eines": "einer",
}  # fmt: skip
_STRONG_DATIVE: Final = frozenset({"dem", "des", "einem", "eines"})
# What follows a title that belongs to somebody who is named after it.
_BELONGS: Final = frozenset({
    "der", "des", "von", "vom", "aus", "für", "im", "in", "und", "oder", "sowie", "einer", "eines",
})  # fmt: skip
_AMERICAN_SECRETARY: Final = "Sekretär"


def role_findings(article: Article) -> list[Finding]:
    """Masculine titles of women, and "Sekretär" before the name of an American minister."""
    if article.language.split("-")[0] != "de":
        return []
    findings: list[Finding] = []
    sentences = [words_of(sentence) for sentence in article.body]
    named = _named_people(sentences)
    for words in sentences:
        for index, word in enumerate(words):
            if _TITLE.fullmatch(word.text) is None:
                continue
            findings += _of_named_woman(article.text, words, index)
            findings += _of_woman_meant(article.text, words, index, named)
            findings += _of_secretary(article.text, words, index)
    return findings


def _of_named_woman(text: str, words: Sequence[Word], index: int) -> Iterator[Finding]:
    """Masculine titles before a woman's name: "Der britische Außenminister Liz Truss"."""
    title = words[index]
    last = _end_of_womans_name(text, words, index + 1)
    if last is None or _begins_list(text, last):
        return
    first = index
    while first > 0 and index - first < 3 and _touch(text, words[first - 1], words[first]):
        word = words[first - 1].text
        if word.lower() in _ARTICLES:
            first -= 1
            break
        if not (word.lower().endswith(("e", "en", "er")) and _is_adjective(word)):
            break
        first -= 1
    article = (
        words[first].text if first < index and words[first].text.lower() in _ARTICLES else None
    )
    parts = [_feminine_article(article)] if article else []
    parts += [
        _feminine_adjective(word.text, article) for word in words[first + bool(article) : index]
    ]
    right = " ".join([*parts, feminine(title.text), text[words[index + 1].start : last]])
    yield Finding(
        words[first].start, last, right, "mistranslation", "major",
        "the title of a woman", "glossary", 0.85,
    )  # fmt: skip


def _begins_list(text: str, end: int) -> bool:
    """Whether more names follow, so that the title may be a plural: "Minister A, B und C"."""
    return re.match(r"\s+(?:und|sowie)\s|\s*,\s*[A-ZÄÖÜ]", text[end : end + 12]) is not None


def _of_woman_meant(
    text: str, words: Sequence[Word], index: int, named: Sequence[Person]
) -> Iterator[Finding]:
    """The title alone, "Der Außenminister sagte", where the only holder named is a woman."""
    if index != 1 or words[0].text != "Der" or len(words) < 3:
        return
    after = words[2]
    if after.capital or after.text in _BELONGS or not _touch(text, words[1], after):
        return
    title = words[1]
    holders = [person for person in named if title.text in _titles(person)]
    if not holders or any(person.gender != "f" for person in holders):
        return
    if _others_with_title(text, title.text, holders):
        return
    yield Finding(
        words[0].start, title.end, f"Die {feminine(title.text)}", "mistranslation", "major",
        f"{holders[0].name('de')} is meant, a woman", "glossary", 0.75,
    )  # fmt: skip


def _of_secretary(text: str, words: Sequence[Word], index: int) -> Iterator[Finding]:
    """The head of an American department called secretary: "Sekretär Mayorkas"."""
    title = words[index]
    if title.text not in {_AMERICAN_SECRETARY, f"US-{_AMERICAN_SECRETARY}"}:
        return
    for place in range(index + 1, min(index + 4, len(words))):
        if not _touch(text, words[place - 1], words[place]) or not words[place].capital:
            return
        for person in by_family().get(plain(words[place].text), ()):
            heads = any(office.endswith("minister") for office in person.offices)
            if person.country == "US" and heads:
                right = title.text.replace(_AMERICAN_SECRETARY, "Minister")
                right = feminine(right) if person.gender == "f" else right
                yield Finding(
                    title.start, title.end, right, "terminology", "major",
                    'English "Secretary", the head of an American department', "glossary", 0.85,
                )  # fmt: skip
                return


def feminine(title: str) -> str:
    """The feminine form of a German title; a genitive loses its ending, as it must."""
    return f"{title}in"


def _feminine_article(article: str) -> str:
    right = _ARTICLES[article.lower()]
    return right.capitalize() if article[0].isupper() else right


def _feminine_adjective(word: str, article: str | None) -> str:
    stem = re.sub(r"(?:er|en|e)$", "", word)
    if article and article.lower() in _STRONG_DATIVE:
        return f"{stem}en"
    return f"{stem}e"


def _is_adjective(word: str) -> bool:
    return word[:1].islower() or word.endswith(("ischer", "ische", "ischen"))


def _touch(text: str, one: Word, other: Word) -> bool:
    return other.start == one.end + 1 and text[one.end] in " \u00a0"


def _end_of_womans_name(text: str, words: Sequence[Word], start: int) -> int | None:
    """End of a woman's full name that begins at a word; nothing if it is none."""
    if start + 1 >= len(words) or not _touch(text, words[start - 1], words[start]):
        return None
    if not _touch(text, words[start], words[start + 1]):
        return None
    given, family = words[start], words[start + 1]
    if not (given.capital and family.capital):
        return None
    known = plain(given.text)
    if known in _womens_given_names() or any(
        person.gender == "f" for person in _people_named(words, start)
    ):
        return family.end
    return None


@functools.cache
def _womens_given_names() -> frozenset[str]:
    return frozenset(
        given
        for given, bearers in by_given().items()
        if all(person.gender == "f" and not person.family_first for person in bearers)
    )


def _people_named(words: Sequence[Word], start: int) -> Iterator[Person]:
    """Known people whose full name, of two or three words, begins at a word."""
    for length in (2, 3, 4):
        written = plain(" ".join(word.text for word in words[start : start + length]))
        for person in by_family().get(plain(words[start].text), ()):
            if person.family_first and written == plain(person.name("de")):
                yield person
        for person in by_given().get(plain(words[start].text), ()):
            if written in {plain(person.name("de")), plain(person.name("en"))}:
                yield person


def _named_people(sentences: Sequence[Sequence[Word]]) -> list[Person]:
    found: dict[Person, None] = {}
    for words in sentences:
        for start in range(len(words) - 1):
            if words[start].capital:
                found.update(dict.fromkeys(_people_named(words, start)))
    return list(found)


@functools.cache
def _titles(person: Person) -> frozenset[str]:
    return frozenset(
        title for code in person.offices if code in offices() for title in offices()[code].german
    )


def _others_with_title(text: str, title: str, holders: Sequence[Person]) -> bool:
    """Whether the article gives the title to somebody else, by name or by another country."""
    families = {part for person in holders for part in person.name("de").split()}
    for found in re.finditer(rf"(\w+)\s+{re.escape(title)}\b(?:\s+(\w+))?", text):
        before, after = found[1], found[2] or ""
        if after[:1].isupper() and after not in families:
            return True
        if before[:1].islower() and re.search(r"isch(?:e|en|er|em)$", before):
            return True
    return False
