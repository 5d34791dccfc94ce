"""Paths in, searchable articles and an IngestReport out: read, clean, chunk, embed, record, index."""

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ingest.article import Cut, Draft, Metadata
from ingest.chunking import Chunk, chunk
from ingest.embedding import Encoder, Vector
from ingest.errors import DuplicateArticle, FootnoteError, UnreadableArticle
from ingest.items import Duplicate
from ingest.projections import catch_up, catch_up_words
from ingest.reading import Failure, Item, find_items, fingerprint, read_draft, total_bytes
from ingest.recording import Change, NewPassage, Recorder

GROUP = 384  # passages that are embedded and committed together: some five seconds' work
STEP = 24  # of them between two reports of progress
INDEX_EVERY = 5_000  # passages: what others must search from memory while a bulk ingest runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """Something about an article that went in nevertheless."""

    location: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """An article that is in the catalog now, and what that changed."""

    location: str
    article_id: str
    change: Change


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestReport:
    """What an ingest did. Articles are counted once; `passages` are those of added and changed articles."""

    added: int
    changed: int
    unchanged: int
    failed: tuple[Failure, ...]
    warnings: tuple[Warned, ...]
    cut: dict[str, int]
    passages: int
    embedded: int
    generation: int | None
    seconds: float

    @property
    def went_in(self) -> int:
        return self.added + self.changed + self.unchanged


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far an ingest is. `articles` counts those that are durable or were found unchanged."""

    bytes_read: int
    bytes_total: int
    articles: int
    passages: int
    step: str


Observer = Callable[[Progress], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Prepared:
    draft: Draft
    location: str
    chunks: tuple[Chunk, ...]
    bytes_read: int


@dataclass(slots=True)
class _Tally:
    """The counts of a running ingest; the report is made of it at the end."""

    changes: dict[Change, int] = field(default_factory=lambda: {"added": 0, "changed": 0, "unchanged": 0})
    failed: list[Failure] = field(default_factory=list)
    warnings: list[Warned] = field(default_factory=list)
    cut: dict[str, int] = field(default_factory=dict)
    passages: int = 0
    embedded: int = 0
    indexed: int = 0
    bytes_read: int = 0

    def count_cuts(self, cuts: Sequence[Cut]) -> None:
        for cut in cuts:
            self.cut[cut.reason] = self.cut.get(cut.reason, 0) + 1


class Ingest:
    """One run over some paths. Articles are durable, and counted, group by group; a killed run goes on where it was."""

    def __init__(
        self, recorder: Recorder, encoder: Encoder, *, today: date, observe: Observer, project: bool = True
    ) -> None:
        """Without `project` the indexes are left as they are: for a caller that brings them up to date itself."""
        recorder.check_encoder(encoder.id)
        self._recorder = recorder
        self._encoder = encoder
        self._today = today
        self._observe = observe
        self._project = project
        self.taken: list[Taken] = []
        self._tally = _Tally()
        self._total = 0
        self._seen: dict[tuple[str, str], str] = {}
        self._ids: dict[str, str] = {}

    def run(self, paths: Sequence[Path], *, given: Metadata, max_article_bytes: int) -> IngestReport:
        """Take in every article under `paths`; `given` overrides what the articles say about themselves."""
        items = find_items(paths, max_article_bytes=max_article_bytes)
        return self.run_items(items, given=given, bytes_total=total_bytes(paths))

    def run_items(self, items: Iterable[Item | Failure], *, given: Metadata, bytes_total: int) -> IngestReport:
        """Take in articles that were found elsewhere, such as LlamaIndex Documents."""
        started = time.monotonic()
        self._total = bytes_total
        group: list[_Prepared] = []
        for prepared in self._prepare_all(items, given):
            group.append(prepared)
            if sum(len(one.chunks) for one in group) >= GROUP:
                self._record(group)
                group = []
        self._record(group)
        generation = None
        if self._project:
            self._report_progress("building the index")
            generation = catch_up(self._recorder).generation
        return self._report(generation, time.monotonic() - started)

    def _prepare_all(self, items: Iterable[Item | Failure], given: Metadata) -> Iterator[_Prepared]:
        for item in items:
            if isinstance(item, Failure):
                self._tally.failed.append(item)
                continue
            try:
                prepared = self._prepare(item, given)
            except (UnreadableArticle, DuplicateArticle) as error:
                self._fail(item.location, error)
                prepared = None
            if prepared is None:
                self._tally.bytes_read += item.bytes_read
                self._report_progress("reading")
            else:
                yield prepared

    def _prepare(self, item: Item, given: Metadata) -> _Prepared | None:
        """Read and chunk one article; None where the catalog has this very input."""
        first = self._seen.setdefault((item.source, item.name), item.location)
        if first != item.location:
            raise DuplicateArticle(f"its id {item.name!r} is a duplicate: {first} has it already")
        known = self._recorder.find_input(item.source, item.name, fingerprint(item, given))
        if known is not None:
            self._count(item.location, known, "unchanged")
            return None
        draft = read_draft(item, given=given)
        self._check_id(draft)
        chunks = chunk(draft.text, draft.sentences, title=draft.metadata.title, encoder=self._encoder)
        return _Prepared(draft=draft, location=item.location, chunks=tuple(chunks), bytes_read=item.bytes_read)

    def _check_id(self, draft: Draft) -> None:
        owner = self._recorder.input_of(draft.id)
        known = self._seen.get(owner) if owner and owner != (draft.source, draft.name) else None
        first = known or self._ids.setdefault(draft.id, draft.location)
        if first != draft.location:
            raise DuplicateArticle(f"its id {draft.id!r} is a duplicate: {first} has it already")

    def _record(self, group: Sequence[_Prepared]) -> None:
        """Embed what is new and commit the group; when this returns, its articles survive a crash."""
        if not group:
            return
        texts = {_hash(piece.encoded): piece.encoded for one in group for piece in one.chunks}
        missing = sorted(self._recorder.missing_vectors(texts, self._encoder.id))
        vectors = self._encode([texts[text_hash] for text_hash in missing], sum(one.bytes_read for one in group))
        pairs = [(text_hash, row.tobytes()) for text_hash, row in zip(missing, vectors, strict=True)]
        with self._recorder.transaction():
            self._recorder.use_encoder(self._encoder.id)
            self._recorder.put_vectors(pairs, self._encoder.id)
            for one in group:
                self._put(one)
        if self._project and self._tally.passages - self._tally.indexed >= INDEX_EVERY:
            catch_up_words(self._recorder)
            self._tally.indexed = self._tally.passages
        self._tally.embedded += len(missing)
        self._tally.bytes_read += sum(one.bytes_read for one in group)
        self._report_progress("embedding")

    def _encode(self, texts: Sequence[str], bytes_read: int) -> Iterator[Vector]:
        """The vectors of a group's texts, with progress through the bytes that the group stands for."""
        for first in range(0, len(texts), STEP):
            yield from self._encoder.encode(texts[first : first + STEP])
            self._report_progress("embedding", ahead=bytes_read * min(first + STEP, len(texts)) // len(texts))

    def _put(self, one: _Prepared) -> None:
        passages = [NewPassage(start=c.start, end=c.end, text_hash=_hash(c.encoded)) for c in one.chunks]
        try:
            change = self._recorder.put(one.draft, passages, seen=self._today)
        except DuplicateArticle as error:
            self._fail(one.location, error)
            return
        self._count(one.location, one.draft.id, change)
        if change != "unchanged":
            self._tally.passages += len(passages)
        self._tally.count_cuts(one.draft.cuts)
        warnings = [*one.draft.warnings, *_language_warning(one.draft, self._encoder)]
        self._tally.warnings += [Warned(location=one.location, reason=reason) for reason in warnings]

    def _fail(self, location: str, error: FootnoteError) -> None:
        failure = Duplicate if isinstance(error, DuplicateArticle) else Failure
        self._tally.failed.append(failure(location=location, reason=str(error)))

    def _count(self, location: str, article_id: str, change: Change) -> None:
        self._tally.changes[change] += 1
        self.taken.append(Taken(location=location, article_id=article_id, change=change))

    def _report_progress(self, step: str, *, ahead: int = 0) -> None:
        self._observe(
            Progress(
                bytes_read=self._tally.bytes_read + ahead, bytes_total=self._total, step=step,
                articles=sum(self._tally.changes.values()), passages=self._tally.passages,
            )
        )

    def _report(self, generation: int | None, seconds: float) -> IngestReport:
        tally = self._tally
        return IngestReport(
            added=tally.changes["added"], changed=tally.changes["changed"], unchanged=tally.changes["unchanged"],
            failed=tuple(tally.failed), warnings=tuple(tally.warnings), cut=dict(tally.cut), passages=tally.passages,
            embedded=tally.embedded, generation=generation, seconds=round(seconds, 3),
        )


def embed_again(recorder: Recorder, encoder: Encoder) -> None:
    """Chunk and embed every article with another encoder.

    One transaction: until it is committed the former vectors stay in use.
    """
    with recorder.transaction():
        recorder.use_encoder(encoder.id)
        for article in recorder.every_article():
            chunks = chunk(article.text, article.sentences, title=article.metadata.title, encoder=encoder)
            passages = [NewPassage(start=c.start, end=c.end, text_hash=_hash(c.encoded)) for c in chunks]
            vectors = encoder.encode([piece.encoded for piece in chunks])
            pairs = ((new.text_hash, row.tobytes()) for new, row in zip(passages, vectors, strict=True))
            recorder.put_vectors(pairs, encoder.id)
            recorder.replace_passages(article.id, passages)


def _language_warning(draft: Draft, encoder: Encoder) -> list[str]:
    language = draft.metadata.language
    if language is None or encoder.language is None or language.split("-")[0].lower() == encoder.language:
        return []
    return [f"it is in {language!r}, which the embedding model does not know: questions find it by its words only"]


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8")).digest()
