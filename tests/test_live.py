"""The embedded model itself, over real HTTP, as a user's first command uses it.

Only where the model has been fetched (`dragoman model pull`); with DRAGOMAN_REQUIRE_LIVE set, as in
continuous integration, its absence is a failure.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

import pytest
from pydantic import BaseModel

from dragoman import Article, embedded, summarize
from dragoman.model import Model
from dragoman.prompts import Message, Prompt
from dragoman.settings import Settings

pytestmark = pytest.mark.live


@pytest.fixture(scope="module")
def model_file() -> Path:
    file = embedded.installed(None, Settings().cache_dir)
    if file is None:
        missing = "the embedded model is not there, see `dragoman model pull`"
        if os.environ.get("DRAGOMAN_REQUIRE_LIVE"):
            pytest.fail(missing)
        pytest.skip(missing)
    return file


class Speech(BaseModel):
    speaker: Literal["Anna Berg", "Karl Moor"]
    act: Literal["praise", "warning", "denial"]


async def test_a_question_with_a_schema_is_answered(
    model_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer fits the schema and is right, with probabilities; a proxy is no hindrance."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    sentence = "Minister Karl Moor warned on Monday that the dam would break."
    prompt = Prompt(
        name="live",
        version="1",
        messages=(
            Message("system", "Who speaks, and what does the speaker do? Answer in JSON."),
            Message("user", sentence),
        ),
    )
    async with embedded.serving(model_file, cache_dir=tmp_path, context_tokens=2048) as endpoint:
        model = Model(endpoint)
        answer = await model.ask(prompt, Speech, max_output_tokens=40, probabilities=True)
        await model.aclose()
    assert answer.value == Speech(act="warning", speaker="Karl Moor")
    assert answer.distribution("act")["warning"] > 0.5
    assert model.usage.requests == 1


ARTICLE = """Minister warns of a broken dam

Karl Moor, the minister of public works, met the engineer Anna Berg in Linden on Monday.

"If the rain does not stop, the dam will break," Moor warned the inhabitants of the valley.

Berg rejected this. "The dam is safe," she said on Tuesday.
"""


def test_an_article_is_briefed(model_file: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """From a text to a complete brief, every item proven by words of the text, silently."""
    brief = summarize(Article.from_text(ARTICLE), model="embedded", offline=True)
    assert brief.run.complete
    assert brief.run.endpoint == "embedded"
    assert brief.run.requests > 0
    names = {actor.id: actor.name for actor in brief.actors}
    assert "Moor" in " ".join(names.values())
    items = [*brief.meetings, *brief.positions, *brief.warnings]
    assert items
    for evidence in [evidence for item in items for evidence in item.evidence]:
        assert ARTICLE[evidence.start : evidence.end] == evidence.exact
    assert any("Moor" in names[warning.issuer] for warning in brief.warnings)
    assert capfd.readouterr() == ("", "")
