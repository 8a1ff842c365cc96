"""Reads an article for who says what: cues, sources, pronouns and running quotations together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from dragoman.attribution.acts import act_in_own_words, refined_act
from dragoman.attribution.cues import find_cues
from dragoman.attribution.model import Attribution, Basis, Cue, Found, Prepared, prepare
from dragoman.attribution.references import Memory, Mention
from dragoman.attribution.roles import addressee, fold_reporters
from dragoman.attribution.running import with_running_quotations
from dragoman.attribution.sources import Source, find_sources, owner
from dragoman.attribution.structure import document, nominative, topic
from dragoman.attribution.subjects import subject
from dragoman.attribution.unknown import attribute_by_quotation
from dragoman.language import LanguageData, language_data
from dragoman.names import name_kind
from dragoman.schemas.evidence import Span
from dragoman.syntax.nouns import bare, is_place, named_behind
from dragoman.titles import name_words

if TYPE_CHECKING:
    from dragoman.article import Article, Sentence


def attribute(article: Article) -> tuple[Attribution, ...]:
    """All attributions of an article, in text order; several in one sentence are possible.

    Deterministic and linear in the article's length. Noise sentences are not read. In a language
    without word data only quotations are attributed, to the name nearest to them.
    """
    data = language_data(article.language)
    if data is None:
        found, inside = attribute_by_quotation(article)
        return tuple(with_running_quotations(article, None, found, inside))
    reader = Reader(article, data)
    for sentence in article.sentences:
        if sentence.noise is None:
            reader.read(sentence)
    return tuple(with_running_quotations(article, data, reader.found, reader.untagged))


_LONGEST_NOUN = 30  # characters

_GENDERS = {"der": "male", "die": "female", "das": "neuter"}
"""Gender by the German article of a subject; "die" may also be a plural."""


@dataclass(slots=True)
class Reader:
    """Reads the sentences of one article in order and remembers who was spoken of."""

    article: Article
    data: LanguageData
    memory: Memory = field(default_factory=Memory)
    found: list[Attribution] = field(default_factory=list)
    untagged: list[str] = field(default_factory=list)

    def read(self, sentence: Sentence) -> Prepared:
        """Read one sentence; sentences must be read in order."""
        spans = [
            (self.article.quotations[k].start, self.article.quotations[k].end)
            for k in sentence.quotations
        ]
        prepared = prepare(self.article, sentence, spans, self.data)
        inside = _wholly_quoted(prepared)
        if inside:
            self.untagged.append(sentence.id)
            return prepared
        self._note_issuer(prepared)
        sources = find_sources(prepared)
        attributions = self._from_cues(prepared, sources)
        attributions = self._with_sources(prepared, attributions, sources)
        if not attributions:
            self._note_topic(prepared)
        self.found += attributions
        return prepared

    def _note_issuer(self, prepared: Prepared) -> None:
        """Remember whose document is spoken of: "UN-Bericht", "a NATO statement"."""
        documents = self.data.grammar.documents
        tokens = [token for clause in prepared.clauses for token in clause.tokens]
        for token in tokens:
            issuer, hyphen, paper = token.text.rpartition("-")
            if hyphen and paper.casefold() in documents and is_place(issuer, self.data):
                self.memory.document = issuer
        for before, token in pairwise(tokens if self.data.code != "de" else ()):
            if token.lower in documents and is_place(before.text, self.data):
                self.memory.document = bare(before.text)

    # cues

    def _from_cues(self, prepared: Prepared, sources: Sequence[Source]) -> list[Attribution]:
        last: Found | None = None
        made: list[Attribution] = []
        sourced = any(
            not self._is_outlet(prepared.span(found.clause, found.phrase))
            for found in (source.found for source in sources)
            if found is not None
        )
        for number, cue in enumerate(find_cues(prepared)):
            found, tag = subject(prepared, cue, last)
            if cue.modal and (sourced or (number and found != last)):
                continue  # what others will say, in somebody's statement
            if cue.lemma == "quote" and found is not None:
                made += self._quoting(prepared, cue, found)
                continue
            if found is not None and self._is_document(prepared, found):
                found = None
            attribution = self._attribution(prepared, cue, found, tag=tag)
            if found is not None and cue.voice != "passive":
                last = found
            if found is None and cue.speech and cue.voice == "active" and not cue.negated:
                attribution = self._from_document(prepared, cue)
            if attribution is not None:
                made.append(attribution)
        return made

    def _author(self, prepared: Prepared) -> str | None:
        """Whose document a sentence cites: that of the last one cited, else of who spoke last."""
        if self.memory.document is not None:
            return self.memory.document
        reports = self.data.grammar.reports
        words = (token.lower for clause in prepared.clauses for token in clause.tokens)
        return None if any(word in reports for word in words) else self.memory.last()

    def _is_document(self, prepared: Prepared, found: Found) -> bool:
        """Whether what speaks is a paper: "a UN report says"."""
        head = prepared.tokens(found.clause)[found.phrase.last].lower
        return head.rpartition("-")[2] in self.data.grammar.documents

    def _from_document(self, prepared: Prepared, cue: Cue) -> Attribution | None:
        """A statement that says something speaks for its author, named here or before."""
        paper = document(prepared, cue)
        if paper is None:
            return None
        author = owner(prepared, cue.clause, paper)
        resolved = None if author else self._author(prepared)
        if author is None and resolved is None:
            return None
        token = prepared.tokens(cue.clause)[cue.index]
        return Attribution(
            sentence=prepared.sentence.id,
            speaker=prepared.span(author.clause, author.phrase) if author else None,
            resolved=resolved,
            cue=Span(start=token.start, end=token.end, exact=token.text),
            act=refined_act(prepared, cue),
            basis="according_to",
            quoted=prepared.quoted(),
        )

    def _attribution(
        self, prepared: Prepared, cue: Cue, found: Found | None, *, tag: bool
    ) -> Attribution | None:
        if found is None:
            return None
        span, resolved, basis = self._speaker(prepared, found)
        if cue.voice == "passive":
            basis = "passive"
        elif tag and basis == "subject":
            basis = "quote_tag"
        tokens = prepared.tokens(cue.clause)
        start, end = tokens[cue.index].start, tokens[cue.last].end
        return Attribution(
            sentence=prepared.sentence.id,
            speaker=span,
            resolved=resolved,
            cue=Span(start=start, end=end, exact=self.article.text[start:end]),
            act=refined_act(prepared, cue),
            basis=basis,
            addressee=addressee(prepared, cue, found),
            negated=cue.negated,
            quoted=prepared.quoted(),
            speech=cue.speech,
        )

    def _speaker(self, prepared: Prepared, found: Found) -> tuple[Span, str | None, Basis]:
        """The speaker's own words, what a pronoun stands for, and how it is known."""
        tokens = prepared.tokens(found.clause)
        phrase = found.phrase
        if phrase.pronoun:
            token = tokens[phrase.head]
            span = Span(start=token.start, end=token.end, exact=token.text)
            resolved = self.named_before(prepared, found) or self.memory.resolve(
                token.lower, self.data
            )
            return span, resolved, "pronoun"
        span = prepared.span(found.clause, phrase)
        self.memory.remember(self._mention(prepared, found, span))
        return span, None, "subject"

    def named_before(self, prepared: Prepared, found: Found) -> str | None:
        """The subject of an earlier clause of the sentence ("Bevor X reiste, sagte er")."""
        pronoun = prepared.tokens(found.clause)[found.phrase.head].lower
        local = Memory()
        main = topic(prepared)
        subordinators = self.data.grammar.subordinators
        for clause in range(found.clause + 1):
            dependent = prepared.tokens(clause)[0].lower in subordinators
            for phrase in prepared.phrases[clause]:
                option = Found(clause, phrase)
                if clause == found.clause and phrase.first >= found.phrase.first:
                    break
                if phrase.pronoun or not nominative(prepared, clause, phrase):
                    continue
                acts = self._is_before_verb(prepared, option)
                if (dependent or option == main or acts) and self._is_name(prepared, option):
                    span = prepared.span(clause, phrase)
                    local.remember(self._mention(prepared, option, span))
        return local.resolve(pronoun, self.data)

    def _is_before_verb(self, prepared: Prepared, found: Found) -> bool:
        """Whether a verb follows a name: "wrote that Jo Roe visited Oslo"."""
        following = prepared.tokens(found.clause)[found.phrase.tail + 1 :][:1]
        verbs = (self.data.verbs, self.data.meetings.verbs)
        return any(token.lower in known for token in following for known in verbs)

    def _mention(self, prepared: Prepared, found: Found, span: Span) -> Mention:
        tokens = prepared.tokens(found.clause)
        _, _, title = name_words(tokens, found.phrase, self.data)
        names = self.data.names
        kind = name_kind(span.exact, self.data.code, title=title)
        gender = None
        words = {bare(tokens[k].lower) for k in range(found.phrase.head, found.phrase.last + 1)}
        if words & names.male_titles:
            gender = "male"
        elif (
            self.data.code == "de"
            and found.phrase.preposition is None
            and found.phrase.determiner in _GENDERS
        ):
            gender = _GENDERS[found.phrase.determiner]
        elif words & names.female_titles or (
            title and title.endswith(names.feminine_office_endings) and self.data.code == "de"
        ):
            gender = "female"
        plural = kind == "group"
        return Mention(span.exact, kind, gender, plural)

    def _note_topic(self, prepared: Prepared) -> None:
        found = topic(prepared)
        if found is None or found.phrase.pronoun:
            return
        if not self._is_name(prepared, found):
            return
        span = prepared.span(found.clause, found.phrase)
        self.memory.remember(replace(self._mention(prepared, found, span), spoke=False))

    def _is_name(self, prepared: Prepared, found: Found) -> bool:
        """Whether a topic is worth remembering: a name or a known kind of actor."""
        tokens, phrase = prepared.tokens(found.clause), found.phrase
        words = [bare(tokens[k].text) for k in range(phrase.head, phrase.last + 1)]
        if name_kind(" ".join(words), self.data.code) is not None:
            return True
        return phrase.determiner is None and phrase.core == phrase.head

    def _quoting(self, prepared: Prepared, cue: Cue, found: Found) -> list[Attribution]:
        """Whoever is quoted by an outlet: "Reuters quotes X as saying", "X was quoted by …"."""
        tokens = prepared.tokens(cue.clause)
        later = [p for p in prepared.phrases[cue.clause] if p.first > cue.index]
        passive = any(t.lower in self.data.grammar.auxiliaries_passive for t in tokens[: cue.index])
        speaker, reporter = found, None
        if passive:
            agent = next((p for p in later if p.preposition == "by"), None)
            reporter = prepared.span(cue.clause, agent) if agent else None
        elif (
            cue.index + 1 < len(tokens) and tokens[cue.index + 1].lower in self.data.object_pronouns
        ):
            return [self._quoted_pronoun(prepared, cue, found)]
        elif later:
            speaker = Found(cue.clause, later[0])
            reporter = prepared.span(found.clause, found.phrase)
        made = self._attribution(prepared, cue, speaker, tag=False)
        return [replace(made, reporter=reporter)] if made else []

    def _quoted_pronoun(self, prepared: Prepared, cue: Cue, outlet: Found) -> Attribution:
        """Whoever an outlet quotes by a pronoun: "Reuters quoted him as saying"."""
        token = prepared.tokens(cue.clause)[cue.index + 1]
        verb = prepared.tokens(cue.clause)[cue.index]
        return Attribution(
            sentence=prepared.sentence.id,
            speaker=Span(start=token.start, end=token.end, exact=token.text),
            resolved=self.memory.resolve(token.lower, self.data),
            cue=Span(start=verb.start, end=verb.end, exact=verb.text),
            act=cue.act,
            basis="pronoun",
            reporter=prepared.span(outlet.clause, outlet.phrase),
            negated=cue.negated,
            quoted=prepared.quoted(),
        )

    # sources

    def _with_sources(
        self, prepared: Prepared, attributions: list[Attribution], sources: Sequence[Source]
    ) -> list[Attribution]:
        for source in sources:
            if source.document:
                attributions = self._with_document(prepared, source, attributions)
                continue
            if source.pronoun is not None:
                attributions = self._with_pronoun(prepared, source, source.pronoun, attributions)
                continue
            if source.found is None:
                continue
            span = prepared.span(source.found.clause, source.found.phrase)
            spoken = [a for a in attributions if a.basis != "according_to" and a.speaker]
            if spoken and all(a.speaker and a.speaker.start != span.start for a in spoken):
                attributions = [
                    replace(a, reporter=a.reporter or span) if a in spoken else a
                    for a in attributions
                ]
                continue
            attributions.append(self._from_source(prepared, source, span))
        return fold_reporters(attributions, self._is_outlet)

    def _with_pronoun(
        self,
        prepared: Prepared,
        source: Source,
        pronoun: Span,
        attributions: list[Attribution],
    ) -> list[Attribution]:
        """Whoever "according to him" goes back to; an outlet that speaks beside only reports."""
        resolved = self.memory.resolve(pronoun.exact.lower(), self.data)
        if resolved is None:
            return attributions
        outlets = [a for a in attributions if a.speaker and self._is_outlet(a.speaker)]
        made = Attribution(
            prepared.sentence.id,
            pronoun,
            resolved,
            source.cue,
            "declare",
            "pronoun",
            reporter=outlets[0].speaker if outlets else None,
            quoted=prepared.quoted(),
        )
        return [*(a for a in attributions if a not in outlets), made]

    def _is_outlet(self, name: Span) -> bool:
        """Whether a name is an outlet's by itself or by the noun before it: "the agency Norda"."""
        before = self.article.text[max(0, name.start - _LONGEST_NOUN) : name.start].split()
        noun = " ".join(before[-2:] if before[-1:] == ["agency"] else before[-1:])
        told = named_behind(noun.casefold(), self.data) if noun else None
        return name_kind(name.exact, self.data.code) == "media" or told == "media"

    def _from_source(self, prepared: Prepared, source: Source, span: Span) -> Attribution:
        if source.found is not None:
            self.memory.remember(self._mention(prepared, source.found, span))
        return Attribution(
            sentence=prepared.sentence.id,
            speaker=span,
            resolved=None,
            cue=source.cue,
            act="declare",
            basis="quote_tag" if source.tag else "according_to",
            quoted=prepared.quoted(),
        )

    def _with_document(
        self, prepared: Prepared, source: Source, attributions: list[Attribution]
    ) -> list[Attribution]:
        if attributions:
            self.memory.document = attributions[-1].name or self.memory.document
            return attributions
        span, resolved = None, self._author(prepared)
        if source.found is not None:
            span = prepared.span(source.found.clause, source.found.phrase)
            resolved = None
            self.memory.document = span.exact
        if span is None and resolved is None:
            return attributions
        made = Attribution(
            prepared.sentence.id,
            span,
            resolved,
            source.cue,
            act_in_own_words(prepared.sentence.text, self.data) or "declare",
            "according_to",
            quoted=prepared.quoted(),
        )
        return [*attributions, made]


def _wholly_quoted(prepared: Prepared) -> bool:
    """Whether nothing but a quotation stands in the sentence."""
    parts = [token for clause in prepared.clauses for token in clause.tokens]
    return bool(parts) and all(token.kind == "quote" for token in parts)
