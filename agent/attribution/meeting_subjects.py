"""Subjects and objects of verbs of encounter, infinitives and pronouns among them."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.attribution.meeting_words import can_meet, is_with_zu
from dragoman.attribution.model import Cue, Found, Prepared
from dragoman.attribution.pairs import pronoun_at
from dragoman.attribution.structure import (
    asked,
    finite_position,
    has_finite_verb,
    nominative,
)
from dragoman.attribution.subjects import subject
from dragoman.conjugation import VerbForm
from dragoman.language import LanguageData
from dragoman.syntax.nouns import is_function_word
from dragoman.syntax.tokens import Token, find_phrases


def opening(prepared: Prepared, clause: int, index: int) -> int:
    """Where a German infinitive begins that a list cuts up: "um mit A über X, Y und Z zu reden"."""
    openers = prepared.data.meetings.infinitive_openers
    if prepared.data.code == "de" and is_with_zu(prepared, clause, index):
        for number in range(clause, -1, -1):
            if prepared.tokens(number)[0].lower in openers:
                return number
            if number < clause and has_finite_verb(prepared, number):
                break
    return clause


def objects_of(
    prepared: Prepared, clause: int, index: int, who: Found | None, *, infinitive: bool
) -> list[Found]:
    """The object of the verb: in its clause or, for a German infinitive, in what leads up to it."""
    openers = prepared.data.meetings.infinitive_openers
    for number in range(clause, -1, -1):
        if number < clause and (not infinitive or has_finite_verb(prepared, number)):
            break
        for phrase in prepared.phrases[number]:
            if (
                phrase.preposition in (None, *openers)
                and not phrase.pronoun
                and can_meet(prepared, number, phrase)
                and (prepared.data.code == "de" or phrase.first > index)
                and not (who and who.clause == number and phrase.first == who.phrase.first)
                and (number == clause or phrase.determiner is not None)
            ):
                return [Found(number, phrase)]
    return []


def object_pronoun(prepared: Prepared, clause: int, index: int) -> list[Found]:
    """The pronoun right behind a verb that is its object: "received him", "empfing ihn"."""
    tokens = prepared.tokens(clause)
    for k in (index + 1, index + 2):
        own = k < len(tokens) and tokens[k].lower in prepared.data.object_pronouns
        if own and not (k + 1 < len(tokens) and _is_noun(tokens[k + 1], prepared.data)):
            return [pronoun_at(clause, k)]
    return []


def _is_noun(token: Token, data: LanguageData) -> bool:
    """Whether what follows "her" is hers."""
    return token.kind == "word" and not is_function_word(token.lower, data)


def pronoun_behind(prepared: Prepared, clause: int, prepositions: frozenset[str]) -> list[Found]:
    """The pronoun behind a preposition: "met with him", "traf sich mit ihr"."""
    tokens = prepared.tokens(clause)
    for k in range(1, len(tokens)):
        own = tokens[k].lower in prepared.data.object_pronouns
        if own and tokens[k - 1].lower in prepositions:
            if k + 1 < len(tokens) and _is_noun(tokens[k + 1], prepared.data):
                continue
            return [pronoun_at(clause, k, tokens[k - 1].lower)]
    return []


def subject_of(prepared: Prepared, clause: int) -> Found | None:
    """The subject of the finite verb of a clause."""
    finite = finite_position(prepared, clause)
    if finite is None:
        opens = prepared.data.grammar.subordinators  # "als A …": no preposition
        for phrase in prepared.phrases[clause]:
            behind = phrase.preposition in opens and can_meet(prepared, clause, phrase)
            if behind or nominative(prepared, clause, phrase):
                return Found(clause, phrase)
        return None
    cue = Cue(clause, finite, finite, "declare", "active", False, False, "", finite)
    return subject(prepared, cue, None)[0]


def subject_of_verb(
    prepared: Prepared, clause: int, index: int, forms: frozenset[VerbForm]
) -> Found | None:
    """The subject of the verb at `index`, whose forms may be `forms`, also of an infinitive."""
    g, tokens = prepared.data.grammar, prepared.tokens(clause)
    if is_with_zu(prepared, clause, index):
        return _subject_of_infinitive(prepared, clause, index)
    finite = index
    for k in range(index - 1, -1, -1):
        word = tokens[k].lower
        if word in g.auxiliaries_passive and "participle" in forms and word != "werden":
            finite = k  # "X wurde von Y empfangen": Y comes with the agents
            break
        if word in g.copulas and "participle" in forms and tokens[-1].lower == "worden":
            finite = k  # "war von Y empfangen worden"
            break
        progressive = "progressive" in forms and word in g.auxiliaries_passive
        if progressive or word in g.auxiliaries_perfect | g.auxiliaries_future:
            finite = k
            break
    cue = Cue(clause, index, finite, "declare", "active", False, False, "", index)
    found, _ = subject(prepared, cue, _before_infinitive(prepared, clause, 0))
    return found if prepared.data.code == "de" else _own_subject(prepared, found, clause, finite)


def _subject_of_infinitive(prepared: Prepared, clause: int, index: int) -> Found | None:
    """Who is to do what an infinitive with "to" or "zu" tells."""
    start = opening(prepared, clause, index)
    prepositions = prepared.data.meetings.partner_prepositions
    with_somebody = next(governed(prepared, start, prepositions, index), None)
    own = None
    if prepared.data.code == "de" and with_somebody is None:
        own = next(iter(objects_of(prepared, clause, index, None, infinitive=True)), None)
    whom = asked(prepared, start) if own is None else None
    return whom or _before_infinitive(prepared, own.clause if own else start, index)


def _own_subject(prepared: Prepared, found: Found | None, clause: int, finite: int) -> Found | None:
    """The subject behind a verb of reporting, not who reports: "officials said A had met B"."""
    if found is None or found.clause != clause:
        return found
    verbs, tokens = prepared.data.verbs, prepared.tokens(clause)
    reports = [k for k in range(found.phrase.tail, finite) if tokens[k].lower in verbs]
    for phrase in prepared.phrases[clause]:
        behind = bool(reports) and reports[-1] < phrase.first <= phrase.last < finite
        if behind and nominative(prepared, clause, phrase):
            return Found(clause, phrase)
    return found


def _before_infinitive(prepared: Prepared, clause: int, index: int) -> Found | None:
    """The nearest phrase before that may be the subject of an infinitive ("…, um X zu treffen")."""
    tokens = prepared.tokens(clause)[:index]
    asks = next(find_phrases(tokens, prepared.data.meetings.called_for), None) is not None
    for number in range(clause, -1, -1):
        for phrase in reversed(prepared.phrases[number]):
            if number == clause and (phrase.first >= index or prepared.data.code == "de"):
                continue
            subject_ = nominative(prepared, number, phrase) or (
                asks and number == clause and phrase.preposition in _TO_WHOM
            )
            if subject_ and can_meet(prepared, number, phrase):
                return Found(number, phrase)
    return None


_TO_WHOM = frozenset({"to", "on", "upon"})
"""Prepositions before those who are asked to do something: "appealed to A to meet B"."""


def governed(
    prepared: Prepared, clause: int, prepositions: frozenset[str], index: int
) -> Iterator[Found]:
    """Phrases under one of the prepositions; before the verb too where German puts them there."""
    for phrase in prepared.phrases[clause]:
        if phrase.preposition not in prepositions or phrase.pronoun:
            continue
        if prepared.data.code != "de" and phrase.first < index:
            continue
        if can_meet(prepared, clause, phrase):
            yield Found(clause, phrase)
