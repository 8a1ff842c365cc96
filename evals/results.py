"""Results: what a run found, with all that is needed to know what was run, as one JSON file."""

from __future__ import annotations

import hashlib
import importlib.metadata
import platform
import subprocess
from collections import Counter
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from dragoman.errors import EvaluationError, OutputError
from dragoman.evals.verdicts import CaseScore, Section, Verdict
from dragoman.schemas.brief import Brief

DEFAULT_FILE = Path("results.json")

_PACKAGES = ("instructor", "openai", "pydantic", "rapidfuzz", "scipy", "xllamacpp")


class ResultRecord(BaseModel):
    """Base of what is stored: frozen and closed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Exchanges(ResultRecord):
    """How a replay's requests fared against the recording of the case."""

    hit: int = Field(description="Requests that were recorded.")
    missing: int = Field(description="Requests of a prompt that has no recording at all.")
    stale: int = Field(description="Requests that were recorded with another wording.")
    orphan: int = Field(description="Recorded exchanges that no request asked for.")
    problems: tuple[str, ...] = Field(
        default=(), description="Each request or exchange that is no hit, in words."
    )


class CaseResult(ResultRecord):
    """One article: its brief, the verdicts on it, and the exchanges behind it."""

    score: CaseScore
    brief: Brief | None
    exchanges: Exchanges | None = None


class Provenance(ResultRecord):
    """What was run, and with what."""

    system: str = Field(description="What made the briefs: dragoman, or the name of a baseline.")
    mode: Literal["replay", "live", "none"]
    model: str
    version: str = Field(description="Version of dragoman.")
    python: str
    packages: dict[str, str]
    commit: str | None = Field(description="Commit of the checkout; null outside of one.")
    dirty: bool | None = Field(description="Whether the checkout had changes.")
    prompts: dict[str, str] = Field(description="SHA-256 of each prompt template, by name.")
    corpus: str = Field(description="SHA-256 over all articles and labels of the run.")


class Results(ResultRecord):
    """A run over several cases."""

    results_version: Literal[1] = 1
    provenance: Provenance
    scored: int = Field(description="Cases with a brief.")
    unscored: int = Field(description="Cases without one; they count as zeros.")
    cases: tuple[CaseResult, ...]

    @property
    def scores(self) -> list[CaseScore]:
        """The scores of all cases."""
        return [case.score for case in self.cases]


def build(provenance: Provenance, cases: tuple[CaseResult, ...]) -> Results:
    """Results with their counts.

    Raises:
        EvaluationError: there is no case; a run over nothing must not pass.
    """
    if not cases:
        raise EvaluationError("no case was run", remedy="Check --case and --cases")
    scored = sum(case.brief is not None for case in cases)
    return Results(provenance=provenance, scored=scored, unscored=len(cases) - scored, cases=cases)


def provenance(
    *, system: str, mode: Literal["replay", "live", "none"], model: str, corpus: str
) -> Provenance:
    """The provenance of a run that is made here and now."""
    commit, dirty = _checkout()
    return Provenance(
        system=system,
        mode=mode,
        model=model,
        version=importlib.metadata.version("dragoman"),
        python=platform.python_version(),
        packages={name: found for name in _PACKAGES if (found := _installed(name))},
        commit=commit,
        dirty=dirty,
        prompts=prompt_hashes(),
        corpus=corpus,
    )


def prompt_hashes() -> dict[str, str]:
    """SHA-256 of each prompt template, by name."""
    import dragoman.prompts

    folder = Path(dragoman.prompts.__file__).parent
    return {
        file.name.removesuffix(".j2"): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.glob("*.j2"))
    }


def _installed(package: str) -> str | None:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def _checkout() -> tuple[str | None, bool | None]:
    """Commit of the checkout this code lies in and whether it has changes; None outside of one."""
    commit = _git("rev-parse", "HEAD")
    if commit is None:
        return None, None
    return commit, bool(_git("status", "--porcelain"))


def _git(*arguments: str) -> str | None:
    try:
        done = subprocess.run(  # noqa: S603 - fixed words, no shell
            ["git", "-C", str(Path(__file__).resolve().parent), *arguments],  # noqa: S607
            capture_output=True,
            text=True,
            timeout=20,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()


def write(results: Results, file: Path) -> None:
    """Write results; OutputError if that is not possible."""
    write_text(file, results.model_dump_json(indent=1) + "\n")


def write_text(file: Path, text: str) -> None:
    """Write a whole file or nothing of it; OutputError if that is not possible."""
    partial = file.with_name(file.name + ".part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        # Bytes, so that no platform changes the ends of lines.
        partial.write_bytes(text.encode("utf-8", "surrogatepass"))
        partial.replace(file)
    except OSError as error:
        raise OutputError(
            f"cannot be written: {error.strerror}", where=str(file), remedy="Name another file"
        ) from error


def read(file: Path) -> Results:
    """Read results.

    Raises:
        EvaluationError: there is no such file, or it holds something else.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(
            "the results cannot be read",
            where=str(file),
            remedy="Make them with: dragoman eval run",
        ) from error
    try:
        return Results.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise EvaluationError(
            f"these are no results of this version ({place}: {first['msg']})",
            where=str(file),
            remedy="Make them again with: dragoman eval run",
        ) from error


class Key(NamedTuple):
    """What names an item in every run: a gold label by its index, a false alarm by its text."""

    case: str
    section: Section
    gold: int | None
    label: str


class Flip(NamedTuple):
    """An item whose verdict differs between two runs."""

    key: Key
    better: bool
    """A gold label that is hit now, or a false alarm that is gone."""

    def __str__(self) -> str:
        if self.key.gold is None:
            change = "no longer a false alarm" if self.better else "new false alarm"
        else:
            change = "found" if self.better else "lost"
        return f"{change}: {self.key.case} {self.key.section}: {self.key.label}"


def good_and_bad(case: str, verdicts: tuple[Verdict, ...]) -> tuple[Counter[Key], Counter[Key]]:
    """The hits and the false alarms of one case, by what names them in every run."""
    hits: Counter[Key] = Counter()
    false_alarms: Counter[Key] = Counter()
    for verdict in verdicts:
        key = Key(case, verdict.section, verdict.gold, verdict.label)
        if verdict.outcome == "hit":
            hits[key] += 1
        elif verdict.outcome == "false_alarm":
            false_alarms[key] += 1
    return hits, false_alarms


def flips(
    hits: tuple[Counter[Key], Counter[Key]], false_alarms: tuple[Counter[Key], Counter[Key]]
) -> list[Flip]:
    """What flipped between two runs, given the hits and the false alarms of both."""
    gone = [(hits[0] - hits[1], False), (false_alarms[0] - false_alarms[1], True)]
    come = [(hits[1] - hits[0], True), (false_alarms[1] - false_alarms[0], False)]
    found = [Flip(key, better) for keys, better in (*gone, *come) for key in keys.elements()]
    return sorted(found, key=lambda flip: (flip.better, flip.key.case, flip.key.section, str(flip)))
