"""Wrong words: those that need no model, and those a capable model proposes window by window."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest
import respx
from chat import BASE_URL, CHAT, endpoint, refusal, said
from scripted import Script

from dragoman.article import Article
from dragoman.errors import GlossaryError, RecordingError
from dragoman.model import Limits, Model
from dragoman.reading.corrections import Corrections, propose
from dragoman.recording import ReplayTransport

pytestmark = pytest.mark.respx(using="httpcore2", base_url=BASE_URL)

TEXT = (
    "Die Mietshäuser wurden von der Muschel getroffen.\n\n"
    "Der Minister Moor klagte. Die Kreuzfahrtrakete schlug ein."
)
ARTICLE = Article.from_text(TEXT, language="de")


def proposal(**changes: str) -> dict[str, str]:
    """What a good model proposes about the first sentence."""
    return {
        "sentence": "s1",
        "original": "Muschel",
        "source": "shell",
        "corrected": "Granate",
        "kind": "terminology",
        "changes": "what",
        "impact": "critical",
        "certainty": "certain",
        "reason": "It hits houses.",
        **changes,
    }


async def proofread(
    router: respx.Router, *answers: Any, article: Article = ARTICLE, **limits: Any
) -> tuple[Corrections, Script]:
    """Look for wrong words with a model that gives these answers."""
    script = Script(corrections=list(answers))
    router.post(CHAT).mock(side_effect=script)
    model = Model(endpoint(), limits=Limits(**limits))
    try:
        return await propose(article, model, lambda _: None), script
    finally:
        await model.aclose()


async def test_without_a_model_there_are_glossary_and_spellings_alone() -> None:
    """The sentence strategy asks no model about words: a small one cannot tell."""
    found = await propose(ARTICLE, None, lambda _: None)
    assert [one.original for one in found.drafts] == ["Kreuzfahrtrakete"]
    assert {one.origin for one in found.drafts} == {"glossary"}


async def test_the_models_proposals_are_added_to_what_is_found(respx_mock: respx.Router) -> None:
    """What is known already is told to the model, and what it adds is kept with its reason."""
    found, script = await proofread(respx_mock, {"corrections": [proposal()]})
    assert [(one.original, one.origin) for one in found.drafts] == [
        ("Kreuzfahrtrakete", "glossary"),
        ("Muschel", "model"),
    ]
    assert "Kreuzfahrtrakete → " in script.asked[0][1]["messages"][1]["content"]
    assert (found.rejected, found.gaps, found.ended) == ((), (), False)


async def test_refused_proposals_are_kept_as_rejected(respx_mock: respx.Router) -> None:
    """Style, repetitions and words that do not stand there are shown with the reason."""
    answer = {
        "corrections": [
            proposal(original="Muscheln"),
            proposal(changes="nothing"),
            proposal(sentence="s3", original="Kreuzfahrtrakete", corrected="Lenkwaffe"),
        ]
    }
    found, _ = await proofread(respx_mock, answer)
    assert len(found.drafts) == 1
    assert {one.kind for one in found.rejected} == {"correction"}
    assert {one.rule for one in found.rejected} == {"correction-worthwhile"}
    reasons = [one.reason for one in found.rejected]
    assert ["do not stand" in reasons[0], "nothing" in reasons[1], "already" in reasons[2]] == [
        True
    ] * 3
    assert found.rejected[0].nearest == "s1"
    assert found.rejected[0].item["original"] == "Muscheln"


async def test_of_a_hopeless_answer_the_valid_proposals_are_kept(respx_mock: respx.Router) -> None:
    """One proposal of an unknown kind does not cost the others, and leaves a trace."""
    answer = {"corrections": [proposal(kind="style"), proposal()]}
    found, _ = await proofread(respx_mock, answer, reasks=0)
    assert [one.original for one in found.drafts] == ["Kreuzfahrtrakete", "Muschel"]
    assert [one.rule for one in found.rejected] == ["schema"]
    assert found.gaps[0].reason.startswith("wrong words were not looked for: ")


@pytest.mark.parametrize(
    ("response", "reason", "ended"),
    [
        (said(None, refusal="No."), "refuses", False),
        (said("", finish_reason="content_filter"), "content filter", False),
        (httpx.ConnectError("gone"), "no connection", True),
        (refusal(401), "refuses the key", True),
    ],
)
async def test_a_failure_costs_the_models_corrections_alone(
    respx_mock: respx.Router, response: Any, reason: str, ended: bool
) -> None:
    """What glossaries find is there all the same, and a gap names what was not proofread."""
    found, _ = await proofread(respx_mock, response, attempts=2)
    assert [one.original for one in found.drafts] == ["Kreuzfahrtrakete"]
    (gap,) = found.gaps
    assert gap.sentences == ("s1", "s2", "s3")
    assert reason in gap.reason
    assert found.ended is ended


async def test_a_long_article_is_proofread_in_windows(respx_mock: respx.Router) -> None:
    """Each window can cite its own sentences, and nothing is proposed twice."""
    text = "\n\n".join(f"Am Tag {n} traf eine Muschel das Haus Nummer {n}." for n in range(60))
    article = Article.from_text(text, language="de")
    asked: list[list[str]] = []

    def reply(request: httpx.Request) -> httpx.Response:
        lines = json.loads(request.content)["messages"][1]["content"].splitlines()
        asked.append([line.split(":")[0] for line in lines if line.startswith("s")])
        return said(json.dumps({"corrections": [proposal(sentence=asked[-1][0])]}))

    respx_mock.post(CHAT).mock(side_effect=reply)
    model = Model(endpoint(context_tokens=1000))
    found = await propose(article, model, lambda _: None)
    await model.aclose()
    assert len(asked) > 1
    assert [name for window in asked for name in window] == [one.id for one in article.body]
    assert [one.sentences[0] for one in found.drafts] == [window[0] for window in asked]


async def test_a_recording_that_does_not_fit_is_an_error(tmp_path: Path) -> None:
    """A replay must not pass off missing answers as an incomplete brief."""
    file = tmp_path / "empty.jsonl"
    file.touch()
    model = Model(endpoint(), transport=ReplayTransport(file))
    with pytest.raises(RecordingError):
        await propose(ARTICLE, model, lambda _: None)
    await model.aclose()


async def test_ones_own_glossary_counts(tmp_path: Path) -> None:
    """Its terms are found without a model; one that cannot be read is an error."""
    file = tmp_path / "terms.csv"
    file.write_text("term,preferred,language\nMinister,Ministerpräsident,de\n", encoding="utf-8")
    found = await propose(ARTICLE, None, lambda _: None, glossaries=[file], builtin=False)
    assert [(one.original, one.corrected) for one in found.drafts] == [
        ("Minister", "Ministerpräsident")
    ]
    with pytest.raises(GlossaryError):
        await propose(ARTICLE, None, lambda _: None, glossaries=[tmp_path / "none.csv"])
