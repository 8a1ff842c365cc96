"""Finds where an article tells of an encounter, who takes part, and hints at status and format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.attribution.meeting_nouns import by_noun, parties_of
from dragoman.attribution.meeting_words import (
    CLOSE,
    can_meet,
    is_verb_here,
    is_with_zu,
    meeting_format,
    meeting_status,
    speak_together,
)
from dragoman.attribution.model import Cue, Found, Prepared
from dragoman.attribution.pairs import stands_for_two, two_alone
from dragoman.attribution.references import Memory
from dragoman.attribution.speech import Reader
from dragoman.attribution.structure import (
    asked,
    coordinated,
    finite_position,
    has_finite_verb,
    joined_before,
    main_clause,
    names_of_group,
    nominative,
)
from dragoman.attribution.subjects import subject
from dragoman.conjugation import VerbForm
from dragoman.language import LanguageData, language_data
from dragoman.schemas.evidence import Span
from dragoman.schemas.vocabulary import MeetingFormat, MeetingStatus
from dragoman.syntax import Phrase
from dragoman.syntax.nouns import is_function_word, noun_kind
from dragoman.syntax.tokens import Token, find_phrases

if TYPE_CHECKING:
    from dragoman.article import Article


@dataclass(frozen=True, slots=True)
class MeetingCue:
    """A sentence that seems to tell of an encounter of at least two parties.

    Attributes:
        sentence: id of the sentence.
        cue: the verb or noun that tells of it.
        participants: who deals with each other, as the sentence names them (pronouns included);
            a single one stands for two that were named before: "both sides".
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
            before = Memory(list(reader.memory.subjects))
            found += _in_sentence(reader, reader.read(sentence), before)
    return tuple(found)


def _in_sentence(reader: Reader, prepared: Prepared, before: Memory) -> Iterator[MeetingCue]:
    seen: set[frozenset[str]] = set()
    for clause in range(len(prepared.clauses)):
        for index, token in enumerate(prepared.tokens(clause)):
            if token.kind != "word":
                continue
            for group in _parties(prepared, clause, index):
                parties = list(_unique(group))
                names = tuple(_name(reader, prepared, party, before) for party in parties)
                key = frozenset(name.casefold() for name in names)
                if not key or key in seen:
                    continue
                if len(key) < 2 and not stands_for_two(prepared, parties[0]):
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


def _name(reader: Reader, prepared: Prepared, party: Found, before: Memory) -> str:
    span = _span(prepared, party)
    if not party.phrase.pronoun:
        return span.exact
    if span.exact.lower() in prepared.data.meetings.nouns:
        return before.last(person=True) or span.exact
    pronoun = span.exact.lower()
    return (
        reader.named_before(prepared, party)
        or before.resolve(pronoun, prepared.data)
        or reader.memory.resolve(pronoun, prepared.data)
        or span.exact
    )


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
    if prepared.tokens(clause)[0].lower in _ASKING:
        return []
    opens = clause == 0 and index == 0
    noun = (opens or token.capital == (prepared.data.code == "de")) and (
        token.lower in meetings.nouns or token.lower.rpartition("-")[2] in meetings.nouns
    )
    following = [other.lower for other in prepared.tokens(clause)[index + 1 : index + 3]]
    dated = len(following) == 2 and following[1] in prepared.data.weekdays
    appeal = token.lower == "call" and following[:1] in (["for"], ["on"], ["to"]) and not dated
    if noun and not appeal and not is_verb_here(prepared, clause, index):
        return [by_noun(prepared, clause, index)]
    forms = meetings.verbs.get(token.lower)
    if not forms and _calls(prepared, clause, index):
        forms = (("call", "past", None),)
    if forms and not token.capital:
        return _by_verb(prepared, clause, index, forms)
    return []


_ASKING = frozenset({"whether", "ob"})
"""What opens a question whether somebody meets."""


def _calls(prepared: Prepared, clause: int, index: int) -> bool:
    """Whether somebody is called on the telephone: "called her counterpart Jo Roe"."""
    if prepared.tokens(clause)[index].lower not in ("called", "calls"):
        return False
    called = next((p for p in prepared.phrases[clause] if p.first == index + 1), None)
    if called is None:
        return False
    words = {token.lower for token in prepared.tokens(clause)[called.first : called.last + 1]}
    return bool(words & {"counterpart", "colleague"})


