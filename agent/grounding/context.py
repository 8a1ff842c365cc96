"""The article as the rules see it: its words, who speaks where, and what its names are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from rapidfuzz.distance import JaroWinkler

from dragoman.article import Article, Quotation, Sentence
from dragoman.attribution import (
    Attribution,
    MeetingCue,
    attribute,
    meeting_cues,
    name_spans,
)
from dragoman.grounding.lexicon import Lexicon, lexicon
from dragoman.grounding.names import Party, stem
from dragoman.grounding.words import Word, WordStream, split_words
from dragoman.language import LanguageData, language_data

if TYPE_CHECKING:
    from dragoman.grounding.alignment import Alignment
    from dragoman.grounding.claims import Claim
    from dragoman.grounding.statements import Reading

IsVoice = Callable[[Party, Attribution, str, "Context"], bool]
"""Whether a party speaks by an attribution in a sentence."""

_COMMON_ENDINGS = (
    "ung",
    "ungen",
    "heit",
    "heiten",
    "keit",
    "keiten",
    "schaft",
    "schaften",
    "tion",
    "tionen",
    "ität",
    "itäten",
    "ismus",
    "nis",
    "nisse",
    "nissen",
)


_SHORTEST_ALIKE = 4
_ALIKE = 0.85
"""Likeness from which two spellings are taken for one name: Kyiv and Kiev, Bucha and Butscha."""


def _alike(one: str, other: str) -> bool:
    if min(len(one), len(other)) < _SHORTEST_ALIKE:
        return False
    return JaroWinkler.similarity(one, other) >= _ALIKE


class Context:
    """What the rules need of one article; built once, in time linear in its length.

    Attributes:
        article: the article.
        lexicon: the words of its language that must be weighed.
        language: language of the statements; None where it is the article's.
        parties: everybody the drafts or the brief name.
    """

    def __init__(
        self, article: Article, parties: Sequence[Party] = (), *, language: str | None = None
    ) -> None:
        self.article = article
        self.parties = tuple(parties)
        self.lexicon: Lexicon = lexicon(article.language)
        self.foreign = bool(language) and language != article.language
        self.statement_lexicon = lexicon(language) if language and self.foreign else self.lexicon
        self._words: dict[str, tuple[Word, ...]] = {}
        self._order = {sentence.id: index for index, sentence in enumerate(article.sentences)}
        self._mentions: dict[tuple[Party, str], tuple[tuple[int, int], ...]] = {}
        self._voices: dict[Attribution, frozenset[Party]] = {}
        self.alignments: dict[tuple[str, tuple[str, ...]], Alignment] = {}
        self.readings: dict[tuple[str, tuple[str, ...]], Reading] = {}

    def words(self, sentence: str) -> tuple[Word, ...]:
        """The words of a sentence."""
        if sentence not in self._words:
            index = self._order[sentence]
            found = self.article.sentences[index]
            self._words[sentence] = split_words(found.text, offset=found.start, sentence=index)
        return self._words[sentence]

    def words_of(self, sentences: Iterable[str]) -> tuple[Word, ...]:
        """The words of several sentences, in the article's order."""
        ordered = sorted(set(sentences), key=self._order.__getitem__)
        return tuple(word for sentence in ordered for word in self.words(sentence))

    def sentence(self, identifier: str) -> Sentence | None:
        """The sentence with this id, or None."""
        index = self._order.get(identifier)
        return None if index is None else self.article.sentences[index]

    def known(self, sentences: Iterable[str]) -> tuple[str, ...]:
        """Those of the ids that exist and are not noise, in the article's order."""
        found = {
            identifier
            for identifier in sentences
            if (sentence := self.sentence(identifier)) is not None and sentence.noise is None
        }
        return tuple(sorted(found, key=self._order.__getitem__))

    def neighbours(self, sentences: Iterable[str], distance: int = 1) -> tuple[str, ...]:
        """The given sentences and those of the article within `distance` of them."""
        body = self._body_order
        places = [body[identifier] for identifier in sentences if identifier in body]
        found = {
            place
            for centre in places
            for place in range(centre - distance, centre + distance + 1)
            if 0 <= place < len(self._body)
        }
        return tuple(self._body[place].id for place in sorted(found))

    def before(self, sentences: Iterable[str], distance: int) -> tuple[str, ...]:
        """The sentences of the article that stand up to `distance` before the given ones."""
        places = [self._body_order[name] for name in sentences if name in self._body_order]
        found = {p for place in places for p in range(max(0, place - distance), place)}
        return tuple(self._body[place].id for place in sorted(found))

    def after(self, sentences: Iterable[str], distance: int) -> tuple[str, ...]:
        """The sentences of the article that stand up to `distance` after the given ones."""
        places = [self._body_order[name] for name in sentences if name in self._body_order]
        found = {p for place in places for p in range(place + 1, place + 1 + distance)}
        return tuple(self._body[place].id for place in sorted(found) if place < len(self._body))

    def mentions(self, party: Party, sentence: str) -> tuple[tuple[int, int], ...]:
        """Index ranges at which a sentence names the party; remembered, many rules ask."""
        key = (party, sentence)
        if key not in self._mentions:
            self._mentions[key] = party.mentions(self.words(sentence))
        return self._mentions[key]

    @cached_property
    def _body(self) -> tuple[Sentence, ...]:
        return tuple(s for s in self.article.sentences if s.noise is None)

    @cached_property
    def _body_order(self) -> dict[str, int]:
        return {sentence.id: place for place, sentence in enumerate(self._body)}

    @cached_property
    def stream(self) -> WordStream:
        """All words of the article without its noise."""
        return WordStream(self.words(sentence.id) for sentence in self._body)

    @cached_property
    def noise(self) -> WordStream:
        """All words of the noise lines."""
        return WordStream(self.words(s.id) for s in self.article.sentences if s.noise is not None)

    @cached_property
    def ranges(self) -> dict[str, tuple[int, int]]:
        """For each sentence of the article, the index range of its words in the stream."""
        position = 0
        found = {}
        for sentence in self._body:
            length = len(self.words(sentence.id))
            found[sentence.id] = (position, position + length)
            position += length
        return found

    def sentence_of(self, word: Word) -> Sentence:
        """The sentence a word of the streams stands in."""
        return self.article.sentences[word.sentence]

    @cached_property
    def attributions(self) -> Mapping[str, tuple[Attribution, ...]]:
        """Who says what, by sentence."""
        found: dict[str, list[Attribution]] = {}
        for attribution in attribute(self.article):
            found.setdefault(attribution.sentence, []).append(attribution)
        return {sentence: tuple(several) for sentence, several in found.items()}

    @cached_property
    def encounters(self) -> Mapping[str, tuple[MeetingCue, ...]]:
        """Who meets whom, by sentence, as far as attribution can tell."""
        found: dict[str, list[MeetingCue]] = {}
        for cue in meeting_cues(self.article):
            found.setdefault(cue.sentence, []).append(cue)
        return {sentence: tuple(several) for sentence, several in found.items()}

    def voices(self, attribution: Attribution, is_voice: IsVoice) -> frozenset[Party]:
        """Those of the parties who speak by an attribution; remembered, many rules ask."""
        found = self._voices.get(attribution)
        if found is None:
            found = self._voices[attribution] = frozenset(
                party
                for party in self.parties
                if is_voice(party, attribution, attribution.sentence, self)
            )
        return found

    def heard(self, sentence: str, is_voice: IsVoice) -> frozenset[Party]:
        """Those of the parties who speak in a sentence."""
        attributions = self.attributions.get(sentence, ())
        several = (self.voices(attribution, is_voice) for attribution in attributions)
        return frozenset().union(*several)

    @cached_property
    def language_data(self) -> LanguageData | None:
        """What attribution knows of the article's language."""
        return language_data(self.article.language)

    def quotations(self, sentence: str) -> tuple[Quotation, ...]:
        """The quotations a sentence lies in or touches."""
        found = self.sentence(sentence)
        if found is None:
            return ()
        return tuple(self.article.quotations[index] for index in found.quotations)

    def voices_of_quotation(self, quotation: Quotation) -> frozenset[str]:
        """Last names of those to whom a quotation can be attributed; empty if unknown."""
        from dragoman.grounding.voices import voices

        heard = voices(
            attribution
            for name in quotation.sentences
            for attribution in self.attributions.get(name, ())
        )
        last = (split_words(surface) for surface in heard.named)
        return frozenset(stem(words[-1].text) for words in last if words)

    def allowed_names(self, claim: Claim) -> tuple[Word, ...]:
        """Words of names a statement may use besides those of its evidence.

        The forms of the item's own parties, of everybody whom the evidence names in another
        form, and whatever its pronouns stand for.
        """
        evidence = self.words_of(self.known(claim.sentences))
        own = [claim.speaker, claim.target, claim.reporter, *claim.participants]
        parties = [party for party in own if party is not None]
        parties += [party for party in self.parties if party.mentions(evidence)]
        resolved = [
            attribution.resolved
            for name in claim.sentences
            for attribution in self.attributions.get(name, ())
            if attribution.resolved
        ]
        forms = [form for party in parties for form in party.forms] + resolved
        return tuple(word for form in dict.fromkeys(forms) for word in split_words(form))

    @cached_property
    def _name_stems(self) -> frozenset[str]:
        """Stems of the words the article, the drafts or the brief use as names."""
        found = {
            stem(word.text)
            for party in self.parties
            for form in party.forms
            for word in split_words(form)
            if word.capital
        }
        if self.lexicon.code != "de":
            spans = name_spans(self.article)
            found |= {
                stem(word.text)
                for span in spans
                for word in split_words(span.exact)
                if word.capital and word.key not in self.lexicon.function
            }
        return frozenset(found | self._bare_capitals)

    @cached_property
    def _bare_capitals(self) -> frozenset[str]:
        """Stems of capitalised words that mostly stand without an article or adjective.

        In German every noun has a capital; what tells a name is that it needs no article.
        """
        bare: Counter[str] = Counter()
        before: Word | None = None
        for word in self.stream.words:
            if word.capital and not word.initial and not word.key.endswith(_COMMON_ENDINGS):
                described = (
                    before is not None
                    and not before.capital
                    and (
                        before.key in self.lexicon.articles
                        or before.key.endswith(("e", "en", "er", "es", "em"))
                    )
                    and before.key not in self.lexicon.prepositions
                )
                bare[stem(word.text)] += -1 if described and self.lexicon.code == "de" else 1
            before = word
        return frozenset(key for key, count in bare.items() if count > 0)

    def namer(self, words: Sequence[Word]) -> Callable[[Word], bool]:
        """Tells the names among the words of a claim, those of strangers too.

        Two capitalised words side by side that the article does not have are a name, even where
        every noun has a capital.
        """
        strange = [
            word.capital and not word.number and stem(word.text) not in self._stems
            for word in words
        ]
        pairs = {
            word.start
            for place, word in enumerate(words)
            if strange[place]
            and any(strange[i] for i in (place - 1, place + 1) if 0 <= i < len(words))
        }
        return lambda word: word.start in pairs or self.is_name(word)

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(stem(word.text) for word in self.stream.words)

    def same_name(self, claimed: Sequence[Word], source: Sequence[Word]) -> bool:
        """Whether two names are one: forms of one party, an abbreviation, or one misspelled."""
        ours = [stem(word.text) for word in claimed if word.capital]
        theirs = [stem(word.text) for word in source if word.capital]
        if not ours or not theirs:
            return False
        for party in self.parties:
            parts = {stem(word.text) for form in party.forms for word in split_words(form)}
            if parts.issuperset(ours) and parts.issuperset(theirs):
                return True
        initials = "".join(word.text[0] for word in source if word.capital)
        if len(ours) == 1 and claimed[-1].text == initials:
            return True
        return all(any(_alike(one, other) for other in theirs) for one in ours)

    def spelled_like(self, word: Word, names: Iterable[str]) -> bool:
        """Whether a name is one of the names in another spelling."""
        one = stem(word.text)
        return any(_alike(one, other) for other in names)

    def is_name(self, word: Word) -> bool:
        """Whether a word is, as far as can be told, a name or part of one."""
        if not word.capital or word.number:
            return False
        if stem(word.text) in self._name_stems:
            return word.key not in self.lexicon.function
        if len(word.text) > 1 and not word.text[1:].islower():
            return True  # an abbreviation, or a name with a capital inside
        return self.lexicon.code != "de" and not word.initial
