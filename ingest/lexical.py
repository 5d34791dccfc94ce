"""Words in, passages ranked by BM25 out: tantivy, a projection of the catalog."""

import json
import math
import shutil
import struct
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import tantivy

from ingest.catalog import FOR_EVER, Catalog, StoredPassage
from ingest.filters import Filters

STATE = "state-2"  # changes with the schema below, so that an index of another form is rebuilt
TITLE_WEIGHT = 0.5  # of the body's: tuned with the fusion of `service.retrieval`
MOST_TERMS = 64
WRITER_BYTES = 64_000_000
FOOTER = struct.Struct("<II")  # behind a segment file's checksum: the length of its JSON, and a constant
MAGIC = 1337

Hits = list[tuple[int, float]]


def _build_analyzer(*more: tantivy.Filter) -> tantivy.TextAnalyzer:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    for step in (tantivy.Filter.remove_long(60), tantivy.Filter.lowercase(), tantivy.Filter.ascii_fold(), *more):
        builder = builder.filter(step)
    return builder.build()


_ANALYZER = _build_analyzer(tantivy.Filter.stemmer("english"))
_SPLITTER = _build_analyzer()
_SCHEMA = (
    tantivy.SchemaBuilder()
    .add_unsigned_field("key", indexed=True, fast=True)
    .add_text_field("title", tokenizer_name="news", index_option="freq")
    .add_text_field("body", tokenizer_name="news", index_option="freq")
    .add_text_field("words", tokenizer_name="words", index_option="basic")
    .add_unsigned_field("day", indexed=True, fast=True)
    .add_unsigned_field("dated", indexed=True, fast=True)
    .add_text_field("publisher", tokenizer_name="raw", index_option="basic")
    .add_text_field("state", stored=True, tokenizer_name="raw", index_option="basic")
    .build()
)


def split_words(text: str) -> list[str]:
    """The words of a text, in order: lower case, without accents."""
    return list(_SPLITTER.analyze(text))


def analyze(text: str) -> list[str]:
    """The index terms of a text, in order: lower case, without accents, stemmed (Porter 2)."""
    return list(_ANALYZER.analyze(text))


# Words that ask or connect, by their stems: a passage need not repeat them to answer.
FUNCTION_WORDS = frozenset(
    analyze(
        "a about am an and any are as at be been being but by can could did do does doing done for from had has have "
        "he her his how i if in into is it its long many may might much name no not of on or out over s she should so "
        "some t than that the their them then there these they this those to up was we were what when where which who "
        "whom whose why will with would you"
    )
)


def content_terms(question: str) -> list[str]:
    """The distinct terms of a question that a passage should hold; all of them where none carries content."""
    terms = list(dict.fromkeys(analyze(question)))
    return [term for term in terms if term not in FUNCTION_WORDS] or terms


