"""Words and clauses of a sentence, with offsets into the article; quotations are one token each.

What stands between quotation marks is somebody's own words and must not be read as the
article's, so a quotation is kept closed here, and what is in round brackets is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from dragoman.syntax.nouns import SUBJECTS

TokenKind = Literal["word", "mark", "quote"]

# Words may hold inner apostrophes, hyphens and dots ("U.S.", "G20-Treffen", "won't").
_TOKEN = re.compile(r"[@#]?\w+(?:[-‐‑'’.&]\w+)*-?|\.{2,}|[^\w\s]")
# Names that do not begin with a capital: "al-Masri", "eBay".
_INNER_CAPITAL = re.compile(r"(?:al|el|ul|ad|as|ar|ash|az|ibn|bin)[-‐‑][^\W\d_a-z]|[a-z]{1,4}[A-Z]")
_CLAUSE_MARKS = frozenset(",;:–—-/|…!?") | {"..", "...", "...."}
LONG_QUOTATION = 4
"""From so many words on a quotation is taken to be a clause of its own, not a word in one."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word, mark or closed quotation; offsets are those of the article."""

    text: str
    lower: str
    start: int
    end: int
    kind: TokenKind

    @property
    def capital(self) -> bool:
        """Whether it is a word with the capital letter of a name, or a handle ("@name")."""
        return self.kind == "word" and (
            self.text[0].isupper()
            or (self.text[0] in "@#" and len(self.text) > 1)
            or _INNER_CAPITAL.match(self.text) is not None
        )

    @property
    def acronym(self) -> bool:
        """Whether it holds at least two capitals and no lower-case word: "NATO", "G7", "U.S."."""
        head = self.text.rstrip("s").replace(".", "")
        return self.kind == "word" and len(head) >= 2 and head.isupper() and head[0].isalpha()


def words(text: str, offset: int = 0) -> tuple[Token, ...]:
    """Split plain text into words and marks."""
    found = []
    for match in _TOKEN.finditer(text):
        token = match.group()
        kind: TokenKind = "word" if any(c.isalnum() for c in token) else "mark"
        found.append(
            Token(token, token.lower(), offset + match.start(), offset + match.end(), kind)
        )
    return tuple(found)


def _merge(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def tokenize(
    text: str, offset: int, quotations: Iterable[tuple[int, int]] = ()
) -> tuple[Token, ...]:
    """Split a sentence into words, marks and closed quotations.

    Args:
        text: the sentence.
        offset: where it begins in the article.
        quotations: begin and end of quotations in the article, marks included.
    """
    end = offset + len(text)
    tokens: list[Token] = []
    position = offset
    for start, stop in _merge(quotations):
        start, stop = max(start, position), min(stop, end)
        if stop <= start:
            continue
        tokens += words(text[position - offset : start - offset], position)
        inside = text[start - offset : stop - offset]
        tokens.append(Token(inside, inside.lower(), start, stop, "quote"))
        position = stop
    tokens += words(text[position - offset :], position)
    return tuple(tokens)


def without_brackets(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Leave out what stands in round brackets; an unclosed bracket is only a mark."""
    kept: list[Token] = []
    opened: list[int] = []
    for token in tokens:
        if token.text in {"(", "["}:
            opened.append(len(kept))
        elif token.text in {")", "]"}:
            if opened:
                del kept[opened.pop() :]
            continue
        kept.append(token)
    return tuple(token for token in kept if token.text not in {"(", "["})


@dataclass(frozen=True, slots=True)
class Clause:
    """Words between two clause marks.

    Attributes:
        tokens: words and short quotations.
        before: the mark that precedes, "quote" for a long quotation, "" at the start.
    """

    tokens: tuple[Token, ...]
    before: str

    @property
    def quotation(self) -> bool:
        """Whether the clause is a quotation and nothing else."""
        return len(self.tokens) == 1 and self.tokens[0].kind == "quote"


def is_long(token: Token) -> bool:
    """Whether a quotation is a statement of its own and not just a word in quotation marks."""
    return token.kind == "quote" and (
        token.text.count(" ") >= LONG_QUOTATION
        or token.text.rstrip("“”\"'’»«‘").endswith((",", ".", "!", "?"))
    )


def clauses(tokens: Sequence[Token]) -> tuple[Clause, ...]:
    """Split a sentence at commas, colons, dashes and long quotations."""
    found: list[Clause] = []
    current: list[Token] = []
    before = ""

    def close(mark: str) -> None:
        nonlocal current, before
        if current:
            found.append(Clause(tuple(current), before))
        current, before = [], mark

    for index, token in enumerate(tokens):
        if token.kind == "quote" and is_long(token):
            close(before if not current else ",")
            found.append(Clause((token,), before))
            before = "quote"
        elif _is_within_office(tokens, index):
            continue
        elif token.kind == "mark" and token.text in _CLAUSE_MARKS:
            if current or before != "quote":
                close(token.text)
        elif token.kind != "mark":
            current.append(token)
    close("")
    return tuple(found)


def _is_within_office(tokens: Sequence[Token], index: int) -> bool:
    """Whether a comma lists what an office is for: "Minister of Economy, Trade and Industry"."""
    around = (*tokens[max(0, index - 1) : index], *tokens[index + 1 : index + 2])
    following = tokens[index + 2].lower if index + 2 < len(tokens) else ""
    return (
        tokens[index].text == ","
        and len(around) == 2
        and following in ("and", ",")
        and all(word.capital and word.lower in SUBJECTS for word in around)
    )


def phrase_at(tokens: Sequence[Token], index: int, phrases: Iterable[tuple[str, ...]]) -> int:
    """Length of the first of `phrases` that stands at `index`; 0 if none does."""
    for phrase in phrases:
        if index + len(phrase) <= len(tokens) and all(
            tokens[index + k].lower == word for k, word in enumerate(phrase)
        ):
            return len(phrase)
    return 0


def find_phrases(
    tokens: Sequence[Token], phrases: Iterable[tuple[str, ...]]
) -> Iterator[tuple[int, int]]:
    """Yield (index, length) wherever one of `phrases` stands."""
    known = tuple(phrases)
    for index in range(len(tokens)):
        length = phrase_at(tokens, index, known)
        if length:
            yield index, length
