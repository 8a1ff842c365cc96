"""An embedded model is fetched whole and verified, or it is not there; nothing is fetched twice."""

from __future__ import annotations

import errno
import os
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import filelock
import pytest
from model_host import MODEL, PART_BYTES, Host, hosting, write_catalogue, write_wheels

from dragoman import embedded
from dragoman.errors import EmbeddedModelError, OfflineError, SettingsError


@pytest.fixture
def host() -> Iterator[Host]:
    with hosting() as host:
        yield host


@pytest.fixture
def catalogue_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "models.toml"
    monkeypatch.setenv("DRAGOMAN_MODELS", str(file))
    return file


@pytest.fixture
def cache_dir(tmp_path: Path, host: Host, catalogue_file: Path) -> Path:
    """An empty cache; the default model is at `host`."""
    write_catalogue(catalogue_file, url=host.url)
    return tmp_path / "cache"


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is all the package index pip has."""
    folder = tmp_path / "index"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    return folder


def _partial(cache_dir: Path) -> Path:
    return cache_dir / "models" / "tiny.gguf.part"


def _write_partial(cache_dir: Path, content: bytes) -> None:
    _partial(cache_dir).parent.mkdir(parents=True, exist_ok=True)
    _partial(cache_dir).write_bytes(content)


def test_it_is_fetched_verified_and_then_found(cache_dir: Path, host: Host) -> None:
    """After a fetch the whole file is there, and neither fetch nor installed ask anyone again."""
    steps: list[tuple[int, int]] = []
    path = embedded.fetch(cache_dir=cache_dir, progress=lambda *step: steps.append(step))
    assert path.read_bytes() == MODEL
    assert steps[-1] == (len(MODEL), len(MODEL))
    assert steps == sorted(steps)
    assert embedded.fetch(cache_dir=cache_dir, offline=True) == path
    assert embedded.installed(None, cache_dir) == path
    assert len(host.asked) == 1
    assert not _partial(cache_dir).exists()


def test_a_partial_file_is_continued(cache_dir: Path, host: Host) -> None:
    """What an earlier try fetched is not fetched again."""
    _write_partial(cache_dir, MODEL[:1000])
    assert embedded.state("tiny", cache_dir) == "partial"
    assert embedded.fetch(cache_dir=cache_dir).read_bytes() == MODEL
    assert host.asked == ["bytes=1000-"]


def test_a_broken_transfer_is_continued_at_once(cache_dir: Path, host: Host) -> None:
    """While each try brings it further, a connection that breaks is no failure."""
    host.break_off = [100_000, 70_000]
    assert embedded.fetch(cache_dir=cache_dir).read_bytes() == MODEL
    assert len(host.asked) == 3


def test_a_server_without_ranges_is_no_hindrance(cache_dir: Path, host: Host) -> None:
    """If the server sends the whole file again, the part that is there is skipped."""
    host.ranges = False
    _write_partial(cache_dir, MODEL[:1_000])
    assert embedded.fetch(cache_dir=cache_dir).read_bytes() == MODEL


def test_a_transfer_that_stops_for_good_keeps_what_there_is(cache_dir: Path, host: Host) -> None:
    """The error says that the beginning is kept, and the next try goes on from it."""
    host.break_off = [300_000, 0]
    with pytest.raises(EmbeddedModelError, match="MB fetched so far are kept"):
        embedded.fetch(cache_dir=cache_dir)
    kept = _partial(cache_dir).read_bytes()
    assert kept
    assert MODEL.startswith(kept)
    assert embedded.installed(None, cache_dir) is None
    assert embedded.fetch(cache_dir=cache_dir).read_bytes() == MODEL
    assert host.asked[-1] == f"bytes={len(kept)}-"


def test_a_file_with_another_checksum_is_deleted(cache_dir: Path, host: Host) -> None:
    """A file of the right size that is not the model is refused and not kept."""
    host.content = MODEL[:-1] + b"!"
    with pytest.raises(EmbeddedModelError, match="is not the model, and was deleted"):
        embedded.fetch(cache_dir=cache_dir)
    assert [file.name for file in (cache_dir / "models").glob("tiny*[!k]")] == []


def test_a_wrong_beginning_is_found_out(cache_dir: Path, host: Host) -> None:
    """If the kept part was damaged, the fetch fails, and the next one starts afresh."""
    _write_partial(cache_dir, b"x" * 1000)
    with pytest.raises(EmbeddedModelError):
        embedded.fetch(cache_dir=cache_dir)
    assert embedded.fetch(cache_dir=cache_dir).read_bytes() == MODEL


@pytest.mark.parametrize("status", [403, 404, 500])
def test_an_http_error_is_told(cache_dir: Path, host: Host, status: int) -> None:
    """The status is in the message, and no partial file is left."""
    host.status = status
    with pytest.raises(EmbeddedModelError, match=f"HTTP {status}"):
        embedded.fetch(cache_dir=cache_dir)
    assert not _partial(cache_dir).exists()


def test_a_page_instead_of_the_file_is_refused(cache_dir: Path, host: Host) -> None:
    """A login page of some network is not taken for the model."""
    host.content = b"<html>Please log in</html>"
    with pytest.raises(EmbeddedModelError, match=f"26 bytes instead of {len(MODEL)}"):
        embedded.fetch(cache_dir=cache_dir)
    assert not _partial(cache_dir).exists()


def test_offline_fetches_nothing(cache_dir: Path, host: Host) -> None:
    """With fetching forbidden, the error says how to get the model, and nobody is asked."""
    with pytest.raises(OfflineError, match="dragoman model pull tiny"):
        embedded.fetch(cache_dir=cache_dir, offline=True)
    assert host.asked == []
    assert not cache_dir.exists()


def test_the_package_index_steps_in(
    tmp_path: Path, catalogue_file: Path, index: Path, host: Host
) -> None:
    """Where the publisher cannot be reached, pip's index gives the parts; nothing is imported."""
    host.status = 503
    write_catalogue(catalogue_file, url=host.url, wheels=True)
    write_wheels(index)
    assert embedded.fetch(cache_dir=tmp_path / "cache").read_bytes() == MODEL


