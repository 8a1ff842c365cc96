"""Who is who in an article: mentions of the same actor gathered under one entry.

A person is found again by the last or first name, an organisation by its short form, a government
by its capital, its seat or the adjective before "government", and anybody by a description such as
"the bank" or "the minister". Names are compared without the endings that German and English
inflection gives them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from dragoman.attribution import Name, name_kind, names
from dragoman.language import LanguageData, language_data
from dragoman.schemas.draft import DraftActor
from dragoman.schemas.evidence import Span
from dragoman.schemas.vocabulary import ActorKind
from dragoman.syntax.nouns import is_abstract, is_office, noun_kind
from dragoman.terminology.lexicon import is_word
from dragoman.terminology.people import by_family, by_given
from dragoman.territories import BODIES, DETERMINERS, WORD, inflections, key_of, territory

if TYPE_CHECKING:
    from dragoman.article import Article

_USUAL_NAME: Final = 2
"""Words of a person's name."""

_BRACKETED = re.compile(r"[ ]?\(([A-Z][A-Za-z&-]{1,9})\)")
"""A short form in brackets, as it stands behind the long one."""

_TAIL = re.compile(r" (?:of(?: the)?|for(?: the)?|der|des|von|vom|für|gegen)(?: [A-ZÄÖÜ][\w’'-]*)+")
"""What belongs to the name of a body, up to its last capitalised word."""

_FARTHEST: Final = 5
"""Characters that may stand between a noun and the country that belongs to it (" of the")."""

_LOCATIVES: Final = frozenset({"in", "nach", "aus", "bei", "from", "to", "at", "en", "à", "au"})
"""Prepositions before the name of a country that is only a place."""

_HONORIFICS: Final = frozenset(
    {"mr", "ms", "mrs", "miss", "sir", "dame", "dr", "prof", "herr", "herrn", "frau", "m", "mme"}
)

_COMPASS: Final = frozenset({"north", "south", "east", "west", "northern", "southern"})
"""Words that begin the name of a region and not of a person."""

_COLLECTIVE: Final = frozenset({"organisation", "company", "government", "media", "group"})


