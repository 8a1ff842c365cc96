"""Glossaries in CSV and TBX: reading, checking, writing, and the command for them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from dragoman.cli.glossary import app
from dragoman.errors import GlossaryError
from dragoman.terminology.glossary import (
    KINDS,
    Entry,
    Glossary,
    load_glossary,
    merge_glossaries,
    read_csv,
    read_glossary,
    write_csv,
)
from dragoman.terminology.tbx import read_tbx, write_tbx

HEADER = "term,preferred,language,kind,note,authority\n"

_words = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=8).filter(
    lambda word: " ".join(word.split()) == word
)
_phrases = st.lists(_words, min_size=1, max_size=3).map(" ".join)
_notes = st.lists(_words, max_size=3).map(" ".join)
_contexts = st.lists(_words.filter(lambda word: ";" not in word), max_size=2, unique=True).map(
    tuple
)
_entries = st.builds(
    Entry,
    term=_phrases,
    preferred=_phrases,
    language=st.sampled_from(["", "de", "en", "de-ch"]),
    kind=st.sampled_from(KINDS),
    note=_notes,
    authority=_notes,
    only_with=_contexts,
    not_with=_contexts,
)


@given(st.lists(_entries, max_size=6))
def test_csv_keeps_everything(entries: list[Entry]) -> None:
    """What is written as CSV is read back the same, in the same order, without a problem."""
    assert read_csv(write_csv(entries).encode()) == (tuple(entries), ())


@given(st.lists(_entries, max_size=6))
def test_tbx_keeps_everything(entries: list[Entry]) -> None:
    """What is written as TBX is read back the same, in the same order, without a problem."""
    assert read_tbx(write_tbx(entries).encode()) == (tuple(entries), ())


@given(st.binary(max_size=200))
def test_any_bytes_are_read_without_a_traceback(data: bytes) -> None:
    """Whatever a file holds, reading it gives entries and problems, never an exception."""
    for read in (read_csv, read_tbx):
        entries, problems = read(data)
        assert all(entry.term and entry.preferred for entry in entries)
        assert all(problem.message for problem in problems)


@pytest.mark.parametrize(
    ("row", "line", "message"),
    [
        ("Birma,,de,,,\n", 2, "preferred form of 'Birma' is missing"),
        (",Myanmar,de,,,\n", 2, "term is missing"),
        ("Birma,Myanmar,de,colour,,\n", 2, "unknown kind 'colour'"),
        ("Birma,Myanmar\n", 2, "2 cells where the header has 6"),
        ('"Birma,Myanmar,de,,,\n', 2, "not CSV"),
        ("A,B,,,,\n\nA,C,,,,\n", 4, "ambiguous (first in line 2)"),
        ("A,B,,,,\nA,B,,,,\n", 3, "entered twice"),
        ("A,B,,,,\nB,C,,,,\n", 2, "itself replaced in line 3"),
        ("A,B,,,,\nB,A,,,,\n", 2, "replace each other"),
        ("A,A,,,,\nC,D,,,,\nA,B,,,,\n", 4, "ambiguous"),
    ],
)
def test_problems_name_their_line(tmp_path: Path, row: str, line: int, message: str) -> None:
    """A row that cannot be used is named with its line and what is wrong in it."""
    file = tmp_path / "own.csv"
    file.write_text(HEADER + row, encoding="utf-8")
    problems = read_glossary(file)[1]
    assert any(problem.line == line and message in problem.message for problem in problems)
    with pytest.raises(GlossaryError) as caught:
        load_glossary(file)
    assert str(file) in str(caught.value)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        (b"term,preferred,colour\n", "unknown column 'colour'"),
        (b"word,preferred\n", "column 'term' is missing"),
        (b"term,term,preferred\n", "named twice"),
        (b"term,preferred\n\xff,a\n", "not UTF-8"),
        (b"<tbx><text>", "not XML"),
        (b"<html/>", "not TBX: the root element is 'html'"),
        (b'<!DOCTYPE tbx SYSTEM "http://localhost:1/x.dtd"><tbx/>', "not allowed"),
        (b'<!DOCTYPE t [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><tbx>&b;</tbx>', "not allowed"),
        (b'<!DOCTYPE t [<!ENTITY a SYSTEM "file:///etc/passwd">]><tbx>&a;</tbx>', "not allowed"),
    ],
)
def test_files_that_are_no_glossary(tmp_path: Path, content: bytes, message: str) -> None:
    """A file that is no glossary, or hides entities, gives a clear error and no entries."""
    file = tmp_path / "file"
    file.write_bytes(content)
    entries, problems = read_glossary(file)
    assert entries == ()
    assert message in problems[0].message


def test_a_missing_file_is_a_glossary_error(tmp_path: Path) -> None:
    """A file that does not exist is reported with its name."""
    with pytest.raises(GlossaryError, match="cannot be read"):
        load_glossary(tmp_path / "none.csv")


OLD = """<?xml version='1.0'?>
<martif type="TBX-Basic" xml:lang="en"><text><body>
<termEntry id="c1"><langSet xml:lang="de">
  <ntig><termGrp><term>Belarus</term>
    <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termGrp></ntig>
  <tig><term>Weißrussland</term>
    <termNote type="administrativeStatus">supersededTerm-admn-sts</termNote>
    <note>renamed</note></tig>
  <tig><term>Republik Belarus</term>
    <termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></tig>
