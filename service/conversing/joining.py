"""Mentions of a text in, those that stand together in it out as one: a visit with its visitor, two people as both."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from service.conversing import english
from service.conversing.mentions import Mention

_APPOSED = re.compile(r", (?:(?:both|the|two) )*")


def together(mentions: Sequence[Mention]) -> list[Mention]:
    """Two persons or more as one; nothing where there is one or none."""
    people = {one.text: one for one in mentions if one.named and one.kind in ("person", "name")}
    if len(people) <= 1:
        return []
    return [replace(next(iter(people.values())), text=" and ".join(people), kind="plural")]


def by_name(many: Mention, told: Sequence[Mention], text: str) -> Mention:
    """ "Wang Wen and Jin Zhen" of "Wang Wen and Jin Zhen, two professors"."""
    for one, other in pairwise(told):
        joined = text[one.end : other.start] == " and " and one.after not in english.PREPOSITIONS
        if joined and _APPOSED.fullmatch(text, other.end, many.start):
            return next(iter(together([one, other])), many)
    return many


def join_owned(mentions: Sequence[Mention], text: str) -> list[Mention]:
    """ "Carney" and "visit" as "Carney's visit", where that stands there: what somebody did, not what he has."""
    joined = list[Mention]()
    for one in mentions:
        last, noun = joined[-1] if joined else None, one.last.lower()
        done = english.is_verb(noun) or noun in english.THINGS
        if last and last.named and done and text[last.end : one.start] in english.OWNING:
            joined[-1] = replace(one, text=text[last.start : one.end], start=last.start, named=True, after=last.after)
        else:
            joined.append(one)
    return joined


def join_mentions(mentions: Sequence[Mention], text: str) -> list[Mention]:
    """ "The inquiry" and "the fire" as "the inquiry into the fire", where that is what stands there."""
    joined = list[Mention]()
    for one in mentions:
        last = joined[-1] if joined else None
        between = text[last.end : one.start].split() if last else []
        if last and last.is_definite and len(between) == 1 and between[0].lower() in english.PREPOSITIONS:
            whole = text[last.start : one.end]
            joined[-1] = replace(last, text=whole, end=one.end, named=last.named or one.named)
        else:
            joined.append(one)
    return joined
