"""What went wrong in, an RFC 9457 problem out: the registry of every error that the API returns."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response

from ingest.errors import (
    BrokenCatalog,
    BrokenIndex,
    DuplicateArticle,
    EmptyCatalog,
    FootnoteError,
    IndexMismatch,
    ModelError,
    UnknownArticle,
    UnreadableArticle,
    UsageError,
)
from service.api.logs import Log, trace
from service.errors import BrokenFeedback, BrokenKeys, Overloaded, UnknownIngestion
from service.events import Abandoned

MEDIA_TYPE = "application/problem+json"
PAGE = "/problems"
FAULTS = ("index-broken", "storage-failed", "internal-error")  # what whoever runs the service must hear of


class InvalidField(BaseModel):
    """One thing that is wrong with a request; `pointer` says where, as a JSON pointer (RFC 6901) into the body."""

    pointer: str
    detail: str


class Problem(BaseModel):
    """An error, as RFC 9457 has it; `type` opens the page that explains it."""

    model_config = ConfigDict(extra="forbid")

    type: str = Field(examples=["/problems#question-too-long"])
    title: str
    status: int
    detail: str
    instance: str = Field(description="The path that was asked for.")
    request_id: str
    errors: list[InvalidField] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A type of problem: its name and status never change. `remedy` is what a client can do."""

    name: str
    status: int
    title: str
    remedy: str


KINDS = {
    kind.name: kind
    for kind in (
        Kind(name="malformed-json", status=400, title="The body is not JSON", remedy="Send JSON in UTF-8."),
        Kind(
            name="foreign-host", status=400, title="This host is not served here",
            remedy="Use an address of the service, or add the host to FOOTNOTE_ALLOWED_HOSTS.",
        ),
        Kind(
            name="key-required", status=401, title="A key is required",
            remedy="Send `Authorization: Bearer KEY`; `footnote keys create` makes one.",
        ),
        Kind(
            name="scope-missing", status=403, title="The key does not allow this",
            remedy="Use a key with the scope that is named; `footnote keys create --scope` makes one.",
        ),
        Kind(
            name="foreign-origin", status=403, title="This origin may not ask here",
            remedy="Add the origin of the page to FOOTNOTE_CORS_ORIGINS.",
        ),
        Kind(
            name="feedback-off", status=403, title="Answers are not rated here",
            remedy="Set FOOTNOTE_FEEDBACK_DAYS to the days that votes are kept.",
        ),
        Kind(name="not-found", status=404, title="There is nothing here", remedy="/openapi.json says what there is."),
        Kind(
            name="unknown-article", status=404, title="There is no such article",
            remedy="GET /v1/articles lists the articles there are.",
        ),
        Kind(
            name="unknown-ingestion", status=404, title="There is no such ingestion",
            remedy="Those that were done before the service started are not kept; their articles are.",
        ),
        Kind(
            name="unknown-answer", status=404, title="There is no such answer",
            remedy="Ask again: only answers that this service gave since it started can be rated.",
        ),
        Kind(
            name="method-not-allowed", status=405, title="This method is not allowed here",
            remedy="The header Allow names those that are.",
        ),
        Kind(
            name="article-id-taken", status=409, title="The id belongs to another source's article",
            remedy="Give the article an id of its own.",
        ),
        Kind(
            name="too-large", status=413, title="The body is too large",
            remedy="GET /v1/config shows the limits; send less at a time.",
        ),
        Kind(
            name="unsupported-media-type", status=415, title="The body's type is not accepted here",
            remedy="Send the Content-Type that is named.",
        ),
        Kind(
            name="invalid-request", status=422, title="The request is not valid",
            remedy="`errors` names each field and what is wrong with it.",
        ),
        Kind(
            name="unreadable-article", status=422, title="The article cannot be read",
            remedy="Correct what is named; nothing was stored.",
        ),
        Kind(
            name="rate-limited", status=429, title="Too many requests",
            remedy="Wait for the seconds that Retry-After gives.",
        ),
        Kind(
            name="internal-error", status=500, title="Something went wrong here",
            remedy="The service's log has the cause under this request_id.",
        ),
        Kind(
            name="no-articles", status=503, title="There are no articles yet",
            remedy="POST some to /v1/articles, or run: footnote ingest PATH",
        ),
        Kind(
            name="overloaded", status=503, title="Too much is waiting already",
            remedy="Ask again after the seconds that Retry-After gives.",
        ),
        Kind(
            name="index-broken", status=503, title="The index cannot be searched",
            remedy="/readyz has the reason; `footnote doctor` says what to do.",
        ),
        Kind(
            name="storage-failed", status=503, title="The data folder cannot be read or written",
            remedy="Make room on the disk or mend its permissions; the log has the reason.",
        ),
    )
}


