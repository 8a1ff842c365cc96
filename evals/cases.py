"""Cases: an article with the gold labels a careful reader gave it, read and checked.

A case is a folder with `article.txt` and `gold.json`. The labels follow the codebook; their
format is described in `evals/README.md`. Labels that cannot be right (a snippet that is not in
the article, an actor nobody introduced) are refused with file and line.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field

from dragoman.errors import EvaluationError
from dragoman.schemas.vocabulary import (
    Act,
    ActorKind,
    CorrectionKind,
    Impact,
    MeetingFormat,
    MeetingStatus,
    WarningKind,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dragoman.article import Article

BUNDLED_CASES = Path(__file__).parent / "cases"
"""Where a checkout of the project keeps its cases; an installed wheel has none."""

ARTICLE_FILE = "article.txt"
GOLD_FILE = "gold.json"


class GoldRecord(BaseModel):
    """Base of the gold labels: frozen, and closed to fields that nobody knows."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class GoldActor(GoldRecord):
    """An actor, with every form under which the article names it."""

    name: str = Field(min_length=1)
    kind: ActorKind
    surface_forms: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The name and all surface forms."""
        return (self.name, *self.surface_forms)


class GoldMeeting(GoldRecord):
    """An encounter; `participants_also` are other sets of participants that are right too."""

    participants: tuple[str, ...] = Field(min_length=2)
    participants_also: tuple[tuple[str, ...], ...] = ()
    status: MeetingStatus
    format: MeetingFormat
    place: str | None = None
    date: str | None = None
    evidence: tuple[str, ...] = Field(min_length=1)
    optional: bool = False

    @property
    def label(self) -> str:
        """One line to show in tables and reports."""
        return f"{' + '.join(self.participants)} ({self.status})"


class GoldPosition(GoldRecord):
    """A position; `holder_also` and `act_also` are other answers that are right too."""

    holder: str
    holder_also: tuple[str, ...] = ()
    act: Act
    act_also: tuple[Act, ...] = ()
    target: str | None = None
    reported_by: str | None = None
    gist: str
    evidence: tuple[str, ...] = Field(min_length=1)
    optional: bool = False

    @property
    def label(self) -> str:
        """One line to show in tables and reports."""
        return f"{self.holder} ({self.act}): {self.gist}"


class GoldWarning(GoldRecord):
    """A warning; `issuer_also` are other issuers that are right too."""

    issuer: str
    issuer_also: tuple[str, ...] = ()
    addressee: str | None = None
    kind: WarningKind
    condition: str | None = None
    consequence: str | None = None
    gist: str
    evidence: tuple[str, ...] = Field(min_length=1)
    optional: bool = False

    @property
    def label(self) -> str:
        """One line to show in tables and reports."""
        return f"{self.issuer} ({self.kind}): {self.gist}"


class GoldCorrection(GoldRecord):
    """A wrong wording; no accepted wording means that the right one cannot be known."""

    original: str = Field(min_length=1)
    span_also: tuple[str, ...] = ()
    accepted: tuple[str, ...]
    kind: CorrectionKind
    impact: Impact
    optional: bool = False

    @property
    def spans(self) -> tuple[str, ...]:
        """All wordings of the article that count as hitting this error."""
        return (self.original, *self.span_also)

    @property
    def label(self) -> str:
        """One line to show in tables and reports."""
        return f"{self.original} → {self.accepted[0] if self.accepted else '(cannot be known)'}"


class Gold(GoldRecord):
    """All labels of one article. An empty section says that the article has none."""

    id: str = Field(min_length=1)
    language: str
    source_language: str | None = None
    title: str | None = None
    noise: tuple[str, ...]
    actors: tuple[GoldActor, ...]
    meetings: tuple[GoldMeeting, ...]
    positions: tuple[GoldPosition, ...]
    warnings: tuple[GoldWarning, ...]
    corrections: tuple[GoldCorrection, ...]

    def actor(self, name: str) -> GoldActor:
        """The actor called `name`; EvaluationError if the labels introduce nobody of that name."""
        for actor in self.actors:
            if actor.name == name:
                return actor
        raise EvaluationError(f"no actor is called {name!r}", where=f"case {self.id}")


@dataclass(frozen=True, slots=True)
class Case:
    """An article with its gold labels."""

    id: str
    folder: Path
    gold: Gold

    @property
    def article_path(self) -> Path:
        """The file with the article's text."""
        return self.folder / ARTICLE_FILE

    def article(self) -> Article:
        """The article as Dragoman reads it from a file; its language is found out, not given."""
        from dragoman.article import Article

        return Article.from_bytes(
            self.article_path.read_bytes(), uri=f"{self.id}/{self.article_path.name}"
        )


def load_cases(folder: Path = BUNDLED_CASES, only: Sequence[str] = ()) -> tuple[Case, ...]:
    """All cases of a folder, sorted by id, or those named in `only`.

    Raises:
        EvaluationError: there is no such folder or case, the folder holds no case, or labels are
            wrong; then every problem of every case is named with file and line.
    """
    from dragoman.evals.validation import check_case_folder

    if not folder.is_dir():
        raise EvaluationError(
            "there is no such folder of cases",
            where=str(folder),
            remedy="The installed package has no cases: use a checkout of the project, or name "
            "a folder of your own with --cases",
        )
    folders = sorted(path for path in folder.iterdir() if path.is_dir())
    unknown = sorted(set(only) - {path.name for path in folders})
    if unknown:
        raise EvaluationError(
            f"no case is called {', '.join(map(repr, unknown))}",
            where=str(folder),
            remedy=f"Choose among: {', '.join(path.name for path in folders)}",
        )
    chosen = [path for path in folders if not only or path.name in only]
    if not chosen:
        raise EvaluationError(
            "the folder holds no case",
            where=str(folder),
            remedy="Make one with: dragoman eval new-case ARTICLE --cases FOLDER",
        )
    problems: list[str] = []
    cases: list[Case] = []
    for path in chosen:
        result = check_case_folder(path)
        if isinstance(result, Gold):
            cases.append(Case(path.name, path, result))
        else:
            problems.extend(map(str, result))
    if problems:
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        raise EvaluationError(f"{count} in the labels:\n" + "\n".join(problems))
    return tuple(cases)


def corpus_hash(cases: Iterable[Case]) -> str:
    """SHA-256 over the ids, articles and labels of the cases, byte by byte.

    Two runs can be compared, and a floor applies, only where this hash is the same.
    """
    digest = hashlib.sha256()
    for case in sorted(cases, key=lambda case: case.id):
        for file in (case.article_path, case.folder / GOLD_FILE):
            content = file.read_bytes()
            # The length in front keeps two files from passing for one.
            digest.update(f"{case.id}/{file.name} {len(content)}\n".encode())
            digest.update(content)
    return digest.hexdigest()
