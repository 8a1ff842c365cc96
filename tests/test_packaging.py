"""The distribution: what it depends on in which versions, and what it brings along."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib import metadata, resources
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    ("distribution", "floor"),
    [("openai", "3.3"), ("instructor", "1.17"), ("tenacity", "9.2"), ("pydantic", "2.12")],
)
def test_pip_took_a_current_release(distribution: str, floor: str) -> None:
    """Without floors pip falls back to year-old releases that speak another protocol stack."""
    assert Version(metadata.version(distribution)) >= Version(floor)
    requirement = next(
        requirement
        for requirement in map(Requirement, metadata.requires("dragoman") or [])
        if requirement.name == distribution
    )
    assert Version("0") not in requirement.specifier
    assert Version(floor) in requirement.specifier


def test_every_dependency_has_a_floor() -> None:
    """A dependency without one may be resolved to a release nobody has tried."""
    requirements = map(Requirement, metadata.requires("dragoman") or [])
    without = [each.name for each in requirements if not each.specifier and not each.extras]
    assert without == []


def test_constraints_name_versions_and_no_places() -> None:
    """The lock file holds exact versions alone: no path or host of the machine that made it."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert len(pins) > 50
    assert [pin for pin in pins if not re.fullmatch(r"[\w.-]+==[\w.+!]+", pin)] == []


def test_constraints_agree_with_the_requirements() -> None:
    """Every direct dependency is locked, to a version that its requirement allows."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    locked = {}
    for line in lines:
        name, _, version = line.partition("==")
        locked[re.sub(r"[-_.]+", "-", name).lower()] = version
    for requirement in map(Requirement, metadata.requires("dragoman") or []):
        name = re.sub(r"[-_.]+", "-", requirement.name).lower()
        if name != "dragoman":
            assert Version(locked[name]) in requirement.specifier, requirement


@pytest.mark.parametrize("name", ["py.typed", "data/models.toml", "prompts", "schemas"])
def test_data_comes_along(name: str) -> None:
    """Data files and sub-packages are found where the code looks for them."""
    if name in ("prompts", "schemas"):
        assert resources.files(f"dragoman.{name}").joinpath("__init__.py").is_file()
    else:
        assert resources.files("dragoman").joinpath(name).is_file()


def test_only_the_import_package_is_installed() -> None:
    """The repository's folders are not importable under their own names from anywhere else."""
    names = ["agent", "prompts", "schemas", "evals"]
    code = f"import importlib.util as u; print([n for n in {names} if u.find_spec(n)])"
    found = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True, cwd="/"
    )
    assert found.stdout.strip() == "[]"


def test_importing_the_package_is_light() -> None:
    """`import dragoman` and the command's module load no heavy library."""
    code = (
        "import sys, dragoman, dragoman.cli;"
        "print([n for n in ('openai', 'instructor', 'trafilatura', 'scipy', 'httpx2')"
        " if n in sys.modules])"
    )
    loaded = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert loaded.stdout.strip() == "[]"
