"""/v1/articles: what is in the collection, posted, listed, read and deleted."""

import hashlib
from dataclasses import asdict
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import AfterValidator
from starlette.responses import PlainTextResponse

from ingest.article import Article
from ingest.errors import DuplicateArticle, UnreadableArticle
from ingest.items import Duplicate
from ingest.records import LONGEST_ID
from service import limits
from service.api.access import Guard, guarded
from service.api.parts import PartsOf, note
from service.api.paths import restore_slashes
from service.api.schemas import (
    ArticleDetail,
    ArticleList,
    ArticleOrArticles,
    ArticleText,
    CutPayload,
    NewArticles,
    PostedArticle,
    PostedArticles,
)
from service.api.scripts import has_current
from service.intake import PRINTABLE, NewArticle, Posted
from service.payload import article_payload

Responses = dict[int | str, dict[str, Any]]

TEXT: Responses = {
    200: {
        "model": ArticleText, "description": "The text alone, or what it is of beside it where JSON is accepted.",
        "content": {"text/plain": {"schema": {"type": "string"}}},
    },
    304: {"description": "It is what you have."},
}
JSON = "application/json"
CREATED: Responses = {201: {"description": "The one article is new; Location names it.", "model": PostedArticles}}

ArticleId = Annotated[
    str, Path(description="Percent-encode what has slashes.", pattern=PRINTABLE), AfterValidator(restore_slashes)
]
Version = Annotated[int | None, Query(ge=1, le=2**31, description="The current one where it is left out.")]

showing = APIRouter(
    prefix="/v1/articles", tags=["articles"], route_class=guarded(Guard(scope="ask", open=True, widget=True))
)
reading = APIRouter(prefix="/v1/articles", tags=["articles"], route_class=guarded(Guard(scope="ask", open=True)))
writing = APIRouter(prefix="/v1/articles", tags=["articles"], route_class=guarded(Guard(scope="ingest", upload=True)))


@reading.get("", operation_id="listArticles", summary="List the articles")
async def list_articles(
    parts: PartsOf, limit: Annotated[int, Query(ge=1, le=limits.LISTED_ARTICLES)] = 50,
    cursor: Annotated[str, Query(max_length=LONGEST_ID, description="A former list's next_cursor.")] = "",
) -> ArticleList:
    """Articles in order of their ids, page by page."""
    found = await parts.read(lambda catalog: catalog.articles(after=cursor, limit=limit + 1))
    page = found[:limit]
    return ArticleList(
        data=tuple(article_payload(article) for article in page),
        next_cursor=page[-1].id if len(found) > limit else None,
    )


@writing.post("", operation_id="postArticles", summary="Take in one article, or several", responses=CREATED)
async def post_articles(
    body: ArticleOrArticles, request: Request, response: Response, parts: PartsOf
) -> PostedArticles:
    """When this returns, the articles are durable and the next question finds them. Several fail one by one."""
    articles = body.articles if isinstance(body, NewArticles) else (body,)
    posted = await parts.writing.run(lambda: parts.service.intake.post(articles))
    note(request, articles=len(posted), failed=sum(one.failed is not None for one in posted))
    if isinstance(body, NewArticle):
        _check_one(posted[0])
        if posted[0].taken and posted[0].taken.change == "added":
            response.status_code = 201
            response.headers["Location"] = _address(posted[0].taken.article_id)
    return PostedArticles(results=tuple(_result(one) for one in posted))


@showing.get(
    "/{article_id:path}/text", operation_id="getArticleText", summary="The text that offsets count in", responses=TEXT,
    response_class=PlainTextResponse,
)
async def get_text(article_id: ArticleId, request: Request, parts: PartsOf, version: Version = None) -> Response:
    """The canonical text of a version, which never changes: a citation's quote stands at its offsets (code points).

    With `Accept: application/json`, the article's title, publisher, date and address come with it.
    """
    article = await parts.read(lambda catalog: catalog.article(article_id, version=version))
    content, tag, media_type = article.text, article.sha256, "text/plain"
    if JSON in request.headers.get("accept", ""):
        about = article_payload(article).model_dump()
        content, media_type = ArticleText(**about, text=article.text).model_dump_json(), JSON
        tag = hashlib.sha256(content.encode()).hexdigest()  # what is said of a text may change
    headers = {"ETag": f'"{tag}"', "Cache-Control": "private, no-cache", "Vary": "Accept"}
    if has_current(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type=media_type)


@reading.get("/{article_id:path}", operation_id="getArticle", summary="What an article says about itself")
async def get_article(article_id: ArticleId, parts: PartsOf, version: Version = None) -> ArticleDetail:
    """Metadata and what was cut; the text has an address of its own."""
    return _detail(await parts.read(lambda catalog: catalog.article(article_id, version=version)))


@writing.delete("/{article_id:path}", operation_id="deleteArticle", summary="Delete an article", status_code=204)
async def delete_article(article_id: ArticleId, parts: PartsOf) -> None:
    """When this returns, no answer holds anything of it."""
    await parts.writing.run(lambda: parts.service.intake.delete(article_id))


def _check_one(posted: Posted) -> None:
    """One article that failed is an error, not a result."""
    if posted.failed is None:
        return
    if isinstance(posted.failed, Duplicate):
        raise DuplicateArticle(posted.failed.reason)
    raise UnreadableArticle(posted.failed.reason)


def _result(posted: Posted) -> PostedArticle:
    taken = posted.taken
    return PostedArticle(
        article_id=taken.article_id if taken else None, version=posted.version, warnings=posted.warnings,
        change=taken.change if taken else "failed", reason=posted.failed.reason if posted.failed else None,
    )


def _detail(article: Article) -> ArticleDetail:
    return ArticleDetail(
        **article_payload(article).model_dump(), text_length=len(article.text),
        cuts=tuple(CutPayload(**asdict(cut)) for cut in article.cuts),
    )


def _address(article_id: str) -> str:
    return f"/v1/articles/{quote(article_id, safe='')}"
