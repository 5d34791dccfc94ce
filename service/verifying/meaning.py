"""What a sentence claims and what another says in, the ordinary words that have no counterpart there out."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from service.verifying.lexicon import knows, look_up, says
from service.verifying.listing import Listing, find_listings
from service.verifying.reasons import Reason
from service.verifying.statements import Statement, show, term_of
from service.verifying.synonyms import families_of
from service.verifying.tokens import Token, lower_at, stem
from service.verifying.wording import (
    ATTRIBUTING,
    BEING,
    FUNCTION,
    NEGATORS,
    OF_MEN,
    OF_WOMEN,
    OPPOSITES,
    OVER_BEHIND,
    OVER_TWO,
    PRONOUNS,
    UNDER_BEHIND,
    UNDER_TWO,
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
_OF_A_TIME = frozenset({"end", "start", "begin"})  # "the end of March" ends nothing
_CONVERSE = ({"buy", "sell"}, {"purchas", "sell"}, {"lend", "borrow"}, {"import", "export"})
# What has no opposite of its own: particles and auxiliaries, what denies, and a building.
_IDLE = frozenset({"on", "off", "in", "out", "have", "has", "had", "ever", "building", "buildings"}) | NEGATORS
_ASIDE = {"up", "down"}  # behind two verbs they are part of them: "bogged down", "caught up"
_BOUNDING = OVER_TWO | UNDER_TWO | OVER_BEHIND | UNDER_BEHIND
_BEFORE_VERB = frozenset({"to", "can", "could", "may", "might", "must", "not", "should", "will", "would"})
_DIRECTIONS = (("before", "after"), ("after", "before"), ("from", "to"), ("to", "from"))
_ARTICLES = frozenset({"a", "an", "the", "its", "their", "his", "her"})
_PEOPLES = ("n", "an", "ian", "nian", "ean", "ish", "ese")
_COUNTRY = 6  # letters at least, so that no first name is taken for one
_NEAR = 2  # words on either side that place an opposite


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
    yield from _check_opposites(claim, said)
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
            other for form in claim.forms[word] & _turnable(claim)
            for other in _opposites(form) & (plain - claim.raw) if not _is_converse(form, other, claim, said)
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


def _check_opposites(claim: Statement, said: Statement) -> Iterator[Reason]:
    mine, theirs = (_turnable(each) for each in (claim, said))
    mine, theirs = mine - said.raw, theirs - claim.raw
    for one in sorted(mine):
        for other in sorted(theirs & _opposites(one)):
            if _is_converse(one, other, claim, said) or _opposites(other) & said.raw & claim.raw:
                continue
            if {one, other} == _ASIDE and _before(one, claim).isdisjoint(_before(other, said)):
                continue
            if _stand_alike(one, other, claim, said):
                yield Reason(kind="opposite", text=show(claim, (one,)) or one, rival=show(said, (other,)) or other)
    yield from _find_turned_words(claim, said)
    for word, opposite in _DIRECTIONS:
        for term in sorted(_behind(word, claim) & _behind(opposite, said) - _behind(word, said)):
            yield Reason(kind="opposite", text=f"{word} {term}", rival=f"{opposite} {term}")


def _turnable(statement: Statement) -> frozenset[str]:
    """The stems that could have an opposite: not a particle, which has one only behind its verb, nor a house."""
    tokens = statement.tokens
    return frozenset(token.stem for place, token in enumerate(tokens) if token.stem and _may_turn(tokens, place))


def _may_turn(tokens: Sequence[Token], place: int) -> bool:
    """Whether a word could have an opposite where it stands: not a name, nor in "younger than 20", "it could last"."""
    token, before, behind = tokens[place], lower_at(tokens, place - 1), lower_at(tokens, place + 1)
    if (token.is_capital and not token.opens) or token.lower in _IDLE:
        return False
    if token.stem == "last" and (token.lower != "last" or before in _BEFORE_VERB):
        return False
    return _BOUNDING.isdisjoint((f"{before} {token.lower}", f"{token.lower} {behind}"))


def _find_turned_words(claim: Statement, said: Statement) -> Iterator[Reason]:
    """Words that stand between the same two words as their opposites do."""
    places = set(_triples(said))
    for left, word, right in _triples(claim):
        joined = _beside(word, claim) & _beside(word, said)
        turned = [other for other in _opposites(word) - joined if (left, other, right) in places]
        if turned and (left, word, right) not in places:
            yield Reason(kind="opposite", text=show(claim, (word,)) or word, rival=show(said, turned[:1]) or turned[0])


def _beside(word: str, statement: Statement) -> set[str]:
    """The stems that "and" or "or" joins to a word: "Black and white" are "white and Black"."""
    tokens, found = statement.tokens, set[str]()
    for place in range(1, len(tokens) - 1):
        left, right = tokens[place - 1].stem, tokens[place + 1].stem
        if tokens[place].lower in ("and", "or") and word in (left, right):
            found |= {left, right} - {word}
    return found


def _triples(statement: Statement) -> Iterator[tuple[str, str, str]]:
    lower = ["", *(token.lower for token in statement.tokens), ""]
    for place, token in enumerate(statement.tokens, start=1):
        if token.stem:
            yield lower[place - 1], token.stem, lower[place + 1]


def _is_converse(one: str, other: str, claim: Statement, said: Statement) -> bool:
    """Whether both tell one event from its two ends: "sold it to China", "China bought it from"."""
    if {one, other} not in _CONVERSE:
        return False
    mine, theirs = ({token.lower for token in each.tokens} & {"from", "to"} for each in (claim, said))
    return bool(mine) and bool(theirs) and mine != theirs


def _opposites(word: str) -> frozenset[str]:
    found = set(look_up(word).opposite)
    for left, right in OPPOSITES:
        if word in left:
            found |= right
        if word in right:
            found |= left
    return frozenset(other for other in found if not other.startswith(word) and not word.startswith(other))


def _stand_alike(one: str, other: str, claim: Statement, said: Statement) -> bool:
    """Whether two words stand in the same surroundings, so that the one is said in the place of the other."""
    mine, theirs = _around(one, claim), _around(other, said)
    return bool(mine & theirs)


def _around(word: str, statement: Statement) -> set[str]:
    stems = [token.stem for token in statement.tokens]
    lower = [token.lower for token in statement.tokens]
    terms = [term_of(statement.tokens, place) for place in range(len(stems))]
    carrying = [place for place, term in enumerate(terms) if term in statement.sequence or stems[place] == word]
    found = set[str]()
    for rank, place in enumerate(carrying):
        if stems[place] == word and not (word in _OF_A_TIME and lower[place + 1 : place + 2] == ["of"]):
            found |= {terms[each] for each in carrying[max(rank - _NEAR, 0) : rank + _NEAR + 1] if each != place}
    return found


def _before(word: str, statement: Statement) -> set[str]:
    """The stems right before a word; of all forms of "be" one."""
    places = range(1, len(statement.tokens))
    found = [statement.tokens[place - 1] for place in places if statement.tokens[place].lower == word]
    return {"be" if one.lower in BEING else one.stem for one in found}


def _is_pronoun(token: Token) -> bool:
    """Whether it only points: "before she won" may be told of "after she had started"."""
    return token.lower in PRONOUNS | OF_MEN | OF_WOMEN


def _behind(word: str, statement: Statement) -> set[str]:
    """The terms right behind a word, articles left out."""
    tokens, found = statement.tokens, set[str]()
    for place, token in enumerate(tokens[:-1]):
        if token.lower == word and lower_at(tokens, place - 1) != "according":
            place += 1 + (tokens[place + 1].lower in _ARTICLES)
            found |= {term_of(tokens, place)} if place < len(tokens) and not _is_pronoun(tokens[place]) else set()
    return found - {""}
