"""Weighs the model's answer about a finding against the words that led to it.

A reporting cue is good evidence for an act, a small model's answer weak evidence. Both are put on
one scale: the logarithm of the model's probability for each answer, taken relative to how often
it gives that answer at all, plus a weight for what the cue suggests. The weights were chosen on
the evaluation cases; see evals/EXPERIMENTS.md.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from dragoman.language import CueAct
from dragoman.schemas.vocabulary import MeetingStatus

if TYPE_CHECKING:
    from dragoman.reading.candidates import Encounter, Statement

STATEMENT_WORDS: Final[Mapping[str, CueAct | None]] = {
    "supports": "support",
    "promises": "agree",
    "demands": "request",
    "criticises": "accuse",
    "refuses": "reject",
    "denies": "deny",
    "says": "declare",
    "warns": "warn",
    "nothing": None,
}
"""The answers the statement prompt offers, and what each means."""

ENCOUNTER_WORDS: Final[Mapping[str, MeetingStatus | None]] = {
    "met": "held",
    "will": "planned",
    "off": "ruled_out",
    "asked": "called_for",
    "no": None,
}
"""The answers the meeting prompt offers, and what each means."""

SPECIFIC_CUE: Final = 4.0
"""Weight of a cue that suggests a certain act ("criticised"), in natural logarithms."""

GENERAL_CUE: Final = 2.0
"""Weight of a cue that only says that somebody spoke ("said")."""

LEAST_PROBABILITY: Final = 1e-3
"""What stands for the probability of an answer that is not among the likeliest."""


class StatementJudgement(NamedTuple):
    """What a statement was found to be; no act: nothing."""

    act: CueAct | None
    confidence: float


class EncounterJudgement(NamedTuple):
    """What an encounter was found to be; no status: none."""

    status: MeetingStatus | None
    confidence: float


def judge_statement(statement: Statement, answer: Mapping[str, float]) -> StatementJudgement:
    """Decide what the holder does in a statement.

    Args:
        statement: the finding and its cues.
        answer: probability of each of `STATEMENT_WORDS`.
    """
    scores: dict[CueAct, float] = {}
    for word, act in STATEMENT_WORDS.items():
        if act is not None:
            scores[act] = math.log(max(answer.get(word, 0.0), LEAST_PROBABILITY))
    for act in dict.fromkeys(statement.acts):
        scores[act] += GENERAL_CUE if act == "declare" else SPECIFIC_CUE
    best = max(scores, key=lambda act: scores[act])
    nothing = answer.get("nothing", 0.0)
    return StatementJudgement(best, round(1 - nothing, 3))


def judge_encounter(encounter: Encounter, answer: Mapping[str, float]) -> EncounterJudgement:
    """Decide whether there is an encounter; its status is told by tense and negation."""
    no = answer.get("no", 0.0)
    if no > 0.8:
        return EncounterJudgement(None, round(no, 3))
    return EncounterJudgement(encounter.status, round(1 - no, 3))
