"""A catalog in, its two projections up to date out: what a bulk ingest, a mend and a reindex have in common."""

from dataclasses import dataclass
from pathlib import Path

from ingest.catalog import Catalog
from ingest.errors import BrokenIndex
from ingest.generations import Generations
from ingest.lexical import LexicalIndex
from ingest.recording import Recorder

INDEX = "index"
BM25 = "bm25"
SMALL_DELTA = 2_000  # passages that are searched exactly without being felt
DEAD_SHARE = 0.2  # of a generation: removed passages that its searches step over


def index_folder(data: Path) -> Path:
    """Where the generations of a data folder are."""
    return data / INDEX


def lexical_folder(data: Path) -> Path:
    """Where the BM25 index of a data folder is."""
    return data / INDEX / BM25


@dataclass(frozen=True, slots=True, kw_only=True)
class Projected:
    """What was done: passages added to BM25, and the number of the generation that is now published (None: none)."""

    indexed: int
    generation: int | None


def catch_up(catalog: Recorder) -> Projected:
    """Bring BM25 to the catalog's state, and fold the delta into a new generation where it has grown or the old is bad.

    For the process that holds the lock.
    """
    indexed = catch_up_words(catalog)
    with catalog.transaction():
        catalog.forget_removals(catalog.sequence)
    generations = Generations(index_folder(catalog.folder))
    try:
        manifest = generations.current()
        if manifest is not None:
            generations.check(manifest, catalog)
    except BrokenIndex:
        manifest = None
    if manifest is not None:
        delta = catalog.count_since(manifest.sequence)
        dead = manifest.count - catalog.count_since(0, until=manifest.sequence)
        if delta <= max(SMALL_DELTA, manifest.count // 10) and dead <= manifest.count * DEAD_SHARE:
            return Projected(indexed=indexed, generation=manifest.number)
    built = generations.build(catalog)
    return Projected(indexed=indexed, generation=built.number if built else None)


def catch_up_words(catalog: Recorder) -> int:
    """Bring BM25 alone to the catalog's state, which is quick, and return how many passages were added."""
    return LexicalIndex(lexical_folder(catalog.folder), catalog).catch_up()


def is_unfinished(catalog: Catalog) -> bool:
    """Whether a killed process left work for `catch_up`; a damaged index is not unfinished."""
    if not LexicalIndex(lexical_folder(catalog.folder), catalog).up_to_date:
        return True
    try:
        return bool(catalog.counts().passages) and Generations(index_folder(catalog.folder)).current() is None
    except BrokenIndex:
        return False


def rebuild(catalog: Recorder) -> Projected:
    """Make both projections anew and compact the catalog: afterwards nothing of what was deleted is in any file."""
    indexed = LexicalIndex(lexical_folder(catalog.folder), catalog).rebuild()
    with catalog.transaction():
        catalog.forget_removals(catalog.sequence)
    built = Generations(index_folder(catalog.folder)).build(catalog)
    catalog.compact()
    return Projected(indexed=indexed, generation=built.number if built else None)
