"""Who is who in an article: mentions of the same actor gathered under one entry.

A person is found again by the last or first name, an organisation by its short form, a government
by its capital, its seat or the adjective before "government". Names are compared without the
endings that German and English inflection gives them.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from typing import TYPE_CHECKING

from dragoman.attribution import Name, name_kind, names
from dragoman.schemas.draft import DraftActor
from dragoman.schemas.evidence import Span
from dragoman.schemas.vocabulary import ActorKind

if TYPE_CHECKING:
    from dragoman.article import Article

_WORD = re.compile(r"[\w'’.&-]*\w")
_GENITIVES = ("'s", "’s", "'", "’")
_SHORTEST_GENITIVE = 4
_ADJECTIVE_ENDINGS = ("ischen", "ischer", "isches", "ischem", "ische", "en", "er", "es", "em", "e")
_GOVERNMENT_NOUNS = frozenset(
    {
        *("regierung", "führung", "regierungsvertreter", "behörden", "regierungskreise", "seite"),
        *("staatsführung", "government", "leadership", "authorities", "administration"),
        *("officials", "side"),
    }
)
_DETERMINERS = frozenset(
    {
        *("der", "die", "das", "den", "dem", "des", "sein", "seine", "ihr", "ihre"),
        *("the", "a", "an", "his", "her", "its"),
    }
)


def key_of(name: str) -> tuple[str, ...]:
    """The words of a name, case folded, without article, quotation marks and genitive."""
    words = [_without_genitive(word) for word in _WORD.findall(name)]
    while len(words) > 1 and words[0].casefold() in _DETERMINERS:
        words.pop(0)
    return tuple(word if word.isupper() else word.casefold() for word in words)


def _without_genitive(word: str) -> str:
    for ending in _GENITIVES:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word.removesuffix(ending)
    return word


@functools.cache
def _territories() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Territory code by name or seat, and by stem of adjective, all case folded."""
    from babel import Locale

    names_: dict[str, str] = {}
    adjectives: dict[str, str] = {}
    for language in ("de", "en", "fr"):
        for code, name in Locale(language).territories.items():
            if code.isalpha() and len(code) == 2:
                names_.setdefault(name.casefold(), code)
    file = resources.files("dragoman").joinpath("data", "territories.toml")
    for code, entry in tomllib.loads(file.read_text(encoding="utf-8")).items():
        for name in (*entry.get("de", ()), *entry.get("en", ())):
            names_[name.casefold()] = code
        for stem in (*entry.get("adjectives_de", ()), *entry.get("adjectives_en", ())):
            adjectives[stem.casefold()] = code
    return names_, adjectives


def territory(name: str) -> str | None:
    """CLDR code of the country whose government `name` stands for, or None.

    Understands the country's name, its capital or seat, and "the X government".
    """
    countries, adjectives = _territories()
    plain = " ".join(_without_genitive(word) for word in _WORD.findall(name)).casefold()
    words = plain.split()
    while len(words) > 1 and words[0] in _DETERMINERS:
        words.pop(0)
    plain = " ".join(words)
    code = countries.get(plain) or (countries.get(plain[:-1]) if plain.endswith("s") else None)
    if code is not None:
        return code
    head = words[-1] if words else ""
    if head in _GOVERNMENT_NOUNS and len(words) > 1:
        rest = " ".join(words[:-1])
        return countries.get(rest) or adjectives.get(_adjective_stem(rest))
    if head.endswith("-regierung"):
        return countries.get(head.removesuffix("-regierung"))
    return None


def _adjective_stem(word: str) -> str:
    for ending in _ADJECTIVE_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            return word.removesuffix(ending)
    return word


