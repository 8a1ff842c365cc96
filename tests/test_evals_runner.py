"""Recording, replaying and the commands: a replay is complete and offline, or it fails."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from evals_support import CASES, perfect_brief
from server import Server, answers
from typer.testing import CliRunner, Result

from dragoman.article import Article
from dragoman.errors import DragomanError
from dragoman.evals import gate, recorder, results, runner
from dragoman.evals.cases import Gold, load_cases
from dragoman.evals.cli import app
from dragoman.evals.cue_words import cue_words
from dragoman.evals.drafting import draft_labels
from dragoman.evals.plain import PlainAnswer, as_brief
from dragoman.evals.scoring import score_case
from dragoman.evals.systems import neutral_settings, recording_of, system
from dragoman.evals.validation import check_case_folder
from dragoman.settings import Settings

ANSWER = {
    "actors": [{"name": "Anna Kovac", "kind": "person"}],
    "meetings": [
        {"sentences": [1], "participants": ["Anna Kovac", "James Oduya"], "status": "held"}
    ],
    "positions": [
        {
            "sentences": [2, 99],
            "holder": "Anna Kovac",
            "act": "request",
            "target": "James Oduya",
            "statement": "open the border",
        },
        {
            "sentences": [99],
            "holder": "Anna Kovac",
            "act": "declare",
            "target": None,
            "statement": "no such sentence",
        },
    ],
    "warnings": [],
    "corrections": [],
}
ARTICLE = "Anna Kovac traf James Oduya in Graz.\nAnna Kovac forderte James Oduya auf, zu gehen.\n"
LABELS: dict[str, Any] = {
    "id": "graz",
    "language": "de",
    "noise": [],
    "actors": [
        {"name": "Anna Kovac", "kind": "person", "surface_forms": ["Anna Kovac"]},
        {"name": "James Oduya", "kind": "person", "surface_forms": ["James Oduya"]},
    ],
    "meetings": [
        {
            "participants": ["Anna Kovac", "James Oduya"],
            "status": "held",
            "format": "in_person",
            "evidence": ["Anna Kovac traf James Oduya in Graz"],
        }
    ],
    "positions": [
        {
            "holder": "Anna Kovac",
            "act": "request",
            "target": "James Oduya",
            "gist": "to leave",
            "evidence": ["Anna Kovac forderte"],
        }
    ],
    "warnings": [],
    "corrections": [],
}


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """A folder with two small cases."""
    for name in ("graz", "linz"):
        folder = tmp_path / "cases" / name
        folder.mkdir(parents=True)
        (folder / "article.txt").write_text(ARTICLE, encoding="utf-8")
        labels = json.dumps({**LABELS, "id": name}, ensure_ascii=False)
        (folder / "gold.json").write_text(labels, encoding="utf-8")
    # Requests are keyed by their text: equal articles would share recordings.
    (tmp_path / "cases" / "linz" / "article.txt").write_text(
        ARTICLE + "Das war alles.\n", encoding="utf-8"
    )
    return tmp_path / "cases"


def call(*arguments: str | Path) -> Result:
    """Run a command; an error raised on purpose is left in the result."""
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def make_recordings(cases: Path, server: Server, *only: str) -> recorder.Recorded:
    """Record the plain call for the cases with a real server."""
    import asyncio

    settings = Settings(base_url=server.base_url, model="small")
    said: list[str] = []
    return asyncio.run(
        recorder.record(
            system("plain"),
            load_cases(cases, only),
            cases.parent / "recordings",
            settings,
            said.append,
        )
    )


def test_an_answer_becomes_a_brief_with_evidence_or_is_rejected() -> None:
    """Sentences that exist are cited; an item without any is rejected; names are entered."""
    article = Article.from_text(ARTICLE, language="de")
    run = cue_words(article).run
    brief = as_brief(PlainAnswer.model_validate(ANSWER), article, run)
    assert [actor.name for actor in brief.actors] == ["Anna Kovac", "James Oduya"]
    assert [position.statement for position in brief.positions] == ["open the border"]
    assert [e.sentence for e in brief.positions[0].evidence] == ["s2"]
    assert [r.rule for r in brief.rejected] == ["incomplete"]


def test_cue_words_find_the_plainest_sentences() -> None:
    """The baseline without a model finds who met whom and who demanded."""
    brief = cue_words(Article.from_text(ARTICLE, language="de"))
    assert len(brief.meetings) == 1
    assert [position.act for position in brief.positions] == ["request"]


def test_recorded_cases_replay_offline_with_the_same_figures(cases: Path) -> None:
    """After recording, two replays without the server give the same results but for the clock."""
    with Server(answers(json.dumps(ANSWER))) as server:
        done = make_recordings(cases, server)
        asked = len(server.requests)
    assert done == recorder.Recorded((), ("graz", "linz"), ())
    assert asked == 2
    outputs = []
    for number in (1, 2):
        file = cases.parent / f"results{number}.json"
        result = call("run", "--system", "plain", "--cases", cases, "--output", file)
        assert result.exit_code == 0, result.output
        found = results.read(file)
        assert (found.scored, found.unscored) == (2, 0)
        assert found.cases[0].exchanges == results.Exchanges(hit=1, missing=0, stale=0, orphan=0)
        outputs.append((result.stdout, found.scores))
    assert outputs[0] == outputs[1]
    assert "positions" in outputs[0][0]


def test_only_what_is_missing_is_recorded(cases: Path) -> None:
    """A second recording asks the model nothing; a deleted recording is made again, alone."""
    with Server(answers(json.dumps(ANSWER))) as server:
        make_recordings(cases, server, "graz")
        done = make_recordings(cases, server)
        assert (done.up_to_date, done.recorded) == (("graz",), ("linz",))
        assert make_recordings(cases, server).recorded == ()
        assert len(server.requests) == 2


def test_a_deleted_recording_fails_the_run_and_names_the_command(cases: Path) -> None:
    """The case counts as failed and the command that mends it is printed."""
    with Server(answers(json.dumps(ANSWER))) as server:
        make_recordings(cases, server)
    recording_of(system("plain"), cases.parent / "recordings", "linz").unlink()
    file = cases.parent / "results.json"
    result = call("run", "--system", "plain", "--cases", cases, "--output", file)
    assert result.exit_code == 1
    assert f"dragoman eval record --system plain --cases {cases} --case linz" in result.stderr
    assert results.read(file).unscored == 1


def test_a_changed_request_is_stale_and_never_a_live_call(
    cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another wording of the prompt than the recorded one fails, although a server would answer."""
    with Server(answers(json.dumps(ANSWER))) as server:
        make_recordings(cases, server)
        monkeypatch.setattr("dragoman.evals.plain._TASK", "Do something else. Answer in JSON.")
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        monkeypatch.setenv("OPENAI_MODEL", "small")
        file = cases.parent / "results.json"
        result = call("run", "--system", "plain", "--cases", cases, "--output", file)
        assert len(server.requests) == 2  # those of the recording
    assert result.exit_code == 1
    assert "dragoman eval record" in result.stderr
    exchanges = results.read(file).cases[0].exchanges
    assert exchanges is not None
    assert (exchanges.hit, exchanges.missing, exchanges.stale, exchanges.orphan) == (0, 0, 1, 1)


