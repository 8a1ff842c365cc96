"""Noun phrases that may name an actor, found by word shapes and function words, without a parser.

German writes every noun with a capital letter, so a phrase there is read leftwards from its noun
(adjectives, article, preposition); English is read rightwards from an article or a capital.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.language import LanguageData
from dragoman.schemas.vocabulary import ActorKind
from dragoman.tokens import Token


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase or pronoun in a list of tokens.

    Attributes:
        first: index of its first token, article included.
        core: index of the first token that belongs to the name: no article.
        head: index of the first token of the noun or name itself: no adjectives.
        last: index of its last token.
        tail: index of the last token of what hangs on it ("of the party", "der Partei").
        preposition: the preposition that governs it, lower-cased.
        determiner: its article or possessive, lower-cased.
        pronoun: whether it is a personal pronoun.
    """

    first: int
    core: int
    head: int
    last: int
    tail: int
    preposition: str | None
    determiner: str | None
    pronoun: bool = False


def _endings(word: str) -> list[str]:
    """All endings of a word of three letters or more, the longest first."""
    return [word[k:] for k in range(max(1, len(word) - 2))]


def noun_kind(word: str, data: LanguageData) -> ActorKind | None:
    """What kind of actor the common noun `word` (lower-cased) names, if any.

    Compounds go by their last part ("Außenministerium" is a ministry), so endings are looked up.
    """
    names = data.names
    lists: tuple[tuple[frozenset[str], ActorKind], ...] = (
        (names.group_words, "group"),
        (names.media_words, "media"),
        (names.government_words, "government"),
        (names.company_words, "company"),
        (names.organisation_words, "organisation"),
    )
    part = word.rpartition("-")[2] or word
    endings = _endings(part) if data.code == "de" else [part]
    for ending in endings:
        if is_office(ending, data):
            return "person"
        for entries, kind in lists:
            if ending in entries:
                return kind
    return None


def is_office(word: str, data: LanguageData) -> bool:
    """Whether the word (lower-cased) is an office or occupation, exactly or as a compound's end."""
    part = word.rpartition("-")[2] or word
    if part in data.names.titles:
        return True
    if data.code != "de":
        return part in data.names.office_endings
    return part.endswith(data.names.office_endings)


def is_abstract(word: str, data: LanguageData) -> bool:
    """Whether the noun (lower-cased) names a thing, time or notion that cannot speak."""
    names = data.names
    part = word.rpartition("-")[2] or word
    if part in names.not_actors or part in data.time_words or part in data.nouns:
        return True
    if part in data.months or part in data.weekdays or part in data.numbers:
        return True
    if part.endswith(names.collective_endings):
        return False
    return len(part) > 4 and part.endswith(names.abstract_endings)


def is_personal(word: str, data: LanguageData) -> bool:
    """Whether the noun (lower-cased) ends like one for people: "-ler", "-isten", "-frau"."""
    return (word.rpartition("-")[2] or word).endswith(data.names.person_endings)


def is_function_word(word: str, data: LanguageData) -> bool:
    """Whether the word (lower-cased) belongs to the grammar and can be no part of a name."""
    g = data.grammar
    return (
        word in g.prepositions
        or word in g.determiners
        or word in g.subordinators
        or word in g.relatives
        or word in g.coordinators
        or word in g.adverbs
        or word in g.modals
        or word in g.negations
        or word in g.auxiliaries_perfect
        or word in g.auxiliaries_passive
        or word in g.copulas
        or word in data.pronouns
    )


def _is_name_part(token: Token, data: LanguageData, *, opening: bool) -> bool:
    """Whether the token can be part of a noun or name; `opening`: first word of the sentence."""
    if token.kind != "word" or not (token.capital or token.acronym):
        return False
    if token.acronym:
        return True
    if is_function_word(token.lower, data):
        return False
    if token.lower in data.weekdays or token.lower in data.months:
        return False
    # A sentence opens with a capital whatever its first word is.
    return not (
        opening
        and (
            token.lower.endswith(data.names.adverb_endings)
            or (data.code != "de" and token.lower in data.verbs)
        )
    )


