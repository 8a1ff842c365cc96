"""Rules on who says it: the right speaker for the right words."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.grounding.claims import Claim
from dragoman.grounding.context import Context
from dragoman.grounding.rules.base import STATED, Finding, Rule
from dragoman.grounding.speakers import Verdict, judge
from dragoman.grounding.voices import is_named, voices


def _verdict(claim: Claim, context: Context) -> Verdict | None:
    """Whether the claim's speaker speaks in its evidence; None if it names none."""
    if claim.speaker is None or not context.known(claim.sentences):
        return None
    return judge(
        claim.speaker,
        claim.sentences,
        context,
        target=claim.target,
        reporter=claim.reporter,
    )


class SpeakerNamed(Rule):
    """Holder or issuer is named in the evidence, or is whom a pronoun there stands for.

    True: Berg, for "Berg said" or, after a sentence about Berg, "She said".
    False: Dahl, whom the sentences do not mention.
    """

    id = "speaker-named"
    kinds = STATED

    def check(self, claim: Claim, context: Context) -> Iterator[Finding]:
        """Yield a finding where the speaker does not occur."""
        if claim.speaker is None or _verdict(claim, context) not in ("absent", "silent"):
            return
        if not any(context.mentions(claim.speaker, name) for name in claim.sentences):
            yield self.finding(
                claim,
                "speaker",
                f"{claim.speaker.name!r} is not named in the evidence",
                nearest=claim.sentences[0],
            )


class SpeakerSpeaks(Rule):
    """Holder or issuer is the one who speaks, not somebody spoken to or about, nor the outlet.

    True: Berg, for "Berg told Dahl that the plan is sound".
    False: Dahl, for the same sentence; the agency, for "Berg said, the agency reported".
    """

    id = "speaker-speaks"
    kinds = STATED

    def check(self, claim: Claim, context: Context) -> Iterator[Finding]:
        """Yield a finding where somebody else is the speaker."""
        if claim.speaker is None or _verdict(claim, context) not in ("absent", "silent"):
            return
        heard = voices(
            a for name in context.known(claim.sentences) for a in context.attributions.get(name, ())
        )
        party = claim.speaker
        if any(is_named(party, surface) for surface in heard.addressees):
            reason = f"{party.name!r} is spoken to"
        elif any(is_named(party, surface) for surface in heard.reporters):
            reason = f"{party.name!r} reports it"
        else:
            reason = f"{party.name!r} is mentioned, but does not speak"
        if heard.named:
            reason += f"; the speaker is {', '.join(dict.fromkeys(heard.named))!r}"
        yield self.finding(claim, "speaker", reason, nearest=claim.sentences[0])


class TargetDiffers(Rule):
    """Target or addressee is somebody else than the speaker.

    True: Berg warns Dahl.
    False: Berg warns Berg.
    """

    id = "target-differs"
    severity = "warning"
    kinds = STATED

    def check(self, claim: Claim, context: Context) -> Iterator[Finding]:
        """Yield a finding where both are the same; the target is dropped."""
        if claim.target is not None and claim.target == claim.speaker:
            yield self.finding(
                claim,
                "target",
                f"{claim.target.name!r} is speaker and target at once",
                mend={"target": None},
            )


class TargetNamed(Rule):
    """Target or addressee is named in the evidence or close to it.

    True: Dahl, for "Berg criticised Dahl".
    False: somebody the passage does not mention; the target is dropped.
    """

    id = "target-named"
    kinds = STATED

    def check(self, claim: Claim, context: Context) -> Iterator[Finding]:
        """Yield a finding where the target does not occur nearby."""
        if claim.target is None:
            return
        around = context.neighbours(context.known(claim.sentences), 2)
        if not any(context.mentions(claim.target, name) for name in around):
            yield self.finding(
                claim,
                "target",
                f"{claim.target.name!r} is not named in or near the evidence",
                mend={"target": None},
            )


class ReporterNamed(Rule):
    """Who is said to report it occurs in the article and is not the speaker.

    True: the agency, for "Berg said, the agency reported".
    False: an outlet the article does not mention; the reporter is dropped.
    """

    id = "reporter-named"
    kinds = STATED

    def check(self, claim: Claim, context: Context) -> Iterator[Finding]:
        """Yield a finding where the reporter is not found."""
        party = claim.reporter
        if party is None:
            return
        if party == claim.speaker:
            yield self.finding(
                claim,
                "reporter",
                f"{party.name!r} is speaker and reporter at once",
                mend={"reporter": None},
            )
        elif not (party.mentions(context.stream.words) or _is_outlet(party.name, context)):
            yield self.finding(
                claim,
                "reporter",
                f"the article does not name {party.name!r}",
                mend={"reporter": None},
            )


def _is_outlet(name: str, context: Context) -> bool:
    outlet = context.article.outlet
    return outlet is not None and outlet.casefold() == name.casefold()
