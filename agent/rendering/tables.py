"""A brief as flat tables, one a section, in CSV or Parquet.

Every row names the article by its SHA-256, so that the tables of many briefs can be laid on top
of each other. Lists have a table of their own (`participants`, `mentions`, `evidence`), joined by
`article` and the item's id.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from dragoman.errors import InputError, OutputError, SettingsError
from dragoman.rendering import view

if TYPE_CHECKING:
    import pyarrow as pa

    from dragoman.schemas.brief import Brief

TableFormat = Literal["csv", "parquet"]
Cell = str | int | float | bool | date | None
Row = tuple[Cell, ...]
ColumnType = Literal["text", "integer", "number", "truth", "day"]

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "'")


class Table(NamedTuple):
    """A section as rows."""

    name: str
    columns: Mapping[str, ColumnType]
    rows: tuple[Row, ...]


def tables(briefs: Iterable[Brief]) -> Mapping[str, Table]:
    """All sections of the briefs as tables, by name; empty sections are tables without rows."""
    given = tuple(briefs)
    found = {}
    for name, (columns, rows_of) in _SECTIONS.items():
        rows = tuple((brief.source.sha256, *row) for brief in given for row in rows_of(brief))
        found[name] = Table(name, {"article": "text", **columns}, rows)
    return found


def render_tables(
    briefs: Iterable[Brief],
    file_format: TableFormat,
    section: str | None = None,
) -> bytes:
    """One section as a file's content, or all sections as a ZIP archive of such files.

    Raises:
        InputError: for a section that does not exist.
        SettingsError: for Parquet without pyarrow.
    """
    found = tables(briefs)
    if section is not None:
        if section not in found:
            raise InputError(
                f"there is no section {section!r}", remedy=f"Choose one of {', '.join(found)}"
            )
        return _encode(found[section], file_format)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for table in found.values():
            # A fixed time makes the same briefs the same archive.
            entry = zipfile.ZipInfo(f"{table.name}.{file_format}", (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, _encode(table, file_format))
    return archive.getvalue()


def write_tables(
    briefs: Iterable[Brief], folder: Path, file_format: TableFormat
) -> tuple[Path, ...]:
    """Write every section as a file of the folder, which is made if need be.

    Raises:
        OutputError: if the folder or a file cannot be written.
        SettingsError: for Parquet without pyarrow.
    """
    contents = {name: _encode(table, file_format) for name, table in tables(briefs).items()}
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            path = folder / f"{name}.{file_format}"
            path.write_bytes(content)
            written.append(path)
    except OSError as error:
        raise OutputError(
            f"cannot write the tables: {error.strerror or error}", where=str(folder)
        ) from error
    return tuple(written)


def _encode(table: Table, file_format: TableFormat) -> bytes:
    return _csv(table) if file_format == "csv" else _parquet(table)


def _csv(table: Table) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(table.columns)
    for row in table.rows:
        writer.writerow([_csv_cell(cell) for cell in row])
    return buffer.getvalue().encode("utf-8")


def _csv_cell(cell: Cell) -> str | None:
    """A cell as text. Where a spreadsheet would take a text for a formula, "'" is put before it.

    The article's text is not to be trusted with a spreadsheet's formulas; `plain_cell` takes the
    mark off again, and the other formats need none.
    """
    if cell is None:
        return None
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def plain_cell(text: str) -> str:
    """The text of a CSV cell without the mark that keeps spreadsheets from computing it."""
    return text.removeprefix("'")


def _parquet(table: Table) -> bytes:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ModuleNotFoundError as error:
        raise SettingsError(
            "Parquet needs the package pyarrow",
            remedy="Install it with: pip install 'dragoman[parquet]'",
        ) from error
    types: Mapping[ColumnType, pa.DataType] = {
        "text": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "truth": pa.bool_(),
        "day": pa.date32(),
    }
    fields = [pa.field(name, types[kind]) for name, kind in table.columns.items()]
    values = zip(*table.rows, strict=True) if table.rows else ((),) * len(fields)
    arrays = [
        pa.array(list(column), type=field.type)
        for field, column in zip(fields, values, strict=True)
    ]
    buffer = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=pa.schema(fields)), buffer)
    return buffer.getvalue()


# Sections: columns and rows. The column `article` comes first in each and is added above.


def _articles(brief: Brief) -> Iterator[Row]:
    source, run = brief.source, brief.run
    yield (
        source.title, source.language, source.translated_from, source.outlet, source.published,
        source.uri, source.characters, brief.headline, brief.language, brief.schema_version,
        run.model, run.endpoint, run.strategy, run.requests, run.attempts, run.input_tokens,
        run.output_tokens, run.cached_tokens, run.seconds, run.complete,
    )  # fmt: skip


def _key_points(brief: Brief) -> Iterator[Row]:
    for number, point in enumerate(brief.key_points, start=1):
        yield (number, point.text, " ".join(point.items))


def _actors(brief: Brief) -> Iterator[Row]:
    for actor in brief.actors:
        yield (actor.id, actor.name, actor.kind, actor.role)


def _mentions(brief: Brief) -> Iterator[Row]:
    for actor in brief.actors:
        for mention in actor.mentions:
            yield (actor.id, mention.exact, mention.start, mention.end)


def _meetings(brief: Brief) -> Iterator[Row]:
    for meeting in brief.meetings:
        when = meeting.date
        dates: Row = (when.text, when.start, when.end, when.basis) if when else (None,) * 4
        yield (meeting.id, meeting.status, meeting.format, meeting.place, *dates,
               meeting.confidence)  # fmt: skip


def _participants(brief: Brief) -> Iterator[Row]:
    names = _names(brief)
    for meeting in brief.meetings:
        for actor in meeting.participants:
            yield (meeting.id, actor, names.get(actor))


def _positions(brief: Brief) -> Iterator[Row]:
    names = _names(brief)
    for one in brief.positions:
        yield (
            one.id, one.holder, names.get(one.holder), one.act, one.target,
            names.get(one.target or ""), one.topic, one.statement, one.quote, one.reported_by,
            one.confidence,
        )  # fmt: skip


def _warnings(brief: Brief) -> Iterator[Row]:
    names = _names(brief)
    for one in brief.warnings:
        yield (
            one.id, one.issuer, names.get(one.issuer), one.addressee,
            names.get(one.addressee or ""), one.kind, one.statement, one.condition,
            one.consequence, one.quote, one.reported_by, one.confidence,
        )  # fmt: skip


def _corrections(brief: Brief) -> Iterator[Row]:
    for one in brief.corrections:
        yield (
            one.id, one.original, one.corrected, one.kind, one.impact, one.reason, one.origin,
            one.confidence,
        )  # fmt: skip


def _evidence(brief: Brief) -> Iterator[Row]:
    for item in view.proven_items(brief):
        for one in item.evidence:
            yield (item.id, one.sentence, one.start, one.end, one.exact, one.prefix, one.suffix)


def _rejected(brief: Brief) -> Iterator[Row]:
    for one in brief.rejected:
        yield (one.kind, view.compact_json(one.item), one.rule, one.reason, one.nearest)


def _unread(brief: Brief) -> Iterator[Row]:
    for kind, parts in (("gap", brief.gaps), ("noise", brief.noise)):
        for part in parts:
            for sentence in part.sentences or (None,):
                yield (kind, sentence, part.reason)
    for note in brief.notes:
        yield ("note", None, note)


def _names(brief: Brief) -> Mapping[str, str]:
    return {actor.id: actor.name for actor in brief.actors}


def _columns(text: str) -> Mapping[str, ColumnType]:
    """Columns from a list of names; a name's suffix tells a type other than text."""
    kinds: Mapping[str, ColumnType] = {"#": "integer", "%": "number", "?": "truth", "@": "day"}
    return {name.rstrip("#%?@"): kinds.get(name[-1], "text") for name in text.split()}


