"""Candidate names of actors: what is found in a sentence, and what kind it seems to be."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.article import Article
from dragoman.names import name_kind, name_spans, names


def found(text: str, language: str) -> list[str]:
    return [span.exact for span in name_spans(Article.from_text(text, language=language))]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "Außenminister Karl Huber reiste nach Oslo.", ["Karl Huber", "Oslo"]),
        ("de", "Die Präsidentin Ursula von der Tann sprach mit der NATO.",
         ["Ursula von der Tann", "NATO"]),
        ("de", "Westliche Staats- und Regierungschefs berieten sich.",
         ["Westliche Staats- und Regierungschefs"]),
        ("de", "Das norwegische Verteidigungsministerium schwieg.",
         ["norwegische Verteidigungsministerium"]),
        ("de", "Anfang März kamen zwei Millionen Menschen.", ["Menschen"]),
        ("de", "Die Unterstützung Chinas half.", ["Chinas"]),
        ("en", "Foreign Minister Karl Huber flew to Oslo.", ["Karl Huber", "Oslo"]),
        ("en", "On Monday senior officials met.", ["senior officials"]),
        ("en", "President of France Jeanne Morel spoke.", ["Jeanne Morel"]),
    ],
)  # fmt: skip
def test_names_are_found_without_article_and_title(
    language: str, text: str, expected: list[str]
) -> None:
    assert found(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("de", "Karl Huber", "person"),
        ("de", "Außenministerium", "government"),
        ("de", "Reuters", "media"),
        ("de", "Peking", "government"),
        ("de", "Norwegen", "government"),
        ("de", "NATO", "organisation"),
        ("de", "Hilfsorganisationen", "group"),
        ("de", "Mineralölkonzern", "company"),
        ("de", "Finanzminister", "person"),
        ("en", "Karl Huber", "person"),
        ("en", "foreign ministry", "government"),
        ("en", "aid groups", "group"),
        ("en", "White House", "government"),
        ("en", "state news agency", "media"),
        ("en", "Xyz", None),
        ("xx", "Karl Huber", None),
        ("de", "  ", None),
    ],
)
def test_the_kind_of_an_actor_is_guessed(language: str, text: str, kind: str | None) -> None:
    assert name_kind(text, language) == kind


def test_an_office_before_an_unknown_name_makes_it_a_person() -> None:
    assert name_kind("Xyz", "de", title="außenminister") == "person"


def test_languages_without_data_give_runs_of_capitals_but_no_lone_first_word() -> None:
    assert found("Hier le ministre Jean Morel a parlé à Lyon.", "fr") == ["Jean Morel", "Lyon"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Huber", "der", "die", "von", "und", "NATO", "sagte", "Minister", "„", "“", ",", "(",
             ")", "Staats-", "rote", "Chinas", "’s", "er", "G7", "-", "\n", ".", "…"]
        ),
        min_size=1,
        max_size=40,
    ),
    st.sampled_from(["de", "en", "fr"]),
)  # fmt: skip
def test_every_name_lies_in_its_sentence_word_for_word(words: list[str], language: str) -> None:
    text = "x " + " ".join(words)
    article = Article.from_text(text, language=language)
    for identifier, mentions in names(article).items():
        sentence = article.sentence(identifier)
        for name in mentions:
            assert sentence.start <= name.span.start < name.span.end <= sentence.end
            assert article.text[name.span.start : name.span.end] == name.span.exact
