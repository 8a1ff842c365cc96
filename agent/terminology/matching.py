"""Finding many terms in a text at once, in time linear in the text (Aho and Corasick 1975).

Matching overlooks case, hyphenation, soft hyphens, the width of white space and Unicode form;
all offsets are those of the text as it came.
"""

from __future__ import annotations

import bisect
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import ahocorasick_rs

from dragoman.schemas.vocabulary import CorrectionKind
from dragoman.terminology.findings import Claims
from dragoman.terminology.glossary import Entry
from dragoman.terminology.inflection import forms

_DROPPED: Final = re.compile(
    r"(?P<soft>[\u00ad\u200b-\u200d\u2060\ufeff]+)"
    r"|(?P<hyphen>(?<=[^\W\d_])[-\u2010\u2011](?=[^\W\d_]))"
    r"|(?P<space>\s+)"
)
_CLUSTER: Final = re.compile(r"(?s).[\u0300-\u036f]*")
_SAME_LETTER: Final = str.maketrans({"’": "'", "ʼ": "'", "`": "'", "´": "'"})


class FoldedText:
    """A text made comparable, with the way back to the offsets of the text as it came."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        composed, self._clusters = _composed(raw)
        parts: list[str] = []
        # Positions in the folded text from which on the shift to the composed text is another.
        self._positions: list[int] = [0]
        self._shifts: list[int] = [0]
        seams: set[int] = set()
        end = length = 0
        for found in _DROPPED.finditer(composed):
            kept = composed[end : found.start()] + (" " if found["space"] else "")
            parts.append(kept)
            length += len(kept)
            if found["hyphen"]:
                seams.add(length)
            end = found.end()
            if end != length + self._shifts[-1]:
                self._positions.append(length)
                self._shifts.append(end - length)
        parts.append(composed[end:])
        self.text = _lowered("".join(parts))
        self._seams = frozenset(seams)

    def start(self, position: int) -> int:
        """Offset in the text as it came of the folded character at `position`."""
        shift = self._shifts[bisect.bisect_right(self._positions, position) - 1]
        return self._clusters[position + shift][0] if self._clusters else position + shift

    def end(self, position: int) -> int:
        """Offset in the text as it came after the folded character before `position`."""
        if position == 0:
            return 0
        shift = self._shifts[bisect.bisect_right(self._positions, position - 1) - 1]
        last = position - 1 + shift
        return self._clusters[last][1] if self._clusters else last + 1

    def is_whole(self, start: int, end: int) -> bool:
        """Whether no letter or digit continues a stretch of the folded text on either side.

        Where a hyphen was, a word may begin and end: "US-Marschflugkörper" holds a whole word.
        """
        text, seams = self.text, self._seams
        if start and text[start - 1].isalnum() and start not in seams:
            return False
        return end == len(text) or not text[end].isalnum() or end in seams

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of the text, each once, sorted."""
        return tuple(sorted(set(re.findall(r"\w+", self.text))))

    def has_word_beginning(self, beginning: str) -> bool:
        """Whether a word of the text begins so; for several words, whether they occur."""
        folded = fold(beginning)
        if " " in folded:
            return folded in self.text
        place = bisect.bisect_left(self.words, folded)
        return place < len(self.words) and self.words[place].startswith(folded)


def _composed(raw: str) -> tuple[str, list[tuple[int, int]]]:
    """The text in Unicode form NFC, and for each of its characters the stretch of `raw`."""
    if unicodedata.is_normalized("NFC", raw):
        return raw, []
    parts: list[str] = []
    stretches: list[tuple[int, int]] = []
    for cluster in _CLUSTER.finditer(raw):
        part = unicodedata.normalize("NFC", cluster[0])
        parts.append(part)
        # A cluster may stay several characters long; each of them stands for all of it.
        stretches += [cluster.span()] * len(part)
    return "".join(parts), stretches


def _lowered(text: str) -> str:
    lowered = text.lower()
    if len(lowered) != len(text):  # a few letters grow when lowered, such as the dotted I
        lowered = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    return lowered.translate(_SAME_LETTER)


def fold(text: str) -> str:
    """A term made comparable, in the same way as `FoldedText` does it."""
    if text.isascii() and text.replace(" ", "").isalnum() and "  " not in text:
        return text.lower().strip()  # nothing to be dropped or composed
    return FoldedText(text).text.strip()


