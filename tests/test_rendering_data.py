"""The forms that other programs load: tables, linked data, event records."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import Any, NoReturn, get_args

import jsonschema
import polars
import pytest
from pyld import jsonld
from rendering_sample import hostile_brief, sample_brief

from dragoman.errors import InputError, OutputError
from dragoman.rendering import FORMATS, render
from dragoman.rendering.linked_data import CONTEXT
from dragoman.rendering.plover import code_table, country_code
from dragoman.rendering.tables import SECTIONS, Table, plain_cell, tables, write_tables
from dragoman.rendering.view import proven_items
from dragoman.schemas import vocabulary
from dragoman.schemas.brief import Brief, Correction
from dragoman.schemas.evidence import Evidence

BRIEFS = {"sample": sample_brief(), "hostile": hostile_brief()}
OA = "http://www.w3.org/ns/oa#"

WEB_ANNOTATION = {
    # What the Web Annotation Data Model (W3C Recommendation, 23 February 2017) demands of the
    # parts used here: sections 3.1 (annotation), 3.2.4 (embedded body), 4 (specific resource),
    # 4.2.4 (text quote selector) and 4.2.5 (text position selector).
    "type": "object",
    "required": ["id", "type", "target"],
    "properties": {
        "id": {"type": "string", "format": "uri"},
        "type": {"const": "Annotation"},
        "motivation": {"enum": ["linking", "editing"]},
        "body": {
            "anyOf": [{"type": "string"}, {"type": "array", "items": {"$ref": "#/$defs/text"}}]
        },
        "target": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/resource"}},
    },
    "$defs": {
        "text": {
            "type": "object",
            "required": ["type", "value"],
            "properties": {
                "type": {"const": "TextualBody"},
                "value": {"type": "string"},
                "purpose": {"enum": ["editing", "commenting"]},
            },
        },
        "resource": {
            "type": "object",
            "required": ["source", "selector"],
            "properties": {
                "type": {"const": "SpecificResource"},
                "source": {"type": "string", "format": "uri"},
                "selector": {
                    "type": "array",
                    "minItems": 2,
                    "items": {"oneOf": [{"$ref": "#/$defs/quote"}, {"$ref": "#/$defs/position"}]},
                },
            },
        },
        "quote": {
            "type": "object",
            "required": ["type", "exact"],
            "properties": {
                "type": {"const": "TextQuoteSelector"},
                "exact": {"type": "string", "minLength": 1},
                "prefix": {"type": "string"},
                "suffix": {"type": "string"},
            },
            "additionalProperties": False,
        },
        "position": {
            "type": "object",
            "required": ["type", "start", "end"],
            "properties": {
                "type": {"const": "TextPositionSelector"},
                "start": {"type": "integer", "minimum": 0},
                "end": {"type": "integer", "minimum": 0},
            },
            "additionalProperties": False,
        },
    },
}


@pytest.fixture(params=BRIEFS, ids=str)
def brief(request: pytest.FixtureRequest) -> Brief:
    """The sample brief and the hostile one."""
    return BRIEFS[request.param]


def table_rows(table: Table) -> list[tuple[Any, ...]]:
    """The rows as they went in."""
    return [tuple(row) for row in table.rows]


class TestTables:
    @pytest.mark.parametrize("section", SECTIONS)
    def test_parquet_reads_back_cell_by_cell(self, brief: Brief, section: str) -> None:
        """A data frame library finds the same rows and the types that were declared."""
        content = render(brief, format="parquet", section=section)
        frame = polars.read_parquet(io.BytesIO(content))
        table = tables([brief])[section]
        assert frame.columns == list(table.columns)
        assert frame.rows() == table_rows(table)

    @pytest.mark.parametrize("section", SECTIONS)
    def test_csv_reads_back_cell_by_cell(self, brief: Brief, section: str) -> None:
        """With the declared types CSV gives the same rows; empty cells are missing values."""
        table = tables([brief])[section]
        types = {
            "text": polars.String,
            "integer": polars.Int64,
            "number": polars.Float64,
            "truth": polars.Boolean,
            "day": polars.Date,
        }
        frame = polars.read_csv(
            io.BytesIO(render(brief, format="csv", section=section)),
            schema={name: types[kind] for name, kind in table.columns.items()},
        )
        rows = [
            tuple(plain_cell(cell) if isinstance(cell, str) else cell for cell in row)
            for row in frame.rows()
        ]
        # CSV has one way to write both "no text" and "empty text".
        assert rows == [
            tuple(None if cell == "" else cell for cell in row) for row in table_rows(table)
        ]

    def test_no_cell_of_csv_is_a_formula(self) -> None:
        """A spreadsheet computes nothing that an article says."""
        source = BRIEFS["sample"].source.model_copy(update={"title": "=HYPERLINK(1)"})
        brief = BRIEFS["sample"].model_copy(update={"source": source, "headline": "-1+1"})
        content = render(brief, format="csv", section="articles").decode()
        cells = [cell for row in csv.reader(io.StringIO(content)) for cell in row]
        assert "'=HYPERLINK(1)" in cells
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)

    def test_without_a_section_all_come_in_one_archive(self, brief: Brief) -> None:
        """One file a section, byte for byte the same each time."""
        content = render(brief, format="csv")
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert archive.namelist() == [f"{section}.csv" for section in SECTIONS]
            assert archive.testzip() is None
        assert content == render(brief, format="csv")

    def test_a_folder_takes_the_tables_of_many_briefs(self, tmp_path: Path) -> None:
        """Rows of several briefs stand in one table, told apart by the article's hash."""
        briefs = list(BRIEFS.values())
        written = write_tables(briefs, tmp_path / "new" / "tables", "parquet")
        assert {path.stem for path in written} == set(SECTIONS)
        frame = polars.read_parquet(tmp_path / "new" / "tables" / "positions.parquet")
        assert len(frame) == sum(len(brief.positions) for brief in briefs)

    def test_items_join_their_evidence_and_participants(self) -> None:
        """The tables of lists name existing items."""
        found = tables([BRIEFS["sample"]])
        ids = {item.id for item in proven_items(BRIEFS["sample"])}
        assert {row[1] for row in found["evidence"].rows} == ids
        assert {row[1] for row in found["participants"].rows} == {"m1", "m2"}

    def test_an_unknown_section_is_refused(self) -> None:
        """And the message lists those there are."""
        with pytest.raises(InputError, match="Choose one of articles, key_points"):
            render(BRIEFS["sample"], format="csv", section="quotes")

    def test_a_folder_that_cannot_be_made_is_an_error_of_ours(self, tmp_path: Path) -> None:
        """A file stands where the folder should be."""
        (tmp_path / "file").write_text("x")
        with pytest.raises(OutputError, match="cannot write the tables"):
            write_tables([BRIEFS["sample"]], tmp_path / "file", "csv")


