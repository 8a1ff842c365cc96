"""Glossaries: which terms are deprecated, what is preferred in their place, and why.

A glossary is a CSV file (columns `term,preferred,language,kind,note,authority` and, if wanted,
`only_with,not_with`) or a TBX file (see `dragoman.terminology.tbx`). A row whose term and
preferred form are the same approves a term: it is never corrected, and it protects the longer
wording from entries for its parts.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple, cast, get_args

from dragoman.errors import GlossaryError
from dragoman.schemas.vocabulary import CorrectionKind, Impact

COLUMNS: Final = ("term", "preferred", "language", "kind", "note", "authority")
CONTEXT_COLUMNS: Final = ("only_with", "not_with")
KINDS: Final[tuple[str, ...]] = get_args(CorrectionKind)
DEFAULT_KIND: Final[CorrectionKind] = "preferred_term"
LARGEST_FILE: Final = 64 * 1024 * 1024
"""Bytes of a glossary file that are read at most."""

_UNPRINTABLE: Final = re.compile(r"[\x00-\x1f\x7f\ufffe\uffff]")
_IMPACTS: Final[dict[CorrectionKind, Impact]] = {
    "name": "minor",
    "terminology": "major",
    "mistranslation": "major",
    "preferred_term": "minor",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One term and the form that is preferred in its place."""

    term: str
    """The deprecated term in its base form, or the approved one."""
    preferred: str
    """What it should be; the same as `term` for an approved term."""
    language: str = ""
    """Language of the articles it applies to, ISO 639-1; empty: every language."""
    kind: CorrectionKind = DEFAULT_KIND
    """What a correction made by this entry is."""
    note: str = ""
    """The reason."""
    authority: str = ""
    """Who says so."""
    only_with: tuple[str, ...] = ()
    """Beginnings of words, one of which must occur in the article for the entry to apply."""
    not_with: tuple[str, ...] = ()
    """Beginnings of words, none of which may occur in the article for the entry to apply."""
    line: int = field(default=0, compare=False)
    """Line of the file it was read from, from 1; 0 if there is none."""

    @property
    def approved(self) -> bool:
        """Whether the entry approves its term rather than replaces it."""
        return self.term == self.preferred

    @property
    def impact(self) -> Impact:
        """How much the error misleads, by kind."""
        return _IMPACTS[self.kind]


@dataclass(frozen=True, slots=True)
class Glossary:
    """Entries in the order of their file."""

    name: str
    entries: tuple[Entry, ...]


class Problem(NamedTuple):
    """What is wrong in a glossary, and in which line (0: the file as a whole)."""

    line: int
    message: str


def load_glossary(path: Path) -> Glossary:
    """Read and validate a CSV or TBX glossary.

    Raises:
        GlossaryError: the file cannot be read, or has a problem (the first is named with its
            line, and how many more there are).
    """
    entries, problems = read_glossary(path)
    if problems:
        line, message = problems[0]
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        raise GlossaryError(
            f"{message}{more}",
            where=f"{path}:{line}" if line else str(path),
            remedy="Run 'dragoman glossary check' on the file to see all problems",
        )
    return Glossary(path.name, entries)


def read_glossary(path: Path) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    """Read a CSV or TBX glossary; its problems are returned, not raised, by line.

    Raises:
        GlossaryError: the file cannot be read at all.
    """
    from dragoman.terminology.tbx import looks_like_tbx, read_tbx

    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise GlossaryError(
            f"the glossary cannot be read ({error.strerror})", where=str(path)
        ) from error
    if len(data) > LARGEST_FILE:
        raise GlossaryError("the glossary is larger than 64 MiB", where=str(path))
    entries, problems = read_tbx(data) if looks_like_tbx(data) else read_csv(data)
    found = sorted({*problems, *conflicts(entries)})
    return entries, tuple(found)


