"""Reads a news article: its text as read, sentences with ids and offsets, quotations, noise."""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from dragoman.errors import InputError
from dragoman.intake import (
    STANDARD_INPUT,
    decode,
    looks_like_html,
    read_page,
    read_path,
    read_standard_input,
)
from dragoman.layout import Layout, SentenceKind, lay_out
from dragoman.noise import CREDIT, TIME
from dragoman.provenance import find_outlet, find_publication_date, find_source_language

if TYPE_CHECKING:
    from dragoman.schemas.evidence import Evidence

LONGEST_ARTICLE: Final = 1_000_000
"""Most characters an article may have. The longest newspaper articles have about 100,000."""

CONTEXT: Final = 32
"""Characters of text before and after that evidence carries."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the article, the unit of evidence."""

    id: str
    """s1, s2, … in the order of the text."""
    start: int
    """Offset of the first character in the article's text, in code points."""
    end: int
    """Offset after the last character."""
    text: str
    paragraph: int
    """Number of the paragraph it stands in, from 0."""
    kind: SentenceKind
    noise: str | None
    """Why it is not part of the article; None if it is."""
    quotations: tuple[int, ...]
    """Indices of the quotations, of `Article.quotations`, that it touches."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks; may run over sentences, paragraphs and noise lines."""

    start: int
    """Offset of the opening mark."""
    end: int
    """Offset after the closing mark."""
    sentences: tuple[str, ...]
    """Ids of the sentences it touches, without noise."""
    closed: bool
    """Whether a closing mark was found."""


@dataclass(frozen=True, slots=True)
class Article:
    """A news article as it was read. The text is never changed; offsets are code points in it."""

    text: str = field(repr=False)
    sentences: tuple[Sentence, ...] = field(repr=False)
    quotations: tuple[Quotation, ...] = field(repr=False)
    language: str
    """ISO 639-1 code, or 'und' when it cannot be told."""
    title: str | None
    translated_from: str | None
    outlet: str | None
    published: date | None
    uri: str | None
    sha256: str
    """Hash of the text in UTF-8."""

    @classmethod
    def from_text(
        cls,
        text: str,
        *,
        language: str | None = None,
        uri: str | None = None,
        published: date | None = None,
        outlet: str | None = None,
    ) -> Self:
        """Read an article from a string, one paragraph a line or wrapped at a fixed width.

        Args:
            text: the article, headline first if it has one.
            language: ISO 639-1 code; detected if not given.
            uri: where the text comes from, for messages and briefs.
            published: day of publication; by default what the article itself says of it.
            outlet: who published it; by default what the article itself says of it.

        Raises:
            InputError: if there is no text, or more than `LONGEST_ARTICLE` characters of it.
        """
        _check(text, uri)
        layout = lay_out(text, language)
        parts = [part for part in layout.parts if part.noise is None]
        first = next((part for part in parts if part.kind == "body"), None)
        stamps = [text[part.start : part.end] for part in layout.parts if part.noise == TIME]
        credited = [text[part.start : part.end] for part in layout.parts if part.noise == CREDIT]
        opening = text[first.start : first.end] if first else None
        return cls(
            text=text,
            sentences=_sentences(text, layout),
            quotations=_quotations(layout),
            language=layout.language,
            title=layout.title,
            translated_from=find_source_language(credited),
            outlet=outlet or find_outlet(layout.title, opening),
            published=published or find_publication_date(layout.title, stamps, layout.language),
            uri=uri,
            sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        )

    @classmethod
    def from_html(
        cls,
        html: str,
        *,
        language: str | None = None,
        uri: str | None = None,
        published: date | None = None,
        outlet: str | None = None,
    ) -> Self:
        """Read the article of a web page; its text is the headline and the paragraphs found.

        Raises:
            InputError: if the page holds no article, or trafilatura is not installed.
        """
        page = read_page(html, uri)
        return cls.from_text(
            page.text,
            language=language,
            uri=uri or page.uri,
            published=published or page.published,
            outlet=outlet or page.outlet,
        )

    @classmethod
    def from_bytes(
        cls,
        data: bytes,
        *,
        language: str | None = None,
        uri: str | None = None,
        published: date | None = None,
        outlet: str | None = None,
    ) -> Self:
        """Read an article from the bytes of a text or HTML file, whatever its encoding.

        Raises:
            InputError: if it is not text, or holds no article.
        """
        text = decode(data, uri)
        read = cls.from_html if looks_like_html(text) else cls.from_text
        return read(text, language=language, uri=uri, published=published, outlet=outlet)

    @classmethod
    def from_path(
        cls,
        path: str | Path,
        *,
        language: str | None = None,
        published: date | None = None,
        outlet: str | None = None,
    ) -> Self:
        """Read an article from a text or HTML file.

        Raises:
            InputError: if the file cannot be read, is not text, or holds no article.
        """
        data = read_path(Path(path))
        return cls.from_bytes(
            data, language=language, uri=str(path), published=published, outlet=outlet
        )

    @classmethod
    def read(
        cls,
        source: str | Path,
        *,
        language: str | None = None,
        published: date | None = None,
        outlet: str | None = None,
    ) -> Self:
        """Read an article from a file, or from standard input if the source is "-".

        Raises:
            InputError: if it cannot be read, is not text, or holds no article.
        """
        if str(source) == "-":
            data = read_standard_input()
            return cls.from_bytes(
                data, language=language, uri=STANDARD_INPUT, published=published, outlet=outlet
            )
        if str(source).startswith(("http://", "https://")):
            remedy = "Save the page and give the file"
            raise InputError("pages are not fetched", where=str(source), remedy=remedy)
        return cls.from_path(source, language=language, published=published, outlet=outlet)

    @property
    def body(self) -> tuple[Sentence, ...]:
        """The sentences that are part of the article, headline and captions among them."""
        return tuple(sentence for sentence in self.sentences if sentence.noise is None)

    def sentence(self, identifier: str) -> Sentence:
        """Return the sentence with this id.

        Raises:
            InputError: if there is no such sentence.
        """
        number = identifier[1:]
        if identifier.startswith("s") and number.isascii() and number.isdecimal():
            index = int(number[:9]) - 1
            if 0 <= index < len(self.sentences) and self.sentences[index].id == identifier:
                return self.sentences[index]
        raise InputError(f"the article has no sentence {identifier!r}", where=self.uri)

    def sentence_at(self, offset: int) -> Sentence | None:
        """Return the sentence that holds the character at this offset, if one does."""
        index = bisect_right(self.sentences, offset, key=lambda sentence: sentence.start) - 1
        if index >= 0 and self.sentences[index].start <= offset < self.sentences[index].end:
            return self.sentences[index]
        return None

    def evidence(
        self, identifier: str, start: int | None = None, end: int | None = None
    ) -> Evidence:
        """Return a sentence, or a part of it, as evidence.

        Args:
            identifier: the sentence's id.
            start: offset into the article's text where the part starts; default: the sentence's.
            end: offset after the part; default: the sentence's end.

        Raises:
            InputError: if there is no such sentence, or the part does not lie within it.
        """
        from dragoman.schemas.evidence import Evidence

        sentence = self.sentence(identifier)
        first = sentence.start if start is None else start
        last = sentence.end if end is None else end
        if not sentence.start <= first < last <= sentence.end:
            raise InputError(f"{first}:{last} does not lie within {identifier}", where=self.uri)
        return Evidence(
            sentence=identifier,
            start=first,
            end=last,
            exact=self.text[first:last],
            prefix=self.text[max(0, first - CONTEXT) : first],
            suffix=self.text[last : last + CONTEXT],
        )


