"""`dragoman brief`: from articles to briefs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dragoman.article import Article
    from dragoman.cli.progress import Shown
    from dragoman.errors import DragomanError
    from dragoman.pipeline import Dragoman
    from dragoman.rendering.html import IndexEntry
    from dragoman.schemas.brief import Brief


def brief(
    articles: Annotated[
        list[str], typer.Argument(metavar="ARTICLE...", help="Text or HTML files; - is stdin.")
    ],
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            help="terminal, json, jsonl, markdown, html, jsonld, plover, csv or parquet; "
            "without it the output's ending, or terminal.",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="File to write; with several articles a folder."),
    ] = None,
    evidence: Annotated[
        bool, typer.Option("--evidence", "-e", help="Quote the sentences that prove each item.")
    ] = False,
    language: Annotated[
        str | None, typer.Option(help="Language of the brief, such as en; default: the article's.")
    ] = None,
    strategy: Annotated[
        str | None,
        typer.Option(help="auto, article (one question) or sentence (for small models)."),
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(help="Model to ask; embedded, or embedded:NAME, for the one on this machine."),
    ] = None,
    base_url: Annotated[
        str | None, typer.Option(help="OpenAI-compatible endpoint, up to and with /v1.")
    ] = None,
    deadline: Annotated[float | None, typer.Option(help="Seconds a brief may take.")] = None,
    max_tokens: Annotated[
        int | None, typer.Option(help="Tokens a brief may take, read and written.")
    ] = None,
    timeout: Annotated[
        float | None, typer.Option(help="Seconds to wait for one answer; default: 300.")
    ] = None,
    glossary: Annotated[
        list[Path] | None, typer.Option(help="Your terms, CSV or TBX; may be given several times.")
    ] = None,
    builtin: Annotated[
        bool | None,
        typer.Option(
            "--builtin-glossary/--no-builtin-glossary", help="Whether to use the starter pack."
        ),
    ] = None,
    record: Annotated[
        Path | None, typer.Option(help="Write the exchanges with the model to this file.")
    ] = None,
    replay: Annotated[
        Path | None, typer.Option(help="Take the model's answers from this recording.")
    ] = None,
    offline: Annotated[
        bool | None, typer.Option("--offline", help="Never fetch the embedded model.")
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Fetch the embedded model without asking.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress.")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Show each question and each retry.")
    ] = False,
    colour: Annotated[
        bool | None, typer.Option("--colour/--no-colour", help="Default: if it is a terminal.")
    ] = None,
) -> None:
    """Make the brief of one or more articles.

    Without OPENAI_API_KEY and without --base-url the embedded model is used: it runs on this
    machine and is fetched once.
    """
    from dragoman.cli.progress import Shown
    from dragoman.rendering.output import terminal_style

    values = {
        "language": language,
        "strategy": strategy,
        "model": model,
        "base_url": base_url,
        "deadline": deadline,
        "max_tokens": max_tokens,
        "timeout": timeout,
        "glossaries": tuple(glossary) if glossary else None,
        "builtin_glossary": builtin,
        "record": record,
        "replay": replay,
        "offline": offline,
    }
    shown = Shown(quiet=quiet, verbose=verbose)
    width, coloured = terminal_style(output, colour)
    style = {"evidence": evidence, "width": width, "colour": coloured}
    writer = _Writer(form, output, several=len(articles) > 1, style=style)
    code = _Batch(articles, values, writer, shown).run(yes=yes)
    if code:
        raise typer.Exit(code)


class _Writer:
    """Puts each brief where it is wanted."""

    def __init__(
        self, form: str | None, output: Path | None, *, several: bool, style: Mapping[str, Any]
    ) -> None:
        from dragoman.errors import InputError
        from dragoman.rendering import FORMATS, SUFFIXES, TABLE_FORMATS

        endings = {suffix: name for name, suffix in SUFFIXES.items() if name not in TABLE_FORMATS}
        by_ending = None if output is None else endings.get(output.suffix)
        self.form = form or by_ending or "terminal"
        if self.form not in FORMATS:
            raise InputError(
                f"unknown format {self.form!r}",
                where="--format",
                remedy=f"Use one of {', '.join(FORMATS)}",
            )
        in_folder = output is not None and (several or output.is_dir())
        self._folder = output if in_folder else None
        self._output = output
        self._style = style
        self._suffix = SUFFIXES[self.form]
        self._taken: set[str] = set()
        self._entries: list[IndexEntry] = []
        if output is not None:
            _check_writable(output, self._folder)

    def write(self, made: Brief, article: Article, source: str) -> None:
        """Write one brief as soon as it is there: a later failure must not lose it."""
        from dragoman.rendering import render
        from dragoman.rendering.html import index_entry
        from dragoman.rendering.output import deliver

        target = self._output
        if self._folder is not None:
            target = self._folder / self._file_name(source)
        deliver(render(made, article, self.form, **self._style), target)
        if target is not None:
            self._entries.append(index_entry(made, target.name))

    def failed(self, source: str, error: DragomanError) -> None:
        """Remember an article without a brief for the index."""
        from dragoman.rendering.html import IndexEntry

        title = "standard input" if source == "-" else source
        self._entries.append(IndexEntry(title=title, problem=str(error)))

    def _file_name(self, source: str) -> str:
        stem = "stdin" if source == "-" else Path(source).stem
        name, number = stem, 2
        while name in self._taken:
            name, number = f"{stem}-{number}", number + 1
        self._taken.add(name)
        return name + self._suffix

    def finish(self) -> None:
        """Write the index page of a batch of pages."""
        if self._folder is None or self.form != "html":
            return
        from dragoman.rendering.html import render_index
        from dragoman.rendering.output import deliver

        deliver(render_index(self._entries, title="Dragoman"), self._folder / "index.html")


def _check_writable(output: Path, folder: Path | None) -> None:
    """Find out before the model is asked whether its brief can be written."""
    import tempfile

    from dragoman.errors import OutputError

    try:
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"is no folder and cannot be made one ({error.strerror})",
            where=str(folder),
            remedy="With several articles, --output names a folder",
        ) from error
    place = folder if folder is not None else output.parent
    if not place.is_dir():
        raise OutputError("there is no such folder", where=str(place))
    try:
        with tempfile.TemporaryFile(dir=place):
            pass
    except OSError as error:
        raise OutputError(
            f"nothing can be written there: {error.strerror}", where=str(place)
        ) from error


class _Batch:
    """Briefs one article after the other; what fails does not keep back the others."""

    def __init__(
        self, sources: Sequence[str], values: Mapping[str, Any], writer: _Writer, shown: Shown
    ) -> None:
        self._sources = sources
        self._values = values
        self._writer = writer
        self._shown = shown
        self._code = 0

    def run(self, *, yes: bool) -> int:
        """Brief all articles; the exit code is that of the first thing that went wrong."""
        import asyncio

        from dragoman.pipeline import Dragoman

        # Settings are checked first: an article is read, and a model fetched, only if they hold.
        dragoman = Dragoman(
            fetch=self._shown.fetching(yes=yes, offline=bool(self._values["offline"])),
            on_pause=self._shown.pausing,
            **self._values,
        )
        articles = self._articles()
        if any(articles):
            asyncio.run(self._make(dragoman, articles))
        self._writer.finish()
        return self._code

    def _articles(self) -> list[Article | None]:
        """The articles; None for one that cannot be read, which is told before any work begins."""
        from dragoman.article import Article
        from dragoman.errors import DragomanError

        articles: list[Article | None] = []
        for source in self._sources:
            try:
                articles.append(Article.read(source))
            except DragomanError as error:
                self._failed(source, error)
                articles.append(None)
        return articles

    async def _make(self, dragoman: Dragoman, articles: Sequence[Article | None]) -> None:
        from dragoman.errors import DragomanError

        async with dragoman:
            for number, (source, article) in enumerate(
                zip(self._sources, articles, strict=True), start=1
            ):
                if article is None:
                    continue
                try:
                    with self._shown.article(source, number, len(articles)) as notify:
                        made = await dragoman.abrief(article, notify=notify)
                except DragomanError as error:
                    self._failed(source, error)
                    continue
                self._writer.write(made, article, source)
                if not made.run.complete:
                    self._shown.incomplete(made, source)
                    self._code = self._code or 1

    def _failed(self, source: str, error: DragomanError) -> None:
        if len(self._sources) == 1:
            raise error
        self._shown.failed(error, source)
        self._writer.failed(source, error)
        self._code = self._code or error.exit_code
