"""The HTML report shows every verdict in its place, and nothing in it can act."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from evals_support import CASES, perfect_brief

from dragoman.errors import EvaluationError
from dragoman.evals import report, results
from dragoman.evals.cases import Case, corpus_hash, load_cases
from dragoman.evals.results import CaseResult, Results
from dragoman.evals.scoring import score_case
from dragoman.schemas.brief import Brief

ID = "de-lukaschenko-xi"
HOSTILE = "<script>alert(1)</script> \" onclick='x' {{ 7 * 7 }}"


class Page(HTMLParser):
    """Collects tags, the text in marks by class, and where links lead."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.marks: list[tuple[str, str]] = []
        self.targets: list[str] = []
        self.ids: list[str] = []
        self.attributes: set[str] = set()
        self._mark: str | None = None
        self._open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        values = dict(attrs)
        self.attributes |= set(values)
        if tag == "mark":
            self._mark = values["class"]
            self.marks.append((self._mark or "", ""))
        if href := values.get("href"):
            self.targets.append(href)
        if identifier := values.get("id"):
            self.ids.append(identifier)

    def handle_endtag(self, tag: str) -> None:
        if tag == "mark":
            self._mark = None

    def handle_data(self, data: str) -> None:
        if self._mark is not None:
            kind, text = self.marks[-1]
            self.marks[-1] = (kind, text + data)


@pytest.fixture(scope="module")
def case() -> Case:
    """One case."""
    return load_cases(CASES, [ID])[0]


def run(case: Case, brief: Brief | None) -> Results:
    score = score_case(case.gold, brief, case.article(), failure=None if brief else HOSTILE)
    origin = results.provenance(
        system="dragoman", mode="replay", model=HOSTILE, corpus=corpus_hash([case])
    )
    return results.build(origin, (CaseResult(score=score, brief=brief),))


def spoiled(case: Case) -> Brief:
    """One warning missed, one correction missed, one false position with hostile words."""
    brief = perfect_brief(case.article(), case.gold)
    odd = brief.positions[0].model_copy(
        update={"id": "p99", "holder": brief.actors[-1].id, "statement": HOSTILE, "confidence": 0.4}
    )
    return brief.model_copy(
        update={
            "warnings": brief.warnings[1:],
            "corrections": brief.corrections[1:],
            "positions": (*brief.positions, odd),
        }
    )


def test_hits_misses_and_false_alarms_are_marked_in_the_text(case: Case) -> None:
    """The words of a missed label are marked as missed, those of a found one as found."""
    page = Page(report.html(run(case, spoiled(case)), [case]))
    missed = [text for kind, text in page.marks if kind == "miss"]
    assert case.gold.corrections[0].original in missed
    warning = case.gold.warnings[0].evidence[0]
    assert any(text and text in warning for text in missed)
    found = [text for kind, text in page.marks if kind == "hit"]
    assert any(text and text in case.gold.meetings[0].evidence[0] for text in found)
    assert any(kind == "false_alarm" for kind, _ in page.marks)


def test_the_whole_article_is_shown(case: Case) -> None:
    """Cutting the text into marks loses no character of it."""
    text = report.html(run(case, spoiled(case)), [case])
    columns = text.split('<div class="columns">')[1].split("<h3>")[0]
    plain = re.sub(r"<sup>.*?</sup>", "", columns)

    class Words(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.words: list[str] = []

        def handle_data(self, data: str) -> None:
            self.words.append(data)

    words = Words()
    words.feed(plain)
    shown = "".join("".join(words.words).split())
    assert shown == "".join(case.article().text.split())


def test_every_link_leads_somewhere_and_ids_are_unique(case: Case) -> None:
    """Numbers in the text lead to items and back."""
    page = Page(report.html(run(case, spoiled(case)), [case]))
    assert len(page.ids) == len(set(page.ids))
    assert page.targets
    assert all(target.removeprefix("#") in page.ids for target in page.targets)


def test_the_page_is_self_contained_and_inert(case: Case) -> None:
    """No script, no address outside the page, and hostile words are only words."""
    text = report.html(run(case, spoiled(case)), [case])
    page = Page(text)
    assert "script" not in page.tags
    assert not {name for name in page.attributes if name.startswith("on")}
    assert not re.search(r"""(?:src|href)=["'](?!#)""", text)
    assert "{{ 7 * 7 }}" in text
    assert "&lt;script&gt;" in text


def test_a_failed_case_is_shown_with_its_reason(case: Case) -> None:
    """Without a brief everything is missed, and the page says why."""
    text = report.html(run(case, None), [case])
    assert "No brief:" in text
    assert "&lt;script&gt;alert(1)" in text


def test_a_case_that_is_not_there_is_an_error(case: Case) -> None:
    """Results cannot be shown without their articles."""
    with pytest.raises(EvaluationError, match="--cases"):
        report.html(run(case, None), [])
