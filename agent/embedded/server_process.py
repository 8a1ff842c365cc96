"""The process in which an embedded model runs: llama.cpp's server, for as long as it has users.

Started by `dragoman.embedded.serving` as a program of its own, it imports nothing of Dragoman. It
reads its order from standard input as one line of JSON, reports on standard output as another, and
writes everything else to its log.

Each command that uses the server holds a lease: the one that started it this process's standard
input, every other one a connection to the lease port. The operating system closes these when a
command ends, however it ends; with the last lease the process ends, too.
"""

from __future__ import annotations

import ctypes
import hmac
import json
import os
import signal
import socket
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

_PR_SET_PDEATHSIG = 1  # from linux/prctl.h
_PROMPT_CACHE_MIB = 512  # prompts of other users kept in memory, so that taking turns stays cheap


class Leases:
    """How many users the server has; `ended` is set when the last one has gone."""

    def __init__(self) -> None:
        self.ended = threading.Event()
        self._count = 1  # whoever started this process
        self._lock = threading.Lock()

    def take(self) -> bool:
        """Count one more user, unless it is too late."""
        with self._lock:
            if self._count == 0:
                return False
            self._count += 1
            return True

    def give_back(self) -> None:
        """Count one user less."""
        with self._lock:
            self._count -= 1
            if self._count == 0:
                self.ended.set()


def main() -> None:
    """Run the server as ordered."""
    _end_with_parent(True)
    order = json.loads(sys.stdin.readline())
    report = os.dup(1)
    log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(log, 1)
    os.dup2(log, 2)
    leases = Leases()
    threading.Thread(target=_watch_starter, args=(leases,), daemon=True).start()
    try:
        server = _serve(order)
    except ImportError:
        _give_up(report, "missing", "xllamacpp")
    except RuntimeError as error:
        _give_up(report, "failed", _reason(order["log"]) or str(error))
    listener = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=_grant, args=(listener, order["key"], leases), daemon=True).start()
    _end_with_parent(False)
    port = int(server.listening_address.rpartition(":")[2])
    _report(report, {"port": port, "lease_port": listener.getsockname()[1]})
    leases.ended.wait()
    os._exit(0)  # at once: there is nothing to save, and a running answer is nobody's any more


def _serve(order: Mapping[str, Any]) -> Any:
    """Load the model and serve it; this holds Python's global lock for some seconds."""
    # Waiting threads that spin are a little faster on an idle machine, but up to ten times slower
    # as soon as anything else wants a core. Read by OpenMP when the library is loaded.
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    import xllamacpp

    parameters = xllamacpp.CommonParams()
    parameters.model.path = order["model"]
    parameters.model_alias = {order["alias"]}
    parameters.n_ctx = order["context_tokens"]
    parameters.n_parallel = 1  # one question at a time: on few cores, several are only slower
    parameters.cache_ram_mib = _PROMPT_CACHE_MIB
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = 0
    parameters.api_keys = [order["key"]]
    parameters.ui = False
    parameters.offline = True
    if order["threads"]:
        parameters.cpuparams.n_threads = order["threads"]
        parameters.cpuparams_batch.n_threads = order["threads"]
    return xllamacpp.Server(parameters)


def _end_with_parent(wanted: bool) -> None:
    """On Linux, have this process killed with its parent: while loading, no thread can watch it."""
    if sys.platform != "linux":
        return
    number = signal.SIGKILL if wanted else 0
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(number), 0, 0, 0)


def _watch_starter(leases: Leases) -> None:
    while os.read(0, 4096):
        continue
    leases.give_back()


def _grant(listener: socket.socket, key: str, leases: Leases) -> NoReturn:
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=_hold, args=(connection, key, leases), daemon=True).start()


def _hold(connection: socket.socket, key: str, leases: Leases) -> None:
    """One user's lease, from the right key until the connection is closed."""
    with connection:
        try:
            connection.settimeout(5)
            given = connection.makefile("rb").readline(256).strip()
            if not hmac.compare_digest(given, key.encode()) or not leases.take():
                return
        except OSError:
            return
        try:
            connection.sendall(b"welcome\n")
            connection.settimeout(None)
            while connection.recv(4096):
                continue
        except OSError:
            pass
        finally:
            leases.give_back()


def _report(descriptor: int, message: Mapping[str, Any]) -> None:
    os.write(descriptor, json.dumps(message).encode() + b"\n")
    os.close(descriptor)


def _give_up(descriptor: int, key: str, reason: str) -> NoReturn:
    _report(descriptor, {key: reason})
    os._exit(1)


def _reason(log: str) -> str | None:
    """What llama.cpp gave as the cause, from the first error in the log."""
    for line in Path(log).read_text(encoding="utf-8", errors="replace").splitlines():
        _, mark, message = line.partition(" E ")
        if mark:
            return message.rpartition("error loading model: ")[2].strip()
    return None


if __name__ == "__main__":
    main()
