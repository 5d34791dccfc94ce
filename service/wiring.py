"""Settings in, ready parts out: the one place that chooses which implementation serves each seam."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from ingest.catalog import Catalog
from ingest.embedding import Encoder, OnnxEncoder
from ingest.exporting import MAX_TOKENS, encoder_id, ensure_export, exported_folder
from ingest.lexical import LexicalIndex
from ingest.projections import index_folder, lexical_folder
from ingest.settings import DEFAULT_EMBEDDING_MODEL, Settings
from ingest.vectors import VectorIndex
from service.answering import Answerer
from service.conversation import RuleRewriter
from service.pool import AnswererPool
from service.readers import OpenReader, choose_reader
from service.retrieval import Indexes


def open_encoder(settings: Settings) -> Encoder:
    """The configured embedding model; the default one is exported first where it never was (some 20 s, once)."""
    if settings.embedding_model == DEFAULT_EMBEDDING_MODEL:
        return OnnxEncoder(
            ensure_export(settings.cache), encoder_id=encoder_id("int8"), max_tokens=MAX_TOKENS,
            threads=settings.encoder_threads,
        )
    from ingest.sentence_transformer import SentenceTransformerEncoder

    return SentenceTransformerEncoder(settings.embedding_model)


def share_encoder(encoder: Encoder, settings: Settings) -> Encoder:
    """The encoder for what goes on in the background, so that questions need not wait for it where that can be."""
    return encoder.sharing(threads=settings.encoder_threads) if isinstance(encoder, OnnxEncoder) else encoder


def open_readers(settings: Settings) -> OpenReader:
    """What opens the configured reader over an index; its model is loaded now, and once."""
    return choose_reader(settings.reader, threads=settings.encoder_threads)


def is_prepared(settings: Settings) -> bool:
    """Whether opening the encoder costs no export."""
    return settings.embedding_model != DEFAULT_EMBEDDING_MODEL or exported_folder(settings.cache).is_dir()


@contextmanager
def open_answerer(settings: Settings, folder: Path, *, warm: bool) -> Iterator[Answerer]:
    """Everything that answers questions over a data folder. `warm`: for many questions rather than one.

    EmptyCatalog where there are no articles; IndexMismatch where they were embedded with another model.
    """
    with Catalog(folder) as catalog:
        catalog.require_articles()
        encoder, open_reader = open_encoder(settings), open_readers(settings)
        with _open_answerer(catalog, encoder, open_reader=open_reader, warm=warm) as answerer:
            yield answerer


@contextmanager
def open_pool(folder: Path, encoder: Encoder, *, open_reader: OpenReader, size: int) -> Iterator[AnswererPool]:
    """`size` warm Answerers over a data folder, which may be without articles."""
    with ExitStack() as stack:
        catalogs = [stack.enter_context(Catalog(folder)) for _ in range(size)]
        yield AnswererPool(
            [
                stack.enter_context(_open_answerer(one, encoder, open_reader=open_reader, warm=True))
                for one in catalogs
            ]
        )


@contextmanager
def _open_answerer(catalog: Catalog, encoder: Encoder, *, open_reader: OpenReader, warm: bool) -> Iterator[Answerer]:
    catalog.check_encoder(encoder.id)
    vectors = VectorIndex(index_folder(catalog.folder), catalog, warm=warm)
    try:
        lexical = LexicalIndex(lexical_folder(catalog.folder), catalog)
        yield Answerer(
            encoder=encoder, indexes=Indexes(catalog=catalog, vectors=vectors, lexical=lexical),
            reader=open_reader(encoder, lexical), rewriter=RuleRewriter(),
        )
    finally:
        vectors.close()
