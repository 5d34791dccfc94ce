"""Bodies of requests: what is read from them, and what is refused with the field's name."""

from datetime import date

import pytest
from pydantic import BaseModel, ValidationError

from ingest.filters import Filters
from service.api.schemas import AskBody, NewArticles, SearchBody
from service.domain import Turn
from service.intake import NewArticle


def _place_of_error(body: type[BaseModel], given: object) -> str:
    with pytest.raises(ValidationError) as caught:
        body.model_validate(given)
    (error,) = caught.value.errors()
    return "/".join(map(str, error["loc"]))


def test_question_alone_is_a_question_as_of_today() -> None:
    question = AskBody.model_validate({"question": "what was agreed?"}).read()
    assert (question.text, question.as_of, question.filters) == ("what was agreed?", date.today(), Filters())
    assert question.max_sentences == 3


def test_whole_body_is_read() -> None:
    body = AskBody.model_validate(
        {
            "question": "what was agreed?", "as_of": "2026-01-20", "max_sentences": 10, "answerer": "extractive",
            "filters": {
                "published_after": "2026-01-01", "published_before": "2026-01-31", "publishers": ["Harbour Wire"]
            },
            "conversation": [{"role": "user", "content": "hello"}, {"role": "assistant", "content": "hello"}],
            "stream": False,
        }
    )
    question = body.read()
    assert question.as_of == date(2026, 1, 20)
    assert question.max_sentences == 10
    assert question.conversation == (Turn(role="user", content="hello"), Turn(role="assistant", content="hello"))
    assert question.filters == Filters(
        after=date(2026, 1, 1), before=date(2026, 1, 31), publishers=("Harbour Wire",)
    )


@pytest.mark.parametrize("day", ["0001-01-01", "2026-01-20", "2024-02-29", "9999-12-31"])
def test_day_is_read(day: str) -> None:
    assert AskBody.model_validate({"question": "x", "as_of": day}).as_of == date.fromisoformat(day)


@pytest.mark.parametrize(
    "day",
    ["2026-1-20", "20260120", "2026-W04-2", "2026-02-29", "2026-01-20T00:00:00", "2026-01-20Z", " 2026-01-20", "today",
     "", "0000-01-01", "10000-01-01", "٢٠٢٦-٠١-٢٠", 20260120, 1.5, True, ["2026-01-20"], {}],
)
def test_anything_else_than_a_day_is_refused(day: object) -> None:
    assert _place_of_error(AskBody, {"question": "x", "as_of": day}) == "as_of"
    assert _place_of_error(SearchBody, {"query": "x", "as_of": day}) == "as_of"
    given = {"question": "x", "filters": {"published_after": day}}
    assert _place_of_error(AskBody, given) == "filters/published_after"


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"question": "x", "asof": "2026-01-20"}, "asof"),
        ({"question": "x", "filters": {"publisher": ["a"]}}, "filters/publisher"),
        ({"question": "x", "filters": {"published_from": None}}, "filters/published_from"),
        ({"question": "x", "conversation": [{"role": "user", "content": "a", "name": "b"}]}, "conversation/0/name"),
    ],
)
def test_misspelt_field_is_refused_by_name(given: object, place: str) -> None:
    assert _place_of_error(AskBody, given) == place


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({}, "question"),
        ({"question": None}, "question"),
        ({"question": 5}, "question"),
        ({"question": ""}, "question"),
        ({"question": " \n\t\u00a0"}, "question"),
        ({"question": "x" * 2_001}, "question"),
        ({"question": "x", "max_sentences": 0}, "max_sentences"),
        ({"question": "x", "max_sentences": 11}, "max_sentences"),
        ({"question": "x", "max_sentences": "3"}, "max_sentences"),
        ({"question": "x", "max_sentences": 3.5}, "max_sentences"),
        ({"question": "x", "max_sentences": True}, "max_sentences"),
        ({"question": "x", "answerer": "oracle"}, "answerer"),
        ({"question": "x", "stream": "yes"}, "stream"),
        ({"question": "x", "filters": None}, "filters"),
        ({"question": "x", "filters": {"publishers": ["p"] * 51}}, "filters/publishers"),
        ({"question": "x", "filters": {"publishers": ["p" * 501]}}, "filters/publishers/0"),
        ({"question": "x", "conversation": [{"role": "user", "content": "a"}] * 21}, "conversation"),
        ({"question": "x", "conversation": [{"role": "system", "content": "a"}]}, "conversation/0/role"),
        ({"question": "x", "conversation": [{"role": "user", "content": "a" * 8_001}] * 2}, "conversation"),
    ],
)
def test_what_is_out_of_bounds_is_refused_by_name(given: object, place: str) -> None:
    assert _place_of_error(AskBody, given) == place


def test_what_is_just_within_bounds_is_accepted() -> None:
    AskBody.model_validate(
        {
            "question": "🙂" * 2_000, "max_sentences": 1, "filters": {"publishers": ["p" * 500] * 50},
            "conversation": [{"role": "user", "content": "a" * 800}] * 20,
        }
    )
    SearchBody.model_validate({"query": "x" * 2_000, "limit": 50})
    assert SearchBody.model_validate({"query": "x", "limit": 7.0}).limit == 7  # to JSON the same number
    NewArticles.model_validate({"articles": [{"text": "x"}] * 50})


@pytest.mark.parametrize("limit", [0, 51, "10", 1.5, None])
def test_search_lists_one_to_fifty_passages(limit: object) -> None:
    assert _place_of_error(SearchBody, {"query": "x", "limit": limit}) == "limit"


@pytest.mark.parametrize("value", ["yes", 1, None])
def test_collapsing_is_true_or_false(value: object) -> None:
    assert _place_of_error(SearchBody, {"query": "x", "collapse_stories": value}) == "collapse_stories"


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({}, "text"), ({"text": ""}, "text"), ({"text": ["x"]}, "text"), ({"text": "x", "id": ""}, "id"),
        ({"text": "x", "id": "i" * 501}, "id"), ({"text": "x", "id": 7}, "id"), ({"text": "x", "body": "y"}, "body"),
    ],
)
def test_article_without_text_or_with_what_it_cannot_have_is_refused(given: object, place: str) -> None:
    assert _place_of_error(NewArticle, given) == place


@pytest.mark.parametrize("count", [0, 51])
def test_one_to_fifty_articles_are_posted_at_once(count: int) -> None:
    assert _place_of_error(NewArticles, {"articles": [{"text": "x"}] * count}) == "articles"


@pytest.mark.parametrize("field", ["id", "text", "title", "subtitle", "date", "publisher", "source", "url", "author",
                                   "language"])
def test_half_of_a_surrogate_pair_is_no_text(field: str) -> None:
    assert _place_of_error(NewArticle, {"text": "x", field: "\ud800"}) == field