def read_csv(data: bytes) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    """Read a glossary in CSV (UTF-8, comma, header line); rows with a problem are left out."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return (), (Problem(line, "the file is not UTF-8"),)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    entries: list[Entry] = []
    problems: list[Problem] = []
    header: list[str] | None = None
    line = 1
    try:
        for row in reader:
            if header is None:
                header = [name.strip().lower() for name in row]
                problems += [Problem(line, message) for message in _header_problems(header)]
                if problems:
                    return (), tuple(problems)
            elif any(cell.strip() for cell in row):
                entry = _entry_of_row(header, row, line)
                (entries if isinstance(entry, Entry) else problems).append(entry)  # type: ignore[arg-type]  # the list fits the type
            line = reader.line_num + 1
    except csv.Error as error:
        problems.append(Problem(reader.line_num, f"not CSV: {error}"))
    if header is None:
        problems.append(Problem(1, "the file is empty"))
    return tuple(entries), tuple(problems)


def _header_problems(header: Sequence[str]) -> list[str]:
    known = {*COLUMNS, *CONTEXT_COLUMNS}
    problems = [f"the column {name!r} is missing" for name in COLUMNS[:2] if name not in header]
    problems += [f"unknown column {name!r}" for name in header if name not in known]
    if len(set(header)) < len(header):
        problems.append("a column is named twice")
    return problems


def _entry_of_row(header: Sequence[str], row: Sequence[str], line: int) -> Entry | Problem:
    if len(row) != len(header):
        return Problem(line, f"{len(row)} cells where the header has {len(header)}")
    return make_entry(dict(zip(header, row, strict=True)), line)


def make_entry(cells: dict[str, str], line: int) -> Entry | Problem:
    """Build an entry from the cells of a row; white space around a cell does not count."""
    values = {name: " ".join(cell.split()) for name, cell in cells.items()}
    if any(_UNPRINTABLE.search(cell) for cell in values.values()):
        return Problem(line, "a control character in the row")
    kind = values.get("kind") or DEFAULT_KIND
    language = values.get("language", "").replace("_", "-").lower()
    if not values.get("term"):
        return Problem(line, "the term is missing")
    if not values.get("preferred"):
        return Problem(line, f"the preferred form of {values['term']!r} is missing")
    if kind not in KINDS:
        return Problem(line, f"unknown kind {kind!r}; known are {', '.join(KINDS)}")
    return Entry(
        term=values["term"],
        preferred=values["preferred"],
        language="" if language == "und" else language,
        kind=cast("CorrectionKind", kind),
        note=values.get("note", ""),
        authority=values.get("authority", ""),
        only_with=_words(values.get("only_with", "")),
        not_with=_words(values.get("not_with", "")),
        line=line,
    )


def _words(cell: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in cell.split(";") if word.strip())


def write_csv(entries: Iterable[Entry]) -> str:
    """Entries as CSV, with a header line; the context columns only where they are used."""
    rows = tuple(entries)
    columns = [*COLUMNS]
    if any(entry.only_with or entry.not_with for entry in rows):
        columns += CONTEXT_COLUMNS
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(columns)
    for entry in rows:
        cells: list[str] = [
            entry.term,
            entry.preferred,
            entry.language,
            entry.kind,
            entry.note,
            entry.authority,
            "; ".join(entry.only_with),
            "; ".join(entry.not_with),
        ]
        writer.writerow(cells[: len(columns)])
    return target.getvalue()


def conflicts(entries: Sequence[Entry]) -> tuple[Problem, ...]:
    """Entries that contradict one another: doubled, ambiguous, chained or cyclic ones."""
    seen: dict[tuple[str, str, tuple[str, ...]], Entry] = {}
    replaced: dict[str, list[Entry]] = {}
    problems: list[Problem] = []
    for entry in entries:
        key = (entry.language, entry.term, entry.only_with)
        first = seen.setdefault(key, entry)
        if first is not entry:
            clash = "is entered twice" if first.preferred == entry.preferred else "is ambiguous"
            problems.append(
                Problem(entry.line, f"{entry.term!r} {clash} (first in line {first.line})")
            )
        elif not entry.approved:
            replaced.setdefault(entry.term, []).append(entry)
    for entry in entries:
        problems += [
            Problem(entry.line, _chain(entry, other))
            for other in replaced.get(entry.preferred, ())
            if _same_language(entry, other) and other is not entry
        ]
    return tuple(problems)


def _chain(entry: Entry, other: Entry) -> str:
    if entry.approved:
        return f"{entry.term!r} is approved here and replaced in line {other.line}"
    if other.preferred == entry.term:
        return f"{entry.term!r} and {entry.preferred!r} replace each other (line {other.line})"
    return f"{entry.preferred!r} is preferred here and itself replaced in line {other.line}"


def _same_language(one: Entry, other: Entry) -> bool:
    return not one.language or not other.language or one.language == other.language


def merge_glossaries(
    glossaries: Sequence[Glossary], builtin: Sequence[Entry] = ()
) -> tuple[Entry, ...]:
    """All entries of several glossaries; the user's own take precedence over built-in ones.

    Raises:
        GlossaryError: two of the user's glossaries contradict each other.
    """
    own: dict[tuple[str, str, tuple[str, ...]], Entry] = {}
    for glossary in glossaries:
        for entry in glossary.entries:
            own.setdefault((entry.language, entry.term, entry.only_with), entry)
    _refuse_contradictions(glossaries)
    decided = {entry.term for entry in own.values()} | {entry.preferred for entry in own.values()}
    return (*own.values(), *(entry for entry in builtin if entry.term not in decided))


def _refuse_contradictions(glossaries: Sequence[Glossary]) -> None:
    if len(glossaries) < 2:
        return
    places = {
        id(entry): f"{glossary.name}:{entry.line}"
        for glossary in glossaries
        for entry in glossary.entries
    }
    replaced: dict[str, Entry] = {}
    entries = [entry for glossary in glossaries for entry in glossary.entries]
    for entry in entries:
        other = replaced.setdefault(entry.term, entry)
        if (
            other.preferred != entry.preferred
            and other.only_with == entry.only_with
            and _same_language(entry, other)
        ):
            raise GlossaryError(
                f"{entry.term!r} should become {entry.preferred!r} here and "
                f"{other.preferred!r} in {places[id(other)]}",
                where=places[id(entry)],
                remedy="Leave one of the two entries out",
            )
    for entry in entries:
        other = replaced.get(entry.preferred, entry)
        if not other.approved and other is not entry and _same_language(entry, other):
            raise GlossaryError(
                f"{entry.preferred!r} is preferred here and replaced in {places[id(other)]}",
                where=places[id(entry)],
                remedy="Leave one of the two entries out",
            )
