"""What reading an article gives: drafts, and what could not be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from dragoman.errors import (
    AnswerError,
    BudgetError,
    DragomanError,
    RecordingError,
    RefusalError,
)
from dragoman.schemas.brief import Gap, Rejected
from dragoman.schemas.draft import Drafts


class Progress(NamedTuple):
    """How far a run has come."""

    done: int
    """Questions answered."""

    total: int
    """Questions there will be, as far as is known."""

    about: str
    """What is being read, for people."""


Notify = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What reading an article gives.

    Attributes:
        drafts: what was proposed.
        gaps: what was not read, and why; empty if all of it was.
        notes: what a reader of the brief must know.
        rejected: proposals that did not even have the right form.
        ended: whether the model could not be asked any more, so that no later question will do.
    """

    drafts: Drafts
    gaps: tuple[Gap, ...] = ()
    notes: tuple[str, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    ended: bool = False


class Losses:
    """Keeps what was read when a question fails, and says what is missing.

    A refusal costs the sentences it is about. Any other failure ends the reading: with the error
    itself if nothing was read yet, otherwise with a gap for all that is left.
    """

    def __init__(self, *, answered: int = 0, about: str = "") -> None:
        """Start without losses.

        Args:
            answered: questions that were answered before.
            about: what was asked, to begin the reason of each gap with.
        """
        self.gaps: list[Gap] = []
        self.answered = answered
        self.ended = False
        self._about = about

    def refused(self, sentences: Iterable[str], error: DragomanError) -> None:
        """Note a question that was not answered while others may be."""
        self._add(sentences, error)

    def stopped(self, sentences: Iterable[str], error: DragomanError) -> None:
        """Note that nothing more can be read.

        Raises:
            DragomanError: `error`, if nothing was read, or if a recording does not fit.
        """
        if isinstance(error, RecordingError) or (
            self.answered == 0 and not isinstance(error, BudgetError)
        ):
            raise error
        self.ended = True
        self._add(sentences, error)

    def _add(self, sentences: Iterable[str], error: DragomanError) -> None:
        ids = tuple(dict.fromkeys(sentences))
        if ids:
            self.gaps.append(Gap(sentences=ids, reason=f"{self._about}{error}"))


def is_local(error: DragomanError) -> bool:
    """Whether only one question is lost, so that reading can go on with the next."""
    return isinstance(error, RefusalError | AnswerError)
