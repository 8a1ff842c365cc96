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

Verdict = Literal["speaks", "possible", "silent", "absent"]
"""Whether somebody is found speaking, may be meant, does not speak, or does not occur."""

_BEFORE = 3
"""Sentences back in which a pronoun, a title or a running quotation may have its speaker."""
_AFTER = 2
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


def judge(party: Party, sentences: Iterable[str], context: Context) -> Verdict:
    """Whether the party speaks in the sentences.

    In one of them it must speak or be possible, and none may name another speaker.
    """
    verdicts = [_in_sentence(party, name, context) for name in context.known(sentences)]
    for verdict in ("speaks", "silent", "possible"):
        if verdict in verdicts:
            return verdict
    return "absent"


def _in_sentence(party: Party, sentence: str, context: Context) -> Verdict:
    others = False
    unknown = False
    for attribution in context.attributions.get(sentence, ()):
        if _is_voice(party, attribution, sentence, context):
            return "speaks"
        if any(_is_voice(p, attribution, sentence, context) for p in context.parties):
            others = True
        else:
            unknown = True
    if others and not unknown:
        return "silent"
    return _without_voice(party, sentence, context)


def _is_voice(party: Party, attribution: Attribution, sentence: str, context: Context) -> bool:
    if attribution.resolved:
        return is_named(party, attribution.resolved)
    speaker = attribution.speaker
    if speaker is None or attribution.basis == "pronoun":
        return False
    return is_named(party, speaker.exact) or _covers(party, speaker, sentence, context)


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


def _without_voice(party: Party, sentence: str, context: Context) -> Verdict:
    """Whether the party may be meant where no known speaker is named."""
    mentions = context.mentions(party, sentence)
    if mentions:
        words = context.words(sentence)
        acts = any(_may_act(words, start, context) for start, _ in mentions)
        return "possible" if acts else "silent"
    around = (*context.before((sentence,), _BEFORE), *context.after((sentence,), _AFTER))
    if any(context.mentions(party, name) for name in around):
        return "possible"
    return "absent"


def _may_act(words: Sequence[Word], start: int, context: Context) -> bool:
    """Whether a mention stands where the one who acts can stand: not after a preposition."""
    lexicon = context.lexicon
    place = start - 1
    while place >= 0 and _qualifies(words[place], context):
        place -= 1
    return place < 0 or words[place].key not in lexicon.prepositions


def _qualifies(word: Word, context: Context) -> bool:
    """Whether a word belongs to the name after it: an article or, in German, an adjective."""
    lexicon = context.lexicon
    if word.key in lexicon.prepositions:
        return False
    adjective = lexicon.code == "de" and not word.capital
    return word.key in lexicon.articles or (
        adjective and word.key.endswith(("en", "er", "es", "em", "e"))
    )
