"""Where embedded models lie on disk, and whether a file there is what it should be.

The folder `models` of the cache folder holds for each model the file itself, a small note that its
checksum was found right (so that a gigabyte is not read again at every start), a lock that one
command at a time fetches it, and while it is being fetched the part that is already there.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from pathlib import Path
from typing import Literal

from dragoman.embedded.catalogue import CatalogueEntry, catalogue, entry
from dragoman.errors import EmbeddedModelError

State = Literal["missing", "partial", "wrong", "installed"]

_MAGIC = b"GGUF"


def model_file(name: str | None, cache_dir: Path) -> Path:
    """Where the model's file lies or would lie; `name` may be the path of a GGUF file itself.

    Raises:
        SettingsError: there is no model of that name.
    """
    if name is not None and is_own_file(name):
        return Path(name)
    return _file(entry(name), cache_dir)


def is_own_file(name: str | None) -> bool:
    """Whether `name` is the path of a GGUF file and not a name of the catalogue."""
    return name is not None and name not in catalogue() and name.lower().endswith(".gguf")


def installed(name: str | None, cache_dir: Path) -> Path | None:
    """The model's file if it is there and can be used, else None.

    A file of the catalogue is there if its size and checksum are right, any other if it is GGUF.

    Raises:
        SettingsError: there is no model of that name.
        EmbeddedModelError: there is a file, but not the right one.
    """
    path = model_file(name, cache_dir)
    if is_own_file(name):
        return _own_file(path)
    if not _is_there(path):
        return None
    verify(entry(name), path)
    return path


def state(name: str, cache_dir: Path) -> State:
    """How far a model of the catalogue is installed."""
    path = model_file(name, cache_dir)
    if not _is_there(path):
        return "partial" if partial_file(path).exists() else "missing"
    try:
        verify(entry(name), path)
    except EmbeddedModelError:
        return "wrong"
    return "installed"


def verify(model: CatalogueEntry, path: Path) -> None:
    """Make sure that the file is the model, by its checksum if it is new or has changed.

    Raises:
        EmbeddedModelError: it is not, or it cannot be read.
    """
    if _read_seal(path) != _seal(model, path):
        check(model, path)
        seal(model, path)


def check(model: CatalogueEntry, path: Path) -> None:
    """Make sure that the file is the model, by its size and checksum.

    Raises:
        EmbeddedModelError: it is not, or it cannot be read.
    """
    remedy = f"Run `dragoman model remove {model.name}`, then `dragoman model pull {model.name}`"
    try:
        size = path.stat().st_size
        if size != model.size:
            problem = f"has {size} bytes instead of the {model.size} of {model.title}"
            raise EmbeddedModelError(problem, where=str(path), remedy=remedy)
        if _sha256(path) != model.sha256:
            problem = f"is not {model.title}: its checksum differs"
            raise EmbeddedModelError(problem, where=str(path), remedy=remedy)
    except OSError as error:
        raise _unreadable(path, error) from error


def seal(model: CatalogueEntry, path: Path) -> None:
    """Note that the file was checked, so that it need not be again while it stays as it is.

    In a folder that can only be read no note is made; then it is checked each time.
    """
    with suppress(OSError):
        _seal_file(path).write_text(json.dumps(_seal(model, path)), encoding="utf-8")


def remove(name: str, cache_dir: Path) -> int:
    """Delete the model's file and what was fetched of it so far; the bytes freed.

    Raises:
        SettingsError: there is no model of that name.
        EmbeddedModelError: it cannot be deleted.
    """
    path = _file(entry(name), cache_dir)
    freed = 0
    for file in (path, partial_file(path), _seal_file(path)):
        try:
            size = file.stat().st_size
            file.unlink()
        except FileNotFoundError:
            continue
        except OSError as error:
            raise EmbeddedModelError(
                f"cannot be deleted ({error.strerror})", where=str(file)
            ) from error
        freed += size
    return freed


def partial_file(path: Path) -> Path:
    """Where the beginning of a model lies while it is fetched."""
    return path.with_name(path.name + ".part")


def lock_file(path: Path) -> Path:
    """The lock held while the model is fetched."""
    return path.with_name(path.name + ".lock")


def _file(model: CatalogueEntry, cache_dir: Path) -> Path:
    return cache_dir / "models" / model.file


def _seal_file(path: Path) -> Path:
    return path.with_name(path.name + ".verified")


def _seal(model: CatalogueEntry, path: Path) -> dict[str, int | str]:
    try:
        there = path.stat()
    except OSError as error:
        raise _unreadable(path, error) from error
    return {"bytes": there.st_size, "mtime_ns": there.st_mtime_ns, "sha256": model.sha256}


def _read_seal(path: Path) -> object:
    try:
        return json.loads(_seal_file(path).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError as error:
        raise _unreadable(path, error) from error


def _own_file(path: Path) -> Path:
    try:
        with path.open("rb") as file:
            magic = file.read(len(_MAGIC))
    except OSError as error:
        raise _unreadable(path, error) from error
    if magic != _MAGIC:
        raise EmbeddedModelError(
            "is not a GGUF model", where=str(path), remedy="Give a file that llama.cpp can load"
        )
    return path


def _unreadable(path: Path, error: OSError) -> EmbeddedModelError:
    return EmbeddedModelError(f"cannot be read ({error.strerror})", where=str(path))
