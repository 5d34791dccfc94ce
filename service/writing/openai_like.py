"""Any OpenAI-compatible endpoint as a LanguageModel, through LlamaIndex: Ollama, llama.cpp, vLLM or a hosted one.

The call runs in an event loop of its own, so that a deadline and a cancellation end it at once, whatever the endpoint
does: it may refuse, hang, drip, break off, or send what is no answer.
"""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx
import openai
import stamina
from llama_index.core.llms import ChatMessage, MessageRole
from llama_index.llms.openai_like import OpenAILike
from pydantic import SecretStr

from service.errors import WriterUnavailable
from service.events import Cancelled
from service.writing.language_model import Prompt

LOOK = 0.05  # seconds between looks at the clock and at whether anybody still wants the answer
RESPONSE_BYTES = 2_000_000  # of a whole response, as it is sent; some 300 for each token
ATTEMPTS = 3
_CONTEXT = 1_000_000  # LlamaIndex then leaves it to the endpoint to say that a prompt is too long
_PASSING = (408, 409, 429, 500, 502, 503, 504)


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where a model is, and how long (for a whole answer), how much and how often at once it may be asked."""

    base_url: str
    model: str
    api_key: SecretStr | None
    seconds: float
    output_tokens: int
    at_once: int


class OpenAILikeModel:
    """One model of an endpoint. Threads may share it: no more than `at_once` calls are under way."""

    def __init__(self, endpoint: Endpoint) -> None:
        stamina.instrumentation.set_on_retry_hooks(())  # else it prints each try, with what the endpoint said
        self.id = endpoint.model
        self._endpoint = endpoint
        self._free = threading.BoundedSemaphore(endpoint.at_once)

    def stream(self, prompt: Prompt, *, cancelled: Cancelled) -> Iterator[str]:
        deadline = time.monotonic() + self._endpoint.seconds
        with self._turn(deadline, cancelled) as free, asyncio.Runner() as runner:
            if not free:
                return
            call = _Call(self._endpoint, prompt)
            try:
                while (piece := runner.run(call.next_piece(deadline, cancelled))) is not None:
                    yield piece
            finally:
                runner.run(call.close())

    @contextmanager
    def _turn(self, deadline: float, cancelled: Cancelled) -> Iterator[bool]:
        """Wait for a turn; False where nobody wants the answer any more."""
        while not (taken := self._free.acquire(timeout=LOOK)) and not cancelled():
            if time.monotonic() > deadline:
                raise WriterUnavailable("The language model is busy with other answers.")
        try:
            yield taken
        finally:
            if taken:
                self._free.release()


class _Call:
    """One call to an endpoint: a task that reads, and the pieces that it has read."""

    def __init__(self, endpoint: Endpoint, prompt: Prompt) -> None:
        self._endpoint = endpoint
        self._prompt = prompt
        self._pieces = asyncio.Queue[str | None]()
        self._task: asyncio.Task[None] | None = None

    async def next_piece(self, deadline: float, cancelled: Cancelled) -> str | None:
        """What was said next; None at the end, or where nobody wants to know."""
        self._task = self._task or asyncio.create_task(self._read())
        while not cancelled():
            left = deadline - time.monotonic()
            if left <= 0:
                raise WriterUnavailable(f"The language model was not done within {self._endpoint.seconds:g} seconds.")
            try:
                return await asyncio.wait_for(self._pieces.get(), min(left, LOOK))
            except TimeoutError:
                if self._task.done() and self._pieces.empty():
                    self._task.result()
        return None

    async def close(self) -> None:
        if self._task is not None and not self._task.done():
            self._task.cancel()
            await asyncio.wait({self._task}, timeout=1)

    async def _read(self) -> None:
        async with httpx.AsyncClient(
            timeout=self._endpoint.seconds, event_hooks={"response": [_bound]}, headers={"Accept-Encoding": "identity"}
        ) as client:
            model = _make_model(self._endpoint, client)
            try:
                async for piece in _listen(model, self._prompt):
                    self._pieces.put_nowait(piece)
            except WriterUnavailable:
                raise
            except (openai.OpenAIError, httpx.HTTPError, ValueError, AttributeError, TypeError, KeyError) as error:
                # An endpoint may send any JSON: what it lacks shows up as whatever error its reader then makes.
                raise WriterUnavailable(_describe(error)) from error
        self._pieces.put_nowait(None)


def _make_model(endpoint: Endpoint, client: httpx.AsyncClient) -> OpenAILike:
    key = endpoint.api_key.get_secret_value() if endpoint.api_key else "none"
    return OpenAILike(
        model=endpoint.model, api_base=endpoint.base_url, api_key=key, is_chat_model=True,
        async_http_client=client,  # type: ignore[call-arg]  # which the class above it takes
        is_function_calling_model=False, context_window=_CONTEXT, max_tokens=endpoint.output_tokens, temperature=0.0,
        max_retries=0, timeout=endpoint.seconds, reuse_client=False,
    )


async def _listen(model: OpenAILike, prompt: Prompt) -> AsyncIterator[str]:
    """The pieces of an answer; a passing fault is tried again, until the first piece has come."""
    messages = [
        ChatMessage(role=MessageRole.SYSTEM, content=prompt.rules),
        ChatMessage(role=MessageRole.USER, content=prompt.material),
    ]
    started = False
    ended = False

    def is_passing(error: Exception) -> bool:
        return not started and _is_passing(error)

    async for attempt in stamina.retry_context(
        on=is_passing, attempts=ATTEMPTS, timeout=None, wait_initial=0.2, wait_max=2.0, wait_jitter=0.2
    ):
        with attempt:
            async for answer in await model.astream_chat(messages):
                started = True
                ended = ended or _is_last(answer.raw)
                if answer.delta:
                    yield answer.delta
    if not ended:
        raise WriterUnavailable("The language model broke off.")


def _is_last(raw: object) -> bool:
    choices = getattr(raw, "choices", None) or ()
    return any(getattr(choice, "finish_reason", None) for choice in choices)


def _is_passing(error: Exception) -> bool:
    if isinstance(error, openai.APIStatusError):
        return error.status_code in _PASSING
    return isinstance(error, openai.APIConnectionError) and not isinstance(error.__cause__, WriterUnavailable)


def _describe(error: Exception) -> str:
    """What went wrong, without an address, a key or anything that the endpoint said."""
    cause = error.__cause__
    if isinstance(cause, WriterUnavailable):
        return str(cause)
    if isinstance(error, openai.APIStatusError):
        return f"The language model refused the question (HTTP {error.status_code})."
    if isinstance(error, openai.APITimeoutError):
        return "The language model did not answer in time."
    if isinstance(error, openai.APIConnectionError | httpx.ConnectError):
        return "The language model cannot be reached."
    if isinstance(error, httpx.HTTPError):
        return "The language model broke off."
    return "The language model sent what is no answer."


async def _bound(response: httpx.Response) -> None:
    """Let no more of a response through than an answer may have."""
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise WriterUnavailable("The language model sent what is no answer.")
    if isinstance(response.stream, httpx.AsyncByteStream):
        response.stream = _Bounded(response.stream)


class _Bounded(httpx.AsyncByteStream):
    def __init__(self, stream: httpx.AsyncByteStream) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        left = RESPONSE_BYTES
        async for piece in self._stream:
            left -= len(piece)
            if left < 0:
                raise WriterUnavailable("The language model said too much.")
            yield piece

    async def aclose(self) -> None:
        await self._stream.aclose()
