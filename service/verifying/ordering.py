"""Two sentences in, the names that stand in each other's place in one of them out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from service.verifying.lexicon import knows, says
from service.verifying.statements import Statement, term_of
from service.verifying.wording import BEING

_REACH = 6  # tokens
_NEAR = 3  # tokens from "by" to the name behind it
_WON = frozenset({"win", "beat", "defeat"})
_LOST = "lose"


def find_turned(claim: Statement, said: Statement) -> Iterator[tuple[str, ...]]:
    """The names that have changed places around the same words: "Canada taxed China", "China taxed Canada".

    Around a verb that is passive in one of the two they must have: "China was taxed by Canada".
    """
    names = {term for run in claim.names for term in run} | ({claim.opener} if claim.opener else set())
    theirs = _between(said.sequence, names)
    changed = _passives(claim) ^ _passives(said)
    by = any(token.lower == "by" for each in (claim, said) for token in each.tokens)
    for left, words, right in _between(claim.sequence, names):
        passive = not changed.isdisjoint(words)
        for first, same, last in theirs:
            turned = left & last and right & first and not left & first
            kept = left & first and right & last and not left & last
            if words == same and ((kept and by) if passive else turned):
                yield (*left, *right)
                break
    yield from _changed_over(claim.sequence, said.sequence, names, passive=changed)


def find_other_doer(claim: Statement, said: Statement) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Who did it by the claim, "imposed by the Chinese government", and who did by the sentence, "Canada charged".

    None where both agree, or where either does not say.
    """
    for verb, doer in _doers_behind_by(claim):
        others = [other for done, other in (*_doers_behind_by(said), *_doers_in_front(said)) if _is_same(verb, done)]
        if others and all(set(doer).isdisjoint(other) for other in others):
            return doer, others[0]
    return None


def _doers_behind_by(statement: Statement) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each participle that has "by" and a name right behind it, with the name."""
    tokens = statement.tokens
    for place in range(1, len(tokens) - 1):
        if tokens[place].lower == "by" and tokens[place - 1].lower.endswith(("ed", "en", "wn")):
            behind = (term_of(tokens, each) for each in range(place + 1, min(place + 1 + _NEAR, len(tokens))))
            if name := next((run for term in behind for run in statement.names if term in run), None):
                yield tokens[place - 1].stem, name


def _doers_in_front(statement: Statement) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each verb in the past that stands right behind a name, with the name."""
    tokens = statement.tokens
    names = (*statement.names, (statement.opener,))
    for place in range(1, len(tokens)):
        before = term_of(tokens, place - 1)
        name = next((run for run in names if before and before in run), None)
        if name and tokens[place].lower.endswith("ed"):
            yield tokens[place].stem, name


def _is_same(verb: str, other: str) -> bool:
    return verb == other or says(verb, frozenset({other})) or says(other, frozenset({verb}))


def find_turned_times(claim: Statement, said: Statement) -> Iterator[tuple[str, str]]:
    """The "before" or "after" of the claim, with the opposite, where what stands behind both is the same."""
    for word, opposite in (("before", "after"), ("after", "before")):
        behind, front = _beside(word, claim)[1], _beside(opposite, said)
        both = any(token.lower == word for token in said.tokens)
        if behind and not both and len(behind & front[1]) > len(behind & front[0]):
            yield word, opposite


def find_turned_result(claim: Statement, said: Statement) -> tuple[str, str] | None:
    """The verbs of two scores by which another has won, "lost 3-5" and "beat her 5-3"; None where they agree."""
    mine, theirs = _find_result(claim), _find_result(said)
    if mine is None or theirs is None:
        return None
    same = not mine.who.isdisjoint(theirs.who)
    return (mine.verb, theirs.verb) if same != (mine.won == theirs.won) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Result:
    """Who is told first to have won or lost, by which word."""

    who: frozenset[str]
    won: bool
    verb: str


def _find_result(statement: Statement) -> _Result | None:
    scored = any(one.lead == "-" for one in statement.figures.quantities)
    names = statement.names
    if statement.opener and not knows(statement.opener):
        names = ((statement.opener,), *names)
    if not scored or not names:
        return None
    for place, token in enumerate(statement.tokens):
        if token.stem in _WON or token.stem == _LOST:
            passive = any(one.lower in BEING for one in statement.tokens[max(place - 2, 0) : place])
            return _Result(who=frozenset(names[0]), won=token.stem != _LOST and not passive, verb=token.text)
    return None


def _beside(word: str, statement: Statement) -> tuple[set[str], set[str]]:
    """The terms in front of a word and behind it, as far as they can belong to it."""
    tokens = statement.tokens
    place = next((place for place, token in enumerate(tokens) if token.lower == word), None)
    if place is None:
        return set(), set()
    carrying = set(statement.sequence)
    terms = [term_of(tokens, each) for each in range(len(tokens))]
    front, behind = terms[max(place - _REACH, 0) : place], terms[place + 1 : place + 1 + _REACH]
    return carrying & set(front), carrying & set(behind)


def _passives(statement: Statement) -> frozenset[str]:
    """What is told to have been done to somebody: "was arrested", "being held"."""
    tokens = statement.tokens
    return frozenset(
        term_of(tokens, place + 1)
        for place, token in enumerate(tokens[:-1])
        if token.lower in BEING and tokens[place + 1].lower.endswith(("ed", "en", "t", "wn"))
        and tokens[place + 1].lower not in ("not", "set", "just", "about", "yet", "but")
    )


def _changed_over(
    mine: Sequence[str], theirs: Sequence[str], names: set[str], *, passive: frozenset[str]
) -> Iterator[tuple[str, str]]:
    """Two names of which each stands behind, or before, the word that the other stands at in the other sentence."""
    kept = names | passive
    for turned in (1, -1):
        own, other = (
            {(word, name) for word, name in pairwise(each[::turned]) if name in names and word not in kept}
            for each in (mine, theirs)
        )
        moved = sorted(own - other)
        for number, (word, name) in enumerate(moved):
            for second, another in moved[number + 1 :]:
                if word != second and {(word, another), (second, name)} <= other:
                    yield name, another


def _between(
    sequence: Sequence[str], names: set[str]
) -> list[tuple[frozenset[str], tuple[str, ...], frozenset[str]]]:
    """Each two names with the words between them, where there are any."""
    runs = [(named, tuple(group)) for named, group in groupby(sequence, key=names.__contains__)]
    return [
        (frozenset(left), words, frozenset(right))
        for (named, left), (_, words), (_, right) in zip(runs, runs[1:], runs[2:], strict=False)
        if named
    ]
