"""What a sentence claims and what another says in, negations and hedges that one has and the other lacks out."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from service.verifying.idioms import is_settled
from service.verifying.lexicon import says
from service.verifying.marking import NEGATION, TOO, YET, Marker
from service.verifying.reasons import Kind, Reason
from service.verifying.statements import Statement, term_of
from service.verifying.wording import DUE, FUTURE, HEDGES, PENDING, PROOF, WEAKER

_COMING = (DUE, FUTURE, HEDGES["would"], HEDGES["plan"])  # these are told in many ways, so they are not counted
ALIKE = 0.9  # of the words: from here on, all negations and hedges must be the same


def check_markers(claim: Statement, said: Statement) -> Iterator[Reason]:
    """Negations and hedges of the one that the other has not, on words that both have; and any that the claim adds."""
    claim, said = _without_settled(claim, said), _without_settled(said, claim)
    for theirs in said.markers:
        if theirs.head in claim.terms and not _is_kept(theirs, claim, said):
            yield Reason(kind=_kind(theirs), text=f"without “{theirs.shown}”", rival=theirs.shown)
    for mine in claim.markers:
        if not _is_said(mine, claim, said):
            yield Reason(kind=_kind(mine), text=mine.shown)
    mine_all, theirs_all = (
        sorted(one.kind for one in each.markers if one.verb in ("", YET) and one.kind not in _COMING)
        for each in (claim, said)
    )
    negated = sum(one.kind == NEGATION and not one.verb for one in claim.markers)
    denies = negated and negated + _count_verbs(claim, said) > theirs_all.count(NEGATION) + _count_verbs(said, claim)
    if denies or (_is_alike(claim, said) and mine_all != theirs_all):
        kind: Kind = "negation" if mine_all.count(NEGATION) != theirs_all.count(NEGATION) else "hedge"
        yield Reason(kind=kind, text="as often as there")


def _without_settled(own: Statement, other: Statement) -> Statement:
    return replace(own, markers=tuple(one for one in own.markers if not is_settled(one, own, other)))


def _count_verbs(one: Statement, other: Statement) -> int:
    """How many verbs negate in one sentence and not in the other: "stopped" may stand there for a "not"."""
    verbs = {marker.verb for marker in one.markers if marker.kind == NEGATION and marker.verb}
    return sum(verb not in other.raw and not says(verb, other.raw) for verb in verbs)


def _is_kept(theirs: Marker, claim: Statement, said: Statement) -> bool:
    """Whether the claim says with the same reserve what the sentence says with it."""
    if _is_repeated(theirs, claim):
        return True
    if theirs.kind == NEGATION and any(one.kind == NEGATION and one.head not in said.terms for one in claim.markers):
        return True
    if theirs.kind in (FUTURE, DUE) and _is_present(theirs.head, claim):
        return True
    return _is_marked(theirs, claim.markers, by=_proved_by(theirs.kind), of=claim)


def _is_repeated(marker: Marker, other: Statement) -> bool:
    """Whether a verb that negates, or "yet to", stands in the other sentence too, in these or other words."""
    if marker.verb == YET and not PENDING.isdisjoint(other.raw):
        return True
    return bool(marker.verb) and (marker.verb in other.raw or says(marker.verb, other.raw))


def _is_present(term: str, claim: Statement) -> bool:
    """Whether a verb stands in the present, which also tells what is to come: "it reopens in May"."""
    return any(
        term_of(claim.tokens, place) == term and token.lower.endswith(("s", "ing")) and token.stem != token.lower
        for place, token in enumerate(claim.tokens)
    )


def _proved_by(kind: int) -> frozenset[int]:
    """The kinds of hedges that a claim may have in the place of one that was said: the same, or one that says less."""
    return frozenset({kind, *(weaker for weaker, stronger in WEAKER.items() if kind in stronger)})


def _is_said(mine: Marker, claim: Statement, said: Statement) -> bool:
    if _is_repeated(mine, said):
        return True
    denied = any(one.kind == NEGATION and not one.verb and one.shown != TOO for one in said.markers)
    if mine.verb and (mine.head not in said.terms or denied):
        return True  # a word like others, which is looked for among them; or it says "no longer" in one word
    if not PROOF.get(mine.kind, frozenset()).isdisjoint(said.raw):
        return True
    return _is_marked(mine, said.markers, by=frozenset({mine.kind}) | WEAKER.get(mine.kind, frozenset()), of=said)


def _is_marked(marker: Marker, others: Sequence[Marker], *, by: frozenset[int], of: Statement) -> bool:
    """Whether a marker of such a kind stands there on the same word, or on any where `of` does not have that word."""
    return any(
        one.kind in by
        and (
            one.head == marker.head or marker.head in one.scope or one.head in marker.scope
            or marker.head not in of.terms
        )
        for one in others
    )


def _is_alike(claim: Statement, said: Statement) -> bool:
    mine, theirs = set(claim.sequence), set(said.sequence)
    return len(mine & theirs) >= ALIKE * max(len(mine), len(theirs))


def _kind(marker: Marker) -> Kind:
    return "negation" if marker.kind == NEGATION else "hedge"
