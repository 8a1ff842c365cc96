"""Where a mention can be the one who acts: subject of a clause in the reporter's own words."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.grounding.context import Context
from dragoman.grounding.names import Party
from dragoman.grounding.words import Word


def acting(party: Party, sentence: str, context: Context) -> list[int]:
    """Where the party is mentioned, outside quotations, as one who acts can be."""
    words = context.words(sentence)
    places = outside_quotations(party, sentence, context)
    return [start for start, end in places if may_act(words, start, end, context)]


def outside_quotations(
    party: Party, sentence: str, context: Context
) -> tuple[tuple[int, int], ...]:
    """Mentions in the reporter's own words: whom a quotation speaks of does not speak it.

    Nor does anybody named after "she said that": a pronoun is not explained by what it governs.
    And whoever says "we" does not call himself by his name, quotation marks or not.
    """
    places = context.mentions(party, sentence)
    if not places or _begins_with_pronoun(sentence, context):
        return ()
    quotations = context.quotations(sentence)
    if not quotations and _in_first_person(sentence, context):
        return ()
    pronouns = [
        attribution.speaker.start
        for attribution in context.attributions.get(sentence, ())
        if attribution.basis == "pronoun" and attribution.speaker is not None
    ]
    limit = min(pronouns, default=None)
    words = context.words(sentence)
    return tuple(
        (start, end)
        for start, end in places
        if not any(q.start < words[start].start < q.end for q in quotations)
        and (limit is None or words[start].start < limit)
    )


def _begins_with_pronoun(sentence: str, context: Context) -> bool:
    words = context.words(sentence)
    return bool(words) and words[0].key in context.lexicon.subject_pronouns


def _in_first_person(sentence: str, context: Context) -> bool:
    first_person = context.lexicon.first_person
    return any(word.key in first_person for word in context.words(sentence))


def may_act(words: Sequence[Word], start: int, end: int, context: Context) -> bool:
    """Whether a mention stands where the one who acts can stand.

    Not after a preposition, not as a possessor, in German not in another case than the first,
    and not as the subject of a passive ("X was accused").
    """
    lexicon = context.lexicon
    if _suffers(words, start, context):
        return False
    place = start - 1
    while place >= 0 and qualifies(words[place], context):
        if words[place].key in lexicon.oblique:
            return False
        place -= 1
    if place >= 0 and words[place].key in lexicon.prepositions:
        return False
    written = context.article.text[words[end - 1].start : words[end - 1].end]
    return not written.endswith(("'s", "’s"))


def _suffers(words: Sequence[Word], start: int, context: Context) -> bool:
    """Whether the clause of a mention is a passive of a verb of saying or of a stance."""
    data = context.language_data
    if data is None:
        return False
    clause = [word.key for word in words if word.clause == words[start].clause]
    if data.grammar.auxiliaries_passive.isdisjoint(clause):
        return False
    return any(verb.form == "participle" for key in clause for verb in data.verbs.get(key, ()))


def qualifies(word: Word, context: Context) -> bool:
    """Whether a word belongs to the name after it: an article or, in German, an adjective."""
    lexicon = context.lexicon
    if word.key in lexicon.prepositions:
        return False
    adjective = lexicon.code == "de" and not word.capital
    return word.key in lexicon.articles or (
        adjective and word.key.endswith(("en", "er", "es", "em", "e"))
    )
