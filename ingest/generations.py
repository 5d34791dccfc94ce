"""A catalog in, verified immutable builds of its vector index out, published by one atomic rename."""

import fcntl
import hashlib
import io
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict

from ingest import chroma
from ingest.catalog import Catalog
from ingest.children import run_module
from ingest.embedding import Matrix
from ingest.errors import BrokenIndex
from ingest.syncing import sync

CURRENT = "CURRENT"
MANIFEST = "MANIFEST.json"
DATABASE = "chroma.sqlite3"  # rewritten by the mere opening: only what its tables hold stays the same
UNUSED = "length.bin"  # hnswlib's lengths, for cosine only: else whatever was in memory, anew at each opening
LEVEL = "data_level0.bin"
INDEXED = "index_metadata.pickle"  # written with the first 1,000 vectors: before, all are read from the database
SEARCHED = ("collections", "segments", "max_seq_id", "embeddings", "embeddings_queue")  # the tables that a search reads
PROBES = 50
PROBE_SECONDS = 600


class FileRecord(BaseModel):
    """What a file of a generation was when it was published; `sha256` is None where its bytes mean nothing."""

    model_config = ConfigDict(frozen=True)
    name: str
    size: int
    sha256: str | None


class Manifest(BaseModel):
    """What a generation holds: `count` vectors of one encoder, the live passages of one catalog up to `sequence`."""

    model_config = ConfigDict(frozen=True)
    number: int
    catalog: str
    sequence: int
    encoder: str
    count: int
    files: tuple[FileRecord, ...]
    rows_sha256: str  # of the tables in `SEARCHED`


class Generations:
    """The folder `index/` of a data folder. Readers take no lock; one process, the owner of the lock, builds."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def current(self) -> Manifest | None:
        """The published generation, None where there is none; BrokenIndex where its record cannot be read."""
        pointer = self._read_pointer()
        while pointer is not None:
            try:
                name, sha256 = pointer.decode("utf-8").split()
                written = (self._folder / name / MANIFEST).read_bytes()
                if hashlib.sha256(written).hexdigest() != sha256:
                    raise ValueError("its hash is another")
                return Manifest.model_validate_json(written)
            except FileNotFoundError as error:
                former, pointer = pointer, self._read_pointer()
                if former == pointer:
                    raise BrokenIndex(
                        f"{self._folder.name} names a generation that is gone; run: footnote reindex"
                    ) from error
            except (OSError, ValueError) as error:  # not UTF-8, not a name and a hash, or not a manifest
                raise BrokenIndex(f"The manifest in {self._folder.name} is damaged; run: footnote reindex") from error
        return None

    def is_replaced(self, manifest: Manifest) -> bool:
        """Whether another generation than this one is published by now."""
        try:
            return self.current() != manifest
        except BrokenIndex:
            return False

    def path(self, manifest: Manifest) -> Path:
        return self._folder / _name(manifest.number)

    def check(self, manifest: Manifest, catalog: Catalog, *, hashes: bool = False) -> None:
        """Raise BrokenIndex unless the files are those that were published, from this catalog and its encoder.

        Without `hashes` only sizes and counts are compared: a changed byte goes unnoticed, and may crash Chroma.
        """
        if manifest.catalog != catalog.uuid or manifest.sequence > catalog.sequence:
            raise BrokenIndex("The vector index belongs to another catalog; run: footnote reindex")
        if manifest.encoder != catalog.encoder_id:
            raise BrokenIndex("The vector index was built with another embedding model; run: footnote reindex")
        for record in manifest.files:
            path = self.path(manifest) / record.name
            size = path.stat().st_size if path.is_file() else -1
            if size != record.size or (hashes and record.sha256 and _hash(path) != record.sha256):
                raise BrokenIndex(f"{_short(path)} is damaged; run: footnote reindex")
        _check_database(self.path(manifest) / DATABASE, manifest, hashes=hashes)

    def probe(self, manifest: Manifest, catalog: Catalog) -> None:
        """Raise BrokenIndex unless, in a process of its own, stored vectors find themselves."""
        _probe(self.path(manifest), manifest.count, *_sample(catalog, manifest.sequence))

    def build(self, catalog: Catalog) -> Manifest | None:
        """Build, verify and publish a generation of every live passage; None, and none published, where there is none.

        Until the last rename the former generation stays the published one, whatever happens.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        self.sweep(keep=None)
        number = max((int(path.name[4:]) for path in self._folder.glob("gen-[0-9]*")), default=0) + 1
        with tempfile.TemporaryDirectory(dir=self._folder, prefix="building-") as temporary, catalog.snapshot():
            staging = Path(temporary) / _name(number)
            sequence, encoder = catalog.sequence, catalog.encoder_id
            count = chroma.build(staging, _batches(catalog, sequence)) if catalog.count_since(0) else 0
            if not count or encoder is None:
                (self._folder / CURRENT).unlink(missing_ok=True)
                self.sweep(keep=0)
                return None
            _probe(staging, count, *_sample(catalog, sequence))
            manifest = Manifest(
                number=number, catalog=catalog.uuid, sequence=sequence, encoder=encoder, count=count,
                files=_records(staging), rows_sha256=_hash_rows(staging / DATABASE),
            )
            (staging / MANIFEST).write_text(manifest.model_dump_json(indent=1), encoding="utf-8")
            self._publish(staging, number)
        self.sweep(keep=number)
        return manifest

    @contextmanager
    def reading(self, manifest: Manifest) -> Iterator[None]:
        """Keep a generation from being swept while it is read; BrokenIndex where it is gone already."""
        path = self.path(manifest) / MANIFEST
        try:
            file = os.open(path, os.O_RDONLY)
        except OSError as error:
            raise BrokenIndex(f"{_short(path)} is gone; run: footnote reindex") from error
        try:
            fcntl.flock(file, fcntl.LOCK_SH)
            yield
        finally:
            os.close(file)

    def sweep(self, *, keep: int | None) -> None:
        """Remove what a killed build left and, where `keep` is published, every other generation that nobody reads."""
        for path in self._folder.glob("building-*"):
            shutil.rmtree(path, ignore_errors=True)
        if keep is not None:
            for path in self._folder.glob("gen-[0-9]*"):
                if path.name != _name(keep) and not _is_read(path):
                    shutil.rmtree(path, ignore_errors=True)

    def _read_pointer(self) -> bytes | None:
        try:
            return (self._folder / CURRENT).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise BrokenIndex(f"{_short(self._folder / CURRENT)} cannot be read; run: footnote reindex") from error

    def _publish(self, staging: Path, number: int) -> None:
        sha256 = _hash(staging / MANIFEST)
        for path in [*staging.rglob("*"), staging]:
            sync(path)
        staging.rename(self._folder / _name(number))
        sync(self._folder)
        pointer = self._folder / f"{CURRENT}.new"
        pointer.write_text(f"{_name(number)} {sha256}\n", encoding="utf-8")
        sync(pointer)
        pointer.rename(self._folder / CURRENT)
        sync(self._folder)


