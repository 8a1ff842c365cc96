"""Corrections by a model: what it is asked, what it may answer, and which answers are kept.

The model names the word of the original language behind each suspicious word (a back-translation
hypothesis) and says what the error changes. What changes nothing for the reader is dropped.

This is for capable models. The embedded model of 1.5 billion parameters cannot do it: asked word by
word about the words that a word list does not know in five articles, it called all 71 right, the 15
wrong ones among them, and it could not name the English behind 16 words it was given.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, create_model

from dragoman.schemas.draft import DraftCorrection
from dragoman.schemas.vocabulary import Impact
from dragoman.terminology.correct import occurrences

if TYPE_CHECKING:
    from dragoman.article import Article, Sentence
    from dragoman.prompts import Prompt

MOST_WORDS: Final = 15
"""Words a proposal may replace; longer ones rewrite the article instead of correcting it."""

OUTPUT_TOKENS: Final = 4000
"""Room for the answer to `corrections_prompt`."""

_CONFIDENCE: Final = {"certain": 0.85, "likely": 0.65, "guess": 0.35}
_LEAST_CONFIDENCE: Final = 0.5

Changes = Literal["who", "what", "polarity", "number", "date", "nothing"]
"""What an error changes for the reader of the news."""


class ProposedCorrection(BaseModel):
    """One error the model believes it found."""

    model_config = ConfigDict(extra="forbid")

    sentence: str = Field(description="Id of the sentence.")
    original: str = Field(description="The wrong words, copied from the sentence, few.")
    source: str = Field(description="Word of the original language that probably stood behind.")
    corrected: str = Field(description="What should stand there; empty if it cannot be known.")
    kind: Literal["name", "terminology", "mistranslation"]
    changes: Changes = Field(description="What the error changes for the reader.")
    impact: Impact
    certainty: Literal["certain", "likely", "guess"]
    reason: str = Field(description="One short sentence.")


class ProposedCorrections(BaseModel):
    """The model's answer."""

    model_config = ConfigDict(extra="forbid")

    corrections: list[ProposedCorrection]


class Refused(NamedTuple):
    """A proposal that was not kept, and why."""

    proposal: ProposedCorrection
    reason: str


def answer_model(sentences: Sequence[Sentence]) -> type[ProposedCorrections]:
    """The answer's model, narrowed so that only these sentences can be cited."""
    identifiers: Any = Literal[tuple(sentence.id for sentence in sentences)]
    item = create_model(
        "ProposedCorrection",
        __base__=ProposedCorrection,
        sentence=(identifiers, Field(description="Id of the sentence.")),
    )
    return create_model(
        "ProposedCorrections", __base__=ProposedCorrections, corrections=(list[item], ...)
    )


def corrections_prompt(
    article: Article,
    sentences: Sequence[Sentence],
    found: Sequence[DraftCorrection] = (),
) -> Prompt:
    """The question after wrong words in an article or a window of it.

    Args:
        article: the article.
        sentences: the sentences to be read, without noise.
        found: corrections that are known already, from glossaries and other spellings.
    """
    from babel import Locale, UnknownLocaleError

    from dragoman.prompts import render

    def name(code: str | None) -> str | None:
        try:
            return Locale.parse(code, sep="-").get_display_name("en") if code else None
        except (ValueError, UnknownLocaleError):
            return None

    return render(
        "corrections",
        language=article.language.split("-")[0],
        language_name=name(article.language),
        translated_from=name(article.translated_from),
        known=[f"{one.original} → {one.corrected}" for one in found if one.corrected],
        sentences=sentences,
    )


def proposals_to_drafts(
    article: Article,
    proposals: ProposedCorrections,
    found: Sequence[DraftCorrection] = (),
) -> tuple[tuple[DraftCorrection, ...], tuple[Refused, ...]]:
    """The proposals that are kept, as drafts, and the others with the reason.

    Dropped are proposals whose words do not stand in the sentence, that change nothing for the
    reader, that only touch case or punctuation, that rewrite, that repeat what was found already,
    and that the model itself calls a guess.
    """
    kept: list[DraftCorrection] = []
    refused: list[Refused] = []
    for proposal in proposals.corrections:
        reason = _objection(article, proposal, (*found, *kept))
        if reason is None:
            kept.append(_draft(proposal))
        else:
            refused.append(Refused(proposal, reason))
    return tuple(kept), tuple(refused)


def _draft(proposal: ProposedCorrection) -> DraftCorrection:
    behind = f"probably {proposal.source!r} in the original" if proposal.source.strip() else ""
    reason = ": ".join(part for part in (behind, proposal.reason.strip()) if part)
    return DraftCorrection(
        sentences=(proposal.sentence,),
        confidence=_CONFIDENCE[proposal.certainty],
        original=proposal.original,
        corrected=proposal.corrected.strip(),
        kind=proposal.kind,
        impact=proposal.impact,
        reason=reason or "does not fit in here",
        origin="model",
    )


def _objection(
    article: Article, proposal: ProposedCorrection, found: Sequence[DraftCorrection]
) -> str | None:
    """Why a proposal is not kept; nothing if it is."""
    sentence = next((one for one in article.body if one.id == proposal.sentence), None)
    if sentence is None:
        return "cites no sentence of the article"
    if not proposal.original.strip():
        return "names no words"
    if next(occurrences(proposal.original, sentence.text), None) is None:
        return "the words do not stand in the sentence"
    if len(proposal.original.split()) > MOST_WORDS:
        return "rewrites the sentence"
    return _triviality(proposal) or _repetition(proposal, found)


def _triviality(proposal: ProposedCorrection) -> str | None:
    if proposal.changes == "nothing" and proposal.kind != "name":
        return "changes nothing for the reader"
    if proposal.impact == "minor" and proposal.kind == "mistranslation":
        return "misleads nobody"
    if _letters(proposal.original) == _letters(proposal.corrected):
        return "only touches case, punctuation or spacing"
    if _CONFIDENCE[proposal.certainty] < _LEAST_CONFIDENCE:
        return "the model calls it a guess"
    if len(proposal.corrected) > 3 * len(proposal.original) + 20:
        return "adds what the sentence does not say"
    return None


def _repetition(proposal: ProposedCorrection, found: Sequence[DraftCorrection]) -> str | None:
    for one in found:
        same_place = proposal.sentence in one.sentences
        if same_place and (proposal.original in one.original or one.original in proposal.original):
            return "is found already"
    return None


def _letters(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in folded if letter.isalnum())
