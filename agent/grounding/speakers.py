"""Who speaks in the sentences an item cites, and whether the item names the right one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from dragoman.attribution import Attribution
from dragoman.grounding.context import Context
from dragoman.grounding.names import Party
from dragoman.grounding.words import Word, split_words
from dragoman.schemas.evidence import Span

Verdict = Literal["speaks", "acts", "possible", "silent", "absent"]
"""Whether somebody is found speaking, acts where nobody is said to speak, may be meant by what
stands before, is mentioned without speaking, or does not occur."""

_BACK = 6
"""Sentences back in which a pronoun, a title or a running quotation may have its speaker."""
_VOICES_BACK = 2
"""How many of the sentences with a known speaker, counted back, may be the one it goes back to."""
_AHEAD = 2
"""Sentences ahead in which the speaker of a running quotation may be named."""


@dataclass(frozen=True, slots=True)
class Voices:
    """Those who speak, are spoken to, and report in some sentences, by the names used there."""

    named: tuple[str, ...]
    addressees: tuple[str, ...]
    reporters: tuple[str, ...]


def voices(attributions: Iterable[Attribution]) -> Voices:
    """Gather the speakers, addressees and reporters of several attributions."""
    several = tuple(attributions)
    return Voices(
        tuple(name for a in several if a.basis != "pronoun" or a.resolved if (name := a.name)),
        tuple(a.addressee.exact for a in several if a.addressee is not None),
        tuple(a.reporter.exact for a in several if a.reporter is not None),
    )


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
        while place > 0 and _qualifies(words[place], context):
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
    for start, end in _outside_quotations(party, sentence, context):
        possessor = end < len(words) and words[end].capital and words[end - 1].key.endswith("s")
        if possessor or passive.isdisjoint({words[start].clause, words[start].clause - 1}):
            continue
        place = start - 1
        while place > 0 and _qualifies(words[place], context):
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
    acts = _acting(party, sentence, context)
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


def is_voice(party: Party, attribution: Attribution, sentence: str, context: Context) -> bool:
    """Whether the party is who speaks by an attribution."""
    if attribution.resolved:
        return is_named(party, attribution.resolved)
    speaker = attribution.speaker
    if speaker is None or attribution.basis == "pronoun":
        return False
    return (
        is_named(party, speaker.exact)
        or _covers(party, speaker, sentence, context)
        or _is_head(party, speaker.exact)
    )


@lru_cache(maxsize=8192)
def _is_head(party: Party, surface: str) -> bool:
    """Whether a noun takes up a name of which it is the head.

    "The bank" after "the Bank of Norway", "der Verband" after "der Fischereiverband Nordkap".
    """
    if party.kind in ("person", "government"):
        return False
    words = split_words(surface)
    if not words or len(words) > _HEAD_WORDS or len(words[-1].text) < _SHORTEST_HEAD:
        return False
    head = words[-1].key
    return any(word.key.endswith(head) for form in party.forms for word in split_words(form))


_HEAD_WORDS = 2
_SHORTEST_HEAD = 4
"""Letters of a noun that can take up a name."""


def _covers(party: Party, span: Span, sentence: str, context: Context) -> bool:
    """Whether a longer form of the party's name covers the place of the speaker."""
    words = context.words(sentence)
    return any(
        words[start].start <= span.start and span.end <= words[end - 1].end
        for start, end in context.mentions(party, sentence)
    )


@lru_cache(maxsize=8192)
def is_named(party: Party, surface: str) -> bool:
    """Whether `surface` names the party, not merely something of the party's.

    "China's envoy Wang" names Wang; China is only the possessor.
    """
    words = split_words(surface)
    return any(
        end == len(words) or not _modifies(words, start, end, surface)
        for start, end in party.mentions(words)
    )


def _modifies(words: Sequence[Word], start: int, end: int, surface: str) -> bool:
    """Whether the mention is a possessor or a part of a compound before the head of the name."""
    last, after = words[end - 1], words[end]
    between = surface[last.end : after.start]
    if "-" in between or "–" in between:
        return True
    possessive = between.startswith(("'", "’")) or last.key.endswith("s")
    return possessive and not between.strip("'’s ") and start == 0


