"""The classes a structured answer must fit, built for the article that is read.

Descriptions are part of the question: some endpoints show them to the model, so they say the
same as the prompt in short. The fields stand in the order in which they are best thought about:
evidence and the speaker's own words first, what follows from them later.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from dragoman.schemas.vocabulary import (
    Act,
    ActorKind,
    ItemKind,
    MeetingFormat,
    MeetingStatus,
    WarningKind,
)
from dragoman.territories import key_of

SECTIONS: Mapping[str, ItemKind] = {
    "actors": "actor",
    "meetings": "meeting",
    "positions": "position",
    "warnings": "warning",
}
"""The lists of an answer, and what they hold."""

_MOST_NAMES = 30  # told to the model when a name is not among them


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ActorAnswer(_Answer):
    """An actor of the article."""

    name: str = Field(min_length=1, description="Full and correct name.")
    kind: ActorKind
    role: str | None = Field(description="Office or function, as far as the article states it.")
    forms: list[str] = Field(
        description="Every form under which the article names the actor, verbatim; no pronouns."
    )


class _Meeting(_Answer):
    participants: list[str] = Field(
        min_length=2, description="Names from actors: those who deal with each other."
    )
    status: MeetingStatus
    format: MeetingFormat
    place: str | None = Field(description="Place, in the article's words.")
    date: str | None = Field(description="Date, in the article's words.")


class _Position(_Answer):
    quote: str | None = Field(
        description="The holder's own words, copied exactly from between quotation marks."
    )
    holder: str = Field(description="Name from actors: whose view it is, not who reports it.")
    act: Act
    target: str | None = Field(description="Name from actors: whom it is about or addressed to.")
    topic: str | None = Field(description="What it is about, in a few words.")
    statement: str = Field(min_length=1, description="What the holder states, in one sentence.")
    reported_by: str | None = Field(description="Name from actors: through whom it is known.")


class _Warning(_Answer):
    quote: str | None = Field(
        description="The issuer's own words, copied exactly from between quotation marks."
    )
    issuer: str = Field(description="Name from actors: who warns.")
    addressee: str | None = Field(description="Name from actors: who is warned; null: the public.")
    kind: WarningKind
    statement: str = Field(min_length=1, description="What is warned of, in one sentence.")
    condition: str | None = Field(description="What would trigger it, if stated.")
    consequence: str | None = Field(description="What would follow, if stated.")
    reported_by: str | None = Field(description="Name from actors: through whom it is known.")


_NAME_FIELDS = {
    "meetings": ("participants",),
    "positions": ("holder", "target", "reported_by"),
    "warnings": ("issuer", "addressee", "reported_by"),
}


class WholeAnswer(_Answer):
    """What an article, or a window of it, gives; see `answer_type` for the other lists."""

    known: ClassVar[Sequence[str]] = ()
    """Names and forms of actors from earlier windows."""

    actors: list[ActorAnswer]

    @model_validator(mode="after")
    def _names_are_listed(self) -> Self:
        """Every name an item uses is an actor's name or form, here or in an earlier window."""
        listed = {key_of(name) for name in self.known}
        for actor in self.actors:
            listed |= {key_of(name) for name in (actor.name, *actor.forms)}
        names = "; ".join(list(dict.fromkeys(actor.name for actor in self.actors))[:_MOST_NAMES])
        problems = [
            InitErrorDetails(
                type=PydanticCustomError(
                    "unknown_actor",
                    "is not among the actors. Use one of their names ({names}), or add the actor "
                    "if the article names it, or leave this item out",
                    {"names": names},
                ),
                loc=place,
                input=name,
            )
            for place, name in self._used_names()
            if key_of(name) not in listed
        ]
        if problems:  # all of them at once, so that one more answer can mend them
            raise ValidationError.from_exception_data("actors", problems)
        return self

    def _used_names(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """The names that items use, each with its place in the answer."""
        for section, fields in _NAME_FIELDS.items():
            for number, item in enumerate(getattr(self, section, ())):
                for field in fields:
                    value = getattr(item, field)
                    if isinstance(value, list):
                        yield from (((section, number, field, at), v) for at, v in enumerate(value))
                    elif value is not None:
                        yield (section, number, field), value


def item_types(sentences: Sequence[str]) -> Mapping[str, type[BaseModel]]:
    """The class of the items of each section, narrowed to the sentences there are."""
    identifier: Any = Literal[tuple(sentences)]
    cited = Annotated[
        list[identifier],
        Field(min_length=1, description="Ids of the sentences that prove it: all needed, no more."),
    ]
    made: dict[str, type[BaseModel]] = {"actors": ActorAnswer}
    for section, name, base in (
        ("meetings", "Meeting", _Meeting),
        ("positions", "Position", _Position),
        ("warnings", "Warning", _Warning),
    ):
        # Fields of the last base come first: the evidence is written before what it proves.
        first = create_model("Cited", __base__=_Answer, sentences=(cited, ...))
        made[section] = create_model(name, __base__=(base, first))
    return made


def answer_type(sentences: Sequence[str], known: Sequence[str] = ()) -> type[WholeAnswer]:
    """The class of the answer about a window.

    Args:
        sentences: ids of the sentences of the window.
        known: names and forms of actors from earlier windows.
    """
    fields: dict[str, Any] = {}
    for section, kind in item_types(sentences).items():
        item: Any = kind
        fields[section] = (list[item], ...)
    made = create_model("ArticleAnswer", __base__=WholeAnswer, **fields)
    made.known = tuple(known)
    return made
