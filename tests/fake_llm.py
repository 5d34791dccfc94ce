"""An OpenAI-compatible endpoint that does what a script says, over real sockets: a good model, or any fault."""

import json
import re
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

_TAGGED = re.compile(r"^⟦(\w{3})⟧ (.*)$", re.MULTILINE)


@dataclass(kw_only=True)
class Exchange:
    """One request and the connection that it came by; `gone` once the caller has hung up."""

    connection: socket.socket
    head: str
    body: Mapping[str, object]
    stopped: threading.Event

    @property
    def prompt(self) -> str:
        messages = self.body["messages"]
        assert isinstance(messages, list)
        return "\n".join(str(message["content"]) for message in messages)

    @property
    def evidence(self) -> dict[str, str]:
        """Each sentence of the evidence by its id, as the prompt has them."""
        return find_evidence(self.prompt)

    @property
    def question(self) -> str:
        return self.prompt.rpartition("<question>")[2].partition("</question>")[0]

    def send(self, content: bytes) -> None:
        self.connection.sendall(content)

    def start(self, status: str = "200 OK", kind: str = "text/event-stream") -> None:
        self.send(f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nConnection: close\r\n\r\n".encode())

    def piece(self, text: str, *, last: bool = False) -> None:
        """One event of the stream."""
        choice = {"index": 0, "delta": {"content": text}, "finish_reason": "stop" if last else None}
        event = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
        self.send(f"data: {json.dumps(event)}\n\n".encode())

    def say(self, text: str, *, size: int = 7) -> None:
        """A whole answer, in pieces of `size` characters."""
        self.start()
        for start in range(0, len(text), size):
            self.piece(text[start : start + size])
        self.piece("", last=True)
        self.send(b"data: [DONE]\n\n")

    def wait_for_hangup(self, seconds: float = 30) -> bool:
        """Send nothing until the caller hangs up; whether it did."""
        self.connection.settimeout(seconds)
        with suppress(TimeoutError):
            while True:
                try:
                    if not self.connection.recv(1_000):
                        return True
                except ConnectionError:
                    return True
        return False


Script = Callable[[Exchange], None]


@dataclass(kw_only=True)
class FakeEndpoint:
    """Where it listens, and what it was asked."""

    url: str
    exchanges: list[Exchange] = field(default_factory=list)
    hung_up: threading.Event = field(default_factory=threading.Event)


@contextmanager
def open_endpoint(script: Script) -> Iterator[FakeEndpoint]:
    """Serve on any free port of 127.0.0.1 until the block ends."""
    stopped = threading.Event()
    threads: list[threading.Thread] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.05)
        endpoint = FakeEndpoint(url=f"http://127.0.0.1:{listener.getsockname()[1]}/v1")

        def answer(connection: socket.socket) -> None:
            with connection, suppress(OSError):
                connection.settimeout(30)
                exchange = _read(connection, stopped)
                if exchange is not None:
                    endpoint.exchanges.append(exchange)
                    script(exchange)

        def listen() -> None:
            while not stopped.is_set():
                with suppress(TimeoutError):
                    connection, _ = listener.accept()
                    thread = threading.Thread(target=answer, args=(connection,), daemon=True)
                    thread.start()
                    threads.append(thread)

        listening = threading.Thread(target=listen, daemon=True)
        listening.start()
        try:
            yield endpoint
        finally:
            stopped.set()
            for thread in (listening, *threads):
                thread.join(5)


def find_evidence(prompt: str) -> dict[str, str]:
    """Each sentence of the evidence of a prompt, by its id."""
    return dict(_TAGGED.findall(prompt.rpartition("<evidence>\n")[2].partition("</evidence>")[0]))


def _read(connection: socket.socket, stopped: threading.Event) -> Exchange | None:
    content = b""
    while b"\r\n\r\n" not in content:
        piece = connection.recv(65_536)
        if not piece:
            return None
        content += piece
    head, _, body = content.partition(b"\r\n\r\n")
    found = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
    length = int(found.group(1)) if found else 0
    while len(body) < length:
        body += connection.recv(65_536)
    return Exchange(connection=connection, head=head.decode(), body=json.loads(body), stopped=stopped)
