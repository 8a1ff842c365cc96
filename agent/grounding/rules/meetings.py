"""Rules on meetings: two who met, in an encounter the evidence tells of."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.grounding.claims import Claim
from dragoman.grounding.context import Context
from dragoman.grounding.meetings import fits, takes_part, tells_of_meeting
from dragoman.grounding.names import stem
from dragoman.grounding.rules.base import Finding, Rule
from dragoman.grounding.statements import unproven_numbers
from dragoman.grounding.words import Word, split_words
from dragoman.schemas.vocabulary import ItemKind

_MEETING: frozenset[ItemKind] = frozenset({"meeting"})


def _evidence(claim: Claim, context: Context) -> tuple[Word, ...]:
    return context.words_of(context.known(claim.sentences))


class MeetingTwoParties(Rule):
    """A meeting has at least two different participants.

    True: Berg and Dahl.
    False: Berg alone, or Berg and "Anna Berg", who are the same.
    """

    id = "meeting-two-parties"
    kinds = _MEETING

    def check(self, claim: Claim, context: Context) -> Iterator[Finding]:
        """Yield a finding where fewer than two remain."""
        if len(set(claim.participants)) < 2:
            yield self.finding(claim, "participants", "fewer than two different participants")


class MeetingPartiesNamed(Rule):
    """Every participant is one of those who meet in the evidence, by name or by pronoun.

    True: Berg and Dahl, for "Berg received Dahl in Oslo".
    False: Berg and Ek, for the same sentence.
    """

    id = "meeting-parties-named"
    kinds = _MEETING

    def check(self, claim: Claim, context: Context) -> Iterator[Finding]:
        """Yield a finding for the first participant who does not take part."""
        sentences = context.known(claim.sentences)
        if not sentences:
            return
        for party in claim.participants:
            if party.kind == "media":
                message = f"{party.name!r} is an outlet; it reports meetings"
                yield self.finding(claim, "participants", message, nearest=sentences[0])
                return
            if not takes_part(party, sentences, context):
                yield self.finding(
                    claim,
                    "participants",
                    f"{party.name!r} does not take part by the evidence",
                    nearest=sentences[0],
                )
                return


class MeetingReported(Rule):
    """The evidence tells of an encounter: a visit, talks, a reception, a call.

    True: Berg and Dahl, for "Berg received Dahl for talks".
    False: Berg and Dahl, for "Berg criticised Dahl".
    """

    id = "meeting-reported"
    kinds = _MEETING

    def check(self, claim: Claim, context: Context) -> Iterator[Finding]:
        """Yield a finding where no word of the evidence speaks of one."""
        sentences = context.known(claim.sentences)
        if not context.lexicon.known or not sentences:
            return
        if not tells_of_meeting(sentences, context):
            yield self.finding(
                claim,
                "participants",
                "the evidence does not tell of an encounter",
                nearest=claim.sentences[0],
            )


class MeetingStatus(Rule):
    """The status agrees with tense, negation and mood of the evidence.

    True: planned, for "They will meet on Monday"; ruled out, for "There are no plans to meet".
    False: held, for either sentence.
    """

    id = "meeting-status"
    kinds = _MEETING

    def check(self, claim: Claim, context: Context) -> Iterator[Finding]:
        """Yield a finding where no cited sentence can be meant that way."""
        sentences = context.known(claim.sentences)
        if claim.status is None or not sentences:
            return
        status = claim.status
        if not any(fits(status, name, claim.participants, context) for name in sentences):
            yield self.finding(
                claim,
                "status",
                f"the evidence does not say that it was {status!r}",
                nearest=sentences[0],
            )


class MeetingPlace(Rule):
    """The place of a meeting is named in its evidence.

    True: Geneva, for "They met in Geneva".
    False: Vienna, for the same sentence; the place is dropped.
    """

    id = "meeting-place"
    kinds = _MEETING

    def check(self, claim: Claim, context: Context) -> Iterator[Finding]:
        """Yield a finding where a name of the place does not occur."""
        if not claim.place:
            return
        known = {stem(word.text) for word in _evidence(claim, context)}
        missing = [
            word.text
            for word in split_words(claim.place)
            if word.capital and stem(word.text) not in known
        ]
        if missing:
            yield self.finding(
                claim,
                "place",
                f"{' '.join(missing)!r} does not occur in the evidence",
                mend={"place": None},
            )


class MeetingDate(Rule):
    """The date of a meeting stands in its evidence.

    True: "on Wednesday", for "They met on Wednesday".
    False: "on Thursday", for the same sentence; the date is dropped.
    """

    id = "meeting-date"
    kinds = _MEETING

    def check(self, claim: Claim, context: Context) -> Iterator[Finding]:
        """Yield a finding where a number, month or day does not occur, or no word does."""
        if not claim.date:
            return
        evidence = _evidence(claim, context)
        words = split_words(claim.date)
        unproven = tuple(unproven_numbers(words, evidence, context.lexicon, context.lexicon))
        known = {stem(word.text) for word in evidence}
        if unproven or not any(stem(word.text) in known for word in words):
            yield self.finding(
                claim,
                "date",
                f"{claim.date!r} does not stand in the evidence",
                mend={"date": None},
            )
