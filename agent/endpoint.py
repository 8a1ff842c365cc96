"""Where a language model is reached, and how long and how often it may be asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

EndpointKind = Literal["embedded", "openai", "azure", "compatible"]

OPENAI_BASE_URL = "https://api.openai.com/v1"


@dataclass(frozen=True, kw_only=True, slots=True)
class Endpoint:
    """A chat completions endpoint and the model asked there."""

    kind: EndpointKind
    """Embedded and compatible ones are plain OpenAI-compatible servers."""

    model: str
    """Name of the model; for Azure the name of the deployment."""

    base_url: str | None = field(default=None, repr=False)  # may hold a password
    """Address up to and with `/v1`; for Azure the resource's address. None: OpenAI's own."""

    api_key: str = field(default="", repr=False)
    """The key, never shown or stored. Servers that need none get a placeholder."""

    context_tokens: int | None = None
    """Length of the model's context in tokens, where it is known."""

    api_version: str | None = None
    """Azure's API version, such as 2024-10-21."""

    @property
    def address(self) -> str:
        """The base URL as it may be shown: without user name, password and query."""
        parts = urlsplit(self.base_url or OPENAI_BASE_URL)
        host = parts.netloc.rpartition("@")[2]
        return f"{parts.scheme}://{host}{parts.path}".rstrip("/")


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """How much time, how many tokens and how many attempts a run may take."""

    deadline: float | None = None
    """Seconds from the first question to the last answer; None: no limit."""

    max_tokens: int | None = None
    """Tokens read and written in all, after which no further question is put; None: no limit."""

    attempts: int = 5
    """HTTP attempts for one question when the endpoint fails or is busy."""

    reasks: int = 2
    """How often an answer that does not fit is asked for again."""

    timeout: float = 300.0
    """Seconds one HTTP attempt may take, from the first byte sent to the last one read."""