@dataclass(slots=True)
class Entry:
    """One actor while mentions are being gathered.

    Attributes:
        name: the fullest form of the name in the article.
        kind: what kind of actor it is.
        known: whether the kind is more than a guess.
        role: an office stated with the name.
        spans: where it is mentioned, in order.
        territory: code of the country whose government it is.
    """

    name: str
    kind: ActorKind
    known: bool = True
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
        self._data = language_data(article.language)
        self.entries: list[Entry] = []
        self._by_key: dict[tuple[str, ...], Entry] = {}
        self._by_territory: dict[str, Entry] = {}
        self._by_word: dict[str, list[Entry]] = {}
        found = [name for several in names(article).values() for name in several]
        found = [_trimmed(name) for name in found if not self._is_pronoun(name.span.exact)]
        self._keys = {key_of(name.span.exact) for name in found}
        # The fullest names first: "Xi" can only be filed once there is a "Xi Jinping".
        for name in sorted(map(self._with_tail, found), key=_fullest_first):
            self._file(self._without_neighbours(name))
        for entry in self.entries:
            entry.spans.sort(key=lambda span: span.start)
        self._join_short_forms()
        self._join_initials()
        self._resolve_descriptions()

    def _is_pronoun(self, form: str) -> bool:
        return self._data is not None and form.casefold() in self._data.pronouns

    def _without_neighbours(self, name: Name) -> Name:
        """A person's name without what a garbled sentence runs into it, if it also stands alone."""
        key = key_of(name.span.exact)
        if name.kind not in ("person", None) or len(key) <= _USUAL_NAME:
            return name
        words = list(WORD.finditer(name.span.exact))[-len(key) :]
        for length in range(_USUAL_NAME, len(key)):
            if key[:length] in self._keys:
                return _cut(name, 0, words[length - 1].end())
        rest = name.span.exact[words[1].start() :]
        acronym = key[0].isupper()
        if key[:1] in self._keys and not acronym and not self._is_common(rest.split()):
            return _cut(name, words[1].start(), len(name.span.exact))
        return name

    def _with_tail(self, name: Name) -> Name:
        """A body's name with what belongs to it: "Bank" in "Bank of Norland", "Rat der Weisen"."""
        span = self._extended(name.span)
        return name if span is name.span else replace(name, span=span)

    def _extended(self, span: Span) -> Span:
        data = self._data
        head = span.exact.split()[-1].casefold()
        kind = noun_kind(head, data) if data is not None else None
        body = kind in _COLLECTIVE and kind != "media"
        foreign = self._article.language == "de" and len(span.exact.split()) >= _USUAL_NAME
        tail = _TAIL.match(self._article.text, span.end)
        if tail is None or not span.exact[:1].isupper():
            return span
        # In a German text "of" stands in English names alone.
        if not body and not (foreign and tail.group().startswith(" of ")):
            return span
        end = tail.end()
        return Span(start=span.start, end=end, exact=self._article.text[span.start : end])

    def _file(self, name: Name) -> None:
        entry = self.find(name.span.exact, name.kind)
        if entry is None:
            entry = self._open(name.span.exact, name.kind)
        if entry.role is None:
            entry.role = self._office(name.title)
        entry.spans.append(name.span)

    def _office(self, title: str | None) -> str | None:
        """A title that is an office; "Mr" is none."""
        honorific = title is None or title.rstrip(".") in _HONORIFICS
        return None if honorific else title

    def _open(self, form: str, kind: ActorKind | None) -> Entry:
        code = territory(form)
        if code is not None:
            kind = "organisation" if code in BODIES else "government"
        entry = Entry(_display(form), kind or "group", kind is not None, territory=code)
        self.entries.append(entry)
        key = key_of(entry.name)
        self._by_key[key_of(form)] = self._by_key[key] = entry
        self._by_key.setdefault(self._without_company_word(key), entry)
        if entry.kind == "person" and len(key) >= _USUAL_NAME:
            self._take_over(key, entry)
        if code is not None:
            self._by_territory[code] = entry
        elif entry.kind == "person" or (self._data is None and len(key) >= _USUAL_NAME):
            for word in {key[0], key[-1]}:
                self._by_word.setdefault(word, []).append(entry)
        return entry

    def _take_over(self, key: tuple[str, ...], person: Entry) -> None:
        """File a last name that was taken for something else with the person it belongs to."""
        other = self._by_key.get(key[-1:])
        if other is None or other is person or other.territory or other.known:
            return
        person.spans = sorted({*person.spans, *other.spans}, key=lambda span: span.start)
        self._by_key[key[-1:]] = person
        self.entries.remove(other)

    def find(self, form: str, kind: ActorKind | None = None) -> Entry | None:
        """The actor that a surface form names, or None."""
        code = territory(form)
        if code is not None:
            return self._by_territory.get(code)
        key = key_of(form)
        if not key:
            return None
        for candidate in (*inflections(key), self._without_company_word(key)):
            if candidate in self._by_key:
                return self._by_key[candidate]
        return self._person(key) if kind in (None, "person") else None

    def _without_company_word(self, key: tuple[str, ...]) -> tuple[str, ...]:
        """The words of a name without "Group", "Inc" and the like at the end."""
        words = self._data.names.company_words if self._data is not None else frozenset()
        return key[:-1] if len(key) >= _USUAL_NAME and key[-1].casefold() in words else key

    def _person(self, key: tuple[str, ...]) -> Entry | None:
        """A person by a part of the name, or by the name with other words around it."""
        for start in range(len(key) - _USUAL_NAME + 1):
            within = self._by_key.get(key[start : start + _USUAL_NAME])
            if within is not None and (within.kind == "person" or self._data is None):
                return within
        for candidate in inflections(key):
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
        """The actor that a form names or describes; a new one if there is none yet.

        Args:
            form: name, short form or description as the article has it.
            kind: what kind of actor it is, if that is known.
            span: where the form stands; a description means the nearest actor before it.
        """
        if span is not None:
            longer = self._extended(span)
            form, span = (longer.exact, longer) if longer is not span else (form, span)
        described = self._described(form, span) if span is not None else None
        entry = described or self.find(form)
        if entry is None:
            entry = self._open(form, kind or name_kind(form, self._article.language))
        if span is not None and described is None:
            start = span.end - len(_display(span.exact))
            span = Span(start=start, end=span.end, exact=span.exact[start - span.start :])
            if span not in entry.spans:
                entry.spans.append(span)
                entry.spans.sort(key=lambda other: other.start)
        return entry

    def is_office(self, entry: Entry, span: Span) -> bool:
        """Whether a mention is only a person's office with a definite article before it."""
        data = self._data
        if data is None or entry.kind != "person" or not self._is_bare(span, data):
            return False
        return is_office(span.exact.split()[-1].casefold(), data)

    def can_speak(self, form: str) -> bool:
        """Whether a form can be somebody: no unresolved pronoun, no thing or notion."""
        if self._data is None:
            return True
        words = form.casefold().split()
        if not words or (len(words) == 1 and words[0] in self._data.pronouns):
            return False
        if self._is_event(words[-1]):
            return False
        return len(words) > 1 or not is_abstract(words[0], self._data)

    def _described(self, form: str, span: Span) -> Entry | None:
        """The actor a bare description ("the bank", "the minister") goes back to."""
        words = form.split()
        data = self._data
        if data is None or len(words) != 1 or not self._is_bare(span, data):
            return None
        noun = words[0].casefold()
        kind = noun_kind(noun, data)
        if is_office(noun, data):
            fits = [entry for entry in self.entries if entry.role and entry.role.endswith(noun)]
        elif kind in _COLLECTIVE and kind != "group":
            fits = [entry for entry in self.entries if self._is_body(entry, kind)]
        else:
            return None
        return _nearest_before(fits, span.start)

    def _resolve_descriptions(self) -> None:
        """File "the bank" with the bank it goes back to."""
        for entry in list(self.entries):
            found = {id(span): self._described(entry.name, span) for span in entry.spans}
            means = [other for other in found.values() if other is not None]
            if not means or any(other is entry for other in means):
                continue
            for span in entry.spans:
                (found[id(span)] or means[0]).spans.append(span)
            for other in means:
                other.spans.sort(key=lambda span: span.start)
            self._by_key[key_of(entry.name)] = means[0]
            self.entries.remove(entry)

    def _is_bare(self, span: Span, data: LanguageData) -> bool:
        """Whether a noun has a definite article before it and nothing that explains it behind."""
        text = self._article.text
        before = text[max(0, span.start - 12) : span.start].casefold().split()
        after = text[span.end : span.end + 12].casefold().split()
        definite = bool(before) and before[-1] in DETERMINERS and before[-1] not in ("a", "an")
        explained = bool(after) and (
            after[0] in data.grammar.prepositions or after[0] in DETERMINERS
        )
        return definite and not explained

    def _is_body(self, entry: Entry, kind: ActorKind) -> bool:
        """Whether a named body may be meant by a noun for this kind."""
        fits = {"company": {"company", "organisation"}, "organisation": {"organisation", "company"}}
        named = self.is_proper(entry) and not _TAIL.search(entry.name)
        return named and entry.territory is None and entry.kind in fits.get(kind, {kind})

    def _join_short_forms(self) -> None:
        """File "SCO" with "Shanghai Cooperation Organization (SCO)"."""
        text = self._article.text
        for match in _BRACKETED.finditer(text):
            short = self._by_key.get(key_of(match[1]))
            long = self._long_form(match.start(), match[1])
            if short is None or short is long or short.territory is not None:
                continue
            if long is None:
                continue
            if long.kind == "person":
                long.kind = short.kind if short.known else "organisation"
            long.spans = sorted({*long.spans, *short.spans}, key=lambda span: span.start)
            self._by_key[key_of(match[1])] = long
            if short in self.entries:
                self.entries.remove(short)

    def _join_initials(self) -> None:
        """File "NTU" with "Norland Trade Union": initials of at least three words."""
        for short in list(self.entries):
            if not (short.name.isupper() and short.name.isalpha() and len(short.name) >= 3):
                continue
            for long in self.entries:
                initials = "".join(word[0] for word in key_of(long.name)).upper()
                if long is not short and initials == short.name and short.territory is None:
                    long.spans = sorted([*long.spans, *short.spans], key=lambda span: span.start)
                    self._by_key[key_of(short.name)] = long
                    self.entries.remove(short)
                    break

    def _long_form(self, end: int, short: str) -> Entry | None:
        """The entry whose mention ends where the bracket begins, with "of Country" or without."""
        mentions = [(span, entry) for entry in self.entries for span in entry.spans]
        mentions.sort(key=lambda mention: -mention[0].start)  # of two that end here the longer one
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

    def is_proper(self, entry: Entry) -> bool:
        """Whether an entry has a name of its own and not only a description."""
        if entry.territory is not None:
            return True
        words = entry.name.split()
        data = self._data
        if data is None:
            return len(words) > 1
        if not all(word[:1].isupper() for word in (words[0], words[-1])):
            return False
        last = words[-1].casefold()
        if len(words) == 1:
            known = entry.kind == "media" and entry.name in data.names.media
            titled = entry.kind == "person" and entry.role is not None
            return (
                known
                or (entry.name.isupper() and not is_abstract(last, data))
                or (titled and not self._is_word(entry.name))
            )
        if entry.kind == "person":
            return self._is_name(words) and not self._belongs_to_another(words[0])
        body = entry.kind in ("organisation", "company", "media") and not self._is_event(last)
        return body and not self._belongs_to_another(words[0])

    def _is_name(self, words: list[str]) -> bool:
        """Whether capitalised words name a person: known names do, ordinary words do not."""
        if words[0].casefold() in by_given() or words[-1].casefold() in by_family():
            return True
        if words[0].casefold() in _COMPASS or self._is_common(words):
            return False
        last = words[-1]
        native = self._article.language == "de" and self._is_word(last) and not is_word(last, "en")
        return not native and not all(self._is_word(word) for word in words)

    def _is_event(self, word: str) -> bool:
        return self._data is not None and word in self._data.meetings.nouns

    def _belongs_to_another(self, word: str) -> bool:
        """Whether a name begins with another actor's in the genitive: "Putins Koch"."""
        return word.endswith("s") and len(word) > 3 and self.find(word[:-1]) is not None

    def _is_common(self, words: list[str]) -> bool:
        """Whether the last word is a common noun, so that the words describe and do not name."""
        data = self._data
        last = words[-1].casefold()
        if data is None or not self._is_word(words[-1]):
            return False
        return is_abstract(last, data) or is_office(last, data) or noun_kind(last, data) is not None

    def _is_word(self, word: str) -> bool:
        """Whether the last part of a word is an ordinary word of the language."""
        return is_word(word.rpartition("-")[2] or word, self._article.language)

    def prominent(self) -> list[Entry]:
        """Actors worth listing even if no item needs them: those with a proper name.

        A country that only tells where something happens is none.
        """
        return [
            entry
            for entry in self.entries
            if self.is_proper(entry) and not self._is_only_a_place(entry)
        ]

    def _is_only_a_place(self, entry: Entry) -> bool:
        if entry.territory is None:
            return False
        text = self._article.text
        before = (text[max(0, s.start - 12) : s.start].casefold().split() for s in entry.spans)
        return all(words and words[-1] in _LOCATIVES for words in before)

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


