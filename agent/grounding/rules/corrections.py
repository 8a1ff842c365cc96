"""Rules on corrections: the wrong words stand in the article, and the right ones differ."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.grounding.claims import Claim
from dragoman.grounding.context import Context
from dragoman.grounding.normalisation import normalise
from dragoman.grounding.rules.base import Finding, Rule
from dragoman.schemas.vocabulary import ItemKind

_CORRECTION: frozenset[ItemKind] = frozenset({"correction"})


class CorrectionOriginal(Rule):
    """The words to be corrected stand in the cited sentence, verbatim.

    True: original "Belda", and the sentence reads "the state outlet Belda reported".
    False: original "Beldar" for the same sentence.
    """

    id = "correction-original"
    kinds = _CORRECTION

    def check(self, claim: Claim, context: Context) -> Iterator[Finding]:
        """Yield a finding where the words are missing; mended where only typography differs."""
        original = claim.original or ""
        if not original.strip():
            yield self.finding(claim, "original", "no words to correct are given")
            return
        texts = [context.article.sentence(name).text for name in context.known(claim.sentences)]
        if any(original in text for text in texts):
            return
        wanted = normalise(original).text.strip()
        for text in texts:
            normalised = normalise(text)
            place = normalised.text.find(wanted) if wanted else -1
            if place >= 0:
                start, end = normalised.raw(place, place + len(wanted))
                yield self.finding(
                    claim,
                    "original",
                    "typography differs from the article",
                    mend={"original": text[start:end]},
                    severity="note",
                )
                return
        elsewhere = next((s.id for s in context.article.body if original in s.text), None)
        yield self.finding(
            claim,
            "original",
            f"{original!r} does not stand in the cited sentence",
            nearest=elsewhere,
        )


class CorrectionDiffers(Rule):
    """A correction changes something.

    True: "Belda" to "BelTA".
    False: "Belda" to "Belda".
    """

    id = "correction-differs"
    kinds = _CORRECTION

    def check(self, claim: Claim, context: Context) -> Iterator[Finding]:
        """Yield a finding where both sides are the same."""
        original, corrected = claim.original or "", claim.corrected or ""
        if normalise(original).text.strip() == normalise(corrected).text.strip():
            yield self.finding(claim, "corrected", f"{original!r} would stay as it is")
