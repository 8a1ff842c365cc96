"""Compares two briefs: of two versions of an article, or of two outlets' accounts of one event.

Items are paired by who, what and the words that prove them, best pair first. What has no partner
appeared or vanished; partners that differ have changed, and where they cannot both be true
(opposed acts, a negation or a number exchanged, a meeting held and ruled out, the same words in
another mouth) they contradict each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeVar

from rapidfuzz import fuzz

from dragoman.schemas.brief import Actor, Brief, Correction, Meeting, Position, Warning, When
from dragoman.schemas.evidence import Evidence

Verdict = Literal["contradicts", "changed", "appeared", "vanished"]
Section = Literal["headline", "actors", "meetings", "positions", "warnings", "corrections"]
Item = TypeVar("Item", Actor, Meeting, Position, Warning, Correction)

VERDICTS: Final[tuple[Verdict, ...]] = ("contradicts", "changed", "appeared", "vanished")

PAIRED: Final = 0.55
"""Likeness, 0 to 1, from which two items are taken for the same one."""
_SAME_WORDS: Final = 0.85
"""Likeness of words from which two sentences are taken for one and its edited version."""
_SPELLINGS: Final = 0.85
"""Likeness of two persons' names from which they are taken for spellings of one."""
_TURNED: Final = frozenset({"negation", "polarity"})
_EXCHANGED: Final = frozenset({"number", "date"})
"""Where both say one and they differ; one that only one of the two gives is no contradiction."""
_OPPOSED_ACTS: Final = frozenset(
    frozenset(pair)
    for pair in (
        ("support", "reject"),
        ("support", "accuse"),
        ("agree", "reject"),
        ("agree", "deny"),
        ("declare", "deny"),
    )
)
_OPPOSED_STATUS: Final = frozenset(
    frozenset(("ruled_out", status)) for status in ("held", "ongoing", "planned")
)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that differs.

    Attributes:
        field: its name.
        old: its value in the old brief, in words; empty if it has none.
        new: its value in the new brief.
        contradicts: whether both values cannot be true at once.
        reason: why, where the words themselves decide it.
    """

    field: str
    old: str
    new: str
    contradicts: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference between two briefs.

    Attributes:
        verdict: what happened to the item.
        section: the part of the brief it belongs to.
        old: id of the item in the old brief, if it is there.
        new: id of the item in the new brief, if it is there.
        title: the item in a few words.
        changes: what differs, where both briefs have the item.
    """

    verdict: Verdict
    section: Section
    old: str | None
    new: str | None
    title: str
    changes: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """All differences of two briefs, contradictions first, and how many items agree."""

    differences: tuple[Difference, ...]
    same: int
    notes: tuple[str, ...]


def compare_briefs(old: Brief, new: Brief) -> Comparison:
    """What appeared, vanished, changed or contradicts from the old brief to the new one."""
    return _Comparer(old, new).result()


def _pair(
    old: Sequence[Item], new: Sequence[Item], likeness: Callable[[Item, Item], float]
) -> list[tuple[Item | None, Item | None]]:
    """Partners, the likest first; then who has none. Ties go to the earlier item."""
    scored = sorted(
        (
            (-score, first, second)
            for first, one in enumerate(old)
            for second, other in enumerate(new)
            if (score := likeness(one, other)) >= PAIRED
        )
    )
    free_old, free_new = set(range(len(old))), set(range(len(new)))
    pairs: list[tuple[Item | None, Item | None]] = []
    for _, first, second in scored:
        if first in free_old and second in free_new:
            pairs.append((old[first], new[second]))
            free_old.remove(first)
            free_new.remove(second)
    pairs.extend((old[index], None) for index in sorted(free_old))
    pairs.extend((None, new[index]) for index in sorted(free_new))
    return pairs


