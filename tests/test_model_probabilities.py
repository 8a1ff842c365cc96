"""How sure a model was: probabilities of options, read off the tokens of its answer."""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Sequence
from typing import Any, Literal

import pytest
import respx
from chat import BASE_URL, CHAT, PROMPT, endpoint, said, sent
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from dragoman.answer import Answer, Completion, Token, read_tokens
from dragoman.model import Model


class Claim(BaseModel):
    act: Literal["deny", "declare", "none"]
    speaker: Literal["Müller", "Schmidt"] | None
    certain: bool
    note: str


def token(text: str, probability: float = 1.0, **others: float) -> dict[str, Any]:
    """A token as the API reports it; `others` are the alternatives."""
    return raw_token(text, probability, others)


def raw_token(text: str, probability: float, others: dict[str, float]) -> dict[str, Any]:
    alternatives = {text: probability, **others}
    return {
        "token": text,
        "logprob": math.log(probability),
        "bytes": list(text.encode()),
        "top_logprobs": [
            {"token": name, "logprob": math.log(value), "bytes": list(name.encode())}
            for name, value in alternatives.items()
        ],
    }


def tokens(*parts: tuple[str, dict[str, float]]) -> tuple[Token, ...]:
    """Tokens with the probabilities of all that could stand there, their own among them."""
    return tuple(
        Token(text.encode(), {name.encode(): value for name, value in others.items()})
        for text, others in parts
    )


def complete(*parts: tuple[str, dict[str, float]]) -> Completion:
    return Completion("".join(text for text, _ in parts), tokens(*parts))


async def complete_over_http(
    respx_mock: respx.Router, content: str, logprobs: list[dict[str, Any]] | None
) -> Completion:
    respx_mock.post(CHAT).mock(return_value=said(content, logprobs=logprobs))
    model = Model(endpoint())
    found = await model.complete(PROMPT, max_output_tokens=4, top=20, choices=["yes", "no"])
    await model.aclose()
    return found


@pytest.mark.respx(using="httpcore2", base_url=BASE_URL)
async def test_alternatives_of_the_first_token(respx_mock: respx.Router) -> None:
    """`first` holds what could have begun the answer, `choice` the options asked with."""
    reported = [raw_token("Yes", 0.6, {"No": 0.2, " no": 0.1, "Well": 0.1}), token(".")]
    found = await complete_over_http(respx_mock, "Yes.", reported)
    assert found.first == pytest.approx({"Yes": 0.6, "No": 0.2, " no": 0.1, "Well": 0.1})
    assert found.choice() == pytest.approx({"yes": 0.6 / 0.9, "no": 0.3 / 0.9})


@pytest.mark.respx(using="httpcore2", base_url=BASE_URL)
@pytest.mark.parametrize(
    ("content", "expected"),
    [("No, because", {"yes": 0.0, "no": 1.0}), ("Perhaps", {}), ("", {})],
)
async def test_choice_without_logprobs(
    respx_mock: respx.Router, content: str, expected: dict[str, float]
) -> None:
    """An endpoint without logprobs leaves the text to go by; a text that is no option says none."""
    found = await complete_over_http(respx_mock, content, None)
    assert (found.first, found.choice()) == ({}, expected)


@pytest.mark.respx(using="httpcore2", base_url=BASE_URL)
async def test_distribution_of_a_structured_answer(respx_mock: respx.Router) -> None:
    """Twenty alternatives a token are asked for and give the probability of each option."""
    text = '{"act":"deny","speaker":null,"certain":true,"note":"x"}'
    reported = [
        token('{"act":"'),
        raw_token("den", 0.7, {"decl": 0.2, "no": 0.1}),
        token('y","speaker":'),
        raw_token("null", 0.5, {'"M': 0.3, '"': 0.1, "7": 0.1}),
        token(',"certain":'),
        raw_token("true", 0.75, {"false": 0.25}),
        token(',"note":"x"}'),
    ]
    route = respx_mock.post(CHAT).mock(return_value=said(text, logprobs=reported))
    model = Model(endpoint())
    answer = await model.ask(PROMPT, Claim, max_output_tokens=50, probabilities=True)
    await model.aclose()
    assert (sent(route)["logprobs"], sent(route)["top_logprobs"]) == (True, 20)
    assert answer.distribution("act") == pytest.approx({"deny": 0.7, "declare": 0.2, "none": 0.1})
    # The lone quotation mark begins both names and is shared.
    assert answer.distribution("speaker") == pytest.approx(
        {"Müller": 0.35 / 0.9, "Schmidt": 0.05 / 0.9, "null": 0.5 / 0.9}
    )
    assert answer.distribution("certain") == pytest.approx({"true": 0.75, "false": 0.25})
    assert answer.distribution("note") == {}
    assert answer.distribution("unknown") == {}


