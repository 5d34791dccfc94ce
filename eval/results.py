"""What came back for each gold question in, one flushed line of `results.jsonl` each out, and back again."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, TypeAdapter, ValidationError

from eval.errors import BrokenRun
from eval.questions import GoldQuestion
from eval.replies import Extent, Payload, Reply, parse_reply

RESULTS = "results.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedHit:
    """A passage that the search returned; `text` is None beyond the depth to which contexts are measured."""

    rank: int
    article_id: str
    version: int
    start: int
    end: int
    text: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationCheck:
    """What the article version that a citation names really holds at its span; None where there is no such text."""

    citation_id: str
    text: str | None
    text_sha256: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionResult:
    """What came back for a question.

    `answer` is None where only the ranking was asked for, `ranked` where the articles were given. Times are in
    milliseconds as the harness saw them. `cold`: the first question of a process, which pays for loading.
    """

    id: str
    status: Literal["ok"] = "ok"
    as_of: date
    attempts: int
    cold: bool
    timing_ms: Mapping[str, float]
    answer: Payload | None
    checks: tuple[CitationCheck, ...]
    ranked: tuple[RankedHit, ...] | None
    gold: GoldQuestion

    @property
    def reply(self) -> Reply | None:
        return None if self.answer is None else parse_reply(self.answer)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionFailure:
    """A question that got no answer: counted, and scored as the worst."""

    id: str
    status: Literal["error", "timeout"]
    as_of: date
    attempts: int
    message: str
    gold: GoldQuestion


Row = Annotated[QuestionResult | QuestionFailure, Field(discriminator="status")]
_ROWS: TypeAdapter[QuestionResult | QuestionFailure] = TypeAdapter(Row)


@dataclass(slots=True)
class ResultLog:
    """An append-only file of rows. The last row of a question counts; a half-written last line is cut off."""

    path: Path
    rows: dict[str, QuestionResult | QuestionFailure] = field(default_factory=dict)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The log of a run folder, with the rows that are in it."""
        log = cls(path=folder / RESULTS)
        if log.path.exists():
            log._cut_half_line()
            log.rows.update(read_rows(log.path))
        return log

    def append(self, row: QuestionResult | QuestionFailure) -> None:
        """Write a row; when this returns, it survives the end of this process, however it ends."""
        with self.path.open("ab") as stream:
            stream.write(_ROWS.dump_json(row) + b"\n")
            stream.flush()
            os.fsync(stream.fileno())
        self.rows[row.id] = row

    def _cut_half_line(self) -> None:
        content = self.path.read_bytes()
        whole = content.rfind(b"\n") + 1
        if whole != len(content):
            with self.path.open("r+b") as stream:
                stream.truncate(whole)


def read_rows(path: Path) -> dict[str, QuestionResult | QuestionFailure]:
    """The last row of each question, in order of first appearance; BrokenRun names a line that is none."""
    rows: dict[str, QuestionResult | QuestionFailure] = {}
    try:
        with path.open("rb") as lines:
            for line in lines:
                row = _ROWS.validate_json(line)
                rows[row.id] = row
    except OSError as error:
        raise BrokenRun(f"{path} cannot be read ({error.strerror}); give the folder of a run.") from error
    except ValidationError as error:
        raise BrokenRun(
            f"{path}, line {len(rows) + 1} or later: {error.errors()[0]['msg']}; run the evaluation again."
        ) from error
    return rows


__all__ = ["CitationCheck", "Extent", "QuestionFailure", "QuestionResult", "RankedHit", "ResultLog", "read_rows"]
