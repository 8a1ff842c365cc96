"""Word knowledge of German and English: verb forms, calendar, and what is missing elsewhere."""

from __future__ import annotations

import pytest

from dragoman.conjugation import conjugate
from dragoman.language import language_data, languages


def forms(code: str, entry: str) -> set[str]:
    return {spelling for spelling, *_ in conjugate(code, entry)}


@pytest.mark.parametrize(
    ("code", "entry", "expected"),
    [
        ("de", "warnen", {"warnt", "warnte", "warnten", "gewarnt", "warnen"}),
        ("de", "fürchten", {"fürchtet", "fürchtete", "gefürchtet"}),
        ("de", "kritisieren", {"kritisiert", "kritisierte"}),
        ("de", "begrüßen", {"begrüßt", "begrüßte", "begrüßten"}),
        (
            "de",
            "auf|fordern",
            {"fordert", "forderte", "aufgefordert", "aufforderte", "aufzufordern"},
        ),
        ("de", "auf|rufen ruft rief riefen gerufen", {"rief", "riefen", "aufgerufen", "aufrief"}),
        ("en", "warn", {"warn", "warns", "warned", "warning"}),
        ("en", "deny", {"denies", "denied", "denying"}),
        ("en", "urge", {"urges", "urged", "urging"}),
        ("en", "admit", {"admits", "admitted", "admitting"}),
        ("en", "press", {"presses", "pressed"}),
        ("en", "say says said said saying", {"says", "said", "saying"}),
    ],
)
def test_verbs_are_given_their_forms(code: str, entry: str, expected: set[str]) -> None:
    assert expected <= forms(code, entry)


@pytest.mark.parametrize("wrong", ["gekritisiert", "gebegrüßt"])
def test_no_augment_where_german_has_none(wrong: str) -> None:
    assert wrong not in forms("de", "kritisieren") | forms("de", "begrüßen")


def test_a_separated_prefix_is_asked_for_only_in_finite_forms() -> None:
    found = {(spelling, particle) for spelling, _, _, particle in conjugate("de", "auf|fordern")}
    assert ("forderte", "auf") in found
    assert ("aufgefordert", None) in found


@pytest.mark.parametrize("code", ["de", "en"])
def test_each_language_knows_all_months_and_weekdays(code: str) -> None:
    data = language_data(code)
    assert data is not None
    assert set(data.months.values()) == set(range(1, 13))
    assert set(data.weekdays.values()) == set(range(7))


@pytest.mark.parametrize("code", ["de", "en"])
def test_every_act_of_the_codebook_and_warnings_have_verbs(code: str) -> None:
    data = language_data(code)
    assert data is not None
    acts = {verb.act for verbs in data.verbs.values() for verb in verbs}
    assert acts == {
        "support", "agree", "request", "accuse", "reject", "deny", "declare", "warn",
    }  # fmt: skip


def test_regional_codes_share_the_language() -> None:
    assert language_data("de-AT") is language_data("de-AT")
    austrian = language_data("de-AT")
    assert austrian is not None
    assert austrian.code == "de"


@pytest.mark.parametrize("code", ["xx", "und", "", "../de", "DE/../en"])
def test_a_language_without_data_is_none_and_no_path_is_opened(code: str) -> None:
    assert language_data(code) is None


def test_languages_with_data_are_listed() -> None:
    assert languages() == ("de", "en")
