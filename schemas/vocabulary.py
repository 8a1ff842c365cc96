"""The closed word lists of the codebook, shared by briefs, drafts and evaluation."""

from __future__ import annotations

from typing import Literal

ActorKind = Literal["person", "government", "organisation", "company", "group", "media"]

MeetingStatus = Literal["held", "ongoing", "planned", "postponed", "ruled_out", "called_for"]
"""Ruled out: cancelled, refused or explicitly not going to happen. Called for: somebody asks."""

MeetingFormat = Literal["in_person", "call", "video", "unstated"]

Act = Literal["support", "agree", "request", "accuse", "reject", "deny", "declare"]
"""Speech acts after PLOVER/CAMEO: what a holder does by stating a position."""

WarningKind = Literal["threat", "caution"]
"""A threat is carried out by its issuer; a caution alerts to a danger others would cause."""

CorrectionKind = Literal["name", "terminology", "mistranslation", "preferred_term"]

Impact = Literal["critical", "major", "minor"]
"""After MQM. Critical changes who, what, polarity, number or date; major misleads."""

Origin = Literal["glossary", "consistency", "model"]
"""What a correction rests on: a term list, the article's own other spellings, or the model."""

ItemKind = Literal["actor", "meeting", "position", "warning", "correction", "key_point"]
