"""The subject of a cue by English word order."""

from __future__ import annotations

from itertools import pairwise

from dragoman.attribution.model import Cue, Found, Prepared
from dragoman.attribution.structure import (
    antecedent,
    candidates,
    has_finite_verb,
    is_dependent,
    leftwards,
    topic,
)
from dragoman.syntax.phrase import Phrase


def english_subject(prepared: Prepared, cue: Cue, last: Found | None) -> tuple[Found | None, bool]:
    """Who is the subject of a cue, and whether the cue tags what stands before it.

    `last` is the subject of the cue before in the same sentence.
    """
    clause, tokens = cue.clause, prepared.tokens(cue.clause)
    start = 1 if tokens[0].lower in prepared.data.grammar.coordinators else 0
    if cue.finite <= start:
        return _verb_first(prepared, cue, last, start)
    begin = _region_start(prepared, clause, cue.finite)
    opener = tokens[begin - 1].lower if begin else ""
    if opener in {"who", "which"} or (opener == "that" and begin == cue.finite):
        # "which the minister denies": the clause has a subject of its own.
        inner = next(candidates(prepared, clause, begin, cue.finite), None)
        if opener == "which" and inner is not None:
            return Found(clause, inner), False
        return _relative(prepared, clause, begin), False
    before = next(candidates(prepared, clause, begin, cue.finite), None)
    if before is None and opener in prepared.data.grammar.prepositions:
        # "groups such as A have said", "after the vote officials said": no clause, a preposition
        before = next(candidates(prepared, clause, start, cue.finite), None)
    if before is not None:
        return (None if _verb_between(prepared, cue, before) else Found(clause, before)), False
    return (last or topic(prepared) if begin >= cue.finite else None), False


def _relative(prepared: Prepared, clause: int, begin: int) -> Found | None:
    """What a relative pronoun right before the verb goes back to."""
    owners = [phrase for phrase in prepared.phrases[clause] if phrase.last < begin - 1]
    if owners:
        return Found(clause, owners[-1]) if prepared.is_actor(clause, owners[-1]) else None
    return antecedent(prepared, clause)


def _verb_between(prepared: Prepared, cue: Cue, phrase: Phrase) -> bool:
    """Whether the subject has another verb already, so that the cue is a participle or noun.

    "Police are investigating comments posted on Monday"; "said" and its like are never that.
    """
    if cue.lemma in {"say", "tell", "write"} or cue.finite != cue.index:
        return False
    g, data = prepared.data.grammar, prepared.data
    tokens = prepared.tokens(cue.clause)
    following = tokens[cue.last + 1] if cue.last + 1 < len(tokens) else None
    if following is not None and (following.lower == "that" or following.kind == "quote"):
        return False
    return any(
        token.lower in g.copulas
        or token.lower in g.auxiliaries_perfect
        or token.lower in g.modals
        or any(verb.form in ("present", "past") for verb in data.verbs.get(token.lower, ()))
        for before, token in pairwise(tokens[phrase.tail : cue.finite])
        if token.kind == "word" and not token.capital and before.lower not in g.determiners
    )


def _region_start(prepared: Prepared, clause: int, end: int) -> int:
    """Where the clause around the verb begins: behind the last conjunction before its subject."""
    data = prepared.data
    tokens = prepared.tokens(clause)
    for index in range(end - 1, -1, -1):
        word = tokens[index].lower
        if tokens[index].kind == "quote" and index < end - 1:
            return index + 1
        if tokens[index].capital and index:
            continue
        if word in data.grammar.relatives | data.grammar.subordinators and not (
            index == 0 and word in data.grammar.determiners
        ):
            if word == "as" or (word == "that" and index + 1 < end and index == 0):
                return index + 1
            return index + 1
        if word in data.grammar.coordinators and _verb_before(prepared, clause, index):
            return index + 1
    return 0


def _verb_before(prepared: Prepared, clause: int, index: int) -> bool:
    data = prepared.data
    return any(
        token.lower in data.verbs
        or token.lower in data.grammar.copulas
        or token.lower in data.grammar.modals
        or token.lower in data.grammar.auxiliaries_perfect
        or (token.lower.endswith("ed") and not token.capital)
        or token.lower in data.meetings.verbs
        for token in prepared.tokens(clause)[:index]
    )


_TELLING = frozenset({"tell", "inform", "assure", "remind"})
"""Verbs behind which stands who is spoken to and never who speaks."""


def _verb_first(
    prepared: Prepared, cue: Cue, last: Found | None, start: int
) -> tuple[Found | None, bool]:
    """Subject of a clause that opens with its verb: "…, said X", "…, and told"."""
    clause = cue.clause
    if start:
        return last or topic(prepared), False
    length = len(prepared.tokens(clause))
    after = next(candidates(prepared, clause, cue.last + 1, length), None)
    direct = after is not None and after.first == cue.last + 1
    if clause and direct and cue.lemma in _TELLING:
        return last or topic(prepared), False  # "Jo Roe, the chairman, told reporters"
    if clause == 0:
        return (Found(clause, after) if after is not None and direct else None), direct
    previous = prepared.clauses[clause - 1]
    inverted = (
        previous.quotation
        or previous.before == "quote"
        or (after is not None and cue.speech and after.tail == length - 1)
        or (has_finite_verb(prepared, clause - 1) and not is_dependent(prepared, clause - 1))
    )
    if after is not None and direct and inverted and cue.speech:
        return Found(clause, after), True
    return leftwards(prepared, clause, last), False
