"""Matching and scoring agree with what a careful reader works out by hand."""

from __future__ import annotations

import pytest
from evals_support import CASES, actor, brief, evidence, perfect_brief

from dragoman.article import Article
from dragoman.errors import EvaluationError
from dragoman.evals.cases import Gold, load_cases
from dragoman.evals.matching import same_actor
from dragoman.evals.metrics import Counts, Share
from dragoman.evals.scoring import notes, score_case, summarise
from dragoman.evals.verdicts import CaseScore, Section
from dragoman.schemas.brief import Correction, Meeting, Position, Warning
from dragoman.schemas.vocabulary import Act

TEXT = """Ministerin Kovac trifft Botschafter Oduya in Graz

Anna Kovac traf am Dienstag den Botschafter James Oduya in Graz.
Kovac forderte Oduya auf, die Grenze zu öffnen.
„Wir stehen zu dem Vertrag“, sagte Oduya.
Oduya warnte die Händler vor hohen Strafzöllen.
Die Gewerkschaft lehnte den Plan ab.
Lesen Sie auch: Das Wetter am Wochenende
Kovac und Oduya wollen sich im März erneut treffen.
Jetzt den Newsletter bestellen
"""

GOLD = Gold.model_validate(
    {
        "id": "graz",
        "language": "de",
        "noise": ["Lesen Sie auch: Das Wetter am Wochenende", "Jetzt den Newsletter bestellen"],
        "actors": [
            {
                "name": "Anna Kovac",
                "kind": "person",
                "surface_forms": ["Anna Kovac", "Kovac", "Ministerin Kovac"],
            },
            {"name": "James Oduya", "kind": "person", "surface_forms": ["James Oduya", "Oduya"]},
            {"name": "Händler", "kind": "group", "surface_forms": ["die Händler"]},
            {"name": "Gewerkschaft", "kind": "organisation", "surface_forms": ["Gewerkschaft"]},
        ],
        "meetings": [
            {
                "participants": ["Anna Kovac", "James Oduya"],
                "status": "held",
                "format": "in_person",
                "evidence": ["Anna Kovac traf am Dienstag"],
            },
            {
                "participants": ["Anna Kovac", "James Oduya"],
                "status": "planned",
                "format": "unstated",
                "evidence": ["wollen sich im März erneut treffen"],
            },
        ],
        "positions": [
            {
                "holder": "Anna Kovac",
                "act": "request",
                "target": "James Oduya",
                "gist": "open the border",
                "evidence": ["Kovac forderte Oduya auf"],
            },
            {
                "holder": "James Oduya",
                "act": "support",
                "act_also": ["declare"],
                "gist": "stands by the treaty",
                "evidence": ["„Wir stehen zu dem Vertrag“"],
            },
            {
                "holder": "Gewerkschaft",
                "act": "reject",
                "gist": "rejects the plan",
                "evidence": ["Die Gewerkschaft lehnte"],
                "optional": True,
            },
        ],
        "warnings": [
            {
                "issuer": "James Oduya",
                "issuer_also": ["Gewerkschaft"],
                "addressee": "Händler",
                "kind": "caution",
                "gist": "high punitive tariffs",
                "evidence": ["Oduya warnte die Händler"],
            }
        ],
        "corrections": [
            {
                "original": "Strafzöllen",
                "span_also": ["hohen Strafzöllen"],
                "accepted": ["Geldstrafen", "hohen Geldstrafen"],
                "kind": "terminology",
                "impact": "critical",
            },
            {
                "original": "Vertrag",
                "accepted": ["Abkommen"],
                "kind": "terminology",
                "impact": "minor",
                "optional": True,
            },
        ],
    }
)

ARTICLE = Article.from_text(TEXT, language="de")
KOVAC = actor(ARTICLE, 1, "Anna Kovac", "Anna Kovac")
ODUYA = actor(ARTICLE, 2, "Oduya", "Oduya")
TRADERS = actor(ARTICLE, 3, "Händler", "Händler", kind="group")
UNION = actor(ARTICLE, 4, "Gewerkschaft", "Gewerkschaft", kind="organisation")
EVERYBODY = [KOVAC, ODUYA, TRADERS, UNION]


def position(
    number: int, holder: str, act: Act, snippet: str, target: str | None = None
) -> Position:
    return Position(
        id=f"p{number}",
        holder=holder,
        act=act,
        target=target,
        statement="said so",
        evidence=evidence(ARTICLE, snippet),
    )


def correction(
    number: int, original: str, corrected: str, snippet: str | None = None
) -> Correction:
    return Correction(
        id=f"c{number}",
        original=original,
        corrected=corrected,
        kind="terminology",
        impact="critical",
        reason="wrong word",
        origin="model",
        evidence=evidence(ARTICLE, snippet or original),
    )


def score(**items: object) -> CaseScore:
    return score_case(GOLD, brief(ARTICLE, **{"actors": EVERYBODY, **items}), ARTICLE)  # type: ignore[arg-type] # any section


