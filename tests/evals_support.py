"""Building blocks for tests of the evaluation: briefs written by hand over small articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from dragoman.article import Article
from dragoman.evals.cases import Gold
from dragoman.evals.matching import occurrences
from dragoman.schemas.brief import (
    Actor,
    Brief,
    Correction,
    Meeting,
    Noise,
    Position,
    Run,
    Source,
    Warning,
)
from dragoman.schemas.evidence import Evidence, Span

CASES = Path(__file__).parent.parent / "evals" / "cases"
"""The cases of the checkout; a wheel has none, and its tests run against it all the same."""


NO_RUN = Run(
    model="by hand",
    endpoint="none",
    strategy="none",
    prompts={},
    requests=0,
    attempts=0,
    retries={},
    input_tokens=0,
    output_tokens=0,
    cached_tokens=0,
    seconds=0,
    complete=True,
)
"""How a brief that no model had a part in was made."""


def evidence(article: Article, *snippets: str) -> tuple[Evidence, ...]:
    """The sentences in which the snippets stand first, as evidence."""
    found: list[Evidence] = []
    for snippet in snippets:
        place = occurrences(snippet, article.text)[0]
        sentence = article.sentence_at(place.start)
        assert sentence is not None, snippet
        found.append(article.evidence(sentence.id))
    return tuple(dict.fromkeys(found))


def actor(article: Article, number: int, name: str, *forms: str, kind: str = "person") -> Actor:
    """An actor with every mention of its forms."""
    mentions = sorted(
        (place.start, place.end, form)
        for form in forms
        for place in occurrences(form, article.text)
    )
    return Actor.model_validate(
        {
            "id": f"a{number}",
            "name": name,
            "kind": kind,
            "mentions": tuple(Span(start=s, end=e, exact=form) for s, e, form in mentions),
        }
    )


def brief(
    article: Article,
    *,
    actors: Sequence[Actor] = (),
    meetings: Sequence[Meeting] = (),
    positions: Sequence[Position] = (),
    warnings: Sequence[Warning] = (),
    corrections: Sequence[Correction] = (),
    noise: Sequence[str] = (),
) -> Brief:
    """A brief of the article that holds what is given; `noise` are ids of sentences."""
    return Brief(
        language=article.language,
        source=Source(
            title=article.title,
            language=article.language,
            sha256=article.sha256,
            characters=len(article.text),
        ),
        headline=article.title,
        key_points=(),
        actors=tuple(actors),
        meetings=tuple(meetings),
        positions=tuple(positions),
        warnings=tuple(warnings),
        corrections=tuple(corrections),
        rejected=(),
        noise=tuple(Noise(sentences=(sentence,), reason="teaser") for sentence in noise),
        gaps=(),
        run=NO_RUN,
    )


def perfect_brief(article: Article, gold: Gold, *, optional: bool = False) -> Brief:
    """The brief that says exactly what the gold labels say (with `optional`, those too)."""
    actors = [
        actor(article, number, entry.name, *entry.surface_forms, kind=entry.kind)
        for number, entry in enumerate(gold.actors, start=1)
    ]
    ids = {entry.name: entry.id for entry in actors}
    ids_or_none: dict[str | None, str | None] = {None: None}
    ids_or_none.update(ids)
    meetings = [
        Meeting(
            id=f"m{number}",
            participants=tuple(ids[name] for name in item.participants),
            status=item.status,
            format=item.format,
            evidence=evidence(article, *item.evidence),
        )
        for number, item in enumerate(gold.meetings, start=1)
        if optional or not item.optional
    ]
    positions = [
        Position(
            id=f"p{number}",
            holder=ids[item.holder],
            act=item.act,
            target=ids_or_none[item.target],
            statement=item.gist,
            evidence=evidence(article, *item.evidence),
        )
        for number, item in enumerate(gold.positions, start=1)
        if optional or not item.optional
    ]
    warnings = [
        Warning(
            id=f"w{number}",
            issuer=ids[item.issuer],
            addressee=ids_or_none[item.addressee],
            kind=item.kind,
            statement=item.gist,
            evidence=evidence(article, *item.evidence),
        )
        for number, item in enumerate(gold.warnings, start=1)
        if optional or not item.optional
    ]
    return brief(
        article,
        actors=actors,
        meetings=meetings,
        positions=positions,
        warnings=warnings,
        corrections=list(_corrections(article, gold, optional=optional)),
        noise=[
            sentence.id
            for sentence in article.sentences
            if any(sentence.text.strip() in line for line in gold.noise)
            and _line(article.text, sentence.start) in {line.strip() for line in gold.noise}
        ],
    )


def _corrections(article: Article, gold: Gold, *, optional: bool) -> Iterator[Correction]:
    for number, item in enumerate(gold.corrections, start=1):
        if optional or not item.optional:
            yield Correction(
                id=f"c{number}",
                original=item.original,
                corrected=item.accepted[0],
                kind=item.kind,
                impact=item.impact,
                reason="by hand",
                origin="model",
                evidence=evidence(article, item.original),
            )


def _line(text: str, position: int) -> str:
    start = text.rfind("\n", 0, position) + 1
    end = text.find("\n", position)
    return text[start : end if end >= 0 else len(text)].strip()
