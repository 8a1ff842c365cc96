"""The subject of a cue by German word order: verb second, verb last, verb first."""

from __future__ import annotations

from dragoman.attribution.model import Cue, Found, Prepared
from dragoman.attribution.structure import (
    antecedent,
    candidates,
    has_finite_verb,
    is_dependent,
    is_relative,
    leftwards,
    nominative,
    topic,
)
from dragoman.syntax.nouns import is_abstract
from dragoman.syntax.phrase import Phrase


def german_subject(prepared: Prepared, cue: Cue, last: Found | None) -> tuple[Found | None, bool]:
    """Who is the subject of a cue, and whether the cue tags what stands before it.

    `last` is the subject of the cue before in the same sentence.
    """
    g = prepared.data.grammar
    clause, tokens = cue.clause, prepared.tokens(cue.clause)
    start = 1 if tokens[0].lower in g.coordinators | {"denn", "doch"} else 0
    finite = cue.finite
    if is_relative(prepared, clause):
        return _in_relative_clause(prepared, clause, finite), False
    if _verb_is_last(prepared, clause, start, finite):
        return _in_subordinate_clause(prepared, clause, start), False
    if clause and finite == len(tokens) - 1 and finite > cue.index:
        return _in_broken_clause(prepared, clause), False
    shared = _shared_by_coordination(prepared, cue, last)
    if shared is not None or _impersonal(prepared, clause):
        return shared, False
    plural = finite >= 0 and tokens[finite].lower.endswith("n")
    if finite > start:
        before = next(candidates(prepared, clause, start, finite, plural=plural), None)
        if before is None and cue.speech and cue.act == "declare":
            before = _any_noun_before(prepared, clause, start, finite)
        if before is not None or _surely_subject(prepared, clause, start, finite):
            return (Found(clause, before) if before else None), False
    after = next(candidates(prepared, clause, finite + 1, len(tokens), plural=plural), None)
    if finite <= start and clause > 0 and start == 0:
        return _verb_first(prepared, cue, after, last)
    if after is not None:
        return Found(clause, after), bool(clause) and prepared.clauses[clause - 1].quotation
    return (last if finite <= start else None), False


def _in_relative_clause(prepared: Prepared, clause: int, finite: int) -> Found | None:
    """Antecedent of a relative clause, or the subject inside it ("den X kritisierte")."""
    inner = next(candidates(prepared, clause, 1, finite), None)
    if prepared.tokens(clause)[0].lower in _NOMINATIVE_RELATIVES:
        found = antecedent(prepared, clause)
        if found is not None and not (inner and inner.pronoun):
            return found
    return Found(clause, inner) if inner else None


_NOMINATIVE_RELATIVES = frozenset({"der", "die", "das", "welcher", "welche", "welches"})


def _verb_is_last(prepared: Prepared, clause: int, start: int, finite: int) -> bool:
    """Whether a conjunction opens the clause and its verb ends it; else it is a preposition."""
    tokens = prepared.tokens(clause)
    if tokens[start].lower not in prepared.data.grammar.subordinators:
        return False
    return finite == len(tokens) - 1 or not any(
        phrase.first > finite and phrase.preposition is None for phrase in prepared.phrases[clause]
    )


def _in_subordinate_clause(prepared: Prepared, clause: int, start: int) -> Found | None:
    inner = _inner(prepared, clause, start)
    if inner is None and prepared.tokens(clause)[start].lower == "wie":
        # "wie in Medien berichtet": whoever is named is the source.
        inner = next((p for p in prepared.phrases[clause] if prepared.is_actor(clause, p)), None)
    return Found(clause, inner) if inner else None


def _verb_first(
    prepared: Prepared, cue: Cue, after: Phrase | None, last: Found | None
) -> tuple[Found | None, bool]:
    """Subject of a clause that opens with its verb: behind it in a tag, else further left."""
    clause = cue.clause
    behind = max(cue.finite, cue.index) + 1
    previous = prepared.clauses[clause - 1]
    close = cue.speech and after is not None and after.first <= behind + 1
    complete = _complete_before(prepared, clause)
    direct = after is not None and after.first == behind and is_dependent(prepared, clause - 1)
    inverted = (
        previous.quotation
        or direct
        or previous.before == "quote"
        or (close and complete)
        or (
            not is_relative(prepared, clause - 1)
            and (close or has_finite_verb(prepared, clause - 1))
        )
    )
    if after is None and cue.speech and complete:
        after = _any_noun_at(prepared, clause, behind)
        inverted = after is not None
    if after is not None and inverted:
        return Found(clause, after), True
    return leftwards(prepared, clause, last), False


def _in_broken_clause(prepared: Prepared, clause: int) -> Found | None:
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


def _any_noun_before(prepared: Prepared, clause: int, start: int, finite: int) -> Phrase | None:
    """The noun right before a verb of saying, whatever it is: "Das Brautpaar sagte"."""
    tokens = prepared.tokens(clause)
    for phrase in prepared.phrases[clause]:
        if (
            start <= phrase.first
            and phrase.tail == finite - 1
            and phrase.preposition is None
            and phrase.determiner is not None
            and phrase.determiner not in prepared.data.grammar.object_determiners
            and not is_abstract(tokens[phrase.last].lower, prepared.data)
        ):
            return phrase
    return None


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


def _shared_by_coordination(prepared: Prepared, cue: Cue, last: Found | None) -> Found | None:
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
        not is_dependent(prepared, number) and has_finite_verb(prepared, number)
        for number in range(clause)
    )
