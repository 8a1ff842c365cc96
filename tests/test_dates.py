"""Date phrases are found and resolved to days, and nothing is guessed."""

from __future__ import annotations

import time
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.dates import Tense, find_dates, full_date, resolve
from dragoman.errors import InputError

WEDNESDAY = date(2023, 3, 1)

RESOLVED = [
    ("de", "am Mittwoch", "past", "2023-03-01", "2023-03-01"),
    ("de", "am Mittwoch", None, "2023-03-01", "2023-03-01"),
    ("de", "am Dienstag", "past", "2023-02-28", "2023-02-28"),
    ("de", "am Donnerstag", "future", "2023-03-02", "2023-03-02"),
    ("de", "am späten Samstag", "past", "2023-02-25", "2023-02-25"),
    ("de", "Freitagabend", "past", "2023-02-24", "2023-02-24"),
    ("de", "am vergangenen Mittwoch", None, "2023-02-22", "2023-02-22"),
    ("de", "am kommenden Montag", None, "2023-03-06", "2023-03-06"),
    ("de", "am 2. März", "future", "2023-03-02", "2023-03-02"),
    ("de", "am 2. März", "past", "2022-03-02", "2022-03-02"),
    ("de", "am 2. März", None, "2023-03-02", "2023-03-02"),
    ("de", "am 24.Februar", "past", "2023-02-24", "2023-02-24"),
    ("de", "Dienstag, 14. Februar", None, "2023-02-14", "2023-02-14"),
    ("de", "Freitag, dem 10. Februar 2023", None, "2023-02-10", "2023-02-10"),
    ("de", "26. Juli 2020", None, "2020-07-26", "2020-07-26"),
    ("de", "01.02.2023", None, "2023-02-01", "2023-02-01"),
    ("de", "vergangene Woche", None, "2023-02-20", "2023-02-26"),
    ("de", "diese Woche", None, "2023-02-27", "2023-03-05"),
    ("de", "nächste Woche", None, "2023-03-06", "2023-03-12"),
    ("de", "im vergangenen Monat", None, "2023-02-01", "2023-02-28"),
    ("de", "Anfang dieses Monats", None, "2023-03-01", "2023-03-10"),
    ("de", "Ende des Jahres", None, "2023-09-01", "2023-12-31"),
    ("de", "Ende der Woche", None, "2023-03-03", "2023-03-05"),
    ("de", "im letzten Jahr", None, "2022-01-01", "2022-12-31"),
    ("de", "im September", "past", "2022-09-01", "2022-09-30"),
    ("de", "im September", "future", "2023-09-01", "2023-09-30"),
    ("de", "Ende Februar", "past", "2023-02-19", "2023-02-28"),
    ("de", "im Dezember 2018", None, "2018-12-01", "2018-12-31"),
    ("de", "im Jahr 2021", None, "2021-01-01", "2021-12-31"),
    ("de", "gestern", None, "2023-02-28", "2023-02-28"),
    ("de", "vorgestern", None, "2023-02-27", "2023-02-27"),
    ("de", "übermorgen", None, "2023-03-03", "2023-03-03"),
    ("de", "vor zwei Tagen", None, "2023-02-27", "2023-02-27"),
    ("de", "vor drei Wochen", None, "2023-02-06", "2023-02-12"),
    ("de", "in zwei Tagen", None, "2023-03-03", "2023-03-03"),
    ("de", "am Wochenende", "past", "2023-02-25", "2023-02-26"),
    ("de", "am Wochenende", "future", "2023-03-04", "2023-03-05"),
    ("en", "on Wednesday", "past", "2023-03-01", "2023-03-01"),
    ("en", "late on Tuesday", "past", "2023-02-28", "2023-02-28"),
    ("en", "last Wednesday", None, "2023-02-22", "2023-02-22"),
    ("en", "next Friday", None, "2023-03-03", "2023-03-03"),
    ("en", "March 2", "future", "2023-03-02", "2023-03-02"),
    ("en", "2 March 2023", None, "2023-03-02", "2023-03-02"),
    ("en", "March 2nd, 2023", None, "2023-03-02", "2023-03-02"),
    ("en", "the 2nd of March", None, "2023-03-02", "2023-03-02"),
    ("en", "Tuesday, February 14", "past", "2023-02-14", "2023-02-14"),
    ("en", "2023-03-02", None, "2023-03-02", "2023-03-02"),
    ("en", "last week", None, "2023-02-20", "2023-02-26"),
    ("en", "earlier this year", None, "2023-01-01", "2023-03-01"),
    ("en", "later this month", None, "2023-03-01", "2023-03-31"),
    ("en", "in early January", "past", "2023-01-01", "2023-01-10"),
    ("en", "in mid-January", "past", "2023-01-11", "2023-01-20"),
    ("en", "yesterday", None, "2023-02-28", "2023-02-28"),
    ("en", "two days ago", None, "2023-02-27", "2023-02-27"),
    ("en", "in 2021", None, "2021-01-01", "2021-12-31"),
    ("fr", "ce vendredi", "past", "2023-02-24", "2023-02-24"),
    ("fr", "24 juillet 2020", None, "2020-07-24", "2020-07-24"),
    ("fr", "fin juin", "past", "2022-06-21", "2022-06-30"),
    ("xx", "24.12.2022", None, "2022-12-24", "2022-12-24"),
]