def _by_verb(
    prepared: Prepared,
    clause: int,
    index: int,
    forms: Sequence[tuple[str, VerbForm, str | None]],
) -> list[list[Found]]:
    meetings = prepared.data.meetings
    tokens = prepared.tokens(clause)
    fitting = [form for form in forms if _has_particle(tokens, index, form)]
    if not fitting:
        return []
    lemma = fitting[0][0]
    if lemma == "aus|tauschen" and all(token.lower != "sich" for token in tokens):
        return []  # prisoners are exchanged, too
    if _is_to_be_done(tokens, index):
        return []
    if lemma == "treffen" and any(token.lower.endswith(_TAKEN) for token in tokens):
        return []
    who = _subject(prepared, clause, index, {form for _, form, _ in fitting})
    who = two_alone(prepared, clause, index) or who
    hearing = lemma in _TESTIFYING
    prepositions = _BEFORE_WHOM if hearing else meetings.partner_prepositions
    opening = _opening(prepared, clause, index)
    with_zu = prepared.data.code == "de" and is_with_zu(prepared, clause, index)
    base = clause if with_zu else main_clause(prepared, clause)
    if base != clause:
        who = _subject_of(prepared, base)
    partners = list(_governed(prepared, opening, prepositions, index))
    partners = partners or list(_governed(prepared, base, prepositions, index))
    if hearing:
        partners = [one for one in partners if _is_body(prepared, one)]
    if not partners and lemma == "speak" and speak_together(prepared, clause):
        partners = list(_governed(prepared, clause, frozenset({"to"}), index))
    if prepared.data.code != "de" and lemma in meetings.weak_verbs:
        partners = [one for one in partners if one.phrase.first <= index + CLOSE]
    passive = prepared.data.grammar.auxiliaries_passive
    if any(form == "participle" for _, form, _ in fitting) and (
        len({form for _, form, _ in fitting}) == 1 or any(t.lower in passive for t in tokens)
    ):
        partners += _governed(prepared, clause, prepared.data.grammar.passive_by, index)
    if not partners and lemma in meetings.verbs_person_object:
        partners = _objects(prepared, base, index, who, infinitive=with_zu) or _object_pronoun(
            prepared, clause, index
        )
    partners = partners or _pronoun_behind(prepared, clause, prepositions)
    if who is None:
        return []
    names = names_of_group(prepared, who.clause)
    first = names or [*joined_before(prepared, who), *parties_of(prepared, who)]
    weak = lemma in meetings.weak_verbs and not speak_together(prepared, clause)
    alone = not partners and not _met_together(prepared, first[0], index, lemma)
    if alone and (len(first) < 2 or (weak and lemma not in _BY_TWO)):
        return []
    # "met A in Oslo and later with B": each "with" is an encounter of its own.
    apart = [one for one in partners if _has_own_preposition(prepared, one)] or partners[:1]
    groups = [[*first, *parties_of(prepared, partner)] for partner in apart] or [first]
    if any(token.lower in _APART for token in tokens):
        groups = [[*first, partner] for group in groups for partner in group[len(first) :]]
    return [
        [party for party in group if can_meet(prepared, party.clause, party.phrase)]
        for group in groups
    ]


_BY_TWO = frozenset({"discuss", "consult", "sit", "talk", "diskutieren", "besprechen"})
"""Weak verbs that tell of an encounter if they have two subjects: "A and B discussed gas"."""

_TOGETHER = frozenset(
    {"meet", "discuss", "negotiate", "confer", "talk", "telephone", "phone"}
    | {"treffen", "zusammentreffen", "zusammen|treffen", "zusammen|kommen", "begegnen"}
    | {"beraten", "besprechen", "diskutieren", "verhandeln", "telefonieren", "konferieren"}
    | {
        "together|come",
        "other+see",
        "hands+shake",
        "views+exchange",
        "tisch+setzen",
        "verhandlungstisch+setzen",
    }
    | {"zusammen|setzen", "zusammen|sitzen", "hände+schütteln", "hand+schütteln"}
)
"""Verbs that tell of an encounter if two are their subject and nobody else is named."""


_ABOUT = frozenset({"about", "under", "over", "face", "über", "unter", "miteinander"})
"""Words behind "spoke" if two spoke with each other."""


def _met_together(prepared: Prepared, found: Found, index: int, lemma: str) -> bool:
    """Whether the subject alone is two that meet: "the two ministers met", "sie trafen sich"."""
    if not stands_for_two(prepared, found):
        return False
    tokens = prepared.tokens(found.clause)
    if lemma not in _TOGETHER:
        spoke = index + 1 < len(tokens) and tokens[index + 1].lower in _ABOUT
        if lemma not in ("speak", "talk", "sprechen", "reden") or not spoke:
            return False
    if tokens[found.phrase.head].lower != "sie":
        return True
    # "sie" is a woman, too
    grammar = prepared.data.grammar
    helping = grammar.auxiliaries_perfect | grammar.auxiliaries_future | grammar.modals
    verbs = [token.lower for token in tokens if token.lower in helping] or [tokens[index].lower]
    return all(verb.endswith("n") for verb in verbs)


