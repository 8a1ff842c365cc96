"""Results for other programs: JUnit XML for CI servers, Markdown for a step summary."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from typing import TYPE_CHECKING

from dragoman.evals.scoring import notes, show, summarise

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dragoman.evals.gate import Judgement
    from dragoman.evals.results import Results
    from dragoman.evals.scoring import Summary

# Control characters that XML 1.0 cannot hold, not even escaped; model output may have them.
_NOT_IN_XML = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535), "�")
_SURROGATES = dict.fromkeys(range(55296, 57344), "�")


def junit(results: Results, judgement: Judgement | None) -> str:
    """The run as JUnit XML: one test a case (was there a brief?) and one a floor that broke."""
    suite = ElementTree.Element("testsuite", name="dragoman eval")
    failures = 0
    for case in results.cases:
        seconds = case.score.cost.seconds if case.score.cost else 0.0
        test = ElementTree.SubElement(
            suite, "testcase", classname="case", name=case.score.case, time=f"{seconds:.3f}"
        )
        if case.brief is None:
            failures += 1
            _fail(test, case.score.failure or "no brief", "")
    if judgement is not None:
        flipped = "\n".join(map(str, judgement.flips))
        for breach in judgement.breaches:
            failures += 1
            test = ElementTree.SubElement(suite, "testcase", classname="floor", name=breach.figure)
            _fail(test, f"{show(breach.value)} is below the floor {breach.floor:.4f}", flipped)
        test = ElementTree.SubElement(suite, "testcase", classname="gate", name="gate")
        if not judgement.passed:
            failures += 1
            _fail(test, "quality has dropped", "\n".join(judgement.problems))
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(failures))
    suite.set("errors", "0")
    ElementTree.indent(suite)
    return ElementTree.tostring(suite, encoding="unicode", xml_declaration=True) + "\n"


def _fail(test: ElementTree.Element, message: str, text: str) -> None:
    unfit = _NOT_IN_XML | _SURROGATES
    failure = ElementTree.SubElement(test, "failure", message=message.translate(unfit))
    failure.text = text.translate(unfit)


def step_summary(
    results: Results, judgement: Judgement | None, others: Mapping[str, Summary]
) -> str:
    """The run as Markdown, with the F1 of other systems beside it."""
    summary = summarise(results.scores)
    verdict = "not gated" if judgement is None else "passed" if judgement.passed else "**failed**"
    lines = [
        f"## Dragoman evaluation: {verdict}",
        "",
        (
            f"{summary.cases} articles, {summary.failed} without a brief, "
            f"model {_cell(results.provenance.model)}"
        ),
        "",
        "| section | precision | recall | F1 | 95 % | "
        + "".join(f"F1 {_cell(name)} | " for name in others),
        "| --- | --- | --- | --- | --- | " + "--- | " * len(others),
    ]
    for section, quality in summary.sections.items():
        span = quality.interval
        cells = [
            section.replace("_", " "),
            show(quality.counts.precision),
            show(quality.counts.recall),
            show(quality.counts.f1),
            f"{show(span.low)} to {show(span.high)}" if span else "-",
            *(show(other.sections[section].counts.f1) for other in others.values()),
        ]
        lines.append("| " + " | ".join(cells) + " |")
    lines += ["", *(f"- {_cell(note)}" for note in notes(summary))]
    if judgement is not None and not judgement.passed:
        lines += ["", "### Why it failed", ""]
        lines += [f"- {_cell(problem)}" for problem in judgement.problems]
        lines += [
            f"- {breach.figure} {show(breach.value)}, floor {breach.floor:.4f}"
            for breach in judgement.breaches
        ]
        lines += ["", "### What flipped", ""]
        lines += [f"- {_cell(str(flip))}" for flip in judgement.flips]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    """Text that cannot act as Markdown or HTML: labels hold what a model wrote."""
    plain = " ".join(text.split())
    for character in "\\`*_[]|#":
        plain = plain.replace(character, "\\" + character)
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
