"""Reporting verbs in English: verb groups, passive, participles, nouns that look like verbs."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.attribution.cue_words import is_complete, with_negation
from dragoman.attribution.model import Cue, Prepared
from dragoman.language import LanguageData, Verb
from dragoman.syntax.nouns import is_function_word, noun_kind
from dragoman.syntax.tokens import Token


def english_cue(prepared: Prepared, clause: int, index: int, earlier: Sequence[Cue]) -> Cue | None:
    data, tokens = prepared.data, prepared.tokens(clause)
    verbs = data.verbs.get(tokens[index].lower)
    if verbs is None:
        return None
    g = data.grammar
    start = _group_start(tokens, index, data)
    auxiliaries = {tokens[k].lower for k in range(start, index)}
    previous = tokens[start - 1].lower if start else ""
    following = tokens[index + 1].lower if index + 1 < len(tokens) else ""
    forms = {verb.form: verb for verb in reversed(verbs)}
    verb, voice = _english_form(
        forms,
        auxiliaries,
        previous,
        following,
        _noun_before(prepared, clause, start),
        _inside_noun_phrase(tokens, index, data),
        "" if clause and prepared.clauses[clause].before != ":" else "who",
        data,
    )
    if verb is None:
        return None
    if voice == "passive" and verb.lemma == "quote":
        voice = "active"
    if not is_complete(tokens, verb.lemma, index + 1, index + 4, data):
        return None
    act = verb.act
    last = index
    phrase = data.phrases.get((tokens[index].lower, following))
    if phrase is not None:
        act, last = phrase, index + 1
    elif verb.lemma == "call" and following in {"off", "it", "him", "them"} and voice == "active":
        return None
    act, negated = with_negation(tokens, start, index + 1, act, data)
    if verb.lemma in {"decline", "refuse"} and any(
        token.lower in data.grammar.comment_words for token in tokens[index + 1 : index + 4]
    ):
        act, negated = "declare", True
    modal = bool(auxiliaries & data.grammar.auxiliaries_future - {"did", "does", "do"})
    return Cue(clause, index, start, act, voice, negated, verb.speech, verb.lemma, last, modal)


def _group_start(tokens: Sequence[Token], index: int, data: LanguageData) -> int:
    """First word of the verb group that ends at `index`: auxiliaries, adverbs, negation."""
    g = data.grammar
    start = index
    while start > 0:
        word = tokens[start - 1].lower
        if tokens[start - 1].kind == "word" and (
            word in g.auxiliaries_perfect
            or word in g.auxiliaries_passive
            or word in g.auxiliaries_future
            or word in g.cue_negations
            or (word in g.adverbs and word not in {"both", "all"})
            or (word.endswith("ly") and word not in data.verbs and not tokens[start - 1].capital)
        ):
            start -= 1
        else:
            return start
    return start


def _noun_before(prepared: Prepared, clause: int, start: int) -> bool:
    """Whether a phrase that may be a subject ends right before the verb group."""
    return any(
        phrase.tail == start - 1 and prepared.is_actor(clause, phrase)
        for phrase in prepared.phrases[clause]
    )


def _inside_noun_phrase(tokens: Sequence[Token], index: int, data: LanguageData) -> bool:
    """Whether an article opens a phrase that runs on behind the word: "a new added threat"."""
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if following is None or following.kind != "word" or following.capital:
        return False
    if is_function_word(following.lower, data) or following.lower in data.verbs:
        return False
    return (
        any(
            token.lower in data.grammar.determiners and token.lower not in {"that", "all"}
            for token in tokens[max(0, index - 2) : index]
        )
        and noun_kind(tokens[index - 1].lower, data) is None
        and not tokens[index - 1].capital
    )


_OPENING = frozenset({"by", "while", "when", "after", "before", "without", "in"})


def _english_form(
    forms: dict[str, Verb],
    auxiliaries: set[str],
    previous: str,
    following: str,
    noun_before: bool,
    inside: bool,
    tag: str,
    data: LanguageData,
):  # type: ignore[no-untyped-def]
    """The verb form that fits its surroundings, and the voice."""
    g = data.grammar
    passive = bool(auxiliaries & g.auxiliaries_passive)
    if "progressive" in forms:
        if passive:
            return forms["progressive"], "active"
        if previous in g.determiners or previous in g.adjective_endings:
            return None, "active"
        opens = previous == "" or previous in _OPENING or previous in g.coordinators
        if opens or following in {"that", "“", '"'}:
            return forms["progressive"], "shared"
        return (forms["progressive"] if noun_before else None), "active"
    if previous == "to" or (
        previous in g.determiners
        and previous not in {"all", "both", "this", "that", "these", "those"}
    ):
        return None, "active"
    if "participle" in forms:
        if passive:
            return forms["participle"], "passive"
        if following == "by":
            return forms["participle"], "passive"
        if auxiliaries & g.auxiliaries_perfect:
            return forms["participle"], "active"
    if "past" in forms:
        if inside:
            return None, "active"
        if previous in g.prepositions and previous not in {
            "that",
            "before",
            "after",
            "since",
            "as",
        }:
            return None, "active"
        return forms["past"], "active"
    if auxiliaries & g.auxiliaries_future and "infinitive" in forms:
        return forms["infinitive"], "active"
    if (
        "present" in forms
        and (noun_before or previous in {"who", "which", "that", tag})
        and following not in {"of", "from", "by"}
    ):
        return forms["present"], "active"
    return None, "active"
