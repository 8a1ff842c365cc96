"""Clauses of a sentence in relation: relative clauses, appositions, topic, coordination."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.attribution.model import Cue, Found, Prepared
from dragoman.names import plural_thing
from dragoman.syntax.nouns import is_abstract, is_office, noun_kind
from dragoman.syntax.phrase import Phrase
from dragoman.syntax.tokens import find_phrases
from dragoman.titles import name_words


def nominative(prepared: Prepared, clause: int, phrase: Phrase) -> bool:
    """Whether a phrase may be a subject: no preposition, no object's article, and an actor."""
    return (
        phrase.preposition is None
        and phrase.determiner not in prepared.data.grammar.object_determiners
        and not _owns_next(prepared, clause, phrase)
        and prepared.is_actor(clause, phrase)
    )


def owned_by(prepared: Prepared, clause: int, phrase: Phrase) -> Phrase | None:
    """What a country in the genitive stands before: "Norwegens neuer Minister"."""
    if prepared.data.code != "de" or phrase.first != phrase.last:
        return None
    text = prepared.tokens(clause)[phrase.last].text
    places = prepared.data.names.territories | prepared.data.names.metonyms
    if not text.endswith("s") or text in places or text[:-1] not in places:
        return None
    following = (other for other in prepared.phrases[clause] if other.first == phrase.last + 1)
    return next(following, None)


def _owns_next(prepared: Prepared, clause: int, phrase: Phrase) -> bool:
    return owned_by(prepared, clause, phrase) is not None


def candidates(
    prepared: Prepared, clause: int, start: int, end: int, *, plural: bool = False
) -> Iterator[Phrase]:
    """Phrases within tokens[start:end] that may be the subject of a verb (in the plural)."""
    tokens = prepared.tokens(clause)
    for phrase in prepared.phrases[clause]:
        if start <= phrase.first and phrase.head < end and nominative(prepared, clause, phrase):
            if plural and plural_thing(tokens, phrase, prepared.data):
                continue
            yield phrase


def topic(prepared: Prepared) -> Found | None:
    """The first phrase of the sentence that may be the subject of its main clause."""
    for number, clause in enumerate(prepared.clauses):
        if clause.quotation or is_dependent(prepared, number):
            continue
        for phrase in prepared.phrases[number]:
            if nominative(prepared, number, phrase):
                return Found(number, phrase)
            if _owns_next(prepared, number, phrase):
                continue
            head = clause.tokens[phrase.last].lower
            if phrase.preposition is None and not is_abstract(head, prepared.data):
                return None  # a thing is the subject
    return None


def asked(prepared: Prepared, clause: int) -> Found | None:
    """Who is asked to do what a German infinitive tells: "hat A aufgerufen, …"."""
    if prepared.data.code != "de" or clause == 0:
        return None
    matrix = clause - 1
    tokens = prepared.tokens(matrix)
    if next(find_phrases(tokens, prepared.data.meetings.called_for), None) is None:
        return None
    opens = finite_position(prepared, matrix) == 0
    for number, phrase in enumerate(prepared.phrases[matrix]):
        object_ = phrase.determiner in prepared.data.grammar.object_determiners
        if phrase.preposition is None and not phrase.pronoun and (object_ or opens or number):
            return Found(matrix, phrase) if prepared.is_actor(matrix, phrase) else None
    return None


def main_clause(prepared: Prepared, clause: int) -> int:
    """The clause whose verb a German clause ends that an apposition cuts off.

    "…, hat den Leiter des Rats, A, in Linden empfangen": the clause with "hat". In a dependent
    clause the verb stands at its end: "…, wo er vom Leiter des Rats, A, empfangen worden war".
    """
    if prepared.data.code != "de":
        return clause
    if has_finite_verb(prepared, clause):
        start = _dependent_start(prepared, clause)
        return clause if start is None else start
    if is_dependent(prepared, clause):
        return clause
    for number in range(clause - 1, -1, -1):
        if prepared.clauses[number + 1].before != ",":
            return clause
        if is_dependent(prepared, number):
            continue
        if has_finite_verb(prepared, number):
            return number
    return clause


