"""A question and the day it is asked in, the day since when its articles should be from out.

Only what a question says of itself is read: "this week", "recently", "on Monday". A question that names a month, a year
or a date of its own is left alone, and so is one that says nothing.
"""

import re
from datetime import date, timedelta

_DAYS = (  # how far back each way of speaking reaches, with time for the news to be printed
    (3, r"today|tonight|yesterday|last night|this (?:morning|afternoon|evening)"),
    (
        10,
        r"this (?:past |coming )?week(?:end)?|(?:last|past) week(?:end)?|in recent days|"
        r"(?:on|last|this) (?:mon|tues|wednes|thurs|fri|satur|sun)day",
    ),
    (
        45,
        r"recent(?:ly)?|lately|latest|newest|now|currently|upcoming|tomorrow|"
        r"(?:this|past|last|next) month|next (?:week|(?:mon|tues|wednes|thurs|fri|satur|sun)day)",
    ),
    (120, r"will|won['’]t|(?:is|are) (?:going|set|due|expected|planning) to|this season"),
)
_PHRASES = tuple((days, re.compile(rf"\b(?:{phrase})\b", re.IGNORECASE)) for days, phrase in _DAYS)
_DATED = re.compile(
    r"\b(?:1[5-9]|20)\d\d\b|\b(?:january|february|march|april|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)


def asks_since(question: str, as_of: date) -> date | None:
    """The first day of the time that a question asks about; None where it asks about none, or names its own date."""
    if _DATED.search(question):
        return None
    return next((as_of - timedelta(days=days) for days, phrase in _PHRASES if phrase.search(question)), None)
