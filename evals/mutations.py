"""Mutation score of the checker: how many false claims it catches, how many true ones pass.

From the labels of all cases true claims are made and falsified in many ways, with a fixed seed.
A falsified claim is caught when it is refused, or when the false part is put right or dropped.
The method is that of mutation testing (DeMillo, Lipton and Sayward 1978), with claims for programs.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from dragoman.errors import EvaluationError
from dragoman.evals.mutation_kinds import BY_GRAMMAR, KINDS
from dragoman.evals.mutation_tools import Falsified, Falsify
from dragoman.evals.truths import Material, Truth, prepare

if TYPE_CHECKING:
    from dragoman.evals.cases import Case
    from dragoman.grounding import Checker
    from dragoman.schemas.draft import Draft

SEED = 20230301
FLOORS_FILE = Path(__file__).parent / "mutation_floors.json"

Outcome = Literal["refused", "mended", "missed"]

ROUNDS = 2
"""How often each kind is tried on each true claim; chance picks another place each time."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A falsified claim and what became of it.

    Attributes:
        kind: the way of falsification.
        case: the case it was made from.
        language: language of the article.
        false: what the falsified field says.
        true: what it said before.
        outcome: refused, mended or missed.
        rule: the rule that refused or mended it; None where it was missed.
        decidable: whether it can be told from the text; not where the kind is a matter of grammar
            and there are no word lists for the article's language.
    """

    kind: str
    case: str
    language: str
    false: str
    true: str
    outcome: Outcome
    rule: str | None
    decidable: bool = True

    @property
    def caught(self) -> bool:
        """Whether nothing false was let by."""
        return self.outcome != "missed"


@dataclass(frozen=True, slots=True)
class TrueClaim:
    """A true claim and what became of it.

    Attributes:
        case: the case it was made from.
        kind: which kind of item it is.
        text: its statement, participants or original.
        refused_by: the rule that wrongly refused it, or None.
        dropped: fields that were wrongly changed or dropped.
        reason: the rule's reason.
        alone_refused_by: the rule that refused it when it cited nothing but the one sentence
            whose words it states, which may leave a pronoun or a running quotation unexplained.
    """

    case: str
    kind: str
    text: str
    refused_by: str | None
    dropped: tuple[str, ...] = ()
    reason: str | None = None
    alone_refused_by: str | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """Figures of one kind of falsification."""

    kind: str
    mutants: int
    refused: int
    mended: int
    undecidable: int = 0

    @property
    def share(self) -> float:
        """Share that was caught, 0 to 1."""
        return (self.refused + self.mended) / self.mutants if self.mutants else 0.0


@dataclass(frozen=True, slots=True)
class MutationReport:
    """All mutants and true claims with their outcomes."""

    mutants: tuple[Mutant, ...]
    truths: tuple[TrueClaim, ...]
    seed: int

    @property
    def scores(self) -> tuple[Score, ...]:
        """Figures by kind, in the order of the kinds."""
        return tuple(self._score(kind.__name__) for kind in KINDS)

    def _score(self, kind: str) -> Score:
        all_ = [mutant for mutant in self.mutants if mutant.kind == kind]
        several = [mutant.outcome for mutant in all_ if mutant.decidable]
        return Score(
            kind,
            len(several),
            several.count("refused"),
            several.count("mended"),
            len(all_) - len(several),
        )

    @property
    def decidable(self) -> tuple[Mutant, ...]:
        """The mutants that can be told from the text; all shares are of these."""
        return tuple(mutant for mutant in self.mutants if mutant.decidable)

    @property
    def share(self) -> float:
        """Share of the decidable mutants that were caught."""
        return sum(m.caught for m in self.decidable) / len(self.decidable) if self.mutants else 0.0

    @property
    def mean_share(self) -> float:
        """Mean over the kinds: every kind counts alike, however many mutants it has."""
        shares = [score.share for score in self.scores if score.mutants]
        return sum(shares) / len(shares) if shares else 0.0

    @property
    def false_alarms(self) -> float:
        """Share of the true claims that were refused."""
        refused = sum(truth.refused_by is not None for truth in self.truths)
        return refused / len(self.truths) if self.truths else 0.0

    @property
    def false_alarms_alone(self) -> float:
        """Share of the true claims that were refused when they cited one sentence only."""
        refused = sum(truth.alone_refused_by is not None for truth in self.truths)
        return refused / len(self.truths) if self.truths else 0.0

    def false_alarms_of(self, kind: str) -> tuple[int, int]:
        """Of one kind of item, how many true claims were refused, and how many there are."""
        several = [truth for truth in self.truths if truth.kind == kind]
        return sum(truth.refused_by is not None for truth in several), len(several)

    @property
    def details_lost(self) -> float:
        """Share of the true claims that passed, but lost a true detail."""
        return sum(bool(t.dropped) for t in self.truths) / len(self.truths) if self.truths else 0.0

    def examples(self, kind: str, *, caught: bool, count: int = 3) -> tuple[Mutant, ...]:
        """Some mutants of a kind that were caught, or missed."""
        found = (m for m in self.decidable if m.kind == kind and m.caught == caught)
        return tuple(mutant for mutant, _ in zip(found, range(count), strict=False))


def run(cases: Iterable[Case], *, seed: int = SEED) -> MutationReport:
    """Falsify the labels of the cases and check every falsification and every true claim."""
    from dragoman.grounding import Checker

    mutants: list[Mutant] = []
    truths: list[TrueClaim] = []
    for case in cases:
        material = prepare(case)
        checker = Checker(material.article, material.actors)
        truths.extend(_true_claim(truth, material, checker) for truth in material.truths)
        for name, truth, falsified in falsify(material, seed):
            mutants.append(_judged(name, truth, falsified, material, checker))
    return MutationReport(tuple(mutants), tuple(truths), seed)


def falsify(
    material: Material, seed: int, kinds: Sequence[Falsify] = KINDS
) -> Iterator[tuple[str, Truth, Falsified]]:
    """All falsifications of a case, without repetition, with the kind and the true claim."""
    seen: set[str] = set()
    for kind in kinds:
        for number, truth in enumerate(material.truths):
            for round_ in range(ROUNDS):
                chance = random.Random(  # noqa: S311 - repeatable, not secret
                    f"{seed}/{material.case}/{kind.__name__}/{number}/{round_}"
                )
                for falsified in kind(truth, material, chance):
                    key = f"{kind.__name__}{falsified.draft.model_dump_json()}"
                    if falsified.draft != truth.draft and key not in seen:
                        seen.add(key)
                        yield kind.__name__, truth, falsified


def _judged(
    kind: str, truth: Truth, falsified: Falsified, material: Material, checker: Checker
) -> Mutant:
    outcome, rule = _outcome(falsified, material, checker)
    return Mutant(
        kind,
        material.case,
        material.gold.language,
        _shown(falsified.draft, falsified.field),
        _shown(truth.draft, falsified.field),
        outcome,
        rule,
        kind not in BY_GRAMMAR or not checker.notes,
    )


def _shown(draft: Draft, field: str) -> str:
    value = getattr(draft, field)
    return " + ".join(value) if isinstance(value, tuple) else str(value)


def _outcome(
    falsified: Falsified, material: Material, checker: Checker
) -> tuple[Outcome, str | None]:
    from dragoman.schemas.brief import Rejected

    result: Any = checker.check(falsified.draft)
    if isinstance(result, Rejected):
        return "refused", result.rule
    field = falsified.field
    before, after = getattr(falsified.draft, field), getattr(result.draft, field)
    if before == after or not _is_true(before, after, material):
        return "missed", None
    rules = [f.rule for f in result.findings if f.mend and field in f.mend]
    return "mended", rules[-1] if rules else None


def _is_true(before: object, after: object, material: Material) -> bool:
    """Whether a changed field holds nothing but the article's words, or nothing at all."""
    if after is None:
        return True
    if isinstance(after, tuple) and isinstance(before, tuple):
        return set(before).isdisjoint(after)
    pieces = str(after).split(" […] ")
    return all(piece in material.article.text for piece in pieces)


