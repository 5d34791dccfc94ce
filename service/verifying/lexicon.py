"""A word's stem in, the stems of English words that mean the same, something wider or the opposite out.

The table was made from WordNet 3.1 (see NOTICE): the common senses of words that news uses, stemmed as
`service.verifying.tokens` does. Words that share a sense or derive from each other are alike; what names the wider
thing is said by what names the narrower one ("shellfish" by "lobster"), not the other way round.
"""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from service.verifying.synonyms import families_of
from service.verifying.tokens import stem as stem_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is known of a stem."""

    alike: frozenset[str]
    wider: frozenset[str]
    opposite: frozenset[str]


_WIDEST = frozenset(
    map(
        stem_of,
        (
            "change", "move", "act", "be", "have", "make", "get", "do", "go", "thing", "travel", "give", "take", "put",
            "remove", "express", "think", "judge", "create", "interact", "communicate", "say", "tell",
        ),
    )
)
_NOTHING = Entry(alike=frozenset(), wider=frozenset(), opposite=frozenset())


def look_up(stem: str) -> Entry:
    """What is known of a stem; nothing of one that is not in the table."""
    return _read().get(stem, _NOTHING)


def knows(stem: str) -> bool:
    """Whether a stem is that of a common English word, rather than of a name."""
    return stem in _read()


def says(stem: str, said: frozenset[str]) -> bool:
    """Whether one of the stems that were said means the same as this, or something narrower."""
    entry, families = look_up(stem), families_of(stem)
    if not entry.alike.isdisjoint(said):
        return True
    return any(_is_near(stem, entry, other) or not families.isdisjoint(families_of(other)) for other in said)


def _is_near(stem: str, entry: Entry, other: str) -> bool:
    """Whether a stem names what the other names, or something wider, or shares two meanings with it."""
    found = look_up(other)
    if stem in found.wider:
        return True
    shared = entry.alike & found.alike
    return len(shared) > 1 or bool(shared and (entry.wider & found.wider) - _WIDEST)


@cache
def _read() -> Mapping[str, Entry]:
    content = gzip.decompress(files("service").joinpath("verifying", "lexicon.tsv.gz").read_bytes()).decode("ascii")
    entries: dict[str, Entry] = {}
    for line in content.splitlines():
        stem, *lists = line.split("\t")
        alike, wider, opposite = (frozenset(each.split()) for each in lists)
        entries[stem] = Entry(alike=alike, wider=wider, opposite=opposite)
    return entries
