"""A sentence-transformers CrossEncoder, from a folder or a hub, as the reader: it scores whole sentences."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from ingest.article import Article
from ingest.embedding import Vector
from ingest.errors import ModelError
from ingest.lexical import LexicalIndex
from service.domain import Evidence, RankedPassage, Span
from service.reading.features import AskedTerms, Candidate, ask_for, find_sentences, find_short

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

SCORED = 24  # sentences a question: the dearest step
THRESHOLD = 0.5


def load_cross_encoder(name: str) -> "CrossEncoder":
    """The model of a folder or a hub; ModelError where it cannot be had, or does not give one score for a pair."""
    try:
        from sentence_transformers import CrossEncoder
    except ModuleNotFoundError as error:
        raise ModelError(
            f"The reader {name!r} needs {error.name}, which is not installed here; "
            "run: pip install 'torch==2.13.0' sentence-transformers"
        ) from error
    try:
        model: CrossEncoder = CrossEncoder(name, device="cpu")
    except (OSError, ValueError) as error:
        raise ModelError(
            f"The reader {name!r} cannot be loaded; FOOTNOTE_READER takes built-in, untrained, or the folder or hub "
            "name of a sentence-transformers CrossEncoder."
        ) from error
    if model.num_labels != 1:
        raise ModelError(f"The reader {name!r} gives {model.num_labels} scores for a pair; one is needed.")
    return model


class CrossEncoderReader:
    """Scores (question, sentence) with a model that has one output, such as those trained on MS MARCO.

    Such scores are no calibrated probabilities: the threshold is the point where the model itself is undecided.
    """

    threshold = THRESHOLD

    def __init__(self, name: str, model: "CrossEncoder", *, lexical: LexicalIndex) -> None:
        self.id = f"cross-encoder {name}"
        self._model = model
        self._lexical = lexical

    def read(
        self, question: str, vector: Vector, *, passages: Sequence[RankedPassage], articles: Mapping[str, Article]
    ) -> list[Evidence]:
        del vector
        asked = ask_for(question, self._lexical.rarity)
        candidates = [
            candidate
            for passage in passages
            for candidate in find_sentences(passage, articles[passage.stored.passage.article_id])
        ]
        chosen = sorted(candidates, key=lambda one: -(asked.share(one.terms) + 0.5 * asked.share(one.around)))[:SCORED]
        found = [_evidence(asked, one, score) for one, score in zip(chosen, self._score(question, chosen), strict=True)]
        return sorted(found, key=lambda evidence: (-evidence.probability, evidence.rank, evidence.start))

    def _score(self, question: str, candidates: Sequence[Candidate]) -> list[float]:
        if not candidates:
            return []
        from torch import nn

        pairs = [(question, one.text) for one in candidates]
        scores = self._model.predict(pairs, activation_fn=nn.Sigmoid(), show_progress_bar=False)
        return [float(score) for score in np.asarray(scores)]


def _evidence(asked: AskedTerms, one: Candidate, probability: float) -> Evidence:
    short = find_short(asked, one.text)
    start = one.sentence.start
    return Evidence(
        article=one.article, rank=one.passage.rank, start=start, end=one.sentence.end, probability=probability,
        short=None if short is None else Span(start=start + short.start, end=start + short.end),
    )