def _short(path: Path) -> str:
    """A file as clients of a service may be told of it: without where the data folder is."""
    return "/".join(path.parts[-2:])


def _name(number: int) -> str:
    return f"gen-{number:06d}"


def _is_read(folder: Path) -> bool:
    """Whether a process holds the generation open; one without a manifest was never published."""
    try:
        file = os.open(folder / MANIFEST, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    else:
        return False
    finally:
        os.close(file)


def _batches(catalog: Catalog, until: int) -> Iterator[tuple[list[int], Matrix]]:
    after = 0
    while True:
        keys, vectors = catalog.vectors_after(after, until=until, limit=chroma.BATCH)
        if not keys:
            return
        yield keys, vectors
        after = keys[-1]


def _sample(catalog: Catalog, until: int) -> tuple[list[int], Matrix]:
    keys = catalog.keys_until(until)
    return catalog.vectors_of(keys[:: max(len(keys) // PROBES, 1)][:PROBES])


def _probe(folder: Path, count: int, keys: Sequence[int], vectors: Matrix) -> None:
    probes = io.BytesIO()
    np.savez(probes, keys=np.asarray(keys, dtype=np.int64), vectors=vectors)
    arguments = (str(folder), str(count))
    fault = run_module("ingest.chroma", arguments, stdin=probes.getvalue(), seconds=PROBE_SECONDS)
    if fault:
        raise BrokenIndex(f"The vector index {folder.name} is damaged ({fault}); run: footnote reindex")


def _records(folder: Path) -> tuple[FileRecord, ...]:
    """The files that stay the same; of an index that is still empty, each opening writes whatever was in memory."""
    unused = (UNUSED,) if any(folder.rglob(INDEXED)) else (UNUSED, LEVEL)
    return tuple(
        FileRecord(
            name=path.relative_to(folder).as_posix(), size=path.stat().st_size,
            sha256=None if path.name in unused else _hash(path),
        )
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(DATABASE)
    )


def _check_database(path: Path, manifest: Manifest, *, hashes: bool) -> None:
    try:
        with _reading(path) as connection:
            pragma = "integrity_check" if hashes else "quick_check"
            verdict = connection.execute(f"PRAGMA {pragma}(1)").fetchone()[0].decode("utf-8", "replace")
            (count,) = connection.execute("SELECT count(*) FROM embeddings").fetchone()
        if verdict == "ok" and count != manifest.count:
            verdict = f"it holds {count} vectors instead of {manifest.count}"
        if verdict == "ok" and hashes and _hash_rows(path) != manifest.rows_sha256:
            verdict = "its rows are not those that were published"
    except (sqlite3.DatabaseError, OSError) as error:
        raise BrokenIndex(f"{_short(path)} is damaged ({error}); run: footnote reindex") from error
    if verdict != "ok":
        raise BrokenIndex(f"{_short(path)} is damaged ({verdict}); run: footnote reindex")


def _hash_rows(path: Path) -> str:
    digest = hashlib.sha256()
    with _reading(path) as connection:
        for table in SEARCHED:
            for row in connection.execute(f"SELECT * FROM {table} ORDER BY rowid"):
                digest.update(repr(row).encode())
    return digest.hexdigest()


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    connection.text_factory = bytes  # damaged text need not be UTF-8
    try:
        yield connection
    finally:
        connection.close()


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
