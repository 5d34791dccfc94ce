"""Canonical text → its sentences and headings, with exact offsets."""

import re
from collections.abc import Iterator

import sentencex  # type: ignore[import-untyped]  # a compiled module without types

from ingest.article import Sentence
from ingest.lines import count_words, ends_sentence, is_heading, is_list_item

LONGEST_SENTENCE = 1_200
LONGEST_WINDOW = 8_000  # the library's time grows with the square of a line that is full of open quotes
CONTEXT = 40
MOST_QUESTION_WORDS = 12
MOST_LEAD_WORDS = 8
MOST_HEADING_NUMBERS = 1
MOST_WORDS_LIKE_HEADING = 6

Span = tuple[int, int]

# What the library cuts and we join: `Canada-U.|S.-Mexico`, `1.|Open it`, `7 a.m.|Monday`, `Const.|Lee`, `Ont.|MP Lee`.
_GLUED_INITIAL = re.compile(r"[A-Z]\.$")
_LIST_NUMBER = re.compile(r"^\W*\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,4})[.)]$")
_LONGEST_LIST_NUMBER = 6
_CLOCK_END = re.compile(r"\b[ap]\.\s?m\.$", re.IGNORECASE)
_CLOCK_NEXT = re.compile(
    r"^(?:\d|[a-z]|\(|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b"
    r"|(?:[ECMPA][SD]?T|GMT|UTC|BST|CET|CEST|[A-Z][a-z]+ (?:time|Time))\b)"
)
_NUMBER_ABBREVIATION = re.compile(r"\b(?:No|Nos|Art|Fig|para|pp|approx)\.$")
_TITLE_END = re.compile(
    r"\b(?:(?:Maj|Lt|Brig|Col|Gen|Cmdr|Capt|Sgt|Const|Cst|Insp|Supt|Det|Sen|Rep|Gov|Rev|Hon|Prof|Dr|Mr|Mrs|Ms|Mme|Messrs)"
    r"\.(?:-(?:Gen|Col|Cmdr|Maj)\.)?|(?:vs?|e\.g|i\.e|cf|incl)\.)$"
)
_REGION_END = re.compile(r"\b(?:[A-Z]\.[A-Z]|Ont|Sask|Alta|Man|Que|Nfld)\.$")
_REGION_NEXT = re.compile(
    r"^(?:Premiers?|MPs?|MLAs?|MPPs?|Court|Ministers?|Attorney|Lieutenant|Governor|Legislature|NDP)\b"
)
_LOWER_CASE = re.compile(r"^[^\w]*[a-z]")

# Where the library sees an abbreviation and a sentence ends all the same: `in May.|Wages`, `Acme Inc.|They`.
_STARTER = (
    r"(?:The|It|He|She|They|We|This|That|These|Those|There|But|And|In|On|At|As|If|When|While|After|Before"
    r"|His|Her|Its|Their|Our)\s"
)
_MISSED_END = re.compile(
    r"(?:\bMay\.|[.!?]\))\s+(?=[A-Z“\"])"
    rf"|\b(?:(?:[A-Z]\.){{2,}}|[ap]\.m\.|p\.c\.|(?:Inc|Ltd|Corp|Co|Jr|Sr|St|Ave|Blvd|etc)\.)\s+(?={_STARTER})"
)

_CLAUSE_ENDS = ("; ", ": ", " — ", " – ", ", ", " ")
_LEAD_IN = re.compile(
    r"\b(?:said|says?|wrote|writes|add(?:ed|s)|ask(?:ed|s)|told|tells|replied|answered|tweeted|posted|stated|reads?"
    r"|are|is|was|were|includ(?:es?|ed|ing)|follows|following|that|and|or|but|to|of|with|by|for)\W*$",
    re.IGNORECASE,
)


def split_sentences(text: str) -> tuple[Sentence, ...]:
    """Split canonical text; no sentence crosses a line or is longer than 1,200 characters."""
    lines = list(_find_lines(text))
    sentences: list[Sentence] = []
    for number, (start, end) in enumerate(lines):
        following = [text[left:right] for left, right in lines[number + 1 : number + 3]]
        if _heads(text[start:end], following):
            sentences.append(Sentence(start=start, end=end, heading=True))
        else:
            sentences.extend(_split_line(text[start:end], offset=start))
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


