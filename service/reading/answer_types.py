"""A question in, the kind of thing that answers it out; a sentence in, where it holds such things."""

import re
from collections.abc import Iterator
from typing import Literal

from ingest.lexical import analyze
from service.domain import Span

AnswerType = Literal["person", "place", "date", "money", "percent", "number", "name", "other"]

_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\."
)
_WEEKDAYS = r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
_NUMERALS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|"
    "nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|dozens?|half|a third|a quarter|twice"
)
_FIGURE = (
    rf"(?:\d(?:[\d,]*\d)?(?:\.\d+)?|\b(?:{_NUMERALS})(?:-(?:{_NUMERALS}))?\b)"
    "(?:[- ](?:hundred|thousand|million|billion|trillion|mln|bln|dozen))*"
)
_AMOUNT = rf"(?<![\w.,])(?<!\w-){_FIGURE}"  # not the 7 of "G7" or the 19 of "COVID-19"
_NAME = r"\b[^\W\d_a-z][\w’'-]*(?:\.(?=\w))?(?:(?: (?:of(?: the)?|for|de|du|van|von|al|bin|&) | )[^\W\d_a-z][\w’'-]*)*"
_OPENERS = re.compile(
    r"^(?:A|After|All|Although|An|And|As|At|Before|But|By|For|From|He|Her|His|How|However|I|If|In|It|Its|Many|More|Most|"
    r"Mr|Mrs|Ms|No|Of|On|One|Or|Our|She|So|Some|Still|That|The|Their|There|These|They|This|Those|To|We|What|When|Where|"
    r"While|Who|Why|With|You|Yet)\b\.? ?"
)


_DATE = re.compile(
    rf"(?:{_WEEKDAYS}(?:,? )?)?(?:\b\d{{1,2}} )?\b(?:{_MONTHS})(?: \d{{1,2}}\b)?(?:,? \d{{4}})?|{_WEEKDAYS}"
    r"|\b(?:1[5-9]|20)\d\d(?:s|-\d\d)?\b"
    r"|\b(?:yesterday|today|tomorrow|(?:last|next|this) (?:week|month|year|spring|summer|autumn|fall|winter))\b"
)
_MONEY = re.compile(
    rf"(?:(?:US|C|A|CA)?[$€£¥] ?|\b(?:USD|CAD|EUR|GBP) ){_FIGURE}"
    rf"|{_AMOUNT}(?: (?:U\.S\.|US|Canadian))? (?:dollars?|dlrs|cents|euros?|pounds|stg|yuan|yen|marks|francs)\b",
    re.IGNORECASE,
)
_PERCENT = re.compile(rf"{_AMOUNT}(?: ?%| per ?cent\b| pct\b| percentage points?\b)", re.IGNORECASE)
_NUMBER = re.compile(rf"{_AMOUNT}(?: ?%)?", re.IGNORECASE)

_PATTERNS: dict[AnswerType, re.Pattern[str]] = {
    "person": re.compile(_NAME), "place": re.compile(_NAME), "name": re.compile(_NAME), "date": _DATE,
    "money": _MONEY, "percent": _PERCENT, "number": _NUMBER,
}
_NAMED = ("person", "place", "name")
# "Who is Jane Doe?" asks for what she is, not for a name.
_DESCRIBE = re.compile(r"who(?: is|’s|'s| was| are| were) (?:[A-Z]|(?:mr|mrs|ms|dr)\b)")


_QUESTION_WORD = re.compile(r"\b(?:who|whom|whose|what|which|when|where|how|why)\b", re.IGNORECASE)


def _asks(direct: str, nouns: str) -> re.Pattern[str]:
    """The question words themselves, or one of the nouns behind "what", "which" or "what is the"."""
    return re.compile(
        rf"(?:{direct})\b"
        rf"|(?:what|which)(?: (?:is|was|are|were) (?:the|its|his|her|their))? (?:\w+ )?(?:{nouns})\b(?!['’])",
        re.IGNORECASE,
    )


# In this order: "how much money" is a sum, not a number.
_QUESTIONS: tuple[tuple[AnswerType, re.Pattern[str]], ...] = (
    (
        "money",
        _asks("how much (?:money|(?:did|does|is|was) .*(?:cost|pay|paid|raise|spend|earn|lose|worth))", "price|sum"),
    ),
    ("percent", _asks("how many per ?cent", "per ?cent|percentage|share|proportion|rate")),
    ("date", _asks("when|how (?:soon|recently)", "year|day|date|month|century|decade|time")),
    (
        "number",
        _asks(
            "how (?:many|much|long|old|far|large|big|tall|high|fast|often|heavy|deep|wide)",
            "number|amount|age|score|population|distance|speed",
        ),
    ),
    (
        "place",
        _asks("where", "city|country|state|town|place|province|region|nation|continent|island|county|river|location"),
    ),
    (
        "person",
        _asks(
            "who|whom|whose",
            "person|man|woman|actor|actress|president|minister|leader|player|singer|author|king|queen",
        ),
    ),
    (
        "name",
        _asks(
            "what is the name",
            "company|team|organi[sz]ation|group|party|university|school|agency|newspaper|film|movie|show|song|book|ship|bank",
        ),
    ),
)


def answer_type(question: str) -> AnswerType:
    """What kind of thing the question asks for, by its first question word; `other` where that does not say."""
    asked = _QUESTION_WORD.search(question)
    if asked is None or _DESCRIBE.match(question[asked.start()].lower() + question[asked.start() + 1 :]):
        return "other"
    return next((kind for kind, pattern in _QUESTIONS if pattern.match(question, asked.start())), "other")


def find_candidates(sentence: str, kind: AnswerType, *, known: frozenset[str]) -> Iterator[Span]:
    """Where the sentence holds things of this kind that the question did not name itself (its terms are `known`)."""
    pattern = _PATTERNS.get(kind)
    for found in pattern.finditer(sentence) if pattern else ():
        start = found.start()
        if kind in _NAMED:
            opener = _OPENERS.match(found.group())
            start += opener.end() if opener else 0
        terms = analyze(sentence[start : found.end()])
        if terms and not known.issuperset(terms) and not (kind in _NAMED and _DATE.match(sentence, start)):
            yield Span(start=start, end=found.end())
