"""How programs use the public API; only type-checked, never run."""

from __future__ import annotations

from pathlib import Path
from typing import assert_type

from dragoman import (
    Article,
    Brief,
    Dragoman,
    Settings,
    asummarize,
    check,
    correct,
    errors,
    render,
    summarize,
)


def sync() -> None:
    brief = summarize("article.txt", model="embedded", language="en")
    assert_type(brief, Brief)
    assert_type(summarize(Path("article.txt")), Brief)
    article = Article.read("article.txt")
    assert_type(article, Article)
    assert_type(summarize(article), Brief)
    assert_type(check(article, brief).passed, bool)
    assert_type(correct(article, brief), str)
    assert_type(render(brief, article, "html"), str)
    assert_type(render(brief, format="parquet", section="positions"), bytes)
    with Dragoman(Settings(language="de")) as dragoman:
        assert_type(dragoman, Dragoman)
        assert_type(dragoman.brief(article), Brief)


async def concurrent() -> None:
    assert_type(await asummarize("article.txt"), Brief)
    async with Dragoman(model="m", base_url="http://localhost:8080/v1") as dragoman:
        brief = await dragoman.abrief(Article.from_text("Text."))
        assert_type(brief, Brief)
        assert_type([meeting.participants for meeting in brief.meetings], list[tuple[str, ...]])


def failing() -> int:
    try:
        summarize("article.txt")
    except errors.AuthenticationError as error:
        assert_type(error.remedy, str | None)
        return error.exit_code
    except errors.DragomanError as error:
        return error.exit_code
    return 0
