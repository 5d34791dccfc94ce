"""What tests are made of: short articles of our own, recorded or ingested by the real parts."""

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ingest.article import Article, Draft, Metadata, PublishedAt, hash_text
from ingest.chunking import chunk
from ingest.embedding import Encoder
from ingest.filters import Filters
from ingest.locking import writing
from ingest.pipeline import Ingest, IngestReport
from ingest.projections import catch_up
from ingest.recording import Change, NewPassage, Recorder
from ingest.sentences import split_sentences
from tests.fakes import WordEncoder

SEEN = date(2026, 3, 1)
ALL = Filters()
ENCODER = WordEncoder(dimension=32)  # of `small_data` and `large_data`
SMALL, LARGE = 60, 1_300  # articles of one passage; from 1,000 vectors on, Chroma writes the files of its index

_TOWNS = ("Wexcombe", "Dunmere", "Lowmere", "Tern Harbour", "Kestrel Plains", "Aldergate", "Brackwater")
_THINGS = ("bridge", "ferry", "library", "quarry", "orchard", "lighthouse", "tannery", "granary", "cannery", "depot")
_DEEDS = ("reopened", "flooded", "was sold", "was painted", "burned down", "was inspected", "closed", "won a prize")


def make_title(number: int) -> str:
    """A title that no other number has."""
    return f"The {_THINGS[number % 10]} of {_TOWNS[number % 7]} {_DEEDS[number % 8]} in case {number}"


def make_sentence(number: int) -> str:
    """A sentence that no other number has."""
    return f"Report {number} says that the {_THINGS[number % 10]} of {_TOWNS[number % 7]} {_DEEDS[number % 8]}."


def make_draft(  # noqa: PLR0913  one parameter a field
    article_id: str = "bridge", text: str = "The bridge of Wexcombe reopened on Monday.", *, title: str | None = None,
    publisher: str | None = None, published: str | None = None, source: str = "feed",
) -> Draft:
    published_at = PublishedAt(iso=published) if published else None
    metadata = Metadata(title=title, publisher=publisher, published_at=published_at)
    fingerprint = hashlib.sha256(f"{metadata!r}{text}".encode()).digest()
    return Draft(
        id=article_id, source=source, name=article_id, location=f"{source}/{article_id}", fingerprint=fingerprint,
        metadata=metadata, text=text, sentences=split_sentences(text),
    )


def make_drafts(count: int, *, first: int = 1) -> list[Draft]:
    """Articles of one passage, each with its own title, text and day."""
    return [
        make_draft(
            f"n{number}", make_sentence(number), title=make_title(number), publisher=_TOWNS[number % 7],
            published=date.fromordinal(SEEN.toordinal() - 365 + number % 365).isoformat(),
        )
        for number in range(first, first + count)
    ]


def put(recorder: Recorder, encoder: Encoder, draft: Draft, *, seen: date = SEEN) -> Change:
    """Record one article as the pipeline does, inside a transaction."""
    chunks = chunk(draft.text, draft.sentences, title=draft.metadata.title, encoder=encoder)
    passages = [
        NewPassage(start=one.start, end=one.end, text_hash=hashlib.sha256(one.encoded.encode()).digest())
        for one in chunks
    ]
    vectors = encoder.encode([one.encoded for one in chunks])
    recorder.use_encoder(encoder.id)
    pairs = ((new.text_hash, row.tobytes()) for new, row in zip(passages, vectors, strict=True))
    recorder.put_vectors(pairs, encoder.id)
    return recorder.put(draft, passages, seen=seen)


def record(recorder: Recorder, encoder: Encoder, *drafts: Draft, seen: date = SEEN) -> list[Change]:
    """Record articles in one transaction."""
    with recorder.transaction():
        return [put(recorder, encoder, draft, seen=seen) for draft in drafts]


def make_data(folder: Path, count: int, encoder: Encoder = ENCODER) -> Path:
    """A data folder of `count` articles of one passage, with a generation of all of them."""
    with Recorder(folder) as recorder:
        record(recorder, encoder, *make_drafts(count))
        catch_up(recorder)
    return folder


def remove(recorder: Recorder, *article_ids: str) -> None:
    with recorder.transaction():
        for article_id in article_ids:
            recorder.delete(article_id)


def overwrite(path: Path, content: bytes | bytearray) -> None:
    """Replace a file by another one: truncated in place, it would end a process that has it mapped to memory."""
    path.unlink()
    path.write_bytes(content)


def write_corpus(path: Path, records: Sequence[object]) -> Path:
    """A JSONL corpus; a string is written as it is."""
    lines = (one if isinstance(one, str) else json.dumps(one) for one in records)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def run_ingest(folder: Path, encoder: Encoder, *paths: Path, max_article_bytes: int = 1_000_000) -> IngestReport:
    """Ingest paths in this process, on the day SEEN."""
    with writing(folder), Recorder(folder) as recorder:
        run = Ingest(recorder, encoder, today=SEEN, observe=lambda progress: None)
        return run.run(paths, given=Metadata(), max_article_bytes=max_article_bytes)


def make_article(article_id: str, text: str, *, publisher: str | None = None) -> Article:
    """An article as the catalog returns it, without a catalog."""
    draft = make_draft(article_id, text, publisher=publisher)
    return Article(
        id=draft.id, version=1, source=draft.source, metadata=draft.metadata, text=text, sha256=hash_text(text),
        sentences=draft.sentences, cuts=(), first_seen=SEEN, story_id=article_id,
    )
