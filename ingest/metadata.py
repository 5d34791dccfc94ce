"""Fields as a format holds them (JSON, YAML, HTML) → Metadata with clean strings, web addresses only and read dates."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypedDict
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from ingest.article import Metadata
from ingest.characters import canonicalise
from ingest.dates import read_date

LONGEST_FIELD = 500
LONGEST_URL = 2_000
FEWEST_TITLE_WORDS = 3
_LANGUAGE = re.compile(r"^([A-Za-z]{2})(?:[-_].*)?$")


class Fields(TypedDict, total=False):
    """What a format says, unread: any value may have any type, because people write these by hand."""

    title: object
    subtitle: object
    publisher: object
    author: object
    date: object
    url: object
    language: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A source after its format was parsed: what it says about the article, and the text that is not cleaned yet.

    `id` is the identity that the source itself gives; None where it gives none.
    """

    metadata: Metadata
    body: str
    id: str | None = None
    warnings: tuple[str, ...] = ()


def read_metadata(fields: Fields) -> tuple[Metadata, tuple[str, ...]]:
    """Clean every field, None where it is missing or useless; the warnings name what could not be read."""
    reading = read_date(fields.get("date"))
    title = read_text(fields.get("title"))
    metadata = Metadata(
        title=cut_site_name(title) if title else None,
        subtitle=read_text(fields.get("subtitle")),
        publisher=read_text(fields.get("publisher")),
        author=read_text(fields.get("author")),
        published_at=reading.published_at,
        url=read_url(fields.get("url")),
        language=_read_language(fields.get("language")),
    )
    return metadata, () if reading.problem is None else (reading.problem,)


def read_text(value: object) -> str | None:
    """One clean line of at most 500 characters; lists are joined by commas, objects give their name."""
    if isinstance(value, Mapping):
        value = value.get("name")
    if isinstance(value, (list, tuple)):
        value = ", ".join(dict.fromkeys(filter(None, map(read_text, value))))
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    text = " ".join(canonicalise(str(value)[: 4 * LONGEST_FIELD]).split())
    return unicodedata.normalize("NFC", text[:LONGEST_FIELD]).strip() or None


def read_url(value: object) -> str | None:
    """An http or https address without its fragment and tracking parameters; None for anything else."""
    if isinstance(value, Mapping):
        value = value.get("@id") or value.get("url")
    if not isinstance(value, str) or len(value) > LONGEST_URL:
        return None
    try:
        parts = urlsplit(value.strip())
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or re.search(r"[\s<>\"\x00-\x1f\ud800-\udfff]", value.strip()):
        return None
    query = parts.query
    if "utm_" in query:
        pairs = parse_qsl(query, keep_blank_values=True)
        query = urlencode([(name, text) for name, text in pairs if not name.startswith("utm_")])
    return urlunsplit(parts._replace(netloc=parts.netloc.lower(), query=query, fragment=""))


def cut_site_name(title: str) -> str:
    """Drop what a site appends after " | "; where a label stands first ("Opinion | …"), keep the longest part."""
    parts = [part.strip() for part in title.split(" | ") if part.strip()]
    if len(parts) < 2:
        return title
    if len(parts[0].split()) >= FEWEST_TITLE_WORDS:
        return parts[0]
    return max(parts, key=lambda part: len(part.split()))


def fill(metadata: Metadata, other: Metadata) -> Metadata:
    """What `metadata` says, and what `other` says where it is silent."""
    return Metadata(
        title=metadata.title or other.title,
        subtitle=metadata.subtitle or other.subtitle,
        publisher=metadata.publisher or other.publisher,
        author=metadata.author or other.author,
        published_at=metadata.published_at or other.published_at,
        url=metadata.url or other.url,
        language=metadata.language or other.language,
    )


def _read_language(value: object) -> str | None:
    match = _LANGUAGE.match(value.strip()) if isinstance(value, str) else None
    return match[1].lower() if match else None
