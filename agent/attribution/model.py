"""What attribution finds: who says what by which cue, and the prepared sentence it is found in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from dragoman.language import CueAct, LanguageData
from dragoman.names import actor_like
from dragoman.schemas.evidence import Span
from dragoman.syntax import Phrase, noun_phrases
from dragoman.syntax.tokens import Clause, Token, clauses, tokenize, without_brackets
from dragoman.titles import name_words

if TYPE_CHECKING:
    from dragoman.article import Article, Sentence

Basis = Literal["subject", "according_to", "passive", "quote_tag", "running", "pronoun", "nominal"]
"""How the speaker is known: subject of the cue, source phrase, agent of a passive, tag of a
quotation, the tag of a quotation that runs on, a pronoun, or a noun of saying ("X's call")."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """One report that somebody said something or takes a position.

    Attributes:
        sentence: id of the sentence.
        speaker: surface form of who speaks; for a pronoun the pronoun itself; None if unnamed.
        resolved: the earlier name a pronoun, a document or a running quotation goes back to.
        cue: the word that reports, None inside a running quotation.
        act: the act the cue suggests; "warn" for warnings.
        basis: how the speaker is known.
        addressee: who is spoken to or about, as far as the cue's own clause says.
        reporter: the outlet or agency that passes it on.
        negated: whether the cue itself is negated ("did not say"). A negated verb of support or
            agreement has the act "reject" and is not counted as negated.
        quoted: whether the sentence holds own words of the speaker in quotation marks.
        speech: whether the cue is one of saying; a stance verb ("supports") is not.
    """

    sentence: str
    speaker: Span | None
    resolved: str | None
    cue: Span | None
    act: CueAct | None
    basis: Basis
    addressee: Span | None = None
    reporter: Span | None = None
    negated: bool = False
    quoted: bool = False
    speech: bool = True

    @property
    def name(self) -> str | None:
        """The speaker's name as far as it is known: what a pronoun stands for, or the surface."""
        return self.resolved or (self.speaker.exact if self.speaker else None)


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting word in a clause.

    Attributes:
        clause: index of the clause.
        index: index of the cue word in it.
        finite: index of the finite verb (the cue or its auxiliary); -1 if in an earlier clause.
        act: the act it suggests.
        voice: who the speaker is: subject, agent of a passive, or the subject of the sentence.
        negated: whether the cue is negated.
        speech: whether it is a verb of saying.
        lemma: the verb.
        last: index of the last word that belongs to the cue (a separated prefix not counted).
        modal: whether it is only said to come or to be possible ("will", "könnte").
    """

    clause: int
    index: int
    finite: int
    act: CueAct
    voice: Literal["active", "passive", "shared"]
    negated: bool
    speech: bool
    lemma: str
    last: int
    modal: bool = False


@dataclass(frozen=True, slots=True)
class Prepared:
    """A sentence cut into clauses with their noun phrases."""

    sentence: Sentence
    text: str
    data: LanguageData
    clauses: tuple[Clause, ...]
    phrases: tuple[tuple[Phrase, ...], ...]

    def tokens(self, clause: int) -> tuple[Token, ...]:
        """Tokens of a clause."""
        return self.clauses[clause].tokens

    def is_actor(self, clause: int, phrase: Phrase) -> bool:
        """Whether a phrase may name somebody who speaks."""
        return actor_like(self.tokens(clause), phrase, self.data)

    def span(self, clause: int, phrase: Phrase) -> Span:
        """The name proper of a phrase, without article and title."""
        tokens = self.tokens(clause)
        first, last, _ = name_words(tokens, phrase, self.data)
        start, end = tokens[first].start, tokens[last].end
        for ending in ("'s", "’s"):
            if self.text[start:end].endswith(ending):
                end -= len(ending)
        return Span(start=start, end=end, exact=self.text[start:end])

    def quoted(self) -> bool:
        """Whether the sentence holds a quotation."""
        return any(token.kind == "quote" for clause in self.clauses for token in clause.tokens)


LONGEST_SENTENCE = 400
"""Words and marks of a sentence that are read. No real sentence is longer; broken ones are cut, so
that the cost, quadratic in a sentence, stays linear in the article."""


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase in a clause of a prepared sentence."""

    clause: int
    phrase: Phrase


def prepare(
    article: Article, sentence: Sentence, spans: list[tuple[int, int]], data: LanguageData
) -> Prepared:
    """Cut a sentence into clauses; `spans` are the quotations that touch it."""
    tokens = without_brackets(tokenize(sentence.text, sentence.start, spans))[:LONGEST_SENTENCE]
    parts = clauses(tokens)
    return Prepared(
        sentence,
        article.text,
        data,
        parts,
        tuple(noun_phrases(part.tokens, data) for part in parts),
    )
