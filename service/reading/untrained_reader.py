"""A reader without training of its own: sentence vectors, coverage of rare words, answer type, title and neighbours."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence

import numpy as np

from ingest.article import Article
from ingest.embedding import Encoder, Vector
from ingest.lexical import LexicalIndex
from service.domain import Evidence, RankedPassage, Span
from service.reading.features import AskedTerms, Candidate, ask_for, find_sentences, find_short, measure

READ_VECTORS = 8  # sentences that are embedded for one question: the dearest step of an answer
REMEMBERED = 4_000  # sentences whose vectors are kept: 1.5 kB each

# Logistic regression over the sentences of 2,250 questions of public sets (encyclopedia, news, conflicting snippets),
# a quarter of them asked of articles that do not answer; the last two, for which no public set asks, were set by hand
# on the sample articles. At the threshold 89 % of the questions foreign to a collection were refused, and 3 to 7 % of
# those that it answers (26 % of questions about one sentence each of a handful of articles).
WEIGHTS = (2.14, 2.06, 1.36, 0.15, 1.1, 0.3, 0.48, 2.06, 1.98, 1.0, 1.0, -1.0)
BIAS = -7.57
THRESHOLD = 0.15


class UntrainedReader:
    """Scores sentences with a logistic function of hand-made features; weights and threshold were tuned once."""

    id = "untrained-1"
    threshold = THRESHOLD

    def __init__(self, encoder: Encoder, lexical: LexicalIndex) -> None:
        self._encoder = encoder
        self._lexical = lexical
        self._vectors: OrderedDict[str, Vector] = OrderedDict()

    def read(
        self, question: str, vector: Vector, *, passages: Sequence[RankedPassage], articles: Mapping[str, Article]
    ) -> list[Evidence]:
        asked = ask_for(question, self._lexical.rarity)
        candidates = [
            candidate
            for passage in passages
            for candidate in find_sentences(passage, articles[passage.stored.passage.article_id])
        ]
        chosen = sorted(candidates, key=lambda one: -_first_look(asked, one))[:READ_VECTORS]
        similarities = self._encode([one.text for one in chosen]) @ vector if chosen else ()
        best = max((passage.score for passage in passages), default=0.0)
        found = [
            _evidence(asked, one, _probability(measure(asked, one, best_score=best, similarity=float(similarity))))
            for one, similarity in zip(chosen, similarities, strict=True)
        ]
        return sorted(found, key=lambda evidence: (-evidence.probability, evidence.rank, evidence.start))

    def _encode(self, texts: Sequence[str]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        new = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        self._vectors.update(zip(new, self._encoder.encode(new), strict=True))
        rows = np.stack([self._vectors[text] for text in texts])
        while len(self._vectors) > REMEMBERED:
            self._vectors.popitem(last=False)
        return rows


def _first_look(asked: AskedTerms, one: Candidate) -> float:
    """A cheap score that decides which sentences are worth embedding."""
    return asked.share(one.terms) + 0.5 * asked.share(one.around) + 0.3 * one.passage.score


def _probability(features: Sequence[float]) -> float:
    logit = BIAS + sum(weight * value for weight, value in zip(WEIGHTS, features, strict=True))
    return float(1 / (1 + np.exp(-logit)))


def _evidence(asked: AskedTerms, one: Candidate, probability: float) -> Evidence:
    short = find_short(asked, one.text)
    start = one.sentence.start
    return Evidence(
        article=one.article, rank=one.passage.rank, start=start, end=one.sentence.end, probability=probability,
        short=None if short is None else Span(start=start + short.start, end=start + short.end),
    )
