"""A data folder in, articles and passages out: the SQLite catalog, the truth that every index is a projection of."""

import json
import sqlite3
import struct
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Self

import numpy as np

from ingest.article import Article, Cut, Metadata, Passage, PublishedAt, Sentence
from ingest.embedding import Matrix
from ingest.errors import BrokenCatalog, IndexMismatch, UnknownArticle
from ingest.filters import Filters, condition
from ingest.schema import connect, no_articles

SENTENCE = struct.Struct("<II?")
FOR_EVER = 2**62
LOOKUP = 500  # values in one SQL statement; SQLite allows 32,766

PASSAGES = """
SELECT p.key, p.version, p.first, p.last, substr(v.text, p.first + 1, p.last - p.first) AS text, p.day, p.dated,
  v.title, v.publisher, a.id AS article_id, a.story_id
FROM passages p JOIN articles a ON a.key = p.article
JOIN versions v ON v.article = p.article AND v.version = p.version WHERE """
ARTICLES = """
SELECT a.id, a.source, a.first_seen, a.story_id, v.*
FROM articles a JOIN versions v ON v.article = a.key WHERE """
VECTORS = "SELECT p.key, v.vector FROM passages p JOIN vectors v ON v.key = p.vector WHERE "


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPassage:
    """A passage as the catalog keeps it. `key` names it in every projection and is never used again."""

    key: int
    passage: Passage
    title: str | None
    publisher: str | None
    day: date  # published, or first seen where the article is not `dated`
    dated: bool
    story_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much a catalog holds; passages that are word for word the same share a vector."""

    articles: int
    passages: int
    vectors: int


class Catalog:
    """One connection to the catalog of a data folder. Every article in it is whole: writes are atomic per article."""

    def __init__(self, folder: Path, *, write: bool = False) -> None:
        self.folder = folder
        self._sql = connect(folder, write=write)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._sql.close()

    # What the projections need to know

    @property
    def uuid(self) -> str:
        """Which catalog this is: a projection of another one is rebuilt."""
        return str(self._meta("uuid"))

    @property
    def sequence(self) -> int:
        """Grows with every change; a projection that carries this number is up to date."""
        return int(str(self._meta("sequence")))

    @property
    def encoder_id(self) -> str | None:
        """The encoder of every vector in use; None before the first article."""
        value = self._meta("encoder")
        return None if value is None else str(value)

    def check_encoder(self, encoder_id: str) -> None:
        """Raise IndexMismatch where the vectors in use are another encoder's."""
        if self.encoder_id not in (None, encoder_id):
            raise IndexMismatch(
                f"{self.folder} was embedded with {self.encoder_id} and FOOTNOTE_EMBEDDING_MODEL now gives "
                f"{encoder_id}; change it back, or run: footnote reindex --data {self.folder}"
            )

    def require_articles(self) -> None:
        """Raise EmptyCatalog, with the remedy, where there are none."""
        if self._sql.execute("SELECT 1 FROM articles LIMIT 1").fetchone() is None:
            raise no_articles(self.folder)

    def counts(self) -> Counts:
        one = "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM passages), (SELECT count(*) FROM vectors)"
        articles, passages, vectors = self._sql.execute(one).fetchone()
        return Counts(articles=articles, passages=passages, vectors=vectors)

    def passages_since(self, sequence: int, *, until: int = FOR_EVER) -> Iterator[StoredPassage]:
        """Live passages that were added after `sequence` (and not after `until`), in order of their keys."""
        where = "p.sequence > ? AND p.sequence <= ? ORDER BY p.key"
        return map(_stored_passage, self._sql.execute(PASSAGES + where, (sequence, until)))

    def count_since(self, sequence: int, *, until: int = FOR_EVER) -> int:
        """How many live passages were added after `sequence` (and not after `until`)."""
        where = "SELECT count(*) FROM passages WHERE sequence > ? AND sequence <= ?"
        return int(self._sql.execute(where, (sequence, until)).fetchone()[0])

    def removed_since(self, sequence: int) -> list[int]:
        """Keys of passages that were removed after `sequence`, unless they were forgotten since."""
        rows = self._sql.execute("SELECT passage FROM removals WHERE sequence > ?", (sequence,))
        return [row["passage"] for row in rows]

    def vectors_since(self, sequence: int, *, until: int = FOR_EVER) -> tuple[list[int], Matrix]:
        """Keys of the live passages added after `sequence` (and not after `until`), and their vectors, row by row."""
        where = "p.sequence > ? AND p.sequence <= ? ORDER BY p.key"
        return _matrix(self._sql.execute(VECTORS + where, (sequence, until)))

    def vectors_after(self, key: int, *, until: int, limit: int) -> tuple[list[int], Matrix]:
        """The next `limit` live passages behind `key`, none added after the sequence `until`, and their vectors."""
        where = "p.key > ? AND p.sequence <= ? ORDER BY p.key LIMIT ?"
        return _matrix(self._sql.execute(VECTORS + where, (key, until, limit)))

    def keys_until(self, sequence: int) -> list[int]:
        """Keys of the live passages that were not added after `sequence`, in order."""
        rows = self._sql.execute("SELECT key FROM passages WHERE sequence <= ? ORDER BY key", (sequence,))
        return [row["key"] for row in rows]

    def vectors_of(self, keys: Sequence[int]) -> tuple[list[int], Matrix]:
        """Those of `keys` that are live, and their vectors, row by row."""
        return _matrix(self._lookup(VECTORS + "p.key IN ({})", keys))

    # What retrieval and answers need

    def passages_of(self, keys: Sequence[int]) -> dict[int, StoredPassage]:
        """The live passages among `keys`; a removed one is absent."""
        return {row["key"]: _stored_passage(row) for row in self._lookup(PASSAGES + "p.key IN ({})", keys)}

    def articles_of(self, keys: Sequence[int]) -> dict[int, str]:
        """The id of the article that each live passage among `keys` belongs to."""
        select = "SELECT p.key, a.id FROM passages p JOIN articles a ON a.key = p.article WHERE p.key IN ({})"
        return {row["key"]: row["id"] for row in self._lookup(select, keys)}

    def matching(self, filters: Filters, *, limit: int) -> list[int] | None:
        """Keys of the live passages that pass the filters; None where there are more than `limit`."""
        where, values = condition(filters)
        counted = f"SELECT count(*) FROM (SELECT 1 FROM passages WHERE {where} LIMIT ?)"
        if self._sql.execute(counted, (*values, limit + 1)).fetchone()[0] > limit:
            return None
        return [row["key"] for row in self._sql.execute(f"SELECT key FROM passages WHERE {where}", values)]

    def passing(self, filters: Filters, keys: Sequence[int]) -> set[int]:
        """Those of `keys` that are live and pass the filters."""
        where, values = condition(filters)
        # NOT INDEXED leaves the key itself: the other indexes would be scanned for all that passes.
        select = f"SELECT key FROM passages NOT INDEXED WHERE {where} AND key IN ({{}})"
        return {row["key"] for row in self._lookup(select, keys, values)}

    def newest_day(self) -> date | None:
        """The latest day of any live passage; None where there is none."""
        (day,) = self._sql.execute("SELECT max(day) FROM passages").fetchone()
        return None if day is None else date.fromisoformat(day)

    def newest_dated_day(self) -> date | None:
        """The same of the passages whose articles say when they were published."""
        row = self._sql.execute("SELECT day FROM passages WHERE dated = 1 ORDER BY day DESC LIMIT 1").fetchone()
        return None if row is None else date.fromisoformat(row["day"])

    def count_undated(self, *, seen_after: date = date.min) -> int:
        """How many articles say no date and were first seen after a day."""
        one = "SELECT count(DISTINCT article) FROM passages WHERE day > ? AND dated = 0"
        return int(self._sql.execute(one, (seen_after.isoformat(),)).fetchone()[0])

    def article(self, article_id: str, *, version: int | None = None) -> Article:
        """One version of an article, the current one by default; UnknownArticle where there is none."""
        where = "a.id = ? AND v.version = coalesce(?, a.version)"
        row = self._sql.execute(ARTICLES + where, (article_id, version)).fetchone()
        if row is None:
            which = f"{article_id!r}" if version is None else f"{article_id!r} in version {version}"
            raise UnknownArticle(f"There is no article {which}; `footnote articles list` shows what there is.")
        return _article(row)

    def articles(self, *, after: str = "", limit: int = 100) -> list[Article]:
        """Current versions in order of their ids, at most `limit`, beginning behind the id `after`."""
        where = "v.version = a.version AND a.id > ? ORDER BY a.id LIMIT ?"
        return [_article(row) for row in self._sql.execute(ARTICLES + where, (after, limit))]

    def every_article(self) -> Iterator[Article]:
        """Current versions in order of their ids, page by page."""
        last = ""
        while page := self.articles(after=last):
            yield from page
            last = page[-1].id

    def spans_of(self, article_id: str) -> list[tuple[int, int]]:
        """Where the passages of the current version of an article start and end, in order."""
        select = "SELECT first, last FROM passages p JOIN articles a ON a.key = p.article WHERE a.id = ? ORDER BY first"
        return [(row["first"], row["last"]) for row in self._sql.execute(select, (article_id,))]

    def carriers(self, story_id: str) -> list[Article]:
        """Every article that carries a story, the earliest first."""
        where = "a.story_id = ? AND v.version = a.version ORDER BY v.day, a.key"
        return [_article(row) for row in self._sql.execute(ARTICLES + where, (story_id,))]

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All reads inside see one state of the catalog."""
        self._sql.execute("BEGIN")
        try:
            yield
        finally:
            self._sql.execute("COMMIT")

    def find_input(self, source: str, name: str, fingerprint: bytes) -> str | None:
        """The id of the article that came from this very input, so that there is nothing to do; None if none did."""
        row = self._sql.execute(
            "SELECT a.id FROM inputs i JOIN articles a ON a.key = i.article "
            "WHERE i.source = ? AND i.name = ? AND i.fingerprint = ?", (source, name, fingerprint),
        ).fetchone()
        return None if row is None else str(row["id"])

    def faults(self) -> list[str]:
        """What SQLite finds wrong with the file and its references; empty when it is sound."""
        found = [row[0] for row in self._sql.execute("PRAGMA integrity_check") if row[0] != "ok"]
        dangling = self._sql.execute("PRAGMA foreign_key_check").fetchall()
        return found + [f"row {row['rowid']} of {row['table']} refers to nothing" for row in dangling]

    def _meta(self, name: str) -> object:
        row = self._sql.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return None if row is None else row["value"]

    def _lookup(self, select: str, values: Sequence[object], before: tuple[object, ...] = ()) -> Iterator[sqlite3.Row]:
        for first in range(0, len(values), LOOKUP):
            some = values[first : first + LOOKUP]
            yield from self._sql.execute(select.format(",".join("?" * len(some))), (*before, *some))


def _matrix(rows: Iterable[sqlite3.Row]) -> tuple[list[int], Matrix]:
    keys, blobs = [], []
    for key, blob in rows:
        keys.append(key)
        blobs.append(blob)
    with _parsing():
        flat = np.frombuffer(b"".join(blobs), dtype=np.float32)
        return keys, flat.reshape(len(keys), -1) if keys else flat.reshape(0, 0)


@contextmanager
def _parsing() -> Iterator[None]:
    """What cannot be parsed was not written by us: BrokenCatalog."""
    try:
        yield
    except (ValueError, TypeError, struct.error) as error:
        raise BrokenCatalog(
            f"The catalog holds a damaged row ({error}); restore it from a backup or ingest again."
        ) from error


def _stored_passage(row: sqlite3.Row) -> StoredPassage:
    passage = Passage(
        article_id=row["article_id"], version=row["version"], start=row["first"], end=row["last"], text=row["text"]
    )
    return StoredPassage(
        key=row["key"], passage=passage, title=row["title"], publisher=row["publisher"],
        day=date.fromisoformat(row["day"]), dated=bool(row["dated"]), story_id=row["story_id"],
    )


def _article(row: sqlite3.Row) -> Article:
    published = row["published_at"]
    metadata = Metadata(
        title=row["title"], subtitle=row["subtitle"], publisher=row["publisher"], author=row["author"],
        published_at=PublishedAt(iso=published) if published else None, url=row["url"], language=row["language"],
    )
    with _parsing():
        return Article(
            id=row["id"], version=row["version"], source=row["source"], metadata=metadata, text=row["text"],
            sha256=row["sha256"], cuts=tuple(Cut(**cut) for cut in json.loads(row["cuts"])),
            sentences=tuple(Sentence(start=s, end=e, heading=h) for s, e, h in SENTENCE.iter_unpack(row["sentences"])),
            first_seen=date.fromisoformat(row["first_seen"]), story_id=row["story_id"],
        )
