"""The address of a running service in, a Target that asks it over HTTP out."""

import time
from collections.abc import Callable, Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Annotated, TypeVar
from urllib.parse import quote

import httpx
from pydantic import AliasChoices, Field, JsonValue, TypeAdapter, ValidationError

from eval.errors import ServiceFailure
from eval.replies import Payload
from eval.results import RankedHit
from eval.targets import SEARCH_LIMIT, ArticleText, Asked, TargetFacts, hash_articles, make_hit
from ingest.article import hash_text
from ingest.errors import EmptyCatalog

TRIES = 6  # of a request that the service puts off with Retry-After
LONGEST_WAIT = 60.0
PAGE = 200
REMEMBERED = 1_000  # articles
Body = dict[str, JsonValue]
Parsed = TypeVar("Parsed")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Passage:
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Result:
    rank: int
    article_id: str
    version: int
    passage: _Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class _Results:
    results: tuple[_Result, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listed:
    article_id: Annotated[str, Field(validation_alias=AliasChoices("article_id", "id"))]
    text_sha256: str
    published_at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    data: tuple[_Listed, ...]
    next_cursor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    text: str


_PAYLOADS: TypeAdapter[Payload] = TypeAdapter(Payload)
_RESULTS, _PAGES, _TEXTS = TypeAdapter(_Results), TypeAdapter(_Page), TypeAdapter(_Text)


class OverHttp:
    """A service behind a URL; may be asked from several threads. `sleep` waits where the service asks for patience."""

    def __init__(self, client: httpx.Client, *, sleep: Callable[[float], None] = time.sleep) -> None:
        self._client = client
        self._sleep = sleep
        self._articles: dict[str, _Listed] | None = None
        self._read = lru_cache(maxsize=REMEMBERED)(self._read_text)

    def describe(self) -> TargetFacts:
        articles = self._list()
        if not articles:
            raise EmptyCatalog(f"{self._client.base_url} has no articles; ingest some before you evaluate.")
        hashed = hash_articles((one.article_id, one.text_sha256, one.published_at) for one in articles.values())
        return TargetFacts(
            kind=f"{self._client.base_url}".rstrip("/"), articles=len(articles), articles_sha256=hashed, passages=None,
            passages_sha256=None, parts={},
        )

    def ask(self, asked: Asked) -> Payload:
        body: Body = {
            "question": asked.text, "as_of": asked.as_of.isoformat(), "filters": _filters(asked),
            **_conversation(asked),
        }
        return self._parse(_PAYLOADS, self._send("POST", "/v1/ask", body=body))

    def search(self, asked: Asked) -> tuple[RankedHit, ...]:
        body: Body = {
            "query": asked.text, "as_of": asked.as_of.isoformat(), "filters": _filters(asked), "limit": SEARCH_LIMIT,
            "collapse_stories": False, **_conversation(asked),
        }
        found = self._parse(_RESULTS, self._send("POST", "/v1/search", body=body))
        return tuple(
            make_hit(
                one.rank, article_id=one.article_id, version=one.version, span=(one.passage.start, one.passage.end),
                text=one.passage.text,
            )
            for one in found.results
        )

    def read(self, article_id: str, version: int) -> ArticleText | None:
        return self._read(article_id, version)

    def missing(self, article_ids: Set[str]) -> list[str]:
        return sorted(article_ids - self._list().keys())

    def _read_text(self, article_id: str, version: int) -> ArticleText | None:
        response = self._send("GET", f"/v1/articles/{quote(article_id, safe='')}/text", version=version)
        if response.status_code == httpx.codes.NOT_FOUND:
            return None
        is_json = "json" in response.headers.get("content-type", "")
        text = self._parse(_TEXTS, response).text if is_json else response.content.decode("utf-8")
        return ArticleText(text=text, sha256=hash_text(text))

    def _list(self) -> dict[str, _Listed]:
        if self._articles is None:
            articles: dict[str, _Listed] = {}
            cursor: str | None = ""
            while cursor is not None:
                page = self._parse(_PAGES, self._send("GET", "/v1/articles", limit=PAGE, cursor=cursor or None))
                articles.update((one.article_id, one) for one in page.data)
                cursor = page.next_cursor
            self._articles = articles
        return self._articles

    def _send(
        self, method: str, path: str, *, body: Body | None = None, **query: str | int | None
    ) -> httpx.Response:
        """Send a request, and again where the service says when; TimeoutError and ServiceFailure else."""
        given = {name: value for name, value in query.items() if value is not None}
        for _ in range(TRIES):
            try:
                response = self._client.request(method, path, json=body, params=given)
            except httpx.TimeoutException as error:
                raise TimeoutError(f"{method} {path} took too long") from error
            except httpx.HTTPError as error:
                raise ServiceFailure(
                    f"{self._client.base_url} cannot be reached ({error}); start it with: footnote serve"
                ) from error
            wait = _read_wait(response)
            if wait is None:
                break
            self._sleep(wait)
        return response

    def _parse(self, kind: TypeAdapter[Parsed], response: httpx.Response) -> Parsed:
        if response.status_code != httpx.codes.OK:
            raise ServiceFailure(f"{response.request.url} answered {response.status_code}: {response.text[:300]}")
        try:
            return kind.validate_json(response.content)
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(str(part) for part in first["loc"])
            raise ServiceFailure(
                f"{response.request.url} does not answer as the contract says: {place}: {first['msg']}."
            ) from error


@contextmanager
def open_over_http(url: str, *, timeout: float, api_key: str | None, workers: int) -> Iterator[OverHttp]:
    """A Target for a running service; ServiceFailure where there is none."""
    headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
    limits = httpx.Limits(max_connections=workers, max_keepalive_connections=workers)
    with httpx.Client(base_url=url, headers=headers, timeout=timeout, limits=limits, trust_env=False) as client:
        yield OverHttp(client)


def _conversation(asked: Asked) -> Body:
    """What was said before; left out where nothing was."""
    turns: list[JsonValue] = [{"role": turn.role, "content": turn.content} for turn in asked.history]
    return {"conversation": turns} if turns else {}


def _filters(asked: Asked) -> dict[str, JsonValue]:
    after, before = asked.filters.published_after, asked.filters.published_before
    return {
        "published_after": after.isoformat() if after else None,
        "published_before": before.isoformat() if before else None, "publishers": list(asked.filters.publishers),
    }


def _read_wait(response: httpx.Response) -> float | None:
    """Seconds to wait before the next try; None where the response is final."""
    value = response.headers.get("retry-after")
    if response.status_code not in (httpx.codes.TOO_MANY_REQUESTS, httpx.codes.SERVICE_UNAVAILABLE) or not value:
        return None
    try:
        seconds = float(value) if value.strip().isdigit() else (
            parsedate_to_datetime(value) - datetime.now(UTC)
        ).total_seconds()
    except (ValueError, TypeError):
        return None
    return min(max(seconds, 0.0), LONGEST_WAIT)
