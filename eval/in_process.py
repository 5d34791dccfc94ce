"""Settings and a data folder in, a Target that asks the service inside this process out."""

import hashlib
from collections.abc import Iterator, Set
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Literal

from eval.replies import Payload
from eval.results import RankedHit
from eval.targets import SEARCH_LIMIT, ArticleText, Asked, TargetFacts, hash_articles, make_hit
from ingest.article import hash_text
from ingest.catalog import Catalog, StoredPassage
from ingest.errors import EmptyCatalog, UnknownArticle
from ingest.filters import Filters
from ingest.lexical import content_terms
from ingest.settings import Settings
from service.answering import Answerer
from service.domain import Question, Turn
from service.payload import answer_payload
from service.wiring import open_answerer

Ranking = Literal["fused", "bm25", "dense"]
REMEMBERED = 1_000  # articles


class InProcess:
    """The service as a library: what it returns is what the HTTP API would return.

    `ranking` chooses what the ranked list comes from: the product's fusion, or one of its two searches alone. Answers
    always come from the product as it is.
    """

    def __init__(self, answerer: Answerer, *, ranking: Ranking = "fused") -> None:
        self._answerer = answerer
        self._catalog = answerer.indexes.catalog
        self._ranking = ranking
        self._read = lru_cache(maxsize=REMEMBERED)(self._read_article)

    def describe(self) -> TargetFacts:
        counts = self._catalog.counts()
        if not counts.articles:
            raise EmptyCatalog(f"There are no articles in {self._catalog.folder}; ingest some before you evaluate.")
        articles, passages = _hash_collection(self._catalog)
        return TargetFacts(
            kind="in process", articles=counts.articles, articles_sha256=articles, passages=counts.passages,
            passages_sha256=passages,
            parts={"embedder": self._answerer.encoder.id, "ranking": self._ranking, "conversation": "rules"},
        )

    def ask(self, asked: Asked) -> Payload:
        return answer_payload(self._answerer.ask(_question(asked))).model_dump(mode="json")

    def search(self, asked: Asked) -> tuple[RankedHit, ...]:
        return tuple(
            make_hit(
                rank, article_id=one.passage.article_id, version=one.passage.version,
                span=(one.passage.start, one.passage.end), text=one.passage.text,
            )
            for rank, one in enumerate(self._rank(asked), start=1)
        )

    def read(self, article_id: str, version: int) -> ArticleText | None:
        return self._read(article_id, version)

    def missing(self, article_ids: Set[str]) -> list[str]:
        return sorted(one for one in article_ids if not self._catalog.spans_of(one))

    def _read_article(self, article_id: str, version: int) -> ArticleText | None:
        try:
            article = self._catalog.article(article_id, version=version)
        except UnknownArticle:
            return None
        return ArticleText(text=article.text, sha256=hash_text(article.text))

    def _rank(self, asked: Asked) -> list[StoredPassage]:
        question = _question(asked)
        if self._ranking == "fused":
            return [one.stored for one in self._answerer.search(question, limit=SEARCH_LIMIT).passages]
        text = self._answerer.rewrite(question) or question.text
        indexes, newest = self._answerer.indexes, self._catalog.newest_day()
        filters = replace(question.filters, as_of=asked.as_of if newest and newest > asked.as_of else None)
        if self._ranking == "bm25":
            hits = indexes.lexical.search(content_terms(text), limit=SEARCH_LIMIT, filters=filters)
        else:
            vector = self._answerer.encoder.encode([text], query=True)[0]
            hits = indexes.vectors.search(vector, limit=SEARCH_LIMIT, filters=filters)
        stored = self._catalog.passages_of([key for key, _ in hits])
        return [stored[key] for key, _ in hits]


@contextmanager
def open_in_process(settings: Settings, folder: Path, *, ranking: Ranking = "fused") -> Iterator[InProcess]:
    """A Target over a data folder; EmptyCatalog where there is nothing in it."""
    with open_answerer(settings, folder, warm=True) as answerer:
        yield InProcess(answerer, ranking=ranking)


def _question(asked: Asked) -> Question:
    filters = Filters(
        after=asked.filters.published_after, before=asked.filters.published_before,
        publishers=asked.filters.publishers, articles=asked.articles,
    )
    conversation = tuple(Turn(role=turn.role, content=turn.content) for turn in asked.history)
    return Question(text=asked.text, as_of=asked.as_of, filters=filters, conversation=conversation)


def _hash_collection(catalog: Catalog) -> tuple[str, str]:
    """What the articles say, and how they were cut: two hashes that do not depend on the order of ingestion."""
    listed, passages = [], hashlib.sha256()
    for article in catalog.every_article():
        published = article.metadata.published_at
        listed.append((article.id, article.sha256, published.iso if published else None))
        passages.update(f"{article.id}\0{catalog.spans_of(article.id)}\n".encode())
    return hash_articles(listed), passages.hexdigest()
