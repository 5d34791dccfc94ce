"""Requests of browsers in, the two pages with the widget out: one to ask from, and a news page as newsrooms have."""

from html import escape
from importlib.resources import files

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from ingest.catalog import Catalog
from ingest.errors import FootnoteError
from service.api.access import Gate
from service.api.parts import Parts, PartsOf
from service.keys import KeyRing
from service.origins import site_of

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
HEADERS = {"Content-Security-Policy": POLICY}
ARTICLE = "hw-20260116-beijing-deal"  # of the sample: what the news page tells
QUESTIONS = (
    "What was agreed on canola?|How many electric vehicles will Canada admit?|When did Carney and Xi last meet?|"
    "What did Mexico say about the deal?"
)
LOCKED = (
    '<p class="notice">This service wants a key. To ask from its own pages, make them a public one and load this page '
    "again: <code>footnote keys create pages --origin {origin}</code></p>"
)
EMPTY = "It answers from other articles than this one: the sample is not in the collection. "

router = APIRouter(include_in_schema=False)


@router.get("/")
async def get_ask(request: Request, parts: PartsOf) -> HTMLResponse:
    """A page to ask from, with a key in it where one is needed and there is a public one for this very page."""
    key = _find_key(request, parts.service.keys)
    locked = not key and not _gate(request).opens
    origin = escape(f"{request.url.scheme}://{request.headers.get('host', '')}")
    notice, questions = LOCKED.format(origin=origin) if locked else "", await _suggest(parts)
    return _page("ask.html", key=key, notice=notice, questions=questions)


@router.get("/demo")
async def get_demo(request: Request, parts: PartsOf) -> HTMLResponse:
    """A news page with the widget on it; questions are suggested where the articles that answer them are here."""
    notice, key = "" if await _has_sample(parts) else EMPTY, _find_key(request, parts.service.keys)
    return _page("demo.html", key=key, notice=notice, questions=await _suggest(parts))


def _page(name: str, *, key: str | None, notice: str, questions: str | None) -> HTMLResponse:
    text = files("service").joinpath("api", "assets", name).read_text(encoding="utf-8")
    for attribute, value in (("public-key", key), ("questions", questions)):
        text = text.replace(f' {attribute}=""', f' {attribute}="{escape(value)}"' if value else "")
    return HTMLResponse(text.replace("<!-- notice -->", notice), headers=HEADERS)


def _find_key(request: Request, keys: KeyRing) -> str | None:
    """The public key of the pages of the host that is asked."""
    host = request.headers.get("host", "").lower()
    sites = ((key.public, site_of(origin)) for key in keys.list() for origin in key.origins)
    return next((public for public, site in sites if site == host), None)


def _gate(request: Request) -> Gate:
    gate: Gate = request.app.state.gate
    return gate


async def _suggest(parts: Parts) -> str | None:
    """Questions to the sample, where it is here and whoever runs the service names no others."""
    return QUESTIONS if not parts.service.settings.suggested_questions and await _has_sample(parts) else None


async def _has_sample(parts: Parts) -> bool:
    def look(catalog: Catalog) -> bool:
        return catalog.article(ARTICLE).id == ARTICLE

    try:
        return await parts.read(look)
    except FootnoteError:
        return False