@dataclass(frozen=True, slots=True)
class Match:
    """A term found in a text."""

    start: int
    end: int
    text: str
    replacement: str
    entry: Entry


class Matcher:
    """Finds the terms of many entries in texts of one language."""

    def __init__(self, entries: Iterable[Entry], language: str) -> None:
        base = language.split("-")[0]
        # By folded form: the form, what replaces it (nothing: the form is right), and whose it is.
        self._patterns: dict[str, list[tuple[str, str | None, Entry]]] = {}
        for entry in entries:
            if entry.language and entry.language.split("-")[0] != base:
                continue
            for form in forms(entry.term, entry.preferred, base):
                self._add(form.text, None if entry.approved else form.replacement, entry)
            # The preferred wording is found as well: it protects itself from its own parts.
            if not entry.approved:
                self._add(entry.preferred, None, entry)
        for readings in self._patterns.values():
            # A term as it was entered counts before the inflected form of another.
            readings.sort(
                key=lambda reading: reading[0] not in {reading[2].term, reading[2].preferred}
            )
        self._folded = list(self._patterns)
        self._automaton = ahocorasick_rs.AhoCorasick(self._folded) if self._folded else None

    def _add(self, text: str, replacement: str | None, entry: Entry) -> None:
        folded = fold(text)
        self._patterns.setdefault(folded, []).append((text, replacement, entry))
        if "ß" in folded:
            swiss = folded.replace("ß", "ss")
            self._patterns.setdefault(swiss, []).append((text, replacement, entry))

    def find(self, text: str | FoldedText) -> tuple[Match, ...]:
        """Terms to be replaced, in order of the text."""
        return tuple(match for match in self.find_all(text) if match.replacement != match.text)

    def find_all(self, text: str | FoldedText) -> tuple[Match, ...]:
        """Terms to be replaced and approved ones, which are their own replacement, in text order.

        Where two overlap, the longer one is taken, then the earlier.
        """
        folded = text if isinstance(text, FoldedText) else FoldedText(text)
        claims = Claims()
        found = sorted(self._candidates(folded), key=_longest_first)
        taken = [match for match in found if claims.claim(match.start, match.end)]
        return tuple(sorted(taken, key=_by_start))

    def _candidates(self, folded: FoldedText) -> Iterator[Match]:
        if self._automaton is None:
            return
        hits = self._automaton.find_matches_as_indexes(folded.text, overlapping=True)
        for index, begin, finish in hits:
            if not folded.is_whole(begin, finish):
                continue
            start, end = folded.start(begin), folded.end(finish)
            written = folded.raw[start:end]
            for form, replacement, entry in self._patterns[self._folded[index]]:
                if not (_case_fits(form, written, entry.kind) and _context_fits(entry, folded)):
                    continue
                right = written if replacement is None else _cased(replacement, form, written)
                yield Match(start, end, written, right, entry)
                break


def _is_inflected(form: str, entry: Entry) -> bool:
    return form not in {entry.term, entry.preferred}


def _by_start(match: Match) -> int:
    return match.start


def _longest_first(match: Match) -> tuple[int, int]:
    return match.start - match.end, match.start


def _case_fits(form: str, written: str, kind: CorrectionKind) -> bool:
    """Whether a form may have been written so: its case is overlooked where nothing hangs on it.

    "WHO" must not be found in "who", nor the newspaper "New Times" in "new times". In a single
    word that is no name a small letter is taken for a slip.
    """
    if form.isupper():
        return written.isupper()
    if " " not in form and kind != "name":
        return True
    small = (
        word[:1].islower() and wanted[:1].isupper()
        for word, wanted in zip(written.split(), form.split(), strict=False)
    )
    return not any(small)


def _context_fits(entry: Entry, folded: FoldedText) -> bool:
    if entry.only_with and not any(map(folded.has_word_beginning, entry.only_with)):
        return False
    return not any(map(folded.has_word_beginning, entry.not_with))


def _cased(replacement: str, form: str, written: str) -> str:
    """The replacement in the case of the words it replaces."""
    if written.isupper() and not form.isupper() and len(written) > 3:
        return replacement.upper()
    if form[:1].islower() and written[:1].isupper():
        return replacement[:1].upper() + replacement[1:]
    return replacement
