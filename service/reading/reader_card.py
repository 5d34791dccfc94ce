"""A reader's `reader.json` in, its calibration out: what makes probabilities of the model's scores."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from ingest.errors import ModelError

CARD = "reader.json"
FARTHEST = 30.0  # log odds


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimBounds:
    """The model's log odds from which a text says what a claim says, and below which it does not."""

    said: float
    open: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderCard:
    """What was frozen with a trained model; `weights` are of the features by name, in log odds.

    `claims` is None for a model that never read claims.
    """

    id: str
    threshold: float
    bias: float
    weights: dict[str, float]
    claims: ClaimBounds | None = None

    def probability(self, features: Mapping[str, float]) -> float:
        """The probability of a sentence with these features; a feature that has no weight says nothing."""
        return 1 / (1 + math.exp(-max(-FARTHEST, min(FARTHEST, self.odds(features)))))

    def odds(self, features: Mapping[str, float]) -> float:
        """The log odds behind the probability."""
        return self.bias + sum(weight * features[name] for name, weight in self.weights.items())


_CARD = TypeAdapter(ReaderCard)


def read_card(folder: Path) -> ReaderCard:
    """The calibration of the reader in a folder; ModelError where there is none, or one of another version."""
    try:
        return _CARD.validate_json((folder / CARD).read_bytes())
    except OSError as error:
        raise ModelError(f"{folder} holds no {CARD}; name the folder that training wrote.") from error
    except ValidationError as error:
        faults = error.error_count()
        raise ModelError(f"{folder / CARD} cannot be read ({faults} faults); train the reader again.") from error


def write_card(card: ReaderCard, path: Path) -> None:
    """Keep a calibration, for `read_card`."""
    path.write_bytes(_CARD.dump_json(card, indent=1) + b"\n")