_SECTIONS: Final[
    Mapping[str, tuple[Mapping[str, ColumnType], Callable[[Brief], Iterator[Row]]]]
] = {
    "articles": (
        _columns(
            "title language translated_from outlet published@ uri characters# headline "
            "brief_language schema_version model endpoint strategy requests# attempts# "
            "input_tokens# output_tokens# cached_tokens# seconds% complete?"
        ),
        _articles,
    ),
    "key_points": (_columns("number# text items"), _key_points),
    "actors": (_columns("id name kind role"), _actors),
    "mentions": (_columns("actor exact start# end#"), _mentions),
    "meetings": (
        _columns("id status format place date_text date_start@ date_end@ date_basis confidence%"),
        _meetings,
    ),
    "participants": (_columns("meeting actor name"), _participants),
    "positions": (
        _columns(
            "id holder holder_name act target target_name topic statement quote reported_by "
            "confidence%"
        ),
        _positions,
    ),
    "warnings": (
        _columns(
            "id issuer issuer_name addressee addressee_name kind statement condition consequence "
            "quote reported_by confidence%"
        ),
        _warnings,
    ),
    "corrections": (
        _columns("id original corrected kind impact reason origin confidence%"),
        _corrections,
    ),
    "evidence": (_columns("item sentence start# end# exact prefix suffix"), _evidence),
    "rejected": (_columns("kind item rule reason nearest"), _rejected),
    "unread": (_columns("kind sentence reason"), _unread),
}

SECTIONS: Final[Sequence[str]] = tuple(_SECTIONS)
"""The names of the tables."""
