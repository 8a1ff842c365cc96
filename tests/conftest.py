"""What holds for every test: no network, no waiting, and none of the developer's own settings."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from respx.mocks import HTTPCoreMocker, Mocker

from dragoman import capabilities, transport

# respx knows httpcore; the OpenAI client speaks through its successor httpcore2. Tests use it with
# @pytest.mark.respx(using="httpcore2"). A plugin may have registered the same.
if "httpcore2" not in Mocker.registry:

    class HTTPCore2Mocker(HTTPCoreMocker):
        """respx for httpcore2."""

        name = "httpcore2"
        targets = [  # noqa: RUF012 - respx wants a list
            target.replace("httpcore.", "httpcore2.", 1) for target in HTTPCoreMocker.targets
        ]


# How fast examples run says more of the machine, and of what else it is doing, than of the program.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

_LOCAL = {"127.0.0.1", "::1", "localhost", "", None}


class NetworkForbiddenError(OSError):
    """A test tried to leave the machine."""


@pytest.fixture(autouse=True)
def no_network(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections other than to this machine are refused, except in tests marked `live`."""
    if request.node.get_closest_marker("live"):
        return
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def local_connect(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in _LOCAL:
            raise NetworkForbiddenError(f"test tried to connect to {address[0]}")
        connect(self, address)

    def local_look_up(host: Any, *args: Any, **keywords: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name not in _LOCAL:
            raise NetworkForbiddenError(f"test tried to look up {name}")
        return look_up(host, *args, **keywords)

    monkeypatch.setattr(socket.socket, "connect", local_connect)
    monkeypatch.setattr(socket, "getaddrinfo", local_look_up)


@pytest.fixture(autouse=True)
def own_environment(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Keys, addresses and folders of the developer do not reach a test."""
    if request.node.get_closest_marker("live"):
        return
    for name in os.environ:
        known = name.startswith(("OPENAI_", "AZURE_", "DRAGOMAN_"))
        if known or name.lower() in ("http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.delenv(name)
    for name in ("XDG_CONFIG_HOME", "APPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "config"))
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "cache"))


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Pauses between attempts, in seconds; none of them is really made."""
    made: list[float] = []

    async def pause(seconds: float) -> None:
        made.append(seconds)

    monkeypatch.setattr(transport, "pause", pause)
    return made


@pytest.fixture(autouse=True)
def nothing_known_of_endpoints() -> Iterator[None]:
    """What one test learns of an endpoint is no help to the next."""
    capabilities.forget()
    yield
    capabilities.forget()