_APART = frozenset({"separately", "getrennt", "nacheinander"})


def _is_to_be_done(tokens: Sequence[Token], index: int) -> bool:
    """Whether German tells what is to be done with a thing: "Punkte, die zu verhandeln sind"."""
    beside = [token.lower for token in tokens[max(0, index - 1) : index + 2]]
    return len(beside) == 3 and beside[0] == "zu" and beside[2] in _BEING


_BEING = frozenset({"ist", "sind", "war", "waren", "sei", "seien", "wäre", "wären"})

_TESTIFYING = frozenset({"testify", "appear", "aus|sagen"})
_BEFORE_WHOM = frozenset({"before", "vor"})


def _is_body(prepared: Prepared, found: Found) -> bool:
    """Whether a phrase names a committee, a court or another body before which one testifies."""
    head = prepared.tokens(found.clause)[found.phrase.last].lower
    return noun_kind(head, prepared.data) in ("organisation", "government")


_TAKEN = (
    "maßnahme",
    "maßnahmen",
    "entscheidung",
    "entscheidungen",
    "vereinbarung",
    "vereinbarungen",
    "vorkehrungen",
    "vorbereitungen",
)
"""Ends of the German nouns for what is taken or made by "treffen"."""


def _has_particle(
    tokens: Sequence[Token], index: int, form: tuple[str, VerbForm, str | None]
) -> bool:
    """Whether what makes a verb one of encounter stands where it must.

    A particle stands behind the verb ("rief … an" at the end), a noun anywhere: "an einen Tisch
    setzen", "shook hands".
    """
    lemma, _, particle = form
    if particle is None:
        return True
    if "+" in lemma:
        return any(token.lower == particle for token in tokens)
    rest = [token.lower for token in tokens[index:] if token.kind == "word"]
    return rest[-1:] == [particle] if particle == "an" else particle in rest


def _has_own_preposition(prepared: Prepared, found: Found) -> bool:
    """Whether a preposition stands right before a phrase, and is not shared with one before."""
    first = found.phrase.first
    return first > 0 and prepared.tokens(found.clause)[first - 1].lower == found.phrase.preposition


def _opening(prepared: Prepared, clause: int, index: int) -> int:
    """Where a German infinitive begins that a list cuts up: "um mit A über X, Y und Z zu reden"."""
    openers = prepared.data.meetings.infinitive_openers
    if prepared.data.code == "de" and is_with_zu(prepared, clause, index):
        for number in range(clause, -1, -1):
            if prepared.tokens(number)[0].lower in openers:
                return number
            if number < clause and has_finite_verb(prepared, number):
                break
    return clause


def _objects(
    prepared: Prepared, clause: int, index: int, who: Found | None, *, infinitive: bool
) -> list[Found]:
    """The object of the verb: in its clause or, for a German infinitive, in what leads up to it."""
    openers = prepared.data.meetings.infinitive_openers
    for number in range(clause, -1, -1):
        if number < clause and (not infinitive or has_finite_verb(prepared, number)):
            break
        for phrase in prepared.phrases[number]:
            if (
                phrase.preposition in (None, *openers)
                and not phrase.pronoun
                and can_meet(prepared, number, phrase)
                and (prepared.data.code == "de" or phrase.first > index)
                and not (who and who.clause == number and phrase.first == who.phrase.first)
                and (number == clause or phrase.determiner is not None)
            ):
                return [Found(number, phrase)]
    return []


def _object_pronoun(prepared: Prepared, clause: int, index: int) -> list[Found]:
    """The pronoun right behind a verb that is its object: "received him", "empfing ihn"."""
    tokens = prepared.tokens(clause)
    for k in (index + 1, index + 2):
        own = k < len(tokens) and tokens[k].lower in prepared.data.object_pronouns
        if own and not (k + 1 < len(tokens) and _is_noun(tokens[k + 1], prepared.data)):
            return [Found(clause, Phrase(k, k, k, k, k, None, None, pronoun=True))]
    return []


def _is_noun(token: Token, data: LanguageData) -> bool:
    """Whether what follows "her" is hers."""
    return token.kind == "word" and not is_function_word(token.lower, data)


