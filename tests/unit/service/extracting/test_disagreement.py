"""Two values for what was asked are shown as such; what rounding, units, time or another subject explains is not."""

import pytest

from service.domain import Evidence
from service.extracting.disagreement import find_rivals, tell
from service.extracting.extractive import extract
from tests.answers import find_evidence, make_article

HOW_MANY = "How many people were hurt when the Marlow pier gave way?"
COST = "How much did the Marlow pier cost?"


def report(text: str, short: str, *, day: str = "2026-03-04", publisher: str = "Marlow Echo") -> Evidence:
    """The sentence of a report, which is a story of its own, that has the short answer."""
    article = make_article(text, f"{publisher}: {text}", published=day, publisher=publisher)
    quote = next(
        article.text[one.start : one.end] for one in article.sentences if short in article.text[one.start : one.end]
    )
    return find_evidence(article, quote, short=short)


def disagree(question: str, first: Evidence, second: Evidence) -> bool:
    return bool(find_rivals(question, [first, second]))


PIER = report("The bells rang. Police said 12 people were hurt when the Marlow pier gave way on Tuesday.", "12")


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        (HOW_MANY, PIER, report("When the Marlow pier gave way, 17 people were hurt, the union says.", "17")),
        (HOW_MANY, PIER, report("Nine people were injured when the pier of Marlow gave way.", "Nine people")),
        (
            COST, report("The new Marlow pier cost $4.2 million.", "$4.2 million"),
            report("At $5.1 million, the Marlow pier cost more than the school.", "$5.1 million", day="2026-03-09"),
        ),
        (
            "When was the Marlow pier built?", report("The Marlow pier was built in May 1932.", "May 1932"),
            report("Built in June 1931, the Marlow pier is the last of its kind.", "June 1931"),
        ),
        (
            "What share of voters wanted the Marlow pier?",
            report("In Marlow, 52 per cent of voters wanted the pier.", "52 per cent"),
            report("Only 41% of voters in Marlow wanted a pier.", "41%"),
        ),
    ],
)
def test_reports_that_contradict_each_other_disagree(question: str, first: Evidence, second: Evidence) -> None:
    assert disagree(question, first, second)
    assert disagree(question, second, first)


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        (HOW_MANY, PIER, report("A dozen people were hurt when the Marlow pier gave way.", "A dozen people")),
        (HOW_MANY, PIER, report("More than ten people were hurt when the Marlow pier gave way.", "More than ten")),
        (HOW_MANY, PIER, report("Some 12 to 15 people were hurt when the Marlow pier gave way.", "12 to 15")),
        (HOW_MANY, PIER, report("When the Marlow pier gave way, 3 people drowned.", "3")),
        (HOW_MANY, PIER, report("When the Dunmere ferry sank, 31 people were hurt.", "31")),
        (HOW_MANY, PIER, report("At Marlow, 40 boats lay below when the pier gave way and hurt people.", "40")),
        (
            HOW_MANY, PIER,
            report("The number of people hurt when the Marlow pier gave way has risen from 12 to 17.", "17"),
        ),
        (HOW_MANY, PIER, report("When the Marlow pier gave way, 17 people were hurt.", "17", day="2026-03-06")),
        (
            HOW_MANY, PIER,
            report("When the Marlow pier gave way, 17 people were hurt. The Echo had it wrong.", "17"),
        ),
        (
            COST, report("The new Marlow pier cost about $4.2 million.", "$4.2 million"),
            report("The Marlow pier cost 4,180,000 dollars.", "4,180,000 dollars"),
        ),
        (
            "How long was the Marlow pier closed?", report("The Marlow pier was closed for two weeks.", "two weeks"),
            report("For 14 days the Marlow pier was closed.", "14 days"),
        ),
        (
            "How many visitors did the Marlow pier have?",
            report("The Marlow pier had 48,000 visitors last year.", "48,000"),
            report("The Marlow pier had 61,000 visitors this year.", "61,000"),
        ),
        (
            "When was the Marlow pier built?", report("The Marlow pier was built in May 1932.", "May 1932"),
            report("The Marlow pier was built in 1932.", "1932"),
        ),
        ("How many?", PIER, report("The choir has 17 people.", "17")),
        (HOW_MANY, PIER, report("People were hurt when the Marlow pier gave way, 17 of them badly.", "People")),
    ],
)
def test_what_only_looks_different_is_no_disagreement(question: str, first: Evidence, second: Evidence) -> None:
    assert not disagree(question, first, second)
    assert not disagree(question, second, first)


def test_one_article_does_not_disagree_with_itself() -> None:
    article = make_article("The Marlow pier hurt 12 people. The Marlow pier hurt 17 people.", "pier")
    first, second = (article.text[one.start : one.end] for one in article.sentences)
    evidence = [find_evidence(article, first, short="12"), find_evidence(article, second, short="17")]
    assert find_rivals(HOW_MANY, evidence) == []


def test_both_values_are_in_the_answer_with_who_gives_them_and_when() -> None:
    union = report("When the Marlow pier gave way, 17 people were hurt, the union says.", "17", publisher="Pier News")
    result = extract([PIER, union], threshold=0.5, max_sentences=3, question=HOW_MANY)
    assert result is not None
    assert (result.text, result.short) == (f"{PIER.quote} {union.quote}", "12")
    assert result.conflicts == (tell(PIER, union),)
    assert result.conflicts == ("“12” (Marlow Echo, 2026-03-04) – “17” (Pier News, 2026-03-04)",)
    brief = extract([PIER, union], threshold=0.5, max_sentences=1, question=HOW_MANY)
    assert brief is not None
    assert (brief.text, brief.conflicts) == (PIER.quote, result.conflicts)


def test_each_value_is_told_once() -> None:
    others = [
        report("When the Marlow pier gave way, 17 people were hurt, the union says.", "17", publisher="Pier News"),
        report("Seventeen people were hurt when the Marlow pier gave way.", "Seventeen", publisher="Tide"),
        report("The Marlow pier gave way and 21 people were hurt.", "21", publisher="Lakeshore"),
    ]
    assert find_rivals(HOW_MANY, [PIER, *others]) == [others[0], others[2]]
