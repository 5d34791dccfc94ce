"""The reader's model as a Judge: a sentence is read like a question, and what says it is its answer."""

from collections.abc import Callable

from service.reading.reader_card import ClaimBounds
from service.reading.span_model import SpanModel
from service.verifying.judge import Judgement


class TrainedJudge:
    """Judges by the model's log odds, between the bounds that were set for it."""

    def __init__(self, open_model: Callable[[], SpanModel], bounds: ClaimBounds) -> None:
        """`open_model` is called whenever there is something to judge, and gives the same model each time."""
        self._open_model = open_model
        self._bounds = bounds

    def judge(self, text: str, sentence: str) -> Judgement:
        odds = self._open_model().weigh_claim(sentence, text)
        if odds >= self._bounds.said:
            return "said"
        return "open" if odds >= self._bounds.open else "not said"
