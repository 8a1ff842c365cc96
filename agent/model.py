"""The one door to a language model.

`Model.ask` gets a structured answer that fits a pydantic class, `Model.complete` plain text. Each
concern has its layer: the OpenAI client speaks HTTP, `dragoman.transport` repeats failed attempts,
`dragoman.capabilities` finds the form of request the endpoint understands, and Instructor asks
again when an answer does not fit. No type of these libraries leaves this module.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from dragoman import capabilities as _capabilities
from dragoman import transport as _transport
from dragoman.answer import Answer, Completion, read_tokens
from dragoman.capabilities import Capabilities, Mode
from dragoman.conversation import Conversation, Reply, as_messages, json_part
from dragoman.endpoint import OPENAI_BASE_URL, Endpoint, EndpointKind, Limits
from dragoman.errors import BudgetError, ContextTooLongError, DragomanError, RefusalError
from dragoman.transport import Clock, Notice
from dragoman.usage import Meter, Usage

if TYPE_CHECKING:
    import httpx2
    import openai
    from openai.types.chat import ChatCompletion
    from pydantic import BaseModel

    from dragoman.prompts import Prompt

__all__ = ["Answer", "Completion", "Endpoint", "EndpointKind", "Limits", "Model", "Notice", "Usage"]

T = TypeVar("T", bound="BaseModel")

_CHARACTERS_PER_TOKEN = 3  # on the safe side for German and English; only for budgets, see Meter


class Model:
    """A language model at an endpoint, asked within limits.

    The deadline runs from the first question on and the budget counts all questions of this
    object; `fresh` gives one with its own clock and counts for the next article.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        limits: Limits | None = None,
        transport: httpx2.AsyncBaseTransport | None = None,
        cache_dir: Path | None = None,
        notify: Callable[[Notice], None] | None = None,
    ) -> None:
        """Prepare to ask; nothing is sent yet.

        Args:
            endpoint: where the model is.
            limits: time, tokens and attempts allowed.
            transport: carries the HTTP requests instead of the network, see `dragoman.recording`.
            cache_dir: folder in which to remember what the endpoint is capable of.
            notify: called before each pause between two attempts.
        """
        self.endpoint = endpoint
        self.limits = limits or Limits()
        self._notify = notify
        self._cache_dir = cache_dir
        self._client = _client(endpoint, self.limits, transport)
        self._set_up_for(transport)
        self._start()

    def _set_up_for(self, transport: object) -> None:
        """With a recording every run must put the same requests, so nothing else is known."""
        from dragoman.recording import RecordingTransport, ReplayTransport

        self._recorded = isinstance(transport, RecordingTransport | ReplayTransport)
        self._replay = transport if isinstance(transport, ReplayTransport) else None
        if self._recorded:
            self._cache_dir = None
            self._capabilities = _capabilities.first_guess(self.endpoint)
        else:
            self._capabilities = _capabilities.recall(self.endpoint, self._cache_dir)

    def _start(self) -> None:
        self._clock = Clock(self.limits.deadline)
        self._meter = Meter()
        self._structured = False

    def fresh(self) -> Model:
        """The same model with a new clock and new counts; connection and knowledge are shared."""
        other = Model.__new__(Model)
        other.__dict__.update(self.__dict__)
        other._start()
        return other

    @property
    def usage(self) -> Usage:
        """What the questions have cost so far."""
        return self._meter.snapshot(self._capabilities.mode if self._structured else None)

    async def aclose(self) -> None:
        """Close the connections. Models made by `fresh` share them."""
        await self._client.close()

    async def complete(
        self,
        prompt: Prompt,
        *,
        max_output_tokens: int,
        top: int = 0,
        choices: Sequence[str] | None = None,
    ) -> Completion:
        """Plain text; an answer cut off at `max_output_tokens` is fine.

        Args:
            prompt: the question.
            max_output_tokens: tokens the answer may take.
            top: how many alternatives to report for each token, at most 20.
            choices: the options the question offers, see `Completion.choice`.

        Raises:
            DragomanError: one of those of `dragoman.transport.exchange`, or RefusalError.
        """
        self._begin(prompt)
        messages = as_messages(prompt)
        reply = await self._reply(prompt, messages, room=max_output_tokens, alternatives=top)
        return Completion(reply.text, reply.tokens, tuple(choices or ()))

    async def ask(
        self,
        prompt: Prompt,
        answer: type[T],
        *,
        max_output_tokens: int,
        probabilities: bool = False,
    ) -> Answer[T]:
        """A structured answer that fits `answer`, its validators included.

        Args:
            prompt: the question. It must describe the fields: not every server shows the model
                the schema.
            answer: class the answer must fit. A validator's ValueError is told to the model, so
                it must say how to mend the value.
            max_output_tokens: tokens the answer may take; doubled once if it is cut off.
            probabilities: ask for what `Answer.distribution` needs.

        Raises:
            AnswerError: the answer does not fit even after asking again; `partial` holds it.
            TruncatedAnswerError: it was cut off even with more room; `partial` holds the start.
            RefusalError: the model refuses, or a content filter stepped in.
            DragomanError: one of those of `dragoman.transport.exchange`.
        """
        self._begin(prompt)
        self._structured = True
        alternatives = _capabilities.MOST_ALTERNATIVES if probabilities else 0

        async def put(messages: Sequence[Mapping[str, str]], room: int) -> Reply:
            return await self._reply(
                prompt, messages, room=room, alternatives=alternatives, answer=answer
            )

        conversation = Conversation(
            put=put,
            prompt=prompt,
            answer=answer,
            room=max_output_tokens,
            reasks=self.limits.reasks,
            context_tokens=self.endpoint.context_tokens,
            capabilities=self._capabilities,
            meter=self._meter,
        )
        return await conversation.run()

    def _begin(self, prompt: Prompt) -> None:
        self._meter.requests += 1
        self._meter.prompts[prompt.name] = prompt.version

    async def _reply(
        self,
        prompt: Prompt,
        messages: Sequence[Mapping[str, str]],
        *,
        room: int,
        alternatives: int = 0,
        answer: type[BaseModel] | None = None,
    ) -> Reply:
        """Put one question, in whatever form the endpoint understands."""
        while True:
            build = functools.partial(
                _capabilities.request_body,
                self.endpoint,
                messages=messages,
                room=room,
                alternatives=alternatives,
                answer=answer,
            )
            self._find_recorded(build)
            mode = self._capabilities.mode if answer is not None else None
            body = build(self._capabilities)
            try:
                completion = await self._exchange(body, prompt, mode)
            except DragomanError as error:
                if not self._learn(error, body, mode):
                    raise
                self._meter.retries["unsupported"] += 1
                continue
            return _read(completion, mode, prompt)

    def _find_recorded(self, build: Callable[[Capabilities], dict[str, Any]]) -> None:
        """In a replay, take the form of request that was recorded.

        A recording of several articles holds the way down the ladder only with the first one.
        """
        if self._replay is None or self._replay.knows(build(self._capabilities)):
            return
        for seen in self._replay.capabilities():
            if self._replay.knows(build(seen)):
                self._capabilities.adopt(seen)
                return

    def _learn(self, error: DragomanError, body: Mapping[str, Any], mode: Mode | None) -> bool:
        import openai

        refusal = error.__cause__
        if isinstance(error, ContextTooLongError) or not isinstance(refusal, openai.APIStatusError):
            return False
        if refusal.status_code not in (400, 403, 404, 422, 501):
            return False
        complaint = f"{refusal.param or ''} {_transport.server_message(refusal, length=2000)}"
        learnt = self._capabilities.adapt(body, mode, complaint)
        if learnt:
            _capabilities.remember(self.endpoint, self._capabilities, self._cache_dir)
        return learnt

    async def _exchange(
        self, body: dict[str, Any], prompt: Prompt, mode: Mode | None
    ) -> ChatCompletion:
        self._check_budget()
        headers = self._notes(prompt, mode)

        async def send(seconds: float) -> object:
            # The overloads of `create` cannot follow a body that is put together at run time.
            create = cast("Any", self._client.chat.completions.create)
            plain = {key: body[key] for key in body if key != "cache_prompt"}
            extra = {key: body[key] for key in body if key == "cache_prompt"}
            return await create(
                **plain,
                extra_body=extra or None,
                extra_headers=headers,
                timeout=_timeout(seconds),
            )

        completion = await _transport.exchange(
            send,
            endpoint=self.endpoint,
            limits=self.limits,
            clock=self._clock,
            meter=self._meter,
            notify=self._notify,
            patient=self._replay is None,
        )
        self._count(body, completion)
        return completion

    def _notes(self, prompt: Prompt, mode: Mode | None) -> dict[str, str] | None:
        """What a recording is to know; without one, nothing of it is sent."""
        if not self._recorded:
            return None
        from dragoman.recording import notes

        return notes(self.endpoint, (prompt.name, prompt.version), mode)

    def _check_budget(self) -> None:
        self._clock.check()
        meter, budget = self._meter, self.limits.max_tokens
        used = meter.input_tokens + meter.output_tokens + meter.estimated_tokens
        if budget is not None and used >= budget:
            raise BudgetError(
                f"the budget of {budget} tokens is used up", remedy="Allow more with --max-tokens"
            )

    def _count(self, body: Mapping[str, Any], completion: ChatCompletion) -> None:
        usage = completion.usage
        if usage is None or not isinstance(usage.prompt_tokens, int):
            written = completion.choices[0].message.content or ""
            read = sum(len(message["content"]) for message in body["messages"])
            self._meter.estimated_tokens += (read + len(written)) // _CHARACTERS_PER_TOKEN
            return
        self._meter.input_tokens += usage.prompt_tokens
        self._meter.output_tokens += usage.completion_tokens or 0
        details = usage.prompt_tokens_details
        self._meter.cached_tokens += (details.cached_tokens or 0) if details else 0


