"""The article with corrections applied: as text, word by word, as a unified diff, or as a page."""

from __future__ import annotations

import difflib
import html
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from dragoman.terminology.findings import Claims

if TYPE_CHECKING:
    from dragoman.article import Article
    from dragoman.schemas.brief import Brief, Correction
    from dragoman.schemas.draft import DraftCorrection

Quotations = Literal["keep", "bracket"]
"""Words in quotation marks: left as they are, or left with the correction in brackets."""

_MOST_ROUNDS: Final = 8
_PIECE: Final = re.compile(r"\w+|\s+|[^\w\s]")


class Edit(NamedTuple):
    """A stretch of the article's text and what takes its place."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """An article before and after its correction."""

    original: str
    text: str


def apply(
    article: Article,
    corrections: Iterable[Correction | DraftCorrection],
    *,
    quotations: Quotations = "keep",
) -> str:
    """The article's text with corrections applied.

    A correction is applied wherever its words stand in the sentences it cites; noise is never
    touched, and what has no corrected form is left alone.

    Args:
        article: the article the corrections were made for.
        corrections: those of a brief, or drafts.
        quotations: what is done with words between quotation marks.
    """
    return _rewritten(article.text, edits(article, corrections, quotations=quotations))


def edits(
    article: Article,
    corrections: Iterable[Correction | DraftCorrection],
    *,
    quotations: Quotations = "keep",
) -> tuple[Edit, ...]:
    """Changes to the article's text, in its order and without overlaps; longer ones first."""
    wanted = sorted(_wanted(article, corrections), key=lambda edit: (edit.start - edit.end, edit))
    claims = Claims()
    taken = sorted(edit for edit in wanted if claims.claim(edit.start, edit.end))
    treated = (_in_quotation(article, edit, quotations) for edit in taken)
    return tuple(edit for edit in treated if edit is not None)


def correct_fully(
    article: Article,
    find: Callable[[Article], Sequence[Correction | DraftCorrection]],
    *,
    quotations: Quotations = "keep",
) -> Corrected:
    """Apply corrections until the text calls for no more, so that a second run changes nothing.

    Where that never comes, because corrections feed on what others wrote, nothing is changed.

    Args:
        article: the article.
        find: finds the corrections of an article; asked again for the corrected text.
        quotations: what is done with words between quotation marks.
    """
    from dragoman.article import Article

    texts = [article.text]
    current = article
    for _ in range(_MOST_ROUNDS):
        changes = edits(current, find(current), quotations=quotations)
        text = _rewritten(current.text, changes)
        if text in texts:
            # Corrections that undo each other come round in a circle; one of its texts is chosen
            # so that it is the same one whichever of them is corrected again.
            return Corrected(article.text, min(texts[texts.index(text) :]))
        texts.append(text)
        current = Article.from_text(text, language=article.language, uri=article.uri)
    return Corrected(article.text, article.text)  # corrections that feed on each other


def _wanted(
    article: Article, corrections: Iterable[Correction | DraftCorrection]
) -> Iterator[Edit]:
    for correction in corrections:
        if not correction.corrected or correction.corrected == correction.original:
            continue
        for identifier in _cited(correction):
            sentence = article.sentence(identifier)
            if sentence.noise is not None:
                continue
            for start in _uncorrected(correction.original, correction.corrected, sentence.text):
                begin = sentence.start + start
                yield Edit(begin, begin + len(correction.original), correction.corrected)


def _cited(correction: Correction | DraftCorrection) -> Iterator[str]:
    from dragoman.schemas.draft import DraftCorrection

    if isinstance(correction, DraftCorrection):
        yield from correction.sentences
    else:
        yield from dict.fromkeys(evidence.sentence for evidence in correction.evidence)


def occurrences(words: str, text: str) -> Iterator[int]:
    """Offsets in `text` at which `words` stand as whole words, without overlap."""
    start = text.find(words)
    while start >= 0:
        end = start + len(words)
        inside = (start and text[start - 1].isalnum() and words[:1].isalnum()) or (
            end < len(text) and text[end].isalnum() and words[-1:].isalnum()
        )
        if not inside:
            yield start
        start = text.find(words, start + 1 if inside else end)