class _Comparer:
    """One comparison. Actors are paired first, so that items can be compared by whom they name."""

    def __init__(self, old: Brief, new: Brief) -> None:
        self._old = old
        self._new = new
        self._same = 0
        self._found: list[Difference] = []
        self._old_names = {actor.id: actor.name for actor in old.actors}
        self._new_names = {actor.id: actor.name for actor in new.actors}
        self._actors = _pair(old.actors, new.actors, _actor_likeness)
        # An actor of the new brief under the id that the old one gives it, if it knows it.
        self._as_old = {theirs.id: ours.id for ours, theirs in self._actors if ours and theirs}

    def result(self) -> Comparison:
        old, new = self._old, self._new
        self._headline()
        for ours, theirs in self._actors:
            self._judge("actors", ours, theirs, _actor_changes)
        for one in _pair(old.meetings, new.meetings, self._meeting_likeness):
            self._judge("meetings", *one, self._meeting_changes)
        for two in _pair(old.positions, new.positions, self._position_likeness):
            self._judge("positions", *two, self._position_changes)
        for three in _pair(old.warnings, new.warnings, self._warning_likeness):
            self._judge("warnings", *three, self._warning_changes)
        for four in _pair(old.corrections, new.corrections, _correction_likeness):
            self._judge("corrections", *four, _correction_changes)
        found = sorted(self._found, key=lambda one: VERDICTS.index(one.verdict))
        return Comparison(tuple(found), self._same, tuple(self._notes()))

    def _notes(self) -> Iterator[str]:
        for name, brief in (("old", self._old), ("new", self._new)):
            if not brief.run.complete:
                yield f"The {name} brief is incomplete: what it lacks may only not have been read"
        if self._old.language != self._new.language:
            yield "The briefs are in different languages: their wording is not compared"
        if self._old.source.sha256 == self._new.source.sha256:
            yield "Both briefs were made from the same text"

    def _headline(self) -> None:
        old, new = self._old.source.title or "", self._new.source.title or ""
        if old != new:
            change = FieldChange("title", old, new)
            self._found.append(Difference("changed", "headline", None, None, new or old, (change,)))

    def _judge(
        self,
        section: Section,
        old: Item | None,
        new: Item | None,
        changes_of: Callable[[Item, Item], Iterator[FieldChange]],
    ) -> None:
        if old is not None and new is not None:
            changes = tuple(changes_of(old, new))
            if not changes:
                self._same += 1
                return
            contradiction = any(change.contradicts for change in changes)
            verdict: Verdict = "contradicts" if contradiction else "changed"
            title = _title(new, self._new_names)
            self._found.append(Difference(verdict, section, old.id, new.id, title, changes))
        elif old is not None:
            title = _title(old, self._old_names)
            self._found.append(Difference("vanished", section, old.id, None, title))
        elif new is not None:
            title = _title(new, self._new_names)
            self._found.append(Difference("appeared", section, None, new.id, title))

    # How alike two items are, 0 to 1.

    def _same_actor(self, old: str | None, new: str | None) -> bool:
        return old == (self._as_old.get(new, f"new {new}") if new else None)

    def _meeting_likeness(self, old: Meeting, new: Meeting) -> float:
        theirs = {self._as_old.get(actor, f"new {actor}") for actor in new.participants}
        ours = set(old.participants)
        shared = len(ours & theirs) / len(ours | theirs)
        if shared < 0.5:
            return 0.0
        days = 0.5 if None in (old.date, new.date) else float(_days_meet(old.date, new.date))
        return 0.5 * shared + 0.2 * days + 0.3 * _evidence_likeness(old.evidence, new.evidence)

    def _position_likeness(self, old: Position, new: Position) -> float:
        words = _words_likeness(old, new)
        if not self._same_actor(old.holder, new.holder):
            return words * 0.7 if words >= _SAME_WORDS else 0.0
        act = old.act == new.act
        target = self._same_actor(old.target, new.target)
        return 0.2 + 0.15 * act + 0.1 * target + 0.55 * words

    def _warning_likeness(self, old: Warning, new: Warning) -> float:
        words = _words_likeness(old, new)
        if not self._same_actor(old.issuer, new.issuer):
            return words * 0.7 if words >= _SAME_WORDS else 0.0
        kind = old.kind == new.kind
        return 0.25 + 0.1 * kind + 0.65 * words

    # What differs between two items taken for the same.

    def _who(self, field: str, old: str | None, new: str | None) -> Iterator[FieldChange]:
        if not self._same_actor(old, new):
            names = self._old_names.get(old or "", ""), self._new_names.get(new or "", "")
            yield FieldChange(field, *names, contradicts=field in {"holder", "issuer"})

    def _meeting_changes(self, old: Meeting, new: Meeting) -> Iterator[FieldChange]:
        theirs = {self._as_old.get(actor, f"new {actor}") for actor in new.participants}
        if set(old.participants) != theirs:
            yield FieldChange(
                "participants",
                _joined(old.participants, self._old_names),
                _joined(new.participants, self._new_names),
            )
        opposed = frozenset((old.status, new.status)) in _OPPOSED_STATUS
        yield from _plain("status", old.status, new.status, contradicts=opposed)
        yield from _plain("format", old.format, new.format)
        yield from _plain("place", old.place, new.place)
        yield from _date_change(old.date, new.date)
        yield from self._evidence_change(old.evidence, new.evidence)

    def _position_changes(self, old: Position, new: Position) -> Iterator[FieldChange]:
        yield from self._who("holder", old.holder, new.holder)
        opposed = frozenset((old.act, new.act)) in _OPPOSED_ACTS
        yield from _plain("act", old.act, new.act, contradicts=opposed)
        yield from self._who("target", old.target, new.target)
        yield from self._who("reported_by", old.reported_by, new.reported_by)
        yield from self._wording("statement", old.statement, new.statement)
        yield from self._evidence_change(old.evidence, new.evidence)

    def _warning_changes(self, old: Warning, new: Warning) -> Iterator[FieldChange]:
        yield from self._who("issuer", old.issuer, new.issuer)
        yield from self._who("addressee", old.addressee, new.addressee)
        yield from _plain("kind", old.kind, new.kind)
        yield from self._who("reported_by", old.reported_by, new.reported_by)
        for field in ("statement", "condition", "consequence"):
            yield from self._wording(field, getattr(old, field) or "", getattr(new, field) or "")
        yield from self._evidence_change(old.evidence, new.evidence)

    def _wording(self, field: str, old: str, new: str) -> Iterator[FieldChange]:
        """A change of wording that changes what is said; a mere rewording is none."""
        contradicts, reason = self._weighed(old, new)
        if reason:
            yield FieldChange(field, old, new, contradicts, reason)
        elif bool(old) != bool(new):
            yield FieldChange(field, old, new)

    def _evidence_change(
        self, old: Sequence[Evidence], new: Sequence[Evidence]
    ) -> Iterator[FieldChange]:
        """A sentence that was edited. Two outlets' own sentences are no edits of each other."""
        for ours in old:
            theirs = max(new, key=lambda one: _likeness(ours.exact, one.exact))
            if ours.exact == theirs.exact or _likeness(ours.exact, theirs.exact) < _SAME_WORDS:
                continue
            yield FieldChange(
                "evidence", ours.exact, theirs.exact, *self._weighed(ours.exact, theirs.exact)
            )

    def _weighed(self, old: str, new: str) -> tuple[bool, str]:
        """Whether two wordings cannot both be true, and what changes who, how many, when, if."""
        from dragoman.grounding.comparison import weigh
        from dragoman.grounding.lexicon import lexicon
        from dragoman.grounding.words import split_words

        if old == new or not old or not new or self._old.language != self._new.language:
            return False, ""
        words = lexicon(self._new.language)
        found = weigh(split_words(new), split_words(old), words, lambda _: False)
        grave = [one for one in found if one.critical and one.kind != "name"]
        contradicts = any(
            one.kind in _TURNED or (one.kind in _EXCHANGED and one.claimed and one.source)
            for one in grave
        )
        return contradicts, "; ".join(map(str, grave))