def outcomes(found: CaseScore, section: Section) -> list[tuple[str, int | None, str | None]]:
    return [(v.outcome, v.gold, v.item) for v in found.verdicts if v.section == section]


def test_positions_by_hand() -> None:
    """One right with the wrong act, one of the wrong holder, one of the wrong sentence."""
    found = score(
        positions=[
            position(1, "a1", "declare", "Kovac forderte Oduya", target="a2"),
            position(2, "a1", "support", "Wir stehen zu"),
            position(3, "a2", "support", "Oduya warnte"),
        ]
    )
    assert outcomes(found, "positions") == [
        ("hit", 0, "p1"),
        ("miss", 1, None),
        ("optional_miss", 2, None),
        ("false_alarm", None, "p2"),
        ("false_alarm", None, "p3"),
    ]
    assert found.counts("positions") == Counts(hits=1, misses=1, false_alarms=2)
    shares = summarise([found]).attributes
    assert shares["positions.act"] == Share(0, 1)
    assert shares["positions.target"] == Share(1, 1)


def test_another_right_act_is_right() -> None:
    """`act_also` counts like the act itself."""
    found = score(positions=[position(1, "a2", "declare", "Wir stehen zu")])
    assert summarise([found]).attributes["positions.act"] == Share(1, 1)


def test_optional_positions_count_neither_way() -> None:
    """A prediction that an optional label explains is neither hit nor false alarm; a second is."""
    once = score(positions=[position(1, "a4", "accuse", "Die Gewerkschaft")])
    assert once.counts("positions") == Counts(hits=0, misses=2, false_alarms=0)
    assert "positions.act" not in summarise([once]).attributes
    twice = score(
        positions=[
            position(1, "a4", "accuse", "Die Gewerkschaft"),
            position(2, "a4", "reject", "Die Gewerkschaft"),
        ]
    )
    assert twice.counts("positions") == Counts(hits=0, misses=2, false_alarms=1)


def test_the_same_position_twice_is_one_hit_and_one_false_alarm() -> None:
    """Of two predictions for one label, the one with the right act is the hit."""
    found = score(
        positions=[
            position(1, "a1", "declare", "Kovac forderte Oduya"),
            position(2, "a1", "request", "Kovac forderte Oduya", target="a2"),
        ]
    )
    assert ("hit", 0, "p2") in outcomes(found, "positions")
    assert ("false_alarm", None, "p1") in outcomes(found, "positions")


def test_warnings_by_hand() -> None:
    """Issuer (or another right one) and evidence make the match; addressee and kind are judged."""
    warning = Warning(
        id="w1",
        issuer="a4",
        addressee=None,
        kind="caution",
        statement="warns",
        evidence=evidence(ARTICLE, "Oduya warnte"),
    )
    found = score(warnings=[warning])
    assert found.counts("warnings") == Counts(hits=1)
    shares = summarise([found]).attributes
    assert shares["warnings.addressee"] == Share(0, 1)
    assert shares["warnings.kind"] == Share(1, 1)
    wrong = score(warnings=[warning.model_copy(update={"issuer": "a1"})])
    assert wrong.counts("warnings") == Counts(misses=1, false_alarms=1)


def test_meetings_by_hand() -> None:
    """The set of participants makes the match; the evidence decides which meeting of the two."""
    meeting = Meeting(
        id="m1",
        participants=("a2", "a1"),
        status="planned",
        format="in_person",
        evidence=evidence(ARTICLE, "im März erneut"),
    )
    found = score(meetings=[meeting])
    assert outcomes(found, "meetings") == [("miss", 0, None), ("hit", 1, "m1")]
    shares = summarise([found]).attributes
    assert shares["meetings.status"] == Share(1, 1)
    assert shares["meetings.format"] == Share(0, 1)
    three = score(meetings=[meeting.model_copy(update={"participants": ("a1", "a2", "a3")})])
    assert three.counts("meetings") == Counts(misses=2, false_alarms=1)


def test_other_right_sets_of_participants_are_right() -> None:
    """`participants_also` counts like the participants themselves."""
    gold = GOLD.model_copy(
        update={
            "meetings": (
                GOLD.meetings[0].model_copy(
                    update={"participants_also": (("Anna Kovac", "Händler"),)}
                ),
            )
        }
    )
    meeting = Meeting(
        id="m1",
        participants=("a3", "a1"),
        status="held",
        format="in_person",
        evidence=evidence(ARTICLE, "Anna Kovac traf"),
    )
    found = score_case(gold, brief(ARTICLE, actors=EVERYBODY, meetings=[meeting]), ARTICLE)
    assert found.counts("meetings") == Counts(hits=1)


def test_corrections_by_hand() -> None:
    """Strict asks for an accepted wording, the span alone is the lenient figure."""
    wrong = score(corrections=[correction(1, "Strafzöllen", "Zöllen")])
    assert wrong.counts("corrections") == Counts(misses=1, false_alarms=1)
    assert wrong.counts("correction_spans") == Counts(hits=1)
    assert summarise([wrong]).critical == Share(0, 1)
    right = score(corrections=[correction(1, "Strafzöllen", "Geldstrafen")])
    assert right.counts("corrections") == Counts(hits=1)
    assert summarise([right]).critical == Share(1, 1)