class LexicalIndex:
    """BM25 over the titles and texts of passages.

    The index holds one document, the state, that is committed together with the passages and names the catalog and its
    sequence number: so a lag or a loss is seen. What the catalog holds beyond it is searched from memory, until the
    process that may write calls `catch_up`.
    """

    def __init__(self, folder: Path, catalog: Catalog, *, verify: bool = False) -> None:
        """With `verify`, every file is read: one with a changed byte counts as lost. Else it may mislead a search."""
        self._folder = folder
        self._catalog = catalog
        self._index, self._sequence = (None, 0) if verify and _is_damaged(folder) else self._open()
        self._delta: tuple[int, tantivy.Index | None] = (self._sequence, None)

    def refresh(self) -> None:
        """Take up what the process that writes has committed since, where anything was written."""
        if not self.up_to_date:
            self._index, self._sequence = self._open()
            self._delta = (self._sequence, None)

    @property
    def lag(self) -> int:
        """How many live passages of the catalog the index on disk does not hold."""
        return self._catalog.count_since(self._sequence)

    @property
    def sequence(self) -> int:
        """The catalog's sequence number that the index on disk holds; 0 where it holds nothing."""
        return self._sequence

    @property
    def up_to_date(self) -> bool:
        """Whether the index on disk holds exactly what the catalog holds."""
        return self._sequence == self._catalog.sequence

    def count(self) -> int:
        """How many passages the index on disk holds."""
        return 0 if self._index is None else max(self._index.searcher().num_docs - 1, 0)

    def search(self, terms: Sequence[str], *, limit: int, filters: Filters) -> Hits:
        """Keys of live passages that hold any of the terms and pass the filters, with their scores, best first."""
        query = _query(terms[:MOST_TERMS], filters, among=self._passages_of(filters.articles))
        wanted = limit + len(self._catalog.removed_since(self._sequence))
        hits = {key: score for index in self._refreshed() for key, score in _search(index, query, wanted)}
        live = self._catalog.passing(filters, list(hits))
        return sorted(((key, hits[key]) for key in live), key=lambda hit: (-hit[1], hit[0]))[:limit]

    def _passages_of(self, articles: Sequence[str]) -> list[int] | None:
        """The keys of the passages of some articles; None where no articles are named."""
        return self._catalog.matching(Filters(articles=tuple(articles)), limit=FOR_EVER) if articles else None

    def rarity(self, term: str) -> float:
        """Inverse document frequency of a term (BM25's): the rarer, the higher; never negative."""
        searchers = [index.searcher() for index in self._refreshed()]
        count = max(sum(searcher.num_docs for searcher in searchers), 1)
        having = min(sum(searcher.doc_freq("body", term) for searcher in searchers), count)
        return math.log(1 + (count - having + 0.5) / (having + 0.5))

    def holds(self, term: str) -> bool:
        """Whether any title or text has an index term."""
        searchers = [index.searcher() for index in self._refreshed()]
        return any(searcher.doc_freq(field, term) for searcher in searchers for field in ("title", "body"))

    def count_words(self, beginning: str) -> Counter[str]:
        """How many passages have each word that begins so, in lower case and without accents.

        Removed passages count until they are gone from the index.
        """
        counts = Counter[str]()
        for index in self._refreshed():
            counts.update(dict(index.searcher().terms_with_prefix("words", beginning)))
        return counts

    def catch_up(self) -> int:
        """Bring the index on disk to the catalog's state and return how many passages were added."""
        if self._index is None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder.mkdir(parents=True, exist_ok=True)  # a thread of a closed index may put its lock there again
            self._index, self._sequence = _new_index(self._folder), 0
        until = self._catalog.sequence
        if self._sequence == until:
            return 0
        writer = self._index.writer(WRITER_BYTES, 1)
        # By query: the binding's delete_documents_by_term finds no unsigned term, and says nothing.
        removed = self._catalog.removed_since(self._sequence)
        writer.delete_documents_by_query(tantivy.Query.term_set_query(_SCHEMA, "key", removed))
        added = _add(writer, self._catalog.passages_since(self._sequence, until=until))
        writer.delete_documents_by_query(tantivy.Query.term_query(_SCHEMA, "state", STATE))
        writer.add_document(tantivy.Document(state=[STATE, self._catalog.uuid, str(until)]))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._sequence, self._delta = until, (until, None)
        return added

    def rebuild(self) -> int:
        """Make the index anew from the catalog and return how many passages it holds."""
        self._index = None
        return self.catch_up()

    def _open(self) -> tuple[tantivy.Index | None, int]:
        """The index on disk and the sequence it holds; None and 0 where there is none that can be used."""
        try:
            if not tantivy.Index.exists(str(self._folder)):
                return None, 0
            index = _new_index(self._folder)
            searcher = index.searcher()
            (_, address), *_ = searcher.search(tantivy.Query.term_query(_SCHEMA, "state", STATE), 1).hits
            _, uuid, sequence = searcher.doc(address).get_all("state")
        except (ValueError, OSError):  # what the binding raises for a missing file, a damaged one and another schema
            return None, 0
        if uuid != self._catalog.uuid or int(sequence) > self._catalog.sequence:
            return None, 0
        return index, int(sequence)

    def _refreshed(self) -> list[tantivy.Index]:
        """The index on disk, and one in memory of what the catalog holds beyond it."""
        sequence = self._catalog.sequence
        if sequence != self._delta[0]:
            self._delta = (sequence, self._make_delta(sequence))
        return [index for index in (self._index, self._delta[1]) if index is not None]

    def _make_delta(self, sequence: int) -> tantivy.Index:
        delta = _new_index(None)
        writer = delta.writer(WRITER_BYTES, 1)
        _add(writer, self._catalog.passages_since(self._sequence, until=sequence))
        writer.commit()
        delta.reload()
        return delta


