"""A question for others ("who else opposes it?") and the last question in, the last one asked for others out."""

import re

from ingest.lexical import analyze
from service.conversing.exchange import Exchange, tie
from service.conversing.followups import is_closed
from service.conversing.mentions import find_mentions
from service.conversing.pronouns import find_gaps
from service.conversing.words import split_words
from service.topics import without_else

_ASKING = re.compile(r"^\W*(?P<word>who|whom|what|where|when|how|why)\b", re.IGNORECASE)


def ask_for_others(question: str, last: Exchange) -> str | None:
    """The last question with "else" in it, where this one asks the same of others; None for any other.

    It says nothing that the last one does not, and leaves out no more than its pronouns stand for: behind "what did Ada
    say about the dam?", "what else did she say?" is not about the dam.
    """
    asking, asked = _ASKING.match(question), _ASKING.match(last.question)
    plain = without_else(question)
    if plain == question or not asking or not asked or asking["word"].lower() != asked["word"].lower():
        return None
    own, known = _words_of(plain), _words_of(last.question)
    left_out = [one for one in find_mentions(last.question) if own.isdisjoint(_words_of(one.text))]
    if not own <= known or (own and len(left_out) > len(find_gaps(question))):
        return None
    before = without_else(last.question)
    return tie(f"{before[: asked.end()]} else{before[asked.end() :]}", last.about)


def _words_of(text: str) -> set[str]:
    """The index terms of the words that say something."""
    return {term for word in split_words(text) if not is_closed(word.lower) for term in analyze(word.text)}
