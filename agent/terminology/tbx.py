"""Glossaries in TBX Basic (ISO 30042), with the element names of 2019 and those of 2008.

Read: `conceptEntry/langSec/termSec` or `termEntry/langSet/tig|ntig`, with
`administrativeStatus`, `note`, `source` and, for what TBX has no field for, our own admin notes.
Documents with a document type are refused: nothing is expanded and nothing is fetched.
"""

from __future__ import annotations

import itertools
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable, Iterator
from typing import Final

from dragoman.terminology.glossary import DEFAULT_KIND, Entry, Problem, make_entry

_XML: Final = "{http://www.w3.org/XML/1998/namespace}"
_NAMESPACE: Final = "urn:iso:std:iso:30042:ed-2"
_CONCEPT: Final = {"conceptEntry", "termEntry"}
_LANGUAGE: Final = {"langSec", "langSet"}
_TERM: Final = {"termSec", "tig", "ntig"}
_PREFERRED: Final = {"preferredTerm-admn-sts", "preferredTerm", "preferred"}
_ADMITTED: Final = {"admittedTerm-admn-sts", "admittedTerm", "admitted", ""}
_DEPRECATED: Final = {
    "deprecatedTerm-admn-sts",
    "supersededTerm-admn-sts",
    "deprecatedTerm",
    "supersededTerm",
    "deprecated",
    "superseded",
    "obsolete",
}
_OWN_NOTES: Final = {"only_with", "not_with"}
_NO_LANGUAGE: Final = "und"


def looks_like_tbx(data: bytes) -> bool:
    """Whether a file is XML rather than CSV, by its first character."""
    return data.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<")


def read_tbx(data: bytes) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    """Read a glossary in TBX; what is wrong in it is returned with its line."""
    from defusedxml.common import DefusedXmlException

    try:
        root = _parse(data)
    except ElementTree.ParseError as error:
        return (), (Problem(error.position[0], f"not XML: {error}"),)
    except DefusedXmlException:
        return (), (Problem(1, "a document type or entities are not allowed in a glossary"),)
    except (ValueError, LookupError) as error:
        return (), (Problem(1, f"not XML: {error}"),)
    concepts = [element for element in root.iter() if _name(element) in _CONCEPT]
    if _name(root) not in {"tbx", "martif"}:
        return (), (Problem(1, f"not TBX: the root element is {_name(root)!r}"),)
    entries: list[Entry] = []
    problems: list[Problem] = []
    for concept in concepts:
        for section in (child for child in concept if _name(child) in _LANGUAGE):
            for entry in _entries_of_section(section):
                if isinstance(entry, Entry):
                    entries.append(entry)
                else:
                    problems.append(entry)
    return tuple(entries), tuple(problems)


def _parse(data: bytes) -> ElementTree.Element:
    """Parse with the line of every element kept in its attribute `line`."""
    from defusedxml.ElementTree import DefusedXMLParser

    class Parser(DefusedXMLParser):
        """A parser that notes in which line an element begins."""

        def _start(self, tag: str, attributes: list[str]) -> ElementTree.Element:
            element: ElementTree.Element = super()._start(tag, attributes)  # type: ignore[misc]  # a hook of the library that its stubs leave out
            element.set("line", str(self.parser.CurrentLineNumber))
            return element

    parser = Parser(forbid_dtd=True, forbid_entities=True, forbid_external=True)
    parser.feed(data)
    root: ElementTree.Element = parser.close()
    return root


def _name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _line(element: ElementTree.Element) -> int:
    return int(element.get("line", "0"))


def _entries_of_section(section: ElementTree.Element) -> Iterator[Entry | Problem]:
    language = section.get(f"{_XML}lang") or section.get("lang") or ""
    terms = [_fields(child) for child in section if _name(child) in _TERM]
    preferred = [term for term in terms if term["status"] in _PREFERRED]
    if not preferred:
        preferred = [term for term in terms if term["status"] in _ADMITTED]
    for term in terms:
        line = int(term["line"])
        if term["status"] not in _PREFERRED | _ADMITTED | _DEPRECATED:
            yield Problem(line, f"unknown administrative status {term['status']!r}")
        elif term["status"] in _DEPRECATED:
            if preferred:
                yield _entry(term, preferred[0]["term"], language)
            else:
                yield Problem(line, f"no preferred term is given for {term['term']!r}")
        elif len(terms) == 1 or term["kind"] or term is not preferred[0]:
            # The first preferred term only says what the others should be, unless it is marked.
            yield _entry(term, term["term"], language)


