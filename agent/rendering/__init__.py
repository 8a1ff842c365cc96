"""Turns a brief into what people read and other programs load.

Every form is made from the brief alone; the article, where it is given, is shown beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, get_args

from dragoman.errors import InputError

if TYPE_CHECKING:
    from dragoman.article import Article
    from dragoman.schemas.brief import Brief

TextFormat = Literal["terminal", "json", "markdown"]
TEXT_FORMATS: Final[tuple[str, ...]] = get_args(TextFormat)


def render(
    brief: Brief,
    article: Article | None = None,
    format: str = "terminal",  # noqa: A002 - the word of the command line's option
    *,
    evidence: bool = False,
    width: int | None = None,
    colour: bool = False,
) -> str:
    """The brief in one of the text formats, ending in a line break.

    Args:
        brief: what to render.
        article: the article it was made from, for the forms that show it.
        format: one of `TEXT_FORMATS`.
        evidence: quote the sentences that prove each item (terminal, Markdown).
        width: columns of the terminal.
        colour: colours and bold type in the terminal form.

    Raises:
        InputError: for a format that does not exist.
    """
    if format == "terminal":
        from dragoman.rendering.terminal import render_terminal

        return render_terminal(brief, evidence=evidence, width=width, colour=colour)
    if format == "json":
        return brief.model_dump_json(indent=2) + "\n"
    if format == "markdown":
        from dragoman.rendering.markdown import render_markdown

        return render_markdown(brief, evidence=evidence)
    raise InputError(
        f"there is no format {format!r}", remedy=f"Choose one of {', '.join(TEXT_FORMATS)}"
    )
