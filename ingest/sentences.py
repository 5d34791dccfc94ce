"""Canonical text → its sentences and headings, with exact offsets."""

import re
from collections.abc import Iterator

import sentencex  # type: ignore[import-untyped]  # a compiled module without types

from ingest.article import Sentence
from ingest.lines import count_words, ends_sentence, is_heading, is_list_item

LONGEST_SENTENCE = 1_200
LONGEST_WINDOW = 8_000  # the library's time grows with the square of a line that is full of open quotes
MOST_QUESTION_WORDS = 12
MOST_LEAD_WORDS = 8
MOST_HEADING_NUMBERS = 2

Span = tuple[int, int]

_GLUED_INITIAL = re.compile(r"[A-Z]\.$")
_LIST_NUMBER = re.compile(r"^\W*\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,4})[.)]$")
_CLOCK_END = re.compile(r"\b[ap]\.\s?m\.$", re.IGNORECASE)
_CLOCK_NEXT = re.compile(
    r"^(?:\d|[a-z]|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b"
    r"|(?:[ECMPA][SD]?T|GMT|UTC|BST|CET|CEST|[A-Z][a-z]+ (?:time|Time))\b|\()"
)
_NEVER_LAST = re.compile(
    r"(?:\b(?:Maj|Lt|Brig|Col|Gen|Cmdr|Capt|Sgt|Const|Cst|Insp|Supt|Det|Sen|Rep|Gov|Rev|Hon|Prof|Dr|Mr|Mrs|Ms|St|Ste|Messrs|Mme)"
    r"\.(?:-(?:Gen|Col|Cmdr|Maj)\.)?|\b(?:approx|vs|v|e\.g|i\.e|cf|incl|Nos?|Art|Fig|para|pp)\.)$"
)
_NUMBER_ABBREVIATION = re.compile(r"\b(?:No|Nos|Art|Fig|para|pp|approx)\.$")
_REGION_END = re.compile(r"\b(?:B\.C|P\.E\.I|N\.S|N\.B|N\.L|N\.W\.T|D\.C|U\.S|U\.K|U\.N|E\.U|Ont|Sask|Alta|Man|Que|N\.Y|N\.J)\.$")
_REGION_NEXT = re.compile(
    r"^(?:Premiers?|MPs?|MLAs?|MPPs?|NDP|Liberals?|Conservatives?|Greens?|United|Party|Court|Supreme|Superior|Appeal|Ministers?|Ministry"
    r"|Attorney|Lieutenant|Governors?|Govt|Government|Legislature|Health|Hydro|Ferries|Place|Lions|Senators?|Sen\.|Rep\.|House|Congress"
    r"|President|Vice|Secretary|Treasury|State|Department|Justice|Trade|Ambassador|Army|Navy|Air|Marines?|Marine|Coast|Embassy|Federal"
    r"|Security|General|Council|Charter|Prime|Home|Foreign|Customs|Postal|Capitol|Mayor|Police|Circuit|District|Representative|Special)\b"
)
_INITIAL_END = re.compile(r"(?:^|\s)[A-Z]\.$")
_NAME_NEXT = re.compile(r"^[A-Z](?:\.|[a-z]+)")
# Where the library sees an abbreviation and a sentence ends all the same.
_STARTER = r"(?:The|It|He|She|They|We|This|That|These|Those|There|But|And|In|On|At|As|If|When|While|After|Before|His|Her|Its|Their|Our)"
_MISSED_END = re.compile(
    rf"(?<=\bMay\.)\s+(?=[A-Z“\"])|(?<=[.!?]\))\s+(?=[A-Z“\"])|(?<=\w\.)(?<!\bv\.)(?<!\bvs\.)(?<!\be\.g\.)(?<!\bi\.e\.)\s+(?={_STARTER}\s)"
)
_LOWER_CASE = re.compile(r"^[^\w]*[a-z]")
_CLAUSE_ENDS = ("; ", ": ", " — ", " – ", ", ", " ")
_LEAD_VERB = re.compile(
    r"\b(?:said|says|say|wrote|writes|added|adds|asked|asks|told|tells|replied|answered|tweeted|posted|stated|read|reads|are|is|was|were"
    r"|include|includes|included|including|follows|following|that|and|or|but|to|of|with|by|for)\W*$",
    re.IGNORECASE,
)