class Refusal(HTTPException):
    """A request that gets a problem instead of what it asked for."""

    def __init__(
        self, name: str, detail: str | None = None, *, headers: Mapping[str, str] | None = None,
        errors: Sequence[InvalidField] = (),
    ) -> None:
        self.kind = KINDS[name]
        self.errors = tuple(errors)
        super().__init__(self.kind.status, detail or self.kind.remedy, dict(headers or {}))


def refuse(error: Exception) -> Refusal:
    """What a client is told about an error: of ours, of SQLite's and of the system's more than that there was one."""
    for family, name in _NAMES.items():
        if isinstance(error, family):
            detail = str(error) if family in _TOLD else None
            return Refusal(name, detail, headers={"Retry-After": "1"} if name == "overloaded" else None)
    return Refusal("internal-error")


# What the message says is for whoever runs the service, unless it is in `_TOLD`: it may name paths.
_NAMES: Mapping[type[Exception], str] = {
    UnknownArticle: "unknown-article",
    UnknownIngestion: "unknown-ingestion",
    EmptyCatalog: "no-articles",
    DuplicateArticle: "article-id-taken",
    UnreadableArticle: "unreadable-article",
    UsageError: "invalid-request",
    Overloaded: "overloaded",
    Abandoned: "overloaded",
    BrokenIndex: "index-broken",
    IndexMismatch: "index-broken",
    ModelError: "index-broken",
    BrokenCatalog: "storage-failed",
    BrokenKeys: "storage-failed",
    BrokenFeedback: "storage-failed",
    sqlite3.Error: "storage-failed",
    OSError: "storage-failed",
}
_OURS = (FootnoteError, sqlite3.Error, OSError)
_TOLD = (DuplicateArticle, UnreadableArticle, UsageError, Overloaded, Abandoned)


def report(error: Exception, *, log: Log, request_id: str) -> Refusal:
    """What a client is told about an error; the log has what whoever runs the service must hear of."""
    refusal = refuse(error)
    if refusal.kind.name in FAULTS:
        words = {"reason": str(error)} if isinstance(error, _OURS) else {}  # others' may quote what was asked
        log.error("failed", request_id=request_id, trace=trace(error), **words)
    return refusal


def problem_json(refusal: Refusal, *, path: str, request_id: str) -> str:
    """The problem object that tells a client of a refusal."""
    kind = refusal.kind
    problem = Problem(
        type=f"{PAGE}#{kind.name}", title=kind.title, status=kind.status, detail=refusal.detail, instance=path,
        request_id=request_id, errors=list(refusal.errors) or None,
    )
    return problem.model_dump_json(exclude_none=True)


def problem_response(refusal: Refusal, *, path: str, request_id: str) -> Response:
    """The response that tells a client of a refusal."""
    content = problem_json(refusal, path=path, request_id=request_id)
    headers = dict(refusal.headers or {})
    return Response(content, refusal.kind.status, headers=headers, media_type=MEDIA_TYPE)


def of_status(status: int, headers: Mapping[str, str] | None = None) -> Refusal:
    """The refusal for a bare status, as the framework raises them."""
    names = {400: "malformed-json", 404: "not-found", 405: "method-not-allowed"}
    return Refusal(names.get(status, "internal-error"), headers=headers)
