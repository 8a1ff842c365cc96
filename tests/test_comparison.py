"""Comparing two briefs: what appeared, vanished, changed or contradicts."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from markdown_it import MarkdownIt
from rendering_sample import evidence, hostile_brief, sample_brief

from dragoman.comparison import Comparison, compare_briefs
from dragoman.rendering.differences import render_differences
from dragoman.schemas.brief import Brief, When
from dragoman.schemas.evidence import Evidence

OLD = sample_brief()


def changed(section: str, index: int, **fields: Any) -> Brief:
    """The sample brief with one item changed."""
    items = list(getattr(OLD, section))
    items[index] = items[index].model_copy(update=fields)
    return OLD.model_copy(update={section: tuple(items)})


def verdicts(comparison: Comparison) -> list[tuple[str, str | None, str | None]]:
    """What happened to which item."""
    return [(one.verdict, one.old, one.new) for one in comparison.differences]


def sentence(text: str) -> tuple[Evidence, ...]:
    """Evidence of one sentence of some article."""
    return (Evidence(sentence="s1", exact=text, start=0, end=len(text), prefix="", suffix=""),)


def test_a_brief_agrees_with_itself() -> None:
    """All items are the same, and it is said that the text is, too."""
    comparison = compare_briefs(OLD, OLD)
    assert comparison.differences == ()
    assert comparison.same == sum(
        len(items)
        for items in (OLD.actors, OLD.meetings, OLD.positions, OLD.warnings, OLD.corrections)
    )
    assert "Both briefs were made from the same text" in comparison.notes


def test_new_ids_and_another_order_are_no_difference() -> None:
    """Items are known by who and what, not by where they stand."""
    renamed = json.loads(OLD.model_dump_json())
    ids = {"a1": "a6", "a2": "a5", "a3": "a4", "a4": "a3", "a5": "a2", "a6": "a1"}
    for actor in renamed["actors"]:
        actor["id"] = ids[actor["id"]]
    for item in (*renamed["positions"], *renamed["warnings"], *renamed["meetings"]):
        for field in ("holder", "target", "reported_by", "issuer", "addressee"):
            if item.get(field):
                item[field] = ids[item[field]]
        if "participants" in item:
            item["participants"] = [ids[one] for one in item["participants"]][::-1]
    for section in ("actors", "positions", "warnings", "meetings"):
        renamed[section].reverse()
    assert compare_briefs(OLD, Brief.model_validate_json(json.dumps(renamed))).differences == ()


def test_a_person_is_known_under_another_spelling_a_state_is_not() -> None:
    """Two outlets spell a name differently; Niger is not Nigeria."""
    spelled = changed("actors", 0, name="Marah Lindholm", mentions=())
    (difference,) = compare_briefs(OLD, spelled).differences
    assert (difference.verdict, difference.section) == ("changed", "actors")
    niger = changed("actors", 2, name="Niger", mentions=())
    nigeria = changed("actors", 2, name="Nigeria", mentions=())
    found = {one.verdict for one in compare_briefs(niger, nigeria).differences}
    assert {"appeared", "vanished"} <= found


def test_what_has_no_partner_appeared_or_vanished() -> None:
    """Seen from either side."""
    fewer = OLD.model_copy(update={"positions": OLD.positions[:-1], "warnings": ()})
    assert verdicts(compare_briefs(OLD, fewer)) == [
        ("vanished", "p4", None),
        ("vanished", "w1", None),
        ("vanished", "w2", None),
    ]
    assert verdicts(compare_briefs(fewer, OLD)) == [
        ("appeared", None, "p4"),
        ("appeared", None, "w1"),
        ("appeared", None, "w2"),
    ]


@pytest.mark.parametrize(
    ("section", "index", "fields", "field"),
    [
        ("positions", 0, {"act": "reject"}, "act"),
        ("positions", 2, {"act": "agree"}, "act"),
        ("positions", 2, {"statement": "Seine Marine habe auf Fischer geschossen"}, "statement"),
        ("positions", 1, {"holder": "a5"}, "holder"),
        ("meetings", 0, {"status": "ruled_out"}, "status"),
        (
            "meetings",
            0,
            {"date": When(text="am 3. Mai", start=date(2025, 5, 3), basis="stated")},
            "date",
        ),
        ("warnings", 1, {"statement": "Ein Streit könne 400 Arbeitsplätze kosten"}, "statement"),
        ("warnings", 0, {"issuer": "a2"}, "issuer"),
    ],
)
def test_what_cannot_both_be_true_contradicts(
    section: str, index: int, fields: dict[str, Any], field: str
) -> None:
    """Opposed acts, negations, numbers, days, and the same words in another mouth."""
    (difference,) = compare_briefs(OLD, changed(section, index, **fields)).differences
    assert difference.verdict == "contradicts"
    assert [one.field for one in difference.changes if one.contradicts] == [field]


@pytest.mark.parametrize(
    ("section", "index", "fields", "field"),
    [
        ("positions", 0, {"act": "declare"}, "act"),
        ("positions", 3, {"target": "a4"}, "target"),
        ("positions", 3, {"reported_by": None}, "reported_by"),
        ("meetings", 1, {"status": "postponed"}, "status"),
        ("meetings", 0, {"format": "video"}, "format"),
        ("meetings", 0, {"place": "Belmora"}, "place"),
        ("warnings", 0, {"kind": "caution"}, "kind"),
        ("warnings", 0, {"condition": None}, "condition"),
        ("positions", 1, {"statement": "Fordert die Freilassung der Kutter"}, "statement"),
        ("corrections", 1, {"corrected": "Stilllegung"}, "corrected"),
        ("actors", 0, {"role": "Ministerin"}, "role"),
    ],
)
def test_what_differs_otherwise_has_changed(
    section: str, index: int, fields: dict[str, Any], field: str
) -> None:
    """With the field and both values."""
    (difference,) = compare_briefs(OLD, changed(section, index, **fields)).differences
    assert difference.verdict == "changed"
    assert [one.field for one in difference.changes] == [field]


def test_a_mere_rewording_is_no_difference() -> None:
    """Two runs of a model put the same view in other words."""
    new = changed(
        "positions", 1, statement="Verlangt, die im April beschlagnahmten Kutter freizugeben"
    )
    assert compare_briefs(OLD, new).differences == ()


def test_an_edited_sentence_is_shown() -> None:
    """A stealth edit of the article: the brief's words are the same, the sentence is not."""
    (old,) = evidence("s11")
    edited = sentence(old.exact.replace("geplant", "im Gespräch"))
    (difference,) = compare_briefs(OLD, changed("meetings", 1, evidence=edited)).differences
    assert difference.verdict == "changed"
    assert [(one.field, one.old) for one in difference.changes] == [("evidence", old.exact)]


