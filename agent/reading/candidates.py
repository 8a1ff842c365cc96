"""What the words of the article themselves suggest: who may state or warn of what.

The sentence strategy puts these suggestions to the model one at a time. They come from the cues of
`dragoman.attribution`; nothing here asks a model.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from dragoman.actors import Cast, Entry
from dragoman.attribution import Attribution, attribute
from dragoman.language import CueAct
from dragoman.schemas.evidence import Span

if TYPE_CHECKING:
    from dragoman.article import Article, Sentence


@dataclass(slots=True)
class Statement:
    """Somebody may state something in one sentence, or in the sentences of one quotation.

    Attributes:
        sentences: the sentences, in order.
        holder: whose words or stance it may be.
        form: how the sentence names the holder.
        acts: what the cues suggest, in order; empty inside a running quotation.
        target: whom it is addressed to or about, as far as the cue says.
        reporter: the outlet that passes it on.
        quoted: whether it is in the holder's own words.
        proper: whether the holder has a name of its own and is not only described.
        attributions: the cues it rests on.
    """

    sentences: list[str]
    holder: Entry
    form: str
    proper: bool
    acts: list[CueAct] = field(default_factory=list)
    target: Entry | None = None
    reporter: Entry | None = None
    quoted: bool = False
    attributions: list[Attribution] = field(default_factory=list)


def statements(article: Article, cast: Cast) -> list[Statement]:
    """What may be positions and warnings, one entry for a sentence and holder."""
    found: list[Statement] = []
    for attribution in _own_voices(attribute(article)):
        form = attribution.name
        if form is None or not cast.can_speak(form):
            continue
        holder = _holder(article, attribution, cast, found)
        same = _same(found, attribution, holder)
        if same is None:
            same = Statement([attribution.sentence], holder, form, cast.is_proper(holder))
            found.append(same)
        _add(same, attribution, cast, article)
    _introduce(article, found, cast)
    return _headline_joined(article, _joined(article, found))


def _introduce(article: Article, found: Sequence[Statement], cast: Cast) -> None:
    """Make one of an office that speaks and the name that is given in the next sentence.

    "The head of the council warned of it. 'It gets worse,' Anna Berg said."
    """
    for one, other in pairwise(found):
        unnamed = one.holder.kind == "person" and not one.proper
        named = other.holder.kind == "person" and other.proper and " " in other.holder.name
        follows = int(other.sentences[0][1:]) - int(one.sentences[-1][1:]) == 1
        first = other.holder.spans[0].start if other.holder.spans else 0
        new = first >= article.sentence(other.sentences[0]).start
        office = one.holder
        if unnamed and named and follows and new and cast.introduce(office, other.holder):
            for statement in found:
                if statement.holder is office:
                    statement.holder, statement.proper = other.holder, True


def _own_voices(found: Iterable[Attribution]) -> Iterator[Attribution]:
    """Attributions that are the article's own, not a stance told within somebody's words."""
    for _, several in groupby(found, key=lambda attribution: attribution.sentence):
        in_sentence = [one for one in several if one.name is not None and not one.negated]
        speakers = {one.name for one in in_sentence if one.speech and one.cue is not None}
        for one in in_sentence:
            if one.speech or not (speakers - {one.name}):
                yield one


def _holder(
    article: Article, attribution: Attribution, cast: Cast, before: Sequence[Statement]
) -> Entry:
    """Whose words these are; what goes back to an earlier form has that form's holder."""
    name = attribution.name or ""
    earlier = next((one.holder for one in reversed(before) if one.form == name), None)
    if attribution.resolved is not None:
        said = attribution.cue or attribution.speaker
        there = said_before(article, name, said.start) if said is not None else None
        return earlier or cast.add(name, span=there)
    holder = cast.add(name, span=attribution.speaker)
    if cast.is_proper(holder) or not before or attribution.speaker is None:
        return holder
    if not cast.is_office(holder, attribution.speaker):
        return holder
    # "The minister" after the words of a person with a name is that person.
    here = int(attribution.sentence[1:])
    near = [one for one in before if here - int(one.sentences[-1][1:]) <= _NEAR]
    people = [one.holder for one in near if one.proper and one.holder.kind == "person"]
    meant = earlier or (people[-1] if people else holder)
    meant.add([attribution.speaker])
    return meant


def said_before(article: Article, name: str, offset: int) -> Span | None:
    """Where the name that a pronoun goes back to stands: its last mention before an offset."""
    start = article.text.rfind(name, 0, offset)
    return Span(start=start, end=start + len(name), exact=name) if start >= 0 else None


_NEAR = 4
"""Sentences over which "the minister" goes back to the last person who spoke."""