def territory_name(code: str, language: str) -> str | None:
    """Name of a territory in a language, from CLDR; None for a language CLDR does not know."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale(language).territories.get(code)
    except UnknownLocaleError:
        return None


@dataclass(slots=True)
class Entry:
    """One actor while mentions are being gathered.

    Attributes:
        name: the fullest form of the name in the article.
        kind: what kind of actor it is.
        role: an office stated with the name.
        spans: where it is mentioned, in order.
        territory: code of the country whose government it is.
    """

    name: str
    kind: ActorKind
    role: str | None = None
    spans: list[Span] = field(default_factory=list)
    territory: str | None = None

    @property
    def forms(self) -> tuple[str, ...]:
        """Surface forms, the most frequent first."""
        return tuple(form for form, _ in Counter(span.exact for span in self.spans).most_common())


class Cast:
    """The actors of an article, found by their mentions."""

    def __init__(self, article: Article) -> None:
        """Gather the mentions of an article."""
        self._article = article
        self.entries: list[Entry] = []
        self._by_key: dict[tuple[str, ...], Entry] = {}
        self._by_territory: dict[str, Entry] = {}
        self._by_word: dict[str, list[Entry]] = {}
        found = sorted(
            (name for several in names(article).values() for name in several),
            key=lambda name: name.span.start,
        )
        # The fullest names first: "Xi" can only be filed once there is a "Xi Jinping".
        for name in sorted(
            found, key=lambda name: (-len(key_of(name.span.exact)), name.span.start)
        ):
            self._file(name)
        self._join_acronyms()
        for entry in self.entries:
            entry.spans.sort(key=lambda span: span.start)

    def _file(self, name: Name) -> None:
        entry = self.find(name.span.exact, name.kind)
        if entry is None:
            entry = self._open(name.span.exact, name.kind, name.title)
        if entry.role is None and name.title is not None:
            entry.role = name.title
        entry.spans.append(name.span)

    def _open(self, form: str, kind: ActorKind | None, title: str | None = None) -> Entry:
        code = territory(form)
        if code is not None:
            kind = "organisation" if code == "EU" else "government"
        entry = Entry(_display(form), kind or "group", title, territory=code)
        self.entries.append(entry)
        key = key_of(form)
        self._by_key[key] = entry
        if code is not None:
            self._by_territory[code] = entry
        elif entry.kind == "person":
            for word in {key[0], key[-1]}:
                self._by_word.setdefault(word, []).append(entry)
        return entry

    def find(self, form: str, kind: ActorKind | None = None) -> Entry | None:
        """The actor that a surface form names, or None."""
        code = territory(form)
        if code is not None:
            return self._by_territory.get(code)
        key = key_of(form)
        if not key:
            return None
        for candidate in _inflections(key):
            if candidate in self._by_key:
                return self._by_key[candidate]
        return self._person(key) if kind in (None, "person") else None

    def _person(self, key: tuple[str, ...]) -> Entry | None:
        """A person by a part of the name: the last or the first one, or a title and a name."""
        for candidate in _inflections(key):
            entries = self._by_word.get(candidate[-1], [])
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

    def add(self, form: str, kind: ActorKind | None = None, span: Span | None = None) -> Entry:
        """The actor that a form names; a new one if there is none yet."""
        entry = self.find(form, kind)
        if entry is None:
            guess = kind or name_kind(form, self._article.language) or "group"
            entry = self._open(form, guess)
        if span is not None and span not in entry.spans:
            entry.spans.append(span)
            entry.spans.sort(key=lambda other: other.start)
        return entry

    def _join_acronyms(self) -> None:
        """File "SCO" with "Shanghai Cooperation Organization" where the article says so."""
        text = self._article.text
        for entry in list(self.entries):
            short = key_of(entry.name)
            if len(short) != 1 or not short[0].isupper() or entry.territory is not None:
                continue
            for other in self.entries:
                if other is not entry and _explains(text, other, entry):
                    other.spans += entry.spans
                    self.entries.remove(entry)
                    self._by_key[short] = other
                    break

    def prominent(self) -> list[Entry]:
        """Actors worth listing even if no item needs them: those with a proper name."""
        return [entry for entry in self.entries if _is_proper(entry)]

    def drafts(self, wanted: Iterable[Entry]) -> tuple[DraftActor, ...]:
        """The actors as drafts, in the order of their first mention."""
        chosen = {id(entry) for entry in wanted}
        ordered = sorted(
            (entry for entry in self.entries if id(entry) in chosen),
            key=lambda entry: entry.spans[0].start if entry.spans else 0,
        )
        return tuple(
            DraftActor(name=entry.name, kind=entry.kind, role=entry.role, forms=entry.forms)
            for entry in ordered
        )


def _is_proper(entry: Entry) -> bool:
    words = entry.name.split()
    if entry.territory is not None or entry.kind == "media":
        return True
    if entry.kind == "person":
        return len(words) > 1 and all(word[:1].isupper() for word in (words[0], words[-1]))
    return entry.kind in ("organisation", "company") and words[0][:1].isupper()


def _display(form: str) -> str:
    words = form.split()
    while len(words) > 1 and words[0].casefold() in _DETERMINERS:
        words.pop(0)
    return " ".join(words)


def _inflections(key: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The key itself, then without the -s of a genitive at its end."""
    yield key
    last = key[-1]
    if last.endswith("s") and len(last) >= _SHORTEST_GENITIVE and not last.isupper():
        yield (*key[:-1], last[:-1])


def _explains(text: str, long: Entry, short: Entry) -> bool:
    """Whether the short form stands in brackets behind the long one, or spells its initials."""
    for span in long.spans:
        if text[span.end : span.end + 2] == " (":
            inside = text[span.end + 2 : span.end + 2 + len(short.name) + 1]
            if inside == f"{short.name})":
                return True
    words = key_of(long.name)
    initials = "".join(word[0] for word in words if word[0].isalnum()).upper()
    return len(words) >= 3 and initials == short.name.upper()


def _fullest_first(name: Name) -> tuple[int, int]:
    return -len(key_of(name.span.exact)), name.span.start


def ordered_unique(entries: Sequence[Entry]) -> list[Entry]:
    """The entries without repetition, in order."""
    return list({id(entry): entry for entry in entries}.values())
