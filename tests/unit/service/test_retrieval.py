"""Two lists of scores become one."""

import pytest

from service.retrieval import DENSE_WEIGHT, UNFOUND, fuse


def test_scores_are_standardised_weighed_and_summed() -> None:
    # Of two scores, the higher stands one deviation above their mean and the lower one below.
    assert fuse([0.9, 0.1], [5.0, 10.0]) == pytest.approx(
        [DENSE_WEIGHT - (1 - DENSE_WEIGHT), -DENSE_WEIGHT + (1 - DENSE_WEIGHT)]
    )


def test_three_scores_are_computed_by_hand() -> None:
    # Mean 2 and variance 2/3 in both: deviations of the outer ones are 1 / (2/3)**0.5 = 1.5**0.5.
    one = 1.5**0.5
    assert fuse([1.0, 2.0, 3.0], [1.0, 2.0, 3.0]) == pytest.approx([-one, 0.0, one])


def test_passage_that_bm25_did_not_return_scores_below_the_lowest_it_did() -> None:
    assert fuse([0.5, 0.5, 0.5], [8.0, 4.0, None]) == fuse([0.5, 0.5, 0.5], [8.0, 4.0, 4.0 * UNFOUND])


def test_without_any_word_in_common_similarity_decides() -> None:
    assert fuse([0.9, 0.1], [None, None]) == pytest.approx([DENSE_WEIGHT, -DENSE_WEIGHT])


def test_scores_that_are_all_the_same_decide_nothing() -> None:
    assert fuse([0.5, 0.5], [3.0, 3.0]) == [0.0, 0.0]
    assert fuse([0.5, 0.5], [3.0, 1.0]) == pytest.approx([1 - DENSE_WEIGHT, -(1 - DENSE_WEIGHT)])
    assert fuse([0.7], [2.0]) == [0.0]


def test_nothing_found_is_nothing_fused() -> None:
    assert fuse([], []) == []
