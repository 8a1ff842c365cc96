"""Who speaks in the sentences an item cites, and whether the item names the right one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from dragoman.attribution import Attribution
from dragoman.grounding.claims import Claim
from dragoman.grounding.context import Context
from dragoman.grounding.names import Party
from dragoman.grounding.words import Word, split_words

Verdict = Literal["speaks", "possible", "silent", "absent"]
"""Whether somebody is found speaking, may be meant, is only mentioned, or does not occur."""


@dataclass(frozen=True, slots=True)
class Voices:
    """Those who speak in some sentences.

    Attributes:
        named: the names under which speakers appear or to which their pronouns resolve.
        open: whether a pronoun there could not be resolved.
        addressees: names of those spoken to.
        reporters: names of outlets that report it.
    """

    named: tuple[str, ...]
    open: bool
    addressees: tuple[str, ...]
    reporters: tuple[str, ...]


def voices(attributions: Iterable[Attribution]) -> Voices:
    """Gather the speakers, addressees and reporters of several attributions."""
    named, addressees, reporters = [], [], []
    is_open = False
    for attribution in attributions:
        if attribution.resolved:
            named.append(attribution.resolved)
        elif attribution.speaker is not None:
            if attribution.basis == "pronoun":
                is_open = True
            else:
                named.append(attribution.speaker.exact)
        else:
            is_open = True
        if attribution.addressee is not None:
            addressees.append(attribution.addressee.exact)
        if attribution.reporter is not None:
            reporters.append(attribution.reporter.exact)
    return Voices(tuple(named), is_open, tuple(addressees), tuple(reporters))


@lru_cache(maxsize=8192)
def is_named(party: Party, surface: str) -> bool:
    """Whether `surface` names the party, not merely something of the party's.

    "China's envoy Wang" names Wang; China is only the possessor.
    """
    words = split_words(surface)
    for start, end in party.mentions(words):
        if end == len(words) or not _modifies(words, start, end, surface):
            return True
    return False


def _modifies(words: Sequence[Word], start: int, end: int, surface: str) -> bool:
    """Whether the mention is a possessor or a part of a compound before the head of the name."""
    last, after = words[end - 1], words[end]
    between = surface[last.end : after.start]
    written = surface[last.start : last.end + 2]
    if "-" in between or "–" in between:
        return True
    possessive = written.endswith(("'s", "’s", "s'", "s’")) or last.key.endswith("s")
    return possessive and not between.strip("'’s ") and start == 0


def judge(party: Party, claim: Claim, context: Context) -> Verdict:
    """Whether the party speaks in the sentences the claim cites."""
    sentences = context.known(claim.sentences)
    found = [a for name in sentences for a in context.attributions.get(name, ())]
    heard = voices(found)
    if any(is_named(party, surface) for surface in heard.named):
        return "speaks"
    mentioned = [name for name in sentences if party.mentions(context.words(name))]
    if heard.named and not heard.open:
        return "silent" if mentioned else "absent"
    if mentioned:
        subject = any(_may_act(party, context.words(name), context) for name in mentioned)
        return "possible" if subject else "silent"
    if heard.open or _has_pronoun(sentences, context):
        before = context.neighbours(sentences, 2)
        if any(party.mentions(context.words(name)) for name in before):
            return "possible"
    return "absent"


def _may_act(party: Party, words: Sequence[Word], context: Context) -> bool:
    """Whether a mention stands where the one who acts can stand: not after a preposition."""
    lexicon = context.lexicon
    for start, end in party.mentions(words):
        place = start - 1
        while place >= 0 and (
            words[place].key in lexicon.articles or _describes(words[place], lexicon.code)
        ):
            if words[place].key in lexicon.prepositions:
                break
            place -= 1
        if place < 0 or words[place].key not in lexicon.prepositions:
            return True
        del end
    return False


def _describes(word: Word, code: str) -> bool:
    """Whether a word looks like an adjective before a name."""
    if code != "de":
        return False
    return not word.capital and word.key.endswith(("en", "er", "es", "em", "e"))


def _has_pronoun(sentences: Iterable[str], context: Context) -> bool:
    return any(
        word.key in context.lexicon.pronouns for name in sentences for word in context.words(name)
    )