def test_the_package_index_finishes_what_another_source_began(
    tmp_path: Path, catalogue_file: Path, index: Path
) -> None:
    """A partial file that ends within a part is continued there; earlier parts are not fetched."""
    write_catalogue(catalogue_file, wheels=True)
    write_wheels(index, parts=(2, 3))
    _write_partial(tmp_path / "cache", MODEL[: PART_BYTES + 12_345])
    assert embedded.fetch(cache_dir=tmp_path / "cache").read_bytes() == MODEL


def test_a_missing_part_keeps_the_parts_before(
    tmp_path: Path, catalogue_file: Path, index: Path
) -> None:
    """An index without the last part fails naming it, with the first parts kept, nothing else."""
    write_catalogue(catalogue_file, wheels=True)
    write_wheels(index, parts=(1, 2))
    with pytest.raises(EmbeddedModelError, match=r"tiny-part3==1\.0"):
        embedded.fetch(cache_dir=tmp_path / "cache")
    assert _partial(tmp_path / "cache").read_bytes() == MODEL[: 2 * PART_BYTES]
    names = {file.name for file in (tmp_path / "cache" / "models").iterdir()}
    assert names <= {"tiny.gguf.part", "tiny.gguf.lock"}


@pytest.mark.parametrize(
    "content",
    [MODEL[:PART_BYTES], MODEL + b"more"],
    ids=["shorter", "longer"],
)
def test_parts_of_another_model_are_refused(
    tmp_path: Path, catalogue_file: Path, index: Path, content: bytes
) -> None:
    """Wheels that do not add up to the model give an error, not a file."""
    write_catalogue(catalogue_file, wheels=True)
    write_wheels(index, content)
    with pytest.raises(EmbeddedModelError):
        embedded.fetch(cache_dir=tmp_path / "cache")
    assert embedded.installed(None, tmp_path / "cache") is None


