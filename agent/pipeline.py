"""The way of an article to a brief: read, proven, corrected, put together, summed up.

`Dragoman` holds the settings and the connection to the model and can be used for many articles.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self

from dragoman.article import Article
from dragoman.assembly import Parts, assemble, with_key_points
from dragoman.errors import DragomanError, RecordingError, SettingsError
from dragoman.grounding import check_drafts
from dragoman.language import language_name
from dragoman.reading.outcome import Notify, Outcome, Progress, is_local
from dragoman.schemas.brief import Brief, Gap, Run
from dragoman.settings import Settings

if TYPE_CHECKING:
    from anyio.from_thread import BlockingPortal

    from dragoman.endpoint import Endpoint
    from dragoman.model import Model
    from dragoman.reading.corrections import Corrections
    from dragoman.recording import RecordingTransport, ReplayTransport
    from dragoman.schemas.draft import Drafts
    from dragoman.transport import Notice

Fetch = Callable[[str | None], Path]
"""Gives the file of an embedded model by its name, fetching it if need be."""


def _quiet(progress: Progress) -> None:
    """Show nothing."""


class Dragoman:
    """Makes briefs of articles, with one model and one set of settings.

    A context manager, with `async with` for programs that have an event loop and with `with` for
    those that have not: the connection, and the embedded model if that is the one, are kept until
    it is left. Without it every brief has its own.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        transport: RecordingTransport | ReplayTransport | None = None,
        fetch: Fetch | None = None,
        on_pause: Callable[[Notice], None] | None = None,
        **values: Any,
    ) -> None:
        """Gather the settings; nothing is connected yet.

        Args:
            settings: all settings at once.
            transport: a recording to write or to replay, instead of the one of the settings.
            fetch: gives the embedded model's file, to show progress; default: fetch silently.
            on_pause: called before each pause between two attempts to reach the endpoint.
            **values: single settings instead, see `Settings`.

        Raises:
            SettingsError: a value is wrong or missing.
        """
        self.settings = settings if settings is not None else Settings(**values)
        language = self.settings.language
        if language is not None and language_name(language) == language:
            raise SettingsError(
                f"there is no language {language!r}",
                where="language",
                remedy="Give an ISO 639-1 code such as en or de",
            )
        self._transport = transport
        self._fetch = fetch
        self._on_pause = on_pause
        self._stack: AsyncExitStack | None = None
        self._model: Model | None = None
        self._portal: BlockingPortal | None = None
        self._threads = ExitStack()

    async def __aenter__(self) -> Self:
        """Connect when the first article comes; until then nothing is started."""
        self._stack, self._connecting = AsyncExitStack(), asyncio.Lock()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the connection and give the embedded model back."""
        stack, self._stack, self._model = self._stack, None, None
        if stack is not None:
            await stack.__aexit__(kind, error, trace)

    def __enter__(self) -> Self:
        """The same without an event loop: one is run in a thread of its own."""
        from anyio.from_thread import start_blocking_portal

        with ExitStack() as threads:
            portal = threads.enter_context(start_blocking_portal())
            threads.enter_context(portal.wrap_async_context_manager(self))
            self._portal, self._threads = portal, threads.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the connection and give the embedded model back."""
        self._portal = None
        self._threads.__exit__(kind, error, trace)

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
            async with self._once() as once:
                return await once.abrief(article, notify=notify)
        model = (await self._connected(self._stack)).fresh()
        return await _Making(article, model, self.settings, notify).brief()

    def brief(self, article: Article, *, notify: Notify = _quiet) -> Brief:
        """Make the brief of an article; see `abrief`.

        It needs no event loop, and may be called within a running one, which it then blocks.
        """
        if self._portal is not None:
            return self._portal.call(lambda: self.abrief(article, notify=notify))
        with self._once() as once:
            return once.brief(article, notify=notify)

    def _once(self) -> Dragoman:
        """Another one for a single brief: briefs made at the same time must not close it."""
        return Dragoman(
            self.settings, transport=self._transport, fetch=self._fetch, on_pause=self._on_pause
        )

    async def _connected(self, stack: AsyncExitStack) -> Model:
        async with self._connecting:
            if self._model is None:
                self._model = await self._connect(stack)
            return self._model

    async def _connect(self, stack: AsyncExitStack) -> Model:
        from dragoman.model import Model

        endpoint = await stack.enter_async_context(served_endpoint(self.settings, self._fetch))
        model = Model(
            endpoint,
            limits=self.settings.limits(),
            transport=self._transport or self.settings.transport(),
            cache_dir=self.settings.cache_dir,
            notify=self._on_pause,
        )
        stack.push_async_callback(model.aclose)
        return model


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
        self._notes: list[str] = []
        self._ended = False
        self._started = time.monotonic()

    async def brief(self) -> Brief:
        """Read, correct, translate, prove, put together, sum up."""
        if not self._article.body:
            self._notes.append("Nothing was read: no line was taken for a part of the article.")
        outcome = await self._read()
        corrections = await self._corrections()
        drafts = outcome.drafts.model_copy(update={"corrections": corrections.drafts})
        drafts, headline, language = await self._translated(drafts)
        grounded = check_drafts(self._article, drafts, language=language)
        brief = assemble(
            self._article,
            Parts(
                actors=drafts.actors,
                grounded=grounded,
                run=self._run(),
                rejected=(*outcome.rejected, *corrections.rejected),
                headline=headline,
            ),
            language=language,
        )
        brief = await self._summed_up(brief)
        return brief.model_copy(
            update={
                "run": self._run(),
                "gaps": tuple(self._gaps),
                "notes": tuple(dict.fromkeys((*self._notes, *brief.notes))),
            }
        )

    @property
    def strategy(self) -> Literal["article", "sentence"]:
        """How the article is read: as set, or by what the model can do."""
        if self._settings.strategy != "auto":
            return self._settings.strategy
        return "sentence" if self._model.endpoint.kind == "embedded" else "article"

    async def _read(self) -> Outcome:
        if self.strategy == "sentence":
            from dragoman.reading import sentence

            outcome = await sentence.read(self._article, self._model, self._notify)
        else:
            from dragoman.reading import whole

            outcome = await whole.read(
                self._article, self._model, self._notify, language=self._language
            )
        self._gaps += outcome.gaps
        self._notes += outcome.notes
        # The sentence strategy does not tell whether more can be asked.
        self._ended = outcome.ended or (self.strategy == "sentence" and bool(outcome.gaps))
        return outcome

    async def _corrections(self) -> Corrections:
        from dragoman.reading.corrections import propose

        # The embedded model cannot tell a wrong word from a right one, see dragoman.terminology.
        asks = self.strategy == "article" and not self._ended
        found = await propose(
            self._article,
            self._model if asks else None,
            self._notify,
            glossaries=self._settings.glossaries,
            builtin=self._settings.builtin_glossary,
        )
        self._gaps += found.gaps
        self._ended = self._ended or found.ended
        return found

    async def _translated(self, drafts: Drafts) -> tuple[Drafts, str | None, str]:
        """Statements and headline in the language of the brief, and which language that is.

        The article strategy has asked for statements in that language; the other gives the
        article's words.
        """
        title, own = self._article.title, self._article.language
        stated = self.strategy == "article"
        if self._language == own:
            return drafts, title, own
        if not self._ended:
            from dragoman.reading.translation import translated, translated_text

            self._notify(Progress(0, 0, "translation"))
            try:
                if not stated:
                    drafts = await translated(drafts, self._model, self._language)
                if title is not None:
                    title = await translated_text(title, self._model, self._language)
            except RecordingError:
                raise
            except DragomanError as error:
                self._lost(error, "The translation is missing")
            else:
                stated = True
        return drafts, title, self._language if stated or own == "und" else own

    async def _summed_up(self, brief: Brief) -> Brief:
        if self._ended:
            return brief
        from dragoman.reading.summary import key_points

        self._notify(Progress(0, 0, "key points"))
        try:
            points, rejected = await key_points(self._article, brief, self._model)
        except RecordingError:
            raise
        except DragomanError as error:
            self._lost(error, "There are no key points")
            return brief
        return with_key_points(brief, points, rejected)

    def _lost(self, error: DragomanError, what: str) -> None:
        """Say what is missing: a note if only this answer is, a gap if no more can be asked."""
        if is_local(error):
            self._notes.append(f"{what}: {error}")
            return
        self._ended = True
        self._gaps.append(Gap(sentences=(), reason=f"{what}: {error}"))

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
