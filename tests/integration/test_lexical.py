"""BM25 over a real catalog in a real tantivy index: what it finds, what it leaves out, and how it recovers."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from ingest.filters import Filters
from ingest.lexical import LexicalIndex, analyze, content_terms
from ingest.projections import lexical_folder
from ingest.recording import Recorder
from tests.builders import ALL, make_draft, overwrite, record, remove
from tests.fakes import WordEncoder

ENCODER = WordEncoder()
ARTICLES = (
    make_draft("canola", "China cut its duty on canola seed.", publisher="Lakeshore Courier", published="2026-01-16"),
    make_draft("lobster", "Lobster boats left the harbour.", publisher="The Lowmere Herald", published="2026-01-20"),
    make_draft("mill", "The café by the mill is closing.", title="Mill workers vote on canola", published="2026-02-01"),
    make_draft("undated", "A harbour pilot spoke of canola, canola and canola again."),
)


@pytest.fixture
def recorder(tmp_path: Path) -> Iterator[Recorder]:
    with Recorder(tmp_path / "data") as recorder:
        record(recorder, ENCODER, *ARTICLES)
        yield recorder


@pytest.fixture(params=["on disk", "from memory"])
def index(request: pytest.FixtureRequest, recorder: Recorder) -> LexicalIndex:
    index = _open(recorder)
    if request.param == "on disk":
        assert index.catch_up() == len(ARTICLES)
    return index


def _open(recorder: Recorder, *, verify: bool = False) -> LexicalIndex:
    return LexicalIndex(lexical_folder(recorder.folder), recorder, verify=verify)


def _find(recorder: Recorder, index: LexicalIndex, question: str, filters: Filters = ALL) -> list[str]:
    keys = [key for key, _ in index.search(content_terms(question), limit=10, filters=filters)]
    stored = recorder.passages_of(keys)
    return [stored[key].passage.article_id for key in keys]


def test_passages_are_ranked_by_how_often_they_hold_the_words_and_titles_count(
    recorder: Recorder, index: LexicalIndex
) -> None:
    assert _find(recorder, index, "What happened to canola?") == ["undated", "canola", "mill"]
    assert _find(recorder, index, "the DUTIES") == ["canola"]
    assert _find(recorder, index, "cafe") == ["mill"]
    assert _find(recorder, index, "closed") == ["mill"]
    assert _find(recorder, index, "zebra") == []


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (ALL, {"canola", "mill", "undated"}),
        (Filters(after=date(2026, 1, 16)), {"canola", "mill"}),
        (Filters(after=date(2026, 1, 17)), {"mill"}),
        (Filters(before=date(2026, 1, 16)), {"canola"}),
        (Filters(as_of=date(2026, 2, 1)), {"canola", "mill"}),
        (Filters(as_of=date(2026, 3, 1)), {"canola", "mill", "undated"}),
        (Filters(publishers=("LAKESHORE courier", "Nobody")), {"canola"}),
        (Filters(after=date(2026, 1, 1), publishers=("The Lowmere Herald",)), set()),
        (Filters(articles=("undated", "lobster")), {"undated"}),
        (Filters(articles=("nothing",)), set()),
    ],
)
def test_filters_leave_out_what_the_catalog_leaves_out(
    recorder: Recorder, index: LexicalIndex, filters: Filters, expected: set[str]
) -> None:
    assert set(_find(recorder, index, "canola", filters)) == expected


def test_filters_do_not_change_scores(recorder: Recorder, index: LexicalIndex) -> None:
    everything = dict(index.search(["canola"], limit=10, filters=ALL))
    for filters in (Filters(after=date(2026, 1, 1)), Filters(articles=("canola", "mill"))):
        some = index.search(["canola"], limit=10, filters=filters)
        assert len(some) == 2
        assert some == [(key, everything[key]) for key, _ in some]


@pytest.mark.parametrize(
    "question",
    [
        "", " ", '"', '"canola', "canola AND (", "title:canola^9 OR -duty~2", "\\", "*", "a" * 100_000,
        "canola " * 10_000,
        "🦞 🇨🇦", "\x00", "canola\x00duty", "漢字 कखग", "\ud800", "' OR 1=1 --", "[a TO z]", "NOT", "\u202ecanola",
    ],
)
def test_no_question_is_an_error(recorder: Recorder, index: LexicalIndex, question: str) -> None:
    found = _find(recorder, index, question.encode("utf-8", "replace").decode())
    assert ("canola" in found) == ("canola" in question)


def test_terms_are_stems_and_words_that_only_ask_are_left_out() -> None:
    assert analyze("The Cafés' closings") == ["the", "cafe", "close"]
    assert content_terms("What was the duty on canola, and what was the duty before?") == ["duti", "canola", "befor"]
    assert content_terms("Who is it?") == ["who", "is", "it"]


def test_rarer_term_has_the_higher_weight(index: LexicalIndex, recorder: Recorder) -> None:
    index.catch_up()
    assert index.rarity("zebra") > index.rarity("duti") > index.rarity("canola") > 0


def test_words_are_counted_by_passage_as_they_are_written(index: LexicalIndex) -> None:
    assert index.count_words("ca") == {"canola": 3, "cafe": 1}  # "The café …"
    assert index.count_words("vote") == {"vote": 1}  # in a title
    assert index.count_words("x") == {}
    assert index.holds("vote")
    assert index.holds("close")
    assert not index.holds("closing")  # no stem


def test_new_article_is_found_before_it_is_on_disk(recorder: Recorder) -> None:
    _open(recorder).catch_up()
    index = _open(recorder)
    assert (index.lag, index.up_to_date) == (0, True)
    record(recorder, ENCODER, make_draft("ferry", "The ferry was sold."))
    assert (index.lag, index.up_to_date, index.count()) == (1, False, 4)
    assert _find(recorder, index, "ferry") == ["ferry"]
    assert index.catch_up() == 1
    assert (index.lag, index.up_to_date, index.count()) == (0, True, 5)
    assert _find(recorder, _open(recorder), "ferry") == ["ferry"]


def test_removed_and_changed_articles_are_left_out_at_once_and_gone_after_catching_up(recorder: Recorder) -> None:
    index = _open(recorder)
    index.catch_up()
    remove(recorder, "undated")
    record(recorder, ENCODER, make_draft("canola", "Nothing was said.", published="2026-01-16"))
    for opened in (index, _open(recorder)):
        assert _find(recorder, opened, "canola") == ["mill"]
        assert _find(recorder, opened, "nothing") == ["canola"]
    assert index.catch_up() == 1
    assert index.count() == 3
    assert _find(recorder, _open(recorder), "canola") == ["mill"]


def test_many_removed_articles_do_not_hide_the_others(recorder: Recorder) -> None:
    names = [f"copy{number}" for number in range(40)]
    record(recorder, ENCODER, *(make_draft(name, f"Canola canola canola, {name}.") for name in names))
    _open(recorder).catch_up()
    remove(recorder, *names)
    keys = _open(recorder).search(["canola"], limit=2, filters=ALL)
    assert len(keys) == 2


def test_catching_up_twice_does_nothing(recorder: Recorder) -> None:
    index = _open(recorder)
    assert [index.catch_up(), index.catch_up(), _open(recorder).catch_up()] == [4, 0, 0]
    assert index.rebuild() == 4
    assert index.count() == 4


def _delete_everything(folder: Path) -> None:
    shutil.rmtree(folder)


def _delete_segments(folder: Path) -> None:
    for path in folder.glob("*.term"):
        path.unlink()


def _halve_meta(folder: Path) -> None:
    content = (folder / "meta.json").read_bytes()
    overwrite(folder / "meta.json", content[: len(content) // 2])


def _empty_every_file(folder: Path) -> None:
    for path in folder.iterdir():
        overwrite(path, b"")


def _fill_with_garbage(folder: Path) -> None:
    for path in folder.iterdir():
        overwrite(path, b"\x93garbage\xff" * 40)


@pytest.mark.parametrize(
    "damage", [_delete_everything, _delete_segments, _halve_meta, _empty_every_file, _fill_with_garbage]
)
def test_lost_or_damaged_index_is_searched_from_memory_and_rebuilt(
    recorder: Recorder, damage: Callable[[Path], None]
) -> None:
    _open(recorder).catch_up()
    damage(lexical_folder(recorder.folder))
    index = _open(recorder)
    assert index.lag == 4
    assert _find(recorder, index, "duty") == ["canola"]
    assert index.catch_up() == 4
    assert _open(recorder).count() == 4


@pytest.mark.parametrize("suffix", ["term", "idx", "fast", "fieldnorm", "store"])
def test_changed_byte_is_found_where_files_are_verified(recorder: Recorder, suffix: str) -> None:
    _open(recorder).catch_up()
    assert _open(recorder, verify=True).up_to_date
    (path, *_) = lexical_folder(recorder.folder).glob(f"*.{suffix}")
    content = bytearray(path.read_bytes())
    content[len(content) // 3] ^= 0x10
    overwrite(path, content)
    index = _open(recorder, verify=True)
    assert index.lag == 4
    assert index.catch_up() == 4
    assert _open(recorder, verify=True).up_to_date


def test_index_of_another_catalog_is_not_used(recorder: Recorder, tmp_path: Path) -> None:
    _open(recorder).catch_up()
    with Recorder(tmp_path / "other") as other:
        record(other, ENCODER, make_draft("ferry", "The ferry was sold."), make_draft("depot", "The depot burned."))
        shutil.copytree(lexical_folder(recorder.folder), lexical_folder(other.folder))
        index = _open(other)
        assert index.lag == 2
        assert _find(other, index, "canola") == []
        assert index.catch_up() == 2
        assert (_open(other).count(), _open(other).lag) == (2, 0)


def test_index_that_is_ahead_of_a_restored_catalog_is_not_used(recorder: Recorder, tmp_path: Path) -> None:
    with recorder.snapshot():
        shutil.copytree(recorder.folder, tmp_path / "backup")
    record(recorder, ENCODER, make_draft("ferry", "The ferry was sold."))
    _open(recorder).catch_up()
    shutil.copytree(lexical_folder(recorder.folder), lexical_folder(tmp_path / "backup"))
    with Recorder(tmp_path / "backup") as restored:
        assert _open(restored).lag == 4