def test_a_dead_host_is_given_up_within_seconds(tmp_path: Path, catalogue_file: Path) -> None:
    """Nobody listens: the fetch fails soon and says so."""
    write_catalogue(catalogue_file, url="http://127.0.0.1:9/tiny.gguf")
    started = time.monotonic()
    with pytest.raises(EmbeddedModelError, match="cannot be reached"):
        embedded.fetch(cache_dir=tmp_path / "cache")
    assert time.monotonic() - started < 10


def test_a_host_whose_name_nobody_knows_is_told(tmp_path: Path, catalogue_file: Path) -> None:
    """A name look-up that fails is an error like any other."""
    write_catalogue(catalogue_file, url="http://models.invalid/tiny.gguf")
    with pytest.raises(EmbeddedModelError, match=r"models\.invalid"):
        embedded.fetch(cache_dir=tmp_path / "cache")


def test_a_full_disk_is_seen_beforehand(
    cache_dir: Path, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Too little room for the model: nothing is fetched, and the error says how much it needs."""
    usage = shutil.disk_usage(cache_dir.parent)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage._replace(free=1_000_000))
    with pytest.raises(EmbeddedModelError, match=r"0\.0 GB free, 0\.2 GB are needed"):
        embedded.fetch(cache_dir=cache_dir)
    assert host.asked == []


def test_a_disk_that_fills_up_is_told(
    cache_dir: Path, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If writing fails on the way, the error says so in one line, and no model is there."""
    open_file = Path.open

    def full(self: Path, mode: str = "r", *args: Any, **keywords: Any) -> IO[Any]:
        if mode == "ab":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self))
        return open_file(self, mode, *args, **keywords)

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(EmbeddedModelError, match="No space left on device") as caught:
        embedded.fetch(cache_dir=cache_dir)
    assert "\n" not in str(caught.value)
    assert embedded.installed(None, cache_dir) is None


def test_a_cache_that_is_a_file_is_told(cache_dir: Path) -> None:
    """A cache folder that cannot be made is an error that names it."""
    cache_dir.write_text("")
    with pytest.raises(EmbeddedModelError, match="DRAGOMAN_CACHE_DIR"):
        embedded.fetch(cache_dir=cache_dir)


@pytest.mark.parametrize(
    "content", [b"", MODEL[:-1], MODEL[:-1] + b"!"], ids=["empty", "partial", "damaged"]
)
def test_a_wrong_file_in_the_cache_is_refused(cache_dir: Path, host: Host, content: bytes) -> None:
    """A file that is not the model is neither used nor silently replaced."""
    path = embedded.model_file(None, cache_dir)
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    for use in (embedded.installed, lambda name, folder: embedded.fetch(name, cache_dir=folder)):
        with pytest.raises(EmbeddedModelError, match="dragoman model remove tiny"):
            use(None, cache_dir)
    assert embedded.state("tiny", cache_dir) == "wrong"
    assert host.asked == []


def test_a_file_that_changes_after_it_was_verified_is_found_out(cache_dir: Path) -> None:
    """The note that the checksum was right does not outlive a change of the file."""
    path = embedded.fetch(cache_dir=cache_dir)
    assert embedded.installed(None, cache_dir) == path
    path.write_bytes(MODEL[:-1] + b"!")
    os.utime(path, ns=(1, 1))
    with pytest.raises(EmbeddedModelError, match="checksum differs"):
        embedded.installed(None, cache_dir)


def test_a_verified_file_is_not_read_again(cache_dir: Path) -> None:
    """A gigabyte is hashed once, not at every start: only size and time of change are compared."""
    path = embedded.fetch(cache_dir=cache_dir)
    changed = path.stat().st_mtime_ns
    path.write_bytes(MODEL[:-1] + b"!")
    os.utime(path, ns=(changed, changed))
    assert embedded.installed(None, cache_dir) == path


def test_a_file_copied_into_the_cache_is_accepted(cache_dir: Path, host: Host) -> None:
    """The model may be brought by hand: its checksum is what counts."""
    path = embedded.model_file(None, cache_dir)
    path.parent.mkdir(parents=True)
    path.write_bytes(MODEL)
    assert embedded.fetch(cache_dir=cache_dir) == path
    assert host.asked == []


