"""Finds reporting cues in a clause: verbs of saying and stance, with their voice and negation."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.attribution.model import Cue, Prepared
from dragoman.language import CueAct, LanguageData, Verb
from dragoman.phrases import is_function_word, noun_kind
from dragoman.tokens import Token

_REVERSED: dict[CueAct, CueAct] = {"support": "reject", "agree": "reject"}


def find_cues(prepared: Prepared) -> list[Cue]:
    """All cues of a sentence in text order."""
    finder = _german_cue if prepared.data.code == "de" else _english_cue
    found: list[Cue] = []
    for number, clause in enumerate(prepared.clauses):
        for index, token in enumerate(clause.tokens):
            if token.kind != "word" or not _may_be_verb(prepared, number, index):
                continue
            if _hypothetical(prepared, number, index):
                continue
            cue = finder(prepared, number, index, found) or _light_cue(prepared, number, index)
            if cue is not None:
                found.append(cue)
    return found


def _may_be_verb(prepared: Prepared, clause: int, index: int) -> bool:
    token = prepared.tokens(clause)[index]
    return not token.capital or (clause == 0 and index == 0)


def _hypothetical(prepared: Prepared, clause: int, index: int) -> bool:
    """Whether the clause says only what would be: "wenn X fordert", "if X agrees"."""
    tokens = prepared.tokens(clause)
    if prepared.data.code == "de":
        return tokens[0].lower in prepared.data.grammar.hypotheticals and (
            len(tokens) - index <= 2 or prepared.clauses[clause].before != ""
        )
    return any(token.lower in prepared.data.grammar.hypotheticals for token in tokens[:index])


def _complete(tokens: Sequence[Token], lemma: str, start: int, end: int, data: LanguageData) -> bool:
    """Whether the word that makes an ambiguous verb a cue stands among tokens[start:end]."""
    wanted = data.requires.get(lemma)
    return wanted is None or any(token.lower in wanted for token in tokens[start:end])


def _negated(
    tokens: Sequence[Token], start: int, end: int, verb: CueAct, data: LanguageData
) -> tuple[CueAct, bool]:
    """Act and negation of a cue, by the negations among tokens[start:end]."""
    negative = any(token.lower in data.grammar.cue_negations for token in tokens[start:end])
    if negative and verb in _REVERSED:
        return _REVERSED[verb], False
    return verb, negative


# German


def _german_cue(
    prepared: Prepared, clause: int, index: int, earlier: Sequence[Cue]
) -> Cue | None:
    data, tokens = prepared.data, prepared.tokens(clause)
    verbs = data.verbs.get(tokens[index].lower)
    previous = tokens[index - 1].lower if index else ""
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if verbs is None or previous == "zu":
        return None
    if following is not None and following.capital and (
        previous in data.grammar.prepositions or previous in data.grammar.determiners
    ):
        return None  # "in einigen Gebieten", "die geschätzten Kosten": an adjective
    if following is not None and following.lower in data.sources.after:
        return None
    if (
        following is not None
        and following.capital
        and index > 1
        and tokens[index - 2].lower in data.grammar.passive_by
    ):
        return None  # "von Moskau unterstützte Separatisten"
    finite, voice, form = _german_frame(prepared, clause, index, verbs, earlier)
    if form is None:
        return None
    verb = _fitting(tokens, index, verbs, form)
    if verb is None:
        return None
    if verb.lemma == "sprechen" and any(token.lower == "mit" for token in tokens):
        return None
    content = prepared.tokens(clause + 1)[:1] if clause + 1 < len(prepared.clauses) else ()
    if not _complete((*tokens, *content), verb.lemma, 0, len(tokens) + 1, data):
        return None
    begin = max(finite, 0)
    act, negated = _negated(tokens, begin, len(tokens), verb.act, data)
    if act == "reject" and any(token.lower in data.grammar.comment_words for token in tokens):
        act, negated = "declare", True
    modal = finite >= 0 and tokens[finite].lower in data.grammar.auxiliaries_future
    modal = modal and voice == "active" and form == "infinitive"
    return Cue(
        clause, index, finite, act, voice, negated, verb.speech, verb.lemma, index, modal
    )


def _german_frame(
    prepared: Prepared, clause: int, index: int, verbs: Sequence[Verb], earlier: Sequence[Cue]
):  # type: ignore[no-untyped-def]
    """Position of the finite verb, the voice, and the verb form that fits the auxiliaries."""
    data, tokens = prepared.data, prepared.tokens(clause)
    g = data.grammar
    forms = {verb.form for verb in verbs}
    following = tokens[index + 1].lower if index + 1 < len(tokens) else ""
    before = [k for k in range(index) if tokens[k].kind == "word"]
    if "participle" in forms:
        perfect = _nearest(tokens, before, following, index, g.auxiliaries_perfect)
        passive = _nearest(tokens, before, following, index, g.auxiliaries_passive)
        if "worden" in {following, tokens[index - 1].lower if index else ""}:
            passive = passive if passive is not None else index
            return passive, "passive", "participle"
        if passive is not None and (perfect is None or passive > perfect):
            return passive, "passive", "participle"
        if perfect is not None:
            return perfect, "active", "participle"
        copula = _nearest(tokens, before, following, index, g.copulas)
        if copula is not None and not forms & {"present", "past"}:
            return copula, "passive", "participle"
    if "infinitive" in forms:
        modal = _nearest(tokens, before, following, index, g.auxiliaries_future)
        if modal is not None:
            return modal, "active", "infinitive"
    if "past" in forms:
        return index, "active", "past"
    if "present" in forms:
        return index, "active", "present"
    if "participle" in forms and index and tokens[index - 1].lower not in g.determiners:
        # "hat A begrüßt, B gefordert": the auxiliary stands with an earlier participle.
        if earlier and earlier[-1].finite != earlier[-1].index:
            return -1, "shared" if earlier[-1].voice == "active" else "passive", "participle"
        opening = prepared.tokens(0)
        if clause and any(token.lower in g.auxiliaries_perfect for token in opening):
            return -1, "shared", "participle"
    return -1, "active", None


def _nearest(
    tokens: Sequence[Token], before: Sequence[int], following: str, index: int, words: frozenset[str]
) -> int | None:
    """Index of an auxiliary: right behind the verb, or the last one before it in the clause."""
    if following in words:
        return index + 1
    for k in reversed(before):
        if tokens[k].lower in words:
            return k
    return None


def _fitting(tokens: Sequence[Token], index: int, verbs: Sequence[Verb], form: str) -> Verb | None:
    """The verb among homographs that fits: one whose separated prefix follows goes first."""
    plain = None
    for verb in verbs:
        if verb.form != form:
            continue
        if verb.particle is None:
            plain = plain or verb
        elif _has_particle(tokens, index, verb.particle):
            return verb
    return plain


def _has_particle(tokens: Sequence[Token], index: int, particle: str) -> bool:
    """Whether the separated prefix closes the clause, or comes before a coordination."""
    for k in range(index + 1, len(tokens)):
        if tokens[k].lower == particle and (
            k + 1 == len(tokens) or tokens[k + 1].lower in {"und", "oder", "aber", "sowie"}
            or tokens[k + 1].kind == "quote"
        ):
            return True
    return False


def _light_cue(prepared: Prepared, clause: int, index: int) -> Cue | None:
    """A verb that reports only together with a noun: "äußerte Bedenken", "issued a statement"."""
    data, tokens = prepared.data, prepared.tokens(clause)
    if tokens[index].lower not in data.light_verbs:
        return None
    g = data.grammar
    window = tokens if data.code == "de" else tokens[index + 1 : index + 6]
    noun = next((t.lower for t in window if t.kind == "word" and t.lower in data.nouns), None)
    if noun is None:
        return None
    finite = index
    voice = "active"
    before = [k for k in range(index) if tokens[k].kind == "word"]
    following = tokens[index + 1].lower if index + 1 < len(tokens) else ""
    if data.code == "de":
        perfect = _nearest(tokens, before, following, index, g.auxiliaries_perfect)
        passive = _nearest(tokens, before, following, index, g.auxiliaries_passive)
        if perfect is not None:
            finite = perfect
        elif passive is not None:
            return None
        elif data.nouns[noun] == "warn" and any(t.lower == noun and tokens[k - 1].lower in {"die", "der"} for k, t in enumerate(tokens) if k):
            return None
    elif index and tokens[index - 1].lower in g.auxiliaries_passive:
        return None
    act, negated = _negated(tokens, min(finite, index), len(tokens), data.nouns[noun], data)
    return Cue(clause, index, finite, act, "active", negated, True, noun, index) if voice else None


# English


def _english_cue(
    prepared: Prepared, clause: int, index: int, earlier: Sequence[Cue]
) -> Cue | None:
    data, tokens = prepared.data, prepared.tokens(clause)
    verbs = data.verbs.get(tokens[index].lower)
    if verbs is None:
        return None
    g = data.grammar
    start = _group_start(tokens, index, data)
    auxiliaries = {tokens[k].lower for k in range(start, index)}
    previous = tokens[start - 1].lower if start else ""
    following = tokens[index + 1].lower if index + 1 < len(tokens) else ""
    forms = {verb.form: verb for verb in reversed(verbs)}
    verb, voice = _english_form(
        forms, auxiliaries, previous, following, _noun_before(prepared, clause, start),
        _inside_noun_phrase(tokens, index, data),
        "" if clause and prepared.clauses[clause].before != ":" else "who", data
    )
    if verb is None:
        return None
    if voice == "passive" and verb.lemma == "quote":
        voice = "active"
    if not _complete(tokens, verb.lemma, index + 1, index + 4, data):
        return None
    act = verb.act
    last = index
    phrase = data.phrases.get((tokens[index].lower, following))
    if phrase is not None:
        act, last = phrase, index + 1
    elif verb.lemma == "call" and following in {"off", "it", "him", "them"} and voice == "active":
        return None
    act, negated = _negated(tokens, start, index + 1, act, data)
    if verb.lemma in {"decline", "refuse"} and any(
        token.lower in data.grammar.comment_words for token in tokens[index + 1 : index + 4]
    ):
        act, negated = "declare", True
    modal = bool(auxiliaries & data.grammar.auxiliaries_future - {"did", "does", "do"})
    return Cue(clause, index, start, act, voice, negated, verb.speech, verb.lemma, last, modal)


def _group_start(tokens: Sequence[Token], index: int, data: LanguageData) -> int:
    """First word of the verb group that ends at `index`: auxiliaries, adverbs, negation."""
    g = data.grammar
    start = index
    while start > 0:
        word = tokens[start - 1].lower
        if tokens[start - 1].kind == "word" and (
            word in g.auxiliaries_perfect
            or word in g.auxiliaries_passive
            or word in g.auxiliaries_future
            or word in g.cue_negations
            or (word in g.adverbs and word not in {"both", "all"})
            or (word.endswith("ly") and word not in data.verbs and not tokens[start - 1].capital)
        ):
            start -= 1
        else:
            return start
    return start


def _noun_before(prepared: Prepared, clause: int, start: int) -> bool:
    """Whether a phrase that may be a subject ends right before the verb group."""
    return any(
        phrase.tail == start - 1 and prepared.is_actor(clause, phrase)
        for phrase in prepared.phrases[clause]
    )


def _inside_noun_phrase(tokens: Sequence[Token], index: int, data: LanguageData) -> bool:
    """Whether an article opens a phrase that runs on behind the word: "a new added threat"."""
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if following is None or following.kind != "word" or following.capital:
        return False
    if is_function_word(following.lower, data) or following.lower in data.verbs:
        return False
    return any(
        token.lower in data.grammar.determiners and token.lower not in {"that", "all"}
        for token in tokens[max(0, index - 2) : index]
    ) and noun_kind(tokens[index - 1].lower, data) is None and not tokens[index - 1].capital


_OPENING = frozenset({"by", "while", "when", "after", "before", "without", "in"})


def _english_form(
    forms: dict[str, Verb],
    auxiliaries: set[str],
    previous: str,
    following: str,
    noun_before: bool,
    inside: bool,
    tag: str,
    data: LanguageData,
):  # type: ignore[no-untyped-def]
    """The verb form that fits its surroundings, and the voice."""
    g = data.grammar
    passive = bool(auxiliaries & g.auxiliaries_passive)
    if "progressive" in forms:
        if passive:
            return forms["progressive"], "active"
        if previous in g.determiners or previous in g.adjective_endings:
            return None, "active"
        opens = previous == "" or previous in _OPENING or previous in g.coordinators
        if opens or following in {"that", "“", '"'}:
            return forms["progressive"], "shared"
        return (forms["progressive"] if noun_before else None), "active"
    if previous == "to" or (previous in g.determiners and previous not in {"all", "both", "this", "that", "these", "those"}):
        return None, "active"
    if "participle" in forms:
        if passive:
            return forms["participle"], "passive"
        if following == "by":
            return forms["participle"], "passive"
        if auxiliaries & g.auxiliaries_perfect:
            return forms["participle"], "active"
    if "past" in forms:
        if inside:
            return None, "active"
        if previous in g.prepositions and previous not in {"that", "before", "after", "since", "as"}:
            return None, "active"
        return forms["past"], "active"
    if auxiliaries & g.auxiliaries_future and "infinitive" in forms:
        return forms["infinitive"], "active"
    if "present" in forms and (noun_before or previous in {"who", "which", "that", tag}) and following not in {"of", "from", "by"}:
        return forms["present"], "active"
    return None, "active"
