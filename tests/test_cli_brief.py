"""`dragoman brief`: what comes out, what goes wrong, and that nothing is half written."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
import respx
from chat import BASE_URL, CHAT, KEY, refusal
from scripted import GOOD, TEXT, Script, changed
from server import Server, answers, free_port, hangs

from dragoman.cli import run

pytestmark = pytest.mark.respx(using="httpcore2", base_url=BASE_URL, assert_all_called=False)

PAGE = "<html><body><nav><a href='/'>Home</a> <a href='/login'>Log in</a></nav></body></html>"


class Result:
    """Exit code and output of a command."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    def fails(self, code: int, *words: str) -> None:
        """It ended with this code and one line of complaint, with no traceback and no key."""
        assert self.code == code, self.err
        assert self.out == ""
        complaints = [line for line in self.err.splitlines() if not line.endswith(": reading")]
        assert len(complaints) == 1, self.err
        assert complaints[0].startswith("dragoman: error: ")
        for word in words:
            assert word in complaints[0]
        assert KEY not in self.err
        assert "Traceback" not in self.err


Command = Callable[..., Result]


@pytest.fixture
def dragoman(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Command:
    """Runs `dragoman brief` in an empty folder with an endpoint set by the environment."""
    monkeypatch.setenv("OPENAI_BASE_URL", BASE_URL)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_MODEL", "m")
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    Path("article.txt").write_text(TEXT, encoding="utf-8")

    def command(*arguments: str, **environment: str) -> Result:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        code = run(["brief", *arguments])
        return Result(code, *capsys.readouterr())

    return command


@pytest.fixture
def model(respx_mock: respx.Router) -> Callable[..., Script]:
    """Sets what the model answers; good answers if nothing is given."""

    def answer(**given: Any) -> Script:
        script = Script(**given)
        respx_mock.post(CHAT).mock(side_effect=script)
        return script

    return answer


def left_over() -> set[str]:
    """Files in the working folder beside the article."""
    return {str(path) for path in Path().rglob("*") if path.is_file()} - {"article.txt"}


def test_the_brief_is_on_standard_output(dragoman: Command, model: Callable[..., Script]) -> None:
    """The terminal form, without colours in a pipe; progress is elsewhere."""
    model()
    result = dragoman("article.txt")
    assert result.code == 0
    assert result.out.startswith("Minister warns of a broken dam\n")
    assert "\x1b" not in result.out
    assert result.err == "article.txt: reading\n"
    assert dragoman("article.txt", "--quiet").err == ""


def test_verbose_shows_each_question_and_each_pause(
    dragoman: Command, model: Callable[..., Script]
) -> None:
    """A line for every question, and why and how long it waits."""
    model(article=[refusal(503, headers={"retry-after": "9"}), GOOD])
    lines = dragoman("article.txt", "--verbose").err.splitlines()
    assert lines == [
        "article.txt: sentences 1 to 6 (1 of 1)",
        "server error: trying again in 9 s",
        "article.txt: wrong words, sentences 1 to 6 (1 of 1)",
        "article.txt: key points",
    ]


@pytest.mark.parametrize(
    ("arguments", "begins"),
    [
        (("--format", "json"), '{"schema_version"'),
        (("-f", "markdown"), "# "),
        (("-f", "html"), "<!doctype html>"),
    ],
)
def test_formats(
    dragoman: Command, model: Callable[..., Script], arguments: tuple[str, ...], begins: str
) -> None:
    """Every text format goes to standard output."""
    model()
    out = dragoman("article.txt", *arguments).out
    assert "".join(out.split()).lower().startswith("".join(begins.split()).lower())


def test_the_ending_of_the_output_tells_the_format(
    dragoman: Command, model: Callable[..., Script]
) -> None:
    """Nothing is on standard output then, and the file holds the brief."""
    model()
    result = dragoman("article.txt", "-o", "brief.json")
    assert (result.code, result.out) == (0, "")
    assert json.loads(Path("brief.json").read_text(encoding="utf-8"))["run"]["complete"] is True
    assert left_over() == {"brief.json"}


def test_standard_input(
    dragoman: Command, model: Callable[..., Script], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The article may come through a pipe."""
    model()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    result = dragoman("-", "-f", "json")
    assert result.code == 0
    assert json.loads(result.out)["source"]["uri"] == "standard input"
    assert "standard input: reading" in result.err


def test_latin_1_is_read_well(dragoman: Command, model: Callable[..., Script]) -> None:
    """An old file's umlauts arrive at the model as they were written."""
    script = model(article={"actors": [], "meetings": [], "positions": [], "warnings": []})
    text = "Müller grüßt Köln\n\nMinister Müller sagte am Montag in Köln, der Damm werde hälten.\n"
    Path("old.txt").write_bytes(text.encode("latin-1"))
    assert dragoman("old.txt").code == 0
    assert "Minister Müller sagte" in script.asked[0][1]["messages"][1]["content"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("none.txt", None, ["no such file"]),
        ("empty.txt", b"", ["no text"]),
        ("blank.txt", b" \n\n\t", ["no text"]),
        ("some.pdf", b"%PDF-1.7 ...", ["a PDF", "Give a text or HTML file"]),
        ("some.bin", bytes(range(256)) * 8, ["not text"]),
        ("large.txt", b"Moor said no. " * 375_000, ["too many", "one article a file"]),
        ("page.html", PAGE.encode(), ["no article"]),
        (".", None, ["is a directory"]),
        ("https://example.org/a", None, ["not fetched", "Save the page"]),
    ],
)
def test_wrong_input_is_one_line_and_exit_code_2(
    dragoman: Command,
    model: Callable[..., Script],
    name: str,
    content: bytes | None,
    words: list[str],
) -> None:
    """The file is named, and what to do; no model is asked and nothing is written."""
    script = model()
    if content is not None:
        Path(name).write_bytes(content)
    before = left_over()
    dragoman(name, "-o", "brief.json").fails(2, name, *words)
    assert script.asked == []
    assert left_over() == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--format", "docx"], ["'docx'", "terminal, json"]),
        (["--language", "xx"], ["no language 'xx'"]),
        (["--language", "German"], ["language", "'German'"]),
        (["--strategy", "guess"], ["strategy", "'article' or 'sentence'"]),
        (["--deadline", "-3"], ["deadline"]),
        (["--max-tokens", "0"], ["max_tokens"]),
        (["--base-url", "localhost:8080"], ["http://localhost:8080/v1"]),
        (["--record", "a", "--replay", "b"], ["record"]),
    ],
)
def test_wrong_options_are_one_line_and_exit_code_2(
    dragoman: Command, model: Callable[..., Script], arguments: list[str], words: list[str]
) -> None:
    """The option is named, and what may be given; no model is asked."""
    script = model()
    dragoman("article.txt", *arguments).fails(2, *words)
    assert script.asked == []
    assert left_over() == set()


