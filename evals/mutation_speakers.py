"""Falsifications of who says it."""

from __future__ import annotations

import random
from collections.abc import Iterator

from dragoman.evals.mutation_tools import (
    Falsified,
    changed_in,
    speaker_field,
    speaker_of,
    target_of,
)
from dragoman.evals.truths import Material, Truth
from dragoman.schemas.draft import (
    DraftPosition,
    DraftWarning,
)


def speaker_target_swapped(
    truth: Truth, material: Material, chance: random.Random
) -> Iterator[Falsified]:
    """Who speaks and who is spoken to or about change places."""
    draft = truth.draft
    if not isinstance(draft, DraftPosition | DraftWarning):
        return
    target = target_of(draft)
    if target is None or target in truth.speakers:
        return
    other = "target" if isinstance(draft, DraftPosition) else "addressee"
    changes = {speaker_field(draft): target, other: speaker_of(draft)}
    yield Falsified(draft.model_copy(update=changes), speaker_field(draft))


def speaker_replaced(
    truth: Truth, material: Material, chance: random.Random
) -> Iterator[Falsified]:
    """Somebody else of the article is made the speaker."""
    draft = truth.draft
    if not isinstance(draft, DraftPosition | DraftWarning):
        return
    others = [
        actor.name
        for actor in material.actors
        if actor.name not in truth.speakers and actor.kind != "media"
    ]
    for other in chance.sample(others, min(2, len(others))):
        yield changed_in(draft, speaker_field(draft), other)


def outlet_speaks(truth: Truth, material: Material, chance: random.Random) -> Iterator[Falsified]:
    """The outlet that reports it is made the speaker."""
    draft = truth.draft
    if not isinstance(draft, DraftPosition | DraftWarning):
        return
    outlets = [
        actor.name
        for actor in material.actors
        if actor.kind == "media" and actor.name not in truth.speakers
    ]
    if isinstance(draft, DraftPosition) and draft.reported_by in outlets:
        outlets = [draft.reported_by]
    if outlets:
        yield changed_in(draft, speaker_field(draft), chance.choice(outlets))
