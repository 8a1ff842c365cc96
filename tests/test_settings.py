"""Settings: where they come from, which goes before which, and what is said of wrong ones."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from dragoman.errors import RecordingError, SettingsError
from dragoman.model import Limits
from dragoman.recording import RecordingTransport, ReplayTransport
from dragoman.settings import Settings

KEY = "sk-very-secret-key"


@pytest.fixture(autouse=True)
def working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def user_file(tmp_path: Path) -> Path:
    """dragoman.toml in the user's configuration folder."""
    folder = tmp_path / "config" / "dragoman"
    folder.mkdir(parents=True)
    return folder / "dragoman.toml"


def refused(**values: Any) -> SettingsError:
    with pytest.raises(SettingsError) as caught:
        Settings(**values).endpoint()
    assert "\n" not in str(caught.value)
    return caught.value


def test_nothing_set_means_the_embedded_model() -> None:
    """Without key and address there is no endpoint; the other defaults are sensible."""
    settings = Settings()
    assert settings.endpoint() is None
    assert settings.embedded_model is None
    assert settings.limits() == Limits()
    assert settings.transport() is None
    assert settings.strategy == "auto"


def test_arguments_before_environment_before_files(
    working_directory: Path, user_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each source goes before the next: argument, DRAGOMAN_*, OPENAI_*, directory, user."""
    seen = []
    user_file.write_text('model = "user"\nbase_url = "http://user.test/v1"\n', encoding="utf-8")
    seen.append(Settings().model)
    (working_directory / "dragoman.toml").write_text('model = "directory"\n', encoding="utf-8")
    seen.append(Settings().model)
    monkeypatch.setenv("OPENAI_MODEL", "openai")
    seen.append(Settings().model)
    monkeypatch.setenv("DRAGOMAN_MODEL", "own")
    seen.append(Settings().model)
    seen.append(Settings(model="argument").model)
    assert seen == ["user", "directory", "openai", "own", "argument"]
    assert Settings().base_url == "http://user.test/v1"  # from the one file that has it


def test_none_and_empty_count_as_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    """An option left out on the command line does not hide the environment."""
    monkeypatch.setenv("DRAGOMAN_TIMEOUT", "7")
    monkeypatch.setenv("OPENAI_API_KEY", "")
    settings = Settings(timeout=None)
    assert settings.timeout == 7
    assert settings.api_key is None


def test_variables_of_other_programs_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """MODEL or API_KEY may belong to anyone."""
    for name in ("MODEL", "API_KEY", "BASE_URL", "TIMEOUT", "STRATEGY"):
        monkeypatch.setenv(name, "17")
    assert (Settings().model, Settings().timeout, Settings().strategy) == (None, 300, "auto")


@pytest.mark.parametrize(
    ("values", "kind", "model"),
    [
        ({"api_key": KEY}, "openai", "gpt-4.1-mini"),
        ({"api_key": KEY, "model": "gpt-x"}, "openai", "gpt-x"),
        ({"api_key": KEY, "base_url": "https://api.openai.com/v1"}, "openai", "gpt-4.1-mini"),
        ({"base_url": "http://localhost:11434/v1", "model": "m"}, "compatible", "m"),
        (
            {
                "base_url": "https://me.openai.azure.com",
                "model": "mine",
                "api_key": KEY,
                "api_version": "2024-10-21",
            },
            "azure",
            "mine",
        ),
    ],
)
def test_kinds_of_endpoints(values: dict[str, Any], kind: str, model: str) -> None:
    """What is given decides which kind of endpoint is asked."""
    found = Settings(**values, context_tokens=8192).endpoint()
    assert found is not None
    assert (found.kind, found.model, found.context_tokens) == (kind, model, 8192)
    assert found.api_key == values.get("api_key", "")


@pytest.mark.parametrize(
    ("model", "name"), [("embedded", None), ("embedded:qwen2.5-1.5b", "qwen2.5-1.5b")]
)
def test_embedded_model_although_there_is_a_key(model: str, name: str | None) -> None:
    """The embedded model can be asked for by name, whatever else is set."""
    settings = Settings(model=model, api_key=KEY, base_url="http://localhost:1/v1")
    assert (settings.endpoint(), settings.embedded_model) == (None, name)


@pytest.mark.parametrize(
    ("values", "where", "remedy"),
    [
        ({"model": "gpt-x"}, "model", "OPENAI_API_KEY"),
        ({"base_url": "http://localhost:1/v1"}, "model", "--model"),
        ({"base_url": "https://api.openai.com/v1"}, "api_key", "OPENAI_API_KEY"),
        (
            {"base_url": "https://me.openai.azure.com", "model": "m", "api_key": KEY},
            "api_version",
            "OPENAI_API_VERSION",
        ),
        ({"record": Path("a"), "replay": Path("b")}, "record, replay", "one of them"),
    ],
)
def test_what_is_missing_is_named(values: dict[str, Any], where: str, remedy: str) -> None:
    """An incomplete endpoint is told before anything is sent, with what to set."""
    error = refused(**values)
    assert error.where == where
    assert remedy in str(error.remedy)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("timeout", -1),
        ("timeout", "soon"),
        ("attempts", 0),
        ("reasks", -1),
        ("deadline", 0),
        ("max_tokens", 0),
        ("strategy", "guess"),
        ("language", "German"),
        ("base_url", "localhost:8080"),
        ("base_url", "http://"),
    ],
)
def test_wrong_values_are_refused_in_one_line(
    name: str, value: Any, working_directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line names where the value stands: the argument, the variable, or the file."""
    assert refused(**{name: value}).where == name
    monkeypatch.setenv(f"DRAGOMAN_{name.upper()}", str(value))
    assert refused().where == f"DRAGOMAN_{name.upper()}"
    monkeypatch.delenv(f"DRAGOMAN_{name.upper()}")
    written = f'"{value}"' if isinstance(value, str) else value
    (working_directory / "dragoman.toml").write_text(f"{name} = {written}\n", encoding="utf-8")
    assert refused().where == f"{name} in dragoman.toml"


def test_unknown_setting() -> None:
    """A misspelt argument is named."""
    assert refused(modle="m").where == "modle"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('modle = "m"\n', "unknown key 'modle'"),
        ("[model]\nname = 1\n", "model in dragoman.toml"),
        ("model = \n", "not valid TOML"),
        ('model = "\xff"\n', "not valid TOML"),
    ],
)
def test_wrong_files_are_refused(content: str, says: str, working_directory: Path) -> None:
    """A file that cannot be understood is an error, not ignored."""
    (working_directory / "dragoman.toml").write_text(content, encoding="latin-1")
    assert says in str(refused())


