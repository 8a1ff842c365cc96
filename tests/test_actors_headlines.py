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
