"""Votes on answers in, the same out until they are too old: one SQLite file of a data folder, beside the catalog.

Not in the catalog: readers may tell of themselves, so what they said has a life of its own. It goes after its days, it
can be purged without a trace, and a command may do that while a service owns the catalog.
"""

import os
import sqlite3
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from service.errors import BrokenFeedback

FEEDBACK = "feedback.sqlite3"
VERSION = 1
SCHEMA = """
CREATE TABLE votes (
  answer_id TEXT PRIMARY KEY, rating TEXT NOT NULL, reason TEXT, question TEXT, voted_at TEXT NOT NULL
) STRICT, WITHOUT ROWID
"""
REMEMBERED = 20_000  # answers that may be rated for the first time

Rating = Literal["up", "down"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """What a reader thought of an answer; `question` where the service keeps questions, and the reader sent it."""

    answer_id: str
    rating: Rating
    reason: str | None
    question: str | None
    voted_at: datetime


class FeedbackStore:
    """The votes of a data folder, of the last `days`. Several processes may use it at once.

    BrokenFeedback: the file is none of ours.
    """

    def __init__(self, folder: Path, *, days: int) -> None:
        self._path = folder / FEEDBACK
        self._days = days

    def record(self, vote: Vote) -> None:
        """Keep a vote, durably, in place of an earlier one on the same answer."""
        values = (vote.answer_id, vote.rating, vote.reason, vote.question, _write(vote.voted_at))
        with self._open() as sql:
            sql.execute("INSERT OR REPLACE INTO votes VALUES (?, ?, ?, ?, ?)", values)

    def has(self, answer_id: str) -> bool:
        """Whether there is a vote on an answer."""
        with self._open() as sql:
            return sql.execute("SELECT 1 FROM votes WHERE answer_id = ?", (answer_id,)).fetchone() is not None

    def votes(self) -> list[Vote]:
        """Those that are not too old, the latest first."""
        if not self._path.exists():
            return []
        select = "SELECT * FROM votes WHERE voted_at >= ? ORDER BY voted_at DESC, answer_id"
        with self._open() as sql:  # all at once: while somebody reads, nobody can vote
            rows = sql.execute(select, (self._oldest(),)).fetchall()
        return [
            Vote(
                answer_id=answer_id, rating=rating, reason=reason, question=question,
                voted_at=datetime.fromisoformat(voted_at),
            )
            for answer_id, rating, reason, question, voted_at in rows
        ]

    def forget_old(self) -> int:
        """Delete the votes that are too old; how many there were."""
        return self._delete("voted_at < ?", self._oldest())

    def purge(self, *, before: datetime | None = None) -> int:
        """Delete the votes before a moment, None: all; how many there were. Nothing of them is left in the file."""
        return self._delete("voted_at < ?", _write(before)) if before else self._delete("TRUE")

    def _delete(self, where: str, *values: str) -> int:
        if not self._path.exists():
            return 0
        with self._open() as sql:
            return sql.execute(f"DELETE FROM votes WHERE {where}", values).rowcount

    def _oldest(self) -> str:
        return _write(datetime.now(UTC) - timedelta(days=self._days))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        if not self._path.exists():
            os.close(os.open(self._path, os.O_WRONLY | os.O_CREAT, 0o600))
        try:
            with closing(sqlite3.connect(self._path, isolation_level=None)) as sql:
                sql.execute("PRAGMA secure_delete = ON")
                _prepare(sql)
                yield sql
        except sqlite3.OperationalError:
            raise  # it is in use, the disk is full: another time it works
        except sqlite3.DatabaseError as error:
            raise BrokenFeedback(f"{self._path} cannot be read ({error}); move it away: a new one is made.") from error


class IssuedAnswers:
    """The ids of the last answers of this process, and nothing else of them: what may be rated for the first time."""

    def __init__(self, *, remembered: int = REMEMBERED) -> None:
        self._ids: OrderedDict[str, None] = OrderedDict()
        self._remembered = remembered

    def add(self, answer_id: str) -> None:
        """Remember an answer, and forget the oldest where there are too many."""
        self._ids[answer_id] = None
        while len(self._ids) > self._remembered:
            self._ids.popitem(last=False)

    def __contains__(self, answer_id: object) -> bool:
        return answer_id in self._ids


def _prepare(sql: sqlite3.Connection) -> None:
    version = int(sql.execute("PRAGMA user_version").fetchone()[0])
    if version > VERSION:
        raise sqlite3.DatabaseError(f"it was written by a newer Footnote, in schema {version}")
    if version == 0:
        sql.execute("BEGIN IMMEDIATE")
        if int(sql.execute("PRAGMA user_version").fetchone()[0]) == 0:
            sql.execute(SCHEMA)
            sql.execute(f"PRAGMA user_version = {VERSION}")
        sql.execute("COMMIT")


def _write(moment: datetime) -> str:
    """A form that sorts as moments do."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")
