"""A brief as linked data: schema.org events, claims and quotations, W3C Web Annotation evidence.

The JSON-LD carries its context with it, so that no program needs the network to read it. Meetings
are schema.org `Event`s, positions and warnings `Claim`s, the speaker's own words `Quotation`s.
Evidence and corrections are `Annotation`s of the W3C Web Annotation Data Model (Recommendation of
2017); offsets count Unicode code points of the article's text as read. What neither vocabulary
has a word for (acts, kinds, impact) stands in a namespace of our own.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from dragoman.schemas.brief import Actor, Brief, Correction, Meeting, Position, Source, Warning
    from dragoman.schemas.evidence import Evidence

Node = dict[str, Any]

CONTEXT: Final[Node] = {
    "@version": 1.1,
    "@vocab": "https://schema.org/",
    "oa": "http://www.w3.org/ns/oa#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "as": "http://www.w3.org/ns/activitystreams#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dragoman": "urn:x-dragoman:",
    "id": "@id",
    "type": "@type",
    # Terms of the Web Annotation vocabulary, defined as in its own context (anno.jsonld).
    "Annotation": "oa:Annotation",
    "SpecificResource": "oa:SpecificResource",
    "TextualBody": "oa:TextualBody",
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "TextPositionSelector": "oa:TextPositionSelector",
    "editing": "oa:editing",
    "commenting": "oa:commenting",
    "linking": "oa:linking",
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"},
    "body": {"@id": "oa:hasBody", "@type": "@id"},
    "target": {"@id": "oa:hasTarget", "@type": "@id"},
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": {"@id": "oa:hasSelector", "@type": "@id"},
    "value": "rdf:value",
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
    # Links between nodes and typed values of schema.org that are used here.
    "about": {"@type": "@id"},
    "appearance": {"@type": "@id"},
    "attendee": {"@type": "@id"},
    "creator": {"@type": "@id"},
    "isBasedOn": {"@type": "@id"},
    "spokenByCharacter": {"@type": "@id"},
    "eventStatus": {"@type": "@vocab"},
    "eventAttendanceMode": {"@type": "@vocab"},
    "datePublished": {"@type": "xsd:date"},
    "startDate": {"@type": "xsd:date"},
    "endDate": {"@type": "xsd:date"},
    "addressee": {"@id": "dragoman:addressee", "@type": "@id"},
    "reportedBy": {"@id": "dragoman:reportedBy", "@type": "@id"},
}

_ACTOR_TYPES: Final[Mapping[str, str]] = {
    "person": "Person",
    "government": "GovernmentOrganization",
    "organisation": "Organization",
    "company": "Corporation",
    "group": "Organization",
    "media": "NewsMediaOrganization",
}
_EVENT_STATUS: Final[Mapping[str, str]] = {
    "planned": "EventScheduled",
    "postponed": "EventPostponed",
    "ruled_out": "EventCancelled",
}
_ATTENDANCE: Final[Mapping[str, str]] = {
    "in_person": "OfflineEventAttendanceMode",
    "call": "OnlineEventAttendanceMode",
    "video": "OnlineEventAttendanceMode",
}


def render_jsonld(brief: Brief) -> str:
    """The brief as a JSON-LD 1.1 document with its own context."""
    document = {"@context": CONTEXT, "@graph": list(_graph(brief))}
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _graph(brief: Brief) -> Iterator[Node]:
    ids = _Ids(brief.source)
    yield _article(brief.source, ids)
    yield _report(brief, ids)
    for actor in brief.actors:
        yield _actor(actor, ids)
    for meeting in brief.meetings:
        yield _meeting(meeting, brief, ids)
    for position in brief.positions:
        yield from _position(position, brief, ids)
    for warning in brief.warnings:
        yield from _warning(warning, brief, ids)
    proven: tuple[Meeting | Position | Warning, ...] = (
        *brief.meetings,
        *brief.positions,
        *brief.warnings,
    )
    for item in proven:
        yield {
            "id": ids.of(f"{item.id}-evidence"),
            "type": "Annotation",
            "motivation": "linking",
            "body": ids.of(item.id),
            "target": [_target(one, ids) for one in item.evidence],
        }
    for correction in brief.corrections:
        yield _correction(correction, ids)


class _Ids:
    """Names of nodes: the article by its address if it has one, all else by the text's hash."""

    def __init__(self, source: Source) -> None:
        self._base = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'sha256:{source.sha256}')}"
        has_address = source.uri and source.uri.startswith(("https://", "http://"))
        self.article = source.uri if has_address and source.uri else f"{self._base}#article"
        self.report = f"{self._base}#brief"

    def of(self, item: str) -> str:
        return f"{self._base}#{item}"


def _known(**fields: Any) -> Node:
    """A node without the fields that have no value; "_" at the end of a name is dropped."""
    return {
        name.rstrip("_"): value for name, value in fields.items() if value not in (None, (), [])
    }


def _article(source: Source, ids: _Ids) -> Node:
    original = (
        {"type": "NewsArticle", "inLanguage": source.translated_from}
        if source.translated_from
        else None
    )
    return _known(
        id=ids.article,
        type="NewsArticle",
        headline=source.title,
        inLanguage=source.language,
        datePublished=source.published.isoformat() if source.published else None,
        publisher={"type": "Organization", "name": source.outlet} if source.outlet else None,
        translationOfWork=original,
        identifier=f"sha256:{source.sha256}",
    )


