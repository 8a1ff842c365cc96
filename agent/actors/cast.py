"""The actors of an article: every mention filed, entries that are one joined."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from dragoman.actors.authority import complete_names, complete_ranks, join_office_holders
from dragoman.actors.descriptions import Descriptions
from dragoman.actors.entries import Entry, Roster, display
from dragoman.actors.joining import (
    join_bare_groups,
    join_class_nouns,
    join_initials,
    join_longer,
    join_same,
    join_short_forms,
)
from dragoman.actors.mentions import mentions
from dragoman.actors.offices import join_headline_offices
from dragoman.actors.prominence import Prominence
from dragoman.actors.salience import Salience
from dragoman.actors.spellings import join_spellings
from dragoman.actors.tails import TAIL, extended, head_of
from dragoman.attribution import Name, name_kind
from dragoman.language import language_data
from dragoman.schemas.draft import DraftActor
from dragoman.schemas.evidence import Span
from dragoman.schemas.vocabulary import ActorKind
from dragoman.syntax.nouns import is_abstract, is_office

if TYPE_CHECKING:
    from dragoman.article import Article

_LEAST: Final = 0.55
"""Likelihood from which an entry is listed among the actors though no item needs it."""

_HONORIFICS: Final = frozenset(
    {"mr", "ms", "mrs", "miss", "sir", "dame", "dr", "prof", "herr", "herrn", "frau", "m", "mme"}
)


class Cast:
    """The actors of an article, found by their mentions."""

    def __init__(self, article: Article) -> None:
        """Gather the mentions of an article."""
        self._article = article
        self._data = language_data(article.language)
        self._roster = Roster(self._data)
        self._prominence = Prominence(article, self._roster)
        self._salience = Salience(article, self._roster, self._prominence)
        self._descriptions = Descriptions(article, self._roster, self._prominence)
        for name in mentions(article):
            self._file(name)
        for entry in self.entries:
            entry.add(())
        self._join()
        self._descriptions.resolve()
        join_headline_offices(article, self._roster, self._prominence)
        complete_names(self._roster, article.language)
        complete_ranks(self._roster, article.text)

    def _join(self) -> None:
        """Make one of entries that are the same actor."""
        roster, language = self._roster, self._article.language
        join_same(roster)
        join_short_forms(roster, self._article.text)
        join_initials(roster)
        join_office_holders(roster, language)
        join_class_nouns(roster, language)
        join_longer(roster)
        join_bare_groups(roster, language)
        join_spellings(roster, language)

    @property
    def entries(self) -> list[Entry]:
        """All entries, in the order in which they were filed."""
        return self._roster.entries

    def _file(self, name: Name) -> None:
        described = TAIL.search(name.span.exact) is not None
        entry = self._roster.find(name.span.exact, name.kind, whole=described)
        if entry is None:
            entry = self._roster.open(name.span.exact, name.kind, whole=described)
        office = _office(name.title)
        if office is not None:
            entry.role = entry.role or office
            entry.offices.add(office)
        entry.addressed |= name.title is not None and entry.role is None
        entry.spans.append(name.span)

    def find(self, form: str, kind: ActorKind | None = None) -> Entry | None:
        """The actor that a surface form names, or None."""
        return self._roster.find(form, kind)

    def add(self, form: str, kind: ActorKind | None = None, span: Span | None = None) -> Entry:
        """The actor that a form names or describes; a new one if there is none yet.

        Args:
            form: name, short form or description as the article has it.
            kind: what kind of actor it is, if that is known.
            span: where the form stands; a description means the nearest actor before it.
        """
        if span is not None:
            longer = extended(span, self._article)
            form, span = (longer.exact, longer) if longer is not span else (form, span)
        described = self._descriptions.meant(form, span) if span is not None else None
        whole = TAIL.search(form) is not None
        entry = described or self._roster.find(form, whole=whole)
        if entry is None:
            kind = kind or name_kind(form, self._article.language)
            entry = self._roster.open(form, kind, whole=whole)
        if span is not None and described is None:
            start = span.end - len(display(span.exact))
            entry.add([Span(start=start, end=span.end, exact=span.exact[start - span.start :])])
        return entry

    def is_office(self, entry: Entry, span: Span) -> bool:
        """Whether a mention is only a person's office with a definite article before it."""
        return self._descriptions.is_office(entry, span)

    def introduce(self, office: Entry, person: Entry) -> bool:
        """File an office with what belongs to it under the person in it; whether it is one."""
        if self._data is None or TAIL.search(office.name) is None:
            return False
        if not is_office(head_of(office.name), self._data):
            return False
        self._roster.join(office, person)
        return True

    def can_speak(self, form: str) -> bool:
        """Whether a form can be somebody: no unresolved pronoun, no thing or notion."""
        if self._data is None:
            return True
        words = form.casefold().split()
        if not words or (len(words) == 1 and words[0] in self._data.pronouns):
            return False
        if self._prominence.is_event(words[-1]) or form == "pm":
            return False
        return len(words) > 1 or not is_abstract(words[0], self._data)

    def is_proper(self, entry: Entry) -> bool:
        """Whether an entry has a name of its own and not only a description."""
        return self._prominence.is_proper(entry)

    def prominent(self) -> list[Entry]:
        """Actors worth listing even if no item needs them."""
        return [entry for entry in self.entries if self.likelihood(entry) >= _LEAST]

    def likelihood(self, entry: Entry) -> float:
        """How likely an entry is an actor, from 0 to 1."""
        return self._salience.probability(entry)

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


def _office(title: str | None) -> str | None:
    """A title that is an office; "Mr" is none."""
    honorific = title is None or title.rstrip(".") in _HONORIFICS
    return None if honorific else title
