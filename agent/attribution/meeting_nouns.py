"""Who takes part in an encounter that a noun tells of: "talks between", "a meeting with"."""

from __future__ import annotations

from dragoman.attribution.coordination import belonging, coordinated
from dragoman.attribution.meeting_hosts import (
    governed_after,
    governed_before,
    host_of,
    is_scheduled,
    later_subject,
    parties_of,
    subjects,
)
from dragoman.attribution.meeting_subjects import pronoun_behind
from dragoman.attribution.meeting_words import (
    CLOSE,
    VISITS,
    can_meet,
    is_talk,
    meeting_status,
    setting,
)
from dragoman.attribution.model import Found, Prepared
from dragoman.attribution.pairs import owners, running_subject, stands_for_two, two_alone
from dragoman.attribution.structure import asked, has_finite_verb, is_dependent, topic
from dragoman.names import name_kind
from dragoman.schemas.vocabulary import ActorKind
from dragoman.syntax import Phrase
from dragoman.syntax.nouns import is_function_word, is_office, is_place, noun_kind


def by_noun(prepared: Prepared, clause: int, index: int) -> list[Found]:
    """The parties of an encounter that the noun at `index` tells of; none if it names too few."""
    meetings = prepared.data.meetings
    word = prepared.tokens(clause)[index].lower
    between = list(governed_after(prepared, clause, meetings.between_prepositions, index))
    if between and word not in VISITS | _TRIPS:
        own = pronoun_behind(prepared, clause, meetings.between_prepositions)  # "between him and"
        return own + [other for found in between for other in parties_of(prepared, found)]
    prepositions = meetings.partner_prepositions
    if word in _FROM_WHOM:
        prepositions = prepositions | {"from", "von"}
    if word in VISITS:
        prepositions = prepositions | {"bei", "beim"}
    partners = (
        list(governed_after(prepared, clause, prepositions, index))
        or list(governed_before(prepared, clause, index))
        or [
            one
            for one in pronoun_behind(prepared, clause, prepositions)
            if one.phrase.first == index + 2
        ]
    )
    if not partners:
        return (
            _paid_to(prepared, clause, index)
            or _visit(prepared, clause, index)
            or _of_both(prepared, clause, index)
            or _invited(prepared, clause, index)
            or _attended_by(prepared, clause, index)
            or _attending(prepared, clause, index)
            or _holding(prepared, clause, index)
            or _told(prepared, clause, index)
            or _among(prepared, clause, index)
            or owners(prepared, clause, index)
        )
    rest = [
        other
        for partner in partners
        for other in coordinated(prepared, partner)
        if can_meet(prepared, other.clause, other.phrase)
    ]
    who = host_of(prepared, clause, index)
    # "in talks with the chairman, Jo Roe, the minister said"
    if who in rest or (who is None and setting(prepared, clause, index) is not None):
        who = later_subject(prepared, rest)
    if who is None and is_scheduled(prepared, clause):
        return [running_subject(clause, index), *rest]
    return [*(coordinated(prepared, who) if who else ()), *rest]


_FROM_WHOM = frozenset({"call", "anruf"})
"""Encounters that one party receives from the other."""


def _among(prepared: Prepared, clause: int, index: int) -> list[Found]:
    """Who speaks at the meeting of a group: "at a meeting of the ministers A said"."""
    phrase = next((p for p in prepared.phrases[clause] if p.last == index), None)
    owner = belonging(prepared, clause, phrase) if phrase is not None else None
    if owner is None or not _is_several(prepared, owner) or is_dependent(prepared, clause):
        return []
    if setting(prepared, clause, index) is None or not can_meet(prepared, clause, owner.phrase):
        return []
    who = topic(prepared)
    if who is None or who.phrase is phrase or not can_meet(prepared, who.clause, who.phrase):
        return []
    return [*coordinated(prepared, who), owner]


def _is_several(prepared: Prepared, found: Found) -> bool:
    """Whether a phrase names a group; "der Minister" in the genitive are several, too."""
    kind = _kind(prepared, found)
    head = prepared.tokens(found.clause)[found.phrase.last].lower
    plural = found.phrase.determiner == "der" and not head.endswith("in")
    return kind == "group" or (kind == "person" and plural and is_office(head, prepared.data))


_TRIPS = frozenset({"trip", "reise"})


_PAID = frozenset({"stattete", "statteten", "stattet", "statten", "abgestattet", "abstattete"})


def _paid_to(prepared: Prepared, clause: int, index: int) -> list[Found]:
    """Who pays whom a visit in German: "stattete seinem Kollegen einen Besuch ab"."""
    paid = any(token.lower in _PAID for token in prepared.tokens(clause))
    host = host_of(prepared, clause, index) if paid and index else None
    if host is None:
        return []
    for phrase in prepared.phrases[clause]:
        other = phrase.preposition is None and phrase.first != host.phrase.first
        if other and phrase.last < index and can_meet(prepared, clause, phrase):
            return [*coordinated(prepared, host), Found(clause, phrase)]
    return []


