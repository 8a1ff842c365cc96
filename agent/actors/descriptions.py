"""Descriptions that go back to a named actor: "the bank", "the minister"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from dragoman.actors.entries import Entry, Roster
from dragoman.actors.prominence import Prominence
from dragoman.actors.tails import COLLECTIVE, TAIL, extended, head_of
from dragoman.language import language_data
from dragoman.schemas.evidence import Span
from dragoman.schemas.vocabulary import ActorKind
from dragoman.syntax.nouns import is_compound_noun, is_office, noun_kind
from dragoman.territories import DETERMINERS, country_of

if TYPE_CHECKING:
    from dragoman.article import Article
    from dragoman.language import LanguageData


_APPOSED = re.compile(
    r", (?:(?:der|die|den|dem|the|ein|eine|einen|einem|a|an|sein|seine|ihr|ihre|his|her) )?$"
)
"""What stands between a name and the office that explains it."""

_EXPLAINS: Final = frozenset(
    {"of", "for", "von", "vom", "für", "gegen", "der", "des", "eines", "einer"}
)
"""Words after a noun by which it is explained: "the head of the bank"."""

_WORDS = re.compile(r"\w+")

_UP_TO_NAME = re.compile(
    r"(?: (?:und|and) [a-zäöüß]+ \w+)?(?: \([A-Z]\w{1,9}\))?, "
    r"(?:(?:Dr|Prof|Mr|Mrs|Ms)\.? |Sir |Dame )?"
)
"""What stands between an office and the name behind it: "… für Handel und freie Berufe, "."""

_PLAIN_TAIL = re.compile(r" (?:of|for)(?: the)? [a-z]+")
"""What belongs to an office without a name in it: "head of the region"."""

_LONGEST_APPOSED: Final = 12


class Descriptions:
    """Finds whom a description means among the entries of an article."""

    def __init__(self, article: Article, roster: Roster, prominence: Prominence) -> None:
        """Keep what is looked at."""
        self._article = article
        self._data = language_data(article.language)
        self._roster = roster
        self._prominence = prominence

    def meant(self, form: str, span: Span) -> Entry | None:
        """The nearest actor before that a bare description goes back to."""
        data = self._data
        if data is None or not form.split():
            return None
        office = self._office_holders(form, span, data)
        if office is None and len(form.split()) == 1 and self._is_bare(span, data):
            kind = noun_kind(form.casefold(), data)
            plain = not is_compound_noun(form.casefold(), data)
            event = self._prominence.is_event(form.casefold())
            if plain and kind in COLLECTIVE and kind != "group" and not event:
                office = [
                    entry
                    for entry in self._roster.entries
                    if self._is_body(entry, kind) and _may_be(form, kind, entry)
                ]
                office = [entry for entry in office if self._is_called(entry, form)] or office
        return self._nearest_before(office or (), span.start)

    def _is_called(self, entry: Entry, noun: str) -> bool:
        """Whether a body has the noun in its name or before it: "the bank Norda"."""
        noun = noun.casefold()
        text = self._article.text
        starts = (span.start for span in entry.spans)
        before = (text[max(0, start - len(noun) - 1) : start].casefold() for start in starts)
        return noun in entry.name.casefold() or f"{noun} " in before

    def _nearest_before(self, entries: Iterable[Entry], offset: int) -> Entry | None:
        """The entry mentioned last before an offset; not behind a preposition, if there is one."""
        mentions = [(span, e) for e in entries for span in e.spans if span.start < offset]
        free = [(span, entry) for span, entry in mentions if not self._is_governed(span)]
        nearest = max(free or mentions, key=lambda mention: mention[0].start, default=None)
        return nearest[1] if nearest is not None else None

    def _is_governed(self, span: Span) -> bool:
        before = self._article.text[max(0, span.start - 20) : span.start].split()
        return self._data is not None and bool(
            before and before[-1].casefold() in self._data.grammar.prepositions
        )

    def _office_holders(self, form: str, span: Span, data: LanguageData) -> list[Entry] | None:
        """Those who hold an office, "the minister" or "head of Norland"; None if it is none."""
        noun = head_of(form)
        if not is_office(noun, data):
            return None
        holders = [one for one in self._roster.entries if _holds(one, noun)]
        tail = TAIL.search(form) or _PLAIN_TAIL.match(self._article.text, span.end)
        if tail is not None:
            return [one for one in holders if self._follows(one, tail.group())]
        words = form.casefold().split()[:-1]
        holders = [one for one in holders if self._is_from(one, words)] or holders
        holders = [one for one in holders if self._has_title(one, [*words, noun])] or holders
        plain = self._is_bare(span, data) and all(map(_narrows, words))
        return holders if plain and not self._is_plural(span, noun) else []

    def _is_from(self, entry: Entry, words: Iterable[str]) -> bool:
        """Whether the same adjective of a country stands before the name somewhere."""
        nations = {country for word in words if (country := country_of(word))}
        return any(
            country_of(word) in nations
            for span in entry.spans
            for word in _WORDS.findall(self._article.text[max(0, span.start - 50) : span.start])
        )

    def _has_title(self, entry: Entry, title: list[str]) -> bool:
        """Whether an office of several words stands before the name, "deputy foreign minister"."""
        befores = (
            self._article.text[max(0, span.start - 50) : span.start].casefold().split()
            for span in entry.spans
        )
        return len(title) > 1 and any(
            before[-len(title) :] == title and not {*before[: -len(title)][-1:]} & {*_SECOND}
            for before in befores
        )

    def _follows(self, entry: Entry, tail: str) -> bool:
        """Whether the name stands behind the same words: "head of Norland Anna Berg"."""
        text = self._article.text
        starts = (span.start for span in entry.spans)
        return any(text.startswith(f"{tail} ", start - len(tail) - 1) for start in starts)

    def _is_plural(self, span: Span, noun: str) -> bool:
        """Whether a German article says that several hold an office: "die Minister"."""
        data = self._data
        if data is None or data.code != "de" or noun.endswith(data.names.feminine_office_endings):
            return False
        before = self._article.text[max(0, span.start - 12) : span.start].casefold().split()
        return bool(before) and before[-1] in ("die", "den")

    def _is_several(self, span: Span) -> bool:
        """Whether a mention is of several who hold an office."""
        data = self._data
        noun = span.exact.split()[-1].casefold()
        return data is not None and is_office(noun, data) and self._is_plural(span, noun)

    def resolve(self) -> None:
        """File "the bank" with the bank it goes back to, and an office with who holds it."""
        self._learn_offices()
        for entry in list(self._roster.entries):
            found = {id(span): self.meant(entry.name, span) for span in entry.spans}
            means = [other for other in found.values() if other is not None]
            if not means or any(other is entry for other in means):
                continue
            kept = [span for span in entry.spans if self._is_several(span)]
            for span in entry.spans:
                if span not in kept:
                    (found[id(span)] or means[0]).add([span])
            entry.spans = kept
            if not kept:
                self._roster.join(entry, means[0])

    def _learn_offices(self) -> None:
        """File an office beside a name with that person, and again where it has the same words.

        "The mayor of Linden, Anna Berg, said": then "the mayor of Linden" is Anna Berg.
        """
        data = self._data
        if data is None:
            return
        people = [
            (span, entry)
            for entry in self._roster.entries
            if entry.kind == "person" and self._prominence.is_proper(entry)
            for span in entry.spans
        ]
        starts = {span.start: entry for span, entry in people}
        ends = {span.end: entry for span, entry in people}
        holders: dict[str, Entry] = {}
        offices = [
            (entry, span)
            for entry in self._roster.entries
            if is_office(head_of(entry.name), data) and not self._prominence.is_proper(entry)
            for span in entry.spans
        ]
        for entry, span in offices:
            long = extended(span, self._article)
            plain = _PLAIN_TAIL.match(self._article.text, long.end)  # "of the service"
            end = plain.end() if plain is not None else long.end
            behind = _UP_TO_NAME.match(self._article.text, end)
            person = starts.get(behind.end()) if behind is not None else None
            person = person or self._named_before(long.start, ends)
            if person is not None:
                person.role = person.role or head_of(entry.name)
                person.offices.add(head_of(entry.name))
                holders[long.exact] = person
        for entry, span in offices:
            person = holders.get(extended(span, self._article).exact)
            if person is not None:
                person.add([span])
                entry.spans.remove(span)
                if not entry.spans:
                    self._roster.join(entry, person)

    def _named_before(self, start: int, ends: Mapping[int, Entry]) -> Entry | None:
        """The person whose name ends before "…, the" and the like at `start`."""
        before = _APPOSED.search(self._article.text[max(0, start - _LONGEST_APPOSED) : start])
        return ends.get(start - len(before.group())) if before is not None else None

    def is_office(self, entry: Entry, span: Span) -> bool:
        """Whether a mention is only a person's office with a definite article before it."""
        data = self._data
        if data is None or entry.kind != "person" or not self._is_bare(span, data):
            return False
        noun = span.exact.split()[-1].casefold()
        return is_office(noun, data) and not self._is_plural(span, noun)

    def _is_bare(self, span: Span, data: LanguageData) -> bool:
        """Whether a noun has a definite article before it and nothing that explains it behind."""
        text = self._article.text
        before = text[max(0, span.start - 12) : span.start].casefold().split()
        after = text[span.end : span.end + 12].casefold().split()
        definite = bool(before) and before[-1] in DETERMINERS and before[-1] not in ("a", "an")
        return definite and not (after and after[0] in _EXPLAINS)

    def _is_body(self, entry: Entry, kind: ActorKind) -> bool:
        """Whether a named body may be meant by a noun for this kind."""
        fits = {"company": {"company", "organisation"}, "organisation": {"organisation", "company"}}
        named = self._prominence.is_proper(entry) and not TAIL.search(entry.name)
        return named and entry.territory is None and entry.kind in fits.get(kind, {kind})


