"""The commands of `dragoman eval`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.evals import terminal
from dragoman.evals.mutations_cli import mutations_command
from dragoman.evals.terminal import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.article import Article
    from dragoman.evals.cases import Case
    from dragoman.evals.gate import Judgement
    from dragoman.evals.results import Results
    from dragoman.evals.scoring import Summary
    from dragoman.evals.systems import System
    from dragoman.schemas.brief import Brief

app = typer.Typer(
    help="Measure quality on articles with gold labels.",
    no_args_is_help=True,
    add_completion=False,
)

Cases = Annotated[
    Path | None,
    typer.Option("--cases", help="Folder of cases; by default those of the checkout."),
]
Only = Annotated[
    list[str] | None, typer.Option("--case", help="Only this case; may be given several times.")
]
Recordings = Annotated[
    Path | None,
    typer.Option("--recordings", help="Folder of recordings; by default beside the cases."),
]
BaselineFile = Annotated[
    Path | None,
    typer.Option("--baseline", help="File with the floors; by default beside the cases."),
]
Output = Annotated[Path, typer.Option("--output", "-o", help="File to write.")]
ResultsFile = Annotated[Path, typer.Argument(metavar="RESULTS", help="Results of a run.")]
SystemOption = Annotated[
    str, typer.Option("--system", help="What is evaluated: dragoman, plain or cue-words.")
]
Model = Annotated[
    str | None, typer.Option("--model", help="Model to ask, if not the one of the settings.")
]


@app.command()
def run(
    *,
    live: Annotated[
        bool, typer.Option("--live/--replay", help="Ask the model, or replay recordings.")
    ] = False,
    only: Only = None,
    model: Model = None,
    system: SystemOption = "dragoman",
    cases: Cases = None,
    recordings: Recordings = None,
    baseline: BaselineFile = None,
    gate: Annotated[bool, typer.Option(help="Hold full replays against the floors.")] = True,
    output: Output = Path("results.json"),
    junit: Annotated[
        Path | None, typer.Option("--junit", help="Write JUnit XML to this file too.")
    ] = None,
) -> None:
    """Brief all cases, score them, and fail if quality has dropped.

    Fails (exit 1) as well if a case has no brief: because its recording is missing or stale, or
    for any other reason.
    """
    import asyncio

    from dragoman.errors import SettingsError
    from dragoman.evals import results as stored
    from dragoman.evals import runner
    from dragoman.evals.cases import load_cases

    if model and not live:
        raise SettingsError(
            "a replay asks the model that was recorded",
            where="--model",
            remedy="Use it with --live or with: dragoman eval record",
        )
    made_by = _system(system)
    folder = _folder(cases)
    chosen = load_cases(folder, only or ())
    recorded = recordings or folder.parent / "recordings"
    if live:
        from dragoman.settings import Settings

        found = asyncio.run(runner.live(made_by, chosen, Settings(model=model), say))
    else:
        found = asyncio.run(runner.replay(made_by, chosen, recorded, say))
    stored.write(found, output)
    others = {} if live else _others(made_by, chosen, recorded)
    terminal.show_figures(found, others)
    judgement = None
    if gate and not live and not only and made_by.name == "dragoman":
        judgement = _judge(found, folder, baseline)
    if judgement is not None:
        terminal.show_judgement(judgement)
    if junit is not None:
        terminal.write_junit(found, judgement, junit)
    terminal.add_step_summary(found, judgement, others)
    options = [] if made_by.name == "dragoman" else [f"--system {made_by.name}"]
    options += _given(cases=cases, recordings=recordings)
    terminal.show_recording_problems(found, options)
    if found.unscored or (judgement is not None and not judgement.passed):
        raise typer.Exit(1)


@app.command()
def score(
    results: ResultsFile = Path("results.json"),
    *,
    cases: Cases = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write the new results to this file.")
    ] = None,
) -> None:
    """Score stored briefs again, with the labels as they are now and without any model."""
    from dragoman.evals import results as stored
    from dragoman.evals import runner

    old = stored.read(results)
    found = runner.rescore(old, _cases_of(old, cases))
    if output is not None:
        stored.write(found, output)
    terminal.show_figures(found, {})
    if found.unscored:
        raise typer.Exit(1)


@app.command()
def compare(
    first: Annotated[Path, typer.Argument(metavar="A", help="Results of one run.")],
    second: Annotated[Path, typer.Argument(metavar="B", help="Results of another.")],
) -> None:
    """Show what changed from A to B, item by item, and whether it is more than noise."""
    from dragoman.evals import comparison
    from dragoman.evals import results as stored

    compared = comparison.compare(stored.read(first), stored.read(second))
    for warning in compared.warnings:
        say(f"warning: {warning}")
    terminal.print_table(comparison.table(compared))
    for flip in compared.flips:
        typer.echo(str(flip))
    if not compared.flips:
        typer.echo("no item changed")


@app.command()
def report(
    results: ResultsFile = Path("results.json"),
    *,
    cases: Cases = None,
    output: Output = Path("report.html"),
) -> None:
    """Write an HTML page: figures, then each article with its hits, misses and false alarms."""
    from dragoman.evals import report as pages
    from dragoman.evals import results as stored

    found = stored.read(results)
    stored.write_text(output, pages.html(found, _cases_of(found, cases)))
    say(f"written: {output}")


@app.command()
def record(
    *,
    only: Only = None,
    model: Model = None,
    system: SystemOption = "dragoman",
    again: Annotated[
        bool, typer.Option("--again", help="Record anew what is up to date, too.")
    ] = False,
    cases: Cases = None,
    recordings: Recordings = None,
) -> None:
    """Record the model's responses for cases whose recording is missing or stale.

    May be stopped at any time; the next call goes on where it was.
    """
    import asyncio

    from dragoman.evals import recorder
    from dragoman.evals.cases import load_cases
    from dragoman.settings import Settings

    folder = _folder(cases)
    done = asyncio.run(
        recorder.record(
            _system(system),
            load_cases(folder, only or ()),
            recordings or folder.parent / "recordings",
            Settings(model=model),
            say,
            again=again,
        )
    )
    say(f"{len(done.recorded)} recorded, {len(done.up_to_date)} up to date")
    if done.incomplete:
        say(f"a replay still asks for something else: {', '.join(done.incomplete)}")
        raise typer.Exit(1)


@app.command("update-baseline")
def update_baseline(
    results: ResultsFile = Path("results.json"),
    *,
    allow_regression: Annotated[
        bool, typer.Option("--allow-regression", help="Lower floors as well.")
    ] = False,
    cases: Cases = None,
    baseline: BaselineFile = None,
) -> None:
    """Accept the figures of a full run as the new floors. Never lowers one unless told to."""
    from dragoman.errors import EvaluationError
    from dragoman.evals import gate
    from dragoman.evals import results as stored
    from dragoman.evals.cases import corpus_hash, load_cases

    folder = _folder(cases)
    found = stored.read(results)
    if found.provenance.corpus != corpus_hash(load_cases(folder)):
        raise EvaluationError(
            "the results are not about all cases as they are now",
            where=str(results),
            remedy="Run first: dragoman eval run",
        )
    file = baseline or folder.parent / "baseline.json"
    update = gate.update(found, gate.read(file), allow_regression=allow_regression)
    gate.write(update.baseline, file)
    for line in update.lowered:
        typer.echo(f"lowered {line}")
    for line in update.raised:
        typer.echo(f"raised {line}")
    if not update.lowered and not update.raised:
        typer.echo("no floor changed")


@app.command("new-case")
def new_case(
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="File, or - for stdin.")],
    *,
    cases: Annotated[Path, typer.Option("--cases", help="Folder of cases to add to.")],
    identifier: Annotated[
        str | None, typer.Option("--id", help="Name of the case; by default the headline's words.")
    ] = None,
    brief: Annotated[
        Path | None, typer.Option("--brief", help="Brief of the article to pre-fill labels from.")
    ] = None,
    empty: Annotated[bool, typer.Option("--empty", help="Do not pre-fill labels.")] = False,
    model: Model = None,
) -> None:
    """Make a case of one's own, its labels pre-filled from a brief, to be corrected by hand."""
    from dragoman.article import Article
    from dragoman.evals import drafting
    from dragoman.evals.cases import GOLD_FILE, Gold
    from dragoman.evals.validation import check_case_folder

    read = Article.read(article)
    name = drafting.case_id(identifier or " ".join((read.title or "").split()[:5]))
    made = None if empty else _brief(read, brief, model)
    folder = drafting.write_case(read, drafting.draft_labels(read, made, name), cases)
    typer.echo(str(folder / GOLD_FILE))
    say("Now read the labels against the article: correct what is wrong, add what is missing.")
    problems = check_case_folder(folder)
    if not isinstance(problems, Gold):
        say("To be mended first:")
        for problem in problems:
            say(f"  {problem}")


