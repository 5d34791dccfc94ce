"""ASGI requests in, the same out with the slashes that a client encoded kept apart from those of the path.

The id of an article may be an address. `%2F` belongs to the id, `/` to the path: decoded alike, the article `a/text`
and the text of the article `a` would be one and the same.
"""

from urllib.parse import unquote_to_bytes

from starlette.types import ASGIApp, Receive, Scope, Send

ARTICLES = b"/v1/articles/"
SLASH = "\ue000"  # stands for an encoded one; no id holds it, for it is not printable


class EncodedSlashes:
    """Decodes the path of an article anew; `restore_slashes` makes the id of what a route is given."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        raw = scope.get("raw_path") or b""
        if scope["type"] == "http" and raw.startswith(ARTICLES):
            pieces = raw.replace(b"%2f", b"%2F").split(b"%2F")
            scope["path"] = SLASH.join(unquote_to_bytes(piece).decode("utf-8", "replace") for piece in pieces)
        await self._app(scope, receive, send)


def restore_slashes(segment: str) -> str:
    """What a client meant by a part of the path."""
    return segment.replace(SLASH, "/")
