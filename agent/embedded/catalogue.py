"""The embedded models Dragoman knows: their files, licences, checksums and sources.

The list is `data/models.toml`. The variable DRAGOMAN_MODELS may name a file of the same form with
more models, or with other sources for these: a mirror within an organisation, say. A model that is
in neither can be given as a GGUF file of one's own.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

from dragoman.errors import SettingsError

OWN_CATALOGUE = "DRAGOMAN_MODELS"
"""Environment variable that names a file with more models."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FileSource:
    """A model file at one address."""

    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class WheelSource:
    """A model file in parts, each in the wheel of a distribution on the package index."""

    distribution: str
    """Name of the distribution, with `{part}` for the number of the part, from 1."""

    version: str
    """Version of every distribution."""

    parts: int
    """How many parts there are."""

    part_bytes: int
    """Size of every part but the last."""

    member: str
    """Shell pattern of the part's name within its wheel, with `{part}` for the number."""


Source = FileSource | WheelSource


@dataclass(frozen=True, kw_only=True, slots=True)
class CatalogueEntry:
    """One embedded model."""

    name: str
    """Short name, given as `embedded:NAME`."""

    title: str
    """What the publisher calls it, with the quantisation."""

    file: str
    """Name of the file in the cache folder."""

    size: int
    """Bytes of the file."""

    sha256: str
    """Checksum of the file, hexadecimal."""

    license: str
    """SPDX identifier."""

    sources: tuple[Source, ...]
    """Where it can be had, first choice first."""


def catalogue() -> Mapping[str, CatalogueEntry]:
    """The models by name, the default one first."""
    return _read().models


def entry(name: str | None = None) -> CatalogueEntry:
    """The model of that name, or the default one.

    Raises:
        SettingsError: there is none of that name.
    """
    found = _read()
    try:
        return found.models[name or found.default]
    except KeyError:
        raise SettingsError(
            f"no embedded model is called {name!r}",
            where="model",
            remedy=f"Known are {', '.join(found.models)}, or the path of a GGUF file",
        ) from None


class _Catalogue(NamedTuple):
    default: str
    models: Mapping[str, CatalogueEntry]


def _read() -> _Catalogue:
    shipped = _shipped()
    own = os.environ.get(OWN_CATALOGUE)
    if not own:
        return shipped
    default, models = _read_own(Path(own))
    return _catalogue(default or shipped.default, {**shipped.models, **models})


@cache
def _shipped() -> _Catalogue:
    text = resources.files("dragoman").joinpath("data/models.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return _catalogue(table["default"], _entries(table))


def _read_own(file: Path) -> tuple[str | None, dict[str, CatalogueEntry]]:
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        models = _entries(table)
    except OSError as error:
        raise SettingsError(f"cannot be read ({error.strerror})", where=str(file)) from error
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        raise SettingsError(
            f"is not a catalogue of models ({type(error).__name__}: {error})",
            where=str(file),
            remedy=f"Write it like Dragoman's own models.toml, or unset {OWN_CATALOGUE}",
        ) from error
    default = table.get("default")
    if default is not None and default not in models:
        raise SettingsError(f"its default {default!r} is not in it", where=str(file))
    return default, models


def _catalogue(default: str, models: Mapping[str, CatalogueEntry]) -> _Catalogue:
    names = sorted(models, key=lambda name: (name != default, name))
    return _Catalogue(default, {name: models[name] for name in names})


def _entries(table: Mapping[str, Any]) -> dict[str, CatalogueEntry]:
    return {name: _entry(name, row) for name, row in table["models"].items()}


def _entry(name: str, row: Mapping[str, Any]) -> CatalogueEntry:
    if Path(row["file"]).name != row["file"]:
        raise ValueError(f"{row['file']!r} is not the name of a file")
    return CatalogueEntry(
        name=name,
        title=row["title"],
        file=row["file"],
        size=row["bytes"],
        sha256=row["sha256"],
        license=row["license"],
        sources=tuple(_source(source) for source in row["sources"]),
    )


def _source(row: Mapping[str, Any]) -> Source:
    fields = {key: value for key, value in row.items() if key != "kind"}
    return FileSource(**fields) if row["kind"] == "file" else WheelSource(**fields)
