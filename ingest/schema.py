"""A data folder in, an open SQLite connection with today's schema out: the catalog's tables and their migrations."""

import sqlite3
import uuid
from pathlib import Path

from ingest.errors import BrokenCatalog, EmptyCatalog

CATALOG = "catalog.sqlite3"

# Keys of passages are AUTOINCREMENT so that none is ever used twice: a projection may still hold a removed one.
FIRST_SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;
CREATE TABLE articles (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source TEXT NOT NULL, version INTEGER NOT NULL,
  story_id TEXT NOT NULL, first_seen TEXT NOT NULL
) STRICT;
CREATE INDEX articles_by_story ON articles (story_id);
CREATE TABLE versions (
  article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE, version INTEGER NOT NULL,
  sha256 TEXT NOT NULL, title TEXT, subtitle TEXT, publisher TEXT, author TEXT, published_at TEXT, url TEXT,
  language TEXT, day TEXT NOT NULL, cuts TEXT NOT NULL, sentences BLOB NOT NULL, text TEXT NOT NULL,
  PRIMARY KEY (article, version)
) STRICT;
CREATE INDEX versions_by_text ON versions (sha256);
CREATE TABLE inputs (
  source TEXT NOT NULL, name TEXT NOT NULL, fingerprint BLOB NOT NULL,
  article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE, PRIMARY KEY (source, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX inputs_by_article ON inputs (article);
CREATE TABLE signatures (
  article INTEGER PRIMARY KEY REFERENCES articles ON DELETE CASCADE, signature BLOB NOT NULL
) STRICT;
CREATE TABLE bands (
  band BLOB NOT NULL, article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE, PRIMARY KEY (band, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX bands_by_article ON bands (article);
CREATE TABLE vectors (
  key INTEGER PRIMARY KEY, text_hash BLOB NOT NULL, encoder TEXT NOT NULL, vector BLOB NOT NULL,
  UNIQUE (text_hash, encoder)
) STRICT;
CREATE TABLE passages (
  key INTEGER PRIMARY KEY AUTOINCREMENT, article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
  version INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, day TEXT NOT NULL, publisher TEXT,
  dated INTEGER NOT NULL, vector INTEGER NOT NULL REFERENCES vectors, sequence INTEGER NOT NULL
) STRICT;
CREATE INDEX passages_by_article ON passages (article);
CREATE INDEX passages_by_sequence ON passages (sequence);
CREATE INDEX passages_by_day ON passages (day, dated);
CREATE INDEX passages_by_publisher ON passages (publisher COLLATE NOCASE, day);
CREATE INDEX passages_by_vector ON passages (vector);
CREATE TABLE removals (passage INTEGER PRIMARY KEY, sequence INTEGER NOT NULL) STRICT;
"""

# Each entry brings the schema from its index to the next number; entries are never edited once released.
MIGRATIONS = (FIRST_SCHEMA,)


def no_articles(folder: Path) -> EmptyCatalog:
    """What to say of a data folder without articles."""
    return EmptyCatalog(f"There are no articles in {folder}; run: footnote ingest PATH --data {folder}")


def require_catalog(folder: Path) -> None:
    """Raise EmptyCatalog, with the remedy, unless the folder holds a catalog of any version."""
    if not (folder / CATALOG).is_file():
        raise no_articles(folder)


def connect(folder: Path, *, write: bool) -> sqlite3.Connection:
    """Open the catalog of a data folder.

    With `write`, the folder and the catalog are made where they are missing, and an older schema is migrated.
    Without, EmptyCatalog is raised where there is none. BrokenCatalog: it is not a catalog that this version reads.
    """
    path = folder / CATALOG
    if not write:
        require_catalog(folder)
    try:
        connection = _open(path, write=write)
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        if write and version < len(MIGRATIONS):
            _migrate(connection, version)
            version = len(MIGRATIONS)
    except sqlite3.DatabaseError as error:
        raise BrokenCatalog(f"{path} cannot be read ({error}); restore it from a backup or ingest again.") from error
    if version == 0:
        raise no_articles(folder)
    if version != len(MIGRATIONS):
        raise BrokenCatalog(
            f"{path} has schema {version} and this Footnote reads {len(MIGRATIONS)}; "
            + ("install the newer Footnote." if version > len(MIGRATIONS) else "run: footnote reindex")
        )
    return connection


def _open(path: Path, *, write: bool) -> sqlite3.Connection:
    if write:
        path.parent.mkdir(parents=True, exist_ok=True)
        return _configure(_connect(path, "rwc"), write=True)
    connection = _connect(path, "ro")
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.OperationalError:
        # WAL needs to write beside the file: on a read-only mount, nobody else can be writing either.
        connection.close()
        connection = _connect(path, "ro&immutable=1")
    return _configure(connection, write=False)


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False, timeout=5.0
    )


def _configure(connection: sqlite3.Connection, *, write: bool) -> sqlite3.Connection:
    if write:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA mmap_size = 1073741824")
    return connection


def _migrate(connection: sqlite3.Connection, version: int) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        for number, script in enumerate(MIGRATIONS[version:], start=version + 1):
            for statement in script.split(";\n"):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")
        connection.execute(
            "INSERT OR IGNORE INTO meta VALUES ('uuid', ?), ('sequence', 0)", (uuid.uuid4().hex,)
        )
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
