"""Sources named without a verb of saying: "laut X", "X zufolge", "so X", "according to X"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.attribution.model import Found, Prepared
from dragoman.schemas.evidence import Span
from dragoman.syntax import Phrase, noun_phrases
from dragoman.syntax.tokens import phrase_at


@dataclass(frozen=True, slots=True)
class Source:
    """A source phrase: who it names, and by which words.

    Attributes:
        found: the phrase that names the source; None for a document whose owner is not named.
        cue: the words that make it a source.
        pronoun: the pronoun that stands for the source ("according to him").
        document: whether it is a document ("heißt es in dem Entwurf").
        tag: whether it tags a quotation or statement at its end ("…, so X").
    """

    found: Found | None
    cue: Span
    pronoun: Span | None = None
    document: bool = False
    tag: bool = False


def find_sources(prepared: Prepared) -> list[Source]:
    """All source phrases of a sentence."""
    return [
        source
        for clause in range(len(prepared.clauses))
        for index in range(len(prepared.tokens(clause)))
        for source in _at(prepared, clause, index)
    ]


def _cue(prepared: Prepared, clause: int, first: int, last: int) -> Span:
    tokens = prepared.tokens(clause)
    start, end = tokens[first].start, tokens[last].end
    return Span(start=start, end=end, exact=prepared.text[start:end])


def _at(prepared: Prepared, clause: int, index: int) -> Iterator[Source]:
    sources = prepared.data.sources
    tokens = prepared.tokens(clause)
    if tokens[index].kind != "word":
        return
    length = phrase_at(tokens, index, sources.before)
    if length:
        yield from _before(prepared, clause, index, length)
        return
    if tokens[index].lower in sources.after:
        phrase = _phrase_ending(prepared, clause, index - 1)
        reports = index and tokens[index - 1].lower.endswith(tuple(sources.nameless))
        if phrase is not None and not phrase.pronoun and not reports:
            yield Source(Found(clause, phrase), _cue(prepared, clause, index, index))
        return
    if tokens[index].lower in sources.tag and index == 0 and clause > 0:
        phrase = _phrase_beginning(prepared, clause, 1)
        if phrase is not None and prepared.is_actor(clause, phrase):
            yield Source(Found(clause, phrase), _cue(prepared, clause, 0, 0), tag=True)
        elif phrase is not None:
            named = owner(prepared, clause, phrase)
            paper = tokens[phrase.last].lower in prepared.data.grammar.documents
            if named is not None or paper:
                cue = _cue(prepared, clause, 0, 0)
                yield Source(named, cue, document=named is None, tag=True)
        return
    length = phrase_at(tokens, index, sources.document)
    if length:
        yield from _document(prepared, clause, index, length)


def _before(prepared: Prepared, clause: int, index: int, length: int) -> Iterator[Source]:
    """What follows "according to": a name, a pronoun or a paper."""
    source = _named(prepared, clause, index + length - 1, index + length)
    cue = _cue(prepared, clause, index, index + length - 1)
    following = prepared.tokens(clause)[index + length : index + length + 1]
    if source is not None:
        yield Source(source, cue)
    elif any(token.lower in prepared.data.object_pronouns for token in following):
        yield Source(None, cue, pronoun=_cue(prepared, clause, index + length, index + length))
    elif _names_document(prepared, clause, index + length):
        yield Source(None, cue, document=True)


def _names_document(prepared: Prepared, clause: int, index: int) -> bool:
    """Whether the phrase that begins at `index` is a paper: "according to the report"."""
    phrase = _phrase_beginning(prepared, clause, index)
    if phrase is None:
        return False
    head = prepared.tokens(clause)[phrase.last].lower
    return head.rpartition("-")[2] in prepared.data.grammar.documents


def _named(prepared: Prepared, clause: int, cue_end: int, index: int) -> Found | None:
    tokens = prepared.tokens(clause)
    if index >= len(tokens):
        return None
    if tokens[index].lower in prepared.data.sources.nameless:
        return None
    for phrase in prepared.phrases[clause]:
        # "nach Angaben der Polizei": the noun's own phrase begins before, the source is its tail.
        if phrase.first <= cue_end and phrase.tail >= index:
            named = owner(prepared, clause, phrase)
            if named is not None:
                return named
        if phrase.first in (index, index + 1) and not phrase.pronoun:
            behind = tokens[phrase.last + 1].lower if phrase.last + 1 < len(tokens) else ""
            if behind in prepared.data.grammar.documents:
                return None  # "according to press reports"
            if prepared.is_actor(clause, phrase):
                return Found(clause, phrase)
            return owner(prepared, clause, phrase)
    return None


def owner(prepared: Prepared, clause: int, phrase: Phrase) -> Found | None:
    """The actor that hangs on a thing: "Erklärung der Partei" gives the party."""
    offset = phrase.last + 1
    rest = prepared.tokens(clause)[offset : phrase.tail + 1]
    for inner in noun_phrases(rest, prepared.data):
        moved = Phrase(
            inner.first + offset,
            inner.core + offset,
            inner.head + offset,
            inner.last + offset,
            inner.tail + offset,
            None,
            inner.determiner,
        )
        if prepared.is_actor(clause, moved):
            return Found(clause, moved)
    return None


def _phrase_ending(prepared: Prepared, clause: int, index: int) -> Phrase | None:
    return next((p for p in prepared.phrases[clause] if index in (p.last, p.tail)), None)


def _phrase_beginning(prepared: Prepared, clause: int, index: int) -> Phrase | None:
    return next((p for p in prepared.phrases[clause] if p.first == index), None)


def _document(prepared: Prepared, clause: int, index: int, length: int) -> Iterator[Source]:
    cue = _cue(prepared, clause, index, index + length - 1)
    prepositions = prepared.data.sources.document_prepositions
    for phrase in prepared.phrases[clause]:
        if phrase.preposition not in prepositions:
            continue
        if prepared.is_actor(clause, phrase):
            yield Source(Found(clause, phrase), cue, document=True)
            return
        yield Source(owner(prepared, clause, phrase), cue, document=True)
        return
