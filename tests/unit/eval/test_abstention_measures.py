"""Knowing what one does not know, measured by hand."""

import pytest

from eval.measures.abstention import (
    answerability_auroc,
    aurc,
    false_refusal_rate,
    nauc,
    rejection_rate,
    risk_at,
    risk_coverage,
)
from eval.measures.cost import by_stage, percentiles


def test_refusing_counts_for_one_kind_of_question_and_against_the_other() -> None:
    assert (rejection_rate(True, False), rejection_rate(False, False), rejection_rate(True, True)) == (1, 0, None)
    assert (false_refusal_rate(True, True), false_refusal_rate(False, True)) == (1, 0)
    assert rejection_rate(True, None) is false_refusal_rate(True, None) is false_refusal_rate(True, False) is None


def test_auroc_is_the_share_of_pairs_in_the_right_order() -> None:
    # Pairs (answerable, unanswerable): .9 > .4, .9 > .2, .4 = .4 counts half, .4 > .2: 3.5 of 4.
    assert answerability_auroc([0.9, 0.4, 0.4, 0.2], [True, True, False, False]) == 3.5 / 4
    assert answerability_auroc([0.1, 0.9], [True, False]) == 0
    assert answerability_auroc([0.5, 0.5, 0.5], [True, False, True]) == 1 / 2
    assert answerability_auroc([0.5, 0.6], [True, True]) is answerability_auroc([], []) is None


def test_risk_grows_with_coverage_from_the_surest_down() -> None:
    points = risk_coverage([0.9, 0.8, 0.7, 0.1], [True, False, True, False])
    assert points == [(1 / 4, 0), (2 / 4, 1 / 2), (3 / 4, pytest.approx(1 / 3)), (1, 2 / 4)]
    assert aurc([0.9, 0.8, 0.7, 0.1], [True, False, True, False]) == pytest.approx((0 + 1 / 2 + 1 / 3 + 1 / 2) / 4)
    assert risk_at(0.5, [0.9, 0.8, 0.7, 0.1], [True, False, True, False]) == 1 / 2
    assert risk_at(0.8, [0.9, 0.8, 0.7, 0.1], [True, False, True, False]) == 2 / 4


def test_nauc_is_0_for_chance_and_1_for_the_best_order() -> None:
    assert nauc([0.9, 0.8, 0.7, 0.1], [True, True, False, False]) == 1
    assert nauc([0.5, 0.5, 0.5, 0.5], [True, True, False, False]) == 0
    # The mean risk is 1/3, by chance 1/2, at best (0 + 0 + 1/3 + 1/2) / 4.
    assert nauc([0.9, 0.8, 0.7, 0.1], [True, False, True, False]) == pytest.approx((1 / 2 - 1 / 3) / (1 / 2 - 5 / 24))
    assert nauc([0.1, 0.9], [True, False]) == -1
    assert nauc([0.1, 0.9], [True, True]) is nauc([0.1, 0.9], [False, False]) is nauc([], []) is None


def test_order_of_equally_sure_answers_decides_nothing() -> None:
    assert risk_coverage([0.5, 0.5], [True, False]) == risk_coverage([0.5, 0.5], [False, True])
    assert risk_coverage([0.5, 0.5], [True, False]) == [(1 / 2, 1 / 2), (1, 1 / 2)]


def test_without_questions_there_is_no_risk() -> None:
    assert risk_coverage([], []) == []
    assert aurc([], []) is risk_at(0.8, [], []) is None


def test_percentiles_are_interpolated_and_stages_kept_apart() -> None:
    assert percentiles([10, 20, 30]) == {"p50": 20, "p95": 29, "p99": 29.8}
    assert percentiles([]) == {"p50": None, "p95": None, "p99": None}
    stages = by_stage([{"embed": 1, "total": 4}, {"total": 6}])
    assert (stages["embed"]["p50"], stages["total"]["p50"]) == (1, 5)
