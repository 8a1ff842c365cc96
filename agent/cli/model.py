"""`dragoman model`: look after the embedded models on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from dragoman.embedded import Progress

app = typer.Typer(
    help="Look after the embedded model: a language model on this machine, without a key.",
    no_args_is_help=True,
)

_Name = Annotated[
    str | None,
    typer.Argument(metavar="[NAME]", help="Name of the model, see `dragoman model list`."),
]


@app.command("list")
def list_models() -> None:
    """List the embedded models, their size, licence and whether they are there."""
    from dragoman.embedded import catalogue, state

    folder = _cache_dir()
    rows = [("NAME", "SIZE", "LICENSE", "STATE", "MODEL")]
    for name, model in catalogue().items():
        size = f"{model.size / 1e6:.0f} MB"
        rows.append((name, size, model.license, state(name, folder), model.title))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        typer.echo("  ".join(cells).rstrip())


@app.command()
def pull(
    name: _Name = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress.")] = False,
) -> None:
    """Fetch a model and verify it, going on where an earlier try stopped; print its path."""
    typer.echo(fetch_showing_progress(name, quiet=quiet))


@app.command()
def path(name: _Name = None) -> None:
    """Print where the model's file is; an error if it is not there."""
    typer.echo(fetch_showing_progress(name, offline=True))


@app.command()
def serve(
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help="Name of the model, or path of a GGUF file."),
    ] = None,
    context_tokens: Annotated[
        int, typer.Option("--context", min=512, help="Length of the context in tokens.")
    ] = 8192,
    offline: Annotated[bool, typer.Option("--offline", help="Fetch nothing.")] = False,
) -> None:
    """Serve a model to other programs until interrupted.

    It speaks OpenAI's protocol on this machine alone. Commands of Dragoman that use the embedded
    model share it by themselves.
    """
    from dragoman.embedded import lease, require_runtime
    from dragoman.errors import EmbeddedModelError

    require_runtime()
    file = fetch_showing_progress(name, offline=offline)
    held = lease(file, cache_dir=_cache_dir(), context_tokens=context_tokens)
    try:
        typer.echo("Serving to programs that are told so as below. Ctrl-C ends it.", err=True)
        typer.echo(f"export OPENAI_BASE_URL={held.endpoint.base_url}")
        typer.echo(f"export OPENAI_API_KEY={held.endpoint.api_key}")
        typer.echo(f"export OPENAI_MODEL={held.endpoint.model}")
        while not held.ended(within=0.5):
            continue
    except KeyboardInterrupt:
        return
    finally:
        held.close()
    raise EmbeddedModelError("the server ended unexpectedly", where=str(held.log))


@app.command()
def remove(name: Annotated[str, typer.Argument(help="Name of the model.")]) -> None:
    """Delete a model's file, and what was fetched of it so far."""
    from dragoman.embedded import remove as remove_model

    freed = remove_model(name, _cache_dir())
    typer.echo(f"{freed / 1e6:.0f} MB freed" if freed else f"{name} is not there")


def fetch_showing_progress(
    name: str | None = None,
    *,
    offline: bool = False,
    quiet: bool = False,
    cache_dir: Path | None = None,
) -> Path:
    """The model's file, fetched if need be with a bar on standard error.

    Args:
        name: name in the catalogue, None for the default model, or the path of a GGUF file.
        offline: whether fetching is forbidden, besides the setting.
        quiet: whether to show nothing.
        cache_dir: Dragoman's cache folder; None: from the settings.

    Raises:
        SettingsError: there is no such model.
        OfflineError: it would have to be fetched.
        EmbeddedModelError: it cannot be fetched, or is not what it should be.
    """
    from dragoman.embedded import fetch, installed
    from dragoman.settings import Settings

    settings = Settings()
    folder = cache_dir or settings.cache_dir
    there = installed(name, folder)
    if there is not None:
        return there
    offline = offline or settings.offline
    if offline:
        return fetch(name, cache_dir=folder, offline=True)
    with _bar(name, quiet) as progress:
        return fetch(name, cache_dir=folder, progress=progress)


@contextmanager
def _bar(name: str | None, quiet: bool) -> Iterator[Progress | None]:
    """A progress bar where there is a terminal, and one line before and none after elsewhere."""
    if quiet:
        yield None
        return
    from rich import progress as rich_progress
    from rich.console import Console

    from dragoman.embedded import entry

    model = entry(name)
    console = Console(stderr=True)
    console.print(
        f"Fetching {model.title} ({model.size / 1e9:.1f} GB, {model.license}), once",
        highlight=False,
        soft_wrap=True,
    )
    if not console.is_terminal:
        yield None
        return
    columns = (
        rich_progress.BarColumn(),
        rich_progress.DownloadColumn(),
        rich_progress.TransferSpeedColumn(),
        rich_progress.TimeRemainingColumn(),
    )
    with rich_progress.Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=model.size)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _cache_dir() -> Path:
    from dragoman.settings import Settings

    return Settings().cache_dir
