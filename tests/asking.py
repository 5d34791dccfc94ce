"""A data folder and an encoder in, the parts that answer out: as `service.wiring` puts them together."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.catalog import Catalog
from ingest.embedding import Encoder
from ingest.lexical import LexicalIndex
from ingest.projections import index_folder, lexical_folder
from ingest.vectors import VectorIndex
from service.answering import Answerer
from service.conversing.conversation import Rewriter, RuleRewriter
from service.reading.untrained_reader import UntrainedReader
from service.retrieval import Indexes
from service.writing.generative import Writer


class EverReady(UntrainedReader):
    """Answers whatever is asked."""

    threshold = 0.0


@contextmanager
def open_answerer(
    folder: Path, encoder: Encoder, *, writer: Writer | None = None, model_rewriter: Rewriter | None = None
) -> Iterator[Answerer]:
    """An Answerer over everything in the folder."""
    with Catalog(folder) as catalog:
        vectors = VectorIndex(index_folder(folder), catalog, warm=False)
        lexical = LexicalIndex(lexical_folder(folder), catalog)
        try:
            yield Answerer(
                encoder=encoder, indexes=Indexes(catalog=catalog, vectors=vectors, lexical=lexical),
                reader=UntrainedReader(encoder, lexical), rewriter=RuleRewriter(), writer=writer,
                model_rewriter=model_rewriter,
            )
        finally:
            vectors.close()
