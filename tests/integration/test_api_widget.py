"""/widget: the modules of the chat widget as browsers of every page load them, new, pinned, packed and kept."""

import base64
import gzip
import hashlib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from service.api.bundle import bundle
from service.api.scripts import Widget, read_widget
from tests.serving import copy, open_api

WRITTEN = {
    "footnote.js": 'customElements.define("x-y", HTMLElement);\nimport("./panel.js");\nimport(`./panel.js?2`);\n',
    "panel.js": "export const greeting = 'Où est-ce ? أين';\n" * 20,
}
LAUNCHER, PANEL = (bundle(WRITTEN)[name].encode() for name in ("footnote.js", "panel.js"))  # as they are sent
PAGE = {"Origin": "https://any.example", "Accept-Encoding": "identity"}
YEAR = 31_536_000


@pytest.fixture(scope="module")
def widget(tmp_path_factory: pytest.TempPathFactory) -> Widget:
    """Two modules, beside what is no module."""
    folder = tmp_path_factory.mktemp("widget")
    (folder / "footnote.js").write_bytes(LAUNCHER)
    (folder / "panel.js").write_bytes(PANEL)
    for name in ("README.md", "tsconfig.json", ".hidden.js", "UPPER.js", "a..js", "footnote.js.map", "x.mjs"):
        (folder / name).write_text("secret", encoding="utf-8")
    (folder / "folder.js").mkdir()
    return read_widget(folder)


@pytest.fixture(scope="module")
def client(archive: Path, tmp_path_factory: pytest.TempPathFactory, widget: Widget) -> Iterator[TestClient]:
    with open_api(copy(archive, tmp_path_factory.mktemp("served")), widget=widget) as api:
        api.service.keys.create("closes the service", ["admin"])
        yield api.client


def test_module_is_served_to_a_page_of_any_origin_without_a_key(client: TestClient) -> None:
    response = client.get("/widget/v1/panel.js", headers=PAGE)
    assert (response.status_code, response.content) == (200, PANEL)
    assert response.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response.headers["Cache-Control"] == "public, max-age=300, must-revalidate"
    assert "access-control-allow-credentials" not in response.headers


def test_what_is_quoted_in_a_module_is_sent_as_it_is(client: TestClient) -> None:
    assert "'Où est-ce ? أين'" in client.get("/widget/v1/panel.js").text


def test_module_is_packed_for_whoever_reads_gzip(client: TestClient) -> None:
    with client.stream("GET", "/widget/v1/panel.js", headers={"Accept-Encoding": "br, gzip;q=0.8"}) as response:
        packed = b"".join(response.iter_raw())
    assert response.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed) == PANEL
    assert len(packed) < len(PANEL) / 2
    for accepted in ("identity", "gzip;q=0", "gzip; q=0.0", "br"):
        plain = client.get("/widget/v1/panel.js", headers={"Accept-Encoding": accepted})
        assert "content-encoding" not in plain.headers
        assert "Accept-Encoding" in plain.headers["Vary"]
        assert plain.headers["ETag"] != response.headers["ETag"]


@pytest.mark.parametrize("accepted", ["identity", "gzip"])
def test_module_that_a_browser_has_is_not_sent_again(client: TestClient, accepted: str) -> None:
    headers = {"Accept-Encoding": accepted}
    etag = client.get("/widget/v1/footnote.js", headers=headers).headers["ETag"]
    for known in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        response = client.get("/widget/v1/footnote.js", headers={**headers, "If-None-Match": known})
        assert (response.status_code, response.content, response.headers["ETag"]) == (304, b"", etag)
        assert response.headers["Access-Control-Allow-Origin"] == "*"
    for other in ('"other"', etag.strip('"'), etag[:-2] + '"'):
        response = client.get("/widget/v1/footnote.js", headers={**headers, "If-None-Match": other})
        assert response.status_code == 200


