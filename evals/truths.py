"""True claims: the gold labels of a case put into the form in which a reading proposes items.

They are what mutations falsify, and what a checker must let pass.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dragoman.schemas.draft import (
    Draft,
    DraftActor,
    DraftCorrection,
    DraftMeeting,
    DraftPosition,
    DraftWarning,
)

if TYPE_CHECKING:
    from dragoman.article import Article, Quotation, Sentence
    from dragoman.evals.cases import Case, Gold, GoldPosition, GoldWarning

_SHORTEST_QUOTE = 4
"""Words a quotation must have to be a statement of its own; fewer are a turn of phrase."""


@dataclass(frozen=True, slots=True)
class Truth:
    """One true claim.

    Attributes:
        draft: the claim.
        speakers: everybody who may rightly be named as its speaker.
        sentences: every sentence that proves it.
        stated: the sentence whose words are the statement.
    """

    draft: Draft
    speakers: frozenset[str] = frozenset()
    sentences: frozenset[str] = frozenset()
    stated: str | None = None

    @property
    def alone(self) -> Draft:
        """The claim citing nothing but the sentence whose words it states."""
        if self.stated is None:
            return self.draft
        return self.draft.model_copy(update={"sentences": (self.stated,)})


@dataclass(frozen=True)
class Material:
    """A case prepared for falsification: its article, actors and true claims."""

    case: str
    article: Article
    gold: Gold
    actors: tuple[DraftActor, ...]
    truths: tuple[Truth, ...] = field(default=())


def prepare(case: Case) -> Material:
    """Read a case and put its labels into the form of drafts.

    A position or warning makes one claim for every sentence that proves it, with the words of
    that sentence as statement and all of them as evidence; a meeting or correction makes one.
    """
    article = case.article()
    gold = case.gold
    actors = tuple(
        DraftActor(name=actor.name, kind=actor.kind, forms=actor.surface_forms)
        for actor in gold.actors
    )
    bare = Material(case.id, article, gold, actors)
    truths = (*_meetings(bare), *_stated(bare), *_corrections(bare))
    return Material(case.id, article, gold, actors, truths)


def sentences_with(snippet: str, article: Article) -> Iterator[Sentence]:
    """The sentences of the article, without noise, in which a snippet begins."""
    start = article.text.find(snippet)
    while start >= 0:
        sentence = article.sentence_at(start)
        if sentence is not None and sentence.noise is None:
            yield sentence
        start = article.text.find(snippet, start + 1)


def _proofs(snippets: tuple[str, ...], article: Article) -> tuple[Sentence, ...]:
    found = {}
    for snippet in snippets:
        sentence = next(sentences_with(snippet, article), None)
        if sentence is not None:
            found[sentence.id] = sentence
    return tuple(sorted(found.values(), key=lambda sentence: sentence.start))


def _meetings(material: Material) -> Iterator[Truth]:
    for meeting in material.gold.meetings:
        proofs = _proofs(meeting.evidence, material.article)
        if not proofs:
            continue
        identifiers = tuple(sentence.id for sentence in proofs)
        draft = DraftMeeting(
            sentences=identifiers,
            participants=meeting.participants,
            status=meeting.status,
            format=meeting.format,
            place=meeting.place,
            date=meeting.date,
        )
        yield Truth(draft, frozenset(meeting.participants), frozenset(identifiers))


def _stated(material: Material) -> Iterator[Truth]:
    for label in _labels(material):
        proofs = _proofs(label.evidence, material.article)
        identifiers = frozenset(sentence.id for sentence in proofs)
        for sentence in proofs:
            speakers = _speakers(sentence, material) | _named(label)
            quote = _quote(sentence, material) if len(speakers) == 1 else None
            draft = _draft(label, sentence, quote, tuple(proof.id for proof in proofs))
            yield Truth(draft, speakers, identifiers, sentence.id)


def _labels(material: Material) -> tuple[GoldPosition | GoldWarning, ...]:
    return (*material.gold.positions, *material.gold.warnings)


def _draft(
    label: GoldPosition | GoldWarning,
    sentence: Sentence,
    quote: str | None,
    cited: tuple[str, ...],
) -> Draft:
    from dragoman.evals.cases import GoldPosition

    if isinstance(label, GoldPosition):
        return DraftPosition(
            sentences=cited,
            holder=label.holder,
            act=label.act,
            target=label.target,
            statement=sentence.text,
            quote=quote,
            reported_by=label.reported_by,
        )
    return DraftWarning(
        sentences=cited,
        issuer=label.issuer,
        addressee=label.addressee,
        kind=label.kind,
        statement=sentence.text,
        quote=quote,
    )


def _named(label: GoldPosition | GoldWarning) -> frozenset[str]:
    from dragoman.evals.cases import GoldPosition

    if isinstance(label, GoldPosition):
        return frozenset({label.holder, *label.holder_also})
    return frozenset({label.issuer, *label.issuer_also})


def _speakers(sentence: Sentence, material: Material) -> frozenset[str]:
    """Everybody the labels know to speak in this sentence."""
    found: set[str] = set()
    for label in _labels(material):
        if any(snippet in sentence.text for snippet in label.evidence):
            found |= _named(label)
    return frozenset(found)


def _quote(sentence: Sentence, material: Material) -> str | None:
    """The longest stretch of the sentence between quotation marks, if it is long enough."""
    stretches = [
        inner(material.article.quotations[index], sentence, material.article)
        for index in sentence.quotations
    ]
    longest = max(stretches, key=len, default="")
    return longest if len(longest.split()) >= _SHORTEST_QUOTE else None


def inner(quotation: Quotation, sentence: Sentence, article: Article) -> str:
    """The part of a quotation that lies in one sentence, without its marks."""
    start = max(quotation.start, sentence.start)
    end = min(quotation.end, sentence.end)
    return article.text[start:end].strip('„“”"«»‹›‚‘’ \n')


def _corrections(material: Material) -> Iterator[Truth]:
    for correction in material.gold.corrections:
        for sentence in sentences_with(correction.original, material.article):
            draft = DraftCorrection(
                sentences=(sentence.id,),
                original=correction.original,
                corrected=correction.accepted[0] if correction.accepted else "",
                kind=correction.kind,
                impact=correction.impact,
                reason="as labelled",
                origin="model",
            )
            yield Truth(draft, frozenset(), frozenset({sentence.id}))
            break
