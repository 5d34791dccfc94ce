"""Measures of answers by hand, and exact match and F1 as the SQuAD 2.0 script has them."""

import re
import string
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as some

from eval.measures.answers import (
    answer_recall,
    choice_accuracy,
    contains,
    contains_first,
    exact_match,
    nugget_recall,
    token_f1,
)
from eval.measures.words import contains_tokens
from eval.questions import GoldAnswer, Nugget


def _normalise(text: str) -> str:
    """As the script published with SQuAD 2.0: lower case, no punctuation, no articles, single spaces."""
    plain = "".join(one for one in text.lower() if one not in string.punctuation)
    return " ".join(re.sub(r"\b(a|an|the)\b", " ", plain).split())


def _f1(gold: str, predicted: str) -> float:
    mine, theirs = _normalise(gold).split(), _normalise(predicted).split()
    shared = sum((Counter(mine) & Counter(theirs)).values())
    if not mine or not theirs:
        return float(mine == theirs)
    if not shared:
        return 0.0
    precision, recall = shared / len(theirs), shared / len(mine)
    return 2 * precision * recall / (precision + recall)


@pytest.mark.parametrize(
    ("predicted", "gold", "exact", "f1"),
    [  # as published with the metric: https://github.com/huggingface/evaluate/tree/main/metrics/squad_v2
        ("1976", "1976", 1, 1),
        ("1999", "1976", 0, 0),
        ("Beyonce", "Beyoncé and Bruno Mars", 0, 0),
        ("climate change", "climate change", 1, 1),
        ("The Denver Broncos!", "Denver Broncos", 1, 1),
        ("Denver Broncos", "the Broncos of Denver", 0, 2 * (1 * 2 / 3) / (1 + 2 / 3)),
        ("", "", 1, 1),
        ("", "Denver", 0, 0),
    ],
)
def test_exact_match_and_f1_are_the_scripts(predicted: str, gold: str, exact: float, f1: float) -> None:
    assert exact_match(predicted, [gold]) == exact
    assert token_f1(predicted, [gold]) == pytest.approx(f1)


@given(some.text(alphabet="aAtThHeEnN 5.,'-!", max_size=40), some.text(alphabet="aAtThHeEnN 5.,'-!", max_size=40))
def test_any_two_texts_score_as_in_the_script(predicted: str, gold: str) -> None:
    assert exact_match(predicted, [gold]) == float(_normalise(predicted) == _normalise(gold))
    assert token_f1(predicted, [gold]) == pytest.approx(_f1(gold, predicted))


def test_best_form_counts_and_no_form_is_no_score() -> None:
    assert exact_match("Obama", ["Barack Obama", "Obama"]) == 1
    assert token_f1("Barack Obama", ["Obama", "Barack H. Obama"]) == pytest.approx(4 / 5)
    assert exact_match("Obama", []) is token_f1("Obama", []) is contains("Obama", []) is None


@pytest.mark.parametrize(
    ("text", "part", "found"),
    [
        ("It opened in 1950.", "5", False), ("It took 5 days.", "5", True), ("3.5 per cent", "35", False),
        ("3.5 per cent", "3.5", True), ("a 49,000-car quota", "49000", True), ("49,000 cars", "49,000", True),
        ("Obama’s order", "Obama", True), ("the U.S. market", "US", True), ("“Squid Game” is back", "Squid Game", True),
        ("a canola-seed deal", "canola seed", True), ("Beijing—the capital", "Beijing", True), ("", "x", False),
        ("It said so.", "", False), ("Canada, China and others", "Canada China", True),
        ("the bridge of Wexcombe", "The Wexcombe bridge", False), ("ﬁve ferries", "five ferries", True),
    ],
)
def test_forms_are_found_on_token_boundaries(text: str, part: str, found: bool) -> None:
    assert contains_tokens(text, part) is found


def test_first_sentence_is_told_from_the_rest() -> None:
    text = "The council met on Monday. It sold 84 farms."
    assert (contains(text, ["84 farms"]), contains_first(text, ["84 farms"])) == (1, 0)
    assert contains_first(text, ["Monday"]) == 1
    assert contains_first("", ["Monday"]) == 0


def test_of_several_answers_the_share_that_is_given_counts() -> None:
    answers = [GoldAnswer(text="canola", aliases=("rapeseed",)), GoldAnswer(text="lobster"), GoldAnswer(text="peas")]
    assert answer_recall("Rapeseed and peas are covered.", answers) == pytest.approx(2 / 3)
    assert answer_recall("Canola.", answers[:1]) is None


def test_choice_with_the_highest_f1_is_taken_and_a_tie_is_wrong() -> None:
    choices = ["Game of Thrones", "Squid Game", "Friends"]
    assert choice_accuracy("It is Squid Game.", choices, ["“Squid Game”"]) == 1
    assert choice_accuracy("It is Friends.", choices, ["Squid Game"]) == 0
    assert choice_accuracy("Nobody knows.", choices, ["Squid Game"]) == 0
    assert choice_accuracy("It is Squid Game.", [], ["Squid Game"]) is None
    assert choice_accuracy("It is Squid Game.", choices, ["Lost"]) is None


def test_nugget_is_there_where_one_sentence_holds_all_its_words() -> None:
    nuggets = [Nugget(text="renewed for a second season"), Nugget(text="84 farms sold")]
    assert nugget_recall("The show was renewed for its second season. Farms were sold; 84 ferries too.", nuggets) == 1
    assert nugget_recall("The show was renewed. A second season comes. It sold 84 farms.", nuggets) == 1 / 2
    assert nugget_recall("", nuggets) == 0
    assert nugget_recall("anything", []) is None
