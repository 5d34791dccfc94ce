"""ASGI requests in, the same out with an id, safe headers, a log line and a count; an error becomes a problem."""

import re
import time
import uuid
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.api.logs import Log, trace
from service.api.problems import Refusal, problem_response

REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
    "Cache-Control": "no-store",
}
CountRequest = Callable[..., None]


class Observing:
    """The outermost layer of ours. What a request says is not logged: of its address, only the route it matched."""

    def __init__(self, app: ASGIApp, *, log: Log, count: CountRequest) -> None:
        self._app = app
        self._log = log
        self._count = count

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        request_id = _request_id(scope)
        scope.setdefault("state", {})["request_id"] = request_id
        status: int | None = None

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["X-Request-Id"] = request_id
                for name, value in SECURITY.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            await self._app(scope, receive, send_with_headers)
        except Exception as error:  # noqa: BLE001  the edge of the process: logged, and told without its words
            self._log.error("failed", request_id=request_id, trace=trace(error))
            if status is None:
                response = problem_response(Refusal("internal-error"), path=scope["path"], request_id=request_id)
                await response(scope, receive, send_with_headers)
        finally:
            self._report(scope, status or HTTPStatus.INTERNAL_SERVER_ERROR, time.perf_counter() - started)

    def _report(self, scope: Scope, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", "none")
        self._count(scope["method"], route, status=status, seconds=seconds)
        noted: dict[str, Any] = scope["state"].get("noted", {})
        self._log.info(
            "request", method=scope["method"], route=route, status=status, milliseconds=round(seconds * 1000, 1),
            request_id=scope["state"]["request_id"], client=scope["state"].get("client"), **noted,
        )


def _request_id(scope: Scope) -> str:
    given = Headers(scope=scope).get("x-request-id", "")
    return given if REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
