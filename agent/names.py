"""Candidate names of actors in an article, and a guess at what kind of actor each names.

The guess rests on titles, offices, endings of nouns, country names (CLDR), acronyms and on how
the article itself uses a word: a word that never has an article of its own and stands once beside
a first name is taken for a name wherever it occurs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dragoman.language import LanguageData, language_data
from dragoman.schemas.evidence import Span
from dragoman.schemas.vocabulary import ActorKind
from dragoman.syntax import Phrase, noun_phrases
from dragoman.syntax.nouns import (
    bare,
    is_abstract,
    is_office,
    is_personal,
    is_place,
    named_behind,
    noun_kind,
)
from dragoman.syntax.tokens import Token, clauses, tokenize, without_brackets
from dragoman.terminology.lexicon import is_word
from dragoman.terminology.people import USUAL_NAME, is_given_name, is_known_family
from dragoman.territories import country_of
from dragoman.titles import name_words

if TYPE_CHECKING:
    from dragoman.article import Article, Sentence


@dataclass(frozen=True, slots=True)
class Name:
    """A mention of a possible actor.

    Attributes:
        span: the words of the article, without article or title.
        kind: what it seems to name; None when nothing tells.
        title: the title or office before it, lower-cased.
    """

    span: Span
    kind: ActorKind | None
    title: str | None = None


def span_of(article_text: str, start: int, end: int) -> Span:
    """A stretch of the article as a Span."""
    return Span(start=start, end=end, exact=article_text[start:end])


def name_kind(text: str, language: str, *, title: str | None = None) -> ActorKind | None:
    """Guess what kind of actor the words `text` name in an article in `language`.

    Args:
        text: the name without its article, as it stands in the text.
        language: code of the article's language.
        title: a title or office that precedes the name, if there is one.
    """
    data = language_data(language)
    if data is None or not text.strip():
        return None
    if title is not None and is_office(title.lower(), data):
        return "person"
    return _kind([bare(word) for word in text.split()], data)


def _kind(words: Sequence[str], data: LanguageData) -> ActorKind | None:
    joined = " ".join(words)
    known = _known_kind(joined, data)
    if known is not None:
        return known
    for word in (words[-1], *words[:-1]):
        kind = noun_kind(word.lower(), data)
        if kind is not None:
            return kind
    if joined.lower() in data.names.places:
        return "government"
    if words[-1].lower() in data.names.not_actors:
        return None
    if data.code == "de" and words[0].lower() in data.names.not_actors:
        return None  # "Viertel Alte Brücke"
    return _kind_by_look(words, data)


def _known_kind(name: str, data: LanguageData) -> ActorKind | None:
    """The kind of a well-known outlet, body, company or country."""
    if name in data.names.media:
        return "media"
    if name in data.names.bodies:
        return "organisation"
    if name in data.names.companies:
        return "company"
    if is_place(name, data):
        return "organisation" if name in _ALLIANCES else "government"
    return None


def _kind_by_look(words: Sequence[str], data: LanguageData) -> ActorKind | None:
    """What unknown words name by their capitals: a person, or an acronym of some body."""
    name = " ".join(words)
    capitals = [word for word in words if word[:1].isupper() and not _is_initial(word)]
    initials = [word for word in words if word[:1].isupper() and _is_initial(word)]
    if len(capitals) + len(initials) >= USUAL_NAME and not any(map(str.isupper, capitals)):
        return None if _are_things(capitals) else "person"
    if len(words) > 1:
        return None
    if data.code == "en" and name.istitle() and is_known_family(name):
        return "person"
    return "organisation" if len(name) > 1 and name.isupper() else None


def _are_things(words: Sequence[str]) -> bool:
    """Whether capitals are the English words for several things: "New Rules"."""
    if not words:
        return False
    last = words[-1]
    plural = last.endswith("s") and not last.endswith("ss") and is_word(last[:-1].lower(), "en")
    plain = all(is_word(word, "en") for word in words)
    return plural and plain and not is_known_family(last) and not is_given_name(words[0])


def _is_initial(word: str) -> bool:
    """Whether a word is the initial of a name: "S" or "S."."""
    return len(word.rstrip(".")) == 1


_ALLIANCES = frozenset(
    {
        "EU",
        "NATO",
        "Nato",
        "UN",
        "UNO",
        "G7",
        "G20",
        "Hamas",
        "Hisbollah",
        "Hezbollah",
        "Taliban",
        "Westen",
        "West",
    }
)


def actor_like(tokens: Sequence[Token], phrase: Phrase, data: LanguageData) -> bool:
    """Whether the phrase may name somebody who speaks: no date, thing or notion."""
    if phrase.pronoun:
        return data.pronouns[tokens[phrase.head].lower] != "none"
    head = tokens[phrase.last]
    word = bare(head.lower)
    if data.code != "de" and noun_kind(word, data) is not None:
        return True
    if head.acronym or phrase.last > phrase.head:
        # A run of capitals is a name, unless all of it is of common words.
        return not all(
            is_abstract(bare(tokens[k].lower), data)
            for k in range(phrase.head, phrase.last + 1)
            if tokens[k].capital
        )
    if noun_kind(word, data) is not None or is_place(head.text, data):
        return True
    if is_abstract(word, data):
        return False
    if data.code != "de":
        return head.capital or is_personal(word, data)
    # German: a lone unknown noun is a name if nothing stands before it, else a word for people.
    bare_name = phrase.determiner is None and phrase.core == phrase.head
    return bare_name or is_personal(word, data)


def plural_thing(tokens: Sequence[Token], phrase: Phrase, data: LanguageData) -> bool:
    """Whether a bare German noun that goes with a plural verb is no name and no people."""
    head = tokens[phrase.last]
    return (
        data.code == "de"
        and not phrase.pronoun
        and phrase.last == phrase.head
        and phrase.tail == phrase.last
        and not head.acronym
        and noun_kind(head.lower, data) is None
        and not is_place(head.text, data)
        and not is_personal(head.lower, data)
        and not is_known_family(head.text)
    )


def quotation_spans(article: Article) -> list[tuple[int, int]]:
    """Begin and end of all quotations of an article, in order."""
    return sorted((quotation.start, quotation.end) for quotation in article.quotations)


def sentence_names(article: Article, sentence: Sentence) -> tuple[Name, ...]:
    """All mentions of possible actors in one sentence, quotations included."""
    data = language_data(article.language)
    if data is None:
        return _capital_runs(article, sentence)
    found: list[Name] = []
    tokens = without_brackets(tokenize(sentence.text, sentence.start))
    for clause in clauses(tokens):
        for phrase in noun_phrases(clause.tokens, data):
            if phrase.pronoun:
                continue
            name = _as_name(article, clause.tokens, phrase, data)
            if name is not None:
                found.append(_like_the_last(name, found, article.text))
            outlet = _outlet_of(article, clause.tokens, phrase, data)
            owner = _owner_of(article, clause.tokens, phrase, data)
            found += [other for other in (outlet, owner) if other is not None]
            if phrase.tail > phrase.last:
                covered = name.span.end if name is not None else 0
                inner = _in_tail(article, clause.tokens, phrase, data)
                found += [other for other in inner if other.span.start >= covered]
    return tuple(found)


def _outlet_of(
    article: Article, tokens: Sequence[Token], phrase: Phrase, data: LanguageData
) -> Name | None:
    """The outlet whose people are named by it: "Norda News reporters"."""
    last = tokens[phrase.last]
    if data.code != "en" or last.lower not in _JOURNALISTS or last.capital:
        return None
    words = tokens[phrase.head : phrase.last]
    named = bool(words) and all(word.capital for word in words)
    if not named or country_of(words[-1].text) or is_place(words[-1].text, data):
        return None
    return Name(span_of(article.text, words[0].start, words[-1].end), "media")


def _owner_of(
    article: Article, tokens: Sequence[Token], phrase: Phrase, data: LanguageData
) -> Name | None:
    """Who is named in the genitive before somebody else: "Jo Roe's lawyer Anna Berg"."""
    if data.code != "en":
        return None
    first, _, _ = name_words(tokens, phrase, data)
    for index in range(phrase.head + 1, min(first, phrase.last)):
        words = tokens[phrase.head : index + 1]
        owns = bare(words[-1].text) != words[-1].text
        if owns and all(word.capital for word in words):
            end = words[-1].start + len(bare(words[-1].text))
            span = span_of(article.text, words[0].start, end)
            return Name(span, "person") if name_kind(span.exact, "en") == "person" else None
    return None


_JOURNALISTS = frozenset({"journalist", "journalists", "reporter", "reporters", "correspondents"})


_JOINED = re.compile(r"(?:, | and | und |, and )")


def _like_the_last(name: Name, found: Sequence[Name], text: str) -> Name:
    """A name of unknown kind joined to one that is told: "the carriers Norda and Tamora"."""
    last = found[-1] if found else None
    if name.kind is not None or last is None or last.kind != "company" or last.title is None:
        return name
    joined = _JOINED.fullmatch(text, last.span.end, name.span.start) is not None
    return replace(name, kind=last.kind, title=last.title) if joined else name


def _as_name(
    article: Article, tokens: Sequence[Token], phrase: Phrase, data: LanguageData
) -> Name | None:
    if not actor_like(tokens, phrase, data):
        return None
    first, last, title = name_words(tokens, phrase, data)
    words = [bare(token.text) for token in tokens[first : last + 1]]
    kind = _titled_kind(title, data) or _kind(words, data)
    if kind == "person" and not title and (phrase.determiner or phrase.core < phrase.head):
        # "die Große Halle": an article or adjective before two capitals speaks against a person.
        kind = noun_kind(words[-1].lower(), data)
    if kind is None and not _named(tokens, phrase, data):
        return None
    end = tokens[last].start + len(bare(tokens[last].text))
    return Name(span_of(article.text, tokens[first].start, end), kind, title)


def _titled_kind(title: str | None, data: LanguageData) -> ActorKind | None:
    """What a word before a name makes of it: a person, or what the noun says ("drug maker")."""
    if title is None:
        return None
    return named_behind(title, data) or "person"


def _named(tokens: Sequence[Token], phrase: Phrase, data: LanguageData) -> bool:
    """Whether a phrase of unknown words looks like a proper name."""
    if data.code != "de":
        return tokens[phrase.last].capital
    return phrase.determiner is None and phrase.core == phrase.head


def _in_tail(
    article: Article, tokens: Sequence[Token], phrase: Phrase, data: LanguageData
) -> list[Name]:
    """Names inside what hangs on a phrase: "Sprecher der CBN"."""
    rest = tokens[phrase.last + 1 : phrase.tail + 1]
    found = []
    for inner in noun_phrases(rest, data):
        name = None if inner.pronoun else _as_name(article, rest, inner, data)
        if name is not None:
            found.append(name)
    return found


def _capital_runs(article: Article, sentence: Sentence) -> tuple[Name, ...]:
    """Runs of capitalised words, for languages without data; a lone first word does not count."""
    found: list[Name] = []
    run: list[Token] = []
    for token in (*tokenize(sentence.text, sentence.start), None):
        if token is not None and token.capital:
            run.append(token)
            continue
        if run and not (len(run) == 1 and run[0].start == sentence.start and not run[0].acronym):
            found.append(Name(span_of(article.text, run[0].start, run[-1].end), None))
        run = []
    return tuple(found)


def names(article: Article) -> dict[str, tuple[Name, ...]]:
    """Mentions of possible actors by sentence id, for all sentences that are not noise."""
    return {s.id: sentence_names(article, s) for s in article.sentences if s.noise is None}


def name_spans(article: Article, sentence: str | None = None) -> tuple[Span, ...]:
    """Mentions of possible actors in one sentence (by id), or in all that is not noise."""
    if sentence is not None:
        return tuple(name.span for name in sentence_names(article, article.sentence(sentence)))
    return tuple(name.span for found in names(article).values() for name in found)
