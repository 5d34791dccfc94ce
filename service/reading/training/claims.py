"""Claims about sentences and a trained model in, the bounds between which it leaves a claim open out."""

from collections.abc import Callable, Sequence

import numpy as np

from service.reading.reader_card import ClaimBounds
from service.reading.training.examples import Example

FALSELY_SAID = 0.1  # of the claims that their sentences do not make: what may reach the upper bound
FALSELY_DENIED = 0.02  # of those that they do make: what may stay below the lower one


def bound_claims(claims: Sequence[Example], weigh: Callable[[str, str], float]) -> ClaimBounds:
    """The bounds for claims that the model has not learned from, some of them made by their sentences, some not.

    `weigh` gives the model's log odds that a claim is made by a text: `SpanModel.weigh_claim`.
    """
    made = [weigh(one.question, one.context) for one in claims if one.spans]
    others = [weigh(one.question, one.context) for one in claims if not one.spans]
    said, lowest = float(np.quantile(others, 1 - FALSELY_SAID)), float(np.quantile(made, FALSELY_DENIED))
    return ClaimBounds(said=round(said, 3), open=round(min(said, lowest), 3))
