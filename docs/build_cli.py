"""Writes docs/cli.md from the command line's own help; with --check only tells if it is stale."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import typer

from dragoman.cli import app

PAGE = Path(__file__).parent / "cli.md"

INTRODUCTION = """\
# Commands

<!-- Written by docs/build_cli.py from what `--help` says. -->

`python -m dragoman` is the same as `dragoman`. Results go to standard output, progress and
complaints to standard error. The exit codes are in the [README](../README.md#exit-codes), the
settings behind the options in [configuration.md](configuration.md).
"""


def commands() -> Iterator[tuple[str, Any]]:
    """Every command by the words that call it, groups left out."""
    yield from _commands("dragoman", typer.main.get_command(app))


def _commands(words: str, command: Any) -> Iterator[tuple[str, Any]]:
    below = getattr(command, "commands", None)
    if below is None:
        yield words, command
        return
    for name, each in below.items():
        yield from _commands(f"{words} {name}", each)


def options(command: Any) -> set[str]:
    """Every spelling of every option of a command."""
    found = {"--help"}
    for parameter in command.params:
        if parameter.param_type_name == "option":
            found |= {*parameter.opts, *parameter.secondary_opts}
    return found


def page() -> str:
    """The page as it should be."""
    return "\n".join([INTRODUCTION, *(_section(*each) for each in commands())])


def _section(words: str, command: Any) -> str:
    arguments, rows = [], []
    hints = get_type_hints(inspect.unwrap(command.callback))
    for parameter in command.params:
        if parameter.param_type_name == "argument":
            name = (parameter.metavar or parameter.name).strip("[]").upper()
            arguments.append(name if parameter.required else f"[{name}]")
            spelling = f"`{name}`"
        else:
            spelling = " ".join(
                f"`{each}`" for each in (*parameter.opts, *parameter.secondary_opts)
            )
        rows.append(f"| {spelling} | {_meaning(parameter, hints.get(parameter.name))} |")
    title = " ".join([words, *arguments])
    paragraphs = [" ".join(part.split()) for part in inspect.cleandoc(command.help).split("\n\n")]
    table = ["| | |", "| --- | --- |", *rows, ""] if rows else []
    return "\n".join([f"## `{title}`", "", "\n\n".join(paragraphs), "", *table])


def _meaning(parameter: Any, hint: Any) -> str:
    text = " ".join((parameter.help or "").split())
    choices = _choices(hint)
    if choices:
        text += f" One of {', '.join(f'`{choice}`' for choice in choices)}."
    default = parameter.default
    if isinstance(default, str | int | float | Path) and not isinstance(default, bool):
        text += f" Default: `{default}`."
    return text.replace("|", "\\|")


def _choices(hint: Any) -> tuple[Any, ...]:
    """The values a parameter may take, if they are listed in its type or within it."""
    if get_origin(hint) is Literal:
        return get_args(hint)
    return next(filter(None, map(_choices, get_args(hint))), ())


def main() -> int:
    """Write the page, or with --check compare it; the exit code."""
    wanted = page()
    if "--check" in sys.argv[1:]:
        current = PAGE.read_text("utf-8") if PAGE.exists() else ""
        if current != wanted:
            print("docs/cli.md is stale: run python docs/build_cli.py", file=sys.stderr)  # noqa: T201
            return 1
        return 0
    PAGE.write_text(wanted, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