def test_head_says_what_get_would(client: TestClient, widget: Widget) -> None:
    for path in ("/widget/v1/panel.js", f"/widget/v1/{widget.release}/panel.js"):
        got, head = client.get(path, headers=PAGE), client.head(path, headers=PAGE)
        assert (head.status_code, head.content) == (200, b"")
        for name in ("Content-Type", "Content-Length", "ETag", "Cache-Control", "Access-Control-Allow-Origin"):
            assert head.headers[name] == got.headers[name]


def test_pinned_module_is_kept_for_a_year_with_what_it_loads_beside_it(client: TestClient, widget: Widget) -> None:
    assert widget.pinned == f"/widget/v1/{widget.release}/footnote.js"
    for path, content in ((widget.pinned, LAUNCHER), (widget.pinned.replace("footnote", "panel"), PANEL)):
        response = client.get(path, headers=PAGE)
        assert (response.status_code, response.content) == (200, content)
        assert response.headers["Cache-Control"] == f"public, max-age={YEAR}, immutable"
    digest = base64.b64encode(hashlib.sha384(LAUNCHER).digest()).decode()
    assert widget.scripts["footnote.js"].integrity == f"sha384-{digest}"


def test_page_that_pinned_a_release_that_is_gone_gets_what_there_is(client: TestClient) -> None:
    response = client.get(f"/widget/v1/{'0' * 12}/panel.js", headers=PAGE, follow_redirects=False)
    assert (response.status_code, response.headers["Location"]) == (307, "/widget/v1/panel.js")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cache-Control"] == "no-store"


def test_module_loads_others_of_its_own_release_only(client: TestClient, widget: Widget) -> None:
    """A page that was opened while the service was renewed must not run halves of two releases."""
    current = client.get("/widget/v1/footnote.js").content
    assert current == LAUNCHER.replace(b"./panel.js", f"./{widget.release}/panel.js".encode())  # a second try, too
    assert client.get(f"/widget/v1/{widget.release}/panel.js").content == PANEL


def test_release_changes_with_any_module(tmp_path: Path) -> None:
    (tmp_path / "footnote.js").write_bytes(LAUNCHER)
    releases = [read_widget(tmp_path).release]
    (tmp_path / "panel.js").write_bytes(PANEL)
    releases.append(read_widget(tmp_path).release)
    (tmp_path / "panel.js").write_bytes(PANEL + b"0;\n")
    releases += [read_widget(tmp_path).release] * 2
    assert len(set(releases)) == 3
    assert releases[2] == releases[3]


@pytest.mark.parametrize(
    "name",
    ["README.md", "tsconfig.json", ".hidden.js", "UPPER.js", "a..js", "footnote.js.map", "x.mjs", "folder.js",
     "nothing.js", "..%2f..%2fversion.py", "%2e%2e/%2e%2e/version.py", "footnote.js%00", "footnote.js/", "",
     "000000000000/README.md", "00000000000g/panel.js", "../v1/panel.js/x"],
)
def test_what_is_no_module_is_not_found(client: TestClient, name: str) -> None:
    response = client.get(f"/widget/v1/{name}")
    assert (response.status_code, response.json()["type"]) == (404, "/problems#not-found")


def test_modules_are_loaded_under_no_other_method(client: TestClient) -> None:
    response = client.post("/widget/v1/footnote.js")
    assert response.status_code == 405
    assert {one.strip() for one in response.headers["Allow"].split(",")} == {"GET", "HEAD"}


def test_installed_widget_is_the_one_that_is_served(archive: Path, tmp_path: Path) -> None:
    modules = {
        file.name: file.read_text(encoding="utf-8") for file in files("service").joinpath("widget").iterdir()
        if file.name.endswith(".js")
    }
    installed = bundle(modules)
    assert {"footnote.js", "panel.js"} <= set(installed)
    with open_api(copy(archive, tmp_path)) as api:
        for name, content in installed.items():
            assert api.client.get(f"/widget/v1/{api.app.state.widget.release}/{name}").text == content
