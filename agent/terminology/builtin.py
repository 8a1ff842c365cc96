"""The starter pack: terms, countries and people that come with the package."""

from __future__ import annotations

import functools
import importlib.resources

from dragoman.errors import GlossaryError
from dragoman.terminology.glossary import Entry, conflicts, read_csv


def read_data(name: str) -> bytes:
    """Content of a data file of the package."""
    return importlib.resources.files("dragoman").joinpath("data", name).read_bytes()


@functools.cache
def builtin_entries() -> tuple[Entry, ...]:
    """Entries of `data/terms.csv`.

    Raises:
        GlossaryError: the file that came with the package has a problem.
    """
    entries, problems = read_csv(read_data("terms.csv"))
    found = (*problems, *conflicts(entries))
    if found:
        raise GlossaryError(found[0].message, where=f"data/terms.csv:{found[0].line}")
    return entries
