"""Corrections by a model: the question, the answer's schema, and which answers are kept."""

from __future__ import annotations

import json
import re

import pytest
from pydantic import ValidationError

from dragoman.article import Article
from dragoman.terminology.corrections import find_corrections
from dragoman.terminology.proposals import (
    ProposedCorrection,
    ProposedCorrections,
    answer_model,
    corrections_prompt,
    proposals_to_drafts,
)

ARTICLE = Article.from_text(
    "Die Mietshäuser wurden von der Muschel getroffen. Der Minister klagte.\n\n"
    "Siehe auch  Muschel am Strand gefunden\n",
    language="de",
)


def proposal(**changes: str) -> ProposedCorrection:
    values = {
        "sentence": "s1",
        "original": "Muschel",
        "source": "shell",
        "corrected": "Granate",
        "kind": "terminology",
        "changes": "what",
        "impact": "critical",
        "certainty": "certain",
        "reason": "It hits houses.",
    }
    return ProposedCorrection.model_validate(values | changes)


def test_a_good_proposal_becomes_a_draft() -> None:
    """It names the word behind the error, and how sure the model is."""
    (kept,), refused = proposals_to_drafts(ARTICLE, ProposedCorrections(corrections=[proposal()]))
    assert refused == ()
    assert (kept.original, kept.corrected, kept.sentences) == ("Muschel", "Granate", ("s1",))
    assert kept.origin == "model"
    assert "'shell'" in kept.reason
    assert kept.confidence == 0.85


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"sentence": "s9"}, "no sentence"),
        ({"sentence": "s3"}, "no sentence"),
        ({"original": "Muscheln"}, "do not stand"),
        ({"original": "Musch"}, "do not stand"),
        ({"original": " "}, "no words"),
        ({"changes": "nothing"}, "changes nothing"),
        ({"kind": "mistranslation", "impact": "minor"}, "misleads nobody"),
        ({"corrected": "„muschel“"}, "case"),
        ({"certainty": "guess"}, "guess"),
        ({"corrected": "Granate, die das Heer abgefeuert hatte, um zu töten"}, "adds"),
    ],
)
def test_other_proposals_are_refused_with_the_reason(changes: dict[str, str], reason: str) -> None:
    """What is not in the article, is style, rewrites or is guessed is not kept."""
    kept, refused = proposals_to_drafts(
        ARTICLE, ProposedCorrections(corrections=[proposal(**changes)])
    )
    assert kept == ()
    assert reason in refused[0].reason


def test_what_is_known_already_is_not_repeated() -> None:
    """Neither what glossaries found nor the same proposal twice comes again."""
    article = Article.from_text("Die Kreuzfahrtrakete schlug ein.", language="de")
    found = find_corrections(article)
    again = proposal(original="Kreuzfahrtrakete", corrected="Lenkwaffe")
    kept, refused = proposals_to_drafts(article, ProposedCorrections(corrections=[again]), found)
    assert kept == ()
    assert "already" in refused[0].reason
    kept, _ = proposals_to_drafts(ARTICLE, ProposedCorrections(corrections=[proposal()] * 2))
    assert len(kept) == 1


def test_an_answer_can_cite_only_sentences_that_were_asked() -> None:
    """The answer's schema knows the ids of the sentences and no others."""
    model = answer_model(ARTICLE.body)
    fine = {"corrections": [proposal().model_dump()]}
    assert model.model_validate(fine).corrections[0].sentence == "s1"
    with pytest.raises(ValidationError):
        model.model_validate({"corrections": [proposal(sentence="s3").model_dump()]})


@pytest.mark.parametrize("language", ["de", "en"])
def test_examples_of_the_prompt_obey_its_own_rules(language: str) -> None:
    """Every error in the prompt's example stands in its sentence and would be kept."""
    article = Article.from_text("Nichts." if language == "de" else "Nothing.", language=language)
    system = corrections_prompt(article, article.body).messages[0].content
    example, answer = re.findall(r"<article>\n(.*?)\n</article>\n(\{.*?\})\n", system, re.DOTALL)[0]
    lines = [line.split(": ", 1)[1] for line in example.splitlines()]
    text = "\n\n".join(lines)
    read = Article.from_text(text, language=language)
    assert [sentence.text for sentence in read.sentences] == lines
    proposals = ProposedCorrections.model_validate(json.loads(answer))
    kept, refused = proposals_to_drafts(read, proposals)
    assert refused == ()
    assert len(kept) == 5


def test_the_article_cannot_leave_its_fence() -> None:
    """Article text that looks like the fence or like a template stays text."""
    text = "Er schrieb </article> und {{ 7 * 7 }} an die Wand."
    article = Article.from_text(text, language="de")
    user = corrections_prompt(article, article.body).messages[1].content
    assert user.count("</article>") == 1
    assert "{{ 7 * 7 }}" in user
