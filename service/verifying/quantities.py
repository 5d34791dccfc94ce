"""Tokens in, numbers with their units and dates out: in one form, however they were written."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Context, Decimal

from service.verifying.days import read_day
from service.verifying.figures import Figures, Quantity
from service.verifying.tokens import Token, lower_at
from service.verifying.units import DOLLARS, ORDINALS, SCALES, SIGNS, SMALL, TENS, UNITS
from service.verifying.wording import (
    FUNCTION,
    NEAR,
    OVER,
    OVER_BEHIND,
    OVER_TWO,
    UNDER,
    UNDER_BEHIND,
    UNDER_TWO,
)

_LONGEST = 30  # digits of a number that is scaled; a longer one is compared as it is written
_EXACT = Context(prec=60)
_TIMES = frozenset(
    {
        "hours", "days", "weeks", "months", "years", "decades", "centuries", "seasons", "summers", "winters", "nights",
        "weekends", "minutes", "terms", "holes", "laps", "rounds", "games", "matches",
    }
)
_RANGING = frozenset({"range", "ranges", "ranged", "ranging", "anywhere", "anything"})  # "from ten to 32 pages"
_CONTESTS = frozenset({"win", "lose", "beat", "defeat", "draw", "victori", "defend", "score"})
_PER_CENT = 100
_SURVEYED = (3, 4, 5, 10, 100)  # "four in five"
_WHOLES = {"quarter": 4, **{name: number for name, number in ORDINALS.items() if name not in ("first", "second")}}
_YEAR_DIGITS, _VOTES = 4, 3


def find_figures(tokens: Sequence[Token]) -> Figures:
    """Every number and date, in order."""
    figures = Figures()
    contest = any(token.stem in _CONTESTS for token in tokens)
    place = 0
    while place < len(tokens):
        place = read_day(tokens, place, figures) or _read(tokens, place, figures, contest=contest)
    return figures


def _read(tokens: Sequence[Token], place: int, figures: Figures, *, contest: bool) -> int:
    """A number with its unit, or nothing; the place behind what was read."""
    start = place
    parsed = _share(tokens, place) or _digits(tokens, place) or _words(tokens, place)
    if parsed is None or _is_pronoun(tokens, place):
        return place + 1
    value, unit, place = parsed
    before = _currency(tokens, start)
    if not unit:
        unit, place = _unit(tokens, place)
    unit = before or unit
    if unit == "ordinal" and lower_at(tokens, place).startswith("anniversar"):
        unit = "year"
    if unit == "decade":
        value, unit = _multiply(value, 10), "year"
    figures.used.update(range(start, place))
    if before:
        figures.used.add(start - 1)
    quantity = Quantity(
        value=value, unit=unit, bound=_bound(tokens, start - bool(before), place), noun=_noun(tokens, place),
        lead=lower_at(tokens, start - bool(before) - 1),
        shown=" ".join(token.text for token in tokens[start - bool(before) : place]),
    )
    joint = start - 1 - bool(before)
    if figures.quantities and figures.last[1] == joint and not value.startswith("-"):
        first = figures.last[0]
        before = lower_at(tokens, first - 2 if lower_at(tokens, first - 2) in _RANGING else first - 1)
        scored = contest and not quantity.noun
        quantity = _pair(figures, quantity, joint=lower_at(tokens, joint), before=before, scored=scored)
    figures.quantities.append(quantity)
    figures.last = (start - bool(before), place)
    return place


def _pair(figures: Figures, quantity: Quantity, *, joint: str, before: str, scored: bool) -> Quantity:
    """The number, which as the end of a range has lent its unit to the one before it; both are then bounds.

    `scored`: "3-5" is no range, but what somebody lost by.
    """
    previous = figures.quantities[-1]
    if before == "by" or not (joint in ("to", "-") or (joint == "and" and previous.bound == "between")):
        return quantity
    bound = "" if before == "from" else "range"
    unit, lent = previous.unit or quantity.unit, not previous.unit or not quantity.unit
    if previous.unit and quantity.unit and previous.unit != quantity.unit:
        return quantity
    if not unit and before != "from" and _is_tally(previous.value, quantity.value, scored=scored):
        return quantity
    value = previous.value
    scale = next((SCALES[word] for word in quantity.shown.lower().split() if word in SCALES), 1)
    if lent or not any(word in SCALES for word in previous.shown.lower().split()):
        plain = "," not in value and value.count(".") <= 1
        value = _multiply(value, scale) if plain and Decimal(value[:_LONGEST]) < Decimal(scale) else value
    figures.quantities[-1] = replace(previous, value=value, unit=unit, bound=bound, noun=quantity.noun)
    return replace(quantity, unit=unit, bound=bound)


def _is_tally(first: str, second: str, *, scored: bool) -> bool:
    """Whether two numbers are votes or goals, and no range: "7-4"."""
    small = first.isdecimal() and second.isdecimal() and len(first) <= _VOTES
    return small and (scored or int(first) > int(second))


def _share(tokens: Sequence[Token], place: int) -> tuple[str, str, int] | None:
    """ "a fifth of", "two-thirds", "one in five", "three out of ten", each in per cent."""
    parts = _count(tokens, place) or (1 if lower_at(tokens, place) in ("a", "an") else 0)
    joint = place + 1 + (lower_at(tokens, place + 1) == "-")
    named = tokens[joint].text if joint < len(tokens) else ""
    whole = _WHOLES.get(named.removesuffix("s"), 0)
    following = tokens[joint + 1] if joint + 1 < len(tokens) else None
    alone = following is None or following.is_sign or following.lower in FUNCTION
    if 0 < parts < whole and (joint > place + 1 or named.endswith("s") or alone):
        return _percent(parts, whole), "share", joint + 1
    if parts == 1 and lower_at(tokens, place + 2) == "in" and tokens[place + 1].is_word and tokens[place].lower != "a":
        place += 1  # "one booking in five"
    out = lower_at(tokens, place + 1) == "out" and lower_at(tokens, place + 2) == "of"
    last = place + 2 + out
    among = _count(tokens, last)
    surveyed = parts == 1 or among in _SURVEYED
    counted = out or (surveyed and lower_at(tokens, place + 1) == "in" and lower_at(tokens, last + 1) not in UNITS)
    if counted and lower_at(tokens, place) not in ("a", "an") and 0 < parts < among:
        return _percent(parts, among), "share", last + 1
    return None


def _count(tokens: Sequence[Token], place: int) -> int:
    """A whole number of one word, up to 100; 0 where none stands there."""
    lower = lower_at(tokens, place)
    if lower.isdecimal() and lower.isascii() and len(lower) <= len("100"):
        return int(lower) if int(lower) <= _PER_CENT else 0
    return SMALL.get(lower, 0) or TENS.get(lower, 0)


def _percent(parts: int, whole: int) -> str:
    return _plain((Decimal(parts) * _PER_CENT / whole).quantize(Decimal("0.1")))


def _digits(tokens: Sequence[Token], place: int) -> tuple[str, str, int] | None:
    token = tokens[place]
    if not token.text[0].isdecimal():
        return None
    if token.is_number:
        negative = "-" if _is_minus(tokens, place) else ""
        value, place = _scale(tokens, negative + token.text.replace(",", ""), place + 1)
        return (value if _is_grouped(token.text) else token.text), "", place
    digits = token.lower.rstrip("abcdefghijklmnopqrstuvwxyz")
    suffix = token.lower[len(digits) :]
    if suffix in ("st", "nd", "rd", "th") and digits.isdecimal():
        return digits.lstrip("0"), "ordinal", place + 1
    if suffix == "s" and len(digits) == _YEAR_DIGITS and digits.isdecimal() and digits.endswith("00"):
        return str(int(digits) // 100 + 1), "ordinal", place + 1  # "the 1800s" are the 19th century
    known = suffix in SCALES or suffix in UNITS
    if not known or not digits.replace(",", "").replace(".", "", 1).isdecimal():
        return None
    if suffix in SCALES and not (suffix == "m" and not _currency(tokens, place)):
        return _multiply(digits.replace(",", ""), SCALES[suffix]), "", place + 1
    return _multiply(digits.replace(",", ""), 1), UNITS[suffix], place + 1


def _is_grouped(text: str) -> bool:
    """Whether commas stand between thousands only; any other number is compared as it is written."""
    groups = text.partition(".")[0].split(",")
    return text.count(".") <= 1 and all(len(group) == 3 for group in groups[1:])


def _is_minus(tokens: Sequence[Token], place: int) -> bool:
    sign = place > 0 and tokens[place].glued and tokens[place - 1].text == "-"
    return bool(sign) and not tokens[place - 1].glued


def _words(tokens: Sequence[Token], place: int) -> tuple[str, str, int] | None:
    token = tokens[place]
    if token.lower in ORDINALS and token.lower != "second":
        return str(ORDINALS[token.lower]), "ordinal", place + 1
    if token.lower in ("a", "the", "one") and lower_at(tokens, place + 1) == "decade":
        return "10", "year", place + 2
    if token.lower in ("a", "an") and len(lower_at(tokens, place + 1)) > 2 and lower_at(tokens, place + 1) in SCALES:
        value, place = _scale(tokens, "1", place + 1)
        return value, "", place
    if token.lower in SMALL:
        value, place = _scale(tokens, str(SMALL[token.lower]), place + 1)
        return value, "", place
    if token.lower not in TENS:
        return None
    number, place = TENS[token.lower], place + 1
    joint = place + (lower_at(tokens, place) == "-")
    if joint > place and 1 <= ORDINALS.get(lower_at(tokens, joint), 0) <= 9:
        return str(number + ORDINALS[lower_at(tokens, joint)]), "ordinal", joint + 1
    if 1 <= SMALL.get(lower_at(tokens, joint), 0) <= 9:
        number, place = number + SMALL[lower_at(tokens, joint)], joint + 1
    value, place = _scale(tokens, str(number), place)
    return value, "", place


def _is_pronoun(tokens: Sequence[Token], place: int) -> bool:
    """Whether "one" counts nothing: "no one", "the one in May", "one another"."""
    following = tokens[place + 1] if place + 1 < len(tokens) else None
    if tokens[place].lower != "one" or _share(tokens, place):
        return False
    if lower_at(tokens, place - 1) in ("no", "the", "any", "every", "each", "some", "this", "that", "which"):
        return following is None or following.is_sign or following.lower in FUNCTION
    return following is None or following.text in ".,;:?!" or following.lower in ("another", "who", "that")


def _scale(tokens: Sequence[Token], digits: str, place: int) -> tuple[str, int]:
    """The number times the scale words behind it, and what a small number adds: "two hundred and fifty"."""
    factor, scaled = 1, False
    while (joint := place + (lower_at(tokens, place) == "-")) < len(tokens) and tokens[joint].lower in SCALES:
        if len(tokens[joint].lower) == 1 and not tokens[joint].glued:
            break  # "5 m" is a length
        factor, place, scaled = factor * SCALES[tokens[joint].lower], joint + 1, True
    if scaled and factor >= SCALES["hundred"] and lower_at(tokens, place) == "and" and place + 1 < len(tokens):
        rest = _words(tokens, place + 1)
        if rest is not None and not rest[1] and digits.isdecimal() and len(digits) <= _LONGEST:
            return str(int(digits) * factor + int(float(rest[0]))), rest[2]
    return _multiply(digits, factor), place


def _multiply(digits: str, factor: int) -> str:
    if len(digits) > _LONGEST or digits.count(".") > 1:
        return digits
    return _plain(_EXACT.multiply(Decimal(digits), Decimal(factor)))


def _plain(number: Decimal) -> str:
    return format(number.normalize(_EXACT), "f")


def _currency(tokens: Sequence[Token], start: int) -> str:
    if start < 1:
        return ""
    unit = SIGNS.get(tokens[start - 1].text, "")
    if unit == "$" and tokens[start - 1].glued and start > 1:
        return DOLLARS.get(tokens[start - 2].lower, unit)
    return unit or {"usd": "usd", "cad": "cad", "eur": "eur", "gbp": "gbp"}.get(tokens[start - 1].lower, "")


def _unit(tokens: Sequence[Token], place: int) -> tuple[str, int]:
    joint = place + (lower_at(tokens, place) == "-")
    first, second = lower_at(tokens, joint), lower_at(tokens, joint + 1)
    if first == "per" and second == "cent":
        first, second, joint = "%", lower_at(tokens, joint + 2), joint + 1
    if first in ("percentage", "%") and second in ("point", "points"):
        return "points", joint + 2
    if first in DOLLARS and second in ("dollar", "dollars"):
        return DOLLARS[first], joint + 2
    if first in ("dollar", "dollars"):
        return "$", joint + 1
    if second == "-" and (first == "second" or len(first) == 1):
        return "", place  # "two second-half goals", "187 T-55s"
    if first == "second" and second == "half":
        return "", place
    return (UNITS[first], joint + 1) if first in UNITS else ("%", joint + 1) if first == "%" else ("", place)


def _bound(tokens: Sequence[Token], start: int, end: int) -> str:
    """What stands before a number, or behind it, that makes of it a bound or a guess."""
    end += end < len(tokens) and tokens[end].is_word and lower_at(tokens, end + 1) == "or"  # "seven men or more"
    behind = f"{lower_at(tokens, end)} {lower_at(tokens, end + 1)}"
    one, two = lower_at(tokens, start - 1), f"{lower_at(tokens, start - 2)} {lower_at(tokens, start - 1)}"
    lasts = lower_at(tokens, start - 2) in ("take", "took", "lasted", "last")
    if one == "over" and _is_time(tokens, start) and not lasts:
        return ""  # "over three summers" is during them
    if lower_at(tokens, start - 3) in ("no", "not") and two in OVER_TWO | UNDER_TWO:
        return "under" if two in OVER_TWO else "over"  # "no fewer than"
    if one in OVER or two in OVER_TWO or behind in OVER_BEHIND:
        return "over"
    if one in UNDER or two in UNDER_TWO or behind in UNDER_BEHIND:
        return "under"
    if one in NEAR or two in ("an estimated", "some of"):
        return "near"
    return "between" if one == "between" else ""


def _is_time(tokens: Sequence[Token], start: int) -> bool:
    return any(token.lower in _TIMES for token in tokens[start : start + 3])


def _noun(tokens: Sequence[Token], place: int) -> str:
    """The stem of the first word behind a number that says what is counted; empty where none stands there."""
    place += lower_at(tokens, place) == "-" and lower_at(tokens, place + 1) == "old"
    for token in tokens[place : place + 2]:
        if not token.is_word or token.lower in FUNCTION:
            return ""
        if token.lower not in ("of", "new"):
            return token.stem
    return ""
