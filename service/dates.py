"""A question and the day it is asked in, the day since when its articles should be from out.

Only what a question says of itself is read: "this week", "recently", "who is suing …". A question that names a month or
an earlier year is left to that time, and one that says nothing is left alone; so is a weekday, which people copy from
what they have read.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta

_FROM_TODAY = (  # how far back each way of counting from today reaches, with time for the news to be printed
    (3, r"today|tonight|yesterday|last night|this (?:morning|afternoon|evening)"),
    (
        10,
        r"this (?:past |coming )?week(?:end)?|(?:last|past) week(?:end)?|in recent days|"
        r"(?:last|this) (?:mon|tues|wednes|thurs|fri|satur|sun)day",
    ),
    (45, r"tomorrow|(?:this|past|last|next) month|next (?:week|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"),
    (120, r"this season"),
)
_SUBJECT = r"(?:n['’]t)? (?:[\w’'-]+ ){0,4}?"
_IS_DOING = (  # "is Canada planning", "are on strike and losing"; not "is the meaning", "are there during"
    rf"(?:is|are|wh\w+['’]s){_SUBJECT}(?<!\ba )(?<!\bthe )(?<!st )(?<!\bof )(?<!\bfor )(?<!\bin )(?<!\bby )"
    r"(?!(?:according|during|following|including|regarding|(?:any|every|no|some)?thing|king|beijing|boeing|jinping)\b)"
    r"(?-i:[a-z]{2,}ing)"
)
_HAS_DONE = (
    rf"(?:has|have|wh\w+['’]s){_SUBJECT}(?:been|begun|become|broken|fallen|found|given|had|left|lost|made|risen|said"
    r"|sold|taken|told|won|(?!(?:breed|feed|hundred|indeed|need|seed|speed|united)\b)(?-i:[a-z]{2,}ed))"
)
_NEW = (  # not a name, whether it is written so or typed in lower case
    r"(?-i:new)(?! (?:age|brunswick|caledonia|deal|delhi|democrat\w*|england|guinea|hampshire|haven|jersey|labour"
    r"|mexico|orleans|south|testament|wales|world|year|york|zealand)\b)"
)
_OF_THE_PRESENT = (  # the same for what is said of no day
    (45, r"recent(?:ly)?|lately|latest|newest|now|currently|upcoming"),
    (120, r"will|won['’]t|(?:is|are) (?:going|set|due|expected|planning) to"),
    (183, rf"{_NEW}|{_IS_DOING}"),
    (365, _HAS_DONE),
)
_MONTH = re.compile(
    r"\b(?:january|february|march|april|june|july|august|september|october|november|december"
    r"|(?:in|of|by|since|until|early|mid|late)[ -]may|may \d\d?|\d\d? may)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_BEFORE_ITS_YEAR = 184  # days: what is told of a year before it begins, an award of last year's films or a season


def _compile(ways: Iterable[tuple[int, str]]) -> tuple[tuple[timedelta, re.Pattern[str]], ...]:
    return tuple((timedelta(days=days), re.compile(rf"\b(?:{phrase})\b", re.IGNORECASE)) for days, phrase in ways)


_TODAY, _PRESENT = _compile(_FROM_TODAY), _compile(_OF_THE_PRESENT)


def asks_since(question: str, as_of: date, *, newest: date | None = None) -> date | None:
    """The first day of the time that a question asks about; None where it names none, or one to come.

    A day is counted from `as_of`, and the present from the `newest` article where that is older: what an archive tells
    of last is its present. A year that the question names begins half a year early.
    """
    year = max((int(found) for found in _YEAR.findall(question)), default=as_of.year)
    if year == as_of.year and not _MONTH.search(question):
        present = min(as_of, newest or as_of)
        for day, ways in ((as_of, _TODAY), (present, _PRESENT)):
            for reach, phrase in ways:
                if phrase.search(question):
                    return day - min(reach, day - date.min)
    if year > as_of.year or not _YEAR.search(question):
        return None
    return date(year, 1, 1) - timedelta(days=_BEFORE_ITS_YEAR)
