"""`dragoman model` shows, fetches, finds, serves and removes embedded models."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from model_host import MODEL, hosting, write_catalogue
from typer.testing import CliRunner

from dragoman.cli.model import app
from dragoman.errors import EmbeddedModelError, OfflineError, SettingsError

HERE = Path(__file__).parent


@pytest.fixture(autouse=True)
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The model `tiny` beside the shipped one; nobody has it."""
    file = tmp_path / "models.toml"
    write_catalogue(file, url="http://127.0.0.1:9/tiny.gguf")
    monkeypatch.setenv("DRAGOMAN_MODELS", str(file))
    monkeypatch.setenv("DRAGOMAN_CACHE_DIR", str(tmp_path / "cache"))
    return file


def _run(*arguments: str) -> tuple[str, str]:
    """What the command prints on standard output and standard error."""
    result = CliRunner().invoke(app, arguments, catch_exceptions=False, standalone_mode=False)
    assert result.exit_code == 0
    return result.stdout, result.stderr


def test_list_tells_what_there_is() -> None:
    """One line a model: name, size, licence, whether it is there, and what it is."""
    out, _ = _run("list")
    lines = [line.split() for line in out.splitlines()]
    assert lines[0] == ["NAME", "SIZE", "LICENSE", "STATE", "MODEL"]
    assert lines[1] == ["tiny", "1", "MB", "MIT", "missing", "Tiny"]
    assert lines[2][:5] == ["qwen2.5-coder-1.5b", "1117", "MB", "Apache-2.0", "missing"]


def test_pull_path_and_remove(tmp_path: Path, catalogue: Path) -> None:
    """A model is pulled once, found from then on, and gone when it is removed."""
    with hosting() as host:
        write_catalogue(catalogue, url=host.url)
        out, err = _run("pull", "tiny")
        again, silence = _run("pull")
    file = tmp_path / "cache" / "models" / "tiny.gguf"
    assert file.read_bytes() == MODEL
    assert out == again == f"{file}\n"
    assert err == "Fetching Tiny (0.0 GB, MIT), once\n"
    assert silence == ""
    assert _run("path") == (f"{file}\n", "")
    assert "installed" in _run("list")[0]
    assert _run("remove", "tiny")[0] == "1 MB freed\n"
    assert not file.exists()
    assert _run("remove", "tiny")[0] == "tiny is not there\n"


def test_path_of_a_missing_model_is_an_error() -> None:
    """Nothing is fetched for it."""
    with pytest.raises(OfflineError, match="dragoman model pull tiny"):
        _run("path")


def test_serve_offline_fetches_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither with the option nor with the setting."""
    monkeypatch.syspath_prepend(HERE / "stand_in")
    with pytest.raises(OfflineError):
        _run("serve", "--offline")
    monkeypatch.setenv("DRAGOMAN_OFFLINE", "1")
    with pytest.raises(OfflineError):
        _run("pull")


def test_errors_come_out_as_such() -> None:
    """Unknown names and models that cannot be fetched are Dragoman's errors."""
    with pytest.raises(SettingsError, match="no embedded model is called 'huge'"):
        _run("pull", "huge")
    with pytest.raises(EmbeddedModelError, match="cannot be fetched"):
        _run("pull", "tiny")


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is no signal there")
def test_serve_runs_until_interrupted(tmp_path: Path) -> None:
    """It prints what other programs need as shell commands, and ends cleanly with Ctrl-C."""
    model = tmp_path / "own.gguf"
    model.write_bytes(b"GGUF")
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", "from dragoman.cli.model import app; app()", "serve", str(model)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(HERE / "stand_in")},
    )
    assert process.stdout is not None
    assert process.stdout.readline().startswith("export OPENAI_BASE_URL=http://127.0.0.1:")
    assert process.stdout.readline().startswith("export OPENAI_API_KEY=")
    assert process.stdout.readline() == "export OPENAI_MODEL=own\n"
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 0
    assert err == "Serving to programs that are told so as below. Ctrl-C ends it.\n"
