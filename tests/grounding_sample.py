"""Two invented articles, and a short way to make claims about them."""

from __future__ import annotations

from dragoman.article import Article
from dragoman.grounding import Checker, Proven
from dragoman.schemas.brief import Rejected
from dragoman.schemas.draft import (
    DraftActor,
    DraftCorrection,
    DraftMeeting,
    DraftPosition,
    DraftWarning,
)

_ENGLISH = """\
Harbour talks: Norland minister meets Westmark envoy in Geneva
Norland's foreign minister Anna Berg received the envoy Carl Dahl in Geneva on Wednesday.
“We see no reason to give up the twelve harbours,” Berg said after the talks.
She told Dahl that the treaty could fail if Westmark does not withdraw 40 ships.
See also: Singer cancels her summer tour after “the worst week of my whole life”
“The treaty of 2 March is dead,” Dahl said, the news agency Korvo reported.
“But we will go on talking and support every honest offer.”
Westmark rejected the accusation that it had blocked the harbours.
Berg and Dahl will meet again in Oslo on Monday.
There are no plans to meet the prime minister Eva Holm, Dahl said.
"""
_GERMAN = """\
Nordland: Ministerin Berg trifft Gesandten Dahl in Genf
Außenministerin Anna Berg hat am Mittwoch in Genf den Gesandten Karl Dahl empfangen.
„Wir sehen keinen Grund, die zwölf Häfen aufzugeben“, sagte Berg.
Sie sagte gegenüber Dahl, der Vertrag könnte ohne einen Abzug der 1.200 Schiffe scheitern.
Siehe auch: Sängerin sagt Sommertournee ab: „Die schlimmste Woche meines Lebens“
„Der Vertrag vom 2. März ist tot“, sagte Dahl laut der Agentur Korvo.
Westmark wies den Vorwurf zurück, die Häfen blockiert zu haben.
"""
ENGLISH = Article.from_text(_ENGLISH, language="en")
GERMAN = Article.from_text(_GERMAN, language="de")
"""One sentence a line: the first is s1."""
ACTORS = (
    DraftActor(name="Anna Berg", kind="person", forms=("Anna Berg", "Berg")),
    DraftActor(name="Carl Dahl", kind="person", forms=("Carl Dahl", "Karl Dahl", "Dahl")),
    DraftActor(name="Eva Holm", kind="person", forms=("Eva Holm",)),
    DraftActor(name="Westmark", kind="government", forms=("Westmark",)),
    DraftActor(name="Norland", kind="government", forms=("Norland", "Nordland")),
    DraftActor(name="Korvo", kind="media", forms=("Korvo",)),
)
Draft = DraftMeeting | DraftPosition | DraftWarning | DraftCorrection


def position(
    sentences: str, holder: str, statement: str, quote: str | None = None, **fields: str
) -> DraftPosition:
    """A position; sentences are given as "s3 s4"."""
    return DraftPosition.model_validate(
        {"act": "declare", "target": None, "reported_by": None}
        | fields
        | {
            "sentences": tuple(sentences.split()),
            "holder": holder,
            "statement": statement,
            "quote": quote,
        }
    )


def meeting(
    sentences: str, *participants: str, status: str = "held", **fields: str
) -> DraftMeeting:
    """A meeting."""
    return DraftMeeting.model_validate(
        fields
        | {
            "sentences": tuple(sentences.split()),
            "participants": participants,
            "status": status,
        }
    )


def correction(sentences: str, original: str, corrected: str) -> DraftCorrection:
    """A correction."""
    return DraftCorrection(
        sentences=tuple(sentences.split()),
        original=original,
        corrected=corrected,
        kind="name",
        impact="minor",
        reason="because",
        origin="model",
    )


def verdict(draft: Draft, article: Article = ENGLISH) -> tuple[str | None, Draft | None]:
    """The rule that refuses a draft, or None and the draft as it was mended."""
    result = Checker(article, ACTORS).check(draft)
    if isinstance(result, Rejected):
        return result.rule, None
    assert isinstance(result, Proven)
    return None, result.draft
