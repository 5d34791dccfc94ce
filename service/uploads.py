"""An upload's lines in, Items out, and the other way round: how articles travel to a service."""

import base64
import binascii
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ingest.corpus import Line, LongLine, read_lines
from ingest.errors import UnreadableArticle
from ingest.items import Failure, Item, format_size
from ingest.records import LONGEST_ID, load_record, read_id

POSTED = "posted"  # the source of articles that came without a file
ENVELOPE = 20_000  # bytes of a line beside its article: names, quotes


class UploadedFile(BaseModel):
    """A file as it was read; `name` is its id unless it says another, and counts within `source`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=1, max_length=LONGEST_ID)
    format: Literal["text", "markdown", "html", "record"]
    content: str | None = None
    content_base64: str | None = None
    source: str = Field(default=POSTED, min_length=1, max_length=4_096)
    location: str | None = Field(default=None, max_length=4_096)

    def decode(self) -> bytes:
        """The file's bytes; UnreadableArticle where there are none or both."""
        if (self.content is None) == (self.content_base64 is None):
            raise UnreadableArticle('give either its "content" or its "content_base64"')
        if self.content is not None:
            return self.content.encode("utf-8", errors="replace")
        try:
            return base64.b64decode(self.content_base64 or "", validate=True)
        except binascii.Error as error:
            raise UnreadableArticle("its content_base64 is not base64") from error


class _Envelope(BaseModel):
    model_config = ConfigDict(extra="forbid")
    file: UploadedFile


def write_line(item: Item) -> bytes:
    """The line that carries an item, byte for byte."""
    file = UploadedFile(
        name=item.name, format=item.kind, content_base64=base64.b64encode(item.content).decode("ascii"),
        source=item.source, location=item.location,
    )
    return _Envelope(file=file).model_dump_json(exclude_none=True).encode() + b"\n"


def read_items(path: Path, *, max_article_bytes: int) -> Iterator[Item | Failure]:
    """The articles of an upload: each line a record of a corpus, or `{"file": …}` with what a file holds."""
    try:
        for line in read_lines(path, limit=max_article_bytes * 2 + ENVELOPE):
            yield _read_item(line, limit=max_article_bytes)
    except UnreadableArticle as error:
        yield Failure(location="the upload", reason=str(error))


def name_text(content: bytes) -> str:
    """An id for an article that says none: the same for the same content."""
    return "art_" + hashlib.sha256(content).hexdigest()[:16]


def _read_item(line: Line | LongLine, *, limit: int) -> Item | Failure:
    location = f"line {line.number}"
    if isinstance(line, LongLine):
        return Failure(location=location, reason=_too_large(line.size, limit))
    try:
        item = _open_line(line, location)
    except UnreadableArticle as error:
        return Failure(location=location, reason=str(error))
    if len(item.content) > limit:
        return Failure(location=item.location, reason=_too_large(len(item.content), limit))
    return item


def _open_line(line: Line, location: str) -> Item:
    record = load_record(line.content)
    if "file" not in record:
        return Item(
            source=POSTED, name=read_id(record.get("id")) or name_text(line.content), location=location,
            kind="record", content=line.content, bytes_read=line.bytes_read,
        )
    try:
        file = _Envelope.model_validate_json(line.content).file
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise UnreadableArticle(f"{where}: {first['msg']}") from error
    return Item(
        source=file.source, name=file.name, location=file.location or file.name, kind=file.format,
        content=file.decode(), bytes_read=line.bytes_read,
    )


def _too_large(size: int, limit: int) -> str:
    return f"{format_size(size)} is more than the limit of {format_size(limit)} for one article; split it"
