"""Conversations over the sample articles: what a follow-up was rewritten to finds the article that it is about."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ingest.embedding import OnnxEncoder
from service.answering import Answerer
from service.conversing.conversation import RuleRewriter
from service.conversing.model_rewriter import ModelRewriter
from service.domain import Question, Turn
from service.writing.generative import ProvingWriter
from tests.asking import open_answerer
from tests.contract import check_answer
from tests.conversations import FollowUp, read_follow_ups
from tests.serving import Api, copy, open_api
from tests.streams import parse
from tests.writing import ScriptedModel, copy_first

FIRST = 3  # articles among which the right one must be
SHARE = 0.85
TURNS = [{"role": "user", "content": "How many jobs would the closing of the Wyndale tannery cost?"}]


@pytest.fixture(scope="module")
def answerer(sample: Path, encoder: OnnxEncoder) -> Iterator[Answerer]:
    with open_answerer(sample, encoder) as answerer:
        yield answerer


@pytest.fixture(scope="module")
def api(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    with open_api(copy(archive, tmp_path_factory.mktemp("conversation"))) as api:
        text = "Mayor Ida Thornquist said that the closing of the Wyndale tannery would cost 85 jobs."
        api.post(id="tannery", text=text, date="2026-02-03", title="Wyndale closes its tannery")
        yield api


def test_rewritten_follow_ups_find_their_articles(answerer: Answerer) -> None:
    cases = read_follow_ups("followups_sample.yaml")
    right = [one for one in cases if _is_right(one, answerer)]
    assert len(cases) >= 40
    assert len(right) / len(cases) >= SHARE, [one.ask for one in cases if one not in right]


def _is_right(case: FollowUp, answerer: Answerer) -> bool:
    question = Question(text=case.ask, as_of=date(2026, 3, 1), conversation=case.conversation)
    answer = answerer.ask(question)
    found = [source.article for source in answer.sources[:FIRST]]
    carried = [other for source in answer.sources[:FIRST] for other in source.also_carried_by]
    is_found = any(case.finds in article.id for article in (*found, *carried))
    return is_found and answer.rewritten is not None and case.is_named_by(answer.rewritten)


def test_model_that_writes_words_the_follow_up_and_no_other_answer(sample: Path, encoder: OnnxEncoder) -> None:
    worded = "What was agreed on lobsters from Canada?"
    model = ScriptedModel(script=lambda evidence, material: worded)
    turns = (Turn(role="user", content="What was agreed on canola from Canada?"),)
    writer = ProvingWriter(ScriptedModel(script=copy_first))
    rewriter = ModelRewriter(model, rules=RuleRewriter())
    with open_answerer(sample, encoder, writer=writer, model_rewriter=rewriter) as answerer:
        asked = Question(text="and on lobsters?", as_of=date(2026, 3, 1), conversation=turns)
        assert answerer.ask(replace(asked, answerer="extractive")).rewritten == RuleRewriter().rewrite(
            asked.text, conversation=turns
        )
        assert model.prompts == []
        assert answerer.ask(replace(asked, answerer="generative")).rewritten == worded
        assert len(model.prompts) == 1


@pytest.mark.parametrize("asked", ["tell me more", "any updates?", "what else?"])
def test_more_is_other_than_what_was_told(answerer: Answerer, asked: str) -> None:
    first = Question(text="What is the latest on canola?", as_of=date(2026, 3, 1))
    told = answerer.ask(first)
    turns = (Turn(role="user", content=first.text), Turn(role="assistant", content=told.text))
    more = answerer.ask(replace(first, text=asked, conversation=turns))
    assert more.status == "answered"
    assert {one.quote for one in more.citations}.isdisjoint(one.quote for one in told.citations)
    again = answerer.ask(replace(first, conversation=turns))
    assert again.text == told.text


def test_follow_up_is_answered_and_says_what_was_looked_up(api: Api) -> None:
    asked = "who said that about the tannery?"
    response = api.client.post("/v1/ask", json={"question": "how many jobs would it cost?", "conversation": TURNS})
    answer = check_answer(response.text, api.text)
    assert answer.question == "how many jobs would it cost?"
    assert answer.rewritten_question is not None
    assert "Wyndale tannery" in answer.rewritten_question
    assert answer.status == "answered"
    assert "85 jobs" in answer.answer.text
    alone = api.client.post("/v1/ask", json={"question": asked})
    assert alone.json()["rewritten_question"] is None


def test_stream_begins_with_what_is_looked_up(api: Api) -> None:
    body = {"question": "how many jobs would it cost?", "conversation": TURNS, "stream": True}
    events = parse([api.client.post("/v1/ask", json=body).content])
    assert "Wyndale tannery" in events[0].data["rewritten_question"]
    assert events[-1].data["rewritten_question"] == events[0].data["rewritten_question"]


def test_question_on_something_new_is_looked_up_as_it_is(api: Api) -> None:
    question = "Which bridge of Brackwater burned down?"
    with_turns = api.ask(question, conversation=TURNS)
    assert with_turns["rewritten_question"] is None
    assert with_turns["answer"] == api.ask(question)["answer"]
    assert not [one for one in with_turns["warnings"] if "conversation" in one]


def test_search_understands_follow_ups_too(api: Api) -> None:
    (found, *_) = api.search("who said it?", conversation=TURNS)
    assert found["article_id"] == "tannery"


def test_conversation_that_is_too_long_is_refused_with_the_remedy(api: Api) -> None:
    turn = {"role": "user", "content": "a" * 4_001}
    for turns, said in (([turn] * 4, "leave out the oldest turns"), ([{**turn, "content": "a"}] * 21, "at most 20")):
        response = api.client.post("/v1/ask", json={"question": "why?", "conversation": turns})
        assert response.status_code == 422
        (error,) = response.json()["errors"]
        assert error["pointer"] == "/conversation"
        assert said in error["detail"]
