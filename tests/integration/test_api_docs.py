"""/docs and /problems: pages for people, which need nothing from another host and run no script of another's."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from service.api.pages import ASSETS
from service.api.problems import KINDS
from tests.serving import copy, open_api

PAGES = ("/docs", "/problems")
WIDGET_PAGES = ("/", "/demo")


@pytest.fixture(scope="module")
def client(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with open_api(copy(archive, tmp_path_factory.mktemp("docs"))) as api:
        yield api.client


class _Page(HTMLParser):
    """What a page loads, what runs or styles inside it, and its anchors."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.inline: list[str] = []
        self.ids: list[str] = []
        self._open = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.loaded += [value for name, value in attrs if value and (name == "src" or (tag, name) == ("link", "href"))]
        self.inline += [name for name in given if name.startswith("on") or name == "style"]
        self.ids += [value for name, value in attrs if name == "id" and value]
        self._open = tag

    def handle_data(self, data: str) -> None:
        if self._open in ("script", "style") and data.strip():
            self.inline.append(data)


@pytest.mark.parametrize("path", [*PAGES, *WIDGET_PAGES])
def test_page_loads_only_what_is_served_here(client: TestClient, path: str) -> None:
    page = _Page(client.get(path).text)
    assert page.loaded
    for address in page.loaded:
        assert re.fullmatch(r"/[^/].*", address)
        assert client.get(address).status_code == 200
    assert page.inline == []


@pytest.mark.parametrize("path", PAGES)
def test_policy_allows_what_is_here_and_nothing_inline(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    policy = dict(part.strip().split(" ", 1) for part in response.headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert policy["img-src"] == "'self' data:"


@pytest.mark.parametrize("name", ASSETS)
def test_every_asset_is_served_as_what_it_is(client: TestClient, name: str) -> None:
    response = client.get(f"/docs/assets/{name}")
    assert response.status_code == 200
    assert response.content
    types = {"js": "text/javascript", "css": "text/css", "png": "image/png", "svg": "image/svg+xml"}
    assert response.headers["Content-Type"].startswith(types[name.rpartition(".")[2]])
    assert "max-age" in response.headers["Cache-Control"]


@pytest.mark.parametrize(
    "name", ["swagger-ui.LICENSE", "nothing.js", "..%2F..%2Fapp.py", "%2e%2e", "docs.js%00", "DOCS.JS"]
)
def test_other_file_is_not_found(client: TestClient, name: str) -> None:
    response = client.get(f"/docs/assets/{name}")
    assert response.status_code == 404
    assert response.json()["type"] == "/problems#not-found"


def test_our_own_script_and_styles_name_no_other_host(client: TestClient) -> None:
    for name in ("docs.js", "problems.css", "ask.css", "demo.css"):
        assert "//" not in re.sub(r"(?m)^\s*//.*$|/\*.*?\*/", "", client.get(f"/docs/assets/{name}").text)


def test_every_problem_has_its_place_on_the_page(client: TestClient) -> None:
    assert _Page(client.get("/problems").text).ids == list(KINDS)


def test_type_of_a_problem_leads_to_its_place(client: TestClient) -> None:
    page, _, anchor = client.get("/nowhere").json()["type"].partition("#")
    assert anchor in _Page(client.get(page).text).ids
