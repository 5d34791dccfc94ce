"""Immutable builds of the vector index: published whole, checked before use, rebuilt when they are damaged."""

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ingest import doctor
from ingest.errors import BrokenIndex
from ingest.generations import CURRENT, DATABASE, MANIFEST, UNUSED, Generations
from ingest.projections import catch_up, index_folder, is_unfinished, rebuild
from ingest.recording import Recorder
from ingest.vectors import VectorIndex
from tests.builders import ALL, ENCODER, LARGE, make_drafts, make_sentence, make_title, overwrite, record, remove

HNSW = ("data_level0.bin", "header.bin", "index_metadata.pickle", "length.bin", "link_lists.bin")
FILES = (*HNSW, DATABASE, MANIFEST, CURRENT)
PROBED = range(3, LARGE, 130)


def _halve(path: Path) -> None:
    overwrite(path, path.read_bytes()[: path.stat().st_size // 2])


def _empty(path: Path) -> None:
    overwrite(path, b"")


def _delete(path: Path) -> None:
    path.unlink()


def _flip(path: Path, seed: int = 1) -> None:
    """Change one bit in each of eight bytes."""
    content, chosen = bytearray(path.read_bytes()), random.Random(seed)
    for _ in range(8):
        content[chosen.randrange(len(content))] ^= 1 << chosen.randrange(8)
    overwrite(path, content)


@pytest.fixture
def recorder(own_large: Path) -> Iterator[Recorder]:
    with Recorder(own_large) as recorder:
        yield recorder


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Recorder]:
    """A catalog of three articles without a generation."""
    with Recorder(tmp_path / "own") as recorder:
        record(recorder, ENCODER, *make_drafts(3))
        yield recorder


def _generations(recorder: Recorder) -> Generations:
    return Generations(index_folder(recorder.folder))


def _locate(recorder: Recorder, name: str) -> Path:
    (path,) = [path for path in index_folder(recorder.folder).rglob(name) if path.parent.name != "bm25"]
    return path


def _names(recorder: Recorder) -> set[str]:
    return {path.name for path in index_folder(recorder.folder).iterdir()} - {"bm25"}


def _search_warm(recorder: Recorder) -> str | None:
    """Ask a warm index for ten articles by their own words; its fault, None where it asks Chroma."""
    index = VectorIndex(index_folder(recorder.folder), recorder, warm=True)
    try:
        for number in PROBED:
            (vector,) = ENCODER.encode([f"{make_title(number)}\n{make_sentence(number)}"])
            ((key, similarity), *_) = index.search(vector, limit=3, filters=ALL)
            assert similarity == pytest.approx(1, abs=1e-5)
            assert index.similarities(vector, [key]) == pytest.approx({key: 1}, abs=1e-5)  # by the catalog
        return index.fault
    finally:
        index.close()


def _examine(recorder: Recorder) -> doctor.Finding:
    (finding,) = [finding for finding in doctor.examine(recorder) if finding.check == "chroma"]
    return finding


def test_generation_holds_every_live_passage_and_says_so(own: Recorder) -> None:
    remove(own, "n2")
    built = _generations(own).build(own)
    assert built is not None
    assert (built.number, built.count, built.encoder) == (1, 2, ENCODER.id)
    assert (built.catalog, built.sequence) == (own.uuid, own.sequence)
    assert _generations(own).current() == built
    _generations(own).check(built, own, hashes=True)
    _generations(own).probe(built, own)
    assert _names(own) == {"gen-000001", CURRENT}


def test_next_generation_replaces_the_one_before(own: Recorder) -> None:
    _generations(own).build(own)
    record(own, ENCODER, *make_drafts(1, first=4))
    built = _generations(own).build(own)
    assert built is not None
    assert (built.number, built.count) == (2, 4)
    assert _names(own) == {"gen-000002", CURRENT}


def test_emptied_catalog_withdraws_the_generation(own: Recorder) -> None:
    _generations(own).build(own)
    remove(own, "n1", "n2", "n3")
    assert catch_up(own).generation is None
    assert _generations(own).current() is None
    assert _names(own) == set()
    assert _examine(own).remedy is None


def test_what_a_killed_build_left_is_swept(own: Recorder) -> None:
    leftover = index_folder(own.folder) / "building-x7k2" / "gen-000001"
    leftover.mkdir(parents=True)
    (leftover / DATABASE).write_bytes(b"half")
    assert _generations(own).current() is None
    assert is_unfinished(own)
    catch_up(own)
    assert _names(own) == {"gen-000001", CURRENT}
    assert not is_unfinished(own)


def test_generation_without_a_pointer_to_it_is_not_used_and_replaced(own: Recorder) -> None:
    """A build that was killed between its last two renames."""
    first = _generations(own).build(own)
    shutil.copytree(index_folder(own.folder) / "gen-000001", index_folder(own.folder) / "gen-000002")
    assert _generations(own).current() == first
    record(own, ENCODER, *make_drafts(1, first=4))
    built = _generations(own).build(own)
    assert built is not None
    assert (built.number, built.count) == (3, 4)
    assert _names(own) == {"gen-000003", CURRENT}


def test_pointer_that_was_written_before_the_manifest_was_complete_is_caught(recorder: Recorder) -> None:
    """The null control: what a build in the wrong order would leave when it is killed."""
    manifest = _locate(recorder, MANIFEST)
    content = manifest.read_bytes()
    for half in (b"", content[:200], content[:-2]):
        manifest.write_bytes(half)
        with pytest.raises(BrokenIndex, match="damaged; run: footnote reindex"):
            _generations(recorder).current()
        assert _search_warm(recorder) is not None
        assert not is_unfinished(recorder)
    manifest.unlink()
    with pytest.raises(BrokenIndex, match="names a generation that is gone"):
        _generations(recorder).current()


def test_manifest_that_claims_more_than_the_generation_holds_is_caught(recorder: Recorder) -> None:
    """Articles between its true sequence and the claimed one would be missing from every answer."""
    manifest = _locate(recorder, MANIFEST)
    record(recorder, ENCODER, *make_drafts(8, first=LARGE + 1))
    claimed = manifest.read_text(encoding="utf-8").replace(f'"sequence": {LARGE}', f'"sequence": {LARGE + 8}')
    assert str(LARGE + 8) in claimed
    manifest.write_text(claimed, encoding="utf-8")
    with pytest.raises(BrokenIndex):
        _generations(recorder).current()


def test_generation_of_another_catalog_or_encoder_is_refused(recorder: Recorder, own: Recorder) -> None:
    shutil.copytree(index_folder(recorder.folder), index_folder(own.folder))
    manifest = _generations(own).current()
    assert manifest is not None
    with pytest.raises(BrokenIndex, match="another catalog"):
        _generations(own).check(manifest, own)
    with recorder.transaction():
        recorder.use_encoder("other/32")
    with pytest.raises(BrokenIndex, match="another embedding model"):
        _generations(recorder).check(manifest, recorder)


def test_sound_generation_answers_from_chroma(recorder: Recorder) -> None:
    assert {path.name for path in index_folder(recorder.folder).rglob("*.bin")} == {*HNSW} - {"index_metadata.pickle"}
    assert _search_warm(recorder) is None
    assert _search_warm(recorder) is None  # opening rewrites chroma.sqlite3, which is no damage
    assert _examine(recorder).remedy is None


@pytest.mark.parametrize("damage", [_halve, _empty, _delete, _flip])
@pytest.mark.parametrize("name", FILES)
def test_damaged_file_is_found_by_the_doctor_and_never_gives_a_wrong_answer(
    recorder: Recorder, name: str, damage: Callable[[Path], None]
) -> None:
    damage(_locate(recorder, name))
    fault = _search_warm(recorder)
    remedy = _examine(recorder).remedy
    if (name, damage) == (UNUSED, _flip):
        assert (fault, remedy) == (None, None)  # it does no harm
    elif (name, damage) == (CURRENT, _delete):
        assert (fault, remedy) == (None, doctor.REINDEX)  # as before the first build: searched exactly, built again
        assert is_unfinished(recorder)
    else:
        assert fault is not None
        assert fault.endswith("run: footnote reindex")
        assert remedy == doctor.REINDEX


def test_small_generation_may_be_opened_again_and_again(own_small: Path) -> None:
    """Below 1,000 vectors Chroma makes the files of its index anew at each opening, of whatever was in memory."""
    with Recorder(own_small) as recorder:
        opened = [VectorIndex(index_folder(own_small), recorder, warm=True) for _ in range(4)]
        assert [index.fault for index in opened] == [None] * 4
        _flip(_locate(recorder, "data_level0.bin"))
        _flip(_locate(recorder, UNUSED))
        opened.append(VectorIndex(index_folder(own_small), recorder, warm=True))
        (vector,) = ENCODER.encode([f"{make_title(7)}\n{make_sentence(7)}"])
        (seventh,) = (one.key for one in recorder.passages_since(0) if one.passage.article_id == "n7")
        for index in opened:
            assert index.fault is None
            assert index.search(vector, limit=1, filters=ALL)[0][0] == seventh
            index.close()


@pytest.mark.parametrize("heal", [catch_up, rebuild])
@pytest.mark.parametrize("name", ["data_level0.bin", DATABASE, MANIFEST, CURRENT])
def test_lost_file_is_healed_from_the_catalog(
    recorder: Recorder, name: str, heal: Callable[[Recorder], object]
) -> None:
    _locate(recorder, name).unlink()
    heal(recorder)
    assert _search_warm(recorder) is None
    assert _examine(recorder).remedy is None
    assert len(_names(recorder)) == 2


def test_changed_bytes_are_healed_by_a_rebuild(recorder: Recorder) -> None:
    _flip(_locate(recorder, "data_level0.bin"))
    rebuild(recorder)
    assert _search_warm(recorder) is None


def test_changed_bytes_in_the_database_are_found_or_do_no_harm(recorder: Recorder) -> None:
    database = _locate(recorder, DATABASE)
    sound, found = database.read_bytes(), 0
    for seed in range(25):
        _flip(database, seed)
        found += _search_warm(recorder) is not None
        database.write_bytes(sound)
    assert found >= 5
