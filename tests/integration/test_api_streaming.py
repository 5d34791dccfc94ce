"""POST /v1/ask with `stream`: the answer that comes without, event by event; whoever leaves leaves nothing behind."""

import asyncio
import json
import random
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import anyio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.api.events import EVENTS
from service.api.streaming import LEFT
from tests.contract import check_answer
from tests.fakes import FailingEncoder
from tests.serving import ADDRESS, MACHINE, Api, copy, open_api
from tests.streams import Client, Sent, parse

REPORT = (
    "🙂 The council of Wyndale voted on Tuesday to close the old tannery by the river. Mayor Ida Thornquist said that "
    "the closing of the Wyndale tannery would cost 85 jobs 🚢. The owners of the Wyndale tannery have sixty days to "
    "appeal."
)
QUESTION = "What is known about the closing of the Wyndale tannery?"
STREAMS = 20
TextOf = Callable[[str, int], str]
SECONDS = 60


@pytest.fixture(scope="module")
def api(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    with open_api(copy(archive, tmp_path_factory.mktemp("streaming"))) as api:
        for name in ("first", "copy"):
            api.post(id=name, text=REPORT, publisher=name, date="2026-02-03", title=f"Wyndale ({name})")
        yield api


def _stream(api: Api, question: str = QUESTION, **body: object) -> bytes:
    response = api.client.post("/v1/ask", json={"question": question, "stream": True, **body})
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].startswith("text/event-stream")
    return response.content


def _check(events: list[Sent], text_of: TextOf) -> None:
    """Every promise about the events of one answer."""
    assert [one.id for one in events] == [str(number) for number in range(len(events))]
    assert [one.name for one in events[:2]] == ["start", "sources"]
    assert {one.name for one in events[2:-1]} <= {"delta", "citation"}
    for one in events:
        EVENTS[one.name].model_validate(one.data)
    start, found, done = events[0].data, events[1].data["sources"], events[-1].data
    said, cited = "", list[Any]()
    for one in events[2:-1]:
        if one.name == "delta":
            said += one.data["text"]
        else:
            cited.append(one.data["citation"])
            assert cited[-1]["answer_span"]["end"] <= len(said)
    assert events[-1].name == "done"
    assert said == done["answer"]["text"]
    assert cited == done["citations"]
    assert [one["id"] for one in found] == [one["id"] for one in done["sources"]]
    assert all(start[field] == done[field] for field in start)
    check_answer(json.dumps(done), text_of)


def test_events_make_the_answer_that_comes_without_them(api: Api) -> None:
    events = parse([_stream(api)])
    _check(events, api.text)
    assert [one.name for one in events].count("delta") > 1
    whole = api.client.post("/v1/ask", json={"question": QUESTION}).json()
    changing = ("id", "created_at", "timing_ms")
    streamed = events[-1].data
    assert {name: streamed[name] for name in streamed if name not in changing} == {
        name: whole[name] for name in whole if name not in changing
    }


def test_no_answer_is_streamed_as_one(api: Api) -> None:
    events = parse([_stream(api, "Which quarterback threw the longest pass at the Olympic cricket final?")])
    assert [one.name for one in events] == ["start", "sources", "delta", "done"]
    assert events[-1].data["status"] == "no_answer"
    _check(events, api.text)


@pytest.fixture(scope="module")
def sent(api: Api) -> tuple[bytes, TextOf]:
    """A streamed answer, and the texts that it cites."""
    return _stream(api), cache(api.text)


@settings(deadline=None, max_examples=50)
@given(data=st.data())
def test_stream_is_the_same_however_it_is_cut(sent: tuple[bytes, TextOf], data: st.DataObject) -> None:
    content, text_of = sent
    cuts = sorted(data.draw(st.sets(st.integers(0, len(content)), max_size=60)))
    chunks = [content[start:end] for start, end in zip([0, *cuts], [*cuts, len(content)], strict=True)]
    events = parse(chunks)
    _check(events, text_of)
    cut_off = parse(chunks[: data.draw(st.integers(0, len(chunks)))])
    assert cut_off == events[: len(cut_off)]


