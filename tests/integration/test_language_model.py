"""An OpenAI-compatible endpoint through LlamaIndex: what it says arrives piece by piece; each of its faults ends."""

import threading
import time
from collections.abc import Iterator
from itertools import pairwise

import pytest
from pydantic import SecretStr

from service.errors import WriterUnavailable
from service.writing.language_model import Prompt
from service.writing.openai_like import RESPONSE_BYTES, Endpoint, OpenAILikeModel
from tests.fake_llm import Exchange, Script, open_endpoint

PROMPT = Prompt(rules="Be true.", material="<question>When?</question>")
KEY = "sk-very-secret"
SECONDS = 20.0


def _never() -> bool:
    return False


def make_model(url: str, *, seconds: float = SECONDS, at_once: int = 2) -> OpenAILikeModel:
    endpoint = Endpoint(
        base_url=url, model="m-1", api_key=SecretStr(KEY), seconds=seconds, output_tokens=50, at_once=at_once
    )
    return OpenAILikeModel(endpoint)


def listen(script: Script, *, seconds: float = SECONDS) -> str:
    with open_endpoint(script) as endpoint:
        return "".join(make_model(endpoint.url, seconds=seconds).stream(PROMPT, cancelled=_never))


def test_pieces_arrive_as_they_are_said_and_the_endpoint_is_told_the_rules() -> None:
    heard = threading.Event()

    def script(exchange: Exchange) -> None:
        exchange.start()
        exchange.piece("One. ")
        assert heard.wait(SECONDS)  # the second is said only when the first was heard
        exchange.piece("Two.", last=True)

    with open_endpoint(script) as endpoint:
        pieces = make_model(endpoint.url).stream(PROMPT, cancelled=_never)
        assert next(pieces) == "One. "
        heard.set()
        assert list(pieces) == ["Two."]
    (exchange,) = endpoint.exchanges
    assert exchange.prompt == "Be true.\n<question>When?</question>"
    assert {name: exchange.body[name] for name in ("model", "max_tokens", "stream", "temperature")} == {
        "model": "m-1", "max_tokens": 50, "stream": True, "temperature": 0.0,
    }
    assert f"authorization: bearer {KEY}" in exchange.head.lower()


def _refuse(exchange: Exchange) -> None:
    exchange.start("400 Bad Request", "application/json")
    exchange.send(b'{"error": {"message": "the prompt was: Be true."}}')


def _fail(exchange: Exchange) -> None:
    exchange.start("500 Internal Server Error", "application/json")
    exchange.send(b"{}")


def _say_garbage(exchange: Exchange) -> None:
    exchange.start()
    exchange.send(b'data: {"choices": [{"delta": \n\n')


def _say_another_json(exchange: Exchange) -> None:
    exchange.start()
    exchange.send(b'data: {"choices": [{"delta": 7}]}\n\ndata: [1, 2]\n\ndata: "x"\n\n')


def _say_html(exchange: Exchange) -> None:
    exchange.start(kind="text/html")
    exchange.send(b"<html>Log in</html>")


def _break_off(exchange: Exchange) -> None:
    exchange.start()
    exchange.piece("Half a sen")


def _break_the_chunks(exchange: Exchange) -> None:
    exchange.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nda")


def _say_no_utf8(exchange: Exchange) -> None:
    exchange.start()
    exchange.send(b'data: {"choices": [{"index": 0, "delta": {"content": "\xff\xfe\x80"}}]}\n\n')


def _say_too_much(exchange: Exchange) -> None:
    exchange.start()
    for _ in range(10):
        exchange.send(b"x" * 1_000_000)


