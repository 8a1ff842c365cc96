"""Applies the rules: to drafts, of which it keeps what is proven, and to finished briefs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from dragoman.article import Article
from dragoman.errors import InputError
from dragoman.grounding.briefs import check_references
from dragoman.grounding.claims import BriefActors, Claim, Parties, of_brief, of_draft
from dragoman.grounding.context import Context
from dragoman.grounding.quotes import bare
from dragoman.grounding.results import Grounded, ItemT, Proven, Report
from dragoman.grounding.rules import RULES, Finding
from dragoman.schemas.brief import Brief, Rejected
from dragoman.schemas.draft import (
    Draft,
    DraftActor,
    DraftCorrection,
    DraftMeeting,
    DraftPosition,
    Drafts,
    DraftWarning,
)
from dragoman.schemas.vocabulary import ItemKind


class Checker:
    """Holds single drafts against one article; what the article says is read only once."""

    def __init__(
        self, article: Article, actors: Iterable[DraftActor] = (), *, language: str | None = None
    ) -> None:
        """Prepare an article.

        Args:
            article: the article.
            actors: its actors with the forms under which it names them.
            language: language of the statements, ISO 639-1; default: the article's.
        """
        self._article = article
        self._parties = Parties.of_drafts(actors)
        self._context = Context(article, self._parties.all, language=language)

    @property
    def notes(self) -> tuple[str, ...]:
        """Which checks cannot run for this article, in words for the reader of a brief."""
        return tuple(limits(self._context))

    def check(self, draft: ItemT, number: int = 1) -> Proven[ItemT] | Rejected:
        """Prove a draft, or say which rule refuses it; `number` names it in messages."""
        claim = of_draft(draft, number, self._parties)
        claim, findings = _judge(claim, self._context)
        for finding in findings:
            if finding.severity == "error" and not finding.mend:
                return _rejected(claim, finding)
        evidence = tuple(self._article.evidence(name) for name in claim.sentences)
        return Proven(_mended(draft, findings), evidence, findings)

    def identity(self, draft: Draft) -> object:
        """What makes two drafts the same item."""
        return _identity(of_draft(draft, 1, self._parties))


def check_drafts(article: Article, drafts: Drafts, *, language: str | None = None) -> Grounded:
    """Hold every draft against the article and keep those that are proven.

    Args:
        article: the article that was read.
        drafts: what reading it proposed.
        language: language of the statements, ISO 639-1; default: the article's.

    Returns:
        The proven drafts, with quotes in the article's own words and details dropped that it
        does not state, and the refused ones with the rule that refused them.
    """
    checker = Checker(article, drafts.actors, language=language)
    rejected: list[Rejected] = []
    notes = list(checker.notes)

    def prove(several: Iterable[ItemT]) -> tuple[Proven[ItemT], ...]:
        proven: dict[object, Proven[ItemT]] = {}
        for number, draft in enumerate(several, start=1):
            result = checker.check(draft, number)
            if isinstance(result, Rejected):
                rejected.append(result)
                continue
            if proven.setdefault(checker.identity(result.draft), result) is not result:
                rejected.append(_duplicate(result))
                continue
            notes.extend(_remarks(result.findings))
        return tuple(proven.values())

    return Grounded(
        prove(drafts.meetings),
        prove(drafts.positions),
        prove(drafts.warnings),
        prove(drafts.corrections),
        tuple(rejected),
        tuple(dict.fromkeys(notes)),
    )


def check_brief(article: Article, brief: Brief | Mapping[str, object] | str) -> Report:
    """Hold a finished brief against its article, whoever made or edited it.

    No model is asked and nothing is changed. What `check_drafts` would mend is an error here.

    Args:
        article: the article the brief was made from.
        brief: the brief, or its JSON as text or as plain data.

    Raises:
        InputError: if the data is not a brief; names the field that is wrong.
    """
    if not isinstance(brief, Brief):
        brief = _parsed(brief)
    actors = BriefActors(brief.actors)
    context = Context(article, actors.all, language=brief.language)
    findings = list(check_references(brief, article))
    claims = of_brief(brief, actors)
    seen: dict[object, str] = {}
    for claim in claims:
        _, found = _judge(claim, context)
        findings.extend(f for f in found if f.severity != "note")
        first = seen.setdefault(_identity(claim), claim.label)
        if first != claim.label:
            message = f"the same item as {first}"
            findings.append(Finding("duplicate", "error", claim.label, "item", message))
    checked = len(claims)
    if not checked:
        message = "there is no item that could be checked"
        findings.append(Finding("nothing-checked", "error", "brief", "items", message))
    return Report(tuple(findings), checked, tuple(limits(context)))


def _parsed(data: Mapping[str, object] | str) -> Brief:
    from dragoman.rendering.stored import parse_brief

    try:
        text = data if isinstance(data, str) else json.dumps(data)
    except (TypeError, ValueError, RecursionError) as error:
        raise InputError(f"the brief is not plain data ({error})") from None
    return parse_brief(text, "brief")


def limits(context: Context) -> Iterator[str]:
    """Which checks cannot run for this article, in words for the reader of a brief."""
    code = context.article.language
    if not context.lexicon.known:
        yield (
            f"No word lists for the language {code!r}: only the checks that need none were made "
            "(verbatim quotes, numbers, names, existing evidence)."
        )
    if context.foreign:
        yield (
            f"The statements are in another language than the article ({code!r}): their wording "
            "could not be compared with it, only their numbers and dates."
        )


def _judge(claim: Claim, context: Context) -> tuple[Claim, tuple[Finding, ...]]:
    """Apply all rules; each sees the claim as mended by those before it."""
    findings: list[Finding] = []
    if claim.quote is not None and claim.quote != (inner := bare(claim.quote)):
        claim = replace(claim, quote=inner)
        message = "given with its quotation marks"
        findings.append(
            Finding("quote-verbatim", "note", claim.label, "quote", message, mend={"quote": inner})
        )
    for rule in RULES:
        if claim.kind not in rule.kinds:
            continue
        for finding in rule.check(claim, context):
            findings.append(finding)
            if finding.mend:
                claim = _applied(claim, finding.mend)
            elif finding.severity == "error" and not claim.evidence:
                return claim, tuple(findings)
    return claim, tuple(findings)


def _applied(claim: Claim, mend: Mapping[str, object]) -> Claim:
    changes: dict[str, Any] = dict(mend)
    return replace(claim, **changes)


_DRAFT_FIELDS = {"speaker": "holder", "target": "target", "reporter": "reported_by"}


def _mended(draft: ItemT, findings: Iterable[Finding]) -> ItemT:
    """The draft with all mends applied."""
    changes: dict[str, object] = {}
    for finding in findings:
        for field, value in (finding.mend or {}).items():
            name = _DRAFT_FIELDS.get(field, field)
            if name == "target" and isinstance(draft, DraftWarning):
                name = "addressee"
            changes[name] = value
    return draft.model_copy(update=changes) if changes else draft


_KINDS: Mapping[type[Draft], ItemKind] = {
    DraftMeeting: "meeting",
    DraftPosition: "position",
    DraftWarning: "warning",
    DraftCorrection: "correction",
}


def _duplicate(proven: Proven[Any]) -> Rejected:
    return Rejected(
        kind=_KINDS[type(proven.draft)],
        item=proven.draft.model_dump(mode="json"),
        rule="duplicate",
        reason="the same item twice",
        nearest=proven.draft.sentences[0],
    )


def _rejected(claim: Claim, finding: Finding) -> Rejected:
    return Rejected(
        kind=claim.kind,
        item=claim.item,
        rule=finding.rule,
        reason=finding.message,
        nearest=finding.nearest,
    )


def _identity(claim: Claim) -> object:
    """What makes two items the same."""
    match claim.kind:
        case "meeting":
            return (
                claim.kind,
                frozenset(claim.participants),
                claim.status,
                claim.place,
                claim.date,
                claim.sentences,
            )
        case "correction":
            return claim.kind, claim.original, claim.corrected, claim.sentences
    words = " ".join((claim.statement or "").split()).casefold()
    return claim.kind, claim.speaker, claim.act, words, claim.sentences


def _remarks(findings: Iterable[Finding]) -> Iterator[str]:
    for finding in findings:
        if finding.severity != "note":
            yield f"{finding.item}, {finding.field}: {finding.message} ({finding.rule})."
