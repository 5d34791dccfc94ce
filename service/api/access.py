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
from service.keys import Key, KeyRing, Scope
from service.limits import WIDGET_RATE, Limits
from service.origins import site_of

JSON = ("application/json",)
NDJSON = ("application/x-ndjson", "application/octet-stream")
LOCAL = "this machine"

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """What a route asks of a request. `open`: a service without keys lets everybody in who can reach it.

    `keyless`: so does one with keys. `widget`: a public key, as it stands in a page, may do this too.
    """

    scope: Scope
    open: bool = False
    keyless: bool = False
    widget: bool = False
    media_types: tuple[str, ...] = JSON
    upload: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who makes a request, and what is counted of it: rates, each with what it is counted under."""

    name: str
    rates: tuple[tuple[str, str], ...]


class Gate:
    """Decides who may do what. `trusting`: without keys, whoever reaches the service may ask; writing needs a key."""

    def __init__(self, keys: KeyRing, limits: Limits, *, token: str, trusting: bool) -> None:
        self._keys = keys
        self._limits = limits
        self._token = token
        self._trusting = trusting
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def admit(self, request: Request, guard: Guard) -> None:
        """Refuse a request that has no right to be here; else note who makes it."""
        caller = self._identify(request, guard)
        request.state.client = caller.name
        for rate, counted in caller.rates:
            self._check_rate(rate, counted)
        if request.method in ("POST", "PUT", "PATCH"):
            _check_media_type(request, guard.media_types)
            most = self._limits.upload_bytes if guard.upload else self._limits.body_bytes
            request.state.body_limit = most
            if _content_length(request) > most:
                raise too_large(most)

    @property
    def opens(self) -> bool:
        """Whether questions are answered without a key."""
        return self._trusting and not self._keys.list()

    def _identify(self, request: Request, guard: Guard) -> Caller:
        address = request.client.host if request.client else "unknown"
        scheme, _, secret = request.headers.get("authorization", "").partition(" ")
        if not scheme:
            if guard.keyless or (guard.open and self.opens):
                return Caller(name=address, rates=((self._limits.rate, address),))
            raise _key_required("")
        if scheme.lower() == "bearer" and hmac.compare_digest(secret.encode(), self._token.encode()):
            return Caller(name=LOCAL, rates=())
        key = self._keys.find(secret.strip()) if scheme.lower() == "bearer" else None
        if key is None:
            raise _key_required(', error="invalid_token"')
        if not key.allows(guard.scope):
            raise Refusal("scope-missing", f"This needs a key with the scope {guard.scope!r}.")
        if key.origins:
            _check_page(request, key, guard)
        return Caller(name=key.id, rates=self._rates(key, address))

    def _rates(self, key: Key, address: str) -> tuple[tuple[str, str], ...]:
        """Readers of one page share its public key: each has the key's rate, all of them together the service's."""
        if key.origins:
            return ((key.rate or WIDGET_RATE, f"{key.id} {address}"), (self._limits.rate, key.id))
        return ((key.rate or self._limits.rate, key.id),)

    def _check_rate(self, rate: str, counted: str) -> None:
        limit = parse(rate)
        if self._limiter.hit(limit, counted):
            return
        window = self._limiter.get_window_stats(limit, counted)
        seconds = max(math.ceil(window.reset_time - time.time()), 1)
        raise Refusal(
            "rate-limited", f"More than {rate} requests; wait {seconds} s.",
            headers={
                "Retry-After": str(seconds), "RateLimit": f'"requests";r={window.remaining};t={seconds}',
                "RateLimit-Policy": f'"requests";q={limit.amount};w={limit.get_expiry()}',
            },
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


def _check_page(request: Request, key: Key, guard: Guard) -> None:
    """A public key is good for what a widget does, on pages of its origins; browsers say where a request comes from."""
    if not guard.widget:
        raise Refusal("scope-missing", "A public key may only ask, search, read an article's text and rate answers.")
    origin = request.headers.get("origin")
    if origin is None and request.headers.get("sec-fetch-site") == "same-origin":  # a browser sends none with GET
        host = request.headers.get("host", "").lower()
        origin = next((one for one in key.origins if site_of(one) == host), None)
    if origin not in key.origins:
        raise Refusal("foreign-origin", f"This public key is for pages of {' and '.join(key.origins)} only.")


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
