"""What the words alone suggest: places of meetings, threats and whom they are aimed at."""

from __future__ import annotations

import pytest

from dragoman.actors import Cast
from dragoman.article import Article
from dragoman.reading.candidates import Statement, own_words, statements
from dragoman.reading.judgement import judge_statement
from dragoman.reading.threats import aimed_at, warning_kind


def read(text: str, language: str) -> tuple[Article, Cast, list[Statement]]:
    """An article of a headline and a text, with what it states."""
    article = Article.from_text(f"A headline of the day\n\n{text}\n", language=language)
    cast = Cast(article)
    return article, cast, statements(article, cast)


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
