"""Paths in, an IngestReport out, by way of a running service: what is under the paths is uploaded to it."""

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ingest.article import Metadata
from ingest.items import Failure, Item, find_items, total_bytes
from ingest.pipeline import IngestReport, Observer, Progress, Warned
from service.api.access import NDJSON
from service.api.payloads import ConfigPayload, IngestionPayload, ReportPayload
from service.beside import RunningService
from service.errors import ServiceRefused
from service.uploads import write_line

POLL_SECONDS = 0.2


class Transfer:
    """One ingest through a service: as few uploads as its limit allows, one after the other."""

    def __init__(self, service: RunningService, *, given: Metadata, observe: Observer) -> None:
        self._service = service
        self._given = given
        self._observe = observe
        self._failed: list[Failure] = []
        self._sent = Progress(bytes_read=0, bytes_total=0, articles=0, passages=0, step="uploading")

    def run(self, paths: Sequence[Path]) -> IngestReport:
        """Upload what is under the paths, wait until all of it is in, and say what was done."""
        started = time.monotonic()
        limits = ConfigPayload.model_validate_json(self._service.call("GET", "/v1/config").content).limits
        self._sent = replace(self._sent, bytes_total=total_bytes(paths))
        items = find_items(paths, max_article_bytes=limits.article_bytes)
        reports = [self._upload(lines, size) for lines, size in self._batches(items, most=limits.upload_bytes)]
        return _sum(reports, self._failed, seconds=time.monotonic() - started)

    def _batches(self, items: Iterable[Item | Failure], *, most: int) -> Iterator[tuple[bytes, int]]:
        """The lines of each upload, and the bytes on disk that they stand for."""
        lines, size = bytearray(), 0
        for item in items:
            if isinstance(item, Failure):
                self._failed.append(item)
                continue
            line = write_line(item)
            if len(line) > most:
                reason = f"the service takes uploads of at most {most:,} bytes; raise FOOTNOTE_MAX_UPLOAD_BYTES there"
                self._failed.append(Failure(location=item.location, reason=reason))
                continue
            if len(lines) + len(line) > most:
                yield bytes(lines), size
                lines, size = bytearray(), 0
            lines += line
            size += item.bytes_read
        if lines:
            yield bytes(lines), size

    def _upload(self, lines: bytes, size: int) -> ReportPayload:
        self._observe(self._sent)
        about = self._given
        query = {
            "publisher": about.publisher, "url": about.url,
            "date": about.published_at.iso[:10] if about.published_at else None,
        }
        response = self._service.call(
            "POST", "/v1/ingestions", content=lines, headers={"Content-Type": NDJSON[0]},
            params={name: value for name, value in query.items() if value},
        )
        ingestion = IngestionPayload.model_validate_json(response.content)
        while ingestion.report is None:
            if ingestion.status == "failed":
                raise ServiceRefused(f"The service could not take in the upload: {ingestion.reason}")
            time.sleep(POLL_SECONDS)
            found = self._service.call("GET", f"/v1/ingestions/{ingestion.id}")
            ingestion = IngestionPayload.model_validate_json(found.content)
            self._observe(self._progress(ingestion, size, len(lines)))
        self._sent = replace(self._progress(ingestion, size, len(lines)), bytes_read=self._sent.bytes_read + size)
        return ingestion.report

    def _progress(self, ingestion: IngestionPayload, size: int, uploaded: int) -> Progress:
        """Of all uploads together: bytes are those on disk here, not those that travelled."""
        now = ingestion.progress
        if now is None:
            return self._sent
        return replace(
            self._sent, step=now.step, bytes_read=self._sent.bytes_read + size * now.bytes_read // uploaded,
            articles=self._sent.articles + now.articles, passages=self._sent.passages + now.passages,
        )


def _sum(reports: Sequence[ReportPayload], failed: Sequence[Failure], *, seconds: float) -> IngestReport:
    cut: Counter[str] = Counter()
    for report in reports:
        cut.update(report.cut)
    theirs = [Failure(location=one.location, reason=one.reason) for report in reports for one in report.failed]
    warnings = (Warned(location=one.location, reason=one.reason) for report in reports for one in report.warnings)
    return IngestReport(
        added=sum(one.added for one in reports), changed=sum(one.changed for one in reports),
        unchanged=sum(one.unchanged for one in reports), passages=sum(one.passages for one in reports),
        embedded=sum(one.embedded for one in reports), failed=(*failed, *theirs), warnings=tuple(warnings),
        cut=dict(cut), generation=reports[-1].generation if reports else None, seconds=round(seconds, 3),
    )
