"""What the evidence says of a meeting: that it was held, is to come, will not be, is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.grounding.lexicon import Lexicon, Stems
from dragoman.grounding.words import Word


@dataclass(frozen=True, slots=True)
class Signs:
    """What words around the meeting say of its status."""

    past: bool = False
    future: bool = False
    cancelled: bool = False
    postponed: bool = False
    called_for: bool = False


def tells_of_meeting(words: Sequence[Word], lexicon: Lexicon) -> bool:
    """Whether the words tell of an encounter at all."""
    return any(lexicon.meeting_words.within(word.key) for word in words)


def signs(words: Sequence[Word], lexicon: Lexicon) -> Signs:
    """What one sentence says of the status, by the clauses in and before which it tells of one."""
    if not lexicon.known:
        return Signs(True, True, True, True, True)
    clauses = {word.clause for word in words if lexicon.meeting_words.within(word.key)}
    near = [word for word in words if word.clause in clauses or word.clause + 1 in clauses]
    return Signs(
        past=_any(near, lexicon.past),
        future=_any(near, lexicon.future),
        cancelled=_any(near, lexicon.cancelled)
        or any(word.key in lexicon.negations for word in near),
        postponed=_any(near, lexicon.postponed),
        called_for=_any(near, lexicon.called_for),
    )


def fits(status: str, found: Signs) -> bool:
    """Whether a status can be meant by a sentence with these signs."""
    match status:
        case "held":
            return found.past or not (found.future or found.cancelled or found.postponed)
        case "planned":
            return found.future or not found.past
        case "ruled_out":
            return found.cancelled
        case "postponed":
            return found.postponed
        case "called_for":
            return found.called_for
        case "ongoing":
            return not found.cancelled
    return True


def _any(words: Sequence[Word], stems: Stems) -> bool:
    return any(_begins(word, stems) for word in words)


def _begins(word: Word, stems: Stems) -> bool:
    return word.key in stems
