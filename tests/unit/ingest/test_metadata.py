"""Fields of any format become clean metadata."""

import pytest

from ingest.metadata import cut_site_name, read_metadata, read_text, read_url


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("Mill to close in June | Riverside Wire", "Mill to close in June"),
        ("Mill to close in June | Business | Riverside Wire", "Mill to close in June"),
        ("Opinion | Why the mill had to close", "Why the mill had to close"),
        ("Mill to close in June", "Mill to close in June"),
        ("Yes|No: a vote", "Yes|No: a vote"),
    ],
)
def test_the_name_of_the_site_is_cut_off_a_title(title: str, kept: str) -> None:
    assert cut_site_name(title) == kept


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("  Ann\u200b  Poe\n", "Ann Poe"),
        (["Ann Poe", "Lee Marsh", "Ann Poe"], "Ann Poe, Lee Marsh"),
        ([{"name": "Ann Poe"}, {"@type": "Person"}], "Ann Poe"),
        ({"name": "The Herald"}, "The Herald"),
        (1984, "1984"),
        (True, None),
        ("", None),
        (None, None),
        ({}, None),
        ("x" * 600, "x" * 500),
        ("bad \ud800 half", "bad \ufffd half"),
    ],
)
def test_a_field_is_one_clean_line(value: object, text: str | None) -> None:
    assert read_text(value) == text


@pytest.mark.parametrize(
    ("value", "url"),
    [
        ("https://Herald.example/a?id=3&utm_source=x#top", "https://herald.example/a?id=3"),
        ("http://herald.example/a", "http://herald.example/a"),
        ({"@id": "https://herald.example/a"}, "https://herald.example/a"),
        ("javascript:alert(1)", None),
        ("/a/b", None),
        ("//herald.example/a", None),
        ("ftp://herald.example/a", None),
        ("https://", None),
        ("https://herald.example/a b", None),
        ("https://[broken/", None),
        ("https://herald.example/" + "a" * 3000, None),
        (7, None),
        (None, None),
    ],
)
def test_only_web_addresses_are_kept(value: object, url: str | None) -> None:
    assert read_url(value) == url


@pytest.mark.parametrize(
    ("written", "code"), [("en-CA", "en"), ("FR", "fr"), ("zh_Hans", "zh"), ("english", None), ("", None)]
)
def test_a_language_is_a_two_letter_code(written: str, code: str | None) -> None:
    metadata, _ = read_metadata({"language": written})
    assert metadata.language == code


def test_a_date_that_cannot_be_read_is_a_warning() -> None:
    metadata, warnings = read_metadata({"title": "Mill to close", "date": "05/03/2026"})
    assert metadata.title == "Mill to close"
    assert metadata.published_at is None
    assert len(warnings) == 1
