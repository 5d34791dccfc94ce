"""/v1/ingestions: uploads are kept when the call returns, worked on in the background, and reported line by line."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.ingestions import UPLOADS
from tests.builders import write_corpus
from tests.command import Command
from tests.fakes import FailingEncoder
from tests.serving import MACHINE, NDJSON, Api, address_of, copy, open_api, serve, wait_for

HTML = """<!doctype html><html><head><title>Ferry line reopens</title>
<meta property="article:published_time" content="2026-01-09"></head><body><article><h1>Ferry line reopens</h1>
<p>The ferry line from Amity to Port Sorrel reopened on Friday after a winter of repairs to both of its landings.</p>
<p>Captain Ulla Brandvold took 61 passengers across in the first hour, and said that the new engine was quiet.</p>
</article></body></html>"""
MARKDOWN = "---\ntitle: Mill burns\ndate: 2026-01-10\n---\n\nThe paper mill of Lowmere burned down on Saturday.\n"


@pytest.fixture(scope="module")
def api(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """A service over twenty articles."""
    with open_api(copy(archive, tmp_path_factory.mktemp("ingestions")), max_article_bytes=20_000) as api:
        yield api


def _file(name: str, kind: str, content: str) -> dict[str, object]:
    return {"file": {"name": name, "format": kind, "content": content}}


def test_upload_is_accepted_and_then_done_with_a_report(api: Api) -> None:
    lines = [{"id": f"up{number}", "text": f"The tram of line {number} derailed."} for number in range(3)]
    content = "".join(json.dumps(line) + "\n" for line in lines)
    response = api.client.post("/v1/ingestions", content=content, headers={**MACHINE, **NDJSON})
    assert response.status_code == 202
    accepted = response.json()
    assert response.headers["Location"] == f"/v1/ingestions/{accepted['id']}"
    assert accepted["object"] == "ingestion"
    assert accepted["status"] in ("queued", "running")
    assert accepted["report"] is None
    done = api.finish(accepted["id"])
    assert done["status"] == "done"
    assert done["reason"] is None
    assert (done["report"]["added"], done["report"]["failed"], done["report"]["passages"]) == (3, [], 3)
    assert done["created_at"] == accepted["created_at"]
    assert done["progress"]["articles"] == 3
    assert "up1" in {one["article_id"] for one in api.search("The tram of line 1 derailed.")}
    assert list((api.service.folder / UPLOADS).iterdir()) == []


def test_same_upload_again_changes_nothing(api: Api) -> None:
    line = {"id": "again", "text": "The kiosk of Amity closed."}
    assert api.upload(line)["report"]["added"] == 1
    report = api.upload(line)["report"]
    assert (report["added"], report["changed"], report["unchanged"], report["embedded"]) == (0, 0, 1, 0)


def test_files_are_read_by_their_format(api: Api) -> None:
    done = api.upload(_file("ferry.html", "html", HTML), _file("a/mill.md", "markdown", MARKDOWN),
                      _file("plain.txt", "text", "Rain fell.\n\nThe weir of Dunmere held through the flood."))
    assert (done["report"]["added"], done["report"]["failed"]) == (3, [])
    ferry = api.client.get("/v1/articles/ferry.html").json()
    assert (ferry["title"], ferry["published_at"]) == ("Ferry line reopens", "2026-01-09")
    assert "<p>" not in api.text("ferry.html", 1)
    mill = api.client.get(address_of("a/mill.md")).json()
    assert (mill["title"], mill["published_at"]) == ("Mill burns", "2026-01-10")
    answer = api.ask("How many passengers did Captain Ulla Brandvold take across?")
    assert "61 passengers" in answer["answer"]["text"]


def test_file_may_travel_as_base64(api: Api) -> None:
    content = base64.b64encode("The Zoë bridge, built in 1901, fell.".encode("latin-1")).decode()
    done = api.upload({"file": {"name": "latin.txt", "format": "text", "content_base64": content}})
    assert done["report"]["added"] == 1
    assert api.text("latin.txt", 1) == "The Zoë bridge, built in 1901, fell."


def test_bad_lines_are_reported_by_their_number_and_harm_no_other(api: Api) -> None:
    done = api.upload(
        {"id": "good1", "text": "The first good line."}, "{not json", "", {"id": "none"}, [1, 2], {"text": "  "},
        {"file": {"name": "x", "format": "pdf", "content": "x"}}, {"file": {"name": "x", "format": "text"}},
        {"file": {"name": "x", "format": "text", "content_base64": "%%%"}}, {"file": "x"},
        {"id": "long", "text": "x" * 30_000}, {"id": "half", "text": "a \ud800 b", "title": "\ud800"},
        {"id": "good2", "text": "The last good line."},
    )
    report = done["report"]
    assert done["status"] == "done"
    failed = {one["location"]: one["reason"] for one in report["failed"]}
    assert list(failed)[:2] == ["line 2", "line 4"]
    assert {f"line {number}" for number in (2, 4, 5, 6, 7, 8, 9, 10, 11)} <= set(failed)
    assert "not valid JSON" in failed["line 2"]
    assert "text" in failed["line 4"]
    assert "limit" in failed["line 11"]
    assert api.text("good1", 1) == "The first good line."
    assert api.text("good2", 1) == "The last good line."


def test_line_that_is_not_utf8_is_reported(api: Api) -> None:
    content = b'{"id": "latin", "text": "caf\xe9"}\n{"id": "utf", "text": "The quay flooded."}\n'
    response = api.client.post("/v1/ingestions", content=content, headers={**MACHINE, **NDJSON})
    report = api.finish(response.json()["id"])["report"]
    assert [one["location"] for one in report["failed"]] == ["line 1"]
    assert "UTF-8" in report["failed"][0]["reason"]
    assert report["added"] == 1


def test_query_says_what_the_articles_do_not(api: Api) -> None:
    api.upload(
        _file("given.txt", "text", "The pier was sold."), publisher="Amity Post", date="2026-02-02",
        url="https://amity.example/pier",
    )
    article = api.client.get(address_of("https://amity.example/pier")).json()
    assert (article["publisher"], article["published_at"]) == ("Amity Post", "2026-02-02")


@pytest.mark.parametrize("content", [b"", b"\n"])
def test_upload_of_nothing_is_refused_or_reported_as_nothing(api: Api, content: bytes) -> None:
    response = api.client.post("/v1/ingestions", content=content, headers={**MACHINE, **NDJSON})
    if content:
        report = api.finish(response.json()["id"])["report"]
        assert (report["added"], report["failed"]) == (0, [])
    else:
        assert response.status_code == 422
        assert response.json()["type"] == "/problems#invalid-request"
        assert "empty" in response.json()["detail"]
    assert list((api.service.folder / UPLOADS).iterdir()) == []


@pytest.mark.parametrize(("name", "value"), [("date", "yesterday"), ("date", ""), ("publisher", "p" * 501)])
def test_query_that_cannot_be_read_is_refused_before_the_upload(api: Api, name: str, value: str) -> None:
    response = api.client.post(
        "/v1/ingestions", params={name: value}, content=b'{"text": "x"}\n', headers={**MACHINE, **NDJSON}
    )
    assert response.status_code == 422
    assert [error["pointer"] for error in response.json()["errors"]] == [f"query:{name}"]
    assert list((api.service.folder / UPLOADS).iterdir()) == []


@pytest.mark.parametrize("name", ["ing_0", "nowhere", "..%2Fcatalog", "%00"])
def test_ingestion_that_never_was_is_not_found(api: Api, name: str) -> None:
    response = api.client.get(f"/v1/ingestions/{name}", headers=MACHINE)
    assert response.status_code == 404
    assert response.json()["type"] in ("/problems#unknown-ingestion", "/problems#not-found")


def test_encoder_that_fails_fails_one_upload_and_no_other(archive: Path, tmp_path: Path) -> None:
    """An error that nobody foresaw must not leave an upload `running`, and those behind it waiting, for ever."""
    with open_api(copy(archive, tmp_path), FailingEncoder("words", dimension=512)) as api:
        failed = api.upload({"id": "bad", "text": f"The {FailingEncoder.word} was found."})
        assert failed["status"] == "failed"
        assert failed["report"] is None
        assert failed["reason"]
        assert api.upload({"id": "good", "text": "The quay was found."})["status"] == "done"


def test_upload_that_a_killed_service_left_is_finished_by_the_next(footnote: Command, tmp_path: Path) -> None:
    data = tmp_path / "data"
    lines = [{"id": f"k{number}", "text": f"The kite of team {number} flew over Dunmere."} for number in range(150)]
    content = write_corpus(tmp_path / "corpus.jsonl", lines).read_bytes()
    with serve(footnote, data) as served:
        with served.client() as client:
            response = client.post("/v1/ingestions", content=content, headers=NDJSON, params={"publisher": "Kite Post"})
        assert response.status_code == 202
        served.process.kill()
        served.process.wait()
    assert len(list((data / UPLOADS).glob("ing_*.jsonl"))) == 1
    (data / UPLOADS / "ing_unfinished.part").write_bytes(b"half an upload")
    with serve(footnote, data) as served, served.client() as client:
        location = response.headers["Location"]
        done = wait_for(
            lambda: (found := client.get(location).json())["status"] in ("done", "failed") and found, seconds=120
        )
        report = done["report"]
        assert report["added"] + report["unchanged"] == 150
        assert report["failed"] == []
        assert client.get("/readyz").json()["articles"] == 150
        assert client.get("/v1/articles/k149").json()["publisher"] == "Kite Post"
        assert list((data / UPLOADS).iterdir()) == []
