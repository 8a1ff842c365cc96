"""Names as words to compare, and the government a country, capital, seat or adjective means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.territories import inflections, key_of, territory, territory_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the Bank of Norland", "Bank of Norland"),
        ("Moor's", "moor"),
        ("Moor’s", "Moor"),
        ("„Norda“", "Norda"),
        ("Die Regierung", "regierung"),
        ("Karl   Moor", "karl moor"),
    ],
)
def test_what_is_no_part_of_a_name_makes_no_difference(one: str, other: str) -> None:
    """Article, genitive, quotation marks, white space and case."""
    assert key_of(one) == key_of(other)


@pytest.mark.parametrize(
    ("one", "other"), [("US", "us"), ("Karl Moor", "Moor Karl"), ("Moor", "Moors")]
)
def test_other_words_make_another_name(one: str, other: str) -> None:
    """Abbreviations keep their case, so that "us" is not the United States."""
    assert key_of(one) != key_of(other)


@given(st.text(max_size=40))
def test_a_key_is_the_key_of_its_own_words(name: str) -> None:
    """Any text has a key, and an article before it changes nothing but for a lone article."""
    key = key_of(name)
    assert all(word.strip() for word in key)
    assert len(key_of(f"the {name}")) >= len(key)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Norwegen", "NO"),
        ("Norway", "NO"),
        ("Norway's", "NO"),
        ("the Norwegian government", "NO"),
        ("die norwegische Regierung", "NO"),
        ("norwegischen Regierung", "NO"),
        ("Oslo", "NO"),
        ("the White House", "US"),
        ("Kreml", "RU"),
        ("Moor", None),
        ("the government", None),
        ("", None),
        ("…", None),
    ],
)
def test_which_government_a_name_stands_for(name: str, code: str | None) -> None:
    """Countries in several languages, capitals, seats, and adjectives before a government."""
    assert territory(name) == code


@given(st.text(max_size=40))
def test_any_text_is_a_territory_or_none(name: str) -> None:
    """No text, however odd, is an error, and the code found has a name."""
    code = territory(name)
    assert code is None or len(code) == 2


def test_names_of_territories() -> None:
    """From CLDR, None where it has no such language or territory."""
    assert territory_name("NO", "de") == "Norwegen"
    assert territory_name("NO", "en") == "Norway"
    assert territory_name("NO", "xx") is None
    assert territory_name("??", "de") is None


def test_inflections() -> None:
    """The name itself first, then without the -s of a genitive; short words and US stay."""
    assert list(inflections(("karl", "moors"))) == [("karl", "moors"), ("karl", "moor")]
    assert list(inflections(("as",))) == [("as",)]
    assert list(inflections(("USAS",))) == [("USAS",)]
