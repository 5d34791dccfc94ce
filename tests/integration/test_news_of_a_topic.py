"""Asked what is new on a topic, the built-in reader reports what the sample has on it, or that there is nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.settings import Settings
from service.answering import Answerer
from service.domain import Question
from service.wiring import open_answerer
from tests.builders import SEEN


@pytest.fixture(scope="module")
def answerer(sample: Path) -> Iterator[Answerer]:
    with open_answerer(Settings(), sample, warm=True) as answerer:
        yield answerer


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("What is the latest on canola?", "canola"),
        ("any news on lobsters", "lobster"),
        ("What's new with Chinese electric cars?", "electric"),
        ("tell me about the pea growers", "peas"),
        ("energy news", "energy"),
        ("what is happening with tariffs right now?", "tariffs"),
    ],
)
def test_news_of_a_topic_is_told(answerer: Answerer, question: str, word: str) -> None:
    answer = answerer.ask(Question(text=question, as_of=SEEN.replace(year=2027)))
    assert answer.status == "answered"
    assert word in answer.citations[0].quote
    assert answer.question.text == question


@pytest.mark.parametrize(
    "question", ["What is the latest on potash?", "any news on beef?", "tell me about hockey", "hospital strike news"]
)
def test_topic_that_no_article_has_is_not_answered(answerer: Answerer, question: str) -> None:
    assert answerer.ask(Question(text=question, as_of=SEEN.replace(year=2027))).status == "no_answer"


def test_search_looks_up_the_topic(answerer: Answerer) -> None:
    asked = [Question(text=text, as_of=SEEN.replace(year=2027)) for text in ("Tell me about lobsters", "lobsters")]
    found = [[one.stored.key for one in answerer.search(one, limit=5).passages] for one in asked]
    assert found[0] == found[1]
