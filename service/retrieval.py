"""A question in, the passages that best match it out: dense and BM25, fused."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ingest.catalog import Catalog
from ingest.embedding import Vector
from ingest.filters import Filters
from ingest.lexical import LexicalIndex, content_terms
from ingest.vectors import VectorIndex
from service.domain import RankedPassage

CANDIDATES = 50
DENSE_WEIGHT = 0.4
UNFOUND = 0.5  # of the lowest BM25 score returned: what a passage scores that BM25 did not return


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexes:
    """The catalog and its two projections, opened together."""

    catalog: Catalog
    vectors: VectorIndex
    lexical: LexicalIndex


def retrieve(text: str, vector: Vector, *, indexes: Indexes, filters: Filters, limit: int) -> list[RankedPassage]:
    """The passages that best match a question and pass the filters, best first; empty where none does.

    The candidates of both searches are scored by both, standardised over the candidates, and summed with a weight
    (z-score fusion; see Bruch et al. 2023, "An Analysis of Fusion Functions for Hybrid Retrieval", TOIS 42).
    """
    dense = dict(indexes.vectors.search(vector, limit=CANDIDATES, filters=filters))
    lexical = dict(indexes.lexical.search(content_terms(text), limit=CANDIDATES, filters=filters))
    missing = [key for key in lexical if key not in dense]
    dense |= indexes.vectors.similarities(vector, missing)
    keys = sorted(dense)
    scores = fuse([dense[key] for key in keys], [lexical.get(key) for key in keys])
    order = sorted(range(len(keys)), key=lambda row: (-scores[row], keys[row]))[:limit]
    stored = indexes.catalog.passages_of([keys[row] for row in order])
    return [
        RankedPassage(rank=rank, stored=stored[keys[row]], score=scores[row], similarity=dense[keys[row]])
        for rank, row in enumerate((row for row in order if keys[row] in stored), start=1)
    ]


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