def _joined(tokens: Sequence[Token], index: int, data: LanguageData) -> bool:
    """Whether the lower-case word at `index` joins two parts of a name ("von der Leyen", "al")."""
    word = tokens[index]
    if word.kind != "word" or word.lower not in data.names.particles:
        return False
    following = index + 1
    while following < len(tokens) and tokens[following].lower in data.names.particles:
        following += 1
    return following < len(tokens) and tokens[following].capital and following - index <= 2


def noun_phrases(tokens: Sequence[Token], data: LanguageData) -> tuple[Phrase, ...]:
    """All noun phrases and subject pronouns of a clause, in order."""
    reader = _german if data.code == "de" else _english
    return reader(tokens, data)


def _pronoun(tokens: Sequence[Token], index: int, data: LanguageData) -> Phrase | None:
    token = tokens[index]
    if token.kind != "word" or token.lower not in data.pronouns:
        return None
    if token.acronym and len(token.text) > 1:
        return None
    if token.lower in data.grammar.determiners and not _stands_alone(tokens, index, data):
        return None
    previous = tokens[index - 1].lower if index else ""
    preposition = previous if previous in data.grammar.prepositions else None
    return Phrase(index, index, index, index, index, preposition, None, pronoun=True)


def _stands_alone(tokens: Sequence[Token], index: int, data: LanguageData) -> bool:
    """Whether no noun follows a word that may be article or pronoun ("ihr Land", "sie sagte")."""
    for following in tokens[index + 1 : index + 4]:
        if following.capital:
            return False
        if not following.lower.endswith(data.grammar.adjective_endings or ("",)):
            return True
        if is_function_word(following.lower, data) or following.lower in data.verbs:
            return True
    return True


def _german(tokens: Sequence[Token], data: LanguageData) -> tuple[Phrase, ...]:
    found: list[Phrase] = []
    index = 0
    while index < len(tokens):
        phrase = _pronoun(tokens, index, data)
        if phrase is None and _is_name_part(tokens[index], data, opening=index == 0):
            phrase = _german_phrase(tokens, index, found, data)
        if phrase is None:
            index += 1
            continue
        found.append(phrase)
        index = phrase.tail + 1
    return tuple(found)


def _german_phrase(
    tokens: Sequence[Token], head: int, found: Sequence[Phrase], data: LanguageData
) -> Phrase:
    """The phrase whose noun begins at `head`; `found` are the phrases before it."""
    g = data.grammar
    floor = found[-1].tail + 1 if found else 0
    last = _run_end(tokens, head, data)
    core = head
    while core > floor:
        if _is_adjective(tokens[core - 1], data):
            core -= 1
        elif (  # "russische oder chinesische Beamte"
            core < head
            and core - 2 >= floor
            and tokens[core - 1].lower in {"und", "oder"}
            and _is_adjective(tokens[core - 2], data)
        ):
            core -= 2
        else:
            break
    first = core
    determiner = None
    if first > floor and tokens[first - 1].lower in g.determiners:
        first -= 1
        determiner = tokens[first].lower
    elif core < head and tokens[core].lower.endswith(_PRETERITE) and not (
        first > floor and tokens[first - 1].lower in g.prepositions
    ):
        # "versuchte Indien": without an article the first of them is rather the verb.
        core = first = core + 1
    tail = _german_tail(tokens, last, data)
    preposition = _governing(tokens, first, found, data)
    if tail + 1 < len(tokens) and tokens[tail + 1].lower in data.sources.after - {"nach"}:
        preposition = tokens[tail + 1].lower
    return Phrase(first, core, head, last, tail, preposition, determiner)


_PRETERITE = ("te", "ten")


def _governing(
    tokens: Sequence[Token], first: int, found: Sequence[Phrase], data: LanguageData
) -> str | None:
    """The preposition before a phrase; a second one joined by "and" shares that of the first."""
    if first == 0:
        return None
    before = tokens[first - 1].lower
    if before in data.grammar.prepositions:
        return before
    joined = before in data.grammar.coordinators and found and found[-1].tail == first - 2
    return found[-1].preposition if joined else None


