"""All rules, in the order in which they are applied."""

from __future__ import annotations

from dragoman.grounding.rules.base import Finding, Rule, Severity
from dragoman.grounding.rules.corrections import CorrectionDiffers, CorrectionOriginal
from dragoman.grounding.rules.evidence import (
    EvidenceExists,
    EvidenceNotNoise,
    EvidenceVerbatim,
)
from dragoman.grounding.rules.meetings import (
    MeetingDate,
    MeetingPartiesNamed,
    MeetingPlace,
    MeetingReported,
    MeetingStatus,
    MeetingTwoParties,
)
from dragoman.grounding.rules.quotes import (
    QuoteEvidence,
    QuoteInMarks,
    QuoteNotNoise,
    QuoteOneSpeaker,
    QuoteSpeaker,
    QuoteVerbatim,
)
from dragoman.grounding.rules.speakers import (
    ReporterNamed,
    SpeakerNamed,
    SpeakerSpeaks,
    TargetDiffers,
    TargetNamed,
)
from dragoman.grounding.rules.statements import (
    StatementDates,
    StatementModality,
    StatementNames,
    StatementNegation,
    StatementNumbers,
    StatementPolarity,
    StatementSupported,
    StatementWording,
)

RULES: tuple[Rule, ...] = (
    EvidenceExists(),
    EvidenceNotNoise(),
    EvidenceVerbatim(),
    QuoteNotNoise(),
    QuoteInMarks(),
    QuoteOneSpeaker(),
    QuoteVerbatim(),
    QuoteSpeaker(),
    QuoteEvidence(),
    SpeakerNamed(),
    SpeakerSpeaks(),
    TargetDiffers(),
    TargetNamed(),
    ReporterNamed(),
    StatementSupported(),
    StatementNegation(),
    StatementNumbers(),
    StatementDates(),
    StatementNames(),
    StatementModality(),
    StatementPolarity(),
    StatementWording(),
    MeetingTwoParties(),
    MeetingPartiesNamed(),
    MeetingReported(),
    MeetingStatus(),
    MeetingPlace(),
    MeetingDate(),
    CorrectionOriginal(),
    CorrectionDiffers(),
)
"""Every rule once. Evidence comes first: later rules read only sentences that exist."""

__all__ = ["RULES", "Finding", "Rule", "Severity"]
