"""What a source says and a sentence in, whether a trained model finds the one in the other out: the Judge seam."""

from typing import Literal, Protocol

Judgement = Literal["said", "open", "not said"]


class Judge(Protocol):
    """Reads what a source says and what a sentence claims, where rules about words cannot tell."""

    def judge(self, text: str, sentence: str) -> Judgement:
        """Whether the text says what the sentence says; "open" where the model is sure of neither."""
        ...
