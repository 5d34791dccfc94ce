"""From files to searchable articles: what goes in, what it costs, what fails and what is left of what was removed."""

import json
from pathlib import Path

import pytest
from llama_index.core.schema import Document

from ingest.article import Metadata
from ingest.catalog import Catalog
from ingest.errors import IndexMismatch
from ingest.lexical import LexicalIndex, content_terms
from ingest.llamaindex import items_from_documents
from ingest.locking import writing
from ingest.pipeline import Ingest, Progress, embed_again
from ingest.projections import catch_up, index_folder, lexical_folder, rebuild
from ingest.recording import Recorder
from ingest.vectors import VectorIndex
from tests.builders import ALL, SEEN, make_sentence, remove, run_ingest, write_corpus
from tests.fakes import WordEncoder

STORY = "The town of Lowmere will close its last paper mill in June, the council said on Monday."
OTHER = "Lobster boats left Tern Harbour on Monday. The season opened two weeks late because of ice in the bay."
CANARY = "Quibberlandish ptarmigans juggled turquoise marmalade."


@pytest.fixture
def encoder() -> WordEncoder:
    return WordEncoder()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder with two articles."""
    for name, text in (("mill.txt", STORY), ("lobster.txt", OTHER)):
        (tmp_path / "news").mkdir(exist_ok=True)
        (tmp_path / "news" / name).write_text(text, encoding="utf-8")
    return tmp_path / "news"


def _find(data: Path, question: str) -> list[str]:
    with Catalog(data) as catalog:
        hits = LexicalIndex(lexical_folder(data), catalog).search(content_terms(question), limit=5, filters=ALL)
        stored = catalog.passages_of([key for key, _ in hits])
        return [stored[key].passage.article_id for key, _ in hits]


def test_report_counts_what_went_in(data: Path, news: Path, encoder: WordEncoder) -> None:
    report = run_ingest(data, encoder, news)
    assert (report.added, report.changed, report.unchanged, report.went_in) == (2, 0, 0, 2)
    assert (report.failed, report.warnings, report.cut) == ((), (), {})
    assert (report.passages, report.embedded, report.generation) == (2, 2, 1)
    assert _find(data, "paper mill") == ["mill.txt"]
    with Catalog(data) as catalog:
        vectors = VectorIndex(index_folder(data), catalog, warm=True)
        (vector,) = encoder.encode([OTHER])
        ((key, _),) = vectors.search(vector, limit=1, filters=ALL)
        assert catalog.passages_of([key])[key].passage.text == OTHER
        vectors.close()


def test_what_has_not_changed_costs_nothing(data: Path, news: Path, encoder: WordEncoder) -> None:
    run_ingest(data, encoder, news)
    encoder.encoded.clear()
    report = run_ingest(data, encoder, news)
    assert (report.added, report.changed, report.unchanged) == (0, 0, 2)
    assert (report.passages, report.embedded, report.generation) == (0, 0, 1)
    assert encoder.encoded == []


def test_touched_file_with_the_same_words_is_unchanged(data: Path, news: Path, encoder: WordEncoder) -> None:
    run_ingest(data, encoder, news)
    (news / "mill.txt").write_text(STORY + "\r\n\n", encoding="utf-8")
    report = run_ingest(data, encoder, news)
    assert (report.changed, report.unchanged, report.embedded) == (0, 2, 0)


def test_edited_paragraph_embeds_only_passages_around_it(data: Path, news: Path, encoder: WordEncoder) -> None:
    paragraphs = [" ".join(make_sentence(9 * number + part) for part in range(9)) for number in range(16)]
    path = news / "long.txt"
    path.write_text("\n\n".join(paragraphs), encoding="utf-8")
    first = run_ingest(data, encoder, path)
    assert first.passages >= 10
    paragraphs[5] = paragraphs[5].replace("says that", "denies that", 1)
    path.write_text("\n\n".join(paragraphs), encoding="utf-8")
    encoder.encoded.clear()
    report = run_ingest(data, encoder, path)
    assert (report.changed, report.passages) == (1, first.passages)
    assert 1 <= report.embedded <= 2
    assert all("denies" in text for text in encoder.encoded[0][:1])
    with Catalog(data) as catalog:
        assert catalog.counts().vectors == first.passages
        assert "denies" not in catalog.article("long.txt", version=1).text


def test_failures_are_reported_by_name_and_the_rest_goes_in(data: Path, news: Path, encoder: WordEncoder) -> None:
    (news / "binary.txt").write_bytes(b"\x00\x01\x02\xff" * 200)
    (news / "empty.txt").write_text(" \n", encoding="utf-8")
    (news / "huge.txt").write_text(STORY * 200, encoding="utf-8")
    report = run_ingest(data, encoder, news, news / "missing.txt", max_article_bytes=2_000)
    reasons = {Path(failure.location).name: failure.reason for failure in report.failed}
    assert sorted(reasons) == ["binary.txt", "empty.txt", "huge.txt", "missing.txt"]
    assert reasons["empty.txt"] == "it has no text"
    assert "more than the limit of 2,000 bytes" in reasons["huge.txt"]
    assert report.added == 2


def test_failures_in_a_corpus_are_reported_by_line(data: Path, tmp_path: Path, encoder: WordEncoder) -> None:
    records: list[object] = [{"id": f"a{number}", "text": make_sentence(number)} for number in range(1, 7)]
    records += ['{"id": "broken', {"id": "a3", "text": OTHER}, {"id": "last", "text": STORY}]
    corpus = write_corpus(tmp_path / "wire.jsonl", records)
    for expected in (7, 0):
        report = run_ingest(data, encoder, corpus)
        assert report.added == expected
        assert [failure.location for failure in report.failed] == [f"{corpus}, line 7", f"{corpus}, line 8"]
        assert "not valid JSON" in report.failed[0].reason
        assert report.failed[1].reason == f"its id 'a3' is a duplicate: {corpus}, line 3 has it already"


def test_second_file_with_the_same_address_fails_by_name_on_every_run(
    data: Path, news: Path, encoder: WordEncoder
) -> None:
    address = "https://courier.example/mill"
    for name, text in (("a.md", STORY), ("b.md", OTHER)):
        (news / name).write_text(f"---\nurl: {address}\n---\n{text}\n", encoding="utf-8")
    for added in (3, 0):
        report = run_ingest(data, encoder, news)
        (failure,) = report.failed
        assert (report.added, Path(failure.location).name) == (added, "b.md")
        assert failure.reason == f"its id '{address}' is a duplicate: {news / 'a.md'} has it already"
    with Catalog(data) as catalog:
        assert catalog.article(address).text == STORY


def test_id_that_belongs_to_another_corpus_fails_and_names_both(
    data: Path, tmp_path: Path, encoder: WordEncoder
) -> None:
    courier = write_corpus(tmp_path / "courier.jsonl", [{"id": "lead", "text": STORY}])
    herald = write_corpus(tmp_path / "herald.jsonl", [{"id": "lead", "text": OTHER}, {"id": "two", "text": OTHER}])
    run_ingest(data, encoder, courier)
    report = run_ingest(data, encoder, herald)
    assert report.added == 1
    (failure,) = report.failed
    assert str(courier) in failure.reason
    assert str(herald) in failure.reason


def test_article_in_another_language_goes_in_with_a_warning(data: Path, news: Path, encoder: WordEncoder) -> None:
    (news / "homard.md").write_text("---\nlanguage: fr\n---\nLe homard est arrivé lundi au port.\n", encoding="utf-8")
    report = run_ingest(data, encoder, news)
    assert [(Path(one.location).name, "'fr'" in one.reason) for one in report.warnings] == [("homard.md", True)]
    assert report.added == 3
    assert run_ingest(data / "many", WordEncoder(language=None), news).warnings == ()


def test_llamaindex_documents_go_in_like_files(data: Path, encoder: WordEncoder) -> None:
    documents = [Document(id_="mill", text=STORY), Document(id_="lobster", text=OTHER), Document(id_="no", text=" ")]
    seen: list[Progress] = []
    with writing(data), Recorder(data) as recorder:
        for added, unchanged in ((2, 0), (0, 2)):
            run = Ingest(recorder, encoder, today=SEEN, observe=seen.append)
            items = items_from_documents(documents, source="feed")
            report = run.run_items(items, given=Metadata(publisher="Lakeshore Courier"), bytes_total=0)
            assert (report.added, report.unchanged) == (added, unchanged)
            assert [failure.location for failure in report.failed] == ["no"]
    assert _find(data, "lobster") == ["lobster"]
    assert (seen[-1].step, seen[-1].articles) == ("building the index", 2)


def test_other_encoder_is_refused_until_everything_is_embedded_again(
    data: Path, news: Path, encoder: WordEncoder
) -> None:
    run_ingest(data, encoder, news)
    other = WordEncoder("other", dimension=32)
    with pytest.raises(IndexMismatch, match=r"words/64 .* other/32"):
        run_ingest(data, other, news)
    with Recorder(data) as recorder:
        embed_again(recorder, other)
        rebuild(recorder)
        assert recorder.encoder_id == "other/32"
        keys, vectors = recorder.vectors_since(0)
        assert (len(keys), vectors.shape, recorder.counts().vectors) == (2, (2, 32), 2)
    assert run_ingest(data, other, news).unchanged == 2
    with pytest.raises(IndexMismatch):
        run_ingest(data, encoder, news)


def _holds(folder: Path, text: str) -> list[str]:
    """Names of the files that hold a text, or any word of it of eight letters, in some encoding or case."""
    words = [text, *(word for word in text.rstrip(".").split() if len(word) >= 8)]
    wanted = [
        form.encode(encoding)
        for word in words
        for form in (word, word.lower())
        for encoding in ("utf-8", "utf-16-le", "utf-32-le")
    ]
    return sorted(
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and any(one in path.read_bytes() for one in wanted)
    )


def test_nothing_of_a_removed_article_is_left_in_any_file(data: Path, news: Path, encoder: WordEncoder) -> None:
    (news / "canary.md").write_text(f"---\ntitle: {CANARY}\n---\n{CANARY}\n\n{CANARY * 30}\n", encoding="utf-8")
    run_ingest(data, encoder, news)
    assert _holds(data, CANARY)
    with writing(data), Recorder(data) as recorder:
        vector = recorder.vectors_of(list(recorder.passages_of(range(1, 99))))[1]
        remove(recorder, "canary.md")
        catch_up(recorder)
        rebuild(recorder)
        kept = recorder.vectors_since(0)[1]
    assert _holds(data, CANARY) == []
    (gone, *_) = [row for row in vector if not (kept == row).all(axis=1).any()]
    assert not any(gone.tobytes() in path.read_bytes() for path in data.rglob("*") if path.is_file())
    assert run_ingest(data, encoder, news / "mill.txt").unchanged == 1


def test_vector_of_a_refused_article_is_gone_after_a_rebuild(data: Path, tmp_path: Path, encoder: WordEncoder) -> None:
    run_ingest(data, encoder, write_corpus(tmp_path / "courier.jsonl", [{"id": "lead", "text": STORY}]))
    run_ingest(data, encoder, write_corpus(tmp_path / "herald.jsonl", [{"id": "lead", "text": CANARY}]))
    with Recorder(data) as recorder:
        rebuild(recorder)
        assert recorder.counts().vectors == 1
    assert CANARY not in json.dumps(_holds(data, CANARY))