def _visit(prepared: Prepared, clause: int, index: int) -> list[Found]:
    """Who visits which country."""
    tokens = prepared.tokens(clause)
    trip = tokens[index].lower in _TRIPS
    if trip and meeting_status(prepared, clause, index) in ("held", "ongoing"):
        return []  # whoever is met on it
    if not trip and tokens[index].lower not in VISITS:
        return []
    host = host_of(prepared, clause, index)
    if host is None:
        return []
    own = host.clause == clause
    following = (
        phrase
        for phrase in prepared.phrases[clause]
        if index < phrase.first and not (own and phrase.first == host.phrase.first)
    )
    country = next(following, None)
    if country is None or country.preposition not in ("to", "in", "nach"):
        return []
    start = host.phrase.last if own and host.phrase.last < country.first else index
    near = country.first <= max(index, start) + CLOSE
    named = is_place(tokens[country.last].text, prepared.data)
    return [host, Found(clause, country)] if named and near else []


def _of_both(prepared: Prepared, clause: int, index: int) -> list[Found]:
    """The two of "the meeting of A and B"; a visit of two is one to somebody else."""
    word = prepared.tokens(clause)[index].lower
    if word in VISITS or word in _BEFORE_OTHERS:
        return []
    tokens = prepared.tokens(clause)
    own = next((p for p in prepared.phrases[clause] if p.last == index), None)
    owner = belonging(prepared, clause, own) if own is not None else None
    if owner is not None and stands_for_two(prepared, owner):
        return [owner]
    for phrase in prepared.phrases[clause]:
        of = prepared.data.code == "de" or phrase.preposition == "of"
        behind = of and index < phrase.first <= index + 3 and not phrase.pronoun
        if behind and stands_for_two(prepared, Found(clause, phrase)):
            return [Found(clause, phrase)]  # "the meeting of the two leaders"
    if [token.lower for token in tokens[index + 1 : index + 2]] not in (["of"], ["von"]):
        return []
    for phrase in prepared.phrases[clause]:
        joined = index + 3 < phrase.first <= index + CLOSE + 2
        if joined and tokens[phrase.first - 1].lower in prepared.data.grammar.coordinators:
            first = Phrase(
                index + 2, index + 2, index + 2, phrase.first - 2, phrase.first - 2, None, None
            )
            named = all(token.capital for token in tokens[index + 2 : phrase.first - 1])
            return [Found(clause, first), Found(clause, phrase)] if named else []
    return []


_BEFORE_OTHERS = frozenset({"conference", "reception", "pressekonferenz", "empfang", "audience"})
"""Occasions that several give together for others."""

_HOLDING = frozenset(
    {"continue", "continued", "continues", "conduct", "conducted", "conducting", "lead", "led"}
    | {"held", "hold", "holds", "holding", "had", "have", "resumed", "resume", "began", "ended"}
    | {"nehmen", "nahmen", "aufnehmen", "fortsetzen", "setzten", "setzen"}
    | {"hielten", "halten", "führten", "führen", "hatten", "haben", "abgehalten", "geführt"}
)
"""Verbs of which a meeting is the object: "A and B held a meeting"."""


def _holding(prepared: Prepared, clause: int, index: int) -> list[Found]:
    """Two or more who hold a meeting, where nobody is named behind "with"."""
    whom = asked(prepared, clause) if not has_finite_verb(prepared, clause) else None
    if whom is not None and len(parties_of(prepared, whom)) > 1:
        return parties_of(prepared, whom)  # "called on A and B to hold talks"
    held = any(other.lower in _HOLDING for other in prepared.tokens(clause))
    if not held and not (is_talk(prepared, clause, index) and setting(prepared, clause, index)):
        return []
    who = two_alone(prepared, clause, index) or host_of(prepared, clause, index)
    parties = parties_of(prepared, who) if who is not None else []
    near = prepared.tokens(clause)[max(0, index - CLOSE) : index + 1 + CLOSE]
    two = any(stands_for_two(prepared, party) for party in parties) and any(
        other.lower in _HOLDING for other in near
    )
    return parties if two or len(parties) > 1 else []


_INVITING = frozenset({"invited", "invites", "lud", "luden", "lädt", "laden", "eingeladen"})


def _invited(prepared: Prepared, clause: int, index: int) -> list[Found]:
    """Who asks whom to a meeting: "invited the unions to talks", "lud sie zu Gesprächen ein"."""
    tokens = prepared.tokens(clause)
    verb = next((k for k in range(index) if tokens[k].lower in _INVITING), None)
    who = host_of(prepared, clause, index) if verb is not None else None
    if who is None or who.clause != clause:
        return []
    for phrase in prepared.phrases[clause]:
        asked = phrase.preposition is None and phrase.first != who.phrase.first
        if asked and phrase.last < index and can_meet(prepared, clause, phrase):
            return [who, Found(clause, phrase)]
    return []


