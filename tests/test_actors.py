"""Who is who: what is promised of the actors found without a model."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.actors import Cast
from dragoman.article import Article

ENGLISH = """Norland's foreign minister Marit Halvorsen met Ilya Renko on Monday.

Halvorsen said the border stays closed. Renko's answer was short.

Oslo rejects the plan, the Norwegian government said. Norway will not pay.

"We will see," Marit Halvorsen said.
"""

GERMAN = """Die norländische Außenministerin Marit Halvorsen hat Ilja Renko am Montag getroffen.

Halvorsen sagte, die Grenze bleibe geschlossen. Die Antwort Renkos war kurz.

Oslo lehnt den Plan ab, sagte die norwegische Regierung. Norwegen wird nicht zahlen.
"""


def cast(text: str, language: str) -> Cast:
    return Cast(Article.from_text(text, language=language))


@pytest.mark.parametrize(("text", "language"), [(ENGLISH, "en"), (GERMAN, "de")])
def test_a_person_is_one_entry_under_the_full_name(text: str, language: str) -> None:
    """The last name alone, and its genitive, are found to be the same person."""
    found = cast(text, language)
    for full, last in (("Marit Halvorsen", "Halvorsen"), ("Renko", "Renkos")):
        entry = found.find(full)
        assert entry is not None
        assert entry.kind == "person"
        assert found.find(last) is entry
    names = [entry.name for entry in found.entries]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("text", "language", "forms"),
    [
        (ENGLISH, "en", ("Norway", "Oslo", "the Norwegian government")),
        (GERMAN, "de", ("Norwegen", "Oslo", "die norwegische Regierung")),
    ],
)
def test_a_government_is_one_entry(text: str, language: str, forms: tuple[str, ...]) -> None:
    """Country, capital and "the X government" are the same actor."""
    found = cast(text, language)
    entries = {id(found.find(form)) for form in forms}
    assert len(entries) == 1
    entry = found.find(forms[0])
    assert entry is not None
    assert (entry.kind, entry.territory) == ("government", "NO")


def test_who_is_not_named_is_not_found() -> None:
    """Neither a stranger nor a pronoun nor nothing is an actor."""
    found = cast(ENGLISH, "en")
    for form in ("Stranger", "she", "", "…"):
        assert found.find(form) is None


def test_a_new_form_opens_one_entry() -> None:
    """Adding the same form twice gives the same entry."""
    found = cast(ENGLISH, "en")
    first = found.add("Otto Stranger", "person")
    assert found.add("Otto Stranger") is first
    assert found.find("Stranger") is first


def test_drafts_come_in_the_order_of_the_text() -> None:
    """Each with its forms as they stand in the article."""
    found = cast(ENGLISH, "en")
    drafts = found.drafts(reversed(found.prominent()))
    starts = [ENGLISH.index(draft.forms[0]) for draft in drafts]
    assert starts == sorted(starts)
    assert all(form in ENGLISH for draft in drafts for form in draft.forms)


@pytest.mark.parametrize(
    ("language", "text", "name", "forms"),
    [
        # an office beside a name, and again
        ("en", "The mayor of Linden, Anna Berg, said no. Nobody asked the mayor of Linden.",
         "Anna Berg", {"Anna Berg", "mayor of Linden"}),
        ("en", "President Anna Berg and Karl Moor came. The president said no.",
         "Anna Berg", {"Anna Berg", "president"}),
        ("de", "Die Sprecherin des Rates Anna Berg sagte nein. Die Sprecherin ging.",
         "Anna Berg", {"Anna Berg", "Sprecherin"}),
        # two spellings of one name
        ("en", "Anna Gavrylova said no. Later Gavrilova left.",
         "Anna Gavrylova", {"Anna Gavrylova", "Gavrilova"}),
        # the long form before its initials
        ("en", "The Union for Trade and Crafts in Norland (UTCN) met. UTCN said no.",
         "Union for Trade and Crafts in Norland",
         {"Union for Trade and Crafts in Norland", "UTCN"}),
        # what belongs to a body
        ("en", "The Trade Council of Norland met. The Trade Council said no.",
         "Trade Council of Norland", {"Trade Council of Norland", "Trade Council"}),
        ("de", "Abu Said al-Masri sprach. Später ging al-Masri.",
         "Abu Said al-Masri", {"Abu Said al-Masri", "al-Masri"}),
        # case and dots do not matter, nor the order of a person's names
        ("en", "The U.S. Congress met. Later the US congress said no.",
         "U.S. Congress", {"U.S. Congress", "US congress"}),
        ("en", "Anna Maria Berg said no. Anna Berg Maria left.",
         "Anna Maria Berg", {"Anna Maria Berg", "Anna Berg Maria"}),
        # two spellings of a given name; a name from the middle
        ("en", "Volodomyr Novak said no. Volodymyr Novak left.",
         "Volodymyr Novak", {"Volodomyr Novak", "Volodymyr Novak"}),
        ("en", "Anna Olunara Berg said no. Olunara left.",
         "Anna Olunara Berg", {"Anna Olunara Berg", "Olunara"}),
        ("en", "The Ministry of Regional Growth met. The Ministry for Regional Growth left.",
         "Ministry of Regional Growth",
         {"Ministry of Regional Growth", "Ministry for Regional Growth"}),
        # what a short form is short for need not show in its letters
        ("de", "Der Verband der Nordischen Brauer (FNBX) tagte.",
         "Verband der Nordischen Brauer", {"Verband der Nordischen Brauer", "FNBX"}),
        ("en", "The head of the Trade Council (XQG) left.",
         "Trade Council", {"Trade Council", "XQG"}),
        # initials without small words, with letters from within, and of two words
        ("en", "The Department of Trade and Ports said no. DTP said so twice.",
         "Department of Trade and Ports", {"Department of Trade and Ports", "DTP"}),
        ("de", "Die Nordische Zentralbank lehnt ab. Die NZB zahlt nicht.",
         "Nordische Zentralbank", {"Nordische Zentralbank", "NZB"}),
        # a name and the noun for what it is, a name and words that narrow it
        ("de", "Die Xorva-Partei stimmt zu. Xorva will mehr.", "Xorva-Partei",
         {"Xorva-Partei", "Xorva"}),
        ("en", "The Linden Administrative Court ruled. The Administrative Court said no.",
         "Linden Administrative Court", {"Linden Administrative Court", "Administrative Court"}),
        # an office before a name, also with two subjects
        ("de", "Der Minister für Handel und freie Berufe, Karl Moor, sprach. Der Minister ging.",
         "Karl Moor", {"Karl Moor", "Minister für Handel", "Minister"}),
        # who holds an office by the authority list
        ("en", "Emmanuel Macron said no. The president of France left.",
         "Emmanuel Macron", {"Emmanuel Macron", "president of France"}),
    ],
)  # fmt: skip
def test_several_forms_are_one_actor(language: str, text: str, name: str, forms: set[str]) -> None:
    """Offices, spellings, initials and short forms are filed with whom they mean."""
    (entry,) = [entry for entry in cast(text, language).entries if entry.name == name]
    assert set(entry.forms) == forms


@pytest.mark.parametrize(
    ("language", "text", "one", "other"),
    [
        # initials of which there are two, a part of two names, a body within another
        ("en", "The Norland Trade Union and the Nordic Trade Union met. NTU said no.",
         "NTU", "Norland Trade Union"),
        ("en", "The Linden Trade Court and the Velm Trade Court met. The Trade Court said no.",
         "Trade Court", "Linden Trade Court"),
        ("de", "Der Ausschuss des Nordischen Unterhauses tagte. Das Nordische Unterhaus nicht.",
         "Nordische Unterhaus", "Ausschuss des Nordischen Unterhauses"),
        # a body, and the head of it who has a name
        ("en", "The president of Xorva, Karl Moor, said no. Xorva left.", "Xorva", "Karl Moor"),
        # a deputy
        ("de", "Vizepräsidentin Anna Berg sprach. Die Präsidentin schwieg.",
         "Präsidentin", "Anna Berg"),
    ],
)  # fmt: skip
def test_what_only_looks_alike_stays_apart(language: str, text: str, one: str, other: str) -> None:
    """Entries are joined only where one is meant."""
    found = cast(text, language)
    assert found.find(one) is not None
    assert found.find(one) is not found.find(other)


def test_no_mention_is_lost_where_names_are_nested() -> None:
    """A name filed under a longer one takes in no others any more."""
    found = cast("The Xorva Party Council met. The Xorva Party said no. Xorva left.", "en")
    forms = [form for entry in found.entries for form in entry.forms]
    assert {"Xorva Party Council", "Xorva Party", "Xorva"} <= set(forms)


@pytest.mark.parametrize(
    ("language", "text", "likelier", "other"),
    [
        ("en", "Minister Anna Berg said no to a doctor in Velm.", "Anna Berg", "doctor"),
        ("de", "Der Rat lehnt ab. Er sprach von einer Gruppe seiner Freunde.", "Rat", "Gruppe"),
        ("en", "Police warned the crowd near Capitol Hill.", "Police", "Capitol Hill"),
    ],
)  # fmt: skip
def test_who_acts_is_likelier_an_actor(language: str, text: str, likelier: str, other: str) -> None:
    """Names and offices that speak stand above what is told in passing."""
    found = cast(text, language)
    first, second = found.find(likelier), found.find(other)
    assert first is not None
    assert second is not None
    assert found.likelihood(first) > found.likelihood(second)


@given(st.text(max_size=300), st.sampled_from(["de", "en", "fr"]))
def test_likelihood_is_a_probability(text: str, language: str) -> None:
    """Whatever the text is."""
    found = cast(f"x {text}", language)
    assert all(0 <= found.likelihood(entry) <= 1 for entry in found.entries)


@pytest.mark.parametrize(
    ("language", "text", "listed", "not_listed"),
    [
        ("de", "Die Berg-Regierung lehnt ab. Gegen die Berg-Regierung wird protestiert.",
         "Berg-Regierung", "Menschen"),
        ("en", "Protesters demand a vote. Police met the protesters in Linden.",
         "Protesters", "Linden"),
        ("de", "Hochkarätige Besucher kamen nach Linden. Covid-19 blieb.",
         None, "Hochkarätige Besucher"),
        ("en", "COVID-19 and the F-16 were discussed.", None, "F-16"),
        ("en", "It was up to the protesters.", "protesters", "Linden"),
        ("en", "He spoke of a mayor of Linden and his wife.", None, "mayor of Linden"),
        ("en", "OSLO (AP) - Karl Moor said no.", "Karl Moor", "Norway"),
        ("en", "It was so in Norway, Sweden or Finland.", None, "Finland"),
        ("en", "She lives in Porton Downs near Babi Yars.", None, "Porton Downs"),
        ("de", "Er las von einer Kampagne eines Vereins.", None, "Kampagne"),
    ],
)  # fmt: skip
def test_who_is_worth_listing(
    language: str, text: str, listed: str | None, not_listed: str
) -> None:
    """Bodies and groups that act; no places, things, adjectives or mere descriptions."""
    names = [entry.name for entry in cast(text, language).prominent()]
    assert listed is None or listed in names
    assert not_listed not in names


@pytest.mark.parametrize(
    ("language", "text", "name", "kind"),
    [
        # what belongs to a body, and what does not
        ("en", "The Ministry of Trade and Industry said no.",
         "Ministry of Trade and Industry", "government"),
        ("en", "The Order and Reform party said no.", "Order and Reform party", "organisation"),
        ("en", "Envoys of Norway and Sweden said no.", "Envoys of Norway and Sweden", "group"),
        ("en", "The office of the mayor of Linden said no.",
         "office of the mayor of Linden", "government"),
        ("en", "The Oslo Embassy in the US said no.", "Oslo Embassy in the US", "government"),
        ("en", "The Museum for Folk Art said no.", "Museum for Folk Art", "organisation"),
        ("en", "The General Staff of the Armed Forces of Norland said no.",
         "General Staff of the Armed Forces of Norland", "group"),
        ("en", "Members of the Federal Board in May said no.", "Federal Board", "organisation"),
        ("de", "Das Ministerium für Handel und Verkehr lehnt ab.",
         "Ministerium für Handel und Verkehr", "government"),
        ("de", "Der Verband der Hotel- und Gastwirte lehnt ab.",
         "Verband der Hotel- und Gastwirte", "organisation"),
        ("de", "Die Republikaner im Senat lehnen ab.", "Republikaner im Senat", "organisation"),
        # a name behind the noun for it
        ("en", "The drug maker Tamora said no.", "Tamora", "company"),
        ("en", "The carriers Tamora and Berdix said no.", "Berdix", "company"),
        ("en", "The newspaper Norda Gazeta said no.", "Norda Gazeta", "media"),
        ("en", "The aid agency UNTC said no.", "UNTC", "organisation"),
        ("en", "The news agency Norda said no.", "Norda", "media"),
        ("de", "Der Reiseveranstalter Tamora lehnt ab.", "Tamora", "company"),
        ("de", "Das Landgericht Linden lehnt ab.", "Landgericht Linden", "organisation"),
        # names that look like something else
        ("en", "Abu Jamil al-Nordani said no.", "Abu Jamil al-Nordani", "person"),
        ("en", "Geologist Susanna Barner said no.", "Susanna Barner", "person"),
        ("en", "Talks between Karl Moor and Zheng He began.", "Zheng He", "person"),
        ("en", "Mr Moor said no.", "Moor", "person"),
        ("de", "Die Aktivistin Sara Winter lehnt ab.", "Sara Winter", "person"),
        ("de", "Gouverneur Jan Tomek lehnt ab.", "Jan Tomek", "person"),
        ("de", "Danach erhob Richterin Anna Berger Anklage.", "Anna Berger", "person"),
        ("de", "Das schreibt die Washington Post heute.", "Washington Post", "media"),
        ("en", "Karl Moor's lawyer Anna Berg said no.", "Karl Moor", "person"),
        ("en", "Mayor of Linden Anna Berg said no.", "Anna Berg", "person"),
        ("en", "Minister of Culture and Information Policy of Norway Anna Berg said no.",
         "Anna Berg", "person"),
        ("en", "President Moor met Mrs Berg.", "Berg", "person"),
        ("en", "The ruling Norland Order Party said no.", "Norland Order Party", "organisation"),
        ("en", "The National Trade and Reform Commission said no.",
         "National Trade and Reform Commission", "organisation"),
        ("en", "The Ministry of Economy, Trade and Industry of Norway said no.",
         "Ministry of Economy, Trade and Industry of Norway", "government"),
        ("en", "The prosecutor's office said no.", "prosecutor's office", "government"),
        ("en", "Anna Berg (Tamora Inc) and Karl Moor said no.", "Anna Berg", "person"),
        ("de", "Das sagte sie unserem Journalisten Karl Moor.", "Karl Moor", "person"),
        ("de", "Die Linden Police Department lehnt ab.",
         "Linden Police Department", "organisation"),
        # well-known bodies
        ("en", "The Greens said no.", "Greens", "organisation"),
        ("en", "Norda News reporters met Human Rights Watch.", "Norda News", "media"),
        ("en", "Karl Moor told the dpa the news.", "dpa", "media"),
    ],
)  # fmt: skip
def test_the_name_of_an_actor(language: str, text: str, name: str, kind: str) -> None:
    """All of a name and no more, under its kind."""
    kinds = {entry.name: entry.kind for entry in cast(text, language).entries}
    assert kinds.get(name) == kind, kinds


@pytest.mark.parametrize(
    ("language", "text", "noun", "meant"),
    [
        ("en", "The bank Norda and Tamora Airlines lost. The bank closed.", "bank", "Norda"),
        ("de", "Die NVP siegte. Das Gericht lehnte ab.", "Gericht", "Gericht"),
    ],
)
def test_a_noun_means_a_body_of_its_sort(language: str, text: str, noun: str, meant: str) -> None:
    """A bank is the one that is called so; a court is no party."""
    start = text.rindex(noun)
    (entry,) = [
        entry
        for entry in cast(text, language).entries
        if any(span.start == start for span in entry.spans)
    ]
    assert entry.name == meant


def test_an_office_and_a_last_name_give_the_full_name() -> None:
    """If the authority list has one such holder only."""
    found = cast("President Biden came. Minister Moor went.", "en")
    names = {entry.name for entry in found.entries}
    assert {"Joe Biden", "Moor"} <= names


def test_a_platform_on_which_somebody_writes_is_no_actor() -> None:
    """It is one where it does something itself."""
    wrote = cast("Karl Moor said no on Twitter. He wrote it on Twitter.", "en")
    acted = cast("Twitter has blocked Karl Moor, he wrote on Twitter.", "en")
    assert "Twitter" not in [entry.name for entry in wrote.prominent()]
    assert "Twitter" in [entry.name for entry in acted.prominent()]


def test_a_description_is_not_found_again_by_a_name_within_it() -> None:
    """A friend of somebody is somebody else."""
    found = cast("Eine Freundin von Karl Moor kam. Karl Moor sprach, sagte Karl Moor.", "de")
    entry = found.find("Karl Moor")
    assert entry is not None
    assert entry.name == "Karl Moor"


def test_a_plural_office_is_nobody_in_particular() -> None:
    """Several ministers are nobody, one minister is who holds the office."""
    text = "Außenminister Karl Moor kam. Der Minister sprach. Die Minister gingen."
    found = cast(text, "de")
    entry = found.find("Karl Moor")
    assert entry is not None
    mentions = [text[span.start - 4 : span.end] for span in entry.spans if span.exact == "Minister"]
    assert mentions == ["Der Minister"]


PIECES = [*"AaBb. ,\n\"'’()-", "Moor ", "Karl ", "said ", "die ", "Oslo ", "Bank ", "of ", "er "]


@given(
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join).filter(str.strip),
    st.sampled_from(["de", "en", "fr"]),
)
def test_mentions_are_the_articles_words_whatever_the_text(text: str, language: str) -> None:
    """No text is an error; each mention slices back to its words and belongs to a listed actor."""
    article = Article.from_text(text, language=language)
    found = Cast(article)
    for entry in found.entries:
        assert entry.name.strip()
        for span in entry.spans:
            assert article.text[span.start : span.end] == span.exact
