"""The classes of structured answers: narrowed to the article, evidence first, names checked."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError
from scripted import GOOD, changed

from dragoman.capabilities import strict_schema
from dragoman.reading.answers import SECTIONS, answer_type, item_types
from dragoman.schemas.draft import DraftActor, DraftMeeting, DraftPosition, DraftWarning

IDS = ["s1", "s2", "s3", "s5", "s6"]


def problems(answer: dict[str, Any], *known: str) -> list[tuple[str, str]]:
    """Place and kind of everything that is wrong with an answer."""
    try:
        answer_type(IDS, known).model_validate(answer)
    except ValidationError as error:
        return [(".".join(map(str, one["loc"])), one["type"]) for one in error.errors()]
    return []


def test_a_good_answer_fits() -> None:
    """The answer the other tests spoil fits."""
    assert problems(GOOD) == []


@pytest.mark.parametrize(
    ("path", "value", "kind"),
    [
        (("positions", 0, "sentences"), ["s4"], "literal_error"),
        (("positions", 0, "sentences"), [], "too_short"),
        (("positions", 0, "act"), "warn", "literal_error"),
        (("positions", 0, "statement"), "", "string_too_short"),
        (("positions", 0, "confidence"), 1, "extra_forbidden"),
        (("meetings", 0, "participants"), ["Karl Moor"], "too_short"),
        (("meetings", 0, "status"), "cancelled", "literal_error"),
        (("warnings", 0, "kind"), None, "literal_error"),
        (("warnings", 0, "issuer"), None, "string_type"),
        (("actors", 0, "kind"), "animal", "literal_error"),
    ],
)
def test_what_does_not_fit_is_named_with_its_place(
    path: tuple[str | int, ...], value: object, kind: str
) -> None:
    """Each rule of the schema is checked here too, for endpoints that do not enforce it."""
    ((place, found),) = problems(changed(GOOD, *path, to=value))
    assert found == kind
    assert place.startswith(".".join(map(str, path)))


@pytest.mark.parametrize(
    "path",
    [
        ("meetings", 0, "participants", 0),
        ("positions", 0, "holder"),
        ("positions", 0, "target"),
        ("positions", 1, "reported_by"),
        ("warnings", 0, "issuer"),
        ("warnings", 0, "addressee"),
        ("warnings", 0, "reported_by"),
    ],
)
def test_a_name_that_is_not_listed_is_a_problem(path: tuple[str | int, ...]) -> None:
    """Every field that names an actor is checked, and fits if an earlier window knows the name."""
    answer = changed(GOOD, *path, to="Stranger")
    assert problems(answer) == [(".".join(map(str, path)), "unknown_actor")]
    assert problems(answer, "Stranger") == []


@pytest.mark.parametrize("name", ["moor", "Moor's", "the Moor", "KARL MOOR".title()])
def test_names_are_compared_as_actors_are_found(name: str) -> None:
    """Case, article and genitive make no other name."""
    assert problems(changed(GOOD, "warnings", 0, "issuer", to=name)) == []


def test_the_message_says_how_to_mend_it() -> None:
    """It tells the names there are and the three ways out, and never the whole answer."""
    with pytest.raises(ValidationError) as caught:
        answer_type(IDS).model_validate(changed(GOOD, "warnings", 0, "issuer", to="Stranger"))
    message = caught.value.errors()[0]["msg"]
    assert "Karl Moor; Anna Berg; inhabitants of the valley; Norda" in message
    assert "add the actor" in message
    assert "leave this item out" in message


def test_a_name_with_braces_is_no_template() -> None:
    """The message is put together by pydantic; hostile names do not break it."""
    answer = changed(GOOD, "actors", 3, "name", to="{names} {0} %s")
    answer = changed(answer, "warnings", 0, "issuer", to="{__class__}")
    with pytest.raises(ValidationError) as caught:
        answer_type(IDS).model_validate(answer)
    assert "{names} {0} %s" in caught.value.errors()[0]["msg"]


def test_evidence_comes_first_and_all_is_required() -> None:
    """What is written first guides what follows: ids, own words, then holder and act."""
    schema = strict_schema(answer_type(IDS))
    assert list(schema["properties"]) == list(SECTIONS)
    for section in ("meetings", "positions", "warnings"):
        item = schema["properties"][section]["items"]
        assert next(iter(item["properties"])) == "sentences"
        assert item["required"] == list(item["properties"])
        assert item["additionalProperties"] is False
    position = list(schema["properties"]["positions"]["items"]["properties"])
    assert position.index("quote") < position.index("holder") < position.index("statement")


def test_the_largest_window_keeps_to_the_limit_of_strict_schemas() -> None:
    """OpenAI takes at most 1000 enumerated values in a schema."""
    from dragoman.reading.windows import MOST_SENTENCES

    def values(node: Any) -> int:
        if isinstance(node, list):
            return sum(map(values, node))
        if not isinstance(node, dict):
            return 0
        return len(node.get("enum", ())) + sum(map(values, node.values()))

    schema = strict_schema(answer_type([f"s{n}" for n in range(1, MOST_SENTENCES + 1)]))
    assert 900 < values(schema) <= 1000


def test_every_field_of_an_answer_has_its_place_in_the_drafts() -> None:
    """Answers and drafts have the same fields, so that nothing is asked for and then lost."""
    drafts: dict[str, type[BaseModel]] = {
        "actors": DraftActor,
        "meetings": DraftMeeting,
        "positions": DraftPosition,
        "warnings": DraftWarning,
    }
    for section, fits in item_types(IDS).items():
        assert set(fits.model_fields) == set(drafts[section].model_fields) - {"confidence"}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from([*SECTIONS, "name", "sentences", "holder"]), inner)
    ),
    max_leaves=12,
)
ANSWER = answer_type(IDS)


@given(json_values)
def test_any_json_either_fits_or_is_a_validation_error(value: object) -> None:
    """No answer, however odd, ends in another kind of error."""
    try:
        ANSWER.model_validate(value)
    except ValidationError as error:
        assert error.errors()
