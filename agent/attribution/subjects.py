"""Finds the subject of a cue by the word order of German and English."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.attribution.model import Cue, Found, Prepared
from dragoman.names import name_words, plural_thing
from dragoman.phrases import Phrase, is_abstract, is_office, noun_kind


def subject(prepared: Prepared, cue: Cue, last: Found | None) -> tuple[Found | None, bool]:
    """Who a cue makes speak, and whether that stands behind the cue as the tag of a quotation.

    Args:
        prepared: the sentence.
        cue: the cue.
        last: the subject of the cue before in the same sentence, shared by a coordination.
    """
    if cue.voice == "passive":
        return _agent(prepared, cue), False
    if cue.voice == "shared":
        return last or topic(prepared), False
    if prepared.data.code == "de":
        found, tag = _german_subject(prepared, cue, last)
    else:
        found, tag = _english_subject(prepared, cue, last)
    return (_with_apposition(prepared, found) if found else None), tag


def topic(prepared: Prepared) -> Found | None:
    """The first phrase of the sentence that may be the subject of its main clause."""
    for number, clause in enumerate(prepared.clauses):
        if clause.quotation or _is_dependent(prepared, number):
            continue
        for phrase in prepared.phrases[number]:
            if nominative(prepared, number, phrase):
                return Found(number, phrase)
    return None


def nominative(prepared: Prepared, clause: int, phrase: Phrase) -> bool:
    """Whether a phrase may be a subject: no preposition, no object's article, and an actor."""
    return (
        phrase.preposition is None
        and phrase.determiner not in prepared.data.grammar.object_determiners
        and prepared.is_actor(clause, phrase)
    )


def coordinated(prepared: Prepared, found: Found) -> list[Found]:
    """A phrase with those that are joined to it: "A und B", "A, B and C"; appositions left out."""
    g = prepared.data.grammar
    parties = [found]
    number, end = found.clause, found.phrase.tail
    for clause in range(number, len(prepared.clauses)):
        tokens = prepared.tokens(clause)
        if clause > number and (
            prepared.clauses[clause].before != "," or _finite_position(prepared, clause) is not None
        ):
            break
        for phrase in prepared.phrases[clause]:
            if (clause, phrase.first) <= (number, end):
                continue
            joined = phrase.first and tokens[phrase.first - 1].lower in g.coordinators | {"als", "&"}
            opens = clause > number and phrase.first == 0
            adjacent = clause > number or phrase.first <= end + 3
            title_only = is_office(tokens[phrase.last].lower, prepared.data) and opens
            if phrase.pronoun or not (joined or opens) or not adjacent:
                return parties
            if not title_only and prepared.is_actor(clause, phrase):
                parties.append(Found(clause, phrase))
            end = phrase.tail if clause == number else end
            if clause == number and phrase.first > end + 3:
                return parties
    return parties


def _candidates(
    prepared: Prepared, clause: int, start: int, end: int, *, plural: bool = False
) -> Iterator[Phrase]:
    """Phrases within tokens[start:end] that may be the subject of a verb (in the plural)."""
    tokens = prepared.tokens(clause)
    for phrase in prepared.phrases[clause]:
        if start <= phrase.first and phrase.head < end and nominative(prepared, clause, phrase):
            if plural and plural_thing(tokens, phrase, prepared.data):
                continue
            yield phrase


def _agent(prepared: Prepared, cue: Cue) -> Found | None:
    """Who does it in a passive: "von X kritisiert", "criticised by X"."""
    by = prepared.data.grammar.passive_by
    phrases = prepared.phrases[cue.clause]
    if prepared.data.code != "de":
        phrases = tuple(phrase for phrase in phrases if phrase.first > cue.index)
    for phrase in phrases:
        if phrase.preposition in by and prepared.is_actor(cue.clause, phrase):
            return Found(cue.clause, phrase)
    return None


def _is_relative(prepared: Prepared, clause: int) -> bool:
    """Whether the clause is a relative clause: after a comma, a relative pronoun without its noun."""
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
    if _finite_position(prepared, clause) is None and len(part.tokens) < 6:
        return False
    return not any(
        phrase.first == index and not phrase.pronoun and phrase.core <= index + 2 and phrase.last == len(part.tokens) - 1
        for phrase in prepared.phrases[clause]
    )


def _finite_position(prepared: Prepared, clause: int) -> int | None:
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
    return _finite_position(prepared, clause) is not None


def _is_dependent(prepared: Prepared, clause: int) -> bool:
    tokens = prepared.tokens(clause)
    return bool(tokens) and (
        tokens[0].lower in prepared.data.grammar.subordinators or _is_relative(prepared, clause)
    )


