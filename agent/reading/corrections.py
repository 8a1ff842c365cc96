"""Corrections from all sources: glossaries, the article's own other spellings, and the model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.reading.outcome import Losses, Notify
from dragoman.schemas.brief import Gap, Rejected
from dragoman.schemas.draft import DraftCorrection

if TYPE_CHECKING:
    from dragoman.article import Article, Sentence
    from dragoman.model import Model
    from dragoman.terminology.proposals import ProposedCorrections


@dataclass(frozen=True, slots=True)
class Corrections:
    """What was found to be wrong in an article.

    Attributes:
        drafts: the corrections proposed.
        rejected: proposals of the model that are none, with the reason.
        gaps: what the model did not proofread, and why.
        ended: whether the model could not be asked any more.
    """

    drafts: tuple[DraftCorrection, ...]
    rejected: tuple[Rejected, ...] = ()
    gaps: tuple[Gap, ...] = ()
    ended: bool = False


async def propose(
    article: Article,
    model: Model | None,
    notify: Notify,
    *,
    glossaries: Sequence[Path] = (),
    builtin: bool = True,
) -> Corrections:
    """Propose corrections; without a model only what glossaries and spellings tell.

    Raises:
        GlossaryError: a glossary cannot be read.
        RecordingError: a recording does not fit.
    """
    from dragoman.terminology.corrections import find_corrections
    from dragoman.terminology.glossary import load_glossary

    own = [load_glossary(file) for file in glossaries]
    found = find_corrections(article, own, builtin=builtin)
    if model is None:
        return Corrections(found)
    reader = _Proofreader(article, model, notify, found)
    await reader.read()
    return reader.corrections()


class _Proofreader:
    """Puts the windows of an article to the model and sorts out what it proposes."""

    def __init__(
        self,
        article: Article,
        model: Model,
        notify: Notify,
        found: tuple[DraftCorrection, ...],
    ) -> None:
        self._article = article
        self._model = model
        self._notify = notify
        self._drafts = found
        # The article has been read already, so a failure here costs the corrections alone.
        self._losses = Losses(answered=1, about="wrong words were not looked for: ")
        self._rejected: list[Rejected] = []

    async def read(self) -> None:
        """Ask about all windows."""
        from dragoman.reading.windows import Measure, read_windows, windows
        from dragoman.terminology.proposals import OUTPUT_TOKENS, corrections_prompt

        empty = corrections_prompt(self._article, (), self._drafts)
        context = self._model.endpoint.context_tokens
        self._measure = Measure(empty, context_tokens=context, most_room=OUTPUT_TOKENS)
        await read_windows(
            windows(self._article.body, self._measure.longest_window),
            self._read_window,
            self._keep_valid,
            losses=self._losses,
            notify=self._notify,
            about="wrong words, sentences",
        )

    async def _read_window(self, window: Sequence[Sentence]) -> None:
        from dragoman.terminology.proposals import answer_model, corrections_prompt

        answer = await self._model.ask(
            corrections_prompt(self._article, window, self._drafts),
            answer_model(window),
            max_output_tokens=self._measure.room(window),
        )
        self._take(answer.value)

    def _keep_valid(self, partial: Mapping[str, Any], _window: Sequence[Sentence]) -> None:
        """Of an answer that does not fit as a whole, keep the items that do."""
        from dragoman.reading.windows import valid_items
        from dragoman.terminology.proposals import ProposedCorrection, ProposedCorrections

        kept, refused = valid_items(partial.get("corrections"), ProposedCorrection, "correction")
        self._rejected += refused
        self._take(ProposedCorrections.model_validate({"corrections": kept}))

    def _take(self, proposals: ProposedCorrections) -> None:
        from dragoman.terminology.proposals import proposals_to_drafts

        kept, refused = proposals_to_drafts(self._article, proposals, self._drafts)
        self._drafts = (*self._drafts, *kept)
        self._rejected += [
            Rejected(
                kind="correction",
                item=proposal.model_dump(mode="json"),
                rule="correction-worthwhile",
                reason=reason,
                nearest=proposal.sentence,
            )
            for proposal, reason in refused
        ]

    def corrections(self) -> Corrections:
        """What was found, with and without the model."""
        return Corrections(
            self._drafts, tuple(self._rejected), tuple(self._losses.gaps), self._losses.ended
        )
