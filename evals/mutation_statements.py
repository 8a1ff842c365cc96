"""Falsifications of what a claim states: negation, number, date, name, place, mood, polarity."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping

from dragoman.evals import mutation_words as words
from dragoman.evals.mutation_tools import (
    WORD,
    Falsified,
    changed_in,
    exchange,
    language_of,
    one_of,
    other_number,
)
from dragoman.evals.truths import Material, Truth
from dragoman.schemas.draft import (
    DraftMeeting,
    DraftPosition,
    DraftWarning,
)


def negation_added(truth: Truth, material: Material, chance: random.Random) -> Iterator[Falsified]:
    """The statement is negated."""
    language = language_of(material)
    if not isinstance(truth.draft, DraftPosition | DraftWarning) or language not in words.NOT:
        return
    text = truth.draft.statement
    verbs = words.NEGATABLE[language]
    found = [match for match in WORD.finditer(text) if match.group().lower() in verbs]
    if found:
        match = chance.choice(found)
        negated = f"{text[: match.end()]} {words.NOT[language]}{text[match.end() :]}"
        yield changed_in(truth.draft, "statement", negated)


def negation_dropped(
    truth: Truth, material: Material, chance: random.Random
) -> Iterator[Falsified]:
    """A negation of the statement is left out."""
    yield from _statement_by_table(truth, words.NEGATIONS.get(language_of(material)), chance)


def modality_raised(truth: Truth, material: Material, chance: random.Random) -> Iterator[Falsified]:
    """A possibility of the statement becomes a certainty."""
    yield from _statement_by_table(truth, words.MODALS.get(language_of(material)), chance)


def polarity_replaced(
    truth: Truth, material: Material, chance: random.Random
) -> Iterator[Falsified]:
    """A word of the statement becomes its opposite."""
    yield from _statement_by_table(truth, words.OPPOSITES.get(language_of(material)), chance)


def _statement_by_table(
    truth: Truth, table: Mapping[str, str] | None, chance: random.Random
) -> Iterator[Falsified]:
    if table and isinstance(truth.draft, DraftPosition | DraftWarning):
        changed = exchange(truth.draft.statement, table, chance)
        if changed is not None:
            yield changed_in(truth.draft, "statement", changed)


def number_changed(truth: Truth, material: Material, chance: random.Random) -> Iterator[Falsified]:
    """A number of the statement, in digits or in words, becomes another."""
    if not isinstance(truth.draft, DraftPosition | DraftWarning):
        return
    changed = other_number(truth.draft.statement, material, chance)
    if changed is not None:
        yield changed_in(truth.draft, "statement", changed)


def date_changed(truth: Truth, material: Material, chance: random.Random) -> Iterator[Falsified]:
    """A month or weekday becomes another."""
    language = language_of(material)
    if isinstance(truth.draft, DraftMeeting):
        field, text = "date", truth.draft.date
    elif isinstance(truth.draft, DraftPosition | DraftWarning):
        field, text = "statement", truth.draft.statement
    else:
        return
    if text is None:
        return
    for choices in (words.WEEKDAYS.get(language, ()), words.MONTHS.get(language, ())):
        changed = one_of(text, choices, chance) if choices else None
        if changed is not None:
            yield changed_in(truth.draft, field, changed)


def name_changed(truth: Truth, material: Material, chance: random.Random) -> Iterator[Falsified]:
    """A name in the statement becomes that of somebody else, of the article or of nobody."""
    draft = truth.draft
    if not isinstance(draft, DraftPosition | DraftWarning):
        return
    evidence = " ".join(material.article.sentence(name).text for name in draft.sentences)
    forms = [
        (form, actor.name)
        for actor in material.actors
        if actor.kind == "person"
        for form in actor.forms
        if form in draft.statement and form[0].isupper()
    ]
    if not forms:
        return
    form, owner = chance.choice(forms)
    others = [
        actor.forms[0]
        for actor in material.actors
        if actor.kind == "person"
        and actor.name != owner
        and actor.forms
        and not any(part in evidence for part in actor.forms)
    ]
    strangers = words.STRANGERS.get(language_of(material), ())
    for pool in (others, list(strangers)):
        if pool:
            changed = draft.statement.replace(form, chance.choice(pool), 1)
            yield changed_in(draft, "statement", changed)


def place_changed(truth: Truth, material: Material, chance: random.Random) -> Iterator[Falsified]:
    """A place becomes another: of a meeting, or a country or capital in a statement."""
    draft = truth.draft
    others = words.PLACES.get(language_of(material), ())
    if not others:
        return
    if isinstance(draft, DraftMeeting):
        if draft.place:
            yield changed_in(draft, "place", chance.choice(others))
        return
    if not isinstance(draft, DraftPosition | DraftWarning):
        return
    places = [
        form
        for actor in material.actors
        if actor.kind == "government"
        for form in actor.forms
        if " " not in form
        and form[0].isupper()
        and re.search(rf"\b{re.escape(form)}\b", draft.statement)
    ]
    if places:
        place = chance.choice(places)
        pattern = re.compile(rf"\b{re.escape(place)}\b")
        changed = pattern.sub(chance.choice(others), draft.statement, count=1)
        yield changed_in(draft, "statement", changed)
