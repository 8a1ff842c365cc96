"""Compares claimed words with the article's, word by word, and weighs every difference.

A difference is critical when it can change who, what, how many, when, whether or how surely:
a negation, number, date, name, modal word, or a word of support or refusal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple

from rapidfuzz.distance import Levenshtein

from dragoman.grounding.lexicon import Lexicon
from dragoman.grounding.names import stem
from dragoman.grounding.words import Word

DifferenceKind = Literal[
    "negation", "number", "date", "name", "modality", "polarity", "wording", "inflection"
]

_TOO_LONG = 4000
"""Words beyond which no word-by-word comparison is made, to bound time and memory."""


class Edit(NamedTuple):
    """A stretch where claim and article differ: index ranges on both sides."""

    claim_start: int
    claim_end: int
    source_start: int
    source_end: int
    edge: bool = False
    """Whether it is before or after all that agrees; then the article's words are a guess."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference and what kind of meaning it touches."""

    kind: DifferenceKind
    claimed: str
    source: str

    @property
    def critical(self) -> bool:
        """Whether it can change what the text says."""
        return self.kind not in {"wording", "inflection"}

    def __str__(self) -> str:
        if not self.claimed:
            return f"{self.kind}: left out {self.source!r}"
        if not self.source:
            return f"{self.kind}: added {self.claimed!r}"
        return f"{self.kind}: {self.claimed!r} instead of {self.source!r}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Claimed words laid beside a stretch of the article's words.

    Attributes:
        matched: how many claimed words the stretch has in the same order.
        start: index of the stretch's first word in the article's words.
        end: index after its last word.
        edits: where the two differ, indices into the claim and the article's words.
    """

    matched: int
    start: int
    end: int
    edits: tuple[Edit, ...]

    def shifted(self, offset: int) -> Comparison:
        """The same comparison where the article's words are counted from further ahead."""
        edits = (
            edit._replace(
                source_start=edit.source_start + offset, source_end=edit.source_end + offset
            )
            for edit in self.edits
        )
        return Comparison(self.matched, self.start + offset, self.end + offset, tuple(edits))


def compare(claim: Sequence[Word], source: Sequence[Word]) -> Comparison | None:
    """Lay `claim` beside the stretch of `source` that fits best; None if nothing fits.

    Takes time in proportion to the product of both lengths (bit-parallel); nothing is compared
    where either is longer than 4,000 words.
    """
    if not claim or not source or max(len(claim), len(source)) > _TOO_LONG:
        return None
    source_keys = [word.key for word in source]
    claim_keys = [word.key for word in claim]
    codes = Levenshtein.opcodes(claim_keys, source_keys)
    blocks = [
        (code.src_start, code.dest_start, code.src_end - code.src_start)
        for code in codes
        if code.tag == "equal"
    ]
    blocks = _without_strays(blocks)
    if not blocks:
        return None
    return _comparison(blocks, len(claim), len(source))


