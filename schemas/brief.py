"""The brief: what the user gets. Every item is proven by sentences of the article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final, Literal

from pydantic import Field, JsonValue

from dragoman.schemas.evidence import Evidence, Record, Span
from dragoman.schemas.vocabulary import (
    Act,
    ActorKind,
    CorrectionKind,
    Impact,
    ItemKind,
    MeetingFormat,
    MeetingStatus,
    Origin,
    WarningKind,
)

SCHEMA_VERSION: Final = "1.0"

Confidence = float | None


class Source(Record):
    """The article the brief was made from."""

    title: str | None = Field(description="Headline as the article has it.")
    language: str = Field(description="Language of the article, ISO 639-1, or 'und'.")
    translated_from: str | None = Field(
        default=None, description="Language it was translated from, where the article says so."
    )
    outlet: str | None = Field(default=None, description="Outlet that published it, if known.")
    published: date | None = Field(default=None, description="Day of publication, if known.")
    uri: str | None = Field(default=None, description="Where it was read from: a URL or file name.")
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$", description="Hash of the text as read, UTF-8.")
    characters: int = Field(ge=0, description="Length of the text as read, in code points.")


class KeyPoint(Record):
    """One sentence of summary, tied to the items it sums up."""

    text: str = Field(min_length=1)
    items: tuple[str, ...] = Field(min_length=1, description="Ids of the items it rests on.")


class Actor(Record):
    """A person, government, organisation, company, group or quoted outlet."""

    id: str = Field(pattern=r"^a[1-9]\d*$")
    name: str = Field(min_length=1, description="Correct name in the language of the brief.")
    kind: ActorKind
    role: str | None = Field(default=None, description="Office or function the article states.")
    mentions: tuple[Span, ...] = Field(description="Every surface form in the article, in order.")


class When(Record):
    """A date as the article gives it, resolved to days where that can be known."""

    text: str = Field(min_length=1, description="The words of the article.")
    start: date | None = Field(default=None, description="First day, if it can be known.")
    end: date | None = Field(default=None, description="Last day, if it can be known.")
    basis: Literal["stated", "inferred", "unresolved"] = Field(
        description="Whether the day is stated, inferred from the publication date, or unknown."
    )


class Item(Record):
    """What all proven items have in common."""

    evidence: tuple[Evidence, ...] = Field(min_length=1, description="One entry a sentence.")
    confidence: Confidence = Field(
        default=None, ge=0, le=1, description="Probability by the model that the item is right."
    )


class Meeting(Item):
    """An encounter between at least two actors who deal with each other."""

    id: str = Field(pattern=r"^m[1-9]\d*$")
    participants: tuple[str, ...] = Field(min_length=2, description="Ids of actors.")
    status: MeetingStatus
    format: MeetingFormat
    place: str | None = None
    date: When | None = None


class Position(Item):
    """A view, demand, commitment, accusation or denial the article attributes to an actor."""

    id: str = Field(pattern=r"^p[1-9]\d*$")
    holder: str = Field(description="Id of the actor whose view it is.")
    act: Act
    target: str | None = Field(default=None, description="Id of the actor it is about.")
    topic: str | None = None
    statement: str = Field(min_length=1, description="What the holder states.")
    quote: str | None = Field(default=None, description="The holder's own words, verbatim.")
    reported_by: str | None = Field(default=None, description="Id of the actor who reports it.")


class Warning(Item):  # noqa: A001 - the codebook's word; briefs are never used with warnings
    """Somebody tells somebody that something bad will follow."""

    id: str = Field(pattern=r"^w[1-9]\d*$")
    issuer: str = Field(description="Id of the actor who warns.")
    addressee: str | None = Field(default=None, description="Id of the actor warned; none: public.")
    kind: WarningKind
    statement: str = Field(min_length=1)
    condition: str | None = Field(default=None, description="What would trigger it.")
    consequence: str | None = Field(default=None, description="What would follow.")
    quote: str | None = Field(default=None, description="The issuer's own words, verbatim.")
    reported_by: str | None = Field(default=None, description="Id of the actor who reports it.")


class Correction(Item):
    """Words of the article that are wrong, and what they should be. Quotes are never altered."""

    id: str = Field(pattern=r"^c[1-9]\d*$")
    original: str = Field(min_length=1, description="The words of the article.")
    corrected: str = Field(description="What they should be; empty where that cannot be known.")
    kind: CorrectionKind
    impact: Impact
    reason: str = Field(min_length=1)
    origin: Origin


class Rejected(Record):
    """What was proposed and refused by a check."""

    kind: ItemKind
    item: Mapping[str, JsonValue] = Field(description="The proposal as it was made.")
    rule: str = Field(description="Id of the rule that refused it.")
    reason: str = Field(description="What is wrong, in words.")
    nearest: str | None = Field(default=None, description="Id of the sentence that comes nearest.")


class Gap(Record):
    """A part of the article that was not read, and why."""

    sentences: tuple[str, ...]
    reason: str


class Noise(Record):
    """Lines that are not part of the article, marked and never used as evidence."""

    sentences: tuple[str, ...] = Field(min_length=1)
    reason: str


class Run(Record):
    """How the brief was made, and what it cost."""

    model: str
    endpoint: Literal["embedded", "openai", "azure", "compatible", "none"]
    strategy: Literal["article", "sentence", "none"]
    prompts: Mapping[str, str] = Field(description="Versions of the prompts used, by name.")
    mode: str | None = Field(default=None, description="How answers were structured: json_schema …")
    requests: int = Field(ge=0, description="Questions put to the model.")
    attempts: int = Field(ge=0, description="HTTP requests sent, failed ones among them.")
    retries: Mapping[str, int] = Field(description="Repeated attempts by cause.")
    input_tokens: int = Field(ge=0)
    output_tokens: int = Field(ge=0)
    cached_tokens: int = Field(ge=0)
    seconds: float = Field(ge=0)
    complete: bool = Field(description="Whether the whole article was read.")


class Brief(Record):
    """Who met whom, who stands where, who warned whom, and which words are wrong."""

    schema_version: Literal["1.0"] = SCHEMA_VERSION
    language: str = Field(description="Language of the brief, ISO 639-1.")
    source: Source
    headline: str | None
    key_points: tuple[KeyPoint, ...]
    actors: tuple[Actor, ...]
    meetings: tuple[Meeting, ...]
    positions: tuple[Position, ...]
    warnings: tuple[Warning, ...]
    corrections: tuple[Correction, ...]
    rejected: tuple[Rejected, ...]
    noise: tuple[Noise, ...]
    gaps: tuple[Gap, ...]
    notes: tuple[str, ...] = Field(default=(), description="What a reader of the brief must know.")
    run: Run


def actor_references(
    meetings: Iterable[Meeting], positions: Iterable[Position], warnings: Iterable[Warning]
) -> Iterator[tuple[str, str, str]]:
    """Where items refer to actors: id of the item, its field, id of the actor."""
    named: list[tuple[str, str, str | None]] = []
    for meeting in meetings:
        named += [(meeting.id, "participants", name) for name in meeting.participants]
    for position in positions:
        named += [
            (position.id, "holder", position.holder),
            (position.id, "target", position.target),
            (position.id, "reported_by", position.reported_by),
        ]
    for warning in warnings:
        named += [
            (warning.id, "issuer", warning.issuer),
            (warning.id, "addressee", warning.addressee),
            (warning.id, "reported_by", warning.reported_by),
        ]
    for item, field, name in named:
        if name is not None:
            yield item, field, name
