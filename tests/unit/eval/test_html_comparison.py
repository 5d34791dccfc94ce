"""A comparison's page: deltas with their verdicts, and fixed, broken and changed questions side by side."""

import pytest

from eval.comparison import Comparison, MeasureDelta, compare
from eval.html_comparison import judge_delta, render_comparison
from eval.results import QuestionFailure, QuestionResult
from eval.statistics import NOTHING, Difference
from tests.gold import make_failure, make_gold, make_payload, make_refusal, make_report, make_result
from tests.html_pages import find_class, find_links, find_points, read_page


@pytest.fixture(scope="module")
def found() -> Comparison:
    before: list[QuestionResult | QuestionFailure] = [
        make_result(make_gold("fixed"), make_refusal()), make_result(make_gold("broken"), make_payload()),
        make_failure(make_gold("changed")), make_result(make_gold("same"), make_payload()),
    ]
    after = [
        make_result(make_gold("fixed"), make_payload()),
        make_result(make_gold("broken"), make_payload("It is <b>red</b>."), held="It is <b>red</b>."),
        make_result(make_gold("changed"), make_refusal()), make_result(make_gold("same"), make_payload()),
    ]
    return compare(make_report(before), make_report(after))


def test_questions_stand_where_they_belong_with_both_answers(found: Comparison) -> None:
    page = read_page(render_comparison(found))
    groups = {one.get("id"): [each.get("id") for each in find_class(one, "body")] for one in find_class(page, "group")}
    assert groups == {"rung-fixed": ["q-fixed"], "rung-broken": ["q-broken"], "rung-changed": ["q-changed"]}
    broken = page.get_element_by_id("q-broken")
    said = [one.text_content().strip() for one in find_class(broken, "say")]
    assert said == ["84 metres", "The bridge is 84 metres long.1", "It is <b>red</b>.1"]
    assert [one.text_content() for one in find_class(broken, "cap")] == ["Gold", "A: right", "B: wrong answer"]
    assert "1 fixed, 1 broken" in find_class(page, "lede")[0].text_content()
    assert all(link.startswith("#") for link in find_links(page))
    assert all(0 <= x <= width and 0 <= y <= height for (x, y), (width, height) in find_points(page))


def test_nothing_different_is_a_page_too() -> None:
    report = make_report([make_result(make_gold(), make_payload())])
    page = read_page(render_comparison(compare(report, report)))
    assert "0 fixed, 0 broken" in find_class(page, "lede")[0].text_content()
    assert {one.text_content() for one in find_class(page, "verdict")} == {"same"}


@pytest.mark.parametrize(
    ("name", "after", "p", "verdict"),
    [("contains", 0.6, 0.01, "better"), ("contains", 0.4, 0.01, "worse"), ("contains", 0.6, 0.05, "not shown"),
     ("false_refusal_rate", 0.6, 0.01, "worse"), ("false_refusal_rate", 0.4, 0.01, "better")],
)  # fmt: skip
def test_better_and_worse_are_said_only_of_what_is_shown(name: str, after: float, p: float, verdict: str) -> None:
    difference = Difference(
        delta=after - 0.5, interval=NOTHING, p=p, wins=2, losses=1, ties=0, detectable=0.1
    )
    delta = MeasureDelta(name=name, before=0.5, after=after, n=3, difference=difference, p_holm=p)
    assert judge_delta(delta) == verdict


def test_measure_of_the_whole_set_has_no_verdict() -> None:
    delta = MeasureDelta(name="aurc", before=0.5, after=0.1, n=3, difference=None, p_holm=None)
    assert judge_delta(delta) == ""
