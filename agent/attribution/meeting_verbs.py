"""Who takes part in an encounter that a verb tells of: "A met B", "A wurde von B empfangen"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.attribution.coordination import joined_before, names_of_group
from dragoman.attribution.meeting_hosts import parties_of
from dragoman.attribution.meeting_subjects import (
    governed,
    object_pronoun,
    objects_of,
    opening,
    pronoun_behind,
    subject_of,
    subject_of_verb,
)
from dragoman.attribution.meeting_words import CLOSE, can_meet, is_with_zu, speak_together
from dragoman.attribution.model import Found, Prepared
from dragoman.attribution.pairs import stands_for_two, two_alone
from dragoman.attribution.structure import main_clause
from dragoman.conjugation import VerbForm
from dragoman.syntax.nouns import is_function_word, noun_kind
from dragoman.syntax.tokens import Token


@dataclass(frozen=True, slots=True)
class _Verb:
    """A verb of encounter where it stands.

    Attributes:
        clause: index of its clause.
        index: index of the verb in it.
        lemma: its infinitive.
        forms: what forms the word can be.
        base: index of the clause with its finite verb, where an apposition cuts that off.
    """

    clause: int
    index: int
    lemma: str
    forms: frozenset[VerbForm]
    base: int


def by_verb(
    prepared: Prepared,
    clause: int,
    index: int,
    forms: Sequence[tuple[str, VerbForm, str | None]],
) -> list[list[Found]]:
    """Who meets whom, by the verb at `index` and what forms it can be; one list an encounter."""
    tokens = prepared.tokens(clause)
    fitting = [form for form in forms if _has_particle(tokens, index, form)]
    if not fitting or _tells_of_a_thing(tokens, index, fitting[0][0]):
        return []
    with_zu = prepared.data.code == "de" and is_with_zu(prepared, clause, index)
    base = clause if with_zu else main_clause(prepared, clause)
    verb = _Verb(clause, index, fitting[0][0], frozenset(form for _, form, _ in fitting), base)
    who = _who(prepared, verb)
    partners = _partners(prepared, verb, who)
    if who is None:
        return []
    first = names_of_group(prepared, who.clause) or [
        *joined_before(prepared, who),
        *parties_of(prepared, who),
    ]
    if not partners and not _met_by_themselves(prepared, verb, first):
        return []
    return [
        [party for party in group if can_meet(prepared, party.clause, party.phrase)]
        for group in _encounters(prepared, verb, first, partners)
    ]


def _tells_of_a_thing(tokens: Sequence[Token], index: int, lemma: str) -> bool:
    """Whether what is exchanged, taken or negotiated is a thing."""
    if lemma == "aus|tauschen" and all(token.lower != "sich" for token in tokens):
        return True  # prisoners are exchanged, too
    taken = lemma == "treffen" and any(token.lower.endswith(_TAKEN) for token in tokens)
    return taken or _is_to_be_done(tokens, index)


def _who(prepared: Prepared, verb: _Verb) -> Found | None:
    """The subject, also where it is in another clause or only a number: "the two"."""
    if verb.base != verb.clause:
        return subject_of(prepared, verb.base)
    counted = two_alone(prepared, verb.clause, verb.index)
    return counted or subject_of_verb(prepared, verb.clause, verb.index, verb.forms)


def _partners(prepared: Prepared, verb: _Verb, who: Found | None) -> list[Found]:
    """Who is met: behind "with", the agent of a passive, or the object."""
    meetings, clause, index = prepared.data.meetings, verb.clause, verb.index
    hearing = verb.lemma in _TESTIFYING
    prepositions = _BEFORE_WHOM if hearing else meetings.partner_prepositions
    start = opening(prepared, clause, index)
    partners = list(governed(prepared, start, prepositions, index))
    partners = partners or list(governed(prepared, verb.base, prepositions, index))
    if hearing:
        partners = [one for one in partners if _is_body(prepared, one)]
    if not partners and verb.lemma == "speak" and speak_together(prepared, clause):
        partners = list(governed(prepared, clause, frozenset({"to"}), index))
    if prepared.data.code != "de" and verb.lemma in meetings.weak_verbs:
        partners = [one for one in partners if _is_close(prepared, one, index)]
    if _is_passive(prepared, verb):
        by = prepared.data.grammar.passive_by
        agents = list(governed(prepared, clause, by, index))
        partners += agents or list(governed(prepared, verb.base, by, index))
    if not partners and verb.lemma in meetings.verbs_person_object:
        with_zu = prepared.data.code == "de" and is_with_zu(prepared, clause, index)
        partners = objects_of(prepared, verb.base, index, who, infinitive=with_zu)
        partners = partners or object_pronoun(prepared, clause, index)
    return partners or pronoun_behind(prepared, clause, prepositions)


def _is_close(prepared: Prepared, partner: Found, index: int) -> bool:
    """Whether a partner belongs to a weak verb: close by, or only time stands between."""
    between = prepared.tokens(partner.clause)[index + 1 : partner.phrase.first - 1]
    data = prepared.data
    return partner.phrase.first <= index + CLOSE or all(
        token.lower in data.time_words
        or token.lower in data.weekdays
        or token.lower in data.numbers
        or token.text[:1].isdigit()
        or is_function_word(token.lower, data)
        for token in between
    )


def _is_passive(prepared: Prepared, verb: _Verb) -> bool:
    if verb.lemma == "treffen":
        return False  # "wurde von Raketen getroffen"
    passive = prepared.data.grammar.auxiliaries_passive
    helped = any(token.lower in passive for token in prepared.tokens(verb.clause))
    return "participle" in verb.forms and (helped or len(verb.forms) == 1)


def _met_by_themselves(prepared: Prepared, verb: _Verb, first: Sequence[Found]) -> bool:
    """Whether the subjects alone are the parties: "A and B met", "the two discussed gas"."""
    if _met_together(prepared, first[0], verb.index, verb.lemma):
        return True
    weak = verb.lemma in prepared.data.meetings.weak_verbs and verb.lemma not in _BY_TWO
    return len(first) > 1 and (not weak or speak_together(prepared, verb.clause))


def _encounters(
    prepared: Prepared, verb: _Verb, first: Sequence[Found], partners: Sequence[Found]
) -> list[list[Found]]:
    """The parties of each encounter: each "with" tells of one, "separately" of one for each."""
    # "met A in Oslo and later with B"
    apart = [one for one in partners if _has_own_preposition(prepared, one)] or partners[:1]
    others = [parties_of(prepared, partner) for partner in apart]
    if any(token.lower in _APART for token in prepared.tokens(verb.clause)):
        others = [[other] for several in others for other in several]
    return [[*first, *several] for several in others] or [[*first]]


_BY_TWO = frozenset({"discuss", "consult", "sit", "talk", "diskutieren", "besprechen"})
"""Weak verbs that tell of an encounter if they have two subjects: "A and B discussed gas"."""


_TOGETHER = frozenset(
    {"meet", "discuss", "negotiate", "confer", "talk", "telephone", "phone"}
    | {"treffen", "zusammentreffen", "zusammen|treffen", "zusammen|kommen", "begegnen"}
    | {"beraten", "besprechen", "diskutieren", "verhandeln", "telefonieren", "konferieren"}
    | {
        "unterhalten",
        "tisch+sitzen",
        "table+sit",
        "dine",
        "abend+essen",
        "together|come",
        "other+see",
        "hands+shake",
        "views+exchange",
        "tisch+setzen",
    }
    | {
        "verhandlungstisch+setzen",
        "zusammen|setzen",
        "zusammen|sitzen",
        "hände+schütteln",
        "hand+schütteln",
    }
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


_APART = frozenset({"separately", "respectively", "getrennt", "nacheinander", "jeweils"})


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