def test_two_outlets_own_sentences_are_no_edits() -> None:
    """Another outlet proves the same view by a sentence of its own."""
    theirs = sentence("Der Präsident verlangte am Abend die Herausgabe von vier Schiffen.")
    new = changed("positions", 1, evidence=theirs)
    assert compare_briefs(OLD, new).differences == ()


def test_an_incomplete_brief_is_named() -> None:
    """What is missing from it may only not have been read."""
    whole = OLD.model_copy(update={"run": OLD.run.model_copy(update={"complete": True})})
    assert "The new brief is incomplete" in compare_briefs(whole, OLD).notes[0]
    assert compare_briefs(whole, whole).notes == ("Both briefs were made from the same text",)


def test_a_new_headline_of_the_article_is_a_change() -> None:
    """The first thing that is edited."""
    source = OLD.source.model_copy(update={"title": "Tarvia und Belmora einigen sich"})
    (difference,) = compare_briefs(OLD, OLD.model_copy(update={"source": source})).differences
    assert (difference.section, difference.verdict) == ("headline", "changed")


class TestForms:
    comparison = compare_briefs(OLD, changed("positions", 0, act="reject"))

    def test_terminal(self) -> None:
        """Contradictions come first, with the field and both values."""
        text = render_differences(self.comparison, "terminal")
        assert text.startswith("1 contradicts, 15 the same\n")
        assert "act: support → reject" in text

    def test_json(self) -> None:
        """For programs: the same, field by field."""
        found = json.loads(render_differences(self.comparison, "json"))
        assert found["differences"][0]["changes"][0]["contradicts"] is True

    @pytest.mark.parametrize("form", ["terminal", "markdown"])
    def test_hostile_text_stays_text(self, form: str) -> None:
        """In the terminal no escape sequence, in Markdown no HTML."""
        empty = {"meetings": (), "positions": (), "warnings": (), "corrections": (), "actors": ()}
        comparison = compare_briefs(hostile_brief(), OLD.model_copy(update=empty))
        text = render_differences(comparison, form)
        assert "\x1b" not in text
        if form == "markdown":
            rendered = MarkdownIt("commonmark", {"html": True}).render(text)
            assert "<script" not in rendered
            assert "<img" not in rendered