def no_network(url: str, options: object) -> NoReturn:
    """A document loader that finds nothing: the context must be in the document."""
    raise AssertionError(f"asked for {url}")


class TestLinkedData:
    def test_is_understood_without_the_network(self, brief: Brief) -> None:
        """A JSON-LD processor expands it; every term is known, and no value is dropped."""
        document = json.loads(render(brief, format="jsonld"))
        expanded = jsonld.expand(document, {"documentLoader": no_network})
        assert len(expanded) == len(document["@graph"])
        types = {one for node in expanded for one in node["@type"]}
        assert {f"https://schema.org/{name}" for name in ("Event", "Claim", "Quotation")} <= types
        assert f"{OA}Annotation" in types
        compacted = jsonld.compact(expanded, CONTEXT, {"documentLoader": no_network})
        again = jsonld.expand(compacted, {"documentLoader": no_network})
        assert jsonld.normalize(again) == jsonld.normalize(expanded)

    def test_evidence_reads_back(self, brief: Brief) -> None:
        """Every piece of evidence comes back from the annotations as it was, by item."""
        nodes = json.loads(render(brief, format="jsonld"))["@graph"]
        found: dict[str, list[tuple[Any, ...]]] = {}
        for node in nodes:
            if node["type"] == "Annotation" and node["motivation"] == "linking":
                item = node["body"].split("#")[1]
                found[item] = [
                    (quote["exact"], quote["prefix"], quote["suffix"], place["start"], place["end"])
                    for target in node["target"]
                    for quote, place in [target["selector"]]
                ]
        expected = {
            item.id: [_selectors(one) for one in item.evidence]
            for item in proven_items(brief)
            if not isinstance(item, Correction)
        }
        assert found == expected

    def test_annotations_hold_to_the_recommendation(self, brief: Brief) -> None:
        """Each has what the Web Annotation Data Model says it must have."""
        nodes = json.loads(render(brief, format="jsonld"))["@graph"]
        annotations = [node for node in nodes if node["type"] == "Annotation"]
        assert len(annotations) == len(proven_items(brief))
        for annotation in annotations:
            jsonschema.validate(annotation, WEB_ANNOTATION)

    def test_a_correction_points_at_its_very_words(self) -> None:
        """Not at the sentence: a program could put the correction in."""
        nodes = {
            node["id"].split("#")[-1]: node
            for node in json.loads(render(BRIEFS["sample"], format="jsonld"))["@graph"]
        }
        quote, place = nodes["c1"]["target"][0]["selector"]
        assert quote["exact"] == "Waskin"
        assert place["end"] - place["start"] == len("Waskin")
        assert nodes["c1"]["body"][0] == {
            "type": "TextualBody",
            "purpose": "editing",
            "value": "Vasken",
        }
        assert [body["purpose"] for body in nodes["c2"]["body"]] == ["commenting"]

    def test_every_link_leads_to_a_node(self, brief: Brief) -> None:
        """Holders, targets, speakers and articles named anywhere are described."""
        nodes = json.loads(render(brief, format="jsonld"))["@graph"]
        known = {node["id"] for node in nodes}
        links = ("creator", "about", "appearance", "isBasedOn", "spokenByCharacter", "addressee")
        used = {node[name] for node in nodes for name in links if name in node}
        used |= {actor for node in nodes for actor in node.get("attendee", ())}
        assert used <= known


