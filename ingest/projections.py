"""A catalog in, its two projections up to date out: what a bulk ingest, a mend and a reindex have in common."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

from ingest.catalog import Catalog
from ingest.errors import BrokenIndex
from ingest.generations import Generations, Manifest
from ingest.lexical import LexicalIndex
from ingest.recording import Recorder

INDEX = "index"
BM25 = "bm25"
WORDS_LOCK, VECTORS_LOCK = ".words.lock", ".vectors.lock"
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


def catch_up(catalog: Recorder, *, small_delta: int = SMALL_DELTA, distrust: bool = False) -> Projected:
    """Bring BM25 to the catalog's state, and fold the delta into a new generation where it has grown or the old is bad.

    A delta of up to `small_delta` passages is left to exact search; with `distrust` the published generation is taken
    to be bad. For the process that holds the lock; where several of its threads call, one works and the others wait.
    """
    generations = Generations(index_folder(catalog.folder))
    indexed = catch_up_words(catalog)
    with _alone(catalog.folder / VECTORS_LOCK):
        manifest = None if distrust else _find_sound(generations, catalog)
        if manifest is not None:
            delta = catalog.count_since(manifest.sequence)
            dead = manifest.count - catalog.count_since(0, until=manifest.sequence)
            if delta <= max(small_delta, manifest.count // 10) and dead <= manifest.count * DEAD_SHARE:
                return Projected(indexed=indexed, generation=manifest.number)
        built = generations.build(catalog)
        return Projected(indexed=indexed, generation=built.number if built else None)


def catch_up_words(catalog: Recorder, *, verify: bool = False) -> int:
    """Bring BM25 alone to the catalog's state, which is quick, and return how many passages were added.

    With `verify` every file of it is read, and it is made anew where one is not what was written.
    """
    with _alone(catalog.folder / WORDS_LOCK):
        lexical = LexicalIndex(lexical_folder(catalog.folder), catalog, verify=verify)
        indexed = lexical.catch_up()
        with catalog.transaction():
            catalog.forget_removals(lexical.sequence)
        return indexed


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
    with _alone(catalog.folder / WORDS_LOCK), _alone(catalog.folder / VECTORS_LOCK):
        lexical = LexicalIndex(lexical_folder(catalog.folder), catalog)
        indexed = lexical.rebuild()
        with catalog.transaction():
            catalog.forget_removals(lexical.sequence)
        built = Generations(index_folder(catalog.folder)).build(catalog)
        catalog.compact()
    return Projected(indexed=indexed, generation=built.number if built else None)


def sweep(folder: Path) -> None:
    """Remove the generations of a data folder that are neither published nor read."""
    generations = Generations(index_folder(folder))
    with _alone(folder / VECTORS_LOCK):
        manifest = generations.current()
        generations.sweep(keep=manifest.number if manifest else None)


def _find_sound(generations: Generations, catalog: Catalog) -> Manifest | None:
    """The published generation, None where there is none or its files are not what they were."""
    try:
        manifest = generations.current()
        if manifest is not None:
            generations.check(manifest, catalog)
        return manifest
    except BrokenIndex:
        return None


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """One thread at a time builds; the lock is another for each caller, so that threads exclude each other too."""
    with FileLock(lock):
        yield
