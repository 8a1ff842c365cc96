"""Evidence: where in the article something stands, in the terms of the W3C Web Annotation model."""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Record(BaseModel):
    """Base of all published models: frozen, strict, and closed to unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Span(Record):
    """A stretch of the article's text as read (W3C TextPositionSelector with its text)."""

    start: int = Field(ge=0, description="Offset of the first character, in Unicode code points.")
    end: int = Field(ge=0, description="Offset after the last character, in Unicode code points.")
    exact: str = Field(min_length=1, description="The text itself, exactly as the article has it.")

    @model_validator(mode="after")
    def _length_agrees(self) -> Self:
        if self.end - self.start != len(self.exact):
            raise ValueError("end - start must be the length of exact")
        return self


class Evidence(Span):
    """One sentence of the article, or the part of it, that proves an item.

    `exact`, `prefix` and `suffix` are a W3C TextQuoteSelector, `start` and `end` a
    TextPositionSelector; both speak of the article's text as read.
    """

    sentence: str = Field(pattern=r"^s[1-9]\d*$", description="Id of the sentence, such as s12.")
    prefix: str = Field(description="Up to 32 characters before the evidence.")
    suffix: str = Field(description="Up to 32 characters after the evidence.")
