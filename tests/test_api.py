"""The library's functions, as a program or a notebook calls them."""

from __future__ import annotations

import inspect
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import respx
from chat import BASE_URL, CHAT, KEY
from scripted import ARTICLE, TEXT, Script

import dragoman
from dragoman import Article, Brief, Dragoman, asummarize, check, correct, summarize
from dragoman.errors import GlossaryError, InputError, SettingsError

over_http = pytest.mark.respx(using="httpcore2", base_url=BASE_URL)


@pytest.fixture(autouse=True)
def endpoint(monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings come from the environment, as a user's do."""
    monkeypatch.setenv("OPENAI_BASE_URL", BASE_URL)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_MODEL", "m")


@over_http
def test_summarize_takes_a_text(respx_mock: respx.Router) -> None:
    """One call, no event loop, settings from the environment."""
    respx_mock.post(CHAT).mock(side_effect=Script())
    brief = summarize(TEXT)
    assert isinstance(brief, Brief)
    assert brief.run.complete
    assert brief.run.model == "m"
    assert check(TEXT, brief).passed


@over_http
def test_summarize_takes_a_path_in_either_form(respx_mock: respx.Router, tmp_path: Path) -> None:
    """A path, the name of a file, and an article give the same brief."""
    respx_mock.post(CHAT).mock(side_effect=Script())
    file = tmp_path / "article.txt"
    file.write_text(TEXT, encoding="utf-8")
    briefs = [summarize(source) for source in (file, str(file), Article.from_path(file))]
    assert len({brief.source.sha256 for brief in briefs}) == 1
    assert {brief.source.uri for brief in briefs} == {str(file)}


@over_http
async def test_summarize_works_within_a_running_event_loop(respx_mock: respx.Router) -> None:
    """As in a notebook, where every cell runs within one."""
    respx_mock.post(CHAT).mock(side_effect=Script())
    assert summarize(ARTICLE).run.complete
    assert Dragoman().brief(ARTICLE).run.complete
    with Dragoman() as dragoman:
        assert dragoman.brief(ARTICLE).run.complete


@over_http
async def test_asummarize_is_the_same_without_blocking(respx_mock: respx.Router) -> None:
    """Arguments go before the environment."""
    script = Script()
    respx_mock.post(CHAT).mock(side_effect=script)
    brief = await asummarize(ARTICLE, model="other")
    assert brief.run.model == "other"
    assert {body["model"] for _, body in script.asked} == {"other"}


@over_http
def test_one_dragoman_makes_several_briefs(respx_mock: respx.Router) -> None:
    """Within `with` and after it, and again."""
    respx_mock.post(CHAT).mock(side_effect=Script())
    with Dragoman() as maker:
        assert [maker.brief(ARTICLE).run.requests for _ in range(2)] == [3, 3]
    assert maker.brief(ARTICLE).run.requests == 3
    with maker:
        assert maker.brief(ARTICLE).run.requests == 3


@pytest.mark.parametrize(
    "source", [Path("nowhere.txt"), Path(), "", "   \n", Path("a\0b"), Path("x" * 5000)]
)
def test_what_cannot_be_read_is_an_input_error(source: str | Path) -> None:
    """Whatever it is, it has the error's exit code and says what to do."""
    for function in (summarize, correct):
        with pytest.raises(InputError) as caught:
            function(source)
        assert caught.value.exit_code == 2
        assert caught.value.remedy


@pytest.mark.parametrize("text", ["x" * 5000, "No file of this name.txt", "a\0b", "One line."])
def test_a_text_that_is_no_file_is_a_text(text: str) -> None:
    """A string on one line is a path only if there is such a file."""
    assert correct(text) == text


def test_an_unknown_setting_is_named() -> None:
    """A slip of the pen in an argument is told before anything happens."""
    with pytest.raises(SettingsError, match="modle"):
        summarize(ARTICLE, modle="gpt")


@over_http
def test_check_takes_a_brief_or_its_file(respx_mock: respx.Router, tmp_path: Path) -> None:
    """The report is the same; a changed word in the evidence is found."""
    respx_mock.post(CHAT).mock(side_effect=Script())
    brief = summarize(ARTICLE)
    file = tmp_path / "brief.json"
    file.write_text(brief.model_dump_json(), encoding="utf-8")
    assert check(ARTICLE, brief) == check(ARTICLE, file) == check(TEXT, str(file))
    data = json.loads(brief.model_dump_json())
    evidence = data["positions"][0]["evidence"][0]
    evidence["exact"] = evidence["exact"].replace("never", "maybe")
    file.write_text(json.dumps(data), encoding="utf-8")
    assert not check(ARTICLE, file).passed
    with pytest.raises(InputError):
        check(ARTICLE, tmp_path / "none.json")


def test_correct_applies_glossaries(tmp_path: Path) -> None:
    """Without a brief the corrections of glossaries and spellings; quotations stay."""
    terms = tmp_path / "terms.csv"
    terms.write_text("term,preferred,language\ndam,barrage,en\n", encoding="utf-8")
    text = 'The dam holds, Moor said in Linden on Monday.\n\n"The dam holds," he said.\n'
    expected = text.replace("The dam holds, Moor", "The barrage holds, Moor")
    assert correct(text, glossaries=[terms]) == expected
    with pytest.raises(GlossaryError):
        correct(text, glossaries=[tmp_path / "none.csv"])


def test_every_public_name_is_there_and_documented() -> None:
    """`dir` lists them, each can be had, and each has a docstring."""
    assert set(dragoman.__all__) <= set(dir(dragoman))
    for name in dragoman.__all__:
        value = getattr(dragoman, name)
        assert inspect.getdoc(value), name
    assert dragoman.__version__
    with pytest.raises(AttributeError, match="sumarize"):
        dragoman.__getattr__("sumarize")


def test_no_type_of_a_dependency_is_in_a_public_signature() -> None:
    """What the functions take and give is Python's own or Dragoman's."""
    ours = {"Brief", "Article", "Report", "Sequence", "Path", "Any", "Settings"}
    for function in (summarize, asummarize, check, correct, dragoman.render):
        signature = inspect.signature(function)
        annotations = [one.annotation for one in signature.parameters.values()]
        for annotation in (*annotations, signature.return_annotation):
            words = set("".join(c if c.isalnum() else " " for c in str(annotation)).split())
            assert words <= ours | {"str", "bool", "int", "bytes", "None", "Mapping", "object"}


def loaded(code: str, *names: str) -> list[str]:
    """Which of these modules a fresh interpreter has loaded after running some code."""
    program = f"{code}\nimport sys; print(*[n for n in {names!r} if n in sys.modules])"
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return done.stdout.split()


HEAVY = ("openai", "instructor", "pydantic", "httpx2", "babel", "trafilatura", "rich", "tenacity")


@pytest.mark.parametrize(
    "code", ["import dragoman", "import dragoman.cli", "dir(__import__('dragoman'))"]
)
def test_importing_loads_nothing_heavy(code: str) -> None:
    """Libraries are loaded when the first brief needs them."""
    assert loaded(code, *HEAVY) == []


def test_reading_an_article_loads_no_client() -> None:
    """Who only reads, checks or corrects needs no model's libraries."""
    code = "from dragoman import correct; correct('Moor said so.\\nThe dam holds.')"
    assert loaded(code, "openai", "instructor") == []


def test_the_examples_of_the_package_docstring_are_right() -> None:
    """What `help(dragoman)` shows first is how it is used."""
    doc: Any = dragoman.__doc__
    assert "from dragoman import summarize" in doc
    assert 'summarize("article.txt")' in doc
