"""A corpus file (`.jsonl`, `.jsonl.gz`) → its lines one after the other, none held that is longer than the limit."""

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from ingest.errors import UnreadableArticle

CHUNK_BYTES = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line that is not blank, counted from 1; `bytes_read` are the bytes on disk since the line before it."""

    number: int
    content: bytes
    bytes_read: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LongLine:
    """A line of more bytes than the limit, which was passed over."""

    number: int
    size: int


def read_lines(path: Path, *, limit: int) -> Iterator[Line | LongLine]:
    """Lines in order; raises UnreadableArticle where the file turns out damaged, after the lines before that place."""
    number = 0
    try:
        with path.open("rb") as raw:
            packed = path.name.lower().endswith(".gz")
            stream = cast(BinaryIO, gzip.GzipFile(fileobj=raw)) if packed else raw
            told = 0
            while content := stream.readline(limit + 2):  # a line at the limit may end in CR LF
                number += 1
                if number == 1 and content.startswith((b"\xff\xfe", b"\xfe\xff")):
                    raise UnreadableArticle("it is UTF-16; save the corpus as UTF-8")
                if len(content.rstrip(b"\r\n")) > limit:
                    yield LongLine(number=number, size=_skip_line(stream, content))
                elif content.strip():
                    position = raw.tell()
                    yield Line(number=number, content=content.rstrip(b"\r\n"), bytes_read=position - told)
                    told = position
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise UnreadableArticle(
            f"the compressed file is damaged or ends too early after line {number}; what follows was not read"
        ) from error


def _skip_line(stream: BinaryIO, content: bytes) -> int:
    """Pass over the rest of a line in small pieces; the size of the whole line."""
    size = len(content)
    while not content.endswith(b"\n") and (content := stream.readline(CHUNK_BYTES)):
        size += len(content)
    return size
