"""Tokens in, the dates among them out: in one form, however they were written."""

from collections.abc import Sequence

from service.verifying.figures import Day, Figures
from service.verifying.tokens import Token, lower_at
from service.verifying.units import MONTHS

_BEFORE_MONTH = frozenset(
    {
        "in", "on", "of", "until", "by", "since", "from", "last", "next", "early", "late", "mid", "this", "through",
        "before", "after",
    }
)
_MONTHS = 12
_LAST_DAY, _YEAR_DIGITS, _DAY_DIGITS = 31, 4, 2


def read_day(tokens: Sequence[Token], place: int, figures: Figures) -> int:
    """Note the date that begins at a place; the place behind it, 0 where there is none."""
    return _read_iso(tokens, place, figures) or _read_date(tokens, place, figures)


def _read_iso(tokens: Sequence[Token], place: int, figures: Figures) -> int:
    """2026-03-01; the place behind it, 0 where there is none."""
    parts = [token.text for token in tokens[place : place + 5]]
    if len(parts) < 5 or parts[1::2] != ["-", "-"] or not all(part.isdecimal() for part in parts[::2]):
        return 0
    if [len(part) for part in parts[::2]] != [_YEAR_DIGITS, 2, 2] or not 1 <= int(parts[2]) <= _MONTHS:
        return 0
    figures.days.append(Day(year=parts[0], month=int(parts[2]), day=parts[4].lstrip("0"), shown="".join(parts)))
    figures.used.update(range(place, place + 5))
    return place + 5


def _read_date(tokens: Sequence[Token], place: int, figures: Figures) -> int:
    """A month with the day and the year around it; the place behind it, 0 where there is none."""
    start, day = place, _day_of(tokens[place])
    if day is not None and (ahead := _read_days(tokens, place, figures)):
        return ahead
    if day is not None:
        place += 1 + (lower_at(tokens, place + 1) == "of")
    if not _is_month(tokens, place, sure=day is not None):
        return 0
    month = MONTHS[tokens[place].lower]
    place += 1 + (lower_at(tokens, place + 1) == "." and len(tokens[place].text) <= _YEAR_DIGITS)
    if day is None and place < len(tokens) and (day := _day_of(tokens[place])) is not None:
        place += 1
    comma = place + (lower_at(tokens, place) == ",")
    year = None
    if comma < len(tokens) and _is_year(tokens[comma].text):
        year, place = tokens[comma].text, comma + 1
    shown = " ".join(token.text for token in tokens[start:place])
    figures.days.append(Day(year=year, month=month, day=day, shown=shown))
    figures.used.update(range(start, place))
    return place


def _read_days(tokens: Sequence[Token], place: int, figures: Figures) -> int:
    """The first day of "19 to 24 January", which lends it its month; the place of the second, 0 where there is none."""
    joint, second = lower_at(tokens, place + 1), place + 2
    if joint not in ("to", "and", "-", "until") or second >= len(tokens) or _day_of(tokens[second]) is None:
        return 0
    month = second + 1 + (lower_at(tokens, second + 1) == "of")
    if not _is_month(tokens, month, sure=True):
        return 0
    shown = f"{tokens[place].text} {tokens[month].text}"
    figures.days.append(Day(month=MONTHS[tokens[month].lower], day=_day_of(tokens[place]), shown=shown))
    figures.used.add(place)
    return second


def _is_month(tokens: Sequence[Token], place: int, *, sure: bool) -> bool:
    if place >= len(tokens) or tokens[place].lower not in MONTHS or not tokens[place].is_capital:
        return False
    if tokens[place].lower not in ("may", "march", "mar", "jan", "august") or sure:
        return True
    following = tokens[place + 1] if place + 1 < len(tokens) else None
    beside = following is not None and (_day_of(following) is not None or _is_year(following.text))
    return beside or not tokens[place].opens or lower_at(tokens, place - 1) in _BEFORE_MONTH


def _day_of(token: Token) -> str | None:
    digits = token.lower.removesuffix("st").removesuffix("nd").removesuffix("rd").removesuffix("th")
    if digits.isdecimal() and digits.isascii() and len(digits) <= _DAY_DIGITS and 1 <= int(digits) <= _LAST_DAY:
        return digits.lstrip("0")
    return None


def _is_year(text: str) -> bool:
    return len(text) == _YEAR_DIGITS and text.isdecimal() and text[0] in "12"
