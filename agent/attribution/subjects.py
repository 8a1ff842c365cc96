"""Finds who a cue makes speak, by voice and word order."""

from __future__ import annotations

from dragoman.attribution.english_subjects import english_subject
from dragoman.attribution.german_subjects import german_subject
from dragoman.attribution.model import Cue, Found, Prepared
from dragoman.attribution.structure import (
    topic,
    with_apposition,
)


def subject(prepared: Prepared, cue: Cue, last: Found | None) -> tuple[Found | None, bool]:
    """Who a cue makes speak, and whether that stands behind the cue as the tag of a quotation.

    Args:
        prepared: the sentence.
        cue: the cue.
        last: the subject of the cue before in the same sentence, shared by a coordination.
    """
    if cue.voice == "passive":
        return _agent(prepared, cue), False
    if cue.voice == "shared":
        return last or topic(prepared), False
    if prepared.data.code == "de":
        found, tag = german_subject(prepared, cue, last)
    else:
        found, tag = english_subject(prepared, cue, last)
    return (with_apposition(prepared, found) if found else None), tag


def _agent(prepared: Prepared, cue: Cue) -> Found | None:
    """Who does it in a passive: "von X kritisiert", "criticised by X"."""
    by = prepared.data.grammar.passive_by
    phrases = prepared.phrases[cue.clause]
    if prepared.data.code != "de":
        phrases = tuple(phrase for phrase in phrases if phrase.first > cue.index)
    for phrase in phrases:
        if phrase.preposition in by and prepared.is_actor(cue.clause, phrase):
            return Found(cue.clause, phrase)
    return None
