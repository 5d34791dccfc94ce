"""Settings in, ready parts out: the one place that chooses which implementation serves each seam."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.catalog import Catalog
from ingest.embedding import Encoder, OnnxEncoder
from ingest.errors import EmptyCatalog
from ingest.exporting import MAX_TOKENS, encoder_id, ensure_export, exported_folder
from ingest.lexical import LexicalIndex
from ingest.projections import index_folder, lexical_folder
from ingest.settings import DEFAULT_EMBEDDING_MODEL, Settings
from ingest.vectors import VectorIndex
from service.answering import Answerer
from service.retrieval import Indexes
from service.untrained_reader import UntrainedReader


def open_encoder(settings: Settings) -> Encoder:
    """The configured embedding model; the default one is exported first where it never was (some 20 s, once)."""
    if settings.embedding_model == DEFAULT_EMBEDDING_MODEL:
        return OnnxEncoder(
            ensure_export(settings.cache), encoder_id=encoder_id("int8"), max_tokens=MAX_TOKENS,
            threads=settings.encoder_threads,
        )
    from ingest.sentence_transformer import SentenceTransformerEncoder

    return SentenceTransformerEncoder(settings.embedding_model)


def is_prepared(settings: Settings) -> bool:
    """Whether opening the encoder costs no export."""
    return settings.embedding_model != DEFAULT_EMBEDDING_MODEL or exported_folder(settings.cache).is_dir()


@contextmanager
def open_answerer(settings: Settings, folder: Path, *, warm: bool) -> Iterator[Answerer]:
    """Everything that answers questions over a data folder. `warm`: for many questions rather than one.

    EmptyCatalog where there are no articles; IndexMismatch where they were embedded with another model.
    """
    with Catalog(folder) as catalog:
        if catalog.encoder_id is None or not catalog.counts().articles:
            raise EmptyCatalog(f"There are no articles in {folder}; run: footnote ingest PATH --data {folder}")
        encoder = open_encoder(settings)
        catalog.check_encoder(encoder.id)
        vectors = VectorIndex(index_folder(folder), catalog, warm=warm)
        try:
            lexical = LexicalIndex(lexical_folder(folder), catalog)
            yield Answerer(
                encoder=encoder, indexes=Indexes(catalog=catalog, vectors=vectors, lexical=lexical),
                reader=UntrainedReader(encoder, lexical),
            )
        finally:
            vectors.close()
