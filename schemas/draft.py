"""Drafts: what the model proposes about an article, before anything has been checked."""

from __future__ import annotations

from pydantic import Field

from dragoman.schemas.evidence import Record
from dragoman.schemas.vocabulary import (
    Act,
    ActorKind,
    CorrectionKind,
    Impact,
    MeetingFormat,
    MeetingStatus,
    Origin,
    WarningKind,
)


class Draft(Record):
    """What all proposals about events have in common."""

    sentences: tuple[str, ...] = Field(description="Ids of the sentences cited.")
    confidence: float | None = Field(default=None, ge=0, le=1)


class DraftActor(Record):
    """An actor with the forms under which the article names it."""

    name: str
    kind: ActorKind
    role: str | None = None
    forms: tuple[str, ...] = ()


class DraftMeeting(Draft):
    """A proposed encounter; participants are names or surface forms."""

    participants: tuple[str, ...]
    status: MeetingStatus
    format: MeetingFormat = "unstated"
    place: str | None = None
    date: str | None = None


class DraftPosition(Draft):
    """A proposed position; holder, target and reporter are names or surface forms."""

    holder: str
    act: Act
    target: str | None = None
    topic: str | None = None
    statement: str
    quote: str | None = None
    reported_by: str | None = None


class DraftWarning(Draft):
    """A proposed warning; issuer, addressee and reporter are names or surface forms."""

    issuer: str
    addressee: str | None = None
    kind: WarningKind
    statement: str
    condition: str | None = None
    consequence: str | None = None
    quote: str | None = None
    reported_by: str | None = None


class DraftCorrection(Draft):
    """A proposed correction of words in one sentence."""

    original: str
    corrected: str
    kind: CorrectionKind
    impact: Impact
    reason: str
    origin: Origin


class Drafts(Record):
    """All that reading an article proposes."""

    actors: tuple[DraftActor, ...] = ()
    meetings: tuple[DraftMeeting, ...] = ()
    positions: tuple[DraftPosition, ...] = ()
    warnings: tuple[DraftWarning, ...] = ()
    corrections: tuple[DraftCorrection, ...] = ()
