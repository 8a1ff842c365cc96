"""The way of an article to a brief: read, proven, corrected, put together, summed up.

`Dragoman` holds the settings and the connection to the model and can be used for many articles.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self

from dragoman.article import Article
from dragoman.assembly import Parts, assemble, with_key_points
from dragoman.errors import BudgetError, DragomanError, RecordingError
from dragoman.grounding import check_drafts
from dragoman.reading.outcome import Notify, Outcome, Progress
from dragoman.schemas.brief import Brief, Gap, Run
from dragoman.schemas.draft import DraftCorrection
from dragoman.settings import Settings

if TYPE_CHECKING:
    from dragoman.endpoint import Endpoint
    from dragoman.model import Model
    from dragoman.recording import RecordingTransport, ReplayTransport

Fetch = Callable[[str | None], Path]
"""Gives the file of an embedded model by its name, fetching it if need be."""


def _quiet(progress: Progress) -> None:
    """Show nothing."""


class Dragoman:
    """Makes briefs of articles, with one model and one set of settings.

    An asynchronous context manager; the connection, and the embedded model if that is the one,
    are kept until it is left. `brief` is for programs without an event loop.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        transport: RecordingTransport | ReplayTransport | None = None,
        fetch: Fetch | None = None,
        **values: Any,
    ) -> None:
        """Gather the settings; nothing is connected yet.

        Args:
            settings: all settings at once.
            transport: a recording to write or to replay, instead of the one of the settings.
            fetch: gives the embedded model's file, to show progress; default: fetch silently.
            **values: single settings instead, see `Settings`.

        Raises:
            SettingsError: a value is wrong or missing.
        """
        self.settings = settings if settings is not None else Settings(**values)
        self._transport = transport
        self._fetch = fetch
        self._stack: AsyncExitStack | None = None
        self._model: Model | None = None

    async def __aenter__(self) -> Self:
        """Connect when the first article comes; until then nothing is started."""
        self._stack = AsyncExitStack()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the connection and give the embedded model back."""
        if self._stack is not None:
            await self._stack.aclose()
        self._stack, self._model = None, None

    async def abrief(self, article: Article, *, notify: Notify = _quiet) -> Brief:
        """Make the brief of an article.

        Args:
            article: the article.
            notify: called before each question with how far the run has come.

        Raises:
            DragomanError: the model cannot be reached or used at all. What fails later leaves a
                gap in the brief instead.
        """
        if self._stack is None:
            async with self:
                return await self.abrief(article, notify=notify)
        model = (await self._connected(self._stack)).fresh()
        return await _Making(article, model, self.settings, notify).brief()

    def brief(self, article: Article, *, notify: Notify = _quiet) -> Brief:
        """Make the brief of an article, without an event loop or within a running one."""
        from anyio.from_thread import start_blocking_portal

        with start_blocking_portal() as portal:
            return portal.call(lambda: self.abrief(article, notify=notify))

    async def _connected(self, stack: AsyncExitStack) -> Model:
        if self._model is None:
            from dragoman.model import Model

            endpoint = await stack.enter_async_context(served_endpoint(self.settings, self._fetch))
            self._model = Model(
                endpoint,
                limits=self.settings.limits(),
                transport=self._transport or self.settings.transport(),
                cache_dir=self.settings.cache_dir,
            )
            stack.push_async_callback(self._model.aclose)
        return self._model


@asynccontextmanager
async def served_endpoint(
    settings: Settings, fetch: Fetch | None = None
) -> AsyncIterator[Endpoint]:
    """The endpoint the settings name; the embedded model is served for the length of the block.

    Raises:
        SettingsError: something is missing.
        EmbeddedModelError: the embedded model cannot be fetched or served.
    """
    endpoint = settings.endpoint()
    if endpoint is not None:
        yield endpoint
        return
    from dragoman import embedded

    embedded.require_runtime()
    name = settings.embedded_model
    if fetch is not None:
        path = fetch(name)
    else:
        path = embedded.fetch(name, cache_dir=settings.cache_dir, offline=settings.offline)
    async with embedded.serving(path, cache_dir=settings.cache_dir) as served:
        yield served


class _Making:
    """The making of one brief."""

    def __init__(self, article: Article, model: Model, settings: Settings, notify: Notify) -> None:
        self._article = article
        self._model = model
        self._settings = settings
        self._notify = notify
        self._language = settings.language or _language_of(article)
        self._gaps: list[Gap] = []
        self._started = time.monotonic()

    async def brief(self) -> Brief:
        """Read, prove, correct, put together, sum up."""
        outcome = await self._read()
        self._gaps += outcome.gaps
        corrections = await self._corrections(outcome)
        drafts = outcome.drafts.model_copy(update={"corrections": tuple(corrections)})
        drafts, language = await self._translated(drafts)
        grounded = check_drafts(self._article, drafts, language=language)
        brief = assemble(
            self._article,
            Parts(
                actors=drafts.actors,
                grounded=grounded,
                run=self._run(),
                gaps=self._gaps,
                notes=outcome.notes,
                rejected=outcome.rejected,
            ),
            language=language,
        )
        brief = await self._summed_up(brief)
        return brief.model_copy(update={"run": self._run(), "gaps": tuple(self._gaps)})

    @property
    def strategy(self) -> Literal["article", "sentence"]:
        """How the article is read: as set, or by what the model can do."""
        if self._settings.strategy != "auto":
            return self._settings.strategy
        return "sentence" if self._model.endpoint.kind == "embedded" else "article"

    async def _read(self) -> Outcome:
        if self.strategy == "sentence":
            from dragoman.reading import sentence

            return await sentence.read(self._article, self._model, self._notify)
        from dragoman.reading import whole

        return await whole.read(self._article, self._model, self._notify, language=self._language)

    async def _corrections(self, outcome: Outcome) -> Sequence[DraftCorrection]:
        from dragoman.reading.corrections import propose

        ask = self.strategy == "article" and not self._stopped
        try:
            return await propose(
                self._article,
                self._model if ask else None,
                glossaries=self._settings.glossaries,
                builtin=self._settings.builtin_glossary,
            )
        except RecordingError:
            raise
        except DragomanError as error:
            self._lost(error)
            return await propose(
                self._article,
                None,
                glossaries=self._settings.glossaries,
                builtin=self._settings.builtin_glossary,
            )

    async def _translated(self, drafts: Any) -> tuple[Any, str]:
        """Statements in the language of the brief; the sentence strategy gives the article's."""
        if self.strategy == "article" or self._language == self._article.language:
            return drafts, self._language
        if self._stopped:
            return drafts, self._article.language
        from dragoman.reading.translation import translated

        try:
            return await translated(drafts, self._model, self._language), self._language
        except RecordingError:
            raise
        except DragomanError as error:
            self._lost(error)
            return drafts, self._article.language

    async def _summed_up(self, brief: Brief) -> Brief:
        if self._stopped:
            return brief
        from dragoman.reading.summary import key_points

        self._notify(Progress(0, 0, "key points"))
        try:
            points, rejected = await key_points(self._article, brief, self._model)
        except RecordingError:
            raise
        except DragomanError as error:
            if isinstance(error, BudgetError):
                self._lost(error)
            return brief.model_copy(
                update={"notes": (*brief.notes, f"There are no key points: {error}")}
            )
        return with_key_points(brief, points, rejected)

    @property
    def _stopped(self) -> bool:
        return bool(self._gaps)

    def _lost(self, error: DragomanError) -> None:
        self._gaps.append(Gap(sentences=(), reason=str(error)))

    def _run(self) -> Run:
        usage, endpoint = self._model.usage, self._model.endpoint
        return Run(
            model=endpoint.model,
            endpoint=endpoint.kind,
            strategy=self.strategy,
            prompts=usage.prompts,
            mode=usage.mode,
            requests=usage.requests,
            attempts=usage.attempts,
            retries=usage.retries,
            input_tokens=usage.input_tokens,
            output_tokens=usage.output_tokens,
            cached_tokens=usage.cached_tokens,
            seconds=round(time.monotonic() - self._started, 3),
            complete=not self._gaps,
        )


def _language_of(article: Article) -> str:
    return article.language if article.language != "und" else "en"
