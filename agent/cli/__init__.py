"""The command line: `dragoman COMMAND`. Results go to standard output, everything else does not.

Exit codes: 0 done; 1 the brief is incomplete or a check failed; 2 wrong usage or input; every
other kind of error has its own, see `dragoman.errors`. 130 when interrupted.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.brief import brief
from dragoman.cli.check import check
from dragoman.cli.correct import correct
from dragoman.cli.diff import diff
from dragoman.cli.glossary import app as glossary_app
from dragoman.cli.model import app as model_app
from dragoman.cli.show import show
from dragoman.evals.cli import app as eval_app

if TYPE_CHECKING:
    from collections.abc import Sequence

_EXIT_CODES = """Exit codes: 0 done; 1 brief incomplete or check failed; 2 usage, input or
settings; 3 key refused; 4 endpoint unreachable; 5 rate limit or quota; 6 request refused;
7 answer unusable; 8 deadline or token budget used up; 9 embedded model; 10 recording;
11 glossary; 12 evaluation; 13 output; 130 interrupted."""

_INTERRUPTED = 130
"""Exit code after Ctrl-C: 128 and the number of the signal, as shells have it."""

app = typer.Typer(
    help="Turn a news article, as a rule machine-translated, into a brief: who met whom, who "
    "takes which position, who warns whom, which words are wrong. Every item is proven by a "
    "sentence of the article.",
    epilog=_EXIT_CODES,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback(invoke_without_command=True)
def _main(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and exit.", is_eager=True)
    ] = False,
) -> None:
    if version:
        from importlib.metadata import version as installed_version

        typer.echo(f"dragoman {installed_version('dragoman')}")
        raise typer.Exit


@app.command()
def schema() -> None:
    """Print the JSON Schema of the brief."""
    import json

    from dragoman.schemas.brief import Brief

    typer.echo(json.dumps(Brief.model_json_schema(), indent=2, ensure_ascii=False))


app.command()(brief)
app.command()(check)
app.command()(correct)
app.command()(show)
app.command()(diff)
app.add_typer(glossary_app, name="glossary")
app.add_typer(model_app, name="model")
app.add_typer(eval_app, name="eval")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit; errors raised on purpose are one line on standard error."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    from dragoman.errors import DragomanError

    try:
        code = app(args=arguments, standalone_mode=False)
    except DragomanError as error:
        _complain(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        code = _INTERRUPTED
    except SystemExit as stop:
        # That is how click ends when the reader of our output has gone, as with `| head -1`.
        if not isinstance(stop.__context__, BrokenPipeError):
            raise
        return _reader_gone()
    except Exception as error:
        return _usage(error)
    if code == _INTERRUPTED:  # typer tells of an interrupt by this code alone
        _complain("interrupted")
    return code if isinstance(code, int) else 0


def _reader_gone() -> int:
    """Nothing is wrong; what is left in the buffer goes nowhere, or Python would complain."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno() if sys.__stdout__ else 1)
    return 0


def _usage(error: Exception) -> int:
    """The exit code of an error of the command line itself; anything else is a bug."""
    import click

    if isinstance(error, click.exceptions.Abort):
        _complain("aborted")
        return _INTERRUPTED
    show_error = getattr(error, "show", None)
    if show_error is None or not hasattr(error, "exit_code"):
        raise error
    show_error(file=sys.stderr)
    return int(error.exit_code)


def _complain(message: str) -> None:
    one_line = " ".join(message.split())
    print(f"dragoman: error: {one_line}", file=sys.stderr)  # noqa: T201 - this is the command line
