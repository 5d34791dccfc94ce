"""Dense search: the same answers from exact search and from Chroma, whatever is filtered, added or removed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from ingest.article import Metadata
from ingest.filters import Filters
from ingest.generations import Generations
from ingest.projections import index_folder
from ingest.recording import Recorder
from ingest.vectors import VectorIndex
from tests.builders import ALL, ENCODER, LARGE, SEEN, make_draft, make_drafts, make_sentence, make_title, record, remove


@pytest.fixture
def recorder(own_small: Path) -> Iterator[Recorder]:
    """A catalog of 60 articles, all of them in a generation."""
    with Recorder(own_small) as recorder:
        yield recorder


@pytest.fixture(params=[False, True], ids=["exact", "chroma"])
def index(request: pytest.FixtureRequest, recorder: Recorder) -> Iterator[VectorIndex]:
    index = _open(recorder, warm=request.param)
    assert index.fault is None
    yield index
    index.close()


def _open(recorder: Recorder, *, warm: bool) -> VectorIndex:
    return VectorIndex(index_folder(recorder.folder), recorder, warm=warm)


def _find(recorder: Recorder, index: VectorIndex, text: str, *, limit: int = 3, filters: Filters = ALL) -> list[str]:
    (vector,) = ENCODER.encode([text])
    keys = [key for key, _ in index.search(vector, limit=limit, filters=filters)]
    stored = recorder.passages_of(keys)
    return [stored[key].passage.article_id for key in keys]


def _text(number: int) -> str:
    return f"{make_title(number)}\n{make_sentence(number)}"


def test_passage_is_nearest_to_its_own_text(recorder: Recorder, index: VectorIndex) -> None:
    (vector,) = ENCODER.encode([_text(7)])
    (key, similarity), *others = index.search(vector, limit=5, filters=ALL)
    assert recorder.passages_of([key])[key].passage.article_id == "n7"
    assert similarity == pytest.approx(1, abs=1e-5)
    assert len(others) == 4
    assert [score for _, score in others] == sorted((score for _, score in others), reverse=True)


def test_new_article_is_found_at_once(recorder: Recorder, index: VectorIndex) -> None:
    assert _find(recorder, index, _text(61), limit=1) != ["n61"]
    record(recorder, ENCODER, *make_drafts(1, first=61))
    assert _find(recorder, index, _text(61), limit=1) == ["n61"]
    assert _find(recorder, index, _text(7), limit=1) == ["n7"]


def test_removed_article_is_gone_at_once(recorder: Recorder, index: VectorIndex) -> None:
    everything = _find(recorder, index, _text(7), limit=60)
    assert len(everything) == 60
    remove(recorder, "n7")
    assert _find(recorder, index, _text(7), limit=60) == everything[1:]


def test_changed_article_is_found_by_its_new_text_only(recorder: Recorder, index: VectorIndex) -> None:
    ((old, _),) = index.search(ENCODER.encode([_text(7)])[0], limit=1, filters=ALL)
    record(recorder, ENCODER, make_draft("n7", "An otter was born in the aquarium."))
    (vector,) = ENCODER.encode(["An otter was born in the aquarium."])
    (key, similarity), *_ = index.search(vector, limit=1, filters=ALL)
    assert key != old
    assert similarity == pytest.approx(1, abs=1e-5)
    assert old not in dict(index.search(ENCODER.encode([_text(7)])[0], limit=60, filters=ALL))


def test_filters_hold_for_generation_and_delta(recorder: Recorder, index: VectorIndex) -> None:
    record(recorder, ENCODER, make_draft("new", make_sentence(7), publisher="Wexcombe", published="2026-02-28"))
    record(recorder, ENCODER, make_draft("undated", make_sentence(7), publisher="Dunmere"))
    assert set(_find(recorder, index, _text(7), limit=70, filters=Filters(after=SEEN.replace(year=2025)))) == {
        "new", *(f"n{number}" for number in range(1, 61))
    }
    assert _find(recorder, index, _text(7), limit=60, filters=Filters(after=date(2026, 2, 1))) == ["new"]
    towns = _find(recorder, index, _text(7), limit=60, filters=Filters(publishers=("wexcombe",)))
    assert set(towns) == {"new", *(f"n{number}" for number in range(7, 61, 7))}
    assert _find(recorder, index, _text(7), filters=Filters(publishers=("Nowhere",))) == []


def test_similarities_are_dot_products_of_live_passages(recorder: Recorder, index: VectorIndex) -> None:
    (vector,) = ENCODER.encode([_text(7)])
    keys, vectors = recorder.vectors_since(0)
    found = index.similarities(vector, [*keys, 999_999])
    np.testing.assert_allclose([found[key] for key in keys], vectors @ vector, atol=1e-6)
    assert len(found) == len(keys)
    assert index.similarities(vector, []) == {}


def test_published_generation_is_taken_up_on_refresh(recorder: Recorder, index: VectorIndex) -> None:
    assert index.manifest is not None
    record(recorder, ENCODER, *make_drafts(5, first=61))
    remove(recorder, "n1")
    built = Generations(index_folder(recorder.folder)).build(recorder)
    assert built is not None
    index.refresh()
    assert index.manifest == built
    assert built.count == 64
    assert _find(recorder, index, _text(63), limit=1) == ["n63"]


def test_withdrawn_generation_is_let_go(recorder: Recorder, index: VectorIndex) -> None:
    remove(recorder, *(f"n{number}" for number in range(1, 61)))
    assert Generations(index_folder(recorder.folder)).build(recorder) is None
    index.refresh()
    assert index.manifest is None
    assert _find(recorder, index, _text(7)) == []
    record(recorder, ENCODER, *make_drafts(3))
    Generations(index_folder(recorder.folder)).build(recorder)
    index.refresh()
    assert _find(recorder, index, _text(2), limit=1) == ["n2"]


def test_empty_catalog_has_no_hits(tmp_path: Path) -> None:
    with Recorder(tmp_path / "empty") as recorder:
        for warm in (False, True):
            assert _open(recorder, warm=warm).search(ENCODER.encode(["any"])[0], limit=5, filters=ALL) == []


def test_damaged_new_generation_leads_to_exact_search_over_everything(recorder: Recorder) -> None:
    index = _open(recorder, warm=True)
    record(recorder, ENCODER, *make_drafts(1, first=61))
    assert _find(recorder, index, _text(61), limit=1) == ["n61"]  # from the delta, which the index now keeps
    (index_folder(recorder.folder) / "CURRENT").write_text("gen-000009 0\n", encoding="utf-8")
    index.refresh()
    assert index.fault is not None
    assert _find(recorder, index, _text(7), limit=1) == ["n7"]


def test_chroma_agrees_with_exact_search_on_a_larger_corpus(own_large: Path) -> None:
    with Recorder(own_large) as recorder:
        record(recorder, ENCODER, *make_drafts(50, first=LARGE + 1))
        remove(recorder, *(f"n{number}" for number in range(100, 150)))
        exact, chroma = _open(recorder, warm=False), _open(recorder, warm=True)
        assert (exact.fault, chroma.fault) == (None, None)
        shared = total = 0
        for number in range(5, LARGE + 50, 50):
            (vector,) = ENCODER.encode([_text(number)])
            wanted, found = (dict(index.search(vector, limit=10, filters=ALL)) for index in (exact, chroma))
            assert max(found.values()) == pytest.approx(max(wanted.values()), abs=1e-5)
            shared += sum(similarity > min(wanted.values()) - 1e-5 for similarity in found.values())
            total += len(wanted)
        assert shared >= 0.95 * total
        chroma.close()


def test_filter_that_most_passages_fail_is_answered_in_full(own_large: Path) -> None:
    """More passages match than are compared one by one, and the nearest ones do not pass."""
    with Recorder(own_large) as recorder:
        few = make_drafts(9, first=LARGE + 1)
        record(recorder, ENCODER, *(replace(one, metadata=Metadata(publisher="Rare Gazette")) for one in few))
        for warm in (False, True):
            index = VectorIndex(index_folder(recorder.folder), recorder, warm=warm, few=5)
            (vector,) = ENCODER.encode([_text(7)])
            hits = index.search(vector, limit=9, filters=Filters(publishers=("Rare Gazette",)))
            assert len(hits) == 9
            town = Filters(publishers=("Wexcombe",))
            wanted = _open(recorder, warm=False).search(vector, limit=9, filters=town)
            found = index.search(vector, limit=9, filters=town)
            assert [score for _, score in found] == pytest.approx([score for _, score in wanted], abs=1e-5)
            index.close()