def _antecedent(prepared: Prepared, clause: int) -> Found | None:
    """What a relative clause hangs on: the last phrase of the clause before it."""
    for number in range(clause - 1, -1, -1):
        phrases = prepared.phrases[number]
        opening = prepared.tokens(number)[0].lower
        if opening in _EXAMPLES and number:
            continue
        if phrases and not prepared.clauses[number].quotation:
            phrase = phrases[-1]
            return Found(number, phrase) if prepared.is_actor(number, phrase) else None
    return None


_EXAMPLES = frozenset({"darunter", "einschließlich", "insbesondere", "including", "such"})


def document(prepared: Prepared, cue: Cue) -> Phrase | None:
    """A statement or paper that stands beside the cue as its subject: "says the statement"."""
    tokens = prepared.tokens(cue.clause)
    for phrase in prepared.phrases[cue.clause]:
        beside = cue.finite - 1 <= phrase.tail < cue.finite or phrase.first == cue.last + 1
        if beside and phrase.preposition is None and not phrase.pronoun:
            head = tokens[phrase.last].lower
            if prepared.data.nouns.get(head) in ("declare", "request", "warn"):
                return phrase
    return None


def _leftwards(prepared: Prepared, clause: int, last: Found | None) -> Found | None:
    """Subject of a clause that begins with its verb: before an apposition or relative clause."""
    number = clause - 1
    parts: list[int] = []
    while number >= 0:
        part = prepared.clauses[number]
        if part.quotation:
            break
        if _is_dependent(prepared, number):
            number -= 1
            continue
        if _finite_position(prepared, number) is not None:
            break
        parts.append(number)
        number -= 1
    options = [
        Found(part, phrase)
        for part in reversed(parts)
        for phrase in prepared.phrases[part]
        if nominative(prepared, part, phrase)
    ]
    named = _before_office(prepared, clause)
    if named is not None:
        return named
    if not options:
        return last or topic(prepared)
    return next((found for found in options if _is_personal_name(prepared, found)), options[0])


def _before_office(prepared: Prepared, clause: int) -> Found | None:
    """The name before an apposition that names its office: "…, Jo Smith, ein Sprecher, sagte"."""
    if clause < 2 or has_finite_verb(prepared, clause - 1):
        return None
    apposition = prepared.phrases[clause - 1]
    tokens = prepared.tokens(clause - 1)
    opens = apposition and apposition[0].first == 0
    if not opens or not is_office(tokens[apposition[0].last].lower, prepared.data):
        return None
    return _last_name(prepared, clause - 2)


def _last_name(prepared: Prepared, clause: int) -> Found | None:
    """The personal name with which a clause ends."""
    phrases = prepared.phrases[clause]
    if not phrases or phrases[-1].last != len(prepared.tokens(clause)) - 1:
        return None
    found = Found(clause, phrases[-1])
    return found if _is_personal_name(prepared, found) else None


def _is_personal_name(prepared: Prepared, found: Found) -> bool:
    """Whether a phrase holds two capitalised words that are no office or common noun."""
    tokens = prepared.tokens(found.clause)
    first, end, _ = name_words(tokens, found.phrase, prepared.data)
    return (
        end > first
        and first >= found.phrase.head
        and all(tokens[k].capital or tokens[k].lower in prepared.data.names.particles for k in range(first, end + 1))
        and not any(is_office(tokens[k].lower, prepared.data) for k in range(first, end + 1))
    )


def _with_apposition(prepared: Prepared, found: Found) -> Found:
    """The name that follows an office between commas ("der Gouverneur, Jo Smith, sagte")."""
    tokens = prepared.tokens(found.clause)
    following = found.clause + 1
    if found.phrase.pronoun or noun_kind(tokens[found.phrase.last].lower, prepared.data) is None:
        return found
    if found.phrase.first == 0 and found.clause and prepared.clauses[found.clause].before == ",":
        # "Jo Smith, prime minister of X said": the second comma is often lost.
        named = _last_name(prepared, found.clause - 1)
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
        if phrases[0].first == 0 and (unknown or _is_personal_name(prepared, name)):
            return name
    return found


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


# German


