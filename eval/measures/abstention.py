"""Which questions were answered, how sure and how rightly in, how well the service knows what it does not know out."""

from collections.abc import Sequence
from itertools import groupby


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
    positives = sum(answerable)
    negatives = len(answerable) - positives
    if not positives or not negatives:
        return None
    below, pairs = 0, 0.0
    order = sorted(zip(confidences, answerable, strict=True))
    for _, group in groupby(order, key=lambda pair: pair[0]):
        labels = [label for _, label in group]
        higher = sum(labels)
        lower = len(labels) - higher
        pairs += higher * (below + lower / 2)
        below += lower
    return pairs / (positives * negatives)


def risk_coverage(confidences: Sequence[float], right: Sequence[bool]) -> list[tuple[float, float]]:
    """(coverage, risk) with the surest 1, 2, … n questions answered: risk is the share of them that are not right.

    Questions of equal confidence share their errors evenly, so that their order decides nothing.
    """
    points: list[tuple[float, float]] = []
    errors, total = 0.0, len(confidences)
    order = sorted(zip(confidences, right, strict=True), key=lambda pair: -pair[0])
    for _, group in groupby(order, key=lambda pair: pair[0]):
        wrong = [not is_right for _, is_right in group]
        for _ in wrong:
            errors += sum(wrong) / len(wrong)
            points.append(((len(points) + 1) / total, errors / (len(points) + 1)))
    return points


def aurc(confidences: Sequence[float], right: Sequence[bool]) -> float | None:
    """The mean risk over all coverages, lower is better; None without questions."""
    points = risk_coverage(confidences, right)
    return sum(risk for _, risk in points) / len(points) if points else None


def risk_at(coverage: float, confidences: Sequence[float], right: Sequence[bool]) -> float | None:
    """The risk at the first point that covers at least this share of the questions; None without questions."""
    points = risk_coverage(confidences, right)
    return next((risk for covered, risk in points if covered >= coverage - 1e-9), None)
