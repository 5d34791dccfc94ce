"""Evidence in, what gives another value than the best of it for the thing that was asked out: a number, a sum, a date.

Reports disagree where each answers, and neither rounding, nor units, nor time, nor what else they tell explains that
their values differ. What a later report has counted anew or put right is news, and no disagreement.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ingest.article import Article
from ingest.lexical import analyze, content_terms
from service.domain import Evidence
from service.extracting.differing import Value, differ
from service.reading.answer_types import AnswerType, answer_type
from service.reading.features import names_of
from service.verifying.faults import agree
from service.verifying.figures import Day, Quantity
from service.verifying.lexicon import says
from service.verifying.statements import Statement, read_statement
from service.verifying.wording import FUNCTION

LEFT_OUT = 0.3  # of the question's words: what both reports may leave out at most, and what only one of them may
SHARED = 0.5  # of those that the best has, names apart: what the other must have
LONG = 14  # days, in which a number may have become another

_FIGURES: frozenset[AnswerType] = frozenset({"number", "money", "percent", "date"})
_IDLE = frozenset(analyze(" ".join((*FUNCTION, "people"))))
_ASKS = re.compile(r"\b(?:who|whom|whose|what|which|when|where|how|why)\b|\?", re.IGNORECASE)
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
_TIME = re.compile(
    r"\b(?:(?:last|this|next|previous|past|coming) "
    r"(?:week|month|quarter|season|year|decade|spring|summer|autumn|winter)|(?:first|second) (?:half|quarter)|\d{4})\b"
)


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """A question: the words that say what it is about, those of its names, and the kind of thing that answers it."""

    text: str

    @cached_property
    def kind(self) -> AnswerType:
        return answer_type(self.text)

    @cached_property
    def said(self) -> Statement:
        return read_statement(self.text)

    @cached_property
    def terms(self) -> frozenset[str]:
        return frozenset(content_terms(self.text)) - _IDLE

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(analyze(" ".join(names_of(self.text))))

    @cached_property
    def toll(self) -> frozenset[str]:
        """Of its words those that tell the dead from the hurt, and what else is counted anew each day."""
        return frozenset(analyze(" ".join(_TOLL.findall(self.text))))


@dataclass(frozen=True, kw_only=True)
class _Report:
    """A piece of evidence with the one value that it gives, and what it says."""

    evidence: Evidence
    said: Statement
    value: Value

    @property
    def article(self) -> Article:
        return self.evidence.article

    @cached_property
    def beside(self) -> str:
        """The sentence with its neighbours."""
        sentences = self.article.sentences
        place = next((at for at, one in enumerate(sentences) if one.start <= self.evidence.start < one.end), 0)
        near = sentences[max(place - 1, 0) : place + 2]
        return self.article.text[near[0].start : near[-1].end]

    @cached_property
    def terms(self) -> frozenset[str]:
        """The words of the title, the sentence and its neighbours."""
        return frozenset(analyze(f"{self.article.metadata.title or ''} {self.beside}"))

    @cached_property
    def names(self) -> frozenset[str]:
        """The words of the names in the sentence, but for who says it."""
        speakers = self.said.voices.union(*self.said.speakers)
        names = {term for run in self.said.names for term in run} - speakers
        return frozenset[str]().union(*(self.said.forms[name] for name in names))

    def lacks(self, terms: frozenset[str]) -> frozenset[str]:
        """Which of the terms it does not have, nor says in other words."""
        return frozenset(term for term in terms - self.terms if not says(term, self.terms))

    def holds(self, value: Value) -> bool:
        """Whether the sentence has this value, too: it compares the two."""
        if isinstance(value, Day):
            return any(value.is_within(day) for day in self.said.figures.days)
        return any(agree(value, one) and one.unit == value.unit for one in self.said.figures.quantities)


def find_rivals(question: str, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence of other stories that gives another value than the first of it, one piece for each value.

    Empty where no figure is asked for, and where the first gives none, or more than one.
    """
    asked = _Asked(text=question)
    if asked.kind not in _FIGURES and _ASKS.search(question):
        return []
    reports = [report for one in evidence if (report := _read(one, asked))]
    if not reports or reports[0].evidence is not evidence[0]:
        return []
    best, rivals = reports[0], list[_Report]()
    for one in reports[1:]:
        other_story = one.article.story_id != best.article.story_id
        if other_story and all(differ(rival.value, one.value) for rival in rivals) and _disagree(best, one, asked):
            rivals.append(one)
    return [one.evidence for one in rivals]


