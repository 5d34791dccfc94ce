"""A line of a corpus (JSONL) → Source: the record's fields, its own id and its text."""

import json
from collections.abc import Mapping

from ingest.errors import UnreadableArticle
from ingest.metadata import Fields, Source, read_metadata

LONGEST_ID = 500

# Ours first; the others are names that people's exports use.
_NAMES = {
    "title": ("title",),
    "subtitle": ("subtitle",),
    "publisher": ("publisher", "source"),
    "author": ("author", "authors"),
    "date": ("date", "published_at"),
    "url": ("url",),
    "language": ("language",),
}


def parse_record(content: bytes) -> Source:
    """Read one record; raises UnreadableArticle where it is no object or has no text."""
    record = load_record(content)
    text = record.get("text")
    if text is None:
        raise UnreadableArticle('the record has no "text"')
    if not isinstance(text, str):
        raise UnreadableArticle(f'the record\'s "text" is {_kind_of(text)}, not a string')
    if not text.strip():
        raise UnreadableArticle('the record\'s "text" is empty')
    fields: Fields = {}
    for field, names in _NAMES.items():
        value = next((record[name] for name in names if record.get(name) not in (None, "")), None)
        fields[field] = value  # type: ignore[literal-required]  # the names in _NAMES are keys of Fields
    metadata, warnings = read_metadata(fields)
    return Source(metadata=metadata, body=text, id=record_id(record), warnings=warnings)


def load_record(content: bytes) -> Mapping[str, object]:
    """Decode one line; raises UnreadableArticle with what is wrong with it."""
    try:
        record: object = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UnreadableArticle(f"the line is not UTF-8 (byte {error.start}); save the corpus as UTF-8") from error
    except json.JSONDecodeError as error:
        raise UnreadableArticle(f"the line is not valid JSON ({error.msg} at column {error.colno})") from error
    except (ValueError, RecursionError) as error:
        raise UnreadableArticle("the line's JSON cannot be read (a huge number, or nested too deeply)") from error
    if not isinstance(record, dict):
        raise UnreadableArticle(f"the line is {_kind_of(record)}, not a JSON object")
    return record


def record_id(record: Mapping[str, object]) -> str | None:
    """The id of a record, under our name for it or BEIR's."""
    return read_id(record.get("id", record.get("_id")))


def read_id(value: object) -> str | None:
    """The id as one line of text, None where there is none; raises UnreadableArticle for one that names nothing."""
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise UnreadableArticle(f"the id is {_kind_of(value)}, not a string")
    text = " ".join(str(value).encode("utf-8", errors="replace").decode("utf-8").split())
    if len(text) > LONGEST_ID or not text.isprintable():
        raise UnreadableArticle(f"the id {text[:40]!r}… is longer than {LONGEST_ID} characters or not printable")
    return text or None


def _kind_of(value: object) -> str:
    """How JSON calls it."""
    if value is None:
        return "null"
    names = {bool: "true or false", int: "a number", float: "a number", str: "a string", list: "a list"}
    return names.get(type(value), "an object")
