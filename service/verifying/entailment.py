"""What was cited and a sentence in, whether a model finds the one in the other out: the Entailment seam.

It may only reject: it is asked about sentences that the rules have accepted.
"""

from typing import Protocol


class Entailment(Protocol):
    """Judges whether a text says what a sentence says."""

    def entails(self, text: str, sentence: str) -> bool:
        """Whether whoever believes the text must believe the sentence."""
        ...
