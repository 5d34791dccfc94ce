"""A Target in, the same asked with slips of the keyboard out: what these cost."""

from collections.abc import Set
from dataclasses import replace
from random import Random

from eval.replies import Payload
from eval.results import RankedHit
from eval.targets import ArticleText, Asked, Target, TargetFacts
from service.reading.training.wording import mistype


class Mistyping:
    """Asks each question with so many typos, the same ones in every run."""

    def __init__(self, target: Target, *, typos: int) -> None:
        self._target = target
        self._typos = typos

    def describe(self) -> TargetFacts:
        facts = self._target.describe()
        return replace(facts, parts={**facts.parts, "typos": str(self._typos)})

    def ask(self, asked: Asked) -> Payload:
        return self._target.ask(self._retype(asked))

    def search(self, asked: Asked) -> tuple[RankedHit, ...]:
        return self._target.search(self._retype(asked))

    def read(self, article_id: str, version: int) -> ArticleText | None:
        return self._target.read(article_id, version)

    def missing(self, article_ids: Set[str]) -> list[str]:
        return self._target.missing(article_ids)

    def _retype(self, asked: Asked) -> Asked:
        text, random = asked.text, Random(asked.text)
        for _ in range(self._typos):
            text = mistype(text, random)
        return replace(asked, text=text)
