"""The HTML pages as documents; what they do in a browser is in test_browser.py."""

from __future__ import annotations

import base64
import hashlib
import html
import re
import warnings
from typing import Any

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rendering_sample import (
    HOSTILE,
    TEXT,
    hostile_brief,
    long_brief,
    sample_article,
    sample_brief,
)

from dragoman.article import Article
from dragoman.errors import InputError
from dragoman.rendering import render
from dragoman.rendering.html import IndexEntry, render_html, render_index
from dragoman.rendering.network import MOST_ACTORS, draw_network
from dragoman.rendering.text import visible
from dragoman.schemas.brief import Brief

XHTML = "{http://www.w3.org/1999/xhtml}"


def parse(page: str) -> Any:
    """The page's tree; any parse error that the HTML standard knows fails the test."""
    with warnings.catch_warnings():
        # html5lib still builds its trees with an interface that Python will drop.
        warnings.simplefilter("ignore", DeprecationWarning)
        return html5lib.HTMLParser(strict=True, namespaceHTMLElements=True).parse(page)


def elements(tree: Any, tag: str) -> list[Any]:
    """All HTML elements of one name."""
    return list(tree.iter(XHTML + tag))


def text_of(element: Any) -> str:
    """The text an element shows, without the references and remarks put into it."""
    if element.get("class") in {"refs", "why"} or element.tag == XHTML + "ins":
        return ""
    inner = "".join(text_of(child) + (child.tail or "") for child in element)
    return (element.text or "") + inner


def by_id(tree: Any, name: str) -> Any:
    """The one element with an id."""
    (found,) = [one for one in tree.iter() if one.get("id") == name]
    return found


@pytest.fixture(scope="module")
def page() -> str:
    """The page of the sample brief beside its article."""
    return render(sample_brief(), sample_article(), "html")


