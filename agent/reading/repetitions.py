"""Encounters that are told twice: by the headline, as a visit, before they took place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.actors import Cast, Entry
from dragoman.language import language_data
from dragoman.syntax.nouns import is_office

if TYPE_CHECKING:
    from dragoman.article import Article
    from dragoman.reading.encounters import Encounter


def told_once(found: Sequence[Encounter], article: Article, cast: Cast) -> list[Encounter]:
    """Each encounter once, as it is told most closely.

    Args:
        found: all that were found, in the order of the text.
        article: the article.
        cast: its actors.
    """
    plain = _put_off([one for one in found if not _is_for_effect(one, found, article, cast)])
    plain = [one for one in plain if not _is_told_more_closely(one, plain)]
    return [one for one in plain if not _came_true(one, plain, article)]


_IN_RETROSPECT = re.compile(r"\b(?:würden?|would)\b")
"""A future that is told from the past."""


def _came_true(one: Encounter, found: Sequence[Encounter], article: Article) -> bool:
    """Whether what was to come when it was said is told as held, too."""
    if one.status != "planned":
        return False
    if not _IN_RETROSPECT.search(article.sentence(one.sentence).text):
        return False
    parties = {id(party) for party in one.parties}
    return any(
        other.status in ("held", "ongoing") and {id(party) for party in other.parties} == parties
        for other in found
    )


def _is_for_effect(
    one: Encounter, found: Sequence[Encounter], article: Article, cast: Cast
) -> bool:
    """Whether a headline only describes a party that the text then names."""
    named = [party for party in one.parties if cast.is_proper(party)]
    if article.sentence(one.sentence).kind != "title":
        return False
    lead = {sentence.id for sentence in article.body[1 : 1 + _LEAD]}
    if any(_speaks_for(one, other) for other in found if other.sentence in lead):
        return True
    named = [party for party in named if not _is_office(party, article)]
    if len(named) == len(one.parties):
        return False
    others = (other.parties for other in found if other.sentence != one.sentence)
    return not named or any(party in parties for party in named for parties in others)


def _is_office(party: Entry, article: Article) -> bool:
    """Whether a party is told by an office alone: "the Norwegian prime minister"."""
    data = language_data(article.language)
    word = party.name.split()[-1].casefold()
    return data is not None and party.kind == "person" and is_office(word, data)


_LEAD = 3
"""Sentences behind a headline that tell the same."""


def _speaks_for(headline: Encounter, told: Encounter) -> bool:
    """Whether a headline gives countries, or an office, for people who are then named."""
    described = any(party.kind != "person" or party.role is None for party in headline.parties)
    took_place = ("held", "ongoing")
    status = headline.status == told.status or (
        headline.status in took_place and told.status in took_place
    )
    same = status and len(headline.parties) == len(told.parties)
    people = all(party.kind == "person" for party in told.parties)
    return headline.parties == told.parties or (described and same and people)


_ONE_TRIP = 2
"""Sentences within which a visit to a country and a meeting of the visitor are one trip."""


def _put_off(found: Sequence[Encounter]) -> list[Encounter]:
    """Talks that were planned for a visit share its fate: it is put off, so are they."""
    visits = [
        one
        for one in found
        if one.status in ("postponed", "ruled_out") and one.parties[-1].territory is not None
    ]
    return [
        replace(one, status=visit.status)
        if (visit := next((v for v in visits if _belongs_to(one, v)), None)) is not None
        else one
        for one in found
    ]


def _belongs_to(one: Encounter, visit: Encounter) -> bool:
    near = abs(int(one.sentence[1:]) - int(visit.sentence[1:])) <= _ONE_TRIP
    people = all(party.territory is None for party in one.parties)
    return one.status == "planned" and near and people and visit.parties[0] in one.parties


def _is_told_more_closely(visit: Encounter, found: Sequence[Encounter]) -> bool:
    """Whether who visits a country is said close by to meet somebody there."""
    visitor, *hosts = visit.parties
    passing = visit.status in ("held", "ongoing")
    if len(hosts) != 1 or hosts[0].territory is None:
        return False
    return any(
        visitor in other.parties
        and (passing or visit.status == other.status)
        and not any(party is not visitor and party.territory for party in other.parties)
        and abs(int(other.sentence[1:]) - int(visit.sentence[1:])) <= _ONE_TRIP
        for other in found
    )
