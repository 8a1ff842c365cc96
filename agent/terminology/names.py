"""Names of people held against the authority list, with office and country as context.

A name is only corrected where the list and the context leave no doubt who is meant; a person the
list does not know is left alone.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from dragoman.schemas.vocabulary import Impact
from dragoman.terminology.findings import Finding
from dragoman.terminology.lexicon import is_word
from dragoman.terminology.people import (
    Person,
    by_family,
    by_given,
    country_words,
    holders_by_title,
    joined_names,
    long_families,
    office_words,
)
from dragoman.terminology.similarity import distance, plain, ratio, sound_key
from dragoman.terminology.transcription import german_family, given_names, is_slavic

if TYPE_CHECKING:
    from dragoman.article import Article, Sentence

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
# Scripts whose names have no one spelling in Latin letters: small differences are no errors.
_OTHER_SCRIPTS: Final = frozenset({
    "RU", "UA", "BY", "BG", "RS", "MK", "GE", "AM", "KZ", "UZ", "TJ", "KG", "TM", "MN",
    "IR", "AF", "SY", "IQ", "LB", "JO", "EG", "LY", "TN", "DZ", "MA", "SD", "SA", "AE",
    "QA", "YE", "IL", "PS", "IN", "PK", "BD", "NP", "LK", "MM", "TH", "KH", "LA", "KR",
    "KP", "JP", "CN", "TW", "HK", "ET", "ER", "GR", "CY",
})  # fmt: skip


_ONE_ROMANISATION: Final = frozenset({"JP", "CN", "KR", "KP", "TH", "KH"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence; offsets are those of the article."""

    text: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[:1].isupper()


class _Mention(NamedTuple):
    """Neighbouring words that are taken for a family name."""

    first: int
    last: int
    family: str


def words_of(sentence: Sentence) -> list[Word]:
    """The words of a sentence."""
    return [
        Word(found[0], sentence.start + found.start(), sentence.start + found.end())
        for found in _WORD.finditer(sentence.text)
    ]


def name_findings(article: Article) -> list[Finding]:
    """Names of known people that are misspelled in the article."""
    language = article.language.split("-")[0]
    if language not in {"de", "en"}:
        return []
    findings: list[Finding] = []
    whole = article.text.lower()
    for sentence in article.body:
        reader = _Reader(article.text, whole, sentence, language)
        findings += reader.findings()
    return findings


