"""The report: one self-contained HTML page with figures, and every verdict marked in its article.

Article text and what the model wrote are untrusted: all of it passes through Jinja2's escaping.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from dragoman.errors import EvaluationError
from dragoman.evals import matching
from dragoman.evals.scoring import Summary, notes, show, summarise
from dragoman.evals.verdicts import SECTIONS, Outcome, Section, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dragoman.evals.cases import Case, Gold, GoldMeeting, GoldPosition, GoldWarning
    from dragoman.evals.matching import Stretch
    from dragoman.evals.results import CaseResult, Results
    from dragoman.schemas.brief import Brief, Meeting, Position, Warning

# What is shown where verdicts overlap: trouble first, so that no error hides under a success.
_PRIORITY: tuple[Outcome, ...] = ("miss", "false_alarm", "hit", "optional_hit", "optional_miss")

WORDS: Mapping[Outcome, str] = {
    "hit": "found",
    "miss": "missed",
    "false_alarm": "false alarm",
    "optional_hit": "found (optional)",
    "optional_miss": "left out (optional)",
}

# The lenient view of corrections would show each of them twice.
_SHOWN: tuple[Section, ...] = tuple(
    section for section in SECTIONS if section != "correction_spans"
)


class Entry(NamedTuple):
    """One verdict as the page shows it."""

    number: int
    """Counts from 1 within the article; marks in the text refer to it."""
    verdict: Verdict
    outcome: str
    wrong: tuple[str, ...]
    """Attributes that disagree with the label."""
    marked: bool
    """Whether it has a place in the text."""


class Piece(NamedTuple):
    """A stretch of an article's text that is covered by the same verdicts throughout."""

    text: str
    outcome: Outcome | None
    entries: tuple[int, ...]
    title: str
    starts: tuple[int, ...]
    """Entries whose first mark begins here; the page links to it."""


class Line(NamedTuple):
    """One line of an article."""

    noise: str
    """How noise is shown: "", "hit", "miss" or "false_alarm"."""
    pieces: tuple[Piece, ...]


class Page(NamedTuple):
    """One article with its verdicts."""

    id: str
    title: str
    failure: str | None
    sections: Mapping[str, Sequence[Entry]]
    lines: Sequence[Line]
    figures: str


def html(results: Results, cases: Sequence[Case]) -> str:
    """The page about a run.

    Raises:
        EvaluationError: a case of the results is not among the cases.
    """
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("dragoman.evals", "."),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    by_id = {case.id: case for case in cases}
    pages = []
    for result in results.cases:
        if result.score.case not in by_id:
            raise EvaluationError(
                f"the case {result.score.case!r} of these results is not there",
                remedy="Name the folder the results were made from with --cases",
            )
        pages.append(_page(by_id[result.score.case], result))
    summary = summarise(results.scores)
    return environment.get_template("report.html.j2").render(
        provenance=results.provenance,
        summary=summary,
        figures=list(_figure_rows(summary)),
        notes=notes(summary),
        show=show,
        words=WORDS,
        pages=pages,
    )


def _figure_rows(summary: Summary) -> Iterator[Sequence[str]]:
    for section, figures in summary.sections.items():
        counts, span = figures.counts, figures.interval
        yield (
            section.replace("_", " "),
            show(counts.f1),
            f"{show(span.low)} to {show(span.high)}" if span else "-",
            show(counts.precision),
            show(counts.recall),
            str(counts.hits),
            str(counts.misses),
            str(counts.false_alarms),
            show(figures.macro_f1),
        )


