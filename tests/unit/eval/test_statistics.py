"""Intervals, their named fall-backs, and paired tests."""

import random
from math import sqrt

import pytest

from eval.statistics import (
    NOTHING,
    Numbers,
    compare_paired,
    correct_holm,
    expect_detectable,
    find_interval,
    find_set_interval,
)


def _names(count: int) -> list[str]:
    return [f"article {number}" for number in range(count)]


def test_interval_of_mixed_values_is_bca_and_holds_the_mean() -> None:
    values = [1.0] * 70 + [0.0] * 30
    found = find_interval(values, _names(100))
    assert found.method == "bca"
    assert found.low is not None
    assert found.high is not None
    assert found.low < 0.7 < found.high
    assert found.high - found.low == pytest.approx(2 * 1.96 * sqrt(0.7 * 0.3 / 100), abs=0.02)


def test_interval_of_equal_0_and_1_values_is_wilsons() -> None:
    found = find_interval([1.0] * 50, _names(50))
    z = 1.959964
    assert found.method == "wilson"
    assert found.low == pytest.approx(50 / (50 + z * z), abs=1e-6)
    assert found.high == pytest.approx(1)
    assert find_interval([0.0] * 50, _names(50)).high == pytest.approx(z * z / (50 + z * z), abs=1e-6)


def test_interval_of_other_equal_values_is_of_percentiles() -> None:
    found = find_interval([0.5] * 20, _names(20))
    assert (found.low, found.high, found.method) == (0.5, 0.5, "percentile")


def test_without_values_or_with_one_that_is_neither_0_nor_1_nothing_is_said() -> None:
    assert find_interval([], []) == find_interval([0.3], ["a"]) == find_interval([0.3, 0.4], ["a", "a"]) == NOTHING
    assert find_interval([1.0], ["a"]).method == "wilson"


def test_questions_about_one_article_count_as_one_draw() -> None:
    """Twenty questions each of ten articles, which are answered all or not at all, tell what ten questions tell."""
    values = [float(article < 6) for article in range(10) for _ in range(20)]
    apart = find_interval(values, _names(200))
    together = find_interval(values, [f"article {number // 20}" for number in range(200)])
    alone = find_interval([float(article < 6) for article in range(10)], _names(10))
    assert (together.low, together.high) == (alone.low, alone.high)
    assert apart.low is not None
    assert together.low is not None
    assert together.low < apart.low - 0.1


def test_same_values_have_the_same_interval_every_time() -> None:
    chosen = random.Random(3)
    values = [chosen.random() for _ in range(40)]
    assert find_interval(values, _names(40)) == find_interval(values, _names(40))


def test_measure_of_a_set_is_resampled_by_article() -> None:
    def spread(chosen: Numbers) -> float:
        return len(set(chosen.tolist())) / 8

    found = find_set_interval(spread, ["a", "a", "b", "b", "c", "c", "d", "d"])
    assert found.method == "percentile"
    assert found.low is not None
    assert found.low * 4 == int(found.low * 4)  # whole articles: of four, one to four
    assert find_set_interval(spread, ["a", "a"]) == NOTHING


def test_runs_that_are_the_same_do_not_differ() -> None:
    found = compare_paired([1.0, 0.0, 1.0], [1.0, 0.0, 1.0], _names(3))
    assert (found.delta, found.p, found.wins, found.losses, found.ties) == (0, 1, 0, 0, 3)
    assert (found.interval.low, found.interval.high) == (0, 0)


def test_loss_everywhere_is_certain_and_p_is_never_0() -> None:
    before, after = [1.0] * 60 + [0.5] * 40, [0.5] * 100
    found = compare_paired(before, after, _names(100))
    assert found.delta == pytest.approx(-0.3)
    assert (found.wins, found.losses, found.ties) == (0, 60, 40)
    assert found.interval.high is not None
    assert found.interval.high < 0
    assert 0 < found.p < 0.001


def test_few_differences_have_the_exact_p_of_their_signs() -> None:
    # Three differences of one sign: 2 of the 2**3 sign patterns are as extreme.
    assert compare_paired([0.0] * 9, [1.0] * 3 + [0.0] * 6, _names(9)).p == pytest.approx(2 / 8)


def test_holm_multiplies_the_smallest_most_and_never_falls() -> None:
    assert correct_holm({"a": 0.01, "b": 0.04, "c": 0.03}) == {"a": 0.03, "b": 0.06, "c": 0.06}
    assert correct_holm({"a": 0.6, "b": 0.7}) == {"a": 1.0, "b": 1.0}
    assert correct_holm({}) == {}


@pytest.mark.parametrize(("questions", "points"), [(100, 6.2), (300, 3.6), (500, 2.8), (1_000, 2.0)])
def test_smallest_difference_that_can_be_told_is_as_published(questions: int, points: float) -> None:
    assert 100 * expect_detectable(questions) == pytest.approx(points, abs=0.05)
