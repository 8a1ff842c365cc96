"""The embedded models Dragoman knows: their files, licences, checksums and sources.

The list is `data/models.toml`. A model that is not in it can be given as a GGUF file of one's own.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from dragoman.errors import SettingsError


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


@dataclass(frozen=True, slots=True)
class _Catalogue:
    default: str
    models: Mapping[str, CatalogueEntry]


@cache
def _read() -> _Catalogue:
    text = resources.files("dragoman").joinpath("data/models.toml").read_text(encoding="utf-8")
    return parse(text)


def parse(text: str) -> _Catalogue:
    """The catalogue written as TOML in `text`."""
    table = tomllib.loads(text)
    default = table["default"]
    names = sorted(table["models"], key=lambda name: (name != default, name))
    models = {name: _entry(name, table["models"][name]) for name in names}
    return _Catalogue(default, MappingProxyType(models))


def _entry(name: str, row: Mapping[str, Any]) -> CatalogueEntry:
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
