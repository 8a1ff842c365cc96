"""The brief put together: ids for names, mentions with offsets, and nothing lost on the way."""

from __future__ import annotations

import itertools
from datetime import date
from typing import Any

from evals_support import NO_RUN
from hypothesis import given
from hypothesis import strategies as st
from scripted import ARTICLE

from dragoman.article import Article
from dragoman.assembly import Parts, assemble
from dragoman.directory import Directory
from dragoman.grounding import Grounded, Proven
from dragoman.schemas.brief import Brief, Gap, Rejected
from dragoman.schemas.draft import (
    DraftActor,
    DraftCorrection,
    DraftMeeting,
    DraftPosition,
    DraftWarning,
)

MOOR = DraftActor(name="Karl Moor", kind="person", role="minister", forms=("Karl Moor", "Moor"))
BERG = DraftActor(name="Anna Berg", kind="person", forms=("Berg",))
NORDA = DraftActor(name="Norda", kind="media", forms=())


def proven(draft: Any, article: Article = ARTICLE) -> Proven[Any]:
    """A draft with the evidence it cites."""
    return Proven(draft, tuple(article.evidence(name) for name in draft.sentences))


def position(**changes: Any) -> DraftPosition:
    values = {"sentences": ("s3",), "holder": "Berg", "act": "declare", "statement": "So it is."}
    return DraftPosition(**{**values, **changes})


def meeting(**changes: Any) -> DraftMeeting:
    values = {"sentences": ("s2",), "participants": ("Moor", "Berg"), "status": "held"}
    return DraftMeeting(**{**values, **changes})


def put_together(
    *items: Any,
    actors: tuple[DraftActor, ...] = (MOOR, BERG, NORDA),
    article: Article = ARTICLE,
    language: str = "en",
    **parts: Any,
) -> Brief:
    """A brief of items that are taken as proven."""

    def of(kind: type) -> tuple[Proven[Any], ...]:
        return tuple(proven(item, article) for item in items if isinstance(item, kind))

    grounded = Grounded(of(DraftMeeting), of(DraftPosition), of(DraftWarning), of(DraftCorrection))
    brief = assemble(
        article, Parts(actors=actors, grounded=grounded, run=NO_RUN, **parts), language=language
    )
    assert Brief.model_validate_json(brief.model_dump_json()) == brief
    return brief


def test_items_name_actors_by_id() -> None:
    """Whatever form an item used, it points to the one entry of the actor."""
    brief = put_together(
        meeting(),
        position(reported_by="Norda", target="Moor"),
        DraftWarning(
            sentences=("s5",), issuer="Moor", addressee="Berg", kind="caution", statement="Beware."
        ),
    )
    assert [(actor.id, actor.name) for actor in brief.actors] == [
        ("a1", "Karl Moor"),
        ("a2", "Anna Berg"),
        ("a3", "Norda"),
    ]
    assert brief.meetings[0].participants == ("a1", "a2")
    one = brief.positions[0]
    assert (one.holder, one.target, one.reported_by) == ("a2", "a1", "a3")
    assert (brief.warnings[0].issuer, brief.warnings[0].addressee) == ("a1", "a2")
    assert [brief.meetings[0].id, one.id, brief.warnings[0].id] == ["m1", "p1", "w1"]


def test_every_mention_is_found_with_its_offsets() -> None:
    """All forms, in order, the longest where several begin, and none in noise."""
    brief = put_together()
    moor = brief.actors[0]
    assert [span.exact for span in moor.mentions] == ["Karl Moor", "Moor", "Moor"]
    for span in moor.mentions:
        assert ARTICLE.text[span.start : span.end] == span.exact


def test_a_form_within_a_word_is_no_mention() -> None:
    """The name Berg is not mentioned in "Bergen"."""
    article = Article.from_text("Bergen was calm. Heidelberg too, Berg said.", language="en")
    brief = put_together(actors=(BERG,), article=article)
    assert [span.exact for span in brief.actors[0].mentions] == ["Berg"]


def test_nobody_is_target_or_reporter_of_himself() -> None:
    """Such a target says nothing and is left out."""
    one = put_together(position(target="Anna Berg", reported_by="Berg")).positions[0]
    assert (one.target, one.reported_by) == (None, None)


def test_an_item_of_nobody_listed_is_rejected_not_lost() -> None:
    """Holder, issuer and participants must be listed; the reason names who is not."""
    brief = put_together(
        position(holder="Stranger"),
        meeting(participants=("Moor", "Stranger")),
        DraftWarning(sentences=("s5",), issuer="Stranger", kind="caution", statement="Beware."),
        position(),
    )
    assert (brief.meetings, brief.warnings) == ((), ())
    assert [one.id for one in brief.positions] == ["p1"]
    assert [(one.kind, one.rule) for one in brief.rejected] == [
        ("meeting", "actor-listed"),
        ("position", "actor-listed"),
        ("warning", "actor-listed"),
    ]
    assert "'Stranger'" in brief.rejected[1].reason
    assert brief.rejected[1].item["holder"] == "Stranger"
    assert brief.rejected[1].nearest == "s3"


def test_an_unlisted_target_is_left_out_with_a_note() -> None:
    """The item is worth keeping without it, and the reader hears of it."""
    brief = put_together(
        position(target="Stranger"), meeting(participants=("Moor", "Berg", "Other"))
    )
    assert brief.positions[0].target is None
    assert brief.meetings[0].participants == ("a1", "a2")
    assert brief.notes == (
        "m1: the participant 'Other' is not among the actors.",
        "p1: the target 'Stranger' is not among the actors.",
    )


