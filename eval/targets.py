"""What an evaluation asks: the seam behind which the service runs in this process or behind a URL."""

import hashlib
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from eval.questions import NO_FILTERS, GoldFilters, Turn
from eval.replies import Payload
from eval.results import RankedHit
from service.domain import AskedAnswerer

SEARCH_LIMIT = 50  # passages: what `/v1/search` returns at most
CONTEXT_DEPTH = 20  # of them, whose texts are kept: the deepest at which contexts are measured


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question as a target is asked it. `articles` are the only ones that may answer, where they are given."""

    text: str
    as_of: date
    history: tuple[Turn, ...] = ()
    filters: GoldFilters = NO_FILTERS
    articles: tuple[str, ...] = ()
    answerer: AskedAnswerer = "extractive"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleText:
    """The canonical text of an article version, and its SHA-256."""

    text: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetFacts:
    """What was asked, for the fingerprint: the collection by its articles and by its passages, and the parts."""

    kind: str
    articles: int
    articles_sha256: str
    passages: int | None
    passages_sha256: str | None
    parts: Mapping[str, str]


class Target(Protocol):
    """Answers questions, ranks passages, and shows the texts that it cites."""

    def describe(self) -> TargetFacts:
        """Facts that are the same as long as nothing changes; EmptyCatalog where there are no articles."""
        ...

    def ask(self, asked: Asked) -> Payload:
        """The answer's payload (design, section 6)."""
        ...

    def search(self, asked: Asked) -> tuple[RankedHit, ...]:
        """At most SEARCH_LIMIT passages, best first, copies of a story included."""
        ...

    def read(self, article_id: str, version: int) -> ArticleText | None:
        """The text of an article version; None where there is none."""
        ...

    def missing(self, article_ids: Set[str]) -> list[str]:
        """Those of the articles that are not in the collection, in order."""
        ...


def make_hit(rank: int, *, article_id: str, version: int, span: tuple[int, int], text: str) -> RankedHit:
    """A ranked passage, with its text where contexts are measured that deep."""
    return RankedHit(
        rank=rank, article_id=article_id, version=version, start=span[0], end=span[1],
        text=text if rank <= CONTEXT_DEPTH else None,
    )


def hash_articles(articles: Iterable[tuple[str, str, str | None]]) -> str:
    """One hash of the ids, the texts' SHA-256 and the dates of a collection, in whatever order they come."""
    digest = hashlib.sha256()
    for name, sha256, published in sorted(articles, key=lambda article: article[0]):
        digest.update(f"{name}\0{sha256}\0{published or ''}\n".encode())
    return digest.hexdigest()
