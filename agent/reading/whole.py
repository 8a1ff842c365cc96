"""The article strategy, for capable models: one structured question about the whole article.

The class the answer must fit is built for the article: only its sentences can be cited, and a
holder, issuer or participant must be among the actors of the answer. Articles that do not fit
into the model's context are read in windows, with the actors found so far carried along.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dragoman import prompts
from dragoman.language import language_name
from dragoman.reading.answers import SECTIONS, answer_type, item_types
from dragoman.reading.outcome import Losses, Notify, Outcome
from dragoman.reading.sentence import merged_meetings
from dragoman.reading.windows import Measure, read_windows, valid_items, windows
from dragoman.schemas.brief import Rejected
from dragoman.schemas.draft import (
    DraftActor,
    DraftMeeting,
    DraftPosition,
    Drafts,
    DraftWarning,
)
from dragoman.territories import key_of

if TYPE_CHECKING:
    from dragoman.article import Article, Sentence
    from dragoman.model import Model
    from dragoman.prompts import Prompt

_MOST_ROOM = 8_000
_LEAD = 2  # sentences before a window that are shown with it, so that its "he said" is clear


async def read(article: Article, model: Model, notify: Notify, *, language: str) -> Outcome:
    """Read an article, in one window if it fits.

    Args:
        article: the article.
        model: the model that is asked.
        notify: told before each question.
        language: language of the statements, ISO 639-1.

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
        self._body = article.body
        self._model = model
        self._notify = notify
        self._language = language
        self._losses = Losses()
        self._measure = Measure(
            self._prompt(()), context_tokens=model.endpoint.context_tokens, most_room=_MOST_ROOM
        )
        self._actors: dict[str, DraftActor] = {}
        self._names: dict[tuple[str, ...], str] = {}
        self._meetings: list[DraftMeeting] = []
        self._positions: list[DraftPosition] = []
        self._warnings: list[DraftWarning] = []
        self._rejected: list[Rejected] = []

    async def read(self) -> None:
        """Read all windows."""
        await read_windows(
            windows(self._body, self._measure.longest_window),
            self._read_window,
            self._keep_valid,
            losses=self._losses,
            notify=self._notify,
            about="sentences",
        )

    def _prompt(self, window: Sequence[Sentence], actors: Iterable[DraftActor] = ()) -> Prompt:
        first = self._body.index(window[0]) if window else 0
        return prompts.render(
            "article",
            language=self._article.language,
            brief_language=self._language,
            language_name=language_name(self._language),
            actors=list(actors),
            lead=[_one_line(s.text) for s in self._body[max(0, first - _LEAD) : first]],
            sentences=[{"id": s.id, "text": _one_line(s.text)} for s in window],
        )

    async def _read_window(self, window: Sequence[Sentence]) -> None:
        known = [name for actor in self._actors.values() for name in (actor.name, *actor.forms)]
        answer = await self._model.ask(
            self._prompt(window, self._actors.values()),
            answer_type([sentence.id for sentence in window], known),
            max_output_tokens=self._measure.room(window),
        )
        self._take(answer.value.model_dump())

    def _keep_valid(self, partial: Mapping[str, Any], window: Sequence[Sentence]) -> None:
        """Of an answer that does not fit as a whole, keep the items that do."""
        kept: dict[str, list[dict[str, Any]]] = {}
        for section, fits in item_types([sentence.id for sentence in window]).items():
            kept[section], refused = valid_items(partial.get(section), fits, SECTIONS[section])
            self._rejected += refused
        self._take(kept)

    def _take(self, answer: Mapping[str, Any]) -> None:
        for actor in answer["actors"]:
            self._take_actor(DraftActor(**{**actor, "forms": tuple(actor["forms"])}))
        meetings = [self._meeting(meeting) for meeting in answer["meetings"]]
        self._meetings = list(_joined(self._meetings, meetings))
        for position in answer["positions"]:
            self._positions.append(DraftPosition(**_tuples(position, ("sentences",))))
        for warning in answer["warnings"]:
            self._warnings.append(DraftWarning(**_tuples(warning, ("sentences",))))

    def _take_actor(self, actor: DraftActor) -> None:
        """File an actor; one that is known already, by name or form, gets the new forms."""
        known = self._actors.get(self._names.get(key_of(actor.name), ""))
        if known is not None:
            forms = (*known.forms, actor.name, *actor.forms)
            more = {"forms": tuple(dict.fromkeys(forms)), "role": known.role or actor.role}
            actor = known.model_copy(update=more)
        self._actors[actor.name] = actor
        for form in (actor.name, *actor.forms):
            self._names.setdefault(key_of(form), actor.name)

    def _meeting(self, meeting: Mapping[str, Any]) -> DraftMeeting:
        names = [self._names.get(key_of(name), name) for name in meeting["participants"]]
        return DraftMeeting(
            **_tuples({**meeting, "participants": names}, ("participants", "sentences"))
        )

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
            ended=self._losses.ended,
        )


def _joined(
    earlier: Sequence[DraftMeeting], later: Sequence[DraftMeeting]
) -> Sequence[DraftMeeting]:
    """The meetings of two windows; one that both tell of is one."""
    known = list(earlier)
    new: list[DraftMeeting] = []
    for meeting in later:
        for index, other in enumerate(known):
            together = merged_meetings((other, meeting))
            if len(together) == 1:
                known[index] = together[0]
                break
        else:
            new.append(meeting)
    return [*known, *new]


def _tuples(item: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """The item with lists as tuples, as the drafts want them."""
    return {**item, **{name: tuple(dict.fromkeys(item[name])) for name in names}}


def _one_line(text: str) -> str:
    """A sentence without line breaks: a line that looks like another sentence must not begin."""
    return " ".join(text.split())
