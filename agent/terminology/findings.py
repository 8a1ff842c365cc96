"""What every search for corrections yields: words at a place of the article, and the right ones."""

from __future__ import annotations

from typing import NamedTuple

from dragoman.schemas.vocabulary import CorrectionKind, Impact, Origin


class Finding(NamedTuple):
    """Words at a place of the article, and what they should be."""

    start: int
    end: int
    corrected: str
    """Empty where the right word cannot be known."""
    kind: CorrectionKind
    impact: Impact
    reason: str
    origin: Origin
    confidence: float | None = None
