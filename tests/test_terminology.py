"""Corrections without a model: matching of terms, names, titles, spellings, starter pack."""

from __future__ import annotations

import unicodedata

import pytest
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.article import Article
from dragoman.schemas.draft import DraftCorrection
from dragoman.terminology.builtin import builtin_entries
from dragoman.terminology.corrections import find_corrections
from dragoman.terminology.glossary import Entry, Glossary, conflicts
from dragoman.terminology.matching import FoldedText, Matcher
from dragoman.terminology.names import name_findings
from dragoman.terminology.people import countries, country_words, offices, people
from dragoman.terminology.similarity import sound_key
from dragoman.terminology.transcription import german_family

BELARUS = (
    Entry(term="Weißrussland", preferred="Belarus", language="de"),
    Entry(term="weißrussisch", preferred="belarussisch", language="de"),
    Entry(term="Weißrusse", preferred="Belarusse", language="de"),
    Entry(term="Kreuzfahrtrakete", preferred="Marschflugkörper", language="de"),
    Entry(
        term="besondere Militäroperation", preferred="militärische Spezialoperation", language="de"
    ),
)


def replacements(
    entries: tuple[Entry, ...], text: str, language: str = "de"
) -> list[tuple[str, str]]:
    return [(match.text, match.replacement) for match in Matcher(entries, language).find(text)]


def found(text: str, language: str = "de", **options: bool) -> list[tuple[str, str]]:
    article = Article.from_text(text, language=language)
    return [(one.original, one.corrected) for one in find_corrections(article, **options)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In Weißrussland", ("Weißrussland", "Belarus")),
        ("die Grenze Weißrusslands", ("Weißrusslands", "Belarus'")),
        ("der weißrussischen Armee", ("weißrussischen", "belarussischen")),
        ("Weißrussische Truppen", ("Weißrussische", "Belarussische")),
        ("drei Weißrussen", ("Weißrussen", "Belarussen")),
        ("WEISSRUSSLAND WÄHLT", ("WEISSRUSSLAND", "BELARUS")),
        ("in Weissrussland", ("Weissrussland", "Belarus")),
        ("Weiß\u00adruss\u00adland", ("Weiß\u00adruss\u00adland", "Belarus")),
        ("ukrainisch-weißrussische Grenze", ("weißrussische", "belarussische")),
        ("Weißrussland-Sanktionen", ("Weißrussland", "Belarus")),
        ("Kreuzfahrt-Raketen", ("Kreuzfahrt-Raketen", "Marschflugkörper")),
        ("61-Kreuzfahrtraketen", ("Kreuzfahrtraketen", "Marschflugkörper")),
        (
            "der besonderen  Militäroperation",
            ("besonderen  Militäroperation", "militärischen Spezialoperation"),
        ),
    ],
)
def test_terms_are_found_in_their_inflected_forms(text: str, expected: tuple[str, str]) -> None:
    """A term is found whatever its ending, case, hyphenation and spacing; the ending is kept."""
    assert replacements(BELARUS, text) == [expected]


@pytest.mark.parametrize("text", ["Weißrusslandreise", "Kreuzfahrt", "Großweißrussland"])
def test_parts_of_words_are_no_terms(text: str) -> None:
    """A term inside another word is left alone."""
    assert replacements(BELARUS, text) == []


def test_the_longest_term_wins_and_protects_its_parts() -> None:
    """Of two overlapping terms the longer one counts, and a preferred form is never corrected."""
    entries = (
        Entry(term="Group", preferred="Contact Group"),
        Entry(term="Group of Five", preferred="G5"),
        Entry(term="Working Group", preferred="Working Group"),
    )
    text = "The Group, the Group of Five, the Contact Group and the Working Group met."
    assert replacements(entries, text, "en") == [
        ("Group", "Contact Group"),
        ("Group of Five", "G5"),
    ]


def test_capitals_of_names_count() -> None:
    """A short form is not found in a small word, nor a newspaper in an ordinary phrase."""
    entries = (
        Entry(term="VOS", preferred="WHO", kind="name"),
        Entry(term="New Newspaper", preferred="Novaya Gazeta", kind="name"),
    )
    assert replacements(entries, "vos a new newspaper", "en") == []
    assert replacements(entries, "VOS, New Newspaper", "en") == [
        ("VOS", "WHO"),
        ("New Newspaper", "Novaya Gazeta"),
    ]


