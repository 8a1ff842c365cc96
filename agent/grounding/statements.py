"""Holds a statement against its evidence: word for word where it can, by its content otherwise.

A statement that keeps most words of a stretch of its evidence is compared with that stretch word
by word. Any other is a paraphrase: then its numbers, dates and names must occur in the evidence,
and negation, polarity and modality must agree with the clause it is nearest to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar

from dragoman.grounding.comparison import (
    Comparison,
    Difference,
    DifferenceKind,
    compare,
    number_keys,
    trait,
    weigh,
)
from dragoman.grounding.context import Context
from dragoman.grounding.lexicon import Lexicon
from dragoman.grounding.names import stem
from dragoman.grounding.words import Word

_CLOSE = 0.7
"""Share of the statement's words in the evidence, in order, to take it for an extract."""
_VERY_CLOSE = 0.85
"""Share from which an extract is put right by the article's words where one was exchanged."""
_FEWEST = 4
_LONGEST_OMISSION = 3
"""Words an extract may leave out in one place before they count as a clause of their own."""
_PREFIX = 5
"""Letters by which the words of a paraphrase are recognised: relatives share their beginning."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a statement compares with its evidence.

    Attributes:
        extract: whether it follows the evidence's words closely.
        differences: what differs, critical or not.
        coverage: share of its content words that occur in the evidence, 0 to 1.
        mended: the article's words for a very close extract with exchanged words, as indices
            into the evidence's words; None otherwise.
    """

    extract: bool
    differences: tuple[Difference, ...]
    coverage: float
    mended: tuple[int, int] | None = None


def read(
    statement: Sequence[Word], evidence: Sequence[Word], allowed: Iterable[Word], context: Context
) -> Reading:
    """Compare a statement, in the article's language, with its evidence.

    Args:
        statement: the words of the statement.
        evidence: the words of the cited sentences, in order.
        allowed: further words that names of the statement may come from: the forms of the
            item's parties and what pronouns of the evidence stand for.
        context: the article.
    """
    coverage = _coverage(statement, evidence, context.lexicon)
    comparison = _best(statement, evidence)
    known = {stem(word.text) for word in (*evidence, *allowed)}
    if comparison and _close(comparison, statement):
        differences = tuple(_extract_differences(comparison, statement, evidence, known, context))
        whole = comparison.matched / len(statement) >= _VERY_CLOSE
        exchanged = any(
            d.kind == "wording" and any(stem(part) not in known for part in d.claimed.split())
            for d in differences
        )
        mended = (comparison.start, comparison.end) if whole and exchanged else None
        return Reading(True, differences, coverage, mended)
    differences = (
        *unproven_numbers(statement, evidence, context.lexicon, context.lexicon),
        *_unproven_names(statement, known, context),
        *_paraphrase_differences(statement, evidence, context.lexicon),
    )
    return Reading(False, differences, coverage)


def _best(statement: Sequence[Word], evidence: Sequence[Word]) -> Comparison | None:
    """The comparison with the sentence, or all of them together, that fits best."""
    by_sentence = [tuple(group) for _, group in groupby(evidence, key=lambda word: word.sentence)]
    best: Comparison | None = None
    offset = 0
    for words, start in [*_with_offsets(by_sentence), (tuple(evidence), 0)]:
        found = compare(statement, words)
        if found is not None and (best is None or _fit(found) > _fit(best)):
            best, offset = found, start
    return None if best is None else best.shifted(offset)


def _with_offsets(groups: Iterable[tuple[Word, ...]]) -> Iterator[tuple[tuple[Word, ...], int]]:
    offset = 0
    for group in groups:
        yield group, offset
        offset += len(group)


def _fit(comparison: Comparison) -> tuple[int, int]:
    return comparison.matched, -len(comparison.edits)


def _close(comparison: Comparison, statement: Sequence[Word]) -> bool:
    share = comparison.matched / len(statement)
    if len(statement) < _FEWEST:
        return share == 1
    return share >= _CLOSE and comparison.matched >= _FEWEST - 1


