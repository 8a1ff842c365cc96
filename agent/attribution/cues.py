"""Finds the reporting cues of a sentence."""

from __future__ import annotations

from itertools import pairwise

from dragoman.attribution.cue_words import nearest_auxiliary, with_negation
from dragoman.attribution.english_cues import english_cue
from dragoman.attribution.german_cues import german_cue
from dragoman.attribution.model import Cue, Prepared
from dragoman.language import LanguageData
from dragoman.syntax.tokens import Token, find_phrases


def find_cues(prepared: Prepared) -> list[Cue]:
    """All cues of a sentence in text order."""
    finder = german_cue if prepared.data.code == "de" else english_cue
    found: list[Cue] = []
    for number, clause in enumerate(prepared.clauses):
        for index, token in enumerate(clause.tokens):
            if token.kind != "word" or not _may_be_verb(prepared, number, index):
                continue
            if _hypothetical(prepared, number, index):
                continue
            cue = (
                finder(prepared, number, index, found)
                or _light_cue(prepared, number, index)
                or _attitude_cue(prepared, number, index)
            )
            if cue is not None:
                found.append(cue)
    return found


def _may_be_verb(prepared: Prepared, clause: int, index: int) -> bool:
    token = prepared.tokens(clause)[index]
    return not token.capital or (clause == 0 and index == 0)


def _hypothetical(prepared: Prepared, clause: int, index: int) -> bool:
    """Whether the clause says only what would be: "wenn X fordert", "if X agrees"."""
    tokens = prepared.tokens(clause)
    if prepared.data.code == "de":
        return tokens[0].lower in prepared.data.grammar.hypotheticals and (
            len(tokens) - index <= 2 or prepared.clauses[clause].before != ""
        )
    before = [token.lower for token in tokens[:index]]
    in_case = any(pair == ("in", "case") for pair in pairwise(before))
    return in_case or any(word in prepared.data.grammar.hypotheticals for word in before)


def _light_cue(prepared: Prepared, clause: int, index: int) -> Cue | None:
    """A verb that reports only together with a noun: "äußerte Bedenken", "issued a statement"."""
    data, tokens = prepared.data, prepared.tokens(clause)
    if tokens[index].lower not in data.light_verbs:
        return None
    window = tokens if data.code == "de" else tokens[index + 1 : index + 6]
    noun = next((n for t in window if (n := _reporting_noun(t, data)) is not None), None)
    idiom = data.code == "de" and next(find_phrases(tokens, data.phrases), None)
    if idiom:
        act = data.phrases[tuple(t.lower for t in tokens[idiom[0] : sum(idiom)])]
        return Cue(clause, index, index, act, "active", False, True, tokens[index].lower, index)
    if noun is None:
        return None
    g = data.grammar
    finite = index
    if data.code == "de":
        perfect = nearest_auxiliary(tokens, index, g.auxiliaries_perfect)
        if perfect is not None:
            finite = perfect
        elif nearest_auxiliary(tokens, index, g.auxiliaries_passive) is not None:
            return None
    elif index and tokens[index - 1].lower in g.auxiliaries_passive:
        return None
    act, negated = with_negation(tokens, min(finite, index), len(tokens), data.nouns[noun], data)
    return Cue(clause, index, finite, act, "active", negated, True, noun, index)


def _reporting_noun(token: Token, data: LanguageData) -> str | None:
    """The noun of saying that a word is or, in a German compound, ends with: "Sturmwarnung"."""
    if token.kind != "word":
        return None
    if token.lower in data.nouns:
        return token.lower
    return next((noun for noun in _ENDINGS if token.capital and token.lower.endswith(noun)), None)


_ENDINGS = ("warnung", "warnungen", "drohung", "drohungen")
"""Nouns of saying that end compounds."""

_NEAR = 4
"""Words behind an English verb of being within which its attitude stands."""


def _attitude_cue(prepared: Prepared, clause: int, index: int) -> Cue | None:
    """An attitude that somebody is said to have: "is convinced", "zeigte sich besorgt"."""
    data, tokens = prepared.data, prepared.tokens(clause)
    word = tokens[index].lower
    shows = word.startswith("zeig") and any(token.lower == "sich" for token in tokens)
    if word not in data.grammar.copulas and not shows:
        return None
    window = tokens if data.code == "de" else tokens[index + 1 : index + 1 + _NEAR]
    attitude = next((t.lower for t in window if t.lower in data.attitudes), None)
    if attitude is None:
        return None
    act, negated = with_negation(tokens, index, len(tokens), data.attitudes[attitude], data)
    return Cue(clause, index, index, act, "active", negated, False, attitude, index)