def test_context_decides() -> None:
    """An entry applies only where its company is in the text, and not where it must not be."""
    entries = (
        Entry(
            term="Rock",
            preferred="Felsen",
            only_with=("Meer",),
            not_with=("Gitarre", "laute Musik"),
        ),
    )
    assert replacements(entries, "Rock am Meer") == [("Rock", "Felsen")]
    assert replacements(entries, "Rock am See") == []
    assert replacements(entries, "Rock mit Gitarren am Meer") == []
    assert replacements(entries, "Rock ist laute Musik am Meer") == []


_texts = st.text("aAbBzßäÄ \u00ad\u200b\u0308\u0301-\n'’İ", max_size=40)


@given(_texts, st.sampled_from(["NFC", "NFD"]))
def test_offsets_lead_back_to_the_text(text: str, form: str) -> None:
    """Every folded stretch maps to a stretch of the raw text that folds to it."""
    raw = unicodedata.normalize(form, text)  # type: ignore[arg-type]  # a sampled literal
    folded = FoldedText(raw)
    for start in range(len(folded.text)):
        for end in range(start + 1, min(len(folded.text), start + 6) + 1):
            first, last = folded.start(start), folded.end(end)
            assert 0 <= first < last <= len(raw)
            assert folded.text[start:end].strip() in FoldedText(raw[first:last]).text


@given(_texts)
def test_matches_lie_where_they_say(text: str) -> None:
    """A match's text is the raw text between its offsets, and matches do not overlap."""
    entries = (
        Entry(term="ab", preferred="x", language="de"),
        Entry(term="ba a", preferred="y", language="de"),
        Entry(term="äß", preferred="z", language="de"),
    )
    end = 0
    for match in Matcher(entries, "de").find(text):
        assert match.text == text[match.start : match.end]
        assert match.start >= end
        end = match.end


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "de",
            "Der US-Außenminister Anthony Blinken reiste ab.",
            ("Anthony Blinken", "Antony Blinken"),
        ),
        (
            "de",
            "Der Kreml-Kritiker Alexei Navalny lebt in Russland.",
            ("Alexei Navalny", "Alexej Nawalny"),
        ),
        (
            "de",
            "Der ukrainische Präsident Volodymyr Zelensky sprach.",
            ("Volodymyr Zelensky", "Wolodymyr Selenskyj"),
        ),
        (
            "de",
            "Die Sprecherin Oleksandra Shevchuk kam, Yuriy Melnychenko nicht.",
            ("Yuriy Melnychenko", "Jurij Melnytschenko"),
        ),
        (
            "en",
            "The Ukrainian president Wolodymyr Selenskyj spoke.",
            ("Wolodymyr Selenskyj", "Volodymyr Zelensky"),
        ),
        ("en", "German Chancellor Olof Scholz spoke in Berlin.", ("Olof Scholz", "Olaf Scholz")),
        ("en", "German Chancellor Olaf Sholtz spoke in Berlin.", ("Olaf Sholtz", "Olaf Scholz")),
        ("en", "China's President Xijinping spoke in Beijing.", ("Xijinping", "Xi Jinping")),
    ],
)
def test_known_people_are_spelled_right(
    language: str, text: str, expected: tuple[str, str]
) -> None:
    """A misspelled or wrongly transcribed name is set right where office and country fit."""
    assert expected in found(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Anthony Albanese, the Australian prime minister, met Antony Blinken."),
        ("en", "The singer Anthony Blinkens came to the Berlin club."),
        ("en", "The actor Olof Scholz opened a theatre in Malmo."),
        ("en", "Hunter Biden is the son of US president Joe Biden."),
        ("en", "Wang Lu, a member of the Politburo in Beijing, met Wang Yi."),
        ("de", "Präsident Wladimir Putin traf Alexander Lukaschenko und Sergej Lawrow."),
        ("de", "Mahmoud Abbas und Hassan Rouhani sprachen mit Bundeskanzler Olaf Scholz."),
        ("de", "Die Minister Annalena Baerbock und Robert Habeck kamen mit Präsident Xi Jinping."),
    ],
)
def test_right_names_are_left_alone(language: str, text: str) -> None:
    """A rare but right name is no error, nor is a namesake without the office."""
    assert found(text, language) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Der deutsche Außenminister Annalena Baerbock reiste ab.",
            (
                "Der deutsche Außenminister Annalena Baerbock",
                "Die deutsche Außenministerin Annalena Baerbock",
            ),
        ),
        (
            "Er sprach mit dem neuen Regierungschef Giorgia Meloni.",
            (
                "dem neuen Regierungschef Giorgia Meloni",
                "der neuen Regierungschefin Giorgia Meloni",
            ),
        ),
        (
            "Annalena Baerbock kam spät. Der Außenminister sagte wenig.",
            ("Der Außenminister", "Die Außenministerin"),
        ),
        ("Sekretär Rumsfeld wies das zurück.", ("Sekretär", "Minister")),
    ],
)
def test_titles_that_english_hides(text: str, expected: tuple[str, str]) -> None:
    """The title of a woman becomes feminine; an American secretary is a minister."""
    assert found(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Annalena Baerbock traf Sergej Lawrow. Der Außenminister sagte wenig.",
        "Annalena Baerbock traf den britischen Außenminister. Der Außenminister sagte wenig.",
        "Annalena Baerbock kam spät. Der Außenminister der Türkei sagte wenig.",
        "Generalsekretär Rumsfeld wies das zurück.",
    ],
)
def test_titles_of_others_stay(text: str) -> None:
    """Where a man may be meant, a masculine title stays."""
    assert found(text) == []