def _entry(term: dict[str, str], preferred: str, language: str) -> Entry | Problem:
    cells = {
        "term": term["term"],
        "preferred": preferred,
        "language": "" if language.lower() == _NO_LANGUAGE else language,
        "kind": term["kind"],
        "note": term["note"],
        "authority": term["authority"],
        "only_with": term["only_with"],
        "not_with": term["not_with"],
    }
    return make_entry(cells, int(term["line"]))


def _fields(section: ElementTree.Element) -> dict[str, str]:
    fields = dict.fromkeys(("term", "status", "kind", "note", "authority", *_OWN_NOTES), "")
    fields["line"] = str(_line(section))
    for element in section.iter():
        name, category = _name(element), element.get("type", "")
        text = "".join(element.itertext()).strip()
        if name == "term":
            fields["term"] = text
        elif name == "note":
            fields["note"] = text
        elif category in {"administrativeStatus", "normativeAuthorization"}:
            fields["status"] = text
        elif category == "source":
            fields["authority"] = text
        elif category == "projectSubset":
            fields["kind"] = text
        elif category == "customerSubset" and "=" in text:
            key, _, value = text.partition("=")
            if key in _OWN_NOTES:
                fields[key] = value
    return fields


def write_tbx(entries: Iterable[Entry]) -> str:
    """Entries as TBX Basic (2019 element names, style DCA), in their order.

    Neighbouring entries with the same preferred form and language share a concept.
    """
    root = ElementTree.Element(
        "tbx", {"style": "dca", "type": "TBX-Basic", f"{_XML}lang": "en", "xmlns": _NAMESPACE}
    )
    header = ElementTree.SubElement(ElementTree.SubElement(root, "tbxHeader"), "fileDesc")
    description = ElementTree.SubElement(header, "sourceDesc")
    ElementTree.SubElement(description, "p").text = "Glossary written by Dragoman"
    body = ElementTree.SubElement(ElementTree.SubElement(root, "text"), "body")
    groups = itertools.groupby(entries, key=lambda entry: (entry.preferred, entry.language))
    for number, ((preferred, language), members) in enumerate(groups, 1):
        concept = ElementTree.SubElement(body, "conceptEntry", {"id": f"c{number}"})
        section = ElementTree.SubElement(
            concept, "langSec", {f"{_XML}lang": language or _NO_LANGUAGE}
        )
        _write_concept(section, preferred, tuple(members))
    ElementTree.indent(root)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        + ElementTree.tostring(root, encoding="unicode")
        + "\n"
    )


def _write_concept(
    section: ElementTree.Element, preferred: str, entries: tuple[Entry, ...]
) -> None:
    if not any(entry.approved for entry in entries):
        head = ElementTree.SubElement(section, "termSec")
        ElementTree.SubElement(head, "term").text = preferred
        _category(head, "termNote", "administrativeStatus", "preferredTerm-admn-sts")
    for entry in entries:
        part = ElementTree.SubElement(section, "termSec")
        ElementTree.SubElement(part, "term").text = entry.term
        status = "preferredTerm" if entry.approved else "deprecatedTerm"
        _category(part, "termNote", "administrativeStatus", f"{status}-admn-sts")
        if entry.kind != DEFAULT_KIND or entry.approved:
            _category(part, "admin", "projectSubset", entry.kind)
        if entry.authority:
            _category(part, "admin", "source", entry.authority)
        for key, words in (("only_with", entry.only_with), ("not_with", entry.not_with)):
            if words:
                _category(part, "admin", "customerSubset", f"{key}={'; '.join(words)}")
        if entry.note:
            ElementTree.SubElement(part, "note").text = entry.note


def _category(parent: ElementTree.Element, name: str, category: str, text: str) -> None:
    ElementTree.SubElement(parent, name, {"type": category}).text = text
