"""The app's routes in, its OpenAPI document out: every operation with examples, its security, and all its problems."""

from collections.abc import Callable, Sequence
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.openapi.utils import get_openapi

from service.api.access import GuardedRoute
from service.api.events import event_schemas
from service.api.problems import KINDS, MEDIA_TYPE, Problem

Document = dict[str, Any]

TITLE = "Footnote"
DESCRIPTION = """Answers from news articles, where every sentence opens the exact words it rests on.

Offsets are half-open and count Unicode code points. Errors are RFC 9457 problems; [/problems](/problems) lists them.
Fields may be added to what the service sends; none is renamed or removed within `/v1`.
"""
TAGS = [
    {"name": "asking", "description": "Questions, answers and passages."},
    {"name": "articles", "description": "What is in the collection."},
    {"name": "operation", "description": "How the service is."},
]
ANYWHERE = (400, 405, 500, 503)
EXAMPLES = {
    401: "key-required", 403: "foreign-origin", 404: "unknown-article", 409: "article-id-taken", 413: "too-large",
    415: "unsupported-media-type", 422: "invalid-request", 429: "rate-limited", 400: "foreign-host",
    405: "method-not-allowed", 500: "internal-error", 503: "overloaded",
}


def describe(app: FastAPI, routers: Sequence[APIRouter], *, version: str) -> Callable[[], Document]:
    """The function that makes the document once, for `FastAPI.openapi`."""

    def openapi() -> Document:
        if not app.openapi_schema:
            app.openapi_schema = _make(app, routers, version)
        return app.openapi_schema

    return openapi


def _make(app: FastAPI, routers: Sequence[APIRouter], version: str) -> Document:
    document = get_openapi(
        title=TITLE, version=version, description=DESCRIPTION, routes=app.routes, tags=TAGS,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )
    components = document["components"]
    components["schemas"] |= _schemas()
    for name, schema in event_schemas().items():
        components["schemas"].setdefault(name, schema)
    for unused in ("HTTPValidationError", "ValidationError"):
        components["schemas"].pop(unused, None)
    components["securitySchemes"] = {
        "key": {"type": "http", "scheme": "bearer", "description": "`footnote keys create` makes one."}
    }
    routes = [route for router in routers for route in router.routes]
    guards = {route.operation_id: route.guard for route in routes if isinstance(route, GuardedRoute)}
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            guard = guards.get(operation["operationId"])
            if guard is not None:
                operation["security"] = [{}, {"key": []}] if guard.open else [{"key": []}]
            for status in _statuses(path, method, guarded=guard is not None, body="requestBody" in operation):
                operation["responses"][str(status)] = _problem(status)
    return document


def _schemas() -> Document:
    schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    return {**schema.pop("$defs", {}), "Problem": schema}


def _statuses(path: str, method: str, *, guarded: bool, body: bool) -> list[int]:
    """Every problem's status that the operation can have."""
    statuses = [*ANYWHERE]
    if guarded:
        statuses += [401, 403, 429]
    else:
        statuses += [403]
    if body:
        statuses += [413, 415, 422]
    if path == "/v1/articles" and method == "post":
        statuses += [409]
    if path == "/v1/articles" and method == "get":
        statuses += [422]
    if "{" in path:
        statuses += [404, 422]
    return statuses


def _problem(status: int) -> Document:
    kind = KINDS[EXAMPLES[status]]
    example = Problem(
        type=f"/problems#{kind.name}", title=kind.title, status=status, detail=kind.remedy, instance="/v1/…",
        request_id="0b2f1c6f0d5a4a63b1c9f3f7f6a0e1d2",
    )
    content = {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example.model_dump(exclude_none=True)}
    return {"description": kind.title, "content": {MEDIA_TYPE: content}}