class TestPage:
    def test_is_a_valid_document(self, page: str) -> None:
        """It parses without an error, with the article and without, hostile or not."""
        parse(page)
        parse(render(sample_brief(), format="html"))
        parse(render(hostile_brief(), format="html"))

    def test_every_id_is_unique_and_every_link_leads_somewhere(self, page: str) -> None:
        """Plain anchors join both sides, so that nothing depends on the script."""
        for form in (page, render(sample_brief(), format="html")):
            tree = parse(form)
            ids = [one.get("id") for one in tree.iter() if one.get("id")]
            assert len(ids) == len(set(ids))
            targets = {
                one.get("href")[1:] for one in elements(tree, "a") if one.get("href")[0] == "#"
            }
            known_gaps = {"s1", "s5", "s13"} if form is not page else set()
            assert targets - known_gaps <= set(ids)

    def test_the_whole_article_is_there_in_its_own_words(self, page: str) -> None:
        """Nothing is left out, not even noise, and a correction does not replace a word."""
        article = by_id(parse(page), "article")
        shown = " ".join(text_of(one) for one in article.iter(XHTML + "p"))
        assert shown.split() == TEXT.split()

    def test_marks_evidence_by_kind_and_dims_noise(self, page: str) -> None:
        """Sentences carry the kinds and ids of the items they prove."""
        tree = parse(page)
        assert by_id(tree, "s2").get("class") == "sentence meeting"
        assert by_id(tree, "s8").get("data-links") == "w1"
        assert by_id(tree, "s12").get("data-links") == "c1 c2"
        assert by_id(tree, "s5").get("class") == "sentence noise"
        assert "link to another story" in html.unescape(page)
        assert by_id(tree, "s1").get("class") == "sentence gap"

    def test_corrections_are_struck_and_inserted_with_the_reason(self, page: str) -> None:
        """In the article and in the brief; an unknown word is a question mark."""
        sentence = by_id(parse(page), "s12")
        assert [one.text for one in sentence.iter(XHTML + "del")] == ["Waskin", "Euthanasie"]
        assert [one.text for one in sentence.iter(XHTML + "ins")] == ["Vasken", "?"]
        reasons = [one.get("title") for one in sentence.iter(XHTML + "span") if one.get("title")]
        assert reasons == [one.reason for one in sample_brief().corrections]
        assert by_id(parse(page), "c1").find(f".//{XHTML}ins").text == "Vasken"

    def test_rejected_items_gaps_and_noise_have_sections(self, page: str) -> None:
        """They are visible, not folded away."""
        tree = parse(page)
        assert not elements(tree, "details")
        rejected = "".join(by_id(tree, "rejected").itertext())
        assert "Vasken unterstützt die Schutzzone" in rejected
        assert "speaker" in rejected
        assert "the model refused to answer" in "".join(by_id(tree, "gaps").itertext())
        assert "comment form" in "".join(by_id(tree, "noise").itertext())

    def test_the_matrix_has_every_position_in_its_cell(self, page: str) -> None:
        """Rows are holders, columns targets; acts are named, not only coloured."""
        (table,) = elements(parse(page), "table")
        rows = [
            [" ".join("".join(cell.itertext()).split()) for cell in row]
            for row in table.iter(XHTML + "tr")
        ]
        assert rows == [
            ["", "→ Tarvia", "→ Belmora", "→ niemand Bestimmtes"],
            ["Mara Lindholm", "", "unterstützt p1", ""],
            ["Teodor Vasken", "fordert p2", "", "bestreitet p3"],
            ["Fischereiverband Nordkap", "beschuldigt p4", "", ""],
        ]

    def test_loads_nothing_and_names_its_own_style_and_script(self, page: str) -> None:
        """The policy forbids all but the hashes of the style and script inside."""
        tree = parse(page)
        (policy,) = [
            one.get("content")
            for one in elements(tree, "meta")
            if one.get("http-equiv") == "Content-Security-Policy"
        ]
        assert policy.startswith("default-src 'none'")
        for tag in ("style", "script"):
            (element,) = elements(tree, tag)
            digest = hashlib.sha256(element.text.encode()).digest()
            assert f"{tag}-src 'sha256-{base64.b64encode(digest).decode()}'" in policy
        addresses = [one.get("src") or one.get("href") for one in tree.iter()]
        outside = {one for one in addresses if one and not one.startswith(("#", "data:,"))}
        assert outside == {"https://kuestenblatt.example/fischerei?seite=1"}
        assert not any(name.startswith("on") for one in tree.iter() for name in one.keys())  # noqa: SIM118
        assert not any(one.get("style") for one in tree.iter())

    def test_hostile_text_is_shown_as_text(self) -> None:
        """No element, attribute or template expression comes out of article or model."""
        tree = parse(render(hostile_brief(), format="html"))
        assert not elements(tree, "img")
        assert len(elements(tree, "script")) == 1
        shown = "".join(tree.itertext())
        assert shown.count("{{7*7}}") > 30
        assert "49" not in re.sub(
            r"\d{3,}|[0-9a-f]{16,}", "", "".join(by_id(tree, "brief").itertext())
        )
        assert "[U+202E]evil[U+2066]" in shown

    def test_a_script_address_is_no_link(self) -> None:
        """Only addresses of the web become links."""
        for address in (
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "http://[x",
        ):
            source = sample_brief().source.model_copy(update={"uri": address})
            brief = sample_brief().model_copy(update={"source": source})
            links = [one.get("href") for one in elements(parse(render(brief, format="html")), "a")]
            assert all(link.startswith("#") for link in links)
            assert address in html.unescape(render(brief, format="html"))

    def test_another_article_is_refused(self) -> None:
        """Evidence is never drawn into a text it was not taken from."""
        with pytest.raises(InputError, match="not the one the brief was made from"):
            render_html(sample_brief(), Article.from_text(TEXT + "!"))

    def test_without_the_article_the_evidence_is_quoted(self) -> None:
        """Every proving sentence once, linked from its items."""
        tree = parse(render(sample_brief(), format="html"))
        assert "„Er muss aber für alle Boote gelten.“" in "".join(by_id(tree, "s4").itertext())

    @settings(max_examples=50, deadline=None)
    @given(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1)
            | st.sampled_from([HOSTILE, "Er sagte „ja“. Sie nicht.", "«»", "\u202ex"]),
            min_size=1,
            max_size=5,
        )
    )
    def test_any_article_is_shown_in_full(self, paragraphs: list[str]) -> None:
        """Word by word, whatever it is made of."""
        text = "\n".join(["Anfang.", *paragraphs])
        article = Article.from_text(text)
        shown = by_id(parse(render(long_brief(article), article, "html")), "article")
        words = " ".join(text_of(one) for one in shown.iter(XHTML + "p")).split()
        assert "".join(words) == "".join(visible(article.text).split())


