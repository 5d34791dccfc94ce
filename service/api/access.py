"""A request in, the client who makes it out, or a refusal: keys, scopes, rates and sizes, before any work is done."""

import hmac
import math
import time
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from fastapi import Request, Response
from fastapi.routing import APIRoute
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.types import Message, Receive

from service.api.problems import Refusal
from service.keys import KeyRing, Scope
from service.limits import Limits

JSON = ("application/json",)
NDJSON = ("application/x-ndjson", "application/octet-stream")
LOCAL = "this machine"

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """What a route asks of a request. `open`: a service without keys lets everybody in who can reach it."""

    scope: Scope
    open: bool = False
    media_types: tuple[str, ...] = JSON
    upload: bool = False


class Gate:
    """Decides who may do what. `trusting`: without keys, whoever reaches the service may ask; writing needs a key."""

    def __init__(self, keys: KeyRing, limits: Limits, *, token: str, trusting: bool) -> None:
        self._keys = keys
        self._limits = limits
        self._token = token
        self._trusting = trusting
        self._rate = parse(limits.rate)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def admit(self, request: Request, guard: Guard) -> None:
        """Refuse a request that has no right to be here; else note who makes it."""
        client = self._identify(request, guard)
        request.state.client = client
        self._check_rate(client)
        if request.method in ("POST", "PUT", "PATCH"):
            _check_media_type(request, guard.media_types)
            most = self._limits.upload_bytes if guard.upload else self._limits.body_bytes
            request.state.body_limit = most
            if _content_length(request) > most:
                raise too_large(most)

    def _identify(self, request: Request, guard: Guard) -> str:
        scheme, _, secret = request.headers.get("authorization", "").partition(" ")
        if not scheme:
            if guard.open and self._trusting and not self._keys.list():
                return request.client.host if request.client else "unknown"
            raise _key_required("")
        if scheme.lower() == "bearer" and hmac.compare_digest(secret.encode(), self._token.encode()):
            return LOCAL
        key = self._keys.find(secret.strip()) if scheme.lower() == "bearer" else None
        if key is None:
            raise _key_required(', error="invalid_token"')
        if not key.allows(guard.scope):
            raise Refusal("scope-missing", f"This needs a key with the scope {guard.scope!r}.")
        return key.id

    def _check_rate(self, client: str) -> None:
        if client == LOCAL or self._limiter.hit(self._rate, client):
            return
        window = self._limiter.get_window_stats(self._rate, client)
        seconds = max(math.ceil(window.reset_time - time.time()), 1)
        raise Refusal(
            "rate-limited", f"More than {self._limits.rate} requests; wait {seconds} s.",
            headers={"Retry-After": str(seconds)},
        )


class GuardedRoute(APIRoute):
    """A route that lets a request in by its guard before it reads the body; made by `guarded`."""

    guard: ClassVar[Guard]

    def get_route_handler(self) -> Handler:
        handle = super().get_route_handler()

        async def admit_and_handle(request: Request) -> Response:
            gate: Gate = request.app.state.gate
            gate.admit(request, self.guard)
            most = getattr(request.state, "body_limit", None)
            if most is not None:
                request = Request(request.scope, _counting(request.receive, most))
            return await handle(request)

        return admit_and_handle


def guarded(guard: Guard) -> type[GuardedRoute]:
    """The route class of a router whose routes have this guard."""
    return type("GuardedRoute", (GuardedRoute,), {"guard": guard})


def too_large(most: int) -> Refusal:
    """The refusal of a body of more bytes than this."""
    return Refusal("too-large", f"The body may have at most {most:,} bytes; GET /v1/config shows the limits.")


def _counting(receive: Receive, most: int) -> Receive:
    """Stop reading a body as soon as it is larger than it may be, whatever its headers say."""
    received = 0

    async def receive_counted() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > most:
            raise too_large(most)
        return message

    return receive_counted


def _check_media_type(request: Request, wanted: Sequence[str]) -> None:
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if given not in wanted:
        raise Refusal("unsupported-media-type", f"Send Content-Type: {' or '.join(wanted)}.")


def _content_length(request: Request) -> int:
    """What the headers say; 0 where they say nothing that can be understood."""
    value = request.headers.get("content-length", "")
    return int(value) if value.isdecimal() and len(value) < len(str(2**63)) else 0


def _key_required(error: str) -> Refusal:
    return Refusal("key-required", headers={"WWW-Authenticate": f'Bearer realm="footnote"{error}'})
