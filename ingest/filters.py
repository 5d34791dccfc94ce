"""Which articles may answer: Filters in, a condition on the catalog's passages out."""

from dataclasses import dataclass
from datetime import date

Condition = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which articles may answer, by the day they were published; both ends are included and None is no bound.

    An article without a date passes only where neither `after` nor `before` is set; for `as_of` it counts from the day
    it was first seen. Publishers compare without regard to case (of ASCII letters), `articles` are ids; an empty tuple
    admits all.
    """

    after: date | None = None
    before: date | None = None
    as_of: date | None = None
    publishers: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()

    @property
    def latest(self) -> date | None:
        """The last day that passes."""
        return min((day for day in (self.before, self.as_of) if day), default=None)

    @property
    def dated_only(self) -> bool:
        """Whether articles without a date are left out."""
        return self.after is not None or self.before is not None

    def __bool__(self) -> bool:
        return bool(self.after or self.before or self.as_of or self.publishers or self.articles)


def condition(filters: Filters) -> Condition:
    """The filters as an SQL condition on the table `passages`, with its values."""
    parts: list[str] = []
    values: list[str] = []
    if filters.dated_only:
        parts.append("dated = 1")
    if filters.after:
        parts.append("day >= ?")
        values.append(filters.after.isoformat())
    if filters.latest:
        parts.append("day <= ?")
        values.append(filters.latest.isoformat())
    if filters.publishers:
        parts.append(f"publisher COLLATE NOCASE IN ({','.join('?' * len(filters.publishers))})")
        values.extend(filters.publishers)
    if filters.articles:
        parts.append(f"article IN (SELECT key FROM articles WHERE id IN ({','.join('?' * len(filters.articles))}))")
        values.extend(filters.articles)
    return " AND ".join(parts) or "1", tuple(values)