UNRESOLVED = [
    ("de", "am Donnerstag"),
    ("de", "im September"),
    ("de", "am 24. Dezember 12"),
    ("de", "am 31. Februar"),
    ("de", "kürzlich"),
    ("de", "am Wochenende"),
    ("en", "02/03/2023"),
    ("en", "recently"),
    ("xx", "am Mittwoch"),
]


@pytest.mark.parametrize(("language", "text", "tense", "start", "end"), RESOLVED)
def test_date_means_these_days(
    language: str, text: str, tense: Tense | None, start: str, end: str
) -> None:
    """News of Wednesday, 1 March 2023: what each phrase means, from the first to the last day."""
    when = resolve(text, WEDNESDAY, language, tense)
    assert (when.text, str(when.start), str(when.end)) == (text, start, end)


@pytest.mark.parametrize(("language", "text"), UNRESOLVED)
def test_ambiguous_date_stays_unresolved(language: str, text: str) -> None:
    """Where the words leave more than one answer, or none, there is none."""
    when = resolve(text, WEDNESDAY, language)
    assert (when.start, when.end, when.basis) == (None, None, "unresolved")


@pytest.mark.parametrize(
    ("text", "basis"),
    [("2. März 2023", "stated"), ("2. März", "unresolved"), ("gestern", "unresolved")],
)
def test_without_publication_date_only_stated_dates_are_known(text: str, basis: str) -> None:
    """A date without a year, or relative to today, needs the day of publication."""
    assert resolve(text, None, "de").basis == basis


def test_inferred_is_told_from_stated() -> None:
    """A year that the article states makes the date stated, one that is worked out inferred."""
    assert resolve("2. März 2023", WEDNESDAY, "de").basis == "stated"
    assert resolve("2. März", WEDNESDAY, "de").basis == "inferred"


def test_no_text_is_an_error() -> None:
    """An empty date is refused."""
    with pytest.raises(InputError):
        resolve("  ", WEDNESDAY, "de")


@pytest.mark.parametrize(
    ("language", "sentence", "expected"),
    [
        (
            "de",
            "Er traf ihn am Mittwoch, dem 1. März 2023, in Rom.",
            ["Mittwoch, dem 1. März 2023"],
        ),
        ("de", "Die Union hatte am 10. Dezember eine Frist gesetzt.", ["10. Dezember"]),
        ("de", "Anfang dieses Monats reiste er ab.", ["Anfang dieses Monats"]),
        ("de", "Am Morgen sagte die Mitarbeiterin, so gehe es nicht.", []),
        ("de", "In den letzten Wochen stiegen die Preise um 2,5 Prozent.", []),
        ("de", "Sie kommen morgen oder nächste Woche.", ["morgen", "nächste Woche"]),
        ("en", "They may march; Sun and Sat are names.", []),
        ("en", "On the same day, Friday, May 5, they met.", ["Friday, May 5"]),
        ("en", "In May 15 people died.", []),
        ("en", "He spoke on Monday and last Friday.", ["on Monday", "last Friday"]),
    ],
)
def test_date_phrases_of_a_sentence(language: str, sentence: str, expected: list[str]) -> None:
    """The longest phrases are found, and common words are not taken for dates."""
    found = find_dates(sentence, language)
    assert [span.exact for span in found] == expected
    assert all(sentence[span.start : span.end] == span.exact for span in found)


