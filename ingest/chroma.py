"""Vectors in, an immutable Chroma collection out, and its nearest neighbours: everything that touches chromadb.

Run as a program (`python -m ingest.chroma FOLDER COUNT < PROBES.npz`) it opens a collection in a process of its own, in
which a damaged file may crash, and exits with 0 only if the collection holds COUNT vectors and each probe finds itself.
"""

import io
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np

from ingest.embedding import Matrix, Vector
from ingest.errors import BrokenIndex

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateCollectionConfiguration

COLLECTION = "passages"
BATCH = 5_000  # Chroma accepts 5,461 at once
CONFIGURATION: "CreateCollectionConfiguration" = {
    "hnsw": {"space": "ip", "ef_construction": 128, "ef_search": 128, "max_neighbors": 24}
}


def build(folder: Path, batches: Iterable[tuple[Sequence[int], Matrix]]) -> int:
    """Write a collection of (keys, vectors) into a new folder, close it, and return how many it holds."""
    client = _client(folder)
    try:
        collection = client.create_collection(COLLECTION, embedding_function=None, configuration=CONFIGURATION)
        count = 0
        for keys, vectors in batches:
            collection.add(ids=[str(key) for key in keys], embeddings=vectors)
            count += len(keys)
        return count
    finally:
        client.close()


class ChromaCollection:
    """A published collection, open for reading. Chroma itself says nothing where its files are wrong: check first."""

    def __init__(self, folder: Path) -> None:
        with _translating(folder):
            self._client = _client(folder)
            self._collection = self._client.get_collection(COLLECTION, embedding_function=None)
        self._folder = folder

    def count(self) -> int:
        """How many vectors Chroma believes to hold."""
        with _translating(self._folder):
            return int(self._collection.count())

    def nearest(self, vector: Vector, *, limit: int) -> list[tuple[int, float]]:
        """Keys and similarities (dot products) of the approximately nearest vectors, best first."""
        with _translating(self._folder):
            found = self._collection.query(query_embeddings=vector[None, :], n_results=limit, include=["distances"])
        distances = (found["distances"] or [[]])[0]
        return [(int(key), 1.0 - distance) for key, distance in zip(found["ids"][0], distances, strict=True)]

    def close(self) -> None:
        self._client.close()


@contextmanager
def _translating(folder: Path) -> Iterator[None]:
    """Chroma's errors are ours: a broken index is never an empty one."""
    from chromadb.errors import ChromaError

    try:
        yield
    except (ChromaError, ValueError, OSError, RuntimeError) as error:
        raise BrokenIndex(f"{folder.name} cannot be searched ({error}); run: footnote reindex") from error


def _client(folder: Path) -> "Client":
    import chromadb
    from chromadb.config import Settings

    client = chromadb.PersistentClient(path=str(folder), settings=Settings(anonymized_telemetry=False))
    return cast("Client", client)  # declared as the interface, which lacks close()


def _probe(folder: Path, count: int, keys: Sequence[int], vectors: Matrix) -> str | None:
    collection = ChromaCollection(folder)
    if collection.count() != count:
        return f"it holds {collection.count()} vectors instead of {count}"
    lost = 0
    for key, vector in zip(keys, vectors, strict=True):
        best = collection.nearest(vector, limit=min(3, count))
        # Two passages may share one vector: what must be found is a vector as near as itself.
        lost += not any(found == key or similarity > 0.9999 for found, similarity in best)
    return f"{lost} of {len(keys)} vectors do not find themselves" if lost else None


if __name__ == "__main__":
    with np.load(io.BytesIO(sys.stdin.buffer.read())) as _probes:
        _fault = _probe(Path(sys.argv[1]), int(sys.argv[2]), _probes["keys"].tolist(), _probes["vectors"])
    sys.exit(_fault)