app.command("mutations")(mutations_command)


def _brief(article: Article, file: Path | None, model: str | None) -> Brief:
    """The brief to pre-fill labels from: the one in the file, or one made now."""
    import asyncio

    from dragoman.evals.systems import neutral_settings, system
    from dragoman.rendering.stored import read_brief
    from dragoman.settings import Settings

    if file is not None:
        return read_brief(file)
    settings = neutral_settings(Settings(model=model))
    return asyncio.run(system("dragoman").brief(article, settings, None))


def _folder(cases: Path | None) -> Path:
    from dragoman.evals.cases import BUNDLED_CASES

    return cases or BUNDLED_CASES


def _given(**paths: Path | None) -> list[str]:
    """The options that were given, as they would be typed again."""
    import shlex

    return [
        f"--{name} {shlex.quote(str(path))}" for name, path in paths.items() if path is not None
    ]


def _system(name: str) -> System:
    from dragoman.errors import InputError
    from dragoman.evals.systems import SYSTEMS, system

    for known in SYSTEMS:
        if name == known:
            return system(known)
    raise InputError(
        f"no system is called {name!r}",
        where="--system",
        remedy=f"Choose among: {', '.join(SYSTEMS)}",
    )


def _cases_of(results: Results, cases: Path | None) -> tuple[Case, ...]:
    from dragoman.evals.cases import load_cases

    return load_cases(_folder(cases), [score.case for score in results.scores])


