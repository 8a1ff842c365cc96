"""Ways to falsify a true claim, one function a kind.

Each takes a true claim with its case and a seeded source of chance and yields falsified drafts;
none where the kind does not apply. A falsification must be false by what the labels say: a
speaker is never replaced by somebody the labels also accept.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping

from dragoman.evals.mutation_quotes import (
    paraphrase_as_quote,
    quote_from_noise,
    quote_of_another,
    quote_spliced,
    quote_word_changed,
    quote_words_inserted,
    quote_words_omitted,
)
from dragoman.evals.mutation_speakers import (
    outlet_speaks,
    speaker_replaced,
    speaker_target_swapped,
)
from dragoman.evals.mutation_statements import (
    date_changed,
    modality_raised,
    name_changed,
    negation_added,
    negation_dropped,
    number_changed,
    place_changed,
    polarity_replaced,
)
from dragoman.evals.mutation_tools import (
    Falsified,
    Falsify,
    changed_in,
)
from dragoman.evals.truths import Material, Truth
from dragoman.schemas.draft import (
    DraftCorrection,
    DraftMeeting,
    DraftPosition,
    DraftWarning,
)

_FALSE_STATUS: Mapping[str, tuple[str, ...]] = {
    "planned": ("held", "ruled_out"),
    "ruled_out": ("held", "planned"),
    "postponed": ("held",),
    "called_for": ("held",),
    "held": ("planned", "ruled_out", "postponed"),
    "ongoing": ("ruled_out", "postponed"),
}


def meeting_status(truth: Truth, material: Material, chance: random.Random) -> Iterator[Falsified]:
    """A planned or cancelled meeting is said to have been held, a held one to be cancelled."""
    if isinstance(truth.draft, DraftMeeting):
        for status in _FALSE_STATUS[truth.draft.status]:
            yield changed_in(truth.draft, "status", status)


def participant_replaced(
    truth: Truth, material: Material, chance: random.Random
) -> Iterator[Falsified]:
    """One who met is replaced by another of the same kind.

    A government is not put in the place of its minister: that might be true in a way.
    """
    draft = truth.draft
    if not isinstance(draft, DraftMeeting):
        return
    also = {
        name
        for meeting in material.gold.meetings
        for names in (meeting.participants, *meeting.participants_also)
        for name in names
        if set(draft.participants) & set(names)
    }
    place = chance.randrange(len(draft.participants))
    kind = material.gold.actor(draft.participants[place]).kind
    others = [a.name for a in material.actors if a.name not in also and a.kind == kind]
    if others:
        names = list(draft.participants)
        names[place] = chance.choice(others)
        yield changed_in(draft, "participants", tuple(names))


def evidence_moved(truth: Truth, material: Material, chance: random.Random) -> Iterator[Falsified]:
    """Another sentence of the article is cited."""
    draft = truth.draft
    body = [sentence.id for sentence in material.article.body]
    if isinstance(draft, DraftCorrection):
        original = draft.original
        body = [name for name in body if original not in material.article.sentence(name).text]
    others = [name for name in body if name not in truth.sentences]
    if others:
        yield changed_in(draft, "sentences", (chance.choice(others),))


def correction_altered(
    truth: Truth, material: Material, chance: random.Random
) -> Iterator[Falsified]:
    """The words to be corrected are not those of the article."""
    draft = truth.draft
    if not isinstance(draft, DraftCorrection):
        return
    original = draft.original
    letters = [place for place, letter in enumerate(original) if letter.isalpha()]
    if len(letters) < 3:
        return
    place = chance.choice(letters[1:])
    altered = original[:place] + original[place + 1 :]
    text = material.article.sentence(draft.sentences[0]).text
    if altered not in text:
        yield changed_in(draft, "original", altered)
    if draft.corrected and draft.corrected not in text:
        swapped = {"original": draft.corrected, "corrected": original}
        yield Falsified(draft.model_copy(update=swapped), "original")


def item_invented(truth: Truth, material: Material, chance: random.Random) -> Iterator[Falsified]:
    """A statement from elsewhere in the article is given with this evidence."""
    draft = truth.draft
    if not isinstance(draft, DraftPosition | DraftWarning):
        return
    others = [
        sentence
        for sentence in material.article.body
        if sentence.id not in truth.sentences and len(sentence.text.split()) >= 6
    ]
    if others:
        yield changed_in(draft, "statement", chance.choice(others).text)


BY_GRAMMAR: frozenset[str] = frozenset(
    {
        "speaker_target_swapped",
        "speaker_replaced",
        "outlet_speaks",
        "meeting_status",
        "participant_replaced",
    }
)
"""Kinds that only word lists of the article's language can decide: who speaks, what is past."""

KINDS: tuple[Falsify, ...] = (
    negation_added,
    negation_dropped,
    number_changed,
    date_changed,
    name_changed,
    place_changed,
    modality_raised,
    polarity_replaced,
    speaker_target_swapped,
    speaker_replaced,
    outlet_speaks,
    quote_spliced,
    quote_from_noise,
    quote_words_inserted,
    quote_words_omitted,
    quote_word_changed,
    quote_of_another,
    paraphrase_as_quote,
    meeting_status,
    participant_replaced,
    evidence_moved,
    correction_altered,
    item_invented,
)
"""All ways of falsification."""
