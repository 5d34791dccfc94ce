"""Rows and a manifest in, a RunReport out: all that metrics.json, CSV, JUnit, terminal and HTML page show."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from eval.manifest import Manifest
from eval.measures import abstention, cost
from eval.results import QuestionFailure, QuestionResult
from eval.scoring import RUNGS, Rung, ScoredQuestion, score_rows
from eval.statistics import NOTHING, Interval, Method, Numbers, find_interval, find_set_interval

COVERAGE = 0.8
ORDER = (
    *(f"{name}@{k}" for name in ("hit", "recall") for k in (1, 3, 5, 10, 20)), "rr@10", "ndcg@10", "ap@10",
    *(f"{name}@{k}" for name in ("evidence_recall", "answer_in_context") for k in (1, 3, 5, 10, 20)),
    "contains", "contains_first", "exact_match", "token_f1", "answer_recall", "choice_accuracy", "nugget_recall",
    "vital_nugget_recall", "answer_words", "quote_exact", "citation_precision", "citation_recall",
    "gold_citation_precision", "gold_citation_recall", "invalid_citation_rate", "uncited_sentence_rate",
    "rejection_rate", "false_refusal_rate", "answerability_auroc", "aurc", "nauc",
    "risk@80",
)
SET_MEASURES = ("answerability_auroc", "aurc", "nauc", "risk@80")


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A measure over `n` questions; `value` is None where it applies to none. `method` names how low and high came."""

    value: float | None
    n: int
    low: float | None
    high: float | None
    method: Method


@dataclass(frozen=True, slots=True, kw_only=True)
class SliceReport:
    """The measures of some of the questions."""

    n: int
    n_error: int
    measures: Mapping[str, Summary]


@dataclass(frozen=True, slots=True, kw_only=True)
class Latency:
    """Milliseconds. `answer` is what the service took for an answer, `stages` its parts and the harness's own clock.

    The first questions of processes are left out of both and stand in `cold`.
    """

    answer: Mapping[str, float | None]
    stages: Mapping[str, Mapping[str, float | None]]
    cold: tuple[Mapping[str, float], ...]
    answers: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """A run: fingerprints, summaries with intervals, results, failures. Questions are in order of their ids."""

    manifest: Manifest
    n: int
    n_error: int
    measures: Mapping[str, Summary]
    slices: Mapping[str, SliceReport]
    ladder: Mapping[Rung, int]
    risk_coverage: tuple[tuple[float, float], ...]
    latency: Latency
    questions: tuple[ScoredQuestion, ...]


def build_report(rows: Iterable[QuestionResult | QuestionFailure], manifest: Manifest) -> RunReport:
    """Score a complete run."""
    questions = score_rows(rows)
    whole = summarise(questions)
    surest = [one for one in questions if _is_judged(one)]
    return RunReport(
        manifest=manifest, n=whole.n, n_error=whole.n_error, measures=whole.measures,
        slices={name: summarise(part) for name, part in _slice(questions).items()},
        ladder={rung: sum(one.rung == rung for one in questions) for rung in RUNGS},
        risk_coverage=tuple(abstention.risk_coverage([one.confidence or 0.0 for one in surest], _right(surest))),
        latency=_measure_latency(questions), questions=questions,
    )


def summarise(questions: Sequence[ScoredQuestion]) -> SliceReport:
    """Every measure of the questions that applies to any of them, in the order of ORDER."""
    measures: dict[str, Summary] = {}
    for name in ORDER:
        summary = _summarise_set(name, questions) if name in SET_MEASURES else _summarise_mean(name, questions)
        if summary.n:
            measures[name] = summary
    failed = sum(isinstance(one.row, QuestionFailure) for one in questions)
    return SliceReport(n=len(questions), n_error=failed, measures=measures)


def _summarise_mean(name: str, questions: Sequence[ScoredQuestion]) -> Summary:
    scored = [one for one in questions if name in one.scores]
    values = [one.scores[name] for one in scored]
    value = sum(values) / len(values) if values else None
    return _summary(value, len(values), find_interval(values, [one.cluster for one in scored]))


def _summarise_set(name: str, questions: Sequence[ScoredQuestion]) -> Summary:
    """A measure of confidences over all questions that it can use."""
    used = [one for one in questions if _is_usable(name, one)]
    confidences = np.array([one.confidence or 0.0 for one in used])
    answerable = [one.gold.answerable is True for one in used]
    labels = np.array(answerable if name == "answerability_auroc" else _right(used), dtype=bool)

    def measure(chosen: Numbers) -> float | None:
        return _measure_set(name, confidences[chosen].tolist(), labels[chosen].tolist())

    value = measure(np.arange(len(used)))
    if value is None:
        return _summary(None, 0, NOTHING)
    return _summary(value, len(used), find_set_interval(measure, [one.cluster for one in used]))


def _measure_set(name: str, confidences: Sequence[float], labels: Sequence[bool]) -> float | None:
    if name == "answerability_auroc":
        return abstention.answerability_auroc(confidences, labels)
    if name == "aurc":
        return abstention.aurc(confidences, labels)
    if name == "nauc":
        return abstention.nauc(confidences, labels)
    return abstention.risk_at(COVERAGE, confidences, labels)


def _is_usable(name: str, question: ScoredQuestion) -> bool:
    if name == "answerability_auroc":
        return question.confidence is not None and question.gold.answerable is not None
    return _is_judged(question)


def _is_judged(question: ScoredQuestion) -> bool:
    return question.confidence is not None and question.right is not None


def _right(questions: Sequence[ScoredQuestion]) -> list[bool]:
    return [one.right is True for one in questions]


def _summary(value: float | None, n: int, interval: Interval) -> Summary:
    return Summary(value=value, n=n, low=interval.low, high=interval.high, method=interval.method)


def _slice(questions: Sequence[ScoredQuestion]) -> dict[str, list[ScoredQuestion]]:
    """The questions of each slice that is not all of them."""
    parts: dict[str, list[ScoredQuestion]] = {}
    for one in questions:
        for name in one.slices:
            parts.setdefault(name, []).append(one)
    return {name: parts[name] for name in sorted(parts) if len(parts[name]) < len(questions)}


def _measure_latency(questions: Sequence[ScoredQuestion]) -> Latency:
    warm: list[dict[str, float]] = []
    cold: list[Mapping[str, float]] = []
    for one in questions:
        if isinstance(one.row, QuestionResult):
            reply = one.row.reply
            told = reply.timing_ms if reply else {}
            own = {f"harness_{name}": value for name, value in one.row.timing_ms.items()}
            (cold if one.row.cold else warm).append({**told, **own})
    stages = cost.by_stage(warm)
    total = "total" if "total" in stages else "harness_search"
    return Latency(
        answer=stages.get(total, cost.percentiles(())), stages=stages, cold=tuple(cold),
        answers=tuple(timing[total] for timing in warm if total in timing),
    )