def test_the_odd_spelling_yields_to_the_frequent_one() -> None:
    """A spelling that stands once is corrected to the one that stands often."""
    text = (
        "Reporters in Zarvik saw smoke. People in Zarvik fled. The mayor of Zarvic spoke.\n"
        "Trains to Zarvik stopped."
    )
    article = Article.from_text(text, language="en")
    (correction,) = find_corrections(article)
    assert (correction.original, correction.corrected) == ("Zarvic", "Zarvik")
    assert correction.origin == "consistency"
    assert correction.sentences == ("s3",)


def test_a_known_agency_decides_between_two_spellings() -> None:
    """Even where both stand once, the spelling the starter pack knows is the right one."""
    text = "Das meldete die Agentur Ukrinform. Dem Dienst Ukrinfurm zufolge blieb es ruhig."
    assert found(text) == [("Ukrinfurm", "Ukrinform")]


def test_what_cannot_be_known_stays_open() -> None:
    """Two spellings of one name, once each: both are suspect, neither is corrected."""
    text = "Der Beamte Raimund Marschel klagte. Später zog Raimund Marshel die Klage zurück."
    corrections = find_corrections(Article.from_text(text, language="de"))
    assert {one.original for one in corrections} == {"Marschel", "Marshel"}
    assert all(one.corrected == "" and "cannot be known" in one.reason for one in corrections)


@pytest.mark.parametrize(
    "text",
    [
        "The Streits of Zarvik and the Zarvikians met. Zarvik won. Zarvik's mayor spoke.",
        "Anna Berger kam. Tom Burger ging. Anna Berger sprach. Anna Berger lachte.",
        "Ivan Petrak met Ivana Petrak. Ivan Petrak left. Ivan Petrak slept.",
    ],
)
def test_different_names_are_not_one(text: str) -> None:
    """Endings, namesakes with other given names, and given names of the other sex are no errors."""
    assert found(text, "en") == []


def test_own_glossary_goes_before_the_starter_pack() -> None:
    """What the user's glossary says counts, and an approved form is left alone."""
    own = Glossary(
        "own",
        (
            Entry(term="Belarus", preferred="Weißrussland", language="de"),
            Entry(term="Anthony Blinken", preferred="Anthony Blinken", language="de"),
        ),
    )
    article = Article.from_text(
        "Der US-Außenminister Anthony Blinken war nie in Belarus.", language="de"
    )
    assert [one.corrected for one in find_corrections(article, [own])] == ["Weißrussland"]


def test_starter_pack_can_be_left_out() -> None:
    """Without the starter pack nothing is known of terms and people."""
    text = "Anthony Blinken, US-Außenminister, sprach von Kreuzfahrtraketen."
    assert len(found(text)) == 2
    assert found(text, builtin=False) == []


