"""A service over HTTP: the contract's payloads, patience where it is asked for, and failures in one sentence."""

import json
from collections.abc import Callable
from datetime import date

import httpx
import pytest

from eval.errors import ServiceFailure
from eval.http_target import LONGEST_WAIT, TRIES, OverHttp
from eval.questions import GoldFilters, Turn
from eval.targets import CONTEXT_DEPTH, Asked
from ingest.article import hash_text
from ingest.errors import EmptyCatalog
from service.domain import AskedAnswerer
from tests.gold import make_payload

ASKED = Asked(text="How long is it?", as_of=date(2026, 1, 20))
Handler = Callable[[httpx.Request], httpx.Response]


def _open(handler: Handler, waited: list[float] | None = None) -> OverHttp:
    client = httpx.Client(base_url="http://service.example", transport=httpx.MockTransport(handler))
    return OverHttp(client, sleep=(waited if waited is not None else []).append)


@pytest.mark.parametrize("answerer", ["extractive", "generative"])
def test_question_is_sent_as_the_contract_has_it(answerer: AskedAnswerer) -> None:
    sent: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(200, json=make_payload())

    filters = GoldFilters(published_after=date(2026, 1, 1), publishers=("Harbour Wire",))
    asked = Asked(
        text="And when?", as_of=date(2026, 1, 20), filters=filters, history=(Turn(role="user", content="Who?"),),
        answerer=answerer,
    )
    assert _open(handle).ask(asked) == make_payload()
    assert (sent[0].method, sent[0].url.path) == ("POST", "/v1/ask")
    assert json.loads(sent[0].content) == {
        "question": "And when?", "as_of": "2026-01-20", "conversation": [{"role": "user", "content": "Who?"}],
        "filters": {"published_after": "2026-01-01", "published_before": None, "publishers": ["Harbour Wire"]},
        "answerer": answerer,
    }


def test_ranking_comes_from_search_with_copies_and_texts_to_the_depth_that_is_measured() -> None:
    sent: list[object] = []

    def handle(request: httpx.Request) -> httpx.Response:
        sent.append(json.loads(request.content))
        results = [
            {"rank": rank, "article_id": f"a{rank}", "version": 2, "passage": {"start": 3, "end": 9, "text": "bridge"}}
            for rank in range(1, 31)
        ]
        return httpx.Response(200, json={"object": "search", "results": results})

    hits = _open(handle).search(ASKED)
    assert sent == [
        {"query": "How long is it?", "as_of": "2026-01-20", "limit": 50, "collapse_stories": False,
         "filters": {"published_after": None, "published_before": None, "publishers": []}}
    ]  # fmt: skip
    assert [(hit.rank, hit.article_id, hit.version, hit.start, hit.end) for hit in hits[:1]] == [(1, "a1", 2, 3, 9)]
    assert sum(hit.text == "bridge" for hit in hits) == CONTEXT_DEPTH


@pytest.mark.parametrize("status", [429, 503])
def test_service_that_asks_for_patience_is_asked_again(status: int) -> None:
    answers = [httpx.Response(status, headers={"Retry-After": "3"}), httpx.Response(200, json=make_payload())]
    waited: list[float] = []
    assert _open(lambda request: answers.pop(0), waited).ask(ASKED) == make_payload()
    assert waited == [3]


def test_patience_ends() -> None:
    waited: list[float] = []
    busy = _open(lambda request: httpx.Response(503, headers={"Retry-After": "9999"}, text="busy"), waited)
    with pytest.raises(ServiceFailure, match="503: busy"):
        busy.ask(ASKED)
    assert waited == [LONGEST_WAIT] * TRIES


def test_broken_index_is_an_error_at_once() -> None:
    waited: list[float] = []
    with pytest.raises(ServiceFailure, match="503: the index is broken"):
        _open(lambda request: httpx.Response(503, text="the index is broken"), waited).ask(ASKED)
    assert waited == []


def test_slow_and_missing_services_are_told_apart() -> None:
    def be_slow(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("slow", request=request)

    def be_gone(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    with pytest.raises(TimeoutError, match="took too long"):
        _open(be_slow).ask(ASKED)
    with pytest.raises(ServiceFailure, match="start it with: footnote serve"):
        _open(be_gone).ask(ASKED)


def test_answer_that_is_no_object_is_named() -> None:
    with pytest.raises(ServiceFailure, match="not answer as the contract says"):
        _open(lambda request: httpx.Response(200, json=[1])).ask(ASKED)


def test_articles_are_listed_page_by_page_and_read_by_their_ids() -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/text"):
            if b"gone" in request.url.raw_path:
                return httpx.Response(404)
            assert request.url.raw_path == b"/v1/articles/https%3A%2F%2Fpaper.example%2F1/text?version=3"
            return httpx.Response(200, text="Größe: 84 metres")
        listed = [{"article_id": f"a{n}", "text_sha256": "0" * 64, "published_at": None} for n in range(4)]
        if request.url.params.get("cursor") == "next":
            return httpx.Response(200, json={"data": listed[2:], "next_cursor": None})
        return httpx.Response(200, json={"data": listed[:2], "next_cursor": "next"})

    target = _open(handle)
    assert target.missing({"a0", "a3", "b", "a9"}) == ["a9", "b"]
    assert target.describe().articles == 4
    text = target.read("https://paper.example/1", 3)
    assert text is not None
    assert (text.text, text.sha256) == ("Größe: 84 metres", hash_text("Größe: 84 metres"))
    assert target.read("gone", 1) is None


def test_service_without_articles_is_an_error_and_no_score() -> None:
    with pytest.raises(EmptyCatalog, match="has no articles"):
        _open(lambda request: httpx.Response(200, json={"data": [], "next_cursor": None})).describe()