def _likeness(one: str, other: str) -> float:
    return fuzz.token_sort_ratio(one.casefold(), other.casefold()) / 100


def _evidence_likeness(old: Sequence[Evidence], new: Sequence[Evidence]) -> float:
    return max(_likeness(one.exact, other.exact) for one in old for other in new)


def _words_likeness(old: Position | Warning, new: Position | Warning) -> float:
    statements = _likeness(old.statement, new.statement)
    return max(statements, _evidence_likeness(old.evidence, new.evidence))


def _actor_likeness(old: Actor, new: Actor) -> float:
    """1 for the same name; less for a shared surface form, or two spellings of a person's name.

    Names of states and organisations differ by less than spellings do (Niger and Nigeria).
    """
    if old.name.casefold() == new.name.casefold():
        return 1.0
    ours = {mention.exact.casefold() for mention in old.mentions} | {old.name.casefold()}
    theirs = {mention.exact.casefold() for mention in new.mentions} | {new.name.casefold()}
    if ours & theirs:
        return 0.9
    if old.kind != "person" or new.kind != "person":
        return 0.0
    alike = fuzz.ratio(old.name.casefold(), new.name.casefold()) / 100
    return alike if alike >= _SPELLINGS else 0.0


def _correction_likeness(old: Correction, new: Correction) -> float:
    same = old.original.casefold() == new.original.casefold()
    return 0.6 * same + 0.4 * _evidence_likeness(old.evidence, new.evidence)


