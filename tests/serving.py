"""Services to test against: in this process over a data folder, or as the command `footnote serve`."""

import io
import json
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import structlog
from fastapi import FastAPI
from fastapi.testclient import TestClient

from ingest.embedding import Encoder
from ingest.locking import read_owner
from ingest.settings import Settings
from service.api.app import create_app
from service.api.logs import Log
from service.api.scripts import Widget, read_widget
from service.running import Service, open_service
from tests.builders import make_data
from tests.command import Command
from tests.fakes import WordEncoder

ADDRESS = "http://127.0.0.1:8000"
WORDS = WordEncoder(dimension=512)  # so wide that few words are taken for others
TOKEN = "t" * 43  # of this machine's commands
MACHINE = {"Authorization": f"Bearer {TOKEN}"}
JSON = {"Content-Type": "application/json"}
NDJSON = {"Content-Type": "application/x-ndjson"}
SECONDS = 60  # after which what is waited for will not come


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """A service in this process, a client of it, and what it has logged: a JSON object a line, and its warnings."""

    service: Service
    app: FastAPI
    client: TestClient
    logged: io.StringIO
    warned: list[str]

    @property
    def events(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.logged.getvalue().splitlines()]

    def ask(self, question: str, **body: object) -> Any:  # noqa: ANN401  any JSON
        """The answer to a question, as JSON."""
        response = self.client.post("/v1/ask", json={"question": question, **body}, headers=MACHINE)
        assert response.status_code == 200, response.text
        return response.json()

    def search(self, query: str, **body: object) -> list[Any]:
        """What a search finds, as JSON."""
        response = self.client.post("/v1/search", json={"query": query, **body}, headers=MACHINE)
        assert response.status_code == 200, response.text
        found: list[Any] = response.json()["results"]
        return found

    def post(self, **article: object) -> Any:  # noqa: ANN401  any JSON
        """Post an article; what became of it, as JSON."""
        response = self.client.post("/v1/articles", json=article, headers=MACHINE)
        assert response.status_code in (200, 201), response.text
        return response.json()["results"][0]

    def text(self, article_id: str, version: int) -> str:
        """The text of an article's version, as it is served."""
        response = self.client.get(
            f"{address_of(article_id)}/text", params={"version": version}, headers=MACHINE
        )
        assert response.status_code == 200, response.text
        return response.text

    def upload(self, *lines: object, **query: str) -> Any:  # noqa: ANN401  any JSON
        """Upload lines and wait for what became of them, as JSON; a string is sent as it is."""
        content = "".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines)
        response = self.client.post("/v1/ingestions", content=content, params=query, headers={**MACHINE, **NDJSON})
        assert response.status_code == 202, response.text
        return self.finish(response.json()["id"])

    def finish(self, name: str) -> Any:  # noqa: ANN401  any JSON
        """Wait until an ingestion is done or has failed."""

        def look() -> Any:  # noqa: ANN401  any JSON
            found = self.client.get(f"/v1/ingestions/{name}", headers=MACHINE).json()
            return found if found["status"] in ("done", "failed") else None

        return wait_for(look)


def address_of(article_id: str) -> str:
    """Where an article is."""
    return f"/v1/articles/{quote(article_id, safe='')}"


def make_log(stream: io.StringIO) -> Log:
    """A log that writes a JSON object a line."""
    log: Log = structlog.wrap_logger(
        structlog.PrintLogger(stream), wrapper_class=structlog.stdlib.BoundLogger,
        processors=[structlog.stdlib.add_log_level, structlog.processors.JSONRenderer(ensure_ascii=False)],
    )
    return log


def make_archive(folder: Path, count: int) -> Path:
    """A data folder of `count` articles of one sentence, as `open_api` expects it."""
    return make_data(folder, count, WORDS)


def copy(archive: Path, folder: Path) -> Path:
    """A data folder for one test, or the tests of one file, alone."""
    return Path(shutil.copytree(archive, folder / "data"))


@contextmanager
def open_api(
    folder: Path, encoder: Encoder = WORDS, *, trusting: bool = True, address: str = ADDRESS,
    widget: Widget | None = None, **settings: object
) -> Iterator[Api]:
    """The service over a data folder. `trusting`: as on a loopback address; settings as in `Settings`."""
    logged, warned = io.StringIO(), list[str]()
    chosen = Settings.model_validate({"answer_threads": 2, **settings})
    with open_service(chosen, folder, encoder, warn=warned.append) as service:
        app = create_app(
            service, log=make_log(logged), token=TOKEN, trusting=trusting, widget=widget or read_widget()
        )
        with TestClient(app, base_url=address) as client:
            yield Api(service=service, app=app, client=client, logged=logged, warned=warned)


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A running `footnote serve`: its process, its address and the token that it announced."""

    process: subprocess.Popen[bytes]
    url: str
    token: str

    def client(self) -> httpx.Client:
        """A client that may do everything."""
        headers = {"Authorization": f"Bearer {self.token}"}
        return httpx.Client(base_url=self.url, headers=headers, timeout=SECONDS, trust_env=False)


@contextmanager
def serve(footnote: Command, data: Path, *options: str, **environment: str) -> Iterator[Served]:
    """`footnote serve` on any free port, until the end of the block."""
    process = footnote.start("serve", "--data", data, "--port", "0", *options, **environment)
    try:
        yield _wait_until_served(process, footnote, data)
    finally:
        end(process)


def end(process: subprocess.Popen[bytes]) -> int:
    """Ask a process to end, and wait for it; its exit code."""
    if process.poll() is None:
        process.terminate()
    try:
        return process.wait(SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        raise


def wait_for(look: Callable[[], Any], *, seconds: float = SECONDS) -> Any:  # noqa: ANN401  what `look` returns
    """Look again and again, until something is seen."""
    deadline = time.monotonic() + seconds
    while not (seen := look()):
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.02)
    return seen


def _wait_until_served(process: subprocess.Popen[bytes], footnote: Command, data: Path) -> Served:
    def look() -> Served | None:
        assert process.poll() is None, (footnote.folder / "err").read_text(encoding="utf-8")
        owner = read_owner(data)
        if owner is None or owner.pid != process.pid or owner.url is None or owner.token is None:
            return None
        try:  # before it answers, a signal ends it as it ends any process
            httpx.get(f"{owner.url}/healthz", trust_env=False, timeout=SECONDS)
        except httpx.HTTPError:
            return None
        return Served(process=process, url=owner.url, token=owner.token)

    served: Served = wait_for(look)
    return served