def test_headers_keep_it_out_of_caches_and_buffers(api: Api) -> None:
    response = api.client.post("/v1/ask", json={"question": QUESTION, "stream": True})
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["x-accel-buffering"] == "no"
    assert response.headers["x-request-id"]


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        ({"json": {"question": "", "stream": True}}, 422),
        ({"json": {"question": "x", "stream": "yes"}}, 422),
        ({"json": {"question": "x", "stream": True}, "headers": {"Authorization": "Bearer fn_wrong"}}, 401),
        ({"content": "{", "headers": {"Content-Type": "application/json"}}, 400),
    ],
)
def test_what_is_wrong_before_the_first_event_is_an_ordinary_problem(
    api: Api, request_: dict[str, Any], status: int
) -> None:
    response = api.client.post("/v1/ask", **request_)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"


def test_rate_counts_streams_too(archive: Path, tmp_path: Path) -> None:
    with open_api(copy(archive, tmp_path), rate="2/minute") as api:
        for _ in range(2):
            _stream(api)
        response = api.client.post("/v1/ask", json={"question": QUESTION, "stream": True})
        assert (response.status_code, response.json()["type"]) == (429, "/problems#rate-limited")


def test_collection_without_articles_says_so_before_any_event(tmp_path: Path) -> None:
    with open_api(tmp_path / "empty") as api:
        response = api.client.post("/v1/ask", json={"question": QUESTION, "stream": True})
        assert (response.status_code, response.json()["type"]) == (503, "/problems#no-articles")


def test_error_in_the_middle_is_an_event_that_says_nothing_of_its_inside(tmp_path: Path) -> None:
    with open_api(tmp_path / "failing", FailingEncoder()) as api:
        api.post(id="one", text="The mayor of Elmsford opened the rink.", date="2026-01-05")
        response = api.client.post(
            "/v1/ask", json={"question": f"Who said {FailingEncoder.word}?", "stream": True}, headers=MACHINE
        )
        start, error = parse([response.content])
        assert (start.name, error.name) == ("start", "error")
        assert (error.data["type"], error.data["status"]) == ("/problems#internal-error", 500)
        assert error.data["request_id"] == response.headers["x-request-id"]
        assert "cannot encode" not in response.text
        assert "Traceback" not in response.text
        (failed, request) = api.events[-2:]
        assert (failed["event"], failed["request_id"]) == ("failed", error.data["request_id"])
        assert request["problem"] == "internal-error"
        assert FailingEncoder.word not in api.logged.getvalue()


def test_streams_that_are_left_leave_nothing_behind(archive: Path, tmp_path: Path) -> None:
    """Twenty at once on two threads; most clients go away somewhere, some before they have been sent anything."""
    chance = random.Random(7)
    with open_api(copy(archive, tmp_path), waiting=STREAMS) as api:
        api.post(id="first", text=REPORT, date="2026-02-03")
        clients = [_make_client(chance.choice((0, 1, 2, 3, 5, 1_000))) for _ in range(STREAMS)]
        left = anyio.run(_ask_all, api, clients)
        assert left == 0
        desk, pool = api.app.state.parts.asking, api.service.pool
        assert (desk.admitted, desk.working, desk.waiting) == (0, 0, 0)
        with pool.lend() as one, pool.lend() as other:  # both are back, and usable
            assert one is not other
            assert one.indexes.catalog.counts().articles == other.indexes.catalog.counts().articles
        complete = [client for client in clients if client.leaves_after > 100]
        assert complete
        for client in complete:
            _check(parse(client.chunks), api.text)
        assert {one.get("status") for one in api.events if one.get("route") == "/v1/ask"} == {200, LEFT}
        assert not [one for one in api.events if one["event"] == "failed"]
        _check(parse([_stream(api)]), api.text)


def _make_client(leaves_after: int) -> Client:
    body = json.dumps({"question": QUESTION, "stream": True}).encode()
    return Client(body=body, leaves_after=leaves_after)


async def _ask_all(api: Api, clients: list[Client]) -> int:
    """Let all of them ask at once; how many tasks are left afterwards."""
    before = asyncio.all_tasks()
    with anyio.fail_after(SECONDS):
        async with anyio.create_task_group() as group:
            for client in clients:
                group.start_soon(api.app, _scope(), client.receive, client.send)
    return len(asyncio.all_tasks() - before)


def _scope() -> dict[str, Any]:
    host = ADDRESS.removeprefix("http://")
    return {
        "type": "http", "asgi": {"version": "3.0", "spec_version": "2.3"}, "http_version": "1.1", "method": "POST",
        "scheme": "http", "path": "/v1/ask", "raw_path": b"/v1/ask", "query_string": b"", "root_path": "",
        "headers": [(b"host", host.encode()), (b"content-type", b"application/json")],
        "client": ("127.0.0.1", 50_000), "server": ("127.0.0.1", 8_000),
    }
