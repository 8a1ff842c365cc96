"""Quotations over sentences, paragraphs and noise lines, in any kind of quotation marks."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dragoman.article import Article


def quotations(text: str, language: str = "de") -> list[str]:
    article = Article.from_text(text, language=language)
    return [text[quotation.start : quotation.end] for quotation in article.quotations]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Er sagte: „Ja.“ Dann: „Nein.“", ["„Ja.“", "„Nein.“"]),
        ("Er sagte: »Ja.« Dann: »Nein.«", ["»Ja.«", "»Nein.«"]),
        ("Er sagte: «Ja.» Dann: «Nein.»", ["«Ja.»", "«Nein.»"]),
        ("Il a dit : « C'est bon. » Puis rien.", ["« C'est bon. »"]),
        ('He said: "Yes." Then "no".', ['"Yes."', '"no"']),
        ("He said: “Yes.” Then “no”.", ["“Yes.”", "“no”"]),
        ("他说：「好」。", ["「好」"]),
        ("„A ‚b‘ c“, sagte er.", ["„A ‚b‘ c“"]),
        ('"A nannte es "B", und C", hieß es.', ['"A nannte es "B", und C"']),
        ("„Er nannte es „B“, und C“, hieß es.", ["„Er nannte es „B“, und C“"]),
        ('Er stellte eine" Falle " für sie.', ['" Falle "']),
        ("Sie warnte vor 'Konsequenzen' und ging.", ["'Konsequenzen'"]),
        ("‘We go,’ he said. They don’t.", ["‘We go,’"]),
        ("The leaders' view: it's the '90s, they don't care.", []),
        ("Das war's, Hans' Auto ist weg.", []),
        ('The 24" screen is 5\'11" wide.', []),
        ('Sie nennen es "rote Linien"."', ['"rote Linien"']),
        ('Das bleibt so ", sagte er.', ['Das bleibt so "']),
        ("Alles ohne Zeichen.", []),
    ],
)
def test_marks_of_all_kinds(text: str, expected: list[str]) -> None:
    """Marks are paired by form and white space; apostrophes and inches are no marks."""
    assert quotations(text) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Er sagte: „Erstens.\n\n„Zweitens.\n\n„Drittens.“\n\nDann ging er weg."),
        ("en", "He said: “First.\n\n“Second.\n\n“Third.”\n\nThen he went away."),
        ("en", 'He said: "First.\n\n"Second.\n\n"Third."\n\nThen he went away.'),
        ("en", 'He said: "First.\n\nSecond.\n\nThird," and left.\n\nThen he went away.'),
        ("fr", "Il dit : « Un.\n\n« Deux.\n\n« Trois. »\n\nPuis il est parti."),
    ],
)
def test_quotation_over_paragraphs(language: str, text: str) -> None:
    """A quotation goes on in paragraphs that open with a mark, or up to the mark that closes it."""
    article = Article.from_text(text, language=language)
    (quotation,) = article.quotations
    assert quotation.closed
    assert quotation.sentences[:3] == ("s1", "s2", "s3")
    assert [bool(sentence.quotations) for sentence in article.sentences] == [True] * 3 + [False] * (
        len(article.sentences) - 3
    )


def test_quotation_over_noise() -> None:
    """A link between two paragraphs does not end a quotation, and is not part of it."""
    text = "Er sagte: „Erstens ist das gut.\n\nSiehe auch  Koch gewinnt „Preis“\n\n„Zweitens auch.“"
    article = Article.from_text(text, language="de")
    (quotation,) = article.quotations
    assert quotation.sentences == ("s1", "s3")
    assert article.sentence("s2").noise
    assert article.sentence("s2").quotations == ()


def test_quotation_over_sentences() -> None:
    """Every sentence between two marks knows the quotation it stands in."""
    article = Article.from_text("Er sagte: „Wir kommen. Wir bleiben. Ihr geht.“ Sie schwieg.")
    assert [sentence.quotations for sentence in article.sentences] == [(0,), (0,), (0,), ()]


def test_unclosed_quotation_ends_with_its_paragraph() -> None:
    """Without a closing mark or a paragraph that goes on with it, a quotation ends, unclosed."""
    article = Article.from_text("Er sagte: „Das ist gut.\n\nSie sagte: „Nein.“", language="de")
    assert [quotation.closed for quotation in article.quotations] == [False, True]
    assert article.quotations[0].sentences == ("s1",)


def test_quotation_does_not_run_on_from_the_headline() -> None:
    """An open mark in a headline says nothing of the text below it."""
    text = "Minister: „Alles ist gut\n\n„Alles“ war das Wort des Tages im Ministerium."
    assert quotations(text) == ["„Alles ist gut", "„Alles“"]


@pytest.mark.parametrize(
    "piece", ['"', "„", '" ', "“a ", "'a' ", "„Ein Satz.\n", '"a\n\n', "« a » "]
)
def test_cost_is_linear(piece: str) -> None:
    """Quotation marks without end are read in seconds."""
    text = (piece * 200_000)[:200_000]
    started = time.process_time()
    Article.from_text(text, language="de")
    assert time.process_time() - started < 30


@settings(deadline=None)
@given(st.text(st.sampled_from("Aab1 .!?,„“”»«\"'’‘‚(\n中「」"), min_size=1, max_size=200))
@example("'A?”'")  # an opening mark that was lost, and single marks around it
def test_quotations_do_not_overlap(text: str) -> None:
    """For any input quotations stand in order, within the text, and touch their sentences."""
    if not text.strip():
        return
    article = Article.from_text(text, language="de")
    position = 0
    for quotation in article.quotations:
        assert position <= quotation.start < quotation.end <= len(text)
        position = quotation.end
        for identifier in quotation.sentences:
            sentence = article.sentence(identifier)
            assert sentence.noise is None
            assert sentence.start < quotation.end
            assert quotation.start < sentence.end