def _extract_differences(
    comparison: Comparison,
    statement: Sequence[Word],
    evidence: Sequence[Word],
    known: set[str],
    context: Context,
) -> Iterator[Difference]:
    lexicon = context.lexicon
    is_name = context.namer(statement)
    moved = _Moved(comparison, statement, evidence, lexicon)
    for edit in comparison.edits:
        claimed = statement[edit.claim_start : edit.claim_end]
        source = evidence[edit.source_start : edit.source_end]
        if len(source) - len(claimed) > _LONGEST_OMISSION:
            source = [word for word in source if word.key in lexicon.negations]
            if not claimed and not source:
                continue
        differences = weigh(claimed, source, lexicon, is_name, known)
        if _refused_outside(comparison, evidence, lexicon):
            differences = tuple(d for d in differences if d.kind != "negation" or d.source)
        yield from (
            difference
            for difference in differences
            if not (edit.edge and not difference.claimed)
            and not moved.explains(difference, claimed, source)
            and not _harmless(difference, statement, claimed, source, context)
        )
    if comparison.start > 0:
        before, first = evidence[comparison.start - 1], evidence[comparison.start]
        same_clause = before.sentence == first.sentence and before.clause == first.clause
        if same_clause and before.key in lexicon.negations:
            yield Difference("negation", "", before.text)


def _harmless(
    difference: Difference,
    statement: Sequence[Word],
    claimed: Sequence[Word],
    source: Sequence[Word],
    context: Context,
) -> bool:
    """Whether an extract may differ in this way and still say nothing false.

    It may leave out a number, a date, a word of support or a plain future, put another name of
    the same party, spell a name a little differently, and hope for what is hoped to be possible.
    """
    lexicon = context.lexicon
    if difference.kind == "name":
        return context.same_name(claimed, source)
    if difference.claimed:
        return difference.kind == "modality" and not difference.source and _plain(claimed, lexicon)
    if difference.kind in {"number", "date"}:
        return True
    if difference.kind == "polarity":
        return all(lexicon.polarity(word.key) >= 0 for word in source)
    if difference.kind == "modality":
        return _plain(source, lexicon) or any(word.key in lexicon.attitudes for word in statement)
    return False


def _plain(words: Sequence[Word], lexicon: Lexicon) -> bool:
    """Whether the modal words among these say no more than the tense of a verb would."""
    return all(lexicon.modality.get(word.key) in (None, "certain") for word in words)


class _Moved:
    """Critical words that were not added or dropped, but stand in another place.

    "He throws it out" for "it was thrown out by him": the order of words is the statement's own.
    """

    _KINDS: ClassVar[frozenset[DifferenceKind]] = frozenset({"negation", "modality", "polarity"})

    def __init__(
        self,
        comparison: Comparison,
        statement: Sequence[Word],
        evidence: Sequence[Word],
        lexicon: Lexicon,
    ) -> None:
        self._lexicon = lexicon
        edits = comparison.edits
        here = {word.sentence for word in evidence[comparison.start : comparison.end]}
        outside = (*evidence[: comparison.start], *evidence[comparison.end :])
        self._left = [word for word in outside if word.sentence in here]
        self._left += [w for e in edits for w in evidence[e.source_start : e.source_end]]
        self._added = [w for e in edits for w in statement[e.claim_start : e.claim_end]]

    def explains(
        self, difference: Difference, claimed: Sequence[Word], source: Sequence[Word]
    ) -> bool:
        """Whether a word added here was left out elsewhere, or the other way round."""
        kind = difference.kind
        if kind not in self._KINDS or bool(difference.claimed) == bool(difference.source):
            return False
        changed, others = (claimed, self._left) if difference.claimed else (source, self._added)
        wanted = {trait(kind, word, self._lexicon) for word in changed} - {None}
        return bool(wanted) and wanted <= {trait(kind, word, self._lexicon) for word in others}


def _refused_outside(comparison: Comparison, evidence: Sequence[Word], lexicon: Lexicon) -> bool:
    """Whether the evidence refuses or denies what the statement takes from it.

    "He denied that shots were fired" may be stated as "No shots were fired".
    """
    here = {word.sentence for word in evidence[comparison.start : comparison.end]}
    outside = (*evidence[: comparison.start], *evidence[comparison.end :])
    return any(lexicon.polarity(word.key) < 0 for word in outside if word.sentence in here)


def _coverage(statement: Sequence[Word], evidence: Sequence[Word], lexicon: Lexicon) -> float:
    content = [word for word in statement if word.key not in lexicon.function]
    if not content:
        return 1.0
    known = {relative(word) for word in evidence}
    return sum(relative(word) in known for word in content) / len(content)


