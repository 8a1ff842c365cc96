"""Settings: from arguments, then the environment, then dragoman.toml.

The environment variables are `OPENAI_API_KEY`, `OPENAI_BASE_URL` and `OPENAI_MODEL`, and for every
field `DRAGOMAN_` with its name, which goes before those. `dragoman.toml` lies in the working
directory or, with less weight, in the user's configuration folder.
"""

from __future__ import annotations

import os
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from dragoman.endpoint import OPENAI_BASE_URL, Endpoint, EndpointKind, Limits
from dragoman.errors import SettingsError

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

    from dragoman.recording import RecordingTransport, ReplayTransport

FILE_NAME = "dragoman.toml"
OPENAI_MODEL = "gpt-4.1-mini"
"""Model asked at OpenAI's own endpoint if none is named."""

EMBEDDED = "embedded"
"""Model name that stands for the embedded model; `embedded:NAME` picks one of the catalogue."""

_OPENAI_VARIABLES = {
    "api_key": "OPENAI_API_KEY",
    "base_url": "OPENAI_BASE_URL",
    "model": "OPENAI_MODEL",
    "api_version": "OPENAI_API_VERSION",
}


def configuration_files() -> tuple[Path, ...]:
    """Places of dragoman.toml; a later one goes before an earlier one."""
    return (_user_folder("config") / FILE_NAME, Path.cwd() / FILE_NAME)


def _user_folder(purpose: Literal["config", "cache"]) -> Path:
    """Dragoman's folder for `purpose`, where the platform keeps such things."""
    variable, default = {
        "config": ("XDG_CONFIG_HOME", ".config"),
        "cache": ("XDG_CACHE_HOME", ".cache"),
    }[purpose]
    if sys.platform == "darwin":
        default = {"config": "Library/Application Support", "cache": "Library/Caches"}[purpose]
    if sys.platform == "win32":
        variable = {"config": "APPDATA", "cache": "LOCALAPPDATA"}[purpose]
    base = os.environ.get(variable)
    try:
        return (Path(base) if base else Path.home() / default) / "dragoman"
    except RuntimeError:  # no home directory
        return Path.cwd() / ".dragoman" / purpose


class Settings(BaseSettings):
    """How Dragoman is to work. Raises SettingsError when a value is wrong."""

    model_config = SettingsConfigDict(
        env_prefix="DRAGOMAN_", env_ignore_empty=True, extra="forbid", frozen=True
    )

    model: str | None = None
    """Model to ask; `embedded`, `embedded:NAME` or a GGUF file's path for an embedded one."""

    base_url: str | None = Field(default=None, repr=False)  # may hold a password
    """Address of an OpenAI-compatible endpoint, up to and with /v1."""

    api_key: SecretStr | None = None
    """The endpoint's key."""

    api_version: str | None = None
    """Azure's API version. Given with a base URL, it means that this is an Azure resource."""

    context_tokens: int | None = Field(default=None, gt=0)
    """Length of the model's context in tokens, if the endpoint does not say."""

    strategy: Literal["auto", "article", "sentence"] = "auto"
    """How the article is read: in one call, or sentence by sentence for small models."""

    language: str | None = Field(default=None, pattern=r"^[a-z]{2}$")
    """Language of the brief, ISO 639-1; None: that of the article."""

    deadline: float | None = Field(default=None, gt=0)
    """Seconds a brief may take."""

    max_tokens: int | None = Field(default=None, gt=0)
    """Tokens a brief may take, read and written."""

    timeout: float = Field(default=300.0, gt=0)
    """Seconds one HTTP attempt may take."""

    attempts: int = Field(default=5, ge=1)
    """HTTP attempts for one question."""

    reasks: int = Field(default=2, ge=0)
    """How often an answer that does not fit is asked for again."""

    offline: bool = False
    """Whether fetching anything, the embedded model say, is forbidden."""

    cache_dir: Path = Field(default_factory=lambda: _user_folder("cache"))
    """Folder for the embedded model and what is known of endpoints."""

    glossaries: Annotated[tuple[Path, ...], NoDecode] = ()
    """Glossary files; in the environment separated like the entries of PATH."""

    builtin_glossary: bool = True
    """Whether the starter pack of terms and names is used."""

    record: Path | None = None
    """File into which the exchanges with the model are recorded."""

    replay: Path | None = None
    """Recording from which the model's answers are taken."""

    def __init__(self, **values: Any) -> None:
        """Gather the settings; `values` that are None count as not given.

        Raises:
            SettingsError: a value is wrong, a key unknown, or a file cannot be read.
        """
        given = {name: value for name, value in values.items() if value is not None}
        try:
            super().__init__(**given)
        except ValidationError as error:
            raise _translated(error, given) from None
        if self.record is not None and self.replay is not None:
            raise SettingsError(
                "a run cannot be recorded and replayed at once",
                where="record, replay",
                remedy="Give one of them",
            )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments before environment before files."""
        return (
            init_settings,
            env_settings,
            _OpenAIVariables(settings_cls),
            _TomlFiles(settings_cls),
        )

    @field_validator("glossaries", mode="before")
    @classmethod
    def _split_paths(cls, value: object) -> object:
        return tuple(filter(None, value.split(os.pathsep))) if isinstance(value, str) else value

    @field_validator("base_url")
    @classmethod
    def _is_address(cls, value: str | None) -> str | None:
        if value is not None and (
            urlsplit(value).scheme not in ("http", "https") or not urlsplit(value).hostname
        ):
            raise ValueError("is no address such as http://localhost:8080/v1")
        return value

    @property
    def embedded_model(self) -> str | None:
        """Name or GGUF file of the embedded model asked for, or None for the default one."""
        if self._is_file:
            return self.model
        return (self.model or "").partition(":")[2] or None

    @property
    def _is_file(self) -> bool:
        """Whether the model is a file of one's own; servers, too, have models named that way."""
        return self.base_url is None and (self.model or "").lower().endswith(".gguf")

    def endpoint(self) -> Endpoint | None:
        """The endpoint to ask, or None for the embedded model.

        In a replay it is the one that was recorded, so that neither key nor server is needed.

        Raises:
            SettingsError: something is missing.
            RecordingError: the recording to be replayed cannot be read.
        """
        if self.replay is not None:
            from dragoman.recording import ReplayTransport

            recorded = ReplayTransport(self.replay).endpoint()
            if recorded is not None:
                return recorded
        embedded = self._is_file or (self.model or "").partition(":")[0] == EMBEDDED
        key = self.api_key.get_secret_value() if self.api_key else ""
        if embedded or (self.base_url is None and not key):
            if self.model is not None and not embedded:
                raise SettingsError(
                    f"no endpoint for model {self.model!r}",
                    where="model",
                    remedy="Set OPENAI_API_KEY or --base-url, or use --model embedded",
                )
            return None
        kind = self._kind()
        model = self.model or (OPENAI_MODEL if kind == "openai" else None)
        if model is None:
            raise SettingsError(
                f"no model named for {urlsplit(self.base_url or '').hostname}",
                where="model",
                remedy="Name one with --model or OPENAI_MODEL",
            )
        if kind in ("openai", "azure") and not key:
            raise SettingsError("no key", where="api_key", remedy="Set OPENAI_API_KEY")
        return Endpoint(
            kind=kind,
            model=model,
            base_url=self.base_url or OPENAI_BASE_URL,
            api_key=key,
            context_tokens=self.context_tokens,
            api_version=self.api_version,
        )

    def _kind(self) -> EndpointKind:
        host = urlsplit(self.base_url or OPENAI_BASE_URL).hostname or ""
        if host == urlsplit(OPENAI_BASE_URL).hostname:
            return "openai"
        if host.endswith(".openai.azure.com") and self.api_version is None:
            raise SettingsError(
                "no API version for Azure",
                where="api_version",
                remedy="Set OPENAI_API_VERSION, to 2024-10-21 say",
            )
        return "azure" if self.api_version is not None else "compatible"

    def limits(self) -> Limits:
        """Time, tokens and attempts allowed."""
        return Limits(
            deadline=self.deadline,
            max_tokens=self.max_tokens,
            attempts=self.attempts,
            reasks=self.reasks,
            timeout=self.timeout,
        )

    def transport(self) -> RecordingTransport | ReplayTransport | None:
        """What carries the requests if they are recorded or replayed; None: the network.

        Raises:
            RecordingError: the recording cannot be read.
            OutputError: it cannot be written.
        """
        from dragoman.recording import RecordingTransport, ReplayTransport

        if self.record is not None:
            return RecordingTransport(self.record)
        return ReplayTransport(self.replay) if self.replay is not None else None