@pytest.mark.parametrize("arguments", [["--nonsense"], ["--deadline", "soon"], []])
def test_wrong_usage_is_exit_code_2(dragoman: Command, arguments: list[str]) -> None:
    """What the command line itself does not understand."""
    result = dragoman(*(["article.txt", *arguments] if arguments else []))
    assert result.code == 2
    assert "Traceback" not in result.err
    assert result.out == ""


@pytest.mark.parametrize("output", ["nowhere/brief.json", "article.txt/brief.json", "/proc/b.json"])
def test_what_cannot_be_written_is_told_before_the_model_is_asked(
    dragoman: Command, model: Callable[..., Script], output: str
) -> None:
    """Minutes of reading must not be lost to a slip of the pen."""
    script = model()
    dragoman("article.txt", "-o", output).fails(13, str(Path(output).parent))
    assert script.asked == []


FAILURES: list[tuple[Any, int, list[str]]] = [
    (refusal(401, f"Incorrect API key provided: {KEY}"), 3, ["key", "OPENAI_API_KEY"]),
    (refusal(403), 3, ["key"]),
    (httpx.ConnectError("refused"), 4, ["no connection", "--base-url"]),
    (httpx.ReadTimeout("slow"), 4, ["--timeout"]),
    (refusal(503), 4, ["HTTP 503"]),
    (httpx.Response(200, html="<h1>Welcome</h1>"), 4, ["--base-url"]),
    (refusal(429, code="insufficient_quota"), 5, ["no credit"]),
    (refusal(429, "slow down"), 5, ["rate limit"]),
    (refusal(404, "The model `m` does not exist"), 6, ["'m'", "--model"]),
    (refusal(400, "maximum context length is 10 tokens"), 6, ["longer context"]),
]


