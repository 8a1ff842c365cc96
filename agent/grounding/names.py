"""Names as articles write them: the same name in its inflections, its parts and its short forms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dragoman.grounding.words import Word, split_words
from dragoman.schemas.vocabulary import ActorKind

# Endings a name or the adjective before it takes: genitive, plural, German declension.
_ENDINGS = (
    "ischen",
    "ischer",
    "isches",
    "ischem",
    "ische",
    "isch",
    "ens",
    "en",
    "em",
    "er",
    "es",
    "e",
    "n",
    "s",
)
_SHORTEST_STEM = 3


@lru_cache(maxsize=65536)
def stem(text: str) -> str:
    """The word without the ending of its inflection, case folded.

    Abbreviations in capitals stay as they are, so that "US" is not taken for "us".
    """
    if len(text) <= 4 and text.isupper():
        return text
    folded = text.casefold()
    for ending in _ENDINGS:
        if folded.endswith(ending) and len(folded) - len(ending) >= _SHORTEST_STEM:
            return folded[: -len(ending)]
    return folded


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody an item names, with all forms under which the article names them.

    Attributes:
        name: the name as the item gives it.
        forms: its surface forms, the name among them.
        kind: what it is, if known; the last name alone is a form of a person's name too.
    """

    name: str
    forms: tuple[str, ...]
    kind: ActorKind | None = None

    def patterns(self) -> tuple[tuple[str, ...], ...]:
        """The forms as sequences of stems, longest first."""
        return _patterns(self.name, self.forms, self.kind == "person")

    def mentions(self, words: Sequence[Word]) -> tuple[tuple[int, int], ...]:
        """Index ranges at which `words` name this party, longest form first at each place."""
        stems = [stem(word.text) for word in words]
        return tuple(_occurrences(self.patterns(), stems))

    def in_text(self, text: str) -> bool:
        """Whether `text` names this party."""
        return bool(self.mentions(split_words(text)))


@lru_cache(maxsize=4096)
def _patterns(name: str, forms: tuple[str, ...], person: bool) -> tuple[tuple[str, ...], ...]:
    found: set[tuple[str, ...]] = set()
    own = {stem(word.text) for word in split_words(name)}
    for form in forms:
        words = split_words(form)
        if not words:
            continue
        stems = tuple(stem(word.text) for word in words)
        found.add(stems)
        # The last word of a title, "head of the bank", is no name: some word must be the name's.
        if person and all(word.capital for word in words) and not own.isdisjoint(stems):
            found.add(stems[-1:])
    return tuple(sorted(found, key=len, reverse=True))


def _occurrences(
    patterns: Iterable[tuple[str, ...]], stems: Sequence[str]
) -> Iterator[tuple[int, int]]:
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for pattern in patterns:
        by_first.setdefault(pattern[0], []).append(pattern)
    position = 0
    while position < len(stems):
        for pattern in by_first.get(stems[position], ()):
            end = position + len(pattern)
            if tuple(stems[position:end]) == pattern:
                yield position, end
                position = end - 1
                break
        position += 1
