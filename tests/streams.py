"""Server-sent events as a client gets them: bytes in any chunks in, events out; and a client that may leave early."""

import codecs
import json
import math
from collections.abc import Iterable, MutableMapping
from dataclasses import dataclass, field
from typing import Any

import anyio

Message = MutableMapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One event: its name, its data as JSON, its id."""

    name: str
    data: Any
    id: str


def parse(chunks: Iterable[bytes]) -> list[Sent]:
    """The events in a byte stream, however it was cut into chunks; comments and what is unfinished are left out."""
    decoder, buffer, events = codecs.getincrementaldecoder("utf-8")(), "", list[Sent]()
    for chunk in chunks:
        buffer += decoder.decode(chunk)
        while "\n\n" in buffer:
            block, buffer = buffer.split("\n\n", 1)
            fields = dict(line.split(": ", 1) for line in block.split("\n") if not line.startswith(":"))
            if fields:
                events.append(Sent(name=fields["event"], data=json.loads(fields["data"]), id=fields["id"]))
    return events


@dataclass(kw_only=True)
class Client:
    """An ASGI client that has sent its body, keeps what it is sent, and leaves after so many messages."""

    body: bytes = b""
    leaves_after: float = math.inf
    messages: list[Message] = field(default_factory=list)
    gone: anyio.Event = field(default_factory=anyio.Event)
    asked: bool = False

    async def receive(self) -> Message:
        if not self.asked:
            self.asked = True
            return {"type": "http.request", "body": self.body, "more_body": False}
        if self.leaves_after > 0:
            await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        await anyio.sleep(0)
        self.messages.append(message)
        if len(self.messages) >= self.leaves_after:
            self.gone.set()

    @property
    def status(self) -> int | None:
        return next((one["status"] for one in self.messages if one["type"] == "http.response.start"), None)

    @property
    def chunks(self) -> list[bytes]:
        return [one["body"] for one in self.messages if one["type"] == "http.response.body"]

    @property
    def is_complete(self) -> bool:
        return bool(self.messages) and self.messages[-1].get("more_body") is False
