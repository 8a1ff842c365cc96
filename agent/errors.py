"""Every error Dragoman raises on purpose: what happened, where, and what to do about it.

DragomanError
├── InputError                 2   an article, brief or option that cannot be used
├── SettingsError              2   a setting that is missing or wrong
├── AuthenticationError        3   the endpoint refuses the key (401, 403)
├── EndpointUnreachableError   4   no answer from the endpoint, or 5xx until the attempts ran out
├── QuotaError                 5   rate limit until the attempts ran out, or no credit left
├── RequestRejectedError       6   the endpoint refuses the request (400, 404, unknown model)
│   └── ContextTooLongError    6   the prompt does not fit into the model's context
├── AnswerError                7   the model's answer cannot be used, even after asking again
│   ├── TruncatedAnswerError   7   the answer was cut off at the output limit
│   └── RefusalError           7   the model refuses, or a content filter stepped in
├── BudgetError                8   deadline or token budget used up
├── EmbeddedModelError         9   the embedded model cannot be fetched, verified or served
│   └── OfflineError           9   it would have to be fetched, and that was forbidden
├── RecordingError            10   a replay has no recording for a request, or a file is broken
├── GlossaryError             11   a glossary that cannot be read
├── EvaluationError           12   cases, gold labels or results that cannot be scored
└── OutputError               13   a result that cannot be written
"""

from __future__ import annotations

from typing import ClassVar


class DragomanError(Exception):
    """Root of all errors raised on purpose.

    Attributes:
        what: what happened, one sentence without a full stop.
        where: the file, setting, endpoint or item concerned, if there is one.
        remedy: what the user can do, one sentence without a full stop.
    """

    exit_code: ClassVar[int] = 70

    def __init__(self, what: str, *, where: str | None = None, remedy: str | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        remedy = f". {self.remedy}" if self.remedy else ""
        return f"{place}{self.what}{remedy}"


class InputError(DragomanError):
    """An article, brief or option that cannot be used."""

    exit_code = 2


class SettingsError(DragomanError):
    """A setting that is missing or wrong."""

    exit_code = 2


class AuthenticationError(DragomanError):
    """The endpoint refuses the key (HTTP 401 or 403)."""

    exit_code = 3


class EndpointUnreachableError(DragomanError):
    """No answer from the endpoint, or server errors until the attempts ran out."""

    exit_code = 4


class QuotaError(DragomanError):
    """Rate limited until the attempts ran out, or no credit left."""

    exit_code = 5


class RequestRejectedError(DragomanError):
    """The endpoint refuses the request as such (HTTP 400, 404, 422: an unknown model, say)."""

    exit_code = 6


class ContextTooLongError(RequestRejectedError):
    """The prompt does not fit into the model's context."""


class AnswerError(DragomanError):
    """The model's answer cannot be used, even after asking again."""

    exit_code = 7
    partial: object = None
    """What could be read of the answer, as plain JSON values; None if nothing could."""


class TruncatedAnswerError(AnswerError):
    """The answer was cut off at the output limit."""


class RefusalError(AnswerError):
    """The model refuses to answer, or a content filter stepped in."""


class BudgetError(DragomanError):
    """The deadline has passed or the token budget is used up."""

    exit_code = 8


class EmbeddedModelError(DragomanError):
    """The embedded model cannot be fetched, verified or served."""

    exit_code = 9


class OfflineError(EmbeddedModelError):
    """The embedded model would have to be fetched, and that was forbidden."""


class RecordingError(DragomanError):
    """A replay has no recording for a request, or the recording file is broken."""

    exit_code = 10


class GlossaryError(DragomanError):
    """A glossary that cannot be read."""

    exit_code = 11


class EvaluationError(DragomanError):
    """Cases, gold labels or results that cannot be scored."""

    exit_code = 12


class OutputError(DragomanError):
    """A result that cannot be written."""

    exit_code = 13
