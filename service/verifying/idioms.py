"""A negation or hedge of one sentence in, whether the other says the same in an idiom that has none out."""

import re

from service.verifying.marking import NEGATION, TOO, Marker
from service.verifying.statements import Statement, term_of
from service.verifying.tokens import Token
from service.verifying.wording import FUTURE, HEDGES

_UNTIL_NOW = re.compile(r"\b(?:never|not|\w+n't)\b[^.;]*\b(?:before|until (?:now|then|today|that))\b", re.IGNORECASE)
_NO_OTHER = re.compile(
    r"\bno (?:[\w'-]+ ){1,5}(?:as (?P<equal>\w+) (?:[\w'-]+ ){0,8}as|more (?P<more>\w+) (?:[\w'-]+ ){0,8}than"
    r"|(?P<higher>\w{2,})er than)\b",
    re.IGNORECASE,
)
_NO_SUPERLATIVES = re.compile(
    r"arrest|conquest|contest|digest|east|forest|guest|harvest|honest|interest|invest|modest|nest|protest|quest|request|"
    r"rest|suggest|test|vest|west"
)


def is_settled(marker: Marker, own: Statement, other: Statement) -> bool:
    """Whether the other sentence says what the marker says of its `own` sentence, without a negation or hedge.

    "Never until now" is "the first time", "no other has as many" is "the most", "could not go on" is "too ill to go
    on", "so that it could be paid" is "to pay it".
    """
    if marker.verb:
        return False
    if marker.kind == HEDGES["could"]:
        too_much = any(one.shown == TOO and one.head == marker.head for one in other.markers)
        return too_much or (_serves(marker, own) and "to" in (token.lower for token in other.tokens))
    if marker.kind == FUTURE and _is_going_on(marker.head, other):
        return True  # "will perform" for "is performing"
    if marker.shown == TOO and any(token.lower == TOO for token in other.tokens):
        return True  # "too late" for "too long to file it"
    once = sum(one.kind == NEGATION for one in own.markers) == 1  # "no tool is not more useful" denies the other
    return marker.kind == NEGATION and once and (_is_first(own, other) or tops_all(own, other))


def tops_all(denying: Statement, other: Statement) -> bool:
    """Whether none is more than something, or as much, by one sentence, and that is the most of all by the other."""
    found = _NO_OTHER.search(denying.folded)
    if found is None:
        return False
    quality = (found["equal"] or found["more"] or found["higher"]).lower()
    most = "most" if quality in ("many", "much", "often") else rf"(?:most {quality}|{quality.rstrip('ey')}(?:e|ie)?st)"
    return bool(re.search(rf"\b{most}\b", other.folded, re.IGNORECASE))


def turns_most(denying: Statement, other: Statement) -> bool:
    """Whether none is more than something, by one sentence, and that is the most of all in another way by the other."""
    told = bool(_NO_OTHER.search(denying.folded)) and any(_is_superlative(token.lower) for token in other.tokens)
    return told and not tops_all(denying, other)


def _is_superlative(word: str) -> bool:
    return word in ("most", "least") or (word.endswith("est") and not _NO_SUPERLATIVES.fullmatch(word))


def _is_first(denying: Statement, other: Statement) -> bool:
    """Whether it never was so before, by one sentence, and is so for the first time by the other."""
    return bool(_UNTIL_NOW.search(denying.folded)) and any(token.lower == "first" for token in other.tokens)


def _is_going_on(head: str, other: Statement) -> bool:
    tokens = other.tokens
    return any(
        token.lower.endswith("ing") and token.stem in other.forms.get(head, ()) and term_of(tokens, place) == head
        and (_is_being(tokens[place - 1]) or (place > 1 and _is_being(tokens[place - 2])))
        for place, token in enumerate(tokens) if place
    )


def _is_being(token: Token) -> bool:
    return token.lower in ("is", "are", "am") or token.lower.endswith("'s")


def _serves(marker: Marker, own: Statement) -> bool:
    """Whether it stands behind "so that", which says what something is done for."""
    return bool(re.search(rf"\bso that [^.;]*\b{re.escape(marker.shown)}\b", own.folded, re.IGNORECASE))
