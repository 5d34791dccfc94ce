"""Evidence in, its sentences under short ids out: a model cites ids, and only code knows what they stand for."""

import random
import secrets
from collections.abc import Mapping, Sequence

from service.domain import Evidence

# A letter, a digit, a letter: short enough to be copied, never a number or a word. None that look like another.
_LETTERS, _DIGITS = "abcdefghjkmnpqrstuvwxyz", "23456789"
MOST = 200  # of some 4,000 ids


def tag(
    evidence: Sequence[Evidence], *, characters: int, chance: random.Random | None = None
) -> Mapping[str, Evidence]:
    """The evidence in its order, each sentence once, under ids that nobody can foretell, while it fits the budget.

    The first sentence is in even where it alone is longer.
    """
    chosen = chance or secrets.SystemRandom()
    tagged: dict[str, Evidence] = {}
    quotes: set[str] = set()
    left = characters
    for one in evidence:
        if one.quote in quotes or (tagged and len(one.quote) > left) or len(tagged) == MOST:
            continue
        name = _name(chosen)
        while name in tagged:
            name = _name(chosen)
        tagged[name] = one
        quotes.add(one.quote)
        left -= len(one.quote)
    return tagged


def _name(chance: random.Random) -> str:
    return chance.choice(_LETTERS) + chance.choice(_DIGITS) + chance.choice(_LETTERS)