class _Reader:
    """Reads the names of one sentence."""

    def __init__(self, text: str, whole: str, sentence: Sentence, language: str) -> None:
        self.text = text
        self.whole = whole
        self.sentence = sentence.text.lower()
        self.language = language
        self.words = words_of(sentence)

    def findings(self) -> Iterator[Finding]:
        position = 0
        while position < len(self.words):
            mention = self._mention(position)
            if mention is not None:
                yield from self._known_family(mention)
                position = mention.last + 1
                continue
            finding = self._unknown(position)
            if finding is not None:
                yield finding
            position += 1

    def _mention(self, position: int) -> _Mention | None:
        """A known family name that begins at a word, the longest one."""
        for length in (3, 2, 1):
            last = position + length - 1
            if last >= len(self.words) or not self._adjacent(position, last):
                continue
            family = self.text[self.words[position].start : self.words[last].end]
            for form in (family, _without_genitive(family)):
                if self.words[last].capital and plain(form) in by_family():
                    return _Mention(position, last, form)
        return None

    def _adjacent(self, first: int, last: int) -> bool:
        """Whether nothing but a space stands between the words from `first` to `last`."""
        return all(
            self.words[index].end + 1 == self.words[index + 1].start
            and self.text[self.words[index].end] in " \u00a0"
            for index in range(first, last)
        )

    # Family names the list knows ------------------------------------------------------------

    def _known_family(self, mention: _Mention) -> Iterator[Finding]:
        candidates = by_family()[plain(mention.family)]
        for person in candidates:
            given = self._given(person, mention)
            if given is not None:
                finding = self._spelling(person, mention, given)
                if finding is not None:
                    yield finding
                return
        finding = self._near_given(candidates, mention) or self._family_alone(candidates, mention)
        if finding is not None:
            yield finding

    def _given(self, person: Person, mention: _Mention) -> _Mention | None:
        """The given name beside a family name, if it is one of this person's spellings."""
        spellings = (person.parts(self.language)[0], person.given, person.german_given)
        for spelling in dict.fromkeys(spellings):
            place = self._beside(person, mention, max(1, len(spelling.split())))
            if place is not None and plain(_without_genitive(place.family)) == plain(spelling):
                return place._replace(family=spelling)
            if place is not None and plain(place.family) == plain(spelling):
                return place._replace(family=spelling)
        return None

    def _beside(self, person: Person, mention: _Mention, length: int) -> _Mention | None:
        first = mention.last + 1 if person.family_first else mention.first - length
        last = first + length - 1
        if first < 0 or last >= len(self.words):
            return None
        if not self._adjacent(min(first, mention.first), max(last, mention.last)):
            return None
        return _Mention(first, last, self.text[self.words[first].start : self.words[last].end])

    def _spelling(self, person: Person, mention: _Mention, given: _Mention) -> Finding | None:
        """Both names belong to this person; are they spelled as the language spells them?"""
        right_given, right_family = person.parts(self.language)
        family_right = person.is_right_family(mention.family, self.language)
        if family_right and (
            plain(given.family) == plain(right_given) or person.country in _OTHER_SCRIPTS
        ):
            return None
        family = mention.family if family_right else right_family
        return self._replace(
            person, mention, given, person.join(right_given, family), "minor", 0.95
        )

    def _near_given(self, candidates: Sequence[Person], mention: _Mention) -> Finding | None:
        """The family name is right, the given name nearly that of its bearer."""
        scored: list[tuple[float, Person, _Mention]] = []
        for person in candidates:
            given = person.parts(self.language)[0]
            place = self._beside(person, mention, max(1, len(given.split())))
            if place is None or not given or not self.words[place.first].capital:
                continue
            written = _without_genitive(place.family) if person.family_first else place.family
            scored.append((ratio(written, given), person, place))
        if not scored:
            return None
        scored.sort(key=lambda item: -item[0])
        likeness, person, place = scored[0]
        family_right = person.is_right_family(mention.family, self.language)
        if not self._is_same_given(person, place.family, likeness, family_right=family_right):
            return None
        second = scored[1][0] if len(scored) > 1 else 0.0
        if likeness - second < 0.1:
            return None
        return self._replace(person, mention, place, person.name(self.language), "major", 0.85)

    def _is_same_given(
        self, person: Person, written: str, likeness: float, *, family_right: bool
    ) -> bool:
        given = person.parts(self.language)[0]
        level = self.context(person)
        if len(written) < 3 or written.isupper() or is_word(written, self.language):
            return False
        alike = sound_key(written) == sound_key(given) or distance(written, given) <= 2
        if person.country in _OTHER_SCRIPTS and alike and not person.family_first:
            # Another transcription of the same name; it only goes with a wrong family name.
            return not family_right
        if person.family_first:
            return level == 2 and likeness >= 0.7 and len(written) >= 6
        same_initial = plain(written)[0] == plain(given)[0]
        if plain(written) in by_given():
            return level == 2 and likeness >= 0.8 and same_initial
        if level == 2:
            return same_initial and likeness >= 0.55
        return level == 1 and same_initial and likeness >= 0.8

    def _family_alone(self, candidates: Sequence[Person], mention: _Mention) -> Finding | None:
        """A family name in the spelling of another language."""
        if any(person.is_right_family(mention.family, self.language) for person in candidates):
            return None
        families = {person.parts(self.language)[1] for person in candidates}
        if len(families) > 1 or is_word(mention.family, self.language):
            return None
        person = candidates[0]
        if self.context(person) == 0 and len(mention.family) < 7:
            return None
        written = self.text[self.words[mention.first].start : self.words[mention.last].end]
        right = families.pop() + written[len(mention.family) :]
        given = self._transcribed_given(mention)
        start = self.words[mention.first].start
        if given is not None:
            start, right = given[0], f"{given[1]} {right}"
        return Finding(
            start, self.words[mention.last].end, right, "name", "minor",
            f"{self.language_name()} spelling of the name", "glossary", 0.9,
        )  # fmt: skip

    def _transcribed_given(self, mention: _Mention) -> tuple[int, str] | None:
        if self.language != "de" or mention.first == 0:
            return None
        word = self.words[mention.first - 1]
        if not self._adjacent(mention.first - 1, mention.first):
            return None
        german = given_names().get(plain(word.text))
        return (word.start, german) if german else None

    # Family names the list does not know -----------------------------------------------------

    def _unknown(self, position: int) -> Finding | None:
        word = self.words[position]
        if not word.capital or len(word.text) < 4:
            return None
        return (
            self._joined(position)
            or self._near_family(position)
            or self._near_family_after_title(position)
            or self._transcribed(position)
        )

    def _joined(self, position: int) -> Finding | None:
        """A name of several words written as one ("Xijinping", "Vonderleyen")."""
        word = self.words[position]
        person = joined_names().get(plain(word.text)) or long_families().get(sound_key(word.text))
        if person is None or not self.context(person) or is_word(word.text, self.language):
            return None
        family_first = person.family_first
        right = person.name(self.language) if family_first else person.parts(self.language)[1]
        return Finding(
            word.start, word.end, right, "name", "minor" if family_first else "major",
            _reason(person, self.language), "glossary", 0.85 if family_first else 0.75,
        )  # fmt: skip

    def _near_family(self, position: int) -> Finding | None:
        """A known given name before a family name that is nearly its bearer's."""
        word = self.words[position]
        if position == 0 or not self._adjacent(position - 1, position):
            return None
        before = self.words[position - 1]
        bearers = by_given().get(plain(before.text), ()) if before.capital else ()
        written = _without_genitive(word.text)
        found = [
            person
            for person in bearers
            if not person.family_first
            and self._is_same_family(person, written, rare=len(bearers) == 1)
        ]
        families = {person.parts(self.language)[1] for person in found}
        if len(families) != 1:
            return None
        person = found[0]
        right = f"{before.text} {families.pop()}" + word.text[len(written) :]
        return Finding(
            before.start, word.end, right, "name", "major",
            _reason(person, self.language), "glossary", 0.8,
        )  # fmt: skip

    def _is_same_family(self, person: Person, written: str, *, rare: bool) -> bool:
        family = person.parts(self.language)[1]
        key = sound_key(written)
        same_sound = len(key) >= 3 and key == sound_key(family)
        likeness = ratio(written, family)
        level = self.context(person)
        if same_sound and person.country in _OTHER_SCRIPTS - _ONE_ROMANISATION:
            return False  # another transcription of the same name
        if level == 2:
            return same_sound or (likeness >= 0.72 and plain(written)[0] == plain(family)[0])
        if is_word(written, self.language):
            return False
        return level == 1 and rare and (same_sound or likeness >= 0.8)

    def _near_family_after_title(self, position: int) -> Finding | None:
        """A title before a family name that is nearly that of the office's holder."""
        word = self.words[position]
        written = _without_genitive(word.text)
        if position == 0 or len(written) < 5 or is_word(written, self.language):
            return None
        before = self.text[max(0, word.start - 40) : word.start].lower().rstrip()
        holders = [
            person
            for person in self._holders(before)
            if self.context(person) == 2 and _is_near(written, person.parts(self.language)[1])
        ]
        families = {person.parts(self.language)[1] for person in holders}
        if len(families) != 1:
            return None
        right = families.pop() + word.text[len(written) :]
        return Finding(
            word.start, word.end, right, "name", "major",
            _reason(holders[0], self.language), "glossary", 0.75,
        )  # fmt: skip

    def _holders(self, before: str) -> Iterator[Person]:
        """People whose title the words before a name end with."""
        titles = holders_by_title(self.language)
        for place in range(len(before)):
            if place == 0 or not before[place - 1].isalnum():
                yield from titles.get(before[place:], ())

    def _transcribed(self, position: int) -> Finding | None:
        """In German: a Slavic name, not on the list, in English romanisation."""
        if self.language != "de" or position == 0 or not self._adjacent(position - 1, position):
            return None
        before, word = self.words[position - 1], self.words[position]
        given = given_names().get(plain(before.text))
        written = _without_genitive(word.text)
        if given is None or not is_slavic(written):
            return None
        right = german_family(written)
        if right == written:
            return None
        return Finding(
            before.start, word.end, f"{given} {right}{word.text[len(written) :]}", "name", "minor",
            "German transcription of the name", "glossary", 0.7,
        )  # fmt: skip

    # Helpers -------------------------------------------------------------------------------------

    def context(self, person: Person) -> int:
        """How well a person fits in: 2 office and country in the sentence, 1 some, 0 nothing."""
        titles = [title for code in person.offices for title in office_words(code, self.language)]
        places = country_words(person.country, self.language)
        here = _mentions(self.sentence, titles), _mentions(self.sentence, places)
        if all(here):
            return 2
        if any(here):
            return 1
        return int(_mentions(self.whole, titles) and _mentions(self.whole, places))

    def language_name(self) -> str:
        """Name of the article's language, for reasons."""
        return "German" if self.language == "de" else "English"

    def _replace(
        self, person: Person, mention: _Mention, given: _Mention, right: str, impact: Impact,
        confidence: float,
    ) -> Finding:  # fmt: skip
        first, last = min(given.first, mention.first), max(given.last, mention.last)
        end = self.words[last].end
        written = self.text[self.words[first].start : end]
        if self.language == "de" and written.endswith("s") and not right.endswith("s"):
            right += "s"  # the genitive ending stays
        return Finding(
            self.words[first].start, end, right, "name", impact,
            _reason(person, self.language), "glossary", confidence,
        )  # fmt: skip


def _is_near(written: str, family: str) -> bool:
    if plain(written) == plain(family):
        return False
    key = sound_key(written)
    if len(key) >= 3 and key == sound_key(family):
        return True
    return plain(written)[:4] == plain(family)[:4] and ratio(written, family) >= 0.6


def _mentions(text: str, words: Sequence[str]) -> bool:
    return any(_begins(word).search(text) for word in words)


@functools.lru_cache(maxsize=4096)
def _begins(word: str) -> re.Pattern[str]:
    """A pattern for a word of our own lists at the beginning of a word."""
    return re.compile(rf"(?<!\w){re.escape(word)}")


def _without_genitive(word: str) -> str:
    if word.endswith(("'s", "’s")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and len(word) > 4 else word


def _reason(person: Person, language: str) -> str:
    titles = ", ".join(code.replace("_", " ") for code in person.offices)
    return f"{person.name(language)}: {titles}, {person.country}, {person.years}"
