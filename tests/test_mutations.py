"""The mutation score is repeatable, its mutants are false, and a figure too low is a failure."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from evals_support import CASES
from typer.testing import CliRunner

from dragoman.errors import EvaluationError
from dragoman.evals.cases import load_cases
from dragoman.evals.mutation_kinds import BY_GRAMMAR, KINDS
from dragoman.evals.mutations import FLOORS_FILE, SEED, Floors, breaches, falsify, read_floors, run
from dragoman.evals.mutations_cli import mutations_command
from dragoman.evals.truths import prepare

ONE = ("de-lukaschenko-xi",)


def test_fifteen_kinds_and_more_are_there() -> None:
    assert len({kind.__name__ for kind in KINDS}) == len(KINDS) >= 15
    assert {kind.__name__ for kind in KINDS} >= BY_GRAMMAR


def test_the_same_seed_gives_the_same_mutants_and_another_seed_others() -> None:
    material = prepare(load_cases(CASES, ONE)[0])
    first, again, other = (
        [falsified.draft for _, _, falsified in falsify(material, seed)]
        for seed in (SEED, SEED, SEED + 1)
    )
    assert first == again
    assert first != other


def test_no_mutant_is_a_true_claim_or_names_an_accepted_speaker() -> None:
    for case in load_cases(CASES):
        material = prepare(case)
        true = {truth.draft.model_dump_json() for truth in material.truths}
        for kind, truth, falsified in falsify(material, SEED):
            assert falsified.draft.model_dump_json() not in true
            if kind in {"speaker_replaced", "outlet_speaks", "speaker_target_swapped"}:
                assert getattr(falsified.draft, falsified.field) not in truth.speakers


def test_all_cases_are_above_the_floors_with_at_least_1500_mutants() -> None:
    report = run(load_cases(CASES))
    assert breaches(report, read_floors()) == ()
    assert len(report.decidable) >= 1500


def test_every_kind_has_a_floor_of_at_least_nine_tenths() -> None:
    floors = read_floors()
    assert set(floors.kinds) == {kind.__name__ for kind in KINDS}
    assert min(floors.kinds.values()) >= 0.9
    assert floors.overall >= 0.97
    assert floors.false_alarms <= 0.02


def test_figures_below_a_floor_are_named() -> None:
    report = run(load_cases(CASES, ONE))
    kinds = {"number_changed": 1.1}
    found = breaches(report, Floors(1.1, kinds, 10**6, -1.0, {}))
    assert [sentence.split(" ")[0] for sentence in found] == [
        "only",
        "caught",
        "number_changed:",
        "refused",
    ]


def test_broken_floors_are_an_error_that_names_the_file(tmp_path: Path) -> None:
    file = tmp_path / "floors.json"
    file.write_text("{}", "utf-8")
    with pytest.raises(EvaluationError, match=r"floors\.json"):
        read_floors(file)


def command(*options: str) -> tuple[int, str]:
    """Run the command on one case."""
    app = typer.Typer()
    app.command()(mutations_command)
    result = CliRunner().invoke(app, ["--cases", str(CASES), "--case", ONE[0], *options])
    return result.exit_code, result.stdout


def test_the_command_shows_each_kind_with_examples_and_the_true_claims() -> None:
    code, output = command("--no-gate")
    assert code == 0
    for kind in KINDS:
        assert kind.__name__ in output
    assert "true claims, refused" in output


def test_the_command_exits_1_below_a_floor(tmp_path: Path) -> None:
    floors = json.loads(FLOORS_FILE.read_text("utf-8"))
    file = tmp_path / "floors.json"
    file.write_text(json.dumps(floors | {"overall": 1.1}), "utf-8")
    code, _ = command("--floors", str(file), "--format", "json")
    assert code == 1
