"""Offices in a headline, and who holds them in the text."""

from __future__ import annotations

import pytest

from dragoman.actors import Cast
from dragoman.article import Article


def people(text: str, language: str) -> dict[str, tuple[str, ...]]:
    """Names of the people of an article with their surface forms."""
    cast = Cast(Article.from_text(text, language=language))
    return {entry.name: entry.forms for entry in cast.entries if entry.kind == "person"}


@pytest.mark.parametrize(
    ("language", "headline", "text", "name", "form"),
    [
        ("en", "Norwegian foreign minister visits Linden",
         "The foreign minister of Norway Anna Berg came on Monday.", "Anna Berg",
         "Norwegian foreign minister"),
        ("en", "Mayor speaks with the union", "The mayor of Linden Anna Berg spoke.", "Anna Berg",
         "Mayor"),
        ("de", "Minister verspricht Hilfe", "Verkehrsminister Karl Moor versprach sie.",
         "Karl Moor", "Minister"),
        ("de", "Norwegischer Regierungschef reist ab",
         "Der Premierminister von Norwegen, Karl Moor, reist am Montag ab.", "Karl Moor",
         "Norwegischer Regierungschef"),
        # the one of that country, though another stands first
        ("en", "Norwegian minister visits Linden",
         "At the invitation of Minister Eva Vogel, the minister of Norway Anna Berg came.",
         "Anna Berg", "Norwegian minister"),
    ],
)  # fmt: skip
def test_an_office_in_the_headline_is_who_holds_it(
    language: str, headline: str, text: str, name: str, form: str
) -> None:
    """The first in the text who holds it, and of the country the headline gives."""
    assert form in people(f"{headline}\n\n{text}\n", language)[name]


@pytest.mark.parametrize(
    ("language", "headline", "text", "name"),
    [
        ("en", "Swedish minister visits Linden", "The minister of Norway Anna Berg came.",
         "Anna Berg"),
        ("en", "Mayor speaks with the union", "The minister Anna Berg was there.", "Anna Berg"),
        ("en", "Foreign minister speaks", "The health minister Anna Berg was there.", "Anna Berg"),
    ],
)  # fmt: skip
def test_another_office_in_the_headline_is_somebody_else(
    language: str, headline: str, text: str, name: str
) -> None:
    """Another country or another office is not filed with the person."""
    assert headline.split()[0] not in " ".join(people(f"{headline}\n\n{text}\n", language)[name])


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("de", "Der Premier von Sudonia Anna Berg sagte das.", "Anna Berg"),
        ("de", "Das sagte der Minister für Handel von Norwegen Anna Berg.", "Anna Berg"),
        ("en", "The minister of youth and sports Anna Berg said so.", "Anna Berg"),
        ("en", "The head of the police of Sudonia Serik Omarow said so.", "Serik Omarow"),
        ("en", "The head of the NDO Anna Berg said so.", "Anna Berg"),
        ("en", "The president of the Republic Anna Berg said so.", "Anna Berg"),
        ("en", "Unions met. The drivers' union TUVW said so.", "TUVW"),
    ],
)  # fmt: skip
def test_a_name_behind_an_office_and_what_belongs_to_it(
    language: str, text: str, name: str
) -> None:
    """The name begins behind the place, the body or the subject of the office."""
    cast = Cast(Article.from_text(f"A headline\n\n{text}\n", language=language))
    assert name in {entry.name for entry in cast.entries}


@pytest.mark.parametrize(
    ("office", "name"),
    [("Deputy Foreign Minister", "Karl Moor"), ("Foreign Minister", "Anna Berg")],
)
def test_an_office_of_several_words_is_not_the_one_it_is_part_of(office: str, name: str) -> None:
    """The deputy goes back to the deputy, although a minister was named last, and vice versa."""
    text = (
        "Norwegian Deputy Foreign Minister Karl Moor spoke first. Danish Foreign Minister Anna Berg"
        f" thanked Deputy Foreign Minister Karl Moor. The {office} added that it was late.\n"
    )
    found = people(text, "en")
    assert set(found) == {"Karl Moor", "Anna Berg"}
    assert office in found[name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Norland's Minister of Economy, Trade and Industry Jonas Tarn spoke.", "Jonas Tarn"),
        ("He met the Minister of Youth, Culture, Science and Sports Jonas Tarn.", "Jonas Tarn"),
        ("The Ministry of Economy, Trade and Industry said so.",
         "Ministry of Economy, Trade and Industry"),
    ],
)  # fmt: skip
def test_commas_within_an_office_do_not_cut_it(text: str, name: str) -> None:
    """What an office or a ministry is for may be a list."""
    cast = Cast(Article.from_text(text, language="en"))
    assert cast.entries[0].name == name
