"""What a sentence claims and what another says in, the ordinary words that have no counterpart there out."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from service.verifying.lexicon import knows, says
from service.verifying.listing import Listing, find_listings
from service.verifying.opposites import check_opposites, find_opposites, is_converse, read_turnable
from service.verifying.reasons import Reason
from service.verifying.statements import Statement, show, term_of
from service.verifying.synonyms import families_of
from service.verifying.tokens import stem
from service.verifying.wording import (
    ATTRIBUTING,
    BEING,
    FUNCTION,
    OF_MEN,
    OF_WOMEN,
)

MOST_MISSING = 4  # ordinary words, in a sentence however long
ONE_IN = 3  # of the ordinary words, one may be missing
FEWEST = 6  # words that carry meaning, from which one may be missing in a sentence without names and figures
HALF = 0.55  # of the words that carry meaning: what fewer different ones there are, it goes round in circles
LONGER = 1.3  # times the sentence: more words that carry meaning than a paraphrase of it has
LONGEST_RUN = 2  # of missing words side by side
_ENDINGS = ("ement", "ment", "ation", "ion", "or", "er", "ing", "ive", "al", "ly", "ance", "ence", "ity", "ness")
_SHORTEST = 4
_ONLY, _NO_MORE = stem("only"), frozenset({"just", "merely", "solely", "alone"})
_PEOPLES = ("n", "an", "ian", "nian", "ean", "ish", "ese")
_COUNTRY = 6  # letters at least, so that no first name is taken for one


def find_missing(claim: Statement, said: Statement) -> list[str]:
    """The ordinary words of the claim that have no counterpart in the sentence."""
    words = [*claim.words, *([claim.opener] if claim.opener and _is_word(claim.opener) else [])]
    if "earlier this" in claim.folded.lower():  # which is this week too
        words = [word for word in words if "earlier" not in claim.forms[word]]
    if said.voices or not claim.speakers:  # that somebody said it is looked for with the speakers
        words = [word for word in words if claim.forms[word].isdisjoint(ATTRIBUTING)]
    if "no longer" in claim.folded:  # that it ended is looked for among the negations
        words = [word for word in words if word != "longer"]
    return [word for word in words if not is_said(word, said, forms=claim.forms)]


def is_of(name: str, terms: frozenset[str]) -> bool:
    """Whether a name is of a country that is named, or the country of a people: "Norvian", "Norvia"."""
    return any(
        len(country) >= _COUNTRY and people.startswith(country) and people.removeprefix(country) in _PEOPLES
        for other in terms for country, people in ((name, other), (other, name))
    )


def _is_word(term: str) -> bool:
    """Whether a term is no name: a word of the dictionary, or of one meaning with others."""
    return knows(term) or (term.startswith("=") and not term.endswith("n"))


def follows(claim: Statement, said: Statement) -> bool:
    """Whether all that the claim says stands in the sentence, in the same order: a copy with synonyms and gaps."""
    left = iter(said.sequence)
    return all(any(_alike(term, other, claim, said) for other in left) for term in claim.sequence)


def _alike(term: str, other: str, claim: Statement, said: Statement) -> bool:
    return term == other or any(says(form, said.forms[other]) for form in claim.forms[term])


def check_words(claim: Statement, said: Statement) -> Iterator[Reason]:
    """Exact words, opposites, and more words without a counterpart than a paraphrase has."""
    for word in sorted(claim.exact - said.exact):
        if any(families_of(word) & families_of(other) for other in said.exact):
            continue
        if word == _ONLY and any(token.lower in _NO_MORE for token in said.tokens):
            continue
        yield Reason(kind="word", text=word)
    yield from check_opposites(claim, said)
    yield from _check_gender(claim, said)
    if claim.opener and not _is_word(claim.opener) and not _is_named(claim.opener, claim, said):
        yield Reason(kind="name", text=show(claim, (claim.opener,)))  # what no dictionary has is a name
    if len(claim.sequence) > len(said.sequence) * LONGER + 2 or _goes_round(claim, said):  # in words that are all there
        yield Reason(kind="word", text=claim.folded)
    yield from _check_missing(claim, said)


def _goes_round(claim: Statement, said: Statement) -> bool:
    """Whether it says the same words again and again: "a tax on cars that was not a tax on cars"."""
    return len(claim.sequence) >= FEWEST and _variety(claim) <= HALF < _variety(said)


def _variety(statement: Statement) -> float:
    """Which part of the words that carry meaning is not said before in the sentence."""
    return len(set(statement.sequence)) / max(len(statement.sequence), 1)


def _check_gender(claim: Statement, said: Statement) -> Iterator[Reason]:
    """A "Mr." or "he" of the claim where the sentence speaks of women only, and the other way round."""
    mine, theirs = ([token for token in each.tokens if token.lower in OF_MEN | OF_WOMEN] for each in (claim, said))
    if not mine or not theirs:
        return
    men, women = ({token.lower in OF_MEN for token in each} for each in (mine, theirs))
    if len(men) == len(women) == 1 and men != women:
        yield Reason(kind="opposite", text=mine[0].text, rival=theirs[0].text)


def _is_named(name: str, claim: Statement, said: Statement) -> bool:
    return is_said(name, said, forms=claim.forms) or is_of(name, said.terms)


def _check_missing(claim: Statement, said: Statement) -> Iterator[Reason]:
    """Words without a counterpart, where there are too many of them or where others stand in their place."""
    counted = {one.noun for one in find_listings(claim.folded) if _tells_number(one, claim)}
    missing = [word for word in find_missing(claim, said) if claim.forms[word].isdisjoint(counted)]
    spare = _count_spare(claim, said)
    most = min(_most_missing(claim), spare + 1)
    if claim.names or claim.figures.used:  # what is put in other words has words there that it stands for
        most = max(most, min(most + 1, spare, MOST_MISSING, len(set(claim.words)) // 2))
    if len(missing) > most or _longest_run(missing, claim.sequence) > LONGEST_RUN:
        yield from (Reason(kind="word", text=show(claim, (word,))) for word in missing)
        return
    plain = {token.stem for token in said.tokens if token.opens or not token.is_capital}
    for word in set(missing) & _find_classes(claim):
        yield Reason(kind="word", text=show(claim, (word,)))
    for word in missing:
        turned = sorted(
            other for form in claim.forms[word] & read_turnable(claim)
            for other in find_opposites(form) & (plain - claim.raw) if not is_converse(form, other, claim, said)
        )
        if turned:
            yield Reason(kind="opposite", text=show(claim, (word,)), rival=show(said, turned) or None)
        if (rival := _exchanged(word, claim, said)) is not None:
            yield Reason(kind="word", text=show(claim, (word,)), rival=show(said, (rival,)) or None)


def _find_classes(claim: Statement) -> set[str]:
    """What it says that somebody or something is: "citizen", of "is a Chinese citizen"."""
    tokens, found = claim.tokens, set[str]()
    for place in range(1, len(tokens) - 1):
        if tokens[place].lower in ("a", "an") and tokens[place - 1].lower in BEING:
            end = place + 1
            while end + 1 < len(tokens) and tokens[end + 1].is_word and tokens[end + 1].lower not in FUNCTION:
                end += 1
            found.add(term_of(tokens, end))
    return found


def _tells_number(listing: Listing, claim: Statement) -> bool:
    """Whether a list of names stands behind how many there are, so that the noun adds only what they are."""
    return any(
        one.shown.lower() == listing.number and one.value == str(listing.names) for one in claim.figures.quantities
    )


def _most_missing(claim: Statement) -> int:
    """How many of its ordinary words a claim may put in its own: more where names and figures hold it fast."""
    anchored = bool(claim.names or claim.figures.used)
    if not anchored and len(claim.sequence) < FEWEST:
        return 0
    count = len(set(claim.words)) + bool(claim.opener)
    return min(max(count // ONE_IN, 1 if count > 1 and anchored else 0), MOST_MISSING)


def _count_spare(claim: Statement, said: Statement) -> int:
    """How many words of the sentence the claim may have put in other words: those that it does not repeat."""
    words = {*said.words, said.opener} - {""}
    return sum(not is_said(word, claim, forms=said.forms) for word in words)


def is_said(term: str, said: Statement, *, forms: Mapping[str, frozenset[str]]) -> bool:
    """Whether a sentence has a term, a synonym of one of its forms, what it derives from, or something narrower."""
    return term in said.terms or any(says(form, said.raw) or _derives(form, said.raw) for form in forms[term])


def _derives(word: str, said: frozenset[str]) -> bool:
    shorter = [word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending)]
    longer = [word + ending for ending in _ENDINGS] if len(word) >= _SHORTEST else []
    return any(len(one) >= _SHORTEST and one in said for one in (*shorter, *longer))


def _longest_run(missing: Sequence[str], sequence: Sequence[str]) -> int:
    """The most missing words that stand side by side: a phrase that was added."""
    runs = (sum(1 for _ in group) for gone, group in groupby(sequence, key=missing.__contains__) if gone)
    return max(runs, default=0)


def _exchanged(word: str, claim: Statement, said: Statement) -> str | None:
    """The word that stands in the place of this one, between its neighbours: "" where nothing does, None elsewhere."""
    mine, theirs = ("", *claim.sequence, ""), ("", *said.sequence, "")
    if word not in claim.sequence:
        return None
    at = mine.index(word)
    before, after = mine[at - 1], mine[at + 1]
    for place in range(1, len(theirs) - 1):
        beside = (theirs[place - 1] == before, theirs[place + 1] == after)
        if theirs[place] != word and all(beside):
            return theirs[place]
    return "" if (before, after) in pairwise(theirs) else None
