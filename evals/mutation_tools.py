"""What the kinds of falsification share: exchanging words, numbers and fields."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from dragoman.evals import mutation_words as words
from dragoman.evals.truths import Material, Truth
from dragoman.schemas.draft import (
    Draft,
    DraftPosition,
    DraftWarning,
)

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[.,]\d+)*")

Stated: TypeAlias = DraftPosition | DraftWarning


@dataclass(frozen=True, slots=True)
class Falsified:
    """A draft with the field that was falsified."""

    draft: Draft
    field: str


Falsify: TypeAlias = Callable[[Truth, Material, random.Random], Iterator[Falsified]]


def language_of(material: Material) -> str:
    """Language of the case's article."""
    return material.gold.language


def changed_in(draft: Draft, field: str, value: object) -> Falsified:
    """The draft with another value in one field."""
    return Falsified(draft.model_copy(update={field: value}), field)


def speaker_field(draft: Stated) -> str:
    """Name of the field that holds the speaker."""
    return "holder" if isinstance(draft, DraftPosition) else "issuer"


def speaker_of(draft: Stated) -> str:
    """Holder of a position or issuer of a warning."""
    return draft.holder if isinstance(draft, DraftPosition) else draft.issuer


def target_of(draft: Stated) -> str | None:
    """Target of a position or addressee of a warning."""
    return draft.target if isinstance(draft, DraftPosition) else draft.addressee


def swap(text: str, match: re.Match[str], replacement: str) -> str:
    """Put a replacement in the place of a word; a space too many goes with an empty one."""
    before, after = text[: match.start()], text[match.end() :]
    if match.group()[0].isupper() and replacement:
        replacement = replacement[0].upper() + replacement[1:]
    if not replacement and before.endswith(" "):
        before = before[:-1]
    return before + replacement + after


def exchange(text: str, table: Mapping[str, str], chance: random.Random) -> str | None:
    """The text with one word of the table exchanged, or None if it has none."""
    found = [match for match in WORD.finditer(text) if match.group().lower() in table]
    if not found:
        return None
    match = chance.choice(found)
    return swap(text, match, table[match.group().lower()])


def one_of(text: str, choices: Sequence[str], chance: random.Random) -> str | None:
    """The text with one of the words exchanged for another of them, or None."""
    known = {choice.lower() for choice in choices}
    found = [match for match in WORD.finditer(text) if match.group().lower() in known]
    if not found:
        return None
    match = chance.choice(found)
    others = [choice for choice in choices if choice.lower() != match.group().lower()]
    return text[: match.start()] + chance.choice(others) + text[match.end() :]


def other_number(text: str, material: Material, chance: random.Random) -> str | None:
    """The text with one number, in digits or in words, exchanged; None if it has none."""
    found = [match for match in WORD.finditer(text) if match.group()[0].isdigit()]
    if found:
        match = chance.choice(found)
        return text[: match.start()] + turned(match.group(), chance) + text[match.end() :]
    return one_of(text, words.NUMBER_WORDS.get(language_of(material), ()), chance)


def turned(number: str, chance: random.Random) -> str:
    """Another number of the same look: digits turned round, or one digit changed."""
    if number != number[::-1] and not number.endswith("0") and chance.random() < 0.5:
        return number[::-1]
    first = chance.choice([digit for digit in "123456789" if digit != number[0]])
    return first + number[1:]
