"""Meeting cues: who deals with whom, held, planned or ruled out, in person or by telephone."""

from __future__ import annotations

import pytest

from dragoman.article import Article
from dragoman.attribution import MeetingCue, meeting_cues


def read(text: str, language: str) -> tuple[MeetingCue, ...]:
    return meeting_cues(Article.from_text(text, language=language))


@pytest.mark.parametrize(
    ("language", "text", "names", "status"),
    [
        ("de", "Huber traf sich am Montag mit Keller.", ("Huber", "Keller"), "held"),
        ("de", "Außenminister Huber empfing seinen Amtskollegen Jo Keller in Oslo.",
         ("Huber", "Jo Keller"), "held"),
        ("de", "Huber wird am Freitag Jo Keller treffen.", ("Huber", "Jo Keller"), "planned"),
        ("de", "Huber weigerte sich, Jo Keller zu treffen.", ("Huber", "Jo Keller"), "ruled_out"),
        ("de", "Das Treffen zwischen Norwegen und Dänemark wurde verschoben.",
         ("Norwegen", "Dänemark"), "postponed"),
        ("de", "Huber führte Gespräche mit Keller.", ("Huber", "Keller"), "held"),
        ("de", "Huber traf Keller nicht.", ("Huber", "Keller"), "ruled_out"),
        ("en", "Huber met Keller on Monday.", ("Huber", "Keller"), "held"),
        ("en", "Huber met with Jo Keller and Anna Berg.",
         ("Huber", "Jo Keller", "Anna Berg"), "held"),
        ("en", "Huber will meet Keller on Friday.", ("Huber", "Keller"), "planned"),
        ("en", "Huber refused to meet Keller.", ("Huber", "Keller"), "ruled_out"),
        ("en", "Talks between Norway and Denmark were postponed.",
         ("Norway", "Denmark"), "postponed"),
        ("en", "Huber held talks with Keller.", ("Huber", "Keller"), "held"),
        ("en", "Huber has no plans to meet Keller.", ("Huber", "Keller"), "ruled_out"),
    ],
)  # fmt: skip
def test_parties_and_status(language: str, text: str, names: tuple[str, ...], status: str) -> None:
    (found,) = read(text, language)
    assert found.names == names
    assert found.status == status


@pytest.mark.parametrize(
    ("language", "text", "form"),
    [
        ("de", "Huber telefonierte mit Keller.", "call"),
        ("de", "Huber sprach per Videokonferenz mit Keller.", "video"),
        ("de", "Huber empfing Jo Keller in Oslo.", "in_person"),
        ("en", "Huber met Keller in Oslo.", "in_person"),
        ("en", "Huber held talks with Keller by telephone.", "call"),
    ],
)
def test_format(language: str, text: str, form: str) -> None:
    (found,) = read(text, language)
    assert found.format == form


def test_a_pronoun_takes_part_under_its_name() -> None:
    (found,) = read("Karl Huber reiste nach Oslo. Er traf sich mit Jo Keller.", "de")
    assert found.names == ("Karl Huber", "Jo Keller")
    assert [span.exact for span in found.participants] == ["Er", "Jo Keller"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Der Minister begrüßte die Entscheidung."),
        ("de", "Die Regierung traf eine Entscheidung."),
        ("de", "Huber sprach auf der Konferenz."),
        ("de", "Huber traf das Tor."),
        ("en", "The film received the award."),
        ("en", "Huber spoke at the conference."),
        ("en", "The minister welcomed the decision."),
        ("fr", "Jean Morel a rencontré Anne Petit."),
    ],
)
def test_no_meeting_without_two_who_deal_with_each_other(language: str, text: str) -> None:
    assert read(text, language) == ()


@pytest.mark.parametrize(
    ("language", "text", "encounters"),
    [
        ("de", "Huber traf sich mit Keller in Paris und später mit Anna Berg in Oslo.",
         [("Huber", "Keller"), ("Huber", "Anna Berg")]),
        ("en", "Ministers Jo Huber and Anna Keller held a meeting.",
         [("Jo Huber", "Anna Keller")]),
        ("en", "Huber spoke with the chairman of the board, Anna Keller.",
         [("Huber", "Anna Keller")]),
        ("en", "Huber cancelled his visit to Norway.", [("Huber", "Norway")]),
        ("en", "Huber was on a visit to Norway.", []),
        ("en", "Huber repeated the call for talks with a warning.", []),
        ("de", "Huber wurde von Keller in Oslo empfangen.", [("Huber", "Keller")]),
        ("de", "Huber und Keller haben in Oslo beraten.", [("Huber", "Keller")]),
    ],
)  # fmt: skip
def test_each_encounter_for_itself(
    language: str, text: str, encounters: list[tuple[str, ...]]
) -> None:
    """Each "with" is one; two may hold one; a trip alone, or an appeal, is none."""
    assert [found.names for found in read(text, language)] == encounters
