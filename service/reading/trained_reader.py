"""The built-in reader: a trained span model, whose scores are calibrated with what retrieval and the words say."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.article import Article
from ingest.embedding import Vector
from ingest.lexical import LexicalIndex
from service.domain import Evidence, RankedPassage, Span
from service.reading.features import AskedTerms, Candidate, ask_for, find_sentences, weigh_words
from service.reading.reader_card import ReaderCard, read_card
from service.reading.span_model import Reading, SpanModel

AT_ONCE = 4  # passages: the best are read before the rest
SURE = 0.35  # where a sentence of the best passages is as probable as this, the rest is not read: it would hardly win
LATEST = 3.0  # doublings of a week: later makes no difference
POINTED = 0.25  # of a sentence's probability mass: what its best span must hold to be its short answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A sentence as the model and the words around it speak for it; see `reader_card` for what the features become."""

    candidate: Candidate
    short: Span | None
    features: dict[str, float]

    def evidence(self, card: ReaderCard) -> Evidence:
        """The sentence with the probability that the calibration gives it."""
        one = self.candidate
        return Evidence(
            article=one.article, rank=one.passage.rank, start=one.sentence.start, end=one.sentence.end,
            probability=card.probability(self.features), short=self.short,
        )


class TrainedReader:
    """Reads (question, passage) with a model that was trained for it; see `service.reading.training`."""

    def __init__(self, folder: Path, model: SpanModel, *, lexical: LexicalIndex) -> None:
        self._card = read_card(folder)
        self._model = model
        self._lexical = lexical
        self.id = self._card.id
        self.threshold = self._card.threshold

    def read(
        self, question: str, vector: Vector, *, passages: Sequence[RankedPassage], articles: Mapping[str, Article]
    ) -> list[Evidence]:
        del vector
        asked = ask_for(question, self._lexical.rarity)
        best = max((passage.score for passage in passages), default=0.0)
        found: list[Evidence] = []
        for start in range(0, len(passages), AT_ONCE):
            group = passages[start : start + AT_ONCE]
            scored = score(question, asked, group, articles=articles, model=self._model, best_score=best)
            found += [one.evidence(self._card) for one in scored]
            if any(one.probability >= SURE for one in found):
                break
        return sorted(found, key=lambda evidence: (-evidence.probability, evidence.rank, evidence.start))


def score(  # noqa: PLR0913  what is asked, of what, and how
    question: str, asked: AskedTerms, passages: Sequence[RankedPassage], *, articles: Mapping[str, Article],
    model: SpanModel, best_score: float,
) -> Iterator[Scored]:
    """The sentences of the passages that the model read, in order; `best_score` is the best passage's."""
    texts: list[tuple[str, str]] = []
    for passage in passages:
        span, article = passage.stored.passage, articles[passage.stored.passage.article_id]
        texts.append((article.metadata.title or "", article.text[span.start : span.end]))
    for passage, reading in zip(passages, model.read(question, texts), strict=True):
        for candidate in find_sentences(passage, articles[passage.stored.passage.article_id]):
            scored = _score_sentence(asked, candidate, reading, behind=passage.score - best_score)
            if scored:
                yield scored


def _score_sentence(asked: AskedTerms, one: Candidate, reading: Reading, *, behind: float) -> Scored | None:
    shift = one.passage.stored.passage.start
    start, end = max(one.sentence.start - shift, 0), one.sentence.end - shift
    best = reading.best(start, end)
    if best is None:
        return None
    odds, span = best
    mass = reading.score(start, end)
    model = {"span": odds, "mass": mass, "share": mass - reading.total}
    late = min(math.log2(1 + one.passage.days_late / 7), LATEST)
    found = {"behind": behind, "similarity": one.passage.similarity, "late": late}
    pointed = math.exp(odds - mass) >= POINTED
    return Scored(
        candidate=one, features=model | found | weigh_words(asked, one),
        short=Span(start=span.start + shift, end=span.end + shift) if pointed else None,
    )
