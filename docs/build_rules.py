"""Writes docs/rules.md from the rules' own docstrings; with --check only tells if it is stale."""

from __future__ import annotations

import inspect
import sys
from pathlib import Path

from dragoman.grounding import RULES, WHOLE_BRIEF_CHECKS, Rule

PAGE = Path(__file__).parent / "rules.md"

INTRODUCTION = """\
# Rules of grounding

<!-- Written by docs/build_rules.py from the docstrings in agent/grounding/rules. -->

Every item of a brief is held against the article by these rules, in this order. An item that
breaks one is refused, with the id of the rule and the nearest sentence; where the rule can put it
right from the article's own words or drop a detail, it is mended and the brief says so. In
`dragoman check` nothing is mended: what a rule would mend is reported.

Negation, numbers, dates, names, modal verbs and words of support and refusal are *critical*: a
difference in one of them is never mended.

Rules marked **(words)** need the word lists of the article's language, German or English. For
other languages only the rest is applied, and the brief says so. If the statements are in another
language than the article, only their numbers and dates are compared with it.
"""

NEEDS_WORDS = ("speaker-speaks", "meeting-reported", "meeting-status", "statement-modality",
               "statement-negation", "statement-polarity")  # fmt: skip


def page() -> str:
    """The page as it should be."""
    parts = [INTRODUCTION, *map(_section, RULES), _whole_brief()]
    return "\n".join(parts)


def _section(rule: Rule) -> str:
    text = inspect.cleandoc(type(rule).__doc__ or "")
    explanation, _, examples = text.partition("\nTrue: ")
    true, _, false = examples.partition("\nFalse: ")
    mark = " **(words)**" if rule.id in NEEDS_WORDS else ""
    kinds = ", ".join(sorted(rule.kinds))
    return "\n".join(
        (
            f"## `{rule.id}`{mark}",
            "",
            f"{explanation.strip()}",
            "",
            f"- holds: {' '.join(true.split())}",
            f"- broken: {' '.join(false.split())}",
            f"- applies to: {kinds}; severity: {rule.severity}",
            "",
        )
    )


def _whole_brief() -> str:
    lines = [f"- `{name}`: {text}" for name, text in WHOLE_BRIEF_CHECKS.items()]
    return "\n".join(("## Checks of a brief as a whole", "", *lines, ""))


def main() -> int:
    """Write the page, or with --check compare it; the exit code."""
    wanted = page()
    if "--check" in sys.argv[1:]:
        current = PAGE.read_text("utf-8") if PAGE.exists() else ""
        if current != wanted:
            print("docs/rules.md is stale: run python docs/build_rules.py", file=sys.stderr)  # noqa: T201
            return 1
        return 0
    PAGE.write_text(wanted, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
