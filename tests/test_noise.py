"""Lines that are not part of an article are marked, and lines that are stay unmarked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.headlines import ends_like_sentence
from dragoman.noise import find_noise, is_caption, sentence_noise

BEFORE = [
    "Regierung verschiebt die Reform der Hafengebühren",
    "Die Regierung hat die geplante Reform der Hafengebühren um ein Jahr verschoben.",
    "Der Verkehrsminister sprach am Dienstag von einem Kompromiss mit den Ländern.",
]
AFTER = [
    "Die Reeder begrüßten den Beschluss und forderten weitere Gespräche mit dem Ministerium.",
    "Die Opposition nannte die Verschiebung einen Fehler.",
]

NOISE = [
    "Das könnte Sie ebenfalls interessieren: Was Häfen kosten",
    "Image credit: Press office of the minister's chancellery in the capital of the north",
    "Sign up for our morning briefing",
    "Video wird geladen ...",
    "- A N Z E I G E -",
    "2020-07-26 04:56:44 Source: Norda Daily Author: Jo Roe Responsible editor: Jo Roe",
    "Sunday 26 July, 8:14 p.m.   |   World desk",
    "Illustration photo: a ship before the pier. Nordafoto",
    "Lesen Sie auch: Warum die Preise weiter steigen",
    "Lesen Sie mehr zum Thema in unserem Dossier",
    "LESEN SIE AUCH",
    "► Mehr zum Thema: Der Streit um die Häfen",
    "Mehr zum Thema",
    "Siehe auch  Schauspieler sagt Auftritt ab: „Es tut mir leid“",
    "Das könnte Sie auch interessieren",
    "Auch interessant: So sparen Sie Strom",
    "Weitere Artikel zu diesem Thema",
    "Read more: Minister resigns after vote",
    "READ NEXT",
    "Related: What the treaty says",
    "Related Articles",
    "You may also like",
    "See also: Who pays for the bridge?",
    "Recommended for you",
    "Watch: Crowds gather in the capital",
    "Click here to read the full statement",
    "À lire aussi : Le gouvernement recule",
    "Lire aussi Pourquoi les prix montent",
    "Sur le même sujet",
    "Voir aussi : la carte des ports",
    "Schreiben Sie einen Kommentar",
    "3 Kommentare",
    "Kommentare (12)",
    "Comments",
    "Leave a Reply",
    "Your email address will not be published. Required fields are marked *",
    "You must be logged in to post a comment.",
    "Laisser une réponse",
    "Les commentaires sont fermés.",
    "Name *   E-Mail *   Website",
    "Melden Sie sich jetzt für unseren Newsletter an!",
    "Jetzt Newsletter abonnieren",
    "Folgen Sie uns auf Instagram, Telegram und WhatsApp.",
    "Sign up for our daily newsletter to get the top stories in your inbox.",
    "Subscribe to our YouTube channel",
    "Follow us on Facebook and Twitter",
    "Join our Telegram channel",
    "Get the latest news delivered to your inbox",
    "Download our app to read us everywhere",
    "Inscrivez-vous à notre newsletter",
    "Abonnieren Sie unseren Wirtschafts-Newsletter. Die Abmeldung ist jederzeit möglich.",
    "Do you want to know more? Subscribe to our morning briefing.",
    "Picture from Norland News Agency",
    "Suivez-nous sur WhatsApp",
    "Rejoignez notre chaîne Telegram",
    "Support independent journalism: subscribe today",
    "Share on Facebook",
    "Share this article",
    "Facebook  Twitter  WhatsApp  E-Mail",
    "Facebook | Twitter | LinkedIn",
    "Teilen",
    "Artikel drucken",
    "Copy link",
    "Partager sur WhatsApp",
    "Startseite > Politik > Ausland",
    "Home / World / Europe",
    "Foto: dpa",
    "Foto: Max Muster / dpa",
    "(Foto: AFP)",
    "Bildquelle: Getty Images",
    "Photo: Reuters",
    "Image: AP Photo/Jane Roe",
    "© Getty Images",
    "© 2023 Beispielverlag. Alle Rechte vorbehalten.",
    "Copyright 2024 The Example Press. All rights reserved.",
    "Symbolbild",
    "Crédit photo : AFP",
    "Der Hafen am Montag (Foto: Reuters)",
    "Anna Muster und John Roe trugen zur Berichterstattung bei.",
    "Jane Roe in Kyiv contributed to this report.",
    "(Reporting by Jane Roe; Editing by John Doe)",
    "Additional reporting by Jane Roe",
    "Reuters contributed to this report.",
    "Mit Material von dpa und AFP",
    "Dieser Artikel wurde von Anna Muster aus dem Englischen übersetzt.",
    "This article was originally published in German.",
    "Quelle: dpa",
    "Source: AFP",
    "dpa/AFP",
    "AFP, dpa",
    "Von Anna Muster",
    "Von Anna Muster und Karl Beispiel, Brüssel",
    "By Jane Roe",
    "By Jane Roe and John Doe, Reuters",
    "Par Jeanne Exemple",
    "14. März 2023, 17:05 Uhr",
    "14.03.2023 | 17:05",
    "Stand: 14.03.2023, 17:05 Uhr",
    "Veröffentlicht am 14. März 2023",
    "Aktualisiert: 14.03.2023 - 08:12",
    "March 14, 2023 5:05 PM EST",
    "Published: 14 March 2023",
    "Updated 3 hours ago",
    "Tue, 14 Mar 2023 17:05 GMT",
    "Publié le 14 mars 2023 à 17h05",
    "Mis à jour le 14/03/2023",
    "Lesezeit: 3 Minuten",
    "3 min read",
    "Tags: Hafen, Reform, Gebühren",
    "Themen: Hafen  Reform",
    "Filed under: Ports",
    "Mots-clés : port, réforme",
    "ANZEIGE",
    "- Anzeige -",
    "Advertisement",
    "Story continues below advertisement",
    "Article continues after advertisement",
    "PUBLICITÉ",
    "Wir verwenden Cookies, um Ihnen das beste Erlebnis zu bieten.",
    "We use cookies to improve your experience.",
    "An dieser Stelle finden Sie einen externen Inhalt von Twitter.",
    "Please enable JavaScript to view the comments.",
    "Empfohlener redaktioneller Inhalt",
    "1.234 Aufrufe",
    "17 shares",
    "Politik",
    "Jane Roe, Staff Writer",
    "Redaktion",
    "Wenn Ihnen dieser Artikel gefallen hat, teilen Sie ihn mit Freunden.",
    "Unterstützen Sie uns mit einer Spende",
    "Fehler gefunden? Markieren Sie ihn und drücken Sie Strg+Enter.",
    "If you notice an error, select the text and press Ctrl+Enter.",
    "Read us on Telegram",
    "(Editor in charge: Li Example)",
    "Editor: Wang Example",
    "La rédaction vous conseille",
    "Registrieren Sie sich, um weiterzulesen.",
    "The views expressed in this article are the author's own.",
    "Posted by Editor on August 21, 2023 - 2:47 pm",
    "Comments Off",
    "0",
    "Print Friendly",
    "Chaque matin, recevez l'essentiel de l'actualité.",
    "Abonnez-vous pour lire la suite et accéder à tous nos articles",
    "Déjà abonné ?",
    "Les plus lus – Politique",
    "Merci de partager cet article...",
    "Den vollständigen Artikel lesen ...",
    "Jetzt einfach anmelden und 5 Artikel pro Monat kostenlos lesen!",
    "Foto: Karl Beispiel (Archiv), via dts Nachrichtenagentur",
    "Foto/Quelle: dts",
    "Freitag, Mai 2, 2025",
    "10.06.2025",
    "06:51 Uhr",
    "***",
    "* * *",
    "—",
]

BODY = [
    "Er bestreitet Fehlverhalten.",
    "Verwandte der Opfer forderten am Montag Aufklärung.",
    "Von Berlin aus reiste der Minister weiter nach Warschau.",
    "Das Ministerium lehnte es ab, das zu kommentieren.",
    "Der Sprecher wurde um einen Kommentar gebeten, antwortete aber nicht.",
    "The ministry declined to comment on this.",
    "“We invite them to visit our country,” he said.",
    "The reporting by the newspaper led to an inquiry.",
    "Folgen hatte der Beschluss zunächst nicht.",
    "Mehr als 200 Menschen kamen ums Leben.",
    "Mehr von diesen Gesprächen werde es nicht geben, sagte der Minister.",
    "Share prices fell by 3% on Tuesday.",
    "Watch groups reported 12 violations on Monday.",
    "Am 14. März 2023 unterzeichneten beide Seiten das Abkommen.",
    "On 14 March 2023 both sides signed.",
    "„Melden Sie sich bei uns, wenn Sie etwas wissen“, sagte der Polizeichef.",
    "Telegram hat den Kanal der Partei gesperrt.",
    "Facebook and Twitter removed the posts.",
    "The company sent a newsletter to its customers, saying prices would rise.",
    "Kommentare aus dem Kreml gab es zunächst nicht.",
    "Comments by the minister caused an outcry.",
    "Quellen im Ministerium bestätigten den Bericht.",
    "Sources in the ministry confirmed the report.",
    "Das Foto zeigt die beiden Präsidenten beim Handschlag.",
    "Cookies and cakes were served at the reception.",
    "La situation se traduit par une hausse des prix.",
    "Scharfe Kritik der Opposition",
    "Wie geht es weiter?",
    "What happens next?",
    "Die Haltung der Reeder",
    "Was die Reeder und die Opposition zur Verschiebung sagen",
]


@pytest.mark.parametrize("line", NOISE)
def test_line_of_a_web_page_is_marked(line: str) -> None:
    """Links, forms, prompts, buttons, credits, stamps, tags, ads and notices are noise."""
    reasons = find_noise([*BEFORE, line, *AFTER])
    assert reasons[len(BEFORE)]
    assert not any(reasons[: len(BEFORE)])
    assert not any(reasons[len(BEFORE) + 1 :])


@pytest.mark.parametrize("line", BODY)
def test_line_of_the_article_stays(line: str) -> None:
    """Sentences and sub-headings that share words with web pages are not noise."""
    assert not any(find_noise([*BEFORE, line, *AFTER]))


@pytest.mark.parametrize(
    "line",
    [
        "Berühmter Tenor verliert Koffer am Flughafen von Lissabon",
        "Elephants escape from circus and stop the traffic for hours",
        "Startup aus Graz baut faltbare Fahrräder für Pendler",
    ],
)
def test_headline_that_nothing_takes_up_is_a_link(line: str) -> None:
    """A headline between paragraphs is a link if the text after it speaks of something else."""
    assert find_noise([*BEFORE, line, *AFTER])[len(BEFORE)]


def test_headlines_at_the_end_are_links() -> None:
    """A headline that no paragraph follows is a link, however close its matter."""
    ending = ["Reeder fordern neue Gespräche", "Was die Hafenreform die Kunden kostet"]
    reasons = find_noise([*BEFORE, *AFTER, *ending, "Teilen"])
    assert all(reasons[-3:])
    assert not any(reasons[:-3])


def test_headlines_under_a_list_heading_are_links() -> None:
    """What follows "Mehr zum Thema" is a link, up to the next proper paragraph."""
    links = ["Mehr zum Thema", "Neue Gebühren", "Alte Häfen"]
    reasons = find_noise([*BEFORE, *links, *AFTER])
    assert all(reasons[3:6])
    assert not any(reasons[6:])


def test_what_readers_write_is_not_the_article() -> None:
    """Whatever follows a comment form at the end was written by readers."""
    readers = ["Kommentare", "Hans: Das ist doch alles gelogen.", "Eva: Finde ich auch nicht gut."]
    assert all(find_noise([*BEFORE, *AFTER, *readers])[-3:])


def test_text_without_full_stops_tells_nothing_of_headlines() -> None:
    """In a list of lines without full stops no line is taken for a link."""
    assert not any(find_noise([f"Punkt nummer {word} der Liste" for word in ("A", "B", "C", "D")]))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Scholz (links) begrüßt Macron in Berlin.", True),
        ("Bild: Fischer protestieren im Hafen von Calais gegen die Regeln (Archiv)", True),
        ("Der Minister in Rom, am 19. Mai 2017. © Jane Roe/REUTERS", True),
        ("Scholz begrüßt Macron in Berlin.", False),
    ],
)
def test_caption(line: str, expected: bool) -> None:
    """A caption is told by its label or by who stands on which side."""
    assert is_caption(line) is expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Foto: Reuters.", True),
        ("© Jane Roe/ Pool via AP", True),
        ("Lesen Sie auch: Koch gewinnt Preis.", True),
        ("Read more: Cook wins prize", True),
        ("Das Foto ist alt.", False),
        ("Kommentare gab es nicht.", False),
        ("“Read more books,” she said.", False),
    ],
)
def test_noise_within_a_paragraph(sentence: str, expected: bool) -> None:
    """A sentence that is only a credit or a link is noise within a paragraph, too."""
    assert bool(sentence_noise(sentence)) is expected


def test_characters_of_no_width_do_not_hide_a_phrase() -> None:
    """Soft hyphens within a phrase change nothing."""
    assert find_noise([*BEFORE, "Le\u00adsen Sie\u200b auch: Koch gewinnt Preis", *AFTER])[3]


@given(st.lists(st.text(min_size=1).map(str.strip).filter(bool), max_size=30))
def test_any_lines_get_one_answer_each(lines: list[str]) -> None:
    """Whatever the lines hold, each gets a reason or none."""
    reasons = find_noise(lines)
    assert len(reasons) == len(lines)
    assert all(reason is None or reason for reason in reasons)


@given(st.text())
def test_final_marks_do_not_hide_a_full_stop(text: str) -> None:
    """A full stop counts as the end of a sentence behind closing quotation marks, too."""
    assert ends_like_sentence(text + '."')
