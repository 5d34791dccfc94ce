"""Ranking measures by hand, and the same as ir-measures computes when it reads whole runs by itself."""

import math
import random

import ir_measures
import pytest

from eval.measures.retrieval import CUTOFFS, NAMES, collapse, score_rankings


def _score(ranked: list[str], relevant: set[str]) -> dict[str, float]:
    return score_rankings({"q": relevant}, {"q": ranked})["q"]


def test_measures_of_one_ranking_are_computed_by_hand() -> None:
    scores = _score(["x", "a", "y", "b"], {"a", "b", "c"})
    assert (scores["hit@1"], scores["hit@3"]) == (0, 1)
    assert scores["recall@3"] == pytest.approx(1 / 3)
    assert scores["recall@5"] == pytest.approx(2 / 3)
    assert scores["rr@10"] == 1 / 2
    assert scores["ap@10"] == pytest.approx((1 / 2 + 2 / 4) / 3)
    ideal = 1 + 1 / math.log2(3) + 1 / math.log2(4)
    assert scores["ndcg@10"] == pytest.approx((1 / math.log2(3) + 1 / math.log2(5)) / ideal)


def test_ideal_counts_every_relevant_article_and_not_only_those_that_came_back() -> None:
    assert _score(["a"], {"a", "b"})["ndcg@10"] == pytest.approx(1 / (1 + 1 / math.log2(3)))


def test_passages_of_an_article_count_once_at_the_best_of_their_places() -> None:
    assert collapse(["x", "a", "x", "b", "a"]) == ["x", "a", "b"]
    assert _score(["x", "x", "x", "a"], {"a"})["rr@10"] == 1 / 2


def test_question_for_which_nothing_came_back_scores_0() -> None:
    scores = score_rankings({"q1": {"a"}, "q2": {"b"}, "q3": {"c"}}, {"q1": ["a"], "q2": []})
    assert scores["q1"]["hit@1"] == 1
    assert scores["q2"] == scores["q3"] == dict.fromkeys(NAMES, 0.0)
    assert score_rankings({"q": {"a"}}, {}) == {"q": dict.fromkeys(NAMES, 0.0)}


def test_question_without_relevant_articles_has_no_score() -> None:
    assert score_rankings({"q": set()}, {"q": ["a"]}) == {}


def test_order_of_equal_scores_is_the_order_of_the_ranking_whatever_the_ids() -> None:
    assert _score(["b", "a"], {"b"})["hit@1"] == _score(["y", "z"], {"y"})["hit@1"] == 1


def test_random_runs_score_as_ir_measures_and_trec_eval_do() -> None:
    chosen = random.Random(7)
    articles = [f"d{number}" for number in range(60)]
    relevant = {f"q{number}": set(chosen.sample(articles, chosen.randint(1, 8))) for number in range(80)}
    ranked = {name: chosen.sample(articles, chosen.randint(0, 40)) for name in relevant}
    ours = score_rankings(relevant, ranked)
    qrels = {name: dict.fromkeys(found, 1) for name, found in relevant.items()}
    run = {name: {one: 1000.0 - place for place, one in enumerate(found)} for name, found in ranked.items()}
    names = {
        "hit": "Success@{}", "recall": "R@{}", "rr": "RR@{}", "ndcg": "nDCG@{}", "ap": "AP@{}",
    }
    for name in NAMES:
        kind, k = name.split("@")
        measure = ir_measures.parse_measure(names[kind].format(k))
        mean = ir_measures.calc_aggregate([measure], qrels, run)[measure]
        assert sum(one[name] for one in ours.values()) / len(ours) == pytest.approx(mean)
    assert {int(name.split("@")[1]) for name in NAMES} == {*CUTOFFS}
