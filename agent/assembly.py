"""Puts the brief together: actors with all their mentions, proven items with ids, what was refused.

Items name actors as the drafts do, by name or surface form; here each becomes the id of one
entry. Only actors that some item needs, or that the reading found worth naming, are listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import ahocorasick_rs

from dragoman.dates import resolve
from dragoman.schemas.brief import (
    Actor,
    Brief,
    Correction,
    Gap,
    KeyPoint,
    Meeting,
    Noise,
    Position,
    Rejected,
    Run,
    Source,
    Warning,
    When,
)
from dragoman.schemas.evidence import Span
from dragoman.territories import key_of, territory, territory_name

if TYPE_CHECKING:
    from dragoman.article import Article
    from dragoman.grounding import Grounded, Proven
    from dragoman.schemas.draft import (
        DraftActor,
        DraftCorrection,
        DraftMeeting,
        DraftPosition,
        DraftWarning,
    )

# After which status a bare weekday or month lies ahead rather than behind.
_FUTURE = frozenset({"planned", "postponed", "ruled_out", "called_for"})


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
        for draft in drafts:
            if self.id_of(draft.name) is not None:
                continue
            identifier = f"a{len(kept) + 1}"
            kept.append((draft, identifier))
            code = territory(draft.name) if draft.kind in ("government", "organisation") else None
            if code is not None:
                self._territories[code] = identifier
            for form in (draft.name, *draft.forms):
                self._ids.setdefault(key_of(form), identifier)
        mentions = _mentions(article, {i: (d.name, *d.forms) for d, i in kept})
        self.actors = tuple(
            Actor(
                id=identifier,
                name=_name(draft, language, names or {}),
                kind=draft.kind,
                role=draft.role,
                mentions=mentions[identifier],
            )
            for draft, identifier in kept
        )

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


def _whole(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not (before.isalnum() and text[start].isalnum()) and not (
        after.isalnum() and text[end - 1].isalnum()
    )


@dataclass(frozen=True, slots=True)
class Parts:
    """What a brief is made of, beside the article: the outcome of reading and grounding."""

    actors: Sequence[DraftActor]
    grounded: Grounded
    run: Run
    gaps: Sequence[Gap] = ()
    notes: Sequence[str] = ()
    rejected: Sequence[Rejected] = ()
    headline: str | None = None


def assemble(article: Article, parts: Parts, *, language: str) -> Brief:
    """Make the brief; key points are added when its items have their ids."""
    grounded = parts.grounded
    right = {
        proven.draft.original: proven.draft.corrected
        for proven in grounded.corrections
        if proven.draft.kind == "name" and proven.draft.corrected
    }
    directory = Directory(
        article, parts.actors, language=language, names=_right_names(parts.actors, right)
    )
    return Brief(
        language=language,
        source=_source(article),
        headline=parts.headline if parts.headline is not None else article.title,
        key_points=(),
        actors=directory.actors,
        meetings=tuple(_meetings(grounded.meetings, directory, article)),
        positions=tuple(_positions(grounded.positions, directory)),
        warnings=tuple(_warnings(grounded.warnings, directory)),
        corrections=tuple(_corrections(grounded.corrections)),
        rejected=(*grounded.rejected, *parts.rejected),
        noise=tuple(_noise(article)),
        gaps=tuple(parts.gaps),
        notes=(*grounded.notes, *parts.notes),
        run=parts.run,
    )


def with_key_points(
    brief: Brief, points: Sequence[KeyPoint], rejected: Sequence[Rejected]
) -> Brief:
    """The brief with its key points, and with those that were refused."""
    return brief.model_copy(
        update={"key_points": tuple(points), "rejected": (*brief.rejected, *rejected)}
    )


def _right_names(actors: Sequence[DraftActor], right: Mapping[str, str]) -> dict[str, str]:
    """Corrected names of the actors whose name holds a corrected word."""
    names: dict[str, str] = {}
    for actor in actors:
        for original, corrected in right.items():
            if original == actor.name or f" {original} " in f" {actor.name} ":
                names[actor.name] = actor.name.replace(original, corrected)
            elif original in actor.forms and " " not in actor.name:
                names[actor.name] = corrected
    return names


def _source(article: Article) -> Source:
    return Source(
        title=article.title,
        language=article.language,
        translated_from=article.translated_from,
        outlet=article.outlet,
        published=article.published,
        uri=article.uri,
        sha256=article.sha256,
        characters=len(article.text),
    )


def _noise(article: Article) -> list[Noise]:
    """Neighbouring noise sentences with the same reason are one entry."""
    runs: list[tuple[str, list[str]]] = []
    previous = None
    for sentence in article.sentences:
        if sentence.noise is not None:
            if previous == sentence.noise:
                runs[-1][1].append(sentence.id)
            else:
                runs.append((sentence.noise, [sentence.id]))
        previous = sentence.noise
    return [Noise(sentences=tuple(ids), reason=reason) for reason, ids in runs]


def _meetings(
    several: Sequence[Proven[DraftMeeting]], directory: Directory, article: Article
) -> list[Meeting]:
    made: list[Meeting] = []
    for proven in several:
        draft = proven.draft
        people = [directory.id_of(name) for name in draft.participants]
        participants = tuple(dict.fromkeys(person for person in people if person is not None))
        if len(participants) < 2:
            continue
        made.append(
            Meeting(
                id=f"m{len(made) + 1}",
                participants=participants,
                status=draft.status,
                format=draft.format,
                place=draft.place,
                date=_when(draft, article),
                evidence=proven.evidence,
                confidence=draft.confidence,
            )
        )
    return made


def _when(draft: DraftMeeting, article: Article) -> When | None:
    if not draft.date:
        return None
    return resolve(
        draft.date,
        article.published,
        article.language,
        tense="future" if draft.status in _FUTURE else "past",
    )


def _positions(several: Sequence[Proven[DraftPosition]], directory: Directory) -> list[Position]:
    made: list[Position] = []
    for proven in several:
        draft = proven.draft
        holder = directory.id_of(draft.holder)
        if holder is None:
            continue
        made.append(
            Position(
                id=f"p{len(made) + 1}",
                holder=holder,
                act=draft.act,
                target=_other(directory.id_of(draft.target), holder),
                topic=draft.topic,
                statement=draft.statement,
                quote=draft.quote,
                reported_by=_other(directory.id_of(draft.reported_by), holder),
                evidence=proven.evidence,
                confidence=draft.confidence,
            )
        )
    return made


def _warnings(several: Sequence[Proven[DraftWarning]], directory: Directory) -> list[Warning]:
    made: list[Warning] = []
    for proven in several:
        draft = proven.draft
        issuer = directory.id_of(draft.issuer)
        if issuer is None:
            continue
        made.append(
            Warning(
                id=f"w{len(made) + 1}",
                issuer=issuer,
                addressee=_other(directory.id_of(draft.addressee), issuer),
                kind=draft.kind,
                statement=draft.statement,
                condition=draft.condition,
                consequence=draft.consequence,
                quote=draft.quote,
                reported_by=_other(directory.id_of(draft.reported_by), issuer),
                evidence=proven.evidence,
                confidence=draft.confidence,
            )
        )
    return made


def _other(actor: str | None, than: str) -> str | None:
    """The actor, unless it is the same one."""
    return None if actor == than else actor


def _corrections(several: Sequence[Proven[DraftCorrection]]) -> list[Correction]:
    return [
        Correction(
            id=f"c{number}",
            original=proven.draft.original,
            corrected=proven.draft.corrected,
            kind=proven.draft.kind,
            impact=proven.draft.impact,
            reason=proven.draft.reason,
            origin=proven.draft.origin,
            evidence=proven.evidence,
            confidence=proven.draft.confidence,
        )
        for number, proven in enumerate(several, start=1)
    ]
