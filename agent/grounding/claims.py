"""Claims: drafts and items of briefs in the one form in which the rules read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pydantic import JsonValue

from dragoman.grounding.names import Party
from dragoman.schemas.brief import Actor, Brief, Correction, Meeting, Position, Warning
from dragoman.schemas.draft import (
    Draft,
    DraftActor,
    DraftCorrection,
    DraftMeeting,
    DraftPosition,
    DraftWarning,
)
from dragoman.schemas.evidence import Evidence
from dragoman.schemas.vocabulary import ActorKind, ItemKind


@dataclass(frozen=True, slots=True)
class Claim:
    """What one item claims about the article.

    Attributes:
        kind: which kind of item it is.
        label: how findings name it: the item's id, or its number among the drafts.
        sentences: ids of the sentences cited.
        evidence: the evidence of an item in a brief; none for a draft.
        speaker: holder of a position or issuer of a warning.
        target: target of a position or addressee of a warning.
        reporter: outlet or person through whom it is known.
        participants: who met.
        item: the draft or item itself, as plain data.
    """

    kind: ItemKind
    label: str
    sentences: tuple[str, ...]
    evidence: tuple[Evidence, ...] = ()
    speaker: Party | None = None
    target: Party | None = None
    reporter: Party | None = None
    participants: tuple[Party, ...] = ()
    act: str | None = None
    statement: str | None = None
    condition: str | None = None
    consequence: str | None = None
    topic: str | None = None
    quote: str | None = None
    status: str | None = None
    place: str | None = None
    date: str | None = None
    original: str | None = None
    corrected: str | None = None
    item: Mapping[str, JsonValue] = field(default_factory=dict)


class Parties:
    """Finds the party an item means by a name or a surface form."""

    def __init__(self, entries: Iterable[tuple[str, tuple[str, ...], ActorKind | None]]) -> None:
        """Build from entries of name, forms, and kind."""
        self._by_form: dict[str, Party] = {}
        self.all: tuple[Party, ...] = tuple(
            Party(name, tuple(dict.fromkeys((name, *forms))), kind) for name, forms, kind in entries
        )
        for party in self.all:
            self._by_form.setdefault(party.name.casefold(), party)
        for party in self.all:
            for form in party.forms:
                self._by_form.setdefault(form.casefold(), party)

    @classmethod
    def of_drafts(cls, actors: Iterable[DraftActor]) -> Parties:
        """The actors a reading proposes."""
        return cls((actor.name, actor.forms, actor.kind) for actor in actors)

    def named(self, name: str | None) -> Party | None:
        """The party with this name or form; one of its own where no entry has it."""
        if name is None or not name.strip():
            return None
        return self._by_form.get(name.casefold()) or Party(name, (name,))


def of_draft(draft: Draft, number: int, parties: Parties) -> Claim:
    """The claim a draft makes."""
    item = draft.model_dump(mode="json")
    match draft:
        case DraftMeeting():
            return Claim(
                "meeting",
                f"meeting {number}",
                draft.sentences,
                participants=_all(parties.named(name) for name in draft.participants),
                status=draft.status,
                place=draft.place,
                date=draft.date,
                item=item,
            )
        case DraftPosition():
            return Claim(
                "position",
                f"position {number}",
                draft.sentences,
                speaker=parties.named(draft.holder),
                target=parties.named(draft.target),
                reporter=parties.named(draft.reported_by),
                act=draft.act,
                statement=draft.statement,
                topic=draft.topic,
                quote=draft.quote,
                item=item,
            )
        case DraftWarning():
            return Claim(
                "warning",
                f"warning {number}",
                draft.sentences,
                speaker=parties.named(draft.issuer),
                target=parties.named(draft.addressee),
                reporter=parties.named(draft.reported_by),
                act=draft.kind,
                statement=draft.statement,
                condition=draft.condition,
                consequence=draft.consequence,
                quote=draft.quote,
                item=item,
            )
        case DraftCorrection():
            return Claim(
                "correction",
                f"correction {number}",
                draft.sentences,
                original=draft.original,
                corrected=draft.corrected,
                item=item,
            )
    raise TypeError(f"not a draft of an item: {type(draft).__name__}")


def _all(parties: Iterable[Party | None]) -> tuple[Party, ...]:
    return tuple(party for party in parties if party is not None)


class BriefActors:
    """The actors of a brief by id."""

    def __init__(self, actors: Iterable[Actor]) -> None:
        self._parties = {
            actor.id: Party(
                actor.name,
                tuple(dict.fromkeys((actor.name, *(span.exact for span in actor.mentions)))),
                actor.kind,
            )
            for actor in actors
        }
        self.all = tuple(self._parties.values())

    def __contains__(self, identifier: object) -> bool:
        """Whether there is an actor with this id."""
        return identifier in self._parties

    def get(self, identifier: str | None) -> Party | None:
        """The actor with this id, or None."""
        return self._parties.get(identifier) if identifier is not None else None


def of_brief(brief: Brief, actors: BriefActors) -> tuple[Claim, ...]:
    """The claims of all items of a brief, in its order."""
    return (
        *(_of_meeting(item, actors) for item in brief.meetings),
        *(_of_position(item, actors) for item in brief.positions),
        *(_of_warning(item, actors) for item in brief.warnings),
        *(_of_correction(item) for item in brief.corrections),
    )


def _cited(item: Meeting | Position | Warning | Correction) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entry.sentence for entry in item.evidence))


def _of_meeting(item: Meeting, actors: BriefActors) -> Claim:
    return Claim(
        "meeting",
        item.id,
        _cited(item),
        item.evidence,
        participants=_all(actors.get(name) for name in item.participants),
        status=item.status,
        place=item.place,
        date=item.date.text if item.date else None,
        item=item.model_dump(mode="json"),
    )


def _of_position(item: Position, actors: BriefActors) -> Claim:
    return Claim(
        "position",
        item.id,
        _cited(item),
        item.evidence,
        speaker=actors.get(item.holder),
        target=actors.get(item.target),
        reporter=actors.get(item.reported_by),
        act=item.act,
        statement=item.statement,
        topic=item.topic,
        quote=item.quote,
        item=item.model_dump(mode="json"),
    )


def _of_warning(item: Warning, actors: BriefActors) -> Claim:
    return Claim(
        "warning",
        item.id,
        _cited(item),
        item.evidence,
        speaker=actors.get(item.issuer),
        target=actors.get(item.addressee),
        reporter=actors.get(item.reported_by),
        act=item.kind,
        statement=item.statement,
        condition=item.condition,
        consequence=item.consequence,
        quote=item.quote,
        item=item.model_dump(mode="json"),
    )


def _of_correction(item: Correction) -> Claim:
    return Claim(
        "correction",
        item.id,
        _cited(item),
        item.evidence,
        original=item.original,
        corrected=item.corrected,
        item=item.model_dump(mode="json"),
    )
