"""A baseline to beat: no model, only a list of stems and the capitalised words around them.

It is meant to be simple, not bad: the stems are those of common reporting verbs in the languages
of the cases.
"""

from __future__ import annotations

import re
import time
from typing import Literal

from dragoman.article import Article
from dragoman.evals.plain import (
    PlainAnswer,
    PlainMeeting,
    PlainPosition,
    PlainWarning,
    as_brief,
)
from dragoman.schemas.brief import Brief, Run
from dragoman.schemas.vocabulary import Act

# Stems of reporting verbs with the act they suggest; the first that occurs in a sentence counts.
_STEMS: tuple[tuple[str, Act | Literal["warn", "meet"]], ...] = (
    ("warn", "warn"),
    ("avert", "warn"),
    ("droh", "warn"),
    ("threaten", "warn"),
    ("menac", "warn"),
    ("traf", "meet"),
    ("getroffen", "meet"),
    ("treffen", "meet"),
    ("met with", "meet"),
    ("meeting", "meet"),
    ("rencontr", "meet"),
    ("forder", "request"),
    ("urge", "request"),
    ("demand", "request"),
    ("call for", "request"),
    ("called on", "request"),
    ("appel", "request"),
    ("beschuldig", "accuse"),
    ("kritisier", "accuse"),
    ("accus", "accuse"),
    ("critici", "accuse"),
    ("condemn", "accuse"),
    ("verurteil", "accuse"),
    ("ablehn", "reject"),
    ("lehnt", "reject"),
    ("reject", "reject"),
    ("rejet", "reject"),
    ("bestr", "deny"),
    ("dementier", "deny"),
    ("denied", "deny"),
    ("unterstütz", "support"),
    ("support", "support"),
    ("soutien", "support"),
    ("vereinbar", "agree"),
    ("agreed", "agree"),
    ("sagt", "declare"),
    ("erklär", "declare"),
    ("beton", "declare"),
    ("said", "declare"),
    ("stated", "declare"),
    ("told", "declare"),
    ("déclar", "declare"),
    ("affirm", "declare"),
)
_CAPITALISED = re.compile(r"\b[^\W\d_a-zß-ÿ][\w'’-]+(?: [^\W\d_a-zß-ÿ][\w'’-]+)*")


def cue_words(article: Article) -> Brief:
    """The brief of stems and capitalised words, without a model.

    The holder is the run of capitalised words nearest before the cue, or else the first one after
    it; the participants of a meeting are the first two runs of its sentence.
    """
    started = time.monotonic()
    answer = PlainAnswer(actors=[], meetings=[], positions=[], warnings=[], corrections=[])
    for number, sentence in enumerate(article.sentences, start=1):
        folded = sentence.text.casefold()
        found = [(folded.find(stem), act) for stem, act in _STEMS if stem in folded]
        names = list(_CAPITALISED.finditer(sentence.text))
        if not found or not names:
            continue
        position, act = found[0]
        before = [name for name in names if name.end() <= position]
        holder = (before[-1] if before else names[0]).group()
        if act == "meet":
            answer.meetings.append(
                PlainMeeting(
                    participants=[name.group() for name in names[:2]],
                    status="held",
                    sentences=[number],
                )
            )
        elif act == "warn":
            answer.warnings.append(
                PlainWarning(
                    issuer=holder,
                    addressee=None,
                    kind="caution",
                    statement=sentence.text,
                    sentences=[number],
                )
            )
        else:
            answer.positions.append(
                PlainPosition(
                    holder=holder,
                    act=act,
                    target=None,
                    statement=sentence.text,
                    sentences=[number],
                )
            )
    run = Run(
        model="none",
        endpoint="none",
        strategy="none",
        prompts={},
        requests=0,
        attempts=0,
        retries={},
        input_tokens=0,
        output_tokens=0,
        cached_tokens=0,
        seconds=time.monotonic() - started,
        complete=True,
    )
    return as_brief(answer, article, run)