def _report(brief: Brief, ids: _Ids) -> Node:
    return _known(
        id=ids.report,
        type="Report",
        headline=brief.headline,
        inLanguage=brief.language,
        abstract=[point.text for point in brief.key_points],
        isBasedOn=ids.article,
    )


def _actor(actor: Actor, ids: _Ids) -> Node:
    forms = sorted({mention.exact for mention in actor.mentions} - {actor.name})
    role = {"jobTitle" if actor.kind == "person" else "description": actor.role}
    return _known(
        id=ids.of(actor.id),
        type=_ACTOR_TYPES[actor.kind],
        name=actor.name,
        alternateName=forms,
        **role,
    )


def _meeting(meeting: Meeting, brief: Brief, ids: _Ids) -> Node:
    names = {actor.id: actor.name for actor in brief.actors}
    day = meeting.date
    return _known(
        id=ids.of(meeting.id),
        type="Event",
        name=" – ".join(names.get(actor, actor) for actor in meeting.participants),
        attendee=[ids.of(actor) for actor in meeting.participants],
        location={"type": "Place", "name": meeting.place} if meeting.place else None,
        startDate=day.start.isoformat() if day and day.start else None,
        endDate=day.end.isoformat() if day and day.end else None,
        eventStatus=_EVENT_STATUS.get(meeting.status),
        eventAttendanceMode=_ATTENDANCE.get(meeting.format),
        **{"dragoman:status": meeting.status, "dragoman:confidence": meeting.confidence},
    )


def _position(position: Position, brief: Brief, ids: _Ids) -> Iterator[Node]:
    words = _words(position.id, position.quote, position.holder, brief, ids)
    yield _known(
        id=ids.of(position.id),
        type="Claim",
        text=position.statement,
        inLanguage=brief.language,
        creator=ids.of(position.holder),
        about=ids.of(position.target) if position.target else None,
        keywords=position.topic,
        reportedBy=ids.of(position.reported_by) if position.reported_by else None,
        appearance=words["id"] if words else ids.article,
        **{"dragoman:act": position.act, "dragoman:confidence": position.confidence},
    )
    if words:
        yield words


def _warning(warning: Warning, brief: Brief, ids: _Ids) -> Iterator[Node]:
    words = _words(warning.id, warning.quote, warning.issuer, brief, ids)
    yield _known(
        id=ids.of(warning.id),
        type=["Claim", "dragoman:Warning"],
        text=warning.statement,
        inLanguage=brief.language,
        creator=ids.of(warning.issuer),
        addressee=ids.of(warning.addressee) if warning.addressee else None,
        reportedBy=ids.of(warning.reported_by) if warning.reported_by else None,
        appearance=words["id"] if words else ids.article,
        **{
            "dragoman:kind": warning.kind,
            "dragoman:condition": warning.condition,
            "dragoman:consequence": warning.consequence,
            "dragoman:confidence": warning.confidence,
        },
    )
    if words:
        yield words


def _words(item: str, quote: str | None, speaker: str, brief: Brief, ids: _Ids) -> Node | None:
    if not quote:
        return None
    return {
        "id": ids.of(f"{item}-quotation"),
        "type": "Quotation",
        "text": quote,
        "inLanguage": brief.source.language,
        "spokenByCharacter": ids.of(speaker),
        "isBasedOn": ids.article,
    }


def _correction(correction: Correction, ids: _Ids) -> Node:
    """A correction: an annotation whose body is the text to put in, and why."""
    bodies: list[Node] = [
        {"type": "TextualBody", "purpose": "commenting", "value": correction.reason}
    ]
    if correction.corrected:
        bodies.insert(
            0, {"type": "TextualBody", "purpose": "editing", "value": correction.corrected}
        )
    return _known(
        id=ids.of(correction.id),
        type="Annotation",
        motivation="editing",
        body=bodies,
        target=[_target(one, ids, correction.original) for one in correction.evidence],
        **{
            "dragoman:kind": correction.kind,
            "dragoman:impact": correction.impact,
            "dragoman:origin": correction.origin,
            "dragoman:confidence": correction.confidence,
        },
    )


def _target(evidence: Evidence, ids: _Ids, words: str | None = None) -> Node:
    """The place of a sentence in the article, or of words in it where they occur in it."""
    offset = evidence.exact.find(words) if words else -1
    if words is None or offset < 0:
        return _place(
            ids, evidence.exact, evidence.prefix, evidence.suffix, evidence.start, evidence.end
        )
    before = (evidence.prefix + evidence.exact[:offset])[-32:]
    after = (evidence.exact[offset + len(words) :] + evidence.suffix)[:32]
    start = evidence.start + offset
    return _place(ids, words, before, after, start, start + len(words))


def _place(ids: _Ids, exact: str, prefix: str, suffix: str, start: int, end: int) -> Node:
    selectors: Sequence[Node] = (
        {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix},
        {"type": "TextPositionSelector", "start": start, "end": end},
    )
    return {"type": "SpecificResource", "source": ids.article, "selector": list(selectors)}
