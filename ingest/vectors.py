"""A vector in, the nearest live passages out: the published generation, and exactly what the catalog has beyond it."""

from contextlib import ExitStack
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
FIRST_FETCH = 4  # times the limit, and times more whenever too few of what was fetched pass
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

    def __init__(self, folder: Path, catalog: Catalog, *, warm: bool, few: int = FEW) -> None:
        self._catalog = catalog
        self._generations = Generations(folder)
        self._warm = warm
        self._few = few
        self.fault: str | None = None
        self.manifest: Manifest | None = None
        self._collection: Collection | None = None
        self._held = ExitStack()
        self._exact: tuple[int, list[int], Matrix] | None = None
        self.refresh()

    def refresh(self) -> None:
        """Take up the published generation, if it is another one than the open one."""
        manifest = None
        try:
            manifest = self._generations.current()
            if manifest is None or manifest != self.manifest:
                self.close()
                self.manifest, self.fault, self._exact = None, None, None
                self._take_up(manifest)
        except BrokenIndex as error:
            if manifest and self._generations.is_replaced(manifest):
                self.refresh()  # it was swept while we took it up
            else:
                self._give_up(error)

    def close(self) -> None:
        self._held.close()
        self._collection = None

    def search(self, vector: Vector, *, limit: int, filters: Filters) -> Hits:
        """Keys of live passages that pass the filters, with the dot product of their vectors, best first."""
        if filters:
            few = self._catalog.matching(filters, limit=self._few)
            if few is not None:
                return _best(vector, *self._catalog.vectors_of(few), limit=limit)
        try:
            return self._search_all(vector, limit=limit, filters=filters)
        except BrokenIndex as error:
            self._give_up(error)
            return self._search_all(vector, limit=limit, filters=filters)

    def similarities(self, vector: Vector, keys: list[int]) -> dict[int, float]:
        """The dot products of those of `keys` that are live."""
        return dict(_best(vector, *self._catalog.vectors_of(keys), limit=len(keys)))

    def _search_all(self, vector: Vector, *, limit: int, filters: Filters) -> Hits:
        """Fetch more and more of the nearest until enough of them are live and pass."""
        beyond = self._beyond_generation()
        held = self.manifest.count if self._collection and self.manifest else 0
        total, fetch = held + len(beyond[0]), limit * FIRST_FETCH
        while True:
            hits = _best(vector, *beyond, limit=fetch)
            if self._collection is not None:
                hits += self._collection.nearest(vector, limit=min(fetch, held))
            live = self._live(hits, filters)
            if len(live) >= limit or fetch >= total:
                return live[:limit]
            if fetch >= LARGEST_FETCH:
                every = self._catalog.matching(filters, limit=total) or []
                return _best(vector, *self._catalog.vectors_of(every), limit=limit)
            fetch *= FIRST_FETCH

    def _take_up(self, manifest: Manifest | None) -> None:
        if manifest and (self._warm or self._catalog.count_since(0) > EXACT_ONCE):
            self._held.enter_context(self._generations.reading(manifest))
            self._generations.check(manifest, self._catalog, hashes=self._warm)
            self._collection = _open(self._generations.path(manifest), count=manifest.count)
            self._held.callback(self._collection.close)
        self.manifest = manifest

    def _give_up(self, error: BrokenIndex) -> None:
        """Search exactly from here on, and say why."""
        self.close()
        self.manifest, self._exact, self.fault = None, None, str(error)

    def _live(self, hits: Hits, filters: Filters) -> Hits:
        passing = self._catalog.passing(filters, [key for key, _ in hits])
        return sorted((hit for hit in hits if hit[0] in passing), key=lambda hit: (-hit[1], hit[0]))

    def _beyond_generation(self) -> tuple[list[int], Matrix]:
        """Keys and vectors that the open generation does not hold: all of them where none is open.

        Those that were removed since stay among them, and are left out as not live.
        """
        sequence = self._catalog.sequence
        if self._exact is None:
            after = self.manifest.sequence if self._collection and self.manifest else 0
            self._exact = (sequence, *self._catalog.vectors_since(after))
        elif self._exact[0] != sequence:
            keys, vectors = self._catalog.vectors_since(self._exact[0])
            known, held = self._exact[1:]
            if keys:
                known, held = known + keys, np.concatenate([held, vectors]) if known else vectors
            self._exact = (sequence, known, held)
        return self._exact[1:]


def _best(vector: Vector, keys: list[int], vectors: Matrix, *, limit: int) -> Hits:
    if not keys:
        return []
    scores = vectors @ vector
    rows = np.arange(len(keys)) if limit >= len(keys) else np.argpartition(-scores, limit)[:limit]
    rows = rows[np.lexsort((rows, -scores[rows]))]
    return [(keys[row], float(scores[row])) for row in rows]


def _open(folder: Path, *, count: int) -> Collection:
    from ingest.chroma import ChromaCollection

    collection = ChromaCollection(folder)
    if collection.count() != count:
        collection.close()
        raise BrokenIndex(f"The vector index {folder.name} has lost vectors; run: footnote reindex")
    return collection
