"""A question says of itself from when its news should be, or says nothing."""

from datetime import date

import pytest

from service.dates import asks_since

DAY = date(2026, 3, 31)
HALF_A_YEAR, A_YEAR = date(2025, 9, 29), date(2025, 3, 31)


@pytest.mark.parametrize(
    ("question", "since"),
    [
        ("What did the board announce today?", date(2026, 3, 28)),
        ("Which minister resigned this week?", date(2026, 3, 21)),
        ("Who won last Sunday?", date(2026, 3, 21)),
        ("Which ship was recently found?", date(2026, 2, 14)),
        ("Who is the minister now?", date(2026, 2, 14)),
        ("When will the ferry sail?", date(2025, 12, 1)),
        ("Which bridge will close this week?", date(2026, 3, 21)),
        ("Who joined the board this week, the first change of 2026?", date(2026, 3, 21)),
    ],
)
def test_words_for_a_time_reach_back_from_the_day_of_the_question(question: str, since: date) -> None:
    assert asks_since(question, DAY) == since


@pytest.mark.parametrize(
    ("question", "since"),
    [
        ("Who is suing the ferry company?", HALF_A_YEAR),
        ("Why are pea growers in Dunmere protesting?", HALF_A_YEAR),
        ("who's running the mill?", HALF_A_YEAR),
        ("Who is the new mayor?", HALF_A_YEAR),
        ("What has been agreed on canola?", A_YEAR),
        ("How many boats have sunk or been sold?", A_YEAR),
        ("What has Canada agreed?", A_YEAR),
    ],
)
def test_question_in_the_present_reaches_further_back(question: str, since: date) -> None:
    assert asks_since(question, DAY) == since


def test_present_of_an_archive_is_its_last_day() -> None:
    assert asks_since("Who is the minister now?", DAY, newest=date(2020, 5, 31)) == date(2020, 4, 16)
    assert asks_since("Who is suing the ferry company?", DAY, newest=date(2026, 4, 9)) == HALF_A_YEAR
    assert asks_since("What did the board announce today?", DAY, newest=date(2020, 5, 31)) == date(2026, 3, 28)


def test_no_day_is_before_the_first() -> None:
    assert asks_since("What happened this week?", date(1, 1, 5)) == date.min


@pytest.mark.parametrize(
    ("question", "since"),
    [
        ("Who won the election of 2019?", date(2018, 7, 1)),
        ("Who recently told the inquiry of 2019 so?", date(2018, 7, 1)),
        ("Did more boats sail in 2024 than in 2019?", date(2023, 7, 1)),
        ("Which film won at the festival of 2026?", date(2025, 7, 1)),
    ],
)
def test_nothing_much_older_than_the_year_that_is_named_tells_of_it(question: str, since: date) -> None:
    assert asks_since(question, DAY) == since


@pytest.mark.parametrize(
    "question",
    [
        "Who won the election?",
        "On what day of the week did she leave?",
        "What happened this week in January?",
        "What did the harbour do this week in May?",
        "What closed on Friday?",
        "Which city will host the games of 2032?",
        "What is the meaning of the word?",
        "Which is the oldest building?",
        "Who is the king during the war?",
        "What did New Brunswick agree with new zealand?",
        "Where is Beijing?",
        "who is xi jinping?",
        "Why has Mohamed no need of a hundred boats?",
    ],
)
def test_question_that_names_its_own_time_or_none_is_left_alone(question: str) -> None:
    assert asks_since(question, DAY) is None
