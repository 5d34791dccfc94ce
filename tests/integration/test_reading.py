"""From real files on disk to drafts: what goes in, what fails and under which name."""

import gzip
import json
import os
from pathlib import Path

import pytest

from ingest.article import Metadata, PublishedAt
from ingest.errors import UnreadableArticle
from ingest.reading import Failure, Item, find_items, fingerprint, read_draft, total_bytes

LIMIT = 10_000_000
NOTHING = Metadata()
STORY = "The town of Lowmere will close its last paper mill in June, the council said on Monday."


def items_of(*paths: Path, limit: int = LIMIT) -> list[Item]:
    return [found for found in find_items(paths, max_article_bytes=limit) if isinstance(found, Item)]


def failures_of(*paths: Path, limit: int = LIMIT) -> list[Failure]:
    return [found for found in find_items(paths, max_article_bytes=limit) if isinstance(found, Failure)]


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def write_corpus(path: Path, *records: object) -> Path:
    return write(path, "".join(json.dumps(record) + "\n" for record in records))


def test_a_folder_is_read_recursively_and_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.MD", "a/y.html", "a/b/x.htm", "c.markdown", "notes.pdf", ".hidden.txt", ".git/a.txt"):
        write(tmp_path / name, STORY)
    items = items_of(tmp_path)
    assert [item.name for item in items] == ["a/b/x.htm", "a/y.html", "a/z.MD", "b.txt", "c.markdown"]
    assert [item.kind for item in items] == ["html", "html", "markdown", "text", "markdown"]
    assert {item.source for item in items} == {str(tmp_path.resolve())}
    assert items[0].location == str(tmp_path / "a/b/x.htm")
    assert sum(item.bytes_read for item in items) == total_bytes([tmp_path]) == 5 * len(STORY)


def test_a_file_of_its_own_counts_from_its_folder(tmp_path: Path) -> None:
    write(tmp_path / "in/a.txt", STORY)
    (item,) = items_of(tmp_path / "in/a.txt")
    assert (item.name, item.source) == ("a.txt", str((tmp_path / "in").resolve()))
    assert items_of(tmp_path / "in")[0] == item


def test_a_relative_path_is_shown_as_it_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "in/a.txt", STORY)
    monkeypatch.chdir(tmp_path)
    (item,) = items_of(Path("in"))
    assert item.location == os.path.join("in", "a.txt")


def test_what_is_missing_or_not_supported_is_a_failure(tmp_path: Path) -> None:
    pdf = write(tmp_path / "a.pdf", "x")
    missing, unsupported = failures_of(tmp_path / "missing", pdf)
    assert missing == Failure(location=str(tmp_path / "missing"), reason="no such file or folder")
    assert ".jsonl.gz" in unsupported.reason
    assert total_bytes([tmp_path / "missing", pdf]) == 0


def test_links_are_followed_inside_the_folder_only(tmp_path: Path) -> None:
    outside = write(tmp_path / "outside/secret.txt", STORY)
    inside = write(tmp_path / "in/a.txt", STORY)
    (tmp_path / "in/leak.txt").symlink_to(outside)
    (tmp_path / "in/leak").symlink_to(outside.parent)
    (tmp_path / "in/again.txt").symlink_to(inside)
    (tmp_path / "in/loop").symlink_to(tmp_path / "in")
    (tmp_path / "in/gone.txt").symlink_to(tmp_path / "nowhere")
    assert [item.name for item in items_of(tmp_path / "in")] == ["a.txt", "again.txt"]


def test_a_file_too_large_is_a_failure_that_names_the_setting(tmp_path: Path) -> None:
    with (tmp_path / "big.txt").open("wb") as stream:
        stream.truncate(52_400_000)
    (failure,) = failures_of(tmp_path)
    assert failure.reason == (
        "52.4 MB is more than the limit of 10 MB for one article; split it or raise FOOTNOTE_MAX_ARTICLE_BYTES"
    )


def test_a_corpus_gives_an_item_for_each_record(tmp_path: Path) -> None:
    corpus = write_corpus(
        tmp_path / "news.jsonl", {"id": "a", "text": STORY}, {"text": STORY}, {"id": 3, "text": STORY}
    )
    items = items_of(corpus)
    assert [item.name for item in items] == ["a", "news:2", "3"]
    assert [item.location for item in items] == [f"{corpus}, line {number}" for number in (1, 2, 3)]
    assert {item.source for item in items} == {str(corpus.resolve())}
    assert sum(item.bytes_read for item in items) == corpus.stat().st_size
    assert [item.name for item in items_of(tmp_path)] == ["a", "news:2", "3"]


def test_a_packed_corpus_counts_packed_bytes(tmp_path: Path) -> None:
    lines = "".join(json.dumps({"id": str(number), "text": os.urandom(200).hex()}) + "\n" for number in range(500))
    corpus = write(tmp_path / "news.jsonl.gz", gzip.compress(lines.encode()))
    items = items_of(corpus)
    assert len(items) == 500
    assert sum(item.bytes_read for item in items) == total_bytes([corpus]) == corpus.stat().st_size


def test_broken_lines_fail_by_number_and_the_rest_goes_in(tmp_path: Path) -> None:
    lines = [
        b'{"id": "a", "text": "One."}',
        b"",
        b"{broken",
        b"[]",
        b'{"text": "\xff"}',
        b'{"id": "b", "text": "Two."}',
    ]
    corpus = write(tmp_path / "news.jsonl", b"\xef\xbb\xbf" + b"\r\n".join(lines))
    assert [item.name for item in items_of(corpus)] == ["a", "b"]
    assert [failure.location.rsplit(" ", 1)[1] for failure in failures_of(corpus)] == ["3", "4", "5"]


