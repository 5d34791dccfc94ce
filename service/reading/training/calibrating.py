"""Questions with known answers and a trained model in, the reader's calibration out.

The features of every sentence that the reader would weigh are fitted to whether it answers, by logistic regression. The
threshold is where a given share of the answerable questions is refused (Kamath, Jia and Liang 2020, "Selective Question
Answering under Domain Shift", ACL, section 3).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt
from pydantic import TypeAdapter
from scipy.optimize import minimize

from ingest.filters import Filters
from service.answering import READ_PASSAGES, Answerer
from service.domain import Question
from service.reading.features import ask_for
from service.reading.reader_card import ReaderCard
from service.reading.span_model import SpanModel
from service.reading.trained_reader import score
from service.reading.training.matching import holds

PENALTY = 1e-3  # on squared weights, for each sentence
REFUSED = 0.06  # of the answerable questions: what the threshold may refuse
# "What was agreed on X?" is asked of a report that says so, not of who would like it. No set asks that often enough to
# fit these two: they were set by hand on the sample articles.
BY_HAND = {"reports_event": 1.0, "hypothetical": -1.0}

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A question of a collection; without answers it has none there.

    It is asked as of a day, by default one after all articles; nothing from `before` on is searched.
    """

    question: str
    answers: tuple[str, ...] = ()
    as_of: date = date.max
    before: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """What the reader would weigh for a trial: sentences × features, and which of them answer."""

    features: tuple[dict[str, float], ...]
    right: tuple[bool, ...]
    answerable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A calibration, and of the questions it was made on: how many, and the shares rightly and wrongly refused."""

    card: ReaderCard
    questions: int
    rejected: float
    falsely_refused: float


_TRIAL = TypeAdapter(Trial)


def read_trials(path: Path) -> list[Trial]:
    """The trials of a JSONL file: `{"question", "answers", "as_of", "before"}`."""
    return [_TRIAL.validate_json(line) for line in path.read_bytes().splitlines() if line.strip()]


def weigh(trials: Sequence[Trial], model: SpanModel, answerer: Answerer) -> Iterator[Weighed]:
    """Ask each trial of the answerer's articles; a question that has an answer which was not retrieved is left out."""
    for trial in trials:
        question = Question(text=trial.question, as_of=trial.as_of, filters=Filters(before=trial.before))
        found = answerer.search(question, limit=READ_PASSAGES, collapse_stories=True)
        asked = ask_for(trial.question, answerer.indexes.lexical.rarity)
        best = max((one.score for one in found.passages), default=0.0)
        scored = list(
            score(trial.question, asked, found.passages, articles=found.articles, model=model, best_score=best)
        )
        right = tuple(any(holds(one.candidate.text, answer) for answer in trial.answers) for one in scored)
        if scored and (any(right) or not trial.answers):
            yield Weighed(
                features=tuple(one.features for one in scored), right=right, answerable=bool(trial.answers)
            )


def fit(weighed: Sequence[Weighed], *, reader_id: str) -> Fit:
    """Calibrate on these questions. ValueError without any that has an answer, or without any that has none."""
    if {one.answerable for one in weighed} != {True, False}:
        raise ValueError("There is no question with an answer, or none without one, to calibrate on.")
    names = tuple(name for name in weighed[0].features[0] if name not in BY_HAND)
    every = [row for one in weighed for row in one.features]
    rows = np.array([[row[name] for name in names] for row in every])
    fixed = np.array([sum(weight * row.get(name, 0.0) for name, weight in BY_HAND.items()) for row in every])
    right = np.array([float(value) for one in weighed for value in one.right])
    weights, bias = _regress(rows, right, fixed=fixed)
    fitted = dict(zip(names, weights.tolist(), strict=True))
    hand = {name: weight for name, weight in BY_HAND.items() if name in weighed[0].features[0]}
    draft = _rescale(ReaderCard(id=reader_id, threshold=0.0, bias=bias, weights=fitted | hand), weighed)
    best = np.array([max(draft.probability(row) for row in one.features) for one in weighed])
    answerable = np.array([one.answerable for one in weighed])
    threshold = round(float(np.quantile(best[answerable], REFUSED)), 6)
    card = ReaderCard(id=draft.id, threshold=threshold, bias=draft.bias, weights=draft.weights)
    refused = best < threshold
    return Fit(
        card=card, questions=len(weighed), rejected=float(refused[~answerable].mean()),
        falsely_refused=float(refused[answerable].mean()),
    )


def _rescale(card: ReaderCard, weighed: Sequence[Weighed]) -> ReaderCard:
    """The same order of sentences, with probabilities that the best one of a question answers it (Platt 1999)."""
    best: list[tuple[float, bool]] = [
        max((card.odds(row), right) for row, right in zip(one.features, one.right, strict=True)) for one in weighed
    ]
    odds = np.array([[value] for value, _ in best])
    slope, shift = _regress(odds, np.array([float(right) for _, right in best]), fixed=np.zeros(len(best)))
    weights = {name: round(weight * float(slope[0]), 4) for name, weight in card.weights.items()}
    return ReaderCard(
        id=card.id, threshold=card.threshold, bias=round(card.bias * float(slope[0]) + shift, 4), weights=weights
    )


def _regress(rows: Numbers, right: Numbers, *, fixed: Numbers) -> tuple[Numbers, float]:
    """Logistic regression with a small quadratic penalty, on top of `fixed` log odds."""

    def loss(parameters: Numbers) -> tuple[float, Numbers]:
        odds = rows @ parameters[:-1] + parameters[-1] + fixed
        wrong = 1 / (1 + np.exp(-odds)) - right
        slope = np.append(rows.T @ wrong / len(rows) + PENALTY * parameters[:-1], wrong.mean())
        cost = np.mean(np.logaddexp(0, odds) - right * odds) + PENALTY / 2 * np.sum(parameters[:-1] ** 2)
        return float(cost), slope

    found = minimize(loss, np.zeros(rows.shape[1] + 1), jac=True, method="L-BFGS-B")
    return found.x[:-1], float(found.x[-1])
