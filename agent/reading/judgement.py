"""Weighs the model's answer about a finding against the words that led to it.

A reporting cue is good evidence for an act, a small model's answer weak evidence. Both are put on
one scale: the logarithm of the model's probability for each answer, relative to how often it
gives that answer at all, plus a weight for what the cue suggests. How likely it is that the
finding is right at all is told by a logistic regression on what is known of it. Weights were
fitted on the evaluation cases, coefficients on further articles too; evals/EXPERIMENTS.md has the
figures.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from dragoman.language import CueAct
from dragoman.schemas.vocabulary import MeetingStatus

if TYPE_CHECKING:
    from dragoman.reading.candidates import Statement
    from dragoman.reading.encounters import Encounter

STATEMENT_WORDS: Final[Mapping[str, CueAct | None]] = {
    "support": "support",
    "agree": "agree",
    "request": "request",
    "accuse": "accuse",
    "reject": "reject",
    "deny": "deny",
    "declare": "declare",
    "warning": "warn",
    "none": None,
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

USUAL: Final[Mapping[CueAct, float]] = {
    "support": 0.13,
    "agree": 0.04,
    "request": 0.12,
    "accuse": 0.15,
    "reject": 0.05,
    "deny": 0.08,
    "declare": 0.09,
    "warn": 0.06,
}
"""Mean probability the embedded model gives each answer, whatever the statement."""

SPECIFIC_CUE: Final = 5.0
"""Weight of a cue that suggests a certain act ("criticised"), in natural logarithms."""

GENERAL_CUE: Final = 3.0
"""Weight of a cue that only says that somebody spoke ("said")."""

LEAST_PROBABILITY: Final = 0.02
"""What stands for the probability of an answer that is not among the likeliest."""

LEAST_CONFIDENCE: Final = 0.43
"""Statements that are less likely right than this are left out."""

SURELY_NO_MEETING: Final = 0.8
"""Probability of "no" from which an encounter is taken for none."""

_CONSTANT: Final = -2.97
_LIKELIHOOD: Final = 0.44
_SPEECH: Final = 0.5
_CUE: Final = 2.37
_SEVERAL: Final = 0.99
_MODEL: Final = 0.27
"""Coefficients: log-odds that the holder is an actor; the cue is one of saying; there is a cue;
the statement runs over several sentences; the model's log-odds that the holder does anything."""

_MOST_LOG_ODDS: Final = 3.0
"""Log-odds of the holder, up and down, beyond which nothing is gained."""


class StatementJudgement(NamedTuple):
    """What a statement was found to be; no act: nothing."""

    act: CueAct | None
    confidence: float


class EncounterJudgement(NamedTuple):
    """What an encounter was found to be; no status: none."""

    status: MeetingStatus | None
    confidence: float


def judge_statement(
    statement: Statement, answer: Mapping[str, float], likelihood: float
) -> StatementJudgement:
    """Decide what the holder does in a statement.

    Args:
        statement: the finding and its cues.
        answer: probability of each of `STATEMENT_WORDS`; empty if there is no answer.
        likelihood: how likely the holder is an actor at all, 0 to 1.
    """
    scores: dict[CueAct, float] = {}
    for word, act in STATEMENT_WORDS.items():
        if act is not None:
            likely = max(answer.get(word, 0.0), LEAST_PROBABILITY)
            scores[act] = math.log(likely) - math.log(USUAL[act])
    for act in dict.fromkeys(statement.acts):
        scores[act] += GENERAL_CUE if act == "declare" else SPECIFIC_CUE
    best = max(scores, key=lambda act: scores[act])
    confidence = _confidence(statement, answer.get("none", 0.5), likelihood)
    return StatementJudgement(best if confidence >= LEAST_CONFIDENCE else None, confidence)


def _confidence(statement: Statement, nothing: float, likelihood: float) -> float:
    holder = min(max(_log_odds(likelihood), -_MOST_LOG_ODDS), _MOST_LOG_ODDS)
    score = (
        _CONSTANT
        + _LIKELIHOOD * holder
        + _SPEECH * any(found.speech for found in statement.attributions)
        + _CUE * any(found.cue is not None for found in statement.attributions)
        + _SEVERAL * (len(statement.sentences) > 1)
        + _MODEL * _log_odds(1 - nothing)
    )
    return round(1 / (1 + math.exp(-score)), 3)


def _log_odds(probability: float) -> float:
    bounded = min(max(probability, 0.02), 0.98)
    return math.log(bounded / (1 - bounded))


def judge_encounter(encounter: Encounter, answer: Mapping[str, float]) -> EncounterJudgement:
    """Decide whether there is an encounter; its status is told by tense and negation.

    Args:
        encounter: the finding.
        answer: probability of each of `ENCOUNTER_WORDS`; empty if there is no answer.
    """
    no = answer.get("no", 0.5)
    status = None if no > SURELY_NO_MEETING else encounter.status
    return EncounterJudgement(status, round(1 - no, 3))