class TestIndex:
    def entries(self, count: int) -> list[IndexEntry]:
        return [
            IndexEntry(
                title=f"Article {number}",
                page=f"folder/{number}: x?.html",
                brief=sample_brief().model_copy(update={"headline": f"Dossier {number}"}),
            )
            for number in range(count)
        ]

    def test_lists_every_article_with_its_page(self) -> None:
        """Failed ones too, with what went wrong."""
        failed = IndexEntry(title="broken.txt", problem="there is no text")
        page = render_index([*self.entries(3), failed], title=HOSTILE, language="de")
        tree = parse(page)
        links = [one.get("href") for one in elements(tree, "a")]
        assert "folder/0%3A%20x%3F.html" in links
        assert "folder/2%3A%20x%3F.html#w1" in links
        assert "there is no text" in page
        assert not elements(tree, "img")

    def test_a_hundred_articles_stay_under_five_megabytes(self) -> None:
        """With room to spare for briefs much longer than the sample."""
        assert len(render_index(self.entries(100), title="Batch").encode()) < 1_000_000

    def test_hostile_briefs_are_shown_as_text(self) -> None:
        """As in the page of one brief."""
        tree = parse(render_index([IndexEntry(title=HOSTILE, brief=hostile_brief())], title="x"))
        assert len(elements(tree, "script")) == 1
        assert not elements(tree, "img")


class TestNetwork:
    def brief(self, *groups: str) -> tuple[Brief, dict[str, str]]:
        meeting = sample_brief().meetings[0]
        meetings = tuple(
            meeting.model_copy(update={"id": f"m{number}", "participants": tuple(group.split())})
            for number, group in enumerate(groups, start=1)
        )
        names = {actor: actor.upper() for group in groups for actor in group.split()}
        return sample_brief().model_copy(update={"meetings": meetings}), names

    def test_is_drawn_only_where_somebody_met(self) -> None:
        """No meetings, no drawing."""
        assert draw_network(*self.brief()) is None

    def test_who_met_all_others_stands_in_the_middle(self) -> None:
        """A host and her guests make a star."""
        network = draw_network(*self.brief("a1 a2", "a1 a3", "a1 a4"))
        assert network is not None
        (host,) = [node for node in network.nodes if node.actor == "a1"]
        assert (host.x, host.y) == (network.width / 2, network.height / 2)
        assert len(network.edges) == 3

    def test_who_met_most_others_stands_in_the_middle_too(self) -> None:
        """A guest of a guest does not push the host to the side."""
        network = draw_network(*self.brief("a1 a2", "a1 a3", "a1 a4", "a4 a5"))
        assert network is not None
        assert next(node.actor for node in network.nodes if node.x == network.width / 2) == "a1"

    def test_a_round_of_three_is_three_lines(self) -> None:
        """Everybody met everybody; two meetings of a pair are two lines side by side."""
        network = draw_network(*self.brief("a1 a2 a3", "a1 a2"))
        assert network is not None
        assert len(network.edges) == 4
        assert len({(one.x1, one.y1, one.x2, one.y2) for one in network.edges}) == 4

    @given(
        st.lists(
            st.sets(
                st.sampled_from([f"a{number}" for number in range(1, 30)]), min_size=2, max_size=5
            ),
            min_size=1,
            max_size=12,
        )
    )
    def test_everything_lies_inside_the_drawing(self, groups: list[set[str]]) -> None:
        """Whoever met whom, no point is outside, no two actors share a place."""
        network = draw_network(*self.brief(*(" ".join(sorted(group)) for group in groups)))
        assert network is not None
        assert len(network.nodes) <= MOST_ACTORS
        assert len(network.nodes) + network.left_out == len(set().union(*groups))
        assert all(0 <= n.x <= network.width and 0 <= n.y <= network.height for n in network.nodes)
        assert len({(node.x, node.y) for node in network.nodes}) == len(network.nodes)
