"""Events that a thread makes in, server-sent events out; the work ends where the client goes away."""

import math
from collections.abc import Callable, Iterator
from typing import Literal

import anyio
from anyio import from_thread
from fastapi.sse import KEEPALIVE_COMMENT, EventSourceResponse, format_sse_event
from starlette.types import Receive, Scope, Send

from service.api.work import DEADLINE, Desk, Patience, too_slow
from service.events import Abandoned, Cancelled

HEARTBEAT = 15.0  # seconds without an event after which a comment is sent: proxies cut off what is silent
LEFT = 499  # what logs and counts say of a client that went before the first event; nobody is sent it
LONGEST = DEADLINE + 30.0  # seconds that a client may take to read it all

Named = tuple[str, str]  # an event's name and its data, JSON
Source = Callable[[Cancelled], Iterator[Named]]
Explain = Callable[[Exception], Named]
_Item = Named | Exception | None
_Outcome = Exception | Literal["left", "started"]


class EventStream(EventSourceResponse):
    """Sends named events as they are made, and is over when the last one was sent or the client has gone.

    `source` runs in a thread of the desk and is told when nobody waits any more; the place at the desk is held until
    the end. What it raises before its first event is raised here, as an ordinary response; what it raises later is
    sent as the event that `explain` makes of it.
    """

    def __init__(self, source: Source, *, desk: Desk, explain: Explain, heartbeat: float = HEARTBEAT) -> None:
        super().__init__(content=(), headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
        self._source = source
        self._desk = desk
        self._explain = explain
        self._heartbeat = heartbeat
        self._patience = Patience()
        self._sending, self._events = anyio.create_memory_object_stream[_Item](math.inf)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        del scope
        outcome: _Outcome = "left"
        with self._sending, self._events, self._desk.admit():
            async with anyio.create_task_group() as group:
                group.start_soon(self._work)
                group.start_soon(self._watch, receive, group.cancel_scope)
                try:
                    first = await self._events.receive()
                    outcome = first if isinstance(first, Exception) else "started"
                    if outcome == "started":
                        await self._send_all(first, send)
                finally:
                    self._patience.give_up()
                    group.cancel_scope.cancel()
        if isinstance(outcome, Exception):
            raise outcome
        if outcome == "left":
            await send({"type": "http.response.start", "status": LEFT, "headers": []})
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _work(self) -> None:
        """Let the source make its events in a thread; the last item is None, or what went wrong."""
        last: Exception | None = None
        try:
            await self._desk.work(self._make)
        except Abandoned:
            last = too_slow()  # where somebody still listens, it is the deadline that ended it
        except Exception as error:  # noqa: BLE001  the edge of the thread: told to the client, and logged by `explain`
            last = error
        self._sending.send_nowait(last)

    def _make(self) -> None:
        for named in self._source(self._patience):
            from_thread.run_sync(self._sending.send_nowait, named)

    async def _watch(self, receive: Receive, scope: anyio.CancelScope) -> None:
        """End it all where the client has gone."""
        while (await receive())["type"] != "http.disconnect":
            pass
        self._patience.give_up()
        scope.cancel()

    async def _send_all(self, first: _Item, send: Send) -> None:
        """Send every event, to a client that reads them within `LONGEST`."""
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        with anyio.move_on_after(LONGEST):
            await self._send_events(first, send)

    async def _send_events(self, item: _Item, send: Send) -> None:
        number = 0
        while item is not None:
            name, data = self._explain(item) if isinstance(item, Exception) else item
            event = format_sse_event(data_str=data, event=name, id=str(number))
            await send({"type": "http.response.body", "body": event, "more_body": True})
            if isinstance(item, Exception):
                break
            item, number = await self._next(send), number + 1
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _next(self, send: Send) -> _Item:
        """The next item; while there is none, a comment from time to time."""
        while True:
            with anyio.move_on_after(self._heartbeat):
                return await self._events.receive()
            await send({"type": "http.response.body", "body": KEEPALIVE_COMMENT, "more_body": True})