@pytest.mark.parametrize(
    ("original", "corrected", "right"),
    [
        ("hohen Strafzöllen", "hohen Geldstrafen", True),
        ("vor hohen Strafzöllen", "vor hohen Geldstrafen", True),
        ("Strafz", "Geldstrafen", False),
        ("Strafzöllen", "geldstrafen", True),
        ("vor hohen Strafzöllen", "Geldstrafen", False),
        ("Strafzöllen", "", False),
        ("die Händler", "Geldstrafen", False),
    ],
)
def test_a_correction_is_judged_by_what_the_article_reads_afterwards(
    original: str, corrected: str, right: bool
) -> None:
    """A wider span with the same effect is right; a wording that swallows other words is not."""
    found = score(corrections=[correction(1, original, corrected)])
    assert (found.counts("corrections").hits == 1) is right


def test_a_wrong_wording_at_an_optional_correction_is_a_false_alarm() -> None:
    """Optional means that it may be left out, not that it may be made worse."""
    found = score(corrections=[correction(1, "Vertrag", "Auftrag")])
    assert found.counts("corrections") == Counts(misses=1, false_alarms=1)
    assert found.counts("correction_spans") == Counts(misses=1)


def test_a_correction_of_other_words_in_the_same_sentence_does_not_match() -> None:
    """Sharing the sentence is not enough, the words must overlap."""
    found = score(corrections=[correction(1, "warnte", "Geldstrafen")])
    assert found.counts("correction_spans") == Counts(misses=1, false_alarms=1)


def test_actors_by_hand() -> None:
    """An actor is who the name, or most of the mentions, say; whoever is in no label is false."""
    mixed = actor(ARTICLE, 5, "Kovac und Oduya", "Anna Kovac", "Gewerkschaft", "Händler")
    stranger = actor(ARTICLE, 6, "Graz", "Graz", kind="government")
    found = score(actors=[KOVAC, ODUYA, mixed, stranger])
    assert found.counts("actors") == Counts(hits=2, misses=2, false_alarms=2)


def test_noise_is_counted_by_line() -> None:
    """One of two noise lines marked, and one genuine line marked: a hit, a miss, a false alarm."""
    marked = [
        sentence.id
        for sentence in ARTICLE.sentences
        if sentence.text.startswith(("Lesen Sie", "Die Gewerkschaft"))
    ]
    assert score(noise=marked).counts("noise") == Counts(1, 1, 1)


def test_a_failed_case_counts_as_zero() -> None:
    """Without a brief, every required label is missed and the case is counted as failed."""
    failed = score_case(GOLD, None, ARTICLE, failure="no answer")
    assert failed.counts("positions") == Counts(misses=2)
    assert failed.counts("actors") == Counts(misses=4)
    assert failed.counts("noise") == Counts(misses=2)
    both = summarise([failed, score_case(GOLD, perfect_brief(ARTICLE, GOLD), ARTICLE)])
    assert (both.cases, both.failed) == (2, 1)
    assert both.sections["positions"].counts.recall == 0.5


def test_scoring_nothing_is_an_error() -> None:
    """Figures about no case would look like success."""
    with pytest.raises(EvaluationError, match="no case was scored"):
        summarise([])


def test_a_brief_of_another_text_is_refused() -> None:
    """Offsets into another text would match by accident."""
    other = Article.from_text(TEXT + "Nachtrag.\n", language="de")
    with pytest.raises(EvaluationError, match="another text"):
        score_case(GOLD, brief(ARTICLE), other)


@pytest.mark.parametrize("case", load_cases(CASES), ids=lambda case: case.id)
def test_the_labels_themselves_are_perfect(case: object) -> None:
    """A brief that says what the labels say scores 1 everywhere; with the optional ones as well."""
    assert hasattr(case, "gold")
    article = case.article()  # type: ignore[attr-defined] # parametrised with cases
    for optional in (False, True):
        made = perfect_brief(article, case.gold, optional=optional)
        found = score_case(case.gold, made, article)
        spoiled = [v for v in found.verdicts if v.outcome in ("miss", "false_alarm")]
        assert spoiled == []
        assert all(all(v.attributes.values()) for v in found.verdicts if v.outcome == "hit")


def test_the_notes_name_the_figures_beside_the_table() -> None:
    """Accuracies, critical corrections and costs are shown, with what they are shares of."""
    lines = notes(summarise([score_case(GOLD, perfect_brief(ARTICLE, GOLD), ARTICLE)]))
    assert "positions act right: 2 of 2 (1.00)" in lines
    assert "critical corrections: 1 of 1" in lines


def test_an_entry_that_mixes_two_actors_is_nobody() -> None:
    """Half of the mentions is not most of them."""
    text = Article.from_text("Kovac sprach mit Oduya.", language="de")
    mixed = actor(text, 1, "beide", "Kovac", "Oduya")
    assert not same_actor(mixed, GOLD.actors[0])
    assert not same_actor(mixed, GOLD.actors[1])
