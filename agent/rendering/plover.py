"""A brief as PLOVER event records, for users of political event data.

Format and codes follow the PLOVER manual, draft version 0.8 (Open Event Data Alliance, 2021):
one JSON object a line, field names of its table "PLOVER JSON". Which act becomes which event is
in `plover_codes.toml`, each with the manual's rule. The fields `cameo`, `rule`, `runner_up`,
`item`, `confidence` and `date_basis` are additions, which the manual allows.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from pydantic import JsonValue

from dragoman.schemas.brief import Actor, Brief, Meeting, Position, Warning

if TYPE_CHECKING:
    from dragoman.schemas.evidence import Evidence

CODEBOOK: Final = "plover-base-0.8"
_WITHDRAWN: Final = frozenset({"BUR", "DDR", "FXX", "TMP", "YMD", "ZAR"})
"""Codes that ISO 3166-3 lists as withdrawn, and that CLDR still maps to a successor's code."""
_REMOTE: Final = frozenset({"call", "video"})

Record = dict[str, JsonValue]


@cache
def code_table() -> Mapping[str, Any]:
    """The code table: section, then value of the codebook, then codes and rule."""
    text = files(__package__).joinpath("plover_codes.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def render_plover(brief: Brief) -> str:
    """One JSON record a line; empty if the brief has no meeting, position or warning.

    Statements that PLOVER does not code (plain declarations, cautions) are records too, with
    `has_event` false and the rule that leaves them out, so that nothing is lost silently.
    """
    return "".join(
        json.dumps(record, ensure_ascii=False, allow_nan=False) + "\n" for record in records(brief)
    )


def records(brief: Brief) -> Iterator[Record]:
    """The event records of a brief: meetings, positions, then warnings."""
    actors = {actor.id: actor for actor in brief.actors}
    for meeting in brief.meetings:
        yield _meeting(brief, meeting, actors)
    for position in brief.positions:
        code = code_table()["position"][position.act]
        sides = _sides(brief, actors, position.holder, position.target)
        yield _record(brief, position, code) | sides | _published(brief)
    for warning in brief.warnings:
        code = code_table()["warning"][warning.kind]
        sides = _sides(brief, actors, warning.issuer, warning.addressee)
        yield _record(brief, warning, code) | sides | _published(brief)


def _meeting(brief: Brief, meeting: Meeting, actors: Mapping[str, Actor]) -> Record:
    record = _record(brief, meeting, code_table()["meeting"][meeting.status])
    record["source"] = [_actor(brief, actors, one) for one in meeting.participants]
    record["recipient"] = []
    if meeting.format in _REMOTE and record["event"] == ["CONSULT"]:
        record["mode"] = ["phone"]
        if meeting.format == "call":
            record["cameo"] = "041"
    if meeting.place:
        record["event_loc"] = {"name": meeting.place}
    if meeting.date and meeting.date.start:
        record["date"] = meeting.date.start.isoformat()
        record["enddate"] = (meeting.date.end or meeting.date.start).isoformat()
        record["date_basis"] = meeting.date.basis
        return record
    return record | _published(brief)


def _published(brief: Brief) -> Record:
    """The date of publication stands in for an event's own date, as event data commonly do."""
    published = brief.source.published
    return {
        "date": published.isoformat() if published else None,
        "date_basis": "published" if published else "unknown",
    }


def _record(brief: Brief, item: Meeting | Position | Warning, code: Mapping[str, str]) -> Record:
    event = code["event"]
    category = code_table()["category"].get(event, {})
    context = code.get("context")
    return {
        "id": f"{brief.source.sha256[:16]}-{item.id}",
        "has_event": bool(event),
        "date": None,
        "source": [],
        "recipient": [],
        "event": [event] if event else [],
        "mode": [],
        "context": [context] if context else [],
        "quad_code": category.get("quad"),
        "event_scale": category.get("score"),
        "cameo": code["cameo"],
        "rule": code["rule"],
        "runner_up": code["runner_up"] or None,
        "item": item.id,
        "confidence": item.confidence,
        "event_text": [sentence.exact for sentence in item.evidence],
        "text_info": [_text_info(sentence) for sentence in item.evidence],
        "cite_info": _citation(brief),
    }


def _text_info(sentence: Evidence) -> Record:
    return {"sequence": int(sentence.sentence[1:]), "start": sentence.start, "end": sentence.end}


def _citation(brief: Brief) -> Record:
    source = brief.source
    known = {
        "url": source.uri,
        "title": source.title,
        "language": source.language,
        "publication": source.outlet,
        "coder": "dragoman",
        "codebook": CODEBOOK,
    }
    return {name: value for name, value in known.items() if value}


def _sides(brief: Brief, actors: Mapping[str, Actor], source: str, recipient: str | None) -> Record:
    return {
        "source": [_actor(brief, actors, source)],
        "recipient": [_actor(brief, actors, recipient)] if recipient else [],
    }


def _actor(brief: Brief, actors: Mapping[str, Actor], actor: str) -> Record:
    """An actor object; `code` only for a government that bears the name of a territory."""
    known = actors.get(actor)
    if known is None:
        return {"identifier_text": actor}
    found: Record = {"identifier_text": known.name}
    if known.mentions:
        found["actor_text"] = known.mentions[0].exact
    if known.kind == "government":
        code = country_code(known.name, (brief.language, "en"))
        if code:
            found["code"] = code
    sector = code_table()["sector"].get(known.kind)
    if sector:
        found["sector"] = sector
    if known.role:
        found["office"] = known.role
    return found


def country_code(name: str, languages: Sequence[str]) -> str | None:
    """The ISO 3166-1 alpha-3 code of a territory by its exact CLDR name in one of the languages."""
    return next((code for one in languages if (code := _countries(one).get(name))), None)


@cache
def _countries(language: str) -> Mapping[str, str]:
    from babel.core import Locale, UnknownLocaleError, get_global

    try:
        territories = Locale.parse(language).territories
    except (UnknownLocaleError, ValueError):
        return {}
    three_letters = {
        codes[0]: alias
        for alias, codes in get_global("territory_aliases").items()
        if len(alias) == 3 and alias.isalpha() and len(codes) == 1 and alias not in _WITHDRAWN
    }
    return {
        name: three_letters[code] for code, name in territories.items() if code in three_letters
    }
