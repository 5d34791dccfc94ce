"""Our parts inside LlamaIndex's own pipeline and vector store, and its Documents as our articles."""

import asyncio
import pickle
import socket
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import chromadb
import numpy as np
import pytest
from chromadb.api.client import Client
from chromadb.config import Settings as ChromaSettings
from hypothesis import given, settings
from hypothesis import strategies as st
from llama_index.core import VectorStoreIndex
from llama_index.core.ingestion import IngestionPipeline
from llama_index.core.schema import Document, MetadataMode, NodeRelationship, TextNode
from llama_index.core.storage.docstore import SimpleDocumentStore
from llama_index.vector_stores.chroma import ChromaVectorStore

from ingest.embedding import OnnxEncoder
from ingest.errors import UnreadableArticle, UsageError
from ingest.items import Failure
from ingest.llamaindex import (
    FootnoteEmbedding,
    FootnoteNodeParser,
    draft_from_document,
    items_from_documents,
)

RANDOM_ID = "0b1f7a52-6a0e-4c1f-9d59-3f2b8a7c1d20"
CANOLA = (
    "OTTAWA — China will cut its tariff on Canadian canola seed to 15 per cent by March 1.\r\n\r\n"
    "Farmers in Saskatchewan welcomed the deal. “It’s a relief,” said Odile Marchetti of Dunmere.\r\n\r\n"
    "The duty had stood at 84 per cent since August.\r\n"
)
LOBSTER = "Lobster boats left Tern Harbour on Monday. The season opened two weeks late because of ice in the bay.\n"
LONG = "\n".join(f"Paragraph {n} tells what the council of Wexcombe decided about bridge {n}." for n in range(80))


