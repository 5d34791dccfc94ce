"""The lines below a story → where it ends: other stories, sign-offs, house lines, credits and source lists go."""

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.dates import find_only_date
from ingest.lines import (
    comparable,
    count_words,
    ends_sentence,
    has_letters,
    is_decoration,
    is_heading,
    is_list_item,
)

MOST_LINES_AN_ITEM = 4
MOST_LINES_OF_LIST = 60
MOST_HOUSE_WORDS = 70
MOST_CREDIT_WORDS = 40
MOST_LISTED_WORDS = 40
FEWEST_TITLE_WORDS = 4  # "More on the vote:" may also head opening hours and addresses, which are the story's
LONGEST_BYLINE = 200
LONGEST_CLOSING = 1_000
MOST_HEADINGS = 2
GAP = 2  # lines from one to the next without a blank one between are 1 apart

_RELATIVE_DATE = re.compile(
    r"^(?:\d{1,2} (?:min(?:ute)?s?|h(?:ou)?rs?|days?|weeks?) ago|yesterday|today)$", re.IGNORECASE
)
_SOURCES_HEADING = re.compile(
    r"^(?:(?:our )?(?:fact[- ]?check )?sources?(?: (?:and|&|list|used|cited|consulted|materials?|notes)(?: .{1,40})?)?"
    r"|references?(?: (?:and|&) .{1,40})?|reference materials?|further reading|works cited|bibliography|citations"
    r"|(?:read|see|explore|discover) more|more (?:stories|news|coverage)|see also|also read"
    r"|related(?: (?:stories|articles?|links?|content|coverage|reading|posts|topics))?|recommended(?: .{1,30})?"
    r"|you (?:may|might) also (?:like|be interested in)|most (?:read|popular|viewed)|trending(?: now)?)\s*:?$",
    re.IGNORECASE,
)
_MORE_HEADING = re.compile(r"^more (?:from|on|in|about) .{1,40}$", re.IGNORECASE)
_CREDIT = re.compile(
    r"^\W*(?:(?:additional|further|supplementary)\s+(?:research|reporting|material|contributions?|writing|files|work)"
    r"\s+(?:by|from)"
    r"|with\s+(?:additional\s+)?(?:files|reporting|reports)\s+(?:from|by)"
    r"|(?:contributing(?:\s+(?:reporters?|writers?))?|contributors?)(?=\s*:)"
    r"|(?:reporting|writing|editing|edited|research|researched|compiled|translated|translation|graphics?|photography)\s+by)\b",
    re.IGNORECASE,
)
_CONTRIBUTED = re.compile(
    r"^\W*(?:.{3,120}\bcontributed (?:to this (?:report|story|article|column|review)|reporting)"
    r"|this (?:report|story|article) by .{3,80} was first published .{3,40})\W*$",
    re.IGNORECASE,
)
_AROUND_NAME = re.compile(r"^(?:www\.|the )|\.(?:com|org|net|ca|co\.uk|co|news)$", re.IGNORECASE)
_HOUSE = re.compile(
    r"(?:^|[.!?:…|]\s+|\bto [^.]{3,80},\s+|\bfor [^.]{3,80},\s+)(?:please\s+|or\s+|and\s+|you can\s+)?(?:"
    r"bookmark\b|sign[ -]?up\b[^.]{0,120}\b(?:newsletters?|inbox|alerts?|emails?|here|team)\b"
    r"|subscribe\b[^.]{0,20}(?:\bto\b|\bhere\b|\btoday\b|\bnow\b|\bfor\b)"
    r"|(?:get|receive)\b[^.]{0,80}\b(?:newsletters?|inbox)\b"
    r"|download\s+(?:the|our)\b[^.]{0,60}\bapp\b|support (?:local|our|independent) journalism"
    r"|(?:follow|contact|reach|email|e-mail|find|send|join|like)\b.{0,160}?"
    r"(?:@|\bon (?:twitter|facebook|instagram|x\b|threads|bluesky|whatsapp|linkedin)))"
    r"|^our website is the place\b|^thank you for (?:supporting|reading|subscribing)\b",
    re.IGNORECASE,
)
_SPOKEN = re.compile(r"[“\"‘][^”\"’]*\b(?:sign|subscribe|follow|join|download|bookmark)", re.IGNORECASE)
# What the public is asked to do in a story: "Contact police at …", "Register for the race at …".
_APPEAL = re.compile(
    r"\b(?:police|detectives?|sheriff|crime stoppers|investigators|donat\w+|volunteers?|tickets?|rsvp|information"
    r"|details)\b",
    re.IGNORECASE,
)
_NEWSLETTER = re.compile(
    r"^[^\w“\"‘']*(?:(?:get|sign[ -]?up|subscribe|receive)\b[^.?!]{0,100}\b(?:newsletters?|inbox)\b"
    r"|our website is the place\b)",
    re.IGNORECASE,
)


