"""Dates no more precise than their source, names and hashes of articles and passages."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from ingest.article import (
    Article,
    DatePrecision,
    Metadata,
    Passage,
    PublishedAt,
    derive_label,
    hash_text,
)
from tests.builders import make_draft


def _make_article(*, title: str | None = None, published: str | None = None) -> Article:
    published_at = PublishedAt(iso=published) if published else None
    return Article(
        id="a", version=1, source="feed", metadata=Metadata(title=title, published_at=published_at),
        text="The bridge reopened.", sha256=hash_text("The bridge reopened."), sentences=(), cuts=(),
        first_seen=date(2026, 3, 1), story_id="st_1",
    )


@pytest.mark.parametrize(
    ("iso", "precision"),
    [
        ("2026-01-15", "day"),
        ("2026-01-15T04:00", "minute"),
        ("2026-01-15T04:00-05:00", "instant"),
        ("2026-01-15T23:30+00:00", "instant"),
    ],
)
def test_date_keeps_the_precision_of_its_source(iso: str, precision: DatePrecision) -> None:
    published = PublishedAt(iso=iso)
    assert published.precision == precision
    assert published.day == date(2026, 1, 15)


def test_moment_is_kept_to_the_minute_with_its_zone_where_it_has_one() -> None:
    newfoundland = timezone(-timedelta(hours=3, minutes=30))
    assert PublishedAt.of_moment(datetime(2026, 1, 15, 4, 5, 59)).iso == "2026-01-15T04:05"
    assert PublishedAt.of_moment(datetime(2026, 1, 15, 4, 5, tzinfo=newfoundland)).iso == "2026-01-15T04:05-03:30"
    assert PublishedAt.of_moment(datetime(2026, 1, 15, 4, 5, tzinfo=UTC)).precision == "instant"
    assert PublishedAt.of_day(date(2026, 1, 15)).iso == "2026-01-15"


def test_day_is_the_one_the_source_wrote_and_not_the_one_in_another_zone() -> None:
    assert PublishedAt(iso="2026-01-15T23:30-05:00").day == date(2026, 1, 15)


def test_article_without_a_date_counts_from_the_day_it_was_first_seen() -> None:
    assert _make_article().day == date(2026, 3, 1)
    assert _make_article(published="2026-01-15T04:00").day == date(2026, 1, 15)


def test_label_is_the_title_or_the_first_nine_words() -> None:
    assert _make_article(title="Bridge open").label == "Bridge open"
    assert _make_article().label == "The bridge reopened."
    assert derive_label("one two three four five six seven eight nine") == (
        "one two three four five six seven eight nine"
    )
    assert derive_label("one two\nthree four five six seven eight nine ten") == (
        "one two three four five six seven eight nine…"
    )


def test_passage_is_named_by_article_version_and_span() -> None:
    assert Passage(article_id="mill-7", version=2, start=10, end=42, text="").id == "mill-7:2:10-42"


def test_hash_is_that_of_the_utf8_bytes() -> None:
    # printf 'café' | sha256sum
    assert hash_text("café") == "850f7dc43910ff890f8879c0ed26fe697c93a067ad93a7d50f466a7028a9bf4e"
    assert make_draft(text="café").sha256 == hash_text("café")
