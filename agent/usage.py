"""What a run of questions has cost: requests, attempts, retries and tokens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True, slots=True)
class Usage:
    """Cost of the questions put so far, failed attempts among them."""

    requests: int = 0
    """Questions put to the model."""

    attempts: int = 0
    """HTTP requests sent."""

    retries: Mapping[str, int] = field(default_factory=dict)
    """Attempts that were not the first one of their question, by the cause of the repetition."""

    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    """Those of the input tokens that the endpoint had in its prefix cache."""

    mode: str | None = None
    """How structured answers are asked for; None while no such question was put."""

    prompts: Mapping[str, str] = field(default_factory=dict)
    """Versions of the prompts used, by name."""


@dataclass(slots=True)
class Meter:
    """Counts while a run goes on."""

    requests: int = 0
    attempts: int = 0
    retries: Counter[str] = field(default_factory=Counter)
    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    estimated_tokens: int = 0
    """Estimate for answers that came without a count. It serves the budget and is not reported."""
    prompts: dict[str, str] = field(default_factory=dict)

    def snapshot(self, mode: str | None) -> Usage:
        """The counts as they stand now."""
        return Usage(
            requests=self.requests,
            attempts=self.attempts,
            retries=dict(sorted(self.retries.items())),
            input_tokens=self.input_tokens,
            output_tokens=self.output_tokens,
            cached_tokens=self.cached_tokens,
            mode=mode,
            prompts=dict(sorted(self.prompts.items())),
        )
