"""POST /v1/ask and /v1/search: the contract, exact offsets whatever the script, filters, limits, and honest answers."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.contract import AnswerPart, check_answer
from tests.serving import MACHINE, Api, copy, open_api

# Offsets beyond the Basic Multilingual Plane, from right to left, and with marks that compose with no letter.
SCRIPTS = {
    "emoji": (
        "🙂🎉 News 🚢🚢.\n\nThe 🦞 festival of Port Amity drew 4,200 guests 👩‍👩‍👧‍👦 in July. All were well 🙏🏽.",
        "How many guests did the festival of Port Amity draw?", "4,200 guests",
    ),
    "arabic": (
        "أعلنت البلدية الخبر يوم الاثنين.\n\nافتتح الجسر الجديد في مدينة الواحة بتكلفة ٤٫٢ مليون دولار. وحضر العمدة.",
        "الجسر الجديد في مدينة الواحة", "الواحة",
    ),
    "marks": (
        "Ƶx̂ q̃ news.\n\nThe Cafe\u0301 Zoe\u0308 of Brenwick sold 310 x̂q̃ tarts on Friday. It closed at noon.",
        "How many tarts did the Café Zoë of Brenwick sell on Friday?", "310 x̂q̃ tarts",
    ),
}
REPORT = (
    "The council of Wyndale voted on Tuesday to close the old tannery by the river. Mayor Ida Thornquist said that the "
    "closing would cost 85 jobs. The owners have sixty days to appeal the vote, and said that they would."
)


@pytest.fixture(scope="module")
def api(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """Twenty articles of one sentence, three in other scripts, and a report that two publishers carry."""
    with open_api(copy(archive, tmp_path_factory.mktemp("asking"))) as api:
        for name, (text, _, _) in SCRIPTS.items():
            api.post(id=name, text=text, date="2026-02-01")
        for name, publisher, day in (("first", "Wyndale Post", "2026-02-03"), ("copy", "Daily Copy", "2026-02-04")):
            api.post(id=name, text=REPORT, publisher=publisher, date=day, title=f"Wyndale closes its tannery ({name})")
        api.post(id="undated", text="The windmill of Sorrel Hill lost a blade in the storm of the night.")
        yield api


def _ask(api: Api, question: str, **body: object) -> AnswerPart:
    response = api.client.post("/v1/ask", json={"question": question, **body})
    assert response.status_code == 200, response.text
    return check_answer(response.text, api.text)


def _cited(answer: AnswerPart) -> list[str]:
    return [source.article_id for source in answer.sources if source.cited]


def test_answer_is_the_contract_and_its_offsets_are_exact(api: Api) -> None:
    answer = _ask(api, "How many jobs would the closing of the Wyndale tannery cost?", as_of="2026-03-01")
    assert answer.status == "answered"
    assert answer.as_of == "2026-03-01"
    assert answer.answer.text.startswith("Mayor Ida Thornquist said that the closing would cost 85 jobs.")
    assert answer.refusal is None
    assert answer.citations[0].support == "verbatim"
    assert answer.model.embedder == "words/512"
    assert _cited(answer) == ["first"]
    assert [carrier.article_id for carrier in answer.sources[0].also_carried_by] == ["copy"]


@pytest.mark.parametrize("name", SCRIPTS)
def test_offsets_are_code_points_in_any_script(api: Api, name: str) -> None:
    _, question, expected = SCRIPTS[name]
    answer = _ask(api, question)
    assert answer.status == "answered"
    assert _cited(answer)[0] == name
    citation = answer.citations[0]
    assert expected in citation.quote
    text = api.text(name, 1)
    assert text.index(citation.quote) == citation.source_span.start
    assert citation.source_span.end - citation.source_span.start == len(citation.quote)


def test_question_may_be_in_any_script_and_comes_back_as_it_was(api: Api) -> None:
    question = "Ẑ\u0301 🦞? «הגשר»\u200f\r\n‘quote’ \"\\ </script>"
    assert _ask(api, question).question == question


def test_no_answer_is_a_success_with_the_nearest_passages(api: Api) -> None:
    answer = _ask(api, "Which quarterback threw the longest pass at the Olympic cricket final?")
    assert answer.status == "no_answer"
    assert answer.citations == []
    assert answer.refusal is not None
    assert answer.refusal.reason == "insufficient_evidence"
    assert answer.answer.text == "The articles do not say."
    assert answer.sources
    assert not any(source.cited for source in answer.sources)


def test_nothing_newer_than_the_day_is_used(api: Api) -> None:
    question = "How many jobs would the closing of the Wyndale tannery cost?"
    assert {"first", "copy"}.isdisjoint(source.article_id for source in _ask(api, question, as_of="2026-02-02").sources)
    assert _cited(_ask(api, question, as_of="2026-02-03")) == ["first"]
    before = api.search("Wyndale tannery council", as_of="2026-02-03", limit=50)
    assert "first" in {one["article_id"] for one in before}
    assert "copy" not in {one["article_id"] for one in before}


def test_today_is_the_day_where_none_is_given(api: Api) -> None:
    assert _ask(api, "What happened in Wyndale?").as_of == date.today().isoformat()


@pytest.mark.parametrize(
    ("filters", "cited"),
    [
        ({"publishers": ["daily copy"]}, ["copy"]),
        ({"publishers": ["Wyndale Post", "Daily Copy"]}, ["first"]),
        ({"published_after": "2026-02-04"}, ["copy"]),
        ({"published_before": "2026-02-03"}, ["first"]),
        ({"published_after": "2026-02-03", "published_before": "2026-02-03"}, ["first"]),
    ],
)
def test_filters_say_which_articles_may_answer(api: Api, filters: dict[str, object], cited: list[str]) -> None:
    answer = _ask(api, "How many jobs would the closing of the Wyndale tannery cost?", filters=filters)
    assert _cited(answer) == cited


def test_filters_that_nothing_passes_give_no_answer_and_say_so(api: Api) -> None:
    answer = _ask(api, "What happened in Wyndale?", filters={"publishers": ["The Nowhere Times"]})
    assert (answer.status, answer.sources) == ("no_answer", [])
    assert any("No article passes the filters" in warning for warning in answer.warnings)


def test_dates_leave_out_what_has_none_and_say_how_many(api: Api) -> None:
    answer = _ask(api, "What did the windmill of Sorrel Hill lose?", filters={"published_after": "2020-01-01"})
    assert "undated" not in {source.article_id for source in answer.sources}
    assert "1 article was left out for having no date." in answer.warnings


def test_most_sentences_are_as_many_as_were_asked_for(api: Api) -> None:
    question = "What about the Wyndale tannery, the mayor and the owners?"
    assert len(_ask(api, question, max_sentences=1).citations) == 1
    assert 1 < len(_ask(api, question, max_sentences=3).citations) <= 3


def test_answers_have_ids_of_their_own(api: Api) -> None:
    assert _ask(api, "What happened in Wyndale?").id != _ask(api, "What happened in Wyndale?").id


def test_stages_are_timed_in_a_header(api: Api) -> None:
    response = api.client.post("/v1/ask", json={"question": "What happened in Wyndale?"})
    stages = dict(stage.split(";dur=") for stage in response.headers["Server-Timing"].split(", "))
    assert list(stages) == ["embed", "retrieve", "read"]
    timing = response.json()["timing_ms"]
    for stage, milliseconds in stages.items():
        assert float(milliseconds) == pytest.approx(timing[stage], abs=0.06)


def test_search_ranks_from_one_without_gaps(api: Api) -> None:
    found = api.search("The bridge of Wexcombe", limit=7)
    assert [one["rank"] for one in found] == [1, 2, 3, 4, 5, 6, 7]
    for one in found:
        span = one["passage"]
        assert api.text(one["article_id"], one["version"])[span["start"] : span["end"]] == span["text"]


def test_search_lists_every_copy_of_a_report_or_the_earliest(api: Api) -> None:
    query = "council of Wyndale votes to close the old tannery"
    every, collapsed = api.search(query, limit=50), api.search(query, limit=50, collapse_stories=True)
    assert [one["article_id"] for one in every[:2]] == ["first", "copy"]
    assert every[0]["story_id"] == every[1]["story_id"]
    assert "copy" not in {one["article_id"] for one in collapsed}
    assert collapsed[0]["article_id"] == "first"
    assert [one["rank"] for one in collapsed] == list(range(1, len(collapsed) + 1))


def test_search_with_filters_that_nothing_passes_is_empty(api: Api) -> None:
    assert api.search("Wyndale", filters={"publishers": ["The Nowhere Times"]}) == []


def test_search_response_is_the_contract(api: Api) -> None:
    response = api.client.post("/v1/search", json={"query": "tannery of Wyndale", "limit": 1})
    body = response.json()
    assert list(body) == ["object", "results", "timing_ms"]
    assert body["object"] == "search"
    assert set(body["results"][0]) == {
        "rank", "article_id", "version", "title", "publisher", "published_at", "url", "story_id", "passage",
        "relevance",
    }
    assert body["results"][0]["relevance"] in ("high", "medium", "low")
    assert "score" not in response.text


@pytest.mark.parametrize(("path", "field"), [("/v1/ask", "question"), ("/v1/search", "query")])
def test_collection_without_articles_says_so(tmp_path: Path, path: str, field: str) -> None:
    with open_api(tmp_path / "empty") as api:
        response = api.client.post(path, json={field: "What happened?"})
        assert response.status_code == 503
        assert response.json()["type"] == "/problems#no-articles"
        readiness = api.client.get("/readyz").json()
        assert (readiness["status"], readiness["articles"], readiness["index_generation"]) == ("degraded", 0, None)
        api.post(id="one", text="The mayor of Elmsford opened the rink.", date="2026-01-05")
        assert api.client.post(path, json={field: "Who opened the rink?"}).status_code == 200
        assert api.client.get("/readyz").json() == {
            "status": "ready", "reasons": [], "articles": 1, "index_generation": None
        }


def test_configuration_tells_a_client_what_it_must_know(api: Api) -> None:
    config = api.client.get("/v1/config", headers=MACHINE).json()
    assert config["offset_unit"] == "codepoint"
    assert config["answerers"] == ["extractive"]
    assert config["embedder"] == "words/512"
    assert config["limits"]["question_characters"] == 2_000
    too_long = api.client.post("/v1/ask", json={"question": "x" * (config["limits"]["question_characters"] + 1)})
    assert too_long.status_code == 422


def test_article_that_was_just_posted_ranks_by_its_words_as_any_other(api: Api) -> None:
    text = "The Quillfeather regatta of Marsh End was called off for want of wind."
    api.post(id="regatta", text=text)
    at_once = [one["article_id"] for one in api.search("Quillfeather regatta")]
    api.service.keeper.tend()
    assert at_once[0] == "regatta"
    assert [one["article_id"] for one in api.search("Quillfeather regatta")] == at_once
