"""Ways to falsify a true claim, one function a kind.

Each takes a true claim with its case and a seeded source of chance and yields falsified drafts;
none where the kind does not apply. A falsification must be false by what the labels say: a
speaker is never replaced by somebody the labels also accept.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from dragoman.evals import mutation_words as words
from dragoman.evals.truths import Material, Truth, inner
from dragoman.schemas.draft import (
    Draft,
    DraftCorrection,
    DraftMeeting,
    DraftPosition,
    DraftWarning,
)

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[.,]\d+)*")

Stated: TypeAlias = DraftPosition | DraftWarning


@dataclass(frozen=True, slots=True)
class Falsified:
    """A draft with the field that was falsified."""

    draft: Draft
    field: str


Falsify: TypeAlias = Callable[[Truth, Material, random.Random], Iterator[Falsified]]


def _language(material: Material) -> str:
    return material.gold.language


def _change(draft: Draft, field: str, value: object) -> Falsified:
    return Falsified(draft.model_copy(update={field: value}), field)


def _speaker_field(draft: Stated) -> str:
    return "holder" if isinstance(draft, DraftPosition) else "issuer"


def _speaker(draft: Stated) -> str:
    return draft.holder if isinstance(draft, DraftPosition) else draft.issuer


def _target(draft: Stated) -> str | None:
    return draft.target if isinstance(draft, DraftPosition) else draft.addressee


def _swap(text: str, match: re.Match[str], replacement: str) -> str:
    """Put a replacement in the place of a word; a space too many goes with an empty one."""
    before, after = text[: match.start()], text[match.end() :]
    if match.group()[0].isupper() and replacement:
        replacement = replacement[0].upper() + replacement[1:]
    if not replacement and before.endswith(" "):
        before = before[:-1]
    return before + replacement + after


def _exchange(text: str, table: Mapping[str, str], chance: random.Random) -> str | None:
    """The text with one word of the table exchanged, or None if it has none."""
    found = [match for match in _WORD.finditer(text) if match.group().lower() in table]
    if not found:
        return None
    match = chance.choice(found)
    return _swap(text, match, table[match.group().lower()])


def _one_of(text: str, choices: Sequence[str], chance: random.Random) -> str | None:
    """The text with one of the words exchanged for another of them, or None."""
    known = {choice.lower() for choice in choices}
    found = [match for match in _WORD.finditer(text) if match.group().lower() in known]
    if not found:
        return None
    match = chance.choice(found)
    others = [choice for choice in choices if choice.lower() != match.group().lower()]
    return text[: match.start()] + chance.choice(others) + text[match.end() :]


# --- statements -------------------------------------------------------------------------------


def negation_added(truth: Truth, material: Material, chance: random.Random) -> Iterator[Falsified]:
    """The statement is negated."""
    language = _language(material)
    if not isinstance(truth.draft, DraftPosition | DraftWarning) or language not in words.NOT:
        return
    text = truth.draft.statement
    verbs = words.NEGATABLE[language]
    found = [match for match in _WORD.finditer(text) if match.group().lower() in verbs]
    if found:
        match = chance.choice(found)
        negated = f"{text[: match.end()]} {words.NOT[language]}{text[match.end() :]}"
        yield _change(truth.draft, "statement", negated)


def negation_dropped(
    truth: Truth, material: Material, chance: random.Random
) -> Iterator[Falsified]:
    """A negation of the statement is left out."""
    yield from _statement_by_table(truth, words.NEGATIONS.get(_language(material)), chance)


def modality_raised(truth: Truth, material: Material, chance: random.Random) -> Iterator[Falsified]:
    """A possibility of the statement becomes a certainty."""
    yield from _statement_by_table(truth, words.MODALS.get(_language(material)), chance)


def polarity_replaced(
    truth: Truth, material: Material, chance: random.Random
) -> Iterator[Falsified]:
    """A word of the statement becomes its opposite."""
    yield from _statement_by_table(truth, words.OPPOSITES.get(_language(material)), chance)


def _statement_by_table(
    truth: Truth, table: Mapping[str, str] | None, chance: random.Random
) -> Iterator[Falsified]:
    if table and isinstance(truth.draft, DraftPosition | DraftWarning):
        changed = _exchange(truth.draft.statement, table, chance)
        if changed is not None:
            yield _change(truth.draft, "statement", changed)


def number_changed(truth: Truth, material: Material, chance: random.Random) -> Iterator[Falsified]:
    """A number of the statement, in digits or in words, becomes another."""
    if not isinstance(truth.draft, DraftPosition | DraftWarning):
        return
    changed = _other_number(truth.draft.statement, material, chance)
    if changed is not None:
        yield _change(truth.draft, "statement", changed)


def _other_number(text: str, material: Material, chance: random.Random) -> str | None:
    found = [match for match in _WORD.finditer(text) if match.group()[0].isdigit()]
    if found:
        match = chance.choice(found)
        return text[: match.start()] + _turned(match.group(), chance) + text[match.end() :]
    return _one_of(text, words.NUMBER_WORDS.get(_language(material), ()), chance)


def _turned(number: str, chance: random.Random) -> str:
    """Another number of the same look: digits turned round, or one digit changed."""
    if number != number[::-1] and not number.endswith("0") and chance.random() < 0.5:
        return number[::-1]
    first = chance.choice([digit for digit in "123456789" if digit != number[0]])
    return first + number[1:]


def date_changed(truth: Truth, material: Material, chance: random.Random) -> Iterator[Falsified]:
    """A month or weekday becomes another."""
    language = _language(material)
    if isinstance(truth.draft, DraftMeeting):
        field, text = "date", truth.draft.date
    elif isinstance(truth.draft, DraftPosition | DraftWarning):
        field, text = "statement", truth.draft.statement
    else:
        return
    if text is None:
        return
    for choices in (words.WEEKDAYS.get(language, ()), words.MONTHS.get(language, ())):
        changed = _one_of(text, choices, chance) if choices else None
        if changed is not None:
            yield _change(truth.draft, field, changed)


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
    strangers = words.STRANGERS.get(_language(material), ())
    for pool in (others, list(strangers)):
        if pool:
            changed = draft.statement.replace(form, chance.choice(pool), 1)
            yield _change(draft, "statement", changed)


def place_changed(truth: Truth, material: Material, chance: random.Random) -> Iterator[Falsified]:
    """A place becomes another: of a meeting, or a country or capital in a statement."""
    draft = truth.draft
    others = words.PLACES.get(_language(material), ())
    if not others:
        return
    if isinstance(draft, DraftMeeting):
        if draft.place:
            yield _change(draft, "place", chance.choice(others))
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
        yield _change(draft, "statement", changed)


# --- speakers ---------------------------------------------------------------------------------


def speaker_target_swapped(
    truth: Truth, material: Material, chance: random.Random
) -> Iterator[Falsified]:
    """Who speaks and who is spoken to or about change places."""
    draft = truth.draft
    if not isinstance(draft, DraftPosition | DraftWarning):
        return
    target = _target(draft)
    if target is None or target in truth.speakers:
        return
    other = "target" if isinstance(draft, DraftPosition) else "addressee"
    changes = {_speaker_field(draft): target, other: _speaker(draft)}
    yield Falsified(draft.model_copy(update=changes), _speaker_field(draft))


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
        yield _change(draft, _speaker_field(draft), other)


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
        yield _change(draft, _speaker_field(draft), chance.choice(outlets))


# --- quotes -----------------------------------------------------------------------------------


def _quote_of(truth: Truth) -> str | None:
    draft = truth.draft
    return draft.quote if isinstance(draft, DraftPosition | DraftWarning) else None


def quote_spliced(truth: Truth, material: Material, chance: random.Random) -> Iterator[Falsified]:
    """The first half of the quote is joined with the second half of another."""
    quote = _quote_of(truth)
    if quote is None:
        return
    others = []
    for quotation in material.article.quotations:
        for name in quotation.sentences:
            text = inner(quotation, material.article.sentence(name), material.article)
            if len(text.split()) >= 4 and text not in quote and quote not in text:
                others.append(text)
    if not others:
        return
    ours, theirs = quote.split(), chance.choice(others).split()
    halves = [*ours[: len(ours) // 2 + 1], *theirs[len(theirs) // 2 :]]
    yield _change(truth.draft, "quote", " ".join(halves))
    cut = [*ours[: len(ours) // 2 + 1], "...", *theirs[len(theirs) // 2 :]]
    yield _change(truth.draft, "quote", " ".join(cut))


def quote_from_noise(
    truth: Truth, material: Material, chance: random.Random
) -> Iterator[Falsified]:
    """Words of a line that is not part of the article are given as quote."""
    if not isinstance(truth.draft, DraftPosition | DraftWarning):
        return
    lines = [line for line in material.gold.noise if len(line.split()) >= 4]
    if lines:
        yield _change(truth.draft, "quote", chance.choice(lines).strip())


def quote_words_inserted(
    truth: Truth, material: Material, chance: random.Random
) -> Iterator[Falsified]:
    """A word is slipped into the quote."""
    quote = _quote_of(truth)
    fillers = words.FILLERS.get(_language(material), ())
    if quote is None or not fillers:
        return
    parts = quote.split()
    parts.insert(chance.randrange(1, len(parts)), chance.choice(fillers))
    yield _change(truth.draft, "quote", " ".join(parts))


def quote_words_omitted(
    truth: Truth, material: Material, chance: random.Random
) -> Iterator[Falsified]:
    """One or two words inside the quote are left out."""
    quote = _quote_of(truth)
    if quote is None:
        return
    parts = quote.split()
    if len(parts) < 5:
        return
    count = chance.choice((1, 2))
    start = chance.randrange(1, len(parts) - count)
    yield _change(truth.draft, "quote", " ".join(parts[:start] + parts[start + count :]))


def quote_word_changed(
    truth: Truth, material: Material, chance: random.Random
) -> Iterator[Falsified]:
    """A negation, number, modal or opposite inside the quote is changed."""
    quote = _quote_of(truth)
    if quote is None:
        return
    language = _language(material)
    for tables in (words.NEGATIONS, words.MODALS, words.OPPOSITES):
        changed = _exchange(quote, tables.get(language, {}), chance)
        if changed is not None:
            yield _change(truth.draft, "quote", changed)
    number = _other_number(quote, material, chance)
    if number is not None:
        yield _change(truth.draft, "quote", number)


def paraphrase_as_quote(
    truth: Truth, material: Material, chance: random.Random
) -> Iterator[Falsified]:
    """The reporter's words, or the quote's in another order, are given as quote."""
    draft = truth.draft
    if not isinstance(draft, DraftPosition | DraftWarning):
        return
    sentence = material.article.sentence(truth.stated or draft.sentences[0])
    if not sentence.quotations and len(sentence.text.split()) >= 8:
        parts = sentence.text.rstrip(".").split()
        yield _change(draft, "quote", " ".join(parts[-min(10, len(parts) - 2) :]))
    quote = draft.quote
    if quote is not None and len(parts := quote.split()) >= 6:
        middle = len(parts) // 2
        yield _change(draft, "quote", " ".join((*parts[middle:], *parts[:middle])))


def quote_of_another(
    truth: Truth, material: Material, chance: random.Random
) -> Iterator[Falsified]:
    """The words of another speaker, from elsewhere in the article, are given as quote."""
    draft = truth.draft
    if not isinstance(draft, DraftPosition | DraftWarning):
        return
    others = [
        other
        for other in material.truths
        if isinstance(other.draft, DraftPosition | DraftWarning)
        and other.draft.quote
        and truth.speakers.isdisjoint(other.speakers)
        and truth.sentences.isdisjoint(other.sentences)
    ]
    if others:
        yield _change(draft, "quote", _quote_of(chance.choice(others)))


# --- meetings, evidence, corrections ----------------------------------------------------------

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
            yield _change(truth.draft, "status", status)


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
        yield _change(draft, "participants", tuple(names))


def evidence_moved(truth: Truth, material: Material, chance: random.Random) -> Iterator[Falsified]:
    """Another sentence of the article is cited."""
    draft = truth.draft
    body = [sentence.id for sentence in material.article.body]
    if isinstance(draft, DraftCorrection):
        original = draft.original
        body = [name for name in body if original not in material.article.sentence(name).text]
    others = [name for name in body if name not in truth.sentences]
    if others:
        yield _change(draft, "sentences", (chance.choice(others),))


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
        yield _change(draft, "original", altered)
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
        yield _change(draft, "statement", chance.choice(others).text)


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
