"""A question in, the same in the spelling of the articles out: "canola" for a "cannola" that none of them has."""

import re
from collections import Counter
from functools import cache

from rapidfuzz.distance import OSA

from ingest.embedding import Encoder
from ingest.filters import Filters
from ingest.language import detect_language
from ingest.lexical import analyze
from service.retrieval import Indexes

FEWEST_LETTERS = 3
FEWEST_EDITED = 5  # letters; in shorter words only two that are swapped are put right
FEWEST_EDITED_TWICE = 8
MOST_UNKNOWN = 5  # words of a question; each takes some milliseconds to put right
NEAREST = 8  # index terms that are looked at
READ = 20  # passages that show how a term is written out
_WORD = re.compile(rf"[^\W\d_]{{{FEWEST_LETTERS},}}")


class Speller:
    """Takes words that nobody writes for the nearest of the articles that begin with the same letter.

    Somebody writes what an article has, what the encoder knows as a whole and, unless it is written as a name, what an
    English dictionary has. A letter too few, too many or wrong, or two that are swapped, is one edit (optimal string
    alignment); how many a word may have grows with its length.
    """

    def __init__(self, indexes: Indexes, encoder: Encoder) -> None:
        self._indexes = indexes
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
        if word.isupper() or self._encoder.count_tokens([word]) == [1] or all(map(self._count, analyze(word))):
            return True
        is_name = word[0].isupper() and not opens
        return not is_name and word.lower() in _open_dictionary()

    def _count(self, term: str) -> int:
        return self._indexes.lexical.count_terms(term)[term]

    def _spell(self, word: str) -> str:
        """The nearest word of the articles, of several no name and the most frequent; the word itself without any."""
        near = sorted(
            (edits, word.islower() > written.islower(), -count, -times, written)
            for term, count in self._find_near(word)
            for written, times in self._count_written(term).items()
            if (edits := OSA.distance(word.lower(), written.lower())) <= _allow(word.lower(), written.lower())
        )
        written = near[0][-1] if near else word
        return written if word.islower() or not written.islower() else written.capitalize()

    def _find_near(self, word: str) -> list[tuple[str, int]]:
        """The index terms that may be meant, the nearest first, with how many passages hold them."""
        most = 1 + (len(word) >= FEWEST_EDITED_TWICE)
        forms = {word.lower(), *analyze(word)}
        terms = self._indexes.lexical.count_terms(min(forms)[:1])
        edits = {term: min(OSA.distance(form, term, score_cutoff=most) for form in forms) for term in terms}
        near = {term: edits[term] for term in terms if edits[term] <= most}
        nearest = sorted(near, key=lambda term: (near[term], -terms[term], term))[:NEAREST]
        return [(term, terms[term]) for term in nearest]

    def _count_written(self, term: str) -> Counter[str]:
        """The words that the articles have for an index term, with how often."""
        keys = [key for key, _ in self._indexes.lexical.search([term], limit=READ, filters=Filters())]
        stored = self._indexes.catalog.passages_of(keys).values()
        words = (word for one in stored for word in _WORD.findall(f"{one.title or ''} {one.passage.text}"))
        return Counter(word for word in words if analyze(word) == [term])


def _allow(word: str, written: str) -> int:
    """By how many edits a word may differ from one that is meant."""
    if len(written) >= FEWEST_EDITED_TWICE:
        return 2
    return int(max(len(word), len(written)) >= FEWEST_EDITED or sorted(word) == sorted(written))


@cache
def _open_dictionary() -> frozenset[str]:
    from spellchecker import SpellChecker

    return frozenset(SpellChecker(language="en").word_frequency.dictionary)
