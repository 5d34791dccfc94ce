"""Cited texts and a statement in, whether they support it out: the lexical support function, named in every report.

It cannot see a negation or who did what to whom: "Canada taxed China" and "China taxed Canada" are the same to it.
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence

from eval.measures.words import content_words, split_tokens

Support = Callable[[Sequence[str], str], bool]

NAME = "lexical"
COVERAGE = 0.6  # of a statement's content words, weighed by rarity, that must stand in the cited texts
_NAME = re.compile(r"\b(?!(?:Mr|Mrs|Ms|Dr)\b)[A-Z][\w’'&-]*(?:\.[A-Z])*")


def make_lexical(contexts: Sequence[str]) -> Support:
    """The support function of one question; a word is the rarer the fewer of the retrieved `contexts` hold it."""
    having: dict[str, int] = {}
    for context in contexts:
        for word in set(content_words(context)):
            having[word] = having.get(word, 0) + 1
    total = len(contexts)
    rarity = {word: math.log(1 + (total - count + 0.5) / (count + 0.5)) for word, count in having.items()}
    unseen = math.log(1 + (total + 0.5) / 0.5)

    def supports(texts: Sequence[str], statement: str) -> bool:
        return is_supported(" \n".join(texts), statement, rarity=rarity, unseen=unseen)

    return supports


def is_supported(text: str, statement: str, *, rarity: Mapping[str, float], unseen: float) -> bool:
    """Every number, date and name of the statement stands in the text, and enough of its other words do."""
    held = set(split_tokens(text))
    if any(word not in held for word in split_tokens(statement) if any(map(str.isdigit, word))):
        return False
    if any(word not in held for name in _names(statement) for word in split_tokens(name)):
        return False
    words = set(content_words(statement))
    weights = {word: rarity.get(word, unseen) for word in words}
    total = sum(weights.values())
    return total > 0 and sum(weight for word, weight in weights.items() if word in held) / total >= COVERAGE


def _names(statement: str) -> list[str]:
    """Capitalised words, but for the first of the statement, which anything may be, and "Mr." before a name."""
    return [found.group() for found in _NAME.finditer(statement) if statement[: found.start()].strip(" “”\"'‘’([")]