@pytest.mark.parametrize(("response", "code", "words"), FAILURES)
@pytest.mark.parametrize("strategy", ["article", "sentence"])
def test_an_endpoint_that_fails_is_one_line_and_its_exit_code(
    dragoman: Command,
    model: Callable[..., Script],
    response: Any,
    code: int,
    words: list[str],
    strategy: str,
) -> None:
    """Whatever the strategy: what happened, what to do, no traceback, no key, no file."""
    model(article=response, statement=response, meeting=response)
    result = dragoman("article.txt", "-o", "brief.json", "--strategy", strategy)
    result.fails(code, *words)
    assert left_over() == set()


def test_a_dead_port_and_a_hanging_server(dragoman: Command) -> None:
    """Over real connections: nobody listens; and somebody listens and says nothing."""
    dead = f"http://127.0.0.1:{free_port()}/v1"
    dragoman("article.txt", OPENAI_BASE_URL=dead).fails(4, "no connection")
    with Server(hangs) as server:
        started = time.monotonic()
        result = dragoman(
            *("article.txt", "--timeout", "0.3"),
            OPENAI_BASE_URL=server.base_url,
            DRAGOMAN_ATTEMPTS="2",
        )
    result.fails(4, "no answer within 0.3 s")
    assert time.monotonic() - started < 25


def test_an_incomplete_brief_is_written_and_exit_code_1(
    dragoman: Command, model: Callable[..., Script]
) -> None:
    """A deadline or an outage half-way: the brief so far, the reason on standard error."""
    model(corrections=httpx.ConnectError("gone"))
    result = dragoman("article.txt", "-f", "json", "--quiet")
    assert result.code == 1
    brief = json.loads(result.out)
    assert brief["run"]["complete"] is False
    assert len(brief["positions"]) == 2
    assert result.err.count("\n") == 1
    assert "the brief is incomplete: wrong words were not looked for" in result.err


def test_a_used_up_budget_is_exit_code_1(dragoman: Command, model: Callable[..., Script]) -> None:
    """`--max-tokens` ends the run, the brief says what is missing."""
    model()
    result = dragoman("article.txt", "-f", "json", "--max-tokens", "150")
    assert result.code == 1
    assert "budget of 150 tokens" in json.loads(result.out)["gaps"][0]["reason"]


def test_record_and_replay(dragoman: Command, model: Callable[..., Script]) -> None:
    """A recorded brief can be made again without key and network."""
    script = model()
    recorded = dragoman("article.txt", "-f", "json", "--record", "run.jsonl").out
    count = len(script.asked)
    replayed = dragoman(
        *("article.txt", "-f", "json", "--replay", "run.jsonl"),
        OPENAI_API_KEY="",
        OPENAI_BASE_URL="",
        OPENAI_MODEL="",
    ).out
    assert len(script.asked) == count
    first, second = json.loads(recorded), json.loads(replayed)
    assert first["run"].pop("seconds") >= 0
    assert second["run"].pop("seconds") >= 0
    assert first == second
    assert KEY not in Path("run.jsonl").read_text(encoding="utf-8")
    Path("run.jsonl").write_text("", encoding="utf-8")
    result = dragoman("article.txt", "--replay", "run.jsonl", OPENAI_BASE_URL=BASE_URL)
    assert result.code in (2, 10)


def test_several_articles_go_into_a_folder(dragoman: Command, model: Callable[..., Script]) -> None:
    """One file each, told apart even if their names are the same, and an index for pages."""
    model()
    Path("more").mkdir()
    Path("more/article.txt").write_text(TEXT, encoding="utf-8")
    result = dragoman("article.txt", "more/article.txt", "-o", "out", "-f", "html")
    assert result.code == 0
    assert left_over() == {
        "more/article.txt",
        "out/article.html",
        "out/article-2.html",
        "out/index.html",
    }
    assert result.err.splitlines() == [
        "[1/2] article.txt: reading",
        "[2/2] more/article.txt: reading",
    ]


def test_a_folder_takes_a_single_article_too(
    dragoman: Command, model: Callable[..., Script]
) -> None:
    """An output that is a folder gets a file named after the article."""
    model()
    Path("out").mkdir()
    assert dragoman("article.txt", "-o", "out", "-f", "json").code == 0
    assert left_over() == {"out/article.json"}


