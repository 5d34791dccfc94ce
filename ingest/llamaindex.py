"""LlamaIndex's Documents in, our Items and Drafts out; and our chunker and Encoder as parts of a LlamaIndex pipeline.

The only module that knows LlamaIndex, and nothing of ours imports it. Its process-wide Settings are never used: parts
are passed to each other.
"""

import asyncio
import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NoReturn

from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.node_parser.interface import NodeParser
from llama_index.core.node_parser.node_utils import default_id_func
from llama_index.core.schema import (
    DEFAULT_TEXT_NODE_TMPL,
    BaseNode,
    Document,
    MetadataMode,
    Node,
    NodeRelationship,
    RelatedNodeInfo,
    TextNode,
)
from llama_index.core.utils import get_tqdm_iterable

from ingest.article import Draft, Metadata
from ingest.chunking import TITLE_TOKENS, Chunk, chunk
from ingest.embedding import Encoder
from ingest.errors import UnreadableArticle, UsageError
from ingest.metadata import read_url
from ingest.reading import Failure, Item, read_draft
from ingest.records import read_id
from ingest.sentences import split_sentences

EMBED_BATCH = 64
TITLE = "title"

# The keys under which LlamaIndex's readers, and people, keep what we ask for; ours first. A reader's own dates of the
# file (`creation_date`, `last_modified_date`) do not say when an article was published.
_KEYS = {
    TITLE: ("title", "headline"),
    "subtitle": ("subtitle",),
    "publisher": ("publisher", "source", "site_name", "sitename", "outlet", "feed"),
    "author": ("author", "authors", "byline"),
    "date": ("date", "published_at", "published", "publish_date", "publication_date", "date_published", "pubdate"),
    "url": ("url", "link", "source_url", "source"),
    "language": ("language", "lang"),
}
_NODE_IDS = uuid.UUID("4c4f60b8-52a6-5d0c-9a36-0c7f6d3f7f1e")
# Every character here is white space and is replaced by one other, so that offsets into the text stay what they are.
_SPACES = str.maketrans(dict.fromkeys("\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", "\n") | dict.fromkeys("\t\xa0", " "))


def items_from_documents(documents: Sequence[Document], *, source: str) -> Iterator[Item | Failure]:
    """One item for each document, in order, ready to be ingested; a document whose id cannot be used is a Failure.

    `source` names where the documents come from: the same id from another source is another article's. An article's id
    is the document's, or, where that is one of LlamaIndex's random ones, its address, else its file (and page).
    """
    for document in documents:
        try:
            yield _to_item(document, source)
        except UnreadableArticle as error:
            yield Failure(location=_locate(document), reason=str(error))


def draft_from_document(document: Document, *, source: str) -> Draft:
    """The document as an article, cleaned as every other; raises UnreadableArticle where it has no text."""
    return read_draft(_to_item(document, source), given=Metadata())


class FootnoteNodeParser(NodeParser):
    """Documents in, nodes of whole sentences out, which the encoder reads in full.

    `document.text[node.start_char_idx:node.end_char_idx] == node.text`, whatever the text holds. The id of a node
    follows from the document's id, the node's span and its text. Of the metadata, the title alone is embedded, and not
    where it is longer than 48 word pieces.
    """

    encoder_id: str
    _encoder: Encoder = PrivateAttr()

    def __init__(self, encoder: Encoder, **fields: Any) -> None:  # noqa: ANN401  # the base class's own fields
        super().__init__(**{**fields, "encoder_id": encoder.id})
        self._encoder = encoder

    @classmethod
    def class_name(cls) -> str:
        return "FootnoteNodeParser"

    def __getstate__(self) -> NoReturn:
        _refuse_pickling(self.class_name())

    def _parse_nodes(
        self, nodes: Sequence[BaseNode], show_progress: bool = False, **kwargs: object
    ) -> list[BaseNode]:
        found: list[BaseNode] = []
        for node in get_tqdm_iterable(nodes, show_progress, "Parsing nodes"):
            found.extend(self._parse(node))
        return found

    def _parse(self, source: BaseNode) -> Iterator[TextNode]:
        text = source.get_content(metadata_mode=MetadataMode.NONE)
        related = source.as_related_node_info()
        # A node without text shows what is embedded before the text of each.
        pattern = self._make_node(source, related, embedded=(TITLE,))
        if self._count_tokens(pattern) > TITLE_TOKENS:
            pattern = self._make_node(source, related, embedded=())
        readable = _make_readable(text)
        heading = _make_readable(pattern.get_content(MetadataMode.EMBED))
        chunks = chunk(readable, split_sentences(readable), title=heading, encoder=self._encoder)
        for number, piece in enumerate(chunks):
            content = text[piece.start : piece.end]
            update = {"text": content, "start_char_idx": piece.start, "end_char_idx": piece.end}
            node = pattern.model_copy(update=update, deep=True)
            node.id_ = self._name(source, number, piece, content)
            yield node

    def _make_node(self, source: BaseNode, related: RelatedNodeInfo, *, embedded: Sequence[str]) -> TextNode:
        metadata = source.metadata if self.include_metadata else {}
        unused = [key for key in metadata if key not in embedded and key not in source.excluded_embed_metadata_keys]
        return TextNode(
            metadata=metadata,
            excluded_embed_metadata_keys=[*source.excluded_embed_metadata_keys, *unused],
            excluded_llm_metadata_keys=source.excluded_llm_metadata_keys,
            metadata_template=source.metadata_template,
            metadata_separator=source.metadata_separator,
            text_template=source.text_template if isinstance(source, Node | TextNode) else DEFAULT_TEXT_NODE_TMPL,
            relationships={NodeRelationship.SOURCE: related},
        )

    def _count_tokens(self, node: TextNode) -> int:
        return self._encoder.count_tokens([_make_readable(node.get_content(MetadataMode.EMBED))])[0]

    def _name(self, source: BaseNode, number: int, piece: Chunk, content: str) -> str:
        if self.id_func is not default_id_func:
            return str(self.id_func(number, source))
        return str(uuid.uuid5(_NODE_IDS, f"{source.node_id}\n{piece.start}-{piece.end}\n{content}"))

    def _postprocess_parsed_nodes(
        self, nodes: list[BaseNode], parent_doc_map: dict[str, Document]
    ) -> list[BaseNode]:
        """Link the nodes as every parser does, but keep our spans: the base class searches for each text instead."""
        spans = [(node.start_char_idx, node.end_char_idx) if isinstance(node, TextNode) else None for node in nodes]
        linked = super()._postprocess_parsed_nodes(nodes, parent_doc_map)
        for node, span in zip(linked, spans, strict=True):
            if isinstance(node, TextNode) and span is not None:
                node.start_char_idx, node.end_char_idx = span
        return linked


