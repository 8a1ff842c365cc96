"""The article strategy, for capable models: one structured question about the whole article.

The class the answer must fit is built for the article: only its sentences can be cited, and a
holder, issuer or participant must be among the actors of the answer. Articles that do not fit
into the model's context are read in windows, with the actors found so far carried along.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from dragoman import prompts
from dragoman.errors import (
    AnswerError,
    ContextTooLongError,
    DragomanError,
    TruncatedAnswerError,
)
from dragoman.language import language_name
from dragoman.reading.answers import answer_type, item_types
from dragoman.reading.outcome import Losses, Notify, Outcome, Progress, is_local
from dragoman.schemas.brief import Rejected
from dragoman.schemas.draft import (
    DraftActor,
    DraftMeeting,
    DraftPosition,
    Drafts,
    DraftWarning,
)

if TYPE_CHECKING:
    from dragoman.article import Article, Sentence
    from dragoman.model import Model

LONGEST_WINDOW = 60_000
"""Characters read at once where the length of the context is not known: about 20,000 tokens."""

_CHARACTERS_PER_TOKEN = 3  # on the safe side for German and English
_PROMPT_TOKENS = 2_000  # instructions and examples
_LEAST_ROOM = 1_000  # tokens for the answer
_MOST_ROOM = 8_000


async def read(article: Article, model: Model, notify: Notify, *, language: str) -> Outcome:
    """Read an article, in one window if it fits.

    Raises:
        DragomanError: the model cannot be asked at all, or a recording does not fit.
    """
    reader = _Reader(article, model, notify, language)
    await reader.read()
    return reader.outcome()


class _Reader:
    """Reads the windows of one article and gathers what they give."""

    def __init__(self, article: Article, model: Model, notify: Notify, language: str) -> None:
        self._article = article
        self._model = model
        self._notify = notify
        self._language = language
        self._losses = Losses()
        self._actors: dict[str, DraftActor] = {}
        self._meetings: list[DraftMeeting] = []
        self._positions: list[DraftPosition] = []
        self._warnings: list[DraftWarning] = []
        self._rejected: list[Rejected] = []

    async def read(self) -> None:
        """Read all windows; one that proves too long is halved."""
        waiting = windows(self._article.body, self._longest_window())
        done = 0
        while waiting:
            window = waiting.pop(0)
            ids = [sentence.id for sentence in window]
            total = done + 1 + len(waiting)
            self._notify(Progress(done, total, f"sentences {ids[0][1:]} to {ids[-1][1:]}"))
            try:
                await self._read_window(window)
                self._losses.answered += 1
            except (ContextTooLongError, TruncatedAnswerError) as error:
                if len(window) > 1:
                    middle = len(window) // 2
                    waiting[:0] = [window[:middle], window[middle:]]
                    continue
                self._losses.refused(ids, error)
            except DragomanError as error:
                if not is_local(error):
                    left = [s.id for later in waiting for s in later]
                    self._losses.stopped([*ids, *left], error)
                    return
                self._keep_valid(error, window)
                self._losses.refused(ids, error)
            done += 1

    def _longest_window(self) -> int:
        context = self._model.endpoint.context_tokens
        if context is None:
            return LONGEST_WINDOW
        # The answer takes about as much room as what is read.
        free = max(context - _PROMPT_TOKENS, _LEAST_ROOM) // 2
        return min(LONGEST_WINDOW, free * _CHARACTERS_PER_TOKEN)

    async def _read_window(self, window: Sequence[Sentence]) -> None:
        prompt = prompts.render(
            "article",
            language=self._article.language,
            language_name=language_name(self._language),
            actors=[actor.name for actor in self._actors.values()],
            sentences=[{"id": s.id, "text": s.text, "kind": s.kind} for s in window],
        )
        length = sum(len(sentence.text) for sentence in window) // _CHARACTERS_PER_TOKEN
        answer = await self._model.ask(
            prompt,
            answer_type([s.id for s in window], list(self._actors)),
            max_output_tokens=min(_MOST_ROOM, max(_LEAST_ROOM, 2 * length)),
        )
        self._take(answer.value.model_dump())

    def _keep_valid(self, error: DragomanError, window: Sequence[Sentence]) -> None:
        """Of an answer that does not fit as a whole, keep the items that do."""
        partial = error.partial if isinstance(error, AnswerError) else None
        if not isinstance(partial, Mapping):
            return
        kept: dict[str, list[dict[str, Any]]] = {}
        for section, kind in item_types([sentence.id for sentence in window]).items():
            items = partial.get(section)
            for item in items if isinstance(items, list) else []:
                valid = self._validated(section, kind, item)
                if valid is not None:
                    kept.setdefault(section, []).append(valid)
        self._take(kept)

    def _validated(
        self, section: str, kind: type[BaseModel], item: object
    ) -> dict[str, Any] | None:
        try:
            return kind.model_validate(item).model_dump()
        except ValidationError as error:
            if isinstance(item, Mapping):
                self._rejected.append(
                    Rejected(
                        kind=_KINDS[section],
                        item={str(key): _plain(value) for key, value in item.items()},
                        rule="schema",
                        reason=error.errors(include_url=False)[0]["msg"],
                    )
                )
            return None

    def _take(self, answer: Mapping[str, Any]) -> None:
        for actor in answer.get("actors", ()):
            draft = DraftActor(**{**actor, "forms": tuple(actor["forms"])})
            known = self._actors.get(draft.name)
            if known is not None:
                forms = tuple(dict.fromkeys((*known.forms, *draft.forms)))
                draft = known.model_copy(update={"forms": forms})
            self._actors[draft.name] = draft
        for meeting in answer.get("meetings", ()):
            self._meetings.append(DraftMeeting(**_tuples(meeting, ("participants", "sentences"))))
        for position in answer.get("positions", ()):
            self._positions.append(DraftPosition(**_tuples(position, ("sentences",))))
        for warning in answer.get("warnings", ()):
            self._warnings.append(DraftWarning(**_tuples(warning, ("sentences",))))

    def outcome(self) -> Outcome:
        """What the windows gave together."""
        return Outcome(
            Drafts(
                actors=tuple(self._actors.values()),
                meetings=tuple(self._meetings),
                positions=tuple(self._positions),
                warnings=tuple(self._warnings),
            ),
            gaps=tuple(self._losses.gaps),
            rejected=tuple(self._rejected),
        )


_KINDS: Mapping[str, Any] = {
    "actors": "actor",
    "meetings": "meeting",
    "positions": "position",
    "warnings": "warning",
}


def _tuples(item: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """The item with lists as tuples, as the drafts want them."""
    return {**item, **{name: tuple(dict.fromkeys(item[name])) for name in names}}


def _plain(value: object) -> Any:
    """A JSON value; anything deeper than the drafts have is shown as text."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return [str(part) for part in value] if isinstance(value, list) else str(value)


def windows(sentences: Sequence[Sentence], longest: int) -> list[Sequence[Sentence]]:
    """Cut an article into windows of at most `longest` characters, between paragraphs if possible.

    A sentence that is longer by itself is a window of its own.
    """
    found: list[Sequence[Sentence]] = []
    start, length, paragraph_start = 0, 0, 0
    for index, sentence in enumerate(sentences):
        if index and sentence.paragraph != sentences[index - 1].paragraph:
            paragraph_start = index
        length += len(sentence.text)
        if length > longest and index > start:
            cut = paragraph_start if paragraph_start > start else index
            found.append(sentences[start:cut])
            start = cut
            length = sum(len(later.text) for later in sentences[cut : index + 1])
    if start < len(sentences):
        found.append(sentences[start:])
    return found
