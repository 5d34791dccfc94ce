"""What a sentence claims and what another says in, each thing that keeps the one from supporting the other out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Literal

from service.ordering import find_turned
from service.quantities import Quantity
from service.statements import NEGATION, Marker, Statement, term_of
from service.units import MONEY
from service.wording import OPPOSITES, TITLES

Kind = Literal[
    "quote", "number", "date", "name", "speaker", "negation", "hedge", "opposite", "order", "word", "language"
]

ALIKE = 0.9
MOST_MISSING = 2  # ordinary words, in a sentence however long
ONE_IN = 4  # of the ordinary words, one may be missing
_ENDINGS = ("ement", "ment", "ation", "ion", "or", "er", "ing", "ive", "al", "ly")
_SHORTEST = 4
_GAP = 3  # words that may stand inside a name: "Mark J. Carney"
_NUMBER_OF_ONE = frozenset({"a", "an", "one", "single", "only", "1"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """What keeps a sentence from being supported; `rival` is what the nearest sentence has in its place."""

    kind: Kind
    text: str
    rival: str | None = None


def find_faults(claim: Statement, said: Statement) -> Iterator[Reason]:
    """All that keeps the claim from being supported by what one sentence says; nothing where that supports it."""
    if repeats(claim, said):
        return
    if not claim.readable or not said.readable or not claim.sequence:
        yield Reason(kind="language", text=claim.folded)
        return
    yield from _check_quotes(claim, said)
    yield from _check_speakers(claim, said)
    yield from _check_numbers(claim, said)
    yield from _check_days(claim, said)
    yield from _check_names(claim, said)
    yield from _check_markers(claim, said)
    yield from _check_opposites(claim, said)
    yield from _check_words(claim, said)


def repeats(claim: Statement, said: Statement) -> bool:
    """Whether both are the same, word for word."""
    return _words_of(claim) == _words_of(said)


def _words_of(statement: Statement) -> list[str]:
    """What must be the same for two sentences to be the same: all but the marks at the end and around them."""
    texts = [token.text for token in statement.tokens]
    while texts and texts[-1] in '."!':
        texts.pop()
    while texts and texts[0] == '"':
        texts.pop(0)
    return texts


def _check_quotes(claim: Statement, said: Statement) -> Iterator[Reason]:
    for quote in claim.quotes:
        if not holds_quote(said, quote):
            yield Reason(kind="quote", text=quote)


def holds_quote(said: Statement, quote: str) -> bool:
    """Whether the words stand in the sentence, one for one and whole."""
    text, wanted = said.folded.replace('"', "'"), quote.replace('"', "'")
    start = text.find(wanted)
    while start >= 0:
        end = start + len(wanted)
        if not text[max(start - 1, 0) : start].isalnum() and not text[end : end + 1].isalnum():
            return True
        start = text.find(wanted, start + 1)
    return False


def _check_speakers(claim: Statement, said: Statement) -> Iterator[Reason]:
    for speaker in claim.speakers:
        if not speaker & said.voices:
            rival = " ".join(sorted(said.speakers[-1])) if said.speakers else None
            yield Reason(kind="speaker", text=" ".join(sorted(speaker)), rival=rival)


def _check_numbers(claim: Statement, said: Statement) -> Iterator[Reason]:
    theirs = said.figures.quantities
    years = {day.year for day in said.figures.days}
    days = {day.day for day in said.figures.days}
    lower = {token.lower for token in said.tokens}
    for place, mine in enumerate(claim.figures.quantities):
        if (mine.unit == "" and mine.value in years) or (mine.unit == "ordinal" and mine.value in days):
            continue
        matching = [one for one in theirs if agree(mine, one)]
        used = sum(one.value == mine.value and one.unit == mine.unit for one in claim.figures.quantities[: place + 1])
        if used > len(matching) or all(_turned(mine, one) for one in matching):
            matching = []
        bound_elsewhere = mine.noun and any(one.noun == mine.noun for one in theirs if one not in matching)
        if matching and not (bound_elsewhere and all(one.noun not in ("", mine.noun) for one in matching)):
            continue
        if not matching and mine.shown.lower() == "one" and not bound_elsewhere and lower & _NUMBER_OF_ONE:
            continue
        yield Reason(kind="number", text=mine.shown, rival=_rival(mine, theirs))
    for code in claim.codes - {token.lower for token in said.tokens}:
        yield Reason(kind="number", text=code)


def _turned(mine: Quantity, theirs: Quantity) -> bool:
    return {mine.lead, theirs.lead} == {"from", "to"}


def agree(mine: Quantity, theirs: Quantity) -> bool:
    """Whether a number is said by another: the same, or, where it says that it is near, the other rounded to it."""
    if mine.unit != theirs.unit and not (mine.unit == "$" and theirs.unit in ("usd", "cad", "aud")):
        return False
    if mine.value == theirs.value:
        kinds = {"between": "range"}
        my_bound, their_bound = kinds.get(mine.bound, mine.bound), kinds.get(theirs.bound, theirs.bound)
        return my_bound == their_bound or (my_bound == "near" and their_bound in ("", "under"))
    return mine.bound in ("near", "over", "under") and theirs.bound == "" and _rounds(mine, theirs)


def _rounds(mine: Quantity, theirs: Quantity) -> bool:
    try:
        rounded, exact = Decimal(mine.value), Decimal(theirs.value)
    except InvalidOperation:
        return False
    step = _step(rounded)
    if step <= _step(exact):
        return False
    if mine.bound == "near":
        return abs(rounded - exact) * 2 <= step and abs(rounded - exact) * 10 <= abs(exact)
    ahead = exact - rounded if mine.bound == "over" else rounded - exact
    return 0 < ahead <= step and ahead * 10 <= abs(exact)


def _step(number: Decimal) -> Decimal:
    """The value of its last digit that is not 0."""
    return Decimal(1).scaleb(int(number.normalize().as_tuple().exponent))


def _rival(mine: Quantity, theirs: Sequence[Quantity]) -> str | None:
    """Another number of the same kind, or the same number of another."""
    alike = (
        one.shown
        for one in theirs
        if (one.value == mine.value and (one.unit or mine.unit))
        or (one.unit == mine.unit and (mine.unit or one.noun == mine.noun))
        or (one.unit in MONEY and mine.unit in MONEY)
    )
    return next(alike, None)


def _check_days(claim: Statement, said: Statement) -> Iterator[Reason]:
    for mine in claim.figures.days:
        if not any(mine.is_within(theirs) for theirs in said.figures.days):
            rival = said.figures.days[0].shown if said.figures.days else None
            yield Reason(kind="date", text=mine.shown, rival=rival)
    for weekday in claim.weekdays - said.weekdays:
        yield Reason(kind="date", text=weekday, rival=next(iter(sorted(said.weekdays)), None))


def _check_names(claim: Statement, said: Statement) -> Iterator[Reason]:
    for run in claim.names:
        missing = [term for term in run if term not in said.terms]
        if missing:
            yield Reason(kind="name", text=_shown(claim, missing))
        elif len(run) > 1 and not all(_follow(said, left, right) for left, right in pairwise(run)):
            yield Reason(kind="name", text=_shown(claim, run))
    for names in find_turned(claim, said):
        yield Reason(kind="order", text=_shown(claim, names))


def _follow(said: Statement, left: str, right: str) -> bool:
    if left in TITLES or right in TITLES:
        return True
    places = [place for place, term in enumerate(said.sequence) if term == left]
    return any(right in said.sequence[place + 1 : place + 1 + _GAP] for place in places)


def _check_markers(claim: Statement, said: Statement) -> Iterator[Reason]:
    """Negations and hedges of the one that the other has not, on words that both have."""
    for theirs in said.markers:
        if theirs.head in claim.terms and not _is_marked(theirs, claim.markers):
            yield Reason(kind=_kind(theirs), text=f"without “{theirs.shown}”", rival=theirs.shown)
    for mine in claim.markers:
        if not _is_marked(mine, said.markers):
            yield Reason(kind=_kind(mine), text=mine.shown)
    mine_all, theirs_all = (sorted(one.kind for one in each.markers) for each in (claim, said))
    alike = _is_alike(claim, said) and mine_all != theirs_all
    if alike or mine_all.count(NEGATION) > theirs_all.count(NEGATION):
        kinds: list[Kind] = ["negation" if mine_all.count(NEGATION) != theirs_all.count(NEGATION) else "hedge"]
        yield from (Reason(kind=kind, text="as often as there") for kind in kinds)


def _is_alike(claim: Statement, said: Statement) -> bool:
    """Whether both have nearly the same words: then all negations and hedges must be the same."""
    mine, theirs = set(claim.sequence), set(said.sequence)
    return len(mine & theirs) >= ALIKE * max(len(mine), len(theirs))


def _kind(marker: Marker) -> Kind:
    return "negation" if marker.kind == NEGATION else "hedge"


def _is_marked(marker: Marker, others: Sequence[Marker]) -> bool:
    return any(
        one.kind == marker.kind
        and (one.head == marker.head or marker.head in one.scope or one.head in marker.scope)
        for one in others
    )


def _check_opposites(claim: Statement, said: Statement) -> Iterator[Reason]:
    mine, theirs = claim.raw - said.raw, said.raw - claim.raw
    for left, right in OPPOSITES:
        for one, other in ((left, right), (right, left)):
            if mine & one and theirs & other and not claim.raw & other:
                yield Reason(kind="opposite", text=min(mine & one), rival=min(theirs & other))
    for word, opposite in (("before", "after"), ("after", "before")):
        for term in sorted(_behind(word, claim) & _behind(opposite, said) - _behind(word, said)):
            yield Reason(kind="opposite", text=f"{word} {term}", rival=f"{opposite} {term}")


def _behind(word: str, statement: Statement) -> set[str]:
    """The terms right behind a word."""
    tokens = statement.tokens
    return {term_of(tokens, place + 1) for place, token in enumerate(tokens[:-1]) if token.lower == word}


def _check_words(claim: Statement, said: Statement) -> Iterator[Reason]:
    for word in sorted(claim.exact - said.exact):
        yield Reason(kind="word", text=word)
    if claim.opener and not is_said(claim.opener, said):
        yield Reason(kind="word", text=_shown(claim, (claim.opener,)))
    missing = [word for word in claim.words if not is_said(word, said)]
    if len(missing) > min(len(claim.words) // ONE_IN, MOST_MISSING) or _has_neighbours(missing, claim.sequence):
        yield from (Reason(kind="word", text=_shown(claim, (word,))) for word in missing)
        return
    for word in missing:
        if (rival := _exchanged(word, claim, said)) is not None:
            yield Reason(kind="word", text=_shown(claim, (word,)), rival=_shown(said, (rival,)) or None)


def _has_neighbours(missing: Sequence[str], sequence: Sequence[str]) -> bool:
    """Whether two missing words stand side by side: a phrase that was added."""
    return any(left in missing and right in missing for left, right in pairwise(sequence))


def is_said(word: str, said: Statement) -> bool:
    """Whether a sentence has a word, a synonym of it, or what it derives from."""
    if word in said.terms:
        return True
    shorter = [word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending)]
    longer = [word + ending for ending in _ENDINGS] if len(word) >= _SHORTEST else []
    return any(len(one) >= _SHORTEST and one in said.terms for one in (*shorter, *longer))


def _exchanged(word: str, claim: Statement, said: Statement) -> str | None:
    """The word that stands in the place of this one, between its neighbours: "" where nothing does, None elsewhere."""
    mine, theirs = ("", *claim.sequence, ""), ("", *said.sequence, "")
    at = mine.index(word)
    for place in range(1, len(theirs) - 1):
        beside = (theirs[place - 1] == mine[at - 1], theirs[place + 1] == mine[at + 1])
        if theirs[place] != word and (all(beside) or (any(beside) and "" in (mine[at - 1], mine[at + 1]))):
            return theirs[place]
    return "" if (mine[at - 1], mine[at + 1]) in pairwise(theirs) else None


def _shown(statement: Statement, terms: Sequence[str]) -> str:
    """The words of a sentence that stand for the terms, as it writes them."""
    tokens = statement.tokens
    return " ".join(
        token.text for place, token in enumerate(tokens) if term_of(tokens, place) in terms and not token.is_sign
    )