class _Source(PydanticBaseSettingsSource):
    """A source that gives all its values at once."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        return self().get(field_name), field_name, False


class _OpenAIVariables(_Source):
    """Values of the variables that OpenAI's own client reads."""

    def __call__(self) -> dict[str, Any]:
        found = {name: os.environ.get(variable) for name, variable in _OPENAI_VARIABLES.items()}
        return {name: value for name, value in found.items() if value}


class _TomlFiles(_Source):
    """Values of the configuration files, paths in them relative to their file."""

    def __call__(self) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for file in configuration_files():
            values |= _read_toml(file, self.settings_cls.model_fields)
        return values


def _read_toml(file: Path, fields: Mapping[str, object]) -> dict[str, Any]:
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise SettingsError(f"cannot be read ({error.strerror})", where=str(file)) from error
    except ValueError as error:  # no TOML, or not UTF-8
        raise SettingsError(f"is not valid TOML ({error})", where=str(file)) from error
    for name in values:
        if name not in fields:
            raise SettingsError(
                f"unknown key {name!r}",
                where=str(file),
                remedy=f"Known keys: {', '.join(sorted(fields))}",
            )
    for name in ("cache_dir", "record", "replay"):
        if isinstance(values.get(name), str):
            values[name] = file.parent / values[name]
    if isinstance(values.get("glossaries"), list):
        values["glossaries"] = tuple(
            file.parent / path if isinstance(path, str) else path for path in values["glossaries"]
        )
    return values


def _translated(error: ValidationError, given: Mapping[str, object]) -> SettingsError:
    """The first problem in one line. The value is shown, unless it is the key."""
    problem = error.errors(include_url=False)[0]
    place = str(problem["loc"][0]) if problem["loc"] else "settings"
    message = problem["msg"].removeprefix("Value error, ")
    message = message[0].lower() + message[1:]
    if problem["type"] == "extra_forbidden":
        return SettingsError("unknown setting", where=place)
    shown = "" if place in ("api_key", "base_url") else f" {problem['input']!r}"
    return SettingsError(f"wrong value{shown}: {message}", where=_origin(place, given))


def _origin(name: str, given: Mapping[str, object]) -> str:
    """Where the value of a field came from, as the user would look for it."""
    if name in given:
        return name
    for variable in (f"DRAGOMAN_{name.upper()}", _OPENAI_VARIABLES.get(name, "")):
        if os.environ.get(variable):
            return variable
    return f"{name} in {FILE_NAME}"
