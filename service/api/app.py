"""A Service in, its ASGI app out: routes, their guards, and the layers around them."""

import sqlite3

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

from ingest.errors import FootnoteError
from service.api import fronts, pages, scripts
from service.api.access import Gate
from service.api.fences import Fences
from service.api.logs import Log
from service.api.metrics import Metrics
from service.api.observing import Observing
from service.api.openapi import describe
from service.api.origins import Origins
from service.api.parts import Parts
from service.api.paths import EncodedSlashes, restore_slashes
from service.api.problems import InvalidField, Refusal, of_status, problem_response, report
from service.api.routes import articles, asking, feedback, ingestions, operations
from service.api.schemas import ONE, SEVERAL
from service.api.scripts import Widget
from service.api.work import Desk
from service.feedback import IssuedAnswers
from service.limits import Limits
from service.running import Service
from service.version import VERSION

READERS = 4  # threads that read the catalog for lists and texts
WAITING = 64  # requests that may wait for them
POSTS_WAITING = 16
METHOD_NOT_ALLOWED = 405
ROUTERS = (
    asking.router, asking.checking, feedback.router, articles.showing, articles.reading, articles.writing,
    ingestions.writing, operations.probes, operations.telling, operations.watching, operations.managing, pages.router,
    fronts.router, scripts.router,
)


def create_app(service: Service, *, log: Log, token: str, trusting: bool, widget: Widget) -> FastAPI:
    """The app of a running service. `token` lets this machine's commands do everything; see `Gate` for `trusting`."""
    settings = service.settings
    limits = Limits.of(settings)
    desk = Desk(threads=len(service.pool.answerers), waiting=settings.waiting)
    metrics = Metrics(service, desk)
    app = FastAPI(
        docs_url=None, redoc_url=None, redirect_slashes=False, telemetry={"auto_configure": False},
        middleware=[
            Middleware(EncodedSlashes),
            Middleware(Observing, log=log, count=metrics.count_request),
            Middleware(Fences, hosts=settings.allowed_hosts),
            Middleware(Origins, listed=settings.cors_origins, keys=service.keys),
        ],
    )
    app.state.gate = Gate(service.keys, limits, token=token, trusting=trusting)
    app.state.widget = widget
    app.state.parts = Parts(
        service=service, limits=limits, metrics=metrics, log=log, issued=IssuedAnswers(), asking=desk,
        reading=Desk(threads=READERS, waiting=WAITING), writing=Desk(threads=1, waiting=POSTS_WAITING),
        examining=Desk(threads=1, waiting=1),
    )
    for router in ROUTERS:
        app.include_router(router)
    _handle_errors(app, log)
    app.openapi = describe(app, ROUTERS, version=VERSION)  # type: ignore[method-assign]  # FastAPI's own way
    return app


def _handle_errors(app: FastAPI, log: Log) -> None:
    """Whatever is raised becomes a problem."""

    def respond(request: Request, refusal: Refusal) -> Response:
        state = request.scope["state"]
        state.setdefault("noted", {})["problem"] = refusal.kind.name
        return problem_response(refusal, path=restore_slashes(request.url.path), request_id=state["request_id"])

    async def handle_http(request: Request, error: HTTPException) -> Response:
        if isinstance(error, Refusal):
            return respond(request, error)
        headers = {"Allow": _allowed(request.url.path)} if error.status_code == METHOD_NOT_ALLOWED else None
        return respond(request, of_status(error.status_code, headers))

    async def handle_invalid(request: Request, error: RequestValidationError) -> Response:
        return respond(request, _invalid(error))

    async def handle_ours(request: Request, error: FootnoteError | sqlite3.Error | OSError) -> Response:
        return respond(request, report(error, log=log, request_id=request.scope["state"]["request_id"]))

    app.add_exception_handler(HTTPException, handle_http)  # type: ignore[arg-type]  # Starlette types it by Exception
    app.add_exception_handler(RequestValidationError, handle_invalid)  # type: ignore[arg-type]  # the same
    for family in (FootnoteError, sqlite3.Error, OSError):
        app.add_exception_handler(family, handle_ours)  # type: ignore[arg-type]  # the same


def _allowed(path: str) -> str:
    """The methods of every route with the template that matches first: two routers may share it."""
    routes = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]
    template = next((route.path for route in routes if route.path_regex.match(path)), None)
    methods = {method for route in routes if route.path == template for method in route.methods or ()}
    return ", ".join(sorted(methods)) or "GET"  # the framework's own, such as /openapi.json


def _invalid(error: RequestValidationError) -> Refusal:
    """The first of its kinds: JSON that cannot be parsed, else what is wrong with each field."""
    found = error.errors()
    if any(one["type"] == "json_invalid" for one in found):
        return Refusal("malformed-json")
    fields = {InvalidField(pointer=_pointer(one["loc"]), detail=one["msg"]).model_dump_json() for one in found}
    return Refusal("invalid-request", errors=[InvalidField.model_validate_json(field) for field in sorted(fields)])


def _pointer(place: tuple[str | int, ...]) -> str:
    where, *path = place
    if path and path[0] in (ONE, SEVERAL):
        path = path[1:]
    if where != "body":
        return f"{where}:{'/'.join(map(str, path))}"
    return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in path)
