"""Who says what by which cue, in German and English, also where the word order is not plain."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.article import Article
from dragoman.attribution import Attribution, attribute

Expected = list[tuple[str | None, str, str]]

GERMAN: list[tuple[str, Expected]] = [
    (
        "Ministerpräsidentin Anna Berg erklärte, die Regierung werde das Gesetz ändern.",
        [("Anna Berg", "erklärte", "declare")],
    ),
    (
        "„Wir werden nicht nachgeben“, sagte Außenminister Karl Huber gegenüber Reportern.",
        [("Karl Huber", "sagte", "declare")],
    ),
    ("Die Opposition lehnt den Vorschlag ab.", [("Opposition", "lehnt", "reject")]),
    (
        "Die Gewerkschaft forderte die Regierung auf, die Löhne zu erhöhen.",
        [("Gewerkschaft", "forderte", "request")],
    ),
    (
        "Laut Reuters sagte Präsident Okoro, das Abkommen sei gescheitert.",
        [("Okoro", "sagte", "declare")],
    ),
    (
        "Dem Verteidigungsministerium zufolge wurden zwei Soldaten verletzt.",
        [("Verteidigungsministerium", "zufolge", "declare")],
    ),
    (
        "Nach Angaben der Polizei wurden drei Menschen verletzt.",
        [("Polizei", "Nach Angaben der", "declare")],
    ),
    ("Der Bürgermeister wurde von Anwohnern kritisiert.", [("Anwohnern", "kritisiert", "accuse")]),
    ("Norwegen hat die Vorwürfe zurückgewiesen.", [("Norwegen", "zurückgewiesen", "deny")]),
    ("Die Behörden haben vor Überschwemmungen gewarnt.", [("Behörden", "gewarnt", "warn")]),
    (
        "Der Minister begrüßte die Entscheidung und forderte weitere Schritte.",
        [("Minister", "begrüßte", "support"), ("Minister", "forderte", "request")],
    ),
    ("Die EU erkennt die Wahl nicht an.", [("EU", "erkennt", "reject")]),
    ("Er habe nichts gewusst, sagte der Angeklagte.", [("Angeklagte", "sagte", "declare")]),
    (
        "Maria Lopez, die Sprecherin des Konzerns, wies die Kritik zurück.",
        [("Maria Lopez", "wies", "reject")],
    ),
    (
        "Der Sprecher der Botschaft, Tom Weiss, sagte, man prüfe den Fall.",
        [("Tom Weiss", "sagte", "declare")],
    ),
    (
        "Sollte der Angriff weitergehen, werde man antworten, warnte General Ivanov.",
        [("Ivanov", "warnte", "warn")],
    ),
    ("Der Konzern wollte sich zu den Berichten nicht äußern.", [("Konzern", "äußern", "declare")]),
    ("„Das ist falsch“, so Meyer.", [("Meyer", "so", "declare")]),
    (
        "In einem Interview mit der BBC kritisierte Sängerin Lena Roth den Veranstalter.",
        [("Lena Roth", "kritisierte", "accuse")],
    ),
    (
        "Tausende Demonstranten fordern den Rücktritt des Präsidenten.",
        [("Demonstranten", "fordern", "request")],
    ),
    (
        "Die Trainerin hofft auf eine schnelle Rückkehr der Spielerin.",
        [("Trainerin", "hofft", "declare")],
    ),
    (
        "Paris beschuldigte Rom, die Verhandlungen zu verzögern.",
        [("Paris", "beschuldigte", "accuse")],
    ),
    (
        "Wie das Ministerium mitteilte, bleibt die Grenze geschlossen.",
        [("Ministerium", "mitteilte", "declare")],
    ),
    ("Experten warnen davor, dass die Preise weiter steigen.", [("Experten", "warnen", "warn")]),
    ("Die Vorwürfe wies der Anwalt zurück.", [("Anwalt", "wies", "deny")]),
    (
        "Nachdem die USA mit Sanktionen gedroht hatten, lenkte Teheran ein.",
        [("USA", "gedroht", "warn")],
    ),
    (
        "Schweden und Finnland haben zugesagt, mehr Hilfe zu leisten.",
        [("Schweden", "zugesagt", "agree")],
    ),
    ("Der Vorschlag sei inakzeptabel, hieß es aus dem Kreml.", [("Kreml", "hieß es", "declare")]),
    ("Auch der Bundesrat stimmte der Reform zu.", [("Bundesrat", "stimmte", "agree")]),
    (
        "Die Verhandlungen seien schwierig, räumte Chefunterhändler Paul Klein ein.",
        [("Paul Klein", "räumte", "declare")],
    ),
    ("Seine Frau bestritt die Tat.", [("Frau", "bestritt", "deny")]),
    ("Der Vulkan forderte zwölf Todesopfer.", []),
    ("Das Spiel endete 2:1.", []),
]
ENGLISH: list[tuple[str, Expected]] = [
    (
        "Prime Minister Anna Berg said the government would change the law.",
        [("Anna Berg", "said", "declare")],
    ),
    (
        '"We will not give in," Foreign Minister Karl Huber told reporters on Monday.',
        [("Karl Huber", "told", "declare")],
    ),
    ('"We will not give in," said Huber.', [("Huber", "said", "declare")]),
    ("The opposition rejected the proposal.", [("opposition", "rejected", "reject")]),
    ("Unions have called on the government to raise wages.", [("Unions", "called on", "request")]),
    ("The mayor was criticised by residents.", [("residents", "criticised", "accuse")]),
    (
        "According to the police, three people were injured.",
        [("police", "According to", "declare")],
    ),
    ("Officials warned that the dam could burst.", [("Officials", "warned", "warn")]),
    (
        "Norway denied the allegations and accused its neighbour of lying.",
        [("Norway", "denied", "deny"), ("Norway", "accused", "accuse")],
    ),
    (
        "Maria Lopez, the company's spokeswoman, dismissed the criticism.",
        [("Maria Lopez", "dismissed", "reject")],
    ),
    ("The company declined to comment.", [("company", "declined", "declare")]),
    ("He was quoted as saying by TASS that talks had failed.", [("He", "quoted", "declare")]),
    ("Interfax quotes Petrov as saying the deal is dead.", [("Petrov", "quotes", "declare")]),
    (
        "The minister, who arrived on Sunday, urged both sides to talk.",
        [("minister", "urged", "request")],
    ),
    ("Sweden and Finland pledged more aid.", [("Sweden", "pledged", "agree")]),
    (
        "The bank said it would close 40 branches, adding that customers had been informed.",
        [("bank", "said", "declare"), ("bank", "adding", "declare")],
    ),
    (
        "Washington has repeatedly refused to recognise the vote.",
        [("Washington", "refused", "reject")],
    ),
    ("Analysts expect prices to rise.", [("Analysts", "expect", "declare")]),
    (
        "In a statement on Friday, the ministry condemned the attack.",
        [("ministry", "condemned", "accuse")],
    ),
    ("After the meeting, Chancellor Weber welcomed the deal.", [("Weber", "welcomed", "support")]),
    ("Prices declined in March.", []),
    ("The report, published on Monday, is long.", []),
    ("Talks are expected to resume, the spokesman said.", [("spokesman", "said", "declare")]),
    ("Aid groups fear that the crisis will get worse.", [("Aid groups", "fear", "declare")]),
    ("Weber did not say when the law would come.", [("Weber", "say", "declare")]),
    (
        "Russia's foreign ministry accused Kyiv of planning the strike.",
        [("foreign ministry", "accused", "accuse")],
    ),
    (
        "Protesters demanding the president's resignation blocked a road.",
        [("Protesters", "demanding", "request")],
    ),
]


def read(text: str, language: str = "de") -> tuple[Attribution, ...]:
    return attribute(Article.from_text(text, language=language))


def short(found: tuple[Attribution, ...]) -> Expected:
    return [
        (a.speaker.exact if a.speaker else None, a.cue.exact if a.cue else "", a.act or "")
        for a in found
    ]


@pytest.mark.parametrize(("text", "expected"), GERMAN)
def test_speaker_cue_and_act_in_german(text: str, expected: Expected) -> None:
    assert short(read(text, "de")) == expected


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_speaker_cue_and_act_in_english(text: str, expected: Expected) -> None:
    assert short(read(text, "en")) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Der Konzern wollte sich dazu nicht äußern."),
        ("de", "Die Kanzlerin sagte nicht, wann sie reist."),
        ("en", "The company declined to comment."),
        ("en", "Weber did not say when the law would come."),
    ],
)
def test_what_was_not_said_is_marked(language: str, text: str) -> None:
    assert [a.negated for a in read(text, language)] == [True]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Norwegen unterstützt den Plan nicht."),
        ("en", "Norway does not support the plan."),
    ],
)
def test_support_that_is_negated_is_a_rejection(language: str, text: str) -> None:
    (found,) = read(text, language)
    assert (found.act, found.negated) == ("reject", False)


@pytest.mark.parametrize(
    ("language", "text", "addressee"),
    [
        ("de", "Huber sagte gegenüber Keller, das Gesetz komme.", "Keller"),
        ("de", "Die Regierung forderte Norwegen auf, Fischer freizulassen.", "Norwegen"),
        ("de", "Oslo warnte Kopenhagen vor den Folgen.", "Kopenhagen"),
        ("en", "Huber told Keller that the law would come.", "Keller"),
        ("en", "The ministry accused Norway of lying.", "Norway"),
        ("en", "Norway urged Denmark to wait.", "Denmark"),
    ],
)
def test_who_is_spoken_to_is_the_addressee_and_not_a_speaker(
    language: str, text: str, addressee: str
) -> None:
    found = read(text, language)
    assert [a.addressee.exact if a.addressee else None for a in found] == [addressee]
    assert addressee not in [a.speaker.exact for a in found if a.speaker]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Laut Reuters sagte Huber, das Gesetz komme."),
        ("de", "„Das Gesetz kommt“, sagte Huber laut Reuters."),
        ("de", "Huber sagte, das Gesetz komme, berichtete Reuters."),
        ("en", "Huber said the law would come, according to Reuters."),
        ("en", "Reuters quoted Huber as saying the law would come."),
        ("en", "Huber was quoted as saying by Reuters that the law would come."),
    ],
)
def test_an_outlet_that_passes_it_on_is_the_reporter(language: str, text: str) -> None:
    (found,) = read(text, language)
    assert found.speaker is not None
    assert found.reporter is not None
    assert (found.speaker.exact, found.reporter.exact) == ("Huber", "Reuters")


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("de", "Karl Huber reiste nach Oslo. Er sagte, es gehe gut.", "Karl Huber"),
        ("de", "Karl Huber lobte Anna Berg. Er sagte, sie sei fleißig.", "Karl Huber"),
        ("de", "Frau Berg traf Herrn Huber. Sie sagte, es gehe gut.", "Berg"),
        ("de", "Bevor Huber abreiste, sagte er, es gehe gut.", "Huber"),
        ("en", "Karl Huber flew to Oslo. He said all was well.", "Karl Huber"),
        ("en", "Norway rejected the plan. It said the price was too high.", "Norway"),
    ],
)
def test_a_pronoun_goes_back_to_the_subject_that_agrees(
    language: str, text: str, name: str
) -> None:
    last = read(text, language)[-1]
    assert (last.basis, last.resolved) == ("pronoun", name)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "„Wir bleiben hier. Wir gehen nicht. Das ist sicher“, sagte Karl Huber."),
        ("de", "Karl Huber sagte: „Wir bleiben hier. Wir gehen nicht. Das ist sicher.“"),
        ("en", "“We will stay. We will not go. That is certain,” said Karl Huber."),
    ],
)
def test_a_quotation_over_sentences_has_one_speaker(language: str, text: str) -> None:
    found = read(text, language)
    assert [a.name for a in found] == ["Karl Huber"] * 3
    assert {a.basis for a in found} >= {"running"}


def test_a_quoted_sentence_without_a_tag_goes_on_with_the_speaker() -> None:
    found = read("„Wir bleiben hier“, sagte Karl Huber.\n\n„Wir werden nicht gehen.“")
    assert [(a.name, a.basis) for a in found] == [
        ("Karl Huber", "quote_tag"),
        ("Karl Huber", "running"),
    ]


def test_words_inside_a_quotation_are_no_cues() -> None:
    found = read("„Norwegen warnt und droht und fordert alles“, sagte Karl Huber.")
    assert short(found) == [("Karl Huber", "sagte", "declare")]


def test_own_words_in_the_first_person_tell_the_act() -> None:
    (found,) = read("„Wir fordern ein Ende der Gewalt“, sagte Karl Huber.")
    assert found.act == "request"


def test_a_document_speaks_for_its_author() -> None:
    (found,) = read("„Das Gesetz kommt“, heißt es in einer Erklärung der Opposition.")
    assert found.name == "Opposition"
    assert found.basis == "according_to"


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "A UN report was published. The report said 300 villages were hit.",
         [(None, "UN", "said")]),
        ("en", "A UN report was published. According to the report, 300 villages were hit.",
         [(None, "UN", "According to")]),
        ("de", "Ein UN-Bericht liegt vor. Der Bericht schätzt die Zahl auf 300.",
         [(None, "UN", "schätzt")]),
        ("de", "Karl Moor sprach. Der Bericht schätzt die Zahl auf 300.", []),
        ("en", "Karl Moor left. According to him, the plan is dead, Reuters reports.",
         [("him", "Karl Moor", "According to")]),
        ("en", "Norland accuses Sweden of theft, which Sweden denies.",
         [("Norland", None, "accuses"), ("Sweden", None, "denies")]),
        ("en", "Norland's consumer protection minister Anna Berg said no.",
         [("Anna Berg", None, "said")]),
        ("en", "The acting governor of the Linden region Anna Berg said no.",
         [("Anna Berg", None, "said")]),
        ("de", "Norwegens neue Ministerin Anna Berg war in Oslo. Sie forderte Hilfe.",
         [("Sie", "Anna Berg", "forderte")]),
        ("de", "Berichten zufolge ist der Plan tot.", []),
        ("de", "Bis jetzt weigert sich die Regierung, Gefangene freizulassen.",
         [("Regierung", None, "weigert")]),
    ],
)  # fmt: skip
def test_who_a_document_a_pronoun_or_a_clause_speaks_for(
    language: str, text: str, expected: list[tuple[str | None, str | None, str]]
) -> None:
    found = [
        (a.speaker.exact if a.speaker else None, a.resolved, a.cue.exact)
        for a in read(text, language)
        if a.cue is not None
    ]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Jo Weber, head of the bank, told Radio Norda, “It works.”", "Jo Weber"),
        ("According to the expert Jo Weber, Norland can win the dispute.", "Jo Weber"),
        ("The man said that officials of the bank had threatened him.", "officials"),
        ("The minister of International Trade and Industry, Jo Weber, said no.", "Jo Weber"),
        ("The plan was condemned by human rights groups.", "human rights groups"),
        ("Norland's demand was rejected by Jo Weber.", "Jo Weber"),
    ],
)
def test_who_speaks_where_others_are_named(text: str, name: str) -> None:
    """Who is told, who is spoken about or who only owns a demand does not speak."""
    assert read(text, "en")[-1].name == name


def test_what_a_nameless_paper_reports_has_no_speaker() -> None:
    assert read("According to press reports, Norland has sealed the border.", "en") == ()


@pytest.mark.parametrize(
    ("language", "text", "act"),
    [
        ("de", "Weber stellte den Plan in Frage.", "accuse"),
        ("de", "Weber sprach sich gegen den Plan aus.", "reject"),
        ("de", "Weber sprach sich für den Plan aus.", "support"),
        ("de", "Weber zeigte sich besorgt über die Lage.", "declare"),
        ("de", "Weber machte die Regierung für den Brand verantwortlich.", "accuse"),
        ("de", "Weber sagte, ein Angriff werde schwere Konsequenzen haben.", "warn"),
        ("en", "Weber is convinced that the plan works.", "declare"),
        ("en", "Weber is against the plan.", "reject"),
        ("en", "Weber held the government responsible for the fire.", "accuse"),
        ("en", "The court ruled that the plan is void.", "declare"),
        ("en", "Weber said an attack would have serious consequences.", "warn"),
        ("en", "Weber said Norland would retaliate.", "warn"),
        ("en", "Weber said the dispute may undermine the talks.", "warn"),
        ("en", "Weber reiterated his support for the plan.", "support"),
        ("en", "Weber called the accusations baseless.", "deny"),
        ("en", "The union voted against the plan.", "reject"),
        ("en", "The union voted for the plan.", "support"),
        ("en", "Weber is of the opinion that the plan works.", "declare"),
        ("en", "Weber went on to say that the plan works.", "declare"),
        ("en", "Families of the victims demanded justice.", "request"),
        ("de", "Weber nannte den Plan absurd.", "reject"),
        ("de", "Weber erklärte sich bereit, die Kosten zu tragen.", "agree"),
        ("de", "Die NVP stimmte gegen den Haushalt.", "reject"),
    ],
)
def test_acts_that_several_words_tell(language: str, text: str, act: str) -> None:
    """Attitudes, idioms, and warnings that are not called so."""
    assert [attribution.act for attribution in read(text, language)] == [act]


@pytest.mark.parametrize(
    "text",
    [
        "All have a master plan.",
        "It was about the plan.",
        "The military support is aimed at peace.",
        "It is useful in case Norland decides so.",
    ],
)
def test_a_noun_that_looks_like_a_verb_is_no_cue(text: str) -> None:
    assert read(text, "en") == ()


def test_without_word_data_a_quotation_goes_to_the_nearest_name() -> None:
    (found,) = read("« La loi viendra au printemps prochain », a dit Jean Morel à Lyon.", "fr")
    assert found.name == "Jean Morel"
    assert found.act is None


def test_noise_is_not_read() -> None:
    article = Article.from_text(
        "Titel\n\nKarl Huber sagte nichts Neues.\n\nSchreibe einen Kommentar"
    )
    noise = {sentence.id for sentence in article.sentences if sentence.noise}
    assert noise
    assert not noise & {a.sentence for a in attribute(article)}


PIECES = (
    "Huber Anna sagte warnte er sie der die und dass von laut nicht hat gefordert auf forderte , . "
    ": „ “ ( ) so – said the minister told by was accused who that zufolge"
)
WORDS = PIECES.split()


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=60), st.sampled_from(["de", "en", "fr"])
)
def test_any_text_can_be_read_and_all_spans_lie_in_their_sentence(
    words: list[str], language: str
) -> None:
    article = Article.from_text("x " + " ".join(words), language=language)
    found = attribute(article)
    assert found == attribute(article)
    for attribution in found:
        sentence = article.sentence(attribution.sentence)
        for span in (
            attribution.speaker,
            attribution.cue,
            attribution.addressee,
            attribution.reporter,
        ):
            if span is not None:
                assert sentence.start <= span.start < span.end <= sentence.end
                assert article.text[span.start : span.end] == span.exact


@pytest.mark.parametrize(
    "piece", ["sagte ", "er sagte, ", "Anna ", "Haus von ", "(", "„", "der ", "und forderte "]
)
def test_no_text_makes_it_slow(piece: str) -> None:
    """Cost is linear: 40,000 characters of the worst kind take far less than a quadratic run."""
    article = Article.from_text("Titel hier.\n\n" + piece * (40_000 // len(piece)), language="de")
    begin = time.process_time()
    attribute(article)
    assert time.process_time() - begin < 3
