"""The text of a source → the canonical text of the story, what the page said about it, and what was cut."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from ingest.article import Cut, Metadata
from ingest.boilerplate import (
    find_closing_run,
    find_other_stories,
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
MOST_CLOSING_RUNS = 40


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
    return _cut(page, range(opening.end), reason="aggregator header")


def _cut_headlines(page: _Page) -> _Page:
    title = page.metadata.title
    if title is None:
        opening = read_headlines(page.lines)
    else:
        opening = read_repeated_title(page.lines, title=title, subtitle=page.metadata.subtitle)
    if opening is None:
        return page
    return _cut(replace(page, metadata=fill(page.metadata, opening.metadata)), range(opening.end), reason="headline")


def _cut_other_stories(page: _Page) -> _Page:
    start = find_other_stories(page.lines)
    return page if start is None else _cut(page, range(start, len(page.lines)), reason="other stories")


def _cut_closing_lines(page: _Page) -> _Page:
    """Cut from the end, run by run, until the story's last line stands last."""
    for _ in range(MOST_CLOSING_RUNS):
        found = find_closing_run(page.lines, publisher=page.metadata.publisher)
        if found is None:
            break
        start, reason = found
        shorter = _cut(page, range(start, len(page.lines)), reason=reason)
        if shorter.lines == page.lines:
            return shorter
        page = shorter
    return page


def _cut_house_lines(page: _Page) -> _Page:
    """Lines that are not the story wherever they stand: newsletters, and the publisher's name above it."""
    first = next((number for number, line in enumerate(page.lines) if line), 0)
    if names_publisher(page.lines[first], page.metadata.publisher):
        page = _cut(page, range(first + 1), reason="sign-off")
    numbers = {number for number, line in enumerate(page.lines) if is_newsletter_line(line)}
    return _cut(page, numbers, reason="house line") if numbers else page


def _cut(page: _Page, numbers: Collection[int], *, reason: str) -> _Page:
    """The page without these lines, reported; the page with a warning where no story would remain."""
    remaining = tuple(line for number, line in enumerate(page.lines) if number not in numbers)
    removed = "\n".join(line for number, line in enumerate(page.lines) if number in numbers).strip()
    if not any(map(has_letters, remaining)):
        return _warn(page, f"all of the text looks like {reason}, so it was kept")
    if not removed:
        return replace(page, lines=remaining)
    cut = Cut(reason=reason, characters=len(removed), excerpt=_excerpt(removed))
    return replace(page, lines=remaining, cuts=(*page.cuts, cut))


def _warn(page: _Page, warning: str) -> _Page:
    return page if warning in page.warnings else replace(page, warnings=(*page.warnings, warning))


def _excerpt(text: str) -> str:
    line = " ".join(text[: 4 * EXCERPT_CHARACTERS].split())
    return line if len(line) <= EXCERPT_CHARACTERS else line[: EXCERPT_CHARACTERS - 1] + "…"
