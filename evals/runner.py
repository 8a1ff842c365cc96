"""The runner: makes the briefs of all cases, from recordings or live, and scores them.

A case that fails stays in the results as a zero with its reason. A replay has no way to reach a
network, and a request that was not recorded is a failure, never a call.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dragoman.errors import DragomanError, RecordingError
from dragoman.evals.cases import Case, corpus_hash
from dragoman.evals.results import CaseResult, Exchanges, Results, build, provenance
from dragoman.evals.scoring import score_case
from dragoman.evals.systems import System, neutral_settings, recording_of
from dragoman.evals.verdicts import CaseScore

if TYPE_CHECKING:
    from dragoman.article import Article
    from dragoman.recording import Coverage, ReplayTransport
    from dragoman.schemas.brief import Brief, Correction, Meeting, Position, Warning
    from dragoman.settings import Settings

Notify = Callable[[str], None]


class RequestVerdict(NamedTuple):
    """What became of one request of a replay, or of one recorded exchange."""

    verdict: str
    """hit, missing, stale or orphan."""
    prompt: str
    key: str


async def replay(
    made_by: System, cases: Sequence[Case], recordings: Path, notify: Notify
) -> Results:
    """Brief and score all cases from their recordings."""
    results: list[CaseResult] = []
    models: Counter[str] = Counter()
    for number, case in enumerate(cases, start=1):
        notify(f"[{number}/{len(cases)}] {case.id}")
        result = await replay_case(made_by, case, recordings)
        results.append(result)
        if result.brief is not None:
            models[result.brief.run.model] += 1
    return build(
        provenance(
            system=made_by.name,
            mode="none" if made_by.folder is None else "replay",
            model=", ".join(models) or "unknown",
            corpus=corpus_hash(cases),
        ),
        tuple(results),
    )


async def replay_case(made_by: System, case: Case, recordings: Path) -> CaseResult:
    """Brief and score one case from its recording; what goes wrong is in the result."""
    from dragoman.recording import ReplayTransport

    article = case.article()
    if made_by.folder is None:
        return _scored(case, article, await made_by.brief(article, neutral_settings(), None))
    file = recording_of(made_by, recordings, case.id)
    try:
        transport = ReplayTransport(file)
    except RecordingError as error:
        return _failed(case, article, error.what, Exchanges(hit=0, missing=0, stale=0, orphan=0))
    brief: Brief | None = None
    failure = ""
    try:
        brief = await made_by.brief(article, neutral_settings(replay=file), transport)
    except DragomanError as error:
        failure = str(error)
    exchanges = _counted(transport)
    if exchanges.missing or exchanges.stale:
        # A brief of which parts were never answered says nothing about quality.
        brief = None
        failure = (
            f"the recording does not fit any more: {exchanges.hit} requests recorded, "
            f"{exchanges.missing} missing, {exchanges.stale} stale"
        )
    if brief is None:
        return _failed(case, article, failure, exchanges)
    # How long a replay takes is of no interest; how long the recorded exchanges took is.
    return _scored(case, article, brief, exchanges, seconds=round(transport.seconds, 3))


async def live(
    made_by: System, cases: Sequence[Case], settings: Settings, notify: Notify
) -> Results:
    """Brief and score all cases with the model the settings name."""
    results: list[CaseResult] = []
    models: Counter[str] = Counter()
    for number, case in enumerate(cases, start=1):
        notify(f"[{number}/{len(cases)}] {case.id}")
        article = case.article()
        try:
            made = await made_by.brief(article, neutral_settings(settings), None)
        except DragomanError as error:
            notify(f"  {error}")
            results.append(_failed(case, article, str(error), None))
        else:
            models[made.run.model] += 1
            results.append(_scored(case, article, made))
    return build(
        provenance(
            system=made_by.name,
            mode="none" if made_by.folder is None else "live",
            model=", ".join(models) or settings.model or "unknown",
            corpus=corpus_hash(cases),
        ),
        tuple(results),
    )


def rescore(results: Results, cases: Sequence[Case]) -> Results:
    """Score the stored briefs again, with the labels as they are now and without any model.

    Raises:
        EvaluationError: a brief was made from another text than the case has now.
    """
    by_id = {case.id: case for case in cases}
    rescored: list[CaseResult] = []
    for result in results.cases:
        case = by_id[result.score.case]
        article = case.article()
        if result.brief is None:
            failure = result.score.failure or "no brief"
            rescored.append(_failed(case, article, failure, result.exchanges))
            continue
        again = _scored(case, article, result.brief, result.exchanges)
        score = again.score.model_copy(update={"cost": result.score.cost})
        rescored.append(again.model_copy(update={"score": score}))
    scored_now = results.provenance.model_copy(
        update={"corpus": corpus_hash([by_id[result.score.case] for result in results.cases])}
    )
    return build(scored_now, tuple(rescored))


def request_verdicts(transport: ReplayTransport) -> tuple[RequestVerdict, ...]:
    """The verdict on every request of a replay and every exchange nobody asked for.

    A request is stale if its prompt was recorded, only not with this wording, and missing if
    nothing of the kind was recorded.
    """
    coverage = transport.coverage()
    known = _prompt_names(coverage)
    verdicts = [RequestVerdict("hit", ex.prompt or "", ex.key) for ex in coverage.used]
    for missing in coverage.missing:
        stale = missing.stale is not None or _name(missing.prompt) in known
        verdict = "stale" if stale else "missing"
        verdicts.append(RequestVerdict(verdict, missing.prompt or "", missing.key))
    verdicts += [RequestVerdict("orphan", ex.prompt or "", ex.key) for ex in coverage.orphaned]
    return tuple(verdicts)


def _prompt_names(coverage: Coverage) -> set[str]:
    exchanges = (*coverage.used, *coverage.orphaned)
    return {name for exchange in exchanges if (name := _name(exchange.prompt))}


def _name(prompt: str | None) -> str:
    return (prompt or "").rpartition("@")[0]


def _counted(transport: ReplayTransport) -> Exchanges:
    verdicts = request_verdicts(transport)
    counts = Counter(verdict.verdict for verdict in verdicts)
    return Exchanges(
        hit=counts["hit"],
        missing=counts["missing"],
        stale=counts["stale"],
        orphan=counts["orphan"],
        problems=tuple(
            f"{each.verdict}: prompt {each.prompt or 'unknown'}, request {each.key[:12]}"
            for each in verdicts
            if each.verdict != "hit"
        ),
    )


def _scored(
    case: Case,
    article: Article,
    brief: Brief,
    exchanges: Exchanges | None = None,
    *,
    seconds: float | None = None,
) -> CaseResult:
    score = score_case(case.gold, brief, article)
    changes: dict[str, object] = {"unproven": unproven(article, brief)}
    if seconds is not None and score.cost is not None:
        changes["cost"] = score.cost.model_copy(update={"seconds": seconds})
    return CaseResult(score=score.model_copy(update=changes), brief=brief, exchanges=exchanges)


def _failed(case: Case, article: Article, failure: str, exchanges: Exchanges | None) -> CaseResult:
    score: CaseScore = score_case(case.gold, None, article, failure=failure)
    return CaseResult(score=score, brief=None, exchanges=exchanges)


def unproven(article: Article, brief: Brief) -> int:
    """How many items of a brief have evidence that does not hold, by Dragoman's own checks."""
    from dragoman.grounding import check_brief

    items: tuple[Meeting | Position | Warning | Correction, ...] = (
        *brief.meetings,
        *brief.positions,
        *brief.warnings,
        *brief.corrections,
    )
    wrong = {finding.item for finding in check_brief(article, brief).errors}
    return sum(item.id in wrong for item in items)