def _uncorrected(original: str, corrected: str, text: str) -> Iterator[int]:
    """Places of the wrong words, but for those at which the right ones stand already.

    "Contact Group" is part of what it should be, "Ukraine Defense Contact Group".
    """
    right = list(occurrences(corrected, text)) if original in corrected else []
    for start in occurrences(original, text):
        end = start + len(original)
        if not any(place <= start and end <= place + len(corrected) for place in right):
            yield start


def _in_quotation(article: Article, edit: Edit, quotations: Quotations) -> Edit | None:
    """What becomes of a change, if anything, where it would touch quoted words."""
    quotation = next(
        (one for one in article.quotations if edit.start < one.end and one.start < edit.end), None
    )
    if quotation is None:
        return edit
    before = article.text[quotation.start : edit.start]
    noted = article.text.startswith(" [", edit.end) or before.rfind("[") > before.rfind("]")
    if quotations == "keep" or noted:
        return None
    return Edit(edit.end, edit.end, f" [{edit.text}]")


def _rewritten(text: str, changes: Iterable[Edit]) -> str:
    parts: list[str] = []
    end = 0
    for edit in changes:
        parts += (text[end : edit.start], edit.text)
        end = edit.end
    return "".join([*parts, text[end:]])


class Piece(NamedTuple):
    """A stretch of text that both versions have, or that one of them has."""

    kind: Literal["same", "removed", "added"]
    text: str


def word_diff(original: str, corrected: str) -> tuple[Piece, ...]:
    """Both versions interleaved, word by word."""
    pieces: list[Piece] = []
    # Line by line first: comparing all words of a long article at once takes quadratic time.
    before, after = original.splitlines(keepends=True), corrected.splitlines(keepends=True)
    lines = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for tag, first, last, new_first, new_last in lines.get_opcodes():
        old, new = "".join(before[first:last]), "".join(after[new_first:new_last])
        pieces += [Piece("same", old)] if tag == "equal" else _words_compared(old, new)
    return tuple(piece for piece in pieces if piece.text)


def _words_compared(old: str, new: str) -> Iterator[Piece]:
    before, after = _PIECE.findall(old), _PIECE.findall(new)
    words = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for tag, first, last, new_first, new_last in words.get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(before[first:last]))
        else:
            yield Piece("removed", "".join(before[first:last]))
            yield Piece("added", "".join(after[new_first:new_last]))


def unified_diff(original: str, corrected: str, name: str) -> str:
    """Both versions as a unified diff that `patch` can apply."""
    lines = difflib.unified_diff(
        original.splitlines(keepends=True),
        corrected.splitlines(keepends=True),
        name,
        f"{name} (corrected)",
    )
    missing = "\n\\ No newline at end of file\n"
    return "".join(line if line.endswith("\n") else line + missing for line in lines)


def as_html(pieces: Iterable[Piece], title: str, language: str) -> str:
    """A page on which what was removed and added is marked; the article's text is escaped."""
    tags = {"same": "{}", "removed": "<del>{}</del>", "added": "<ins>{}</ins>"}
    body = "".join(tags[piece.kind].format(html.escape(piece.text)) for piece in pieces)
    return (
        f'<!DOCTYPE html>\n<html lang="{html.escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{html.escape(title)}</title>\n<style>\n"
        "body { max-width: 44rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.6 serif; }\n"
        "main { white-space: pre-wrap; }\n"
        "del { color: #a40000; background: #ffe9e9; }\n"
        "ins { color: #00591b; background: #e2f6e6; text-decoration: none; }\n"
        f"</style>\n</head>\n<body>\n<main>{body}</main>\n</body>\n</html>\n"
    )


def corrected_text(
    article: Article,
    brief: Brief | None = None,
    *,
    glossaries: Sequence[Path] = (),
    quotations: Quotations = "keep",
) -> str:
    """The article's text with the corrections of a brief, or with those that need no model.

    Args:
        article: the article.
        brief: a brief of it; without one, glossaries and spellings are consulted.
        glossaries: files of the user's own terms, for the case without a brief.
        quotations: what is done with words between quotation marks.

    Raises:
        GlossaryError: a glossary cannot be read.
    """
    from dragoman.terminology.corrections import find_corrections
    from dragoman.terminology.glossary import load_glossary

    if brief is not None:
        return apply(article, brief.corrections, quotations=quotations)
    own = tuple(load_glossary(path) for path in glossaries)
    found = correct_fully(
        article, lambda current: find_corrections(current, own), quotations=quotations
    )
    return found.text
