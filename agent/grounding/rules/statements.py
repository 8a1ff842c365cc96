"""Rules on statements: an item says what its sentences say, and nothing more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from dragoman.grounding.claims import Claim
from dragoman.grounding.comparison import DifferenceKind
from dragoman.grounding.context import Context
from dragoman.grounding.rules.base import STATED, Finding, Rule
from dragoman.grounding.statements import Reading, read, unproven_numbers
from dragoman.grounding.words import Word, split_words

_LEAST_COVERAGE = 0.3
"""Share of a statement's content words that must occur in its evidence. A paraphrase shares
about half of its words with what it paraphrases, an unrelated sentence of the same article
one in ten."""
_FEWEST_WORDS = 3


def reading(claim: Claim, context: Context) -> Reading | None:
    """The claim's statement compared with its evidence; None without statement or evidence."""
    if not claim.statement or context.foreign:
        return None
    key = (claim.statement, claim.sentences)
    found = context.readings.get(key)
    if found is None:
        evidence = context.words_of(context.known(claim.sentences))
        statement = split_words(claim.statement)
        if not evidence or not statement:
            return None
        allowed = context.allowed_names(claim)
        found = context.readings[key] = read(statement, evidence, allowed, context)
    return found


class _Difference(Rule):
    """A difference of one kind between statement and evidence."""

    kinds = STATED
    foreign = False
    kind: ClassVar[DifferenceKind]
    message: ClassVar[str]

    def check(self, claim: Claim, context: Context) -> Iterator[Finding]:
        """Yield a finding for the first difference of this kind."""
        found = reading(claim, context)
        if found is None:
            return
        for difference in found.differences:
            if difference.kind == self.kind:
                yield self.finding(
                    claim,
                    "statement",
                    f"{self.message}: {difference}",
                    nearest=claim.sentences[0],
                )
                return


class StatementNegation(_Difference):
    """A statement is negated where its evidence is, and only there.

    True: "There are no plans to meet" for "He said there were no plans to meet".
    False: "There are plans to meet" for the same sentence.
    """

    id = "statement-negation"
    kind = "negation"
    message = "negated otherwise than the evidence"


class StatementNumbers(_Difference):
    """Every number of a statement occurs in its evidence, in digits or in words.

    True: "12 points" for "a twelve-point paper".
    False: "21 points" for the same words.
    """

    id = "statement-numbers"
    kind = "number"
    message = "a number the evidence does not have"

    foreign = True

    def check(self, claim: Claim, context: Context) -> Iterator[Finding]:
        """Also compares numbers where the statement is in another language."""
        yield from super().check(claim, context)
        yield from _foreign_numbers(self, claim, context)


class StatementDates(_Difference):
    """Every month, weekday and relative day of a statement occurs in its evidence.

    True: "on 2 March" for "the meeting on March 2".
    False: "on 9 March", or "on Tuesday" for "on Wednesday".
    """

    id = "statement-dates"
    kind = "date"
    message = "a date the evidence does not have"

    foreign = True

    def check(self, claim: Claim, context: Context) -> Iterator[Finding]:
        """Also compares dates where the statement is in another language."""
        yield from super().check(claim, context)
        yield from _foreign_numbers(self, claim, context)


def _foreign_numbers(rule: _Difference, claim: Claim, context: Context) -> Iterator[Finding]:
    if not claim.statement or not context.foreign:
        return
    evidence = context.words_of(context.known(claim.sentences))
    statement = split_words(claim.statement)
    for difference in unproven_numbers(
        statement, evidence, context.statement_lexicon, context.lexicon
    ):
        if difference.kind == rule.kind and _comparable(difference.claimed, rule.kind, context):
            yield rule.finding(claim, "statement", f"{rule.message}: {difference}")
            return


def _comparable(claimed: str, kind: DifferenceKind, context: Context) -> bool:
    """Whether a number or date can be compared across the languages at all."""
    return claimed[0].isdigit() or (kind == "date" and context.lexicon.known)


class StatementNames(_Difference):
    """Every name of a statement occurs in its evidence, or is what a pronoun there stands for.

    True: "Anna Berg sees no reason" for "She sees no reason", said by Anna Berg.
    False: "Carl Dahl sees no reason" for the same sentence.
    """

    id = "statement-names"
    kind = "name"
    message = "a name the evidence does not have"


class StatementModality(_Difference):
    """What the evidence calls possible, the statement does not call certain.

    True: "The talks could fail" for "She said the talks could fail".
    False: "The talks will fail" for the same sentence.
    """

    id = "statement-modality"
    kind = "modality"
    message = "more or less certain than the evidence"


class StatementPolarity(_Difference):
    """Support stays support, refusal stays refusal, a rise stays a rise.

    True: "The party backs the plan" for "The party supports the plan".
    False: "The party rejects the plan" for the same sentence.
    """

    id = "statement-polarity"
    kind = "polarity"
    message = "says the opposite of the evidence"


class StatementSupported(Rule):
    """A statement is about what its evidence is about.

    True: "Prices will rise" for "The minister expects rising prices".
    False: "Schools will close" for the same sentence.
    """

    id = "statement-supported"
    kinds = STATED
    foreign = False

    def check(self, claim: Claim, context: Context) -> Iterator[Finding]:
        """Yield a finding where hardly a word of the statement occurs in the evidence."""
        found = reading(claim, context)
        if found is None or found.extract or claim.statement is None:
            return
        content = _content(split_words(claim.statement), context)
        if len(content) >= _FEWEST_WORDS and found.coverage < _LEAST_COVERAGE:
            yield self.finding(
                claim,
                "statement",
                f"only {found.coverage:.0%} of its words occur in the evidence",
                nearest=claim.sentences[0],
            )


def _content(words: tuple[Word, ...], context: Context) -> list[Word]:
    return [word for word in words if word.key not in context.lexicon.function]


class StatementWording(Rule):
    """A statement that is all but an extract of the article is put into the article's words.

    True: "The plan is sound" for "The plan is sound".
    False: "The plan is clever" for the same sentence; it is mended.
    """

    id = "statement-wording"
    severity = "warning"
    kinds = STATED
    foreign = False

    def check(self, claim: Claim, context: Context) -> Iterator[Finding]:
        """Yield a finding with the article's words where single words were exchanged."""
        found = reading(claim, context)
        if found is None or found.mended is None:
            return
        evidence = context.words_of(context.known(claim.sentences))
        words = evidence[found.mended[0] : found.mended[1]]
        if words[0].sentence != words[-1].sentence:
            return
        article = context.article.text[words[0].start : words[-1].end]
        exchanged = "; ".join(str(d) for d in found.differences if d.kind == "wording")
        yield self.finding(
            claim,
            "statement",
            f"not the article's words: {exchanged}",
            nearest=claim.sentences[0],
            mend={"statement": article},
        )