def _pronoun_behind(
    prepared: Prepared, clause: int, prepositions: frozenset[str]
) -> list[Found]:
    """The pronoun behind a preposition: "met with him", "traf sich mit ihr"."""
    tokens = prepared.tokens(clause)
    for k in range(1, len(tokens)):
        own = tokens[k].lower in prepared.data.object_pronouns
        if own and tokens[k - 1].lower in prepositions:
            if k + 1 < len(tokens) and _is_noun(tokens[k + 1], prepared.data):
                continue
            return [Found(clause, Phrase(k, k, k, k, k, tokens[k - 1].lower, None, pronoun=True))]
    return []


def _subject_of(prepared: Prepared, clause: int) -> Found | None:
    """The subject of the finite verb of a clause."""
    finite = finite_position(prepared, clause)
    if finite is None:
        return None
    cue = Cue(clause, finite, finite, "declare", "active", False, False, "", finite)
    return subject(prepared, cue, None)[0]


def _subject(prepared: Prepared, clause: int, index: int, forms: set[VerbForm]) -> Found | None:
    g, tokens = prepared.data.grammar, prepared.tokens(clause)
    if is_with_zu(prepared, clause, index):
        opening = _opening(prepared, clause, index)
        with_somebody = _governed(
            prepared, opening, prepared.data.meetings.partner_prepositions, index
        )
        takes_object = prepared.data.code == "de" and next(with_somebody, None) is None
        objects = _objects(prepared, clause, index, None, infinitive=True) if takes_object else []
        own = next(iter(objects), None)
        if own is None and (whom := asked(prepared, opening)) is not None:
            return whom
        return _before_infinitive(prepared, own.clause if own else opening, index)
    finite = index
    for k in range(index - 1, -1, -1):
        word = tokens[k].lower
        if word in g.auxiliaries_passive and "participle" in forms and word != "werden":
            finite = k  # "X wurde von Y empfangen": Y comes with the agents
            break
        if word in g.copulas and "participle" in forms and tokens[-1].lower == "worden":
            finite = k  # "war von Y empfangen worden"
            break
        progressive = "progressive" in forms and word in g.auxiliaries_passive
        if progressive or word in g.auxiliaries_perfect | g.auxiliaries_future:
            finite = k
            break
    cue = Cue(clause, index, finite, "declare", "active", False, False, "", index)
    found, _ = subject(prepared, cue, _before_infinitive(prepared, clause, 0))
    return found if prepared.data.code == "de" else _own_subject(prepared, found, clause, finite)


def _own_subject(prepared: Prepared, found: Found | None, clause: int, finite: int) -> Found | None:
    """The subject behind a verb of reporting, not who reports: "officials said A had met B"."""
    if found is None or found.clause != clause:
        return found
    verbs, tokens = prepared.data.verbs, prepared.tokens(clause)
    reports = [k for k in range(found.phrase.tail, finite) if tokens[k].lower in verbs]
    for phrase in prepared.phrases[clause]:
        behind = bool(reports) and reports[-1] < phrase.first <= phrase.last < finite
        if behind and nominative(prepared, clause, phrase):
            return Found(clause, phrase)
    return found


def _before_infinitive(prepared: Prepared, clause: int, index: int) -> Found | None:
    """The nearest phrase before that may be the subject of an infinitive ("…, um X zu treffen")."""
    tokens = prepared.tokens(clause)[:index]
    asks = next(find_phrases(tokens, prepared.data.meetings.called_for), None) is not None
    for number in range(clause, -1, -1):
        for phrase in reversed(prepared.phrases[number]):
            if number == clause and (phrase.first >= index or prepared.data.code == "de"):
                continue
            subject_ = nominative(prepared, number, phrase) or (
                asks and number == clause and phrase.preposition in _TO_WHOM
            )
            if subject_ and can_meet(prepared, number, phrase):
                return Found(number, phrase)
    return None


_TO_WHOM = frozenset({"to", "on", "upon"})
"""Prepositions before those who are asked to do something: "appealed to A to meet B"."""


def _governed(
    prepared: Prepared, clause: int, prepositions: frozenset[str], index: int
) -> Iterator[Found]:
    """Phrases under one of the prepositions; before the verb too where German puts them there."""
    for phrase in prepared.phrases[clause]:
        if phrase.preposition not in prepositions or phrase.pronoun:
            continue
        if prepared.data.code != "de" and phrase.first < index:
            continue
        if can_meet(prepared, clause, phrase):
            yield Found(clause, phrase)