def test_superfluous_exchanges_are_dropped(cases: Path) -> None:
    """After a change of prompt, recording again leaves only what a replay asks for."""
    file = recording_of(system("plain"), cases.parent / "recordings", "graz")
    with Server(answers(json.dumps(ANSWER))) as server:
        make_recordings(cases, server, "graz")
        before = file.read_bytes()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("dragoman.evals.plain._TASK", "Do something else. Answer in JSON.")
            make_recordings(cases, server, "graz")
            after = file.read_bytes()
    assert before.count(b"\n") == after.count(b"\n") == 1
    assert before != after


def test_an_article_that_gets_no_brief_is_recorded_and_counts_as_zero(cases: Path) -> None:
    """What the model makes of an article is its result, even if that is nothing usable."""
    with Server(answers('{"actors": []}')) as server:
        done = make_recordings(cases, server, "graz")
    assert done.recorded == ("graz",)
    file = cases.parent / "results.json"
    result = call("run", "--system", "plain", "--cases", cases, "--case", "graz", "--output", file)
    assert result.exit_code == 1
    found = results.read(file)
    assert (found.scored, found.unscored) == (0, 1)
    assert found.scores[0].failure


def test_an_endpoint_that_is_not_there_ends_the_recording(cases: Path) -> None:
    """Going on to the next article would only fail again."""
    with Server(answers("")) as server:
        address = server.base_url
    settings = Settings(base_url=address, model="small", attempts=1)
    import asyncio

    with pytest.raises(DragomanError):
        asyncio.run(
            recorder.record(
                system("plain"),
                load_cases(cases),
                cases.parent / "recordings",
                settings,
                lambda _: None,
            )
        )


