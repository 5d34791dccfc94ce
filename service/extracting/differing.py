"""Two values in, a number or a date each, whether they differ out: rounded, converted or bounded, they do not."""

from collections.abc import Set
from decimal import Decimal, InvalidOperation

from service.verifying.faults import agree, are_comparable
from service.verifying.figures import Day, Quantity
from service.verifying.lexicon import says

Value = Quantity | Day

NEAR = Decimal("0.04")  # of a number: a round one that is so near may be the other, rounded
ROUGH = Decimal("0.1")  # where it says that it is about so much
FARTHEST = 5  # times the other: numbers that are farther apart count different things
ROUND = 2  # digits that a rounded number has at most
_SHORTEST = 4  # letters of a stem that others derive from
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}


def differ(mine: Value, theirs: Value, *, asked: Set[str] = frozenset()) -> bool:
    """Whether two values of one thing contradict each other; the stems that were `asked` tell what one thing is."""
    if isinstance(mine, Day) or isinstance(theirs, Day):
        return isinstance(mine, Day) and isinstance(theirs, Day) and _differ_in_time(mine, theirs)
    if agree(mine, theirs) or agree(theirs, mine):
        return False
    try:
        left, right = Decimal(mine.value), Decimal(theirs.value)
    except InvalidOperation:
        return False
    if mine.unit != theirs.unit and {mine.unit, theirs.unit} <= _DAYS.keys():
        return not _is_near(left * _DAYS[mine.unit], right * _DAYS[theirs.unit], ROUGH)
    if not are_comparable(mine, theirs) or not _count_alike(mine, theirs, asked):
        return False
    if "range" in (mine.bound, theirs.bound) or max(abs(left), abs(right)) > FARTHEST * min(abs(left), abs(right)):
        return False
    return not (_allows(mine, left, right) or _allows(theirs, right, left) or _is_rounded(left, right))


def _differ_in_time(mine: Day, theirs: Day) -> bool:
    pairs = ((mine.year, theirs.year), (mine.month, theirs.month), (mine.day, theirs.day))
    return any(left is not None and right is not None and left != right for left, right in pairs)


def _count_alike(mine: Quantity, theirs: Quantity, asked: Set[str]) -> bool:
    """Whether both count one thing: in like nouns, or in nouns that the question has, as far as they have any."""
    if not mine.noun or not theirs.noun or mine.noun == theirs.noun:
        return True
    alike = says(mine.noun, frozenset({theirs.noun})) or says(theirs.noun, frozenset({mine.noun}))
    return alike or (_is_asked(mine.noun, asked) and _is_asked(theirs.noun, asked))


def _is_asked(noun: str, asked: Set[str]) -> bool:
    """Whether a question has the noun, or what it derives from: "marchers" where it asks how many marched."""
    return any(noun == term or (len(term) >= _SHORTEST and noun.startswith(term)) for term in asked)


def _allows(number: Quantity, value: Decimal, other: Decimal) -> bool:
    """Whether what stands before a number leaves room for the other: "more than", "about"."""
    if number.bound == "near":
        return _is_near(value, other, ROUGH)
    return (number.bound == "over" and other >= value) or (number.bound == "under" and other <= value)


def _is_rounded(left: Decimal, right: Decimal) -> bool:
    """Whether one may be the other, rounded: 400 for 412."""
    digits = min(len(number.normalize().as_tuple().digits) for number in (left, right))
    return digits <= ROUND and min(abs(left), abs(right)) > 10**ROUND and _is_near(left, right, NEAR)


def _is_near(left: Decimal, right: Decimal, part: Decimal) -> bool:
    return abs(left - right) <= part * max(abs(left), abs(right))