@pytest.mark.parametrize(
    ("line", "language", "expected"),
    [
        ("Dez 12, 2021 08:45 UTC", "de", date(2021, 12, 12)),
        ("26 Jul, 2020 09:41", "de", date(2020, 7, 26)),
        ("Sonntag, 26. Juli 2020 16:05, UK", "de", date(2020, 7, 26)),
        ("Publié le 24/07/2020 à 18h42", "fr", date(2020, 7, 24)),
        ("11/02/2023 - 15:20", "fr", date(2023, 2, 11)),
        ("11/02/2023 - 15:20", "en", None),
        ("24/02/2023", "en", date(2023, 2, 24)),
        ("31.02.2023", "de", None),
        ("Lesezeit: 3 Minuten", "de", None),
    ],
)
def test_date_of_a_time_stamp(line: str, language: str, expected: date | None) -> None:
    """Day, month and year of a time stamp, unless day and month cannot be told apart."""
    assert full_date(line, language) == expected


LANGUAGES = st.sampled_from(["de", "en", "fr", "xx"])
TENSES: st.SearchStrategy[Tense | None] = st.sampled_from(["past", "future", None])
PUBLISHED = st.none() | st.dates()


@settings(deadline=None)
@given(st.text(min_size=1).filter(str.strip), PUBLISHED, LANGUAGES, TENSES)
def test_any_text_resolves_to_an_interval_or_nothing(
    text: str, published: date | None, language: str, tense: Tense | None
) -> None:
    """Whatever the text, start and end are both known, in order, or both unknown."""
    when = resolve(text, published, language, tense)
    assert (when.start is None) == (when.end is None) == (when.basis == "unresolved")
    assert when.start is None or when.end is None or when.start <= when.end


@settings(deadline=None)
@given(st.sampled_from(RESOLVED), st.dates(), TENSES)
def test_known_phrases_resolve_at_any_publication_date(
    case: tuple[str, str, Tense | None, str, str], published: date, tense: Tense | None
) -> None:
    """No day of publication, first and last days of the calendar among them, leads to an error."""
    when = resolve(case[1], published, case[0], tense)
    assert when.start is None or when.end is None or when.start <= when.end


@given(st.dates(date(2, 1, 1), date(9998, 1, 1)), st.integers(0, 6))
def test_weekday_lies_on_the_right_side(published: date, weekday: int) -> None:
    """A weekday of the past lies within the last week, one of the future within the next."""
    name = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[weekday]
    past = resolve(f"on {name}", published, "en", "past").start
    future = resolve(f"on {name}", published, "en", "future").start
    assert past is not None
    assert future is not None
    assert past.weekday() == future.weekday() == weekday
    assert timedelta(0) <= published - past < timedelta(7)
    assert timedelta(0) <= future - published < timedelta(7)


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_stated_date_is_that_date(day: date) -> None:
    """Any date written out is read back."""
    months = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
    text = f"{day.day}. {months.split()[day.month - 1]} {day.year}"
    when = resolve(text, None, "de")
    assert (when.start, when.end, when.basis) == (day, day, "stated")
    assert full_date(text, "de") == day


@settings(deadline=None)
@given(st.text(), LANGUAGES)
def test_found_dates_slice_back(text: str, language: str) -> None:
    """Offsets are those of the text, in order and without overlap."""
    found = find_dates(text, language)
    assert all(text[span.start : span.end] == span.exact for span in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize("piece", ["1. ", "Am ", "Mai ", "1.1.", "in 2021 ", "vor zwei ", " "])
def test_cost_is_linear(piece: str) -> None:
    """Nothing but beginnings of dates is searched in no time."""
    text = (piece * 100_000)[:100_000]
    started = time.process_time()
    find_dates(text, "de")
    assert time.process_time() - started < 10
