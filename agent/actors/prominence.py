"""Which entries have a name of their own, and which are worth listing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dragoman.actors.entries import Entry, Roster
from dragoman.actors.mentions import is_common
from dragoman.actors.tails import TAIL, head_of
from dragoman.language import language_data
from dragoman.schemas.evidence import Span
from dragoman.syntax.nouns import is_abstract, is_office
from dragoman.terminology.lexicon import is_compound, is_word
from dragoman.terminology.people import is_known_family, is_known_name
from dragoman.territories import DETERMINERS, country_of, territory

if TYPE_CHECKING:
    from dragoman.article import Article

_LOCATIVES: Final = frozenset(
    {"in", "im", "ins", "nach", "aus", "bei", "durch", "from", "to", "at", "en", "à", "au"}
)
"""Prepositions before the name of a country that is only a place."""

_WITHIN: Final = frozenset({"in", "im", "near", "nahe", "at"})
"""Prepositions behind which capitals name a place rather than a person."""

_CONTINENT: Final = frozenset({"Europa", "Europas", "Europe"})
"""A continent is nobody, though its union is."""

_ON_LINE: Final = frozenset({"on", "via", "auf", "über", "per", "bei"})
"""Prepositions before the name of a platform on which somebody writes."""

_AT_REST: Final = frozenset({"in", "at", "aus"})
"""Of these, those that tell of a place also before an article: "to the Union" is to somebody."""

_SHORT_WORD: Final = 2
"""Letters of a word in capitals that is rather a small word than an acronym."""

_BODIES: Final = frozenset({"organisation", "government", "group"})

_TITLED: Final = frozenset({"person", "company", "media"})
"""Kinds of actors before whose name stands what they are: "Mr", "the carrier"."""

_BODIES_NAMED: Final = frozenset({"organisation", "company", "government"})
"""Kinds of bodies whose name may end with a small noun: "Norda party", "Moor government"."""

ANYBODY: Final = frozenset(
    {"menschen", "leute", "kunden", "seite", "seiten", "länder", "ländern", "land", "städte"}
    | {"people", "customers", "side", "sides", "countries", "country", "parties"}
)
"""Words for people, places and parties that are nobody in particular."""

_AGENTS: Final = frozenset(
    {"protesters", "demonstrators", "opposition", "congress", "senate", "rebels", "separatists"}
    | {"demonstranten", "kongress", "senat", "repräsentantenhaus", "rebellen", "separatisten"}
)
"""Words for those who are parties to politics wherever they are mentioned."""

_WORDS = re.compile(r"[\w'’-]+|[^\w\s]")
_BESIDE: Final = 40
"""Characters around a mention that are looked at for a verb."""

_FOREIGN = re.compile(r"[A-Z]\w+(?:-[a-z]{1,3})+-[A-Z]\w+")
"""A foreign name with small words within: "Norda-e-Berg"."""

_PARTICLE = re.compile(r"[a-z]{1,3}-(?=[A-Z])")
"""A small word joined to a name: "al-Nordani"."""

_COMPASS: Final = frozenset({"north", "south", "east", "west", "northern", "southern"})
"""Words that begin the name of a region and not of a person."""


def words_beside(text: str, span: Span) -> tuple[list[str], list[str]]:
    """Words and marks before a mention (case folded) and behind it (as they are)."""
    before = _WORDS.findall(text[max(0, span.start - _BESIDE) : span.start].casefold())
    return before, _WORDS.findall(text[span.end : span.end + _BESIDE])


class Prominence:
    """Tells names from descriptions among the entries of an article."""

    def __init__(self, article: Article, roster: Roster) -> None:
        """Keep what is looked at."""
        self._article = article
        self._data = language_data(article.language)
        self._roster = roster

    def is_proper(self, entry: Entry) -> bool:
        """Whether an entry has a name of its own and not only a description."""
        if entry.territory is not None:
            return True
        words = entry.name.split()
        data = self._data
        if data is None:
            return len(words) > 1
        known = (data.names.media, data.names.bodies)
        if any(not names.isdisjoint((entry.name, *entry.forms)) for names in known):
            return True
        if not words[0][:1].isupper():
            return False
        if not _is_capital(words[-1]):
            return self._is_half_capital(entry, words)
        last = words[-1].casefold()
        if len(words) == 1:
            titled = entry.kind in _TITLED and (entry.role is not None or entry.addressed)
            return (
                entry.name in data.names.metonyms | data.names.companies
                or _FOREIGN.fullmatch(entry.name) is not None
                or (self._is_acronym(entry.name) and not is_abstract(last, data))
                or (titled and not self._is_word(entry.name))
                or (is_known_family(entry.name) and not self._is_plain_word(entry))
            )
        if entry.kind == "person":
            if is_office(head_of(entry.name), data):
                return False
            return self._is_name(words) and not self._belongs_to_another(words[0])
        described = any(
            word.islower() and word.endswith(("en", "er")) and word not in DETERMINERS
            for word in words
        )
        # In English a ministry with capitals is a name; in German every noun has one.
        ministry = entry.kind == "government" and data.code == "en"
        bodies = ("organisation", "company", "media")
        body = (entry.kind in bodies or ministry) and not self.is_event(last)
        return body and not described and not self._belongs_to_another(words[0])

    def _is_half_capital(self, entry: Entry, words: list[str]) -> bool:
        """Whether a body has a name before a small noun: "Norda party", not "Danish party"."""
        if entry.kind not in _BODIES_NAMED or TAIL.search(entry.name):
            return False
        named = words[:-1]
        own = all(word[:1].isupper() and "'" not in word for word in named)
        own = own and not (len(named) == 1 and self._is_word(named[0]))
        nation = territory(words[0]) or country_of(words[0])
        event = self.is_event(words[-1])
        return (own and nation is None and not event) or "and" in words

    def _is_plain_word(self, entry: Entry) -> bool:
        """Whether an entry may be an ordinary word: in English only where a sentence opens."""
        if self._article.language != "en":
            return self._is_word(entry.name)
        opens = (self._opens_sentence(span) for span in entry.spans)
        return self._is_word(entry.name) and all(opens)

    def _opens_sentence(self, span: Span) -> bool:
        sentence = self._article.sentence_at(span.start)
        return sentence is not None and sentence.start == span.start

    def _is_acronym(self, name: str) -> bool:
        """Whether capitals are an acronym of somebody: no model number, no word in capitals."""
        numbered = "-" in name and any(character.isdigit() for character in name)
        short = len(name) <= _SHORT_WORD and self._is_word(name)
        return name.isupper() and not numbered and not short

    def _is_name(self, words: list[str]) -> bool:
        """Whether capitalised words name a person: known names do, ordinary words do not."""
        if is_known_name(" ".join(words)):
            return True
        if words[0].casefold() in _COMPASS or is_common(words, self._article.language):
            return False
        last = words[-1]
        native = self._article.language == "de" and (
            is_compound(last) or (self._is_word(last) and not is_word(last, "en"))
        )
        return not native and not all(self._is_word(word) for word in words)

    def is_event(self, word: str) -> bool:
        """Whether a word (case folded) names a meeting and nobody."""
        return self._data is not None and word in self._data.meetings.nouns

    def _belongs_to_another(self, word: str) -> bool:
        """Whether a name begins with another actor's in the genitive: "Putins Koch"."""
        return word.endswith("s") and len(word) > 3 and self._roster.find(word[:-1]) is not None

    def _is_word(self, word: str) -> bool:
        """Whether the last part of a word is an ordinary word of the language."""
        return is_word(word.rpartition("-")[2] or word, self._article.language)

    def is_prominent(self, entry: Entry) -> bool:
        """Whether an actor is worth listing even if no item needs it: one with a proper name.

        Bodies and groups that are described count if they act and are mentioned again, or carry
        a name in front ("Berg-Regierung"). A country that only tells where something happens
        is none.
        """
        named = self.is_proper(entry) and not self._is_only_a_place(entry)
        return named or self._is_described_body(entry)

    def _is_described_body(self, entry: Entry) -> bool:
        data = self._data
        if data is None or entry.territory or not entry.known or entry.kind not in _BODIES:
            return False
        head = head_of(entry.name)
        noun = head.rpartition("-")[2]
        if noun in ANYBODY or is_abstract(head, data):
            return False
        if noun in _AGENTS:
            return True
        numbered = noun.isdigit()  # a model of a thing: "F-16"
        first = entry.name.partition("-")[0]
        own = first.isupper() or territory(first) is not None or not self._is_word(first)
        named = entry.name[:1].isupper() and " " not in entry.name and "-" in entry.name
        named = named and own and not numbered
        return named or (len(entry.spans) > 1 and any(map(self._acts, entry.spans)))

    def _acts(self, span: Span) -> bool:
        """Whether a mention stands beside a verb of which it may be the subject."""
        data = self._data
        if data is None:
            return False
        before, after = words_beside(self._article.text, span)
        while before and before[-1] in data.grammar.determiners:
            before.pop()
        if before and before[-1] in data.grammar.prepositions:
            return False
        beside = [*map(str.casefold, after[:1]), *(before[-1:] if data.code == "de" else ())]
        return any(word in data.verbs or word in data.grammar.finite for word in beside)

    def _is_only_a_place(self, entry: Entry) -> bool:
        """Whether an entry only tells where something happens: in a country, on a platform."""
        data, text = self._data, self._article.text
        spans = [span for span in entry.spans if not _is_dateline(text, span)]
        if entry.spans and not spans:
            return True
        if entry.kind == "person" and entry.role is None and not is_known_name(entry.name):
            return bool(spans) and all(_stands_behind(text, span, _WITHIN) for span in spans)
        if _CONTINENT.issuperset(entry.forms):
            return True
        platform = data is not None and entry.name in data.names.companies
        if entry.territory is None and not platform:
            return False
        places = _ON_LINE if platform else _LOCATIVES
        return all(_stands_behind(text, span, places) for span in spans)


