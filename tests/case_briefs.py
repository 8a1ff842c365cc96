"""The hand-made labels of an evaluation case as a brief, so that real articles can be rendered."""

from __future__ import annotations

from evals_support import NO_RUN

from dragoman.article import Article
from dragoman.evals.cases import Case
from dragoman.evals.truths import sentences_with
from dragoman.schemas.brief import (
    Actor,
    Brief,
    Correction,
    KeyPoint,
    Meeting,
    Noise,
    Position,
    Source,
    Warning,
    When,
)
from dragoman.schemas.evidence import Evidence, Span


def labelled_brief(case: Case) -> tuple[Brief, Article]:
    """The brief a careful reader would give, and the article it is about."""
    article = case.article()
    gold = case.gold
    ids = {actor.name: f"a{number}" for number, actor in enumerate(gold.actors, start=1)}

    def proof(snippets: tuple[str, ...]) -> tuple[Evidence, ...]:
        found = {one.id: one for text in snippets for one in sentences_with(text, article)}
        return tuple(article.evidence(identifier) for identifier in found)

    actors = tuple(
        Actor(
            id=ids[actor.name],
            name=actor.name,
            kind=actor.kind,
            mentions=tuple(
                _first(form, article) for form in actor.surface_forms if form in article.text
            ),
        )
        for actor in gold.actors
    )
    meetings = tuple(
        Meeting(
            id=f"m{number}",
            participants=tuple(ids[name] for name in one.participants),
            status=one.status,
            format=one.format,
            place=one.place,
            date=When(text=one.date, basis="unresolved") if one.date else None,
            evidence=proof(one.evidence),
        )
        for number, one in enumerate(gold.meetings, start=1)
    )
    positions = tuple(
        Position(
            id=f"p{number}",
            holder=ids[one.holder],
            act=one.act,
            target=ids[one.target] if one.target else None,
            statement=one.gist,
            reported_by=ids[one.reported_by] if one.reported_by else None,
            evidence=proof(one.evidence),
        )
        for number, one in enumerate(gold.positions, start=1)
    )
    warnings = tuple(
        Warning(
            id=f"w{number}",
            issuer=ids[one.issuer],
            addressee=ids[one.addressee] if one.addressee else None,
            kind=one.kind,
            statement=one.gist,
            condition=one.condition,
            consequence=one.consequence,
            evidence=proof(one.evidence),
        )
        for number, one in enumerate(gold.warnings, start=1)
    )
    corrections = tuple(
        Correction(
            id=f"c{number}",
            original=one.original,
            corrected=one.accepted[0] if one.accepted else "",
            kind=one.kind,
            impact=one.impact,
            reason="label made by hand",
            origin="model",
            evidence=proof((one.original,))[:1],
        )
        for number, one in enumerate(gold.corrections, start=1)
        # A label may span two sentences as they are split here; a correction lies in one.
        if proof((one.original,))
    )
    noise = tuple(
        Noise(sentences=(one.id,), reason=one.noise) for one in article.sentences if one.noise
    )
    brief = Brief(
        language=article.language if article.language in {"de", "en"} else "en",
        source=Source(
            title=article.title,
            language=article.language,
            sha256=article.sha256,
            characters=len(article.text),
        ),
        headline=article.title,
        key_points=tuple(KeyPoint(text=one.statement, items=(one.id,)) for one in positions[:3]),
        actors=actors,
        meetings=meetings,
        positions=positions,
        warnings=warnings,
        corrections=corrections,
        rejected=(),
        noise=noise,
        gaps=(),
        run=NO_RUN.model_copy(update={"model": "labels made by hand"}),
    )
    return brief, article


def _first(form: str, article: Article) -> Span:
    start = article.text.index(form)
    return Span(start=start, end=start + len(form), exact=form)
