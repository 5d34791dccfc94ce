"""The truth: what the catalog keeps, refuses and forgets, in real SQLite files."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from ingest.catalog import Catalog
from ingest.errors import BrokenCatalog, DuplicateArticle, EmptyCatalog, IndexMismatch, Locked, UnknownArticle
from ingest.filters import Filters
from ingest.recording import Recorder
from ingest.schema import CATALOG, MIGRATIONS
from tests.builders import ALL, SEEN, make_draft, make_drafts, put, record, remove
from tests.fakes import WordEncoder

OLD = "The bridge of Wexcombe reopened on Monday."
NEW = "The bridge of Wexcombe reopened on Tuesday."
ENCODER = WordEncoder()
NOBODY = 65534


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def recorder(folder: Path) -> Iterator[Recorder]:
    with Recorder(folder) as recorder:
        yield recorder


@pytest.fixture
def frozen_folder() -> Iterator[Path]:
    """A data folder with one article in which this process cannot write: root becomes nobody for a while."""
    with tempfile.TemporaryDirectory() as temporary:
        with Recorder(Path(temporary)) as recorder:
            record(recorder, ENCODER, make_draft(text=OLD))
        user = os.geteuid()
        if user == 0:
            os.chown(temporary, NOBODY, -1)
            os.seteuid(NOBODY)
        os.chmod(temporary, 0o555)
        try:
            yield Path(temporary)
        finally:
            os.chmod(temporary, 0o755)
            os.seteuid(user)


def _vectors(catalog: Catalog) -> int:
    return catalog.counts().vectors


def test_new_article_is_added_and_its_passage_is_a_span_of_it(recorder: Recorder) -> None:
    draft = make_draft(text=OLD, title="Bridge open", publisher="Lakeshore Courier", published="2026-01-15T04:00")
    assert record(recorder, ENCODER, draft) == ["added"]
    article = recorder.article("bridge")
    assert (article.version, article.text, article.sha256) == (1, OLD, draft.sha256)
    assert (article.metadata, article.sentences, article.first_seen) == (draft.metadata, draft.sentences, SEEN)
    (stored,) = recorder.passages_since(0)
    assert (stored.passage.id, stored.passage.text) == (f"bridge:1:0-{len(OLD)}", OLD)
    assert (stored.title, stored.publisher, stored.day, stored.dated) == (
        "Bridge open", "Lakeshore Courier", date(2026, 1, 15), True,
    )


def test_same_article_again_changes_nothing(recorder: Recorder) -> None:
    record(recorder, ENCODER, make_draft(text=OLD))
    before = recorder.sequence, recorder.keys_until(recorder.sequence)
    assert record(recorder, ENCODER, make_draft(text=OLD)) == ["unchanged"]
    assert (recorder.sequence, recorder.keys_until(recorder.sequence)) == before


def test_changed_text_is_a_new_version_and_the_old_one_still_resolves(recorder: Recorder) -> None:
    record(recorder, ENCODER, make_draft(text=OLD))
    assert record(recorder, ENCODER, make_draft(text=NEW)) == ["changed"]
    assert (recorder.article("bridge").version, recorder.article("bridge").text) == (2, NEW)
    assert recorder.article("bridge", version=1).text == OLD
    assert [stored.passage.text for stored in recorder.passages_since(0)] == [NEW]
    assert _vectors(recorder) == 1


def test_text_that_goes_back_is_a_third_version(recorder: Recorder) -> None:
    for text in (OLD, NEW, OLD):
        record(recorder, ENCODER, make_draft(text=text))
    assert [recorder.article("bridge", version=n).text for n in (1, 2, 3)] == [OLD, NEW, OLD]


def test_same_text_with_another_title_keeps_its_version(recorder: Recorder) -> None:
    record(recorder, ENCODER, make_draft(text=OLD, title="Bridge open"))
    assert record(recorder, ENCODER, make_draft(text=OLD, title="Bridge reopened")) == ["changed"]
    article = recorder.article("bridge")
    assert (article.version, article.metadata.title) == (1, "Bridge reopened")
    assert _vectors(recorder) == 1


def test_id_of_another_source_is_refused_by_a_message_that_names_both(recorder: Recorder) -> None:
    record(recorder, ENCODER, make_draft(text=OLD, source="courier.jsonl"))
    with pytest.raises(DuplicateArticle, match=r"'bridge' already belongs .* courier\.jsonl; .* herald\.jsonl"):
        record(recorder, ENCODER, make_draft(text=NEW, source="herald.jsonl"))
    assert recorder.article("bridge").text == OLD
    assert _vectors(recorder) == 1  # the refused transaction took its vector along


def test_same_text_under_two_ids_shares_vector_and_story(recorder: Recorder) -> None:
    record(recorder, ENCODER, make_draft("one", OLD), make_draft("two", OLD), make_draft("three", NEW))
    stories = {article.id: article.story_id for article in recorder.every_article()}
    assert stories["one"] == stories["two"] != stories["three"]
    assert [article.id for article in recorder.carriers(stories["two"])] == ["one", "two"]
    assert (recorder.counts().passages, _vectors(recorder)) == (3, 2)


def test_deleted_article_is_gone_with_everything_that_nobody_shares(recorder: Recorder) -> None:
    record(recorder, ENCODER, make_draft("one", OLD), make_draft("two", OLD), make_draft("three", NEW))
    remove(recorder, "one", "three")
    assert [article.id for article in recorder.every_article()] == ["two"]
    assert (recorder.counts().passages, _vectors(recorder)) == (1, 1)
    for article_id in ("one", "three"):
        with pytest.raises(UnknownArticle, match=article_id):
            recorder.article(article_id)
        assert recorder.input_of(article_id) is None
    with pytest.raises(UnknownArticle):
        remove(recorder, "one")
    assert recorder.faults() == []


def test_deleted_article_can_come_back(recorder: Recorder) -> None:
    record(recorder, ENCODER, make_draft(text=OLD))
    remove(recorder, "bridge")
    assert record(recorder, ENCODER, make_draft(text=OLD)) == ["added"]
    assert recorder.article("bridge").version == 1


def test_passage_keys_are_never_used_again(recorder: Recorder, folder: Path) -> None:
    seen: set[int] = set()
    for _ in range(3):
        record(recorder, ENCODER, make_draft(text=OLD))
        keys = set(recorder.keys_until(recorder.sequence))
        assert not keys & seen
        seen |= keys
        remove(recorder, "bridge")
        recorder.forget_removals(recorder.sequence)
        recorder.compact()
    with Recorder(folder) as again:
        record(again, ENCODER, make_draft(text=OLD))
        assert min(again.keys_until(again.sequence)) > max(seen)


def test_failed_transaction_leaves_nothing(recorder: Recorder, folder: Path) -> None:
    record(recorder, ENCODER, make_draft("one", OLD))
    before = recorder.counts(), recorder.sequence
    with pytest.raises(UnknownArticle), recorder.transaction():  # noqa: PT012  the last of them fails
        put(recorder, ENCODER, make_draft("two", NEW))
        recorder.delete("one")
        recorder.delete("three")
    assert (recorder.counts(), recorder.sequence) == before
    with Catalog(folder) as reader:
        assert reader.article("one").text == OLD


def test_reader_sees_whole_transactions_only(recorder: Recorder, folder: Path) -> None:
    record(recorder, ENCODER, make_draft("one", OLD))
    with Catalog(folder) as reader:
        with recorder.transaction():
            put(recorder, ENCODER, make_draft("two", NEW))
            assert reader.counts().articles == 1
        assert reader.counts().articles == 2


def test_undated_article_counts_from_the_day_it_was_first_seen(recorder: Recorder) -> None:
    record(recorder, ENCODER, make_draft("undated", OLD), make_draft("dated", NEW, published="2026-01-15"))
    record(recorder, ENCODER, make_draft("undated", OLD, title="Bridge open"), seen=date(2026, 4, 1))
    assert recorder.article("undated").first_seen == SEEN
    (stored,) = [one for one in recorder.passages_since(0) if not one.dated]
    assert stored.day == SEEN
    assert recorder.count_undated() == 1
    assert recorder.newest_day() == SEEN
    matching = recorder.matching(Filters(before=date(2026, 12, 31)), limit=10)
    assert [one.passage.article_id for one in recorder.passages_of(matching or []).values()] == ["dated"]
    assert len(recorder.matching(Filters(as_of=SEEN), limit=10) or []) == 2
    assert recorder.matching(ALL, limit=1) is None


def test_articles_are_listed_in_order_page_by_page(recorder: Recorder) -> None:
    record(recorder, ENCODER, *make_drafts(230))
    ids = [article.id for article in recorder.every_article()]
    assert ids == sorted(f"n{number}" for number in range(1, 231))
    assert [article.id for article in recorder.articles(after="n10", limit=2)] == ["n100", "n101"]


def test_other_encoder_is_refused_with_both_names(recorder: Recorder) -> None:
    recorder.check_encoder("any before the first article")
    record(recorder, ENCODER, make_draft())
    recorder.check_encoder(ENCODER.id)
    with pytest.raises(IndexMismatch, match=r"words/64 and FOOTNOTE_EMBEDDING_MODEL now gives other/8.*reindex"):
        recorder.check_encoder("other/8")


def test_compaction_says_when_a_reader_keeps_what_was_deleted(recorder: Recorder, folder: Path) -> None:
    record(recorder, ENCODER, make_draft(text=OLD))
    with Catalog(folder) as reader, reader.snapshot():
        assert reader.article("bridge").text == OLD
        remove(recorder, "bridge")
        with pytest.raises(Locked, match="still in its log"):
            recorder.compact()
        assert reader.article("bridge").text == OLD
    recorder.compact()
    assert OLD.encode() not in b"".join(path.read_bytes() for path in folder.iterdir())


def test_folder_without_articles_says_how_to_ingest_some(tmp_path: Path) -> None:
    with pytest.raises(EmptyCatalog, match=r"no articles in .*missing; run: footnote ingest PATH --data "):
        Catalog(tmp_path / "missing")
    assert not (tmp_path / "missing").exists()
    (tmp_path / CATALOG).touch()  # as a process leaves it that is killed before the schema is there
    with pytest.raises(EmptyCatalog):
        Catalog(tmp_path)
    Recorder(tmp_path).close()


@pytest.mark.parametrize("write", [False, True])
@pytest.mark.parametrize("content", [b"This is a note to self.\n" * 400, b"SQLite format 3\x00" + b"\xff" * 8_000])
def test_file_that_is_no_catalog_is_refused_and_kept(tmp_path: Path, content: bytes, write: bool) -> None:
    (tmp_path / CATALOG).write_bytes(content)
    with pytest.raises(BrokenCatalog, match=r"catalog\.sqlite3 cannot be read .*; restore it from a backup"):
        Catalog(tmp_path, write=write)
    assert (tmp_path / CATALOG).read_bytes() == content


@pytest.mark.parametrize("write", [False, True])
def test_catalog_of_a_newer_version_is_refused(recorder: Recorder, folder: Path, write: bool) -> None:
    record(recorder, ENCODER, make_draft())
    newer = len(MIGRATIONS) + 1
    connection = sqlite3.connect(folder / CATALOG)
    connection.execute(f"PRAGMA user_version = {newer}")
    connection.close()
    with pytest.raises(BrokenCatalog, match=rf"has schema {newer} .* install the newer Footnote"):
        Catalog(folder, write=write)


def test_folder_that_cannot_be_written_is_read(frozen_folder: Path) -> None:
    with pytest.raises(PermissionError):
        (frozen_folder / "new").touch()
    with Catalog(frozen_folder) as catalog:
        assert catalog.article("bridge").text == OLD


def test_copy_of_a_catalog_is_the_catalog(recorder: Recorder, folder: Path, tmp_path: Path) -> None:
    record(recorder, ENCODER, make_draft(text=OLD))
    uuid = recorder.uuid
    recorder.close()
    shutil.copytree(folder, tmp_path / "copy")
    with Catalog(tmp_path / "copy") as copy:
        assert (copy.uuid, copy.article("bridge").text) == (uuid, OLD)
