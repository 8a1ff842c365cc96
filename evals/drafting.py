"""New cases: a folder with the article and labels pre-filled from a brief, to be set right by hand.

A pre-filled label is a proposal by the very program that is to be measured: it must be read
against the article, and what the program missed must be added.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.errors import EvaluationError
from dragoman.evals.cases import ARTICLE_FILE, GOLD_FILE
from dragoman.evals.results import write_text

if TYPE_CHECKING:
    from dragoman.article import Article
    from dragoman.schemas.brief import Brief
    from dragoman.schemas.evidence import Evidence

_ID = re.compile(r"[a-z0-9][a-z0-9-]*")


def case_id(proposal: str) -> str:
    """An id for a folder: lower-case letters, digits and hyphens.

    Raises:
        EvaluationError: nothing of the kind is left of the proposal.
    """
    identifier = re.sub(r"[^a-z0-9]+", "-", proposal.casefold()).strip("-")
    if not _ID.fullmatch(identifier):
        raise EvaluationError(
            f"no id can be made of {proposal!r}", remedy="Name one with --id, de-harbour-talks say"
        )
    return identifier


def draft_labels(article: Article, brief: Brief | None, identifier: str) -> dict[str, Any]:
    """Labels for an article, from a brief of it or, without one, empty."""
    labels: dict[str, Any] = {
        "id": identifier,
        "language": article.language,
        "source_language": article.translated_from,
        "title": article.title,
        "noise": [],
        "actors": [],
        "meetings": [],
        "positions": [],
        "warnings": [],
        "corrections": [],
    }
    if brief is None:
        return labels
    names = {actor.id: actor.name for actor in brief.actors}
    names_or_none: dict[str | None, str | None] = {None: None}
    names_or_none.update(names)
    labels["noise"] = _noise_lines(article, brief)
    labels["actors"] = [
        {
            "name": actor.name,
            "kind": actor.kind,
            "surface_forms": list(dict.fromkeys(mention.exact for mention in actor.mentions)),
        }
        for actor in brief.actors
    ]
    labels["meetings"] = [
        {
            "participants": [names[participant] for participant in meeting.participants],
            "status": meeting.status,
            "format": meeting.format,
            "place": meeting.place,
            "date": meeting.date.text if meeting.date else None,
            "evidence": _snippets(meeting.evidence),
        }
        for meeting in brief.meetings
    ]
    labels["positions"] = [
        {
            "holder": names[position.holder],
            "act": position.act,
            "target": names_or_none[position.target],
            "reported_by": names_or_none[position.reported_by],
            "gist": position.statement,
            "evidence": _snippets(position.evidence),
        }
        for position in brief.positions
    ]
    labels["warnings"] = [
        {
            "issuer": names[warning.issuer],
            "addressee": names_or_none[warning.addressee],
            "kind": warning.kind,
            "condition": warning.condition,
            "consequence": warning.consequence,
            "gist": warning.statement,
            "evidence": _snippets(warning.evidence),
        }
        for warning in brief.warnings
    ]
    labels["corrections"] = [
        {
            "original": correction.original,
            "accepted": [correction.corrected] if correction.corrected else [],
            "kind": correction.kind,
            "impact": correction.impact,
        }
        for correction in brief.corrections
    ]
    return labels


def _snippets(evidence: Iterable[Evidence]) -> list[str]:
    """The evidence; of a sentence that is wrapped over several lines, its longest line."""
    return [max(item.exact.splitlines(), key=len).strip() for item in evidence]


def _noise_lines(article: Article, brief: Brief) -> list[str]:
    """The lines of the article that lie in noise sentences."""
    lines: list[str] = []
    for noise in brief.noise:
        for sentence in map(article.sentence, noise.sentences):
            start = article.text.rfind("\n", 0, sentence.start) + 1
            end = article.text.find("\n", sentence.end)
            block = article.text[start : end if end >= 0 else len(article.text)]
            lines.extend(line.strip() for line in block.splitlines() if line.strip())
    return list(dict.fromkeys(lines))


def write_case(article: Article, labels: dict[str, Any], cases: Path) -> Path:
    """Write a new case and give its folder.

    Raises:
        EvaluationError: there is such a case already; hand-made labels are never overwritten.
        OutputError: the files cannot be written.
    """
    folder = cases / str(labels["id"])
    if folder.exists():
        raise EvaluationError(
            "there is such a case already",
            where=str(folder),
            remedy="Name another with --id, or delete the folder",
        )
    write_text(folder / ARTICLE_FILE, article.text)
    write_text(folder / GOLD_FILE, json.dumps(labels, ensure_ascii=False, indent=1) + "\n")
    return folder