@pytest.fixture(autouse=True)
def _without_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing here needs another host; whatever tries to reach one fails."""

    def refuse(*_: object) -> None:
        raise OSError("the network is not to be used")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture
def parser(encoder: OnnxEncoder) -> FootnoteNodeParser:
    return FootnoteNodeParser(encoder)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ChromaVectorStore]:
    client = chromadb.PersistentClient(str(tmp_path / "chroma"), ChromaSettings(anonymized_telemetry=False))
    collection = client.get_or_create_collection(
        "nodes", embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
    )
    yield ChromaVectorStore(chroma_collection=collection)
    assert isinstance(client, Client)
    client.close()


def _make_pipeline(encoder: OnnxEncoder, store: ChromaVectorStore | None = None) -> IngestionPipeline:
    return IngestionPipeline(
        transformations=[FootnoteNodeParser(encoder), FootnoteEmbedding(encoder)], vector_store=store,
        docstore=SimpleDocumentStore() if store is not None else None,
    )


def _canola(text: str = CANOLA) -> Document:
    metadata = {"title": "Canola duty to fall", "publisher": "Lakeshore Courier"}
    return Document(id_="canola", text=text, metadata=metadata)


def _parse(parser: FootnoteNodeParser, *documents: Document) -> list[TextNode]:
    nodes = parser.get_nodes_from_documents(list(documents))
    assert all(isinstance(node, TextNode) for node in nodes)
    return [node for node in nodes if isinstance(node, TextNode)]


def test_pipeline_stores_nodes_that_a_query_finds_with_exact_spans(
    encoder: OnnxEncoder, store: ChromaVectorStore
) -> None:
    documents = [_canola(), Document(id_="lobster", text=LOBSTER), Document(id_="council", text=LONG)]
    _make_pipeline(encoder, store).run(documents=documents)
    index = VectorStoreIndex.from_vector_store(store, embed_model=FootnoteEmbedding(encoder))
    best = index.as_retriever(similarity_top_k=1).retrieve("What is the tariff on canola?")[0].node
    assert isinstance(best, TextNode)
    assert best.ref_doc_id == "canola"
    assert "15 per cent" in best.text
    assert best.text == CANOLA[best.start_char_idx : best.end_char_idx]
    assert best.metadata["publisher"] == "Lakeshore Courier"


def test_second_run_over_the_same_documents_changes_nothing(encoder: OnnxEncoder, store: ChromaVectorStore) -> None:
    pipeline = _make_pipeline(encoder, store)
    first = [node.node_id for node in pipeline.run(documents=[_canola(), Document(id_="council", text=LONG)])]
    again = pipeline.run(documents=[_canola(), Document(id_="council", text=LONG)])
    assert list(again) == []
    assert sorted(store.client.get()["ids"]) == sorted(first)


def test_edited_document_replaces_its_nodes_and_keeps_the_ids_before_the_edit(
    encoder: OnnxEncoder, store: ChromaVectorStore
) -> None:
    pipeline = _make_pipeline(encoder, store)
    before = {node.node_id for node in pipeline.run(documents=[_canola(), Document(id_="council", text=LONG)])}
    edited = LONG.replace("bridge 79", "bridge 80")
    after = {node.node_id for node in pipeline.run(documents=[_canola(), Document(id_="council", text=edited)])}
    assert len(after - before) == 1
    assert len(after & before) == len(after) - 1 > 0
    stored = store.client.get()
    assert len(stored["ids"]) == len(before)
    assert any("bridge 80" in text for text in stored["documents"])
    assert not any("bridge 79" in text for text in stored["documents"])


def test_nodes_of_two_parsers_are_the_same(encoder: OnnxEncoder) -> None:
    first, second = (_parse(FootnoteNodeParser(encoder), _canola(), Document(id_="c", text=LONG)) for _ in range(2))
    assert [node.to_dict() for node in first] == [node.to_dict() for node in second]


def test_nodes_are_linked_in_order_to_each_other_and_to_their_document(parser: FootnoteNodeParser) -> None:
    document = Document(id_="council", text=LONG)
    nodes = _parse(parser, document, _canola())
    council = [node for node in nodes if node.ref_doc_id == "council"]
    assert len(council) > 2
    assert [node.next_node.node_id for node in council[:-1] if node.next_node] == [node.node_id for node in council[1:]]
    assert [node.prev_node.node_id for node in council[1:] if node.prev_node] == [node.node_id for node in council[:-1]]
    assert council[0].prev_node is None
    assert council[-1].next_node is None
    assert all(node.relationships[NodeRelationship.SOURCE] == document.as_related_node_info() for node in council)


def test_spans_of_repeated_text_are_those_of_each_repetition(parser: FootnoteNodeParser) -> None:
    text = "\n".join(["Votes were counted in Wexcombe."] * 300)
    nodes = _parse(parser, Document(text=text))
    spans = [(node.start_char_idx or 0, node.end_char_idx or 0) for node in nodes]
    assert len({node.node_id for node in nodes}) == len(nodes) > 2
    assert all(left[1] + 1 == right[0] for left, right in pairwise(spans))
    assert spans[-1][1] == len(text)


PIECES = st.sampled_from(
    [
        "Mr. Carney left. ", " ", "\r\n", "\u2028", "\x85", "\t", "\xa0", "\x00", "e\u0301", "\u200b", "漢字。", "🇨🇦",
        "word" * 90, "The\x0bend.\n",
    ]
)


@settings(max_examples=60, deadline=None)
@given(text=st.lists(PIECES | st.text(max_size=40), max_size=60).map("".join))
def test_any_text_is_covered_by_exact_spans_that_fit_into_the_encoder(encoder: OnnxEncoder, text: str) -> None:
    document = Document(id_="any", text=text, metadata={"title": "Any text"})
    parser, position = FootnoteNodeParser(encoder), 0
    for node in _parse(parser, document):
        assert node.start_char_idx is not None
        assert node.text
        assert document.text[node.start_char_idx : node.end_char_idx] == node.text
        assert not document.text[position : node.start_char_idx].strip()
        position = node.end_char_idx or 0
        assert encoder.count_tokens([node.get_content(MetadataMode.EMBED)])[0] <= encoder.max_tokens
    assert not document.text[position:].strip()


def test_only_a_title_that_leaves_room_is_embedded_with_the_text(parser: FootnoteNodeParser) -> None:
    (node,) = _parse(parser, Document(text="It rained.", metadata={"title": "Rain", "file_path": "rain.txt"}))
    assert node.get_content(MetadataMode.EMBED) == "title: Rain\n\nIt rained."
    (node,) = _parse(parser, Document(text="It rained.", metadata={"title": "Rain " * 60}))
    assert node.get_content(MetadataMode.EMBED) == "It rained."
    assert node.metadata["title"] == "Rain " * 60


def test_node_parser_keeps_to_the_settings_of_its_base_class(encoder: OnnxEncoder) -> None:
    parser = FootnoteNodeParser(
        encoder, include_metadata=False, include_prev_next_rel=False, id_func=lambda number, source: f"n{number}"
    )
    nodes = _parse(parser, Document(text=LONG, metadata={"title": "Council"}))
    assert [node.node_id for node in nodes] == [f"n{number}" for number in range(len(nodes))]
    assert all(node.metadata == {} and node.next_node is None for node in nodes)


def test_document_without_text_has_no_nodes(parser: FootnoteNodeParser) -> None:
    assert _parse(parser, Document(text=""), Document(text=" \n\u2029")) == []


def test_embedding_gives_the_encoders_vectors_under_its_name(encoder: OnnxEncoder) -> None:
    embedding = FootnoteEmbedding(encoder)
    assert embedding.model_name == encoder.id
    texts = ["canola duty", "lobster season"]
    np.testing.assert_array_equal(embedding.get_text_embedding_batch(texts), encoder.encode(texts))
    (expected,) = encoder.encode(["canola duty"])
    for vector in (
        embedding.get_query_embedding("canola duty"), asyncio.run(embedding.aget_query_embedding("canola duty")),
        embedding.get_text_embedding("canola duty"), asyncio.run(embedding.aget_text_embedding("canola duty")),
    ):
        np.testing.assert_array_equal(vector, expected)


def test_parts_refuse_to_be_copied_to_worker_processes(encoder: OnnxEncoder) -> None:
    for part in (FootnoteEmbedding(encoder), FootnoteNodeParser(encoder)):
        with pytest.raises(UsageError, match="without num_workers"):
            pickle.dumps(part)


def test_document_becomes_a_clean_article_with_what_its_metadata_says() -> None:
    document = Document(
        id_="lc-1", text="Stay in\u200bformed.\r\nThe duty falls to 15 per cent.\r\n",
        metadata={
            "Title": "Canola duty to fall | Lakeshore Courier", "source": "Lakeshore Courier",
            "authors": ["A. Roy", "B. Li"], "publish_date": date(2026, 1, 16), "language": "en-CA",
            "link": "https://lakeshorecourier.example/canola?utm_source=x",
            "last_modified_date": "2026-02-01", "file_size": 123,
        },
    )
    draft = draft_from_document(document, source="courier feed")
    assert (draft.id, draft.source, draft.name, draft.location) == ("lc-1", "courier feed", "lc-1", "lc-1")
    assert draft.text == "Stay informed.\nThe duty falls to 15 per cent."
    about = draft.metadata
    assert (about.title, about.publisher, about.author) == ("Canola duty to fall", "Lakeshore Courier", "A. Roy, B. Li")
    assert about.published_at is not None
    assert about.published_at.iso == "2026-01-16"
    assert (about.url, about.language) == ("https://lakeshorecourier.example/canola", "en")
    assert [draft.text[sentence.start : sentence.end] for sentence in draft.sentences] == draft.text.split("\n")


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        ({"url": "https://news.example/a"}, "https://news.example/a"),
        ({"source": "https://news.example/a"}, "https://news.example/a"),
        ({"file_path": "/news/a.txt", "creation_date": "2026-01-01"}, "/news/a.txt"),
        ({"file_path": "/news/a.pdf", "page_label": "2"}, "/news/a.pdf#2"),
        ({}, RANDOM_ID),
    ],
)
def test_article_of_a_document_with_a_random_id_is_named_by_address_or_file(
    metadata: dict[str, str], expected: str
) -> None:
    draft = draft_from_document(Document(id_=RANDOM_ID, text=CANOLA, metadata=metadata), source="feed")
    assert draft.id == expected
    assert draft.metadata.published_at is None
    assert draft.metadata.publisher is None


def test_same_document_has_the_same_fingerprint_and_an_edited_one_another() -> None:
    one, same, edited = (draft_from_document(_canola(text), source="feed") for text in (CANOLA, CANOLA, LOBSTER))
    assert one == same
    assert one.fingerprint != edited.fingerprint


def test_document_without_words_is_unreadable_and_one_with_an_unusable_id_a_failure() -> None:
    with pytest.raises(UnreadableArticle):
        draft_from_document(Document(text=""), source="feed")
    good, bad = items_from_documents([_canola(), Document(id_="x" * 501, text=CANOLA)], source="feed")
    assert not isinstance(good, Failure)
    assert isinstance(bad, Failure)
    assert "longer than 500" in bad.reason
