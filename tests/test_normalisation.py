"""Normalisation makes texts comparable and can always say where a character came from."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dragoman.grounding.normalisation import normalise
from dragoman.grounding.words import WordStream, split_words

TEXTS = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from("„“»«'’\u00ad\u200b ﬁ\u0301ä\n\t…–\ufeff각\u1100\u1161\u11a8"),
    )
)


@given(TEXTS)
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = normalise(text).text
    assert normalise(once).text == once


@given(TEXTS, st.data())
def test_every_stretch_maps_to_raw_text_that_normalises_to_it(
    text: str, data: st.DataObject
) -> None:
    normalised = normalise(text)
    if not normalised.text:
        return
    start = data.draw(st.integers(0, len(normalised.text) - 1))
    end = data.draw(st.integers(start + 1, len(normalised.text)))
    first, last = normalised.raw(start, end)
    assert 0 <= first < last <= len(text)
    assert normalised.text[start:end] in normalise(text[first:last]).text


@given(TEXTS)
@example("a  b")
@example("e\u0301")
def test_offsets_rise_and_stay_within_the_text(text: str) -> None:
    normalised = normalise(text)
    assert len(normalised.starts) == len(normalised.ends) == len(normalised.text)
    assert list(normalised.starts) == sorted(normalised.starts)
    assert all(
        0 <= s < e <= len(text) for s, e in zip(normalised.starts, normalised.ends, strict=True)
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("„Ja“, sagte sie", '"Ja", sagte sie'),
        ("»Ja«", "“Ja”"),
        ("Fluß\u00adschiff", "Flußschiff"),
        ("ﬁnal", "final"),
        ("Cafe\u0301", "Café"),
        ("zwei\u00a0\u2009Tage", "zwei Tage"),
        ("it’s", "it's"),
        ("2020–2023", "2020-2023"),
    ],
)
def test_what_differs_in_typography_only_becomes_the_same(one: str, other: str) -> None:
    assert normalise(one).text == normalise(other).text


@pytest.mark.parametrize(
    "pair", [("10 %", "16 %"), ("Maße", "Masse"), ("x²", "x2"), ("May", "may")]
)
def test_what_differs_in_meaning_stays_different(pair: tuple[str, str]) -> None:
    assert normalise(pair[0]).text != normalise(pair[1]).text


@given(TEXTS)
def test_words_stand_where_they_say(text: str) -> None:
    for word in split_words(text, offset=7):
        raw = text[word.start - 7 : word.end - 7]
        assert word.text in unicodedata.normalize("NFC", normalise(raw).text)
        assert word.key.casefold() == word.text.casefold()


@given(st.lists(st.sampled_from(["a", "b", "ab", "c"]), max_size=30), st.data())
def test_a_stream_finds_every_run_of_words_and_no_other(
    keys: list[str], data: st.DataObject
) -> None:
    stream = WordStream([split_words(" ".join(keys))])
    wanted = data.draw(st.lists(st.sampled_from(["a", "b", "ab", "c"]), min_size=1, max_size=3))
    expected = [
        (start, start + len(wanted))
        for start in range(len(keys) - len(wanted) + 1)
        if keys[start : start + len(wanted)] == wanted
    ]
    assert list(stream.find(wanted)) == expected


@pytest.mark.parametrize(
    "text", ["„" * 200_000, "a" * 200_000, "a\u0301" * 100_000, "[" * 200_000, " " * 200_000]
)
def test_hostile_texts_take_no_more_time_than_others(text: str) -> None:
    started = time.perf_counter()
    split_words(text)
    assert time.perf_counter() - started < 5
