"""/ and /demo: pages with the widget, under a policy that lets nothing else in, with a key where one is needed."""

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from ingest.embedding import OnnxEncoder
from service.api.fronts import ARTICLE, QUESTIONS
from tests.integration.conftest import SAMPLE
from tests.serving import Api, copy, open_api

PAGES = ("/", "/demo")


@pytest.fixture(scope="module")
def sampled(sample: Path, encoder: OnnxEncoder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """A service over the sample articles, as `footnote demo` leaves them."""
    with open_api(copy(sample, tmp_path_factory.mktemp("sampled")), encoder) as api:
        yield api


@pytest.fixture
def api(archive: Path, tmp_path: Path) -> Iterator[Api]:
    """A service over other articles, without keys."""
    with open_api(copy(archive, tmp_path)) as api:
        yield api


def _element(api: Api, path: str) -> dict[str, str]:
    """The attributes of the widget on a page."""
    found = re.search(r"<footnote-ask( [^>]*)?></footnote-ask>", api.client.get(path).text)
    assert found is not None
    return {name: unescape(value) for name, value in re.findall(r'([\w-]+)="([^"]*)"', found[1] or "")}


@pytest.mark.parametrize("path", PAGES)
def test_policy_of_the_pages_is_strict(api: Api, path: str) -> None:
    response = api.client.get(path)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    policy = dict(part.strip().split(" ", 1) for part in response.headers["Content-Security-Policy"].split(";"))
    assert policy == {
        "default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self'",
        "connect-src": "'self'", "base-uri": "'none'", "form-action": "'none'", "frame-ancestors": "'none'",
        "require-trusted-types-for": "'script'", "trusted-types": "'none'",
    }
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["Cache-Control"] == "no-store"
    assert '<html lang="en' in response.text


def test_first_page_is_the_widget_in_full(api: Api) -> None:
    assert _element(api, "/") == {"mode": "page"}
    assert _element(api, "/demo") == {}


def test_news_page_tells_an_article_of_the_sample_word_for_word(sampled: Api) -> None:
    page = sampled.client.get("/demo").text
    told = [unescape(re.sub(r"<[^>]+>", "", text)) for text in re.findall(r"<p>(.*?)</p>", page.partition("story")[2])]
    lines = (SAMPLE / "wire.jsonl").read_text(encoding="utf-8").splitlines()
    (article,) = [record for record in map(json.loads, lines) if record["id"] == ARTICLE]
    assert "\n\n".join(told[: len(article["text"].split("\n\n"))]) == article["text"]
    for said in (article["title"], article["author"], article["source"], article["date"]):
        assert said in page
    assert "not in the collection" not in page


def test_questions_that_the_pages_suggest_are_answered_but_for_one(sampled: Api) -> None:
    for path in PAGES:
        assert _element(sampled, path)["questions"] == QUESTIONS
    *answered, refused = QUESTIONS.split("|")
    assert [sampled.ask(question)["status"] for question in answered] == ["answered"] * len(answered)
    assert sampled.ask(refused)["status"] == "no_answer"


def test_news_page_says_where_other_articles_answer(api: Api) -> None:
    assert "the sample is not in the collection" in api.client.get("/demo").text


def test_questions_of_whoever_runs_the_service_come_before_ours(
    sample: Path, encoder: OnnxEncoder, tmp_path: Path
) -> None:
    with open_api(copy(sample, tmp_path), encoder, suggested_questions="Who won?") as api:
        assert "questions" not in _element(api, "/demo")
        assert "not in the collection" not in api.client.get("/demo").text


def test_page_of_a_service_with_keys_holds_the_public_one_for_itself_and_no_other(api: Api) -> None:
    secret = api.service.keys.create("mine", ["admin"]).secret
    api.service.keys.create("elsewhere", ["ask"], origins=["https://news.example"])
    page = api.client.get("/").text
    assert "footnote keys create pages --origin http://127.0.0.1:8000" in page
    assert "public-key" not in _element(api, "/")
    own = api.service.keys.create("pages", ["ask"], origins=["http://127.0.0.1:8000"]).secret
    for path in PAGES:
        assert _element(api, path)["public-key"] == own
        assert secret not in api.client.get(path).text
    assert "footnote keys create" not in api.client.get("/").text
    asked = api.client.post(
        "/v1/ask", json={"question": "Who barked?"},
        headers={"Authorization": f"Bearer {own}", "Origin": "http://127.0.0.1:8000"},
    )
    assert asked.status_code == 200


def test_host_is_only_ever_text(archive: Path, tmp_path: Path) -> None:
    with open_api(copy(archive, tmp_path), allowed_hosts="*") as api:
        api.service.keys.create("mine", ["admin"])
        page = api.client.get("/", headers={"Host": 'a"><script>alert(1)</script>'}).text
        assert "<script>alert" not in page


def test_pages_are_there_where_the_data_folder_is_empty(tmp_path: Path) -> None:
    with open_api(tmp_path / "data") as api:
        for path in PAGES:
            assert api.client.get(path).status_code == 200
