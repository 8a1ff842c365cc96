"""The readable forms: terminal, Markdown, JSON, and what they share."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rendering_sample import HOSTILE, hostile_brief, sample_brief

from dragoman.errors import InputError
from dragoman.rendering import FORMATS, SUFFIXES, render
from dragoman.rendering.labels import all_words, labels_for
from dragoman.rendering.markdown import escape
from dragoman.rendering.stored import read_brief, read_briefs
from dragoman.rendering.text import line, shorten, visible
from dragoman.rendering.view import proven_items
from dragoman.schemas import vocabulary
from dragoman.schemas.brief import Brief

BRIEF = sample_brief()
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def without_items(brief: Brief) -> Brief:
    """The same brief with nothing found."""
    return brief.model_copy(
        update={
            "headline": None,
            "key_points": (),
            "meetings": (),
            "positions": (),
            "warnings": (),
            "corrections": (),
            "rejected": (),
            "gaps": (),
            "noise": (),
            "notes": (),
            "source": brief.source.model_copy(update={"title": None}),
        }
    )


class TestTerminal:
    def test_says_what_a_reader_wants_to_know(self) -> None:
        """Headline, meetings, positions by holder, warnings, corrections, rejected, cost."""
        text = render(BRIEF, width=200)
        assert text.startswith("Tarvia droht Belmora mit dem Ende des Fischereiabkommens\n")
        for expected in (
            "! Unvollständig: nicht der ganze Artikel wurde gelesen",
            "• Lindholm empfing Vasken in Port Selm.  [m1]",
            "Mara Lindholm – Teodor Vasken: fand statt, persönlich, Port Selm, am Dienstag",
            "am Dienstag (2025-04-29, erschlossen)  [m1·97%]",
            "  Teodor Vasken\n    fordert → Tarvia: Fordert die Freilassung",
            "! Mara Lindholm → Belmora (Drohung): Tarvia werde das Abkommen am 1. Juni kündigen",
            "falls: Belmora verbietet die Grundschleppnetze nicht",
            "! Fischereiverband Nordkap → die Öffentlichkeit (Mahnung)",
            "Waskin → Vasken  (schwer, Name, aus den anderen Schreibweisen des Artikels)  [c1]\n",
            "[c1]\n    Der Artikel schreibt den Namen sonst „Vasken“",
            "Euthanasie → [unbekannt, Stelle unzuverlässig]",
            "✗ Position: Teodor Vasken: Vasken unterstützt die Schutzzone – der Satz nennt",
            "Lindholm als Sprecherin, nicht Vasken [speaker]",
            "s1: the model refused to answer",
            "s5: link to another story",
            "18.250 Token gelesen (12.100 im Cache)",
        ):
            assert expected in text

    def test_every_item_of_the_brief_is_shown(self) -> None:
        """No id of an item is missing, and none of the rejected."""
        text = render(BRIEF)
        ids = [item.id for item in proven_items(BRIEF)]
        assert all(re.search(rf"\[{item}\b", text) for item in ids)
        assert all(rejected.rule in text for rejected in BRIEF.rejected)

    def test_own_words_are_shown_once(self) -> None:
        """As a quotation of their own, or in the statement that holds them."""
        words = "Wir unterstützen den Vorschlag einer gemeinsamen Schutzzone"
        assert f"„{words}“" in render(BRIEF)
        position = BRIEF.positions[0].model_copy(update={"statement": f"Lindholm: „{words}“"})
        brief = BRIEF.model_copy(update={"positions": (position,)})
        assert render(brief, width=200).count(words) == 1
        assert render(brief, format="markdown").count(words) == 1

    def test_evidence_is_quoted_on_demand_only(self) -> None:
        """The proving sentences stand under their items with --evidence, and not without."""
        sentence = BRIEF.meetings[0].evidence[0]
        assert sentence.exact not in render(BRIEF, width=300)
        assert f"│ s2 {sentence.exact}" in render(BRIEF, evidence=True, width=300)

    @pytest.mark.parametrize("width", [40, 60, 88, 200])
    def test_keeps_to_the_width(self, width: int) -> None:
        """No line is longer than the terminal is wide."""
        text = render(BRIEF, evidence=True, width=width)
        assert max(map(len, text.splitlines())) <= width

    def test_without_colour_there_is_no_escape_sequence(self) -> None:
        """Neither ours nor one that came with the article."""
        assert not _CONTROLS.search(render(hostile_brief(), evidence=True))

    def test_with_colour_only_our_own_sequences_occur(self) -> None:
        """Colours are there; the article's red and its window title are shown, not obeyed."""
        text = render(hostile_brief(), evidence=True, colour=True, width=400)
        assert "\x1b[1m" in text
        ours = re.sub(r"\x1b\[[\d;]*m", "", text)
        assert not _CONTROLS.search(ours)
        assert "␛[31mred␛]0;title␇" in ours

    def test_markup_of_the_terminal_library_is_literal(self) -> None:
        """An article may say "[bold]", which is then shown as written."""
        assert "[bold]loud[/bold]" in render(hostile_brief(), width=400)

    def test_an_empty_brief_says_that_nothing_was_found(self) -> None:
        """And has a title all the same."""
        text = render(without_items(BRIEF))
        assert text.startswith("Dossier ohne Titel")
        assert "Nichts gefunden: Wer wen traf, Positionen, Warnungen, Berichtigungen" in text

    def test_speaks_the_language_of_the_brief(self) -> None:
        """English labels for an English brief, and for a language without labels."""
        assert "Who met whom" in render(BRIEF.model_copy(update={"language": "en"}))
        assert "Who met whom" in render(BRIEF.model_copy(update={"language": "fi"}))