def _client(
    endpoint: Endpoint, limits: Limits, transport: httpx2.AsyncBaseTransport | None
) -> openai.AsyncOpenAI:
    import openai

    http = openai.DefaultAsyncHttpx2Client(
        transport=transport,
        timeout=_timeout(limits.timeout),
        trust_env=endpoint.kind != "embedded",  # a proxy cannot reach this very machine
    )
    key = endpoint.api_key or "none"  # the client insists on one; servers without keys ignore it
    if endpoint.kind == "azure":
        return openai.AsyncAzureOpenAI(
            azure_endpoint=endpoint.base_url or "",
            api_version=endpoint.api_version,
            api_key=key,
            http_client=http,
            max_retries=0,
        )
    return openai.AsyncOpenAI(
        base_url=endpoint.base_url or OPENAI_BASE_URL,
        api_key=key,
        http_client=http,
        max_retries=0,
    )


def _timeout(seconds: float) -> Any:
    import httpx2

    return httpx2.Timeout(seconds, connect=min(seconds, 10.0))


def _read(completion: ChatCompletion, mode: Mode | None, prompt: Prompt) -> Reply:
    choice = completion.choices[0]
    message = choice.message
    if choice.finish_reason == "content_filter":
        raise RefusalError("a content filter stopped the answer", where=f"prompt {prompt.name!r}")
    if message.refusal:
        raise RefusalError("the model refuses to answer", where=f"prompt {prompt.name!r}")
    text = message.content or ""
    if mode == "tools" and message.tool_calls:
        function = getattr(message.tool_calls[0], "function", None)
        text = str(getattr(function, "arguments", "") or "")
    if mode is not None:
        text = json_part(text)
    return Reply(completion, mode, text, read_tokens(choice.logprobs))
