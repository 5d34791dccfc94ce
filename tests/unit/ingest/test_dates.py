"""Dates: read as precisely as they were written, and left out where they could be two days."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from ingest.dates import find_only_date, read_date


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2026-01-15", "2026-01-15"),
        ("20260115", "2026-01-15"),
        ("2026/01/15", "2026-01-15"),
        ("2026-01-15T04:00", "2026-01-15T04:00"),
        ("2026-01-15 04:00:59", "2026-01-15T04:00"),
        ("2026-01-15T04:00:00Z", "2026-01-15T04:00+00:00"),
        ("2026-01-15T04:00:00.123-05:00", "2026-01-15T04:00-05:00"),
        ("2026-01-15 04:00:00 +0100", "2026-01-15T04:00+01:00"),
        ("Thu, 15 Jan 2026 04:00:00 -0500", "2026-01-15T04:00-05:00"),
        ("Thu, 15 Jan 2026 04:00:00 GMT", "2026-01-15T04:00+00:00"),
        ("January 15, 2026 - 04:00", "2026-01-15T04:00"),
        ("January 15, 2026", "2026-01-15"),
        ("Thursday, January 15th, 2026", "2026-01-15"),
        ("15 January 2026", "2026-01-15"),
        ("Jan. 5, 2026", "2026-01-05"),
        ("Sept. 5, 2026 at 3:07 p.m.", "2026-09-05T15:07"),
        ("Jan. 5, 2026 12:30 a.m. EST", "2026-01-05T00:30-05:00"),
        ("Jan. 5, 2026 9:30 a.m. IST", "2026-01-05T09:30"),
        ("Published: 5 Jan 2026", "2026-01-05"),
        ("26-FEB-1987 15:01:01.79", "1987-02-26T15:01"),
        ("13/05/2026", "2026-05-13"),
        ("05/13/2026", "2026-05-13"),
        ("05/05/2026", "2026-05-05"),
        ("2026年1月5日", "2026-01-05"),
        ("15 janvier 2026", "2026-01-15"),
        ("15. Januar 2026", "2026-01-15"),
        ("31 February 2026", None),
        ("January 2026", None),
        ("yesterday", None),
        ("last Friday", None),
        ("1/2/26", None),
        ("1768449600", None),
        ("2026-13-45", None),
        ("0001-01-01", None),
    ],
)
def test_dates_are_read_as_they_were_written(written: str, iso: str | None) -> None:
    reading = read_date(written)
    assert (reading.published_at and reading.published_at.iso) == iso
    assert (reading.problem is None) == (iso is not None)


def test_a_day_that_could_be_two_days_is_left_out_with_the_remedy() -> None:
    reading = read_date("05/03/2026")
    assert reading.published_at is None
    assert reading.problem is not None
    assert "'05/03/2026' could be two days" in reading.problem
    assert "YYYY-MM-DD" in reading.problem


def test_nothing_written_is_no_problem() -> None:
    assert read_date(None) == read_date("") == read_date("  ")
    assert read_date(None).problem is None


def test_dates_of_yaml_keep_their_precision() -> None:
    moment = datetime(2026, 1, 15, 4, 0, 30)
    assert str(read_date(date(2026, 1, 15)).published_at).count("2026-01-15'") == 1
    assert read_date(moment).published_at == read_date("2026-01-15T04:00").published_at
    assert read_date(moment.replace(tzinfo=UTC)).published_at == read_date("2026-01-15T04:00Z").published_at
    eastern = moment.replace(tzinfo=timezone(timedelta(hours=-5)))
    assert read_date(eastern).published_at == read_date("2026-01-15T04:00-05:00").published_at


@pytest.mark.parametrize("value", [True, 3.5, ["2026-01-15"], {"date": 1}])
def test_values_that_are_no_dates_are_a_problem(value: object) -> None:
    assert read_date(value).problem is not None


def test_a_line_is_a_date_only_where_nothing_else_stands_in_it() -> None:
    assert find_only_date("January 15, 2026") is not None
    assert find_only_date("On January 15, 2026 the mill closed") is None
    assert find_only_date("") is None
