"""The library's functions: one call from an article to a brief, a check or a corrected text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.article import Article

if TYPE_CHECKING:
    from dragoman.grounding import Report
    from dragoman.schemas.brief import Brief


def summarize(article: str | Path | Article, **settings: Any) -> Brief:
    """Make the brief of an article.

    Works in a running event loop too (a notebook), but then blocks it: use `asummarize` there.

    Args:
        article: a path, the text itself, or an `Article`. A string without a line break that
            names an existing file is a path.
        **settings: see `Settings`; they go before environment and dragoman.toml.

    Raises:
        InputError: the article cannot be read.
        SettingsError: a setting is wrong or missing.
        DragomanError: the model cannot be used, see `dragoman.errors`.
    """
    from dragoman.pipeline import Dragoman

    return Dragoman(**settings).brief(as_article(article))


async def asummarize(article: str | Path | Article, **settings: Any) -> Brief:
    """Make the brief of an article; see `summarize`."""
    from dragoman.pipeline import Dragoman

    async with Dragoman(**settings) as dragoman:
        return await dragoman.abrief(as_article(article))


def check(article: str | Path | Article, brief: Brief | str | Path) -> Report:
    """Hold a brief against its article, without a model.

    Args:
        article: as for `summarize`.
        brief: a brief, or the path of its JSON file.

    Raises:
        InputError: one of them cannot be read.
    """
    from dragoman.grounding import check_brief, read_brief

    found = read_brief(Path(brief)) if isinstance(brief, str | Path) else brief
    return check_brief(as_article(article), found)


def correct(
    article: str | Path | Article, brief: Brief | None = None, *, glossaries: Sequence[Path] = ()
) -> str:
    """The article's text with its corrections applied; quotations and noise are left alone.

    Args:
        article: as for `summarize`.
        brief: whose corrections to apply; without one, those of glossaries and spellings.
        glossaries: files of one's own terms.

    Raises:
        InputError: the article cannot be read.
        GlossaryError: a glossary cannot be read.
    """
    from dragoman.terminology.correct import apply, correct_fully
    from dragoman.terminology.corrections import find_corrections
    from dragoman.terminology.glossary import load_glossary

    read = as_article(article)
    if brief is not None:
        return apply(read, brief.corrections)
    own = tuple(load_glossary(path) for path in glossaries)
    return correct_fully(read, lambda current: find_corrections(current, own)).text


def as_article(source: str | Path | Article) -> Article:
    """The article that a path, a text or an article means.

    Raises:
        InputError: it cannot be read.
    """
    if isinstance(source, Article):
        return source
    if isinstance(source, Path):
        return Article.from_path(source)
    if "\n" not in source and _is_file(source):
        return Article.from_path(source)
    return Article.from_text(source)


def _is_file(name: str) -> bool:
    try:
        return Path(name).is_file()
    except (OSError, ValueError):  # too long for a path, or with a NUL
        return False