def _german_subject(
    prepared: Prepared, cue: Cue, last: Found | None
) -> tuple[Found | None, bool]:
    g = prepared.data.grammar
    clause, tokens = cue.clause, prepared.tokens(cue.clause)
    start = 1 if tokens[0].lower in g.coordinators | {"denn", "doch"} else 0
    finite = cue.finite
    plural = tokens[finite].lower.endswith("n") if finite >= 0 else False
    behind = max(finite, cue.index) + 1
    verb_last = not any(
        phrase.first > finite and phrase.preposition is None
        for phrase in prepared.phrases[clause]
    )
    if _is_relative(prepared, clause):
        inner = next(_candidates(prepared, clause, 1, finite), None)
        if tokens[0].lower in {"der", "die", "das", "welcher", "welche", "welches"}:
            found = _antecedent(prepared, clause)
            if found is not None and not (inner and inner.pronoun):
                return found, False
        return (Found(clause, inner), False) if inner else (None, False)
    if tokens[start].lower in g.subordinators and (verb_last or finite == len(tokens) - 1):
        inner = _inner(prepared, clause, start)
        if inner is None and tokens[start].lower == "wie":
            inner = next((p for p in prepared.phrases[clause] if prepared.is_actor(clause, p)), None)
        return (Found(clause, inner), False) if inner else (None, False)
    if clause and finite == len(tokens) - 1 and finite > cue.index:
        return _subject_of_broken_clause(prepared, clause), False
    shared = _shared_by_coordination(prepared, cue, last, start)
    if shared is not None:
        return shared, False
    if _impersonal(prepared, clause):
        return None, False
    if finite > start:
        before = next(_candidates(prepared, clause, start, finite, plural=plural), None)
        if before is not None:
            return Found(clause, before), False
        if _surely_subject(prepared, clause, start, finite):
            return None, False
    after = next(_candidates(prepared, clause, finite + 1, len(tokens), plural=plural), None)
    if finite <= start and clause > 0 and start == 0:
        previous = prepared.clauses[clause - 1]
        inverted = (
            previous.quotation
            or previous.before == "quote"
            or (cue.speech and after is not None and after.first <= behind + 1 and _complete_before(prepared, clause))
            or not _is_relative(prepared, clause - 1)
            and (_finite_position(prepared, clause - 1) is not None or cue.speech and after is not None and after.first <= behind + 1)
        )
        if after is None and cue.speech and _complete_before(prepared, clause):
            after = _any_noun_at(prepared, clause, behind)
            inverted = after is not None
        if after is not None and inverted:
            return Found(clause, after), True
        return _leftwards(prepared, clause, last), False
    if after is not None:
        return Found(clause, after), bool(clause) and prepared.clauses[clause - 1].quotation
    return (last, False) if finite <= start else (None, False)


def _subject_of_broken_clause(prepared: Prepared, clause: int) -> Found | None:
    """Subject of a verb-final clause that an insertion between commas broke in two."""
    g = prepared.data.grammar
    for number in range(clause, max(-1, clause - 4), -1):
        tokens = prepared.tokens(number)
        opener = next((k for k, t in enumerate(tokens) if t.lower in g.subordinators), None)
        if opener is not None:
            phrase = _inner(prepared, number, opener)
            return Found(number, phrase) if phrase else None
    return None


def _impersonal(prepared: Prepared, clause: int) -> bool:
    """Whether the clause has "man" for its subject."""
    pronouns = prepared.data.pronouns
    return any(
        phrase.pronoun
        and phrase.preposition is None
        and pronouns[prepared.tokens(clause)[phrase.head].lower] == "none"
        for phrase in prepared.phrases[clause]
    )


def _surely_subject(prepared: Prepared, clause: int, start: int, finite: int) -> bool:
    """Whether a thing stands before the verb as its subject: "Der Vulkan forderte Opfer"."""
    return any(
        start <= phrase.first < finite
        and phrase.preposition is None
        and phrase.determiner in {"der", "ein", "dieser", "jeder"}
        and not is_abstract(prepared.tokens(clause)[phrase.last].lower, prepared.data)
        for phrase in prepared.phrases[clause]
    )


def _any_noun_at(prepared: Prepared, clause: int, index: int) -> Phrase | None:
    """The noun right behind the verb of a tag, whatever it is ("…, sagte der Gefangene")."""
    for phrase in prepared.phrases[clause]:
        if (
            phrase.first in (index, index + 1)
            and phrase.preposition is None
            and phrase.determiner not in prepared.data.grammar.object_determiners
        ):
            tokens = prepared.tokens(clause)
            return None if is_abstract(tokens[phrase.last].lower, prepared.data) else phrase
    return None


def _inner(prepared: Prepared, clause: int, start: int) -> Phrase | None:
    """Subject of a clause whose conjunction could also be a preposition ("als", "während")."""
    tokens = prepared.tokens(clause)
    for phrase in prepared.phrases[clause]:
        opened = phrase.first == start + 1 and phrase.preposition == tokens[start].lower
        if opened and prepared.is_actor(clause, phrase):
            return phrase
        if phrase.first > start and nominative(prepared, clause, phrase):
            return phrase
    return None


