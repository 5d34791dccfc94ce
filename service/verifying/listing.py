"""A sentence in, what it says about how many names it lists out: "the three towns of Dunmere, Lowmere and Wexcombe"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from service.verifying.tokens import stem

_NAME = r"(?:the )?[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}"
_LISTED = re.compile(rf"\b(\w+) (\w+)(?: of|:) ({_NAME}(?:, {_NAME}){{0,8}},? and {_NAME})")
_PARTING = re.compile(r",? and |, ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """`number` is the word before what the names are, `noun` the stem of that, `names` how many follow."""

    number: str
    noun: str
    names: int


def find_listings(text: str) -> Iterator[Listing]:
    """Every list of names behind a word that tells what they are and another that may tell how many."""
    for found in _LISTED.finditer(text):
        names = len(_PARTING.split(found[3]))
        yield Listing(number=found[1].lower(), noun=stem(found[2].lower()), names=names)
