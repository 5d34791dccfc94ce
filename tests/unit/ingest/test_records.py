"""Records of a corpus: every broken one is refused with its own reason."""

import json

import pytest

from ingest.errors import UnreadableArticle
from ingest.records import parse_record

RECORD = {
    "id": "mill-7",
    "title": "Mill to close",
    "text": "The mill shut.",
    "date": "2026-03-03",
    "source": "The Lowmere Herald",
    "url": "https://herald.example/mill",
    "author": "Dana Field",
}


def record(**changes: object) -> bytes:
    return json.dumps({**RECORD, **changes}).encode()


def test_id_may_have_the_name_that_beir_gives_it() -> None:
    assert parse_record(b'{"_id": "d1", "text": "The mill shut."}').id == "d1"
    assert parse_record(record(_id="d1")).id == "mill-7"


def test_a_record_becomes_metadata_and_text() -> None:
    source = parse_record(record(subtitle="Council votes", language="en"))
    metadata = source.metadata
    assert (source.id, source.body) == ("mill-7", "The mill shut.")
    assert (metadata.title, metadata.publisher, metadata.author) == (
        "Mill to close",
        "The Lowmere Herald",
        "Dana Field",
    )
    assert (metadata.published_at and metadata.published_at.iso) == "2026-03-03"
    assert (metadata.url, metadata.subtitle, metadata.language) == (
        "https://herald.example/mill",
        "Council votes",
        "en",
    )


def test_other_names_of_fields_are_understood() -> None:
    source = parse_record(record(date=None, source=None, published_at="2026-03-04", publisher="Sun"))
    assert source.metadata.publisher == "Sun"
    assert (source.metadata.published_at and source.metadata.published_at.iso) == "2026-03-04"


@pytest.mark.parametrize(("given", "read"), [(7, "7"), ("", None), (None, None), (" a\nb ", "a b"), ("a\ud800", "a?")])
def test_ids_are_one_line_of_text(given: object, read: str | None) -> None:
    assert parse_record(record(id=given)).id == read


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"{", "not valid JSON"),
        (b'{"text": "a"} x', "not valid JSON"),
        (b"[1, 2]", "is a list, not a JSON object"),
        (b'"text"', "is a string"),
        (b"null", "is null"),
        (b"{}", 'no "text"'),
        (record(text=None), 'no "text"'),
        (record(text=" \n"), "is empty"),
        (record(text=["a"]), "is a list, not a string"),
        (record(text=7), "is a number"),
        (record(id=["a"]), "the id is a list"),
        (record(id=True), "the id is true or false"),
        (record(id="x" * 501), "longer than 500"),
        (b'{"text": "\xff"}', "not UTF-8"),
        (b"[" * 100_000, "cannot be read"),
        (b'{"id": ' + b"9" * 5000 + b"}", "cannot be read"),
    ],
)
def test_a_broken_record_is_refused_with_its_reason(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableArticle, match=reason):
        parse_record(content)
