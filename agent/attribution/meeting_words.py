"""Who can meet, and status and format of an encounter, by the words around its cue."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.attribution.model import Found, Prepared
from dragoman.attribution.pairs import stands_for_two
from dragoman.attribution.structure import has_finite_verb, is_dependent, main_clause
from dragoman.language import MeetingWords
from dragoman.names import name_kind
from dragoman.schemas.vocabulary import MeetingFormat, MeetingStatus
from dragoman.syntax import Phrase
from dragoman.syntax.nouns import is_personal, named_behind, noun_kind
from dragoman.syntax.tokens import Token, find_phrases, words
from dragoman.titles import name_words

VISITS = frozenset({"visit", "besuch", "besuchs", "besuches", "staatsbesuch", "antrittsbesuch"})
"""Nouns for a visit."""

CLOSE = 5
"""Words behind "spoke" within which "with" still belongs to it."""


def can_meet(prepared: Prepared, clause: int, phrase: Phrase) -> bool:
    """Whether a phrase names somebody who can deal with another, and no outlet."""
    if phrase.pronoun:
        following = [token.lower for token in prepared.tokens(clause)[phrase.last + 1 :]]
        itself = following[:1] and (following[0] in _BY_A_BODY or following[1:2] == ["in"])
        pronoun = prepared.tokens(clause)[phrase.head].lower
        return bool(itself) if pronoun == "it" else pronoun not in {"es", "man"}
    if stands_for_two(prepared, Found(clause, phrase)):
        return True
    if not prepared.is_actor(clause, phrase):
        return False
    tokens = prepared.tokens(clause)
    head = tokens[phrase.last].lower
    if (
        head in prepared.data.meetings.nouns
        or (head in _EVENTS and not tokens[phrase.last].capital)
        or head.rpartition("-")[2] in prepared.data.meetings.nouns
    ):
        return False
    if head in _PRESS:
        return False
    behind = tokens[phrase.last + 1].lower if phrase.last + 1 < len(tokens) else ""
    if prepared.data.code == "en" and behind in _PLACES and phrase.tail == phrase.last:
        return False  # "visited the new police station"
    kind = name_kind(prepared.span(clause, phrase).exact, prepared.data.code)
    _, _, title = name_words(tokens, phrase, prepared.data)
    named = named_behind(title, prepared.data) if kind is None and title is not None else None
    if named is not None:
        return named != "media"  # "the newspaper Norda", "the carrier Norda"
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


_PRESS = frozenset(
    {"journalists", "reporters", "journalisten", "reportern", "reporter", "presse", "press"}
)
"""Those to whom things are told and whom nobody meets."""

_PLACES = frozenset(
    {"station", "building", "headquarters", "compound", "site", "plant", "factory", "museum"}
    | {"exhibition", "office", "offices", "house", "base", "camp", "school", "hospital", "square"}
)
"""Nouns that make a place of the body before them."""

_BY_A_BODY = frozenset({"holds", "held", "leads", "led", "met", "meets", "will", "had", "has"})
"""Verbs of which "it" is a company or another body, not the subject of a saying."""

_EVENTS = frozenset(
    {"forum", "symposium", "symposia", "seminar", "congress", "majority", "minority"}
)
"""What may be a body by its name, and without one is an event or a number."""

_BEFORE_A_GERUND = frozenset({"after", "before", "upon", "by", "since", "while"})


_COMPOUNDS = ("gespräch", "gespräche", "gesprächen", "verhandlungen", "treffen", "besuch", "gipfel")
"""Ends of German nouns for encounters: "Schlichtungsgespräch"."""


def is_meeting_noun(prepared: Prepared, word: str) -> bool:
    """Whether a noun (lower-cased) tells of an encounter."""
    nouns, part = prepared.data.meetings.nouns, word.rpartition("-")[2]
    compound = prepared.data.code == "de" and part.endswith(_COMPOUNDS)
    return word in nouns or part in nouns or compound


def is_verb_here(prepared: Prepared, clause: int, index: int) -> bool:
    """English only: "visit" and "call" are verbs behind a subject or an auxiliary."""
    data, tokens = prepared.data, prepared.tokens(clause)
    if data.code == "de" or tokens[index].lower not in data.meetings.verbs:
        return False
    before = tokens[index - 1] if index else None
    if before is None or before.kind != "word":
        return False
    g = data.grammar
    following = tokens[index + 1 : index + 2]
    if before.lower in _BEFORE_A_GERUND and tokens[index].lower == "meeting":
        return any(token.capital for token in following)  # "after meeting Jo Roe"
    auxiliaries = g.auxiliaries_future | g.auxiliaries_passive | g.auxiliaries_perfect | {"to"}
    return before.lower in auxiliaries or before.lower in data.pronouns


def meeting_status(prepared: Prepared, clause: int, index: int) -> MeetingStatus:
    """Status by the words of the clause; those of the clause before count for an infinitive."""
    meetings = prepared.data.meetings
    tokens = _governing(prepared, clause, index)
    ahead = prepared.tokens(clause)[max(0, index - _GOVERNING) : index]
    if _is_called_off(prepared, clause, index):
        return "ruled_out"
    intended = next(find_phrases(ahead, meetings.planned), None)
    if intended is not None and not _is_not(prepared, ahead, intended[0]):
        called = (meetings.ruled_out, meetings.postponed)
        if all(next(find_phrases(tokens, phrases), None) is None for phrases in called):
            return "planned"
    if _is_to_come(prepared, clause, index, tokens) or _would(prepared, clause, index):
        return "planned"
    options: tuple[tuple[tuple[tuple[str, ...], ...], MeetingStatus], ...] = (
        (meetings.ruled_out, "ruled_out"),
        (meetings.postponed, "postponed"),
        (meetings.called_for, "called_for"),
        (meetings.planned, "planned"),
        (meetings.ongoing, "ongoing"),
    )
    during = setting(prepared, clause, index)
    for phrases, status in options:
        if status == "called_for" and during is not None:
            continue  # "in talks with A, B demanded …": something else is called for
        hits = find_phrases(tokens, phrases)
        cue = prepared.tokens(clause)[index]
        found = next((hit for hit in hits if tokens[hit[0]] is not cue), None)
        if found is not None:
            if status == "planned" and _is_not(prepared, tokens, found[0]):
                return "ruled_out"
            return status
    if during in _AHEAD:
        return "planned"
    return "ruled_out" if _negated(prepared, clause, index) else "held"


def _governing(prepared: Prepared, clause: int, index: int) -> list[Token]:
    """The words around a cue, with those of the clause before on which an infinitive hangs."""
    tokens = _around(prepared, clause, index)
    if is_with_zu(prepared, clause, index):
        number = clause - 1
        while number > 0 and not has_finite_verb(prepared, number):
            number -= 1
        return [*(prepared.tokens(number) if number >= 0 else ()), *tokens]
    if clause and _is_infinitive(prepared, clause):
        return [*prepared.tokens(clause - 1), *tokens]  # "ready, talks with B to hold"
    if prepared.data.code == "de":
        base = main_clause(prepared, clause)
        if base != clause:
            return [*prepared.tokens(base), *tokens]
        # "hat ein Treffen mit dem Leiter des Rats, A, abgesagt"
        ends = [
            n
            for n in range(clause + 1, len(prepared.clauses))
            if main_clause(prepared, n) == clause
        ]
        return [*tokens, *(token for n in ends for token in prepared.tokens(n))]
    opens = index < _OPENING and setting(prepared, clause, index) is None
    if opens and not has_finite_verb(prepared, clause):
        # "talks with B, for which Monday was foreseen, have been put off"
        rest = range(clause + 1, len(prepared.clauses))
        main = (n for n in rest if has_finite_verb(prepared, n) and not is_dependent(prepared, n))
        return [*tokens, *(token for n in [*main][:1] for token in prepared.tokens(n))]
    return tokens


_OPENING = 4
"""Words at the beginning of a clause among which its subject stands."""


def is_with_zu(prepared: Prepared, clause: int, index: int) -> bool:
    """Whether a verb is an infinitive with "to" or "zu", which may be within it."""
    tokens = prepared.tokens(clause)
    word = tokens[index].lower
    forms = prepared.data.meetings.verbs.get(word, ())
    within = "zu" in word and any(form == "infinitive" for _, form, _ in forms)
    return (index > 0 and tokens[index - 1].lower in {"zu", "to"}) or (
        within and prepared.data.code == "de" and all(f == "infinitive" for _, f, _ in forms)
    )


def _is_called_off(prepared: Prepared, clause: int, index: int) -> bool:
    """Whether German calls a meeting off by a verb in two parts: "sagte … das Treffen ab"."""
    said = [token.lower for token in prepared.tokens(clause)]
    verbs = _CALLING_OFF.get(said[-1] if said else "", frozenset())
    return bool(verbs & {*said[:index]})


_CALLING_OFF = {
    "ab": frozenset({"sagt", "sagte", "sagten", "sagen"}),
    "aus": frozenset({"schließt", "schloss", "schlossen", "schließen"}),
}


def _is_infinitive(prepared: Prepared, clause: int) -> bool:
    """Whether a German clause ends with "zu" and an infinitive: "…, Gespräche zu führen"."""
    tokens = prepared.tokens(clause)
    ends = len(tokens) > 1 and tokens[-2].lower == "zu"
    return prepared.data.code == "de" and ends and not has_finite_verb(prepared, clause)


_DURING = frozenset(
    {"in", "bei", "beim", "während", "nach", "vor", "am", "im"}
    | {"at", "during", "after", "following", "before", "of"}
)
_AHEAD = frozenset({"vor", "before", "of"})
"""Prepositions before a meeting that is to come: "ahead of talks with …"."""


_BEFORE_CONFERENCE = frozenset({"press", "news"})
"""Nouns that look like verbs before the noun of a meeting."""


def setting(prepared: Prepared, clause: int, index: int) -> str | None:
    """The preposition by which a meeting is the time or place of something else, if it is."""
    if prepared.tokens(clause)[index].lower not in prepared.data.meetings.nouns:
        return None
    tokens = prepared.tokens(clause)
    for k in range(index - 1, max(-1, index - 5), -1):
        word = tokens[k].lower
        if word in _DURING:
            ahead = word != "of" or (k > 0 and tokens[k - 1].lower == "ahead")
            return word if ahead else None
        if word in _BEFORE_CONFERENCE:
            continue
        if tokens[k].kind != "word" or word in prepared.data.verbs or word.endswith("ing"):
            return None
    return None


def _is_to_come(prepared: Prepared, clause: int, index: int, around: Sequence[Token]) -> bool:
    """Whether the present tense tells of what is to come.

    "Is to meet B", "travels to Oslo to meet B", "meets B on Monday".
    """
    tokens = prepared.tokens(clause)
    before = tokens[index - 1].lower if index else ""
    if is_with_zu(prepared, clause, index):
        own = index > 1 and tokens[index - 2].lower in ("is", "are", "was", "were")
        return own or any(token.lower in _TRAVELS for token in around)
    if before == "for":
        return any(token.lower in _TRAVELS for token in tokens[:index])
    forms = prepared.data.meetings.verbs.get(tokens[index].lower, ())
    present = bool(forms) and all(form == "present" for _, form, _ in forms)
    return present and any(token.lower in prepared.data.weekdays for token in tokens)


def _would(prepared: Prepared, clause: int, index: int) -> bool:
    """Whether a verb is told as what was to come: "he would meet B", "er würde B treffen"."""
    tokens = prepared.tokens(clause)
    german = prepared.data.code == "de"
    if german and tokens[index].capital:
        return False
    ahead = tokens[:index] if german else tokens[max(0, index - _GOVERNING) : index]
    return any(token.lower in ("would", "würde", "würden") for token in ahead) or (
        german and tokens[-1].lower in ("würde", "würden")
    )


_TRAVELS = frozenset(
    {"reist", "reisen", "fliegt", "fliegen", "travels", "travel", "flies", "heads"}
)


def _is_not(prepared: Prepared, tokens: Sequence[Token], at: int) -> bool:
    """Whether a negation stands beside a word: "is not planned", "will not"."""
    beside = [*tokens[max(0, at - 1) : at], *tokens[at + 1 : at + 2]]
    return any(token.lower in prepared.data.grammar.negations for token in beside)


_GOVERNING = 3
"""Words before a cue within which "will" or "plans to" surely belongs to it."""


def _around(prepared: Prepared, clause: int, index: int) -> list[Token]:
    """Words of the clause around the cue, up to a conjunction that another verb follows."""
    data, tokens = prepared.data, prepared.tokens(clause)
    start, end = 0, len(tokens)
    for k, token in enumerate(tokens[:-1]):
        if token.lower in data.grammar.coordinators and (
            tokens[k + 1].lower in data.verbs or tokens[k + 1].lower in data.meetings.verbs
        ):
            if k < index:
                start = k + 1
            else:
                end = min(end, k)
    return list(tokens[start:end])


def _negated(prepared: Prepared, clause: int, index: int) -> bool:
    """Whether a negation belongs to the cue: before a noun, around a German verb."""
    data, tokens = prepared.data, prepared.tokens(clause)
    negations = data.grammar.negations
    if tokens[index].lower in data.meetings.nouns and not is_verb_here(prepared, clause, index):
        return any(token.lower in negations for token in tokens[max(0, index - 2) : index])
    scope = (
        _around(prepared, clause, index) if data.code == "de" else tokens[max(0, index - 3) : index]
    )
    return any(token.lower in negations for token in scope)


_TALKS = frozenset(
    {"conversation", "talks", "discussions", "gespräch", "gespräche", "gesprächen", "unterredung"}
    | {"anruf", "telefonanruf", "telefonat"}
)


_THEIR = frozenset({"their", "ihrem", "ihren"})


def is_talk(prepared: Prepared, clause: int, index: int) -> bool:
    """Whether a noun tells of people who speak with each other and not of an event for many."""
    meetings, tokens = prepared.data.meetings, prepared.tokens(clause)
    own = index > 0 and tokens[index - 1].lower in _THEIR
    return own or tokens[index].lower in _TALKS | meetings.call | meetings.video


_EACH_OTHER = (("each", "other"), ("one", "another"), ("miteinander",))


def speak_together(prepared: Prepared, clause: int) -> bool:
    """Whether those who speak do so with each other, or over a line."""
    meetings, tokens = prepared.data.meetings, prepared.tokens(clause)
    lines = meetings.call | meetings.video
    each_other = next(find_phrases(tokens, _EACH_OTHER), None) is not None
    return each_other or any(token.lower in lines for token in tokens)


def meeting_format(prepared: Prepared, cue: Token) -> MeetingFormat:
    """How the parties meet, as far as the cue and its sentence say."""
    meetings: MeetingWords = prepared.data.meetings
    found = {token.lower for token in words(prepared.sentence.text)}
    own = {cue.lower, *(lemma for lemma, _, _ in meetings.verbs.get(cue.lower, ()))}
    if (own | found) & meetings.video:
        return "video"
    if own & meetings.call or found & (meetings.call - meetings.nouns):
        return "call"
    return "in_person" if (own | found) & meetings.in_person else "unstated"
