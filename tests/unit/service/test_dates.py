"""A question says of itself from when its news should be, or says nothing."""

from datetime import date

import pytest

from service.dates import asks_since

DAY = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("question", "since"),
    [
        ("What did the board announce today?", date(2026, 3, 28)),
        ("Which minister resigned this week?", date(2026, 3, 21)),
        ("Who won on Sunday?", date(2026, 3, 21)),
        ("Which ship was recently found?", date(2026, 2, 14)),
        ("Who is the minister now?", date(2026, 2, 14)),
        ("When will the ferry sail?", date(2025, 12, 1)),
    ],
)
def test_words_for_a_time_reach_back_from_the_day_of_the_question(question: str, since: date) -> None:
    assert asks_since(question, DAY) == since


@pytest.mark.parametrize(
    "question",
    [
        "Who won the election?",
        "On what day of the week did she leave?",
        "What happened this week in January?",
        "Who recently told the inquiry of 2019 so?",
    ],
)
def test_question_that_names_its_own_time_or_none_is_left_alone(question: str) -> None:
    assert asks_since(question, DAY) is None
