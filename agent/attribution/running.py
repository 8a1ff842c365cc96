"""Gives sentences that lie wholly inside a quotation the speaker of the quotation's tag."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from dragoman.attribution.acts import act_in_own_words
from dragoman.attribution.model import Attribution
from dragoman.language import LanguageData

if TYPE_CHECKING:
    from dragoman.article import Article


def with_running_quotations(
    article: Article,
    data: LanguageData | None,
    found: Iterable[Attribution],
    untagged: Sequence[str],
) -> list[Attribution]:
    """All attributions in text order, those of running quotations among them.

    The tag may stand in any sentence of the quotation. A quoted sentence without a tag that follows
    an attributed one goes on with its speaker.

    Args:
        article: the article.
        data: word knowledge of its language, if there is any.
        found: attributions by cues and sources.
        untagged: ids of the sentences that are nothing but quotation, in text order.
    """
    found = list(found)
    tags = {a.sentence: a for a in found if a.quoted and a.name and a.speech}
    of_quotation = _tags_of_quotations(article, tags)
    order = {sentence.id: number for number, sentence in enumerate(article.sentences)}
    before = _sentences_before(article)
    made: dict[str, Attribution] = {}
    for identifier in untagged:
        sentence = article.sentences[order[identifier]]
        tag = next((of_quotation[k] for k in sentence.quotations if k in of_quotation), None)
        tag = tag or made.get(before[identifier]) or tags.get(before[identifier])
        if tag is not None:
            made[identifier] = Attribution(
                sentence=identifier,
                speaker=None,
                resolved=tag.name,
                cue=None,
                act=act_in_own_words(sentence.text, data) if data else None,
                basis="running",
                reporter=tag.reporter,
                quoted=True,
            )
    return sorted((*found, *made.values()), key=lambda attribution: order[attribution.sentence])


def _tags_of_quotations(article: Article, tags: dict[str, Attribution]) -> dict[int, Attribution]:
    """The first tag among the sentences that a quotation touches, by the quotation's number."""
    found: dict[int, Attribution] = {}
    for number, quotation in enumerate(article.quotations):
        for identifier in quotation.sentences:
            if identifier in tags:
                found[number] = tags[identifier]
                break
    return found


def _sentences_before(article: Article) -> dict[str, str]:
    """For each sentence the id of the one before it, noise left out."""
    before: dict[str, str] = {}
    last = ""
    for sentence in article.sentences:
        before[sentence.id] = last
        if sentence.noise is None:
            last = sentence.id
    return before
