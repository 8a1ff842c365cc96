"""What every search for corrections yields: words at a place of the article, and the right ones."""

from __future__ import annotations

import bisect
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


class Claims:
    """Stretches of a text that are taken; who claims first, has it."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def claim(self, start: int, end: int) -> bool:
        """Take a stretch; false if a part of it was taken before."""
        place = bisect.bisect_left(self._starts, start)
        if place and self._ends[place - 1] > start:
            return False
        if place < len(self._starts) and end > self._starts[place]:
            return False
        self._starts.insert(place, start)
        self._ends.insert(place, end)
        return True
