"""Corrections from all sources: glossaries, the article's own other spellings, and the model."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.article import Article
    from dragoman.model import Model
    from dragoman.schemas.draft import DraftCorrection


async def propose(
    article: Article,
    model: Model | None,
    *,
    glossaries: Sequence[Path] = (),
    builtin: bool = True,
) -> tuple[DraftCorrection, ...]:
    """Propose corrections; without a model only what glossaries and spellings tell.

    Raises:
        GlossaryError: a glossary cannot be read.
        DragomanError: the model does not answer.
    """
    from dragoman.terminology.corrections import find_corrections
    from dragoman.terminology.glossary import load_glossary

    own = [load_glossary(file) for file in glossaries]
    return find_corrections(article, own, builtin=builtin)
