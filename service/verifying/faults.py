"""What a sentence claims and what another says in, each thing that keeps the one from supporting the other out."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from service.verifying.figures import Quantity
from service.verifying.initials import are_initials
from service.verifying.lexicon import knows
from service.verifying.listing import find_listings
from service.verifying.markers import check_markers
from service.verifying.meaning import check_words, is_of
from service.verifying.ordering import find_other_doer, find_turned, find_turned_result, find_turned_times
from service.verifying.reasons import Reason
from service.verifying.statements import Statement, show
from service.verifying.units import MONEY, SMALL
from service.verifying.wording import PARTICLES, TITLES

_GAP = 2  # words that may part those of a name
_YEAR = 4  # digits
_NAME = 2  # words of a person's
_NOT_LENT = frozenset({"", "share", "ordinal"})
_EARLIEST = frozenset({"earliest", "initial", "initially", "original", "originally"})
_ONE = frozenset({"one"})
_NUMBER_OF_ONE = frozenset({"a", "an", "one", "single", "only", "1"})


def find_faults(claim: Statement, said: Statement) -> Iterator[Reason]:
    """All that keeps the claim from being supported by what one sentence says; nothing where that supports it."""
    if repeats(claim, said):
        return
    if not claim.readable or not said.readable or not claim.sequence:
        yield Reason(kind="language", text=claim.folded)
        return
    yield from _check_quotes(claim, said)
    yield from _check_speakers(claim, said)
    yield from find_unsaid(claim, said)
    yield from check_markers(claim, said)
    yield from check_words(claim, said)


def find_unsaid(claim: Statement, said: Statement) -> Iterator[Reason]:
    """The numbers, dates and names of the claim that the sentence does not have, or has otherwise."""
    yield from _check_numbers(claim, said)
    yield from _check_days(claim, said)
    yield from _check_names(claim, said)


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
    """Whether the words stand in the sentence, one for one and whole; the case of the first letter is free."""
    text, wanted = said.folded.replace('"', "'"), quote.replace('"', "'")
    if wanted not in text:
        wanted = wanted[:1].swapcase() + wanted[1:]
    start = text.find(wanted)
    while start >= 0:
        end = start + len(wanted)
        if not text[max(start - 1, 0) : start].isalnum() and not text[end : end + 1].isalnum():
            return True
        start = text.find(wanted, start + 1)
    return False


def _check_speakers(claim: Statement, said: Statement) -> Iterator[Reason]:
    for speaker in claim.speakers:
        if speaker & said.voices or (not claim.quotes and not said.speakers and speaker <= said.terms):
            continue
        rival = " ".join(sorted(said.speakers[-1])) if said.speakers else None
        yield Reason(kind="speaker", text=" ".join(sorted(speaker)), rival=rival)


def _check_numbers(claim: Statement, said: Statement) -> Iterator[Reason]:
    theirs = said.figures.quantities
    years = {day.year for day in said.figures.days}
    days = {day.day for day in said.figures.days}
    lower = {token.lower for token in said.tokens}
    units = {one.unit for one in claim.figures.quantities} - _NOT_LENT
    their_units = {one.unit for one in theirs} - _NOT_LENT
    for place, mine in enumerate(claim.figures.quantities):
        if (mine.unit == "" and mine.value in years) or (mine.unit == "ordinal" and mine.value in days):
            continue
        matching = [
            one for one in theirs
            if agree(mine, one) or agree(_lend(mine, one, units), one) or agree(mine, _lend(one, mine, their_units))
        ]
        used = sum(one.value == mine.value and one.unit == mine.unit for one in claim.figures.quantities[: place + 1])
        if used > len(matching) or all(_turned(mine, one) for one in matching):
            matching = []
        bound_elsewhere = mine.noun and any(one.noun == mine.noun for one in theirs if one not in matching)
        if matching and not (bound_elsewhere and all(one.noun not in ("", mine.noun) for one in matching)):
            continue
        if not matching and _is_told_without(mine, claim, lower, bound_elsewhere=bool(bound_elsewhere)):
            continue
        rival = _rival(mine, theirs)
        counted = rival is None and _is_written_out(mine)
        yield Reason(kind="word" if counted else "number", text=mine.shown, rival=rival)
    for code in claim.codes - {token.lower for token in said.tokens}:
        yield Reason(kind="number", text=code)


def _is_written_out(mine: Quantity) -> bool:
    """Whether a small number is written out, as what one may count: "two goals" for "twice", "first" for "led"."""
    shown = mine.shown.lower()
    return not mine.bound and (shown == "first" or (shown in SMALL and not mine.unit))


def _is_told_without(mine: Quantity, claim: Statement, lower: set[str], *, bound_elsewhere: bool) -> bool:
    """Whether a number needs no figure: "two" for "both", "one" for "a", "the three towns of" before three names."""
    shown = mine.shown.lower()
    if shown == "first" and lower & _EARLIEST:
        return True
    if (shown == "two" and "both" in lower) or (mine.unit in ("%", "share") and mine.value == "50" and "half" in lower):
        return True
    if shown.split()[0] == "one" and mine.value == "1" and lower & (_ONE if bound_elsewhere else _NUMBER_OF_ONE):
        return True
    listed = find_listings(claim.folded)
    return not mine.unit and any(one.number == shown and str(one.names) == mine.value for one in listed)


def _turned(mine: Quantity, theirs: Quantity) -> bool:
    return {mine.lead, theirs.lead} == {"from", "to"}


def agree(mine: Quantity, theirs: Quantity) -> bool:
    """Whether a number is said by another: the same, or, where it says that it is near, the other rounded to it."""
    if not are_comparable(mine, theirs):
        return False
    if mine.value == theirs.value:
        if _is_year(mine) and _is_year(theirs):
            return True  # "up to 1846", "until 1846"
        kinds = {"between": "range"}
        my_bound, their_bound = kinds.get(mine.bound, mine.bound), kinds.get(theirs.bound, theirs.bound)
        guessed = my_bound == "near" and their_bound in ("", "under")
        return my_bound == their_bound or guessed or (my_bound == theirs.lead == "over")
    return mine.bound in ("near", "over", "under") and theirs.bound == "" and _rounds(mine, theirs)


def are_comparable(mine: Quantity, theirs: Quantity) -> bool:
    """Whether both count in one unit; "$" may be of any country, and an age lacks its years: "Quill, 28,"."""
    if mine.unit == theirs.unit or {mine.unit, theirs.unit} == {"share", "%"}:
        return True
    if mine.unit == "$":
        return theirs.unit in ("usd", "cad", "aud")
    if not mine.unit:
        return theirs.unit == "year" and (mine.lead in ("aged", "age") or theirs.noun == "old")
    return mine.unit == "year" and mine.noun == "old" and not theirs.unit


def _is_year(quantity: Quantity) -> bool:
    return not quantity.unit and not quantity.noun and quantity.shown == quantity.value and len(quantity.value) == _YEAR


def _lend(bare: Quantity, other: Quantity, units: Set[str]) -> Quantity:
    """A bare number with the unit of another, where a number beside it has that: "for three years, at most 10"."""
    return bare if bare.unit or bare.noun or other.unit not in units else replace(bare, unit=other.unit)


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
    for place, mine in enumerate(claim.figures.days):
        used = sum(replace(one, shown=mine.shown) == mine for one in claim.figures.days[:place])
        if sum(mine.is_within(theirs) for theirs in said.figures.days) <= used:
            rival = said.figures.days[0].shown if said.figures.days else None
            yield Reason(kind="date", text=mine.shown, rival=rival)
    for weekday in claim.weekdays - said.weekdays:
        yield Reason(kind="date", text=weekday, rival=next(iter(sorted(said.weekdays)), None))


def _check_names(claim: Statement, said: Statement) -> Iterator[Reason]:
    for run in claim.names:
        if (name := _find_other_name(run, claim, said)) is not None:
            yield Reason(kind="name", text=show(claim, name))
    for names in find_turned(claim, said):
        yield Reason(kind="order", text=show(claim, names))
    if other := find_other_doer(claim, said):
        yield Reason(kind="order", text=show(claim, other[0]), rival=show(said, other[1]) or None)
    for word, opposite in find_turned_times(claim, said):
        yield Reason(kind="opposite", text=word, rival=opposite)
    if turned := find_turned_result(claim, said):
        yield Reason(kind="opposite", text=turned[0], rival=turned[1])


def _find_other_name(run: tuple[str, ...], claim: Statement, said: Statement) -> Sequence[str] | None:
    """The words of a name that the sentence lacks, or all of it where it has them in another order; None otherwise."""
    missing = [term for term in run if term not in said.terms and not is_of(term, said.terms)]
    if run[0] == claim.opener and len(run) > 1 and _is_no_name(run[0], said):
        run, missing = run[1:], [term for term in missing if term != run[0]]
    if missing:
        return None if len(run) == 1 and are_initials(show(claim, run), said.folded) else missing
    return None if all(_follow(said, left, right) for left, right in pairwise(_without_party(run, said))) else run


def _without_party(run: tuple[str, ...], said: Statement) -> tuple[str, ...]:
    """A name of two words or more without the words before it that say what somebody is: "the Liberal Freya Lund"."""
    while len(run) > _NAME and (_is_no_name(run[0], said) or run[0].startswith("=")):
        run = run[1:]
    return run[1:] if run[0] not in said.terms and is_of(run[0], said.terms) else run  # "the Slovenian A2"


def _is_no_name(word: str, said: Statement) -> bool:
    """Whether a word only opens a sentence or says what somebody is; "Mark" is one too, but for who is called so."""
    return knows(word) and not any(word in name and len(name) > 1 for name in said.names)


def _follow(said: Statement, left: str, right: str) -> bool:
    if left in TITLES or right in TITLES:
        return True
    if knows(right) and "of" in (token.lower for token in said.tokens):  # "Essex University", "University of Essex"
        return _stands_behind(said, left, right) or _stands_behind(said, right, left)
    return _stands_behind(said, left, right)


def _stands_behind(said: Statement, left: str, right: str) -> bool:
    """Whether a word of a name stands behind another, with no more between than belongs to names.

    "Mark Carney" of "Mark J. Carney"; "North Korea" of "North and South Korea".
    """
    if any(left in run and right in run[run.index(left) + 1 :] for run in said.names):
        return True
    places = (place for place, term in enumerate(said.sequence) if term == left)
    behind = (said.sequence[place + 1 : place + 2 + _GAP] for place in places)
    return any(right in some and _may_part(some[: some.index(right)], right, said) for some in behind)


def _may_part(between: tuple[str, ...], right: str, said: Statement) -> bool:
    if all(len(term) == 1 or term in PARTICLES for term in between):
        return True
    return len(between) == 1 and any((*between, right) == run[:2] for run in said.names) and _is_joined(said, *between)


def _is_joined(said: Statement, term: str) -> bool:
    """Whether "and" or "or" stands before the word."""
    forms = said.forms.get(term, frozenset({term}))
    return any(one.lower in ("and", "or") and other.stem in forms for one, other in pairwise(said.tokens))
