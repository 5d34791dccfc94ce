"""Evidence in, what gives another value than the best of it for the thing that was asked out: a number, a sum, a date.

Reports disagree where each answers, and neither rounding, nor units, nor time, nor what else they tell explains that
their values differ. What a later report has counted anew or put right is news, and no disagreement.
"""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from ingest.lexical import analyze, content_terms
from service.domain import Evidence
from service.reading.answer_types import AnswerType, answer_type
from service.reading.features import names_of
from service.verifying.faults import agree, are_comparable
from service.verifying.figures import Day, Quantity
from service.verifying.lexicon import says
from service.verifying.statements import Statement, read_statement
from service.verifying.wording import FUNCTION

NEAR = Decimal("0.04")  # of a number: a round one that is so near may be the other, rounded
ROUGH = Decimal("0.1")  # where it says that it is about so much
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
LEFT_OUT = 0.3  # of the question's words: what both may leave out at most, and what only one of them may
LONG = 14  # days, in which a number may have become another
FARTHEST = 5  # times the other: numbers that are farther apart count different things
_FIGURES: frozenset[AnswerType] = frozenset({"number", "money", "percent", "date"})
_ASKS = re.compile(r"\b(?:who|whom|whose|what|which|when|where|how|why)\b|\?", re.IGNORECASE)
_SHORTEST = 4  # letters of a stem that others derive from
_IDLE = frozenset(analyze(" ".join((*FUNCTION, "people"))))
_ROUND = 2  # digits that a rounded number has at most
_RENEWED = re.compile(
    r"\b(?:now|so far|revis\w+|updat\w+|correct\w*|earlier|previous\w*|initial\w*|first reported|misstat\w+|mistake\w*|"
    r"wrong\w*|in error|latest|(?:up|down) from|(?:ris|rose|climb|grow|grew|drop|f[ae]ll)\w* (?:\w+ )?(?:to|from))\b",
    re.IGNORECASE,
)
_TOLL = re.compile(
    r"\b(?:killed|dead|die[ds]?|deaths?|lives|injured|wounded|hurt|missing|infected|infections|cases|sick|ill|homeless|"
    r"evacuated|displaced|rescued|arrest\w*|detained|signatures?|votes?|points|raised|donated|without power)\b",
    re.IGNORECASE,
)
_SPAN = re.compile(
    r"\b(?:(?:last|this|next|previous|past|coming) "
    r"(?:week|month|quarter|season|year|decade|spring|summer|autumn|winter)|(?:first|second) (?:half|quarter)|\d{4})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """A piece of evidence with the one value that it gives."""

    evidence: Evidence
    said: Statement
    value: Quantity | Day

    @property
    def story(self) -> str:
        return self.evidence.article.story_id


def find_rivals(question: str, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence of other stories that gives another value than the first of it, one piece for each value.

    Empty where the first gives none, or more than one.
    """
    asked = answer_type(question)
    if asked not in _FIGURES and _ASKS.search(question):
        return []
    given = [found for one in evidence if (found := _read(one, question)) and _fits(found.value, asked)]
    if not given or given[0].evidence is not evidence[0]:
        return []
    best, rivals = given[0], list[_Given]()
    for one in given[1:]:
        differs = all(_differ(rival.value, one.value) for rival in rivals)
        if differs and one.story != best.story and _disagree(best, one, question):
            rivals.append(one)
    return [one.evidence for one in rivals]


def _fits(value: Quantity | Day, asked: AnswerType) -> bool:
    """Whether a value is of the kind that is asked for, if any is; a bare number may be a year."""
    if asked == "other":
        return True
    if asked == "date":
        return isinstance(value, Day) or not value.unit
    return isinstance(value, Quantity)


def _read(one: Evidence, question: str) -> _Given | None:
    said = read_statement(one.quote)
    value = _value(one, said, question)
    return None if value is None else _Given(evidence=one, said=said, value=value)


def _value(one: Evidence, said: Statement, question: str) -> Quantity | Day | None:
    """The only figure of the short answer, or else the only one of the sentence that the question does not hold."""
    asked = read_statement(question).figures
    if one.short_text:
        short = read_statement(one.short_text).figures
        days = [day for day in said.figures.days if any(day.is_within(own) or own.is_within(day) for own in short.days)]
        numbers = [
            number for number in said.figures.quantities
            if any(own.value == number.value and own.unit in ("", number.unit) for own in short.quantities)
        ]
    else:
        days = [day for day in said.figures.days if not any(own.is_within(day) for own in asked.days)]
        numbers = [
            number for number in said.figures.quantities if not any(agree(own, number) for own in asked.quantities)
        ]
    values: dict[tuple[object, ...], Quantity | Day] = {_key(day): day for day in days}
    values |= {_key(number): number for number in numbers}
    return next(iter(values.values())) if len(values) == 1 else None


def _key(value: Quantity | Day) -> tuple[object, ...]:
    return (value.year, value.month, value.day) if isinstance(value, Day) else (value.value, value.unit)


def _disagree(best: _Given, other: _Given, question: str) -> bool:
    return (
        _differ(best.value, other.value, asked=read_statement(question).raw)
        and not _holds(other.said, best.value) and not _holds(best.said, other.value)
        and _share_subject(best, other, question)
        and not _is_renewed(best, other, question)
        and not (isinstance(best.value, Quantity) and _days_apart(best, other) > LONG)
    )


def _differ(mine: Quantity | Day, theirs: Quantity | Day, *, asked: Set[str] = frozenset()) -> bool:
    """Whether nothing makes one of two values the other; what they count is alike, or all of it was asked for."""
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
    if not are_comparable(mine, theirs) or "range" in (mine.bound, theirs.bound):
        return False
    nouns = {mine.noun, theirs.noun} - {""}
    if len(nouns) > 1 and not _is_like(mine.noun, theirs.noun) and not all(_is_asked(noun, asked) for noun in nouns):
        return False
    if max(abs(left), abs(right)) > FARTHEST * min(abs(left), abs(right)):
        return False
    return not (_allows(mine, left, right) or _allows(theirs, right, left) or _is_rounded(left, right))


def _differ_in_time(mine: Day, theirs: Day) -> bool:
    pairs = ((mine.year, theirs.year), (mine.month, theirs.month), (mine.day, theirs.day))
    return any(left is not None and right is not None and left != right for left, right in pairs)


def _is_like(noun: str, other: str) -> bool:
    return says(noun, frozenset({other})) or says(other, frozenset({noun}))


def _is_asked(noun: str, asked: Set[str]) -> bool:
    """Whether a question has the noun, or what it derives from: "marchers" where it asks how many marched."""
    return any(noun == term or (len(term) >= _SHORTEST and noun.startswith(term)) for term in asked)


def _allows(number: Quantity, value: Decimal, other: Decimal) -> bool:
    """Whether what stands before a number leaves room for the other: "more than", "about"."""
    return {"over": other >= value, "under": other <= value, "near": _is_near(value, other, ROUGH)}.get(
        number.bound, False
    )


def _is_rounded(left: Decimal, right: Decimal) -> bool:
    """Whether one may be the other, rounded: 400 for 412."""
    digits = min(len(number.normalize().as_tuple().digits) for number in (left, right))
    return digits <= _ROUND and min(abs(left), abs(right)) > 10**_ROUND and _is_near(left, right, NEAR)


def _is_near(left: Decimal, right: Decimal, part: Decimal) -> bool:
    return abs(left - right) <= part * max(abs(left), abs(right))


def _holds(said: Statement, value: Quantity | Day) -> bool:
    """Whether a sentence has the value, too: it compares the two."""
    if isinstance(value, Day):
        return any(value.is_within(day) for day in said.figures.days)
    return any(agree(value, one) and one.unit == value.unit for one in said.figures.quantities)


def _share_subject(best: _Given, other: _Given, question: str) -> bool:
    """Whether both are about what was asked, as one is as the other, of one time and not of other names."""
    asked = set(content_terms(question)) - _IDLE
    here, there = (_lacking(asked, f"{_title(one)} {_beside(one.evidence)}") for one in (best, other))
    fixed = set(analyze(" ".join((*names_of(question), *_TOLL.findall(question)))))
    if not fixed.isdisjoint(here ^ there) or max(len(here & there), len(here ^ there)) > len(asked) * LEFT_OUT:
        return False
    if _are_others(best, other, frozenset(analyze(" ".join(names_of(question))))):
        return False
    spans = [set(_SPAN.findall(one.evidence.quote.lower())) - {_shown(one.value)} for one in (best, other)]
    return isinstance(best.value, Day) or not all(spans) or not spans[0].isdisjoint(spans[1])


def _shown(value: Quantity | Day) -> str:
    return value.shown.lower()


def _title(one: _Given) -> str:
    return f"{one.evidence.article.metadata.title or ''}."


def _lacking(asked: Set[str], text: str) -> set[str]:
    """The words of the question that a text does not have, nor says in other words."""
    told = frozenset(analyze(text))
    return {term for term in asked if term not in told and not says(term, told)}


def _are_others(best: _Given, other: _Given, named: Set[str]) -> bool:
    """Whether the other sentence is about others than the question or the best one, but for who says it."""
    mine, theirs = (_names(one) for one in (best, other))
    known = mine | named
    return bool(known and theirs) and known.isdisjoint(theirs)


def _names(one: _Given) -> frozenset[str]:
    speakers = one.said.voices.union(*one.said.speakers)
    names = {term for run in one.said.names for term in run} - speakers
    return frozenset[str]().union(*(one.said.forms[name] for name in names))


def _is_renewed(best: _Given, other: _Given, question: str) -> bool:
    """Whether the later report tells that something has changed, or counts what is counted anew each day."""
    first, second = sorted((best, other), key=lambda one: one.evidence.article.day)
    later = second.evidence.article.day != first.evidence.article.day
    told = (second,) if later else (first, second)
    if any(_RENEWED.search(_beside(one.evidence)) for one in told):
        return True
    return later and bool(_TOLL.search(question)) and _counts_people(best.value)


def _days_apart(best: _Given, other: _Given) -> int:
    return abs((best.evidence.article.day - other.evidence.article.day).days)


def _counts_people(value: Quantity | Day) -> bool:
    return isinstance(value, Quantity) and (not value.noun or says("person", frozenset({value.noun})))


def _beside(one: Evidence) -> str:
    """The sentence with its neighbours."""
    inside = [place for place, each in enumerate(one.article.sentences) if each.start <= one.start < each.end]
    place = inside[0] if inside else 0
    near = one.article.sentences[max(place - 1, 0) : place + 2]
    return one.article.text[near[0].start : near[-1].end] if near else one.quote


def tell(best: Evidence, rival: Evidence) -> str:
    """Both values in their articles' own words, with who published them and when."""
    return " – ".join(_tell_one(one) for one in (best, rival))


def _tell_one(one: Evidence) -> str:
    about = one.article.metadata
    day = about.published_at.day.isoformat() if about.published_at else None
    return f"“{one.short_text or one.quote}” ({', '.join(filter(None, (about.publisher or one.article.label, day)))})"