def test_house_style_is_a_choice() -> None:
    """Preferred terms of the starter pack apply on demand, but for names CLDR gave up."""
    text = "Er fuhr von Kiew nach Weißrussland."
    assert found(text) == [("Weißrussland", "Belarus")]
    assert found(text, house_style=True) == [("Kiew", "Kyjiw"), ("Weißrussland", "Belarus")]


def test_noise_is_not_read() -> None:
    """A line that is not part of the article yields no correction."""
    text = "Die Gespräche dauerten zwei Stunden.\n\nSiehe auch  Kreuzfahrtraketen trafen Kiew"
    article = Article.from_text(text, language="de")
    assert any(sentence.noise for sentence in article.sentences)
    assert find_corrections(article) == ()


def test_one_correction_cites_all_its_sentences() -> None:
    """The same words in several sentences are one correction."""
    text = "Die Kreuzfahrtrakete schlug ein. Eine Kreuzfahrtrakete wurde abgeschossen."
    (correction,) = find_corrections(Article.from_text(text, language="de"))
    assert correction.sentences == ("s1", "s2")


@settings(deadline=None)
@given(st.text(max_size=120), st.sampled_from(["de", "en", "fr", "und"]))
def test_corrections_are_verbatim(text: str, language: str) -> None:
    """Whatever the text: what is to be corrected stands in every sentence cited."""
    if not text.strip():
        return
    article = Article.from_text(f"{text} Anthony Blinken, US-Außenminister", language=language)
    for correction in find_corrections(article):
        assert isinstance(correction, DraftCorrection)
        assert correction.original != correction.corrected
        for identifier in correction.sentences:
            assert correction.original in article.sentence(identifier).text


def test_starter_pack_is_sound() -> None:
    """Over a thousand terms, each with its reason, none of them contradicting another."""
    entries = builtin_entries()
    assert len(entries) >= 1000
    assert all(entry.note and entry.authority and entry.language for entry in entries)
    assert conflicts(entries) == ()


def test_territories_are_those_of_cldr() -> None:
    """A territory name that is prescribed with CLDR's authority is CLDR's."""
    checked = 0
    for entry in builtin_entries():
        if entry.authority == "CLDR" and entry.kind == "preferred_term":
            assert entry.preferred in Locale(entry.language).territories.values()
            checked += 1
    assert checked > 10


def test_people_are_sound() -> None:
    """Several hundred people, each with known office and country, no one entered twice."""
    everybody = people()
    assert len(everybody) > 500
    assert len({(one.given, one.family, one.country) for one in everybody}) == len(everybody)
    for person in everybody:
        assert person.gender in {"f", "m"}
        assert person.offices
        assert set(person.offices) <= set(offices())
        assert country_words(person.country, "de")
        assert country_words(person.country, "en")


def test_countries_are_those_of_cldr() -> None:
    """Every country of the list has a code that CLDR knows."""
    assert set(countries()) <= set(Locale("en").territories)
    assert len(countries()) > 180


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_authority_list_agrees_with_itself(language: str) -> None:
    """No name of the list, in its own language, is taken for a misspelling of another."""
    began = "Gestern kam" if language == "de" else "Then came"
    text = "\n".join(f"{began} {person.name(language)}." for person in people())
    assert name_findings(Article.from_text(text, language=language)) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Shoigu", "Schoigu"),
        ("Lukashenko", "Lukaschenko"),
        ("Zhukov", "Schukow"),
        ("Kovalchuk", "Kowaltschuk"),
    ],
)
def test_transcriptions_sound_alike(one: str, other: str) -> None:
    """English and German transcriptions of one name have the same key."""
    assert sound_key(one) == sound_key(other)


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("Kovalchuk", "Kowaltschuk"),
        ("Zhukov", "Schukow"),
        ("Shevchenko", "Schewtschenko"),
        ("Kharchenko", "Chartschenko"),
        ("Yushchenko", "Juschtschenko"),
        ("Miller", "Miller"),
        ("Schewtschenko", "Schewtschenko"),
    ],
)
def test_slavic_names_in_german(english: str, german: str) -> None:
    """English romanisation is turned into German; other names stay."""
    assert german_family(english) == german
