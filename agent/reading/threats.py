"""Tells a threat, where the issuer itself would act, from a caution, and whom it is aimed at."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from dragoman.schemas.vocabulary import WarningKind

if TYPE_CHECKING:
    from dragoman.actors import Cast, Entry
    from dragoman.article import Article, Sentence
    from dragoman.reading.candidates import Statement

_CUES: Final = ("threat", "droh", "gedroht", "androh", "angedroht", "vow")
"""Beginnings of the words for threatening, in German and English."""

_MEASURES: Final = re.compile(
    r"\b(?:konsequenz|consequence|vergelt|retaliat|preis\b|price\b|reagier|respon[ds]|sanktion"
    r"|sanction|visier|target|gegenmaßnahm|countermeasure|strafe|bestraf|punish|penalt"
    r"|(?:ernste|schwere|schwerwiegende|bittere)n? folgen|(?:serious|dire|grave) repercussions)",
    re.IGNORECASE,
)
"""Beginnings of the words for what an issuer of a threat would do."""

_AIM: Final = re.compile(
    r"\b(?:if|unless|should|wenn|falls|sollten?|for|against|to|für|gegen|gegenüber)"
    r" (?:the |die |der |das |den )?$",
    re.IGNORECASE,
)
"""What stands before the name of whom a threat is aimed at: a condition or a preposition."""

_LONGEST_AIM: Final = 20  # characters


def warning_kind(statement: Statement, passage: str) -> WarningKind:
    """Whether a warning is a threat: by its cue, or by the measures it speaks of."""
    cues = (found.cue.exact.casefold() for found in statement.attributions if found.cue)
    threatens = any(cue.startswith(_CUES) for cue in cues)
    return "threat" if threatens or _MEASURES.search(passage) else "caution"


def aimed_at(statement: Statement, article: Article, cast: Cast) -> Entry | None:
    """Whom a warning is for, where its cue does not say: "… if Norland attacks"."""
    for sentence in map(article.sentence, statement.sentences):
        for start, entry in sorted(_mentions(sentence, cast), key=lambda mention: mention[0]):
            before = article.text[max(sentence.start, start - _LONGEST_AIM) : start]
            if entry is not statement.holder and _AIM.search(before):
                return entry
    return None


def _mentions(sentence: Sentence, cast: Cast) -> Iterable[tuple[int, Entry]]:
    """Where governments and named actors stand in a sentence."""
    for entry in cast.entries:
        if entry.territory is not None or (cast.is_proper(entry) and entry.kind != "media"):
            for span in entry.spans:
                if sentence.start <= span.start < sentence.end:
                    yield span.start, entry
