"""Who says what: a deterministic reading of reporting cues, speakers and running quotations."""

from __future__ import annotations

from dragoman.attribution.meetings import MeetingCue, meeting_cues
from dragoman.attribution.model import Attribution, Basis
from dragoman.attribution.speech import attribute
from dragoman.names import Name, name_kind, name_spans, names

__all__ = [
    "Attribution",
    "Basis",
    "MeetingCue",
    "Name",
    "attribute",
    "meeting_cues",
    "name_kind",
    "name_spans",
    "names",
]
