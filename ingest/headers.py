"""The lines above a story → what they say about it: an aggregator's header, one or two headlines, a repeated title."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.article import Metadata, PublishedAt
from ingest.dates import find_only_date
from ingest.lines import comparable, count_words, ends_sentence, is_headline, is_prose
from ingest.metadata import Fields, read_metadata, read_text

SEARCHED_LINES = 25
REPEATED_WITHIN = 6
MOST_NAVIGATION_WORDS = 4
TITLE_WITHIN = 3
LONGEST_TITLE_LINE = 600

_LABELLED = re.compile(r"^([A-Z][A-Za-z]*(?: [A-Za-z]+){0,2})\s?:(?:\s+(.*))?$")
_LABELS = {
    "source feed": "publisher", "feed": "publisher", "source": "publisher", "publisher": "publisher",
    "publication": "publisher", "outlet": "publisher", "newspaper": "publisher",
    "author": "author", "authors": "author", "by": "author", "byline": "author",
    "publication date": "date", "date published": "date", "published": "date", "published on": "date", "date": "date",
    "posted": "date", "posted on": "date",
    "title": "title", "headline": "title", "subtitle": "subtitle", "url": "url", "link": "url", "language": "language",
}  # fmt: skip
_NOT_A_HEADLINE = re.compile(r"^(?:by|from|published|updated|posted|photo|image|editor[’']s note)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What stands above a story: `end` is the number of the first line that is not part of it."""

    end: int
    metadata: Metadata
    warnings: tuple[str, ...] = ()


def read_aggregator_header(lines: Sequence[str]) -> Opening | None:
    """A block of at least two "Label: value" lines, with all above it and the title and date repeated below it."""
    block = _find_labelled_block(lines)
    if block is None:
        return None
    fields: Fields = {}
    for number in block:
        match = _LABELLED.match(lines[number])
        name = _LABELS.get(match[1].lower()) if match else None
        if match and name and match[2]:
            fields.setdefault(name, match[2])  # type: ignore[misc]  # the names in _LABELS are keys of Fields
    if "title" not in fields:
        fields["title"] = _find_title_above(lines[: block.start])
    metadata, warnings = read_metadata(fields)
    return Opening(end=_skip_repeated(lines, block.stop, metadata.title), metadata=metadata, warnings=warnings)


def is_labelled(line: str) -> bool:
    """Is this a "Label: value" line of the kinds that an aggregator prints?"""
    return _name_of(line) is not None


def read_headlines(lines: Sequence[str]) -> Opening | None:
    """One headline, or two stacked ones (title and subtitle), that open a page; None where no line surely is one."""
    numbers = _find_headlines(lines)
    if not numbers:
        return None
    subtitle = lines[numbers[1]] if len(numbers) > 1 else None
    metadata, _ = read_metadata({"title": lines[numbers[0]], "subtitle": subtitle})
    return Opening(end=numbers[-1] + 1, metadata=metadata)


def read_repeated_title(lines: Sequence[str], *, title: str, subtitle: str | None) -> Opening | None:
    """The known title where the page begins with it, alone, with a date, or stacked with another headline."""
    top = [number for number, line in enumerate(lines[:SEARCHED_LINES]) if line][:TITLE_WITHIN]
    known = {comparable(text) for text in (title, subtitle) if text}
    repeated = [number for number in top if _repeats(lines[number], title=title, known=known)]
    if not repeated:
        return None
    stacked = _find_headlines(lines)
    other = next((number for number in stacked if number not in repeated and set(stacked) & set(repeated)), None)
    end = max(repeated[-1], repeated[-1] if other is None else other) + 1
    around = [number for number in top if number < end and number not in repeated and number != other]
    if not all(_is_navigation(lines[number]) for number in around):
        return None
    dates = (_find_date_behind(lines[number], title) for number in repeated)
    found = Metadata(
        subtitle=None if other is None else read_text(lines[other]),
        published_at=next(filter(None, dates), None),
    )
    return Opening(end=end, metadata=found)


def _repeats(line: str, *, title: str, known: set[str]) -> bool:
    """Does the line say the title (or subtitle) again? A full sentence never does: it is the story's own."""
    if len(line) > LONGEST_TITLE_LINE:
        return False
    return (comparable(line) in known and not line.endswith(".")) or _find_date_behind(line, title) is not None


def _find_date_behind(line: str, title: str) -> PublishedAt | None:
    return find_only_date(line[len(title) :].strip(" ,-–—|")) if line.startswith(title) else None


def _is_navigation(line: str) -> bool:
    return count_words(line) <= MOST_NAVIGATION_WORDS and not ends_sentence(line)


def _find_labelled_block(lines: Sequence[str]) -> range | None:
    filled = [number for number, line in enumerate(lines[: 4 * SEARCHED_LINES]) if line][:SEARCHED_LINES]
    for position, first in enumerate(filled):
        run: list[int] = []
        for number in filled[position:]:
            if not _LABELLED.match(lines[number]) or (run and number - run[-1] > 2):
                break
            run.append(number)
        names = {_name_of(lines[number]) for number in run} - {None}
        if len(names) >= 2 and names & {"publisher", "date"} and _name_of(lines[first]):
            return range(first, run[-1] + 1)
        if is_prose(lines[first]):
            return None
    return None


def _name_of(line: str) -> str | None:
    match = _LABELLED.match(line)
    return _LABELS.get(match[1].lower()) if match else None


def _find_title_above(lines: Sequence[str]) -> str | None:
    filled = [line for line in lines if line]
    with_site = [line for line in filled if " | " in line]
    return next(iter(with_site + [line for line in filled if is_headline(line)]), None)


def _skip_repeated(lines: Sequence[str], start: int, title: str | None) -> int:
    """The end of a repeated title and date, with short navigation ("Stay informed") between; `start` without any."""
    end = start
    filled = [number for number in range(start, len(lines)) if lines[number]][:REPEATED_WITHIN]
    for number in filled:
        line = lines[number]
        if find_only_date(line) or (title and comparable(line) == comparable(title)):
            end = number + 1
        elif not _is_navigation(line):
            break
    return end


def _find_headlines(lines: Sequence[str]) -> tuple[int, ...]:
    first = next((number for number, line in enumerate(lines) if line), len(lines))
    stop = next((number for number in range(first, len(lines)) if not lines[number]), len(lines))
    if stop - first > 1 and _LABELLED.match(lines[first]) and _LABELLED.match(lines[first + 1]):
        return ()  # two speakers of an interview
    heads = []
    for number in range(first, min(stop, first + 2)):
        if not _may_be_headline(lines[number]):
            break
        heads.append(number)
    if not heads:
        return ()
    rest = [line for line in lines[heads[-1] + 1 :] if line]
    if stop == heads[-1] + 1:  # a block of their own
        sentences = sum(map(ends_sentence, rest))
        tells = 2 * sentences >= len(rest) > 0 or any(map(is_prose, rest))
        return tuple(heads) if tells else ()
    return tuple(heads) if rest and is_prose(rest[0]) else ()


def _may_be_headline(line: str) -> bool:
    return is_headline(line) and not _NOT_A_HEADLINE.match(line) and find_only_date(line) is None
