"""The pages for people: Swagger UI over our own description, and the registry of problems; all from here."""

from html import escape
from importlib.resources import files

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

from service.api.problems import KINDS, PAGE, Refusal

TYPES = {".js": "text/javascript", ".css": "text/css", ".png": "image/png", ".svg": "image/svg+xml"}
ASSETS = (
    "swagger-ui-bundle.js", "swagger-ui.css", "favicon-32x32.png", "docs.js", "problems.css", "ask.css", "demo.css",
    "demo.svg", "footnote.svg",
)
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
HEADERS = {"Content-Security-Policy": POLICY}
DOCS = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Footnote: HTTP API</title>
<link rel="stylesheet" href="/docs/assets/swagger-ui.css">
<link rel="icon" href="/docs/assets/favicon-32x32.png">
<div id="swagger"></div>
<script src="/docs/assets/swagger-ui-bundle.js"></script>
<script src="/docs/assets/docs.js"></script>
</html>
"""

router = APIRouter(include_in_schema=False)


@router.get("/docs")
async def get_docs() -> HTMLResponse:
    """Swagger UI."""
    return HTMLResponse(DOCS, headers=HEADERS)


@router.get("/docs/assets/{name}")
async def get_asset(name: str) -> Response:
    """One of the files that the pages need, and no other."""
    if name not in ASSETS:
        raise Refusal("not-found")
    content = files("service").joinpath("api", "assets", name).read_bytes()
    media_type = TYPES[name[name.rindex(".") :]]
    return Response(content, media_type=media_type, headers={"Cache-Control": "public, max-age=86400"})


@router.get(PAGE)
async def get_problems() -> HTMLResponse:
    """Every type of problem, under the anchor that a problem's `type` names."""
    rows = "\n".join(
        f'<section id="{kind.name}"><h2><code>{kind.name}</code> <small>{kind.status}</small></h2>'
        f"<p><strong>{escape(kind.title)}.</strong> {escape(kind.remedy)}</p></section>"
        for kind in KINDS.values()
    )
    return HTMLResponse(_PROBLEMS.replace("<!-- rows -->", rows), headers=HEADERS)


_PROBLEMS = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Footnote: problems</title>
<link rel="stylesheet" href="/docs/assets/problems.css">
<main>
<h1>Problems</h1>
<p>Every error of the API is an <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a> problem
(<code>application/problem+json</code>). Its <code>type</code> is one of these, its <code>detail</code> says what to do,
and its <code>request_id</code> finds it in the log.</p>
<!-- rows -->
</main>
</html>
"""
