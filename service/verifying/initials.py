"""A name and a sentence in, whether it is made of the initials of words of that sentence out: NGOs, UNESCO."""

import re

from service.verifying.wording import FUNCTION

SHORTEST = 3  # letters: two stand for too much
_WORD = re.compile(r"[A-Za-z]+")


def are_initials(name: str, text: str) -> bool:
    """Whether a name in capitals has the first letters of words that stand side by side, function words left out."""
    letters = name.removesuffix("s")
    if len(letters) < SHORTEST or not (letters.isupper() and letters.isalpha()):
        return False
    words = (found.group().lower() for found in _WORD.finditer(text))
    return letters.lower() in "".join(word[0] for word in words if word not in FUNCTION)