def _others(made_by: System, cases: Sequence[Case], recordings: Path) -> dict[str, Summary]:
    """The figures of the baselines on the same cases, as far as they can be had without a model."""
    import asyncio

    from dragoman.evals import runner
    from dragoman.evals.scoring import summarise
    from dragoman.evals.systems import recording_of, system

    found: dict[str, Summary] = {}
    if made_by.name != "dragoman":
        return found
    for other in (system("plain"), system("cue-words")):
        if other.folder is not None and not all(
            recording_of(other, recordings, case.id).exists() for case in cases
        ):
            say(f"no figures of {other.name}: not all of its recordings are there")
            continue
        found[other.name] = summarise(
            asyncio.run(runner.replay(other, cases, recordings, lambda _: None)).scores
        )
    return found


def _judge(found: Results, folder: Path, baseline: Path | None) -> Judgement | None:
    """What the gate says; None where there are no floors to hold a run against.

    The project's own cases must have floors: that they are gone must not pass for success.
    """
    from dragoman.errors import EvaluationError
    from dragoman.evals import gate
    from dragoman.evals.cases import BUNDLED_CASES

    file = baseline or folder.parent / "baseline.json"
    floors = gate.read(file)
    if floors is None:
        if baseline is None and folder.resolve() != BUNDLED_CASES.resolve():
            say("not gated: there is no baseline yet, see dragoman eval update-baseline")
            return None
        raise EvaluationError(
            "there is no baseline",
            where=str(file),
            remedy="Accept the figures with: dragoman eval update-baseline",
        )
    return gate.judge(found, floors)
