"""What a sentence claims and what another says in, the words of the one out that stand for their opposites there."""

from collections.abc import Iterator, Sequence

from service.verifying.lexicon import look_up
from service.verifying.reasons import Reason
from service.verifying.statements import Statement, show, term_of
from service.verifying.tokens import Token, lower_at
from service.verifying.wording import (
    BEING,
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

_OF_A_TIME = frozenset({"end", "start", "begin"})  # "the end of March" ends nothing
_CONVERSE = ({"buy", "sell"}, {"purchas", "sell"}, {"lend", "borrow"}, {"import", "export"})
# What has no opposite of its own: particles and auxiliaries, what denies, and a building.
_IDLE = frozenset({"on", "off", "in", "out", "have", "has", "had", "ever", "building", "buildings"}) | NEGATORS
_ASIDE = {"up", "down"}  # behind two verbs they are part of them: "bogged down", "caught up"
_BOUNDING = OVER_TWO | UNDER_TWO | OVER_BEHIND | UNDER_BEHIND
_BEFORE_VERB = frozenset({"to", "can", "could", "may", "might", "must", "not", "should", "will", "would"})
_DIRECTIONS = (("before", "after"), ("after", "before"), ("from", "to"), ("to", "from"))
_ARTICLES = frozenset({"a", "an", "the", "its", "their", "his", "her"})
_NEAR = 2  # words on either side that place an opposite


def check_opposites(claim: Statement, said: Statement) -> Iterator[Reason]:
    """Words of the claim whose opposites the sentence has in the same surroundings, and directions turned round."""
    mine, theirs = (read_turnable(each) for each in (claim, said))
    mine, theirs = mine - said.raw, theirs - claim.raw
    for one in sorted(mine):
        for other in sorted(theirs & find_opposites(one)):
            if is_converse(one, other, claim, said) or find_opposites(other) & said.raw & claim.raw:
                continue
            if {one, other} == _ASIDE and _before(one, claim).isdisjoint(_before(other, said)):
                continue
            if _stand_alike(one, other, claim, said):
                yield Reason(kind="opposite", text=show(claim, (one,)) or one, rival=show(said, (other,)) or other)
    yield from _find_turned_words(claim, said)
    for word, opposite in _DIRECTIONS:
        for term in sorted(_behind(word, claim) & _behind(opposite, said) - _behind(word, said)):
            yield Reason(kind="opposite", text=f"{word} {term}", rival=f"{opposite} {term}")


def read_turnable(statement: Statement) -> frozenset[str]:
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
        turned = [other for other in find_opposites(word) - joined if (left, other, right) in places]
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


def is_converse(one: str, other: str, claim: Statement, said: Statement) -> bool:
    """Whether both tell one event from its two ends: "sold it to China", "China bought it from"."""
    if {one, other} not in _CONVERSE:
        return False
    mine, theirs = ({token.lower for token in each.tokens} & {"from", "to"} for each in (claim, said))
    return bool(mine) and bool(theirs) and mine != theirs


def find_opposites(word: str) -> frozenset[str]:
    """The stems that are the opposite of a stem, in the lexicon or in the table of the news."""
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
