"""A question in, the same in the spelling of the articles out: "canola" for a "cannola" that none of them has."""

import re
from functools import cache

from rapidfuzz.distance import OSA

from ingest.embedding import Encoder
from ingest.language import detect_language
from ingest.lexical import LexicalIndex, analyze, split_words

FEWEST_LETTERS = 3
FEWEST_EDITED = 5  # letters; in shorter words only two that are swapped are put right
FEWEST_EDITED_TWICE = 8
MOST_UNKNOWN = 5  # words of a question; each takes some milliseconds to put right
_WORD = re.compile(rf"[^\W\d_]{{{FEWEST_LETTERS},}}")


class Speller:
    """Takes words that nobody writes for the nearest of the articles that begin with the same letter.

    Somebody writes what an article has, be it with another ending, what the encoder knows as a whole and, unless it is
    written as a name, what an English dictionary has. A letter too few, too many or wrong, or two that are swapped, is
    one edit (optimal string alignment); how many a word may have grows with its length.
    """

    def __init__(self, lexical: LexicalIndex, encoder: Encoder) -> None:
        self._lexical = lexical
        self._encoder = encoder

    def correct(self, question: str) -> str:
        """The question with its unknown words put right; as it is where it has many of them, or is not in English."""
        words = _WORD.finditer(question)
        unknown = [word for word in words if not self._is_known(word.group(), opens=not word.start())]
        if not 0 < len(unknown) <= MOST_UNKNOWN or detect_language(question) not in (None, "en"):
            return question
        for word in reversed(unknown):
            question = question[: word.start()] + self._spell(word.group()) + question[word.end() :]
        return question

    def _is_known(self, word: str, *, opens: bool) -> bool:
        if word.isupper() or self._encoder.count_tokens([word]) == [1] or self._is_written(word):
            return True
        is_name = word[0].isupper() and not opens
        return not is_name and word.lower() in _open_dictionary()

    def _is_written(self, word: str) -> bool:
        return all(self._lexical.holds(term) for term in analyze(word))

    def _spell(self, word: str) -> str:
        """The nearest word of the articles, of several one of the same letters, or what most passages have.

        The word itself where none is near.
        """
        (plain,) = split_words(word) or (word,)
        counts = self._lexical.count_words(plain[:1])
        edits = {other: OSA.distance(plain, other, score_cutoff=2) for other in counts}
        near = [other for other in edits if edits[other] <= _allow(plain, other)]
        if not near:
            return word
        nearest = min(near, key=lambda other: (edits[other], sorted(other) != sorted(plain), -counts[other], other))
        return nearest if word.islower() else nearest.capitalize()


def _allow(word: str, other: str) -> int:
    """By how many edits a word may differ from one that is meant."""
    letters = max(len(word), len(other))
    if letters < FEWEST_EDITED:
        return int(sorted(word) == sorted(other))
    return 2 if letters >= FEWEST_EDITED_TWICE else 1


@cache
def _open_dictionary() -> frozenset[str]:
    from spellchecker import SpellChecker

    return frozenset(SpellChecker(language="en").word_frequency.dictionary)
