"""A brief as one self-contained HTML page, and a batch of briefs as an index page.

The pages load nothing: style and script are inside, and a content security policy that names
their hashes forbids everything else, so that hostile text could not run even if it got through
the escaping. Without JavaScript everything is readable and linked by plain anchors.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from dragoman.errors import InputError
from dragoman.rendering import view
from dragoman.rendering.labels import Labels, labels_for
from dragoman.rendering.terminal import quoted
from dragoman.rendering.text import line, shorten, visible

if TYPE_CHECKING:
    from jinja2 import Environment

    from dragoman.article import Article
    from dragoman.rendering.article_view import ParagraphView
    from dragoman.schemas.brief import Brief, Position

_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_LONGEST_REJECTED: Final = 160


@dataclass(frozen=True, slots=True)
class Footnote:
    """A sentence of evidence and the items it proves."""

    sentence: str
    text: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A holder and, for each column of the matrix, the positions towards that target."""

    holder: str
    cells: tuple[tuple[Position, ...], ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Who stands where: positions by holder and target. The column None is for no target."""

    targets: tuple[str | None, ...]
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexEntry:
    """An article of a batch: its brief and the file of its page, or what went wrong.

    Attributes:
        title: what to call it where there is no brief.
        page: file of its page, relative to the index.
        brief: its brief, if there is one.
        problem: what went wrong, in words.
    """

    title: str
    page: str | None = None
    brief: Brief | None = None
    problem: str | None = None


def render_html(brief: Brief, article: Article | None = None) -> str:
    """The page of a brief, with the article beside it where it is given.

    Raises:
        InputError: if the article is not the one the brief was made from.
    """
    paragraphs: tuple[ParagraphView, ...] = ()
    if article is not None:
        if article.sha256 != brief.source.sha256:
            raise InputError(
                "the article is not the one the brief was made from",
                where=article.uri or article.title,
                remedy="Give the article as it was read, or none",
            )
        from dragoman.rendering.article_view import view_article

        paragraphs = view_article(brief, article)
    from dragoman.rendering.network import draw_network
    from dragoman.rendering.timeline import draw_timeline

    labels = labels_for(brief.language)
    names = view.actor_names(brief)
    return _page(
        "page",
        labels,
        brief=brief,
        names=names,
        paragraphs=paragraphs,
        network=draw_network(brief, names),
        timeline=draw_timeline(brief, names, labels),
        matrix=_matrix(brief),
        footnotes=_footnotes(brief),
        holders=view.positions_by_holder(brief),
    )


def index_entry(brief: Brief, page: str) -> IndexEntry:
    """The entry of an article whose page lies in a file beside the index."""
    return IndexEntry(title=brief.source.uri or page, page=page, brief=brief)


def render_index(entries: Sequence[IndexEntry], *, title: str, language: str = "en") -> str:
    """The index page of a batch: every article, with a search over what its brief says."""
    return _page("index", labels_for(language), entries=tuple(entries), title=title)


def _page(name: str, labels: Labels, **values: object) -> str:
    from markupsafe import Markup

    style = _asset("base.css") + _asset(f"{name}.css")
    script = _asset(f"{name}.js")
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    # Our own files, with no text of an article or a model in them.
    raw = {"style": Markup(style), "script": Markup(script)}  # noqa: S704
    template = _environment().get_template(f"{name}.html.j2")
    return template.render(**raw, policy=policy, labels=labels, **values)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=PackageLoader("dragoman.rendering", "."),
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    environment.filters |= {
        "line": line,
        "shorten": shorten,
        "web": _web_address,
        "language": _language_code,
        "quoted": quoted,
    }
    environment.globals |= {"view": view, "longest_rejected": _LONGEST_REJECTED}
    return environment


def _shown(value: object) -> object:
    """Every value on its way into a page: control characters made visible, None refused."""
    from markupsafe import Markup

    if value is None:
        raise ValueError("a page would show the word None")
    if isinstance(value, str) and not isinstance(value, Markup):
        return visible(value)
    return value


@cache
def _asset(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _web_address(address: str | None) -> str | None:
    """The address if it is one of the web; a "javascript:" link or a file name is none."""
    try:
        parts = urlsplit(address or "")
    except ValueError:
        return None
    return address if parts.scheme in {"http", "https"} and parts.netloc else None


def _language_code(code: str) -> str | None:
    """A language code fit for the `lang` attribute, or None."""
    return code if code != "und" and _LANGUAGE.fullmatch(code) else None


def _footnotes(brief: Brief) -> tuple[Footnote, ...]:
    """All evidence, in the order of the article, each sentence once."""
    texts: dict[str, str] = {}
    items: dict[str, list[str]] = {}
    for item in view.proven_items(brief):
        for evidence in item.evidence:
            known = texts.get(evidence.sentence, "")
            texts[evidence.sentence] = max(known, evidence.exact, key=len)
            items.setdefault(evidence.sentence, []).append(item.id)
    return tuple(
        Footnote(sentence, texts[sentence], tuple(items[sentence]))
        for sentence in sorted(texts, key=lambda name: int(name[1:]))
    )


def _matrix(brief: Brief) -> Matrix | None:
    """The matrix, or None where one position alone would make a table of a single cell."""
    if len(brief.positions) <= 1:
        return None
    # The targets most is said about come first, where a narrow window shows them.
    targets = [target for target, _ in Counter(one.target for one in brief.positions).most_common()]
    rows = []
    for holder, positions in view.positions_by_holder(brief).items():
        cells = tuple(tuple(one for one in positions if one.target == target) for target in targets)
        rows.append(MatrixRow(holder, cells))
    return Matrix(tuple(targets), tuple(rows))