def _read(one: Evidence, asked: _Asked) -> _Report | None:
    said = read_statement(one.quote)
    values = _find_values(one, said, asked)
    if len(values) != 1 or not _fits(values[0], asked.kind):
        return None
    return _Report(evidence=one, said=said, value=values[0])


def _find_values(one: Evidence, said: Statement, asked: _Asked) -> list[Value]:
    """The figures of the short answer, or else those of the sentence that the question does not hold, each once."""
    if one.short_text:
        short = read_statement(one.short_text).figures
        days = [day for day in said.figures.days if any(day.is_within(own) or own.is_within(day) for own in short.days)]
        numbers = [
            number for number in said.figures.quantities
            if any(own.value == number.value and own.unit in ("", number.unit) for own in short.quantities)
        ]
    else:
        known = asked.said.figures
        days = [day for day in said.figures.days if not any(own.is_within(day) for own in known.days)]
        numbers = [one for one in said.figures.quantities if not any(agree(own, one) for own in known.quantities)]
    return [
        *{(day.year, day.month, day.day): day for day in days}.values(),
        *{(number.value, number.unit): number for number in numbers}.values(),
    ]


def _fits(value: Value, kind: AnswerType) -> bool:
    """Whether a value is of the kind that is asked for, if any is; a bare number may be a year."""
    if kind == "other":
        return True
    if kind == "date":
        return isinstance(value, Day) or not value.unit
    return isinstance(value, Quantity)


def _disagree(best: _Report, other: _Report, asked: _Asked) -> bool:
    return (
        differ(best.value, other.value, asked=asked.said.raw)
        and not other.holds(best.value) and not best.holds(other.value)
        and _share_subject(best, other, asked) and _share_time(best, other)
        and not _is_renewed(best, other, asked)
    )


def _share_subject(best: _Report, other: _Report, asked: _Asked) -> bool:
    """Whether both are about what was asked, as one is as the other, and not about others."""
    here, there = best.lacks(asked.terms), other.lacks(asked.terms)
    if not asked.terms or not (here ^ there).isdisjoint(asked.names | asked.toll):
        return False
    if max(len(here & there), len(here ^ there)) > len(asked.terms) * LEFT_OUT:
        return False
    told = (asked.terms & best.terms) - asked.names
    known = best.names | asked.names
    return len(told & other.terms) >= len(told) * SHARED and (
        not known or not other.names or not known.isdisjoint(other.names)
    )


def _share_time(best: _Report, other: _Report) -> bool:
    """Whether numbers are of one time, as far as their sentences and the days of their articles tell."""
    if isinstance(best.value, Day):
        return True
    if abs((best.article.day - other.article.day).days) > LONG:
        return False
    mine, theirs = (set(_TIME.findall(one.evidence.quote.lower())) - {one.value.shown.lower()} for one in (best, other))
    return not mine or not theirs or not mine.isdisjoint(theirs)


def _is_renewed(best: _Report, other: _Report, asked: _Asked) -> bool:
    """Whether the later report tells that something has changed, or counts people, as is done anew each day."""
    first, second = sorted((best, other), key=lambda one: one.article.day)
    later = second.article.day != first.article.day
    if any(_RENEWED.search(one.beside) for one in ((second,) if later else (first, second))):
        return True
    return later and bool(asked.toll) and _counts_people(best.value)


def _counts_people(value: Value) -> bool:
    return isinstance(value, Quantity) and (not value.noun or says("person", frozenset({value.noun})))


def tell(best: Evidence, rival: Evidence) -> str:
    """Both values in their articles' own words, with who published them and when."""
    return " – ".join(_tell_one(one) for one in (best, rival))


def _tell_one(one: Evidence) -> str:
    about = one.article.metadata
    day = about.published_at.day.isoformat() if about.published_at else None
    return f"“{one.short_text or one.quote}” ({', '.join(filter(None, (about.publisher or one.article.label, day)))})"
