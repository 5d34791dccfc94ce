"""Uploads in, IngestReports out, one after the other in the background: what a service takes in bulk.

An upload is kept on disk until it is done, so one that was accepted survives a crash and is gone on with at the start.
"""

import uuid
from collections import Counter, OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Thread
from typing import Literal

from pydantic import TypeAdapter

from ingest.article import Metadata
from ingest.embedding import Encoder
from ingest.items import Failure, Item
from ingest.pipeline import Ingest, IngestReport, Progress
from ingest.recording import Recorder
from ingest.syncing import sync
from service.errors import Overloaded, UnknownIngestion
from service.keeper import Keeper
from service.uploads import read_items

UPLOADS = "uploads"
GIVEN = ".given.json"
WAITING = 16  # uploads that may wait for the one at work
REMEMBERED = 200  # ingestions that can be asked for

State = Literal["queued", "running", "done", "failed"]

_GIVEN: TypeAdapter[Metadata] = TypeAdapter(Metadata)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingestion:
    """One upload and what has become of it; `report` once it is done, `reason` where it failed as a whole."""

    id: str
    created_at: datetime
    state: State = "queued"
    progress: Progress | None = None
    report: IngestReport | None = None
    reason: str | None = None


class Stopped(Exception):
    """The service is stopping; it goes on with the upload when it starts again."""


class Ingestions:
    """The queue of uploads of a service, and the thread that works on it. `results` counts articles."""

    def __init__(self, folder: Path, encoder: Encoder, keeper: Keeper, *, max_article_bytes: int) -> None:
        self._folder = folder
        self._encoder = encoder
        self._keeper = keeper
        self._max_article_bytes = max_article_bytes
        self._known: OrderedDict[str, Ingestion] = OrderedDict()
        self._queue: SimpleQueue[str | None] = SimpleQueue()
        self._stopping = Event()
        self.results: Counter[str] = Counter()
        self._thread = Thread(target=self._run, name="ingestions", daemon=True)
        (folder / UPLOADS).mkdir(exist_ok=True)

    def start(self) -> None:
        """Go on with the uploads that a stop or a crash left, and begin to work."""
        for given in (self._folder / UPLOADS).glob(f"ing_*{GIVEN}"):
            if not self._path(given.name.removesuffix(GIVEN)).exists():
                given.unlink()
        for part in (self._folder / UPLOADS).glob("ing_*.part"):
            part.unlink()
        for path in sorted((self._folder / UPLOADS).glob("ing_*.jsonl"), key=lambda path: path.stat().st_mtime):
            self._enqueue(path.stem)
        self._thread.start()

    def stop(self, *, seconds: float) -> bool:
        """End before the next article; False where that takes longer than this (nothing is lost)."""
        self._stopping.set()
        self._queue.put(None)
        self._thread.join(seconds)
        return not self._thread.is_alive()

    @property
    def waiting(self) -> int:
        """How many uploads wait or are worked on."""
        return sum(one.state in ("queued", "running") for one in tuple(self._known.values()))

    def require_room(self) -> None:
        """Raise Overloaded where so many uploads wait that another one is refused."""
        if self.waiting > WAITING:
            raise Overloaded(f"{WAITING} uploads are waiting already; send this one again when one of them is done.")

    def accept(self, part: Path, *, given: Metadata) -> Ingestion:
        """Queue an upload that was received in full as `part`; when this returns, it survives a crash."""
        name = part.stem
        (self._folder / UPLOADS / f"{name}{GIVEN}").write_bytes(_GIVEN.dump_json(given))
        for path in (part, self._folder / UPLOADS / f"{name}{GIVEN}"):
            sync(path)
        part.rename(self._path(name))
        sync(self._folder / UPLOADS)
        return self._enqueue(name)

    def new_part(self) -> Path:
        """Where an upload is to be written while it is received."""
        return self._folder / UPLOADS / f"ing_{uuid.uuid4().hex}.part"

    def find(self, name: str) -> Ingestion:
        """An ingestion by its id; UnknownIngestion where it never was, or was done long ago or before the start."""
        try:
            return self._known[name]
        except KeyError as error:
            raise UnknownIngestion(
                f"There is no ingestion {name!r}; those that were done before the service started are not kept."
            ) from error

    def _path(self, name: str) -> Path:
        return self._folder / UPLOADS / f"{name}.jsonl"

    def _enqueue(self, name: str) -> Ingestion:
        ingestion = Ingestion(id=name, created_at=datetime.now(UTC))
        self._known[name] = ingestion
        finished = [one.id for one in tuple(self._known.values()) if one.state in ("done", "failed")]
        for old in finished[: max(len(self._known) - REMEMBERED, 0)]:
            del self._known[old]
        self._queue.put(name)
        return ingestion

    def _run(self) -> None:
        while (name := self._queue.get()) is not None and not self._stopping.is_set():
            self._change(name, state="running")
            try:
                report = self._ingest(name)
            except Stopped:
                return
            except Exception as error:  # noqa: BLE001  the edge of the thread: told to whoever asks
                self._change(name, state="failed", reason=f"{error} It is tried again when the service starts.")
            else:
                self.results.update(added=report.added, changed=report.changed, unchanged=report.unchanged)
                self.results["failed"] += len(report.failed)
                self._change(name, state="done", report=report)

    def _ingest(self, name: str) -> IngestReport:
        given_path = self._folder / UPLOADS / f"{name}{GIVEN}"
        given = _GIVEN.validate_json(given_path.read_bytes())
        path = self._path(name)
        self._keeper.notice_bulk(1)
        try:
            with Recorder(self._folder) as recorder:
                run = Ingest(
                    recorder, self._encoder, today=date.today(), project=False,
                    observe=lambda progress: self._observe(name, progress),
                )
                report = run.run_items(self._items(path), given=given, bytes_total=path.stat().st_size)
        finally:
            self._keeper.notice_bulk(-1)
        projected = self._keeper.tend()
        path.unlink()
        given_path.unlink()
        return replace(report, generation=projected.generation)

    def _items(self, path: Path) -> Iterator[Item | Failure]:
        for item in read_items(path, max_article_bytes=self._max_article_bytes):
            if self._stopping.is_set():
                raise Stopped
            yield item

    def _observe(self, name: str, progress: Progress) -> None:
        self._change(name, progress=progress)
        self._keeper.notice()

    def _change(self, name: str, **changes: object) -> None:
        self._known[name] = replace(self._known[name], **changes)  # type: ignore[arg-type]  # fields of Ingestion
