"""The words a check must weigh in one language: negations, modals, numbers, dates and the like."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from dragoman.language import language_data


@dataclass(frozen=True, slots=True)
class Stems:
    """Beginnings of words; asks in constant time whether a word begins like one of them."""

    beginnings: frozenset[str] = frozenset()
    longest: int = 0

    @classmethod
    def of(cls, beginnings: list[str]) -> Stems:
        """Build from a list of beginnings in lower case."""
        return cls(frozenset(beginnings), max(map(len, beginnings), default=0))

    def __contains__(self, key: object) -> bool:
        """Whether the word `key` (case folded) is, or begins like, an entry.

        Entries of up to three letters must be the whole word.
        """
        return isinstance(key, str) and self.match(key) is not None

    def within(self, key: str) -> bool:
        """Whether the word or, in a compound, its last part begins like an entry."""
        if key in self:
            return True
        return any(key[start:] in self for start in range(3, len(key) - 4))

    def match(self, key: str) -> str | None:
        """The longest entry with which the word begins."""
        if key in self.beginnings:
            return key
        for length in range(min(self.longest, len(key)), 3, -1):
            if key[:length] in self.beginnings:
                return key[:length]
        return None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What agent/data/grounding.CODE.toml says of one language; empty for all others."""

    code: str
    negations: frozenset[str] = frozenset()
    modality: Mapping[str, str] = field(default_factory=dict)
    """Class of a modal word: possible, necessary, certain, wanted."""
    hedges: frozenset[str] = frozenset()
    """Words without which a possibility would read as a fact."""
    attitudes: Stems = Stems()
    """Words that by themselves say that something is not certain: hopes, fears, plans."""
    support: Stems = Stems()
    refusal: Stems = Stems()
    stances: Mapping[str, int] = field(default_factory=dict)
    """Further verb forms that stand for support, 1, or refusal, -1."""
    opposites: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """For the beginning of a word, the beginnings that say the opposite."""
    opposite_stems: Stems = Stems()
    numbers: Mapping[str, int] = field(default_factory=dict)
    magnitudes: Mapping[str, int] = field(default_factory=dict)
    months: Mapping[str, int] = field(default_factory=dict)
    weekdays: Mapping[str, int] = field(default_factory=dict)
    relative_dates: frozenset[str] = frozenset()
    pronouns: frozenset[str] = frozenset()
    subject_pronouns: frozenset[str] = frozenset()
    first_person: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    prepositions: frozenset[str] = frozenset()
    place_prepositions: frozenset[str] = frozenset()
    partner_prepositions: frozenset[str] = frozenset()
    target_prepositions: frozenset[str] = frozenset()
    oblique: frozenset[str] = frozenset()
    """Articles that never stand before a subject."""
    function: frozenset[str] = frozenset()
    clause_starts: frozenset[str] = frozenset()
    meeting_words: Stems = Stems()
    future: Stems = Stems()
    met: Stems = Stems()
    past: Stems = Stems()
    cancelled: Stems = Stems()
    postponed: Stems = Stems()
    called_for: Stems = Stems()

    @property
    def known(self) -> bool:
        """Whether there is data for this language."""
        return bool(self.negations)

    def polarity(self, key: str) -> int:
        """1 for a word of support, -1 for one of refusal, 0 for any other."""
        stance = (key in self.support) - (key in self.refusal)
        return stance or self.stances.get(key, 0)

    def opposed(self, one: str, other: str) -> bool:
        """Whether two words say the opposite of each other."""
        if self.polarity(one) * self.polarity(other) < 0:
            return True
        return any(
            other.startswith(beginning)
            for beginning in self.opposites.get(self.opposite_stems.match(one) or "", ())
        )

    def date_key(self, key: str) -> str | None:
        """A month, weekday or relative day in a form that all its writings share, or None."""
        if key in self.months:
            return f"month {self.months[key]}"
        if key in self.weekdays:
            return f"weekday {self.weekdays[key]}"
        for ending in ("s", "en", "n", "abend", "morgen", "nachmittag", "nacht"):
            stem = key.removesuffix(ending)
            if stem in self.weekdays:
                return f"weekday {self.weekdays[stem]}"
        return key if key in self.relative_dates else None


_SIGNS = {"support": 1, "agree": 1, "reject": -1, "deny": -1, "accuse": -1}


def _stances(code: str, function: frozenset[str]) -> dict[str, int]:
    """Verb forms of attribution's word lists whose acts all lie on one side.

    The small word of an idiom ("von sich weisen") stands for nothing by itself.
    """
    data = language_data(code)
    if data is None:
        return {}
    signs = {
        form: {_SIGNS.get(verb.act, 0) for verb in verbs}
        for form, verbs in data.verbs.items()
        if form not in function
    }
    return {form: next(iter(found)) for form, found in signs.items() if len(found) == 1}


@cache
def lexicon(code: str) -> Lexicon:
    """The lexicon of a language by its ISO 639-1 code; an empty one where there is none."""
    file = resources.files("dragoman").joinpath("data", f"grounding.{code}.toml")
    if not code.isalpha() or not file.is_file():
        return Lexicon(code)
    return _from_data(code, tomllib.loads(file.read_text("utf-8")))


def _from_data(code: str, data: Mapping[str, Any]) -> Lexicon:
    words, meeting = data["words"], data["meeting"]
    opposites: dict[str, set[str]] = {}
    for one, other in data["opposites"]["pairs"]:
        opposites.setdefault(one, set()).add(other)
        opposites.setdefault(other, set()).add(one)
    return Lexicon(
        code,
        negations=frozenset(data["negations"]),
        modality={word: name for name, words_ in data["modality"].items() for word in words_},
        hedges=frozenset(data["hedges"]),
        attitudes=Stems.of(data["attitude_stems"]),
        support=Stems.of(data["polarity"]["support_stems"]),
        refusal=Stems.of(data["polarity"]["refusal_stems"]),
        stances=_stances(code, frozenset(words["function"])),
        opposites={stem: frozenset(others) for stem, others in opposites.items()},
        opposite_stems=Stems.of(list(opposites)),
        numbers=data["numbers"],
        magnitudes=data["magnitudes"],
        months=data["months"],
        weekdays=data["weekdays"],
        relative_dates=frozenset(words["relative_dates"]),
        pronouns=frozenset(words["pronouns"]),
        subject_pronouns=frozenset(words["subject_pronouns"]),
        first_person=frozenset(words["first_person"]),
        articles=frozenset(words["articles"]),
        prepositions=frozenset(words["prepositions"]),
        partner_prepositions=frozenset(words["partner_prepositions"]),
        place_prepositions=frozenset(words["place_prepositions"]),
        target_prepositions=frozenset(words["target_prepositions"]),
        oblique=frozenset(words["oblique_articles"]),
        function=frozenset(words["function"]),
        clause_starts=frozenset(words["clause_starts"]),
        meeting_words=Stems.of(meeting["words_stems"]),
        future=Stems.of(meeting["future_stems"]),
        met=Stems.of(meeting["met_stems"]),
        past=Stems.of(meeting["past_stems"]),
        cancelled=Stems.of(meeting["negation_stems"]),
        postponed=Stems.of(meeting["postponed_stems"]),
        called_for=Stems.of(meeting["called_stems"]),
    )
