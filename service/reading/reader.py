"""A question and passages in, the sentences that answer it out: the Reader seam."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from ingest.article import Article
from ingest.embedding import Vector
from service.domain import Evidence, RankedPassage


class Reader(Protocol):
    """Finds the sentences that answer a question, each with the probability that it does.

    `threshold` is the probability below which there is no answer. It was tuned once, is frozen with the reader, and is
    never lowered to find one.
    """

    @property
    def id(self) -> str: ...
    @property
    def threshold(self) -> float: ...

    def read(
        self, question: str, vector: Vector, *, passages: Sequence[RankedPassage], articles: Mapping[str, Article]
    ) -> list[Evidence]:
        """Sentences of the passages, most probable first; never a heading or a question. `vector` is the question's."""
        ...
