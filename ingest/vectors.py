"""A vector in, the nearest live passages out: the published generation, and exactly what the catalog has beyond it."""

from pathlib import Path
from typing import Protocol

import numpy as np

from ingest.catalog import Catalog
from ingest.embedding import Matrix, Vector
from ingest.errors import BrokenIndex
from ingest.filters import Filters
from ingest.generations import Generations, Manifest

Hits = list[tuple[int, float]]

FEW = 5_000  # passages that are compared one by one rather than filtered out of a larger answer
EXACT_ONCE = 60_000  # passages up to which one exact search costs less than importing and opening Chroma
FIRST_FETCH = 4
LARGEST_FETCH = 4_000


class Collection(Protocol):
    """An approximate nearest-neighbour index of vectors under integer keys."""

    def count(self) -> int: ...

    def nearest(self, vector: Vector, *, limit: int) -> Hits:
        """Keys and dot products, best first."""
        ...

    def close(self) -> None: ...


class VectorIndex:
    """Dense search over every live passage, as of the catalog's latest change.

    A `warm` index opens the generation once and asks it; otherwise small corpora are searched exactly, without Chroma.
    `fault` says why the generation is not used where it should be: the search is then exact, and slower.
    """

    def __init__(self, folder: Path, catalog: Catalog, *, warm: bool) -> None:
        self._catalog = catalog
        self._generations = Generations(folder)
        self._warm = warm
        self.fault: str | None = None
        self.manifest: Manifest | None = None
        self._collection: Collection | None = None
        self._exact: tuple[int, list[int], Matrix] | None = None
        self.refresh()

    def refresh(self) -> None:
        """Take up the published generation, if it is another one than the open one."""
        try:
            manifest = self._generations.current()
            if manifest is None or (self.manifest and manifest.number == self.manifest.number):
                return
            self.close()
            if not self._warm and self._catalog.count_since(0) <= EXACT_ONCE:
                self.manifest = manifest
                return
            self._generations.check(manifest, self._catalog)
            self._collection = _open(self._generations.path(manifest))
            self.manifest, self.fault, self._exact = manifest, None, None
        except BrokenIndex as error:
            self.close()
            self.manifest, self.fault = None, str(error)

    def close(self) -> None:
        if self._collection is not None:
            self._collection.close()
        self._collection = None

    def search(self, vector: Vector, *, limit: int, filters: Filters) -> Hits:
        """Keys of live passages that pass the filters, with the dot product of their vectors, best first."""
        if filters:
            few = self._catalog.matching(filters, limit=FEW)
            if few is not None:
                return _best(vector, *self._catalog.vectors_of(few), limit=limit)
        hits = _best(vector, *self._beyond_generation(), limit=None if filters else limit * FIRST_FETCH)
        if self._collection is None:
            return self._live(hits, filters)[:limit]
        return self._merge(vector, hits, limit=limit, filters=filters)

    def similarities(self, vector: Vector, keys: list[int]) -> dict[int, float]:
        """The dot products of those of `keys` that are live."""
        return dict(_best(vector, *self._catalog.vectors_of(keys), limit=None))

    def _merge(self, vector: Vector, delta: Hits, *, limit: int, filters: Filters) -> Hits:
        """Ask the generation for more until enough of what it returns is live and passes."""
        assert self._collection is not None
        assert self.manifest is not None
        most = min(self.manifest.count, LARGEST_FETCH)
        fetch = min(limit * FIRST_FETCH, most)
        while True:
            hits = self._live(delta + self._collection.nearest(vector, limit=fetch), filters)
            if len(hits) >= limit or fetch >= most:
                break
            fetch = min(fetch * FIRST_FETCH, most)
        if len(hits) < limit and most < self.manifest.count:
            every = self._catalog.matching(filters, limit=self.manifest.count + len(delta))
            hits = _best(vector, *self._catalog.vectors_of(every or []), limit=limit)
        return hits[:limit]

    def _live(self, hits: Hits, filters: Filters) -> Hits:
        passing = self._catalog.passing(filters, [key for key, _ in hits])
        return sorted((hit for hit in hits if hit[0] in passing), key=lambda hit: (-hit[1], hit[0]))

    def _beyond_generation(self) -> tuple[list[int], Matrix]:
        """Keys and vectors that the open generation does not hold: all of them where none is open."""
        sequence = self._catalog.sequence
        if self._exact is None or self._exact[0] != sequence:
            after = self.manifest.sequence if self._collection and self.manifest else 0
            self._exact = (sequence, *self._catalog.vectors_since(after))
        return self._exact[1:]


def _best(vector: Vector, keys: list[int], vectors: Matrix, *, limit: int | None) -> Hits:
    if not keys:
        return []
    scores = vectors @ vector
    rows = np.arange(len(keys))
    if limit is not None and limit < len(keys):
        rows = np.argpartition(-scores, limit)[:limit]
    rows = rows[np.lexsort((rows, -scores[rows]))]
    return [(keys[row], float(scores[row])) for row in rows]


def _open(folder: Path) -> Collection:
    from ingest.chroma import ChromaCollection

    return ChromaCollection(folder)
