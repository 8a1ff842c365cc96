"""What belongs together: "A, B and C", a group and its names, an office and what hangs on it."""

from __future__ import annotations

from dataclasses import replace

from dragoman.attribution.model import Found, Prepared
from dragoman.attribution.structure import (
    finite_position,
    has_finite_verb,
    is_personal_name,
    last_name,
)
from dragoman.syntax import noun_phrases
from dragoman.syntax.nouns import is_office, noun_kind
from dragoman.syntax.phrase import Phrase
from dragoman.titles import name_words


def belonging(prepared: Prepared, clause: int, phrase: Phrase) -> Found | None:
    """Who belongs to a noun: "das Gespräch der Ministerin", "a meeting of the ministers"."""
    start, end = phrase.last + 1, phrase.tail + 1
    if prepared.data.code != "de":
        start += 1  # "of"
    if start >= end:
        return None
    within = noun_phrases(prepared.tokens(clause)[start:end], prepared.data)
    if not within:
        return None
    owner = within[0]
    return Found(
        clause,
        replace(
            owner,
            first=owner.first + start,
            core=owner.core + start,
            head=owner.head + start,
            last=owner.last + start,
            tail=owner.tail + start,
            preposition=None,
        ),
    )


def coordinated(prepared: Prepared, found: Found) -> list[Found]:
    """A phrase with those that are joined to it: "A und B", "A, B and C"; appositions left out."""
    g = prepared.data.grammar
    parties = [found]
    number, end = found.clause, found.phrase.tail
    for clause in range(number, len(prepared.clauses)):
        tokens = prepared.tokens(clause)
        if clause > number and (
            prepared.clauses[clause].before != "," or finite_position(prepared, clause) is not None
        ):
            break
        for phrase in prepared.phrases[clause]:
            if (clause, phrase.first) <= (number, end):
                continue
            if phrase.preposition in _SEATS and clause == number and phrase.first <= end + 3:
                end = phrase.tail  # "the Republicans in the Senate and the White House"
                continue
            joined = phrase.first and tokens[phrase.first - 1].lower in g.coordinators | {
                "als",
                "&",
            }
            opens = clause > number and phrase.first == 0
            adjacent = clause > number or phrase.first <= end + 3
            title_only = is_office(tokens[phrase.last].lower, prepared.data) and opens
            if phrase.pronoun or not (joined or opens) or not adjacent:
                return parties
            if opens and not joined and _goes_on_with_verb(prepared, clause, phrase):
                return parties  # "after talks with A, B flew home"
            if opens and not joined and _explains(prepared, parties[-1], clause):
                parties[-1] = Found(clause, phrase)  # "the chairman of the board, Jo Roe"
            elif not title_only and prepared.is_actor(clause, phrase):
                parties.append(Found(clause, phrase))
            end = phrase.tail if clause == number else end
            if clause == number and phrase.first > end + 3:
                return parties
    return parties


_SEATS = frozenset({"in", "im", "at"})

_WENT = frozenset(
    {"went", "came", "flew", "left", "took", "gave", "made", "held", "had", "got", "became"}
    | {"began", "won", "lost", "drove", "rose", "fell", "led", "sent", "brought", "stood", "sat"}
    | {"arrives", "returns", "travels", "plans", "wants", "leaves", "goes", "comes", "flies"}
)
"""English verbs that are no cues and do not end in "-ed"."""


def _goes_on_with_verb(prepared: Prepared, clause: int, phrase: Phrase) -> bool:
    """Whether a verb follows a phrase with which an English clause begins."""
    following = prepared.tokens(clause)[phrase.tail + 1 :][:1]
    if prepared.data.code != "en" or not following or following[0].capital:
        return False
    word = following[0].lower
    return word in _WENT or word in prepared.data.meetings.verbs or word.endswith("ed")


def names_of_group(prepared: Prepared, clause: int) -> list[Found]:
    """The names that stand behind a group in a clause: "the presidents of X and Y, A and B,"."""
    number = clause + 1
    if number >= len(prepared.clauses) or prepared.clauses[number].before != ",":
        return []
    tokens, phrases = prepared.tokens(clause), prepared.phrases[clause]
    ends = bool(phrases) and phrases[-1].tail == len(tokens) - 1
    several = any(
        noun_kind(tokens[phrase.last].lower, prepared.data) == "group"
        or (
            phrase.determiner in _OF_SEVERAL and is_office(tokens[phrase.last].lower, prepared.data)
        )
        for phrase in phrases
    )
    names = [Found(number, phrase) for phrase in prepared.phrases[number]]
    if not several or not ends or len(names) < 2:
        return []
    filled = names[-1].phrase.last == len(prepared.tokens(number)) - 1
    people = all(is_personal_name(prepared, name) for name in names)
    return names if filled and people and names[0].phrase.first == 0 else []


_OF_SEVERAL = frozenset({"die", "den"})


def joined_before(prepared: Prepared, found: Found) -> list[Found]:
    """Those to which a phrase is joined, in order: "A" and "B" for the C of "A, B and C".

    An office that a name explains is left out: "the mayor, A, and B".
    """
    parties: list[Found] = []
    number, start, listed = found.clause, found.phrase.first, len(coordinated(prepared, found)) > 1
    while True:
        tokens = prepared.tokens(number)
        if start and tokens[start - 1].lower in prepared.data.grammar.coordinators:
            start, listed = start - 1, True
        elif start or not listed:
            return parties
        if start == 0:
            if not number or prepared.clauses[number].before != ",":
                return parties
            number -= 1
            start = len(prepared.tokens(number))
        if number < found.clause and names_of_group(prepared, number):
            return parties  # "the presidents of X and Y, A and B, met"
        phrase = next((p for p in prepared.phrases[number] if p.tail == start - 1), None)
        if phrase is None or phrase.preposition is not None or phrase.pronoun:
            return parties
        elsewhere = number < found.clause and has_finite_verb(prepared, number)
        if elsewhere or not prepared.is_actor(number, phrase):
            return parties
        parties.insert(0, Found(number, phrase))
        start = phrase.first
        if not start and number and prepared.phrases[number - 1]:
            office = Found(number - 1, prepared.phrases[number - 1][-1])
            if _explains(prepared, office, number):
                number, start = number - 1, office.phrase.first


def _explains(prepared: Prepared, found: Found, clause: int) -> bool:
    """Whether an office without a name is explained by a name that fills the next clause."""
    tokens = prepared.tokens(found.clause)
    office = is_office(tokens[found.phrase.last].lower, prepared.data)
    first, last, _ = name_words(tokens, found.phrase, prepared.data)
    plain = first == last or not any(token.capital for token in tokens[first : last + 1])
    named = last_name(prepared, clause)
    return office and plain and clause == found.clause + 1 and named is not None
