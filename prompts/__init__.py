"""Prompt templates, each with a version, and the loader that renders them.

A template is a Jinja2 file with two blocks, `system` and `user`. Its first line is a comment
that names the version. The constant part (system) comes first and the changing part last, so
that a server's prefix cache can reuse the work of the previous call.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import jinja2

_FOLDER = Path(__file__).parent
_VERSION = re.compile(r"\A\{#-? version: (?P<version>\S+) -?#\}")


class Message(NamedTuple):
    """One chat message."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """A rendered prompt with the name and version of its template."""

    name: str
    version: str
    messages: tuple[Message, ...]


@functools.cache
def _environment() -> jinja2.Environment:
    # Prompts are plain text for a model, not HTML; nothing is to be escaped.
    return jinja2.Environment(  # noqa: S701
        loader=jinja2.FileSystemLoader(_FOLDER),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )


def names() -> tuple[str, ...]:
    """Names of all prompts, sorted."""
    return tuple(sorted(file.name.removesuffix(".j2") for file in _FOLDER.glob("[!_]*.j2")))


@functools.cache
def version(name: str) -> str:
    """Version of the prompt `name`, as its first line states it."""
    first_line = (_FOLDER / f"{name}.j2").read_text(encoding="utf-8").split("\n", 1)[0]
    match = _VERSION.match(first_line)
    if match is None:
        raise ValueError(f"prompt {name!r} states no version in its first line")
    return match["version"]


def render(name: str, /, **values: object) -> Prompt:
    """Render the prompt `name` with `values`; a missing value is an error.

    Values are inserted as text and never read as templates, whatever they hold.
    """
    template = _environment().get_template(f"{name}.j2")
    context = template.new_context(dict(values))
    messages = tuple(
        Message(role, "".join(template.blocks[role](context)).strip())
        for role in ("system", "user")
        if role in template.blocks
    )
    return Prompt(name, version(name), messages)
