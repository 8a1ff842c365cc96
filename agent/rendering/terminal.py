"""A brief as a person wants to read it in a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from dragoman.rendering import paper, view
from dragoman.rendering.labels import Labels, labels_for
from dragoman.rendering.paper import Paper, Part
from dragoman.rendering.text import line

if TYPE_CHECKING:
    from dragoman.schemas.brief import Brief, Correction, Meeting, Position, Warning
    from dragoman.schemas.evidence import Evidence

_ACT: Final = {
    "support": "green",
    "agree": "green",
    "request": "yellow",
    "accuse": "red",
    "reject": "red",
    "deny": "magenta",
    "declare": "blue",
}


def render_terminal(
    brief: Brief, *, evidence: bool = False, width: int | None = None, colour: bool = False
) -> str:
    """The brief as text for a terminal.

    Args:
        brief: what to show.
        evidence: also quote the sentences that prove each item.
        width: columns to use, 88 if not given.
        colour: whether to use colours and bold type; without it the result holds no escape
            sequence at all, whatever the article or the model wrote.
    """
    return _Page(brief, evidence=evidence, width=width, colour=colour).text()


class _Page:
    """One rendering in progress."""

    def __init__(self, brief: Brief, *, evidence: bool, width: int | None, colour: bool) -> None:
        self._brief = brief
        self._evidence = evidence
        self._labels: Labels = labels_for(brief.language)
        self._names = view.actor_names(brief)
        self._paper = Paper(width, colour=colour)

    def text(self) -> str:
        self._head()
        self._meetings()
        self._positions()
        self._warnings()
        self._corrections()
        self._rejected()
        self._limits()
        self._run()
        return self._paper.text()

    # Sections, in the order in which they are read.

    def _head(self) -> None:
        brief, labels = self._brief, self._labels
        title = line(brief.headline or brief.source.title or labels["untitled"])
        self._paper.write(0, (title, paper.HEADLINE))
        self._paper.write(0, (" · ".join(view.source_details(brief.source, labels)), paper.QUIET))
        if not brief.run.complete:
            self._paper.write(0, (f"! {labels['incomplete']}", paper.ALARM))
        if brief.key_points:
            self._paper.section(self._labels["key_points"])
        for point in brief.key_points:
            items = f"  [{', '.join(point.items)}]"
            self._paper.hang(2, "• ", (line(point.text), ""), (items, paper.QUIET))

    def _meetings(self) -> None:
        if self._brief.meetings:
            self._paper.section(self._labels["meetings"])
        for meeting in self._brief.meetings:
            self._meeting(meeting)

    def _meeting(self, meeting: Meeting) -> None:
        title = view.meeting_title(meeting, self._names)
        details = ", ".join(view.meeting_details(meeting, self._labels))
        self._paper.write(2, (title, paper.NAME), (f": {details}", ""), self._mark(meeting))
        self._quote_evidence(meeting.evidence)

    def _positions(self) -> None:
        if self._brief.positions:
            self._paper.section(self._labels["positions"])
        for holder, positions in view.positions_by_holder(self._brief).items():
            self._paper.write(2, (view.name_of(self._names, holder), paper.NAME))
            for position in positions:
                self._position(position)

    def _position(self, position: Position) -> None:
        act = self._labels["act", position.act]
        target = f" → {view.name_of(self._names, position.target)}" if position.target else ""
        self._paper.write(
            4,
            (act, _ACT[position.act]),
            (target, _ACT[position.act]),
            (f": {line(position.statement)}", ""),
            self._reporter(position.reported_by),
            self._mark(position),
        )
        self._words(position)
        self._quote_evidence(position.evidence)

    def _warnings(self) -> None:
        if self._brief.warnings:
            self._paper.section(self._labels["warnings"], paper.ALARM)
        for warning in self._brief.warnings:
            self._warning(warning)

    def _warning(self, warning: Warning) -> None:
        labels = self._labels
        addressee = (
            view.name_of(self._names, warning.addressee) if warning.addressee else labels["public"]
        )
        issuer = view.name_of(self._names, warning.issuer)
        kind = labels["warning", warning.kind]
        self._paper.hang(
            2,
            "! ",
            (f"{issuer} → {addressee}", paper.NAME),
            (f" ({kind})", paper.ALARM),
            (f": {line(warning.statement)}", ""),
            self._reporter(warning.reported_by),
            self._mark(warning),
        )
        for name in ("condition", "consequence"):
            text = getattr(warning, name)
            if text:
                self._paper.hang(4, f"{labels[name]}: ", (line(text), ""))
        self._words(warning)
        self._quote_evidence(warning.evidence)

    def _corrections(self) -> None:
        if self._brief.corrections:
            self._paper.section(self._labels["corrections"])
        for correction in self._brief.corrections:
            self._correction(correction)

    def _correction(self, correction: Correction) -> None:
        labels = self._labels
        about = (
            labels["impact", correction.impact],
            labels["correction", correction.kind],
            labels["origin", correction.origin],
        )
        self._paper.write(
            2,
            (line(correction.original), paper.OLD),
            (" → ", ""),
            (view.corrected_text(correction, labels), paper.NEW),
            (f"  ({', '.join(about)})", paper.QUIET),
            self._mark(correction),
        )
        self._paper.write(4, (line(correction.reason), ""))
        self._quote_evidence(correction.evidence)

    def _rejected(self) -> None:
        rejected = self._brief.rejected
        if rejected:
            self._paper.section(f"{self._labels['rejected']} ({len(rejected)})")
        for item in rejected:
            nearest = f" ({self._labels['nearest']}: {item.nearest})" if item.nearest else ""
            self._paper.hang(
                2,
                "✗ ",
                (f"{self._labels['kind', item.kind]}: {view.rejected_summary(item)}", ""),
                (f" – {line(item.reason)} [{line(item.rule)}]{nearest}", paper.QUIET),
            )

    def _limits(self) -> None:
        brief, labels = self._brief, self._labels
        for name, parts in (("gaps", brief.gaps), ("noise", brief.noise)):
            if parts:
                self._paper.section(labels[name])
            for part in parts:
                self._paper.hang(
                    2, f"{view.sentence_list(part.sentences)}: ", (line(part.reason), "")
                )
        if brief.notes:
            self._paper.section(self._labels["notes"])
        for note in brief.notes:
            self._paper.hang(2, "• ", (line(note), ""))
        empty = view.empty_sections(brief, labels)
        if empty:
            self._paper.blank()
            self._paper.write(0, (f"{labels['nothing_found']}: {', '.join(empty)}", paper.QUIET))

    def _run(self) -> None:
        self._paper.blank()
        self._paper.write(
            0, (" · ".join(view.run_details(self._brief.run, self._labels)), paper.QUIET)
        )

    # Pieces of an item.

    def _mark(self, item: Meeting | Position | Warning | Correction) -> Part:
        sure = f"·{item.confidence:.0%}" if item.confidence is not None else ""
        return (f"  [{item.id}{sure}]", paper.QUIET)

    def _reporter(self, actor: str | None) -> Part:
        if actor is None:
            return ("", "")
        return (f" ({self._labels['reported_by']} {view.name_of(self._names, actor)})", paper.QUIET)

    def _words(self, item: Position | Warning) -> None:
        words = view.own_words(item)
        if words:
            self._paper.write(6, (quoted(words, self._labels.language), paper.OWN_WORDS))

    def _quote_evidence(self, evidence: Sequence[Evidence]) -> None:
        if not self._evidence:
            return
        for sentence in evidence:
            self._paper.hang(6, f"│ {sentence.sentence} ", (line(sentence.exact), paper.QUIET))


def quoted(text: str, language: str) -> str:
    """The text between the quotation marks of a language."""
    opening, closing = ("„", "“") if language == "de" else ("“", "”")
    return f"{opening}{line(text)}{closing}"
