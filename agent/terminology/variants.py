"""Names that an article spells in several ways: the odd one out against the frequent one.

Precision comes first. Two spellings count as one name only if both look like names, neither is
an ordinary word nor a known name of its own, and the difference is no ending.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Final

from dragoman.language import language_data
from dragoman.terminology.builtin import builtin_entries
from dragoman.terminology.findings import Finding
from dragoman.terminology.lexicon import is_word
from dragoman.terminology.names import Word, words_of
from dragoman.terminology.people import by_family, by_given, countries
from dragoman.terminology.similarity import distance, plain, sound_key

if TYPE_CHECKING:
    from dragoman.article import Article, Sentence

_SHORTEST: Final = 4
_ENDINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "de": (
        "s",
        "n",
        "en",
        "e",
        "er",
        "ern",
        "es",
        "in",
        "innen",
        "isch",
        "ische",
        "ischen",
        "sche",
    ),
    "en": ("s", "n", "an", "ian", "ians", "ese", "i", "is", "ish", "ns", "er", "ers", "ic"),
}


@dataclass(slots=True)
class _Spelling:
    """A capitalised word with all its places."""

    text: str
    places: list[Word] = field(default_factory=list)
    neighbours: set[str] = field(default_factory=set)
    """Capitalised words that stand directly before or after it, made plain."""
    inside: int = 0
    """How often it stands in mid-sentence."""
    bare: int = 0
    """How often no determiner or inflected adjective stands before it."""


def variant_findings(article: Article) -> list[Finding]:
    """Spellings that are odd ones out in the article, and names spelled in two ways."""
    language = article.language.split("-")[0]
    if language not in _ENDINGS:
        return []
    spellings = _spellings(article.body, language)
    findings: list[Finding] = []
    for one, other in _alike(spellings, language):
        right, odd = _order(one, other)
        if right is None:
            findings += _undecided(one, other)
        elif odd is not None:
            findings += _corrected(right, odd)
    return findings


def _spellings(body: Sequence[Sentence], language: str) -> list[_Spelling]:
    found: dict[str, _Spelling] = {}
    lower: set[str] = set()
    for sentence in body:
        words = words_of(sentence)
        for index, word in enumerate(words):
            if not word.capital:
                lower.add(word.text)
            text = _base(word.text)
            if not word.capital or len(text) < _SHORTEST or sentence.kind == "title":
                continue
            spelling = found.setdefault(text, _Spelling(text))
            spelling.places.append(Word(text, word.start, word.start + len(text)))
            before = words[index - 1] if index else None
            after = words[index + 1] if index + 1 < len(words) else None
            spelling.inside += before is not None
            spelling.bare += before is None or not _opens_noun_phrase(before.text, language)
            for neighbour in (before, after):
                if neighbour is not None and neighbour.capital and _touch(word, neighbour):
                    spelling.neighbours.add(plain(neighbour.text))
    return [spelling for text, spelling in found.items() if text.lower() not in lower]


def _touch(one: Word, other: Word) -> bool:
    return one.end + 1 == other.start or other.end + 1 == one.start


def _base(text: str) -> str:
    return text[:-2] if text.endswith(("'s", "’s")) else text


def _opens_noun_phrase(word: str, language: str) -> bool:
    """Whether what follows a word is an ordinary noun rather than a name."""
    data = language_data(language)
    if data is None:
        return False
    grammar, lowered = data.grammar, word.lower()
    if lowered in grammar.determiners:
        return True
    if language != "de" or not word[:1].islower() or not word.endswith(grammar.adjective_endings):
        return False
    # An inflected adjective shows that an ordinary noun follows; many other words end like one.
    others = grammar.prepositions | grammar.subordinators | grammar.coordinators | grammar.adverbs
    return not (lowered in others | grammar.modals | grammar.copulas or lowered in data.verbs)


def _alike(spellings: Sequence[_Spelling], language: str) -> Iterator[tuple[_Spelling, _Spelling]]:
    """Pairs of spellings that are taken for one name."""
    groups: dict[str, list[_Spelling]] = defaultdict(list)
    for spelling in spellings:
        if _looks_like_name(spelling) and not _is_ordinary(spelling.text, language):
            groups[sound_key(spelling.text)[:2]].append(spelling)
    for group in groups.values():
        for one, other in combinations(group, 2):
            if _is_pair(one, other, language):
                yield one, other


def _is_pair(one: _Spelling, other: _Spelling, language: str) -> bool:
    if abs(len(one.text) - len(other.text)) > 2 or _only_ending_differs(one, other, language):
        return False
    edits = distance(one.text.replace("-", ""), other.text.replace("-", ""))
    same_sound = sound_key(one.text) == sound_key(other.text)
    shortest = min(len(one.text), len(other.text))
    if edits == 0 or edits > (2 if shortest >= 8 or (same_sound and shortest >= 6) else 1):
        return False
    if _known(one.text) and _known(other.text):
        return False
    # At the beginning of a sentence everything has a capital letter; one must be seen inside.
    return bool(one.inside or other.inside) and _same_bearer(one, other)


def _is_ordinary(word: str, language: str) -> bool:
    return is_word(word, language) and not _known(word)


def _only_ending_differs(one: _Spelling, other: _Spelling, language: str) -> bool:
    stems = [
        {word, *(word[: -len(end)] for end in _ENDINGS[language] if word.endswith(end))}
        for word in (one.text.lower(), other.text.lower())
    ]
    return bool({stem for stem in stems[0] & stems[1] if len(stem) >= _SHORTEST - 1})


def _looks_like_name(spelling: _Spelling) -> bool:
    return spelling.bare == len(spelling.places)


def _same_bearer(one: _Spelling, other: _Spelling) -> bool:
    """Whether two spellings may be of one bearer: Ivan and Ivana, Kim and Kin are not."""
    if one.neighbours & other.neighbours:
        return True
    if any(plain(spelling.text) in by_given() for spelling in (one, other)):
        return False
    known = _known(one.text) or _known(other.text)
    if one.neighbours and other.neighbours and not known:
        return False  # two people with different given names
    frequent, rare = sorted((one, other), key=lambda spelling: -len(spelling.places))
    return known or len(frequent.places) >= 2 * len(rare.places)


def _order(one: _Spelling, other: _Spelling) -> tuple[_Spelling | None, _Spelling | None]:
    """Which spelling is right and which is odd; nothing where that cannot be known."""
    for right, odd in ((one, other), (other, one)):
        if _known(right.text) and not _known(odd.text):
            return right, odd
    frequent, rare = sorted((one, other), key=lambda spelling: -len(spelling.places))
    if len(frequent.places) >= 2 * len(rare.places):
        return frequent, rare
    return None, None


@functools.cache
def _known_names() -> frozenset[str]:
    places = (
        place
        for country in countries().values()
        for place in (country.capital, country.german_capital)
    )
    terms = (entry.preferred for entry in builtin_entries())
    return frozenset(plain(name) for name in (*places, *terms) if " " not in name)


def _known(name: str) -> bool:
    """Whether a name is in the starter pack, so that it needs no other to be right."""
    folded = plain(name)
    return folded in _known_names() or folded in by_family()


def _corrected(right: _Spelling, odd: _Spelling) -> Iterator[Finding]:
    times = len(right.places)
    reason = f"the article has {right.text!r} {'once' if times == 1 else f'{times} times'}"
    for place in odd.places:
        yield Finding(
            place.start, place.end, right.text, "name", "minor", reason, "consistency", 0.75
        )


def _undecided(one: _Spelling, other: _Spelling) -> Iterator[Finding]:
    for spelling, alternative in ((one, other), (other, one)):
        reason = f"the article also has {alternative.text!r}; which is right cannot be known"
        for place in spelling.places:
            yield Finding(place.start, place.end, "", "name", "minor", reason, "consistency", 0.4)
