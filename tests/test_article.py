"""An article as it is read: text untouched, offsets exact, headline, language, source, errors."""

from __future__ import annotations

import io
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.article import CONTEXT, LONGEST_ARTICLE, Article
from dragoman.errors import InputError
from dragoman.intake import LARGEST_FILE

GERMAN = """Minister reist nach Wien

14. März 2023, 17:05 Uhr

WIEN (Reuters) - Der Minister reiste am Dienstag nach Wien. Er traf dort die Kanzlerin.

Der Minister (links) und die Kanzlerin im Palais.

„Wir haben lange gesprochen.

Siehe auch  Koch gewinnt Preis

„Wir bleiben im Gespräch“, sagte er.

Anna Muster trug zur Berichterstattung bei.
"""


def test_text_is_kept_as_read() -> None:
    """Not a character of the text is changed, white space and line ends among them."""
    text = "  Titel\r\n\r\nEin Satz.\u00a0 Noch einer.\t\r\n"
    article = Article.from_text(text)
    assert article.text == text
    assert [sentence.text for sentence in article.sentences] == [
        "Titel",
        "Ein Satz.",
        "Noch einer.",
    ]


def test_parts_of_an_article() -> None:
    """Headline, body, caption and noise are told apart, and ids count them in order."""
    article = Article.from_text(GERMAN)
    assert [(s.id, s.kind, bool(s.noise), s.paragraph) for s in article.sentences] == [
        ("s1", "title", False, 0),
        ("s2", "body", True, 1),
        ("s3", "body", False, 2),
        ("s4", "body", False, 2),
        ("s5", "caption", False, 3),
        ("s6", "body", False, 4),
        ("s7", "body", True, 5),
        ("s8", "body", False, 6),
        ("s9", "body", True, 7),
    ]
    assert article.title == "Minister reist nach Wien"
    assert [sentence.id for sentence in article.body] == ["s1", "s3", "s4", "s5", "s6", "s8"]


def test_article_tells_where_it_comes_from() -> None:
    """Language, outlet of the dateline and day of the time stamp are taken from the article."""
    article = Article.from_text(GERMAN)
    assert article.language == "de"
    assert article.outlet == "Reuters"
    assert article.published == date(2023, 3, 14)
    assert article.translated_from is None


def test_what_the_caller_knows_comes_first() -> None:
    """Language, outlet and day given by the caller are not overruled by the text."""
    article = Article.from_text(
        GERMAN, language="en", outlet="Example", published=date(2023, 3, 15), uri="x.txt"
    )
    assert (article.language, article.outlet) == ("en", "Example")
    assert (article.published, article.uri) == (date(2023, 3, 15), "x.txt")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The minister travelled to Vienna on Tuesday and met the chancellor.", "en"),
        ("Le ministre s'est rendu à Vienne mardi et a rencontré la chancelière.", "fr"),
        ("Міністр прибув до Відня у вівторок і зустрівся з канцлером.", "uk"),
        ("2023 ... 42", "und"),
        ("ok", "und"),
    ],
)
def test_language_is_detected(text: str, language: str) -> None:
    """The language is told from the text, unless there is too little of it."""
    assert Article.from_text(text).language == language


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Minister reist ab\nDer Minister ist am Dienstag abgereist.", "Minister reist ab"),
        ("Reist er ab?\n\nDer Minister ist am Dienstag abgereist.", "Reist er ab?"),
        ("Minister left.\n\nThe minister left on Tuesday, his office said.", "Minister left."),
        ("Politik\n\nEr reist ab\n\nDer Minister ist am Dienstag abgereist.", "Er reist ab"),
        ("Der Minister ist abgereist.", None),
        ("The minister left on Tuesday, his office said, and " * 3 + "more.\n\nHe left.", None),
    ],
)
def test_headline(text: str, title: str | None) -> None:
    """The first paragraph is the headline if it is short and mostly has no full stop."""
    assert Article.from_text(text).title == title


@pytest.mark.parametrize(
    ("title", "outlet", "published"),
    [
        ("Minister travels to Vienna - DW - 14.02.2023", "DW", date(2023, 2, 14)),
        ("Minister travels to Vienna | The Example Times", "The Example Times", None),
        ("Minister travels to Vienna - and back", None, None),
    ],
)
def test_headline_names_outlet_and_day(
    title: str, outlet: str | None, published: date | None
) -> None:
    """The tail of a headline may name who published it, and when."""
    article = Article.from_text(f"{title}\n\nThe minister travelled to Vienna on Tuesday.")
    assert (article.outlet, article.published) == (outlet, published)


