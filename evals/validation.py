"""Validation of gold labels: every problem with its line, so that it can be mended by hand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from pydantic import ValidationError

from dragoman.evals.cases import ARTICLE_FILE, GOLD_FILE, Gold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

JsonPath = tuple[str | int, ...]


class Problem(NamedTuple):
    """Something wrong with a case, and where."""

    file: str
    line: int | None
    message: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.message}"


def check_case_folder(folder: Path) -> Gold | tuple[Problem, ...]:
    """The labels of the case in `folder`, or everything that is wrong with it."""
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for name in (ARTICLE_FILE, GOLD_FILE):
        file = f"{folder.name}/{name}"
        try:
            texts[name] = (folder / name).read_text(encoding="utf-8")
        except FileNotFoundError:
            problems.append(Problem(file, None, "the file is missing"))
        except UnicodeDecodeError as error:
            problems.append(Problem(file, None, f"not UTF-8 text (byte {error.start})"))
    if problems:
        return tuple(problems)
    return check_gold(texts[GOLD_FILE], texts[ARTICLE_FILE], folder.name)


def check_gold(gold_text: str, article_text: str, case: str) -> Gold | tuple[Problem, ...]:
    """Parse the labels of the case called `case` and hold them against the article's text."""
    file = f"{case}/{GOLD_FILE}"
    try:
        json.loads(gold_text)
    except json.JSONDecodeError as error:
        return (Problem(file, error.lineno, f"not JSON: {error.msg} (column {error.colno})"),)
    repeated: list[JsonPath] = []
    lines = line_numbers(gold_text, repeated)
    if repeated:
        return tuple(
            Problem(file, _line(lines, path), f"{_dotted(path)}the key is given twice")
            for path in repeated
        )
    try:
        gold = Gold.model_validate_json(gold_text)
    except ValidationError as error:
        return tuple(
            Problem(file, _line(lines, detail["loc"]), f"{_dotted(detail['loc'])}{detail['msg']}")
            for detail in error.errors(include_url=False, include_context=False)
        )
    found = [
        Problem(file, _line(lines, path), f"{_dotted(path)}{message}")
        for path, message in _problems(gold, article_text, case)
    ]
    return tuple(found) if found else gold


def line_numbers(text: str, repeated: list[JsonPath] | None = None) -> dict[JsonPath, int]:
    """Line of every value of a valid JSON text, by its path of keys and indices.

    Paths of keys that an object has more than once are added to `repeated`.
    """
    lines: dict[JsonPath, int] = {}
    decoder = json.JSONDecoder()

    def skip(position: int) -> int:
        while position < len(text) and text[position] in " \t\r\n,:":
            position += 1
        return position

    def walk(position: int, path: JsonPath) -> int:
        lines[path] = text.count("\n", 0, position) + 1
        if text[position] not in "{[":
            return int(decoder.raw_decode(text, position)[1])
        is_object = text[position] == "{"
        position = skip(position + 1)
        index = 0
        while text[position] not in "}]":
            key: str | int = index
            if is_object:
                key, position = decoder.raw_decode(text, position)
                position = skip(position)
                if repeated is not None and (*path, key) in lines:
                    repeated.append((*path, key))
            position = skip(walk(position, (*path, key)))
            index += 1
        return position + 1

    walk(skip(0), ())
    return lines


def _line(lines: dict[JsonPath, int], path: JsonPath) -> int:
    """Line of the value at `path`, or of the nearest thing around it that exists."""
    while path not in lines:
        path = path[:-1]
    return lines[path]


def _dotted(path: JsonPath) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(
        "."
    ) + (": " if path else "")


def _problems(gold: Gold, article: str, case: str) -> Iterator[tuple[JsonPath, str]]:
    """Everything that is well-formed and still cannot be right."""
    if gold.id != case:
        yield ("id",), f"{gold.id!r} is not the name of the folder, {case!r}"
    lines = {line.strip() for line in article.splitlines()}
    for index, line in enumerate(gold.noise):
        if line.strip() not in lines:
            yield ("noise", index), f"no line of the article reads {line!r}"
    yield from _actor_problems(gold, article)
    yield from _name_problems(gold)
    noise = {line.strip() for line in gold.noise}
    body = [line for line in article.splitlines() if line.strip() not in noise]
    for section in ("meetings", "positions", "warnings"):
        for index, item in enumerate(getattr(gold, section)):
            for number, snippet in enumerate(item.evidence):
                path = (section, index, "evidence", number)
                if not snippet.strip() or snippet not in article:
                    yield path, f"not in the article: {snippet!r}"
                elif not any(snippet in line for line in body):
                    yield path, f"in no single line of the article that is not noise: {snippet!r}"
    for index, correction in enumerate(gold.corrections):
        for number, span in enumerate(correction.spans):
            place: JsonPath = ("original",) if number == 0 else ("span_also", number - 1)
            if not span.strip() or span not in article:
                yield ("corrections", index, *place), f"not in the article: {span!r}"


def _actor_problems(gold: Gold, article: str) -> Iterator[tuple[JsonPath, str]]:
    seen: set[str] = set()
    for index, actor in enumerate(gold.actors):
        if actor.name in seen:
            yield ("actors", index, "name"), f"a second actor is called {actor.name!r}"
        seen.add(actor.name)
        for number, form in enumerate(actor.surface_forms):
            if not form.strip() or form not in article:
                yield ("actors", index, "surface_forms", number), f"not in the article: {form!r}"


def _name_problems(gold: Gold) -> Iterator[tuple[JsonPath, str]]:
    names = {actor.name for actor in gold.actors}
    for path, name in _named(gold):
        if name is not None and name not in names:
            yield path, f"no actor is called {name!r}"


def _named(gold: Gold) -> Iterator[tuple[JsonPath, str | None]]:
    """Every place where a label names an actor."""
    for index, meeting in enumerate(gold.meetings):
        for number, name in enumerate(meeting.participants):
            yield ("meetings", index, "participants", number), name
        for row, others in enumerate(meeting.participants_also):
            for number, name in enumerate(others):
                yield ("meetings", index, "participants_also", row, number), name
    for index, position in enumerate(gold.positions):
        yield ("positions", index, "holder"), position.holder
        yield ("positions", index, "target"), position.target
        yield ("positions", index, "reported_by"), position.reported_by
        for number, name in enumerate(position.holder_also):
            yield ("positions", index, "holder_also", number), name
    for index, warning in enumerate(gold.warnings):
        yield ("warnings", index, "issuer"), warning.issuer
        yield ("warnings", index, "addressee"), warning.addressee
        for number, name in enumerate(warning.issuer_also):
            yield ("warnings", index, "issuer_also", number), name
