"""Applying corrections: what is changed, what never is, and the command for it."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from dragoman.article import Article
from dragoman.cli.correct import correct
from dragoman.errors import InputError
from dragoman.schemas.draft import DraftCorrection
from dragoman.terminology.correct import (
    apply,
    as_html,
    correct_fully,
    corrected_text,
    occurrences,
    unified_diff,
    word_diff,
)
from dragoman.terminology.corrections import find_corrections
from dragoman.terminology.glossary import Entry, Glossary, conflicts

TEXT = (
    "Minister besucht Odra\n\n"
    "Die Kreuzfahrtraketen seien „nur Kreuzfahrtraketen“, sagte er. Odraland schwieg.\n\n"
    "Siehe auch  Kreuzfahrtraketen über Odra\n"
)

app = typer.Typer()
app.command()(correct)


def draft(original: str, corrected: str, *sentences: str) -> DraftCorrection:
    return DraftCorrection(
        sentences=sentences,
        original=original,
        corrected=corrected,
        kind="terminology",
        impact="major",
        reason="test",
        origin="glossary",
    )


def test_only_whole_words_of_cited_sentences_change() -> None:
    """A correction applies to its own sentences and not to parts of words."""
    article = Article.from_text(TEXT, language="de")
    corrected = apply(article, [draft("Odra", "Oder", "s1", "s2", "s3")])
    assert corrected == TEXT.replace("besucht Odra", "besucht Oder")


def test_quotations_keep_their_words() -> None:
    """Quoted words stay; on demand the correction follows in brackets, once."""
    article = Article.from_text(TEXT, language="de")
    corrections = [draft("Kreuzfahrtraketen", "Marschflugkörper", "s2")]
    kept = apply(article, corrections)
    assert "Die Marschflugkörper seien „nur Kreuzfahrtraketen“" in kept
    noted = apply(article, corrections, quotations="bracket")
    assert "Die Marschflugkörper seien „nur Kreuzfahrtraketen [Marschflugkörper]“" in noted
    again = Article.from_text(noted, language="de")
    assert apply(again, corrections, quotations="bracket") == noted


def test_noise_and_open_corrections_change_nothing() -> None:
    """Noise is not touched even if it is cited, nor what has no corrected form."""
    article = Article.from_text(TEXT, language="de")
    noise = next(sentence.id for sentence in article.sentences if sentence.noise)
    corrections = [draft("Kreuzfahrtraketen", "x", noise), draft("Odraland", "", "s3")]
    assert apply(article, corrections) == TEXT


def test_overlapping_corrections_apply_once() -> None:
    """Of two corrections for the same words the longer one is applied."""
    article = Article.from_text("Der alte Wolf schlief.", language="de")
    corrections = [draft("Wolf", "Hund", "s1"), draft("alte Wolf", "junge Fuchs", "s1")]
    assert apply(article, corrections) == "Der junge Fuchs schlief."


_word = st.sampled_from(["alpha", "Beta", "gamma", "Delta", "eta", "Zeta"])
_phrase = st.lists(_word, min_size=1, max_size=2).map(" ".join)
_entry = st.builds(Entry, term=_phrase, preferred=_phrase, kind=st.just("terminology"))
_sentence = st.lists(_word | st.sampled_from(["„", "“", "."]), max_size=12).map(" ".join)


@settings(deadline=None)
@given(
    st.lists(_entry, max_size=4).filter(lambda entries: not conflicts(entries)),
    st.lists(_sentence, min_size=1, max_size=3).map("\n".join),
    st.sampled_from(["keep", "bracket"]),
)
def test_correcting_twice_is_correcting_once(entries: list[Entry], text: str, how: str) -> None:
    """Whatever the glossary: applied to its own output, correction changes nothing."""
    if not text.strip():
        return
    glossary = Glossary("own", tuple(entries))

    def once(source: str) -> str:
        return correct_fully(
            Article.from_text(source, language="de"),
            lambda article: find_corrections(article, [glossary], builtin=False),
            quotations="keep" if how == "keep" else "bracket",
        ).text

    first = once(text)
    assert once(first) == first


@given(st.text("ab cd\n", max_size=60), st.text("ab cd\n", max_size=60))
def test_word_diff_holds_both_versions(original: str, corrected: str) -> None:
    """What was the same or removed is the original, the same or added the corrected text."""
    pieces = word_diff(original, corrected)
    assert "".join(one.text for one in pieces if one.kind != "added") == original
    assert "".join(one.text for one in pieces if one.kind != "removed") == corrected


def test_pages_escape_the_article() -> None:
    """Article text cannot become markup."""
    page = as_html(word_diff("<b>a</b>", "<i>b</i>"), '<script>"', 'de"')
    assert "<b>" not in page
    assert "<i>" not in page
    assert "<script>" not in page
    assert "<del>b</del><ins>i</ins>" in page


def test_unified_diff_marks_a_missing_line_end() -> None:
    """A text without a last line end gives a diff that tools can read."""
    diff = unified_diff("a\nb", "a\nc", "text")
    assert diff.splitlines()[-4:] == [
        "-b",
        "\\ No newline at end of file",
        "+c",
        "\\ No newline at end of file",
    ]


@given(st.text("ab ", max_size=20), st.text("ab ", min_size=1, max_size=4))
def test_occurrences_are_occurrences(text: str, words: str) -> None:
    """Every place given holds the words, and places do not overlap."""
    end = 0
    for start in occurrences(words, text):
        assert text[start : start + len(words)] == words
        assert start >= end
        end = start + len(words)


def test_text_without_a_brief_is_corrected_by_glossaries(tmp_path: Path) -> None:
    """The library's function takes glossary files and the starter pack."""
    file = tmp_path / "own.csv"
    file.write_text("term,preferred\nOdraland,Oderland\n", encoding="utf-8")
    article = Article.from_text(TEXT, language="de")
    text = corrected_text(article, glossaries=[file])
    assert "Oderland schwieg" in text
    assert "Die Marschflugkörper seien „nur Kreuzfahrtraketen“" in text


