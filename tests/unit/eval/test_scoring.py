"""Rows become measures: every question in every denominator it belongs to, failures as the worst."""

import pytest

from eval.errors import ServiceFailure
from eval.questions import GoldEvidence
from eval.replies import Payload, parse_reply
from eval.results import QuestionFailure, QuestionResult
from eval.scoring import LOWER_IS_BETTER, RUNGS, ScoredQuestion, score_rows
from tests.gold import make_failure, make_gold, make_hit, make_payload, make_refusal, make_report, make_result

LONG = "The bridge is 84 metres long."
OTHER = "The bridge is painted green."


def _score(row: QuestionResult | QuestionFailure) -> ScoredQuestion:
    return score_rows([row])[0]


def test_right_and_cited_answer_scores_1_everywhere() -> None:
    scored = _score(make_result(make_gold(), make_payload()))
    assert (scored.right, scored.rung, scored.confidence) == (True, "right", 0.9)
    ones = {"hit@1", "recall@10", "rr@10", "contains", "exact_match", "token_f1", "quote_exact", "citation_precision",
            "citation_recall", "gold_citation_precision", "gold_citation_recall"}
    assert {name: scored.scores[name] for name in ones} == dict.fromkeys(ones, 1.0)
    assert scored.scores["false_refusal_rate"] == scored.scores["invalid_citation_rate"] == 0
    assert "rejection_rate" not in scored.scores
    assert "choice_accuracy" not in scored.scores


def test_refusal_of_an_answerable_question_scores_0_and_does_not_vanish() -> None:
    scored = _score(make_result(make_gold(), make_refusal()))
    assert scored.rung == "wrong_refusal"
    zeros = {"contains", "exact_match", "token_f1", "citation_precision", "citation_recall", "gold_citation_recall"}
    assert {name: scored.scores[name] for name in zeros} == dict.fromkeys(zeros, 0.0)
    assert scored.scores["false_refusal_rate"] == 1
    assert "quote_exact" not in scored.scores  # 0/0


def test_refusal_of_an_unanswerable_question_is_right_and_answering_it_is_not() -> None:
    gold = make_gold(answerable=False)
    refused, answered = _score(make_result(gold, make_refusal())), _score(make_result(gold, make_payload()))
    assert (refused.rung, refused.scores["rejection_rate"]) == ("right", 1)
    assert (answered.rung, answered.scores["rejection_rate"]) == ("answered_unanswerable", 0)
    assert refused.right is answered.right is False
    assert not {"contains", "hit@1", "false_refusal_rate", "gold_citation_recall"} & answered.scores.keys()
    assert answered.scores["citation_precision"] == 1


def test_failure_scores_the_worst_of_all_that_its_gold_makes_apply() -> None:
    evidence = GoldEvidence(doc_id="bridge", start=0, end=29, quote=LONG)
    failed, _ = score_rows(
        (make_failure(make_gold("q1", evidence=[evidence])), make_result(make_gold("q2"), make_payload()))
    )
    assert failed.rung == "error"
    assert {name: value for name, value in failed.scores.items() if value != (name in LOWER_IS_BETTER)} == {}
    assert {"hit@1", "evidence_recall@5", "contains", "quote_exact", "false_refusal_rate"} <= failed.scores.keys()
    unanswerable = _score(make_failure(make_gold(answerable=False)))
    assert unanswerable.scores == {"rejection_rate": 0}
    assert unanswerable.confidence == 1


def test_failures_are_in_the_denominator_and_counted() -> None:
    answered = [make_result(make_gold(f"q{number}"), make_payload()) for number in (2, 3, 4)]
    report = make_report((make_failure(make_gold("q1")), *answered))
    assert (report.n, report.n_error) == (4, 1)
    assert (report.measures["contains"].value, report.measures["contains"].n) == (3 / 4, 4)
    assert report.measures["hit@1"].value == 3 / 4