@pytest.mark.parametrize(
    ("credit", "language"),
    [
        ("Aus dem Englischen von Anna Muster", "en"),
        ("Translated from the Ukrainian by Jane Roe", "uk"),
        ("This article was translated from German.", "de"),
    ],
)
def test_source_language_is_taken_from_a_credit(credit: str, language: str) -> None:
    """A translator's credit names the language the article was translated from."""
    article = Article.from_text(f"Reise nach Wien\n\nDer Minister reiste nach Wien.\n\n{credit}")
    assert article.translated_from == language


def test_sentence_is_found_by_id_and_offset() -> None:
    """Sentences are found by id and by any offset within them; between them there is none."""
    article = Article.from_text("Eins ist da. Zwei kommt nach.")
    first, second = article.sentences
    assert article.sentence("s2") is second
    assert article.sentence_at(0) is first
    assert article.sentence_at(second.start) is second
    assert article.sentence_at(first.end) is None
    assert article.sentence_at(len(article.text)) is None
    assert article.sentence_at(-1) is None


@pytest.mark.parametrize(
    "identifier", ["s0", "s3", "s01", "x1", "s", "", "s1 ", "s²", "s" + "9" * 99]
)
def test_unknown_sentence_is_an_error(identifier: str) -> None:
    """An id that is none of the article's is refused."""
    with pytest.raises(InputError):
        Article.from_text("Eins ist da. Zwei kommt nach.").sentence(identifier)


def test_evidence_quotes_the_text() -> None:
    """Evidence holds a sentence or a part of it, with the text around it."""
    article = Article.from_text("Er kam spät an. Sie ging früh weg. Das war alles, was geschah.")
    evidence = article.evidence("s2")
    assert evidence.exact == "Sie ging früh weg."
    assert evidence.prefix == "Er kam spät an. "
    assert evidence.suffix == article.text[evidence.end : evidence.end + CONTEXT]
    part = article.evidence("s2", evidence.start + 4, evidence.start + 8)
    assert (part.exact, part.sentence) == ("ging", "s2")


@pytest.mark.parametrize(("start", "end"), [(0, 5), (20, 20), (20, 99), (25, 20)])
def test_evidence_lies_within_its_sentence(start: int, end: int) -> None:
    """A part that leaves its sentence, or is empty, is refused."""
    article = Article.from_text("Er kam spät an. Sie ging früh weg.")
    with pytest.raises(InputError):
        article.evidence("s2", start, end)


@settings(deadline=None)
@given(st.text(max_size=300).filter(str.strip) | st.text(
    st.sampled_from("Aab1 .!?„“”»«\"'’(\n\r…:;é©|中。"), min_size=1, max_size=300
).filter(str.strip))  # fmt: skip
def test_offsets_slice_back_for_any_input(text: str) -> None:
    """Whatever is read, all of it but white space is in sentences that slice back from the text."""
    article = Article.from_text(text, language="de")
    assert article.text == text
    position = 0
    for number, sentence in enumerate(article.sentences, 1):
        assert sentence.id == f"s{number}"
        assert not text[position : sentence.start].strip()
        assert text[sentence.start : sentence.end] == sentence.text == sentence.text.strip()
        assert article.sentence_at(sentence.start) is sentence
        position = sentence.end
    assert not text[position:].strip()
    for index, quotation in enumerate(article.quotations):
        for identifier in quotation.sentences:
            assert index in article.sentence(identifier).quotations


# Files, standard input and web pages.

TEXT = "Größe zählt\n\nDer Minister sagte: „Das ist schön.“ Er reiste dann weiter nach Köln."


@pytest.mark.parametrize(
    ("encoding", "prefix"),
    [
        ("utf-8", b""),
        ("utf-8-sig", b""),
        ("utf-16", b""),
        ("utf-32", b""),
        ("cp1252", b""),
    ],
)
def test_encodings(encoding: str, prefix: bytes) -> None:
    """Unicode with and without a byte-order mark, and Windows-1252, are read alike."""
    assert Article.from_bytes(prefix + TEXT.encode(encoding)).text == TEXT


def test_latin_1() -> None:
    """Latin-1, with or without typographic marks, is read as what it says."""
    assert Article.from_bytes("Die Größe zählt für alle.".encode("latin-1")).text.startswith(
        "Die Größe"
    )


