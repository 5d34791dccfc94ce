"""One verdict from a run, rules and a baseline; and two runs against each other."""

from dataclasses import replace

import pytest

from eval.baseline import make_baseline
from eval.comparison import compare
from eval.errors import RunMismatch
from eval.gate import GateRule, Rule, Verdict, is_improvement, judge
from eval.report import RunReport
from tests.gold import make_failure, make_gold, make_payload, make_refusal, make_report, make_result

COUNT = 40


def _run(right: int, *, failed: int = 0, asked: str = "q") -> RunReport:
    """A run of COUNT questions about as many articles, the first `right` of which were answered rightly."""
    golds = [make_gold(f"q{number:02}", articles=[f"a{number}"]) for number in range(COUNT)]
    rows = [
        make_failure(gold) if number >= COUNT - failed
        else make_result(gold, make_payload() if number < right else make_refusal())
        for number, gold in enumerate(golds)
    ]
    return make_report(rows, asked=asked)


def _rule(measure: str, *, minimum: float | None = None, maximum: float | None = None, drop: float | None = None) -> (
    GateRule
):
    return GateRule(key=measure, measure=measure, slice=None, rule=Rule(min=minimum, max=maximum, max_drop=drop))


def _judge_drop(now: int, then: int, *, drop: float, measure: str = "contains") -> Verdict:
    rules = [_rule(measure, drop=drop)]
    return judge(_run(now), rules, make_baseline(_run(then), [measure])).verdict


def test_value_at_the_minimum_passes_and_one_below_fails() -> None:
    assert judge(_run(30), [_rule("contains", minimum=30 / 40)], None).verdict is Verdict.PASS
    assert judge(_run(29), [_rule("contains", minimum=30 / 40)], None).verdict is Verdict.FAIL
    assert judge(_run(29), [_rule("false_refusal_rate", maximum=10 / 40)], None).verdict is Verdict.FAIL


def test_measure_that_applies_to_no_question_fails() -> None:
    assert judge(_run(40), [_rule("choice_accuracy", minimum=0.0)], None).verdict is Verdict.FAIL


def test_identical_run_passes_even_where_nothing_may_be_lost() -> None:
    assert _judge_drop(30, 30, drop=0.0) is Verdict.PASS


def test_large_and_certain_loss_fails() -> None:
    assert _judge_drop(20, 38, drop=0.02) is Verdict.FAIL


def test_loss_that_may_be_noise_is_inconclusive() -> None:
    assert _judge_drop(37, 38, drop=0.02) is Verdict.INCONCLUSIVE


def test_gain_passes() -> None:
    assert _judge_drop(38, 20, drop=0.0) is Verdict.PASS


def test_rate_that_rises_where_lower_is_better_is_a_loss() -> None:
    assert _judge_drop(20, 38, drop=0.02, measure="false_refusal_rate") is Verdict.FAIL
    assert _judge_drop(38, 20, drop=0.02, measure="false_refusal_rate") is Verdict.PASS


def test_run_with_errors_is_inconclusive_unless_they_are_allowed() -> None:
    rules = [_rule("contains", minimum=0.5)]
    assert judge(_run(38, failed=1), rules, None).verdict is Verdict.INCONCLUSIVE
    assert judge(_run(38, failed=1), [*rules, _rule("errors", maximum=0.05)], None).verdict is Verdict.PASS


def test_fail_goes_before_inconclusive() -> None:
    assert judge(_run(10, failed=1), [_rule("contains", minimum=0.5)], None).verdict is Verdict.FAIL


def test_slice_is_gated_by_itself() -> None:
    rows = [
        make_result(make_gold("q1", slices=["dates"]), make_refusal()), make_result(make_gold("q2"), make_payload())
    ]
    rule = replace(_rule("contains", minimum=0.5), key="contains[dates]", slice="dates")
    assert judge(make_report(rows), [_rule("contains", minimum=0.5)], None).verdict is Verdict.PASS
    assert judge(make_report(rows), [rule], None).verdict is Verdict.FAIL


def test_exit_codes_are_the_verdicts() -> None:
    assert {verdict.name: verdict.value for verdict in Verdict} == {"PASS": 0, "FAIL": 1, "INCONCLUSIVE": 2}


def test_baseline_of_other_questions_is_refused() -> None:
    baseline = make_baseline(_run(30, asked="others"), ["contains"])
    with pytest.raises(RunMismatch, match="other questions"):
        judge(_run(30), [_rule("contains", drop=0.0)], baseline)


def test_only_what_is_nowhere_worse_and_somewhere_better_is_an_improvement() -> None:
    rules = [_rule("contains", drop=0.02), _rule("false_refusal_rate", drop=0.02)]
    baseline = make_baseline(_run(30), ["contains", "false_refusal_rate"])
    assert is_improvement(_run(31), rules, baseline)
    assert not is_improvement(_run(30), rules, baseline)
    assert not is_improvement(_run(29), rules, baseline)


def test_comparison_lists_what_was_fixed_and_broken() -> None:
    found = compare(_run(20), _run(22))
    assert [pair.after.row.id for pair in found.fixed] == ["q20", "q21"]
    assert (found.broken, found.changed) == ((), ())
    contains = next(one for one in found.measures if one.name == "contains")
    assert (contains.before, contains.after, contains.n, contains.better) == (20 / 40, 22 / 40, COUNT, True)
    assert contains.difference is not None
    assert (contains.difference.wins, contains.difference.losses) == (2, 0)
    refused = next(one for one in found.measures if one.name == "false_refusal_rate")
    assert refused.better
    back = compare(_run(22), _run(20))
    assert [pair.after.row.id for pair in back.broken] == ["q20", "q21"]


def test_identical_runs_compare_without_any_difference() -> None:
    found = compare(_run(20), _run(20))
    assert (found.fixed, found.broken, found.changed, found.settings) == ((), (), (), ())
    assert {one.difference.p for one in found.measures if one.difference} == {1.0}


def test_runs_over_other_questions_or_articles_are_not_compared() -> None:
    with pytest.raises(RunMismatch, match="other questions"):
        compare(_run(20), _run(20, asked="others"))
    one, other = _run(20), _run(20)
    fingerprint = replace(other.manifest.fingerprint, articles_sha256="b")
    moved = replace(other, manifest=replace(other.manifest, fingerprint=fingerprint))
    with pytest.raises(RunMismatch, match="other articles"):
        compare(one, moved)
