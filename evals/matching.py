"""Matching: which item of a brief is which gold label.

Three things are decided here, each in one place: whether two names mean one actor
(`same_actor`), whether evidence overlaps (`overlaps`), and which pairs are formed when several
are possible (`assign`: the best one-to-one assignment, not the first that fits).
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from dragoman.evals.cases import GoldActor, GoldCorrection
    from dragoman.schemas.brief import Actor, Correction
    from dragoman.schemas.evidence import Evidence

# Determiners and forms of address in front of a name do not make another actor ("Der Westen",
# "the G7", "l'UE", "Mr Roe").
_BEFORE_NAMES = frozenset(
    [
        *("der", "die", "das", "den", "dem", "des", "the", "le", "la", "les"),
        *("ein", "eine", "einem", "einen", "einer", "eines", "a", "an", "un", "une"),
        *("herr", "herrn", "frau", "mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr.", "prof."),
    ]
)
_SHORT_FORM = re.compile(r"(?<=\w) \((?=[^)]*[A-Z][^)]*[A-Z])[\w&-]{2,10}\)$")
"""A short form in brackets behind the name it stands for: "Trade Union (TU)"."""
_POSSESSIVES = ("s", "'", "'s")
_TYPOGRAPHY = str.maketrans("‘’‚‛`´“”„‟«»‐‑‒–—", "''''''\"\"\"\"\"\"-----")


class Stretch(NamedTuple):
    """Offsets of a stretch of the article, in code points; `end` is exclusive."""

    start: int
    end: int


class Pair(NamedTuple):
    """Indices of a predicted and a gold item that belong together."""

    predicted: int
    gold: int


class Fit(NamedTuple):
    """How well a predicted item fits a gold item that it may be matched with."""

    agreements: int
    """How many attributes agree (act, addressee, status …)."""
    overlap: float
    """Share of the predicted evidence that the gold evidence covers, 0 to 1."""


def fold(text: str) -> str:
    """The text without what does not matter in comparing wordings.

    Case, white space, compatibility forms (NFKC) and the shape of quotation marks and dashes.
    """
    # Typography first: NFKC would take an acute accent for a space. Case folding can undo NFKC.
    plain = unicodedata.normalize("NFKC", text.translate(_TYPOGRAPHY)).casefold()
    return " ".join(unicodedata.normalize("NFKC", plain).split())


def fold_name(name: str) -> str:
    """Like `fold`, without what does not belong to a name.

    That is quotation marks around it, determiners and forms of address before it and a short form
    in brackets behind.
    """
    words = fold(_SHORT_FORM.sub("", name)).strip('".').removeprefix("l'").split()
    while len(words) > 1 and words[0] in _BEFORE_NAMES:
        words = words[1:]
    return " ".join(words)


def same_name(left: str, right: str) -> bool:
    """Whether two names are equal but for folding and a genitive ending ("Chinas", "Biden's")."""
    shorter, longer = sorted((fold_name(left), fold_name(right)), key=len)
    if shorter == longer:
        return True
    return len(shorter) > 1 and any(longer == shorter + ending for ending in _POSSESSIVES)


def same_actor(actor: Actor, gold: GoldActor) -> bool:
    """Whether an actor of a brief is the gold actor.

    It is, if its name is the gold name or one of the gold surface forms, or if more than half of
    its mentions are. A single shared mention is not enough: an entry that mixes up two actors
    would otherwise pass for both.
    """
    names = gold.names
    if any(same_name(actor.name, name) for name in names):
        return True
    known = sum(any(same_name(mention.exact, name) for name in names) for mention in actor.mentions)
    return 2 * known > len(actor.mentions)


def same_set(actors: Sequence[Actor], gold: Sequence[GoldActor]) -> bool:
    """Whether the actors are the gold actors, all of them and nobody else, in any order."""
    if len(actors) != len(gold):
        return False
    pairs = assign(
        len(actors),
        [False] * len(gold),
        lambda row, column: Fit(0, 0) if same_actor(actors[row], gold[column]) else None,
    )
    return len(pairs) == len(gold)


def occurrences(needle: str, text: str) -> tuple[Stretch, ...]:
    """Where `needle` stands in `text`, overlapping places too."""
    found: list[Stretch] = []
    start = text.find(needle) if needle else -1
    while start >= 0:
        found.append(Stretch(start, start + len(needle)))
        start = text.find(needle, start + 1)
    return tuple(found)


def word_occurrences(needle: str, text: str) -> tuple[Stretch, ...]:
    """Where `needle` stands as whole words, or, if it never does, wherever it stands.

    Whole words first, because "he" is to be found as a word and not in "the".
    """
    everywhere = occurrences(needle, text)
    whole = tuple(place for place in everywhere if _whole_words(place, text))
    return whole or everywhere


def _whole_words(place: Stretch, text: str) -> bool:
    def joined(at: int) -> bool:
        return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()

    return not joined(place.start) and not joined(place.end)


def overlaps(left: Stretch, right: Stretch) -> bool:
    """Whether two stretches share at least one character."""
    return left.start < right.end and right.start < left.end


def covered(evidence: Iterable[Evidence], gold: Sequence[Stretch]) -> float:
    """Share of evidence sentences that gold evidence overlaps; 0 means that none does."""
    hits = [
        any(overlaps(Stretch(item.start, item.end), place) for place in gold) for item in evidence
    ]
    return sum(hits) / len(hits) if hits else 0.0


def assign(
    predicted: int, optional: Sequence[bool], fit: Callable[[int, int], Fit | None]
) -> tuple[Pair, ...]:
    """The best one-to-one assignment of `predicted` items to gold items.

    Found with the algorithm of Jonker and Volgenant (`scipy.optimize.linear_sum_assignment`). Best
    means, in this order: as many required gold items hit as possible; as many of the remaining
    predictions as possible explained by optional gold items; most agreeing attributes; most
    overlap of evidence.

    Args:
        predicted: number of predicted items.
        optional: for each gold item, whether it is optional.
        fit: how well a predicted and a gold item (by index) fit; None if they may not be paired.
    """
    import numpy
    from scipy.optimize import linear_sum_assignment

    if not predicted or not optional:
        return ()
    # Each step outweighs all that lower steps can add up to: at most `size` pairs are formed, with
    # at most 8 agreements (and an overlap of at most 1) each.
    size = min(predicted, len(optional))
    agreement_step = 2 * size
    optional_step = agreement_step * (8 * size + 2)
    required_step = optional_step * (size + 2)
    worth = numpy.zeros((predicted, len(optional)))
    for row in range(predicted):
        for column, is_optional in enumerate(optional):
            fitting = fit(row, column)
            if fitting is not None:
                step = optional_step if is_optional else required_step
                worth[row, column] = step + agreement_step * fitting.agreements + fitting.overlap
    rows, columns = linear_sum_assignment(worth, maximize=True)
    return tuple(
        Pair(int(row), int(column))
        for row, column in zip(rows, columns, strict=True)
        if worth[row, column] > 0
    )


def correction_places(correction: Correction, text: str) -> tuple[Stretch, ...]:
    """Where a brief's correction strikes: its original wording within its evidence."""
    return tuple(
        Stretch(evidence.start + place.start, evidence.start + place.end)
        for evidence in correction.evidence
        for place in word_occurrences(correction.original, text[evidence.start : evidence.end])
    )