class TestMarkdown:
    def test_is_a_document_of_headings_and_lists(self) -> None:
        """A Markdown parser finds the sections and one list item a rejected proposal."""
        tokens = MarkdownIt().parse(render(BRIEF, format="markdown"))
        titles = [
            after.content for before, after in pairwise(tokens) if before.type == "heading_open"
        ]
        assert titles[1:5] == ["Kernpunkte", "Wer wen traf", "Positionen", "Warnungen"]
        html = MarkdownIt().enable("strikethrough").render(render(BRIEF, format="markdown"))
        assert "<s>Waskin</s> → <strong>Vasken</strong>" in html

    def test_quotes_evidence_on_demand(self) -> None:
        """Each sentence becomes a block quotation."""
        html = MarkdownIt().render(render(BRIEF, format="markdown", evidence=True))
        assert html.count("<blockquote>") > len(BRIEF.positions)

    def test_hostile_text_stays_text(self) -> None:
        """No HTML, image, link, emphasis or code comes out of an article's text."""
        parser = MarkdownIt("commonmark", {"html": True}).enable("strikethrough")
        html = parser.render(render(hostile_brief(), format="markdown", evidence=True))
        for tag in ("<script", "<img", "<a ", "<em>star", "<code>tick", "</style>", "<h3"):
            assert tag not in html
        assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;") > 20

    @given(st.text())
    def test_escaped_text_reads_as_it_was(self, text: str) -> None:
        """Parsing the escaped text as a paragraph gives the very text back, on one line."""
        tokens = MarkdownIt().parse(f"- {escape(text)}")
        inline = [
            child for token in tokens if token.type == "inline" for child in token.children or ()
        ]
        assert {child.type for child in inline} <= {"text", "text_special"}
        assert "".join(child.content for child in inline) == line(text)


class TestText:
    @given(st.text())
    def test_no_control_survives(self, text: str) -> None:
        """Whatever the text, no control or override is left to take effect."""
        assert not _CONTROLS.search(visible(text))
        visible(text).encode("utf-8")

    @given(st.text(), st.integers(min_value=1, max_value=50))
    def test_shortened_text_fits(self, text: str, length: int) -> None:
        """And is a prefix but for the ellipsis."""
        short = shorten(text, length)
        assert len(short) <= length
        assert line(text).startswith(short.removesuffix("…"))

    def test_ordinary_text_is_left_alone(self) -> None:
        """Typography, other scripts and plain directional marks are no controls."""
        text = "„Grüße“ – ‚ja‘ … 中文 עברית\u200f!\n\tZeile"
        assert visible(text) == text


