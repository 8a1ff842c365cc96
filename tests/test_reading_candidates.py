"""What the words alone suggest: places of meetings, threats and whom they are aimed at."""

from __future__ import annotations

import pytest

from dragoman.actors import Cast
from dragoman.article import Article
from dragoman.reading.candidates import Statement, own_words, statements
from dragoman.reading.encounters import encounters
from dragoman.reading.judgement import judge_statement
from dragoman.reading.threats import aimed_at, warning_kind


def read(text: str, language: str) -> tuple[Article, Cast, list[Statement]]:
    """An article of a headline and a text, with what it states."""
    article = Article.from_text(f"A headline of the day\n\n{text}\n", language=language)
    cast = Cast(article)
    return article, cast, statements(article, cast)


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
    ("language", "text", "kind", "addressee"),
    [
        ("en", "Anna Berg warned of consequences if Norway closes the border.", "threat", "Norway"),
        ("en", "Anna Berg warned that the dam could break.", "caution", None),
        ("en", "Anna Berg threatened to leave the talks.", "threat", None),
        ("de", "Anna Berg sagte, es werde Konsequenzen haben, wenn Norwegen die Grenze schließt.",
         "threat", "Norwegen"),
        ("de", "Anna Berg warnte vor einem Bruch des Damms.", "caution", None),
        ("de", "Der Arzt Karl Moor schlug Alarm: Die Kliniken seien bald voll.", "caution", None),
        ("en", "Norland will take countermeasures if Denmark votes, minister Jo Berg said.",
         "threat", "Denmark"),
        ("de", "Anna Berg kündigte Vergeltung gegen Norwegen an.", "threat", "Norwegen"),
    ],
)  # fmt: skip
def test_threats_and_cautions(language: str, text: str, kind: str, addressee: str | None) -> None:
    """A threat speaks of what the issuer would do; a condition says whom it is aimed at."""
    article, cast, (statement,) = read(text, language)
    assert "warn" in statement.acts
    assert warning_kind(statement, text) == kind
    aim = aimed_at(statement, article, cast) if kind == "threat" else None
    assert (aim.name if aim is not None else None) == addressee


@pytest.mark.parametrize(
    ("language", "text", "holders"),
    [
        ("en", "The head of the Linden Council warned of it. “It gets worse,” Anna Berg said.",
         {"Anna Berg"}),
        ("de", "Der Leiter des Lindener Rates sprach von Eile. „Es ist spät“, sagte Karl Moor.",
         {"Karl Moor"}),
        # known before, or a body
        ("en", "Anna Berg came. The head of the Linden Council warned of it. Anna Berg said no.",
         {"head of the Linden Council", "Anna Berg"}),
        ("en", "The head of the Linden Council warned of it. The Trade Union said no.",
         {"head of the Linden Council", "Trade Union"}),
    ],
)  # fmt: skip
def test_an_office_that_is_named_next(language: str, text: str, holders: set[str]) -> None:
    """Who speaks by office and is then introduced by name is one holder."""
    _, _, told = read(text, language)
    assert {statement.holder.name for statement in told} == holders


def test_what_an_unlikely_holder_says_is_left_out() -> None:
    """The same words, by somebody who is hardly an actor, are not taken for a position."""
    _, _, (statement,) = read("Anna Berg said that the dam could hold.", "en")
    answer = {"declare": 0.6, "none": 0.4}
    assert judge_statement(statement, answer, 0.9).act == "declare"
    assert judge_statement(statement, answer, 0.05).act is None
    sure, unsure = (judge_statement(statement, answer, p).confidence for p in (0.9, 0.5))
    assert sure > unsure


def test_a_quotation_without_its_first_mark_keeps_its_first_letter() -> None:
    """Machine translation loses marks; the words are all there."""
    article, _, (statement,) = read('Möge es bald so sein ", sagte Anna Berg am Montag.', "de")
    assert own_words(article, statement.sentences) == "Möge es bald so sein"


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