_OF_ONE_SORT: Final = frozenset(
    {"gericht", "kongress", "senat", "parlament", "repräsentantenhaus", "kammer", "kirche"}
    | {"court", "congress", "senate", "parliament", "house", "chamber", "church"}
)
"""Nouns that mean no other sort of body."""


_SECOND: Final = ("vize", "vice", "ex", "stellvertretend", "deputy")
"""Beginnings of offices that are others than without them."""


def _holds(entry: Entry, noun: str) -> bool:
    """Whether somebody holds the office a noun (case folded) names, also in a compound."""
    return any(
        office == noun or (office.endswith(noun) and not office.startswith(_SECOND))
        for office in entry.offices
    )


def _may_be(noun: str, kind: ActorKind, entry: Entry) -> bool:
    """Whether a noun may go back to a body: a court to a court, a government to a government."""
    noun = noun.casefold()
    stems = (noun, noun.removesuffix("s"), noun.removesuffix("es"))
    if kind != "government" and not any(stem in _OF_ONE_SORT for stem in stems):
        return True
    return any(stem in entry.name.casefold() for stem in stems)


def _narrows(word: str) -> bool:
    """Whether a word before an office names its country or belongs to it: "prime"."""
    return word in _PARTS_OF_OFFICES or country_of(word) is not None


_PARTS_OF_OFFICES: Final = frozenset({"prime", "foreign", "vice", "deputy", "acting"})
