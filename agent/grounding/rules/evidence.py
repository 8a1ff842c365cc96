"""Rules on what an item cites."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.grounding.claims import Claim
from dragoman.grounding.context import Context
from dragoman.grounding.rules.base import ALL, Finding, Rule


class EvidenceExists(Rule):
    """An item cites at least one sentence, and every sentence it cites exists.

    True: cites s3 of an article with sentences s1 to s9.
    False: cites s12 of the same article, or nothing.
    """

    id = "evidence-exists"
    kinds = ALL

    def check(self, claim: Claim, context: Context) -> Iterator[Finding]:
        """Yield a finding where a sentence is missing."""
        if not claim.sentences:
            yield self.finding(claim, "sentences", "no sentence is cited")
        missing = [name for name in claim.sentences if context.sentence(name) is None]
        if missing:
            known = tuple(name for name in claim.sentences if name not in missing)
            yield self.finding(
                claim,
                "sentences",
                f"no such sentence: {', '.join(missing)}",
                mend={"sentences": known} if known else None,
            )


class EvidenceNotNoise(Rule):
    """Lines that are not part of the article prove nothing.

    True: cites a sentence of the report.
    False: cites "See also: Singer cancels summer tour".
    """

    id = "evidence-not-noise"
    kinds = ALL

    def check(self, claim: Claim, context: Context) -> Iterator[Finding]:
        """Yield a finding where a noise line is cited."""
        noise = []
        for name in claim.sentences:
            sentence = context.sentence(name)
            if sentence is not None and sentence.noise is not None:
                noise.append(f"{name} ({sentence.noise})")
        if noise:
            known = context.known(claim.sentences)
            yield self.finding(
                claim,
                "sentences",
                f"not part of the article: {', '.join(noise)}",
                mend={"sentences": known} if known else None,
            )


class EvidenceVerbatim(Rule):
    """The evidence of a brief is, character by character, what the article has at its offsets.

    True: "exact" is the article's text from "start" to "end" and lies in the sentence named.
    False: "exact" was edited, or "start" points elsewhere.
    """

    id = "evidence-verbatim"
    kinds = ALL

    def check(self, claim: Claim, context: Context) -> Iterator[Finding]:
        """Yield a finding for each entry that does not stand where it says."""
        text = context.article.text
        for entry in claim.evidence:
            sentence = context.sentence(entry.sentence)
            if sentence is None:
                continue
            if text[entry.start : entry.end] != entry.exact:
                place = text.find(entry.exact, sentence.start, sentence.end)
                where = f"it stands at {place}" if place >= 0 else "the sentence does not have it"
                message = f"evidence is not the article's text at {entry.start}: {where}"
                yield self.finding(claim, "evidence", message, nearest=entry.sentence)
            elif not sentence.start <= entry.start <= entry.end <= sentence.end:
                yield self.finding(claim, "evidence", f"evidence lies outside {entry.sentence}")
            elif not (
                text[: entry.start].endswith(entry.prefix)
                and text.startswith(entry.suffix, entry.end)
            ):
                yield self.finding(
                    claim,
                    "evidence",
                    "prefix or suffix is not what stands around the evidence",
                    severity="warning",
                )
