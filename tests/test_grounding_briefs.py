"""A finished brief, whoever made or edited it, is checked as strictly as a draft."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer
from rendering_sample import ARTICLE_FILE, sample_brief
from typer.testing import CliRunner

from dragoman.article import Article
from dragoman.cli.check import check
from dragoman.errors import InputError
from dragoman.grounding import WHOLE_BRIEF_CHECKS, check_brief

ARTICLE = Article.from_path(ARTICLE_FILE)
Data = dict[str, Any]


def data() -> Data:
    """The sample brief as plain data, to be edited."""
    loaded: Data = json.loads(sample_brief().model_dump_json())
    return loaded


def edited(change: Callable[[Data], object]) -> Data:
    """The sample brief after an edit by hand."""
    brief = data()
    change(brief)
    return brief


def test_the_sample_brief_holds() -> None:
    report = check_brief(ARTICLE, sample_brief())
    assert report.passed, report.errors
    assert report.items == 10


EDITS: list[tuple[str, str, Callable[[Data], object]]] = [
    ("p1", "quote-verbatim", lambda b: b["positions"][0].update(
        quote="Wir unterstützen keinen Vorschlag einer gemeinsamen Schutzzone")),
    ("p2", "speaker-speaks", lambda b: b["positions"][1].update(holder="a3", target="a2")),
    ("p1", "speaker-named", lambda b: b["positions"][0].update(holder="a5")),
    ("w2", "statement-numbers", lambda b: b["warnings"][1].update(
        statement="Ein Streit könne 40.000 Arbeitsplätze kosten")),
    ("m2", "meeting-status", lambda b: b["meetings"][1].update(status="held")),
    ("m1", "meeting-place", lambda b: b["meetings"][0].update(place="Port Arlen")),
    ("c1", "correction-original", lambda b: b["corrections"][0].update(original="Waschkin")),
    ("c1", "correction-differs", lambda b: b["corrections"][0].update(corrected="Waskin")),
    ("p3", "evidence-verbatim", lambda b: b["positions"][2]["evidence"][0].update(
        start=b["positions"][2]["evidence"][0]["start"] + 1,
        end=b["positions"][2]["evidence"][0]["end"] + 1)),
    ("p3", "evidence-exists", lambda b: b["positions"][2]["evidence"][0].update(sentence="s99")),
    ("p3", "evidence-not-noise", lambda b: b["positions"][2]["evidence"][0].update(sentence="s5")),
    ("a1", "actor-mentions", lambda b: b["actors"][0]["mentions"][0].update(
        exact="x" * len(b["actors"][0]["mentions"][0]["exact"]))),
    ("brief", "brief-source", lambda b: b["source"].update(sha256="0" * 64)),
    ("p2", "brief-references", lambda b: b["positions"][1].update(holder="a77")),
    ("key point 1", "brief-references", lambda b: b["key_points"][0].update(items=["p77"])),
    ("p1", "brief-ids", lambda b: b["positions"][1].update(id="p1")),
    ("p5", "duplicate", lambda b: b["positions"].append(b["positions"][1] | {"id": "p5"})),
    ("brief", "nothing-checked", lambda b: b.update(
        meetings=[], positions=[], warnings=[], corrections=[], key_points=[])),
]  # fmt: skip


@pytest.mark.parametrize(("item", "rule", "change"), EDITS, ids=[rule for _, rule, _ in EDITS])
def test_an_edit_that_makes_a_brief_false_is_found(
    item: str, rule: str, change: Callable[[Data], object]
) -> None:
    report = check_brief(ARTICLE, edited(change))
    assert not report.passed
    assert (item, rule) in {(finding.item, finding.rule) for finding in report.errors}


def test_every_check_of_the_whole_brief_is_tried_above() -> None:
    assert set(WHOLE_BRIEF_CHECKS) <= {rule for _, rule, _ in EDITS}


@pytest.mark.parametrize(
    ("brief", "field"),
    [
        ("{", "JSON"),
        ("[]", "object"),
        (json.dumps(data() | {"positions": [data()["positions"][0] | {"act": "sing"}]}),
         "positions.0.act"),
        (json.dumps(data() | {"surplus": 1}), "surplus"),
        (json.dumps({}), "language"),
    ],
)  # fmt: skip
def test_what_is_not_a_brief_is_named_by_its_wrong_field(brief: str, field: str) -> None:
    with pytest.raises(InputError, match=field):
        check_brief(ARTICLE, brief)


def run(tmp_path: Path, brief: Data, *options: str) -> Any:
    """Run the command on a brief."""
    app = typer.Typer()
    app.command()(check)
    file = tmp_path / "brief.json"
    file.write_text(json.dumps(brief, ensure_ascii=False), "utf-8")
    return CliRunner().invoke(app, [str(file), str(ARTICLE_FILE), *options])


def test_the_command_exits_0_for_a_brief_that_holds(tmp_path: Path) -> None:
    result = run(tmp_path, data())
    assert result.exit_code == 0, result.output
    assert result.output.endswith("The brief holds: 10 items checked, 0 errors, 0 remarks.\n")


def test_the_command_exits_1_and_names_item_rule_and_sentence(tmp_path: Path) -> None:
    result = run(tmp_path, edited(EDITS[0][2]))
    assert result.exit_code == 1
    assert "error: p1, quote:" in result.output
    assert "[s3] (quote-verbatim)" in result.output


def test_the_command_prints_json_that_holds_the_same(tmp_path: Path) -> None:
    result = run(tmp_path, edited(EDITS[5][2]), "--format", "json")
    report = json.loads(result.output)
    assert result.exit_code == 1
    assert report["passed"] is False
    assert report["items"] == 10
    assert report["findings"][0]["rule"] == "meeting-place"
    assert report["findings"][0]["suggestion"] == {"place": None}


def test_the_command_refuses_a_file_that_is_no_brief(tmp_path: Path) -> None:
    result = run(tmp_path, {"hello": "world"})
    assert isinstance(result.exception, InputError)
    assert result.exception.exit_code == 2
