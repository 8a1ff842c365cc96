"""Every rule refuses what it is there to refuse, and lets the true claim beside it pass."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from grounding_sample import (
    ACTORS,
    ENGLISH,
    GERMAN,
    Draft,
    correction,
    meeting,
    position,
    verdict,
)

from dragoman.article import Article
from dragoman.grounding import RULES, Checker, Proven
from dragoman.schemas.brief import Rejected

NO_REASON = "We see no reason to give up the twelve harbours"
KEIN_GRUND = "Wir sehen keinen Grund, die zwölf Häfen aufzugeben"

TRUE: list[tuple[Draft, Article]] = [
    (position("s3", "Berg", NO_REASON, NO_REASON), ENGLISH),
    (position("s3", "Anna Berg", "Berg sees no reason to give up 12 harbours"), ENGLISH),
    (position("s4", "Berg", "the treaty could fail if Westmark does not withdraw 40 ships",
              target="Dahl"), ENGLISH),
    (position("s6", "Dahl", "The treaty of 2 March is dead", "The treaty of 2 March is dead",
              reported_by="Korvo"), ENGLISH),
    (position("s6 s7", "Dahl", "We will go on talking",
              "The treaty of 2 March is dead … But we will go on talking"), ENGLISH),
    (position("s8", "Westmark", "Westmark did not block the harbours", act="deny"), ENGLISH),
    (meeting("s2", "Berg", "Dahl", place="Geneva", date="Wednesday"), ENGLISH),
    (meeting("s9", "Berg", "Dahl", status="planned", place="Oslo", date="Monday"), ENGLISH),
    (meeting("s10", "Dahl", "Eva Holm", status="ruled_out"), ENGLISH),
    (correction("s2", "Carl Dahl", "Karl Dahl"), ENGLISH),
    (position("s3", "Berg", KEIN_GRUND, KEIN_GRUND), GERMAN),
    (position("s4", "Berg", "der Vertrag könnte ohne Abzug der 1200 Schiffe scheitern",
              target="Dahl"), GERMAN),
    (position("s6", "Dahl", "Der Vertrag vom 2. März ist tot", "Der Vertrag vom 2. März ist tot",
              reported_by="Korvo"), GERMAN),
    (position("s7", "Westmark", "Westmark wies den Vorwurf zurück"), GERMAN),
    (meeting("s2", "Berg", "Dahl", place="Genf", date="am Mittwoch"), GERMAN),
]  # fmt: skip

FALSE: list[tuple[str, Draft, Article]] = [
    ("evidence-exists", position("s99", "Berg", NO_REASON), ENGLISH),
    ("evidence-exists", meeting("", "Berg", "Dahl"), ENGLISH),
    ("evidence-not-noise", position("s5", "Berg", "the worst week of my whole life"), ENGLISH),
    ("quote-not-noise", position("s3", "Berg", NO_REASON, "the worst week of my whole life"),
     ENGLISH),
    ("quote-verbatim", position("s3", "Berg", NO_REASON,
                                "We see a reason to give up the twelve harbours"), ENGLISH),
    ("quote-verbatim", position("s3", "Berg", NO_REASON,
                                "We see no reason to give up the thirteen harbours"), ENGLISH),
    ("quote-verbatim", position("s3", "Berg", NO_REASON,
                                "We must all hold on to what is ours"), ENGLISH),
    ("quote-verbatim", position("s3", "Berg", KEIN_GRUND,
                                "Wir sehen einen Grund, die zwölf Häfen aufzugeben"), GERMAN),
    ("quote-verbatim", position("s7", "Dahl", "support every honest offer",
                                "go on talking and [not] support every honest offer"), ENGLISH),
    ("quote-one-speaker", position("s3 s6", "Berg", NO_REASON,
                                   "We see no reason … is dead"), ENGLISH),
    ("quote-speaker", position("s3", "Berg", NO_REASON, "The treaty of 2 March is dead"), ENGLISH),
    ("speaker-named", position("s3", "Eva Holm", NO_REASON), ENGLISH),
    ("speaker-speaks", position("s4", "Dahl", "the treaty could fail", target="Berg"), ENGLISH),
    ("speaker-speaks", position("s6", "Korvo", "The treaty of 2 March is dead"), ENGLISH),
    ("speaker-speaks", position("s4", "Dahl", "der Vertrag könnte scheitern"), GERMAN),
    ("speaker-speaks", position("s6", "Korvo", "Der Vertrag vom 2. März ist tot"), GERMAN),
    ("statement-supported", position("s3", "Berg", "Schools across the capital close early"),
     ENGLISH),
    ("statement-negation", position("s3", "Berg", "We see reason to give up the twelve harbours"),
     ENGLISH),
    ("statement-negation", position("s3", "Berg", "Wir sehen Grund, die zwölf Häfen aufzugeben"),
     GERMAN),
    ("statement-negation", position("s6", "Dahl", "The treaty of 2 March is not dead"), ENGLISH),
    ("statement-numbers", position("s4", "Berg", "the treaty could fail if Westmark does not "
                                                 "withdraw 400 ships"), ENGLISH),
    ("statement-numbers", position("s3", "Berg", "We see no reason to give up the 21 harbours"),
     ENGLISH),
    ("statement-dates", position("s6", "Dahl", "The treaty of 2 April is dead"), ENGLISH),
    ("statement-names", position("s4", "Berg", "the treaty could fail if Norland does not withdraw "
                                               "40 ships"), ENGLISH),
    ("statement-modality", position("s4", "Berg", "the treaty will fail if Westmark does not "
                                                  "withdraw 40 ships"), ENGLISH),
    ("statement-modality", position("s4", "Berg", "der Vertrag wird ohne einen Abzug der "
                                                  "1.200 Schiffe scheitern"), GERMAN),
    ("statement-polarity", position("s8", "Westmark", "Westmark accepted the accusation that it "
                                                      "had blocked the harbours"), ENGLISH),
    ("meeting-two-parties", meeting("s2", "Berg", "Anna Berg"), ENGLISH),
    ("meeting-parties-named", meeting("s2", "Berg", "Eva Holm"), ENGLISH),
    ("meeting-parties-named", meeting("s6", "Dahl", "Korvo"), ENGLISH),
    ("meeting-reported", meeting("s8", "Westmark", "Dahl"), ENGLISH),
    ("meeting-status", meeting("s9", "Berg", "Dahl", status="held"), ENGLISH),
    ("meeting-status", meeting("s10", "Dahl", "Eva Holm", status="held"), ENGLISH),
    ("meeting-status", meeting("s2", "Berg", "Dahl", status="ruled_out"), ENGLISH),
    ("meeting-status", meeting("s2", "Berg", "Dahl", status="planned"), GERMAN),
    ("correction-original", correction("s2", "Carl Dall", "Karl Dahl"), ENGLISH),
    ("correction-original", correction("s3", "Carl Dahl", "Karl Dahl"), ENGLISH),
    ("correction-differs", correction("s2", "Carl Dahl", "Carl Dahl"), ENGLISH),
]  # fmt: skip


@pytest.mark.parametrize(("draft", "article"), TRUE)
def test_a_true_claim_passes_unchanged(draft: Draft, article: Article) -> None:
    rule, proven = verdict(draft, article)
    assert rule is None
    assert proven is not None
    for field in ("statement", "participants", "place", "date", "status", "original"):
        if hasattr(draft, field):
            assert getattr(proven, field) == getattr(draft, field)


@pytest.mark.parametrize(("rule", "draft", "article"), FALSE)
def test_a_false_claim_is_refused_by_the_rule_for_it(
    rule: str, draft: Draft, article: Article
) -> None:
    refused_by, _ = verdict(draft, article)
    if refused_by != rule:  # a meeting nobody reports also lacks its parties
        assert (rule, refused_by) == ("meeting-reported", "meeting-parties-named")


@pytest.mark.parametrize(
    ("draft", "field", "value"),
    [
        (meeting("s2", "Berg", "Dahl", place="Vienna"), "place", None),
        (meeting("s2", "Berg", "Dahl", date="Thursday"), "date", None),
        (position("s3", "Berg", NO_REASON, target="Berg"), "target", None),
        (position("s3", "Berg", NO_REASON, reported_by="Reuters"), "reported_by", None),
        (position("s3", "Berg", NO_REASON, "received the envoy Carl Dahl"), "quote", None),
        (position("s3", "Berg", NO_REASON, "We see no reason to give the twelve harbours"),
         "quote", NO_REASON),
        (position("s3", "Berg", NO_REASON, "“We see no reason to give up the twelve harbours”"),
         "quote", NO_REASON),
        (position("s3 s99", "Berg", NO_REASON), "sentences", ("s3",)),
        (position("s3 s5", "Berg", NO_REASON), "sentences", ("s3",)),
    ],
)  # fmt: skip
def test_a_false_detail_is_dropped_or_put_right(draft: Draft, field: str, value: object) -> None:
    rule, proven = verdict(draft)
    assert rule is None
    assert getattr(proven, field) == value


def test_a_quote_runs_on_over_noise_and_brings_its_sentences_with_it() -> None:
    article = Article.from_text(
        "Report\n"
        "“The harbour is ours and the harbour stays ours,” Berg said on Monday in the port.\n"
        "“We will not sell it.\n"
        "See also: Singer cancels summer tour\n"
        "And we will not rent it out to anybody.”",
        language="en",
    )
    quote = "We will not sell it. And we will not rent it out to anybody."
    result = Checker(article, ACTORS).check(position("s2 s3", "Berg", "We will not sell it", quote))
    assert isinstance(result, Proven)
    assert result.draft.quote == quote
    assert [entry.sentence for entry in result.evidence] == ["s2", "s3", "s5"]


def test_the_occurrence_in_the_cited_sentence_is_chosen() -> None:
    article = Article.from_text(
        "Report\n“We fully and wholly agree,” Berg said.\n“We fully and wholly agree,” Dahl said.",
        language="en",
    )
    checker = Checker(article, ACTORS)
    for sentence, holder in (("s2", "Berg"), ("s3", "Dahl")):
        right = position(sentence, holder, "We agree", "We fully and wholly agree")
        result = checker.check(right)
        assert isinstance(result, Proven)
        assert [entry.sentence for entry in result.evidence] == [sentence]


def test_a_refusal_names_the_rule_the_reason_and_the_nearest_sentence() -> None:
    result = Checker(ENGLISH, ACTORS).check(
        position("s4", "Berg", "the treaty could fail", "The treaty of 9 March is dead")
    )
    assert isinstance(result, Rejected)
    assert result.rule == "quote-verbatim"
    assert result.nearest == "s6"
    assert result.item["holder"] == "Berg"


def test_a_statement_in_another_language_is_held_to_its_numbers() -> None:
    checker = Checker(GERMAN, ACTORS, language="en")
    true = position("s4", "Berg", "The treaty may fail unless 1,200 ships leave")
    false = position("s4", "Berg", "The treaty may fail unless 2,100 ships leave")
    assert isinstance(checker.check(true), Proven)
    refused = checker.check(false)
    assert isinstance(refused, Rejected)
    assert refused.rule == "statement-numbers"
    assert "another language" in checker.notes[0]


def test_a_language_without_word_lists_is_checked_as_far_as_possible_and_says_so() -> None:
    article = Article.from_text(
        "Rapport\n« Le port reste à nous le 2 mars », a dit Berg après la réunion.", language="fr"
    )
    checker = Checker(article, ACTORS)
    assert "'fr'" in checker.notes[0]
    quote = "Le port reste à nous le 2 mars"
    assert isinstance(checker.check(position("s2", "Berg", quote, quote)), Proven)
    false = checker.check(position("s2", "Berg", quote, quote.replace("2", "9")))
    assert isinstance(false, Rejected)
    assert false.rule == "quote-verbatim"


def test_every_rule_has_an_id_of_its_own_and_a_true_and_a_false_example() -> None:
    identifiers = [rule.id for rule in RULES]
    assert len(set(identifiers)) == len(identifiers)
    for rule in RULES:
        text = type(rule).__doc__ or ""
        assert "True: " in text, rule.id
        assert "False: " in text, rule.id


def test_every_refusing_rule_is_tried_by_a_false_claim_above() -> None:
    tried = {rule for rule, _, _ in FALSE}
    mending = {
        "evidence-verbatim", "quote-in-marks", "quote-evidence", "target-differs", "target-named",
        "reporter-named", "statement-wording", "meeting-place", "meeting-date",
    }  # fmt: skip
    assert {rule.id for rule in RULES} == tried | mending


def test_the_page_of_rules_is_what_the_docstrings_say() -> None:
    script = Path(__file__).parents[1] / "docs" / "build_rules.py"
    checked = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, str(script), "--check"], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stderr