def hits_span(correction: Correction, gold: GoldCorrection, text: str) -> bool:
    """Whether a correction strikes words that the gold correction is about."""
    targets = [place for span in gold.spans for place in word_occurrences(span, text)]
    return any(
        overlaps(place, target)
        for place in correction_places(correction, text)
        for target in targets
    )


def accepted_wording(correction: Correction, gold: GoldCorrection, text: str) -> bool:
    """Whether a correction that strikes the right words also sets them right.

    It does, if it replaces one of the gold spans by one of the accepted wordings, or if the article
    reads the same after it as after the gold correction: "Kreig" to "Krieg" is the same as "der
    Kreig" to "der Krieg", although neither the spans nor the wordings are equal. A gold correction
    without an accepted wording (nobody can know it) is met by an empty one.
    """
    wordings = gold.accepted or ("",)
    if not correction.corrected.strip():
        return any(not wording.strip() for wording in wordings)
    original, proposed = fold(correction.original), fold(correction.corrected)
    if any(original == fold(span) for span in gold.spans) and any(
        proposed == fold(wording) for wording in wordings
    ):
        return True
    return any(
        _reads_the_same(text, place, correction.corrected, target, wording)
        for place in correction_places(correction, text)
        for span in gold.spans
        for target in word_occurrences(span, text)
        if overlaps(place, target)
        for wording in wordings
    )


def _reads_the_same(
    text: str, place: Stretch, corrected: str, target: Stretch, wording: str
) -> bool:
    start, end = min(place.start, target.start), max(place.end, target.end)
    proposed = text[start : place.start] + corrected + text[place.end : end]
    expected = text[start : target.start] + wording + text[target.end : end]
    return fold(proposed) == fold(expected)
