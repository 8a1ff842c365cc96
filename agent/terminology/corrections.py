"""Corrections that need no model: from glossaries, names and the article's own other spellings."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from dragoman.schemas.draft import DraftCorrection
from dragoman.schemas.vocabulary import CorrectionKind
from dragoman.terminology.findings import Finding
from dragoman.terminology.glossary import Entry, Glossary, merge_glossaries
from dragoman.terminology.matching import FoldedText, Match, Matcher

if TYPE_CHECKING:
    from dragoman.article import Article


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
        house_style: whether the starter pack's preferred terms are applied, too, that are not
            wrong but another style; those of the user's own glossaries always are.

    Raises:
        GlossaryError: two of the glossaries contradict each other.
    """
    entries = merge_glossaries(glossaries, _builtin(house_style) if builtin else ())
    findings = _glossary_findings(article, entries)
    if builtin:
        from dragoman.terminology.names import name_findings
        from dragoman.terminology.roles import role_findings

        # A name of several words first, the glossary may know only a part of it.
        findings = [*role_findings(article), *name_findings(article), *findings]
    from dragoman.terminology.variants import variant_findings

    findings += variant_findings(article)
    return drafts(article, findings)


def _builtin(house_style: bool) -> Sequence[Entry]:
    from dragoman.terminology.builtin import builtin_entries

    entries = builtin_entries()
    if house_style:
        return entries
    return [entry for entry in entries if entry.kind != "preferred_term"]


def _glossary_findings(article: Article, entries: Sequence[Entry]) -> list[Finding]:
    matches = Matcher(entries, article.language).find(FoldedText(article.text))
    return [_finding(match) for match in matches]


def _finding(match: Match) -> Finding:
    entry = match.entry
    reason = entry.note or f"{entry.preferred!r} is preferred to {entry.term!r}"
    if entry.authority:
        reason = f"{reason} ({entry.authority})"
    return Finding(
        match.start, match.end, match.replacement, entry.kind, entry.impact, reason, "glossary",
        0.9,
    )  # fmt: skip


def drafts(article: Article, findings: Iterable[Finding]) -> tuple[DraftCorrection, ...]:
    """Findings as drafts: without noise and overlaps, the same ones joined, in text order.

    Where two findings overlap, the one that comes first in `findings` is kept.
    """
    starts = [sentence.start for sentence in article.sentences]
    joined: dict[tuple[str, str, CorrectionKind], tuple[Finding, list[str]]] = {}
    for finding in sorted(_without_overlaps(findings)):
        sentence = article.sentences[bisect.bisect_right(starts, finding.start) - 1]
        if sentence.noise is not None or finding.end > sentence.end:
            continue
        key = (article.text[finding.start : finding.end], finding.corrected, finding.kind)
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


def _without_overlaps(findings: Iterable[Finding]) -> list[Finding]:
    kept: list[Finding] = []
    for finding in findings:
        if all(finding.end <= other.start or other.end <= finding.start for other in kept):
            kept.append(finding)
    return kept