def _is_damaged(folder: Path) -> bool:
    """Whether a file is not what tantivy wrote: each of a segment ends in its own checksum."""
    try:
        return any(_has_changed(path) for path in folder.iterdir() if path.suffix not in ("", ".json", ".lock"))
    except FileNotFoundError:
        return False  # there is no index
    except (OSError, ValueError, KeyError, struct.error):
        return True


def _has_changed(path: Path) -> bool:
    content = path.read_bytes()
    length, magic = FOOTER.unpack(content[-FOOTER.size :])
    end = len(content) - FOOTER.size - length
    return bool(magic != MAGIC or json.loads(content[end : -FOOTER.size])["crc"] != zlib.crc32(content[:end]))


def _new_index(folder: Path | None) -> tantivy.Index:
    index = tantivy.Index(_SCHEMA, None if folder is None else str(folder))
    index.register_tokenizer("news", _ANALYZER)
    index.register_tokenizer("words", _SPLITTER)
    index.config_reader("manual", 0)  # by itself it would follow commits of others, past the sequence that we read
    return index


def _add(writer: tantivy.IndexWriter, passages: Iterable[StoredPassage]) -> int:
    added = 0
    for stored in passages:
        document = tantivy.Document()
        document.add_unsigned("key", stored.key)
        document.add_text("title", stored.title or "")
        document.add_text("body", stored.passage.text)
        document.add_text("words", f"{stored.title or ''} {stored.passage.text}")
        document.add_unsigned("day", _number(stored.day))
        document.add_unsigned("dated", int(stored.dated))
        if stored.publisher:
            document.add_text("publisher", _fold(stored.publisher))
        writer.add_document(document)
        added += 1
    return added


def _search(index: tantivy.Index, query: tantivy.Query, limit: int) -> Hits:
    searcher = index.searcher()
    found = searcher.search(query, limit, count=False).hits
    keys = searcher.fast_field_values("key", [address for _, address in found])
    return [(int(key), float(score)) for key, (score, _) in zip(keys, found, strict=True) if key is not None]


def _query(terms: Sequence[str], filters: Filters, *, among: Sequence[int] | None) -> tantivy.Query:
    words: list[tuple[tantivy.Occur, tantivy.Query]] = []
    for term in terms:
        title = tantivy.Query.term_query(_SCHEMA, "title", term, "freq")
        words.append((tantivy.Occur.Should, tantivy.Query.boost_query(title, TITLE_WEIGHT)))
        words.append((tantivy.Occur.Should, tantivy.Query.term_query(_SCHEMA, "body", term, "freq")))
    must = [tantivy.Query.boolean_query(words)] if words else [tantivy.Query.empty_query()]
    # Filters carry no score: a constant of 0 keeps them out of BM25.
    only = [] if among is None else [tantivy.Query.term_set_query(_SCHEMA, "key", list(among))]
    must += [tantivy.Query.const_score_query(query, 0.0) for query in (*_filter_queries(filters), *only)]
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, query) for query in must])


def _filter_queries(filters: Filters) -> Iterable[tantivy.Query]:
    if filters.dated_only:
        yield tantivy.Query.term_query(_SCHEMA, "dated", 1)
    if filters.after or filters.latest:
        yield tantivy.Query.range_query(
            _SCHEMA, "day", tantivy.FieldType.Unsigned,
            lower_bound=_number(filters.after) if filters.after else None,
            upper_bound=_number(filters.latest) if filters.latest else None,
        )
    if filters.publishers:
        yield tantivy.Query.term_set_query(_SCHEMA, "publisher", [_fold(name) for name in filters.publishers])


def _number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def _fold(publisher: str) -> str:
    return publisher.translate(_LOWER)


_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}  # as SQLite's NOCASE
