"""Serving an embedded model on the loopback interface, to all commands that want it at once.

The first command starts the server process, later ones join it; it ends with the last of them,
even when they are killed (see `server_process`). A small file tells where it runs. That file may
be stale, so it counts only if the server answers; a lock makes sure that two commands do not both
find none and load the model twice.
"""

from __future__ import annotations

import asyncio
import hashlib
import importlib.util
import json
import os
import queue
import secrets
import socket
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractContextManager, asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import filelock

from dragoman.embedded.catalogue import catalogue
from dragoman.endpoint import Endpoint
from dragoman.errors import EmbeddedModelError

CONTEXT_TOKENS = 8192
"""Context the server reserves unless told otherwise; more needs more memory."""

_LOADING_SECONDS = 300.0
_PROGRAM = Path(__file__).with_name("server_process.py")


def require_runtime() -> None:
    """Make sure that this installation can run embedded models.

    Raises:
        EmbeddedModelError: the extra for it is missing.
    """
    if importlib.util.find_spec("xllamacpp") is None:
        raise _no_runtime()


@asynccontextmanager
async def serving(
    path: Path, *, cache_dir: Path, context_tokens: int = CONTEXT_TOKENS
) -> AsyncIterator[Endpoint]:
    """The endpoint of a server for the model file, kept alive for the length of the block.

    Args:
        path: the model's file, see `fetch`.
        cache_dir: Dragoman's cache folder.
        context_tokens: length of the context.

    Raises:
        EmbeddedModelError: the model cannot be loaded, or the server ended within the block.
    """
    given_up = threading.Event()
    work = asyncio.create_task(
        asyncio.to_thread(
            lease, path, cache_dir=cache_dir, context_tokens=context_tokens, given_up=given_up
        )
    )
    try:
        held = await asyncio.shield(work)
    except asyncio.CancelledError:
        given_up.set()
        with suppress(EmbeddedModelError):
            (await work).close()
        raise
    try:
        yield held.endpoint
    except Exception as error:
        if await asyncio.to_thread(held.ended, within=0.3):  # it may just be about to
            raise EmbeddedModelError(
                "the embedded model's server ended unexpectedly",
                where=str(held.log),
                remedy="That file may say why; with too little memory the system ends it",
            ) from error
        raise
    finally:
        held.close()


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to use a running server, which lives at least until it is closed."""

    endpoint: Endpoint
    """Where the server answers."""

    log: Path
    """What the server had to say."""

    _held: subprocess.Popen[bytes] | socket.socket
    """The process if it was started here, or the connection by which it was joined."""

    def ended(self, within: float) -> bool:
        """Whether the server has ended, or does so within some seconds."""
        try:
            if isinstance(self._held, subprocess.Popen):
                self._held.wait(within)
            else:
                self._held.settimeout(within)
                self._held.recv(1)  # nothing is ever sent, so this waits for the end
        except (subprocess.TimeoutExpired, TimeoutError):
            return False
        except OSError:  # reset
            return True
        return True

    def close(self) -> None:
        """Give the lease back; the server ends if it was the last one."""
        if isinstance(self._held, socket.socket):
            self._held.close()
            return
        if self._held.stdin is not None:
            self._held.stdin.close()
        try:
            self._held.wait(0.5)
        except subprocess.TimeoutExpired:  # others still use it
            threading.Thread(target=self._held.wait, daemon=True).start()


def lease(
    path: Path,
    *,
    cache_dir: Path,
    context_tokens: int = CONTEXT_TOKENS,
    given_up: threading.Event | None = None,
) -> Lease:
    """A lease of the server for the model file: joined if it runs, else started.

    Args:
        path: the model's file.
        cache_dir: Dragoman's cache folder.
        context_tokens: length of the context.
        given_up: set by another thread to stop waiting.

    Raises:
        EmbeddedModelError: the model cannot be loaded.
    """
    given_up = given_up or threading.Event()
    try:
        folder = _folder(path, cache_dir, context_tokens)
        with _turn(folder, given_up):
            server = _Server(path, folder, context_tokens)
            return server.join() or server.start(given_up)
    except OSError as error:
        raise EmbeddedModelError(
            f"the embedded model's server cannot be started ({error.strerror or error})",
            where=str(error.filename or path),
            remedy="Set DRAGOMAN_CACHE_DIR to a folder that can be written",
        ) from error


def _folder(path: Path, cache_dir: Path, context_tokens: int) -> Path:
    """Folder for what is known of the server of this very file with this context."""
    there = path.stat()
    identity = [str(path.resolve()), there.st_size, there.st_mtime_ns, context_tokens]
    digest = hashlib.sha256(json.dumps(identity).encode()).hexdigest()[:16]
    folder = cache_dir / "servers" / digest
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _turn(folder: Path, given_up: threading.Event) -> AbstractContextManager[object]:
    """The lock under which servers are started and joined, once it is ours."""
    lock = filelock.FileLock(folder / "lock")
    while True:
        with suppress(filelock.Timeout):
            return lock.acquire(timeout=0.1, poll_interval=0.05)
        if given_up.is_set():
            raise EmbeddedModelError("waiting for the embedded model was given up")


class _Server:
    """The server of one model file, running or to be started. Used under the folder's lock."""

    def __init__(self, path: Path, folder: Path, context_tokens: int) -> None:
        self._path = path
        self._state = folder / "state.json"
        self._log = folder / "server.log"
        self._context_tokens = context_tokens
        files = {model.file: name for name, model in catalogue().items()}
        self._alias = files.get(path.name, path.stem)

    def join(self) -> Lease | None:
        """A lease of the running server, or None if none runs."""
        try:
            state = json.loads(self._state.read_text(encoding="utf-8"))
            connection = socket.create_connection(("127.0.0.1", state["lease_port"]), timeout=5)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        try:
            connection.sendall(state["key"].encode() + b"\n")
            if connection.recv(64) == b"welcome\n":
                connection.settimeout(None)
                return self._lease(state["port"], state["key"], connection)
        except (OSError, KeyError, AttributeError):
            pass  # ended meanwhile, or the port is another program's now
        connection.close()
        return None

    def start(self, given_up: threading.Event) -> Lease:
        """A lease of a new server, once the model is loaded."""
        key = secrets.token_urlsafe(32)
        self._state.unlink(missing_ok=True)
        process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-P", str(_PROGRAM)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for this command, the server may have other users
        )
        try:
            report = self._loaded(process, key, given_up)
            self._write_state({"pid": process.pid, "key": key, **report})
        except BaseException:
            process.kill()
            process.wait()
            if process.stdin is not None:
                process.stdin.close()
            raise
        finally:
            if process.stdout is not None:
                process.stdout.close()
        return self._lease(report["port"], key, process)

    def _loaded(
        self, process: subprocess.Popen[bytes], key: str, given_up: threading.Event
    ) -> Mapping[str, Any]:
        """What the process reports when it has loaded the model."""
        order = {
            "model": str(self._path.resolve()),
            "alias": self._alias,
            "context_tokens": self._context_tokens,
            "threads": _threads(),
            "key": key,
            "log": str(self._log),
        }
        lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        if process.stdin is None or process.stdout is None:
            raise OSError("no pipe to the server")
        with suppress(BrokenPipeError):  # then it reports nothing, see below
            process.stdin.write(json.dumps(order).encode() + b"\n")
            process.stdin.flush()
        read = process.stdout.readline
        threading.Thread(target=lambda: lines.put(read()), daemon=True).start()
        limit = time.monotonic() + _LOADING_SECONDS
        while not given_up.is_set() and time.monotonic() < limit:
            with suppress(queue.Empty):
                return self._understood(lines.get(timeout=0.1), process)
        raise EmbeddedModelError(
            f"the model was not loaded within {_LOADING_SECONDS:.0f} seconds",
            where=str(self._path),
            remedy=f"See {self._log}",
        )

    def _understood(self, line: bytes, process: subprocess.Popen[bytes]) -> Mapping[str, Any]:
        report: dict[str, Any] = json.loads(line) if line.strip() else {}
        if "missing" in report:
            raise _no_runtime()
        if "port" in report:
            return report
        reason = report.get("failed") or f"its process ended with {process.wait()}"
        raise EmbeddedModelError(
            f"the model cannot be loaded ({reason})",
            where=str(self._path),
            remedy=f"It may be damaged, or there is too little memory; see {self._log}",
        )

    def _write_state(self, state: Mapping[str, Any]) -> None:
        """Write the file by which others find the server; with the key, so for this user alone."""
        new = self._state.with_suffix(".new")
        new.unlink(missing_ok=True)
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(state, file)
        new.replace(self._state)

    def _lease(self, port: int, key: str, held: subprocess.Popen[bytes] | socket.socket) -> Lease:
        endpoint = Endpoint(
            kind="embedded",
            model=self._alias,
            base_url=f"http://127.0.0.1:{port}/v1",
            api_key=key,
            context_tokens=self._context_tokens,
        )
        return Lease(endpoint, self._log, held)


def _threads() -> int | None:
    """Threads to compute with if this process may use only some of the cores, else None."""
    try:
        allowed = len(os.sched_getaffinity(0))
    except AttributeError:  # not on this platform
        return None
    return allowed if allowed < (os.cpu_count() or 1) else None


def _no_runtime() -> EmbeddedModelError:
    return EmbeddedModelError(
        "this installation cannot run embedded models",
        remedy="Run `pip install 'dragoman[local]'`, or give another endpoint with --base-url",
    )
