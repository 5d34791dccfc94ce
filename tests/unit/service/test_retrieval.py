"""Two lists of scores become one, and the earliest of a story's articles comes first."""

from dataclasses import replace
from datetime import date

import pytest

from ingest.article import Passage
from ingest.catalog import StoredPassage
from service.retrieval import DENSE_WEIGHT, SUPPORT, UNFOUND, count_days_late, fuse, originals_first, support


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


def _store(key: int, article_id: str, *, story: str, day: int) -> StoredPassage:
    passage = Passage(article_id=article_id, version=1, start=0, end=4, text="Rain")
    return StoredPassage(
        key=key, passage=passage, title=None, publisher=None, day=date(2026, 1, day), dated=True, story_id=story
    )


def test_earliest_article_takes_the_best_place_of_its_story() -> None:
    copy, other = _store(1, "copy", story="rain", day=17), _store(2, "other", story="snow", day=1)
    original, last = _store(3, "original", story="rain", day=16), _store(4, "copy", story="rain", day=17)
    assert originals_first([copy, other, original, last]) == [original, other, copy, last]


def test_of_one_day_the_article_that_went_in_first_is_the_original() -> None:
    later, sooner = _store(9, "later", story="rain", day=16), _store(5, "sooner", story="rain", day=16)
    assert originals_first([later, sooner]) == [sooner, later]


def test_passages_of_one_article_keep_their_order() -> None:
    best, second = _store(8, "only", story="rain", day=16), _store(7, "only", story="rain", day=16)
    assert originals_first([best, second]) == [best, second]


def test_article_that_matches_twice_is_raised_by_its_second_passage() -> None:
    raised = support({1: 0.8, 2: 0.8, 3: 0.5}, {1: "once", 2: "twice", 3: "twice"})
    assert raised == {1: 0.8 + SUPPORT * 0.5, 2: 0.8 + SUPPORT * 0.5, 3: 0.5 + SUPPORT * 0.5}
    assert support({1: 2.0, 2: 2.0, 3: 1.0, 4: -1.0}, {1: "once", 2: "twice", 3: "twice", 4: "other"}) == {
        1: 2.0 - SUPPORT, 2: 2.0 + SUPPORT, 3: 1.0 + SUPPORT, 4: -1.0 - SUPPORT,
    }
    assert support({}, {}) == {}


def test_late_is_what_is_known_to_be_of_before_the_time_that_is_asked_about() -> None:
    stored = {day: _store(day, f"of {day} January", story=str(day), day=day) for day in (3, 4, 5, 6)}
    stored[2] = replace(_store(2, "of no day", story="2", day=2), dated=False)
    late = count_days_late("", dict.fromkeys(stored, 1.0), stored, since=date(2026, 1, 5))
    assert late == {2: 0, 3: 2, 4: 1, 5: 0, 6: 0}


@pytest.mark.parametrize(
    ("question", "late"),
    [
        ("Will Fennwick cut jobs?", {3: 2, 4: 1, 5: 1, 6: 0}),  # the 6th matches best
        ("Will the jobs at Tarn be cut?", {3: 2, 4: 1, 5: 0, 6: 0}),
        ("Will Fennwick leave Tarn?", {3: 2, 4: 1, 5: 1, 6: 0}),
        ("Will fennwick cut jobs?", {3: 2, 4: 1, 5: 0, 6: 0}),
        ("Fennwick: will jobs be cut? Pellworth?", {3: 2, 4: 1, 5: 0, 6: 0}),
    ],
)
def test_what_only_late_passages_name_is_asked_of_them(question: str, late: dict[int, int]) -> None:
    stored = {day: _store(day, str(day), story=str(day), day=day) for day in (3, 4, 5, 6)}
    for day, title in ((3, "Fennwick sheds staff"), (4, "More of FENNWICK"), (5, "Tarn cuts jobs")):
        stored[day] = replace(stored[day], title=title)
    scores = {3: 0.5, 4: 2.0, 5: 1.0, 6: 3.0}
    assert count_days_late(question, scores, stored, since=date(2026, 1, 5)) == late
