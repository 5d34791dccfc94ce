"""Why a sentence is not supported: the kinds of faults, and one of them."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "quote", "number", "date", "name", "speaker", "negation", "hedge", "opposite", "order", "word", "meaning",
    "language",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """What keeps a sentence from being supported; `rival` is what the nearest sentence has in its place."""

    kind: Kind
    text: str
    rival: str | None = None
