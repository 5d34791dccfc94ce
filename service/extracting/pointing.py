"""A sentence of an article that opens with "it", "they" or "this" in, the sentence before it that it points to out."""

import re

from ingest.article import Article, Sentence

REACH = 3  # sentences back, over those that point back themselves

_TIME = (
    r"week|weekend|month|year|spring|summer|autumn|fall|winter|season|morning|afternoon|evening|time|century|decade|"
    r"[A-Z]\w+"
)
_POINTS = re.compile(
    r"(?:It (?!(?:is|was|has been|had been) \w+ (?:that|to)\b|seems\b|appears\b)|Its |They |Their |Both |Neither |"
    rf"(?:This|These|Those|That) (?!{_TIME})|All of (?:this|these|those|them) )"
)
_ASKS = re.compile(r"\?[\"'”’)\]]*$")


def find_pointed_to(article: Article, start: int) -> Sentence | None:
    """The sentence that tells what the one at `start` speaks of; None where it stands for itself, or none is near."""
    sentences = article.sentences
    place = next((place for place, one in enumerate(sentences) if one.start == start), None)
    if place is None or not _POINTS.match(article.text, start):
        return None
    for one in reversed(sentences[max(place - REACH, 0) : place]):
        if one.heading or _ASKS.search(article.text, one.start, one.end):
            return None
        if not _POINTS.match(article.text, one.start):
            return one
    return None
