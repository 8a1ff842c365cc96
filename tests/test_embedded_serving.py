"""An embedded model is loaded once for all who use it, and is gone with the last of them.

The server process is the real one; only llama.cpp within it is replaced, by `stand_in/xllamacpp`.
"""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dragoman import embedded
from dragoman.endpoint import Endpoint
from dragoman.errors import EmbeddedModelError

HERE = Path(__file__).parent


@pytest.fixture(autouse=True)
def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    folders = [str(HERE / "stand_in"), os.environ.get("PYTHONPATH", "")]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, folders)))


@pytest.fixture
def cache_dir(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return _model(tmp_path, "fine")


def _model(folder: Path, words: str) -> Path:
    path = folder / "own.gguf"
    path.write_text(words)
    return path


def _loads(model: Path) -> list[int]:
    """Process ids of the servers that ever loaded the model."""
    loads = model.with_suffix(".loads")
    return [int(line) for line in loads.read_text().splitlines()] if loads.exists() else []


def _status(endpoint: Endpoint, path: str = "/v1/models", key: str | None = None) -> int | None:
    """HTTP status of a request to the server, None if nobody answers."""
    address = (endpoint.base_url or "").removesuffix("/v1") + path
    request = urllib.request.Request(  # noqa: S310 - our own server
        address, headers={"Authorization": f"Bearer {endpoint.api_key if key is None else key}"}
    )
    try:
        with urllib.request.urlopen(request, timeout=5) as response:  # noqa: S310
            return int(response.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code
    except OSError:
        return None


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{process}/stat")  # a zombie has ended, only nobody has asked for its end
    return not (state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z")


def _wait(condition: Callable[[], bool], seconds: float = 60) -> bool:
    limit = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > limit:
            return False
        time.sleep(0.05)
    return True


@pytest.fixture
def user(model: Path, cache_dir: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts other commands that use the model; killed at the end of the test."""
    started: list[subprocess.Popen[str]] = []

    def start(path: Path = model) -> subprocess.Popen[str]:
        command = [sys.executable, str(HERE / "embedded_user.py"), str(path), str(cache_dir)]
        process = subprocess.Popen(  # noqa: S603 - our own program
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def _address(user: subprocess.Popen[str]) -> str:
    """Base URL of the server that a user got, once it has it."""
    assert user.stdout is not None
    return user.stdout.readline().strip()


async def test_the_server_lives_as_long_as_the_block(model: Path, cache_dir: Path) -> None:
    """Within the block it answers those who have the key, after it nobody answers."""
    async with embedded.serving(model, cache_dir=cache_dir, context_tokens=4096) as endpoint:
        assert endpoint.kind == "embedded"
        assert endpoint.model == "own"
        assert endpoint.context_tokens == 4096
        assert (endpoint.base_url or "").startswith("http://127.0.0.1:")
        assert _status(endpoint) == 200
        assert _status(endpoint, key="wrong") == 401
    assert _status(endpoint) is None
    (server,) = _loads(model)
    assert _wait(lambda: not _runs(server))


async def test_users_in_one_process_share_the_server(model: Path, cache_dir: Path) -> None:
    """A second user joins at once, and the server stays when the first has gone."""
    async with embedded.serving(model, cache_dir=cache_dir) as first:
        second = embedded.serving(model, cache_dir=cache_dir)
        joined = await second.__aenter__()
        assert joined == first
        assert joined.api_key == first.api_key
    assert _status(joined) == 200
    await second.__aexit__(None, None, None)
    assert _wait(lambda: _status(joined) is None)
    assert len(_loads(model)) == 1


async def test_users_that_come_at_once_load_once(model: Path, cache_dir: Path) -> None:
    """Of many that find no server, one starts it and the others wait for it."""

    async def use() -> str | None:
        async with embedded.serving(model, cache_dir=cache_dir) as endpoint:
            await asyncio.sleep(1)
            return endpoint.base_url

    assert len(set(await asyncio.gather(*(use() for _ in range(4))))) == 1
    assert len(_loads(model)) == 1


def test_commands_share_the_server(
    model: Path, cache_dir: Path, user: Callable[..., subprocess.Popen[str]]
) -> None:
    """Two commands started at once use one server."""
    assert len({_address(process) for process in [user(), user()]}) == 1
    assert len(_loads(model)) == 1


def test_each_server_has_its_own_key(model: Path, cache_dir: Path) -> None:
    """The key is random, and the file in which others find it is for this user alone."""
    keys = []
    for _ in range(2):
        held = embedded.lease(model, cache_dir=cache_dir)
        keys.append(held.endpoint.api_key)
        (state,) = cache_dir.glob("servers/*/state.json")
        assert state.stat().st_mode & 0o077 == 0
        assert state.parent.stat().st_mode & 0o077 == 0
        held.close()
    assert len(set(keys)) == 2
    assert min(map(len, keys)) > 30


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this platform")
def test_the_server_ends_with_a_command_that_is_killed(
    model: Path, user: Callable[..., subprocess.Popen[str]]
) -> None:
    """SIGKILL gives a command no time to clean up, and yet the server ends."""
    process = user()
    assert _address(process)
    (server,) = _loads(model)
    assert _runs(server)
    process.kill()
    assert _wait(lambda: not _runs(server))


@pytest.mark.skipif(sys.platform != "linux", reason="relies on the parent death signal of Linux")
def test_a_loading_server_ends_with_a_command_that_is_killed(
    tmp_path: Path, user: Callable[..., subprocess.Popen[str]]
) -> None:
    """While the model is being loaded, too."""
    slow = _model(tmp_path, "slow")
    process = user(slow)
    assert _wait(lambda: bool(_loads(slow)))
    (server,) = _loads(slow)
    process.kill()
    assert _wait(lambda: not _runs(server))


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this platform")
def test_the_server_outlives_a_killed_command_while_it_has_users(
    model: Path, cache_dir: Path, user: Callable[..., subprocess.Popen[str]]
) -> None:
    """The command that started it is killed; another one keeps the server until it ends."""
    first = user()
    _address(first)
    held = embedded.lease(model, cache_dir=cache_dir)
    first.kill()
    first.wait()
    time.sleep(0.3)
    assert _status(held.endpoint) == 200
    assert not held.ended(within=0.1)
    held.close()
    (server,) = _loads(model)
    assert _wait(lambda: not _runs(server))


def test_a_dead_server_is_replaced(
    model: Path, cache_dir: Path, user: Callable[..., subprocess.Popen[str]]
) -> None:
    """What is written of a server that was killed does not stop the next one."""
    _address(user())
    os.kill(_loads(model)[0], signal.SIGTERM)
    assert _wait(lambda: not _runs(_loads(model)[0]))
    held = embedded.lease(model, cache_dir=cache_dir)
    assert _status(held.endpoint) == 200
    held.close()
    assert len(_loads(model)) == 2


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"lease_port": 9, "key": 3}', "\x00"])
def test_a_broken_state_file_is_no_hindrance(model: Path, cache_dir: Path, content: str) -> None:
    """Whatever is in the file that tells where the server is, a new one is started."""
    embedded.lease(model, cache_dir=cache_dir).close()
    (state,) = cache_dir.glob("servers/*/state.json")
    state.write_text(content)
    held = embedded.lease(model, cache_dir=cache_dir)
    assert _status(held.endpoint) == 200
    held.close()


def test_another_context_is_another_server(model: Path, cache_dir: Path) -> None:
    """Who needs a longer context does not get a server with a shorter one."""
    first = embedded.lease(model, cache_dir=cache_dir, context_tokens=2048)
    second = embedded.lease(model, cache_dir=cache_dir, context_tokens=4096)
    assert first.endpoint.base_url != second.endpoint.base_url
    first.close()
    second.close()


def test_the_server_is_no_part_of_the_terminal(
    model: Path, cache_dir: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """It prints nothing there, only to its log, and Ctrl-C does not reach it."""
    held = embedded.lease(model, cache_dir=cache_dir)
    assert os.getsid(_loads(model)[0]) != os.getsid(0)
    held.close()
    assert capfd.readouterr() == ("", "")
    assert held.log.read_text().splitlines() == [
        "noise on standard output",
        "noise on standard error",
    ]
    assert held.log.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("broken", r"own\.gguf: the model cannot be loaded \(tensor is missing\)"),
        ("dies", r"the model cannot be loaded \(its process ended with 3\)"),
        ("uninstalled", r"pip install 'dragoman\[local\]'"),
    ],
)
async def test_a_model_that_cannot_be_loaded_is_told(
    tmp_path: Path, cache_dir: Path, words: str, message: str
) -> None:
    """The cause is in the message, in one line, and no process is left."""
    model = _model(tmp_path, words)
    with pytest.raises(EmbeddedModelError, match=message) as caught:
        async with embedded.serving(model, cache_dir=cache_dir):
            pytest.fail("served")
    assert "\n" not in str(caught.value)
    (server,) = _loads(model)
    assert not _runs(server)


async def test_a_missing_file_is_told(tmp_path: Path, cache_dir: Path) -> None:
    """A file that is gone is an error that names it."""
    with pytest.raises(EmbeddedModelError, match=r"gone\.gguf"):
        async with embedded.serving(tmp_path / "gone.gguf", cache_dir=cache_dir):
            pytest.fail("served")


def test_a_cache_that_cannot_be_written_is_told(model: Path, cache_dir: Path) -> None:
    """The error names the folder and the setting for it."""
    cache_dir.write_text("a file")
    with pytest.raises(EmbeddedModelError, match="DRAGOMAN_CACHE_DIR"):
        embedded.lease(model, cache_dir=cache_dir)


async def test_a_server_that_dies_is_told(model: Path, cache_dir: Path) -> None:
    """An error within the block is put down to the server if that has ended."""
    with pytest.raises(EmbeddedModelError, match="ended unexpectedly"):
        async with embedded.serving(model, cache_dir=cache_dir):
            (server,) = _loads(model)
            os.kill(server, signal.SIGTERM)
            await asyncio.to_thread(_wait, lambda: not _runs(server))
            raise ConnectionError


async def test_an_error_of_the_user_stays_his(model: Path, cache_dir: Path) -> None:
    """While the server lives, an error within the block comes out as it is."""
    with pytest.raises(KeyError):
        async with embedded.serving(model, cache_dir=cache_dir):
            raise KeyError


async def test_waiting_can_be_cancelled(tmp_path: Path, cache_dir: Path) -> None:
    """Who stops waiting while the model is loaded waits no longer and leaves no process behind."""
    model = _model(tmp_path, "slow")
    waiting = asyncio.create_task(embedded.serving(model, cache_dir=cache_dir).__aenter__())
    assert await asyncio.to_thread(_wait, lambda: bool(_loads(model)))
    started = time.monotonic()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert time.monotonic() - started < 60
    (server,) = _loads(model)
    assert not _runs(server)