def _is_adjective(token: Token, data: LanguageData) -> bool:
    return (
        token.kind == "word"
        and not token.capital
        and len(token.lower) > 3
        and token.lower.endswith(data.grammar.adjective_endings)
        and not is_function_word(token.lower, data)
        and token.lower not in data.verbs
    )


def _is_common(token: Token, data: LanguageData) -> bool:
    """Whether a capitalised German word is a noun of time or thing that joins no name."""
    return token.lower in data.time_words or token.lower in data.names.not_actors


def _is_genitive_place(token: Token, data: LanguageData) -> bool:
    """Whether the word is a country or capital in the genitive: "Chinas"."""
    text = token.text
    places = data.names.territories | data.names.metonyms
    return text.endswith("s") and text not in places and text[:-1] in places


def _run_end(tokens: Sequence[Token], head: int, data: LanguageData) -> int:
    """Index of the last word of the capitalised run that begins at `head`."""
    last = head
    if _is_common(tokens[head], data):
        return last
    while last + 1 < len(tokens):
        following = tokens[last + 1]
        # "Staats- und Regierungschefs"
        if (
            tokens[last].text.endswith("-")
            and last + 2 < len(tokens)
            and following.lower in data.grammar.coordinators
            and tokens[last + 2].capital
        ):
            last += 2
        elif _is_name_part(following, data, opening=False):
            if _is_common(following, data) or _is_genitive_place(following, data):
                break
            if _closes_run(tokens, last, data):
                break
            last += 1
        elif _joins_german_name(tokens, head, last, data):
            last += 1
        else:
            break
    return last


def _closes_run(tokens: Sequence[Token], last: int, data: LanguageData) -> bool:
    """Whether the next capital begins another phrase: behind a country or a noun for a group."""
    places = data.names.territories | data.names.metonyms
    if tokens[last].text in places and tokens[last + 1].text in places:
        return True
    # "Anwohner Proteste": a plural of things behind people, unlike "Sprecher Petersen".
    following = tokens[last + 1].lower
    return (
        noun_kind(tokens[last].lower, data) == "group"
        and noun_kind(following, data) is None
        and following.endswith(("e", "en"))
        and (last + 2 == len(tokens) or not tokens[last + 2].capital)
    )


def _joins_german_name(
    tokens: Sequence[Token], head: int, last: int, data: LanguageData
) -> bool:
    """Whether the word behind `last` is a particle inside a name: "Ursula von der Leyen"."""
    if not _joined(tokens, last + 1, data) or tokens[last].text.endswith("-"):
        return False
    particle = tokens[last + 1].lower
    if particle == "der" and tokens[last].lower not in {"von", "van"}:
        return False
    if particle not in {"von", "zu", "der", "und", "den"}:
        return True
    word = tokens[last].lower
    lone = last == head and (head == 0 or not _is_adjective(tokens[head - 1], data))
    return (
        particle in {"von", "der"}
        and (lone or word in {"von", "van"})
        and tokens[head - 1].lower not in data.grammar.determiners | data.grammar.prepositions
        and noun_kind(word, data) is None
        and not is_abstract(word, data)
        and not word.endswith(("e", "en", "er", "s"))
    )


_GENITIVE = frozenset({"des", "der", "eines", "einer", "seines", "seiner", "ihres", "ihrer", "dieser", "dieses"})


def _german_tail(tokens: Sequence[Token], last: int, data: LanguageData) -> int:
    """Last index of genitives and "von"-phrases hanging on the noun that ends at `last`."""
    tail = last
    while tail + 1 < len(tokens):
        index = tail + 1
        if _is_genitive_place(tokens[index], data):
            if index + 1 < len(tokens) and tokens[index + 1].capital:
                return tail
            tail = index
            continue
        if tokens[index].lower not in _GENITIVE | {"von"}:
            return tail
        index += 1
        while index < len(tokens) and _is_adjective(tokens[index], data):
            index += 1
        if index >= len(tokens) or not _is_name_part(tokens[index], data, opening=False):
            return tail
        tail = _run_end(tokens, index, data)
    return tail