def _without_voice(
    party: Party, sentence: str, context: Context, target: Party | None, unknown: bool
) -> Verdict:
    """Whether the party may be meant where no known speaker is named, or an unknown one is."""
    words = context.words(sentence)
    acts = _acting(party, sentence, context)
    aims = _acting(target, sentence, context) if target is not None else []
    if acts:
        behind = context.lexicon.known and aims and aims[0] < acts[0]
        return "silent" if behind and not _together(words, aims[0], acts[0]) else "acts"
    places = _outside_quotations(party, sentence, context)
    if places:
        aimed = all(_is_aimed_at(words, start, context) for start, _ in places)
        return "silent" if aims or aimed else "possible"
    if not unknown and any(_opens(other, sentence, context) for other in context.parties):
        return "absent"
    return "possible" if party in _running_voices(sentence, context) else "absent"


def _opens(party: Party, sentence: str, context: Context) -> bool:
    """Whether the party is the subject with which a sentence begins."""
    acts = _acting(party, sentence, context)
    return context.lexicon.known and bool(acts) and acts[0] < _OPENING


_OPENING = 6
"""Words within which the subject of a sentence is expected."""


def _is_aimed_at(words: Sequence[Word], start: int, context: Context) -> bool:
    """Whether a mention stands after "against", "to", "about": never the one who speaks."""
    place = start - 1
    while place > 0 and _qualifies(words[place], context):
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
        _speaks(party, name, context) or _acting(party, name, context)
        for name in context.before(sentences, distance)
    )


def _acting(party: Party, sentence: str, context: Context) -> list[int]:
    """Where the party is mentioned, outside quotations, as one who acts can be."""
    words = context.words(sentence)
    places = _outside_quotations(party, sentence, context)
    return [start for start, end in places if may_act(words, start, end, context)]


def _outside_quotations(
    party: Party, sentence: str, context: Context
) -> tuple[tuple[int, int], ...]:
    """Mentions in the reporter's own words: whom a quotation speaks of does not speak it.

    Nor does anybody named after "she said that": a pronoun is not explained by what it governs.
    And whoever says "we" does not call himself by his name, quotation marks or not.
    """
    places = context.mentions(party, sentence)
    if not places or _begins_with_pronoun(sentence, context):
        return ()
    quotations = context.quotations(sentence)
    if not quotations and _in_first_person(sentence, context):
        return ()
    pronouns = [
        attribution.speaker.start
        for attribution in context.attributions.get(sentence, ())
        if attribution.basis == "pronoun" and attribution.speaker is not None
    ]
    limit = min(pronouns, default=None)
    words = context.words(sentence)
    return tuple(
        (start, end)
        for start, end in places
        if not any(q.start < words[start].start < q.end for q in quotations)
        and (limit is None or words[start].start < limit)
    )


def _begins_with_pronoun(sentence: str, context: Context) -> bool:
    words = context.words(sentence)
    return bool(words) and words[0].key in context.lexicon.subject_pronouns


def _in_first_person(sentence: str, context: Context) -> bool:
    first_person = context.lexicon.first_person
    return any(word.key in first_person for word in context.words(sentence))


def may_act(words: Sequence[Word], start: int, end: int, context: Context) -> bool:
    """Whether a mention stands where the one who acts can stand.

    Not after a preposition, not as a possessor, in German not in another case than the first,
    and not as the subject of a passive ("X was accused").
    """
    lexicon = context.lexicon
    if _suffers(words, start, context):
        return False
    place = start - 1
    while place >= 0 and _qualifies(words[place], context):
        if words[place].key in lexicon.oblique:
            return False
        place -= 1
    if place >= 0 and words[place].key in lexicon.prepositions:
        return False
    written = context.article.text[words[end - 1].start : words[end - 1].end]
    return not written.endswith(("'s", "’s"))


def _suffers(words: Sequence[Word], start: int, context: Context) -> bool:
    """Whether the clause of a mention is a passive of a verb of saying or of a stance."""
    data = context.language_data
    if data is None:
        return False
    clause = [word.key for word in words if word.clause == words[start].clause]
    if data.grammar.auxiliaries_passive.isdisjoint(clause):
        return False
    return any(verb.form == "participle" for key in clause for verb in data.verbs.get(key, ()))


def _qualifies(word: Word, context: Context) -> bool:
    """Whether a word belongs to the name after it: an article or, in German, an adjective."""
    lexicon = context.lexicon
    if word.key in lexicon.prepositions:
        return False
    adjective = lexicon.code == "de" and not word.capital
    return word.key in lexicon.articles or (
        adjective and word.key.endswith(("en", "er", "es", "em", "e"))
    )
