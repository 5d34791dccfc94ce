"""The Reader seam: what every reader keeps to, tested on the sample articles with the real parts."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from eval.sentence_readers import sentence_reader
from ingest.article import Article
from ingest.catalog import Catalog
from ingest.embedding import OnnxEncoder, Vector
from ingest.lexical import LexicalIndex
from ingest.projections import lexical_folder
from service.domain import Evidence, RankedPassage
from service.reading.reader import Reader
from service.reading.readers import choose_reader
from service.reading.span_model import SpanModel
from tests.answers import make_article, rank_passage

CANOLA = "what was agreed on canola?"
OPINION = "https://pacificgatereview.example/opinion/what-the-canola-cost"


@pytest.fixture(scope="module")
def catalog(sample: Path) -> Iterator[Catalog]:
    with Catalog(sample) as catalog:
        yield catalog


@pytest.fixture(scope="module", params=["untrained", "built-in"])
def reader(request: pytest.FixtureRequest, sample: Path, catalog: Catalog, encoder: OnnxEncoder) -> Reader:
    open_reader = choose_reader(request.param, open_model=partial(SpanModel, threads=2))
    return open_reader(encoder, LexicalIndex(lexical_folder(sample), catalog))


def _read(reader: Reader, encoder: OnnxEncoder, question: str, *articles: Article) -> list[Evidence]:
    """Have it read whole articles, ranked in this order."""
    vector: Vector = encoder.encode([question], query=True)[0]
    passages: list[RankedPassage] = [
        rank_passage(article, rank=rank, score=1.0 / rank) for rank, article in enumerate(articles, start=1)
    ]
    return reader.read(question, vector, passages=passages, articles={article.id: article for article in articles})


def test_reader_names_itself_and_a_threshold(reader: Reader) -> None:
    assert reader.id
    assert 0 < reader.threshold < 1


def test_evidence_is_whole_sentences_most_probable_first(
    reader: Reader, encoder: OnnxEncoder, catalog: Catalog
) -> None:
    evidence = _read(reader, encoder, CANOLA, *catalog.every_article())
    assert evidence
    for one in evidence:
        sentences = {(sentence.start, sentence.end): sentence for sentence in one.article.sentences}
        assert not sentences[one.start, one.end].heading
        assert 0 <= one.probability <= 1
        assert one.short is None or one.start <= one.short.start < one.short.end <= one.end
    probabilities = [one.probability for one in evidence]
    assert probabilities == sorted(probabilities, reverse=True)


def test_sentence_that_asks_the_question_is_no_evidence(
    reader: Reader, encoder: OnnxEncoder, catalog: Catalog
) -> None:
    opinion = catalog.article(OPINION)
    assert opinion.text.startswith("So what was agreed on canola, really?")
    evidence = _read(reader, encoder, CANOLA, opinion)
    assert evidence
    assert not any(one.quote.endswith("?") for one in evidence)


def test_heading_that_repeats_the_question_is_no_evidence(reader: Reader, encoder: OnnxEncoder) -> None:
    said = "China agreed on Friday to lower its tariff on Canadian canola."
    article = make_article(f"What was agreed on canola\n\n{said}")
    assert article.sentences[0].heading
    evidence = _read(reader, encoder, CANOLA, article)
    assert [one.quote for one in evidence] == [said]
    assert evidence[0].probability >= reader.threshold


def test_nothing_to_read_is_no_evidence(reader: Reader, encoder: OnnxEncoder) -> None:
    assert _read(reader, encoder, CANOLA) == []
    assert _read(reader, encoder, CANOLA, make_article("Was it agreed? Who knows?")) == []


def test_reading_again_gives_the_same(reader: Reader, encoder: OnnxEncoder, catalog: Catalog) -> None:
    wire = catalog.article("hw-20260116-beijing-deal")
    assert _read(reader, encoder, CANOLA, wire) == _read(reader, encoder, CANOLA, wire)


@pytest.mark.parametrize("part", ["sentence-bm25", "sentence-dense", "sentence-fused"])
def test_baseline_ranks_sentences_by_its_part_and_refuses_nothing(
    part: str, encoder: OnnxEncoder, sample: Path, catalog: Catalog
) -> None:
    open_baseline = sentence_reader(part)
    assert open_baseline is not None
    baseline = open_baseline(encoder, LexicalIndex(lexical_folder(sample), catalog))
    article = make_article("Swallows nest there. The bridge at Dunmere cost $4.2 million. Rain fell on Friday.")
    evidence = _read(baseline, encoder, "What did the bridge at Dunmere cost?", article)
    assert evidence[0].quote == "The bridge at Dunmere cost $4.2 million."
    assert len(evidence) == 3
    assert (baseline.id, baseline.threshold) == (part, 0.0)


def test_other_names_are_no_baselines() -> None:
    assert sentence_reader("built-in") is None
