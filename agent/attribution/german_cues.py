"""Reporting verbs in German: separable prefixes, perfect, passive, verb-final clauses."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.attribution.cue_words import is_complete, nearest_auxiliary, with_negation
from dragoman.attribution.model import Cue, Prepared
from dragoman.language import Verb
from dragoman.syntax.tokens import Token


def german_cue(prepared: Prepared, clause: int, index: int, earlier: Sequence[Cue]) -> Cue | None:
    data, tokens = prepared.data, prepared.tokens(clause)
    verbs = data.verbs.get(tokens[index].lower)
    previous = tokens[index - 1].lower if index else ""
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if verbs is None or previous == "zu":
        return None
    if (
        following is not None
        and following.capital
        and (previous in data.grammar.prepositions or previous in data.grammar.determiners)
    ):
        return None  # "in einigen Gebieten", "die geschätzten Kosten": an adjective
    if following is not None and following.lower in data.sources.after:
        return None
    if (
        following is not None
        and following.capital
        and index > 1
        and tokens[index - 2].lower in data.grammar.passive_by
    ):
        return None  # "von Moskau unterstützte Separatisten"
    finite, voice, form = _german_frame(prepared, clause, index, verbs, earlier)
    if form is None:
        return None
    verb = _fitting(tokens, index, verbs, form)
    if verb is None:
        return None
    if verb.lemma == "sprechen" and any(token.lower == "mit" for token in tokens):
        return None
    content = prepared.tokens(clause + 1)[:1] if clause + 1 < len(prepared.clauses) else ()
    if not is_complete((*tokens, *content), verb.lemma, 0, len(tokens) + 1, data):
        return None
    begin = max(finite, 0)
    act, negated = with_negation(tokens, begin, len(tokens), verb.act, data)
    if act == "reject" and any(token.lower in data.grammar.comment_words for token in tokens):
        act, negated = "declare", True
    modal = finite >= 0 and tokens[finite].lower in data.grammar.auxiliaries_future
    modal = modal and voice == "active" and form == "infinitive"
    return Cue(clause, index, finite, act, voice, negated, verb.speech, verb.lemma, index, modal)


def _german_frame(
    prepared: Prepared, clause: int, index: int, verbs: Sequence[Verb], earlier: Sequence[Cue]
):  # type: ignore[no-untyped-def]
    """Position of the finite verb, the voice, and the verb form that fits the auxiliaries."""
    data, tokens = prepared.data, prepared.tokens(clause)
    g = data.grammar
    forms = {verb.form for verb in verbs}
    following = tokens[index + 1].lower if index + 1 < len(tokens) else ""
    before = [k for k in range(index) if tokens[k].kind == "word"]
    if "participle" in forms:
        perfect = nearest_auxiliary(tokens, before, following, index, g.auxiliaries_perfect)
        passive = nearest_auxiliary(tokens, before, following, index, g.auxiliaries_passive)
        if "worden" in {following, tokens[index - 1].lower if index else ""}:
            passive = passive if passive is not None else index
            return passive, "passive", "participle"
        if passive is not None and (perfect is None or passive > perfect):
            return passive, "passive", "participle"
        if perfect is not None:
            return perfect, "active", "participle"
        copula = nearest_auxiliary(tokens, before, following, index, g.copulas)
        if copula is not None and not forms & {"present", "past"}:
            return copula, "passive", "participle"
    if "infinitive" in forms:
        modal = nearest_auxiliary(tokens, before, following, index, g.auxiliaries_future)
        if modal is not None:
            return modal, "active", "infinitive"
    if "past" in forms:
        return index, "active", "past"
    if "present" in forms:
        return index, "active", "present"
    if "participle" in forms and index and tokens[index - 1].lower not in g.determiners:
        # "hat A begrüßt, B gefordert": the auxiliary stands with an earlier participle.
        if earlier and earlier[-1].finite != earlier[-1].index:
            return -1, "shared" if earlier[-1].voice == "active" else "passive", "participle"
        opening = prepared.tokens(0)
        if clause and any(token.lower in g.auxiliaries_perfect for token in opening):
            return -1, "shared", "participle"
    return -1, "active", None


def _fitting(tokens: Sequence[Token], index: int, verbs: Sequence[Verb], form: str) -> Verb | None:
    """The verb among homographs that fits: one whose separated prefix follows goes first."""
    plain = None
    for verb in verbs:
        if verb.form != form:
            continue
        if verb.particle is None:
            plain = plain or verb
        elif _has_particle(tokens, index, verb.particle):
            return verb
    return plain


def _has_particle(tokens: Sequence[Token], index: int, particle: str) -> bool:
    """Whether the separated prefix closes the clause, or comes before a coordination."""
    for k in range(index + 1, len(tokens)):
        if tokens[k].lower == particle and (
            k + 1 == len(tokens)
            or tokens[k + 1].lower in {"und", "oder", "aber", "sowie"}
            or tokens[k + 1].kind == "quote"
        ):
            return True
    return False
