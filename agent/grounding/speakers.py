"""Who speaks in the sentences an item cites, and whether the item names the right one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from dragoman.grounding.context import Context
from dragoman.grounding.names import Party
from dragoman.grounding.subjects import acting, outside_quotations, qualifies
from dragoman.grounding.voices import is_voice
from dragoman.grounding.words import Word

Verdict = Literal["speaks", "acts", "possible", "silent", "absent"]
"""Whether somebody is found speaking, acts where nobody is said to speak, may be meant by what
stands before, is mentioned without speaking, or does not occur."""

_BACK = 6
"""Sentences back in which a pronoun, a title or a running quotation may have its speaker."""
_VOICES_BACK = 2
"""How many of the sentences with a known speaker, counted back, may be the one it goes back to."""
_AHEAD = 2
"""Sentences ahead in which the speaker of a running quotation may be named."""


def judge(
    party: Party,
    sentences: Iterable[str],
    context: Context,
    *,
    target: Party | None = None,
    reporter: Party | None = None,
) -> Verdict:
    """Whether the party speaks in the sentences.

    It does if one of them has it as speaker, unless more of them have its target as speaker. If
    none does, it may still be meant: as the owner of a statement ("X's criticism"), as subject
    of a sentence without a verb of saying, or where a quotation or a pronoun runs on.

    Args:
        party: who is said to speak.
        sentences: ids of the sentences cited.
        context: the article.
        target: whom it is said to speak to or about; a subject stands before its object.
        reporter: who is said to pass it on; then the speaker need not be the outermost one.
    """
    known = context.known(sentences)
    verdicts = [_in_sentence(party, name, context, target, reporter) for name in known]
    if target is not None and target != party:
        aims = sum(_speaks(target, name, context) for name in known)
        if aims > verdicts.count("speaks") + verdicts.count("acts"):
            return "silent"
    for verdict in ("speaks", "acts", "silent", "possible"):
        if verdict in verdicts:
            return verdict
    return "absent"


def _in_sentence(
    party: Party, sentence: str, context: Context, target: Party | None, reporter: Party | None
) -> Verdict:
    if _speaks(party, sentence, context):
        return "speaks"
    if (
        _owns_statement(party, sentence, context)
        or _has_own_clause(party, sentence, context)
        or _is_agent(party, sentence, context)
    ):
        return "acts"
    heard = [
        context.voices(attribution, is_voice)
        for attribution in context.attributions.get(sentence, ())
    ]
    others = frozenset().union(*heard)
    if heard and all(heard) and others != {reporter}:
        return "possible" if _may_be_pronoun(party, sentence, context) else "silent"
    unknown = bool(heard) and not all(heard)
    return _without_voice(party, sentence, context, target, unknown)


def _may_be_pronoun(party: Party, sentence: str, context: Context) -> bool:
    """Whether a pronoun that speaks may stand for another person than attribution takes it for.

    It may stand for whoever spoke shortly before, but not for somebody named beside it.
    """
    several = context.attributions.get(sentence, ())
    return (
        party.kind == "person"
        and any(attribution.basis == "pronoun" for attribution in several)
        and not context.mentions(party, sentence)
        and party in _voices_before(sentence, context)
    )


def _speaks(party: Party, sentence: str, context: Context) -> bool:
    return any(
        is_voice(party, attribution, sentence, context)
        for attribution in context.attributions.get(sentence, ())
    )


def _owns_statement(party: Party, sentence: str, context: Context) -> bool:
    """Whether a noun of saying belongs to the party: "X's criticism", "criticism of the X"."""
    data = context.language_data
    if data is None:
        return False
    words = context.words(sentence)
    text = context.article.text
    for start, end in context.mentions(party, sentence):
        if end < len(words) and words[end].key in data.nouns:
            written = text[words[end - 1].start : words[end - 1].end]
            if written.endswith("s"):
                return True
        place = start - 1
        while place > 0 and qualifies(words[place], context):
            place -= 1
        preposition = place > 0 and words[place].key in _OWNERS and words[place - 1]
        if preposition and preposition.key in data.nouns:
            return True
    return False


def _is_agent(party: Party, sentence: str, context: Context) -> bool:
    """Whether the party is the agent of a passive: "was challenged by Berg"."""
    data = context.language_data
    if data is None:
        return False
    words = context.words(sentence)
    passive = {w.clause for w in words if w.key in data.grammar.auxiliaries_passive}
    for start, end in outside_quotations(party, sentence, context):
        possessor = end < len(words) and words[end].capital and words[end - 1].key.endswith("s")
        if possessor or passive.isdisjoint({words[start].clause, words[start].clause - 1}):
            continue
        place = start - 1
        while place > 0 and qualifies(words[place], context):
            place -= 1
        if place > 0 and words[place].key in data.grammar.passive_by:
            return True
    return False


def _has_own_clause(party: Party, sentence: str, context: Context) -> bool:
    """Whether the party acts in one coordinated clause and others speak in another.

    "Berg set a deadline, and Dahl threatened to sue": both take a position.
    """
    data = context.language_data
    cues = [a.cue for a in context.attributions.get(sentence, ()) if a.cue is not None]
    acts = acting(party, sentence, context)
    if data is None or not cues or not acts:
        return False
    words = context.words(sentence)
    spoken = {word.clause for word in words for cue in cues if word.start == cue.start}
    own = words[acts[0]].clause
    if own in spoken:
        return False
    stance = acts[0] < _OPENING or any(
        word.key in data.verbs for word in words[acts[0] : acts[0] + _REACH]
    )
    firsts = {word.clause: word.key for word in reversed(words)}
    return stance and all(
        any(firsts.get(n) in _COORDINATORS for n in range(min(own, c) + 1, max(own, c) + 1))
        for c in spoken
    )


_REACH = 12
"""Words within which the verb of a subject is expected."""

_COORDINATORS = frozenset({"und", "aber", "doch", "wobei", "and", "but"})
"""Words that begin a clause of equal rank."""

_OWNERS = frozenset({"von", "vom", "aus", "by", "from", "among"})
"""Prepositions between a noun of saying and whose it is."""


def _without_voice(
    party: Party, sentence: str, context: Context, target: Party | None, unknown: bool
) -> Verdict:
    """Whether the party may be meant where no known speaker is named, or an unknown one is."""
    words = context.words(sentence)
    acts = acting(party, sentence, context)
    aims = acting(target, sentence, context) if target is not None else []
    if acts:
        behind = context.lexicon.known and aims and aims[0] < acts[0]
        return "silent" if behind and not _together(words, aims[0], acts[0]) else "acts"
    places = outside_quotations(party, sentence, context)
    if places:
        aimed = all(_is_aimed_at(words, start, context) for start, _ in places)
        return "silent" if aims or aimed else "possible"
    if not unknown and any(_opens(other, sentence, context) for other in context.parties):
        return "absent"
    return "possible" if party in _running_voices(sentence, context) else "absent"


def _opens(party: Party, sentence: str, context: Context) -> bool:
    """Whether the party is the subject with which a sentence begins."""
    acts = acting(party, sentence, context)
    return context.lexicon.known and bool(acts) and acts[0] < _OPENING


_OPENING = 6
"""Words within which the subject of a sentence is expected."""


def _is_aimed_at(words: Sequence[Word], start: int, context: Context) -> bool:
    """Whether a mention stands after "against", "to", "about": never the one who speaks."""
    place = start - 1
    while place > 0 and qualifies(words[place], context):
        place -= 1
    return place >= 0 and words[place].key in context.lexicon.target_prepositions


def _together(words: Sequence[Word], one: int, other: int) -> bool:
    """Whether two mentions are joined: "the EU and its members"."""
    between = words[one:other]
    return len(between) <= _JOINED and any(word.key in {"and", "und"} for word in between)


_JOINED = 4
"""Words within which two names are joined."""


def _running_voices(sentence: str, context: Context) -> frozenset[Party]:
    """Those to whom a sentence without a speaker may go back: who spoke last, who speaks next."""
    if not context.lexicon.known:
        around = (*context.before((sentence,), _BACK), *context.after((sentence,), _AHEAD))
        return frozenset(
            party for party in context.parties for name in around if context.mentions(party, name)
        )
    ahead = (context.heard(name, is_voice) for name in context.after((sentence,), _AHEAD))
    return _voices_before(sentence, context).union(*ahead)


def _voices_before(sentence: str, context: Context) -> frozenset[Party]:
    """Those who spoke last before a sentence."""
    found: set[Party] = set()
    sentences = 0
    for name in reversed(context.before((sentence,), _BACK)):
        heard = context.heard(name, is_voice)
        found |= heard
        sentences += bool(heard)
        if sentences == _VOICES_BACK:
            break
    return frozenset(found)


def heard_before(party: Party, sentences: Iterable[str], context: Context, distance: int) -> bool:
    """Whether the party speaks or acts in a sentence shortly before the given ones."""
    return any(
        _speaks(party, name, context) or acting(party, name, context)
        for name in context.before(sentences, distance)
    )
