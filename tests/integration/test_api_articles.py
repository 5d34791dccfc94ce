"""/v1/articles: what was posted is answered from when the call returns, what was deleted is gone when it does."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import run_ingest, write_corpus
from tests.contract import check_answer
from tests.serving import MACHINE, WORDS, Api, address_of, copy, open_api

IDS = (
    "plain", "a/b/c", "/leading", "trailing/", "https://news.example/2026/01/a?b=c&d=e#f", "with space", "100%",
    "été", "новости-17", "新聞/一", "🙂", "semi;colon", "plus+", "q?", "hash#", "text", "text/a", "dots/../up",
    "back\\slash", '"quoted"', "search",
)


@pytest.fixture
def api(archive: Path, tmp_path: Path) -> Iterator[Api]:
    """A service over twenty articles, for this test alone."""
    with open_api(copy(archive, tmp_path)) as api:
        yield api


@pytest.fixture(scope="module")
def shared(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """A service over twenty articles; what a test posts here has an id of its own."""
    with open_api(copy(archive, tmp_path_factory.mktemp("articles")), max_article_bytes=20_000) as api:
        yield api


def _problem(api: Api, method: str, path: str, **request: object) -> tuple[int, str]:
    response = api.client.request(method, path, headers=MACHINE, **request)  # type: ignore[arg-type]  # its own options
    return response.status_code, response.json()["type"].removeprefix("/problems#")


def test_posted_article_is_answered_from_when_the_call_returns(api: Api) -> None:
    article = {"id": "rink", "text": "The mayor of Elmsford opened the ice rink on Sunday.", "title": "Ice rink opens"}
    response = api.client.post("/v1/articles", json=article, headers=MACHINE)
    assert response.status_code == 201
    assert response.headers["Location"] == "/v1/articles/rink"
    assert response.json() == {
        "object": "posted",
        "results": [{"article_id": "rink", "version": 1, "change": "added", "reason": None, "warnings": []}],
    }
    answer = check_answer(
        api.client.post("/v1/ask", json={"question": "Who opened the ice rink of Elmsford?"}).text, api.text
    )
    assert [source.article_id for source in answer.sources if source.cited] == ["rink"]
    assert api.search("ice rink of Elmsford")[0]["article_id"] == "rink"
    assert api.client.get(response.headers["Location"]).json()["title"] == "Ice rink opens"


def test_same_article_again_is_unchanged(api: Api) -> None:
    api.post(id="rink", text="The ice rink opened.")
    response = api.client.post("/v1/articles", json={"id": "rink", "text": "The ice rink opened."}, headers=MACHINE)
    assert response.status_code == 200
    assert "Location" not in response.headers
    result = response.json()["results"][0]
    assert (result["article_id"], result["version"], result["change"]) == ("rink", 1, "unchanged")


def test_other_text_is_a_new_version_and_the_old_one_stays_readable(api: Api) -> None:
    api.post(id="rink", text="The ice rink of Elmsford cost 40,000 dollars.")
    old = api.ask("What did the ice rink of Elmsford cost?")
    changed = api.post(id="rink", text="Correction: the ice rink of Elmsford cost 90,000 dollars.")
    assert (changed["version"], changed["change"]) == (2, "changed")
    new = api.client.post("/v1/ask", json={"question": "What did the ice rink of Elmsford cost?"})
    answer = check_answer(new.text, api.text)
    assert "90,000" in answer.answer.text
    assert answer.sources[0].version == 2
    assert "40,000" in old["answer"]["text"]
    citation = old["citations"][0]
    text = api.text("rink", old["sources"][0]["version"])
    assert text[citation["source_span"]["start"] : citation["source_span"]["end"]] == citation["quote"]
    assert api.client.get("/v1/articles/rink").json()["version"] == 2
    assert api.client.get("/v1/articles/rink", params={"version": 1}).json()["version"] == 1
    assert "40,000" not in str(api.search("cost of the ice rink of Elmsford", limit=50))


def test_other_metadata_alone_is_no_new_version(api: Api) -> None:
    api.post(id="rink", text="The ice rink opened.", title="Rink")
    changed = api.post(id="rink", text="The ice rink opened.", title="Ice rink opens")
    assert (changed["version"], changed["change"]) == (1, "changed")
    assert api.client.get("/v1/articles/rink").json()["title"] == "Ice rink opens"


def test_one_bad_article_harms_no_other_of_the_same_call(api: Api) -> None:
    articles = [
        {"id": "one", "text": "The ferry of Amity sank."}, {"id": "bad", "text": " \n "},
        {"id": "two", "text": "The ferry of Amity was raised.", "date": "yesterday"},
        {"id": "one", "text": "The ferry of Amity sank."},
    ]
    response = api.client.post("/v1/articles", json={"articles": articles}, headers=MACHINE)
    assert response.status_code == 200
    one, bad, two, again = response.json()["results"]
    assert (one["change"], two["change"], again["change"]) == ("added", "added", "unchanged")
    assert (bad["change"], bad["article_id"], bad["version"]) == ("failed", None, None)
    assert "empty" in bad["reason"]
    assert "yesterday" in two["warnings"][0]
    assert {"one", "two"} <= {one["article_id"] for one in api.search("ferry of Amity")}


def test_article_that_cannot_be_read_is_a_problem_that_says_why(shared: Api) -> None:
    response = shared.client.post("/v1/articles", json={"id": "blank", "text": " \n\t"}, headers=MACHINE)
    assert response.status_code == 422
    assert response.json()["type"] == "/problems#unreadable-article"
    assert "empty" in response.json()["detail"]
    assert _problem(shared, "GET", "/v1/articles/blank") == (404, "unknown-article")


def test_article_of_more_bytes_than_the_limit_is_refused(shared: Api) -> None:
    limit = shared.client.get("/v1/config").json()["limits"]["article_bytes"]
    large = {"id": "large", "text": "The ferry sank. " * (limit // 10)}
    response = shared.client.post("/v1/articles", json=large, headers=MACHINE)
    assert response.status_code == 422
    assert response.json()["type"] == "/problems#unreadable-article"
    assert "limit" in response.json()["detail"]
    both = {"articles": [large, {"id": "small", "text": "The ferry sank."}]}
    results = shared.client.post("/v1/articles", json=both, headers=MACHINE).json()["results"]
    assert [one["change"] for one in results] == ["failed", "added"]


def test_article_without_an_id_gets_the_same_one_each_time(shared: Api) -> None:
    first = shared.post(text="The lighthouse of Brenwick was painted red.")
    again = shared.post(text="The lighthouse of Brenwick was painted red.")
    assert first["article_id"].startswith("art_")
    assert (again["article_id"], again["change"]) == (first["article_id"], "unchanged")


def test_url_is_the_id_where_there_is_none(shared: Api) -> None:
    url = "https://news.example/2026/red-barn"
    assert shared.post(text="The barn is red.", url=url)["article_id"] == url
    assert shared.post(text="The barn is blue.", url=url)["version"] == 2


def test_same_text_under_another_url_is_an_article_of_its_own(shared: Api) -> None:
    text = "The windmill of Sorrel Hill lost a blade in the storm."
    urls = ["https://one.example/blade", "https://two.example/blade"]
    assert [shared.post(text=text, url=url)["change"] for url in urls] == ["added", "added"]
    assert [shared.post(text=text, url=url)["change"] for url in urls] == ["unchanged", "unchanged"]
    stories = {shared.client.get(address_of(url)).json()["story_id"] for url in urls}
    assert len(stories) == 1


@pytest.mark.parametrize("article_id", IDS)
def test_any_id_is_an_address(shared: Api, article_id: str) -> None:
    text = f"A report of the archive under {len(article_id)} characters, number {IDS.index(article_id)}."
    response = shared.client.post("/v1/articles", json={"id": article_id, "text": text}, headers=MACHINE)
    assert response.status_code == 201
    address = response.headers["Location"]
    assert address == address_of(article_id)
    assert response.json()["results"][0]["article_id"] == article_id
    assert shared.client.get(address).json()["article_id"] == article_id
    assert shared.text(article_id, 1) == text
    assert shared.client.delete(address, headers=MACHINE).status_code == 204
    assert _problem(shared, "GET", address) == (404, "unknown-article")


def test_id_that_ends_like_the_address_of_a_text_is_another_article(shared: Api) -> None:
    for article_id, text in (("weir", "The weir holds."), ("weir/text", "The weir is gone.")):
        shared.post(id=article_id, text=text)
    assert shared.client.get("/v1/articles/weir/text").text == "The weir holds."
    assert shared.client.get("/v1/articles/weir%2Ftext").json()["article_id"] == "weir/text"
    assert shared.client.get("/v1/articles/weir%2ftext/text").text == "The weir is gone."
    assert shared.client.get("/v1/articles/weir%2Fnone").json()["instance"] == "/v1/articles/weir/none"
    for article_id in ("weir", "weir/text"):
        assert shared.client.delete(address_of(article_id), headers=MACHINE).status_code == 204


@pytest.mark.parametrize("limit", [2, 5, 24, 25, 200])
def test_list_gives_every_article_once_in_order(api: Api, limit: int) -> None:
    for article_id in ("a/b", "é", "🙂", "Z", "https://news.example/a"):
        api.post(id=article_id, text=f"A report named {article_id}.")
    seen: list[str] = []
    cursor = None
    for _ in range(20):
        query: dict[str, str | int] = {"limit": limit, **({"cursor": cursor} if cursor else {})}
        page = api.client.get("/v1/articles", params=query).json()
        assert 1 <= len(page["data"]) <= limit
        seen += [article["article_id"] for article in page["data"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == sorted([f"n{number}" for number in range(1, 21)] + ["a/b", "é", "🙂", "Z", "https://news.example/a"])


def test_list_goes_on_where_its_last_article_was_deleted(api: Api) -> None:
    page = api.client.get("/v1/articles", params={"limit": 3}).json()
    last = page["data"][-1]["article_id"]
    api.client.delete(address_of(last), headers=MACHINE)
    rest = api.client.get("/v1/articles", params={"cursor": page["next_cursor"]}).json()
    assert [one["article_id"] for one in rest["data"]] == sorted(f"n{n}" for n in range(1, 21))[3:]


def test_list_of_nothing_is_empty(tmp_path: Path) -> None:
    with open_api(tmp_path / "empty") as api:
        assert api.client.get("/v1/articles").json() == {"object": "list", "data": [], "next_cursor": None}


def test_cursor_behind_the_last_article_is_the_end(shared: Api) -> None:
    page = shared.client.get("/v1/articles", params={"cursor": "\U0010ffff"}).json()
    assert page == {"object": "list", "data": [], "next_cursor": None}


def test_cursor_that_is_longer_than_any_id_is_refused(shared: Api) -> None:
    response = shared.client.get("/v1/articles", params={"cursor": "a" * 501})
    assert response.status_code == 422
    assert [error["pointer"] for error in response.json()["errors"]] == ["query:cursor"]


@pytest.mark.parametrize("limit", ["0", "201", "-1", "1.5", "x", ""])
def test_list_is_of_one_to_two_hundred(shared: Api, limit: str) -> None:
    response = shared.client.get("/v1/articles", params={"limit": limit})
    assert response.status_code == 422
    assert [error["pointer"] for error in response.json()["errors"]] == ["query:limit"]


def test_deleted_article_is_gone_from_everything_at_once(api: Api) -> None:
    secret = "The heiress Ottilie Farnsworth sold the emerald mine of Quillfield."
    api.post(id="mine", text="An earlier text of the emerald mine of Quillfield.")
    api.post(id="mine", text=secret)
    assert api.ask("Who sold the emerald mine of Quillfield?")["status"] == "answered"
    response = api.client.delete("/v1/articles/mine", headers=MACHINE)
    assert (response.status_code, response.content) == (204, b"")
    answer = api.ask("Who sold the emerald mine of Quillfield?")
    answer.pop("question")
    found = api.search("emerald mine of Quillfield", limit=50)
    listed = api.client.get("/v1/articles", params={"limit": 200}).json()
    for gone in ("Ottilie", "Quillfield", "'mine'"):
        assert gone not in str((answer, found, listed))
    for path in ("/v1/articles/mine", "/v1/articles/mine/text", "/v1/articles/mine/text?version=1"):
        assert _problem(api, "GET", path) == (404, "unknown-article")
    assert _problem(api, "DELETE", "/v1/articles/mine") == (404, "unknown-article")
    assert api.client.get("/readyz").json()["articles"] == 20


def test_deleted_article_may_come_back(api: Api) -> None:
    api.post(id="mine", text="The mine reopened.")
    api.client.delete("/v1/articles/mine", headers=MACHINE)
    again = api.post(id="mine", text="The mine reopened.")
    assert (again["change"], again["version"]) == ("added", 1)
    assert "mine" in {one["article_id"] for one in api.search("The mine reopened.")}


def test_text_has_an_etag_that_stays_until_the_text_changes(shared: Api) -> None:
    shared.post(id="tagged", text="The quay was rebuilt.")
    first = shared.client.get("/v1/articles/tagged/text")
    etag = first.headers["ETag"]
    assert etag == f'"{shared.client.get("/v1/articles/tagged").json()["text_sha256"]}"'
    assert first.headers["Content-Type"] == "text/plain; charset=utf-8"
    for given in (etag, f'"other", {etag}', f"W/{etag}"):
        again = shared.client.get("/v1/articles/tagged/text", headers={"If-None-Match": given})
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", etag)
    shared.post(id="tagged", text="The quay was rebuilt again.")
    later = shared.client.get("/v1/articles/tagged/text", headers={"If-None-Match": etag})
    assert later.status_code == 200
    assert later.headers["ETag"] != etag
    old = shared.client.get("/v1/articles/tagged/text", params={"version": 1}, headers={"If-None-Match": etag})
    assert old.status_code == 304


def test_text_says_as_json_what_it_is_of(shared: Api) -> None:
    article = {
        "id": "https://wire.example/a?b=c", "title": "Quai rouvert", "text": "Le quai 🚢 rouvre à 9 h.",
        "date": "2026-02-03", "source": "Harbour Wire", "url": "https://wire.example/a", "author": "A. Roy",
    }
    shared.post(**article)
    shared.post(**{**article, "text": "Le quai rouvre à 10 h."})
    address = f"{address_of(article['id'])}/text"
    for headers, version in (({"Accept": "application/json"}, 1), ({"Accept": "text/html;q=0, application/json"}, 1)):
        response = shared.client.get(address, params={"version": version}, headers=headers)
        assert response.headers["Content-Type"] == "application/json"
        got = response.json()
        assert (got["object"], got["article_id"], got["version"]) == ("article_text", article["id"], 1)
        assert (got["title"], got["publisher"], got["author"]) == ("Quai rouvert", "Harbour Wire", "A. Roy")
        assert (got["published_at"], got["url"]) == ("2026-02-03", "https://wire.example/a")
        assert got["text"] == article["text"]
        assert got["text_sha256"] == hashlib.sha256(article["text"].encode()).hexdigest()
        known = {**headers, "If-None-Match": response.headers["ETag"]}
        assert shared.client.get(address, params={"version": version}, headers=known).status_code == 304
    plain = shared.client.get(address, params={"version": 1})
    assert plain.text == article["text"]
    assert plain.headers["ETag"] != response.headers["ETag"]
    assert "Accept" in plain.headers["Vary"]


def test_id_of_another_sources_article_is_refused(tmp_path: Path) -> None:
    data = tmp_path / "data"
    run_ingest(data, WORDS, write_corpus(tmp_path / "corpus.jsonl", [{"id": "bridge", "text": "The bridge fell."}]))
    with open_api(data) as api:
        taken = {"id": "bridge", "text": "The bridge stands."}
        response = api.client.post("/v1/articles", json=taken, headers=MACHINE)
        assert response.status_code == 409
        assert response.json()["type"] == "/problems#article-id-taken"
        assert "bridge" in response.json()["detail"]
        results = api.client.post("/v1/articles", json={"articles": [taken]}, headers=MACHINE).json()["results"]
        assert results[0]["change"] == "failed"
        assert api.text("bridge", 1) == "The bridge fell."


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/v1/articles/nowhere"), ("GET", "/v1/articles/nowhere/text"), ("DELETE", "/v1/articles/nowhere"),
     ("GET", "/v1/articles/n1?version=2"), ("GET", "/v1/articles/n1/text?version=2"), ("GET", "/v1/articles/N1")],
)
def test_what_is_not_there_is_not_found(shared: Api, method: str, path: str) -> None:
    assert _problem(shared, method, path) == (404, "unknown-article")


@pytest.mark.parametrize("version", ["0", "-1", "x", "1.5", "99999999999999999999"])
def test_version_is_a_number_from_one(shared: Api, version: str) -> None:
    assert _problem(shared, "GET", f"/v1/articles/n1/text?version={version}") == (422, "invalid-request")


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({"txt": "x"}, {"/text", "/txt"}),
        ({"text": 5}, {"/text"}),
        ({"text": "x", "id": ""}, {"/id"}),
        ({"articles": []}, {"/articles"}),
        ({"articles": [{"text": "x"}, {"text": 5}, {}]}, {"/articles/1/text", "/articles/2/text"}),
        ({"articles": [{"text": "x"}], "text": "x"}, {"/text"}),
        ([], {""}),
    ],
)
def test_error_points_into_the_body_that_was_sent(shared: Api, body: object, pointers: set[str]) -> None:
    response = shared.client.post("/v1/articles", json=body, headers=MACHINE)
    assert response.status_code == 422
    assert {error["pointer"] for error in response.json()["errors"]} == pointers