def test_declared_encoding_of_a_page() -> None:
    """An HTML page in an encoding it declares is read in that encoding."""
    page = (
        PAGE.replace("utf-8", "iso-8859-2")
        .replace("Größe", "Želva")
        .encode("iso-8859-2", "xmlcharrefreplace")
    )
    assert "Želva" in Article.from_bytes(page).text


def test_utf_8_with_a_broken_byte_stays_utf_8() -> None:
    """One broken byte does not turn every umlaut of the text into two letters."""
    broken = ("äöü " * 20).encode() + b"\xc3 Ende."
    assert Article.from_bytes(broken).text.count("ä") == 20


PAGE = """<!DOCTYPE html><html lang="de"><head><meta charset="utf-8">
<title>Größe der Delegation</title>
<meta property="og:site_name" content="Beispielblatt">
<meta property="article:published_time" content="2023-03-14T10:00:00Z"></head>
<body><nav><a href="/">Start</a> <a href="/politik">Politik</a></nav>
<article><h1>Größe der Delegation</h1>
<p>Die Größe der Delegation überraschte am Dienstag viele Beobachter in Wien. Der Minister kam mit
vierzig Begleitern an und blieb zwei Tage lang in der Stadt.</p>
<p>„Wir haben viel zu besprechen“, sagte der Minister nach seiner Ankunft. Die Kanzlerin empfing
ihn am Abend im Palais und sprach mit ihm über den Handel der beiden Länder.</p>
<p>Am Mittwoch reist die Delegation weiter nach Prag, wo der Minister eine Rede halten will.</p>
</article><footer>Impressum</footer></body></html>"""


def test_web_page() -> None:
    """Of a page the article is kept, and what its metadata say of outlet and day."""
    article = Article.from_bytes(PAGE.encode())
    assert article.title == "Größe der Delegation"
    assert "Impressum" not in article.text
    assert "„Wir haben viel zu besprechen“, sagte der Minister" in article.text
    assert (article.language, article.outlet) == ("de", "Beispielblatt")
    assert article.published == date(2023, 3, 14)


def test_page_without_an_article() -> None:
    """A page that holds no article is an error that says what to do."""
    with pytest.raises(InputError, match="no article") as caught:
        Article.from_html("<html><body><nav><a href='/'>Start</a></nav></body></html>", uri="p")
    assert caught.value.where == "p"
    assert caught.value.remedy


def test_html_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without trafilatura the error names the command that installs it."""
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(InputError, match=r"pip install 'dragoman\[html\]'"):
        Article.from_html(PAGE)


def test_file(tmp_path: Path) -> None:
    """A file is read by path or by name, and is the article's uri."""
    file = tmp_path / "article.txt"
    file.write_text(TEXT, encoding="utf-8")
    assert Article.read(file) == Article.read(str(file)) == Article.from_path(file)
    assert Article.read(file).uri == str(file)


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """The source "-" is standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    assert Article.read("-").text == TEXT


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "no text"),
        (b" \r\n\t ", "no text"),
        (b"\x00\x01\x02" * 500, "binary"),
        (b"%PDF-1.7 \x00", "PDF"),
        (b"PK\x03\x04\x00", "ZIP"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"\x81\x8d\x8f\xe4" * 100, "encoding"),
        (b"word " * (LONGEST_ARTICLE // 5 + 1), "too many"),
        (b"x" * (LARGEST_FILE + 1), "too many"),
    ],
)
def test_file_that_is_no_article(tmp_path: Path, content: bytes, what: str) -> None:
    """Empty, binary and overlong files are refused in one line that names file and remedy."""
    file = tmp_path / "article.txt"
    file.write_bytes(content)
    with pytest.raises(InputError, match=what) as caught:
        Article.read(file)
    assert caught.value.where == str(file)
    assert caught.value.remedy
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["missing.txt", "", "x" * 5000, "a\0b", "https://example.org/a"])
def test_source_that_cannot_be_read(tmp_path: Path, name: str) -> None:
    """A missing file, a directory, an impossible name and an address are refused."""
    with pytest.raises(InputError) as caught:
        Article.read(name if "/" in name else tmp_path / name)
    assert caught.value.remedy


def test_import_is_light() -> None:
    """Importing the module loads no HTML, language or validation library."""
    heavy = ["pydantic", "trafilatura", "py3langid", "babel", "choppa", "numpy", "openai"]
    program = f"import sys, dragoman.article; print([m for m in {heavy} if m in sys.modules])"
    result = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"
