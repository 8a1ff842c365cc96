"""Reporting verbs in English: verb groups, passive, participles, nouns that look like verbs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from dragoman.attribution.cue_words import is_complete, with_negation
from dragoman.attribution.model import Cue, Prepared
from dragoman.conjugation import VerbForm
from dragoman.language import Grammar, LanguageData, Verb
from dragoman.syntax.nouns import is_function_word, noun_kind
from dragoman.syntax.tokens import Token

Voice = Literal["active", "passive", "shared"]


class _Reading(NamedTuple):
    """A verb in the form that fits its surroundings, and who it makes speak."""

    verb: Verb
    voice: Voice


@dataclass(frozen=True, slots=True)
class _Setting:
    """What stands around a verb group.

    Attributes:
        auxiliaries: the words of the group before the verb.
        previous: the word before the group.
        following: the word behind the verb.
        noun_before: whether a phrase that may be a subject ends right before the group.
        inside: whether the word stands inside a noun phrase.
        verb_follows: whether another finite verb stands behind in the clause.
        tag: whether the clause may be a tag that opens with its verb ("…, say officials").
    """

    auxiliaries: frozenset[str]
    previous: str
    following: str
    noun_before: bool
    inside: bool
    tag: bool
    verb_follows: bool


def english_cue(prepared: Prepared, clause: int, index: int, earlier: Sequence[Cue]) -> Cue | None:
    """The cue whose verb stands at `index` of a clause, if there is one."""
    del earlier  # English shares no auxiliary over clauses
    data, tokens = prepared.data, prepared.tokens(clause)
    verbs = data.verbs.get(tokens[index].lower)
    if verbs is None:
        return None
    if index and tokens[index - 1].lower.endswith(("'s", "’s")) and tokens[index - 1].capital:
        verbs = tuple(verb for verb in verbs if verb.form != "present")  # "Norland's demand"
    start = _group_start(tokens, index, data)
    setting = _Setting(
        auxiliaries=frozenset(tokens[k].lower for k in range(start, index)),
        previous=tokens[start - 1].lower if start else "",
        following=tokens[index + 1].lower if index + 1 < len(tokens) else "",
        noun_before=_noun_before(prepared, clause, start),
        inside=_inside_noun_phrase(tokens, index, data),
        verb_follows=any(
            verb.form == "past"
            for token in tokens[index + 1 :]
            for verb in data.verbs.get(token.lower, ())
        ),
        tag=clause > 0 and prepared.clauses[clause].before != ":",
    )
    went_on = tuple(token.lower for token in tokens[max(0, start - 3) : start])
    if went_on in _WENT_ON and any(verb.form == "infinitive" for verb in verbs):
        start -= len(went_on)
        verb = next(verb for verb in verbs if verb.form == "infinitive")
        return _cue(prepared, clause, index, start, _Reading(verb, "active"), setting)
    reading = _reading({verb.form: verb for verb in reversed(verbs)}, setting, data.grammar)
    if reading is None or not is_complete(tokens, reading.verb.lemma, index + 1, index + 4, data):
        return None
    return _cue(prepared, clause, index, start, reading, setting)


_WENT_ON = (("went", "on", "to"), ("goes", "on", "to"))
"""What stands before a verb of saying that goes on with a statement."""


def _cue(
    prepared: Prepared, clause: int, index: int, start: int, reading: _Reading, setting: _Setting
) -> Cue | None:
    data, tokens = prepared.data, prepared.tokens(clause)
    verb, voice = reading
    if verb.lemma == "quote":
        voice = "active"  # "was quoted as saying": the subject speaks
    act, last = verb.act, index
    phrase = data.phrases.get((tokens[index].lower, setting.following))
    if phrase is not None:
        act, last = phrase, index + 1
    elif verb.lemma == "call" and setting.following in {"off", "it", "him", "them"}:
        return None
    act, negated = with_negation(tokens, start, index + 1, act, data)
    if verb.lemma in {"decline", "refuse"} and any(
        token.lower in data.grammar.comment_words for token in tokens[index + 1 : index + 4]
    ):
        act, negated = "declare", True
    modal = bool(setting.auxiliaries & data.grammar.auxiliaries_future - {"did", "does", "do"})
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
    tokens = prepared.tokens(clause)
    plural = start < len(tokens) and not tokens[start].lower.endswith(("s", "ed"))
    return any(
        phrase.tail == start - 1
        and prepared.is_actor(clause, phrase)
        and not (plural and phrase.determiner in _SINGULAR)
        for phrase in prepared.phrases[clause]
    )


_SINGULAR = frozenset({"a", "an", "another", "each", "every"})
"""Articles of a subject whose verb in the present ends in -s: "a master plan" is no sentence."""


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
        and tokens[index - 1].lower not in data.grammar.documents
        and not tokens[index - 1].lower.endswith("s")  # "the victims demanded"
        and not tokens[index - 1].capital
    )


_OPENING = frozenset({"by", "while", "when", "after", "before", "without", "in"})


def _reading(forms: dict[VerbForm, Verb], setting: _Setting, g: Grammar) -> _Reading | None:
    """The verb form that fits its surroundings; None where the word is no verb here."""
    if "progressive" in forms:
        return _progressive(forms["progressive"], setting, g)
    if setting.previous == "to" or (
        setting.previous in g.determiners and setting.previous not in _PRONOUN_DETERMINERS
    ):
        return None
    if "participle" in forms:
        if setting.auxiliaries & g.auxiliaries_passive or setting.following == "by":
            return _Reading(forms["participle"], "passive")
        if setting.auxiliaries & g.auxiliaries_perfect:
            return _Reading(forms["participle"], "active")
    if "past" in forms:
        misplaced = setting.previous in g.prepositions - _CONJUNCTIONS
        return None if setting.inside or misplaced else _Reading(forms["past"], "active")
    if setting.auxiliaries & g.auxiliaries_future and "infinitive" in forms:
        return _Reading(forms["infinitive"], "active")
    opened = setting.previous in {"who", "which", "that"} or (setting.tag and not setting.previous)
    noun = setting.following in {"of", "from", "by"} | g.copulas | g.auxiliaries_perfect
    noun = noun or (opened and setting.verb_follows)
    if "present" in forms and (setting.noun_before or opened) and not noun:
        return _Reading(forms["present"], "active")
    return None


_PRONOUN_DETERMINERS = frozenset({"all", "both", "this", "that", "these", "those"})
_CONJUNCTIONS = frozenset({"that", "before", "after", "since", "as"})
"""Words that may open a clause although they are listed as prepositions."""


def _progressive(verb: Verb, setting: _Setting, g: Grammar) -> _Reading | None:
    """An -ing form: "is warning", ", adding that", "protesters demanding …"."""
    if setting.auxiliaries & g.auxiliaries_passive:
        return _Reading(verb, "active")
    if setting.previous in g.determiners:
        return None
    opens = not setting.previous or setting.previous in _OPENING | g.coordinators
    if opens or setting.following == "that":
        return _Reading(verb, "shared")
    return _Reading(verb, "active") if setting.noun_before else None
