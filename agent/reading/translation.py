"""Puts statements into the language of the brief, one at a time, as a small model can do it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from dragoman import prompts
from dragoman.language import language_name
from dragoman.schemas.draft import DraftPosition, Drafts, DraftWarning

if TYPE_CHECKING:
    from dragoman.model import Model

Stated = TypeVar("Stated", DraftPosition, DraftWarning)

_TOKENS_PER_CHARACTER = 0.5  # more than any of the languages needs


async def translated(drafts: Drafts, model: Model, language: str) -> Drafts:
    """The drafts with translated statements; quotes stay the article's words.

    Raises:
        DragomanError: the model does not answer.
    """
    positions = [await _one(item, model, language) for item in drafts.positions]
    warnings = [await _one(item, model, language) for item in drafts.warnings]
    return drafts.model_copy(update={"positions": tuple(positions), "warnings": tuple(warnings)})


async def _one(item: Stated, model: Model, language: str) -> Stated:
    statement = await translated_text(item.statement, model, language)
    return item.model_copy(update={"statement": statement})


async def translated_text(text: str, model: Model, language: str) -> str:
    """One text in another language; the text itself if the model says nothing.

    Raises:
        DragomanError: the model does not answer.
    """
    prompt = prompts.render("translation", language_name=language_name(language), text=text)
    room = 40 + int(len(text) * _TOKENS_PER_CHARACTER)
    answer = await model.complete(prompt, max_output_tokens=room)
    return " ".join(answer.text.split()) or text