@pytest.mark.respx(using="httpcore2", base_url=BASE_URL)
async def test_no_distribution_without_logprobs(respx_mock: respx.Router) -> None:
    """Nothing is made up where the endpoint tells nothing, or was not asked."""
    text = '{"act":"deny","speaker":null,"certain":true,"note":"x"}'
    route = respx_mock.post(CHAT).mock(return_value=said(text))
    model = Model(endpoint())
    answer = await model.ask(PROMPT, Claim, max_output_tokens=50)
    await model.aclose()
    assert "logprobs" not in sent(route)
    assert answer.distribution("act") == {}


def test_one_token_that_begins_two_options() -> None:
    """The next tokens divide up what the first leaves open; the rest is shared."""
    found = complete(
        ("de", {"de": 0.8, "no": 0.2}),
        ("ny", {"ny": 0.75, "clare": 0.25}),
    )
    expected = {"deny": 0.6, "declare": 0.2, "none": 0.2}
    assert found.choice(["deny", "declare", "none"]) == pytest.approx(expected)


def test_an_option_that_begins_another() -> None:
    """The option that was finished counts, not the longer one it might have become."""
    found = complete(("no", {"no": 0.9, "none": 0.1}), (".", {".": 1.0}))
    assert found.choice(["no", "none"]) == pytest.approx({"no": 0.9, "none": 0.1})


def test_fields_in_lists() -> None:
    """A path reaches into lists, and the right one of several equal fields is read."""

    class Claims(BaseModel):
        claims: list[Claim]

    first = '{"act": "deny", "speaker": null, "certain": true, "note": "act, \\"deny\\""}'
    before = f'{{"claims": [{first}, {{"act": "'
    after = '", "speaker": "Müller", "certain": false, "note": "ü"}]}'
    text = f"{before}none{after}"
    answer = Answer(
        Claims.model_validate_json(text),
        text,
        tokens(
            (f"Sure: {before}", {f"Sure: {before}": 1.0}),
            ("none", {"none": 0.6, "deny": 0.4}),
            (after, {after: 1.0}),
        ),
    )
    assert answer.distribution("claims.1.act") == pytest.approx(
        {"deny": 0.4, "declare": 0.0, "none": 0.6}
    )
    assert answer.distribution("claims.2.act") == {}
    assert answer.distribution("claims.x.act") == {}


@pytest.mark.parametrize(
    "logprobs",
    [None, 7, [], [{}], [{"token": None, "logprob": "x"}], [{"token": "a", "bytes": "b"}]],
)
def test_malformed_logprobs_are_no_trouble(logprobs: Any) -> None:
    """Whatever a server puts there, reading it raises nothing."""
    from openai.types.chat import ChatCompletion

    completion = ChatCompletion.model_construct(choices=[])
    completion = ChatCompletion.construct(
        choices=[{"message": {"content": "a"}, "logprobs": {"content": logprobs}}]
    )
    found = Completion("a", read_tokens(completion.choices[0].logprobs))
    assert sum(found.choice(["a", "b"]).values()) == pytest.approx(1.0)


OPTIONS = ["support", "agree", "accuse", "deny", "declare", "none", "no"]


@given(
    option=st.sampled_from(OPTIONS),
    cuts=st.lists(st.integers(0, 8), max_size=4),
    others=st.lists(
        st.dictionaries(st.text("adegnosu", max_size=4), st.floats(0, 0.3)), max_size=9
    ),
    own=st.floats(0.01, 1.0),
)
def test_a_choice_is_a_distribution(
    option: str, cuts: Sequence[int], others: list[dict[str, float]], own: float
) -> None:
    """However an option is cut into tokens, the result sums to 1 and the option has a share."""
    ends = sorted({min(cut, len(option)) for cut in cuts} | {0, len(option)})
    pieces = [option[start:end] for start, end in itertools.pairwise(ends)]
    parts = [
        (piece, {**(others[index] if index < len(others) else {}), piece: own})
        for index, piece in enumerate(pieces)
    ]
    chosen = complete(*parts, (".", {".": 1.0})).choice(OPTIONS)
    assert list(chosen) == OPTIONS
    assert math.isclose(sum(chosen.values()), 1.0)
    assert chosen[option] > 0


@given(
    act=st.sampled_from(["deny", "declare", "none"]),
    note=st.text(),
    size=st.integers(1, 7),
    indent=st.sampled_from([None, 1]),
)
def test_tokens_may_be_cut_anywhere(act: str, note: str, size: int, indent: int | None) -> None:
    """With nothing but the written tokens the written option has probability 1.

    Tokens may begin within a character and end beyond a value.
    """
    values = {"note": note, "act": act, "speaker": "Müller", "certain": False}
    text = json.dumps(values, ensure_ascii=False, indent=indent)
    raw = text.encode("utf-8", "surrogatepass")
    pieces = [raw[start : start + size] for start in range(0, len(raw), size)]
    answer = Answer(
        Claim.model_construct(), text, tuple(Token(piece, {piece: 0.5}) for piece in pieces)
    )
    assert answer.distribution("act")[act] == pytest.approx(1.0)
    assert answer.distribution("speaker")["Müller"] == pytest.approx(1.0)
    assert answer.distribution("certain")["false"] == pytest.approx(1.0)