def _actor_changes(old: Actor, new: Actor) -> Iterator[FieldChange]:
    yield from _plain("name", old.name, new.name)
    yield from _plain("kind", old.kind, new.kind)
    yield from _plain("role", old.role, new.role)


def _correction_changes(old: Correction, new: Correction) -> Iterator[FieldChange]:
    yield from _plain("original", old.original, new.original)
    yield from _plain("corrected", old.corrected, new.corrected)
    yield from _plain("impact", old.impact, new.impact)


def _plain(
    field: str, old: str | None, new: str | None, *, contradicts: bool = False
) -> Iterator[FieldChange]:
    if (old or "") != (new or ""):
        yield FieldChange(field, old or "", new or "", contradicts)


def _date_change(old: When | None, new: When | None) -> Iterator[FieldChange]:
    known = old is not None and new is not None and None not in (old.start, new.start)
    if known:
        if (old and (old.start, old.end)) != (new and (new.start, new.end)):
            contradicts = not _days_meet(old, new)
            yield FieldChange("date", _day_text(old), _day_text(new), contradicts)
    elif (old and old.text) != (new and new.text):
        yield FieldChange("date", _day_text(old), _day_text(new))


def _days_meet(old: When | None, new: When | None) -> bool:
    """Whether two dates share a day, as far as they are known."""
    if old is None or new is None or old.start is None or new.start is None:
        return True
    return old.start <= (new.end or new.start) and new.start <= (old.end or old.start)


def _day_text(when: When | None) -> str:
    if when is None:
        return ""
    days = [day.isoformat() for day in (when.start, when.end) if day]
    return f"{when.text} ({'/'.join(dict.fromkeys(days))})" if days else when.text


def _joined(actors: Sequence[str], names: Mapping[str, str]) -> str:
    return " – ".join(names.get(actor, actor) for actor in actors)


def _title(
    item: Actor | Meeting | Position | Warning | Correction, names: Mapping[str, str]
) -> str:
    if isinstance(item, Actor):
        return item.name
    if isinstance(item, Meeting):
        return _joined(item.participants, names)
    if isinstance(item, Correction):
        return f"{item.original} → {item.corrected or '?'}"
    who = item.holder if isinstance(item, Position) else item.issuer
    return f"{names.get(who, who)}: {item.statement}"
