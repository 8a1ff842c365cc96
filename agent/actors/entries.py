"""The entries for actors, and how one is found again by a part or another form of its name.

A person is found by the last or first name, an organisation without "Group" or "Inc", a
government by its capital, its seat or the adjective before "government". Names are compared
without the endings that German and English inflection gives them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dragoman.schemas.evidence import Span
from dragoman.schemas.vocabulary import ActorKind
from dragoman.terminology.people import USUAL_NAME
from dragoman.territories import BODIES, DETERMINERS, inflections, key_of, territory

if TYPE_CHECKING:
    from dragoman.language import LanguageData


@dataclass(slots=True)
class Entry:
    """One actor while mentions are being gathered.

    Attributes:
        name: the fullest form of the name in the article.
        kind: what kind of actor it is.
        known: whether the kind is more than a guess.
        role: the first office stated with the name.
        offices: all that are.
        spans: where it is mentioned, in order.
        territory: code of the country whose government it is.
        addressed: whether a form of address stands before the name: "Mr", "Frau".
    """

    name: str
    kind: ActorKind
    known: bool = True
    role: str | None = None
    offices: set[str] = field(default_factory=set)
    spans: list[Span] = field(default_factory=list)
    territory: str | None = None
    addressed: bool = False

    @property
    def forms(self) -> tuple[str, ...]:
        """Surface forms, the most frequent first."""
        return tuple(form for form, _ in Counter(span.exact for span in self.spans).most_common())

    def add(self, spans: Iterable[Span]) -> None:
        """Add mentions, each once and in the order of the text."""
        self.spans = sorted({*self.spans, *spans}, key=lambda span: span.start)


class Roster:
    """All entries, filed under the words of their names."""

    def __init__(self, data: LanguageData | None) -> None:
        """Start without entries, for a language with or without data."""
        self._data = data
        self.entries: list[Entry] = []
        self._by_key: dict[tuple[str, ...], Entry] = {}
        self._by_territory: dict[str, Entry] = {}
        self._by_word: dict[str, list[Entry]] = {}

    def open(self, form: str, kind: ActorKind | None, *, whole: bool = False) -> Entry:
        """A new entry under a form of its name; `whole` as for `find`."""
        code = territory(form)
        if code is not None:
            kind = "organisation" if code in BODIES else "government"
        entry = Entry(display(form), kind or "group", kind is not None, territory=code)
        self.entries.append(entry)
        key = key_of(entry.name)
        self._by_key[key_of(form)] = self._by_key[key] = entry
        self._by_key.setdefault(self._without_class_noun(key), entry)
        if entry.kind == "person" and len(key) >= USUAL_NAME and not whole:
            self._take_over(key, entry)
        if code is not None:
            self._by_territory[code] = entry
        elif whole:
            pass  # "a friend of Jo Roe" is not found again as "Roe"
        elif entry.kind == "person" or (self._data is None and len(key) >= USUAL_NAME):
            for word in {key[0], key[-1]}:
                self._by_word.setdefault(word, []).append(entry)
        return entry

    def _take_over(self, key: tuple[str, ...], person: Entry) -> None:
        """File a last name that was taken for something else with the person it belongs to."""
        other = self._by_key.get(key[-1:])
        if other is None or other is person or other.territory or other.known:
            return
        self.join(other, person)

    def at(self, form: str) -> Entry | None:
        """The entry filed under exactly these words."""
        return self._by_key.get(key_of(form))

    def file(self, form: str, entry: Entry) -> None:
        """File an entry under another form of its name."""
        self._by_key[key_of(form)] = entry

    def join(self, entry: Entry, other: Entry) -> None:
        """File an entry, with its forms and mentions, under another."""
        other.add(entry.spans)
        other.role = other.role or entry.role
        other.offices |= entry.offices
        for key in [key for key, filed in self._by_key.items() if filed is entry]:
            self._by_key[key] = other
        if entry in self.entries:
            self.entries.remove(entry)

    def find(
        self, form: str, kind: ActorKind | None = None, *, whole: bool = False
    ) -> Entry | None:
        """The actor that a surface form names, or None.

        Args:
            form: the surface form.
            kind: what kind of actor it is, if that is known.
            whole: whether a part of the form may not be the name: "mayor of Linden" is not Linden.
        """
        code = territory(form)
        if code is not None:
            return self._by_territory.get(code)
        key = key_of(form)
        if not key:
            return None
        for candidate in (*inflections(key), self._without_class_noun(key)):
            if candidate in self._by_key:
                return self._by_key[candidate]
        return self._person(key) if kind in (None, "person") and not whole else None

    def _without_class_noun(self, key: tuple[str, ...]) -> tuple[str, ...]:
        """The words of a name without "Group", "Inc", "newspaper" and the like at the end."""
        if self._data is None:
            return key
        words = self._data.names.company_words | _OUTLETS
        return key[:-1] if len(key) >= USUAL_NAME and key[-1].casefold() in words else key

    def _person(self, key: tuple[str, ...]) -> Entry | None:
        """A person by a part of the name, or by the name with other words around it."""
        for start in range(len(key) - USUAL_NAME + 1):
            within = self._by_key.get(key[start : start + USUAL_NAME])
            if within is not None and (within.kind == "person" or self._data is None):
                return within
        for candidate in inflections(key):
            entries = [one for one in self._by_word.get(candidate[-1], []) if one in self.entries]
            if len(candidate) > 1:
                entries = [
                    entry
                    for entry in entries
                    if candidate[-1] == key_of(entry.name)[-1]
                    and (candidate[0] in key_of(entry.name) or len(key_of(entry.name)) == 1)
                ]
            if entries:
                return entries[0]
        return None


_OUTLETS = frozenset({"newspaper", "newspapers", "magazine", "channel", "website", "portal"})
"""Nouns behind the name of an outlet."""


def display(form: str) -> str:
    """A form without its article, and without small words before two capitalised ones."""
    words = form.split()
    while len(words) > 1 and words[0].casefold() in DETERMINERS:
        words.pop(0)
    rest = words[1:]
    if len(rest) == USUAL_NAME and words[0].islower() and all(w[:1].isupper() for w in rest):
        return " ".join(rest)
    return " ".join(words)
