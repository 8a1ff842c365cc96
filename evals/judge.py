"""The judge: holds each section of a brief against the gold labels and gives the verdicts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dragoman.errors import EvaluationError
from dragoman.evals import matching
from dragoman.evals.matching import Fit, Stretch
from dragoman.evals.verdicts import Outcome, Section, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dragoman.article import Article
    from dragoman.evals.cases import Gold
    from dragoman.schemas.brief import Actor, Brief, Correction, Meeting, Position, Warning


class _Gold(NamedTuple):
    """One gold label, as `_judge` needs it."""

    label: str
    optional: bool
    critical: bool = False


class _Predicted(NamedTuple):
    """One item of a brief, as `_judge` needs it."""

    id: str
    label: str
    confidence: float | None = None


class Judge:
    """Gives the verdicts of one article, section by section."""

    def __init__(self, gold: Gold, brief: Brief | None, article: Article) -> None:
        self._gold = gold
        self._brief = brief
        self._article = article
        self._actors: dict[str, Actor] = {a.id: a for a in brief.actors} if brief else {}
        self._same: dict[tuple[str, str], bool] = {}

    def positions(self) -> list[Verdict]:
        """Match on holder and evidence; act and target are judged among the matched."""
        gold = self._gold.positions
        places = [self._places(item.evidence) for item in gold]
        predicted: tuple[Position, ...] = self._brief.positions if self._brief else ()

        def agree(row: int, column: int) -> dict[str, bool]:
            mine, label = predicted[row], gold[column]
            return {
                "act": mine.act in (label.act, *label.act_also),
                "target": self._is_or_none(mine.target, label.target),
            }

        def fit(row: int, column: int) -> Fit | None:
            mine, label = predicted[row], gold[column]
            overlap = matching.covered(mine.evidence, places[column])
            holders = (label.holder, *label.holder_also)
            if not overlap or not self._is_any(mine.holder, holders):
                return None
            return Fit(sum(agree(row, column).values()), overlap)

        return _verdicts(
            "positions",
            [
                _Predicted(p.id, f"{self._name(p.holder)} ({p.act}): {p.statement}", p.confidence)
                for p in predicted
            ],
            [_Gold(item.label, item.optional) for item in gold],
            fit,
            agree,
        )

    def warnings(self) -> list[Verdict]:
        """Match on issuer and evidence; addressee and kind are judged among the matched."""
        gold = self._gold.warnings
        places = [self._places(item.evidence) for item in gold]
        predicted: tuple[Warning, ...] = self._brief.warnings if self._brief else ()

        def agree(row: int, column: int) -> dict[str, bool]:
            mine, label = predicted[row], gold[column]
            return {
                "addressee": self._is_or_none(mine.addressee, label.addressee),
                "kind": mine.kind == label.kind,
            }

        def fit(row: int, column: int) -> Fit | None:
            mine, label = predicted[row], gold[column]
            overlap = matching.covered(mine.evidence, places[column])
            if not overlap or not self._is_any(mine.issuer, (label.issuer, *label.issuer_also)):
                return None
            return Fit(sum(agree(row, column).values()), overlap)

        return _verdicts(
            "warnings",
            [
                _Predicted(w.id, f"{self._name(w.issuer)} ({w.kind}): {w.statement}", w.confidence)
                for w in predicted
            ],
            [_Gold(item.label, item.optional) for item in gold],
            fit,
            agree,
        )

    def meetings(self) -> list[Verdict]:
        """Match on the set of participants; status, format and evidence among the matched."""
        gold = self._gold.meetings
        places = [self._places(item.evidence) for item in gold]
        predicted: tuple[Meeting, ...] = self._brief.meetings if self._brief else ()

        def agree(row: int, column: int) -> dict[str, bool]:
            mine, label = predicted[row], gold[column]
            return {
                "status": mine.status == label.status,
                "format": mine.format == label.format,
                "evidence": matching.covered(mine.evidence, places[column]) > 0,
            }

        def fit(row: int, column: int) -> Fit | None:
            mine, label = predicted[row], gold[column]
            actors = [self._actors[actor] for actor in mine.participants]
            sets = (label.participants, *label.participants_also)
            if not any(
                matching.same_set(actors, [self._gold.actor(name) for name in names])
                for names in sets
            ):
                return None
            overlap = matching.covered(mine.evidence, places[column])
            return Fit(sum(agree(row, column).values()), overlap)

        return _verdicts(
            "meetings",
            [
                _Predicted(
                    m.id,
                    f"{' + '.join(map(self._name, m.participants))} ({m.status})",
                    m.confidence,
                )
                for m in predicted
            ],
            [_Gold(item.label, item.optional) for item in gold],
            fit,
            agree,
        )

    def actors(self) -> list[Verdict]:
        """Match on identity; the kind is judged among the matched."""
        gold = self._gold.actors
        predicted = self._brief.actors if self._brief else ()

        def agree(row: int, column: int) -> dict[str, bool]:
            return {"kind": predicted[row].kind == gold[column].kind}

        def fit(row: int, column: int) -> Fit | None:
            if not self._is(predicted[row].id, gold[column].name):
                return None
            exact = matching.same_name(predicted[row].name, gold[column].name)
            return Fit(sum(agree(row, column).values()), float(exact))

        return _verdicts(
            "actors",
            [_Predicted(actor.id, f"{actor.name} ({actor.kind})") for actor in predicted],
            [_Gold(f"{actor.name} ({actor.kind})", optional=False) for actor in gold],
            fit,
            agree,
        )

    def noise(self) -> list[Verdict]:
        """Judge line by line: a line is marked if at least half of it lies in noise sentences."""
        text = self._article.text
        gold = {line.strip() for line in self._gold.noise}
        marked = [
            Stretch(sentence.start, sentence.end)
            for noise in (self._brief.noise if self._brief else ())
            for sentence in map(self._article.sentence, noise.sentences)
        ]
        verdicts: list[Verdict] = []
        start = 0
        for line in text.splitlines(keepends=True):
            content = line.strip()
            inside = sum(
                not text[position].isspace()
                for stretch in marked
                for position in range(
                    max(stretch.start, start), min(stretch.end, start + len(line))
                )
            )
            start += len(line)
            if not content:
                continue
            is_marked = 2 * inside >= len("".join(content.split()))
            if is_marked or content in gold:
                verdicts.append(_line_verdict(content, is_marked, content in gold, self._gold))
        return verdicts

    def corrections(self, *, strict: bool) -> list[Verdict]:
        """Match on overlapping spans and, if strict, an accepted wording.

        A wrong wording at the place of an optional gold correction is a false alarm if strict.
        """
        gold = self._gold.corrections
        predicted = self._brief.corrections if self._brief else ()
        text = self._article.text
        for item in gold:
            self._places(item.spans)

        def agree(row: int, column: int) -> dict[str, bool]:
            mine, label = predicted[row], gold[column]
            return {"kind": mine.kind == label.kind, "impact": mine.impact == label.impact}

        def fit(row: int, column: int) -> Fit | None:
            mine, label = predicted[row], gold[column]
            if not matching.hits_span(mine, label, text):
                return None
            right = matching.accepted_wording(mine, label, text)
            if strict and not right:
                return None
            return Fit(sum(agree(row, column).values()), float(right))

        return _verdicts(
            "corrections" if strict else "correction_spans",
            [_Predicted(c.id, _change(c), c.confidence) for c in predicted],
            [_Gold(item.label, item.optional, item.impact == "critical") for item in gold],
            fit,
            agree,
        )

    def _places(self, snippets: Sequence[str]) -> list[Stretch]:
        """Where gold snippets stand in the article; all of them must."""
        places: list[Stretch] = []
        for snippet in snippets:
            found = matching.occurrences(snippet, self._article.text)
            if not found:
                raise EvaluationError(
                    f"the article does not hold the gold snippet {snippet!r}",
                    where=f"case {self._gold.id}",
                )
            places.extend(found)
        return places

    def _name(self, actor: str) -> str:
        return self._actors[actor].name

    def _is(self, actor: str, gold: str) -> bool:
        key = (actor, gold)
        if key not in self._same:
            self._same[key] = matching.same_actor(self._actors[actor], self._gold.actor(gold))
        return self._same[key]

    def _is_any(self, actor: str, gold: Sequence[str]) -> bool:
        return any(self._is(actor, name) for name in gold)

    def _is_or_none(self, actor: str | None, gold: str | None) -> bool:
        if actor is None or gold is None:
            return actor is None and gold is None
        return self._is(actor, gold)


def _change(correction: Correction) -> str:
    return f"{correction.original} → {correction.corrected or '(cannot be known)'}"


def _line_verdict(line: str, marked: bool, is_noise: bool, gold: Gold) -> Verdict:
    outcome: Outcome = "false_alarm" if not is_noise else "hit" if marked else "miss"
    index = next((n for n, text in enumerate(gold.noise) if text.strip() == line), None)
    return Verdict(section="noise", outcome=outcome, label=line, gold=index, item=None)


def _verdicts(
    section: Section,
    predicted: Sequence[_Predicted],
    gold: Sequence[_Gold],
    fit: Callable[[int, int], Fit | None],
    agree: Callable[[int, int], Mapping[str, bool]],
) -> list[Verdict]:
    """Pair predicted and gold items and say what became of each."""
    pairs = matching.assign(len(predicted), [item.optional for item in gold], fit)
    found = {pair.gold: pair.predicted for pair in pairs}
    verdicts: list[Verdict] = []
    for column, label in enumerate(gold):
        row = found.get(column)
        outcome: Outcome = "miss" if row is None else "hit"
        if label.optional:
            outcome = "optional_miss" if row is None else "optional_hit"
        verdicts.append(
            Verdict(
                section=section,
                outcome=outcome,
                label=label.label,
                gold=column,
                item=None if row is None else predicted[row].id,
                attributes={} if row is None else dict(agree(row, column)),
                critical=label.critical,
                confidence=None if row is None else predicted[row].confidence,
            )
        )
    matched = {pair.predicted for pair in pairs}
    verdicts.extend(
        Verdict(
            section=section,
            outcome="false_alarm",
            label=item.label,
            gold=None,
            item=item.id,
            confidence=item.confidence,
        )
        for row, item in enumerate(predicted)
        if row not in matched
    )
    return verdicts
