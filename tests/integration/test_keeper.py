"""The indexes of a service: built in the background, mended where they are damaged, and never waited for."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from filelock import FileLock

from ingest import doctor
from ingest.catalog import Catalog
from ingest.generations import Generations
from ingest.projections import SMALL_DELTA, VECTORS_LOCK, index_folder, lexical_folder
from tests.builders import make_sentence, make_title, overwrite
from tests.serving import MACHINE, Api, address_of, copy, open_api, wait_for


def _ready(api: Api) -> Any:  # noqa: ANN401  any JSON
    response = api.client.get("/readyz")
    assert response.status_code == 200
    return response.json()


def _damage(data: Path, name: str) -> None:
    (path,) = index_folder(data).glob(f"gen-*/**/{name}")
    overwrite(path, b"x" * path.stat().st_size)


def _indexed(api: Api) -> bool:
    """Whether BM25 holds just what the catalog holds, in every Answerer."""
    return all(answerer.indexes.lexical.up_to_date for answerer in api.service.pool.answerers)


def _names(data: Path) -> set[str]:
    return {path.name for path in index_folder(data).glob("gen-*")}


def test_posted_articles_are_folded_into_the_words_index_in_the_background(archive: Path, tmp_path: Path) -> None:
    with open_api(copy(archive, tmp_path)) as api:
        assert _indexed(api)
        api.post(id="rink", text="The ice rink of Elmsford opened on Sunday.")
        assert "rink" in {one["article_id"] for one in api.search("ice rink of Elmsford")}
        wait_for(lambda: _indexed(api))
        assert api.search("ice rink of Elmsford")[0]["article_id"] == "rink"
        assert api.service.pool.answerers[0].indexes.lexical.count() == 21
        assert _ready(api)["index_generation"] == 1  # one passage is no reason for another


def test_articles_beyond_what_is_searched_from_memory_become_a_generation(archive: Path, tmp_path: Path) -> None:
    count = SMALL_DELTA + 50
    lines = [{"id": f"b{one}", "title": make_title(one), "text": make_sentence(one)} for one in range(count)]
    data = copy(archive, tmp_path)
    with open_api(data) as api:
        done = api.upload(*lines)
        assert (done["status"], done["report"]["added"], done["report"]["generation"]) == ("done", count, 2)
        assert _ready(api) == {"status": "ready", "reasons": [], "articles": count + 20, "index_generation": 2}
        assert api.search(make_title(2_007))[0]["article_id"] == "b2007"
        assert _names(data) == {"gen-000002"}
        assert "footnote_index_delta_passages 0.0" in api.client.get("/metrics").text
        with Catalog(data) as catalog:
            assert [finding.remedy for finding in doctor.examine(catalog)] == [None] * 5


@pytest.mark.parametrize("name", ["header.bin", "chroma.sqlite3", "MANIFEST.json"])
def test_damaged_generation_is_mended_while_questions_are_answered(archive: Path, tmp_path: Path, name: str) -> None:
    data = copy(archive, tmp_path)
    _damage(data, name)
    with open_api(data) as api:
        with FileLock(data / VECTORS_LOCK):  # nothing is built meanwhile
            degraded = _ready(api)
            assert degraded["status"] == "degraded"
            assert "damaged" in degraded["reasons"][0]
            assert "footnote_degraded 1.0" in api.client.get("/metrics").text
            assert api.search(make_title(7))[0]["article_id"] == "n7"
            answer = api.ask(make_sentence(7).replace(" says", ", what does it say"))
            assert "n7" in {source["article_id"] for source in answer["sources"]}
            assert any(warning.startswith("Degraded: ") for warning in answer["warnings"])
        wait_for(lambda: _ready(api)["status"] == "ready")
        assert _ready(api) == {"status": "ready", "reasons": [], "articles": 20, "index_generation": 2}
        assert api.search(make_title(7))[0]["article_id"] == "n7"
        assert not any(warning.startswith("Degraded") for warning in api.ask(make_title(7))["warnings"])
        wait_for(lambda: _names(data) == {"gen-000002"})


def test_reason_that_strangers_are_told_names_no_folder_of_this_machine(archive: Path, tmp_path: Path) -> None:
    data = copy(archive, tmp_path)
    _damage(data, "header.bin")
    with open_api(data) as api, FileLock(data / VECTORS_LOCK):
        assert _ready(api)["status"] == "degraded"
        assert str(tmp_path) not in api.client.get("/readyz").text
        assert str(tmp_path) not in str(api.ask(make_title(7))["warnings"])


def test_damaged_words_index_is_made_anew_before_the_first_question(archive: Path, tmp_path: Path) -> None:
    data = copy(archive, tmp_path)
    largest = max(lexical_folder(data).glob("*.*"), key=lambda path: path.stat().st_size)
    content = bytearray(largest.read_bytes())
    content[len(content) // 3] ^= 0xFF
    overwrite(largest, content)
    with open_api(data) as api:
        assert _indexed(api)
        assert api.service.pool.answerers[0].indexes.lexical.count() == 20
        assert api.search(make_title(7))[0]["article_id"] == "n7"


def test_generation_that_is_read_is_kept_and_swept_when_nobody_reads_it(archive: Path, tmp_path: Path) -> None:
    data = copy(archive, tmp_path)
    with open_api(data) as api:
        api.service.keeper.tend()
        generations = Generations(index_folder(data))
        first = generations.current()
        assert first is not None
        with generations.reading(first):
            for number in range(1, 8):
                api.client.delete(address_of(f"n{number}"), headers=MACHINE)
            api.service.keeper.tend()
            assert _ready(api)["index_generation"] == 2
            assert _names(data) == {"gen-000001", "gen-000002"}
        api.service.keeper.tend()
        assert _names(data) == {"gen-000002"}
        assert _ready(api)["articles"] == 13


def test_catalog_that_cannot_be_written_is_an_error_and_no_empty_answer(archive: Path, tmp_path: Path) -> None:
    data = copy(archive, tmp_path)
    with open_api(data) as api:
        other = sqlite3.connect(data / "catalog.sqlite3", isolation_level=None)
        other.execute("ALTER TABLE passages RENAME TO lost")
        response = api.client.post("/v1/ask", json={"question": "What happened?"})
        assert (response.status_code, response.json()["type"]) == (503, "/problems#storage-failed")
        assert str(data) not in response.text
        other.execute("ALTER TABLE lost RENAME TO passages")
        other.close()
        assert api.client.post("/v1/ask", json={"question": "What happened?"}).status_code == 200


def test_readers_and_a_writer_work_together_and_what_was_acknowledged_is_found(archive: Path, tmp_path: Path) -> None:
    """Four ask without pause while one posts, asks for each article at once, and deletes every third."""
    written, over = 60, Event()
    with open_api(copy(archive, tmp_path), answer_threads=3, rate="1000000/second") as api:

        def read(first: int) -> int:
            asked = 0
            while not over.is_set():
                number = 1 + (first + asked) % 20
                found = api.search(make_title(number), limit=50)
                assert f"n{number}" in {one["article_id"] for one in found}
                assert api.ask(make_title(number))["sources"]
                asked += 1
            return asked

        def write() -> None:
            for number in range(1_000, 1_000 + written):
                posted = api.post(id=f"w{number}", title=make_title(number), text=make_sentence(number))
                assert posted["change"] == "added"
                answer = api.ask(f"{make_title(number)}?")
                assert f"w{number}" in {source["article_id"] for source in answer["sources"]}
                if number % 3 == 0:
                    deleted = api.client.delete(address_of(f"w{number}"), headers=MACHINE)
                    assert deleted.status_code == 204
                    assert f"w{number}" not in str(api.ask(f"{make_title(number)}?")["sources"])

        with ThreadPoolExecutor() as pool:
            readers = [pool.submit(read, first) for first in (0, 5, 10, 15)]
            try:
                write()
            finally:
                over.set()
            assert all(reader.result() > 0 for reader in readers)
        assert {event["status"] for event in api.events} <= {200, 201, 204}
        assert api.warned == []
        wait_for(lambda: _indexed(api))
        with Catalog(api.service.folder) as catalog:
            assert catalog.counts().articles == 20 + written - 20
            assert [finding.remedy for finding in doctor.examine(catalog)] == [None] * 5
