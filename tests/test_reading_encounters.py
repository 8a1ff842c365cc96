"""Encounters in their context: pronouns, counted parties, visits, headlines, delegations."""

from __future__ import annotations

import pytest

from dragoman.actors import Cast
from dragoman.article import Article
from dragoman.reading.candidates import Statement, statements
from dragoman.reading.encounters import encounters


def read(text: str, language: str) -> tuple[Article, Cast, list[Statement]]:
    """An article of a headline and a text, with what it states."""
    article = Article.from_text(f"A headline of the day\n\n{text}\n", language=language)
    cast = Cast(article)
    return article, cast, statements(article, cast)


def told(text: str, language: str) -> list[tuple[str, set[str]]]:
    """Status and parties of each encounter of a text whose first line is the headline."""
    article = Article.from_text(text, language=language)
    cast = Cast(article)
    found = encounters(article, cast, statements(article, cast))
    return [(one.status, {party.name for party in one.parties}) for one in found]


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("en", "Anna Berg met Karl Moor in Linden on Monday.", "Linden"),
        ("en", "Anna Berg met Karl Moor to speak about the war in Norland.", None),
        ("en", "Anna Berg telephoned with Karl Moor on Monday.", None),
        ("de", "Anna Berg traf Karl Moor am Montag in Oslo.", "Oslo"),
        ("de", "Anna Berg traf sich mit Karl Moor wegen der Lage in Norwegen.", None),
        ("de", "Anna Berg führte Gespräche mit der Führung in Oslo.", None),
    ],
)
def test_the_place_of_a_meeting(language: str, text: str, place: str | None) -> None:
    """Right behind the cue, a party or a day; not where something else is."""
    article, cast, _ = read(text, language)
    found = encounters(article, cast, statements(article, cast))
    assert [encounter.place for encounter in found] == [place] * len(found)
    assert found or "telephoned" in text


@pytest.mark.parametrize(
    ("language", "text", "encounters_told"),
    [
        ("en", "“I spoke with Karl Moor today,” Anna Berg said.",
         [("held", ("Anna Berg", "Karl Moor"))]),
        ("en", "“I will meet Karl Moor on Friday,” Anna Berg said.",
         [("planned", ("Anna Berg", "Karl Moor"))]),
        ("de", "„Ich habe mit Karl Moor gesprochen“, sagte Anna Berg.",
         [("held", ("Anna Berg", "Karl Moor"))]),
        ("en", "“Jo Roe met Karl Moor,” Anna Berg said.", []),
        ("en", "“ ” was all that Anna Berg said.", []),
        # a trip, and whom the traveller meets on it
        ("en", "Anna Berg visited Norway, where she met Karl Moor.",
         [("held", ("Anna Berg", "Karl Moor"))]),
        ("en", "Anna Berg visited Norway.", [("held", ("Anna Berg", "Norway"))]),
    ],
)  # fmt: skip
def test_meetings_of_the_speaker_and_of_a_visitor(
    language: str, text: str, encounters_told: list[tuple[str, tuple[str, ...]]]
) -> None:
    """In own words in the first person; a visit to a country unless somebody is met there."""
    article, cast, told = read(text, language)
    found = encounters(article, cast, told)
    named = [(one.status, tuple(party.name for party in one.parties)) for one in found]
    assert named == encounters_told


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("Anna Berg meets envoys\n\nNothing else was said.", [("Anna Berg", "envoys")]),
        ("Anna Berg meets rivals\n\nAnna Berg met Karl Moor on Friday.",
         [("Anna Berg", "Karl Moor")]),
    ],
)  # fmt: skip
def test_a_headline_that_describes(text: str, parties: list[tuple[str, ...]]) -> None:
    """It counts only where the text does not name who was met."""
    article = Article.from_text(text, language="en")
    cast = Cast(article)
    found = encounters(article, cast, statements(article, cast))
    assert [tuple(party.name for party in one.parties) for one in found] == parties