def find_other_stories(lines: Sequence[str]) -> int | None:
    """The first line of the other stories that close a page: items, at least two, each followed by its byline."""
    bylines = _find_closing_bylines(lines)
    if len(bylines) < 2:
        return None
    between = [_count_filled(lines, left, right) for left, right in pairwise(bylines)]
    if 0 in between:
        return None  # the rows of a table
    start = bylines[0]
    for _ in range(max(between)):
        above = _line_above(lines, start)
        if above is None or start - above > GAP or is_heading(lines[above]):
            break
        start = above
    return _include_headings(lines, start)


def find_closing_run(lines: Sequence[str], *, publisher: str | None) -> tuple[int, str] | None:
    """Where the last lines that are not the story begin, and the one reason that they share; None without any."""
    last = _line_above(lines, len(lines))
    if last is None:
        return None
    reason = classify_closing_line(lines[last], publisher=publisher)
    if reason is None:
        start = find_source_list(lines)
        return None if start is None else (start, "source list")
    above: int | None = last
    while above is not None and classify_closing_line(lines[above], publisher=publisher) == reason:
        last = above
        above = _line_above(lines, last)
    return last, reason


def find_source_list(lines: Sequence[str]) -> int | None:
    """The heading of a list that closes a page (sources, references, related stories); only list lines follow it."""
    number = _line_above(lines, len(lines))
    only_titles = True
    for _ in range(MOST_LINES_OF_LIST):
        if number is None or not _may_be_listed(lines[number]):
            return None
        if _SOURCES_HEADING.match(lines[number]) or (only_titles and _MORE_HEADING.match(lines[number])):
            return number
        only_titles = only_titles and count_words(lines[number]) >= FEWEST_TITLE_WORDS
        number = _line_above(lines, number)
    return None


def classify_closing_line(line: str, *, publisher: str | None) -> str | None:
    """Why a line at the end of a page is not the story, or None where it may be."""
    if is_decoration(line):
        return "separator"
    if len(line) > LONGEST_CLOSING:
        return None
    if names_publisher(line, publisher):
        return "sign-off"
    words = count_words(line)
    if words <= MOST_CREDIT_WORDS and (_CONTRIBUTED.match(line) or (_CREDIT.match(line) and _is_mostly_names(line))):
        return "credit"
    if words <= MOST_HOUSE_WORDS and _HOUSE.search(line) and not (_SPOKEN.search(line) or _APPEAL.search(line)):
        return "house line"
    return None


def is_newsletter_line(line: str) -> bool:
    """A house line that is recognised anywhere: it begins by telling the reader to sign up for a newsletter."""
    return _NEWSLETTER.match(line) is not None and len(line) <= LONGEST_CLOSING


def names_publisher(line: str, publisher: str | None) -> bool:
    """Does the line hold the publisher's name and nothing else? `usatoday.com` and `USA TODAY` are the same name."""
    if not publisher or len(line) > LONGEST_BYLINE:
        return False
    name = _bare_name(line)
    return bool(name) and name == _bare_name(publisher)


def is_byline(line: str) -> bool:
    """A line of fields, one of them a date: `January 15, 2026 - 05:39 | Steven Chase | The Globe and Mail`."""
    fields = [field.strip() for field in re.split(r"\s[|•·]\s?|\s?[|•·]\s", line)]
    if not 2 <= len(fields) <= 5 or len(line) > LONGEST_BYLINE or ends_sentence(line):
        return False
    return any(find_only_date(field) is not None or _RELATIVE_DATE.match(field) is not None for field in fields)


def _bare_name(text: str) -> str:
    return comparable(_AROUND_NAME.sub("", text.strip(" -–—.")))


def _find_closing_bylines(lines: Sequence[str]) -> list[int]:
    """Bylines near each other, the last of them near the end of the page."""
    run: list[int] = []
    passed = 0
    number = _line_above(lines, len(lines))
    while number is not None and passed <= MOST_LINES_AN_ITEM:
        if is_byline(lines[number]):
            run.append(number)
            passed = 0
        else:
            passed += 1
        number = _line_above(lines, number)
    return run[::-1]


def _count_filled(lines: Sequence[str], left: int, right: int) -> int:
    return sum(1 for line in lines[left + 1 : right] if line)


def _line_above(lines: Sequence[str], number: int) -> int | None:
    return next((above for above in range(number - 1, -1, -1) if lines[above]), None)


def _include_headings(lines: Sequence[str], start: int) -> int:
    """The heading of the first item and the one of them all."""
    for _ in range(MOST_HEADINGS):
        above = _line_above(lines, start)
        if above is None or not is_heading(lines[above]):
            break
        start = above
    return start


def _may_be_listed(line: str) -> bool:
    if not has_letters(line):
        return True
    short = len(line) <= LONGEST_CLOSING and count_words(line) <= MOST_LISTED_WORDS
    return short and (is_list_item(line) or "://" in line or not ends_sentence(line))


def _is_mostly_names(line: str) -> bool:
    words: list[str] = re.findall(r"[^\W\d_]{4,}", _CREDIT.sub("", line))
    return 2 * sum(word[0].isupper() for word in words) >= len(words)