</langSet></termEntry></body></text></martif>"""


def test_tbx_of_2008_is_read() -> None:
    """The older element names are understood; admitted terms are approved."""
    entries, problems = read_tbx(OLD.encode())
    assert problems == ()
    assert [(entry.term, entry.preferred, entry.note) for entry in entries] == [
        ("Weißrussland", "Belarus", "renamed"),
        ("Republik Belarus", "Republik Belarus", ""),
    ]
    assert {entry.language for entry in entries} == {"de"}


def test_tbx_problems_name_their_line() -> None:
    """A deprecated term without a preferred one is reported with its line."""
    lonely = OLD.replace("preferredTerm-admn-sts", "deprecatedTerm-admn-sts").replace(
        "admittedTerm-admn-sts", "deprecatedTerm-admn-sts"
    )
    problems = read_tbx(lonely.encode())[1]
    assert [problem.line for problem in problems] == [4, 6, 9]
    assert "no preferred term" in problems[0].message


def test_own_entries_take_precedence() -> None:
    """What the user's glossary decides, the starter pack does not decide again."""
    own = Glossary("own", (Entry(term="Belarus", preferred="Weißrussland"),))
    builtin = (Entry(term="Weißrussland", preferred="Belarus"), Entry(term="a", preferred="b"))
    assert merge_glossaries([own], builtin) == (*own.entries, builtin[1])


def test_contradicting_glossaries_are_refused() -> None:
    """Two files that want different things of one term are named, both with their lines."""
    one = Glossary("one.csv", (Entry(term="A", preferred="B", line=2),))
    two = Glossary("two.csv", (Entry(term="A", preferred="C", line=7),))
    with pytest.raises(GlossaryError, match=r"two\.csv:7.*one\.csv:2"):
        merge_glossaries([one, two])
    circle = Glossary("three.csv", (Entry(term="B", preferred="A", line=3),))
    with pytest.raises(GlossaryError, match=r"one\.csv:2|three\.csv:3"):
        merge_glossaries([one, circle])


def test_check_command_lists_every_problem(tmp_path: Path) -> None:
    """The command prints one line a problem and exits with 1."""
    file = tmp_path / "own.csv"
    file.write_text(HEADER + "A,,,,,\nB,C,,odd,,\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["check", str(file)])
    assert result.exit_code == 1
    assert f"{file}:2: " in result.stdout
    assert f"{file}:3: " in result.stdout
    assert result.stdout.endswith("0 entries, 2 problems\n")


def test_export_and_import_are_inverse(tmp_path: Path) -> None:
    """CSV to TBX to CSV gives the file one began with."""
    source = tmp_path / "own.csv"
    text = HEADER + "Birma,Myanmar,de,preferred_term,renamed,CLDR\nA,B,,name,,\n"
    source.write_text(text, encoding="utf-8")
    runner = CliRunner()
    tbx, back = tmp_path / "own.tbx", tmp_path / "back.csv"
    assert runner.invoke(app, ["export", str(source), "-o", str(tbx)]).exit_code == 0
    assert runner.invoke(app, ["import", str(tbx), "-o", str(back)]).exit_code == 0
    assert back.read_text(encoding="utf-8") == text


def test_starter_pack_is_exported_whole(tmp_path: Path) -> None:
    """The starter pack survives the way through TBX without a loss."""
    tbx = tmp_path / "pack.tbx"
    assert CliRunner().invoke(app, ["export", "-o", str(tbx)]).exit_code == 0
    from dragoman.terminology.builtin import builtin_entries

    assert load_glossary(tbx).entries == builtin_entries()
