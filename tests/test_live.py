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

from dragoman import embedded
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
