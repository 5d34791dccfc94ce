"""The doctor: silent over a sound data folder, and a remedy for every fault."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from ingest import doctor
from ingest.catalog import Catalog
from ingest.projections import catch_up, index_folder, lexical_folder, rebuild
from ingest.recording import Recorder
from ingest.schema import CATALOG
from tests.builders import ENCODER, SMALL, make_drafts, overwrite, record, remove

CHECKS = ["catalog", "articles", "vectors", "bm25", "chroma"]


@pytest.fixture
def recorder(own_small: Path) -> Iterator[Recorder]:
    with Recorder(own_small) as recorder:
        yield recorder


def _examine(catalog: Catalog) -> dict[str, str]:
    """Remedies by the check that gave them."""
    return {finding.check: finding.remedy for finding in doctor.examine(catalog) if finding.remedy}


def _find(catalog: Catalog, check: str) -> doctor.Finding:
    """What one check finds; those behind it are not run."""
    return next(finding for finding in doctor.examine(catalog) if finding.check == check)


def _tamper(recorder: Recorder, statement: str, *values: object) -> None:
    """Change the catalog behind the back of everything that guards it."""
    connection = sqlite3.connect(recorder.folder / CATALOG)
    with connection:
        assert connection.execute(statement, values).rowcount > 0
    connection.close()


def test_sound_folder_is_found_sound_check_by_check(recorder: Recorder) -> None:
    findings = list(doctor.examine(recorder))
    assert [finding.check for finding in findings] == CHECKS
    assert [finding.remedy for finding in findings] == [None] * 5
    assert all(str(SMALL) in finding.detail for finding in findings)


def test_sound_folder_is_found_sound_after_additions_and_removals(recorder: Recorder) -> None:
    record(recorder, ENCODER, *make_drafts(5, first=SMALL + 1))
    remove(recorder, "n1", "n2")
    catch_up(recorder)
    assert _examine(recorder) == {}


def test_empty_catalog_is_sound(tmp_path: Path) -> None:
    with Recorder(tmp_path / "data") as recorder:
        assert _examine(recorder) == {}


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE versions SET text = replace(text, 'says', 'said') WHERE article = 7",
        "UPDATE versions SET text = text || ' It never happened.' WHERE article = 7",
        "UPDATE versions SET sha256 = 'f00' WHERE article = 7",
        "UPDATE versions SET sentences = x'00000000ffff000000' WHERE article = 7",
        "UPDATE passages SET first = first + 5 WHERE article = 7",
        "UPDATE passages SET last = 9999 WHERE article = 7",
        "DELETE FROM passages WHERE article = 7",
    ],
)
def test_changed_article_is_found_and_named(recorder: Recorder, change: str) -> None:
    _tamper(recorder, change)
    finding = _find(recorder, "articles")
    assert finding.remedy == doctor.RESTORE
    assert "1 of 60" in finding.detail
    assert "'n7'" in finding.detail


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE versions SET cuts = '[{' WHERE article = 7",
        "UPDATE versions SET cuts = '[{\"size\": 4}]' WHERE article = 7",
        "UPDATE versions SET sentences = x'00' WHERE article = 7",
        "UPDATE articles SET first_seen = 'yesterday' WHERE key = 7",
        "UPDATE versions SET text = CAST(x'ff' AS TEXT) WHERE article = 7",
    ],
)
def test_row_that_cannot_be_parsed_is_found(recorder: Recorder, change: str) -> None:
    _tamper(recorder, change)
    assert _find(recorder, "articles").remedy == doctor.RESTORE


@pytest.mark.parametrize("factor", [0, 0.5, float("nan"), float("inf")])
def test_vector_of_another_length_than_1_is_found(recorder: Recorder, factor: float) -> None:
    vector = np.full(ENCODER.dimension, factor, dtype=np.float32)
    _tamper(recorder, "UPDATE vectors SET vector = ? WHERE key = 7", vector.tobytes())
    assert _find(recorder, "vectors").remedy == doctor.RESTORE


def test_vector_of_another_size_is_found(recorder: Recorder) -> None:
    _tamper(recorder, "UPDATE vectors SET vector = x'00000000' WHERE key = 7")
    assert _find(recorder, "vectors").remedy == doctor.RESTORE


def test_passage_without_a_vector_is_found(recorder: Recorder) -> None:
    _tamper(recorder, "DELETE FROM vectors WHERE key = 7")
    assert _find(recorder, "catalog").remedy == _find(recorder, "vectors").remedy == doctor.RESTORE


def test_damaged_page_of_the_catalog_is_found(own_small: Path) -> None:
    path = own_small / CATALOG
    content = bytearray(path.read_bytes())
    content[-4096 * 3 : -4096 * 2] = b"\xff" * 4096
    path.write_bytes(content)
    with Catalog(own_small) as catalog:
        (first, *_) = doctor.examine(catalog)
    assert first.remedy == doctor.RESTORE


def test_articles_that_bm25_misses_are_found_and_a_rebuild_mends_it(recorder: Recorder) -> None:
    record(recorder, ENCODER, *make_drafts(3, first=SMALL + 1))
    assert _examine(recorder) == {"bm25": doctor.REINDEX}
    for path in lexical_folder(recorder.folder).glob("*.idx"):
        overwrite(path, path.read_bytes()[:-40])
    assert _examine(recorder) == {"bm25": doctor.REINDEX}
    rebuild(recorder)
    assert _examine(recorder) == {}


def test_removed_articles_that_bm25_holds_are_found(recorder: Recorder) -> None:
    remove(recorder, "n7")
    finding = _find(recorder, "bm25")
    assert (finding.detail, finding.remedy) == ("holds 60 passages, the catalog 59", doctor.REINDEX)


def test_damaged_generation_is_found_and_a_rebuild_mends_it(recorder: Recorder) -> None:
    (path,) = index_folder(recorder.folder).rglob("chroma.sqlite3")
    overwrite(path, b"")
    assert _examine(recorder) == {"chroma": doctor.REINDEX}
    rebuild(recorder)
    assert _examine(recorder) == {}
