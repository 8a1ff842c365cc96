"""What the evidence says of a meeting: who met, and whether it was held, is to come, or is off.

Where attribution finds an encounter with its participants, that decides. Elsewhere the words of
the clauses that tell of one are weighed: tense, negation, and words of planning and asking.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dragoman.attribution import MeetingCue
from dragoman.grounding.context import Context
from dragoman.grounding.lexicon import Lexicon, Stems
from dragoman.grounding.names import Party
from dragoman.grounding.speakers import heard_before
from dragoman.grounding.subjects import may_act
from dragoman.grounding.voices import is_named, is_voice
from dragoman.grounding.words import Word
from dragoman.schemas.evidence import Span

_BACK = 4
"""Sentences back in which "he" may have been named."""
_ENOUGH = 2
"""People named in a sentence from which a pronoun in it need not point further back."""
_FAR_BACK = 12
"""Sentences back in which "the two sides" may have been named."""


def tells_of_meeting(sentences: Iterable[str], context: Context) -> bool:
    """Whether one of the sentences tells of an encounter at all."""
    stems = context.lexicon.meeting_words
    return any(
        context.encounters.get(name) or any(stems.within(word.key) for word in context.words(name))
        for name in sentences
    )


def takes_part(party: Party, sentences: Sequence[str], context: Context) -> bool:
    """Whether the party can be one of those who meet in the sentences."""
    found = [cue for name in sentences for cue in context.encounters.get(name, ())]
    if any(_is_participant(party, cue, context) for cue in found):
        return True
    if found and all(_all_known(cue, context) for cue in found):
        return False
    for name in sentences:
        words = context.words(name)
        if _only_tells(party, name, context):
            continue
        for start, end in context.mentions(party, name):
            if party.kind not in (None, "government") or _may_meet(words, start, end, context):
                return True
    return _meant_by_pronoun(party, sentences, context)


def _only_tells(party: Party, sentence: str, context: Context) -> bool:
    """Whether the party speaks of an encounter in which, by the words, others met."""
    if not context.heard(sentence, is_voice) & {party}:
        return False
    words = context.words(sentence)
    lexicon = context.lexicon
    clauses = {word.clause for word in words if lexicon.meeting_words.within(word.key)}

    def within(other: Party) -> bool:
        return any(words[start].clause in clauses for start, _ in context.mentions(other, sentence))

    others = sum(within(other) for other in context.parties if other != party)
    pronouns = any(word.key in lexicon.pronouns for word in words if word.clause in clauses)
    return others >= _ENOUGH and not within(party) and not pronouns


def _is_participant(party: Party, cue: MeetingCue, context: Context) -> bool:
    return any(is_named(party, name) for name in cue.names) or any(
        _covers(party, span, cue.sentence, context) for span in cue.participants
    )


def _covers(party: Party, span: Span, sentence: str, context: Context) -> bool:
    words = context.words(sentence)
    return any(
        words[start].start < span.end and span.start < words[end - 1].end
        for start, end in context.mentions(party, sentence)
    )


def _all_known(cue: MeetingCue, context: Context) -> bool:
    """Whether everybody who meets by this cue is somebody the item or the brief names."""
    return all(
        any(
            is_named(party, name) or _covers(party, span, cue.sentence, context)
            for party in context.parties
        )
        for name, span in zip(cue.names, cue.participants, strict=True)
    )


def _may_meet(words: Sequence[Word], start: int, end: int, context: Context) -> bool:
    """Whether a mention can be one who meets: who acts, is acted on, or stands after "with"."""
    lexicon = context.lexicon
    if not lexicon.known or may_act(words, start, end, context):
        return True
    place = start - 1
    while place >= 0 and words[place].key not in lexicon.prepositions:
        if words[place].clause != words[start].clause:
            return True
        place -= 1
    if place < 0:
        return True
    near = start - place <= 3
    return words[place].key in lexicon.partner_prepositions or not near


def _meant_by_pronoun(party: Party, sentences: Sequence[str], context: Context) -> bool:
    pronouns = context.lexicon.pronouns
    if any(
        attribution.resolved and is_named(party, attribution.resolved)
        for name in sentences
        for attribution in context.attributions.get(name, ())
    ):
        return True
    keys = {word.key for name in sentences for word in context.words(name)}
    if not keys.isdisjoint(_BOTH):
        return any(context.mentions(party, name) for name in context.before(sentences, _FAR_BACK))
    named = [p for p in context.parties if p.kind == "person" and p != party]
    if sum(any(context.mentions(p, name) for name in sentences) for p in named) >= _ENOUGH:
        return False
    return not keys.isdisjoint(pronouns) and heard_before(party, sentences, context, _BACK)


_BOTH = frozenset({"beide", "beiden", "both", "sides", "seiten"})
"""Words that stand for the parties an article is about."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What words around the meeting say of its status."""

    met: bool = False
    past: bool = False
    future: bool = False
    cancelled: bool = False
    postponed: bool = False
    called_for: bool = False


def fits(status: str, sentence: str, parties: Sequence[Party], context: Context) -> bool:
    """Whether the status can be meant by a sentence."""
    cues = [
        cue
        for cue in context.encounters.get(sentence, ())
        if sum(_is_participant(party, cue, context) for party in parties) >= min(2, len(parties))
    ]
    if cues:
        found = {cue.status for cue in cues}
        return status in found or (status in _UNDER_WAY and not found.isdisjoint(_UNDER_WAY))
    return _may_be(status, signs(context.words(sentence), context.lexicon))


_UNDER_WAY = frozenset({"held", "ongoing"})
"""Statuses that a sentence in the present or past tense often leaves open."""


def signs(words: Sequence[Word], lexicon: Lexicon) -> Signs:
    """What one sentence says of the status, by the clauses in and before which it tells of one."""
    if not lexicon.known:
        return Signs(True, True, True, True, True, True)
    telling = [n for n, word in enumerate(words) if lexicon.meeting_words.within(word.key)]
    clauses = {words[n].clause for n in telling}
    # What governs an infinitive stands in the clause before: "no plans, the envoys to meet".
    clauses |= {words[n].clause - 1 for n in telling if words[n - 1].key in {"zu", "to"}}
    near = [word for word in words if word.clause in clauses]
    return Signs(
        met=_any(near, lexicon.met),
        past=_any(near, lexicon.past),
        future=_any(near, lexicon.future),
        cancelled=_any(near, lexicon.cancelled)
        or any(word.key in lexicon.negations for word in near),
        postponed=_any(near, lexicon.postponed),
        called_for=_any(near, lexicon.called_for),
    )


def _may_be(status: str, found: Signs) -> bool:
    match status:
        case "held":
            off = found.future or found.cancelled or found.postponed
            return found.met or not (off or found.called_for) or (found.past and not off)
        case "planned":
            return (found.future and not found.met) or not (found.past or found.met)
        case "ruled_out":
            return found.cancelled
        case "postponed":
            return found.postponed
        case "called_for":
            return found.called_for
    return not found.cancelled or found.past or found.met


def _any(words: Sequence[Word], stems: Stems) -> bool:
    return any(word.key in stems for word in words)