def split_sentences(text: str) -> tuple[Sentence, ...]:
    """Split canonical text; sentences never cross a line, and none is longer than 1,200 characters."""
    lines = [(start, text[start:end]) for start, end in _find_lines(text)]
    sentences: list[Sentence] = []
    for number, (offset, line) in enumerate(lines):
        following = lines[number + 1][1] if number + 1 < len(lines) else ""
        after = lines[number + 2][1] if number + 2 < len(lines) else ""
        if _heads(line, following, after):
            sentences.append(Sentence(start=offset, end=offset + len(line), heading=True))
            continue
        for start, end in _split_line(line):
            sentences.extend(Sentence(start=offset + left, end=offset + right) for left, right in _bound(line, start, end))
    return tuple(sentences)


def _find_lines(text: str) -> Iterator[Span]:
    """Each line that is not blank, without the space around it."""
    for match in re.finditer(r"[^\n]+", text):
        trimmed = _trim(text, match.start(), match.end())
        if trimmed is not None:
            yield trimmed


def _trim(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def _heads(line: str, following: str, after: str) -> bool:
    """Is this line the heading of what follows? Runs of short lines (tables, poems, wires) hold no headings."""
    if not _looks_like_heading(line) or not following or len(re.findall(r"\d[\d.,]*", line)) > MOST_HEADING_NUMBERS:
        return False
    if ends_sentence(following) or count_words(following) > count_words(line) + 6 or is_list_item(following):
        return True
    return _looks_like_heading(following) and ends_sentence(after)


def _looks_like_heading(line: str) -> bool:
    if line.endswith("?"):
        return count_words(line) <= MOST_QUESTION_WORDS and line[0].isupper() and ". " not in line
    if line.endswith(":"):
        return count_words(line) <= MOST_LEAD_WORDS and is_heading(line[:-1]) and not _LEAD_VERB.search(line)
    return is_heading(line) and line[0] not in "“\"‘«"


def _split_line(line: str) -> Iterator[Span]:
    """Boundaries of the library, mended by our rules, trimmed."""
    pending: Span | None = None
    for start, end in _find_boundaries(line):
        piece = _trim(line, start, end)
        if piece is None:
            continue
        if pending is None:
            pending = piece
        elif _belongs_together(line, pending, piece):
            pending = (pending[0], piece[1])
        else:
            yield pending
            pending = piece
    if pending is not None:
        yield pending


def _find_boundaries(line: str) -> Iterator[Span]:
    """The library's sentences, asked in windows so that no line takes longer than its length."""
    offset = 0
    while offset < len(line):
        window = line[offset : offset + LONGEST_WINDOW]
        found = sentencex.get_sentence_boundaries("en", window)
        spans: list[Span] = [(int(item["start_index"]), int(item["end_index"])) for item in found]
        last = offset + len(window) >= len(line)
        complete = spans if last or len(spans) < 2 else spans[:-1]
        for start, end in complete:
            yield from _split_missed(line, offset + start, offset + end)
        offset += complete[-1][1] if complete else len(window)


def _split_missed(line: str, start: int, end: int) -> Iterator[Span]:
    for match in _MISSED_END.finditer(line, start, end):
        yield start, match.end()
        start = match.end()
    yield start, end


def _belongs_together(line: str, left: Span, right: Span) -> bool:
    before, after = line[max(left[0], left[1] - 40) : left[1]], line[right[0] : right[0] + 40]
    glued = left[1] == right[0]
    if glued and ((_GLUED_INITIAL.search(before) and after[0].isalnum()) or before[-1].isalnum()):
        return True
    if left[1] - left[0] <= 6 and _LIST_NUMBER.match(line[left[0] : left[1]]):
        return True
    if _CLOCK_END.search(before):
        return _CLOCK_NEXT.match(after) is not None
    if _REGION_END.search(before) and _REGION_NEXT.match(after):
        return True
    if _NUMBER_ABBREVIATION.search(before):
        return after[0].isdigit()
    if _NEVER_LAST.search(before):
        return True
    if _INITIAL_END.search(before) and _NAME_NEXT.match(after) and not re.search(r"\b(?:I|Plan|Vitamin|Class|Group)\b.{0,3}$", before):
        return True
    return not before.endswith(("!", "?", "…")) and _LOWER_CASE.match(after) is not None


def _bound(line: str, start: int, end: int) -> Iterator[Span]:
    """Cut a sentence that is too long at the last clause, else at the last space, else where the limit falls."""
    while end - start > LONGEST_SENTENCE:
        window = line[start : start + LONGEST_SENTENCE]
        cuts = (window.rfind(mark) + len(mark) for mark in _CLAUSE_ENDS if window.rfind(mark) > LONGEST_SENTENCE // 2)
        cut = next(cuts, LONGEST_SENTENCE)
        piece = _trim(line, start, start + cut)
        if piece is not None:
            yield piece
        start += cut
    rest = _trim(line, start, end)
    if rest is not None:
        yield rest