def test_two_commands_fetch_once(cache_dir: Path, host: Host) -> None:
    """The second command waits for the first, shows its progress and uses its file."""
    _write_partial(cache_dir, MODEL[:1000])
    steps: list[int] = []
    lock = filelock.FileLock(cache_dir / "models" / "tiny.gguf.lock")
    with lock:
        second = threading.Thread(
            target=embedded.fetch,
            kwargs={"cache_dir": cache_dir, "progress": lambda done, total: steps.append(done)},
        )
        second.start()
        time.sleep(0.7)
        embedded.model_file(None, cache_dir).write_bytes(MODEL)
    second.join()
    assert steps[0] == 1000
    assert host.asked == []


def test_a_removed_model_is_gone(cache_dir: Path) -> None:
    """Removing deletes the file, its note and what was fetched in part."""
    embedded.fetch(cache_dir=cache_dir)
    _write_partial(cache_dir, b"xyz")
    assert embedded.remove("tiny", cache_dir) >= len(MODEL) + 3
    assert embedded.state("tiny", cache_dir) == "missing"
    assert embedded.remove("tiny", cache_dir) == 0


def test_a_file_of_ones_own_is_used_as_it_is(tmp_path: Path) -> None:
    """A path to a GGUF file needs no catalogue."""
    file = tmp_path / "own.gguf"
    file.write_bytes(MODEL)
    assert embedded.fetch(str(file), cache_dir=tmp_path) == file


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"hello"])
def test_a_foreign_file_is_refused(tmp_path: Path, content: bytes) -> None:
    """A file of one's own that is no GGUF is refused before anything is started."""
    file = tmp_path / "own.gguf"
    file.write_bytes(content)
    with pytest.raises(EmbeddedModelError, match="is not a GGUF model"):
        embedded.installed(str(file), tmp_path)


def test_a_file_of_ones_own_that_is_missing_is_told(tmp_path: Path) -> None:
    """A path where nothing is, or a folder, is an error in one line."""
    (tmp_path / "folder.gguf").mkdir()
    for name in ("missing.gguf", "folder.gguf"):
        with pytest.raises(EmbeddedModelError, match="cannot be read"):
            embedded.fetch(str(tmp_path / name), cache_dir=tmp_path)


def test_an_unknown_name_is_told(tmp_path: Path) -> None:
    """The error lists the names there are."""
    with pytest.raises(SettingsError, match=r"qwen2\.5-coder-1\.5b"):
        embedded.fetch("gpt-9", cache_dir=tmp_path)


def test_the_shipped_catalogue_is_complete() -> None:
    """The default model has the publisher's size, checksum and licence, and two sources."""
    model = embedded.entry()
    assert model.size == 1_117_320_768
    assert model.sha256.startswith("cc324af0")
    assert model.sha256.endswith("33bb046")
    assert len(model.sha256) == 64
    assert model.license == "Apache-2.0"
    assert next(iter(embedded.catalogue())) == model.name
    publisher, index = model.sources
    assert isinstance(publisher, embedded.FileSource)
    assert publisher.url.startswith("https://huggingface.co/Qwen/")
    assert isinstance(index, embedded.WheelSource)
    assert (index.parts - 1) * index.part_bytes < model.size <= index.parts * index.part_bytes


def test_ones_own_catalogue_adds_to_the_shipped_one(catalogue_file: Path) -> None:
    """Its default goes first, and the shipped models stay."""
    write_catalogue(catalogue_file, url="http://127.0.0.1/x")
    assert list(embedded.catalogue()) == ["tiny", "qwen2.5-coder-1.5b"]
    assert embedded.entry().name == "tiny"


@pytest.mark.parametrize(
    "text",
    [
        "default = 3",
        "[models]\nx = 1",
        "[models.x]\ntitle = 'no file'",
        "not toml",
        "[models.x]\nfile = '../x.gguf'\ntitle = ''",
        "default = 'y'\n[models]",
    ],
)
def test_a_broken_catalogue_is_told(catalogue_file: Path, text: str) -> None:
    """An error in one line that names the file."""
    catalogue_file.write_text(text)
    with pytest.raises(SettingsError, match=r"models\.toml") as caught:
        embedded.catalogue()
    assert "\n" not in str(caught.value)
