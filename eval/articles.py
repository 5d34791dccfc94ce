"""A corpus or a data folder in, the canonical text of every article out, without embedding anything."""

from pathlib import Path

from eval.errors import BadQuestions
from ingest.article import Metadata
from ingest.catalog import Catalog
from ingest.errors import UnreadableArticle
from ingest.items import Failure, find_items
from ingest.reading import read_draft


def read_corpus_texts(corpus: Path, *, max_article_bytes: int) -> dict[str, str]:
    """The texts by article id; what cannot be read is left out. BadQuestions where there is nothing."""
    texts: dict[str, str] = {}
    for item in find_items([corpus], max_article_bytes=max_article_bytes):
        if isinstance(item, Failure):
            continue
        try:
            draft = read_draft(item, given=Metadata())
        except UnreadableArticle:
            continue
        texts.setdefault(draft.id, draft.text)
    if not texts:
        raise BadQuestions(f"There are no articles in {corpus}; give a JSONL file or a folder of articles.")
    return texts


def read_data_texts(folder: Path) -> dict[str, str]:
    """The texts by article id, of current versions."""
    with Catalog(folder) as catalog:
        return {article.id: article.text for article in catalog.every_article()}
