"""A date as a source wrote it → PublishedAt, no more precise than it was written, or why it stays unknown."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

from ingest.article import PublishedAt

EARLIEST_YEAR, LATEST_YEAR = 1500, 2199
LONGEST_DATE = 100

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
# The names RFC 2822 gives an offset; others (IST, CST in China) mean several zones and stay unknown.
_ZONES = {"z": 0, "ut": 0, "utc": 0, "gmt": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6,
          "pst": -8, "pdt": -7}  # fmt: skip

_LABEL = re.compile(r"^(?:first )?(?:published|posted|date)(?: on| at)?\s*:?\s+", re.IGNORECASE)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_MONTH = r"(?P<month>[a-z]{3,9})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_CLOCK = r"""(?:\s*(?:[-–—|·,]|at|T)?\s*(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?::\d{2}(?:\.\d+)?)?
    \s*(?P<half>[ap]\.?m\b\.?)?\s*\(?(?P<zone>[a-z]{1,5}|[+-]\d{2}:?\d{2})?\)?)?$"""
_FORMS = tuple(
    re.compile(rf"^{_WEEKDAY}{order}{_CLOCK}", re.IGNORECASE | re.VERBOSE)
    for order in (
        rf"{_MONTH}\s*{_DAY}(?:,\s*|\s+){_YEAR}",
        rf"{_DAY}[\s-]+(?:of\s+)?{_MONTH}(?:,\s*|[\s-]+){_YEAR}",
        r"(?P<year>\d{4})[/.-](?P<month>\d{1,2})[/.-](?P<day>\d{1,2})",
        r"(?P<year>\d{4})年\s*(?P<month>\d{1,2})月\s*(?P<day>\d{1,2})日",
    )
)
_NUMERIC = re.compile(
    rf"^(?P<first>\d{{1,2}})[/.-](?P<second>\d{{1,2}})[/.-]{_YEAR}{_CLOCK}", re.IGNORECASE | re.VERBOSE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DateReading:
    """What came of a date: `published_at`, or None and the `problem` in words; both None where nothing was written."""

    published_at: PublishedAt | None = None
    problem: str | None = None


def read_date(value: object) -> DateReading:
    """Read text, or the dates that YAML makes; a day that could be two days stays unknown."""
    if value is None or value == "":
        return DateReading()
    if isinstance(value, datetime):
        return _checked(PublishedAt.of_moment(value), str(value))
    if isinstance(value, date):
        return _checked(PublishedAt.of_day(value), str(value))
    text = " ".join(str(value).split())
    if not text:
        return DateReading()
    if len(text) > LONGEST_DATE or isinstance(value, (bool, float)):
        return _unreadable(text[:LONGEST_DATE])
    return _read_text(_LABEL.sub("", text), written=text)


def find_only_date(line: str) -> PublishedAt | None:
    """The date that a whole line consists of, in one of the fixed forms; None for any other line."""
    return _read_iso(line) or _read_forms(line) if 0 < len(line) <= LONGEST_DATE else None


def _read_text(text: str, *, written: str) -> DateReading:
    found = _read_iso(text) or _read_forms(text)
    if found is not None:
        return _checked(found, written)
    numeric = _NUMERIC.match(text)
    if numeric is not None:
        return _read_numeric(numeric, written)
    if any(character.isalpha() for character in text):
        found = _read_other_language(text)
    return _checked(found, written) if found is not None else _unreadable(written)


def _read_iso(text: str) -> PublishedAt | None:
    try:
        return PublishedAt.of_day(date.fromisoformat(text))
    except ValueError:
        pass
    try:
        return PublishedAt.of_moment(datetime.fromisoformat(re.sub(r"\s+(?=[+-]\d\d:?\d\d$)", "", text)))
    except ValueError:
        return None


def _read_forms(text: str) -> PublishedAt | None:
    for form in _FORMS:
        match = form.match(text)
        if match is not None:
            month = match["month"].lower()
            number = int(month) if month.isdigit() else _MONTHS.get(month)
            if number is not None:
                return _assemble(match, month=number, day=int(match["day"]))
    return None


def _read_numeric(match: re.Match[str], written: str) -> DateReading:
    """Day and month in either order, where only one order makes a date or both make the same."""
    first, second = int(match["first"]), int(match["second"])
    if first != second and first <= 12 and second <= 12:
        return DateReading(
            problem=f"the date {written!r} could be two days, so it was left out; write it as YYYY-MM-DD"
        )
    day, month = (first, second) if first > 12 else (second, first)
    found = _assemble(match, month=month, day=day)
    return _checked(found, written) if found is not None else _unreadable(written)


def _assemble(match: re.Match[str], *, month: int, day: int) -> PublishedAt | None:
    try:
        found = date(int(match["year"]), month, day)
        if match["hour"] is None:
            return PublishedAt.of_day(found)
        hour = _to_24_hours(int(match["hour"]), match["half"])
        clock = time(hour, int(match["minute"]), tzinfo=_read_zone(match["zone"]))
        return PublishedAt.of_moment(datetime.combine(found, clock))
    except ValueError:
        return None


def _to_24_hours(hour: int, half: str | None) -> int:
    if half is None:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError(f"{hour} {half} is not an hour")
    return hour % 12 + (12 if half[0] in "pP" else 0)


def _read_zone(zone: str | None) -> timezone | None:
    if zone is None:
        return None
    if zone[0] in "+-":
        offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
        return timezone(-offset if zone[0] == "-" else offset)
    hours = _ZONES.get(zone.lower())
    return None if hours is None else timezone(timedelta(hours=hours))


def _read_other_language(text: str) -> PublishedAt | None:
    """Absolute dates with day, month and year in words of other languages ("15 janvier 2026")."""
    import dateparser  # type: ignore[import-untyped]  # it ships no types; costs 0.2 s, which few articles need

    found = dateparser.parse(
        text, settings={"REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"], "STRICT_PARSING": True}
    )
    if not isinstance(found, datetime) or str(found.year) not in text:
        return None
    return PublishedAt.of_moment(found) if re.search(r"\d[:h]\d\d", text) else PublishedAt.of_day(found.date())


def _checked(found: PublishedAt, written: str) -> DateReading:
    if not EARLIEST_YEAR <= found.day.year <= LATEST_YEAR:
        return _unreadable(written)
    return DateReading(published_at=found)


def _unreadable(written: str) -> DateReading:
    return DateReading(problem=f"the date {written!r} could not be read, so it was left out; write it as YYYY-MM-DD")
