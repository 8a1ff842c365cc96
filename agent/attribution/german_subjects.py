"""The subject of a cue by German word order: verb second, verb last, verb first."""

from __future__ import annotations

from dragoman.attribution.model import Cue, Found, Prepared
from dragoman.attribution.structure import (
    antecedent,
    candidates,
    finite_position,
    is_dependent,
    is_relative,
    leftwards,
    nominative,
    topic,
)
from dragoman.syntax.nouns import is_abstract
from dragoman.syntax.phrase import Phrase


def german_subject(prepared: Prepared, cue: Cue, last: Found | None) -> tuple[Found | None, bool]:
    g = prepared.data.grammar
    clause, tokens = cue.clause, prepared.tokens(cue.clause)
    start = 1 if tokens[0].lower in g.coordinators | {"denn", "doch"} else 0
    finite = cue.finite
    plural = tokens[finite].lower.endswith("n") if finite >= 0 else False
    behind = max(finite, cue.index) + 1
    verb_last = not any(
        phrase.first > finite and phrase.preposition is None for phrase in prepared.phrases[clause]
    )
    if is_relative(prepared, clause):
        inner = next(candidates(prepared, clause, 1, finite), None)
        if tokens[0].lower in {"der", "die", "das", "welcher", "welche", "welches"}:
            found = antecedent(prepared, clause)
            if found is not None and not (inner and inner.pronoun):
                return found, False
        return (Found(clause, inner), False) if inner else (None, False)
    if tokens[start].lower in g.subordinators and (verb_last or finite == len(tokens) - 1):
        inner = _inner(prepared, clause, start)
        if inner is None and tokens[start].lower == "wie":
            inner = next(
                (p for p in prepared.phrases[clause] if prepared.is_actor(clause, p)), None
            )
        return (Found(clause, inner), False) if inner else (None, False)
    if clause and finite == len(tokens) - 1 and finite > cue.index:
        return _subject_of_broken_clause(prepared, clause), False
    shared = _shared_by_coordination(prepared, cue, last, start)
    if shared is not None:
        return shared, False
    if _impersonal(prepared, clause):
        return None, False
    if finite > start:
        before = next(candidates(prepared, clause, start, finite, plural=plural), None)
        if before is not None:
            return Found(clause, before), False
        if _surely_subject(prepared, clause, start, finite):
            return None, False
    after = next(candidates(prepared, clause, finite + 1, len(tokens), plural=plural), None)
    if finite <= start and clause > 0 and start == 0:
        previous = prepared.clauses[clause - 1]
        inverted = (
            previous.quotation
            or previous.before == "quote"
            or (
                cue.speech
                and after is not None
                and after.first <= behind + 1
                and _complete_before(prepared, clause)
            )
            or (
                not is_relative(prepared, clause - 1)
                and (
                    finite_position(prepared, clause - 1) is not None
                    or (cue.speech and after is not None and after.first <= behind + 1)
                )
            )
        )
        if after is None and cue.speech and _complete_before(prepared, clause):
            after = _any_noun_at(prepared, clause, behind)
            inverted = after is not None
        if after is not None and inverted:
            return Found(clause, after), True
        return leftwards(prepared, clause, last), False
    if after is not None:
        return Found(clause, after), bool(clause) and prepared.clauses[clause - 1].quotation
    return (last, False) if finite <= start else (None, False)


def _subject_of_broken_clause(prepared: Prepared, clause: int) -> Found | None:
    """Subject of a verb-final clause that an insertion between commas broke in two."""
    g = prepared.data.grammar
    for number in range(clause, max(-1, clause - 4), -1):
        tokens = prepared.tokens(number)
        opener = next((k for k, t in enumerate(tokens) if t.lower in g.subordinators), None)
        if opener is not None:
            phrase = _inner(prepared, number, opener)
            return Found(number, phrase) if phrase else None
    return None


def _impersonal(prepared: Prepared, clause: int) -> bool:
    """Whether the clause has "man" for its subject."""
    pronouns = prepared.data.pronouns
    return any(
        phrase.pronoun
        and phrase.preposition is None
        and pronouns[prepared.tokens(clause)[phrase.head].lower] == "none"
        for phrase in prepared.phrases[clause]
    )


def _surely_subject(prepared: Prepared, clause: int, start: int, finite: int) -> bool:
    """Whether a thing stands before the verb as its subject: "Der Vulkan forderte Opfer"."""
    return any(
        start <= phrase.first < finite
        and phrase.preposition is None
        and phrase.determiner in {"der", "ein", "dieser", "jeder"}
        and not is_abstract(prepared.tokens(clause)[phrase.last].lower, prepared.data)
        for phrase in prepared.phrases[clause]
    )


def _any_noun_at(prepared: Prepared, clause: int, index: int) -> Phrase | None:
    """The noun right behind the verb of a tag, whatever it is ("…, sagte der Gefangene")."""
    for phrase in prepared.phrases[clause]:
        if (
            phrase.first in (index, index + 1)
            and phrase.preposition is None
            and phrase.determiner not in prepared.data.grammar.object_determiners
        ):
            tokens = prepared.tokens(clause)
            return None if is_abstract(tokens[phrase.last].lower, prepared.data) else phrase
    return None


def _inner(prepared: Prepared, clause: int, start: int) -> Phrase | None:
    """Subject of a clause whose conjunction could also be a preposition ("als", "während")."""
    tokens = prepared.tokens(clause)
    for phrase in prepared.phrases[clause]:
        opened = phrase.first == start + 1 and phrase.preposition == tokens[start].lower
        if opened and prepared.is_actor(clause, phrase):
            return phrase
        if phrase.first > start and nominative(prepared, clause, phrase):
            return phrase
    return None


def _shared_by_coordination(
    prepared: Prepared, cue: Cue, last: Found | None, start: int
) -> Found | None:
    """The subject carried over by "und forderte …"; the verb follows the conjunction closely."""
    g = prepared.data.grammar
    tokens = prepared.tokens(cue.clause)
    index = cue.finite
    while index > 0 and tokens[index - 1].lower in g.adverbs:
        index -= 1
    if index == 0 or tokens[index - 1].lower not in g.coordinators | {"doch", "zugleich"}:
        return None
    if index - 1 == 0 and cue.clause == 0:
        return None
    following = next(
        (p for p in prepared.phrases[cue.clause] if p.first == cue.finite + 1 and p.pronoun), None
    )
    if following is not None and tokens[following.head].lower in {"er", "sie", "wir", "ich"}:
        return Found(cue.clause, following)
    return last or topic(prepared)


def _complete_before(prepared: Prepared, clause: int) -> bool:
    """Whether a main clause before already has its verb, so that a verb first opens a tag."""
    return any(
        not is_dependent(prepared, number) and finite_position(prepared, number) is not None
        for number in range(clause)
    )