def _english(tokens: Sequence[Token], data: LanguageData) -> tuple[Phrase, ...]:
    g = data.grammar
    found: list[Phrase] = []
    index = 0
    while index < len(tokens):
        pronoun = _pronoun(tokens, index, data)
        if pronoun is not None:
            found.append(pronoun)
            index += 1
            continue
        phrase = _english_phrase(tokens, index, data)
        if phrase is None:
            index += 1
            continue
        previous = tokens[phrase.first - 1].lower if phrase.first else ""
        # What hangs on a noun by "of" belongs to it: "president of the bank".
        if previous == "of" and found and found[-1].tail == phrase.first - 2:
            owner = found[-1]
            found[-1] = Phrase(
                owner.first, owner.core, owner.head, owner.last, phrase.last, owner.preposition, owner.determiner
            )
            index = phrase.last + 1
            continue
        preposition = _governing(tokens, phrase.first, found, data)
        found.append(
            Phrase(
                phrase.first, phrase.core, phrase.head, phrase.last, phrase.last, preposition, phrase.determiner
            )
        )
        index = phrase.last + 1
    return tuple(found)


def _english_phrase(tokens: Sequence[Token], start: int, data: LanguageData) -> Phrase | None:
    g = data.grammar
    token = tokens[start]
    determiner = token.lower if token.lower in g.determiners and not token.acronym else None
    index = start + 1 if determiner else start
    if determiner in g.relatives and index < len(tokens) and tokens[index].lower in data.verbs:
        return None
    last = -1
    head = -1
    while index < len(tokens) and index - start < 9:
        word = tokens[index]
        if word.kind != "word":
            break
        named = _is_name_part(word, data, opening=index == 0)
        if not named and (is_function_word(word.lower, data) and not (last >= 0 and _joined(tokens, index, data) and word.lower not in {"and", "for", "on", "of"})):
            break
        if determiner and last < 0 and _ends_phrase(tokens, start, index, data):
            break
        kind = noun_kind(word.lower.removesuffix("'s").removesuffix("’s"), data)
        if named or kind is not None:
            last = index
            head = index if head < 0 else head
        elif not determiner and last < 0 and not _adjective_before_noun(tokens, index, data):
            return None
        elif last >= 0 and _plural_at_opening(tokens, start, index, data):
            last = index
        elif last >= 0 and not _noun_follows(tokens, index, data):
            break
        index += 1
    if last < 0:
        if not determiner or index - start < 2:
            return None
        last = head = index - 1
    core = start + 1 if determiner else start
    return Phrase(start, core, head, last, last, None, determiner)


def _ends_phrase(tokens: Sequence[Token], start: int, index: int, data: LanguageData) -> bool:
    """Whether a participle follows the noun: "the statement published on …"."""
    if index - start < 2 or not tokens[index].lower.endswith("ed"):
        return False
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    return not tokens[index - 1].lower.endswith("ly") and (
        following is None
        or following.kind != "word"
        or following.capital
        or is_function_word(following.lower, data)
    )


def _plural_at_opening(
    tokens: Sequence[Token], start: int, index: int, data: LanguageData
) -> bool:
    """Whether a capital at the opening is an adjective's: "Rival groups have …"."""
    word = tokens[index].lower
    following = tokens[index + 1].lower if index + 1 < len(tokens) else ""
    g = data.grammar
    return (
        start == 0
        and index == 1
        and word.endswith("s")
        and not word.endswith("ss")
        and word not in data.verbs
        and (
            following in data.verbs
            or following in g.auxiliaries_perfect
            or following in g.auxiliaries_future
        )
    )


def _noun_follows(tokens: Sequence[Token], index: int, data: LanguageData) -> bool:
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    return (
        following is not None
        and tokens[index].lower not in data.verbs
        and noun_kind(following.lower, data) is not None
    )


def _adjective_before_noun(tokens: Sequence[Token], index: int, data: LanguageData) -> bool:
    """Whether a lower-case word opens a plural phrase without article ("senior officials")."""
    return (
        tokens[index].lower not in data.verbs
        and index + 1 < len(tokens)
        and noun_kind(tokens[index + 1].lower, data) == "group"
        and (index == 0 or tokens[index].lower.endswith(("al", "ern", "ish", "ian", "ese", "an", "ior", "en", "ed")) or tokens[index].capital)
    )