@pytest.fixture
def article_file(tmp_path: Path) -> Path:
    file = tmp_path / "article.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, [*arguments, "--language", "de"])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_command_gives_the_corrected_text(article_file: Path) -> None:
    """By default the command prints the article with its corrections."""
    assert run(str(article_file)) == TEXT.replace("Die Kreuzfahrtraketen", "Die Marschflugkörper")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["-f", "words", "--no-colour"], "Die [-Kreuzfahrtraketen-]{+Marschflugkörper+} seien"),
        (["-f", "words", "--colour"], "\x1b[31;9mKreuzfahrtraketen\x1b[0m\x1b[32mMarschflug"),
        (["-f", "diff"], "\n+Die Marschflugkörper seien"),
        (["-f", "html"], "<del>Kreuzfahrtraketen</del><ins>Marschflugkörper</ins>"),
        (["--quotations", "bracket"], "„nur Kreuzfahrtraketen [Marschflugkörper]“"),
    ],
)
def test_forms_of_output(article_file: Path, arguments: list[str], expected: str) -> None:
    """Word diff, unified diff and page show what was changed."""
    assert expected in run(str(article_file), *arguments)


@pytest.mark.parametrize(
    "arguments",
    [["--only", "consistency"], ["--min-confidence", "0.95"], ["--no-builtin-glossary"]],
)
def test_corrections_can_be_chosen(article_file: Path, arguments: list[str]) -> None:
    """What is not wanted is not applied."""
    assert run(str(article_file), *arguments) == TEXT


def test_model_needs_a_brief(article_file: Path) -> None:
    """Corrections by a model come from a brief; without one the command says so."""
    result = CliRunner().invoke(app, [str(article_file), "--only", "model"])
    assert isinstance(result.exception, InputError)
    assert "--brief" in str(result.exception)