def _same(found: Sequence[Statement], attribution: Attribution, holder: Entry) -> Statement | None:
    for other in reversed(found):
        if other.sentences[-1] != attribution.sentence:
            return None
        if other.holder is holder and _kind(other.acts) == _kind([attribution.act]):
            return other
    return None


def _kind(acts: Iterable[CueAct | None]) -> bool:
    return "warn" in acts


def _add(statement: Statement, attribution: Attribution, cast: Cast, article: Article) -> None:
    statement.attributions.append(attribution)
    if attribution.act == "reject" and _of_allegation(article.sentence(attribution.sentence).text):
        statement.acts.append("deny")
    elif attribution.act is not None:
        statement.acts.append(attribution.act)
    statement.quoted = statement.quoted or attribution.quoted
    if statement.target is None and attribution.addressee is not None:
        statement.target = _addressed(attribution.addressee.exact, statement.holder, cast)
    reporter = attribution.reporter
    if statement.reporter is None and reporter is not None and cast.can_speak(reporter.exact):
        statement.reporter = cast.add(reporter.exact, "media", span=reporter)


_ALLEGATION = re.compile(
    r"\b(?:vorw[uü]rf\w*|behauptung\w*|anschuldigung\w*|beschuldigung\w*|unterstellung\w*|anklage\w*"
    r"|allegations?|accusations?|claims?|charges?|insinuations?)\b",
    re.IGNORECASE,
)


def _of_allegation(sentence: str) -> bool:
    """Whether what is rejected is an allegation: that is a denial and no refusal."""
    return _ALLEGATION.search(sentence) is not None


def _addressed(form: str, holder: Entry, cast: Cast) -> Entry | None:
    """The actor an object of a cue names: not "reporters", not "the initiative"."""
    entry = cast.find(form)
    if entry is None or entry is holder:
        return None
    return entry if cast.is_proper(entry) or (entry.known and entry.kind != "group") else None


def _joined(article: Article, found: Sequence[Statement]) -> list[Statement]:
    """One statement for the sentences of one quotation by one speaker."""
    joined: list[Statement] = []
    for statement in found:
        before = joined[-1] if joined else None
        if (
            before is not None
            and before.holder is statement.holder
            and _kind(before.acts) == _kind(statement.acts)
            and (
                _one_quotation(article, before.sentences[-1], statement.sentences[0])
                or _runs_on(article, before, statement)
            )
        ):
            before.sentences += statement.sentences
            before.acts += statement.acts
            before.attributions += statement.attributions
            before.target = before.target or statement.target
            before.reporter = before.reporter or statement.reporter
            before.quoted = True
        else:
            joined.append(statement)
    return joined


def _headline_joined(article: Article, found: list[Statement]) -> list[Statement]:
    """A headline and the lead that says the same by the same holder are one statement."""
    lead = {sentence.id for sentence in article.body[1 : 1 + _LEAD]}
    for headline in [one for one in found if article.sentence(one.sentences[0]).kind == "title"]:
        for other in found:
            same = other.holder is headline.holder and _kind(other.acts) == _kind(headline.acts)
            if other is not headline and same and other.sentences[0] in lead:
                other.sentences[:0] = headline.sentences
                other.target = other.target or headline.target
                found.remove(headline)
                break
    return found


_LEAD = 2
"""Sentences after the headline that may repeat it."""


def _runs_on(article: Article, before: Statement, statement: Statement) -> bool:
    """Whether a statement without a cue of its own goes on where the one before it ended."""
    running = all(one.basis == "running" for one in statement.attributions)
    first, second = article.sentence(before.sentences[-1]), article.sentence(statement.sentences[0])
    return running and second.paragraph - first.paragraph <= 1


def _one_quotation(article: Article, first: str, second: str) -> bool:
    one, other = article.sentence(first), article.sentence(second)
    return one is not other and bool(set(one.quotations) & set(other.quotations))


def own_words(article: Article, sentences: Iterable[str]) -> str | None:
    """The longest quotation within the sentences, without its marks; None if there is none."""
    found = [
        article.text[start:end].strip()
        for sentence in map(article.sentence, sentences)
        for start, end in quoted_parts(article, sentence)
    ]
    longest = max(found, key=len, default="")
    return longest or None


def quoted_parts(article: Article, sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Start and end of what stands in quotation marks in a sentence, without the marks."""
    for index in sentence.quotations:
        quotation = article.quotations[index]
        opened = not article.text[quotation.start].isalnum()  # else the mark got lost
        end = quotation.end - 1 if quotation.closed else quotation.end
        start = max(quotation.start + opened, sentence.start)
        stop = min(end, sentence.end)
        if start < stop:
            yield start, stop
