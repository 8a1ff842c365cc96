"""Status and format of an encounter, by the words around its cue."""

from __future__ import annotations

from dragoman.attribution.model import Prepared
from dragoman.attribution.structure import has_finite_verb
from dragoman.language import MeetingWords
from dragoman.schemas.vocabulary import MeetingFormat, MeetingStatus
from dragoman.syntax.tokens import Token, find_phrases, words


def is_verb_here(prepared: Prepared, clause: int, index: int) -> bool:
    """English only: "visit" and "call" are verbs behind a subject or an auxiliary."""
    data, tokens = prepared.data, prepared.tokens(clause)
    if data.code == "de" or tokens[index].lower not in data.meetings.verbs:
        return False
    before = tokens[index - 1] if index else None
    if before is None or before.kind != "word":
        return False
    g = data.grammar
    auxiliaries = g.auxiliaries_future | g.auxiliaries_passive | g.auxiliaries_perfect | {"to"}
    return before.lower in auxiliaries or before.lower in data.pronouns


def meeting_status(prepared: Prepared, clause: int, index: int) -> MeetingStatus:
    """Status by the words of the clause; those of the clause before count for an infinitive."""
    meetings = prepared.data.meetings
    tokens = _around(prepared, clause, index)
    if index and prepared.tokens(clause)[index - 1].lower in {"zu", "to"}:
        number = clause - 1
        while number > 0 and not has_finite_verb(prepared, number):
            number -= 1
        tokens = [*(prepared.tokens(number) if number >= 0 else ()), *tokens]
    ahead = prepared.tokens(clause)[max(0, index - _GOVERNING) : index]
    if next(find_phrases(ahead, meetings.planned), None) is not None:
        called = (meetings.ruled_out, meetings.postponed)
        if all(next(find_phrases(tokens, phrases), None) is None for phrases in called):
            return "planned"
    options: tuple[tuple[tuple[tuple[str, ...], ...], MeetingStatus], ...] = (
        (meetings.ruled_out, "ruled_out"),
        (meetings.postponed, "postponed"),
        (meetings.called_for, "called_for"),
        (meetings.planned, "planned"),
        (meetings.ongoing, "ongoing"),
    )
    for phrases, status in options:
        if next(find_phrases(tokens, phrases), None) is not None:
            return status
    return "ruled_out" if _negated(prepared, clause, index) else "held"


_GOVERNING = 3
"""Words before a cue within which "will" or "plans to" surely belongs to it."""


def _around(prepared: Prepared, clause: int, index: int) -> list[Token]:
    """Words of the clause around the cue, up to a conjunction that another verb follows."""
    data, tokens = prepared.data, prepared.tokens(clause)
    start, end = 0, len(tokens)
    for k, token in enumerate(tokens[:-1]):
        if token.lower in data.grammar.coordinators and (
            tokens[k + 1].lower in data.verbs or tokens[k + 1].lower in data.meetings.verbs
        ):
            if k < index:
                start = k + 1
            else:
                end = min(end, k)
    return list(tokens[start:end])


def _negated(prepared: Prepared, clause: int, index: int) -> bool:
    """Whether a negation belongs to the cue: before a noun, around a German verb."""
    data, tokens = prepared.data, prepared.tokens(clause)
    negations = data.grammar.negations
    if tokens[index].lower in data.meetings.nouns and not is_verb_here(prepared, clause, index):
        return any(token.lower in negations for token in tokens[max(0, index - 2) : index])
    scope = (
        _around(prepared, clause, index) if data.code == "de" else tokens[max(0, index - 3) : index]
    )
    return any(token.lower in negations for token in scope)


def meeting_format(prepared: Prepared, cue: Token) -> MeetingFormat:
    """How the parties meet, as far as the cue and its sentence say."""
    meetings: MeetingWords = prepared.data.meetings
    found = {token.lower for token in words(prepared.sentence.text)}
    own = {cue.lower, *(lemma for lemma, _, _ in meetings.verbs.get(cue.lower, ()))}
    if (own | found) & meetings.video:
        return "video"
    if own & meetings.call or found & (meetings.call - meetings.nouns):
        return "call"
    return "in_person" if (own | found) & meetings.in_person else "unstated"