class TestLabels:
    def test_all_languages_have_the_same_labels(self) -> None:
        """A label missing in one language would be an error for its readers only."""

        def keys(words: object, prefix: str = "") -> set[str]:
            if not isinstance(words, dict):
                return {prefix}
            return set().union(*(keys(value, f"{prefix}.{key}") for key, value in words.items()))

        languages = all_words()
        assert {code: keys(words) ^ keys(languages["en"]) for code, words in languages.items()} == {
            code: set() for code in languages
        }

    @pytest.mark.parametrize(
        ("group", "values"),
        [
            ("act", vocabulary.Act),
            ("status", vocabulary.MeetingStatus),
            ("format", vocabulary.MeetingFormat),
            ("warning", vocabulary.WarningKind),
            ("correction", vocabulary.CorrectionKind),
            ("impact", vocabulary.Impact),
            ("origin", vocabulary.Origin),
            ("kind", vocabulary.ItemKind),
            ("actor", vocabulary.ActorKind),
        ],
    )
    def test_every_word_of_the_codebook_has_a_label(self, group: str, values: object) -> None:
        """A new act or kind without a label would fail for the first brief that has it."""
        labels = labels_for("de")
        assert all(labels[group, value] for value in get_args(values))


class TestStored:
    @pytest.mark.parametrize("form", ["json", "jsonl"])
    def test_json_reads_back_as_the_same_brief(self, tmp_path: Path, form: str) -> None:
        """Nothing of a brief is lost on the way to a file and back, hostile text included."""
        for brief in (BRIEF, hostile_brief()):
            file = tmp_path / "brief"
            file.write_text(str(render(brief, format=form)), encoding="utf-8")
            assert read_brief(file) == brief

    def test_json_lines_hold_many_briefs(self, tmp_path: Path) -> None:
        """Files of JSON Lines can be laid end to end."""
        file = tmp_path / "all.jsonl"
        file.write_text(render(BRIEF, format="jsonl") * 3, encoding="utf-8")
        assert list(read_briefs(file)) == [BRIEF] * 3
        with pytest.raises(InputError, match="holds 3 briefs"):
            read_brief(file)

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            (b"", "empty"),
            (b"\xff\xfe\x00", "UTF-8"),
            (b"{", "not a brief"),
            (b'{"schema_version": "1.0"}', r"not a brief \(language: Field required\)"),
            (b"[]", "not a brief"),
        ],
    )
    def test_what_is_no_brief_is_refused(
        self, tmp_path: Path, content: bytes, message: str
    ) -> None:
        """One line that says what is wrong and where."""
        file = tmp_path / "x.json"
        file.write_bytes(content)
        with pytest.raises(InputError, match=message) as caught:
            read_brief(file)
        assert caught.value.where == str(file)

    def test_a_missing_file_is_refused(self, tmp_path: Path) -> None:
        """So is a folder."""
        for path in (tmp_path / "none.json", tmp_path):
            with pytest.raises(InputError, match="cannot be read"):
                read_brief(path)


def test_an_unknown_format_is_refused() -> None:
    """And the message lists those there are."""
    with pytest.raises(InputError, match="Choose one of terminal, json, jsonl, markdown, html"):
        render(BRIEF, format="docx")


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_renders_hostile_and_empty_briefs(form: str) -> None:
    """Whatever is in a brief, every format has an output that is not empty, or no events."""
    assert render(hostile_brief(), format=form)
    assert render(without_items(BRIEF), format=form) or form == "plover"
    assert form in SUFFIXES


def test_hostile_text_is_really_in_the_sample() -> None:
    """The tests above would prove nothing if the poison did not get into the brief."""
    assert render(hostile_brief(), format="json").count("{{7*7}}") > 50
    assert "\x1b" in HOSTILE
