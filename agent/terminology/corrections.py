"""Corrections that need no model: from glossaries, names and the article's own other spellings."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from dragoman.schemas.draft import DraftCorrection
from dragoman.schemas.vocabulary import CorrectionKind
from dragoman.terminology.findings import Claims, Finding
from dragoman.terminology.glossary import Entry, Glossary, merge_glossaries
from dragoman.terminology.matching import FoldedText, Match, Matcher

if TYPE_CHECKING:
    from dragoman.article import Article

_TERRITORIES = "CLDR"
"""The authority that prescribes a language's territory names, by the codebook."""


def find_corrections(
    article: Article,
    glossaries: Sequence[Glossary] = (),
    *,
    builtin: bool = True,
    house_style: bool = False,
) -> tuple[DraftCorrection, ...]:
    """Corrections for an article without asking a model, in the order of the text.

    Noise is never looked at. The same words corrected in the same way are one correction that
    cites every sentence they stand in.

    Args:
        article: the article.
        glossaries: the user's own; they come before the built-in one.
        builtin: whether the starter pack is used as well.
        house_style: whether all preferred terms of the starter pack are applied. By default
            only territory names that CLDR no longer has are; those of the user's own glossaries
            always are.

    Raises:
        GlossaryError: two of the glossaries contradict each other.
    """
    from dragoman.terminology.variants import variant_findings

    own, others = _glossary_findings(article, glossaries, _builtin(house_style) if builtin else ())
    findings = own
    if builtin:
        from dragoman.terminology.names import name_findings
        from dragoman.terminology.roles import role_findings

        # A name of several words first, the starter pack's terms may hold only a part of it.
        findings = [*own, *role_findings(article), *name_findings(article), *others]
    return drafts(article, [*findings, *variant_findings(article)])


def _builtin(house_style: bool) -> Sequence[Entry]:
    from dragoman.terminology.builtin import builtin_entries

    entries = builtin_entries()
    if house_style:
        return entries
    return [
        entry
        for entry in entries
        if entry.kind != "preferred_term" or entry.authority.startswith(_TERRITORIES)
    ]


def _glossary_findings(
    article: Article, glossaries: Sequence[Glossary], builtin: Sequence[Entry]
) -> tuple[list[Finding], list[Finding]]:
    """What the user's own glossaries say, approved terms too, and what the starter pack says."""
    own = {entry for glossary in glossaries for entry in glossary.entries}
    matcher = Matcher(merge_glossaries(glossaries, builtin), article.language)
    matches = matcher.find_all(FoldedText(article.text))
    return (
        [_finding(match, 1.0) for match in matches if match.entry in own],
        [_finding(match, 0.9) for match in matches if match.entry not in own],
    )


def _finding(match: Match, confidence: float) -> Finding:
    entry = match.entry
    reason = entry.note or f"{entry.preferred!r} is preferred to {entry.term!r}"
    if entry.authority:
        reason = f"{reason} ({entry.authority})"
    return Finding(
        match.start, match.end, match.replacement, entry.kind, entry.impact, reason, "glossary",
        confidence,
    )  # fmt: skip


def drafts(article: Article, findings: Iterable[Finding]) -> tuple[DraftCorrection, ...]:
    """Findings as drafts: without noise and overlaps, the same ones joined, in text order.

    Where two findings overlap, the one that comes first in `findings` is kept. One that leaves
    the words as they are only keeps others away from them.
    """
    starts = [sentence.start for sentence in article.sentences]
    claims = Claims()
    joined: dict[tuple[str, str, CorrectionKind], tuple[Finding, list[str]]] = {}
    for finding in sorted(one for one in findings if claims.claim(one.start, one.end)):
        sentence = article.sentences[bisect.bisect_right(starts, finding.start) - 1]
        original = article.text[finding.start : finding.end]
        if sentence.noise is not None or finding.end > sentence.end:
            continue
        if original == finding.corrected:
            continue
        key = (original, finding.corrected, finding.kind)
        ids = joined.setdefault(key, (finding, []))[1]
        if sentence.id not in ids:
            ids.append(sentence.id)
    return tuple(
        DraftCorrection(
            sentences=tuple(ids),
            confidence=finding.confidence,
            original=original,
            corrected=corrected,
            kind=kind,
            impact=finding.impact,
            reason=finding.reason,
            origin=finding.origin,
        )
        for (original, corrected, kind), (finding, ids) in joined.items()
    )
