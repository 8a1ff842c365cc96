"""Holds what a reading or a brief claims against the article, and proves or refuses it."""

from __future__ import annotations

from dragoman.grounding.briefs import WHOLE_BRIEF_CHECKS
from dragoman.grounding.check import Checker, check_brief, check_drafts
from dragoman.grounding.results import Grounded, Proven, Report
from dragoman.grounding.rules import RULES, Finding, Rule, Severity
from dragoman.rendering.stored import read_brief

__all__ = [
    "RULES",
    "WHOLE_BRIEF_CHECKS",
    "Checker",
    "Finding",
    "Grounded",
    "Proven",
    "Report",
    "Rule",
    "Severity",
    "check_brief",
    "check_drafts",
    "read_brief",
]
