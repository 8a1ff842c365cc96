"""`dragoman show` and `dragoman diff` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from rendering_sample import ARTICLE_FILE, sample_brief
from typer.testing import CliRunner

from dragoman.cli.diff import diff
from dragoman.cli.show import show
from dragoman.errors import InputError, OutputError
from dragoman.rendering import render
from dragoman.rendering.tables import SECTIONS

APP = typer.Typer()
APP.command()(show)
APP.command()(diff)


@pytest.fixture
def stored(tmp_path: Path) -> str:
    """The sample brief in a file."""
    file = tmp_path / "brief.json"
    file.write_text(render(sample_brief(), format="json"), encoding="utf-8")
    return str(file)


def run(*arguments: str) -> str:
    """Run a command that must succeed; what it wrote to standard output."""
    result = CliRunner().invoke(APP, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_a_stored_brief_is_shown_in_the_terminal_form(stored: str) -> None:
    """Without colour where it does not go to a terminal."""
    assert run("show", stored) == render(sample_brief())
    assert "│ s2 Außenministerin" in run("show", stored, "--evidence")
    assert "\x1b[1m" in run("show", stored, "--colour")


@pytest.mark.parametrize("form", ["json", "jsonl", "markdown", "html", "jsonld", "plover"])
def test_every_text_format_goes_to_standard_output(stored: str, form: str) -> None:
    """Just as the library renders it."""
    assert run("show", stored, "--format", form) == render(sample_brief(), format=form)


def test_one_table_goes_to_standard_output(stored: str) -> None:
    """A pipe can read it."""
    assert (
        run("show", stored, "-f", "csv", "--section", "warnings").splitlines()[1].count("w1") == 1
    )


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("page.html", b"<!DOCTYPE html>"),
        ("brief.md", b"# Tarvia"),
        ("brief.jsonld", b'{\n  "@context"'),
        ("events.plover.jsonl", b'{"id"'),
        ("brief.txt", b"Tarvia"),
    ],
)
def test_the_ending_of_the_output_tells_the_format(
    stored: str, tmp_path: Path, name: str, start: bytes
) -> None:
    """So that --format is seldom needed."""
    assert run("show", stored, "--output", str(tmp_path / name)) == ""
    assert (tmp_path / name).read_bytes().startswith(start)


def test_tables_are_written_into_a_folder_or_an_archive(stored: str, tmp_path: Path) -> None:
    """A name without an ending is a folder."""
    run("show", stored, "-f", "csv", "-o", str(tmp_path / "tables"))
    assert {path.stem for path in (tmp_path / "tables").iterdir()} == set(SECTIONS)
    run("show", stored, "-f", "parquet", "-o", str(tmp_path / "tables.zip"))
    assert (tmp_path / "tables.zip").read_bytes()[:2] == b"PK"


def test_the_article_is_shown_beside_the_brief(stored: str) -> None:
    """Read from its file."""
    page = run("show", stored, str(ARTICLE_FILE), "-f", "html")
    assert 'id="article"' in page


def test_a_wrong_file_is_an_error_and_leaves_nothing(stored: str, tmp_path: Path) -> None:
    """A file that is no brief, a folder that does not exist, a format that is none."""
    wrong = tmp_path / "wrong.json"
    wrong.write_text("{}")
    with pytest.raises(InputError, match="not a brief"):
        run("show", str(wrong))
    with pytest.raises(InputError, match="no format"):
        run("show", stored, "-f", "docx")
    with pytest.raises(OutputError, match="cannot be written"):
        run("show", stored, "-o", str(tmp_path / "none" / "page.html"))
    assert {path.name for path in tmp_path.iterdir()} == {"brief.json", "wrong.json"}


def test_a_failed_write_spoils_nothing(
    stored: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old file stays as it was, and no half of the new one lies beside it."""
    target = tmp_path / "page.html"
    target.write_text("old")

    def full(self: Path, other: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OutputError, match="No space left on device"):
        run("show", stored, "-o", str(target))
    assert target.read_text() == "old"
    assert {path.name for path in tmp_path.iterdir()} == {"brief.json", "page.html"}


def test_two_briefs_are_compared(stored: str, tmp_path: Path) -> None:
    """In each form; --exit-code tells whether there is a difference."""
    new = tmp_path / "new.json"
    brief = sample_brief().model_copy(update={"warnings": ()})
    new.write_text(render(brief, format="json"), encoding="utf-8")
    assert run("diff", stored, str(new)).startswith("2 vanished, 14 the same")
    found = json.loads(run("diff", stored, str(new), "--format", "json"))
    assert [one["old"] for one in found["differences"]] == ["w1", "w2"]
    assert run("diff", stored, stored, "--exit-code").startswith("16 the same")
    assert CliRunner().invoke(APP, ["diff", stored, str(new), "--exit-code"]).exit_code == 1
