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


def judge(
    party: Party,
    sentences: Iterable[str],
    context: Context,
    *,
    target: Party | None = None,
    reporter: Party | None = None,
) -> Verdict:
    """Whether the party speaks in the sentences.

    It does if one of them has it as speaker, unless most of them name others. If none does, it
    may still be meant where no other speaker is named: as the subject of a sentence without a
    verb of saying, or where a quotation or a pronoun runs on.

    Args:
        party: who is said to speak.
        sentences: ids of the sentences cited.
        context: the article.
        target: whom it is said to speak to or about; a subject stands before its object.
        reporter: who is said to pass it on; then the speaker need not be the outermost one.
    """
    verdicts = [
        _in_sentence(party, name, context, target, reporter) for name in context.known(sentences)
    ]
    heard = verdicts.count("speaks") + verdicts.count("acts")
    if verdicts.count("silent") > 2 * heard:
        return "silent"
    for verdict in ("speaks", "acts", "possible"):
        if verdict in verdicts:
            return verdict
    return "absent"


def _in_sentence(
    party: Party, sentence: str, context: Context, target: Party | None, reporter: Party | None
) -> Verdict:
    others: set[Party] = set()
    unknown = False
    for attribution in context.attributions.get(sentence, ()):
        if _is_voice(party, attribution, sentence, context):
            return "speaks"
        heard = {p for p in context.parties if _is_voice(p, attribution, sentence, context)}
        others |= heard
        unknown = unknown or not heard
    if others and not unknown and others != {reporter}:
        return "silent"
    return _without_voice(party, sentence, context, target)


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


def _without_voice(party: Party, sentence: str, context: Context, target: Party | None) -> Verdict:
    """Whether the party may be meant where no known speaker is named."""
    acts = _acting(party, sentence, context)
    if acts:
        aims = _acting(target, sentence, context) if target is not None else []
        return "silent" if context.lexicon.known and aims and aims[0] < acts[0] else "acts"
    if context.mentions(party, sentence):
        return "silent"
    around = (*context.before((sentence,), _BEFORE), *context.after((sentence,), _AFTER))
    return "possible" if any(_heard(party, name, context) for name in around) else "absent"


def heard_before(party: Party, sentences: Iterable[str], context: Context, distance: int) -> bool:
    """Whether the party speaks or acts in a sentence shortly before the given ones."""
    return any(
        _heard(party, name, context) or _acting(party, name, context)
        for name in context.before(sentences, distance)
    )


def _heard(party: Party, sentence: str, context: Context) -> bool:
    """Whether the party speaks in a sentence; without word lists, whether it is named there."""
    if not context.lexicon.known:
        return bool(context.mentions(party, sentence))
    return any(
        _is_voice(party, attribution, sentence, context)
        for attribution in context.attributions.get(sentence, ())
    )


def _acting(party: Party, sentence: str, context: Context) -> list[int]:
    """Where the party is mentioned as one who acts can be."""
    words = context.words(sentence)
    places = context.mentions(party, sentence)
    return [start for start, end in places if may_act(words, start, end, context)]


def may_act(words: Sequence[Word], start: int, end: int, context: Context) -> bool:
    """Whether a mention stands where the one who acts can stand.

    Not after a preposition, not as a possessor, in German not in another case than the first.
    """
    lexicon = context.lexicon
    place = start - 1
    while place >= 0 and _qualifies(words[place], context):
        if words[place].key in lexicon.oblique:
            return False
        place -= 1
    if place >= 0 and words[place].key in lexicon.prepositions:
        return False
    written = context.article.text[words[end - 1].start : words[end - 1].end]
    return not written.endswith(("'s", "’s"))


def _qualifies(word: Word, context: Context) -> bool:
    """Whether a word belongs to the name after it: an article or, in German, an adjective."""
    lexicon = context.lexicon
    if word.key in lexicon.prepositions:
        return False
    adjective = lexicon.code == "de" and not word.capital
    return word.key in lexicon.articles or (
        adjective and word.key.endswith(("en", "er", "es", "em", "e"))
    )
