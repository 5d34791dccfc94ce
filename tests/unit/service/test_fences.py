"""Hosts: what a browser is tricked into sends an attacker's name, and is refused."""

from collections.abc import Iterable

import anyio
import pytest
from starlette.types import Message, Receive, Scope, Send

from service.api.fences import Fences


async def _app(scope: Scope, receive: Receive, send: Send) -> None:
    del scope, receive
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def _status(
    headers: Iterable[tuple[str, str]], *, path: str = "/v1/ask", hosts: tuple[str, ...] = ()
) -> int:
    """What a request with these headers gets: 204 where it passes."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        raise AssertionError("the fences read no body")

    scope = {
        "type": "http", "method": "GET", "path": path, "state": {"request_id": "r" * 8},
        "headers": [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers],
    }
    anyio.run(Fences(_app, hosts=hosts), scope, receive, send)
    return int(sent[0]["status"])


@pytest.mark.parametrize(
    "host",
    ["localhost", "localhost:8000", "LOCALHOST:8000", "127.0.0.1", "127.0.0.1:1", "[::1]", "[::1]:8000"],
)
def test_loopback_is_always_served(host: str) -> None:
    assert _status([("host", host)]) == 204


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8000", "localhost.evil.example", "127.0.0.1.evil.example", "evil.example#localhost",
     "localhost:80:80", "localhost:", "localhost:evil", "user@localhost", "[::1", "::1", "::1:80", "[::2]", "", " ",
     "xn--lcalhost", "localhost\xa0"],
)
def test_foreign_host_is_refused(host: str) -> None:
    assert _status([("host", host)]) == 400


def test_request_without_a_host_is_refused() -> None:
    assert _status([]) == 400


def test_host_that_is_allowed_is_served_on_every_port_and_in_any_case() -> None:
    for host in ("news.example", "News.Example:8443"):
        assert _status([("host", host)], hosts=("news.example",)) == 204
        assert _status([("host", host)], hosts=("NEWS.example",)) == 204
    assert _status([("host", "a.news.example")], hosts=("news.example",)) == 400


def test_star_allows_every_host() -> None:
    assert _status([("host", "evil.example")], hosts=("*",)) == 204


@pytest.mark.parametrize(
    ("path", "status"), [("/healthz", 204), ("/readyz", 204), ("/healthz/", 400), ("/metrics", 400)]
)
def test_probes_are_answered_under_any_host(path: str, status: int) -> None:
    assert _status([("host", "10.0.0.7:8000")], path=path) == status
