"""A question in, the passages that best match it out: dense and BM25, fused."""

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

import numpy as np

from ingest.catalog import Catalog, StoredPassage
from ingest.embedding import Vector
from ingest.filters import Filters
from ingest.lexical import LexicalIndex, content_terms
from ingest.vectors import VectorIndex
from service.domain import RankedPassage

CANDIDATES = 100
DENSE_WEIGHT = 0.4
SUPPORT = 0.1  # of the score of an article's second passage: what it adds to the others
LATE = 1.0  # what being of before the time that is asked about takes from a score
UNFOUND = 0.5  # of the lowest BM25 score returned: what a passage scores that BM25 did not return
_NAMING = re.compile(r"(?<=[^.?!:] )[A-Z]\w{2,}")  # a capitalised word that opens no sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexes:
    """The catalog and its two projections, opened together."""

    catalog: Catalog
    vectors: VectorIndex
    lexical: LexicalIndex


def retrieve(  # noqa: PLR0913  what is searched for, where, and how much of it
    text: str, vector: Vector, *, indexes: Indexes, filters: Filters, limit: int, since: date | None = None
) -> list[RankedPassage]:
    """The passages that best match a question and pass the filters, best first; empty where none does.

    Where the question asks about the time from `since` on, what is known to be of before is late and comes after.

    The candidates of both searches are scored by both, standardised over the candidates, and summed with a weight
    (z-score fusion; see Bruch et al. 2023, "An Analysis of Fusion Functions for Hybrid Retrieval", TOIS 42).
    """
    dense = dict(indexes.vectors.search(vector, limit=CANDIDATES, filters=filters))
    lexical = dict(indexes.lexical.search(content_terms(text), limit=CANDIDATES, filters=filters))
    missing = [key for key in lexical if key not in dense]
    dense |= indexes.vectors.similarities(vector, missing)
    keys = sorted(dense)
    fused = dict(zip(keys, fuse([dense[key] for key in keys], [lexical.get(key) for key in keys]), strict=True))
    articles = indexes.catalog.articles_of(keys)
    scores = support({key: fused[key] for key in articles}, articles)
    late: Mapping[int, int] = {}
    if since:
        late = count_days_late(text, scores, indexes.catalog.passages_of(list(scores)), since=since)
        scores = {key: score - LATE * (late[key] > 0) for key, score in scores.items()}
    places = sorted(scores, key=lambda key: (-scores[key], key))[:limit]
    stored = indexes.catalog.passages_of(places)
    found = originals_first([stored[key] for key in places])
    return [
        RankedPassage(
            rank=rank, stored=one, score=scores[place], similarity=dense[one.key], days_late=late.get(one.key, 0)
        )
        for rank, (place, one) in enumerate(zip(places, found, strict=True), start=1)
    ]


def count_days_late(
    question: str, scores: Mapping[int, float], stored: Mapping[int, StoredPassage], *, since: date
) -> dict[int, int]:
    """By how many days each passage is known to be of before `since`; 0 where it is not.

    What only late passages name is asked of those: a passage that does not name it is no less late than a better one
    that does.
    """
    days = {key: max((since - one.day).days, 0) if one.dated else 0 for key, one in stored.items()}
    asked = {word.casefold() for word in _NAMING.findall(question)}
    named = {key: _held(asked, f"{one.title or ''} {one.passage.text}") for key, one in stored.items()}
    timely = frozenset[str]().union(*(named[key] for key in days if not days[key]))
    naming = {key for key in days if named[key] - timely}
    for key in days.keys() - naming:
        better = (days[one] for one in naming if scores[one] > scores[key])
        days[key] = max(days[key], min(better, default=0))
    return days


def _held(words: AbstractSet[str], text: str) -> frozenset[str]:
    folded = text.casefold()
    return frozenset(word for word in words if word in folded)


def support(scores: Mapping[int, float], articles: Mapping[int, str]) -> dict[int, float]:
    """Raise the passages of articles that match twice: to each is added a share of its article's second-best score.

    An article with one passage among the candidates has the lowest of all scores for its second.
    """
    lowest = min(scores.values(), default=0.0)
    by_article: dict[str, list[float]] = {}
    for key, score in scores.items():
        by_article.setdefault(articles[key], [lowest]).append(score)
    second = {article: sorted(found)[-2] for article, found in by_article.items()}
    return {key: score + SUPPORT * second[articles[key]] for key, score in scores.items()}


def originals_first(passages: Sequence[StoredPassage]) -> list[StoredPassage]:
    """Where several articles carry a story, give the best of its places to the earliest article; all else stays."""
    first: dict[str, int] = {}
    stories: dict[str, list[StoredPassage]] = {}
    for one in passages:
        article = one.passage.article_id
        first[article] = min(first.get(article, one.key), one.key)
        stories.setdefault(one.story_id, []).append(one)
    queues = {
        story: iter(sorted(group, key=lambda one: (one.day, first[one.passage.article_id])))
        for story, group in stories.items()
    }
    return [next(queues[one.story_id]) for one in passages]


def fuse(dense: Sequence[float], lexical: Sequence[float | None]) -> list[float]:
    """Weighted sums of both scores, each standardised over the candidates; None: BM25 did not return the passage."""
    lowest = min((score for score in lexical if score is not None), default=0.0) * UNFOUND
    both = np.array([dense, [lowest if score is None else score for score in lexical]], dtype=np.float64)
    if not both.size:
        return []
    spread = both.std(axis=1, keepdims=True)
    standard = (both - both.mean(axis=1, keepdims=True)) / np.where(spread > 0, spread, 1.0)
    weights = np.array([DENSE_WEIGHT, 1 - DENSE_WEIGHT])
    return [float(score) for score in weights @ standard]
