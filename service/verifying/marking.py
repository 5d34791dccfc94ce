"""Tokens in, the negations and hedges among them out, each with the words that it is about."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from service.verifying.figures import Figures
from service.verifying.tokens import Token, lower_at
from service.verifying.wording import (
    ALMOST,
    BEFORE_TO,
    BEING,
    DUE,
    FUNCTION,
    FUTURE,
    HEDGES,
    LIGHT,
    NEGATING,
    NEGATORS,
)

NEGATION = 0  # the kind of a marker; hedges have the numbers of their group
YET = "yet"  # "has yet to arrive" negates as a verb does
TOO = "too"  # "too ill to go on" negates what stands behind "to"
_LONGEST = 4  # words between "too ill" and "to"
_NEGATED, _HEDGED = 2, 8  # words that a negation, a hedge may mean
_NOBODY = frozenset({"nobody", "none", "nothing"})  # which deny what they do, however far behind
_ALSO_NOUNS = frozenset({"will", "forecast", "forecasts"})
_BEFORE_NOUN = frozenset({"a", "as", "at", "free", "her", "his", "than", "the", "their"})
_LOOKED_AT = 60  # tokens behind one: no more are looked at
_BOUNDARIES = frozenset(",;:.!?()")
_COMMITTED = frozenset(
    {"agre", "agreement", "pledg", "promis", "decid", "vow", "set", "due", "commit", "readi", "is", "are"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """A negation or hedge: of the word `head`, within `scope`; `shown` is the word that marks.

    `verb` is its stem where it negates as a verb does: "refused", "scrapped".
    """

    kind: int
    head: str
    scope: tuple[str, ...]
    shown: str
    verb: str = ""


def find_markers(tokens: Sequence[Token], terms: Sequence[str], figures: Figures) -> Iterator[Marker]:
    """Every negation and hedge, in order; `terms` are the tokens in the one form that their synonyms share."""
    for place, token in enumerate(tokens):
        if _opens_either(tokens, place):
            continue
        following = [one.lower for one in tokens[place + 1 : place + 3]]
        before = tokens[place - 1] if place else None
        counted, numbered = place in figures.used, place + 1 in figures.used
        marked = _kinds(token, following, before=lower_at(tokens, place - 1), counted=counted, numbered=numbered)
        for kind, verb in marked:
            yield _mark(tokens, terms, place, kind=kind, verb=verb)
        if token.lower == "to" and before is not None and before.stem in _COMMITTED:
            yield _mark(tokens, terms, place, kind=DUE, verb="")
        if token.lower == "to" and before is not None and before.lower == "going" and _is_verb(tokens[place + 1 :]):
            yield _mark(tokens, terms, place, kind=FUTURE, verb="")
        if token.lower == TOO and (reach := _find_too_much(tokens, place)):
            yield replace(_mark(tokens, terms, reach, kind=NEGATION, verb=""), shown=TOO)
        if token.lower == "but" and before is not None and before.lower == "all":
            yield _mark(tokens, terms, place, kind=ALMOST, verb="")


def _find_too_much(tokens: Sequence[Token], place: int) -> int:
    """The place of the "to" of "too ill to go on", "too bad for him to go on"; 0 where there is none."""
    for at in range(place + 2, min(place + 3 + _LONGEST, len(tokens))):
        if tokens[at].text in _BOUNDARIES:
            return 0
        if tokens[at].lower == "to":
            return at
    return 0


def _is_verb(following: Sequence[Token]) -> bool:
    """Whether what stands behind "going to" may be a verb: no name, nor "the shop"."""
    return bool(following) and not following[0].is_capital and following[0].lower not in FUNCTION - BEING


def _opens_either(tokens: Sequence[Token], place: int) -> bool:
    """Whether it is so in either case: ", whether they were paid or not"."""
    behind_comma = place > 0 and tokens[place - 1].text == ","
    if not behind_comma or tokens[place].lower != "whether":
        return False
    return any(one.lower == "or" for one in tokens[place : place + _LOOKED_AT])


def _kinds(
    token: Token, following: Sequence[str], *, before: str, counted: bool, numbered: bool
) -> Iterator[tuple[int, str]]:
    """As what a word marks, and the verb that it negates as."""
    bounding = token.lower in ("no", "not") and following[1:] == ["than"]  # "no more than"
    bounding = bounding or (token.lower == "not" and following[:1] in (["even"], ["only"]))
    if token.lower == "no" and before in ("say", "says", "said") and following[:1] == ["to"]:
        yield NEGATION, "reject"  # "said no to the offer"
    elif (token.lower in NEGATORS and not bounding) or token.lower.endswith("n't"):
        yield NEGATION, ""
    elif token.lower == YET and following[:1] == ["to"]:
        yield NEGATION, YET
    elif token.stem in NEGATING and token.lower != "quite" and not (token.lower == "end" and following[:1] == ["of"]):
        yield NEGATION, token.stem
    hedges = not counted and token.lower in HEDGES and not numbered and not (token.lower == "may" and token.is_capital)
    noun = token.lower in _ALSO_NOUNS and before in _BEFORE_NOUN
    if hedges and not noun and (token.lower not in BEFORE_TO or following[:1] in (["to"], ["that"]) or before in BEING):
        yield HEDGES[token.lower], ""
    if token.lower == "won't" or token.lower.endswith("'ll"):
        yield FUTURE, ""


def _mark(tokens: Sequence[Token], terms: Sequence[str], place: int, *, kind: int, verb: str) -> Marker:
    head, scope = _scope(tokens, terms, place + 1)
    reach = _NEGATED if kind == NEGATION and tokens[place].lower not in _NOBODY else _HEDGED
    return Marker(kind=kind, head=head, scope=scope[:reach], shown=tokens[place].lower, verb=verb)


def _scope(tokens: Sequence[Token], terms: Sequence[str], place: int) -> tuple[str, tuple[str, ...]]:
    """The first word that is marked, and the first that may be until the clause ends."""
    head, scope = "", list[str]()
    end = place + _LOOKED_AT
    for token, term in zip(tokens[place:end], terms[place:end], strict=True):
        if token.text in _BOUNDARIES or token.lower in ("but", "although", "while"):
            if scope:
                break
            continue
        if token.lower not in LIGHT and term and token.is_word:
            head = head or term
            scope.append(term)
    return head, tuple(scope)
