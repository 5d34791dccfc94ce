"""The modules of the chat widget in, scripts sent to browsers out: under names that stay, and names that are kept."""

import base64
import gzip
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from service.api.bundle import bundle
from service.api.problems import Refusal

PREFIX = "/widget/v1"
LAUNCHER = "footnote.js"
NAME = re.compile(r"[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*\.js")
IMPORT = re.compile(rb"""(["'`])\./([a-z0-9][a-z0-9.-]*\.js)(?=\1|\?)""")
RELEASE = re.compile(r"[0-9a-f]{12}")
SOON, FOR_EVER = "public, max-age=300, must-revalidate", "public, max-age=31536000, immutable"
# A page of another origin loads a script by CORS, and needs no permission for what everybody may read.
SHARED = {
    "Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin", "Vary": "Accept-Encoding",
}

router = APIRouter(prefix=PREFIX, include_in_schema=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """A script of the widget, as it is and as it is sent to whoever reads gzip."""

    content: bytes
    packed: bytes
    sha256: str

    @property
    def integrity(self) -> str:
        """What a page that pins the script writes into the attribute `integrity`."""
        return "sha384-" + base64.b64encode(hashlib.sha384(self.content).digest()).decode("ascii")


@dataclass(frozen=True, slots=True, kw_only=True)
class Widget:
    """All scripts of the widget by name. `release` changes whenever any of them does.

    `current` are the same scripts, but for what they load by a relative address: that is the script of this release,
    so that a page never runs scripts of two releases.
    """

    scripts: Mapping[str, Script]
    current: Mapping[str, Script]
    release: str

    @property
    def pinned(self) -> str:
        """The address of the launcher that never changes; what it loads lies beside it."""
        return f"{PREFIX}/{self.release}/{LAUNCHER}"


def read_widget(folder: Traversable | None = None) -> Widget:
    """The scripts made of the modules in a folder, by default the widget that is installed with the service."""
    folder = files("service").joinpath("widget") if folder is None else folder
    modules = {
        file.name: file.read_text(encoding="utf-8") for file in folder.iterdir()
        if file.is_file() and NAME.fullmatch(file.name)
    }
    scripts = {name: _pack(text.encode()) for name, text in bundle(modules).items()}
    listed = "".join(f"{name} {one.sha256}\n" for name, one in scripts.items())
    release = hashlib.sha256(listed.encode()).hexdigest()[:12]
    current = {name: _pack(IMPORT.sub(rf"\1./{release}/\2".encode(), one.content)) for name, one in scripts.items()}
    return Widget(scripts=scripts, current=current, release=release)


def _pack(content: bytes) -> Script:
    packed = gzip.compress(content, compresslevel=9, mtime=0)
    return Script(content=content, packed=packed, sha256=hashlib.sha256(content).hexdigest())


@router.api_route("/{name}", methods=["GET", "HEAD"])
async def get_script(name: str, request: Request) -> Response:
    """A script as it is now: browsers keep it for minutes, then ask whether it has changed."""
    return _respond(request, _find(_widget(request).current, name), SOON)


@router.api_route("/{release}/{name}", methods=["GET", "HEAD"])
async def get_pinned_script(release: str, name: str, request: Request) -> Response:
    """A script of one release, which is kept for a year; of a release that is gone, the way to what there is now."""
    widget = _widget(request)
    script = _find(widget.scripts, name)
    if not RELEASE.fullmatch(release):
        raise Refusal("not-found")
    if release != widget.release:
        return RedirectResponse(f"{PREFIX}/{name}", headers={**SHARED, "Cache-Control": "no-store"})
    return _respond(request, script, FOR_EVER)


def _widget(request: Request) -> Widget:
    widget: Widget = request.app.state.widget
    return widget


def _find(scripts: Mapping[str, Script], name: str) -> Script:
    script = scripts.get(name)
    if script is None:
        raise Refusal("not-found")
    return script


def _respond(request: Request, script: Script, cached: str) -> Response:
    packed = _reads_gzip(request.headers.get("accept-encoding", ""))
    headers = {**SHARED, "Cache-Control": cached, "ETag": f'"{script.sha256[:32]}{"-gzip" if packed else ""}"'}
    if has_current(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    content = script.packed if packed else script.content
    if packed:
        headers["Content-Encoding"] = "gzip"
    if request.method == "HEAD":
        headers["Content-Length"] = str(len(content))
        content = b""
    return Response(content, headers=headers, media_type="text/javascript; charset=utf-8")


def has_current(request: Request, etag: str) -> bool:
    """Whether a client says that it has what the tag names already (RFC 9110, If-None-Match)."""
    given = [one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")]
    return etag in given or given == ["*"]


def _reads_gzip(accepted: str) -> bool:
    wanted = [one.replace(" ", "").lower().partition(";q=") for one in accepted.split(",")]
    return any(name == "gzip" and (not quality or quality.strip("0.") != "") for name, _, quality in wanted)