def _without_strays(blocks: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Drop short matches at either end that lie far from the rest: chance, not correspondence."""
    while len(blocks) > 1:
        gap = blocks[1][1] - (blocks[0][1] + blocks[0][2])
        claim_gap = blocks[1][0] - (blocks[0][0] + blocks[0][2])
        if gap - claim_gap <= 6 + 4 * blocks[0][2]:
            break
        blocks = blocks[1:]
    while len(blocks) > 1:
        gap = blocks[-1][1] - (blocks[-2][1] + blocks[-2][2])
        claim_gap = blocks[-1][0] - (blocks[-2][0] + blocks[-2][2])
        if gap - claim_gap <= 6 + 4 * blocks[-1][2]:
            break
        blocks = blocks[:-1]
    return blocks


def _comparison(
    blocks: list[tuple[int, int, int]], claim_length: int, source_length: int
) -> Comparison:
    edits = []
    first, last = blocks[0], blocks[-1]
    if first[0] > 0:
        edits.append(Edit(0, first[0], max(0, first[1] - first[0]), first[1], edge=True))
    for before, after in pairwise(blocks):
        edit = Edit(before[0] + before[2], after[0], before[1] + before[2], after[1])
        edits.append(edit)
    end_claim, end_source = last[0] + last[2], last[1] + last[2]
    if end_claim < claim_length:
        end = min(source_length, end_source + claim_length - end_claim)
        edits.append(Edit(end_claim, claim_length, end_source, end, edge=True))
    return Comparison(sum(block[2] for block in blocks), first[1], end_source, tuple(edits))


IsName = Callable[[Word], bool]


def weigh(
    claimed: Sequence[Word],
    source: Sequence[Word],
    lexicon: Lexicon,
    is_name: IsName,
    known: Container[str] = (),
) -> tuple[Difference, ...]:
    """What the exchange of `source` for `claimed` changes, the gravest first.

    Args:
        claimed: the words of the claim.
        source: the words of the article in their place.
        lexicon: the words that must be weighed.
        is_name: tells names from other words.
        known: stems of names that may be added, since they stand in the evidence elsewhere.
    """
    return tuple(_differences(claimed, source, lexicon, is_name, known))


def _differences(
    claimed: Sequence[Word],
    source: Sequence[Word],
    lexicon: Lexicon,
    is_name: IsName,
    known: Container[str],
) -> Iterator[Difference]:
    extra, missing = _unmatched(claimed, source, lexicon)
    if not extra and not missing:
        yield Difference("inflection", _text(claimed), _text(source))
        return
    found = False
    for kind, feature in _FEATURES:
        ours = Counter(filter(None, (feature(word, lexicon) for word in extra)))
        theirs = Counter(filter(None, (feature(word, lexicon) for word in missing)))
        if ours != theirs:
            found = True
            yield Difference(
                kind,
                _text(word for word in extra if feature(word, lexicon)),
                _text(word for word in missing if feature(word, lexicon)),
            )
    if any(lexicon.opposed(one.key, other.key) for one in extra for other in missing):
        found = True
        yield Difference("polarity", _text(extra), _text(missing))
    exchanged = _exchanged_names(extra, missing, lexicon, is_name, known)
    if exchanged is not None:
        found = True
        yield exchanged
    if not found:
        yield Difference("wording", _text(extra), _text(missing))


def _exchanged_names(
    extra: Sequence[Word],
    missing: Sequence[Word],
    lexicon: Lexicon,
    is_name: IsName,
    known: Container[str],
) -> Difference | None:
    """A name put in the place of another, or added though the evidence does not have it."""
    lost = [word for word in missing if is_name(word)]
    names = [word for word in extra if is_name(word)]
    if lost and not names:
        before = (None, *extra)
        names = [
            word for prior, word in zip(before, extra, strict=False) if _bare(word, prior, lexicon)
        ]
    if (lost and names) or any(stem(word.text) not in known for word in names):
        return Difference("name", _text(names), _text(lost))
    return None


def _bare(word: Word, before: Word | None, lexicon: Lexicon) -> bool:
    """Whether a capitalised word stands without an article or adjective, as names do."""
    if not word.capital or word.key in lexicon.function:
        return False
    return before is None or before.capital or before.key in lexicon.prepositions


def _unmatched(
    claimed: Sequence[Word], source: Sequence[Word], lexicon: Lexicon
) -> tuple[list[Word], list[Word]]:
    """The words of either side without a partner of the same kind on the other."""
    theirs = Counter(_kin(word, lexicon) for word in source)
    ours = Counter(_kin(word, lexicon) for word in claimed)
    extra = [word for word in claimed if not _consume(theirs, _kin(word, lexicon))]
    missing = [word for word in source if not _consume(ours, _kin(word, lexicon))]
    return extra, missing


def _kin(word: Word, lexicon: Lexicon) -> str:
    """What a word shares with its other inflections, or a number with its other writings."""
    return _number(word, lexicon) or stem(word.text)


def _consume(counts: Counter[str], key: str) -> bool:
    if counts[key] == 0:
        return False
    counts[key] -= 1
    return True


def _text(words: Iterable[Word]) -> str:
    return " ".join(word.text for word in words)


def _negation(word: Word, lexicon: Lexicon) -> str | None:
    return "negation" if word.key in lexicon.negations else None


def number_keys(word: Word, lexicon: Lexicon) -> frozenset[str]:
    """The values a word can stand for as a number: empty where it is none.

    "1.000" is a thousand in one language and one in another, so both readings are given.
    """
    if word.key in lexicon.numbers:
        return frozenset({str(lexicon.numbers[word.key])})
    if word.key in lexicon.magnitudes:
        return frozenset({f"e{lexicon.magnitudes[word.key]}"})
    if not word.number:
        return frozenset()
    digits = word.text
    if digits.isdigit():
        return frozenset({digits.lstrip("0") or "0"})
    parts = digits.replace(",", ".").replace(":", ".").split(".")
    readings = {".".join(parts)}
    if all(len(part) == 3 for part in parts[1:]):
        readings.add("".join(parts).lstrip("0") or "0")
    return frozenset(readings)


def _number(word: Word, lexicon: Lexicon) -> str | None:
    keys = number_keys(word, lexicon)
    return max(keys) if keys else None


def _date(word: Word, lexicon: Lexicon) -> str | None:
    if word.key in lexicon.modality:
        return None  # "may" is a modal verb more often than a month
    return lexicon.date_key(word.key)


def _modality(word: Word, lexicon: Lexicon) -> str | None:
    return lexicon.modality.get(word.key)


def _polarity(word: Word, lexicon: Lexicon) -> str | None:
    sign = lexicon.polarity(word.key)
    return {1: "support", -1: "refusal", 0: None}[sign]


_FEATURES: tuple[tuple[DifferenceKind, Callable[[Word, Lexicon], str | None]], ...] = (
    ("negation", _negation),
    ("number", _number),
    ("date", _date),
    ("modality", _modality),
    ("polarity", _polarity),
)


def trait(kind: DifferenceKind, word: Word, lexicon: Lexicon) -> str | None:
    """What a word contributes to one kind of meaning: its modal class, say; None if nothing."""
    return next((of(word, lexicon) for name, of in _FEATURES if name == kind), None)
