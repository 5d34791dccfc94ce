"""/v1/ingestions: uploads in, their progress and their reports out."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import anyio
from fastapi import APIRouter, Query, Request, Response

from ingest.article import Metadata, PublishedAt
from service.api.access import NDJSON, Guard, guarded
from service.api.parts import PartsOf, note
from service.api.payloads import FailedArticle, IngestionPayload, ProgressPayload, ReportPayload
from service.api.problems import Refusal
from service.api.schemas import Day
from service.ingestions import Ingestion

UPLOAD = {
    "requestBody": {
        "required": True,
        "description": "One JSON object a line: a record of a corpus, or `{\"file\": …}` with what a file holds.",
        "content": {
            media_type: {"schema": {"type": "string", "minLength": 1}, "example": '{"text": "The ferry is late."}\n'}
            for media_type in NDJSON
        },
    }
}
Given = Annotated[str | None, Query(max_length=500, description="Overrides what the articles say.")]

writing = APIRouter(
    prefix="/v1/ingestions", tags=["articles"],
    route_class=guarded(Guard(scope="ingest", media_types=NDJSON, upload=True)),
)


@writing.post(
    "", operation_id="createIngestion", summary="Upload many articles", status_code=202, openapi_extra=UPLOAD,
)
async def create_ingestion(  # noqa: PLR0913  one parameter a field
    request: Request, response: Response, parts: PartsOf, publisher: Given = None, url: Given = None,
    published: Annotated[Day | None, Query(alias="date", description="When they were published.")] = None,
) -> IngestionPayload:
    """Kept when this returns, and worked on in the background: ask at `Location` how far it is."""
    ingestions = parts.service.ingestions
    ingestions.require_room()
    given = Metadata(
        publisher=publisher, url=url, published_at=PublishedAt.of_day(published) if published else None
    )
    part = ingestions.new_part()
    try:
        size = await _receive(request, part)
        if not size:
            raise Refusal("invalid-request", "The upload is empty; send one JSON object a line.")
        ingestion = await parts.writing.run(lambda: ingestions.accept(part, given=given))
    finally:
        part.unlink(missing_ok=True)
    note(request, ingestion=ingestion.id, bytes=size)
    response.headers["Location"] = f"/v1/ingestions/{ingestion.id}"
    return _payload(ingestion)


@writing.get("/{ingestion_id}", operation_id="getIngestion", summary="How far an upload is")
async def get_ingestion(ingestion_id: str, parts: PartsOf) -> IngestionPayload:
    """Its progress, then its report."""
    return _payload(parts.service.ingestions.find(ingestion_id))


async def _receive(request: Request, part: Path) -> int:
    """Write the body to a file and return how many bytes it has."""
    size = 0
    async with await anyio.open_file(part, "wb") as file:
        async for piece in request.stream():
            await file.write(piece)
            size += len(piece)
    return size


def _payload(ingestion: Ingestion) -> IngestionPayload:
    progress, report = ingestion.progress, ingestion.report
    return IngestionPayload(
        id=ingestion.id, status=ingestion.state, created_at=ingestion.created_at, reason=ingestion.reason,
        progress=ProgressPayload(**asdict(progress)) if progress else None,
        report=ReportPayload(
            added=report.added, changed=report.changed, unchanged=report.unchanged, passages=report.passages,
            embedded=report.embedded, generation=report.generation, seconds=report.seconds, cut=report.cut,
            failed=tuple(FailedArticle(location=one.location, reason=one.reason) for one in report.failed),
            warnings=tuple(FailedArticle(location=one.location, reason=one.reason) for one in report.warnings),
        ) if report else None,
    )