def _attended_by(prepared: Prepared, clause: int, index: int) -> list[Found]:
    """Those of "the meeting was attended by A, B and C", "an dem Treffen nahmen A und B teil"."""
    tokens = prepared.tokens(clause)
    attended = any(token.lower == "attended" for token in tokens[index:])
    if attended:
        by = next(governed_after(prepared, clause, frozenset({"by"}), index), None)
        return coordinated(prepared, by) if by is not None else []
    if not _takes_part(prepared, clause) or not _is_taken_part_in(prepared, clause, index):
        return []
    first = next((who for who in subjects(prepared, clause) if who.phrase.first > index), None)
    parties = coordinated(prepared, first) if first is not None else []
    return parties if len(parties) > 1 else []


def _attending(prepared: Prepared, clause: int, index: int) -> list[Found]:
    """Who takes part in a meeting of others: "attended a summit of the Nordic leaders"."""
    if not _takes_part(prepared, clause):
        return []
    owner = _group_before(prepared, clause, index)
    if owner is not None and _kind(prepared, owner) in _SEVERAL:
        before = owner.phrase.first
        who = next((one for one in subjects(prepared, clause) if one.phrase.last < before), None)
        return [*coordinated(prepared, who), owner] if who is not None else []
    for phrase in prepared.phrases[clause]:
        if not phrase.first <= index <= phrase.last or phrase.tail == phrase.last:
            continue
        first = phrase.last + 2 if phrase.tail > phrase.last + 1 else phrase.tail
        others = Phrase(first, first, first, phrase.tail, phrase.tail, None, None)
        who = host_of(prepared, clause, index)
        if who is not None and _kind(prepared, Found(clause, others)) in _SEVERAL:
            return [*coordinated(prepared, who), Found(clause, others)]
    return []


def _group_before(prepared: Prepared, clause: int, index: int) -> Found | None:
    """Whose meeting it is, where that stands before: "the NATO ministers' meeting"."""
    tokens = prepared.tokens(clause)
    last = index - 1
    while last > 0 and tokens[last].kind != "word":
        last -= 1  # the apostrophe
    if last < 0 or noun_kind(tokens[last].lower, prepared.data) != "group":
        return None
    start = last
    while start and not is_function_word(tokens[start - 1].lower, prepared.data):
        start -= 1
    return Found(clause, Phrase(start, start, start, last, last, None, None))


_SEVERAL = frozenset({"group", "government", "organisation"})
"""Kinds of actors that hold a meeting which others attend."""


def _kind(prepared: Prepared, found: Found) -> ActorKind | None:
    return name_kind(prepared.span(found.clause, found.phrase).exact, prepared.data.code)


_ATTENDING = frozenset({"attend", "attends", "attended", "attending", "join", "joins", "joined"})
_TAKING_PART = frozenset(
    {"teil", "teilnehmen", "teilnimmt", "teilnahm", "teilnahmen", "teilgenommen", "teilzunehmen"}
)


def _takes_part(prepared: Prepared, clause: int) -> bool:
    """Whether somebody attends something in a clause."""
    german = prepared.data.code == "de"  # whose verb may have its particle behind a list
    clauses = range(clause, len(prepared.clauses)) if german else (clause,)
    words = [token.lower for number in clauses for token in prepared.tokens(number)]
    in_part = any(words[k : k + 2] == ["part", "in"] for k in range(len(words)))
    participates = any(word.startswith("participat") for word in words)
    return in_part or participates or bool({*words} & (_ATTENDING | _TAKING_PART))


def _is_taken_part_in(prepared: Prepared, clause: int, index: int) -> bool:
    """Whether a German noun is what somebody takes part in: "an dem Treffen"."""
    before = [token.lower for token in prepared.tokens(clause)[max(0, index - 3) : index]]
    return bool({"an", "am"} & {*before})


_TELLING = frozenset(
    {"told", "tells", "assured", "informed", "briefed", "asked", "urged", "warned", "reminded"}
    | {"thanked", "congratulated", "promised"}
)
"""English verbs with the one who is spoken to as their object."""


def _told(prepared: Prepared, clause: int, index: int) -> list[Found]:
    """Who told whom something in a talk: "during a telephone call A told B that …"."""
    if not is_talk(prepared, clause, index):
        return []
    who = host_of(prepared, clause, index)
    if who is None or not setting(prepared, clause, index):
        return []
    tokens = prepared.tokens(who.clause)
    if prepared.data.code == "de":
        return _asked_in_talk(prepared, clause, who)
    verb = next((k for k, token in enumerate(tokens) if token.lower in _TELLING), None)
    if verb is None or who.phrase.last >= verb:
        return []
    for phrase in prepared.phrases[who.clause]:
        if phrase.first == verb + 1 and phrase.preposition is None:
            return [who, Found(who.clause, phrase)]
    return []


def _asked_in_talk(prepared: Prepared, clause: int, who: Found) -> list[Found]:
    """Whom somebody asks or tells something in a talk: "hat B in einem Anruf aufgefordert"."""
    for phrase in prepared.phrases[clause]:
        object_ = phrase.determiner in prepared.data.grammar.object_determiners
        if object_ and phrase.preposition is None and can_meet(prepared, clause, phrase):
            return [who, Found(clause, phrase)]
    return []
