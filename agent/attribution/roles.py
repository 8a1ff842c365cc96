"""Who is spoken to, and which outlet passes it on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from dragoman.attribution.model import Attribution, Cue, Found, Prepared
from dragoman.schemas.evidence import Span


def addressee(prepared: Prepared, cue: Cue, speaker: Found) -> Span | None:
    """Who the cue's own clause says is spoken to or about."""
    data = prepared.data
    phrases = [
        phrase
        for phrase in prepared.phrases[cue.clause]
        if not phrase.pronoun
        and (speaker.clause != cue.clause or phrase.first != speaker.phrase.first)
        and prepared.is_actor(cue.clause, phrase)
    ]
    german = data.code == "de"
    told = cue.lemma in ("tell", "inform", "assure")
    if told or cue.act in ("request", "accuse", "warn", "support"):
        for phrase in phrases:
            near = phrase.first <= cue.last + 2 if not german else True
            behind = phrase.first > cue.finite or (german and phrase.first > speaker.phrase.last)
            if phrase.preposition in (None, "upon", "on") and behind and near:
                return prepared.span(cue.clause, phrase)
    for phrase in phrases:
        near = german or cue.last < phrase.first <= cue.last + 6
        if (
            phrase.preposition in data.grammar.addressee_prepositions
            and near
            and phrase.first > min(cue.index, cue.finite)
            and cue.act not in ("deny", "reject", "accuse")
        ):
            return prepared.span(cue.clause, phrase)
    return None


def fold_reporters(
    attributions: Sequence[Attribution], is_outlet: Callable[[Span], bool]
) -> list[Attribution]:
    """An outlet that reports what somebody else says in the same sentence is the reporter."""
    outlets = [a for a in attributions if a.speaker and a.act == "declare" and is_outlet(a.speaker)]
    others = [a for a in attributions if a not in outlets and a.speaker]
    if not outlets or not others:
        return list(attributions)
    return [
        replace(a, reporter=a.reporter or outlets[0].speaker)
        for a in attributions
        if a not in outlets
    ]
