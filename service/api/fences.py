"""ASGI requests in, only those that belong here out: the host that they name is one of ours."""

from collections.abc import Sequence

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from service.api.problems import Refusal, problem_response

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
PROBES = ("/healthz", "/readyz")  # asked by whatever name a container has


class Fences:
    """Refuses foreign hosts: an attacker's name that was made to point here."""

    def __init__(self, app: ASGIApp, *, hosts: Sequence[str]) -> None:
        self._app = app
        self._hosts = frozenset(host.lower() for host in (*LOOPBACK, *hosts))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or self._knows(scope):
            await self._app(scope, receive, send)
        else:
            request_id = scope["state"]["request_id"]
            response = problem_response(Refusal("foreign-host"), path=scope["path"], request_id=request_id)
            await response(scope, receive, send)

    def _knows(self, scope: Scope) -> bool:
        if scope["path"] in PROBES or "*" in self._hosts:
            return True
        return _name(Headers(scope=scope).get("host", "")) in self._hosts


def _name(host: str) -> str:
    """A Host header without its port: `localhost:8000` and `[::1]:8000`."""
    name = host.lower()
    return name.rpartition(":")[0] if name.rpartition(":")[2].isdecimal() and ":" in name else name
