"""What can be evaluated: Dragoman itself and the baselines, behind one interface.

An evaluation must not depend on who runs it. Of the user's settings only those count that say
where the model is; strategy, language, glossaries and the like are the defaults.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

from dragoman.evals.cue_words import cue_words
from dragoman.schemas.brief import Brief

if TYPE_CHECKING:
    from dragoman.article import Article
    from dragoman.recording import RecordingTransport, ReplayTransport
    from dragoman.settings import Settings

    Transport = RecordingTransport | ReplayTransport

SystemName = Literal["dragoman", "plain", "cue-words"]
SYSTEMS: tuple[SystemName, ...] = get_args(SystemName)


class System(NamedTuple):
    """Something that makes briefs."""

    name: SystemName
    folder: str | None
    """Where its recordings lie, below the folder of recordings; None if it needs no model."""
    brief: Callable[
        [Article, Settings, RecordingTransport | ReplayTransport | None], Coroutine[Any, Any, Brief]
    ]


def system(name: SystemName) -> System:
    """The system called `name`."""
    if name == "dragoman":
        return System(name, "", _dragoman)
    if name == "plain":
        return System(name, "plain", _plain)
    return System(name, None, _cue_words)


def recording_of(made_by: System, recordings: Path, case: str) -> Path:
    """The file with the recording of a case."""
    return recordings / (made_by.folder or "") / f"{case}.jsonl"


def neutral_settings(user: Settings | None = None, **where: Any) -> Settings:
    """The default settings, with the user's endpoint and nothing else of theirs.

    Args:
        user: settings to take the endpoint from; None for a replay, which needs none.
        where: further values, `record` or `replay` say.
    """
    from dragoman.settings import Settings

    kept = ("model", "base_url", "api_key", "api_version", "context_tokens")
    limits = ("offline", "cache_dir", "timeout", "attempts")
    given: dict[str, Any] = {}
    if user is not None:
        given = {name: getattr(user, name) for name in (*kept, *limits)}
    # Made without reading the environment and configuration files, which is what is wanted here.
    return Settings.model_construct(None, **given, **where)


async def _dragoman(
    article: Article,
    settings: Settings,
    transport: Transport | None,
) -> Brief:
    from dragoman import Dragoman

    async with Dragoman(settings, transport=transport) as dragoman:
        return await dragoman.abrief(article)


async def _plain(
    article: Article,
    settings: Settings,
    transport: Transport | None,
) -> Brief:
    from dragoman.evals.plain import plain
    from dragoman.model import Limits, Model
    from dragoman.pipeline import served_endpoint

    limits = Limits(timeout=settings.timeout, attempts=settings.attempts, reasks=0)
    async with served_endpoint(settings) as endpoint:
        model = Model(endpoint, limits=limits, transport=transport)
        try:
            return await plain(article, model)
        finally:
            await model.aclose()


async def _cue_words(
    article: Article,
    settings: Settings,
    transport: Transport | None,
) -> Brief:
    return cue_words(article)