def test_the_users_settings_do_not_change_what_is_measured(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of the environment only the endpoint counts; a replay takes nothing from it."""
    monkeypatch.setenv("DRAGOMAN_STRATEGY", "article")
    monkeypatch.setenv("DRAGOMAN_LANGUAGE", "fr")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://localhost:1/v1")
    monkeypatch.setenv("OPENAI_MODEL", "mine")
    kept = neutral_settings(Settings())
    assert (kept.model, kept.strategy, kept.language) == ("mine", "auto", None)
    replayed = neutral_settings(replay=Path("x.jsonl"))
    assert (replayed.model, replayed.strategy) == (None, "auto")
    assert replayed.replay == Path("x.jsonl")


def test_a_request_without_any_recorded_relative_is_missing(cases: Path) -> None:
    """An empty recording holds nothing that could be stale."""
    file = recording_of(system("plain"), cases.parent / "recordings", "graz")
    file.parent.mkdir(parents=True)
    file.write_bytes(b"")
    import asyncio

    found = asyncio.run(
        runner.replay_case(system("plain"), load_cases(cases, ["graz"])[0], file.parent.parent)
    )
    assert found.brief is None


def test_own_cases_are_gated_once_they_have_a_baseline(cases: Path) -> None:
    """The gate of one's own cases lies beside them; a subset of cases is not held against it."""
    chosen = load_cases(cases)
    found = results.build(
        results.provenance(system="dragoman", mode="replay", model="m", corpus="0" * 64),
        tuple(
            results.CaseResult(
                score=score_case(
                    case.gold, perfect_brief(case.article(), case.gold), case.article()
                ),
                brief=perfect_brief(case.article(), case.gold),
            )
            for case in chosen
        ),
    )
    file = cases.parent / "results.json"
    results.write(found, file)
    refused = call("update-baseline", file, "--cases", cases)
    assert isinstance(refused.exception, DragomanError)
    results.write(runner.rescore(found, chosen), file)
    accepted = call("update-baseline", file, "--cases", cases)
    assert accepted.exit_code == 0, accepted.output
    assert "raised positions.f1" in accepted.stdout
    assert gate.read(cases.parent / "baseline.json") is not None
    again = call("update-baseline", file, "--cases", cases)
    assert again.stdout == "no floor changed\n"


def test_stored_briefs_can_be_scored_again_with_changed_labels(cases: Path) -> None:
    """A label that is made optional no longer counts, without any model."""
    file = cases.parent / "results.json"
    assert call("run", "--system", "cue-words", "--cases", cases, "-o", file).exit_code == 0
    before = results.read(file).scores[0].counts("positions")
    labels = json.loads((cases / "graz" / "gold.json").read_text(encoding="utf-8"))
    labels["positions"][0]["optional"] = True
    (cases / "graz" / "gold.json").write_text(json.dumps(labels), encoding="utf-8")
    rescored = call("score", file, "--cases", cases, "-o", cases.parent / "again.json")
    assert rescored.exit_code == 0, rescored.output
    after = results.read(cases.parent / "again.json").scores[0].counts("positions")
    assert before.hits == 1
    assert after == (0, 0, before.false_alarms)


def test_compare_and_report_work_on_stored_results(cases: Path) -> None:
    """The commands read what run has written."""
    file = cases.parent / "results.json"
    call("run", "--system", "cue-words", "--cases", cases, "-o", file)
    compared = call("compare", file, file)
    assert compared.exit_code == 0
    assert "no item changed" in compared.stdout
    page = cases.parent / "report.html"
    made = call("report", file, "--cases", cases, "-o", page)
    assert made.exit_code == 0, made.output
    assert "Anna Kovac" in page.read_text(encoding="utf-8")


def test_a_step_summary_is_appended(cases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What earlier steps have written stays."""
    summary = cases.parent / "summary.md"
    summary.write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    junit = cases.parent / "junit.xml"
    file = cases.parent / "results.json"
    call("run", "--system", "cue-words", "--cases", cases, "-o", file, "--junit", junit)
    assert summary.read_text(encoding="utf-8").startswith("before\n## Dragoman evaluation")
    assert junit.read_text(encoding="utf-8").startswith("<?xml")


def test_options_that_make_no_sense_are_refused() -> None:
    """An unknown system, and a model for a replay, are errors with a remedy."""
    for arguments in (["run", "--system", "magic"], ["run", "--model", "m"]):
        result = call(*arguments)
        assert isinstance(result.exception, DragomanError)
        assert result.exception.remedy


def test_a_new_case_is_prefilled_from_a_brief_and_valid(tmp_path: Path) -> None:
    """Labels made from a perfect brief of a real article are valid and hold the same items."""
    case = load_cases(CASES, ["de-lukaschenko-xi"])[0]
    article = case.article()
    brief = perfect_brief(article, case.gold)
    source = tmp_path / "article.txt"
    shutil.copy(case.article_path, source)
    file = tmp_path / "brief.json"
    file.write_text(brief.model_dump_json(), encoding="utf-8")
    made = call(
        "new-case", source, "--cases", tmp_path / "cases", "--id", "My case", "--brief", file
    )
    assert made.exit_code == 0, made.output
    gold = check_case_folder(tmp_path / "cases" / "my-case")
    assert isinstance(gold, Gold)
    assert len(gold.positions) == len(brief.positions)
    assert set(gold.noise) == set(case.gold.noise)
    again = call("new-case", source, "--cases", tmp_path / "cases", "--id", "my-case", "--empty")
    assert isinstance(again.exception, DragomanError)


def test_a_new_case_without_a_brief_has_empty_labels() -> None:
    """Whoever wants to label unprompted can."""
    labels = draft_labels(Article.from_text(ARTICLE, language="de"), None, "graz")
    assert Gold.model_validate(labels).positions == ()
