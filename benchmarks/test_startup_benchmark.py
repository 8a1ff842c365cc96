"""How long it takes until the command line answers, and what `import dragoman` costs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

HELP_SECONDS = 0.3
"""On an idle machine; the best of several runs counts, so that other work does not."""

IMPORT_SECONDS = 0.1


def command() -> str:
    """The installed command beside this interpreter."""
    return str(Path(sys.executable).with_name("dragoman"))


@pytest.mark.parametrize(
    ("arguments", "limit"),
    [
        ((command(), "--help"), HELP_SECONDS),
        ((command(), "brief", "--help"), HELP_SECONDS),
        ((sys.executable, "-c", "import dragoman"), IMPORT_SECONDS),
    ],
    ids=["help", "brief-help", "import"],
)
def test_start(benchmark: BenchmarkFixture, arguments: tuple[str, ...], limit: float) -> None:
    """Help is there at once, because heavy libraries are loaded only when they are needed."""

    def run() -> None:
        subprocess.run(arguments, check=True, capture_output=True)  # noqa: S603 - our own command

    run()  # compiles what is not compiled yet
    benchmark.pedantic(run, rounds=10)
    assert benchmark.stats.stats.min < limit