def _true_claim(truth: Truth, material: Material, checker: Checker) -> TrueClaim:
    from dragoman.schemas.brief import Rejected

    draft: Any = truth.draft
    kind = type(draft).__name__.removeprefix("Draft").lower()
    field = {"meeting": "participants", "correction": "original"}.get(kind, "statement")
    text = _shown(draft, field)
    alone: Any = checker.check(truth.alone)
    alone_rule = alone.rule if isinstance(alone, Rejected) else None
    result: Any = checker.check(draft)
    if isinstance(result, Rejected):
        return TrueClaim(material.case, kind, text, result.rule, (), result.reason, alone_rule)
    lost = tuple(
        name
        for name in type(draft).model_fields
        if name != "sentences"
        and getattr(draft, name) != getattr(result.draft, name)
        and not _same_words(getattr(draft, name), getattr(result.draft, name))
    )
    return TrueClaim(material.case, kind, text, None, lost, None, alone_rule)


def _same_words(one: object, other: object) -> bool:
    """Whether two texts differ in nothing but signs around them."""
    if not isinstance(one, str) or not isinstance(other, str):
        return False
    signs = '„“”"«»‹›‚‘’ .,'
    return one.strip(signs) == other.strip(signs)


# --- floors -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Floors:
    """What the figures must not fall below, or for false alarms not rise above.

    Attributes:
        overall: least share of all mutants to be caught.
        kinds: least share to be caught by kind.
        mutants: least number of mutants.
        false_alarms: greatest share of true claims that may be refused.
        undecidable: kinds that cannot be decided from the text, with the reason.
    """

    overall: float
    kinds: dict[str, float]
    mutants: int
    false_alarms: float
    undecidable: dict[str, str]


def read_floors(file: Path = FLOORS_FILE) -> Floors:
    """Read the floors.

    Raises:
        EvaluationError: if the file cannot be read or has another form.
    """
    try:
        data = json.loads(file.read_text("utf-8"))
        return Floors(
            float(data["overall"]),
            {str(kind): float(share) for kind, share in data["kinds"].items()},
            int(data["mutants"]),
            float(data["false_alarms"]),
            {str(kind): str(reason) for kind, reason in data["undecidable"].items()},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise EvaluationError(
            f"the floors cannot be read ({error})",
            where=str(file),
            remedy="Restore the file from the repository",
        ) from error


def breaches(report: MutationReport, floors: Floors, *, whole: bool = True) -> tuple[str, ...]:
    """What fell below its floor, one sentence each; empty if all is well.

    Args:
        report: the figures.
        floors: the floors.
        whole: whether all cases of the project were run; only then the number of mutants counts.
    """
    found = []
    if whole and len(report.mutants) < floors.mutants:
        found.append(f"only {len(report.mutants)} mutants, at least {floors.mutants} are wanted")
    if report.share < floors.overall:
        found.append(f"caught {report.share:.1%} of all mutants, the floor is {floors.overall:.1%}")
    for score in report.scores:
        floor = floors.kinds.get(score.kind)
        if floor is not None and score.mutants and score.share < floor:
            found.append(f"{score.kind}: caught {score.share:.1%}, the floor is {floor:.1%}")
    if report.false_alarms > floors.false_alarms:
        found.append(
            f"refused {report.false_alarms:.1%} of the true claims, "
            f"at most {floors.false_alarms:.1%} are allowed"
        )
    return tuple(found)
