"""The text of a source → the canonical text of the story, what the page said about it, and what was cut."""

from dataclasses import dataclass, replace

from ingest.article import Cut, Metadata
from ingest.boilerplate import (
    OTHER_STORIES,
    SOURCE_LIST,
    classify_closing_line,
    find_other_stories,
    find_source_list,
    is_newsletter_line,
    names_publisher,
)
from ingest.characters import canonicalise, canonicalise_lines
from ingest.headers import read_aggregator_header, read_headlines, read_repeated_title
from ingest.lines import has_letters
from ingest.metadata import fill
from ingest.wrapping import unwrap

CLEANING_VERSION = 1
EXCERPT_CHARACTERS = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """A story without what was printed around it; `text` is canonical, and empty where the source has no words."""

    text: str
    metadata: Metadata
    cuts: tuple[Cut, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """A page while it is cut: canonical lines, with every blank one."""

    lines: tuple[str, ...]
    metadata: Metadata
    cuts: tuple[Cut, ...] = ()
    warnings: tuple[str, ...] = ()


def clean(body: str, *, metadata: Metadata) -> Cleaned:
    """Cut what is not the story; what the page says about it fills only the metadata that is missing.

    A page of which nothing would remain is kept whole, with a warning.
    """
    page = _Page(lines=tuple(unwrap(canonicalise_lines(body).split("\n"))), metadata=metadata)
    for step in (_cut_aggregator_header, _cut_headlines, _cut_other_stories, _cut_closing_lines, _cut_house_lines):
        page = step(page)
    return Cleaned(
        text=canonicalise("\n".join(page.lines)), metadata=page.metadata, cuts=page.cuts, warnings=page.warnings
    )


def _cut_aggregator_header(page: _Page) -> _Page:
    opening = read_aggregator_header(page.lines)
    if opening is None:
        return page
    page = replace(page, metadata=fill(page.metadata, opening.metadata), warnings=page.warnings + opening.warnings)
    return _cut(page, 0, opening.end, reason="aggregator header")


def _cut_headlines(page: _Page) -> _Page:
    title = page.metadata.title
    if title is None:
        opening = read_headlines(page.lines)
    else:
        opening = read_repeated_title(page.lines, title=title, subtitle=page.metadata.subtitle)
    if opening is None:
        return page
    return _cut(replace(page, metadata=fill(page.metadata, opening.metadata)), 0, opening.end, reason="headline")


def _cut_house_lines(page: _Page) -> _Page:
    """Lines that are not the story wherever they stand: newsletters, and the publisher's name above it."""
    for number in range(len(page.lines) - 1, -1, -1):
        if is_newsletter_line(page.lines[number]):
            page = _cut(page, number, number + 1, reason="house line")
    first = next((number for number, line in enumerate(page.lines) if line), 0)
    if page.lines and names_publisher(page.lines[first], page.metadata.publisher):
        page = _cut(page, first, first + 1, reason="sign-off")
    return page


def _cut_other_stories(page: _Page) -> _Page:
    start = find_other_stories(page.lines)
    return page if start is None else _cut(page, start, len(page.lines), reason=OTHER_STORIES)


def _cut_closing_lines(page: _Page) -> _Page:
    """Cut from the end, line by line and list by list, until the story's last line stands last."""
    while True:
        last = next((number for number in range(len(page.lines) - 1, -1, -1) if page.lines[number]), None)
        if last is None:
            return page
        reason = classify_closing_line(page.lines[last], publisher=page.metadata.publisher)
        start: int | None = last
        if reason is None:
            start, reason = find_source_list(page.lines), SOURCE_LIST
        if start is None:
            return page
        shorter = _cut(page, start, len(page.lines), reason=reason)
        if shorter.lines == page.lines:
            return shorter
        page = shorter


def _cut(page: _Page, start: int, end: int, *, reason: str) -> _Page:
    """The page without these lines, reported; the page with a warning where no story would remain."""
    remaining = page.lines[:start] + page.lines[end:]
    removed = "\n".join(page.lines[start:end]).strip()
    if not any(map(has_letters, remaining)):
        return _warn(page, f"all of the text looks like {reason}, so it was kept")
    if not removed:
        return replace(page, lines=remaining)
    cut = Cut(reason=reason, characters=len(removed), excerpt=_excerpt(removed))
    return replace(page, lines=remaining, cuts=(*page.cuts, cut))


def _warn(page: _Page, warning: str) -> _Page:
    return page if warning in page.warnings else replace(page, warnings=(*page.warnings, warning))


def _excerpt(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT_CHARACTERS else line[: EXCERPT_CHARACTERS - 1] + "…"
