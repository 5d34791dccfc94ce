"""A question and the sentence that was found in, all sentences of the list that it opens or belongs to out.

"She named two risks." announces; the two sentences after it are the answer.
"""

import re
from collections.abc import Sequence

from ingest.article import Article, Sentence

_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_ANNOUNCES = re.compile(rf"\b(?P<count>{'|'.join(_COUNTS)})\b(?: [\w’'-]+){{1,5}}[.:]$", re.IGNORECASE)
_COLON = re.compile(r":$")
_ASKS_FOR_LIST = re.compile(
    r"^\W*(?:list|name)\b|"
    r"\b(?:what|which|who)\b (?:are|were|else|all|other|these|those|two|three|four|five|six|kinds|types|sorts)\b|"
    r"\b(?:what|which) (?:\w+ )?\w{3,}[^s\W]s\b",
    re.IGNORECASE,
)


def asks_for_list(question: str) -> bool:
    """Whether a question asks for several things: "what are the risks", "which provinces"."""
    return bool(_ASKS_FOR_LIST.search(question))


def find_list(article: Article, start: int, *, wanted: bool) -> tuple[Sentence, ...]:
    """The sentences that the one at `start` announces, or, where a list is `wanted`, that it is one of.

    They stand together in a paragraph, or behind a colon. Empty where the sentence stands for itself.
    """
    sentences = article.sentences
    place = next((place for place, one in enumerate(sentences) if one.start == start), None)
    if place is None:
        return ()
    if own := _announced(article, sentences, place):
        return own
    for back in range(1, max(_COUNTS.values()) + 1) if wanted else ():
        items = _announced(article, sentences, place - back) if back <= place else ()
        if sentences[place] in items:
            return items
    return ()


def _announced(article: Article, sentences: Sequence[Sentence], place: int) -> tuple[Sentence, ...]:
    text = article.text[sentences[place].start : sentences[place].end]
    found = _ANNOUNCES.search(text)
    if found is None and not _COLON.search(text):
        return ()
    count = _COUNTS[found["count"].lower()] if found else 1
    items: list[Sentence] = []
    for one in sentences[place + 1 : place + 1 + count]:
        if one.heading or ("\n" in article.text[sentences[place].end : one.start] and not _COLON.search(text)):
            break
        items.append(one)
    return tuple(items) if len(items) == count else ()
