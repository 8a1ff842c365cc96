"""How likely an entry is one of the article's actors: a logistic regression on how it is told.

Names told once in passing, words taken for names and groups that are nobody in particular are less
likely than a minister at the head of three sentences. The weights lie in `data/salience.toml`;
`evals/EXPERIMENTS.md` says on what they were fitted and what they gain. Entity salience told by
such features goes back to Dunietz and Gillick (2014).
"""

from __future__ import annotations

import functools
import math
import re
import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from dragoman.actors.entries import Entry, Roster
from dragoman.actors.prominence import ANYBODY, Prominence, words_beside
from dragoman.actors.tails import head_of
from dragoman.language import language_data
from dragoman.schemas.evidence import Span
from dragoman.syntax.nouns import is_abstract, noun_kind
from dragoman.terminology.builtin import read_data
from dragoman.terminology.lexicon import is_word
from dragoman.terminology.people import is_known_name
from dragoman.territories import country_of, territory

if TYPE_CHECKING:
    from dragoman.article import Article
    from dragoman.language import LanguageData

_MODEL_NUMBER = re.compile(r"-\d+$")
"""How the name of a thing or a disease ends: "F-16"."""

_LEAD: Final = 3
"""Sentences at the head of an article that say what it is about."""

_INDEFINITE: Final = frozenset({"a", "an", "ein", "eine", "einen", "einem", "einer", "eines"})
_OWNED: Final = frozenset({"our", "my", "unser", "unsere", "unseren", "unserer", "mein", "meine"})
_PARTNER: Final = frozenset(
    {"by", "with", "between", "against", "mit", "durch", "zwischen", "gegen"}
)
_JOINED: Final = frozenset({",", "and", "or", "und", "oder"})
_OWNER_BEHIND: Final = frozenset({"of", "in", "von", "der", "des", "im"})
_RELATIVE: Final = frozenset({"who", "which", "that", "die", "der"})


class Salience:
    """Tells how likely entries are actors, by their names and the words beside their mentions."""

    def __init__(self, article: Article, roster: Roster, prominence: Prominence) -> None:
        """Keep what is looked at."""
        self._article = article
        self._data = language_data(article.language)
        self._roster = roster
        self._prominence = prominence
        self._index: tuple[list[int], list[Span], int] | None = None
        self._counted = 0

    def probability(self, entry: Entry) -> float:
        """How likely the entry is an actor, from 0 to 1; 0 or 1 by rule where words tell nothing.

        That is in a language without data, and of an entry that is mentioned nowhere.
        """
        if self._data is None or not entry.spans:
            return float(self._prominence.is_prominent(entry))
        if _MODEL_NUMBER.search(entry.name):
            return 0.0
        weights = _weights()
        features = {**self._of_name(entry, self._data), **self._of_mentions(entry, self._data)}
        score = weights["constant"] + sum(weights[name] * value for name, value in features.items())
        return 1 / (1 + math.exp(-score))

    def _of_name(self, entry: Entry, data: LanguageData) -> dict[str, float]:
        words = entry.name.split()
        head = head_of(entry.name)
        kind = noun_kind(head, data)
        prominence = self._prominence
        return {
            "prominent": prominence.is_prominent(entry),
            "proper": prominence.is_proper(entry),
            "known_kind": entry.known,
            "known_name": is_known_name(entry.name),
            "has_office": entry.role is not None,
            "known_outlet": entry.name in data.names.media,
            "nation_in_name": any(country_of(word) or territory(word) for word in words),
            "begins_with_capital": words[0][:1].isupper(),
            "ordinary_word": is_word(head.rpartition("-")[2], data.code),
            "group_noun": kind == "group",
            "no_noun_for_an_actor": kind is None,
            "notion": is_abstract(head, data),
            "nobody_in_particular": head.rpartition("-")[2] in ANYBODY,
            "event": prominence.is_event(head.rpartition("-")[2]),
            "person": entry.kind == "person",
        }

    def _of_mentions(self, entry: Entry, data: LanguageData) -> dict[str, float]:
        seen = [self._of_mention(entry, span, data) for span in entry.spans]

        def share(name: str) -> float:
            return sum(mention[name] for mention in seen) / len(seen)

        def ever(name: str) -> float:
            return float(any(mention[name] for mention in seen))

        often = {name: share(name) for name in _SHARES}
        once = {f"ever_{name}": ever(name) for name in _EVER}
        lead = {sentence.end for sentence in self._article.body[:_LEAD]}
        return {
            **often,
            **once,
            "mentions": math.log(len(seen)),
            "in_lead": float(bool(lead) and entry.spans[0].start < max(lead)),
        }

    def _of_mention(self, entry: Entry, span: Span, data: LanguageData) -> dict[str, bool]:
        text = self._article.text
        before, behind = words_beside(text, span)
        possessives = data.grammar.possessives | _OWNED
        determiner = before.pop() if before and before[-1] in data.grammar.determiners else ""
        last = before[-1] if before else ""
        next_word = behind[0] if behind else ""
        following = next_word.casefold()
        return {
            "opens_sentence": self._opens_sentence(span),
            "determiner": bool(determiner),
            "indefinite": determiner in _INDEFINITE,
            "possessed": determiner in possessives or last in possessives,
            "partner": last in _PARTNER,
            "behind_verb": last in data.verbs or last in data.grammar.finite,
            "before_reporting_verb": following in data.verbs,
            "joined": last in _JOINED,
            "owned": following in _OWNER_BEHIND,
            "relative_clause": following in _RELATIVE,
            "before_capital": next_word[:1].isupper(),
            "within_a_name": self._is_within(entry, span),
            "in_compound": "-" in (text[max(0, span.start - 1) : span.start], following),
        }

    def _opens_sentence(self, span: Span) -> bool:
        sentence = self._article.sentence_at(span.start)
        return sentence is not None and span.start - sentence.start <= _LONGEST_ARTICLE

    def _is_within(self, entry: Entry, span: Span) -> bool:
        """Whether a mention lies in a longer one of another entry."""
        starts, spans, longest = self._all_spans()
        first = bisect_left(starts, span.start - longest)
        last = bisect_right(starts, span.start)
        return any(
            span.end <= other.end and other != span and other not in entry.spans
            for other in spans[first:last]
        )

    def _all_spans(self) -> tuple[list[int], list[Span], int]:
        """All mentions by their beginnings, and the characters of the longest.

        Kept until there is another, so that the cost stays linear in the article.
        """
        count = sum(len(entry.spans) for entry in self._roster.entries)
        if self._index is None or self._counted != count:
            every = (span for entry in self._roster.entries for span in entry.spans)
            spans = sorted(every, key=lambda span: span.start)
            longest = max((span.end - span.start for span in spans), default=0)
            self._index = [span.start for span in spans], spans, longest
            self._counted = count
        return self._index


_LONGEST_ARTICLE: Final = len("einer ")
"""Characters of the determiner that may stand before a mention that opens a sentence."""

_SHARES: Final = (
    *("indefinite", "determiner", "partner", "owned", "relative_clause"),
    *("before_capital", "within_a_name", "in_compound", "opens_sentence"),
)
_EVER: Final = (
    *("opens_sentence", "determiner", "possessed", "partner", "joined"),
    *("before_reporting_verb", "behind_verb"),
)


@functools.cache
def _weights() -> Mapping[str, float]:
    table = tomllib.loads(read_data("salience.toml").decode("utf-8"))
    return {str(name): float(value) for name, value in table.items()}
