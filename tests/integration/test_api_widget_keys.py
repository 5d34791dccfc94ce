"""Public keys: what a page of the right origin may do with one, and that nobody else may, nor anything more."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from service.keys import KeyRing
from tests.command import Command
from tests.serving import MACHINE, Api, copy, open_api, serve

SITE, OTHER, OWN = "https://news.example", "https://other.example", "http://127.0.0.1:8000"
PREFLIGHT = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization,content-type"}
QUESTION = {"question": "Where did the ferry flood?"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """A service with a public key for the pages of two origins, and one for its own pages."""

    api: Api
    site: str
    own: str

    def send(
        self, method: str, path: str, *, origin: str | None = SITE, key: str | None = None, **headers: str
    ) -> "tuple[int, Mapping[str, str], str]":
        """Status, headers and body of what a page gets."""
        given = {"Authorization": f"Bearer {key or self.site}", **headers, **({"Origin": origin} if origin else {})}
        body = QUESTION if path == "/v1/ask" else {"query": "ferry"} if path == "/v1/search" else None
        response = self.api.client.request(method, path, headers=given, json=body)
        return response.status_code, response.headers, response.text


@pytest.fixture(scope="module")
def pages(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    with open_api(copy(archive, tmp_path_factory.mktemp("pages"))) as api:
        made = api.service.keys.create("front page", ["ask"], origins=[SITE, "https://m.news.example"])
        own = api.service.keys.create("own pages", ["ask"], origins=[OWN, "http://localhost:8000"])
        yield Pages(api=api, site=made.secret, own=own.secret)


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/v1/ask"), ("POST", "/v1/search"), ("GET", "/v1/articles/n1/text"), ("GET", "/v1/config")],
)
def test_page_of_the_right_origin_may_do_what_a_widget_does(pages: Pages, method: str, path: str) -> None:
    for origin in (SITE, "https://m.news.example"):
        status, headers, _ = pages.send(method, path, origin=origin)
        assert (status, headers["Access-Control-Allow-Origin"]) == (200, origin)
        assert "Origin" in headers["Vary"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/v1/check"), ("GET", "/v1/articles"), ("GET", "/v1/articles/n1"), ("POST", "/v1/articles"),
        ("DELETE", "/v1/articles/n1"), ("POST", "/v1/ingestions"), ("GET", "/metrics"), ("GET", "/v1/doctor"),
    ],
)
def test_page_may_do_nothing_else(pages: Pages, method: str, path: str) -> None:
    status, headers, text = pages.send(method, path)
    assert (status, "/problems#scope-missing" in text) == (403, True)
    assert headers["Access-Control-Allow-Origin"] == SITE


@pytest.mark.parametrize("path", ["/v1/ask", "/v1/search"])
@pytest.mark.parametrize("origin", [None, OWN, "http://localhost:8000"])
def test_key_is_worth_nothing_to_another_page_or_to_none(pages: Pages, path: str, origin: str | None) -> None:
    status, _, text = pages.send("POST", path, origin=origin)
    assert (status, "/problems#foreign-origin" in text) == (403, True)
    assert f"pages of {SITE} and https://m.news.example only" in text


@pytest.mark.parametrize("origin", ["https://evil.example", "null", f"{SITE}.evil.example", "http://news.example"])
def test_foreign_page_is_refused_and_may_not_read_why(pages: Pages, origin: str) -> None:
    status, headers, text = pages.send("POST", "/v1/ask", origin=origin)
    assert (status, "/problems#foreign-origin" in text) == (403, True)
    assert "access-control-allow-origin" not in headers
    assert SITE not in text


def test_preflight_is_answered_for_the_pages_of_every_public_key(pages: Pages) -> None:
    for origin in (SITE, "https://m.news.example", "http://localhost:8000"):
        response = pages.api.client.options("/v1/ask", headers={**PREFLIGHT, "Origin": origin})
        assert (response.status_code, response.headers["Access-Control-Allow-Origin"]) == (204, origin)
    response = pages.api.client.options("/v1/ask", headers={**PREFLIGHT, "Origin": OTHER})
    assert (response.status_code, response.json()["type"]) == (403, "/problems#foreign-origin")
    assert "access-control-allow-origin" not in response.headers


def test_page_of_the_service_itself_reads_with_its_key_though_browsers_name_no_origin(pages: Pages) -> None:
    path = "/v1/articles/n1/text"
    assert pages.send("GET", path, origin=None, key=pages.own, **{"Sec-Fetch-Site": "same-origin"})[0] == 200
    for fetched in ("cross-site", "none", ""):
        assert pages.send("GET", path, origin=None, key=pages.own, **{"Sec-Fetch-Site": fetched})[0] == 403
    assert pages.send("GET", path, origin=None, key=pages.site, **{"Sec-Fetch-Site": "same-origin"})[0] == 403
    assert pages.send("POST", "/v1/ask", origin=OWN, key=pages.own)[0] == 200


def test_key_that_is_no_more_takes_its_pages_with_it(archive: Path, tmp_path: Path) -> None:
    with open_api(copy(archive, tmp_path)) as api:
        api.service.keys.create("stays", ["admin"])
        made = api.service.keys.create("goes", ["ask"], origins=[SITE])
        page = Pages(api=api, site=made.secret, own="")
        assert page.send("POST", "/v1/ask")[0] == 200
        api.service.keys.revoke(made.key.id)
        assert page.send("POST", "/v1/ask")[0] == 403
        assert api.client.options("/v1/ask", headers={**PREFLIGHT, "Origin": SITE}).status_code == 403


def test_reader_who_asks_too_often_is_told_when_to_come_back(archive: Path, tmp_path: Path) -> None:
    with open_api(copy(archive, tmp_path), rate="4/hour") as api:
        made = api.service.keys.create("slow", ["ask"], origins=[SITE], rate="2/hour")
        page = Pages(api=api, site=made.secret, own="")
        assert [page.send("POST", "/v1/ask")[0] for _ in range(2)] == [200, 200]
        status, headers, text = page.send("POST", "/v1/ask")
        assert (status, "/problems#rate-limited" in text) == (429, True)
        assert headers["Access-Control-Allow-Origin"] == SITE
        assert 0 < int(headers["Retry-After"]) <= 3_600
        assert headers["RateLimit-Policy"] == '"requests";q=2;w=3600'
        assert headers["RateLimit"] == f'"requests";r=0;t={headers["Retry-After"]}'
        exposed = headers["Access-Control-Expose-Headers"]
        assert all(name in exposed for name in ("Retry-After", "RateLimit", "RateLimit-Policy"))


def test_readers_behind_a_known_proxy_are_told_apart(footnote: Command, tmp_path: Path) -> None:
    """Each has the rate of the key; without the proxy's word all would share it, and anybody could take another's."""
    data = tmp_path / "data"
    key = KeyRing(data).create("page", ["ask"], origins=[SITE], rate="1/hour").secret
    headers = {"Authorization": f"Bearer {key}", "Origin": SITE}
    for proxies, expected in (("127.0.0.1", [200, 200, 429]), ("", [200, 429, 429])):
        with serve(footnote, data, FOOTNOTE_PROXIES=proxies) as served, served.client() as client:
            got = [
                client.get("/v1/config", headers={**headers, "X-Forwarded-For": f"203.0.113.9, {reader}"}).status_code
                for reader in ("192.0.2.1", "192.0.2.2", "192.0.2.1")
            ]
        assert got == expected


def test_service_without_keys_answers_its_own_pages_and_no_others(archive: Path, tmp_path: Path) -> None:
    with open_api(copy(archive, tmp_path)) as api:
        assert api.client.post("/v1/ask", json=QUESTION, headers={"Origin": OWN}).status_code == 200
        assert api.client.post("/v1/ask", json=QUESTION, headers={"Origin": SITE}).status_code == 403


def test_config_needs_no_key_and_tells_nothing_secret(pages: Pages) -> None:
    response = pages.api.client.get("/v1/config")
    assert response.status_code == 200
    config = response.json()
    assert config["limits"]["question_characters"] == 2_000
    assert (config["limits"]["conversation_turns"], config["limits"]["conversation_characters"]) == (20, 16_000)
    assert (config["suggested_questions"], config["feedback"]) == ([], True)
    script = pages.api.app.state.widget.scripts["footnote.js"]
    assert config["widget"]["integrity"] == script.integrity
    assert pages.api.client.get(config["widget"]["pinned"]).content == script.content
    assert pages.site not in response.text
    assert pages.api.client.get("/v1/config", headers={"Authorization": "Bearer wrong"}).status_code == 401
    assert pages.api.client.get("/v1/config", headers=MACHINE).status_code == 200


def test_questions_are_suggested_where_whoever_runs_the_service_names_some(archive: Path, tmp_path: Path) -> None:
    with open_api(copy(archive, tmp_path), suggested_questions=" Who, and why? | Where? |", feedback_days=0) as api:
        config = api.client.get("/v1/config").json()
        assert config["suggested_questions"] == ["Who, and why?", "Where?"]
        assert config["feedback"] is False
