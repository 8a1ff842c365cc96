"""Refines the act that a cue suggests by what stands around it and in the speaker's own words."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.attribution.model import Cue, Prepared
from dragoman.language import CueAct, LanguageData
from dragoman.syntax.tokens import Token, words

LONGEST_QUOTATION = 2000
"""Characters of a quotation that are read; the first verb decides, and cost stays bounded."""


def refined_act(prepared: Prepared, cue: Cue) -> CueAct:
    """The act of a cue in its sentence.

    Who rejects an allegation denies it. A verb of plain saying takes the act of what is said where
    that is plain too: own words in the first person ("we condemn"), or what ought to be done.
    """
    data = prepared.data
    tokens = prepared.tokens(cue.clause)
    if cue.act == "reject":
        alleged = any(token.lower in data.grammar.allegations for token in tokens)
        return "deny" if alleged else "reject"
    if cue.act != "declare" or not cue.speech:
        return cue.act
    if _foretells(prepared, cue):
        return "warn"
    idiom = _act_of_idiom(prepared, cue)
    if idiom is not None:
        return idiom
    for clause in prepared.clauses:
        for token in clause.tokens:
            own = act_in_own_words(token.text, data) if token.kind == "quote" else None
            if own is not None:
                return own
    return "request" if _obliges(prepared, cue) else "declare"


_REPEATING = frozenset({"bekräftigen", "wiederholen", "reiterate", "repeat", "reaffirm", "confirm"})
"""Verbs that say again what the noun behind them is: "reiterated her support"."""

_CALLING = frozenset({"nennen", "bezeichnen", "call", "describe", "label"})
_BASELESS = ("haltlos", "unbegründet", "absurd", "falsch", "baseless", "unfounded", "groundless")
"""Beginnings of the words by which an allegation is called untrue."""


def _act_of_idiom(prepared: Prepared, cue: Cue) -> CueAct | None:
    """The act of a verb of saying together with a word of its clause, if they have one."""
    data, tokens = prepared.data, prepared.tokens(cue.clause)
    near = [token.lower for token in tokens[cue.last + 1 : cue.last + 1 + _NEAR]]
    if cue.lemma in _REPEATING:
        acts = [data.nouns[word] for word in near if word in data.nouns]
        return next((act for act in acts if act != "declare"), None)
    words_ = [token.lower for token in tokens]
    if cue.lemma in _CALLING and any(word.startswith(_BASELESS) for word in words_):
        return "deny" if any(word in data.grammar.allegations for word in words_) else "reject"
    if cue.lemma == "erklären" and {"sich", "bereit"} <= {*words_}:
        return "agree"
    return None


_NEAR = 5
"""Words within which those of a phrase of warning stand."""


def _foretells(prepared: Prepared, cue: Cue) -> bool:
    """Whether what is said behind the cue, or in quotation marks, foretells something bad."""
    said = _said(prepared, cue)
    plain = [word for token in said for word in words(token.text[:LONGEST_QUOTATION])]
    quoted = [
        word
        for clause in prepared.clauses[: cue.clause]
        for token in clause.tokens
        if token.kind == "quote"
        for word in words(token.text[:LONGEST_QUOTATION])
    ]
    return any(
        _has_phrase([token.lower for token in part], phrase)
        for phrase in prepared.data.consequences
        for part in (plain, quoted)
    )


def _has_phrase(tokens: Sequence[str], phrase: Sequence[str]) -> bool:
    """Whether the words stand in this order, each near the one before."""
    for start, token in enumerate(tokens):
        if token != phrase[0]:
            continue
        place = start
        for word in phrase[1:]:
            near = tokens[place + 1 : place + 1 + _NEAR]
            if word not in near:
                break
            place += 1 + near.index(word)
        else:
            return True
    return False


def act_in_own_words(text: str, data: LanguageData) -> CueAct | None:
    """What the speaker does by saying `text`, told from a verb in the first person."""
    tokens = words(text[:LONGEST_QUOTATION])
    for index, token in enumerate(tokens):
        if token.lower not in data.grammar.first_person:
            continue
        act = _act_near(tokens, index, data)
        if act is not None:
            return act
    return None


def _act_near(tokens: Sequence[Token], index: int, data: LanguageData) -> CueAct | None:
    """Act of the verb right beside a pronoun: "wir fordern", "we strongly condemn"."""
    near = tokens[max(0, index - 1) : index + 4]
    g = data.grammar
    if any(token.lower in g.negations or token.lower in g.copulas for token in near):
        return None
    for token in (*tokens[index + 1 : index + 4], *tokens[max(0, index - 1) : index]):
        for verb in data.verbs.get(token.lower, ()):
            if verb.form in ("present", "infinitive") and verb.act != "declare":
                return verb.act
    return None


def _obliges(prepared: Prepared, cue: Cue) -> bool:
    """Whether what is said behind the cue ought to be done: "said NATO must provide weapons"."""
    obligations = prepared.data.grammar.obligations
    return any(token.lower in obligations for token in _said(prepared, cue))


def _said(prepared: Prepared, cue: Cue) -> list[Token]:
    """What stands behind the cue; where nothing does ("…, officials said"), what stands before."""
    behind = list(prepared.tokens(cue.clause)[cue.last + 1 :])
    behind += [t for clause in prepared.clauses[cue.clause + 1 :] for t in clause.tokens]
    if any(token.kind == "word" for token in behind):
        return behind
    return [token for clause in prepared.clauses[: cue.clause] for token in clause.tokens]
