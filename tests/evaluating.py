"""A run without a process of its own: questions and a Target in, a RunReport out, with what tests need to break it."""

import json
from collections.abc import Iterator, Set
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from pydantic import JsonValue

from eval.evaluating import Plan, evaluate
from eval.replies import Payload
from eval.report import RunReport
from eval.results import RankedHit
from eval.runner import RunOptions
from eval.targets import ArticleText, Asked, Target, TargetFacts

LATE = date(9999, 1, 1)


class Altered:
    """Passes everything on to another Target; what breaks it overrides one method."""

    def __init__(self, target: Target) -> None:
        self.target = target

    def describe(self) -> TargetFacts:
        return self.target.describe()

    def ask(self, asked: Asked) -> Payload:
        return self.target.ask(asked)

    def search(self, asked: Asked) -> tuple[RankedHit, ...]:
        return self.target.search(asked)

    def read(self, article_id: str, version: int) -> ArticleText | None:
        return self.target.read(article_id, version)

    def missing(self, article_ids: Set[str]) -> list[str]:
        return self.target.missing(article_ids)


class ShiftedSpans(Altered):
    """Cites one character too far."""

    def ask(self, asked: Asked) -> Payload:
        payload = self.target.ask(asked)
        citations = payload["citations"]
        assert isinstance(citations, list)
        return {**payload, "citations": [_shift(one) for one in citations]}


class IgnoredDates(Altered):
    """Answers from what was published later than asked for."""

    def ask(self, asked: Asked) -> Payload:
        return self.target.ask(replace(asked, as_of=LATE))


class Failing(Altered):
    """Breaks on one question."""

    def __init__(self, target: Target, text: str) -> None:
        super().__init__(target)
        self._text = text

    def ask(self, asked: Asked) -> Payload:
        if asked.text == self._text:
            raise RuntimeError("it broke")
        return self.target.ask(asked)


def run_target(target: Target, questions: Path, out: Path, *, options: RunOptions | None = None) -> RunReport:
    """Evaluate a target that is open already."""

    @contextmanager
    def open_target() -> Iterator[Target]:
        yield target

    options = options or RunOptions(as_of=date(2026, 3, 1))
    return evaluate(Plan(questions=questions, out=out), open_target, options=options, observe=lambda progress: None)


def read_metrics(folder: Path) -> dict[str, object]:
    """metrics.json without what was timed."""
    metrics = json.loads((folder / "metrics.json").read_text(encoding="utf-8"))
    assert isinstance(metrics, dict)
    return {name: value for name, value in metrics.items() if name != "latency_ms"}


def read_answers(folder: Path) -> list[object]:
    """The lines of results.jsonl in order of the ids, without timings, ids and time stamps."""
    rows = [json.loads(line) for line in (folder / "results.jsonl").read_text(encoding="utf-8").splitlines()]
    for row in rows:
        for name in ("timing_ms", "cold", "attempts"):
            del row[name]
        for name in ("id", "created_at", "timing_ms"):
            del row["answer"][name]
    return sorted(rows, key=lambda row: str(row["id"]))


def _shift(citation: JsonValue) -> JsonValue:
    assert isinstance(citation, dict)
    span = citation["source_span"]
    assert isinstance(span, dict)
    start, end = span["start"], span["end"]
    assert isinstance(start, int)
    assert isinstance(end, int)
    return {**citation, "source_span": {"start": start + 1, "end": end + 1}}