def finite_position(prepared: Prepared, clause: int) -> int | None:
    """Index of the first word of a clause that is surely a finite verb."""
    g, data = prepared.data.grammar, prepared.data
    for index, token in enumerate(prepared.tokens(clause)):
        word = token.lower
        if token.capital or token.kind != "word":
            continue
        if (
            word in g.auxiliaries_perfect
            or word in g.auxiliaries_passive
            or word in g.modals
            or word in g.copulas
            or any(verb.form in ("present", "past") for verb in data.verbs.get(word, ()))
        ):
            return index
    return None


def has_finite_verb(prepared: Prepared, clause: int) -> bool:
    """Whether a clause holds a word that is surely a finite verb."""
    return finite_position(prepared, clause) is not None


def is_relative(prepared: Prepared, clause: int) -> bool:
    """Whether the clause is a relative clause: a comma and a pronoun without its noun."""
    part = prepared.clauses[clause]
    g = prepared.data.grammar
    if clause == 0 or part.before not in {",", "–", "—", "-"} or not part.tokens:
        return False
    opening = part.tokens[0].lower
    after_preposition = opening in g.prepositions and opening not in g.subordinators
    index = 1 if after_preposition and len(part.tokens) > 1 else 0
    word = part.tokens[index]
    if word.lower not in g.relatives or word.capital:
        return False
    if prepared.data.code != "de":
        return word.lower != "that"
    if finite_position(prepared, clause) is None and len(part.tokens) < 6:
        return False
    return not any(
        phrase.first == index
        and not phrase.pronoun
        and phrase.core <= index + 2
        and phrase.last == len(part.tokens) - 1
        for phrase in prepared.phrases[clause]
    )


def is_dependent(prepared: Prepared, clause: int) -> bool:
    """Whether a conjunction or a relative pronoun opens the clause."""
    tokens, g = prepared.tokens(clause), prepared.data.grammar
    if not tokens:
        return False
    opening = tokens[0].lower
    if prepared.data.code == "de" and opening in g.subordinators & g.prepositions:
        # "Bis jetzt weigert sich …": a German clause behind a conjunction ends with its verb.
        finite = finite_position(prepared, clause)
        return finite is None or finite == len(tokens) - 1
    return opening in g.subordinators or is_relative(prepared, clause)


_EXAMPLES = frozenset({"darunter", "einschließlich", "insbesondere", "including", "such"})


def antecedent(prepared: Prepared, clause: int) -> Found | None:
    """What a relative clause hangs on: the last phrase of the clause before it."""
    for number in range(clause - 1, -1, -1):
        phrases = prepared.phrases[number]
        tokens = prepared.tokens(number)
        governed = len(tokens) > 1 and tokens[1].lower in prepared.data.grammar.prepositions
        if tokens[0].lower in _EXAMPLES and number and not governed:
            continue
        if phrases and not prepared.clauses[number].quotation:
            phrase = phrases[-1]
            return Found(number, phrase) if prepared.is_actor(number, phrase) else None
    return None


def document(prepared: Prepared, cue: Cue) -> Phrase | None:
    """A statement or paper that stands beside the cue as its subject: "says the statement"."""
    tokens = prepared.tokens(cue.clause)
    for phrase in prepared.phrases[cue.clause]:
        beside = cue.finite - 1 <= phrase.tail < cue.finite or phrase.first == cue.last + 1
        if beside and phrase.preposition is None and not phrase.pronoun:
            head = tokens[phrase.last].lower
            if head.rpartition("-")[2] in prepared.data.grammar.documents:
                return phrase
    return None


def leftwards(prepared: Prepared, clause: int, last: Found | None) -> Found | None:
    """Subject of a clause that begins with its verb: before an apposition or relative clause."""
    number = clause - 1
    parts: list[int] = []
    while number >= 0:
        part = prepared.clauses[number]
        if part.quotation:
            break
        if is_dependent(prepared, number):
            number -= 1
            continue
        if finite_position(prepared, number) is not None:
            break
        parts.append(number)
        number -= 1
    options = [
        Found(part, phrase)
        for part in reversed(parts)
        for phrase in prepared.phrases[part]
        if nominative(prepared, part, phrase)
        or (
            # "after several outlets, …, accused": a conjunction, no preposition
            phrase.preposition in prepared.data.grammar.subordinators
            and prepared.is_actor(part, phrase)
        )
    ]
    named = _before_office(prepared, clause)
    if named is not None:
        return named
    if not options:
        return last or topic(prepared)
    return next((found for found in options if is_personal_name(prepared, found)), options[0])


