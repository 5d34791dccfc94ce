"""Files, folders and corpora → Items, one for each article, and an Item → Draft, read and cleaned."""

import hashlib
from collections.abc import Callable
from dataclasses import replace

from ingest.article import Draft, Metadata
from ingest.cleaning import CLEANING_VERSION, clean
from ingest.encoding import decode_text
from ingest.errors import UnreadableArticle
from ingest.html import parse_html
from ingest.items import Failure, Item, ItemKind, find_items, total_bytes
from ingest.language import detect_language
from ingest.lines import has_letters
from ingest.markdown import parse_markdown
from ingest.metadata import Source, fill, read_url
from ingest.records import parse_record
from ingest.sentences import split_sentences

__all__ = ["Failure", "Item", "ItemKind", "find_items", "fingerprint", "read_draft", "total_bytes"]

FINGERPRINT_BYTES = 16


def fingerprint(item: Item, given: Metadata) -> bytes:
    """16 bytes that are equal where reading again would make the same draft, found without parsing."""
    digest = hashlib.blake2b(digest_size=FINGERPRINT_BYTES)
    digest.update(f"{CLEANING_VERSION}\0{item.kind}\0{given!r}\0".encode("utf-8", errors="backslashreplace"))
    digest.update(item.content)
    return digest.digest()


def read_draft(item: Item, *, given: Metadata) -> Draft:
    """Parse and clean one item; `given` goes before what the source says, field by field.

    Raises UnreadableArticle in one sentence that does not name the item.
    """
    source = _PARSERS[item.kind](item.content)
    cleaned = clean(source.body, metadata=fill(given, source.metadata))
    if not has_letters(cleaned.text):
        raise UnreadableArticle("it has no text")
    metadata = replace(cleaned.metadata, url=read_url(cleaned.metadata.url))
    if metadata.language is None:
        metadata = replace(metadata, language=detect_language(cleaned.text))
    identity = source.id or source.metadata.url or read_url(given.url) or item.name
    return Draft(
        id=identity,
        source=identity if read_url(identity) else item.source,
        name=item.name,
        location=item.location,
        fingerprint=fingerprint(item, given),
        metadata=metadata,
        text=cleaned.text,
        sentences=split_sentences(cleaned.text),
        cuts=cleaned.cuts,
        warnings=source.warnings + cleaned.warnings,
    )


def _parse_text(content: bytes) -> Source:
    return Source(metadata=Metadata(), body=decode_text(content))


_PARSERS: dict[ItemKind, Callable[[bytes], Source]] = {
    "text": _parse_text,
    "markdown": parse_markdown,
    "html": parse_html,
    "record": parse_record,
}
