"""A short article of our own and its brief, written by hand, for the tests of the renderings."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path

from dragoman.article import Article
from dragoman.schemas.brief import (
    Actor,
    Brief,
    Correction,
    Gap,
    KeyPoint,
    Meeting,
    Noise,
    Position,
    Rejected,
    Run,
    Source,
    Warning,
    When,
)
from dragoman.schemas.evidence import Evidence, Span

ARTICLE_FILE = Path(__file__).parent / "data" / "rendering" / "fisheries.de.txt"
TEXT = ARTICLE_FILE.read_text(encoding="utf-8")
SENTENCES = {
    "s1": "Tarvia warnt Belmora vor einem Ende des Fischereiabkommens",
    "s2": "Außenministerin Mara Lindholm hat am Dienstag in Port Selm den Präsidenten von Belmora, "
    "Teodor Vasken, empfangen.",
    "s3": "„Wir unterstützen den Vorschlag einer gemeinsamen Schutzzone“, sagte Lindholm nach dem "
    "Gespräch.",
    "s4": "„Er muss aber für alle Boote gelten.“",
    "s6": "Vasken forderte Tarvia auf, die im April beschlagnahmten Kutter freizulassen.",
    "s7": "Den Vorwurf, seine Marine habe auf Fischer geschossen, wies er zurück.",
    "s8": "Sollte Belmora die Grundschleppnetze nicht verbieten, werde Tarvia das Abkommen am "
    "1. Juni kündigen, sagte Lindholm.",
    "s9": "Der Fischereiverband Nordkap warnte, ein Streit könne 4.000 Arbeitsplätze kosten.",
    "s10": "Nach Angaben der Nachrichtenagentur Küstendienst warf der Verband beiden Regierungen "
    "Untätigkeit vor.",
    "s11": "Ein weiteres Treffen der beiden ist für den 14. Mai geplant.",
    "s12": "Der Sprecher von Präsident Waskin sprach von einer Euthanasie der Flotte.",
}


def evidence(*ids: str) -> tuple[Evidence, ...]:
    """Whole sentences of the sample article as evidence."""
    found = []
    for sentence in ids:
        exact = SENTENCES[sentence]
        start = TEXT.index(exact)
        end = start + len(exact)
        found.append(
            Evidence(
                sentence=sentence,
                exact=exact,
                start=start,
                end=end,
                prefix=TEXT[max(0, start - 32) : start],
                suffix=TEXT[end : end + 32],
            )
        )
    return tuple(found)


def mentions(*forms: str) -> tuple[Span, ...]:
    """The first place of each surface form."""
    return tuple(
        Span(start=TEXT.index(form), end=TEXT.index(form) + len(form), exact=form) for form in forms
    )


def sample_brief() -> Brief:
    """The brief of the sample article, with something in every section."""
    return Brief(
        language="de",
        source=Source(
            title=SENTENCES["s1"],
            language="de",
            translated_from="en",
            outlet="Küstenblatt",
            published=date(2025, 4, 30),
            uri="https://kuestenblatt.example/fischerei?seite=1",
            sha256=hashlib.sha256(TEXT.encode()).hexdigest(),
            characters=len(TEXT),
        ),
        headline="Tarvia droht Belmora mit dem Ende des Fischereiabkommens",
        key_points=(
            KeyPoint(text="Lindholm empfing Vasken in Port Selm.", items=("m1",)),
            KeyPoint(text="Tarvia stellt ein Ultimatum zu Grundschleppnetzen.", items=("w1", "p1")),
        ),
        actors=(
            Actor(
                id="a1",
                name="Mara Lindholm",
                kind="person",
                role="Außenministerin",
                mentions=mentions("Mara Lindholm", "Lindholm"),
            ),
            Actor(
                id="a2",
                name="Teodor Vasken",
                kind="person",
                role="Präsident von Belmora",
                mentions=mentions("Teodor Vasken", "Vasken", "Präsident Waskin"),
            ),
            Actor(id="a3", name="Tarvia", kind="government", mentions=mentions("Tarvia")),
            Actor(id="a4", name="Belmora", kind="government", mentions=mentions("Belmora")),
            Actor(
                id="a5",
                name="Fischereiverband Nordkap",
                kind="organisation",
                mentions=mentions("Fischereiverband Nordkap"),
            ),
            Actor(id="a6", name="Küstendienst", kind="media", mentions=mentions("Küstendienst")),
        ),
        meetings=(
            Meeting(
                id="m1",
                participants=("a1", "a2"),
                status="held",
                format="in_person",
                place="Port Selm",
                date=When(
                    text="am Dienstag",
                    start=date(2025, 4, 29),
                    end=date(2025, 4, 29),
                    basis="inferred",
                ),
                evidence=evidence("s2"),
                confidence=0.97,
            ),
            Meeting(
                id="m2",
                participants=("a1", "a2"),
                status="planned",
                format="unstated",
                date=When(
                    text="den 14. Mai",
                    start=date(2025, 5, 14),
                    end=date(2025, 5, 14),
                    basis="inferred",
                ),
                evidence=evidence("s11"),
            ),
        ),
        positions=(
            Position(
                id="p1",
                holder="a1",
                act="support",
                target="a4",
                topic="Schutzzone",
                statement="Unterstützt eine gemeinsame Schutzzone, wenn sie für alle Boote gilt",
                quote="Wir unterstützen den Vorschlag einer gemeinsamen Schutzzone",
                evidence=evidence("s3", "s4"),
                confidence=0.88,
            ),
            Position(
                id="p2",
                holder="a2",
                act="request",
                target="a3",
                topic="Kutter",
                statement="Fordert die Freilassung der im April beschlagnahmten Kutter",
                evidence=evidence("s6"),
            ),
            Position(
                id="p3",
                holder="a2",
                act="deny",
                statement="Seine Marine habe nicht auf Fischer geschossen",
                evidence=evidence("s7"),
            ),
            Position(
                id="p4",
                holder="a5",
                act="accuse",
                target="a3",
                statement="Wirft beiden Regierungen Untätigkeit vor",
                reported_by="a6",
                evidence=evidence("s10"),
            ),
        ),
        warnings=(
            Warning(
                id="w1",
                issuer="a1",
                addressee="a4",
                kind="threat",
                statement="Tarvia werde das Abkommen am 1. Juni kündigen",
                condition="Belmora verbietet die Grundschleppnetze nicht",
                consequence="Kündigung des Abkommens am 1. Juni",
                evidence=evidence("s8"),
                confidence=0.91,
            ),
            Warning(
                id="w2",
                issuer="a5",
                kind="caution",
                statement="Ein Streit könne 4.000 Arbeitsplätze kosten",
                consequence="Verlust von 4.000 Arbeitsplätzen",
                evidence=evidence("s9"),
            ),
        ),
        corrections=(
            Correction(
                id="c1",
                original="Waskin",
                corrected="Vasken",
                kind="name",
                impact="major",
                reason="Der Artikel schreibt den Namen sonst „Vasken“",
                origin="consistency",
                evidence=evidence("s12"),
            ),
            Correction(
                id="c2",
                original="Euthanasie",
                corrected="",
                kind="mistranslation",
                impact="critical",
                reason="Eine Flotte kann nicht euthanasiert werden; das gemeinte Wort ist unklar",
                origin="model",
                evidence=evidence("s12"),
                confidence=0.64,
            ),
        ),
        rejected=(
            Rejected(
                kind="position",
                item={"holder": "Teodor Vasken", "statement": "Vasken unterstützt die Schutzzone"},
                rule="speaker",
                reason="der Satz nennt Lindholm als Sprecherin, nicht Vasken",
                nearest="s3",
            ),
            Rejected(
                kind="correction",
                item={"original": "Kutter", "corrected": "Trawler"},
                rule="correction-style",
                reason="ändert nur den Stil",
            ),
        ),
        noise=(
            Noise(sentences=("s5",), reason="link to another story"),
            Noise(sentences=("s13",), reason="comment form"),
        ),
        gaps=(Gap(sentences=("s1",), reason="the model refused to answer"),),
        notes=("The day of the meeting rests on the day of publication.",),
        run=Run(
            model="example-model",
            endpoint="compatible",
            strategy="sentence",
            prompts={"actors": "3", "acts": "2"},
            mode="json_schema",
            requests=14,
            attempts=16,
            retries={"rate limit": 1, "invalid answer": 1},
            input_tokens=18250,
            output_tokens=911,
            cached_tokens=12100,
            seconds=42.3,
            complete=False,
        ),
    )


def sample_article() -> Article:
    """The sample article as it is read."""
    return Article.from_text(TEXT)


HOSTILE = (
    '<script>alert(1)</script> "><img src=x onerror=alert(1)> {{7*7}} {% raw %} </style> '
    "[bold]loud[/bold] \x1b[31mred\x1b]0;title\x07 \u202eevil\u2066 *star* `tick` =1+1 </title>"
)
"""One of everything that some renderer could take for its own markup."""


def hostile_brief() -> Brief:
    """The sample brief with hostile text in every field of free text."""

    def poison(value: object, key: str = "") -> object:
        if isinstance(value, dict):
            return {name: poison(one, name) for name, one in value.items()}
        if isinstance(value, list):
            return [poison(one, key) for one in value]
        return f"{HOSTILE} {value}" if isinstance(value, str) and key in _FREE_TEXT else value

    return Brief.model_validate_json(json.dumps(poison(sample_brief().model_dump(mode="json"))))


_FREE_TEXT = {
    *("title", "outlet", "uri", "headline", "text", "name", "role", "place", "topic", "statement"),
    *("quote", "condition", "consequence", "original", "corrected", "reason", "rule", "prefix"),
    *("suffix", "model", "mode", "translated_from"),
}


def long_brief(article: Article) -> Brief:
    """A brief with one position, proven by the first sentence of any article."""
    brief = sample_brief()
    first = article.body[0]
    position = brief.positions[0].model_copy(update={"evidence": (article.evidence(first.id),)})
    source = brief.source.model_copy(
        update={"sha256": article.sha256, "characters": len(article.text), "title": article.title}
    )
    return brief.model_copy(
        update={
            "source": source,
            "positions": (position,),
            "meetings": (),
            "warnings": (),
            "corrections": (),
            "noise": (),
            "gaps": (),
        }
    )