def test_an_actor_listed_twice_is_one_with_all_forms() -> None:
    """A second entry whose name is a form of the first only adds its forms."""
    second = DraftActor(name="Moor", kind="person", forms=("the minister of public works",))
    brief = put_together(position(holder="the minister of public works"), actors=(MOOR, second))
    assert [actor.name for actor in brief.actors] == ["Karl Moor"]
    assert brief.positions[0].holder == "a1"
    assert "the minister of public works" in [span.exact for span in brief.actors[0].mentions]


def test_an_invented_actor_is_rejected_unless_an_item_needs_it() -> None:
    """An actor without a mention may be one under its right name that the article misspells."""
    ghost = DraftActor(name="Ghost", kind="person", forms=("Spectre",))
    assert [one.rule for one in put_together(actors=(MOOR, ghost)).rejected] == ["actor-named"]
    needed = put_together(position(holder="Ghost"), actors=(MOOR, ghost))
    assert needed.rejected == ()
    assert [actor.name for actor in needed.actors] == ["Karl Moor", "Ghost"]


def test_governments_have_their_name_in_the_language_of_the_brief() -> None:
    """A capital that stands for a government is the government; CLDR knows its name."""
    article = Article.from_text("Beijing rejects the plan, officials said.", language="en")
    actor = DraftActor(name="Beijing", kind="government")
    for language, name in (("de", "China"), ("fr", "Chine")):
        brief = put_together(
            position(sentences=("s1",), holder="China"),
            actors=(actor,),
            article=article,
            language=language,
        )
        assert brief.actors[0].name == name
        assert brief.positions[0].holder == "a1"
    city = DraftActor(name="Beijing", kind="group")
    assert put_together(actors=(city,), article=article).actors[0].name == "Beijing"


def test_a_corrected_name_is_the_actors_name() -> None:
    """The mentions keep the article's spelling."""
    correction = DraftCorrection(
        sentences=("s6",),
        original="Norda",
        corrected="Nordan",
        kind="name",
        impact="minor",
        reason="misspelt",
        origin="model",
    )
    brief = put_together(correction)
    norda = brief.actors[2]
    assert norda.name == "Nordan"
    assert [span.exact for span in norda.mentions] == ["Norda"]
    assert brief.corrections[0].id == "c1"


def test_dates_are_resolved_by_the_day_of_publication() -> None:
    """A held meeting lies behind, a planned one ahead; without a date of publication: neither."""
    text = "Moor met Berg on Monday, and will meet her on Friday, the agency said."
    wednesday = Article.from_text(text, language="en", published=date(2024, 5, 15))
    held, planned = (
        put_together(meeting(sentences=("s1",), status=status, date=day), article=wednesday)
        .meetings[0]
        .date
        for status, day in (("held", "on Monday"), ("planned", "on Friday"))
    )
    assert held is not None
    assert planned is not None
    assert (held.start, planned.start) == (date(2024, 5, 13), date(2024, 5, 17))
    undated = put_together(meeting(date="on Monday")).meetings[0].date
    assert undated is not None
    assert (undated.text, undated.basis) == ("on Monday", "unresolved")


def test_noise_gaps_notes_and_refusals_are_all_there() -> None:
    """Neighbouring noise lines with one reason are one entry."""
    text = "The dam holds, Moor said.\n\nSee also: Rain\nSee also: Sun\n"
    article = Article.from_text(text, language="en")
    refused = Rejected(kind="position", item={}, rule="schema", reason="no act")
    gap = Gap(sentences=("s1",), reason="refused")
    brief = put_together(
        actors=(), article=article, rejected=(refused,), gaps=(gap,), notes=("A note.",)
    )
    assert [one.sentences for one in brief.noise] == [("s2", "s3")]
    assert (brief.rejected, brief.gaps, brief.notes) == ((refused,), (gap,), ("A note.",))


def test_the_source_says_what_was_read() -> None:
    """Hash, length and headline are the article's; the headline may be given in translation."""
    brief = put_together(headline="Minister warnt")
    assert brief.headline == "Minister warnt"
    assert brief.source.title == "Minister warns of a broken dam"
    assert (brief.source.sha256, brief.source.characters) == (ARTICLE.sha256, len(ARTICLE.text))


names = st.text(alphabet="abB. ’'-", min_size=1, max_size=6)


@given(
    st.text(alphabet="abB .’'-\n", max_size=80).filter(str.strip),
    st.lists(st.tuples(names, st.lists(names, max_size=3)), max_size=5),
)
def test_whatever_the_forms_mentions_are_the_text_and_belong_to_one_actor(
    text: str, actors: list[tuple[str, list[str]]]
) -> None:
    """Mentions slice back to their words, do not overlap, and every form leads to an actor."""
    article = Article.from_text(text, language="en")
    drafts = [DraftActor(name=name, kind="person", forms=tuple(forms)) for name, forms in actors]
    directory = Directory(article, drafts, language="en")
    spans = sorted(
        (span.start, span.end, span.exact) for actor in directory.actors for span in actor.mentions
    )
    assert all(text[start:end] == exact for start, end, exact in spans)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))
    ids = {actor.id for actor in directory.actors}
    for draft in drafts:
        assert all(directory.id_of(form) in ids for form in (draft.name, *draft.forms))
