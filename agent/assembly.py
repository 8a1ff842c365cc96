"""Puts the brief together: actors with all their mentions, proven items with ids, what was refused.

Items name actors as the drafts do, by name or surface form; here each becomes the id of one
entry. Only actors that some item needs, or that the reading found worth naming, are listed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dragoman.dates import resolve
from dragoman.directory import Directory
from dragoman.schemas.brief import (
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
    actor_references,
)
from dragoman.schemas.vocabulary import ItemKind
from dragoman.territories import key_of

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
    actors, invented = _sorted_out(parts.actors, grounded, article)
    directory = Directory(article, actors, language=language, names=_right_names(actors, right))
    items = _Items(directory, article)
    meetings = tuple(items.meetings(grounded.meetings))
    positions = tuple(items.positions(grounded.positions))
    warnings = tuple(items.warnings(grounded.warnings))
    used = {name for _, _, name in actor_references(meetings, positions, warnings)}
    return Brief(
        language=language,
        source=_source(article),
        headline=parts.headline if parts.headline is not None else article.title,
        key_points=(),
        # A name that only stands within longer ones ("Bank of Norland") is nobody by itself.
        actors=tuple(actor for actor in directory.actors if actor.mentions or actor.id in used),
        meetings=meetings,
        positions=positions,
        warnings=warnings,
        corrections=tuple(_corrections(grounded.corrections)),
        rejected=(*grounded.rejected, *items.rejected, *invented, *parts.rejected),
        noise=tuple(_noise(article)),
        gaps=tuple(parts.gaps),
        notes=(*grounded.notes, *items.notes, *parts.notes),
        run=parts.run,
    )


def _sorted_out(
    actors: Sequence[DraftActor], grounded: Grounded, article: Article
) -> tuple[list[DraftActor], list[Rejected]]:
    """The actors that the article names or a proven item needs, and the others."""
    text = "\n".join(sentence.text for sentence in article.body).casefold()
    needed = {key_of(name) for name in _named(grounded)}
    kept: list[DraftActor] = []
    invented: list[Rejected] = []
    for actor in actors:
        forms = [form for form in (actor.name, *actor.forms) if form.strip()]
        if any(form.casefold() in text or key_of(form) in needed for form in forms):
            kept.append(actor)
            continue
        invented.append(
            Rejected(
                kind="actor",
                item=actor.model_dump(mode="json"),
                rule="actor-named",
                reason="the article has none of these names",
            )
        )
    return kept, invented


def _named(grounded: Grounded) -> Iterator[str]:
    """The names by which proven items name actors."""
    for meeting in grounded.meetings:
        yield from meeting.draft.participants
    for position in grounded.positions:
        yield from filter(None, (position.draft.holder, position.draft.target))
        yield position.draft.reported_by or ""
    for warning in grounded.warnings:
        yield from filter(None, (warning.draft.issuer, warning.draft.addressee))
        yield warning.draft.reported_by or ""


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


def _when(draft: DraftMeeting, article: Article) -> When | None:
    if not draft.date:
        return None
    return resolve(
        draft.date,
        article.published,
        article.language,
        tense="future" if draft.status in _FUTURE else "past",
    )


class _Items:
    """Makes the items of a brief; what names nobody in the directory is put aside."""

    def __init__(self, directory: Directory, article: Article) -> None:
        self._directory = directory
        self._article = article
        self.rejected: list[Rejected] = []
        self.notes: list[str] = []

    def meetings(self, several: Sequence[Proven[DraftMeeting]]) -> list[Meeting]:
        made: list[Meeting] = []
        for proven in several:
            draft = proven.draft
            label = f"m{len(made) + 1}"
            people = [self._directory.id_of(name) for name in draft.participants]
            participants = tuple(dict.fromkeys(person for person in people if person is not None))
            if len(participants) < 2:
                self._refuse("meeting", proven, "fewer than two participants are among the actors")
                continue
            for name in draft.participants:
                self._optional(name, label, "participant")
            made.append(
                Meeting(
                    id=label,
                    participants=participants,
                    status=draft.status,
                    format=draft.format,
                    place=draft.place,
                    date=_when(draft, self._article),
                    evidence=proven.evidence,
                    confidence=draft.confidence,
                )
            )
        return made

    def positions(self, several: Sequence[Proven[DraftPosition]]) -> list[Position]:
        made: list[Position] = []
        for proven in several:
            draft = proven.draft
            label = f"p{len(made) + 1}"
            holder = self._directory.id_of(draft.holder)
            if holder is None:
                self._refuse("position", proven, f"{draft.holder!r} is not among the actors")
                continue
            made.append(
                Position(
                    id=label,
                    holder=holder,
                    act=draft.act,
                    target=_other(self._optional(draft.target, label, "target"), holder),
                    topic=draft.topic,
                    statement=draft.statement,
                    quote=draft.quote,
                    reported_by=_other(
                        self._optional(draft.reported_by, label, "reporter"), holder
                    ),
                    evidence=proven.evidence,
                    confidence=draft.confidence,
                )
            )
        return made

    def warnings(self, several: Sequence[Proven[DraftWarning]]) -> list[Warning]:
        made: list[Warning] = []
        for proven in several:
            draft = proven.draft
            label = f"w{len(made) + 1}"
            issuer = self._directory.id_of(draft.issuer)
            if issuer is None:
                self._refuse("warning", proven, f"{draft.issuer!r} is not among the actors")
                continue
            made.append(
                Warning(
                    id=label,
                    issuer=issuer,
                    addressee=_other(self._optional(draft.addressee, label, "addressee"), issuer),
                    kind=draft.kind,
                    statement=draft.statement,
                    condition=draft.condition,
                    consequence=draft.consequence,
                    quote=draft.quote,
                    reported_by=_other(
                        self._optional(draft.reported_by, label, "reporter"), issuer
                    ),
                    evidence=proven.evidence,
                    confidence=draft.confidence,
                )
            )
        return made

    def _optional(self, name: str | None, label: str, part: str) -> str | None:
        """Id of an actor; where there is none, the item is kept without it and a note says so."""
        found = self._directory.id_of(name)
        if name and found is None:
            self.notes.append(f"{label}: the {part} {name!r} is not among the actors.")
        return found

    def _refuse(self, kind: ItemKind, proven: Proven[Any], reason: str) -> None:
        self.rejected.append(
            Rejected(
                kind=kind,
                item=proven.draft.model_dump(mode="json"),
                rule="actor-listed",
                reason=reason,
                nearest=proven.draft.sentences[0],
            )
        )


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