@pytest.mark.parametrize(
    ("language", "text", "parties"),
    [
        ("en", "Anna Berg criticised President Karl Moor. The two leaders met in Oslo last week.",
         [{"Anna Berg", "Karl Moor"}]),
        ("en", "Norway and France disagree on fishing. There were talks between the two sides.",
         [{"Norway", "France"}]),
        ("en", "Anna Berg and Karl Moor are friends. Their meeting in Linden took two hours.",
         [{"Anna Berg", "Karl Moor"}]),
        ("de", "Anna Berg tadelte Präsident Karl Moor. Die beiden Politiker trafen sich in Oslo.",
         [{"Anna Berg", "Karl Moor"}]),
        ("de", "Anna Berg und Karl Moor kennen sich. Sie trafen sich am Montag in Oslo.",
         [{"Anna Berg", "Karl Moor"}]),
        ("de", "Norwegen und Frankreich streiten. Es regnete. Nun gab es Gespräche beider Seiten.",
         [{"Norwegen", "Frankreich"}]),
        ("en", "Anna Berg and Karl Moor disagree. The two had already met in March.",
         [{"Anna Berg", "Karl Moor"}]),
        # with a third one
        ("en", "Anna Berg and Karl Moor came. Both ministers met with the premier, Jo Roe.",
         [{"Anna Berg", "Karl Moor", "Jo Roe"}]),
        # three could be meant, or only one
        ("en", "Anna Berg, Karl Moor and Eva Vogel are here. The two ministers met on Monday.", []),
        ("en", "Anna Berg is a minister. The two ministers met on Monday.", []),
        # one woman, and what two do beside each other
        ("de", "Anna Berg und Karl Moor kennen sich. Sie traf eine Entscheidung.", []),
        ("en", "Anna Berg and Karl Moor are old friends. They visited a museum.", []),
    ],
)  # fmt: skip
def test_two_who_are_only_counted(language: str, text: str, parties: list[set[str]]) -> None:
    """Who "the two leaders", "both sides" or "they" are is told by what stands before."""
    article, cast, stated = read(text, language)
    found = encounters(article, cast, stated)
    assert [{party.name for party in one.parties} for one in found] == parties


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        # pronouns that meet and are met
        ("de", "Ein Tag\n\nKarl Moor kam an. Präsidentin Anna Berg begrüßte ihn am Montag.",
         [("held", {"Anna Berg", "Karl Moor"})]),
        ("en", "A day\n\nThe minister of Norway Anna Berg said that she had met with Karl Moor.",
         [("held", {"Anna Berg", "Karl Moor"})]),
        # whose talks they are is said before; not whoever only announces them
        ("en", ("A day\n\nPresident Anna Berg will come, the press secretary Eva Vogel said. "
         "Negotiations with Prime Minister Karl Moor are planned."),
         [("planned", {"Anna Berg", "Karl Moor"})]),
        # a visit and the talks on it
        ("en", ("A day\n\nPresident Anna Berg will visit Norway. Negotiations with Prime Minister "
         "Karl Moor are planned."), [("planned", {"Anna Berg", "Karl Moor"})]),
        ("en", ("A day\n\nThe visit of President Anna Berg to Norway was postponed. She was to "
         "negotiate with Prime Minister Karl Moor."), [("postponed", {"Anna Berg", "Karl Moor"})]),
        # a headline that gives countries or offices
        ("en", ("Norway and Sweden speak\n\nMinister Anna Berg met her colleague Karl "
         "Moor on Monday."), [("held", {"Anna Berg", "Karl Moor"})]),
        # told in retrospect
        ("de", ("Ein Tag\n\nPräsidentin Anna Berg traf Karl Moor. Sie hatte gehofft, sie würde mit "
         "Karl Moor zusammentreffen."), [("held", {"Anna Berg", "Karl Moor"})]),
        # for whom a delegation speaks; nobody in particular
        ("en", ("A day\n\nMinister Anna Berg met representatives of the Norda Union. The Norda "
         "Union wants more."), [("held", {"Anna Berg", "Norda Union"})]),
        ("en", "A day\n\nMinister Anna Berg met with representatives.", []),
        # a match, a museum, a ministry and a guest without a name
        ("en", "A day\n\nThe meeting between Linden United and Norda City ended 2:1.", []),
        ("en", "A day\n\nThe Norwegian Foreign Ministry summoned the ambassador on Monday.", []),
    ],
)  # fmt: skip
def test_encounters_in_their_context(
    language: str, text: str, expected: list[tuple[str, set[str]]]
) -> None:
    """Who meets is told by what stands before and behind, too."""
    assert told(text, language) == expected
