"""Bounds of claims: where a share of the falsehoods begins, and where a share of the true ones ends."""

from service.reading.training.claims import bound_claims
from service.reading.training.examples import Example


def weigh(claim: str, text: str) -> float:
    """The number that the claim ends with."""
    del text
    return float(claim.split()[-1])


def _claim(odds: float, *, made: bool) -> Example:
    return Example(
        question=f"odds {odds}", context="It rained.", spans=((0, 10),) if made else (), exact=False, part="claim"
    )


def test_bounds_are_set_by_the_tails_of_both_kinds() -> None:
    claims = [_claim(odds, made=True) for odds in range(-5, 96)] + [_claim(odds, made=False) for odds in range(-90, 11)]
    bounds = bound_claims(claims, weigh)
    assert (bounds.said, bounds.open) == (0.0, -3.0)


def test_lower_bound_is_never_above_the_upper_one() -> None:
    claims = [_claim(odds, made=True) for odds in (20, 21)] + [_claim(odds, made=False) for odds in (-20, -21)]
    bounds = bound_claims(claims, weigh)
    assert bounds.open <= bounds.said
