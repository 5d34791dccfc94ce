"""Two reports of one thing, read by the built-in reader: where they disagree, and only there, the answer says so."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.article import Metadata
from ingest.settings import Settings
from service.answering import Answerer
from service.commands import take_in
from service.domain import Answer, Question
from service.wiring import open_answerer
from tests.builders import SEEN

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "data" / "disagreements.jsonl").read_text(encoding="utf-8").splitlines()
]
AT_LEAST = 0.5  # of the disagreements: in the others a report puts what was asked in words that the reader misses
AT_MOST = 0.03  # of the look-alikes


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answerer]:
    folder = tmp_path_factory.mktemp("disagreements")
    corpus = folder / "corpus.jsonl"
    lines = (
        json.dumps({"id": f"{case['id']}-{place}"} | article)
        for case in CASES for place, article in enumerate(case["articles"])
    )
    corpus.write_text("\n".join(lines), encoding="utf-8")
    take_in(Settings(), folder / "data", [corpus], given=Metadata(), quiet=True)
    with open_answerer(Settings(), folder / "data", warm=True) as answerer:
        yield answerer


def _ask(answerer: Answerer, question: str) -> Answer:
    return answerer.ask(Question(text=question, as_of=SEEN.replace(year=2027)))


def test_reports_that_disagree_are_both_in_the_answer(answerer: Answerer) -> None:
    asked = [case["question"] for case in CASES if case["kind"] == "conflict"]
    told = [answer for question in asked if (answer := _ask(answerer, question)).conflicts]
    assert len(told) >= AT_LEAST * len(asked)
    assert all(answer.independent_sources > 1 for answer in told)


def test_what_only_looks_like_a_disagreement_is_hardly_ever_told_as_one(answerer: Answerer) -> None:
    asked = [case["question"] for case in CASES if case["kind"] != "conflict"]
    told = [question for question in asked if _ask(answerer, question).conflicts]
    assert len(told) <= AT_MOST * len(asked), told
