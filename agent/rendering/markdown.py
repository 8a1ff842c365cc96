"""A brief as Markdown, for a wiki, an issue or a mail."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from dragoman.rendering import view
from dragoman.rendering.labels import Labels, labels_for
from dragoman.rendering.terminal import quoted
from dragoman.rendering.text import line

if TYPE_CHECKING:
    from dragoman.schemas.brief import Brief, Correction, Meeting, Position, Warning
    from dragoman.schemas.evidence import Evidence

_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>#|~&$])")
_LEADING: Final = re.compile(r"^(\d*)([-+=.)])")


def escape(text: str) -> str:
    """The text on one line, with everything escaped that Markdown would take as its own.

    A backslash before an ASCII punctuation mark makes it literal (CommonMark 0.31, 2.4), so
    neither markup nor HTML in an article takes effect. Signs that mean something at the start
    of a line only are escaped there only.
    """
    return _LEADING.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", line(text)))


def render_markdown(brief: Brief, *, evidence: bool = False) -> str:
    """The brief as CommonMark; with `evidence`, each item quotes the sentences that prove it."""
    return "\n".join(_document(brief, evidence)).rstrip("\n") + "\n"


def _document(brief: Brief, evidence: bool) -> Iterator[str]:
    labels = labels_for(brief.language)
    names = {actor: escape(name) for actor, name in view.actor_names(brief).items()}
    yield f"# {escape(brief.headline or brief.source.title or labels['untitled'])}"
    yield ""
    yield f"*{escape(' · '.join(view.source_details(brief.source, labels)))}*"
    if not brief.run.complete:
        yield from ("", f"> **{escape(labels['incomplete'])}**")
    if brief.key_points:
        yield from _heading(labels["key_points"])
        for point in brief.key_points:
            yield f"- {escape(point.text)} ({', '.join(point.items)})"
    if brief.meetings:
        yield from _heading(labels["meetings"])
        for meeting in brief.meetings:
            yield from _meeting(meeting, names, labels, evidence)
    if brief.positions:
        yield from _heading(labels["positions"])
        yield from _positions(brief, names, labels, evidence)
    if brief.warnings:
        yield from _heading(labels["warnings"])
        for warning in brief.warnings:
            yield from _warning(warning, names, labels, evidence)
    if brief.corrections:
        yield from _heading(labels["corrections"])
        for correction in brief.corrections:
            yield from _correction(correction, labels, evidence)
    yield from _limits(brief, labels)
    yield from ("", "---", "", escape(" · ".join(view.run_details(brief.run, labels))))


def _heading(text: str) -> Iterator[str]:
    yield from ("", f"## {escape(text)}", "")


def _meeting(
    meeting: Meeting, names: dict[str, str], labels: Labels, evidence: bool
) -> Iterator[str]:
    details = escape(", ".join(view.meeting_details(meeting, labels)))
    yield f"- **{view.meeting_title(meeting, names)}**: {details}{_mark(meeting)}"
    yield from _evidence(meeting.evidence, evidence)


def _positions(
    brief: Brief, names: dict[str, str], labels: Labels, evidence: bool
) -> Iterator[str]:
    for holder, positions in view.positions_by_holder(brief).items():
        yield f"- **{view.name_of(names, holder)}**"
        for position in positions:
            target = f" → {view.name_of(names, position.target)}" if position.target else ""
            yield (
                f"  - *{escape(labels['act', position.act])}{target}*: "
                f"{escape(position.statement)}{_words(position, labels)}"
                f"{_reporter(position.reported_by, names, labels)}{_mark(position)}"
            )
            yield from _evidence(position.evidence, evidence, indent=4)


def _warning(
    warning: Warning, names: dict[str, str], labels: Labels, evidence: bool
) -> Iterator[str]:
    addressee = view.name_of(names, warning.addressee) if warning.addressee else labels["public"]
    yield (
        f"- **{view.name_of(names, warning.issuer)} → {addressee}** "
        f"({escape(labels['warning', warning.kind])}): "
        f"{escape(warning.statement)}{_words(warning, labels)}"
        f"{_reporter(warning.reported_by, names, labels)}{_mark(warning)}"
    )
    for name in ("condition", "consequence"):
        text = getattr(warning, name)
        if text:
            yield f"  - {escape(labels[name])}: {escape(text)}"
    yield from _evidence(warning.evidence, evidence)


def _correction(correction: Correction, labels: Labels, evidence: bool) -> Iterator[str]:
    about = escape(
        ", ".join(
            (
                labels["impact", correction.impact],
                labels["correction", correction.kind],
                labels["origin", correction.origin],
            )
        )
    )
    yield (
        f"- ~~{escape(correction.original)}~~ → "
        f"**{escape(view.corrected_text(correction, labels))}** ({about}): "
        f"{escape(correction.reason)}{_mark(correction)}"
    )
    yield from _evidence(correction.evidence, evidence)


def _limits(brief: Brief, labels: Labels) -> Iterator[str]:
    if brief.rejected:
        yield from _heading(f"{labels['rejected']} ({len(brief.rejected)})")
        for item in brief.rejected:
            yield (
                f"- {escape(labels['kind', item.kind])}: {escape(view.rejected_summary(item))} "
                f"– {escape(item.reason)} (`{line(item.rule).replace('`', '')}`)"
            )
    for name, parts in (("gaps", brief.gaps), ("noise", brief.noise)):
        if parts:
            yield from _heading(labels[name])
            for part in parts:
                yield f"- {view.sentence_list(part.sentences)}: {escape(part.reason)}"
    if brief.notes:
        yield from _heading(labels["notes"])
        for note in brief.notes:
            yield f"- {escape(note)}"
    empty = view.empty_sections(brief, labels)
    if empty:
        yield from ("", escape(f"{labels['nothing_found']}: {', '.join(empty)}"))


def _words(item: Position | Warning, labels: Labels) -> str:
    words = view.own_words(item)
    return f" – {escape(quoted(words, labels.language))}" if words else ""


def _reporter(actor: str | None, names: dict[str, str], labels: Labels) -> str:
    return f" ({escape(labels['reported_by'])} {view.name_of(names, actor)})" if actor else ""


def _mark(item: Meeting | Position | Warning | Correction) -> str:
    sure = f" {item.confidence:.0%}" if item.confidence is not None else ""
    return f" `{item.id}{sure}`"


def _evidence(evidence: Sequence[Evidence], wanted: bool, indent: int = 2) -> Iterator[str]:
    if wanted:
        for sentence in evidence:
            space = " " * indent
            yield f"{space}> {sentence.sentence}: {escape(sentence.exact)}"
            yield ""
