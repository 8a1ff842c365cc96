"""The recorder: takes real responses of the model for every case, so that runs can replay them.

Only what is missing or stale is recorded. Every exchange is written as it happens, so that a
recorder that was killed goes on where it stopped.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dragoman.errors import (
    AnswerError,
    BudgetError,
    DragomanError,
    EvaluationError,
    RequestRejectedError,
)
from dragoman.evals.results import write_text
from dragoman.evals.runner import replay_case
from dragoman.evals.systems import System, neutral_settings, recording_of

if TYPE_CHECKING:
    from dragoman.evals.cases import Case
    from dragoman.settings import Settings

Notify = Callable[[str], None]

# What the model made of one article; the next one may go well. Anything else (no endpoint, a wrong
# key, a full disk) concerns all articles alike and ends the recording.
_OF_ONE_ARTICLE = (AnswerError, BudgetError, RequestRejectedError)


class Recorded(NamedTuple):
    """Ids of the cases by what became of their recordings."""

    up_to_date: tuple[str, ...]
    recorded: tuple[str, ...]
    incomplete: tuple[str, ...]
    """Recorded, but a replay still asks for something else."""


async def record(
    made_by: System,
    cases: Sequence[Case],
    recordings: Path,
    settings: Settings,
    notify: Notify,
    *,
    again: bool = False,
) -> Recorded:
    """Record what is missing or stale; with `again`, everything anew.

    Raises:
        EvaluationError: the system asks no model.
        DragomanError: something that concerns all articles, the endpoint say.
    """
    if made_by.folder is None:
        raise EvaluationError(f"{made_by.name!r} asks no model, there is nothing to record")
    due: list[Case] = []
    for case in cases:
        file = recording_of(made_by, recordings, case.id)
        if again:
            file.unlink(missing_ok=True)
        if not file.exists() or not await _is_complete(made_by, case, recordings):
            due.append(case)
    recorded: list[str] = []
    incomplete: list[str] = []
    left = sum(len(case.article().text) for case in due)
    read, started = 0, time.monotonic()
    for number, case in enumerate(due, start=1):
        notify(f"[{number}/{len(due)}] {case.id}{_time_left(left, read, started)}")
        await _record_case(made_by, case, recordings, settings, notify)
        complete = await _is_complete(made_by, case, recordings)
        if complete:
            await prune(made_by, case, recordings)
        (recorded if complete else incomplete).append(case.id)
        characters = len(case.article().text)
        read, left = read + characters, left - characters
    due_ids = {case.id for case in due}
    up_to_date = tuple(case.id for case in cases if case.id not in due_ids)
    return Recorded(up_to_date, tuple(recorded), tuple(incomplete))


def _time_left(characters_left: int, read: int, started: float) -> str:
    """How long the rest will take at the pace so far; nothing before there is a pace."""
    if not read:
        return ""
    seconds = characters_left * (time.monotonic() - started) / read
    return f", about {seconds / 60:.0f} min left" if seconds >= 60 else ", about a minute left"


async def _record_case(
    made_by: System, case: Case, recordings: Path, settings: Settings, notify: Notify
) -> None:
    from dragoman.recording import RecordingTransport

    file = recording_of(made_by, recordings, case.id)
    transport = RecordingTransport(file)
    started = time.monotonic()
    try:
        brief = await made_by.brief(
            case.article(), neutral_settings(settings, record=file), transport
        )
    except _OF_ONE_ARTICLE as error:
        notify(f"  no brief, which is recorded as well: {error}")
    else:
        notify(
            f"  {brief.run.requests} requests, {len(brief.gaps)} gaps, "
            f"{time.monotonic() - started:.0f} s"
        )
    finally:
        await transport.aclose()


async def _is_complete(made_by: System, case: Case, recordings: Path) -> bool:
    """Whether a replay finds all it asks for."""
    exchanges = (await replay_case(made_by, case, recordings)).exchanges
    return bool(exchanges and exchanges.hit and not exchanges.missing and not exchanges.stale)


async def prune(made_by: System, case: Case, recordings: Path) -> int:
    """Drop the exchanges that a replay of the case does not use; how many they were.

    Raises:
        EvaluationError: the recording is not complete, so nobody knows what is superfluous.
    """
    from dragoman.recording import ReplayTransport

    file = recording_of(made_by, recordings, case.id)
    transport = ReplayTransport(file)
    # An article that gets no brief has a recording all the same; what counts is checked below.
    with contextlib.suppress(DragomanError):
        await made_by.brief(case.article(), neutral_settings(replay=file), transport)
    coverage = transport.coverage()
    if coverage.missing:
        raise EvaluationError("the recording is not complete", where=str(file))
    if coverage.orphaned:
        lines = b"".join(exchange.as_line() for exchange in coverage.used)
        write_text(file, lines.decode("utf-8", "surrogatepass"))
    return len(coverage.orphaned)
