"""Paths that a person gave → Items, one an article, none larger than the limit; what cannot be read is a Failure."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ingest.corpus import Line, LongLine, read_lines
from ingest.errors import UnreadableArticle
from ingest.records import load_record, record_id

ItemKind = Literal["text", "markdown", "html", "record"]

_KINDS: dict[str, ItemKind] = {
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".jsonl": "record",
    ".jsonl.gz": "record",
}
SUPPORTED = ", ".join(_KINDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One article as its source holds it, not yet parsed.

    `source` is the resolved path that its name counts in: the corpus file of a record, the folder of a file. `name` is
    its id there, `location` tells people where it is, and `bytes_read` are the bytes on disk since the previous item.
    """

    source: str
    name: str
    location: str
    kind: ItemKind
    content: bytes
    bytes_read: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Something that a person meant to go in and that did not, with the reason."""

    location: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicate(Failure):
    """An article whose id is taken by another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """A file to read: `path` as the person would write it, `root` the folder that its name counts from."""

    path: Path
    root: Path
    kind: ItemKind


def total_bytes(paths: Sequence[Path]) -> int:
    """The bytes on disk of all files that `find_items` would read."""
    return sum(_size_of(found.path) for path in paths for found in _find_files(path) if isinstance(found, _File))


def find_items(paths: Sequence[Path], *, max_article_bytes: int) -> Iterator[Item | Failure]:
    """Every article under the paths: folders recursively, sorted, without hidden files and links that lead outside."""
    for path in paths:
        for found in _find_files(path):
            if isinstance(found, Failure):
                yield found
            elif found.kind == "record":
                yield from _read_corpus(found.path, limit=max_article_bytes)
            else:
                yield _read_file(found, limit=max_article_bytes)


def kind_of(path: Path) -> ItemKind | None:
    """The format that the name's ending tells, in any case; None where it is not supported."""
    name = path.name.lower()
    return next((kind for suffix, kind in _KINDS.items() if name.endswith(suffix) and name != suffix), None)


def format_size(size: int) -> str:
    """`52.4 MB`, `10 MB`, `900 bytes`."""
    if size < 1_000_000:
        return f"{size:,} bytes"
    return f"{size / 1_000_000:.1f}".removesuffix(".0") + " MB"


def _find_files(path: Path) -> Iterator[_File | Failure]:
    try:
        if path.is_dir():
            yield from _walk(path, path, path.resolve())
        elif not path.exists():
            yield Failure(location=str(path), reason="no such file or folder")
        elif not path.is_file():
            yield Failure(location=str(path), reason="it is neither a file nor a folder")
        elif (kind := kind_of(path)) is None:
            yield Failure(location=str(path), reason=f"its format is not supported; Footnote reads {SUPPORTED}")
        else:
            yield _File(path=path, root=path.parent, kind=kind)
    except (OSError, ValueError, RuntimeError) as error:  # a name too long, a zero byte in it, a loop of links
        yield Failure(location=str(path), reason=_explain(error))


def _walk(folder: Path, root: Path, boundary: Path) -> Iterator[_File | Failure]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Failure(location=str(folder), reason=_explain(error))
        return
    for entry in entries:
        path = folder / entry.name
        if entry.name.startswith(".") or (entry.is_symlink() and not _stays_inside(path, boundary)):
            continue
        if entry.is_dir():
            yield from _walk(path, root, boundary)
        elif entry.is_file() and (kind := kind_of(path)) is not None:
            yield _File(path=path, root=root, kind=kind)


def _stays_inside(link: Path, boundary: Path) -> bool:
    """Does the link lead into the folder, and not above itself, where it would go round for ever?"""
    try:
        target = link.resolve(strict=True)
        return target.is_relative_to(boundary) and not link.parent.resolve().is_relative_to(target)
    except (OSError, RuntimeError):
        return False


def _read_file(file: _File, *, limit: int) -> Item | Failure:
    location = str(file.path)
    try:
        size = file.path.stat().st_size
        if size > limit:
            return Failure(location=location, reason=_explain_size(size, limit))
        with file.path.open("rb") as stream:
            content = stream.read(limit + 1)
        source = str(file.root.resolve())
    except OSError as error:
        return Failure(location=location, reason=_explain(error))
    if len(content) > limit:
        return Failure(location=location, reason=_explain_size(len(content), limit))
    name = _printable(file.path.relative_to(file.root).as_posix())
    return Item(
        source=source,
        name=name,
        location=_printable(location),
        kind=file.kind,
        content=content,
        bytes_read=len(content),
    )


def _read_corpus(path: Path, *, limit: int) -> Iterator[Item | Failure]:
    try:
        source = str(path.resolve())
        for line in read_lines(path, limit=limit):
            yield _read_line(path, source, line, limit=limit)
    except UnreadableArticle as error:
        yield Failure(location=str(path), reason=str(error))
    except OSError as error:
        yield Failure(location=str(path), reason=_explain(error))


def _read_line(path: Path, source: str, line: Line | LongLine, *, limit: int) -> Item | Failure:
    location = f"{_printable(str(path))}, line {line.number}"
    if isinstance(line, LongLine):
        return Failure(location=location, reason=_explain_size(line.size, limit))
    try:
        given = record_id(load_record(line.content))
    except UnreadableArticle as error:
        return Failure(location=location, reason=str(error))
    name = given or f"{_printable(path.name.split('.jsonl')[0])}:{line.number}"
    return Item(
        source=source, name=name, location=location, kind="record", content=line.content, bytes_read=line.bytes_read
    )


def _explain_size(size: int, limit: int) -> str:
    return (
        f"{format_size(size)} is more than the limit of {format_size(limit)} for one article;"
        " split it or raise FOOTNOTE_MAX_ARTICLE_BYTES"
    )


def _explain(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__


def _printable(name: str) -> str:
    """File names may hold bytes that are no text; they are replaced so that the name can be stored and printed."""
    return name.encode("utf-8", errors="replace").decode("utf-8")


def _size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
