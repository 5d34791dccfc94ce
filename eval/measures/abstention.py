"""Which questions were answered, how sure and how rightly in, how well the service knows what it does not know out."""

import math
from collections.abc import Sequence

import numpy as np


def rejection_rate(refused: bool, answerable: bool | None) -> float | None:
    """1 where an unanswerable question is refused; None for any other question."""
    return float(refused) if answerable is False else None


def false_refusal_rate(refused: bool, answerable: bool | None) -> float | None:
    """1 where an answerable question is refused; None for any other question."""
    return float(refused) if answerable is True else None


def answerability_auroc(confidences: Sequence[float], answerable: Sequence[bool]) -> float | None:
    """How often an answerable question gets more confidence than an unanswerable one; equal ones count half.

    None where there are not both kinds.
    """
    labels = np.asarray(answerable, dtype=np.float64)
    positives = float(labels.sum())
    negatives = len(labels) - positives
    if not positives or not negatives:
        return None
    _, groups = np.unique(np.asarray(confidences), return_inverse=True)
    higher = np.bincount(groups, weights=labels)
    lower = np.bincount(groups) - higher
    below = np.cumsum(lower) - lower
    return float((higher * (below + lower / 2)).sum() / (positives * negatives))


def risk_coverage(confidences: Sequence[float], right: Sequence[bool]) -> list[tuple[float, float]]:
    """(coverage, risk) with the surest 1, 2, … n questions answered: risk is the share of them that are not right.

    Questions of equal confidence share their errors evenly, so that their order decides nothing.
    """
    risks = _find_risks(confidences, right)
    return [((place + 1) / len(risks), float(risk)) for place, risk in enumerate(risks)]


def aurc(confidences: Sequence[float], right: Sequence[bool]) -> float | None:
    """The mean risk over all coverages, lower is better; None without questions."""
    risks = _find_risks(confidences, right)
    return float(risks.mean()) if len(risks) else None


def nauc(confidences: Sequence[float], right: Sequence[bool]) -> float | None:
    """The share of the way from chance (0) to the best order there is (1) by which the confidences lower `aurc`.

    Below 0 the wrong ones are the surer ones. None where all are right or all wrong, since any order is as good.
    """
    found, best = aurc(confidences, right), aurc([float(one) for one in right], right)
    if found is None or best is None or len(set(right)) < 2:
        return None
    chance = 1 - sum(right) / len(right)
    return (chance - found) / (chance - best)


def risk_at(coverage: float, confidences: Sequence[float], right: Sequence[bool]) -> float | None:
    """The risk at the first point that covers at least this share of the questions; None without questions."""
    risks = _find_risks(confidences, right)
    return float(risks[math.ceil(coverage * len(risks) - 1e-9) - 1]) if len(risks) else None


def _find_risks(confidences: Sequence[float], right: Sequence[bool]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """The risk with the surest 1, 2, … n questions answered."""
    _, groups = np.unique(-np.asarray(confidences, dtype=np.float64), return_inverse=True)
    if not len(groups):
        return np.zeros(0)
    wrong = 1.0 - np.asarray(right, dtype=np.float64)
    shares = np.bincount(groups, weights=wrong) / np.bincount(groups)
    return np.asarray(np.cumsum(shares[np.sort(groups)]) / np.arange(1, len(groups) + 1), dtype=np.float64)
