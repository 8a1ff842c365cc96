"""Descriptions that go back to a named actor: "the bank", "the minister"."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dragoman.actors.entries import Entry, Roster
from dragoman.actors.mentions import COLLECTIVE, TAIL
from dragoman.actors.prominence import Prominence
from dragoman.language import language_data
from dragoman.schemas.evidence import Span
from dragoman.schemas.vocabulary import ActorKind
from dragoman.syntax.nouns import is_office, noun_kind
from dragoman.territories import DETERMINERS

if TYPE_CHECKING:
    from dragoman.article import Article
    from dragoman.language import LanguageData


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
        words = form.split()
        data = self._data
        if data is None or len(words) != 1 or not self._is_bare(span, data):
            return None
        noun = words[0].casefold()
        kind = noun_kind(noun, data)
        entries = self._roster.entries
        if is_office(noun, data):
            fits = [entry for entry in entries if entry.role and entry.role.endswith(noun)]
        elif kind in COLLECTIVE and kind != "group":
            fits = [entry for entry in entries if self._is_body(entry, kind)]
        else:
            return None
        return _nearest_before(fits, span.start)

    def resolve(self) -> None:
        """File "the bank" with the bank it goes back to."""
        for entry in list(self._roster.entries):
            found = {id(span): self.meant(entry.name, span) for span in entry.spans}
            means = [other for other in found.values() if other is not None]
            if not means or any(other is entry for other in means):
                continue
            for span in entry.spans:
                (found[id(span)] or means[0]).add([span])
            entry.spans = []
            self._roster.join(entry, means[0])

    def is_office(self, entry: Entry, span: Span) -> bool:
        """Whether a mention is only a person's office with a definite article before it."""
        data = self._data
        if data is None or entry.kind != "person" or not self._is_bare(span, data):
            return False
        return is_office(span.exact.split()[-1].casefold(), data)

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
        named = self._prominence.is_proper(entry) and not TAIL.search(entry.name)
        return named and entry.territory is None and entry.kind in fits.get(kind, {kind})


def _nearest_before(entries: Iterable[Entry], offset: int) -> Entry | None:
    nearest: tuple[int, Entry | None] = (-1, None)
    for entry in entries:
        start = max((span.start for span in entry.spans if span.start < offset), default=-1)
        if start > nearest[0]:
            nearest = (start, entry)
    return nearest[1]
