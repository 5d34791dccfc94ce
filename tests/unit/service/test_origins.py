"""Origins: whose pages may ask, what browsers are told before they do, and what people may write for an origin."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import anyio
import pytest
from starlette.datastructures import Headers
from starlette.types import Message, Receive, Scope, Send

from ingest.errors import UsageError
from service.api.origins import Origins
from service.keys import KeyRing
from service.origins import read_origin

SITE = "https://news.example"
PREFLIGHT = ("access-control-request-method", "POST")


async def _app(scope: Scope, receive: Receive, send: Send) -> None:
    del scope, receive
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def _request(
    headers: Iterable[tuple[str, str]], *, path: str = "/v1/ask", method: str = "POST", origins: tuple[str, ...] = ()
) -> tuple[int, Mapping[str, str]]:
    """What a request with these headers gets: 200 where it reaches the app."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        raise AssertionError("no body is read")

    scope = {
        "type": "http", "method": method, "path": path, "state": {"request_id": "r" * 8},
        "headers": [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers],
    }
    anyio.run(Origins(_app, listed=origins, keys=KeyRing(Path("no such folder"))), scope, receive, send)
    return int(sent[0]["status"]), Headers(raw=sent[0]["headers"])


def _status(headers: Iterable[tuple[str, str]], *, path: str = "/v1/ask", origins: tuple[str, ...] = ()) -> int:
    return _request(headers, path=path, origins=origins)[0]


@pytest.mark.parametrize(
    ("host", "origin"),
    [("localhost:8000", "http://localhost:8000"), ("[::1]:8000", "http://[::1]:8000"), ("localhost", "https://LOCALHOST")],
)
def test_page_of_the_service_itself_may_ask(host: str, origin: str) -> None:
    assert _status([("host", host), ("origin", origin)]) == 200


def test_listed_origin_may_ask() -> None:
    given = [("host", "localhost"), ("origin", "https://news.example")]
    assert _status(given, origins=("https://news.example",)) == 200


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "http://news.example", "https://news.example:8443", "https://news.example.evil.example",
     "null", "", "https://", "http://[", "http://[::1", "http://localhost:9000", "file://", "localhost:8000"],
)
def test_foreign_origin_is_refused(origin: str) -> None:
    given = [("host", "localhost:8000"), ("origin", origin)]
    assert _status(given, origins=("https://news.example",)) == 403


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_foreign_page_may_not_even_probe(path: str) -> None:
    assert _status([("host", "localhost"), ("origin", "https://evil.example")], path=path) == 403


def test_page_without_an_origin_is_foreign_even_where_the_host_is_empty() -> None:
    assert _status([("host", ""), ("origin", "null")]) == 403


def test_request_of_no_page_is_let_through_and_kept_apart_from_those_of_pages() -> None:
    status, headers = _request([("host", "localhost")], origins=(SITE,))
    assert (status, headers["vary"]) == (200, "Origin")
    assert "access-control-allow-origin" not in headers


def test_page_that_may_ask_may_read_what_it_gets() -> None:
    status, headers = _request([("host", "localhost"), ("origin", SITE)], origins=(SITE, "https://other.example"))
    assert (status, headers["access-control-allow-origin"], headers["vary"]) == (200, SITE, "Origin")
    exposed = headers["access-control-expose-headers"].split(", ")
    assert {"Retry-After", "RateLimit", "ETag", "X-Request-Id"} <= set(exposed)
    assert "access-control-allow-credentials" not in headers


def test_preflight_of_a_page_that_may_ask_is_answered_before_any_key_is_asked_for() -> None:
    status, headers = _request([("host", "localhost"), ("origin", SITE), PREFLIGHT], method="OPTIONS", origins=(SITE,))
    assert (status, headers["access-control-allow-origin"]) == (204, SITE)
    assert headers["access-control-allow-methods"] == "GET, POST, DELETE"
    assert "Authorization" in headers["access-control-allow-headers"]


def test_preflight_of_a_foreign_page_is_a_problem_that_it_may_not_read() -> None:
    foreign = [("host", "localhost"), ("origin", "https://evil.example"), PREFLIGHT]
    status, headers = _request(foreign, method="OPTIONS", origins=(SITE,))
    assert (status, headers["content-type"]) == (403, "application/problem+json")
    assert "access-control-allow-origin" not in headers


def test_options_that_are_no_preflight_reach_the_app() -> None:
    assert _request([("host", "localhost"), ("origin", SITE)], method="OPTIONS", origins=(SITE,))[0] == 200


def test_every_page_may_load_the_widget() -> None:
    status, headers = _request([("host", "localhost"), ("origin", "https://any.example")], path="/widget/v1/x.js")
    assert (status, dict(headers)) == (200, {})


@pytest.mark.parametrize(
    ("written", "origin"),
    [
        ("https://news.example", "https://news.example"), ("https://News.Example/", "https://news.example"),
        (" https://news.example:443 ", "https://news.example"), ("http://news.example:80", "http://news.example"),
        ("http://news.example:443", "http://news.example:443"), ("http://localhost:5173", "http://localhost:5173"),
        ("http://127.0.0.1:8000/", "http://127.0.0.1:8000"), ("http://[::1]:8000", "http://[::1]:8000"),
        ("https://xn--zeitung-mnchen-nsb.example", "https://xn--zeitung-mnchen-nsb.example"),
    ],
)
def test_origin_is_read_as_browsers_send_it(written: str, origin: str) -> None:
    assert read_origin(written) == origin


@pytest.mark.parametrize(
    "written",
    ["", "news.example", "https://", "https://news.example/page", "https://news.example?x", "ftp://news.example", "*",
     "https://*.news.example", "https://a@news.example", "https://zeitung-münchen.example", "null", "https://a b",
     "https://news.example\nhttps://evil.example", "https://news.example:123456"],
)
def test_what_is_no_origin_is_refused_with_the_remedy(written: str) -> None:
    with pytest.raises(UsageError, match="is no origin; write it as"):
        read_origin(written)
