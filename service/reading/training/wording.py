"""A question in, the same as people type it out: lower-cased, as keywords, with a typo; or about something else."""

import re
from collections.abc import Sequence
from random import Random

from ingest.lexical import FUNCTION_WORDS, analyze
from service.reading.features import names_of

LOWERED, KEYWORDS, MISTYPED = 0.2, 0.06, 0.05
FEWEST_KEYWORDS = 3
SHORTEST_MISTYPED = 5

def retype(question: str, random: Random) -> str:
    """The question as somebody might type it into a search box; most often as it is."""
    draw = random.random()
    if draw < KEYWORDS:
        question = _keywords(question)
    elif draw < KEYWORDS + LOWERED:
        question = question.lower().rstrip("? ")
    return mistype(question, random) if random.random() < MISTYPED else question


def _keywords(question: str) -> str:
    words = re.findall(r"[\w’'.-]+", question.lower())
    words = [word for word in words if not FUNCTION_WORDS.issuperset(analyze(word))]
    return " ".join(words) if len(words) >= FEWEST_KEYWORDS else question


def mistype(question: str, random: Random) -> str:
    """The question with a letter dropped, doubled or swapped with the next in one longer word, if it has any."""
    words = question.split(" ")
    long = [place for place, word in enumerate(words) if len(word) >= SHORTEST_MISTYPED and word.isalpha()]
    if not long:
        return question
    place = random.choice(long)
    word, at = words[place], random.randrange(1, len(words[place]) - 1)
    dropped, doubled = word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:]
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    words[place] = random.choice((dropped, doubled, swapped))
    return " ".join(words)


def misname(question: str, context: str, *, others: Sequence[str], random: Random) -> str | None:
    """The question about somebody or something that its context does not name; None where it names nothing itself."""
    own = names_of(question)
    if not own:
        return None
    name = random.choice(own)
    figure = name[0].isdigit()
    fitting = [other for other in others if other[0].isdigit() == figure and other not in context]
    return question.replace(name, random.choice(fitting)) if fitting else None