class FootnoteEmbedding(BaseEmbedding):
    """Our Encoder as LlamaIndex's embedding model, under the encoder's id; of a longer text it reads the beginning."""

    _encoder: Encoder = PrivateAttr()

    def __init__(self, encoder: Encoder, **fields: Any) -> None:  # noqa: ANN401  # the base class's own fields
        super().__init__(**{"embed_batch_size": EMBED_BATCH, **fields, "model_name": encoder.id})
        self._encoder = encoder

    @classmethod
    def class_name(cls) -> str:
        return "FootnoteEmbedding"

    def __getstate__(self) -> NoReturn:
        _refuse_pickling(self.class_name())

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._encode([query], query=True)[0]

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._encode([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return self._encode(texts)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return await asyncio.to_thread(self._get_query_embedding, query)

    async def _aget_text_embedding(self, text: str) -> list[float]:
        return await asyncio.to_thread(self._get_text_embedding, text)

    async def _aget_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return await asyncio.to_thread(self._get_text_embeddings, texts)

    def _encode(self, texts: Sequence[str], *, query: bool = False) -> list[list[float]]:
        rows: list[list[float]] = self._encoder.encode([_make_readable(text) for text in texts], query=query).tolist()
        return rows


def _make_readable(text: str) -> str:
    """A text of the same length whose lines end in `\\n` and whose words are set apart by spaces."""
    return text.translate(_SPACES)


def _refuse_pickling(name: str) -> NoReturn:
    # LlamaIndex would drop the encoder with a log line, and the copy would fail where nobody sees why.
    raise UsageError(f"A {name} cannot be sent to another process; run the IngestionPipeline without num_workers.")


def _to_item(document: Document, source: str) -> Item:
    """The document as a record of a corpus."""
    values = {str(key).lower(): _to_plain(value) for key, value in document.metadata.items()}
    record: dict[str, object] = {field: _find(values, field) for field in _KEYS}
    record["id"] = None if _is_random(document.id_) else document.id_
    record["text"] = document.text
    content = json.dumps(record, sort_keys=True).encode("utf-8")
    return Item(
        source=source, name=_identify(document, values), location=_locate(document), kind="record", content=content,
        bytes_read=len(content),
    )


def _find(values: Mapping[str, object], field: str) -> object:
    """The first key that says something; what readers call `source` may be a publisher, an address or a file."""
    for key in _KEYS[field]:
        value = values.get(key)
        if value in (None, "", []) or (key == "source" and field == "publisher" and not _is_name(value)):
            continue
        if field != "url" or read_url(value) is not None:
            return value
    return None


def _is_name(value: object) -> bool:
    return isinstance(value, str) and not any(mark in value for mark in "/\\:")


def _identify(document: Document, values: Mapping[str, object]) -> str:
    """What the article is called in its source: the id that was chosen for it, else its address or file."""
    if not _is_random(document.id_):
        return read_id(document.id_) or document.id_
    url = read_url(_find(values, "url"))
    file, page = values.get("file_path"), values.get("page_label")
    if url is not None or not isinstance(file, str) or not file:
        return url or document.id_
    return read_id(f"{file}#{page}" if page else file) or document.id_


def _locate(document: Document) -> str:
    """Where the document is, as a person would look for it."""
    return str(document.metadata.get("file_path") or read_url(document.metadata.get("url")) or document.id_)


def _is_random(document_id: str) -> bool:
    """Is this an id that LlamaIndex made up for one run?"""
    try:
        return uuid.UUID(document_id).version == 4
    except ValueError:
        return False


def _to_plain(value: object) -> object:
    """A value of a document's metadata as JSON holds it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_to_plain(one) for one in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)