def _check(text: str, uri: str | None) -> None:
    if not text.strip():
        raise InputError("there is no text", where=uri, remedy="Give a file with an article in it")
    if len(text) > LONGEST_ARTICLE:
        raise InputError(
            f"{len(text):,} characters are too many, the limit is {LONGEST_ARTICLE:,}",
            where=uri,
            remedy="Give one article a file",
        )


def _sentences(text: str, layout: Layout) -> tuple[Sentence, ...]:
    starts = [quotation.start for quotation in layout.quotations]
    ends = [quotation.end for quotation in layout.quotations]
    return tuple(
        Sentence(
            id=f"s{number}",
            start=part.start,
            end=part.end,
            text=text[part.start : part.end],
            paragraph=part.paragraph,
            kind=part.kind,
            noise=part.noise,
            quotations=()
            if part.noise
            else tuple(range(bisect_right(ends, part.start), bisect_left(starts, part.end))),
        )
        for number, part in enumerate(layout.parts, 1)
    )


def _quotations(layout: Layout) -> tuple[Quotation, ...]:
    parts = [(f"s{number}", part) for number, part in enumerate(layout.parts, 1) if not part.noise]
    starts = [part.start for _, part in parts]
    ends = [part.end for _, part in parts]
    return tuple(
        Quotation(
            start=quoted.start,
            end=quoted.end,
            sentences=tuple(
                identifier
                for identifier, _ in parts[
                    bisect_right(ends, quoted.start) : bisect_left(starts, quoted.end)
                ]
            ),
            closed=quoted.closed,
        )
        for quoted in layout.quotations
    )
