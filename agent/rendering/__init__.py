"""Turns a brief into what people read and other programs load.

Every form is made from the brief alone; the article, where it is given, is shown beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, get_args, overload

from dragoman.errors import InputError

if TYPE_CHECKING:
    from dragoman.article import Article
    from dragoman.schemas.brief import Brief

TextFormat = Literal["terminal", "json", "jsonl", "markdown", "html", "jsonld", "plover"]
TableFormat = Literal["csv", "parquet"]
Format = Literal[TextFormat, TableFormat]

TEXT_FORMATS: Final[tuple[TextFormat, ...]] = get_args(TextFormat)
TABLE_FORMATS: Final[tuple[TableFormat, ...]] = get_args(TableFormat)
FORMATS: Final[tuple[Format, ...]] = (*TEXT_FORMATS, *TABLE_FORMATS)

SUFFIXES: Final[dict[Format, str]] = {
    "terminal": ".txt",
    "json": ".json",
    "jsonl": ".jsonl",
    "markdown": ".md",
    "html": ".html",
    "jsonld": ".jsonld",
    "plover": ".plover.jsonl",
    "csv": ".zip",
    "parquet": ".zip",
}
"""The usual ending of a file in each format; tables come as an archive of one file a section."""


@overload
def render(
    brief: Brief,
    article: Article | None = None,
    format: TextFormat = "terminal",
    *,
    evidence: bool = False,
    width: int | None = None,
    colour: bool = False,
) -> str: ...


@overload
def render(
    brief: Brief,
    article: Article | None = None,
    *,
    format: TableFormat,
    section: str | None = None,
) -> bytes: ...


@overload
def render(
    brief: Brief,
    article: Article | None = None,
    format: str = "terminal",
    *,
    evidence: bool = False,
    width: int | None = None,
    colour: bool = False,
    section: str | None = None,
) -> str | bytes: ...


def render(
    brief: Brief,
    article: Article | None = None,
    format: str = "terminal",  # noqa: A002 - the word of the option --format
    *,
    evidence: bool = False,
    width: int | None = None,
    colour: bool = False,
    section: str | None = None,
) -> str | bytes:
    """The brief in one of the formats: text that ends in a line break, or a file's bytes.

    Args:
        brief: what to render.
        article: the article it was made from; the HTML page shows it beside the brief.
        format: "terminal", "json", "jsonl" (the brief on one line), "markdown", "html", "jsonld",
            "plover" (event records, one a line), or one of the tables: "csv", "parquet".
        evidence: quote the sentences that prove each item (terminal, Markdown).
        width: columns of the terminal.
        colour: colours and bold type in the terminal form.
        section: of a table format, the one table that is wanted; without it a ZIP archive of all.

    Raises:
        InputError: for a format or section that does not exist, or a foreign article.
        SettingsError: for Parquet without pyarrow.
    """
    if format == "terminal":
        from dragoman.rendering.terminal import render_terminal

        return render_terminal(brief, evidence=evidence, width=width, colour=colour)
    if format == "json":
        return brief.model_dump_json(indent=2) + "\n"
    if format == "jsonl":
        return brief.model_dump_json() + "\n"
    if format == "markdown":
        from dragoman.rendering.markdown import render_markdown

        return render_markdown(brief, evidence=evidence)
    if format == "html":
        from dragoman.rendering.html import render_html

        return render_html(brief, article)
    if format == "jsonld":
        from dragoman.rendering.linked_data import render_jsonld

        return render_jsonld(brief)
    if format == "plover":
        from dragoman.rendering.plover import render_plover

        return render_plover(brief)
    if format in TABLE_FORMATS:
        from dragoman.rendering.tables import render_tables

        return render_tables([brief], format, section)
    raise InputError(f"there is no format {format!r}", remedy=f"Choose one of {', '.join(FORMATS)}")