def _before_office(prepared: Prepared, clause: int) -> Found | None:
    """The name before an apposition that names its office: "…, Jo Smith, ein Sprecher, sagte"."""
    if clause < 2 or has_finite_verb(prepared, clause - 1):
        return None
    apposition = prepared.phrases[clause - 1]
    tokens = prepared.tokens(clause - 1)
    opens = apposition and apposition[0].first == 0
    if not opens or not is_office(tokens[apposition[0].last].lower, prepared.data):
        return None
    return last_name(prepared, clause - 2)


def _dependent_start(prepared: Prepared, clause: int) -> int | None:
    """The beginning of a dependent clause that ends with the verb of another clause."""
    if is_dependent(prepared, clause) or any(
        nominative(prepared, clause, phrase) for phrase in prepared.phrases[clause]
    ):
        return None
    for number in range(clause - 1, -1, -1):
        if prepared.clauses[number + 1].before != "," or has_finite_verb(prepared, number):
            return None
        if prepared.tokens(number)[0].lower in prepared.data.grammar.subordinators:
            return number
    return None


def last_name(prepared: Prepared, clause: int) -> Found | None:
    """The personal name with which a clause ends."""
    phrases = prepared.phrases[clause]
    if not phrases or phrases[-1].last != len(prepared.tokens(clause)) - 1:
        return None
    found = Found(clause, phrases[-1])
    return found if is_personal_name(prepared, found) else None


def is_personal_name(prepared: Prepared, found: Found) -> bool:
    """Whether a phrase holds two capitalised words that are no office or common noun."""
    tokens = prepared.tokens(found.clause)
    first, end, _ = name_words(tokens, found.phrase, prepared.data)
    return (
        end > first
        and first >= found.phrase.head
        and all(
            tokens[k].capital or tokens[k].lower in prepared.data.names.particles
            for k in range(first, end + 1)
        )
        and not any(is_office(tokens[k].lower, prepared.data) for k in range(first, end + 1))
    )


def _kind_unknown(prepared: Prepared, found: Found) -> bool:
    """Whether a phrase is a single bare word that is no common noun: likely a name."""
    phrase, tokens = found.phrase, prepared.tokens(found.clause)
    return (
        len(tokens) == 1
        and phrase.determiner is None
        and tokens[phrase.last].capital
        and noun_kind(tokens[phrase.last].lower, prepared.data) is None
        and prepared.is_actor(found.clause, phrase)
    )


def with_apposition(prepared: Prepared, found: Found) -> Found:
    """The name that follows an office between commas ("der Gouverneur, Jo Smith, sagte")."""
    tokens = prepared.tokens(found.clause)
    following = found.clause + 1
    if found.phrase.pronoun or noun_kind(tokens[found.phrase.last].lower, prepared.data) is None:
        return found
    if found.phrase.first == 0 and found.clause and prepared.clauses[found.clause].before == ",":
        # "Jo Smith, prime minister of X said": the second comma is often lost.
        named = last_name(prepared, found.clause - 1)
        if (
            named is not None
            and named.phrase.preposition is None
            and found.phrase.determiner is None
            and not has_finite_verb(prepared, found.clause - 1)
        ):
            return named
    if following >= len(prepared.clauses) or prepared.clauses[following].before != ",":
        return found
    rest = tokens[found.phrase.tail + 1 :]
    if any(not t.capital and t.lower not in prepared.data.grammar.prepositions for t in rest):
        return found
    phrases = prepared.phrases[following]
    if len(phrases) == 1 and len(prepared.tokens(following)) <= 4:
        name = Found(following, phrases[0])
        unknown = _kind_unknown(prepared, name)
        if phrases[0].first == 0 and (unknown or is_personal_name(prepared, name)):
            return name
    return found
