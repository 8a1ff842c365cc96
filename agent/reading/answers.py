"""The classes a structured answer must fit, built for the article that is read.

Descriptions are part of the question: endpoints that enforce a schema show them to the model.
The fields stand in the order in which they are best thought about: evidence first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, create_model, model_validator

from dragoman.schemas.vocabulary import (
    Act,
    ActorKind,
    MeetingFormat,
    MeetingStatus,
    WarningKind,
)
from dragoman.territories import key_of


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ActorAnswer(_Answer):
    """An actor of the article."""

    name: str = Field(min_length=1, description="Full and correct name.")
    kind: ActorKind
    role: str | None = Field(description="Office or function as the article states it.")
    forms: list[str] = Field(
        description="Every form under which the article names the actor, verbatim; no pronouns."
    )


class _Meeting(_Answer):
    participants: list[str] = Field(min_length=2, description="Names from actors.")
    status: MeetingStatus
    format: MeetingFormat
    place: str | None = Field(description="Place in the article's words.")
    date: str | None = Field(description="Date in the article's words.")


class _Position(_Answer):
    quote: str | None = Field(
        description="The holder's own words, copied exactly from between quotation marks."
    )
    holder: str = Field(description="Name from actors: whose view it is, not who reports it.")
    act: Act
    target: str | None = Field(description="Name from actors: whom it is about or addressed to.")
    topic: str | None = Field(description="What it is about, in a few words.")
    statement: str = Field(min_length=1, description="What the holder states, in one sentence.")
    reported_by: str | None = Field(description="Name from actors: the outlet that reports it.")


class _Warning(_Answer):
    quote: str | None = Field(
        description="The issuer's own words, copied exactly from between quotation marks."
    )
    issuer: str = Field(description="Name from actors: who warns.")
    addressee: str | None = Field(description="Name from actors: who is warned; null: the public.")
    kind: WarningKind
    statement: str = Field(min_length=1, description="What is warned of, in one sentence.")
    condition: str | None = Field(description="What would trigger it.")
    consequence: str | None = Field(description="What would follow.")
    reported_by: str | None = Field(description="Name from actors: the outlet that reports it.")


class _Whole(_Answer):
    actors: list[ActorAnswer]

    @model_validator(mode="after")
    def _names_are_listed(self) -> Self:
        """Every name an item uses is an actor's name or form, here or in an earlier window."""
        known = {key_of(name) for name in self._known_names()}
        for actor in self.actors:
            known |= {key_of(name) for name in (actor.name, *actor.forms)}
        for place, name in self._used_names():
            if key_of(name) not in known:
                listed = ", ".join(actor.name for actor in self.actors[:20])
                raise ValueError(
                    f"{place} {name[:60]!r} is not among the actors. Use one of their names "
                    f"({listed}) or add an actor of that name."
                )
        return self

    @classmethod
    def _known_names(cls) -> Sequence[str]:
        return ()

    def _used_names(self) -> list[tuple[str, str]]:
        used: list[tuple[str, str]] = []
        dumped = self.model_dump()
        for section, fields in _NAME_FIELDS.items():
            for number, item in enumerate(dumped.get(section, ())):
                for field in fields:
                    value = item[field]
                    names = value if isinstance(value, list) else [value] if value else []
                    used += [(f"{section}[{number}].{field}", name) for name in names]
        return used


_NAME_FIELDS = {
    "meetings": ("participants",),
    "positions": ("holder", "target", "reported_by"),
    "warnings": ("issuer", "addressee", "reported_by"),
}


def item_types(sentences: Sequence[str]) -> Mapping[str, type[BaseModel]]:
    """The class of the items of each section, narrowed to the sentences there are."""
    identifier: Any = Literal[tuple(sentences)]
    cited = Annotated[
        list[identifier],
        Field(min_length=1, description="Ids of the sentences that prove it, as few as possible."),
    ]
    made: dict[str, type[BaseModel]] = {"actors": ActorAnswer}
    for section, name, base in (
        ("meetings", "Meeting", _Meeting),
        ("positions", "Position", _Position),
        ("warnings", "Warning", _Warning),
    ):
        first = create_model("Cited", __base__=_Answer, sentences=(cited, ...))
        made[section] = create_model(name, __base__=(base, first))
    return made


def answer_type(sentences: Sequence[str], known: Sequence[str] = ()) -> type[BaseModel]:
    """The class of the answer about a window.

    Args:
        sentences: ids of the sentences of the window.
        known: names of actors from earlier windows.
    """
    names = tuple(known)
    fields: dict[str, Any] = {}
    for section, kind in item_types(sentences).items():
        item: Any = kind
        fields[section] = (list[item], ...)
    made = create_model("ArticleAnswer", __base__=_Whole, **fields)
    made._known_names = classmethod(lambda cls: names)  # type: ignore[method-assign,assignment] # per window
    return made