def _nearest_before(entries: Iterable[Entry], offset: int) -> Entry | None:
    nearest: tuple[int, Entry | None] = (-1, None)
    for entry in entries:
        start = max((span.start for span in entry.spans if span.start < offset), default=-1)
        if start > nearest[0]:
            nearest = (start, entry)
    return nearest[1]


def _display(form: str) -> str:
    """A form without its article, and without small words before two capitalised ones."""
    words = form.split()
    while len(words) > 1 and words[0].casefold() in DETERMINERS:
        words.pop(0)
    rest = words[1:]
    if len(rest) == _USUAL_NAME and words[0].islower() and all(w[:1].isupper() for w in rest):
        return " ".join(rest)
    return " ".join(words)


def _trimmed(name: Name) -> Name:
    """A person's name without the small words a garbled sentence puts before it."""
    words = list(WORD.finditer(name.span.exact))
    first = next((k for k, word in enumerate(words) if word.group()[:1].isupper()), 0)
    if name.kind != "person" or first == 0 or len(words) - first < _USUAL_NAME:
        return name
    return _cut(name, words[first].start(), len(name.span.exact))


def _cut(name: Name, start: int, end: int) -> Name:
    at, text = name.span.start, name.span.exact[start:end]
    span = Span(start=at + start, end=at + start + len(text), exact=text)
    return replace(name, span=span)


def _fullest_first(name: Name) -> tuple[int, int]:
    return -len(key_of(name.span.exact)), name.span.start