_DATELINE = re.compile(r" (?:\([A-Za-z]{2,10}\)|[-–—]{1,2}) ")
"""What follows the town that an agency's report begins with."""


def _is_dateline(text: str, span: Span) -> bool:
    """Whether a mention is the town a report is from: "OSLO (AP) -"."""
    opens = span.start == 0 or text[span.start - 1] == "\n"
    return opens and _DATELINE.match(text, span.end) is not None


_LISTED = re.compile(
    r"[A-ZÄÖÜ][\w’'-]*(?:,(?: and| or| und| oder)?| and| or| und| oder) (?:the |der )?$"
)
"""A name before another one in a list: "in Norway, Sweden or "."""


def _stands_behind(text: str, span: Span, prepositions: frozenset[str]) -> bool:
    """Whether one of the prepositions stands before a mention or the list it is in."""
    before = text[max(0, span.start - _BESIDE) : span.start]
    while (listed := _LISTED.search(before)) is not None:
        before = before[: listed.start()]
    words = before.casefold().split()
    if words and words[-1] in DETERMINERS:
        words.pop()
        prepositions &= _AT_REST
    return bool(words) and words[-1] in prepositions


def _is_capital(word: str) -> bool:
    """Whether a word begins with a capital, after a small word at most: "al-Nordani"."""
    return _PARTICLE.sub("", word, count=1)[:1].isupper()
