"""A question in, the same in the spelling of the articles out: "canola" for a "cannola" that none of them has."""

import math
import re
from functools import cache

from rapidfuzz.distance import OSA, JaroWinkler

from ingest.embedding import Encoder
from ingest.filters import Filters
from ingest.language import detect_language
from ingest.lexical import analyze, split_words
from service.retrieval import Indexes

FEWEST_LETTERS = 3
FEWEST_EDITED = 5  # letters; shorter words only have two swapped, or one doubled
FEWEST_REPLACED = 6
FEWEST_EDITED_TWICE = 8
FEWEST_EDITED_TWICE_IN_NAME = 10
MOST_UNKNOWN = 5  # words of a question; each takes some milliseconds to put right
COMMON = 0.02  # of likeness: what twice as many passages are worth
READ = 5  # passages that show whether a word is a name
_DOUBLED = re.compile(r"(.)\1")
_WORD = re.compile(rf"[^\W\d_]{{{FEWEST_LETTERS},}}")


class Speller:
    """Takes words that nobody writes for the nearest of the articles that begin with the same letter.

    Somebody writes what an article has, be it with another ending, what the encoder knows as a whole and what an
    English dictionary has. A letter too few, too many or wrong, or two that are swapped, is one edit (optimal string
    alignment); how many a word may have grows with its length. A name is only taken for a name, and none for one with
    another letter: "Milei" is not "Miles".
    """

    def __init__(self, indexes: Indexes, encoder: Encoder) -> None:
        self._indexes = indexes
        self._encoder = encoder

    def correct(self, question: str) -> str:
        """The question with its unknown words put right; as it is where it has many of them, or is not in English."""
        unknown = [word for word in _WORD.finditer(question) if not self._is_known(word.group())]
        if not 0 < len(unknown) <= MOST_UNKNOWN or detect_language(question) not in (None, "en"):
            return question
        for word in reversed(unknown):
            named = word.group()[0].isupper() and word.start() > 0
            question = question[: word.start()] + self._spell(word.group(), named=named) + question[word.end() :]
        return question

    def _is_known(self, word: str) -> bool:
        if word.isupper() or self._encoder.count_tokens([word]) == [1]:
            return True
        return all(map(self._indexes.lexical.holds, analyze(word))) or word.lower() in _open_dictionary()

    def _spell(self, word: str, *, named: bool) -> str:
        """The nearest word of the articles; the word itself where none is near.

        Of several as near it is one of the same letters, or the likest (Jaro and Winkler's similarity) and most common.
        """
        plain = "".join(split_words(word)) or word
        counts = self._indexes.lexical.count_words(plain[:1])
        edits = {other: OSA.distance(plain, other, score_cutoff=2) for other in counts}
        near = [other for other in counts if edits[other] <= _allow(plain, other, named=named)]
        fit = {other: JaroWinkler.similarity(plain, other) + COMMON * math.log2(counts[other]) for other in near}
        near.sort(key=lambda other: (edits[other], sorted(other) != sorted(plain), -fit[other], other))
        nearest = next((other for other in near if self._may_be_meant(other, named=named)), word)
        return nearest if word.islower() or nearest == word else nearest.capitalize()

    def _may_be_meant(self, word: str, *, named: bool) -> bool:
        """Whether articles that were not deleted have a word, and write it with a capital letter where it is a name."""
        keys = [key for key, _ in self._indexes.lexical.search(analyze(word), limit=READ, filters=Filters())]
        if not named:
            return bool(keys)
        stored = self._indexes.catalog.passages_of(keys).values()
        written = [one for each in stored for one in _WORD.findall(each.passage.text) if split_words(one) == [word]]
        return bool(written) and all(one[0].isupper() for one in written)


def _allow(word: str, other: str, *, named: bool) -> int:
    """By how many edits a word may differ from one that is meant."""
    if max(len(word), len(other)) >= (FEWEST_EDITED_TWICE_IN_NAME if named else FEWEST_EDITED_TWICE):
        return 2
    if sorted(word) == sorted(other):
        return 1
    if len(word) == len(other):
        return int(len(word) >= FEWEST_REPLACED and not named)
    if len(other) < FEWEST_EDITED:  # "whaat" is "what", but "kinew" not "knew"
        return int(not named and _DOUBLED.sub(r"\1", word) == _DOUBLED.sub(r"\1", other))
    return int(not named or len(word) >= FEWEST_EDITED)


@cache
def _open_dictionary() -> frozenset[str]:
    from spellchecker import SpellChecker

    return frozenset(SpellChecker(language="en").word_frequency.dictionary)
