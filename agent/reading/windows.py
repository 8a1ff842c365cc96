"""Cuts an article into windows that fit into the model's context, and reads them one by one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any

from dragoman.errors import (
    AnswerError,
    ContextTooLongError,
    DragomanError,
    TruncatedAnswerError,
)
from dragoman.reading.outcome import Losses, Notify, Progress, is_local
from dragoman.schemas.brief import Rejected

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel

    from dragoman.article import Sentence
    from dragoman.prompts import Prompt
    from dragoman.schemas.vocabulary import ItemKind

LONGEST_WINDOW = 60_000
"""Characters read at once where the length of the context is not known: about 20,000 tokens."""

MOST_SENTENCES = 300
"""Sentences read at once. Their ids are listed in the answer's schema for each of three kinds of
items, and OpenAI's strict schemas may list no more than 1000 values."""

LEAST_ROOM = 1_000
"""Tokens an answer is given at least."""

_CHARACTERS_PER_TOKEN = 3  # on the safe side for German and English
_ANSWER_SHARE = 2  # tokens of answer for a token of article, on the safe side


def tokens_of(text: str) -> int:
    """About how many tokens a text has, rather too many than too few."""
    return len(text) // _CHARACTERS_PER_TOKEN + 1


class Measure:
    """How much is read at once with a model, and how much room its answer gets."""

    def __init__(self, prompt: Prompt, *, context_tokens: int | None, most_room: int) -> None:
        """Measure the context that is left beside a prompt.

        Args:
            prompt: the question without any sentences.
            context_tokens: length of the model's context, if it is known.
            most_room: tokens an answer is given at most.
        """
        self._context = context_tokens
        self._instructions = sum(tokens_of(message.content) for message in prompt.messages)
        self._most_room = most_room

    @property
    def longest_window(self) -> int:
        """Characters of a window at most."""
        if self._context is None:
            return LONGEST_WINDOW
        free = max(self._context - self._instructions, LEAST_ROOM)
        return min(LONGEST_WINDOW, free // (1 + _ANSWER_SHARE) * _CHARACTERS_PER_TOKEN)

    def room(self, window: Sequence[Sentence]) -> int:
        """Tokens for the answer about a window."""
        length = sum(tokens_of(sentence.text) for sentence in window)
        room = min(self._most_room, _ANSWER_SHARE * length)
        if self._context is not None:  # servers refuse a request for more than there is
            room = min(room, self._context - self._instructions - length)
        return max(LEAST_ROOM, room)


def windows(sentences: Sequence[Sentence], longest: int) -> list[Sequence[Sentence]]:
    """Cut an article into windows of at most `longest` characters, between paragraphs if possible.

    A sentence that is longer by itself is a window of its own. No window has more than
    `MOST_SENTENCES` sentences.
    """
    found: list[Sequence[Sentence]] = []
    start = 0
    while start < len(sentences):
        end = _end_of_window(sentences, start, longest)
        paragraphs = (
            index
            for index in range(end, start, -1)
            if index < len(sentences)
            and sentences[index].paragraph != sentences[index - 1].paragraph
        )
        if end < len(sentences):
            end = next(paragraphs, end)
        found.append(sentences[start:end])
        start = end
    return found


def _end_of_window(sentences: Sequence[Sentence], start: int, longest: int) -> int:
    """Index behind the last sentence that still fits; the first one always does."""
    length = len(sentences[start].text)
    for end in range(start + 1, min(len(sentences), start + MOST_SENTENCES)):
        length += len(sentences[end].text)
        if length > longest:
            return end
    return min(len(sentences), start + MOST_SENTENCES)


async def read_windows(
    waiting: Sequence[Sequence[Sentence]],
    read: Callable[[Sequence[Sentence]], Awaitable[None]],
    keep: Callable[[Mapping[str, Any], Sequence[Sentence]], None],
    *,
    losses: Losses,
    notify: Notify,
    about: str,
) -> None:
    """Read all windows; one that proves too long is halved.

    Args:
        waiting: the windows.
        read: asks the model about one.
        keep: takes what can be used of an answer that does not fit as a whole.
        losses: gets what is not read.
        notify: told before each question.
        about: what is being read, for people.

    Raises:
        DragomanError: see `Losses.stopped`.
    """
    left, done = list(waiting), 0
    while left:
        window = left.pop(0)
        ids = [sentence.id for sentence in window]
        notify(Progress(done, done + 1 + len(left), f"{about} {ids[0][1:]} to {ids[-1][1:]}"))
        try:
            await read(window)
            losses.answered += 1
        except DragomanError as error:
            too_long = isinstance(error, ContextTooLongError | TruncatedAnswerError)
            if too_long and len(window) > 1:
                middle = len(window) // 2
                left[:0] = [window[:middle], window[middle:]]
                continue
            # Where even one sentence does not fit, none will, unless others did.
            if not is_local(error) and not (too_long and losses.answered):
                losses.stopped([*ids, *(s.id for later in left for s in later)], error)
                return
            losses.refused(ids, error)
            if isinstance(error, AnswerError) and isinstance(error.partial, dict):
                keep(error.partial, window)
        done += 1


def valid_items(
    items: object, fits: type[BaseModel], kind: ItemKind
) -> tuple[list[dict[str, Any]], list[Rejected]]:
    """The items of a list that fit a class, as plain values, and the others with the reason."""
    from pydantic import ValidationError

    kept: list[dict[str, Any]] = []
    rejected: list[Rejected] = []
    for item in items if isinstance(items, list) else []:
        try:
            kept.append(fits.model_validate(item).model_dump())
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            where = ".".join(str(step) for step in first["loc"])
            rejected.append(
                Rejected(
                    kind=kind,
                    item={str(k): _plain(v) for k, v in item.items()}
                    if isinstance(item, dict)
                    else {"answer": _plain(item)},
                    rule="schema",
                    reason=f"{where}: {first['msg']}" if where else first["msg"],
                )
            )
    return kept, rejected


def _plain(value: object) -> Any:
    """A JSON value; anything deeper than the drafts have is shown as text."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return [str(part) for part in value] if isinstance(value, list) else str(value)
