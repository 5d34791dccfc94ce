"""A question in, the kind of thing that answers it out; a sentence in, where it holds such things."""

import re
from collections.abc import Iterator
from typing import Literal

from ingest.lexical import analyze
from service.domain import Span

AnswerType = Literal["person", "place", "date", "money", "percent", "number", "name", "other"]

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_SHORT_MONTHS = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\."
_WORDS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|"
    "nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|dozens?|half|a third|a quarter|twice"
)
_AMOUNT = rf"(?<![\w.,])(?:\d[\d,]*(?:\.\d+)?|\b(?:{_WORDS})\b)(?:[- ](?:hundred|thousand|million|billion|trillion|mln|bln|dozen))*"
_NAME = r"\b[^\W\d_a-z][\w’'-]*(?:\.(?=\w))?(?:(?: (?:of(?: the)?|for|de|du|van|von|al|bin|&) | )[^\W\d_a-z][\w’'-]*)*"
_OPENERS = re.compile(
    r"^(?:A|After|All|Although|An|And|As|At|Before|But|By|For|From|He|Her|His|How|However|I|If|In|It|Its|Many|More|Most|Mr|Mrs|Ms|No|Of|On|One|Or|"
    r"Our|She|So|Some|Still|That|The|Their|There|These|They|This|Those|To|We|What|When|Where|While|Who|Why|With|You|Yet)\b\.? ?"
)

_DATE = re.compile(
    rf"(?:\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b(?:,? )?)?(?:\b\d{{1,2}} )?\b(?:{_MONTHS}|{_SHORT_MONTHS})(?: \d{{1,2}}\b)?"
    r"(?:,? \d{4})?|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b(?:1[5-9]|20)\d\d(?:s|-\d\d)?\b|\b(?:yesterday|today|tomorrow"
    r"|(?:last|next|this) (?:week|month|year|spring|summer|autumn|fall|winter))\b"
)
_MONEY = re.compile(
    rf"(?:(?:US|C|A|CA)?[$€£¥] ?|\b(?:USD|CAD|EUR|GBP) ){_AMOUNT}|{_AMOUNT}(?: (?:U\.S\.|US|Canadian))? "
    r"(?:dollars?|dlrs|cents|euros?|pounds|stg|yuan|yen|marks|francs)\b",
    re.IGNORECASE,
)
_PERCENT = re.compile(rf"{_AMOUNT}(?: ?%| per ?cent\b| pct\b| percentage points?\b)", re.IGNORECASE)
_NUMBER = re.compile(rf"(?:[$€£¥] ?)?{_AMOUNT}(?: ?%)?", re.IGNORECASE)
_NAMES = re.compile(_NAME)

_PATTERNS: dict[AnswerType, re.Pattern[str]] = {
    "person": _NAMES, "place": _NAMES, "name": _NAMES, "date": _DATE, "money": _MONEY, "percent": _PERCENT,
    "number": _NUMBER,
}
_NAMED = ("person", "place", "name")
# "Who is Jane Doe?" asks for what she is, not for a name.
_DESCRIBE = re.compile(r"^\W*who(?: is|’s|'s| was| are| were) (?:[A-Z]|(?:mr|mrs|ms|dr)\b)")
_QUESTIONS: tuple[tuple[AnswerType, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("money", r"\bhow much (?:money|did .*(?:cost|pay|raise|spend|earn|lose)|does .*cost|is .*worth|was .*(?:worth|paid))|\bwhat (?:price|sum)\b"),
        ("percent", r"\bwhat (?:per ?cent|percentage|share|proportion)\b|\bhow many per ?cent\b|\b(?:what|which) .*\brate\b"),
        ("date", r"\bwhen\b|\b(?:what|which) (?:year|day|date|month|century|decade|time)\b|\bhow (?:soon|recently)\b"),
        ("number", r"\bhow (?:many|much|long|old|far|large|big|tall|high|fast|often|heavy|deep|wide)\b|\b(?:what|which) (?:number|amount|age|score|population|distance|speed)\b"),
        ("place", r"\bwhere\b|\b(?:what|which) (?:\w+ )?(?:city|country|state|town|place|province|region|nation|continent|island|county|river|location)\b"),
        ("person", r"\bwho(?:m|se)?\b|\b(?:what|which) (?:\w+ )?(?:person|man|woman|actor|actress|president|minister|leader|player|singer|author|king|queen)\b"),
        ("name", r"\b(?:what|which) (?:\w+ )?(?:company|team|organi[sz]ation|group|party|university|school|agency|newspaper|film|movie|show|song|book|ship|bank|name)\b"),
    )
)


def answer_type(question: str) -> AnswerType:
    """What kind of thing the question asks for, by its question words; `other` where they do not say."""
    if _DESCRIBE.search(question[:1].lower() + question[1:]):
        return "other"
    return next((kind for kind, pattern in _QUESTIONS if pattern.search(question)), "other")


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