def _heads(line: str, following: list[str]) -> bool:
    """Is this line the heading of what follows? Runs of short lines (tables, poems, wires) hold no headings."""
    numbers = re.findall(r"\d[\d.,]*", line) if len(line) < LONGEST_SENTENCE else []
    if not following or not _looks_like_heading(line) or len(numbers) > MOST_HEADING_NUMBERS:
        return False
    if _is_body(following[0], longer_than=count_words(line)):
        return True
    return len(following) > 1 and _looks_like_heading(following[0]) and ends_sentence(following[1])


def _is_body(line: str, *, longer_than: int) -> bool:
    return ends_sentence(line) or is_list_item(line) or count_words(line) > longer_than + MOST_WORDS_LIKE_HEADING


def _looks_like_heading(line: str) -> bool:
    if len(line) > LONGEST_SENTENCE:
        return False
    if line.endswith("?"):
        return count_words(line) <= MOST_QUESTION_WORDS and line[0].isupper() and ". " not in line
    if line.endswith(":"):
        return count_words(line) <= MOST_LEAD_WORDS and is_heading(line[:-1]) and not _LEAD_IN.search(line)
    return is_heading(line) and line[0] not in '“"‘«'


def _split_line(line: str, *, offset: int) -> Iterator[Sentence]:
    for start, end in _join_pieces(line):
        for left, right in _bound(line, start, end):
            yield Sentence(start=offset + left, end=offset + right)


def _join_pieces(line: str) -> Iterator[Span]:
    """The library's sentences, mended by our rules, without space around them."""
    pending: Span | None = None
    for start, end in _find_boundaries(line):
        piece = _trim(line, start, end)
        if piece is None:
            continue
        if pending is not None and not _belongs_together(line, pending, piece):
            yield pending
            pending = None
        pending = piece if pending is None else (pending[0], piece[1])
    if pending is not None:
        yield pending


def _find_boundaries(line: str) -> Iterator[Span]:
    """The library's sentences, asked for in windows so that time grows with the length of the line."""
    offset = 0
    while offset < len(line):
        window = line[offset : offset + LONGEST_WINDOW]
        found = sentencex.get_sentence_boundaries("en", window)
        ends: list[int] = [offset + int(item["end_index"]) for item in found[:-1]]
        if not ends or offset + len(window) == len(line):  # else the last may go on in the next window
            ends.append(offset + len(window))
        for end in ends:
            yield from _split_missed(line, offset, end)
            offset = end


def _split_missed(line: str, start: int, end: int) -> Iterator[Span]:
    for match in _MISSED_END.finditer(line, start, end):
        yield start, match.end()
        start = match.end()
    yield start, end


def _belongs_together(line: str, left: Span, right: Span) -> bool:
    before, after = line[max(left[0], left[1] - CONTEXT) : left[1]], line[right[0] : right[0] + CONTEXT]
    if left[1] == right[0] and _is_torn(before, after):
        return True
    if left[1] - left[0] <= _LONGEST_LIST_NUMBER and _LIST_NUMBER.match(before):
        return True
    if _CLOCK_END.search(before):
        return _CLOCK_NEXT.match(after) is not None
    if _NUMBER_ABBREVIATION.search(before):
        return after[0].isdigit()
    if before.endswith(".") and after.startswith(("— ", "– ", "- ", "-- ")):
        return True  # a dateline that ends in an abbreviation: "WINNIPEG, Man. — The"
    if _TITLE_END.search(before) or (_REGION_END.search(before) and _REGION_NEXT.match(after)):
        return True
    return not before.endswith(("!", "?", "…")) and _LOWER_CASE.match(after) is not None


def _is_torn(before: str, after: str) -> bool:
    """A cut without a space: inside a word or an abbreviation, but not between glued paragraphs (`ended.The`)."""
    return before[-1].isalnum() or (_GLUED_INITIAL.search(before) is not None and after[0].isalnum())


def _bound(line: str, start: int, end: int) -> Iterator[Span]:
    """Cut a sentence that is too long at the last clause, else at the last space, else where the limit falls."""
    while end - start > LONGEST_SENTENCE:
        cut = start + _find_cut(line[start : start + LONGEST_SENTENCE])
        piece = _trim(line, start, cut)
        if piece is not None:
            yield piece
        start = cut
    rest = _trim(line, start, end)
    if rest is not None:
        yield rest


def _find_cut(window: str) -> int:
    for mark in _CLAUSE_ENDS:
        found = window.rfind(mark)
        if found > LONGEST_SENTENCE // 2:
            return found + len(mark)
    return len(window)