def _page(case: Case, result: CaseResult) -> Page:
    text = case.article().text
    verdicts = [v for v in result.score.verdicts if v.section in _SHOWN]
    entries: list[Entry] = []
    places: dict[int, list[Stretch]] = {}
    for number, verdict in enumerate(verdicts, start=1):
        places[number] = list(_places(verdict, case.gold, result.brief, text))
        entries.append(
            Entry(
                number=number,
                verdict=verdict,
                outcome=WORDS[verdict.outcome],
                wrong=tuple(name for name, agrees in verdict.attributes.items() if not agrees),
                marked=bool(places[number]),
            )
        )
    sections: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        sections[entry.verdict.section].append(entry)
    for group in sections.values():
        group.sort(key=lambda entry: _PRIORITY.index(entry.verdict.outcome))
    shown = ", ".join(
        f"{section} {show(result.score.counts(section).f1)}"
        for section in _SHOWN
        if section in sections
    )
    return Page(
        id=case.id,
        title=case.gold.title or case.id,
        failure=result.score.failure,
        sections=sections,
        lines=list(_lines(text, entries, places)),
        figures=shown,
    )


def _places(verdict: Verdict, gold: Gold, brief: Brief | None, text: str) -> Iterator[Stretch]:
    """Where a verdict is marked: the gold label's words, or the evidence of a false alarm."""
    if verdict.section in ("actors", "noise"):
        return  # actors are everywhere, noise is marked as whole lines
    if verdict.gold is not None:
        if verdict.section == "corrections":
            yield from matching.word_occurrences(gold.corrections[verdict.gold].original, text)
        else:
            items: Mapping[str, Sequence[GoldPosition | GoldWarning | GoldMeeting]] = {
                "positions": gold.positions,
                "warnings": gold.warnings,
                "meetings": gold.meetings,
            }
            for snippet in items[verdict.section][verdict.gold].evidence:
                yield from matching.occurrences(snippet, text)
    elif brief is not None:
        if verdict.section == "corrections":
            for correction in brief.corrections:
                if correction.id == verdict.item:
                    yield from matching.correction_places(correction, text)
        else:
            reported: tuple[Position | Warning | Meeting, ...] = (
                *brief.positions,
                *brief.warnings,
                *brief.meetings,
            )
            for item in reported:
                if item.id == verdict.item:
                    for evidence in item.evidence:
                        yield matching.Stretch(evidence.start, evidence.end)


def _lines(
    text: str, entries: Sequence[Entry], places: Mapping[int, Sequence[Stretch]]
) -> Iterator[Line]:
    by_number = {entry.number: entry for entry in entries}
    noise = {
        entry.verdict.label: entry.verdict.outcome
        for entry in entries
        if entry.verdict.section == "noise"
    }
    linked: set[int] = set()
    start = 0
    for line in text.splitlines(keepends=True):
        content = line.rstrip()
        if content:
            pieces = tuple(_pieces(content, start, by_number, places, linked))
            yield Line(noise.get(content.strip(), ""), pieces)
        start += len(line)


def _pieces(
    line: str,
    start: int,
    entries: Mapping[int, Entry],
    places: Mapping[int, Sequence[Stretch]],
    linked: set[int],
) -> Iterator[Piece]:
    """Cut one line (beginning at offset `start`) wherever a mark begins or ends."""
    end = start + len(line)
    cuts = {start, end}
    for stretches in places.values():
        for stretch in stretches:
            cuts.update(cut for cut in stretch if start < cut < end)
    ordered = sorted(cuts)
    for left, right in itertools.pairwise(ordered):
        here = matching.Stretch(left, right)
        numbers = [
            number
            for number, stretches in places.items()
            if any(matching.overlaps(here, stretch) for stretch in stretches)
        ]
        numbers.sort(key=lambda number: _PRIORITY.index(entries[number].verdict.outcome))
        starts = tuple(number for number in numbers if number not in linked)
        linked.update(starts)
        yield Piece(
            text=line[left - start : right - start],
            outcome=entries[numbers[0]].verdict.outcome if numbers else None,
            entries=tuple(numbers),
            title="; ".join(
                f"{entries[number].outcome}: {entries[number].verdict.label}" for number in numbers
            ),
            starts=starts,
        )
