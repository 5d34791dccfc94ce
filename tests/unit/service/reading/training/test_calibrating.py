"""A calibration turns features into probabilities, with a threshold that refuses no more than it may."""

import pytest

from service.reading.training.calibrating import REFUSED, Weighed, fit


def _question(best: float, *, answerable: bool) -> Weighed:
    return Weighed(
        features=({"span": best, "noise": 0.0}, {"span": -5.0, "noise": 1.0}), right=(answerable, False),
        answerable=answerable,
    )


def test_scores_that_tell_right_from_wrong_become_probabilities_that_do() -> None:
    asked = [_question(2 + place / 100, answerable=True) for place in range(100)]
    asked += [_question(-2 - place / 100, answerable=False) for place in range(50)]
    made = fit(asked, reader_id="reader")
    assert made.card.weights["span"] > 0
    assert made.card.probability({"span": 3.0, "noise": 0.0}) > 0.9
    assert made.card.probability({"span": -3.0, "noise": 0.0}) < 0.1
    assert made.falsely_refused == pytest.approx(REFUSED, abs=0.01)
    assert made.rejected == 1.0


@pytest.mark.parametrize("asked", [[], [_question(2, answerable=True)], [_question(2, answerable=False)]])
def test_questions_of_one_kind_alone_calibrate_nothing(asked: list[Weighed]) -> None:
    with pytest.raises(ValueError, match="no question"):
        fit(asked, reader_id="reader")