def _say_too_many_pieces(exchange: Exchange) -> None:
    exchange.start()
    for _ in range(10_000_000 // 2_000):
        exchange.piece("y" * 2_000)


def _send_compressed(exchange: Exchange) -> None:
    exchange.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b")


def _redirect(exchange: Exchange) -> None:
    exchange.send(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n")


FAULTS = (
    _refuse, _fail, _say_garbage, _say_another_json, _say_html, _break_off, _break_the_chunks, _say_no_utf8,
    _say_too_much, _say_too_many_pieces, _send_compressed, _redirect,
)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__.strip("_"))
def test_each_fault_of_an_endpoint_is_one_error_that_tells_nothing_of_it(fault: Script) -> None:
    with open_endpoint(fault) as endpoint, pytest.raises(WriterUnavailable) as caught:
        list(make_model(endpoint.url).stream(PROMPT, cancelled=_never))
    told = str(caught.value)
    assert told.startswith("The language model ")
    assert not any(secret in told for secret in (KEY, "127.0.0.1", "Be true", "html"))


def test_nothing_is_read_beyond_the_limit() -> None:
    sent: list[int] = []

    def script(exchange: Exchange) -> None:
        exchange.start()
        for number in range(100):
            exchange.send(b"x" * 1_000_000)
            sent.append(number)

    with pytest.raises(WriterUnavailable, match="too much"):
        listen(script)
    assert len(sent) < 20 + RESPONSE_BYTES // 1_000_000  # the sockets hold some


def test_unreachable_endpoint_is_an_error() -> None:
    with open_endpoint(_fail) as endpoint:
        url = endpoint.url
    with pytest.raises(WriterUnavailable, match="cannot be reached"):
        list(make_model(url).stream(PROMPT, cancelled=_never))


def test_passing_fault_is_tried_again_and_a_refusal_is_not() -> None:
    with open_endpoint(lambda exchange: _fail(exchange) if len(endpoint.exchanges) < 3 else exchange.say("Well.")) as (
        endpoint
    ):
        assert "".join(make_model(endpoint.url).stream(PROMPT, cancelled=_never)) == "Well."
    assert len(endpoint.exchanges) == 3
    with open_endpoint(_refuse) as endpoint, pytest.raises(WriterUnavailable, match="HTTP 400"):
        list(make_model(endpoint.url).stream(PROMPT, cancelled=_never))
    assert len(endpoint.exchanges) == 1


def test_nothing_is_tried_again_once_something_was_said() -> None:
    with open_endpoint(_break_off) as endpoint:
        pieces = make_model(endpoint.url).stream(PROMPT, cancelled=_never)
        assert next(pieces) == "Half a sen"
        with pytest.raises(WriterUnavailable, match="broke off"):
            next(pieces)
    assert len(endpoint.exchanges) == 1


def _hang(exchange: Exchange) -> None:
    exchange.wait_for_hangup()


def _hang_later(exchange: Exchange) -> None:
    exchange.start()
    exchange.piece("One.")
    exchange.wait_for_hangup()


def _drip(exchange: Exchange) -> None:
    exchange.start()
    while not exchange.stopped.is_set():
        exchange.send(b"d")
        time.sleep(0.02)


@pytest.mark.parametrize("fault", [_hang, _hang_later, _drip], ids=lambda fault: fault.__name__.strip("_"))
def test_slow_endpoint_is_left_at_the_deadline(fault: Script) -> None:
    started = time.monotonic()
    with pytest.raises(WriterUnavailable, match=r"within 0\.5 seconds|in time"):
        listen(fault, seconds=0.5)
    assert time.monotonic() - started < SECONDS


def _pieces_until_cancelled(script: Script, cancel: threading.Event) -> Iterator[str]:
    with open_endpoint(script) as endpoint:
        yield from make_model(endpoint.url).stream(PROMPT, cancelled=cancel.is_set)


@pytest.mark.parametrize("said", [False, True])
def test_cancellation_hangs_up_while_the_endpoint_is_silent(said: bool) -> None:
    cancel, hung_up = threading.Event(), threading.Event()

    def script(exchange: Exchange) -> None:
        if said:
            exchange.start()
            exchange.piece("One.")
        else:
            threading.Timer(0.2, cancel.set).start()
        if exchange.wait_for_hangup():
            hung_up.set()

    pieces = []
    for piece in _pieces_until_cancelled(script, cancel):
        pieces.append(piece)
        cancel.set()
    assert pieces == (["One."] if said else [])
    assert hung_up.wait(SECONDS)


def test_leaving_the_iterator_hangs_up() -> None:
    hung_up = threading.Event()

    def script(exchange: Exchange) -> None:
        exchange.start()
        exchange.piece("One.")
        if exchange.wait_for_hangup():
            hung_up.set()

    with open_endpoint(script) as endpoint:
        pieces = make_model(endpoint.url).stream(PROMPT, cancelled=_never)
        assert next(pieces) == "One."
        pieces.close()  # type: ignore[attr-defined]  # it is a generator
        assert hung_up.wait(SECONDS)


def test_no_more_calls_are_under_way_than_may_be() -> None:
    under_way, most = [0], [0]
    lock = threading.Lock()

    def script(exchange: Exchange) -> None:
        with lock:
            under_way[0] += 1
            most[0] = max(most[0], under_way[0])
        time.sleep(0.05)
        with lock:
            under_way[0] -= 1
        exchange.say("Done.")

    with open_endpoint(script) as endpoint:
        model = make_model(endpoint.url, at_once=2)
        threads = [
            threading.Thread(target=lambda: list(model.stream(PROMPT, cancelled=_never))) for _ in range(6)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(SECONDS)
    assert (most[0], len(endpoint.exchanges)) == (2, 6)


def test_turn_that_does_not_come_is_an_error_and_a_cancelled_wait_is_none() -> None:
    with open_endpoint(_hang_later) as endpoint:
        model = make_model(endpoint.url, seconds=1.0, at_once=1)
        first = model.stream(PROMPT, cancelled=_never)
        assert next(first) == "One."
        assert list(model.stream(PROMPT, cancelled=lambda: True)) == []
        with pytest.raises(WriterUnavailable, match="busy"):
            list(model.stream(PROMPT, cancelled=_never))
        first.close()  # type: ignore[attr-defined]  # it is a generator


def test_fifty_thousand_digits_in_one_piece_arrive() -> None:
    digits = "9" * 50_000
    assert listen(lambda exchange: exchange.say(digits, size=len(digits))) == digits


def test_order_of_pieces_is_kept() -> None:
    numbers = [int(one) for one in listen(lambda exchange: exchange.say(" ".join(map(str, range(300))))).split()]
    assert all(later == earlier + 1 for earlier, later in pairwise(numbers))
