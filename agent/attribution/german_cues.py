"""Reporting verbs in German: separable prefixes, perfect, passive, verb-final clauses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from dragoman.attribution.cue_words import is_complete, nearest_auxiliary, with_negation
from dragoman.attribution.model import Cue, Prepared
from dragoman.conjugation import VerbForm
from dragoman.language import CueAct, Grammar, LanguageData, Verb
from dragoman.syntax.tokens import Token

Voice = Literal["active", "passive", "shared"]


class _Frame(NamedTuple):
    """The finite verb's place (-1: in an earlier clause), the voice, and the form that fits."""

    finite: int
    voice: Voice
    form: VerbForm


def german_cue(prepared: Prepared, clause: int, index: int, earlier: Sequence[Cue]) -> Cue | None:
    """The cue whose verb stands at `index` of a clause, if there is one.

    `earlier` are the cues before, whose auxiliary a participle may share.
    """
    data, tokens = prepared.data, prepared.tokens(clause)
    verbs = data.verbs.get(tokens[index].lower)
    if verbs is None or tokens[index].lower in data.grammar.adverbs:
        return None
    if _is_attribute(tokens, index, data):
        return None
    frame = _frame(prepared, clause, index, verbs, earlier)
    verb = _fitting(tokens, index, verbs, frame.form) if frame else None
    if frame is None or verb is None:
        return None
    if verb.lemma == "sprechen" and any(token.lower == "mit" for token in tokens):
        return None  # to talk with somebody is a meeting, not a statement
    content = prepared.tokens(clause + 1)[:1] if clause + 1 < len(prepared.clauses) else ()
    if not is_complete((*tokens, *content), verb.lemma, 0, len(tokens) + 1, data):
        return None
    finite = frame.finite
    act, negated = with_negation(tokens, max(finite, 0), len(tokens), verb.act, data)
    if verb.lemma in ("sprechen", "aus|sprechen") and tokens[-1].lower in ("aus", "ausgesprochen"):
        act = _for_or_against(tokens) or act
    if act == "reject" and any(token.lower in data.grammar.comment_words for token in tokens):
        act, negated = "declare", True
    modal = finite >= 0 and tokens[finite].lower in data.grammar.auxiliaries_future
    modal = modal and frame.voice == "active" and frame.form == "infinitive"
    return Cue(
        clause, index, finite, act, frame.voice, negated, verb.speech, verb.lemma, index, modal
    )


def _for_or_against(tokens: Sequence[Token]) -> CueAct | None:
    """What "sprach sich … aus" says: for something, or against it."""
    said = {token.lower for token in tokens}
    if "gegen" in said or "dagegen" in said:
        return "reject"
    return "support" if said & {"für", "dafür"} else None


def _is_attribute(tokens: Sequence[Token], index: int, data: LanguageData) -> bool:
    """Whether the word is no verb here: an adjective, a noun, an infinitive with "zu"."""
    previous = tokens[index - 1].lower if index else ""
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if previous == "zu":
        return True
    if following is None:
        return False
    if following.lower in data.sources.after:
        return True  # "Berichten zufolge"
    if not following.capital:
        return False
    # "in einigen Gebieten", "die geschätzten Kosten", "von Moskau unterstützte Separatisten"
    g = data.grammar
    agent = index > 1 and tokens[index - 2].lower in g.passive_by
    plural = tokens[index].lower.endswith("ten") and any(
        token.lower in g.modals or token.lower in g.copulas for token in tokens
    )  # "die letztes Jahr vereinbarten Lizenzen erhalten können"
    return previous in g.prepositions or previous in g.determiners or agent or plural


def _frame(
    prepared: Prepared, clause: int, index: int, verbs: Sequence[Verb], earlier: Sequence[Cue]
) -> _Frame | None:
    """How the verb stands in its clause; None where no finite verb can be found for it."""
    tokens, g = prepared.tokens(clause), prepared.data.grammar
    forms = {verb.form for verb in verbs}
    if "participle" in forms:
        frame = _with_auxiliary(tokens, index, forms, g)
        if frame is not None:
            return frame
    if "infinitive" in forms:
        modal = nearest_auxiliary(tokens, index, g.auxiliaries_future)
        if modal is not None:
            return _Frame(modal, "active", "infinitive")
    for form in _FINITE:
        if form in forms:
            return _Frame(index, "active", form)
    if not index or tokens[index - 1].lower not in g.determiners:
        return _with_earlier_auxiliary(prepared, clause, earlier)
    return None


_FINITE: tuple[VerbForm, ...] = ("past", "present")


def _with_auxiliary(
    tokens: Sequence[Token], index: int, forms: set[VerbForm], g: Grammar
) -> _Frame | None:
    """A participle with the auxiliary of its own clause: "hat gesagt", "wurde kritisiert"."""
    perfect = nearest_auxiliary(tokens, index, g.auxiliaries_perfect)
    passive = nearest_auxiliary(tokens, index, g.auxiliaries_passive)
    if any(token.lower == "worden" for token in tokens[max(0, index - 1) : index + 2]):
        return _Frame(index if passive is None else passive, "passive", "participle")
    if passive is not None and (perfect is None or passive > perfect):
        return _Frame(passive, "passive", "participle")
    if perfect is not None:
        return _Frame(perfect, "active", "participle")
    copula = nearest_auxiliary(tokens, index, g.copulas)
    if copula is not None and not forms & {"present", "past"}:
        return _Frame(copula, "passive", "participle")
    return None


def _with_earlier_auxiliary(
    prepared: Prepared, clause: int, earlier: Sequence[Cue]
) -> _Frame | None:
    """A participle that shares its auxiliary: "hat A begrüßt und B gefordert"."""
    if earlier and earlier[-1].finite != earlier[-1].index:
        voice: Voice = "shared" if earlier[-1].voice == "active" else "passive"
        return _Frame(-1, voice, "participle")
    perfect = prepared.data.grammar.auxiliaries_perfect
    if clause and any(token.lower in perfect for token in prepared.tokens(0)):
        return _Frame(-1, "shared", "participle")
    return None


def _fitting(
    tokens: Sequence[Token], index: int, verbs: Sequence[Verb], form: VerbForm
) -> Verb | None:
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