def relative(word: Word) -> str:
    """The beginning that a word shares with its relatives ("support", "supporters")."""
    key = word.key
    for prefix in ("ge", "be", "ver", "er"):
        if key.startswith(prefix) and len(key) > len(prefix) + _PREFIX:
            key = key.removeprefix(prefix)
            break
    return key[:_PREFIX]


def unproven_numbers(
    statement: Sequence[Word], evidence: Sequence[Word], ours: Lexicon, theirs: Lexicon
) -> Iterator[Difference]:
    """Numbers and dates of the statement that its evidence does not have."""
    proven = {key for word in evidence for key in number_keys(word, theirs)}
    dates = {theirs.date_key(word.key) for word in evidence}
    for word in statement:
        keys = number_keys(word, ours)
        if keys and not keys & proven and not (keys & {"1"}) and not _year(word, proven):
            yield Difference("number", word.text, "")
        date = None if word.key in ours.modality else ours.date_key(word.key)
        if date and date not in dates:
            yield Difference("date", word.text, "")


def _year(word: Word, proven: set[str]) -> bool:
    """Whether a year is proven by its last two digits: 1992 by '92."""
    return (
        len(word.text) == len("1992")
        and word.text[:2] in {"19", "20"}
        and (word.text[2:].lstrip("0") in proven)
    )


def _unproven_names(
    statement: Sequence[Word], names: set[str], context: Context
) -> Iterator[Difference]:
    is_name = context.namer(statement)
    for word in statement:
        if not is_name(word) or stem(word.text) in names or context.spelled_like(word, names):
            continue
        if word.initial and word.key in context.lexicon.function:
            continue
        if context.lexicon.date_key(word.key) or number_keys(word, context.lexicon):
            continue
        yield Difference("name", word.text, "")


def _paraphrase_differences(
    statement: Sequence[Word], evidence: Sequence[Word], lexicon: Lexicon
) -> Iterator[Difference]:
    clause = _nearest_clause(statement, evidence, lexicon)
    negative = [word for word in statement if _negative(word, lexicon)]
    if negative and not any(_negative(word, lexicon) for word in evidence):
        explicit = [word for word in negative if word.key in lexicon.negations]
        if explicit:
            yield Difference("negation", _text(explicit), "")
    if clause:
        lost = [word for word in clause if word.key in lexicon.negations]
        if lost and not negative:
            yield Difference("negation", "", _text(lost))
        hedges = [word for word in clause if word.key in lexicon.hedges]
        hedged = any(
            lexicon.modality.get(word.key) == "possible" or word.key in lexicon.attitudes
            for word in statement
        )
        if hedges and not hedged:
            yield Difference("modality", "", _text(hedges))
    yield from _turned_polarity(statement, evidence, lexicon)


def _turned_polarity(
    statement: Sequence[Word], evidence: Sequence[Word], lexicon: Lexicon
) -> Iterator[Difference]:
    ours = _stance(statement, lexicon)
    theirs = _stance(evidence, lexicon)
    if (
        ours
        and theirs
        and ours.isdisjoint(theirs)
        and not (any(word.key in lexicon.negations for word in (*statement, *evidence)))
    ):
        yield Difference(
            "polarity",
            _text(word for word in statement if lexicon.polarity(word.key)),
            _text(word for word in evidence if lexicon.polarity(word.key)),
        )


def _stance(words: Iterable[Word], lexicon: Lexicon) -> set[int]:
    return {sign for word in words if (sign := lexicon.polarity(word.key))}


def _negative(word: Word, lexicon: Lexicon) -> bool:
    return word.key in lexicon.negations or word.key in lexicon.refusal


def _nearest_clause(
    statement: Sequence[Word], evidence: Sequence[Word], lexicon: Lexicon
) -> tuple[Word, ...]:
    """The clause of the evidence that holds most of the statement's content, or nothing."""
    content = {relative(word) for word in statement if word.key not in lexicon.function}
    shared = Counter((word.sentence, word.clause) for word in evidence if relative(word) in content)
    if not shared or not content:
        return ()
    place, count = shared.most_common(1)[0]
    if count < max(2, 0.6 * len(content)):
        return ()
    return tuple(word for word in evidence if (word.sentence, word.clause) == place)


def _text(words: Iterable[Word]) -> str:
    return " ".join(word.text for word in words)
