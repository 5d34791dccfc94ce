"""ASGI requests in, only those that belong here out: the host they name and the page they come from are known."""

from collections.abc import Sequence

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from service.api.problems import Refusal, problem_response

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
PROBES = ("/healthz", "/readyz")  # asked by whatever name a container has
PUBLIC = "/widget/"  # files that every page may load


class Fences:
    """Refuses foreign hosts (an attacker's name that was made to point here) and foreign origins (his page)."""

    def __init__(self, app: ASGIApp, *, hosts: Sequence[str], origins: Sequence[str]) -> None:
        self._app = app
        self._hosts = frozenset(host.lower() for host in (*LOOPBACK, *hosts))
        self._origins = frozenset(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = self._inspect(scope) if scope["type"] == "http" else None
        if refusal is None:
            await self._app(scope, receive, send)
        else:
            response = problem_response(refusal, path=scope["path"], request_id=scope["state"]["request_id"])
            await response(scope, receive, send)

    def _inspect(self, scope: Scope) -> Refusal | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if scope["path"] not in PROBES and "*" not in self._hosts and _name(host) not in self._hosts:
            return Refusal("foreign-host")
        origin = headers.get("origin")
        if origin is None or origin in self._origins or (host and _site(origin) == host.lower()):
            return None
        if scope["path"].startswith(PUBLIC):
            return None
        return Refusal("foreign-origin")


def _site(origin: str) -> str:
    """The host and port of an Origin header, as a Host header gives them."""
    return origin.lower().partition("://")[2]


def _name(host: str) -> str:
    """A Host header without its port: `localhost:8000` and `[::1]:8000`."""
    name = host.lower()
    return name.rpartition(":")[0] if name.rpartition(":")[2].isdecimal() and ":" in name else name