def test_folder_in_the_place_of_the_file(working_directory: Path) -> None:
    """What cannot be read is told."""
    (working_directory / "dragoman.toml").mkdir()
    assert "cannot be read" in str(refused())


def test_key_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither settings nor errors show the key, or a password in the address."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    settings = Settings(base_url="http://me:hush@localhost:1/v1", model="m")
    shown = repr(settings) + str(settings) + repr(settings.endpoint())
    assert KEY not in shown
    assert "hush" not in shown
    monkeypatch.setenv("OPENAI_BASE_URL", f"me:{KEY}@nowhere")
    assert KEY not in str(refused())


def test_paths_are_relative_to_their_file(user_file: Path) -> None:
    """Glossaries named in a file are looked for beside it."""
    user_file.write_text('glossaries = ["terms.csv", "/srv/all.csv"]\n', encoding="utf-8")
    assert Settings().glossaries == (user_file.parent / "terms.csv", Path("/srv/all.csv"))


def test_several_glossaries_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Separated as in PATH."""
    monkeypatch.setenv("DRAGOMAN_GLOSSARIES", os.pathsep.join(["a.csv", "b.csv"]))
    assert Settings().glossaries == (Path("a.csv"), Path("b.csv"))


async def test_recording_and_replay(working_directory: Path) -> None:
    """`record` and `replay` give the transports; a replay that is not there says so."""
    recording = Settings(record=Path("run.jsonl")).transport()
    assert isinstance(recording, RecordingTransport)
    await recording.aclose()
    assert isinstance(Settings(replay=Path("run.jsonl")).transport(), ReplayTransport)
    assert Settings(replay=Path("run.jsonl")).endpoint() is None
    with pytest.raises(RecordingError, match="nowhere"):
        Settings(replay=Path("nowhere")).endpoint()


def test_limits_are_those_set() -> None:
    """Every limit reaches the model."""
    values: dict[str, Any] = {
        "deadline": 60.0,
        "max_tokens": 1000,
        "attempts": 2,
        "reasks": 1,
        "timeout": 9.0,
    }
    assert Settings(**values).limits() == Limits(**values)


def test_example_of_every_field_in_a_file(working_directory: Path) -> None:
    """Every setting can stand in the file."""
    (working_directory / "dragoman.toml").write_text(
        """
        model = "m"
        base_url = "http://localhost:1/v1"
        api_key = "k"
        api_version = "2024-10-21"
        context_tokens = 4096
        strategy = "article"
        language = "en"
        deadline = 60
        max_tokens = 5000
        timeout = 30
        attempts = 3
        reasks = 1
        offline = true
        cache_dir = "cache"
        glossaries = []
        builtin_glossary = false
        replay = "run.jsonl"
        """,
        encoding="utf-8",
    )
    settings = Settings()
    given = settings.model_fields_set | {"record"}
    assert given == set(Settings.model_fields)
    assert settings.cache_dir == working_directory / "cache"