@pytest.mark.parametrize(
    ("payload", "ranked", "rung"),
    [
        (make_payload(OTHER, article="other", short=None), ["x", "y"], "not_retrieved"),
        (make_refusal(), ["x"], "not_retrieved"),
        (make_payload(OTHER, article="other", short=None), ["x", "bridge"], "not_read"),
        (make_payload(OTHER, short=None), ["bridge"], "wrong_answer"),
        (make_refusal(), ["bridge"], "wrong_refusal"),
        (make_payload(quote="The bridge is 85 metres long."), ["bridge"], "bad_citation"),
    ],
)
def test_failure_ladder_names_the_first_step_that_failed(payload: Payload, ranked: list[str], rung: str) -> None:
    assert rung in RUNGS
    assert _score(make_result(make_gold(), payload, ranked=ranked)).rung == rung


def test_given_articles_are_not_scored_as_retrieved() -> None:
    scored = _score(make_result(make_gold(), make_payload(), ranked=None))
    assert not [name for name in scored.scores if "@" in name]
    assert scored.scores["contains"] == 1


def test_ranking_alone_is_not_scored_as_an_answer() -> None:
    scored = _score(make_result(make_gold(), None, ranked=["x", "bridge"]))
    assert scored.scores["rr@10"] == 1 / 2
    assert not {"contains", "false_refusal_rate", "quote_exact"} & scored.scores.keys()
    assert (scored.confidence, scored.rung) == (None, "right")


def test_evidence_is_found_by_offsets_however_passages_are_cut() -> None:
    evidence = [
        GoldEvidence(doc_id="bridge", start=90, end=110, quote="x" * 20),
        GoldEvidence(doc_id="bridge", start=300, end=310, quote="x" * 10),
    ]
    gold = make_gold(evidence=evidence)
    row = make_result(gold, make_payload(), ranked=["bridge"])  # characters 0 to 100
    assert _score(row).scores["evidence_recall@1"] == 1 / 2


def test_answer_in_context_looks_at_the_first_k_passages() -> None:
    hits = (make_hit(1, "x"), make_hit(2, "bridge", text="It is 84 metres long."))
    row = make_result(make_gold(), make_payload())
    moved = QuestionResult(
        id=row.id, as_of=row.as_of, attempts=1, cold=False, timing_ms={}, answer=row.answer, checks=row.checks,
        ranked=hits, gold=row.gold,
    )
    scores = _score(moved).scores
    assert (scores["answer_in_context@1"], scores["answer_in_context@3"]) == (0, 1)


def test_order_in_which_answers_came_changes_nothing() -> None:
    rows = [
        make_result(make_gold(f"q{number}"), make_payload() if number % 3 else make_refusal()) for number in range(12)
    ]
    assert make_report(rows) == make_report(rows[::-1])


def test_slices_hold_their_questions_and_those_of_all_questions_are_left_out() -> None:
    rows = [
        make_result(make_gold("q1", slices=["quotation", "news"]), make_payload()),
        make_result(make_gold("q2", slices=["news"]), make_refusal()),
        make_result(make_gold("q3", slices=["news"], answerable=False), make_refusal()),
    ]
    report = make_report(rows)
    counts = {name: part.n for name, part in report.slices.items()}
    assert counts == {"answerable": 2, "quotation": 1, "unanswerable": 1}
    assert report.slices["answerable"].measures["contains"].value == 1 / 2
    assert report.slices["unanswerable"].measures["rejection_rate"].value == 1


def test_confidence_measures_are_of_the_whole_set() -> None:
    rows = [
        make_result(make_gold("q1"), make_payload(probability=0.9)),
        make_result(make_gold("q2"), make_payload(OTHER, short=None, probability=0.6)),
        make_result(make_gold("q3", answerable=False), make_refusal(probability=0.7)),
    ]
    report = make_report(rows)
    assert report.measures["answerability_auroc"].value == 1 / 2
    assert list(report.risk_coverage) == [(1 / 3, 0), (2 / 3, 1 / 2), (1, 2 / 3)]
    assert report.measures["aurc"].value == pytest.approx((0 + 1 / 2 + 2 / 3) / 3)


def test_reply_that_breaks_the_contract_is_named() -> None:
    with pytest.raises(ServiceFailure, match="confidence"):
        parse_reply({"id": "ans_1", "status": "answered", "answer": {"text": "x"}, "citations": [], "sources": []})
