"""What grounding returns: drafts that were proven, and reports on briefs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from dragoman.grounding.rules.base import Finding
from dragoman.schemas.brief import Rejected
from dragoman.schemas.draft import (
    Draft,
    DraftCorrection,
    DraftMeeting,
    DraftPosition,
    DraftWarning,
)
from dragoman.schemas.evidence import Evidence

ItemT = TypeVar("ItemT", bound=Draft)


@dataclass(frozen=True, slots=True)
class Proven(Generic[ItemT]):
    """A draft that holds, with its evidence.

    Attributes:
        draft: the draft, mended where it was not quite right.
        evidence: the cited sentences, in the article's order.
        findings: what was mended or remarked, and by which rule.
    """

    draft: ItemT
    evidence: tuple[Evidence, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Grounded:
    """All drafts of an article after they were held against it.

    Attributes:
        meetings: the meetings that hold.
        positions: the positions that hold.
        warnings: the warnings that hold.
        corrections: the corrections that hold.
        rejected: the drafts that were refused, each with the rule and the reason.
        notes: what a reader of the brief must know: details dropped, checks that could not run.
    """

    meetings: tuple[Proven[DraftMeeting], ...] = ()
    positions: tuple[Proven[DraftPosition], ...] = ()
    warnings: tuple[Proven[DraftWarning], ...] = ()
    corrections: tuple[Proven[DraftCorrection], ...] = ()
    rejected: tuple[Rejected, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What was found in a brief.

    Attributes:
        findings: everything that is wrong or worth a remark, in the order of the brief.
        items: how many items were checked.
        notes: which checks could not run, and why.
    """

    findings: tuple[Finding, ...]
    items: int
    notes: tuple[str, ...] = ()

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that make the brief wrong."""
        return tuple(finding for finding in self.findings if finding.severity == "error")

    @property
    def passed(self) -> bool:
        """Whether the brief holds. One in which nothing could be checked does not."""
        return self.items > 0 and not self.errors
