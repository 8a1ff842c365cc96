"""Whose voice an attribution is: names compared with the speakers that attribution finds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dragoman.attribution import Attribution
from dragoman.grounding.context import Context
from dragoman.grounding.names import Party
from dragoman.grounding.words import Word, split_words
from dragoman.schemas.evidence import Span


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
