"""A list is given whole: with the sentence that announces it, or with the item that was found."""

import pytest

from service.extracting.listing import asks_for_list, find_list
from tests.answers import make_article

RISKS = make_article(
    "The engineer spoke on Monday. She named two risks. Ice may block the lock. The gates may rust. Rain is due."
)
_, NAMED, ICE, RUST, RAIN = RISKS.sentences


def test_announcing_sentence_comes_with_what_it_announces() -> None:
    assert find_list(RISKS, NAMED.start, wanted=False) == (ICE, RUST)


def test_item_comes_with_its_fellows_where_a_list_is_wanted() -> None:
    assert find_list(RISKS, RUST.start, wanted=True) == (ICE, RUST)
    assert find_list(RISKS, RUST.start, wanted=False) == ()


def test_sentence_behind_a_list_is_no_part_of_it() -> None:
    assert find_list(RISKS, RAIN.start, wanted=True) == ()


def test_list_ends_with_its_paragraph() -> None:
    article = make_article("She named two risks. Ice may block the lock.\n\nThe gates opened on time.")
    assert find_list(article, 0, wanted=True) == ()


@pytest.mark.parametrize(
    "question",
    ["What are the risks?", "Which two ports will close?", "which provinces lost sales", "Who were the winners?"],
)
def test_question_for_several_things(question: str) -> None:
    assert asks_for_list(question)


@pytest.mark.parametrize("question", ["What is the risk?", "Who won?", "Which port will close?", "Why did it close?"])
def test_question_for_one_thing(question: str) -> None:
    assert not asks_for_list(question)
