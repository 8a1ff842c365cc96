"""Rules on quotes: a speaker's own words, verbatim, from between the article's marks."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.grounding.alignment import Alignment
from dragoman.grounding.claims import Claim
from dragoman.grounding.context import Context
from dragoman.grounding.quotes import (
    grave_insertions,
    grave_omissions,
    lies_in_noise,
    locate,
    nearest_sentence,
    quotations_of,
    sentences_of,
    words_of_article,
)
from dragoman.grounding.rules.base import STATED, Finding, Rule
from dragoman.grounding.speakers import judge


def _found(claim: Claim, context: Context) -> Alignment | None:
    """Where the quote of the claim stands; None if it has none or it was not found."""
    if claim.quote is None:
        return None
    alignment = locate(claim, context)
    return None if alignment.status == "none" else alignment


class QuoteNotNoise(Rule):
    """A quote comes from the article, not from a line that is no part of it.

    True: words of the minister, quoted in the report.
    False: words of a singer, from the headline of another story between two paragraphs.
    """

    id = "quote-not-noise"
    kinds = STATED

    def check(self, claim: Claim, context: Context) -> Iterator[Finding]:
        """Yield a finding where the words stand in noise only."""
        if claim.quote is None or _found(claim, context):
            return
        place = lies_in_noise(claim.quote, context)
        if place:
            yield self.finding(
                claim,
                "quote",
                "the words stand in a line that is no part of the article",
                nearest=place,
            )


class QuoteVerbatim(Rule):
    """A quote is the article's words; a near match is mended unless a critical word differs.

    Typography (marks, spaces, composed letters) may differ. Critical words are negations,
    numbers, dates, names, modal verbs, and words of support and refusal.

    True: "there is no reason to talk" for “There is no reason to talk”.
    False: "there is a reason to talk", or a sentence the article does not have.
    """

    id = "quote-verbatim"
    kinds = STATED

    def check(self, claim: Claim, context: Context) -> Iterator[Finding]:
        """Yield a finding where the quote is not, or not quite, in the article."""
        if claim.quote is None:
            return
        if not claim.quote.strip():
            yield self.finding(claim, "quote", "the quote is empty", mend={"quote": None})
            return
        alignment = _found(claim, context)
        if alignment is None:
            nearest = nearest_sentence(claim.quote, context)
            yield self.finding(
                claim, "quote", "the article does not have these words", nearest=nearest
            )
            return
        critical = [str(d) for d in alignment.differences if d.critical]
        critical += grave_insertions(alignment, context)
        critical += grave_omissions(alignment, context)
        nearest = sentences_of(alignment, context)[0]
        article = words_of_article(alignment, context)
        if critical:
            reason = f"differs from the article: {'; '.join(critical)}"
            yield self.finding(claim, "quote", reason, nearest=nearest)
        elif alignment.status == "near" or alignment.inserted:
            reason = f"not word for word; the article has {article!r}"
            yield self.finding(claim, "quote", reason, nearest=nearest, mend={"quote": article})
        elif article != claim.quote:
            yield self.finding(
                claim,
                "quote",
                "typography differs from the article",
                nearest=nearest,
                mend={"quote": article},
                severity="note",
            )


class QuoteInMarks(Rule):
    """A quote stands between quotation marks in the article; a paraphrase is not a quote.

    True: "no reason to talk", where the article has: He saw “no reason to talk”.
    False: "no reason to talk", where the article has: He saw no reason to talk.
    """

    id = "quote-in-marks"
    kinds = STATED

    def check(self, claim: Claim, context: Context) -> Iterator[Finding]:
        """Yield a finding where the words are the reporter's."""
        alignment = _found(claim, context)
        if alignment is None:
            return
        for start, end in alignment.pieces:
            if not quotations_of(start, end, context):
                yield self.finding(
                    claim,
                    "quote",
                    "the words do not stand between quotation marks",
                    nearest=sentences_of(alignment, context)[0],
                    mend={"quote": None},
                )
                return


class QuoteOneSpeaker(Rule):
    """All pieces of a quote are words of one speaker, in the order of the article.

    True: "We are ready […] to talk", both pieces from the same answer.
    False: "We are ready […] to fight", the second piece from the other side's answer.
    """

    id = "quote-one-speaker"
    kinds = STATED

    def check(self, claim: Claim, context: Context) -> Iterator[Finding]:
        """Yield a finding where pieces come from different speakers or distant places."""
        alignment = _found(claim, context)
        if alignment is None or alignment.status == "near":
            return
        quotations = [
            quotation
            for start, end in alignment.pieces
            for quotation in quotations_of(start, end, context)
        ]
        several = {quotation.start: quotation for quotation in quotations}
        if len(several) < 2:
            return
        voices = [context.voices_of_quotation(quotation) for quotation in several.values()]
        sentences = {name for quotation in several.values() for name in quotation.sentences}
        if len(context.neighbours(sentences, 0)) > 1 and not all(voices):
            yield self.finding(claim, "quote", "joined from quotations of unknown speakers")
        elif all(voices) and not frozenset.intersection(*voices):
            yield self.finding(claim, "quote", "joined from the words of several speakers")


class QuoteSpeaker(Rule):
    """The words of a quote are those of the holder or issuer.

    True: Berg, for “I agree”, said Berg.
    False: Dahl, for the same quote; or Berg, for a quote of Dahl's two sentences further on.
    """

    id = "quote-speaker"
    kinds = STATED

    def check(self, claim: Claim, context: Context) -> Iterator[Finding]:
        """Yield a finding where somebody else speaks the words."""
        alignment = _found(claim, context)
        if alignment is None or claim.speaker is None:
            return
        places = sentences_of(alignment, context)
        verdict = judge(claim.speaker, places, context)
        quotations = {q for name in claim.sentences for q in context.quotations(name)}
        related = {name for quotation in quotations for name in quotation.sentences}
        own = set(claim.sentences) | related
        if verdict == "silent" or (verdict != "speaks" and own.isdisjoint(places)):
            yield self.finding(
                claim,
                "quote",
                f"the words are not known to be those of {claim.speaker.name!r}",
                nearest=places[0],
            )


class QuoteEvidence(Rule):
    """The sentences a quote stands in are cited.

    True: cites s4, where the quote stands.
    False: cites s9, and the quote stands in s4.
    """

    id = "quote-evidence"
    kinds = STATED

    def check(self, claim: Claim, context: Context) -> Iterator[Finding]:
        """Yield a finding where a sentence is missing; neighbours are added."""
        alignment = _found(claim, context)
        if alignment is None:
            return
        places = sentences_of(alignment, context)
        missing = [name for name in places if name not in claim.sentences]
        if not missing:
            return
        related = set(context.neighbours(claim.sentences))
        for name in claim.sentences:
            for quotation in context.quotations(name):
                related.update(quotation.sentences)
        message = f"the quote stands in {', '.join(places)}, not in what is cited"
        if related.isdisjoint(places):
            yield self.finding(claim, "quote", message, nearest=missing[0])
        else:
            cited = context.known((*claim.sentences, *missing))
            yield self.finding(
                claim,
                "sentences",
                message,
                nearest=missing[0],
                mend={"sentences": cited},
                severity="note" if set(places) & set(claim.sentences) else "warning",
            )
