"""A Target in, a server on loopback that speaks the contract for it out: what `--url` is tested against."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from urllib.parse import parse_qs, unquote, urlsplit

from eval.in_process import InProcess
from eval.targets import Asked
from ingest.catalog import Catalog
from service.payload import article_payload

PAGE = 7


@contextmanager
def serve(target: InProcess, catalog: Catalog, *, key: str) -> Iterator[str]:
    """The address of a server that asks for a key, and puts off every fifth question once."""
    server = _Server(target, catalog, key=key)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    """Asks the target about one thing at a time."""

    def __init__(self, target: InProcess, catalog: Catalog, *, key: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.target = target
        self.catalog = catalog
        self.key = key
        self.lock = Lock()
        self.asked = 0


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        """Articles, page by page, and their texts."""
        parts, query = urlsplit(self.path), parse_qs(urlsplit(self.path).query)
        with self.server.lock:
            if parts.path == "/v1/articles":
                page = self.server.catalog.articles(after=query.get("cursor", [""])[0], limit=PAGE)
                cursor = page[-1].id if len(page) == PAGE else None
                self._send(200, {"data": [article_payload(one) for one in page], "next_cursor": cursor})
            else:
                name = unquote(parts.path.removeprefix("/v1/articles/").removesuffix("/text"))
                found = self.server.target.read(name, int(query["version"][0]))
                self._send(200, {"text": found.text}) if found else self._send(404, {"title": "no such article"})

    def do_POST(self) -> None:
        """Questions and searches."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.headers["Authorization"] != f"Bearer {self.server.key}":
            self._send(401, {"title": "who are you?"})
            return
        with self.server.lock:
            self.server.asked += 1
            if self.server.asked % 5 == 0:
                self._send(429, {"title": "slowly"}, **{"Retry-After": "0"})
                return
            asked = Asked(text=body.get("question") or body["query"], as_of=date.fromisoformat(body["as_of"]))
            if self.path == "/v1/ask":
                self._send(200, self.server.target.ask(asked))
            else:
                hits = self.server.target.search(asked)
                results = [
                    {"rank": one.rank, "article_id": one.article_id, "version": one.version,
                     "passage": {"start": one.start, "end": one.end, "text": one.text or "(not measured)"}}
                    for one in hits
                ]  # fmt: skip
                self._send(200, {"object": "search", "results": results})

    def _send(self, status: int, payload: Mapping[str, object], **headers: str) -> None:
        content = json.dumps(payload).encode()
        self.send_response(status)
        for name, value in {**headers, "Content-Type": "application/json", "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name that the library gives it
        """Say nothing."""
