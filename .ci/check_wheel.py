"""Checks what a built wheel holds: the package and its data, and none of the evaluation texts.

Run as `python .ci/check_wheel.py WHEEL`; says what is wrong and fails, or is silent.
"""

from __future__ import annotations

import sys
import zipfile
from fnmatch import fnmatchcase

WANTED = [
    "dragoman/__init__.py",
    "dragoman/py.typed",
    "dragoman/cli/model.py",
    "dragoman/data/models.toml",
    "dragoman/data/languages/de.toml",
    "dragoman/data/languages/en.toml",
    "dragoman/embedded/server_process.py",
    "dragoman/evals/__init__.py",
    "dragoman/prompts/*.j2",
    "dragoman/schemas/brief.py",
    "dragoman-*.dist-info/licenses/LICENSE",
    "dragoman-*.dist-info/entry_points.txt",
]
"""Patterns of which each must fit a file."""

UNWANTED = [
    "*/cases/*",
    "*/recordings/*",
    "*gold*.json",
    "*article*.txt",
    "*/test_*.py",
    "*.gguf",
    "*/__pycache__/*",
]
"""Patterns that may fit none."""

ROOTS = ("dragoman/", "dragoman-")
"""How every name begins: the top-level folders of the repository must not be installed as such."""

MOST_BYTES = 3_000_000
"""Size of the wheel beyond which something is in it that does not belong there."""


def problems(wheel: str) -> list[str]:
    """What is wrong with the wheel, a line each."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        size = sum(member.compress_size for member in archive.infolist())
    found = [
        f"no {pattern}"
        for pattern in WANTED
        if not any(fnmatchcase(name, pattern) for name in names)
    ]
    for name in names:
        if not name.startswith(ROOTS):
            found.append(f"{name} is outside the package")
        found += [f"{name} fits {pattern}" for pattern in UNWANTED if fnmatchcase(name, pattern)]
    if size > MOST_BYTES:
        found.append(f"{size} bytes are more than {MOST_BYTES}")
    return found


if __name__ == "__main__":
    sys.exit("\n".join(problems(sys.argv[1])) or None)