def _selectors(one: Evidence) -> tuple[Any, ...]:
    return (one.exact, one.prefix, one.suffix, one.start, one.end)


class TestPlover:
    def test_codes_and_sides_follow_the_manual(self) -> None:
        """Meetings, acts and warnings of the sample, with source, recipient, mode and context."""
        records = [
            json.loads(row) for row in render(BRIEFS["sample"], format="plover").splitlines()
        ]
        codes = {one["item"]: (*one["event"], one["cameo"], *one["context"]) for one in records}
        assert codes == {
            "m1": ("CONSULT", "040"),
            "m2": ("AGREE", "036", "diplomatic"),
            "p1": ("SUPPORT", "051"),
            "p2": ("DEMAND", "100"),
            "p3": ("REJECT", "016"),
            "p4": ("ACCUSE", "110"),
            "w1": ("THREATEN", "130"),
            "w2": ("012",),
        }
        by_item = {one["item"]: one for one in records}
        assert len(by_item["m1"]["source"]) == 2
        assert by_item["m1"]["recipient"] == []
        assert by_item["m1"]["date"] == "2025-04-29"
        assert by_item["w1"]["recipient"][0] == {
            "identifier_text": "Belmora",
            "actor_text": "Belmora",
            "sector": "GOV",
        }
        assert by_item["w1"]["date"] == "2025-04-30"
        assert by_item["w1"]["date_basis"] == "published"
        assert by_item["w2"]["has_event"] is False

    def test_what_the_manual_leaves_out_is_kept_and_says_so(self) -> None:
        """Every meeting, position and warning is a record with the rule that codes it."""
        brief = BRIEFS["sample"]
        records = [json.loads(row) for row in render(brief, format="plover").splitlines()]
        assert len(records) == len(brief.meetings) + len(brief.positions) + len(brief.warnings)
        assert all(one["rule"] for one in records)
        assert all(one["has_event"] == bool(one["event"]) for one in records)

    def test_a_call_is_a_consultation_by_phone(self) -> None:
        """Mode and CAMEO code say so."""
        meeting = BRIEFS["sample"].meetings[0].model_copy(update={"format": "call"})
        brief = BRIEFS["sample"].model_copy(update={"meetings": (meeting,)})
        record = json.loads(render(brief, format="plover").splitlines()[0])
        assert (record["mode"], record["cameo"]) == (["phone"], "041")

    def test_the_table_codes_every_word_of_the_codebook(self) -> None:
        """With a rule; and each event has a quad category and score with one sign."""
        table = code_table()
        for section, words in (
            ("position", vocabulary.Act),
            ("warning", vocabulary.WarningKind),
            ("meeting", vocabulary.MeetingStatus),
        ):
            assert set(table[section]) == set(get_args(words))
        for code in (*table["position"].values(), *table["meeting"].values()):
            assert code["rule"]
            if code["event"]:
                category = table["category"][code["event"]]
                assert (category["quad"] == 1) == (category["score"] > 0)

    @pytest.mark.parametrize(
        ("name", "code"), [("Belarus", "BLR"), ("Frankreich", "FRA"), ("Tarvia", None), ("", None)]
    )
    def test_a_country_code_is_given_only_for_a_known_name(
        self, name: str, code: str | None
    ) -> None:
        """Names and codes are those of CLDR; anything else has none."""
        assert country_code(name, ("de", "en")) == code

    def test_records_are_in_the_order_of_the_brief(self) -> None:
        """Meetings, positions, warnings."""
        rows = render(BRIEFS["sample"], format="plover").splitlines()
        kinds = ["mpw".index(json.loads(row)["item"][0]) for row in rows]
        assert all(one <= other for one, other in pairwise(kinds))


def test_the_documentation_names_every_format_and_section() -> None:
    """And no other."""
    text = (Path(__file__).parent.parent / "docs" / "formats.md").read_text(encoding="utf-8")
    first_cells = [row.split("|")[1] for row in text.splitlines() if row.startswith("| `")]
    assert re.findall(r"`(\w+)`", " ".join(first_cells)) == [
        *("terminal", "json", "jsonl", "markdown", "html"),
        *("csv", "parquet", "jsonld", "plover"),
    ]
    assert set(re.findall(r"`(\w+)`", " ".join(first_cells))) == set(FORMATS)
    sections = text[text.index("The sections:") : text.index("Offsets (`start`")]
    assert tuple(re.findall(r"`(\w+)`", sections)) == SECTIONS
