"""ASGI requests in, those of pages that may ask out, with the headers that let such a page read what it gets (CORS).

A page may ask where its origin is in FOOTNOTE_CORS_ORIGINS or belongs to a public key, or where it is served from here.
"""

from collections.abc import Sequence

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ingest.errors import FootnoteError
from service.api.problems import Refusal, problem_response, refuse
from service.keys import KeyRing
from service.origins import site_of

PUBLIC = "/widget/"  # modules that every page may load
EXPOSED = (
    "X-Request-Id", "Retry-After", "RateLimit", "RateLimit-Policy", "ETag", "Location", "Server-Timing",
)
ALLOWED = {
    "Access-Control-Allow-Methods": "GET, POST, DELETE",
    "Access-Control-Allow-Headers": "Accept, Authorization, Content-Type, If-None-Match, X-Request-Id",
    "Access-Control-Max-Age": "600",
}


class Origins:
    """Refuses pages that may not ask, and answers the preflights of those that may: those come without a key."""

    def __init__(self, app: ASGIApp, *, listed: Sequence[str], keys: KeyRing) -> None:
        self._app = app
        self._listed = frozenset(listed)
        self._keys = keys

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(PUBLIC):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origin, own = headers.get("origin"), headers.get("host", "").lower()
        foreign = origin is not None and not (own and site_of(origin) == own)
        refusal = self._inspect(origin) if foreign and origin is not None else None
        if refusal is not None:
            response = problem_response(refusal, path=scope["path"], request_id=scope["state"]["request_id"])
            await response(scope, receive, send)
            return
        send = _telling(send, origin if foreign else None)
        if foreign and scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            await Response(status_code=204, headers=ALLOWED)(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _inspect(self, origin: str) -> Refusal | None:
        try:
            if origin in self._listed or any(origin in key.origins for key in self._keys.list()):
                return None
        except FootnoteError as error:
            return refuse(error)
        return Refusal("foreign-origin")


def _telling(send: Send, origin: str | None) -> Send:
    """Send what is sent with the headers for a page of this origin; None: of none, or of our own."""

    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.add_vary_header("Origin")
            if origin is not None:
                headers["Access-Control-Allow-Origin"] = origin
                headers["Access-Control-Expose-Headers"] = ", ".join(EXPOSED)
        await send(message)

    return send_with_headers