def test_a_line_too_long_is_passed_over(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "news.jsonl", {"text": "x" * 300_000}, {"id": "b", "text": "Two."})
    (failure,) = failures_of(corpus, limit=1_000)
    assert failure.location.endswith("line 1")
    assert failure.reason.startswith("300,013 bytes is more than the limit of 1,000 bytes")
    assert [item.name for item in items_of(corpus, limit=1_000)] == ["b"]


def test_a_packed_corpus_that_ends_too_early_gives_what_it_holds(tmp_path: Path) -> None:
    lines = "".join(json.dumps({"id": str(number), "text": os.urandom(200).hex()}) + "\n" for number in range(500))
    packed = gzip.compress(lines.encode())
    corpus = write(tmp_path / "news.jsonl.gz", packed[: len(packed) // 2])
    assert 0 < len(items_of(corpus)) < 500
    (failure,) = failures_of(corpus)
    assert "damaged or ends too early" in failure.reason


def test_a_corpus_that_is_not_what_its_name_says_is_a_failure(tmp_path: Path) -> None:
    not_packed = write(tmp_path / "a.jsonl.gz", '{"text": "One."}\n')
    utf_16 = write(tmp_path / "b.jsonl", '{"text": "One."}\n'.encode("utf-16"))
    first, second = failures_of(not_packed, utf_16)
    assert "damaged" in first.reason
    assert "UTF-16" in second.reason


def test_a_text_file_becomes_a_draft(tmp_path: Path) -> None:
    write(tmp_path / "in/a.txt", f"Lowmere to close its mill\n\n{STORY}\r\n")
    (item,) = items_of(tmp_path / "in")
    draft = read_draft(item, given=NOTHING)
    assert (draft.id, draft.name, draft.source) == ("a.txt", "a.txt", item.source)
    assert (draft.text, draft.metadata.title, draft.metadata.language) == (STORY, "Lowmere to close its mill", "en")
    assert [draft.text[sentence.start : sentence.end] for sentence in draft.sentences] == [STORY]
    assert draft.fingerprint == fingerprint(item, NOTHING)


def test_an_article_is_named_by_its_id_else_its_address_else_its_path(tmp_path: Path) -> None:
    url = "https://herald.example/mill"
    corpus = write_corpus(
        tmp_path / "news.jsonl",
        {"id": "a", "text": STORY, "url": url},
        {"text": STORY, "url": f"{url}#top"},
        {"text": STORY},
    )
    drafts = [read_draft(item, given=NOTHING) for item in items_of(corpus)]
    source = str(corpus.resolve())
    assert [(draft.id, draft.source) for draft in drafts] == [("a", source), (url, url), ("news:3", source)]


def test_what_is_given_goes_before_what_the_source_says(tmp_path: Path) -> None:
    record = {
        "text": STORY,
        "source": "Herald",
        "date": "2026-03-03",
        "url": "https://herald.example/mill",
        "author": "Ann",
    }
    corpus = write_corpus(tmp_path / "news.jsonl", record, {"text": STORY})
    day = PublishedAt(iso="2026-04-01")
    given = Metadata(publisher="Sun", published_at=day, url="https://sun.example/mill")
    first, second = (read_draft(item, given=given) for item in items_of(corpus))
    assert (first.metadata.publisher, first.metadata.published_at, first.metadata.author) == ("Sun", day, "Ann")
    assert (first.metadata.url, first.id) == ("https://sun.example/mill", "https://herald.example/mill")
    assert second.id == second.source == "https://sun.example/mill"


def test_the_fingerprint_changes_with_the_content_and_with_what_is_given(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", STORY)
    (before,) = items_of(tmp_path)
    write(tmp_path / "a.txt", STORY + " It was sold.")
    (after,) = items_of(tmp_path)
    prints = {fingerprint(before, NOTHING), fingerprint(after, NOTHING), fingerprint(before, Metadata(publisher="Sun"))}
    assert len(prints) == 3
    assert {len(value) for value in prints} == {16}
    assert fingerprint(before, NOTHING) == fingerprint(before, Metadata())


@pytest.mark.parametrize("content", [b"", b"\n\n", b"***\n", b"PK\x03\x04\x00\x00", b"\xe2\x80\x8b"])
def test_a_file_without_text_is_unreadable(tmp_path: Path, content: bytes) -> None:
    write(tmp_path / "a.txt", content)
    (item,) = items_of(tmp_path)
    with pytest.raises(UnreadableArticle):
        read_draft(item, given=NOTHING)


def test_half_a_character_in_json_does_not_stop_the_run(tmp_path: Path) -> None:
    corpus = write(tmp_path / "news.jsonl", '{"id": "a", "title": "Mill \\ud800", "text": "It shut \\udfff down."}\n')
    draft = read_draft(items_of(corpus)[0], given=NOTHING)
    assert draft.text == "It shut \ufffd down."
    assert draft.metadata.title == "Mill \ufffd"
    assert len(draft.sha256) == 64


def test_names_that_are_no_text_are_made_printable(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(path, "wb") as stream:
        stream.write(STORY.encode())
    (item,) = items_of(tmp_path)
    item.name.encode()
    item.location.encode()


def test_a_cut_and_a_warning_are_reported(tmp_path: Path) -> None:
    corpus = write_corpus(
        tmp_path / "news.jsonl", {"text": f"{STORY}\n\nAdditional research by Kim Low", "date": "05/03/2026"}
    )
    draft = read_draft(items_of(corpus)[0], given=NOTHING)
    assert draft.text == STORY
    assert [cut.reason for cut in draft.cuts] == ["credit"]
    assert "05/03/2026" in draft.warnings[0]
