"""A stage for the widget: an HTTP server on loopback that plays the service, its answers and its faults, by script."""

import json
import select
import threading
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import service
from service.api.bundle import bundle
from service.payload import AnswerPayload

WIDGET = Path(service.__path__[0]) / "widget"
SCRIPTS = bundle({file.name: file.read_text(encoding="utf-8") for file in WIDGET.glob("*.js")})
SECONDS = 20  # after which a stream that waits gives up
CONFIG: Mapping[str, object] = {
    "limits": {"question_characters": 300, "conversation_turns": 20, "conversation_characters": 16_000},
    "suggested_questions": ["What did the footbridge cost?", "When will the ferry stop?", "Who runs the ferry?"],
    "feedback": True, "streaming": True,
}


class Gate:
    """A place in a stream where it waits until the test opens it."""

    def __init__(self) -> None:
        self._open = threading.Event()

    def open(self) -> None:
        self._open.set()

    @property
    def opened(self) -> bool:
        return self._open.is_set()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A whole response."""

    status: int = 200
    body: object = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """A response of server-sent events, piece by piece; `broken`: the connection ends without the end of the body."""

    pieces: Sequence[bytes | Gate]
    broken: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What the server serves, and what it was asked."""

    url: str
    acts: deque[Reply | Stream] = field(default_factory=deque)
    pages: dict[str, tuple[str, Mapping[str, str]]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    config: dict[str, object] = field(default_factory=lambda: dict(CONFIG))
    asked: list[dict[str, Any]] = field(default_factory=list)
    rated: list[dict[str, Any]] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)
    abandoned: threading.Event = field(default_factory=threading.Event)

    def answer(self, *answers: AnswerPayload) -> None:
        """Answer the next questions, each streamed sentence by sentence."""
        self.acts.extend(Stream(pieces=stream_of(answer)) for answer in answers)


def event(name: str, data: object) -> bytes:
    """One server-sent event."""
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()


def stream_of(answer: AnswerPayload) -> list[bytes]:
    """The events of an answer: start, sources, a delta for each cited span, its citations, and the end."""
    whole = answer.model_dump(mode="json")
    pieces = [event("start", {"seq": 0, "id": answer.id}), event("sources", {"sources": whole["sources"]})]
    text, sent = answer.answer.text, 0
    for citation in whole["citations"]:
        end = citation["answer_span"]["end"]
        if end > sent:
            pieces.append(event("delta", {"text": text[sent:end]}))
            sent = end
        pieces.append(event("citation", {"citation": citation}))
    if sent < len(text):
        pieces.append(event("delta", {"text": text[sent:]}))
    return [*pieces, event("done", whole)]


@contextmanager
def open_stage() -> Iterator[Stage]:
    """A stage on any free port of this machine, until the end of the block."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """Browsers leave when they please."""

    server = Server(("127.0.0.1", 0), _Player)
    stage = Stage(url=f"http://127.0.0.1:{server.server_address[1]}")
    server.stage = stage  # type: ignore[attr-defined]  # for the handlers
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield stage
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Player(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002  the name is the library's
        """Nothing: what was asked is on the stage."""

    @property
    def stage(self) -> Stage:
        found: Stage = self.server.stage  # type: ignore[attr-defined]  # set by open_stage
        return found

    def do_OPTIONS(self) -> None:
        allow = {"Access-Control-Allow-Methods": "GET, POST",
                 "Access-Control-Allow-Headers": "Authorization, Content-Type"}
        self._send(204, b"", allow)

    def do_GET(self) -> None:
        stage, path = self.stage, unquote(urlsplit(self.path).path)
        stage.requests.append(self.path)
        if path in stage.pages:
            html, headers = stage.pages[path]
            self._send(200, html.encode(), {"Content-Type": "text/html; charset=utf-8", **headers})
        elif path.startswith("/widget/v1/") and Path(path).name in SCRIPTS:
            script = SCRIPTS[Path(path).name].encode()
            self._send(200, script, {"Content-Type": "text/javascript; charset=utf-8"})
        elif path.startswith("/modules/") and (WIDGET / Path(path).name).is_file():  # as they are, for their own tests
            self._send(200, (WIDGET / Path(path).name).read_bytes(), {"Content-Type": "text/javascript; charset=utf-8"})
        elif path == "/v1/config":
            self._send_json(200, stage.config)
        elif path.startswith("/v1/articles/") and path.removesuffix("/text")[13:] in stage.texts:
            text = stage.texts[path.removesuffix("/text")[13:]]
            self._send(200, text.encode(), {"Content-Type": "text/plain; charset=utf-8"})
        else:
            self._send_json(404, problem(404, "not-found"))

    def do_POST(self) -> None:
        stage = self.stage
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        stage.requests.append(self.path)
        stage.headers.append(dict(self.headers))
        if self.path.endswith("/feedback"):
            stage.rated.append({"path": self.path, **body})
            return self._send_json(200, {"object": "feedback"})
        stage.asked.append(body)
        act = stage.acts.popleft() if stage.acts else Reply(status=500, body=problem(500, "internal-error"))
        if isinstance(act, Reply):
            return self._send_json(act.status, act.body, act.headers)
        return self._play(act)

    def _play(self, act: Stream) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Transfer-Encoding", "chunked")
        self.send_header("Connection", "close")
        self.end_headers()
        for piece in act.pieces:
            if isinstance(piece, Gate):
                if not self._wait(piece):
                    return self.stage.abandoned.set()
            else:
                self.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
                self.wfile.flush()
        if not act.broken:
            self.wfile.write(b"0\r\n\r\n")
        self.close_connection = True

    def _wait(self, gate: Gate) -> bool:
        """Whether the gate was opened before the client left."""
        for _ in range(int(SECONDS / 0.02)):
            if gate.opened:
                return True
            readable, _, _ = select.select([self.connection], [], [], 0.02)
            if readable and not self.connection.recv(1):
                return False
        raise AssertionError("the gate was not opened")

    def _send_json(self, status: int, body: object, headers: Mapping[str, str] | None = None) -> None:
        self._send(status, json.dumps(body).encode(), {"Content-Type": "application/json", **(headers or {})})

    def _send(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Access-Control-Expose-Headers", "Retry-After")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def problem(status: int, name: str, detail: str = "It was not possible.") -> dict[str, object]:
    """An RFC 9457 problem as the service sends it."""
    return {
        "type": f"/problems#{name}", "title": name, "status": status, "detail": detail, "instance": "/v1/ask",
        "request_id": "req_0123456789abcdef",
    }
