"""Which articles may answer: the filters and the condition that they become."""

import sqlite3
from datetime import date

import pytest

from ingest.filters import Filters, condition

PASSAGES = [  # key, day, dated, publisher
    (1, "2026-01-10", 1, "Lakeshore Courier"),
    (2, "2026-01-15", 1, "The Lowmere Herald"),
    (3, "2026-01-20", 1, None),
    (4, "2026-01-16", 0, "The Lowmere Herald"),
]


def _select(filters: Filters) -> list[int]:
    """The keys that the condition lets pass in a real table."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE articles (key INTEGER, id TEXT)")
    connection.executemany("INSERT INTO articles VALUES (?, ?)", [(7, "bridge"), (8, "ferry")])
    connection.execute("CREATE TABLE passages (key INTEGER, day TEXT, dated INTEGER, publisher TEXT, article INTEGER)")
    connection.executemany("INSERT INTO passages VALUES (?, ?, ?, ?, 7 + (?1 > 2))", PASSAGES)
    where, values = condition(filters)
    keys = [key for (key,) in connection.execute(f"SELECT key FROM passages WHERE {where} ORDER BY key", values)]
    connection.close()
    return keys


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), [1, 2, 3, 4]),
        (Filters(after=date(2026, 1, 15)), [2, 3]),
        (Filters(before=date(2026, 1, 15)), [1, 2]),
        (Filters(after=date(2026, 1, 15), before=date(2026, 1, 15)), [2]),
        (Filters(as_of=date(2026, 1, 16)), [1, 2, 4]),
        (Filters(as_of=date(2026, 1, 15)), [1, 2]),
        (Filters(before=date(2026, 1, 20), as_of=date(2026, 1, 12)), [1]),
        (Filters(publishers=("the lowmere HERALD",)), [2, 4]),
        (Filters(publishers=("The Lowmere Herald", "Lakeshore Courier")), [1, 2, 4]),
        (Filters(articles=("bridge",)), [1, 2]),
        (Filters(articles=("ferry", "bridge"), after=date(2026, 1, 15)), [2, 3]),
        (Filters(articles=("nothing",)), []),
        (Filters(publishers=("Lowmere",)), []),
        (Filters(publishers=("' OR 1 --",)), []),
        (Filters(after=date(2026, 1, 16), before=date(2026, 1, 15)), []),
    ],
)
def test_both_ends_are_included_and_undated_articles_pass_only_without_bounds(
    filters: Filters, expected: list[int]
) -> None:
    assert _select(filters) == expected


def test_only_filters_that_leave_something_out_are_true() -> None:
    assert not Filters()
    assert Filters(as_of=date(2026, 1, 1))
    assert Filters(publishers=("Lakeshore Courier",))


def test_latest_day_is_the_earlier_of_before_and_as_of() -> None:
    assert Filters().latest is None
    assert Filters(before=date(2026, 1, 2), as_of=date(2026, 1, 1)).latest == date(2026, 1, 1)
    assert Filters(before=date(2026, 1, 2)).latest == date(2026, 1, 2)


def test_as_of_alone_does_not_ask_for_a_date() -> None:
    assert not Filters(as_of=date(2026, 1, 1)).dated_only
    assert Filters(before=date(2026, 1, 1)).dated_only
