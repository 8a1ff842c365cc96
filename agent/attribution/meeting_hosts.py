"""Whose encounter it is that a noun tells of, and with whom: "A's talks with B", "B, who …"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dragoman.attribution.coordination import belonging, coordinated, names_of_group
from dragoman.attribution.meeting_words import VISITS, can_meet
from dragoman.attribution.model import Found, Prepared
from dragoman.attribution.pairs import is_verb
from dragoman.attribution.structure import (
    antecedent,
    has_finite_verb,
    is_relative,
    nominative,
    owned_by,
    topic,
    with_apposition,
)
from dragoman.syntax import Phrase
from dragoman.syntax.nouns import is_place, noun_kind
from dragoman.syntax.tokens import Token
from dragoman.terminology.lexicon import is_word

_SCHEDULED = frozenset(
    {"postponed", "cancelled", "verschoben", "abgesagt", "vertagt"}
    | {"scheduled", "planned", "agenda", "program", "programme", "took", "due"}
    | {"geplant", "vorgesehen", "verabredet", "angesetzt", "tagesordnung", "programm", "statt"}
)
"""Words that tell of a meeting without telling whose it is: "talks with B are scheduled"."""


def is_scheduled(prepared: Prepared, clause: int) -> bool:
    """Whether a clause tells when there will be, or was, a meeting and not whose it is."""
    interrupted = not has_finite_verb(prepared, clause)
    clauses = range(clause, len(prepared.clauses)) if interrupted else (clause,)
    return any(token.lower in _SCHEDULED for one in clauses for token in prepared.tokens(one))


def later_subject(prepared: Prepared, others: Sequence[Found]) -> Found | None:
    """The first subject in a clause behind those of the others."""
    for number in range(max(other.clause for other in others) + 1, len(prepared.clauses)):
        for who in subjects(prepared, number):
            if can_meet(prepared, number, who.phrase):
                return who
    return None


def subjects(prepared: Prepared, clause: int) -> Iterator[Found]:
    """What may be the subject of a clause, in the order of the text."""
    for phrase in prepared.phrases[clause]:
        if nominative(prepared, clause, phrase):
            yield Found(clause, phrase)


def parties_of(prepared: Prepared, found: Found) -> list[Found]:
    """A phrase with those joined to it.

    Of "the delegations of A and B" these are the countries, of "the ministers, A and B," the names.
    """
    names = names_of_group(prepared, found.clause)
    return names or _sent_by(prepared, found) or coordinated(prepared, found)


def _sent_by(prepared: Prepared, found: Found) -> list[Found]:
    """The two of "the delegations of A and B" where both are countries."""
    tokens, data = prepared.tokens(found.clause), prepared.data
    if tokens[found.phrase.last].lower not in _SENT:
        return []
    words = range(found.phrase.last + 1, min(len(tokens), found.phrase.last + _LONGEST_PAIR))
    places = [k for k in words if is_place(tokens[k].text, data)]
    joined = len(places) > 1 and any(
        tokens[k].lower in data.grammar.coordinators for k in range(places[0], places[1])
    )
    two = places[:2] if joined else []
    return [Found(found.clause, Phrase(k, k, k, k, k, None, None)) for k in two]


_SENT = frozenset(
    {"delegations", "representatives", "negotiators", "leaders", "presidents", "ministers", "heads"}
    | {"commanders", "officials", "teams"}
    | {"delegationen", "vertretern", "unterhändlern", "präsidenten", "ministern", "außenministern"}
)
"""Those who meet for countries."""


_LONGEST_PAIR = 8
"""Words in which two countries stand behind those whom they sent."""


_NEAR, _FAR = 8, 16
"""Words behind a noun of meeting within which the parties are named, at most."""


def _is_only_set(prepared: Prepared, clause: int, index: int, phrase: Phrase) -> bool:
    """Whether only time and place stand between a noun of meeting and its parties."""
    tokens = prepared.tokens(clause)
    between = tokens[index + 1 : phrase.first - 1]
    said = {token.lower for token in between}
    times = prepared.data.time_words
    verb = any(
        is_verb(token, prepared.data) or (token.lower.endswith("ing") and token.lower not in times)
        for token in between
    )
    own = tokens[phrase.first - 2]
    time = own.lower in prepared.data.time_words or own.text[:1].isdigit()
    return not verb and not said & {"that", "to", "dass", "zu"} and (own.capital or time)


def governed_after(
    prepared: Prepared, clause: int, prepositions: frozenset[str], index: int
) -> Iterator[Found]:
    """The first who can meet behind one of the prepositions and the noun at `index`."""
    for phrase in prepared.phrases[clause]:
        near = index < phrase.first <= index + _FAR
        if not near or phrase.preposition not in prepositions:
            continue
        if phrase.first > index + _NEAR and not _is_only_set(prepared, clause, index, phrase):
            continue
        owned = owned_by(prepared, clause, phrase) or phrase
        if can_meet(prepared, clause, owned):
            yield Found(clause, owned)
            return


def governed_before(prepared: Prepared, clause: int, index: int) -> Iterator[Found]:
    """The partner right before a German noun: "hat mit der Ministerin Gespräche geführt"."""
    if prepared.data.code != "de":
        return
    for number in range(clause, -1, -1):
        if number < clause and has_finite_verb(prepared, number):
            return
        for phrase in reversed(prepared.phrases[number]):
            near = number < clause or phrase.tail < index
            own = phrase.preposition in prepared.data.meetings.partner_prepositions
            if near and own and can_meet(prepared, number, phrase):
                yield Found(number, phrase)
                return
        if prepared.phrases[clause] and prepared.phrases[clause][0].last < index:
            return  # an apposition may stand between, nothing else


def host_of(prepared: Prepared, clause: int, index: int) -> Found | None:
    """Whose meeting it is: its owner, the subject of its clause, else that of the sentence."""
    owner = _possessor(prepared, clause, index)
    if owner is not None:
        return owner
    if is_relative(prepared, clause):
        who = antecedent(prepared, clause)  # "B, who is on a visit to Oslo"
        if who is not None and can_meet(prepared, who.clause, who.phrase):
            return who
    for who in subjects(prepared, clause):
        covers = who.phrase.first <= index <= who.phrase.last
        if not covers and can_meet(prepared, clause, who.phrase):
            return with_apposition(prepared, who)
    agent = _agent(prepared, clause, index)
    if agent is not None:
        return agent
    found = topic(prepared)
    if (
        found is not None
        and found.clause != clause
        and can_meet(prepared, found.clause, found.phrase)
    ):
        return with_apposition(prepared, _told_of(prepared, found))
    return None


def _told_of(prepared: Prepared, found: Found) -> Found:
    """Whom somebody tells of in the same clause: the B of "A said that B does not want it"."""
    if prepared.data.code != "en" or found.phrase.pronoun:
        return found
    tokens = prepared.tokens(found.clause)
    told = range(found.phrase.tail + 1, len(tokens) - 1)
    reports = [
        k for k in told if tokens[k].lower in prepared.data.verbs and tokens[k + 1].lower == "that"
    ]
    for phrase in prepared.phrases[found.clause]:
        behind = bool(reports) and phrase.first > reports[0]
        if behind and not phrase.pronoun and nominative(prepared, found.clause, phrase):
            return (
                Found(found.clause, phrase) if can_meet(prepared, found.clause, phrase) else found
            )
    return found


def _agent(prepared: Prepared, clause: int, index: int) -> Found | None:
    """Who did in the passive what was done at the meeting: "was stated by Jo Roe in talks with"."""
    for phrase in prepared.phrases[clause]:
        by = phrase.preposition in prepared.data.grammar.passive_by
        if by and phrase.last < index and can_meet(prepared, clause, phrase):
            return Found(clause, phrase)
    return None


def _possessor(prepared: Prepared, clause: int, index: int) -> Found | None:
    """Who stands in the genitive before the noun: "Berg's talks with …"."""
    tokens = prepared.tokens(clause)
    for phrase in prepared.phrases[clause]:
        for k in range(max(phrase.first, index - 2), min(phrase.last + 1, index)):
            if _is_genitive(prepared, tokens[k]):
                owner = replace(phrase, last=k, tail=k)
                return Found(clause, owner) if can_meet(prepared, clause, owner) else None
    return _who_decides(prepared, clause, index) or _visitor(prepared, clause, index)


def _is_genitive(prepared: Prepared, token: Token) -> bool:
    """Whether a name stands in the genitive: "Berg's", in German also "Bergs"."""
    if not token.capital:
        return False
    bare_name = token.text.endswith("s") and not is_word(token.text, "de")
    return token.text.endswith(("'s", "’s", "s'", "s’")) or (
        prepared.data.code == "de" and bare_name and not is_place(token.text, prepared.data)
    )


_DECISIONS = frozenset({"decision", "plan", "plans", "refusal", "offer", "wish", "intention"})


def _who_decides(prepared: Prepared, clause: int, index: int) -> Found | None:
    """Who decides on a meeting: "Norda's decision to cancel talks with B"."""
    tokens = prepared.tokens(clause)
    for k in range(1, index - 1):
        decided = tokens[k].lower in _DECISIONS and tokens[k + 1].lower == "to"
        if decided and tokens[k - 1].text.endswith(("'s", "’s", "s'", "s’")):
            owner = Phrase(k - 1, k - 1, k - 1, k - 1, k - 1, None, None)
            return Found(clause, owner) if can_meet(prepared, clause, owner) else None
    return None


def _visitor(prepared: Prepared, clause: int, index: int) -> Found | None:
    """Whose visit it is: "the visit of Chancellor Anna Berg to Norland"."""
    tokens = prepared.tokens(clause)
    preposition = tokens[index + 1].lower if index + 1 < len(tokens) else ""
    for phrase in prepared.phrases[clause]:
        owner = belonging(prepared, clause, phrase) if phrase.last == index else None
        if owner is None or not can_meet(prepared, clause, owner.phrase):
            continue
        head = prepared.tokens(clause)[owner.phrase.last].lower
        if prepared.data.code == "de" or noun_kind(head, prepared.data) != "group":
            return owner  # "das Gespräch der Ministerin mit …", but "a summit of leaders"
    visit = tokens[index].lower in VISITS or prepared.data.code == "de"
    if not visit or preposition not in ("of", "von"):
        return None
    end = first = index + 2
    while end < len(tokens) and tokens[end].capital:
        end += 1
    visitor = Phrase(first, first, first, end - 1, end - 1, None, None)
    return Found(clause, visitor) if end > first and can_meet(prepared, clause, visitor) else None
