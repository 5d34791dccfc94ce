"""Text → the ISO 639-1 code of its language, or None where it is too short to tell."""

from functools import cache
from typing import Protocol

SAMPLE_CHARACTERS = 800
FEWEST_LETTERS = 20
LOWEST_PROBABILITY = 0.7


class _Identifier(Protocol):
    def classify(self, text: str) -> tuple[str, float]: ...


def detect_language(text: str) -> str | None:
    """The language of the text's beginning; None under 20 letters, or where no language is likelier than not."""
    sample = text[:SAMPLE_CHARACTERS].lower()  # the model has seen few capital letters; old wires have little else
    if sum(character.isalpha() for character in sample) < FEWEST_LETTERS:
        return None
    language, probability = _load_identifier().classify(sample)
    return language if probability >= LOWEST_PROBABILITY else None


@cache
def _load_identifier() -> _Identifier:
    """The identifier over the languages that have a two-letter code; loading takes most of a second."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]  # it ships no types

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([label for label in identifier.labels if len(label) == 2])
    loaded: _Identifier = identifier
    return loaded
