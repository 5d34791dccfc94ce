"""A question and passages in, sentences ranked by one part of the product alone out: the baselines of a reader."""

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np

from ingest.article import Article
from ingest.embedding import Encoder, Vector
from ingest.lexical import LexicalIndex, analyze, content_terms
from service.domain import Evidence, RankedPassage
from service.reading.features import Candidate, find_sentences
from service.reading.readers import OpenReader
from service.retrieval import fuse

Part = Literal["sentence-bm25", "sentence-dense", "sentence-fused"]

K1, B = 1.2, 0.75


class SentenceReader:
    """Ranks the sentences of the passages by BM25, by their vectors or by both, fused as passages are.

    It points to no short answer and refuses nothing. Its probabilities only order: sentences within a question, and
    questions by the best of them.
    """

    threshold = 0.0

    def __init__(self, part: Part, encoder: Encoder, lexical: LexicalIndex) -> None:
        self.id: str = part
        self._encoder = encoder
        self._lexical = lexical

    def read(
        self, question: str, vector: Vector, *, passages: Sequence[RankedPassage], articles: Mapping[str, Article]
    ) -> list[Evidence]:
        candidates = [
            candidate
            for passage in passages
            for candidate in find_sentences(passage, articles[passage.stored.passage.article_id])
        ]
        if not candidates:
            return []
        found = [
            Evidence(
                article=one.article, rank=one.passage.rank, start=one.sentence.start, end=one.sentence.end,
                probability=float(1 / (1 + np.exp(-score))), short=None,
            )
            for one, score in zip(candidates, self._score(question, vector, candidates), strict=True)
        ]
        return sorted(found, key=lambda evidence: (-evidence.probability, evidence.rank, evidence.start))

    def _score(self, question: str, vector: Vector, candidates: Sequence[Candidate]) -> list[float]:
        lexical = self._bm25(question, candidates) if self.id != "sentence-dense" else []
        if self.id == "sentence-bm25":
            return lexical
        dense = [float(one) for one in self._encoder.encode([one.text for one in candidates]) @ vector]
        return dense if self.id == "sentence-dense" else fuse(dense, lexical)

    def _bm25(self, question: str, candidates: Sequence[Candidate]) -> list[float]:
        """BM25 with the collection's document frequencies, over the sentences; the share of the best there could be."""
        terms = content_terms(question)
        texts = [analyze(one.text) for one in candidates]
        mean = sum(len(text) for text in texts) / len(texts)
        rarity = {term: self._lexical.rarity(term) for term in terms}
        most = sum(rarity.values()) * (K1 + 1) or 1.0
        return [
            sum(
                rarity[term] * text.count(term) * (K1 + 1)
                / (text.count(term) + K1 * (1 - B + B * len(text) / mean))
                for term in terms
            )
            / most
            for text in texts
        ]


def sentence_reader(name: str) -> OpenReader | None:
    """What opens the baseline of this name; None where it names none."""
    match name:
        case "sentence-bm25" | "sentence-dense" | "sentence-fused":
            part: Part = name
            return lambda encoder, lexical: SentenceReader(part, encoder, lexical)
    return None
