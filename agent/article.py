"""Reads a news article: its text as read, sentences with ids and offsets, quotations, noise."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, Self

from dragoman.errors import InputError
from dragoman.noise import find_noise
from dragoman.sentences import paragraphs, split_sentences

if TYPE_CHECKING:
    from dragoman.schemas.evidence import Evidence

LONGEST_ARTICLE: Final = 1_000_000
"""Most characters an article may have. The longest newspaper articles have about 100,000."""

CONTEXT: Final = 32
"""Characters of text before and after that evidence carries."""

SentenceKind = Literal["title", "body", "caption"]


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

    text: str
    sentences: tuple[Sentence, ...]
    quotations: tuple[Quotation, ...]
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

        Raises:
            InputError: if there is no text, or more than `LONGEST_ARTICLE` characters of it.
        """
        _check(text, uri)
        stretches = paragraphs(text)
        lines = [text[stretch.start : stretch.end] for stretch in stretches]
        noise = find_noise(lines)
        code = language or "de"
        sentences: list[Sentence] = []
        title: str | None = None
        for number, stretch in enumerate(stretches):
            headline = title is None and noise[number] is None and number == 0 and len(lines) > 1
            if headline:
                title = lines[number]
            pieces = [stretch] if headline else split_sentences(text, stretch, code)
            for piece in pieces:
                sentence = Sentence(
                    id=f"s{len(sentences) + 1}",
                    start=piece.start,
                    end=piece.end,
                    text=text[piece.start : piece.end],
                    paragraph=number,
                    kind="title" if headline else "body",
                    noise=noise[number],
                    quotations=(),
                )
                sentences.append(sentence)
        return cls(
            text=text,
            sentences=tuple(sentences),
            quotations=(),
            language=code,
            title=title,
            translated_from=None,
            outlet=outlet,
            published=published,
            uri=uri,
            sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        )

    @classmethod
    def from_bytes(cls, data: bytes, *, uri: str | None = None) -> Self:
        """Read an article from bytes."""
        return cls.from_text(data.decode("utf-8-sig"), uri=uri)

    @classmethod
    def from_path(cls, path: str | Path) -> Self:
        """Read an article from a file."""
        try:
            data = Path(path).read_bytes()
        except OSError as error:
            raise InputError("cannot be read", where=str(path)) from error
        return cls.from_bytes(data, uri=str(path))

    @classmethod
    def read(cls, source: str | Path) -> Self:
        """Read an article from a path."""
        return cls.from_path(source)

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
        from bisect import bisect_right

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