def _shared_by_coordination(
    prepared: Prepared, cue: Cue, last: Found | None, start: int
) -> Found | None:
    """The subject carried over by "und forderte …"; the verb follows the conjunction closely."""
    g = prepared.data.grammar
    tokens = prepared.tokens(cue.clause)
    index = cue.finite
    while index > 0 and tokens[index - 1].lower in g.adverbs:
        index -= 1
    if index == 0 or tokens[index - 1].lower not in g.coordinators | {"doch", "zugleich"}:
        return None
    if index - 1 == 0 and cue.clause == 0:
        return None
    following = next(
        (p for p in prepared.phrases[cue.clause] if p.first == cue.finite + 1 and p.pronoun), None
    )
    if following is not None and tokens[following.head].lower in {"er", "sie", "wir", "ich"}:
        return Found(cue.clause, following)
    return last or topic(prepared)


def _complete_before(prepared: Prepared, clause: int) -> bool:
    """Whether a main clause before already has its verb, so that a verb first opens a tag."""
    return any(
        not _is_dependent(prepared, number) and _finite_position(prepared, number) is not None
        for number in range(clause)
    )


# English


def _english_subject(
    prepared: Prepared, cue: Cue, last: Found | None
) -> tuple[Found | None, bool]:
    g = prepared.data.grammar
    clause, tokens = cue.clause, prepared.tokens(cue.clause)
    start = 1 if tokens[0].lower in g.coordinators else 0
    if cue.finite <= start:
        return _english_verb_first(prepared, cue, last, start)
    begin = _region_start(prepared, clause, cue.finite)
    if begin and tokens[begin - 1].lower in {"who", "which"}:
        owner = [p for p in prepared.phrases[clause] if p.last < begin - 1]
        if owner and prepared.is_actor(clause, owner[-1]):
            return Found(clause, owner[-1]), False
        return _antecedent(prepared, clause), False
    before = list(_candidates(prepared, clause, begin, cue.finite))
    if before:
        if _verb_between(prepared, cue, before[0]):
            return None, False
        return Found(clause, before[0]), False
    if begin >= cue.finite:
        return last or topic(prepared), False
    return None, False


def _verb_between(prepared: Prepared, cue: Cue, phrase: Phrase) -> bool:
    """Whether the subject has another verb already, so that the cue is a participle or noun.

    "Police are investigating comments posted on Monday"; "said" and its like are never that.
    """
    if cue.lemma in {"say", "tell", "write"} or cue.finite != cue.index:
        return False
    g, data = prepared.data.grammar, prepared.data
    tokens = prepared.tokens(cue.clause)
    following = tokens[cue.last + 1] if cue.last + 1 < len(tokens) else None
    if following is not None and (following.lower == "that" or following.kind == "quote"):
        return False
    return any(
        token.lower in g.copulas
        or token.lower in g.auxiliaries_perfect
        or token.lower in g.modals
        or any(verb.form in ("present", "past") for verb in data.verbs.get(token.lower, ()))
        for token in tokens[phrase.tail + 1 : cue.finite]
        if token.kind == "word" and not token.capital
    )


def _region_start(prepared: Prepared, clause: int, end: int) -> int:
    """Where the clause around the verb begins: behind the last conjunction before its subject."""
    data = prepared.data
    tokens = prepared.tokens(clause)
    for index in range(end - 1, -1, -1):
        word = tokens[index].lower
        if tokens[index].kind == "quote" and index < end - 1:
            return index + 1
        if tokens[index].capital and index:
            continue
        if word in data.grammar.relatives | data.grammar.subordinators and not (
            index == 0 and word in data.grammar.determiners
        ):
            if word == "as" or word == "that" and index + 1 < end and index == 0:
                return index + 1
            return index + 1
        if word in data.grammar.coordinators and _verb_before(prepared, clause, index):
            return index + 1
    return 0


def _verb_before(prepared: Prepared, clause: int, index: int) -> bool:
    data = prepared.data
    return any(
        token.lower in data.verbs
        or token.lower in data.grammar.copulas
        or token.lower in data.grammar.modals
        or token.lower in data.grammar.auxiliaries_perfect
        or (token.lower.endswith("ed") and not token.capital)
        or token.lower in data.meetings.verbs
        for token in prepared.tokens(clause)[:index]
    )


def _english_verb_first(
    prepared: Prepared, cue: Cue, last: Found | None, start: int
) -> tuple[Found | None, bool]:
    clause = cue.clause
    if start:
        return last or topic(prepared), False
    after = next(_candidates(prepared, clause, cue.last + 1, len(prepared.tokens(clause))), None)
    if clause == 0:
        return (Found(clause, after), True) if after is not None and after.first == cue.last + 1 else (None, False)
    previous = prepared.clauses[clause - 1]
    direct = after is not None and after.first == cue.last + 1
    inverted = previous.quotation or previous.before == "quote" or (
        _finite_position(prepared, clause - 1) is not None and not _is_dependent(prepared, clause - 1)
    )
    if after is not None and direct and inverted and cue.speech:
        return Found(clause, after), True
    return _leftwards(prepared, clause, last), False
