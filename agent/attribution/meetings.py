"""Finds where an article tells of an encounter, who takes part, and hints at status and format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.attribution.meeting_words import is_verb_here, meeting_format, meeting_status
from dragoman.attribution.model import Cue, Found, Prepared
from dragoman.attribution.speech import Reader
from dragoman.attribution.structure import coordinated, has_finite_verb, nominative, topic
from dragoman.attribution.subjects import subject
from dragoman.conjugation import VerbForm
from dragoman.language import language_data
from dragoman.names import is_place, name_kind
from dragoman.schemas.evidence import Span
from dragoman.schemas.vocabulary import MeetingFormat, MeetingStatus
from dragoman.syntax import Phrase
from dragoman.syntax.nouns import is_personal, noun_kind

if TYPE_CHECKING:
    from dragoman.article import Article


@dataclass(frozen=True, slots=True)
class MeetingCue:
    """A sentence that seems to tell of an encounter of at least two parties.

    Attributes:
        sentence: id of the sentence.
        cue: the verb or noun that tells of it.
        participants: who deals with each other, as the sentence names them (pronouns included).
        names: the same, pronouns replaced by the names they go back to where that is known.
        status: hint from tense, negation and the words around.
        format: hint from the words of the sentence.
    """

    sentence: str
    cue: Span
    participants: tuple[Span, ...]
    names: tuple[str, ...]
    status: MeetingStatus
    format: MeetingFormat


def meeting_cues(article: Article) -> tuple[MeetingCue, ...]:
    """All meeting cues of an article with at least two participants, in text order.

    Empty for a language without word data. The same encounter may be told several times.
    """
    data = language_data(article.language)
    if data is None:
        return ()
    reader = Reader(article, data)
    found: list[MeetingCue] = []
    for sentence in article.sentences:
        if sentence.noise is None:
            found += _in_sentence(reader, reader.read(sentence))
    return tuple(found)


def _in_sentence(reader: Reader, prepared: Prepared) -> Iterator[MeetingCue]:
    seen: set[frozenset[str]] = set()
    for clause in range(len(prepared.clauses)):
        for index, token in enumerate(prepared.tokens(clause)):
            if token.kind != "word":
                continue
            for group in _parties(prepared, clause, index):
                parties = list(_unique(group))
                names = tuple(_name(reader, prepared, party) for party in parties)
                key = frozenset(name.casefold() for name in names)
                if len(key) < 2 or key in seen:
                    continue
                seen.add(key)
                yield MeetingCue(
                    sentence=prepared.sentence.id,
                    cue=Span(start=token.start, end=token.end, exact=token.text),
                    participants=tuple(_span(prepared, party) for party in parties),
                    names=names,
                    status=meeting_status(prepared, clause, index),
                    format=meeting_format(prepared, token),
                )


def _span(prepared: Prepared, party: Found) -> Span:
    token = prepared.tokens(party.clause)[party.phrase.head]
    if party.phrase.pronoun:
        return Span(start=token.start, end=token.end, exact=token.text)
    return prepared.span(party.clause, party.phrase)


def _name(reader: Reader, prepared: Prepared, party: Found) -> str:
    span = _span(prepared, party)
    if not party.phrase.pronoun:
        return span.exact
    return reader.memory.resolve(span.exact.lower(), prepared.data) or span.exact


def _unique(parties: Iterable[Found]) -> Iterator[Found]:
    seen = set()
    for party in parties:
        place = (party.clause, party.phrase.head)
        if place not in seen:
            seen.add(place)
            yield party


def _parties(prepared: Prepared, clause: int, index: int) -> list[list[Found]]:
    """Who meets whom, by the cue at `index`, one list an encounter; none where there is no cue."""
    meetings = prepared.data.meetings
    token = prepared.tokens(clause)[index]
    opens = clause == 0 and index == 0
    noun = (opens or token.capital == (prepared.data.code == "de")) and (
        token.lower in meetings.nouns or token.lower.rpartition("-")[2] in meetings.nouns
    )
    following = prepared.tokens(clause)[index + 1 : index + 2]
    appeal = token.lower == "call" and any(t.lower in ("for", "on", "to") for t in following)
    if noun and not appeal and not is_verb_here(prepared, clause, index):
        return [_by_noun(prepared, clause, index)]
    forms = meetings.verbs.get(token.lower)
    if forms and not token.capital:
        return _by_verb(prepared, clause, index, forms)
    return []


# verbs


def _by_verb(
    prepared: Prepared,
    clause: int,
    index: int,
    forms: Sequence[tuple[str, VerbForm, str | None]],
) -> list[list[Found]]:
    meetings = prepared.data.meetings
    tokens = prepared.tokens(clause)
    fitting = [f for f in forms if f[2] is None or any(t.lower == f[2] for t in tokens[index:])]
    if not fitting:
        return []
    lemma = fitting[0][0]
    who = _subject(prepared, clause, index, {form for _, form, _ in fitting})
    partners = list(_governed(prepared, clause, meetings.partner_prepositions, index))
    if prepared.data.code != "de" and lemma in meetings.weak_verbs:
        partners = [one for one in partners if one.phrase.first <= index + _CLOSE]
    passive = prepared.data.grammar.auxiliaries_passive
    if any(form == "participle" for _, form, _ in fitting) and (
        len({form for _, form, _ in fitting}) == 1 or any(t.lower in passive for t in tokens)
    ):
        partners += _governed(prepared, clause, prepared.data.grammar.passive_by, index)
    if not partners and lemma in meetings.verbs_person_object:
        partners = _objects(prepared, clause, index, who)
    if who is None:
        return []
    first = coordinated(prepared, who)
    if not partners and (len(first) < 2 or lemma in meetings.weak_verbs):
        return []
    # "met A in Oslo and later with B": each "with" is an encounter of its own.
    apart = [one for one in partners if _has_own_preposition(prepared, one)] or partners[:1]
    groups = [[*first, *coordinated(prepared, partner)] for partner in apart] or [first]
    return [
        [party for party in group if _can_meet(prepared, party.clause, party.phrase)]
        for group in groups
    ]


def _has_own_preposition(prepared: Prepared, found: Found) -> bool:
    """Whether a preposition stands right before a phrase, and is not shared with one before."""
    first = found.phrase.first
    return first > 0 and prepared.tokens(found.clause)[first - 1].lower == found.phrase.preposition


_CLOSE = 5
"""Words behind "spoke" within which "with" still belongs to it."""


def _objects(prepared: Prepared, clause: int, index: int, who: Found | None) -> list[Found]:
    """The object of the verb: in its clause or, for a German infinitive, in what leads up to it."""
    openers = prepared.data.meetings.infinitive_openers
    infinitive = index > 0 and prepared.tokens(clause)[index - 1].lower == "zu"
    for number in range(clause, -1, -1):
        if number < clause and (not infinitive or has_finite_verb(prepared, number)):
            break
        for phrase in prepared.phrases[number]:
            if (
                phrase.preposition in (None, *openers)
                and not phrase.pronoun
                and _can_meet(prepared, number, phrase)
                and (prepared.data.code == "de" or phrase.first > index)
                and not (who and who.clause == number and phrase.first == who.phrase.first)
                and (number == clause or phrase.determiner is not None)
            ):
                return [Found(number, phrase)]
    return []


def _subject(prepared: Prepared, clause: int, index: int, forms: set[VerbForm]) -> Found | None:
    g, tokens = prepared.data.grammar, prepared.tokens(clause)
    before = tokens[index - 1].lower if index else ""
    if before in {"zu", "to"}:
        own = next(iter(_objects(prepared, clause, index, None)), None) if before == "zu" else None
        return _before_infinitive(prepared, own.clause if own else clause, index)
    finite = index
    for k in range(index - 1, -1, -1):
        word = tokens[k].lower
        if word in g.auxiliaries_passive and "participle" in forms and word != "werden":
            finite = k  # "X wurde von Y empfangen": Y comes with the agents
            break
        if word in g.auxiliaries_perfect | g.auxiliaries_future:
            finite = k
            break
    cue = Cue(clause, index, finite, "declare", "active", False, False, "", index)
    found, _ = subject(prepared, cue, _before_infinitive(prepared, clause, 0))
    return found


def _before_infinitive(prepared: Prepared, clause: int, index: int) -> Found | None:
    """The nearest phrase before that may be the subject of an infinitive ("…, um X zu treffen")."""
    for number in range(clause, -1, -1):
        for phrase in reversed(prepared.phrases[number]):
            if number == clause and (phrase.first >= index or prepared.data.code == "de"):
                continue
            if nominative(prepared, number, phrase) and _can_meet(prepared, number, phrase):
                return Found(number, phrase)
    return None


def _can_meet(prepared: Prepared, clause: int, phrase: Phrase) -> bool:
    """Whether a phrase names somebody who can deal with another, and no outlet."""
    if phrase.pronoun:
        return prepared.tokens(clause)[phrase.head].lower not in {"es", "it", "man"}
    if not prepared.is_actor(clause, phrase):
        return False
    tokens = prepared.tokens(clause)
    head = tokens[phrase.last].lower
    if (
        head in prepared.data.meetings.nouns
        or head.rpartition("-")[2] in prepared.data.meetings.nouns
    ):
        return False
    kind = name_kind(prepared.span(clause, phrase).exact, prepared.data.code)
    if kind == "person" and phrase.determiner is not None:
        # "the Grand Hall": a person's name has an article only behind an office.
        return any(
            noun_kind(token.lower, prepared.data) in ("person", "group")
            or (is_personal(token.lower, prepared.data) and index < phrase.last)
            for index, token in enumerate(tokens[: phrase.last + 1])
            if index >= phrase.core
        )
    if kind is None:
        # An unknown word with an article before it is rather a thing: "received the award".
        return tokens[phrase.last].capital and phrase.determiner is None
    return kind != "media"


def _governed(
    prepared: Prepared, clause: int, prepositions: frozenset[str], index: int
) -> Iterator[Found]:
    """Phrases under one of the prepositions; before the verb too where German puts them there."""
    for phrase in prepared.phrases[clause]:
        if phrase.preposition not in prepositions or phrase.pronoun:
            continue
        if prepared.data.code != "de" and phrase.first < index:
            continue
        if _can_meet(prepared, clause, phrase):
            yield Found(clause, phrase)


# nouns


def _by_noun(prepared: Prepared, clause: int, index: int) -> list[Found]:
    meetings = prepared.data.meetings
    between = list(_governed_after(prepared, clause, meetings.between_prepositions, index))
    if between:
        return [other for found in between for other in coordinated(prepared, found)]
    partners = list(_governed_after(prepared, clause, meetings.partner_prepositions, index))
    if not partners:
        return _visit(prepared, clause, index) or _holding(prepared, clause, index)
    rest = [other for partner in partners for other in coordinated(prepared, partner)]
    who = _host(prepared, clause, index)
    return [*(coordinated(prepared, who) if who else ()), *rest]


_VISITS = frozenset({"visit", "trip", "besuch", "reise", "staatsbesuch"})


def _visit(prepared: Prepared, clause: int, index: int) -> list[Found]:
    """Who was to visit which country, where the visit is called off, put off or planned.

    That somebody is on a visit is told of any trip, whoever is met on it.
    """
    tokens = prepared.tokens(clause)
    if tokens[index].lower not in _VISITS or meeting_status(prepared, clause, index) == "held":
        return []
    host = _host(prepared, clause, index)
    following = prepared.phrases[clause]
    country = next((p for p in following if index < p.first <= index + _CLOSE), None)
    if host is None or country is None or country.preposition not in ("to", "in", "nach"):
        return []
    named = is_place(tokens[country.last].text, prepared.data)
    return [host, Found(clause, country)] if named else []


_HOLDING = frozenset(
    {"held", "hold", "holds", "holding", "had", "have"}
    | {"hielten", "halten", "führten", "führen", "hatten", "haben", "abgehalten", "geführt"}
)
"""Verbs of which a meeting is the object: "A and B held a meeting"."""


def _holding(prepared: Prepared, clause: int, index: int) -> list[Found]:
    """Two or more who hold a meeting, where nobody is named behind "with"."""
    if not any(token.lower in _HOLDING for token in prepared.tokens(clause)):
        return []
    who = _host(prepared, clause, index)
    parties = coordinated(prepared, who) if who is not None else []
    return parties if len(parties) > 1 else []


def _governed_after(
    prepared: Prepared, clause: int, prepositions: frozenset[str], index: int
) -> Iterator[Found]:
    for phrase in prepared.phrases[clause]:
        near = index < phrase.first <= index + 8
        if near and phrase.preposition in prepositions and _can_meet(prepared, clause, phrase):
            yield Found(clause, phrase)
            return


def _host(prepared: Prepared, clause: int, index: int) -> Found | None:
    """Whose meeting it is: its owner, the subject of its clause, else that of the sentence."""
    owner = _possessor(prepared, clause, index)
    if owner is not None:
        return owner
    for phrase in prepared.phrases[clause]:
        covers = phrase.first <= index <= phrase.last
        if (
            not covers
            and nominative(prepared, clause, phrase)
            and _can_meet(prepared, clause, phrase)
        ):
            return Found(clause, phrase)
    found = topic(prepared)
    if (
        found is not None
        and found.clause != clause
        and _can_meet(prepared, found.clause, found.phrase)
    ):
        return found
    return None


def _possessor(prepared: Prepared, clause: int, index: int) -> Found | None:
    """Who stands in the genitive before the noun: "Berg's talks with …"."""
    tokens = prepared.tokens(clause)
    for phrase in prepared.phrases[clause]:
        last = tokens[phrase.last]
        near = phrase.last < index <= phrase.last + 2
        if near and last.capital and last.text.endswith(("'s", "’s", "s'", "s’")):
            return Found(clause, phrase) if _can_meet(prepared, clause, phrase) else None
    return None
