"""A stream of events: heartbeats, errors before and after the first event, and an end of all work with its client."""

from collections.abc import Iterator
from threading import Event

import anyio
import pytest

from service.api.streaming import LEFT, EventStream, Named, Source
from service.api.work import Desk, Patience
from service.errors import Overloaded
from service.events import Cancelled, check_wanted
from tests.streams import Client, parse

SECONDS = 30


def _play(source: Source, client: Client, desk: Desk, *, heartbeat: float = SECONDS) -> None:
    async def run() -> None:
        stream = EventStream(source, desk=desk, explain=_explain, heartbeat=heartbeat)
        with anyio.fail_after(SECONDS):
            await stream({"type": "http"}, client.receive, client.send)

    client.asked = True
    anyio.run(run)
    assert (desk.admitted, desk.working, desk.waiting) == (0, 0, 0)


def _explain(error: Exception) -> Named:
    return "error", f'{{"title": "{type(error).__name__}"}}'


def _desk(*, threads: int = 1, waiting: int = 0) -> Desk:
    return Desk(threads=threads, waiting=waiting)


def test_events_are_numbered_and_the_response_is_not_to_be_kept() -> None:
    def source(cancelled: Cancelled) -> Iterator[Named]:
        del cancelled
        yield "start", '{"n": 1}'
        yield "done", '{"n": 2}'

    client = Client()
    _play(source, client, _desk())
    headers = dict(client.messages[0]["headers"])
    assert headers[b"content-type"] == b"text/event-stream; charset=utf-8"
    assert (headers[b"cache-control"], headers[b"x-accel-buffering"]) == (b"no-store", b"no")
    assert [(one.name, one.data, one.id) for one in parse(client.chunks)] == [
        ("start", {"n": 1}, "0"), ("done", {"n": 2}, "1")
    ]
    assert client.is_complete


def test_silence_is_filled_with_comments() -> None:
    heard = Event()

    class Listener(Client):
        async def send(self, message: object) -> None:
            await super().send(message)  # type: ignore[arg-type]  # a message
            if b": ping" in b"".join(self.chunks):
                heard.set()

    def source(cancelled: Cancelled) -> Iterator[Named]:
        del cancelled
        yield "start", "{}"
        assert heard.wait(SECONDS)
        yield "done", "{}"

    client = Listener()
    _play(source, client, _desk(), heartbeat=0.01)
    assert b": ping\n\n" in client.chunks
    assert [one.name for one in parse(client.chunks)] == ["start", "done"]


def test_error_before_the_first_event_is_an_ordinary_response() -> None:
    def source(cancelled: Cancelled) -> Iterator[Named]:
        del cancelled
        yield str(1 // 0), ""

    client = Client()
    with pytest.raises(ZeroDivisionError):
        _play(source, client, _desk())
    assert client.messages == []


def test_error_after_the_first_event_is_the_last_event() -> None:
    def source(cancelled: Cancelled) -> Iterator[Named]:
        del cancelled
        yield "start", "{}"
        yield str(1 // 0), ""

    client = Client()
    _play(source, client, _desk())
    assert [(one.name, one.data) for one in parse(client.chunks)] == [
        ("start", {}), ("error", {"title": "ZeroDivisionError"})
    ]
    assert client.is_complete


def test_full_desk_refuses_before_any_work() -> None:
    desk = _desk()
    with desk.admit(), pytest.raises(Overloaded):
        anyio.run(lambda: EventStream(_unused, desk=desk, explain=_explain)({}, Client().receive, Client().send))
    assert desk.admitted == 0


def _unused(cancelled: Cancelled) -> Iterator[Named]:
    raise AssertionError(cancelled)


def test_client_that_leaves_ends_the_work_between_two_stages() -> None:
    stages: list[str] = []

    def source(cancelled: Cancelled) -> Iterator[Named]:
        yield "start", "{}"
        while True:  # as long as somebody waits
            check_wanted(cancelled)
            stages.append("another")

    client = Client(leaves_after=2)
    _play(source, client, _desk())
    assert not client.is_complete
    assert [one.name for one in parse(client.chunks)] == ["start"]


def test_client_that_leaves_while_it_waits_takes_its_place_with_it() -> None:
    async def run() -> None:
        desk, free = _desk(waiting=1), Event()
        async with anyio.create_task_group() as group:
            group.start_soon(desk.run, lambda: free.wait(SECONDS))
            while not desk.working:
                await anyio.sleep(0.005)
            client = Client(leaves_after=0, asked=True)
            await EventStream(_unused, desk=desk, explain=_explain)({}, client.receive, client.send)
            assert client.status == LEFT
            assert desk.admitted == 1
            free.set()
        assert desk.admitted == 0

    anyio.run(run)


def test_patience_ends_with_its_time_or_with_who_waited() -> None:
    assert not Patience()()
    assert Patience(seconds=-1)()
    left = Patience()
    left.give_up()
    assert left()
    assert not left.is_over
