"""Drafts in, durable articles out: everything that writes to the catalog."""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Literal

import numpy as np

from ingest.article import Draft
from ingest.catalog import SENTENCE, Catalog
from ingest.errors import DuplicateArticle, Locked, UnknownArticle
from ingest.stories import SAME_STORY, Signature, bands, resemblance, sign

Change = Literal["added", "changed", "unchanged"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPassage:
    """A span to be stored with the text that was encoded for it."""

    start: int
    end: int
    text_hash: bytes


class Recorder(Catalog):
    """The catalog of a data folder, made where it is missing, open for the process that holds its lock."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, write=True)

    def input_of(self, article_id: str) -> tuple[str, str] | None:
        """Source and name of the input that an article came from; None where there is no such article."""
        row = self._sql.execute(
            "SELECT i.source, i.name FROM inputs i JOIN articles a ON a.key = i.article WHERE a.id = ?", (article_id,)
        ).fetchone()
        return None if row is None else (row["source"], row["name"])

    def missing_vectors(self, hashes: Iterable[bytes], encoder_id: str) -> set[bytes]:
        """Those of `hashes` for which the encoder has no vector stored."""
        wanted = set(hashes)
        select = "SELECT text_hash FROM vectors WHERE encoder = ? AND text_hash IN ({})"
        return wanted - {row["text_hash"] for row in self._lookup(select, list(wanted), (encoder_id,))}

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All writes inside are kept together, durably, or not at all."""
        self._sql.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._sql.execute("ROLLBACK")
            raise
        self._sql.execute("COMMIT")

    def use_encoder(self, encoder_id: str) -> None:
        """Record whose vectors are in use."""
        self._sql.execute("INSERT OR REPLACE INTO meta VALUES ('encoder', ?)", (encoder_id,))

    def put_vectors(self, vectors: Iterable[tuple[bytes, bytes]], encoder_id: str) -> None:
        """Keep (text hash, float32 bytes) pairs; a pair that is there already stays."""
        self._sql.executemany(
            "INSERT OR IGNORE INTO vectors (text_hash, encoder, vector) VALUES (?, ?, ?)",
            ((text_hash, encoder_id, vector) for text_hash, vector in vectors),
        )

    def put(self, draft: Draft, passages: Sequence[NewPassage], *, seen: date) -> Change:
        """Store an article whose vectors are stored, inside a transaction.

        A new text is a new version; the same text with other metadata keeps its version. DuplicateArticle: the id
        belongs to another source.
        """
        row = self._sql.execute("SELECT key, source, version FROM articles WHERE id = ?", (draft.id,)).fetchone()
        key, change = self._add(draft, seen) if row is None else self._update(draft, row)
        self._sql.execute("DELETE FROM inputs WHERE article = ?", (key,))
        self._sql.execute(
            "INSERT OR REPLACE INTO inputs VALUES (?, ?, ?, ?)", (draft.source, draft.name, draft.fingerprint, key)
        )
        if change != "unchanged":
            self.replace_passages(draft.id, passages)
        return change

    def replace_passages(self, article_id: str, passages: Sequence[NewPassage]) -> None:
        """Give the current version of an article new passages, whose vectors are stored, inside a transaction."""
        sequence = self._advance()
        row = self._sql.execute(
            "SELECT a.key, a.version, v.day, v.published_at IS NOT NULL AS dated, v.publisher FROM articles a "
            "JOIN versions v ON v.article = a.key AND v.version = a.version WHERE a.id = ?", (article_id,),
        ).fetchone()
        unused = self._remove_passages(row["key"], sequence)
        common = (row["key"], row["version"], row["day"], row["dated"], row["publisher"], sequence)
        done = self._sql.executemany(
            "INSERT INTO passages (article, version, day, dated, publisher, sequence, first, last, vector) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, (SELECT key FROM vectors WHERE text_hash = ? AND encoder = ?))",
            [(*common, new.start, new.end, new.text_hash, self.encoder_id) for new in passages],
        )
        assert done.rowcount in (len(passages), -1)
        self._drop_vectors(unused)

    def delete(self, article_id: str) -> None:
        """Remove an article, all its versions and their vectors, inside a transaction; UnknownArticle if not there."""
        row = self._sql.execute("SELECT key FROM articles WHERE id = ?", (article_id,)).fetchone()
        if row is None:
            raise UnknownArticle(f"There is no article {article_id!r}; `footnote articles list` shows what there is.")
        unused = self._remove_passages(row["key"], self._advance())
        self._sql.execute("DELETE FROM articles WHERE key = ?", (row["key"],))
        self._drop_vectors(unused)

    def forget_removals(self, sequence: int) -> None:
        """Forget removals that every projection has seen."""
        self._sql.execute("DELETE FROM removals WHERE sequence <= ?", (sequence,))

    def compact(self) -> None:
        """Rewrite the file, so that nothing of a deleted article is left in it or in its log.

        Locked: another process reads what was deleted, which stays in the log for it.
        """
        self._sql.execute("DELETE FROM vectors WHERE NOT EXISTS (SELECT 1 FROM passages WHERE vector = vectors.key)")
        self._sql.execute("VACUUM")
        (busy, *_) = self._sql.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise Locked(
                f"Another process is reading {self.folder}, so what was deleted is still in its log; "
                f"end it and run again: footnote reindex --data {self.folder}"
            )

    def _advance(self) -> int:
        one = "UPDATE meta SET value = value + 1 WHERE name = 'sequence' RETURNING value"
        return int(self._sql.execute(one).fetchall()[0][0])

    def _add(self, draft: Draft, seen: date) -> tuple[int, Change]:
        signature = sign(draft.text)
        done = self._sql.execute(
            "INSERT INTO articles (id, source, version, story_id, first_seen) VALUES (?, ?, 1, ?, ?)",
            (draft.id, draft.source, self._find_story(draft, signature), seen.isoformat()),
        )
        key = int(done.lastrowid or 0)
        self._put_version(key, 1, draft, seen=seen.isoformat())
        self._put_signature(key, signature)
        return key, "added"

    def _find_story(self, draft: Draft, signature: Signature | None) -> str:
        """The story of the article that the draft copies, whole or trimmed; a new one where there is none."""
        same = self._sql.execute(
            "SELECT a.story_id FROM articles a JOIN versions v ON v.article = a.key WHERE v.sha256 = ? LIMIT 1",
            (draft.sha256,),
        ).fetchone()
        if same:
            return str(same["story_id"])
        keys = [] if signature is None else bands(signature)
        select = (
            "SELECT DISTINCT a.story_id, s.signature FROM bands b JOIN articles a ON a.key = b.article "
            "JOIN signatures s ON s.article = b.article WHERE b.band IN ({})"
        )
        likeness = [
            (resemblance(signature, np.frombuffer(row["signature"], dtype=np.uint32)), str(row["story_id"]))
            for row in self._lookup(select, keys)
            if signature is not None
        ]
        best, story = max(likeness, default=(0.0, ""))
        return story if best >= SAME_STORY else "st_" + hashlib.sha256(draft.id.encode()).hexdigest()[:12]

    def _put_signature(self, key: int, signature: Signature | None) -> None:
        self._sql.execute("DELETE FROM bands WHERE article = ?", (key,))
        if signature is not None:
            self._sql.execute("INSERT OR REPLACE INTO signatures VALUES (?, ?)", (key, signature.tobytes()))
            self._sql.executemany("INSERT INTO bands VALUES (?, ?)", [(band, key) for band in bands(signature)])

    def _update(self, draft: Draft, row: sqlite3.Row) -> tuple[int, Change]:
        key, source, version = row["key"], row["source"], row["version"]
        if source != draft.source:
            raise DuplicateArticle(
                f"the id {draft.id!r} already belongs to an article from {source}; "
                f"give the one from {draft.source} an id of its own"
            )
        now = self.article(draft.id)
        if now.sha256 == draft.sha256 and now.metadata == draft.metadata:
            return key, "unchanged"
        new = version if now.sha256 == draft.sha256 else version + 1
        self._put_version(key, new, draft, seen=now.first_seen.isoformat())
        self._sql.execute("UPDATE articles SET version = ? WHERE key = ?", (new, key))
        self._put_signature(key, sign(draft.text))
        return key, "changed"

    def _put_version(self, key: int, version: int, draft: Draft, *, seen: str) -> None:
        about = draft.metadata
        published = about.published_at
        self._sql.execute(
            "INSERT OR REPLACE INTO versions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                key, version, draft.sha256, about.title, about.subtitle, about.publisher, about.author,
                published.iso if published else None, about.url, about.language,
                published.day.isoformat() if published else seen, json.dumps([asdict(cut) for cut in draft.cuts]),
                b"".join(SENTENCE.pack(s.start, s.end, s.heading) for s in draft.sentences), draft.text,
            ),
        )

    def _remove_passages(self, key: int, sequence: int) -> list[int]:
        """Remove the passages of an article and return the keys of the vectors that they used."""
        rows = self._sql.execute("SELECT vector FROM passages WHERE article = ?", (key,)).fetchall()
        self._sql.execute("INSERT INTO removals SELECT key, ? FROM passages WHERE article = ?", (sequence, key))
        self._sql.execute("DELETE FROM passages WHERE article = ?", (key,))
        return [row["vector"] for row in rows]

    def _drop_vectors(self, keys: Sequence[int]) -> None:
        """Forget those vectors that no passage uses any more."""
        self._sql.executemany(
            "DELETE FROM vectors WHERE key = ? AND NOT EXISTS (SELECT 1 FROM passages WHERE vector = vectors.key)",
            [(key,) for key in keys],
        )