def test_one_bad_article_among_several_does_not_keep_back_the_others(
    dragoman: Command, model: Callable[..., Script]
) -> None:
    """Its complaint is told, the index shows it, and the exit code is that of the first failure."""
    model(article=[GOOD, refusal(401), GOOD])
    for name in ("b.txt", "c.txt"):
        Path(name).write_text(TEXT, encoding="utf-8")
    Path("empty.txt").touch()
    result = dragoman("empty.txt", "article.txt", "b.txt", "c.txt", "-o", "out", "-f", "html", "-q")
    assert result.code == 2
    complaints = result.err.splitlines()
    assert len(complaints) == 2
    assert "empty.txt" in complaints[0]
    assert "b.txt" in complaints[1]
    assert "refuses the key" in complaints[1]
    written = {path.name for path in Path("out").iterdir()}
    assert written == {"article.html", "c.html", "index.html"}
    index = Path("out/index.html").read_text(encoding="utf-8")
    assert "refuses the key" in index
    assert "there is no text" in index
    assert 'href="article.html"' in index


def test_several_articles_need_a_folder(dragoman: Command, model: Callable[..., Script]) -> None:
    """A file in its place is told before the model is asked."""
    script = model()
    Path("b.txt").write_text(TEXT, encoding="utf-8")
    dragoman("article.txt", "b.txt", "-o", "article.txt").fails(13, "names a folder")
    assert script.asked == []
    assert Path("article.txt").read_text(encoding="utf-8") == TEXT


def test_an_existing_file_is_replaced_only_by_a_whole_brief(
    dragoman: Command, model: Callable[..., Script]
) -> None:
    """A run that fails leaves the brief of yesterday as it was."""
    Path("brief.json").write_text("yesterday", encoding="utf-8")
    model(article=refusal(401))
    assert dragoman("article.txt", "-o", "brief.json").code == 3
    assert Path("brief.json").read_text(encoding="utf-8") == "yesterday"
    model()
    assert dragoman("article.txt", "-o", "brief.json").code == 0
    assert json.loads(Path("brief.json").read_text(encoding="utf-8"))["language"] == "en"


def test_without_a_model_offline_is_an_error(dragoman: Command) -> None:
    """No key, no endpoint, no model file, and no permission to fetch it."""
    result = dragoman(
        *("article.txt", "--offline"), OPENAI_API_KEY="", OPENAI_BASE_URL="", OPENAI_MODEL=""
    )
    result.fails(9)


def test_hostile_text_and_answers_reach_no_terminal(
    dragoman: Command, model: Callable[..., Script]
) -> None:
    """Control characters of article or model are made visible, whatever they would do."""
    escape = "\x1b]0;owned\x07\x1b[31m"
    model(article=changed(GOOD, "positions", 0, "topic", to=f"dam{escape}"))
    result = dragoman("article.txt")
    assert "\x1b" not in result.out
    assert "\x07" not in result.out


def start(folder: Path, base_url: str, *arguments: str) -> subprocess.Popen[bytes]:
    """The command as a process of its own."""
    (folder / "article.txt").write_text(TEXT, encoding="utf-8")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("OPENAI_", "DRAGOMAN_"))}
    environment = {
        **kept,
        "OPENAI_BASE_URL": base_url,
        "OPENAI_API_KEY": KEY,
        "OPENAI_MODEL": "m",
        "XDG_CACHE_HOME": str(folder / "cache"),
    }
    return subprocess.Popen(  # noqa: S603 - our own code
        [sys.executable, "-m", "dragoman", "brief", "article.txt", *arguments],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    """As with `| head -1`: no complaint, no traceback."""
    with Server(answers(json.dumps(GOOD))) as server:
        process = start(tmp_path, server.base_url, "--quiet")
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        complaints = process.stderr.read().decode()
        process.stderr.close()
        process.wait(60)
    assert "Traceback" not in complaints
    assert "BrokenPipe" not in complaints
    assert process.returncode == 0
    assert len(server.requests) > 1


@pytest.mark.skipif(sys.platform == "win32", reason="signals work differently there")
def test_an_interrupt_ends_it_with_130(tmp_path: Path) -> None:
    """Ctrl-C while the server thinks: one line, no traceback, nothing written."""
    with Server(hangs) as server:
        process = start(tmp_path, server.base_url, "-o", "brief.json")
        deadline = time.monotonic() + 120
        while not server.requests and time.monotonic() < deadline:
            time.sleep(0.05)
        assert server.requests
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == b""
    assert err.decode().splitlines() == [
        "article.txt: reading",
        "dragoman: error: interrupted",
    ]
    assert b"Traceback" not in err
    assert not [path for path in tmp_path.iterdir() if "brief" in path.name]
