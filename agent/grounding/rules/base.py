"""What a rule is, and what it says when it is broken."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from dragoman.grounding.claims import Claim
from dragoman.grounding.context import Context
from dragoman.schemas.vocabulary import ItemKind

Severity = Literal["error", "warning", "note"]
"""Errors refuse an item; warnings are shown; notes tell of mere typography."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule says about one item.

    Attributes:
        rule: id of the rule.
        severity: how grave it is.
        item: id or number of the item.
        field: field of the item that is wrong.
        message: what is wrong, in words; ends without a full stop.
        nearest: id of the sentence that comes nearest to what was claimed.
        mend: new values of fields of the claim with which the item would be right.
    """

    rule: str
    severity: Severity
    item: str
    field: str
    message: str
    nearest: str | None = None
    mend: Mapping[str, object] | None = None


class Rule(ABC):
    """One condition every item must meet. Rules are applied in order; each sees earlier mends."""

    id: ClassVar[str]
    severity: ClassVar[Severity] = "error"
    kinds: ClassVar[frozenset[ItemKind]]
    foreign: ClassVar[bool] = True
    """Whether it also applies where statements are in another language than the article."""

    @abstractmethod
    def check(self, claim: Claim, context: Context) -> Iterator[Finding]:
        """What is wrong with the claim by this rule; nothing if it holds."""

    def finding(
        self,
        claim: Claim,
        field: str,
        message: str,
        *,
        nearest: str | None = None,
        mend: Mapping[str, object] | None = None,
        severity: Severity | None = None,
    ) -> Finding:
        """A finding of this rule."""
        return Finding(
            self.id, severity or self.severity, claim.label, field, message, nearest, mend
        )


STATED: frozenset[ItemKind] = frozenset({"position", "warning"})
"""Kinds of items with a speaker, a statement and perhaps a quote."""

EVENTS: frozenset[ItemKind] = STATED | {"meeting"}

ALL: frozenset[ItemKind] = EVENTS | {"correction"}
