"""The manual tells the truth: what it names exists, and what programs write in it is current."""

from __future__ import annotations

import ast
import contextlib
import importlib
import io
import re
import runpy
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from dragoman import errors
from dragoman.rendering import FORMATS
from dragoman.settings import Settings

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "evals/README.md"]
PAGES += sorted((ROOT / "docs").glob("*.md"))
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONFIGURATION = (ROOT / "docs/configuration.md").read_text(encoding="utf-8")

_CODE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def script(name: str) -> dict[str, Any]:
    """What a script of the manual defines."""
    return runpy.run_path(str(ROOT / "docs" / name))


@pytest.fixture(scope="module")
def commands() -> dict[str, set[str]]:
    """Every command with the spellings of its options."""
    cli = script("build_cli.py")
    return {words: cli["options"](command) for words, command in cli["commands"]()}


def command_lines(text: str) -> Iterator[list[str]]:
    """The words of every call of dragoman that a page shows, in a block or within a line."""
    text = _CODE.sub("", _COMMENT.sub("", text))
    shown = [line for line in text.splitlines() if line.startswith("    ")]
    shown += re.findall(r"`(dragoman [^`]+)`", text)
    for line in shown:
        for part in re.split(r"&&|\|(?!\|)", line.partition(" #")[0]):
            words = shlex.split(part.strip()) if "dragoman " in part else []
            if words[:1] == ["dragoman"]:
                yield words


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_and_options_exist(page: Path, commands: dict[str, set[str]]) -> None:
    """Every command that a page shows is one, and has the options it is shown with."""
    groups = {" ".join(words.split()[:2]) for words in commands}
    for words in command_lines(page.read_text(encoding="utf-8")):
        plain = [word for word in words[1:] if not word.startswith("-")]
        named = next(
            (name for n in (2, 1) if (name := " ".join(["dragoman", *plain[:n]])) in commands), None
        )
        if named is None:
            known = {*groups, "dragoman COMMAND", "dragoman --help", "dragoman --version"}
            assert " ".join(words[:2]) in known, " ".join(words)
            continue
        for word in words:
            if word.startswith("-") and word != "-":
                assert word.partition("=")[0] in commands[named], " ".join(words)


def test_the_manual_shows_every_command(commands: dict[str, set[str]]) -> None:
    """No command is left out of the README, the manual or the page on evaluation."""
    manual = "".join(page.read_text(encoding="utf-8") for page in PAGES if page.name != "cli.md")
    assert [words for words in commands if words not in manual] == []


