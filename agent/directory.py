"""The actors of a brief: their ids, names and mentions, and the way from a name to the id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import ahocorasick_rs

from dragoman.schemas.brief import Actor
from dragoman.schemas.evidence import Span
from dragoman.territories import key_of, territory, territory_name

if TYPE_CHECKING:
    from dragoman.article import Article
    from dragoman.schemas.draft import DraftActor
    from dragoman.schemas.vocabulary import ActorKind


class Directory:
    """The actors of a brief by id, and the way from a name or surface form to the id."""

    def __init__(
        self,
        article: Article,
        drafts: Iterable[DraftActor],
        *,
        language: str,
        names: Mapping[str, str] | None = None,
    ) -> None:
        """List the actors.

        Args:
            article: where their mentions are looked for.
            drafts: the actors with their surface forms.
            language: language of the brief; governments get their CLDR name in it.
            names: right names by the name as the article has it, from corrections.
        """
        self._ids: dict[tuple[str, ...], str] = {}
        self._territories: dict[str, str] = {}
        kept: list[tuple[DraftActor, str]] = []
        forms: dict[str, list[str]] = {}
        right = names or {}
        for draft in drafts:
            known = self.id_of(draft.name) or self._known_by_right_name(right.get(draft.name))
            if known is not None:  # listed twice; the forms are needed all the same
                self._add_forms(draft, known, forms[known])
                continue
            identifier = f"a{len(kept) + 1}"
            kept.append((draft, identifier))
            code = territory(draft.name) if draft.kind in ("government", "organisation") else None
            if code is not None:
                self._territories[code] = identifier
            self._add_forms(draft, identifier, forms.setdefault(identifier, []))
            self._add_names(draft, identifier, right.get(draft.name, draft.name))
        mentions = _mentions(article, forms)
        _add_inner_mentions(mentions, forms, {id_: draft.kind for draft, id_ in kept})
        self.actors = tuple(
            Actor(
                id=identifier,
                name=_name(draft, language, right),
                kind=draft.kind,
                role=draft.role,
                mentions=mentions[identifier],
            )
            for draft, identifier in kept
        )

    def _add_forms(self, draft: DraftActor, identifier: str, forms: list[str]) -> None:
        for form in (draft.name, *draft.forms):
            self._ids.setdefault(key_of(form), identifier)
            forms.append(form)

    def _known_by_right_name(self, name: str | None) -> str | None:
        """The actor whose name a corrected name is, or whose last name ("von der Leyen")."""
        if name is None:
            return None
        last_name = all(word[:1].islower() for word in name.split()[:-1])
        return self.id_of(name) or (self._ids.get(key_of(name)[-1:]) if last_name else None)

    def _add_names(self, draft: DraftActor, identifier: str, name: str) -> None:
        """The right name leads to the actor too, and a person's last name."""
        key = key_of(name)
        self._ids.setdefault(key, identifier)
        if draft.kind == "person" and key:
            self._ids.setdefault(key[-1:], identifier)

    def id_of(self, name: str | None) -> str | None:
        """Id of the actor that a name or surface form means, or None."""
        if name is None:
            return None
        known = self._ids.get(key_of(name))
        if known is None:
            known = self._territories.get(territory(name) or "")
        return known


def _name(draft: DraftActor, language: str, names: Mapping[str, str]) -> str:
    code = territory(draft.name) if draft.kind in ("government", "organisation") else None
    local = territory_name(code, language) if code is not None else None
    return local or names.get(draft.name, draft.name)


def _mentions(article: Article, forms: Mapping[str, Sequence[str]]) -> dict[str, tuple[Span, ...]]:
    """All places outside noise where a form stands as whole words; longer forms go first."""
    owners: dict[str, str] = {}
    for identifier, several in forms.items():
        for form in several:
            if form.strip():
                owners.setdefault(form, identifier)
    found: dict[str, list[Span]] = {identifier: [] for identifier in forms}
    if owners:
        patterns = list(owners)
        finder = ahocorasick_rs.AhoCorasick(
            patterns, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
        )
        for sentence in article.body:
            for pattern, start, end in finder.find_matches_as_indexes(sentence.text):
                if _whole(sentence.text, start, end):
                    form = patterns[pattern]
                    at = sentence.start + start
                    span = Span(start=at, end=at + len(form), exact=form)
                    found[owners[form]].append(span)
    return {identifier: tuple(spans) for identifier, spans in found.items()}


def _add_inner_mentions(
    mentions: dict[str, tuple[Span, ...]],
    forms: Mapping[str, Sequence[str]],
    kinds: Mapping[str, ActorKind],
) -> None:
    """A body named only in what a person is called, "spokesman for the Bank", is mentioned there.

    A country is not: who is president of one does not bring it in.
    """
    people = [
        span for actor, spans in mentions.items() if kinds[actor] == "person" for span in spans
    ]
    for actor in [actor for actor, spans in mentions.items() if not spans]:
        if kinds[actor] == "person" or any(map(territory, forms[actor])):
            continue
        mentions[actor] = tuple(
            Span(start=person.start + at, end=person.start + at + len(form), exact=form)
            for person in people
            for form in dict.fromkeys(forms[actor])
            if (at := person.exact.find(form)) > 0 and _whole(person.exact, at, at + len(form))
        )


def _whole(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not (before.isalnum() and text[start].isalnum()) and not (
        after.isalnum() and text[end - 1].isalnum()
    )
