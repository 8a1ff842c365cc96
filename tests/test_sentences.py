"""Sentences of German, English, French and other news, and where the paragraphs end."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.sentences import Stretch, paragraphs, split_sentences

GERMAN = [
    "Er kommt am 2. März nach Berlin.|Dann reist er weiter.",
    "Der 24. Dezember ist ein Termin.|Am 3. Oktober war Feiertag.",
    "Am 24.Februar begann es.|Es dauert an.",
    "„Das ist gut.“|„Das ist schlecht“, sagte er.",
    "Er sagte: „Wir kommen.|Wir bleiben.“|Dann ging er.",
    "»Wir gehen.«|»Wir bleiben«, sagte sie.",
    '"Wir gehen."|"Wir bleiben", sagte sie.',
    "“Wir gehen.”|“Wir bleiben”, sagte sie.",
    "Er sagte, “das ist gut.”|Sie widersprach.",
    "Prof. Dr. A. B. Meier sagte nichts.|Er ging.",
    "Die Grenze ist 1.000 Kilometer lang.|Das sind 10.5% mehr.",
    "Es geht um z. B. Öl, u. a. aus dem Osten.|Mehr nicht.",
    "Hongkong (CNN) Der Präsident traf ihn.|Er sprach.",
    "Mr. Smith sprach.|Der St. Gallener Bischof schwieg.",
    "Er sagte „Nein!“ und ging.|Sie blieb.",
    "War das alles?|Nein.|Das war nicht alles!|Weiter geht es.",
    "Drei Staaten, der Rat usw. waren dabei.|Auch die Union.",
    "Der 1. FC Köln gewann.|Bayern verlor.",
    "Im 19. Jahrhundert war es anders.|Heute nicht.",
    "Das kostet 3,5 Mrd. Euro.|Viel Geld.",
    "Die Strategie ... ist gut.|Sie hilft.",
    "Papst Johannes Paul II. reiste.|Er kam an.",
    "Das Gesetz Nr. 5 gilt ab Art. 3 Abs. 2 der Ordnung.|Es ist streng.",
    "Er wohnt in der Hauptstr. 5 in Bonn.|Dort ist es schön.",
    "Um 16.30 Uhr begann es.|Um 18 Uhr war Schluss.",
    "Sie bauten die Beziehungen aus.|auch teilgenommen.",
    "Der sog. Rat griff ein.|Das sagte der Sprecher.",
]
ENGLISH = [
    "Mr. Smith met Gov. J. B. Roe on Jan. 5.|They talked.",
    "The U.S. Senate voted.|It passed.",
    "“We go.”|“We stay,” she said.",
    '"We go."|"We stay," she said.',
    "He said: “We will come.|We will stay.”|Then he left.",
    "It rose 10.5% to $1.2 billion.|That is a lot.",
    'They rejected the "Two Points."|Others did not.',
    "Roe Jr. visited Rome.|He won.",
    "At 5 p.m. local time it began.|It ended at 6 p.m. on Monday.",
    "(CNN) The president left.|He returned.",
    "He met Lt. Gen. Mark A. Roe at St. Mary's.|They spoke.",
    "Did he go?|Yes.|He did!|Good.",
    "‘We go.’|‘We stay,’ he said.",
    "The E.U. and the U.K. agreed.|It took time.",
    "No. 3 was hit, e.g. the plant.|It burned.",
    "She works at Example Inc. in Springfield.|He does not.",
]
OTHERS = [
    ("fr", "M. Roux a vu Mme. Borne le 2 mars.|Ils ont parlé."),
    ("fr", "« Nous partons. »|« Nous restons », a-t-il dit."),
    ("fr", '"Nous partons."|"Nous restons", a-t-il dit.'),
    ("fr", "Il a dit : « C'est bien. »|Elle est partie."),
    ("uk", "Він сказав це.|Вона пішла."),
    ("und", "Mr. Smith left.|He came back."),
    ("xx", "Mr. Smith left.|He came back."),
]
CASES = [("de", case) for case in GERMAN] + [("en", case) for case in ENGLISH] + OTHERS


def split(text: str, language: str) -> list[str]:
    whole = Stretch(0, len(text))
    return [text[start:end] for start, end in split_sentences(text, whole, language)]


@pytest.mark.parametrize(("language", "case"), CASES)
def test_sentences_end_where_a_reader_ends_them(language: str, case: str) -> None:
    """Dates, abbreviations, initials, figures and quotation marks do not mislead the splitting."""
    sentences = case.split("|")
    assert split(" ".join(sentences), language) == sentences


def test_sentences_without_spaces_between_them() -> None:
    """Chinese needs no white space between sentences."""
    assert split("他们见了面。他们谈了。", "zh") == ["他们见了面。", "他们谈了。"]


def test_a_line_is_a_paragraph() -> None:
    """Lines are paragraphs whether blank lines stand between them or not, and with any line end."""
    text = "Eins.\r\n\r\nZwei.\nDrei.\u2028Vier.\r  Fünf.  \n"
    assert [text[start:end] for start, end in paragraphs(text)] == [
        "Eins.",
        "Zwei.",
        "Drei.",
        "Vier.",
        "Fünf.",
    ]


def test_wrapped_lines_are_one_paragraph() -> None:
    """Lines wrapped at a fixed width belong together; a blank line or a short line ends them."""
    text = (
        "The minister said on Tuesday that the harbour would be\n"
        "closed for a week, since the cranes had to be repaired\n"
        "before the storm season. Ship owners protested loudly.\n"
        "\n"
        "The union called for talks and said that its members in\n"
        "the harbour would not accept the loss of a week's pay.\n"
        "It did not say what would follow.\n"
        "The ministry did not answer questions about the matter.\n"
    )
    found = [text[start:end] for start, end in paragraphs(text)]
    assert len(found) == 3
    assert found[0].endswith("loudly.")
    assert found[1].endswith("follow.")


def test_sentences_run_over_wrapped_lines() -> None:
    """A line break within a wrapped paragraph is no end of a sentence."""
    assert split("The harbour was\nclosed. It rained\r\nall day.", "en") == [
        "The harbour was\nclosed.",
        "It rained\r\nall day.",
    ]


@pytest.mark.parametrize(
    "piece", [". ", "A. ", "Mr. A. ", '"', "„", "a", "1. März ", "... ", "a\n", "www.a.b/c?d=e."]
)
def test_cost_is_linear(piece: str) -> None:
    """A hundred thousand characters of nothing but stops, marks or one word take no time."""
    text = (piece * 100_000)[:100_000]
    started = time.process_time()
    for stretch in paragraphs(text):
        assert list(split_sentences(text, stretch, "de"))
    assert time.process_time() - started < 10


@settings(deadline=None)
@given(st.text(st.sampled_from("Aa1 .!?„“”»«\"'(\n\r…:;,é中。"), max_size=200))
def test_sentences_cover_the_text_in_order(text: str) -> None:
    """No character but white space is lost, and none is in two sentences."""
    position = 0
    for stretch in paragraphs(text):
        assert not text[position : stretch.start].strip()
        for start, end in split_sentences(text, stretch, "de"):
            assert not text[position:start].strip()
            assert position <= start < end <= stretch.end
            assert text[start:end] == text[start:end].strip()
            position = end
    assert not text[position:].strip()
