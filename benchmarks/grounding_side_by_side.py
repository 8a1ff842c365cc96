"""The same falsified claims put to other checkers: a substring search and langextract's aligner.

Run: python benchmarks/grounding_side_by_side.py [--cases FOLDER]. Another checker is left out,
with a word, where it is not installed. All judge what they can see: the text that was falsified
(quote, statement or original) against the cited sentences; who speaks and what a meeting's status
is they do not know, so kinds that falsify nothing but that are left out for all.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

from dragoman.evals.cases import BUNDLED_CASES, load_cases
from dragoman.evals.mutation_kinds import BY_GRAMMAR, KINDS
from dragoman.evals.mutations import SEED, falsify
from dragoman.evals.truths import Material, prepare
from dragoman.grounding import Checker
from dragoman.schemas.brief import Rejected
from dragoman.schemas.draft import Draft

TEXT_FIELDS = {"quote", "statement", "original"}
Accepts = Callable[[Material, Draft, str], bool]
"""Whether a checker lets a claim pass, given its case, the draft and the field to look at."""


def substring(material: Material, draft: Draft, field: str) -> bool:
    """Accept a text that stands in the article after white space is made alike."""
    wanted = " ".join(str(getattr(draft, field)).split())
    return wanted in " ".join(material.article.text.split())


def langextract_aligner() -> tuple[str, Accepts] | None:
    """Langextract's aligner with its defaults; None if it is not installed."""
    try:
        from importlib.metadata import version

        from langextract.core.data import Extraction  # type: ignore[import-not-found, unused-ignore] # optional
        from langextract.resolver import WordAligner  # type: ignore[import-not-found, unused-ignore] # optional
    except ImportError:
        return None

    def accepts(material: Material, draft: Draft, field: str) -> bool:
        extraction = Extraction("text", str(getattr(draft, field)))
        groups = WordAligner().align_extractions([[extraction]], material.article.text)
        return any(found.char_interval is not None for group in groups for found in group)

    return f"langextract {version('langextract')}", accepts


def ours(checkers: dict[str, Checker]) -> Accepts:
    """Dragoman's checker; a claim that was put right counts as not accepted."""

    def accepts(material: Material, draft: Draft, field: str) -> bool:
        checker = checkers.setdefault(material.case, Checker(material.article, material.actors))
        result = checker.check(draft)
        if isinstance(result, Rejected):
            return False
        return bool(getattr(result.draft, field) == getattr(draft, field))

    return accepts


def claims(material: Material) -> Iterator[tuple[str, Draft, str]]:
    """The falsified claims that differ from the true one in a text."""
    for kind, _, falsified in falsify(material, SEED):
        if kind not in BY_GRAMMAR and falsified.field in TEXT_FIELDS:
            yield kind, falsified.draft, falsified.field


def main() -> None:
    """Print, for each kind, the share of falsified claims that each checker lets pass."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=Path, default=BUNDLED_CASES)
    parser.add_argument("--most", type=int, default=40, help="claims of each kind and case")
    parser.add_argument("--most-slow", type=int, default=1, help="the same for langextract")
    parser.add_argument("--case", action="append", default=[], help="only this case; repeatable")
    options = parser.parse_args()
    systems: dict[str, Accepts] = {"dragoman": ours({}), "substring": substring}
    found = langextract_aligner()
    if found is None:
        print("langextract is not installed and left out (pip install langextract)")  # noqa: T201
    else:
        systems[found[0]] = found[1]
    passed: dict[tuple[str, str], list[bool]] = {}
    for case in load_cases(options.cases, options.case):
        material = prepare(case)
        counts: dict[str, int] = {}
        for kind, draft, field in claims(material):
            counts[kind] = counts.get(kind, 0) + 1
            if counts[kind] > options.most:
                continue
            for name, accepts in systems.items():
                slow = name.startswith("langextract")
                if slow and (counts[kind] > options.most_slow or _is_long(draft, field)):
                    continue
                passed.setdefault((kind, name), []).append(accepts(material, draft, field))
        for truth in material.truths:
            field = next((f for f in ("statement", "original") if hasattr(truth.draft, f)), None)
            if field is not None:
                for name, accepts in systems.items():
                    if name.startswith("langextract") and _is_long(truth.draft, field):
                        continue
                    result = accepts(material, truth.draft, field)
                    passed.setdefault(("(true claims)", name), []).append(result)
    _print(passed, tuple(systems))


LONGEST_FOR_LANGEXTRACT = 120
"""Characters: its aligner takes minutes for texts of a few hundred that do not match exactly."""


def _is_long(draft: Draft, field: str) -> bool:
    return len(str(getattr(draft, field))) > LONGEST_FOR_LANGEXTRACT


def _print(passed: dict[tuple[str, str], list[bool]], systems: tuple[str, ...]) -> None:
    width = max(len(name) for name in systems) + 4
    print("share let pass".ljust(26), *(name.rjust(width) for name in systems))  # noqa: T201
    kinds = [kind.__name__ for kind in KINDS] + ["(true claims)"]
    for kind in kinds:
        rows = [passed.get((kind, name)) for name in systems]
        if any(rows):
            shares = (_share(row).rjust(width) for row in rows)
            print(kind.ljust(26), *shares)  # noqa: T201


def _share(row: list[bool] | None) -> str:
    """The share with the number of claims it is of."""
    return f"{sum(row) / len(row):.0%} of {len(row)}" if row else "-"


if __name__ == "__main__":
    main()
