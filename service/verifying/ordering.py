"""Two sentences in, the names that stand in each other's place in one of them out."""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from service.verifying.statements import Statement


def find_turned(claim: Statement, said: Statement) -> Iterator[tuple[str, ...]]:
    """The names that have changed places around the same words: "Canada taxed China", "China taxed Canada"."""
    if _is_passive(claim) != _is_passive(said):
        return
    names = {term for run in claim.names for term in run} | ({claim.opener} if claim.opener else set())
    theirs = _between(said.sequence, names)
    for left, words, right in _between(claim.sequence, names):
        if any(words == same and left & last and right & first and not left & first for first, same, last in theirs):
            yield (*left, *right)
    yield from _changed_over(claim.sequence, said.sequence, names)


def _is_passive(statement: Statement) -> bool:
    """Whether something is told to have been done to somebody: "was arrested", "being held"."""
    tokens = statement.tokens
    return any(
        token.stem == "be" and tokens[place + 1].lower.endswith(("ed", "en", "t", "wn"))
        and tokens[place + 1].lower not in ("not", "set", "just", "about", "yet", "but")
        for place, token in enumerate(tokens[:-1])
    )


def _changed_over(mine: Sequence[str], theirs: Sequence[str], names: set[str]) -> Iterator[tuple[str, str]]:
    """Two names of which each stands behind, or before, the word that the other stands at in the other sentence."""
    for turned in (1, -1):
        own, other = (
            {(word, name) for word, name in pairwise(each[::turned]) if name in names and word not in names}
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
