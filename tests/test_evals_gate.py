"""The gate lets nothing get worse unnoticed, and results can be stored, read and compared."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from evals_support import CASES, perfect_brief

from dragoman.errors import EvaluationError
from dragoman.evals import comparison, formats, gate, results
from dragoman.evals.cases import Case, corpus_hash, load_cases
from dragoman.evals.results import CaseResult, Results
from dragoman.evals.scoring import score_case
from dragoman.schemas.brief import Brief

IDS = ("de-lukaschenko-xi", "en-g7-liverpool", "fr-maas-chine-hongkong")


@pytest.fixture(scope="module")
def cases() -> tuple[Case, ...]:
    """Three cases in three languages."""
    return load_cases(CASES, IDS)


def run(cases: tuple[Case, ...], **changes: Brief | None) -> Results:
    """A run in which every brief says what the labels say, but for those given (by `de` …)."""
    made = []
    for case in cases:
        article = case.article()
        language = case.gold.language
        brief = changes[language] if language in changes else perfect_brief(article, case.gold)
        failure = "no answer" if brief is None else None
        score = score_case(case.gold, brief, article, failure=failure)
        made.append(CaseResult(score=score, brief=brief))
    origin = results.provenance(
        system="dragoman", mode="replay", model="m", corpus=corpus_hash(cases)
    )
    return results.build(origin, tuple(made))


def parsed(text: str) -> ElementTree.Element:
    """The root of an XML document."""
    return ElementTree.fromstring(text.encode())  # noqa: S314 - our own output


def without_first_warning(case: Case) -> Brief:
    """A brief that misses one warning."""
    brief = perfect_brief(case.article(), case.gold)
    return brief.model_copy(update={"warnings": brief.warnings[1:]})


def with_false_alarm(case: Case) -> Brief:
    """A brief that gives one position to somebody else as well."""
    brief = perfect_brief(case.article(), case.gold)
    again = brief.positions[0].model_copy(
        update={"id": "p99", "holder": brief.actors[-1].id, "statement": "<again> & again"}
    )
    return brief.model_copy(update={"positions": (*brief.positions, again)})


def test_a_run_passes_its_own_floors(cases: tuple[Case, ...]) -> None:
    """Accepting a run makes floors that it passes, with nothing flipped."""
    found = run(cases)
    baseline = gate.update(found, None, allow_regression=False).baseline
    judgement = gate.judge(found, baseline)
    assert judgement.passed
    assert judgement.flips == ()
    assert baseline.floors["positions.f1"] == 1.0


def test_a_lost_item_breaks_the_floor_and_is_named(cases: tuple[Case, ...]) -> None:
    """One missed warning fails the gate, which says which one it was."""
    baseline = gate.update(run(cases), None, allow_regression=False).baseline
    judgement = gate.judge(run(cases, de=without_first_warning(cases[0])), baseline)
    assert not judgement.passed
    assert "warnings.f1" in {breach.figure for breach in judgement.breaches}
    label = cases[0].gold.warnings[0].label
    assert [str(flip) for flip in judgement.flips] == [f"lost: {IDS[0]} warnings: {label}"]


def test_a_new_false_alarm_is_named(cases: tuple[Case, ...]) -> None:
    """One position too many fails the gate, which says which one it was."""
    baseline = gate.update(run(cases), None, allow_regression=False).baseline
    judgement = gate.judge(run(cases, de=with_false_alarm(cases[0])), baseline)
    assert {breach.figure for breach in judgement.breaches} == {
        "positions.f1",
        "positions.precision",
    }
    assert len(judgement.flips) == 1
    assert str(judgement.flips[0]).startswith(f"new false alarm: {IDS[0]} positions:")


def test_rounding_is_no_breach(cases: tuple[Case, ...]) -> None:
    """A floor stored with four places is not broken by the places that were cut off."""
    found = run(cases)
    baseline = gate.update(found, None, allow_regression=False).baseline
    floors = {name: floor + gate.EPSILON / 2 for name, floor in baseline.floors.items()}
    assert gate.judge(found, baseline.model_copy(update={"floors": floors})).passed
    floors = {name: floor + gate.EPSILON * 2 for name, floor in baseline.floors.items()}
    assert not gate.judge(found, baseline.model_copy(update={"floors": floors})).passed


def test_a_figure_that_becomes_undefined_is_a_breach(cases: tuple[Case, ...]) -> None:
    """Whoever reports nothing has no precision that could be too low; it fails all the same."""
    baseline = gate.update(run(cases), None, allow_regression=False).baseline
    empty = {
        case.gold.language: perfect_brief(case.article(), case.gold).model_copy(
            update={"corrections": ()}
        )
        for case in cases
    }
    breaches = {b.figure: b.value for b in gate.judge(run(cases, **empty), baseline).breaches}
    assert breaches["corrections.precision"] is None


def test_another_corpus_fails_and_says_so(cases: tuple[Case, ...]) -> None:
    """Floors say nothing about other articles or labels."""
    baseline = gate.update(run(cases), None, allow_regression=False).baseline
    other = baseline.model_copy(update={"corpus": "0" * 64})
    judgement = gate.judge(run(cases), other)
    assert not judgement.passed
    assert "update-baseline" in judgement.problems[0]


def test_a_case_without_a_brief_fails(cases: tuple[Case, ...]) -> None:
    """A failed case is named with its reason, even if no floor breaks."""
    found = run(cases, fr=None)
    baseline = gate.update(run(cases), None, allow_regression=False).baseline
    judgement = gate.judge(found, baseline.model_copy(update={"floors": {}}))
    assert not judgement.passed
    assert judgement.problems == (f"{IDS[2]} has no brief: no answer",)
    assert (found.scored, found.unscored) == (2, 1)


def test_floors_are_never_lowered_unless_told_to(cases: tuple[Case, ...]) -> None:
    """An update from a worse run is refused and names the floors; when allowed it lowers them."""
    before = gate.update(run(cases), None, allow_regression=False).baseline
    worse = run(cases, de=without_first_warning(cases[0]))
    with pytest.raises(EvaluationError, match=r"warnings\.f1: 1\.0000 to 0\.\d+") as caught:
        gate.update(worse, before, allow_regression=False)
    assert "--allow-regression" in str(caught.value)
    after = gate.update(worse, before, allow_regression=True)
    assert after.baseline.floors["warnings.f1"] < 1
    assert any(line.startswith("warnings.f1") for line in after.lowered)


def test_floors_rise_with_quality(cases: tuple[Case, ...]) -> None:
    """A better run raises the floors it exceeds and no other."""
    worse = run(cases, de=without_first_warning(cases[0]))
    before = gate.update(worse, None, allow_regression=False).baseline
    after = gate.update(run(cases), before, allow_regression=False)
    assert after.lowered == ()
    assert {line.split(":")[0] for line in after.raised} == {"warnings.f1"}


def test_a_run_with_failed_cases_cannot_be_accepted(cases: tuple[Case, ...]) -> None:
    """Zeros of failed cases must not become floors."""
    with pytest.raises(EvaluationError, match="failed cases"):
        gate.update(run(cases, fr=None), None, allow_regression=True)


def test_a_baseline_survives_being_stored(cases: tuple[Case, ...], tmp_path: Path) -> None:
    """What is written is read back the same; no file is no baseline; a broken one is an error."""
    baseline = gate.update(run(cases), None, allow_regression=False).baseline
    file = tmp_path / "baseline.json"
    assert gate.read(file) is None
    gate.write(baseline, file)
    assert gate.read(file) == baseline
    file.write_text("{}", encoding="utf-8")
    with pytest.raises(EvaluationError, match="broken"):
        gate.read(file)


def test_results_survive_being_stored(cases: tuple[Case, ...], tmp_path: Path) -> None:
    """What is written is read back the same, with provenance and every verdict."""
    found = run(cases)
    results.write(found, tmp_path / "results.json")
    assert results.read(tmp_path / "results.json") == found
    assert found.provenance.packages["pydantic"]
    assert re.fullmatch("[0-9a-f]{64}", found.provenance.corpus)
    assert list(tmp_path.iterdir()) == [tmp_path / "results.json"]


def test_what_are_no_results_is_refused(tmp_path: Path) -> None:
    """A missing file and a file with something else each say how results are made."""
    with pytest.raises(EvaluationError, match="dragoman eval run"):
        results.read(tmp_path / "nothing.json")
    (tmp_path / "other.json").write_text('{"results_version": 7}', encoding="utf-8")
    with pytest.raises(EvaluationError, match="no results of this version"):
        results.read(tmp_path / "other.json")


def test_results_about_no_case_are_an_error(cases: tuple[Case, ...]) -> None:
    """A run over nothing must not pass."""
    with pytest.raises(EvaluationError, match="no case"):
        results.build(run(cases).provenance, ())


def test_equal_runs_compare_as_the_same(cases: tuple[Case, ...]) -> None:
    """Nothing flips, every section is the same."""
    compared = comparison.compare(run(cases), run(cases))
    assert compared.flips == ()
    assert {comparison.verdict(c.difference) for c in compared.changes} == {"the same"}


def test_a_comparison_names_what_flipped_in_both_directions(cases: tuple[Case, ...]) -> None:
    """What one run loses the other finds."""
    good, bad = run(cases), run(cases, de=without_first_warning(cases[0]))
    label = cases[0].gold.warnings[0].label
    lost = comparison.compare(good, bad)
    assert [str(flip) for flip in lost.flips] == [f"lost: {IDS[0]} warnings: {label}"]
    found = comparison.compare(bad, good)
    assert [str(flip) for flip in found.flips] == [f"found: {IDS[0]} warnings: {label}"]
    change = next(c for c in lost.changes if c.section == "warnings")
    assert comparison.verdict(change.difference) == "within noise"


def test_runs_over_other_cases_are_compared_on_common_ones(cases: tuple[Case, ...]) -> None:
    """Cases that only one run has are left out, with a warning; without any it is an error."""
    compared = comparison.compare(run(cases), run(cases[:2]))
    assert compared.cases == IDS[:2]
    assert any("corpora differ" in warning for warning in compared.warnings)
    with pytest.raises(EvaluationError, match="no case in common"):
        comparison.compare(run(cases[:1]), run(cases[1:]))


def test_junit_counts_cases_and_broken_floors(cases: tuple[Case, ...]) -> None:
    """The XML has a test for every case and every broken floor, and says what flipped."""
    baseline = gate.update(run(cases), None, allow_regression=False).baseline
    found = run(cases, de=with_false_alarm(cases[0]), fr=None)
    suite = parsed(formats.junit(found, gate.judge(found, baseline)))
    assert suite.tag == "testsuite"
    assert len(suite) == int(suite.attrib["tests"])
    failed = [test for test in suite if test.find("failure") is not None]
    assert len(failed) == int(suite.attrib["failures"])
    assert {(t.attrib["classname"], t.attrib["name"]) for t in failed} >= {
        ("case", IDS[2]),
        ("floor", "positions.f1"),
        ("gate", "gate"),
    }
    clean = parsed(formats.junit(run(cases), gate.judge(run(cases), baseline)))
    assert clean.attrib["failures"] == "0"


def test_junit_is_valid_xml_whatever_the_model_wrote(cases: tuple[Case, ...]) -> None:
    """Control characters and lone surrogates cannot be in XML; they are replaced."""
    baseline = gate.update(run(cases), None, allow_regression=False).baseline
    brief = with_false_alarm(cases[0])
    bad = brief.positions[-1].model_copy(update={"statement": "\x00\x1b \ud800 <&>"})
    brief = brief.model_copy(update={"positions": (*brief.positions[:-1], bad)})
    found = run(cases, de=brief)
    text = formats.junit(found, gate.judge(found, baseline))
    suite = parsed(text)
    assert "�" in "".join(suite.itertext())


def test_the_step_summary_is_inert(cases: tuple[Case, ...]) -> None:
    """What the model wrote cannot act as HTML or break the table."""
    baseline = gate.update(run(cases), None, allow_regression=False).baseline
    found = run(cases, de=with_false_alarm(cases[0]))
    text = formats.step_summary(found, gate.judge(found, baseline), {})
    assert "**failed**" in text
    assert "<again>" not in text
    assert "positions.f1" in text