@pytest.mark.parametrize("name", ["build_cli.py", "build_rules.py", "build_sample.py"])
def test_written_pages_are_current(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a script writes into the manual is what it would write now."""
    monkeypatch.setattr("sys.argv", [name, "--check"])
    complaint = io.StringIO()
    with contextlib.redirect_stderr(complaint):
        code = script(name)["main"]()
    assert (code, complaint.getvalue()) == (0, "")


def rows(text: str, heading: str) -> list[list[str]]:
    """The cells of the first table after a line, without its head."""
    after = text.split(f"\n{heading}\n", 1)[1]
    lines = re.split(r"^\| --- .*\n", after, maxsplit=1, flags=re.MULTILINE)[1].splitlines()
    table = []
    for line in lines:
        if not line.startswith("|"):
            break
        table.append([cell.strip() for cell in line.strip("|").split("|")])
    return table


def test_exit_codes_agree() -> None:
    """The README lists the exit code of every error and no other; so does the command's help."""
    listed = {int(code) for code, _ in rows(README, "## Exit codes")}
    kinds = [each for each in vars(errors).values() if isinstance(each, type)]
    raised = {kind.exit_code for kind in kinds if issubclass(kind, errors.DragomanError)}
    raised.discard(errors.DragomanError.exit_code)  # the root itself is never raised
    assert listed == raised | {0, 1, 130}
    cli = importlib.import_module("dragoman.cli")
    assert {int(code) for code in re.findall(r"(?<!\d)\d+(?= )", cli.app.info.epilog)} == listed


def test_settings_agree() -> None:
    """The page on settings lists all of them with their variables and defaults."""
    openai = importlib.import_module("dragoman.settings")._OPENAI_VARIABLES
    listed = {}
    for name, variable, default, _ in rows(CONFIGURATION, "file or variable."):
        listed[name.strip("`")] = (variable.strip("`"), default.strip("`"))
    expected = {}
    for name, field in Settings.model_fields.items():
        shown = "" if field.default_factory or field.default in (None, ()) else field.default
        if isinstance(shown, float):
            shown = f"{shown:g}"
        shown = str(shown).lower() if isinstance(shown, bool) else str(shown)
        expected[name] = (openai.get(name, ""), shown)
    assert listed == expected


def test_variables_exist() -> None:
    """Every environment variable that a page names for settings is read."""
    fields = set(Settings.model_fields)
    named = set()
    for page in PAGES:
        named |= set(re.findall(r"\bDRAGOMAN_([A-Z_]+)\b", page.read_text(encoding="utf-8")))
    assert {name.lower() for name in named} <= fields
    assert "cache_dir" in {name.lower() for name in named}


def test_formats_are_listed() -> None:
    """The README and the page on formats name every format."""
    formats = (ROOT / "docs/formats.md").read_text(encoding="utf-8")
    for name in FORMATS:
        assert f"`{name}`" in README, name
        assert f"`{name}`" in formats, name


def test_kinds_of_glossary_entries_are_listed() -> None:
    """The page on glossaries names every kind and column."""
    from dragoman.schemas.vocabulary import CorrectionKind
    from dragoman.terminology.glossary import COLUMNS, CONTEXT_COLUMNS

    page = (ROOT / "docs/glossaries.md").read_text(encoding="utf-8")
    for name in (*get_args(CorrectionKind), *COLUMNS, *CONTEXT_COLUMNS):
        assert f"`{name}`" in page, name


def test_the_glossary_shown_is_valid(tmp_path: Path) -> None:
    """The example of the page on glossaries is read without a problem."""
    from dragoman.terminology.glossary import load_glossary

    page = (ROOT / "docs/glossaries.md").read_text(encoding="utf-8")
    [example] = [code for language, code in _CODE.findall(page) if language == "csv"]
    file = tmp_path / "terms.csv"
    file.write_text(example, encoding="utf-8")
    assert len(load_glossary(file).entries) == 3


def test_the_settings_shown_are_valid(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The dragoman.toml of the page on settings is accepted."""
    [example] = [code for language, code in _CODE.findall(CONFIGURATION) if language == "toml"]
    (tmp_path / "dragoman.toml").write_text(example, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    settings = Settings()
    assert settings.model == "qwen3:8b"
    assert settings.glossaries == (tmp_path / "terms.csv",)


def links(page: Path) -> list[str]:
    """Where the links of a page lead, those to the web left out."""
    text = _CODE.sub("", page.read_text(encoding="utf-8"))
    found = re.findall(r"\]\(([^)\s]+)\)", text)
    return [target for target in found if not target.startswith(("http://", "https://"))]


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    """Every file that a page links to is there, and so is every heading."""
    for target in links(page):
        if "../agent/" in target and not (ROOT / "agent").exists():
            continue  # where the installed wheel is tested there are no sources
        file, _, anchor = target.partition("#")
        to = (page.parent / file) if file else page
        assert to.exists(), target
        assert not anchor or anchor in anchors(to), target


def examples() -> list[Any]:
    """The Python code that the manual shows."""
    return [
        pytest.param(code, id=f"{page.name}-{number}")
        for page in PAGES
        for number, (language, code) in enumerate(_CODE.findall(page.read_text("utf-8")))
        if language == "python"
    ]


@pytest.mark.parametrize("code", examples())
def test_examples_use_what_there_is(code: str) -> None:
    """The code compiles, and what it imports from dragoman is there."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("dragoman"):
            module = importlib.import_module(node.module or "")
            for name in node.names:
                assert hasattr(module, name.name), name.name


def test_examples_without_a_model_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The functions that the page on the library shows work on a brief."""
    from case_briefs import labelled_brief

    from dragoman.evals.cases import load_cases

    monkeypatch.chdir(ROOT)
    [case] = load_cases(ROOT / "evals/cases", ["de-lukaschenko-xi"])
    brief, _ = labelled_brief(case)
    page = (ROOT / "docs/library.md").read_text(encoding="utf-8")
    shown: dict[str, Callable[..., Any]] = {}
    for language, code in _CODE.findall(page):
        if language == "python" and ("def told" in code or "def page" in code):
            exec(compile(code, "library.md", "exec"), shown)  # noqa: S102 - our own manual
    assert "Belarus" in capsys.readouterr().out
    assert any("warns:" in line for line in shown["told"](brief))
    assert shown["stored"](brief) == brief
    assert shown["page"](brief).startswith("<!DOCTYPE html>")


def test_the_readme_names_the_commands_that_count() -> None:
    """How to run it and how to run the tests stand in the README as CI does it."""
    assert "pip install '.[local]' && dragoman brief examples/lukaschenko-xi.de.txt" in README
    assert "pip install -e '.[test]' && pytest" in README
    ci = (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert "pip install --quiet -e '.[test]'" in ci
