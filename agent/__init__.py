"""Dragoman turns a news article into a validated brief, every item proven by a sentence.

    from dragoman import summarize

    brief = summarize("article.txt")

`summarize` and `asummarize` make one brief; `Dragoman` holds settings and connection for many.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dragoman import errors
    from dragoman.api import asummarize, check, correct, summarize
    from dragoman.article import Article
    from dragoman.pipeline import Dragoman
    from dragoman.rendering import render
    from dragoman.schemas.brief import Brief
    from dragoman.settings import Settings

__all__ = [
    "Article",
    "Brief",
    "Dragoman",
    "Settings",
    "asummarize",
    "check",
    "correct",
    "errors",
    "render",
    "summarize",
]

_HOMES = {
    "Article": "dragoman.article",
    "Brief": "dragoman.schemas.brief",
    "Dragoman": "dragoman.pipeline",
    "Settings": "dragoman.settings",
    "asummarize": "dragoman.api",
    "check": "dragoman.api",
    "correct": "dragoman.api",
    "render": "dragoman.rendering",
    "summarize": "dragoman.api",
}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used: `import dragoman` itself must be cheap."""
    if name == "__version__":
        from importlib.metadata import version

        return version("dragoman")
    if name == "errors":
        return importlib.import_module("dragoman.errors")
    if name not in _HOMES:
        raise AttributeError(f"module 'dragoman' has no attribute {name!r}")
    value = getattr(importlib.import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
