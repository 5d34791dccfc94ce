"""Values of questions in, intervals and tests out: resampled by article, since questions share articles."""

import math
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import stats

RESAMPLES = 10_000
SET_RESAMPLES = 1_000  # of measures that are no means, which cannot be computed for many resamples at once
FLIPS = 9_999
SEED = 0
BATCH_CELLS = 4_000_000  # numbers that are held at once
LEVEL = 0.95
Z = float(stats.norm.ppf((1 + LEVEL) / 2))

Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
Numbers = np.ndarray[tuple[int], np.dtype[np.intp]]
Method = Literal["bca", "wilson", "percentile", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """Where the value would lie over other questions of the kind, 95 %; `method` says how it was found.

    Both ends are None where nothing can be said, as of a single value that is neither 0 nor 1.
    """

    low: float | None
    high: float | None
    method: Method


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One run against another on the same questions: `delta` is the second minus the first."""

    delta: float
    interval: Interval
    p: float
    wins: int
    losses: int
    ties: int
    detectable: float  # the smallest difference that would be told from noise


NOTHING = Interval(low=None, high=None, method="none")


def find_interval(values: Sequence[float], clusters: Sequence[str]) -> Interval:
    """The interval of a mean: BCa over clusters; where that fails, Wilson's for 0/1 values, else the percentiles."""
    if not values:
        return NOTHING
    sums, counts = _sum_by_cluster(values, clusters)
    varies = len(sums) > 1 and len(set(values)) > 1
    bca = _bootstrap(sums, counts, method="BCa") if varies else None
    if bca is not None:
        return Interval(low=bca[0], high=bca[1], method="bca")
    if all(value in (0.0, 1.0) for value in values):
        found = stats.binomtest(round(sum(values)), len(values)).proportion_ci(LEVEL, method="wilson")
        return Interval(low=float(found.low), high=float(found.high), method="wilson")
    return _find_percentiles(sums, counts)


def find_set_interval(
    measure: Callable[[Numbers], float | None], clusters: Sequence[str]
) -> Interval:
    """The interval of a measure of a whole set, which is given the numbers of its questions: percentiles over clusters.

    A resample to which the measure does not apply is left out.
    """
    members = [np.asarray(group, dtype=np.intp) for group in _members(clusters)]
    if len(members) < 2:
        return NOTHING
    chosen = np.random.default_rng(SEED).integers(len(members), size=(SET_RESAMPLES, len(members)))
    found = (measure(np.concatenate([members[row] for row in rows])) for rows in chosen)
    values = [value for value in found if value is not None]
    if not values:
        return NOTHING
    low, high = np.percentile(values, [50 * (1 - LEVEL), 50 * (1 + LEVEL)])
    return Interval(low=float(low), high=float(high), method="percentile")


def compare_paired(before: Sequence[float], after: Sequence[float], clusters: Sequence[str]) -> Difference:
    """Test whether two runs differ on the same questions, at least one: sign flips of whole clusters."""
    deltas = [new - old for old, new in zip(before, after, strict=True)]
    sums, _ = _sum_by_cluster(deltas, clusters)
    return Difference(
        delta=sum(deltas) / len(deltas), interval=_find_delta_interval(deltas, clusters), p=_flip_signs(sums),
        wins=sum(delta > 0 for delta in deltas), losses=sum(delta < 0 for delta in deltas),
        ties=sum(delta == 0 for delta in deltas), detectable=find_detectable(deltas, clusters),
    )


def correct_holm(p_values: Mapping[str, float]) -> dict[str, float]:
    """Holm's adjusted p-values: the chance of any false alarm among all of them stays at the level."""
    adjusted: dict[str, float] = {}
    highest = 0.0
    for place, name in enumerate(sorted(p_values, key=lambda name: p_values[name])):
        highest = max(highest, min(1.0, p_values[name] * (len(p_values) - place)))
        adjusted[name] = highest
    return {name: adjusted[name] for name in p_values}


def find_detectable(deltas: Sequence[float], clusters: Sequence[str]) -> float:
    """The smallest mean difference whose interval would leave out 0, given how the differences spread by article."""
    sums, _ = _sum_by_cluster(deltas, clusters)
    return Z * math.sqrt(float((sums**2).sum())) / len(deltas)


def expect_detectable(questions: int, *, differing: float = 0.1) -> float:
    """The same before a second run exists, where this share of the answers will differ: 6.2 points of 100 questions."""
    return Z * math.sqrt(differing / questions)


def _find_delta_interval(deltas: Sequence[float], clusters: Sequence[str]) -> Interval:
    """As of any mean; all differences equal is exactly that difference, since nothing varies between the runs."""
    if len(set(deltas)) == 1:
        return Interval(low=deltas[0], high=deltas[0], method="percentile")
    sums, counts = _sum_by_cluster(deltas, clusters)
    bca = _bootstrap(sums, counts, method="BCa") if len(sums) > 1 else None
    return _find_percentiles(sums, counts) if bca is None else Interval(low=bca[0], high=bca[1], method="bca")


def _find_percentiles(sums: Array, counts: Array) -> Interval:
    found = _bootstrap(sums, counts, method="percentile") if len(sums) > 1 else None
    return NOTHING if found is None else Interval(low=found[0], high=found[1], method="percentile")


def _bootstrap(sums: Array, counts: Array, *, method: Literal["BCa", "percentile"]) -> tuple[float, float] | None:
    """The interval of the mean over clusters; None where the method cannot say, as BCa of equal resamples."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # scipy warns of what we find in its NaN
        found = stats.bootstrap(
            (sums, counts), _ratio, paired=True, vectorized=True, method=method, n_resamples=RESAMPLES,
            confidence_level=LEVEL, batch=max(1, BATCH_CELLS // len(sums)), rng=np.random.default_rng(SEED),
        )
    low, high = float(found.confidence_interval.low), float(found.confidence_interval.high)
    return None if math.isnan(low) or math.isnan(high) else (low, high)


def _ratio(sums: Array, counts: Array, axis: int = -1) -> Array:
    return np.asarray(sums.sum(axis=axis) / counts.sum(axis=axis), dtype=np.float64)


def _flip_signs(sums: Array) -> float:
    """Two-sided p of the sum; never 0, since the observed signs count among the random ones."""
    moved = sums[sums != 0]  # a difference of 0 has no sign
    if len(moved) < 2:
        return 1.0  # the only other pattern of a single sign is as extreme
    found = stats.permutation_test(
        (moved,), lambda flipped, axis: flipped.sum(axis=axis), permutation_type="samples", vectorized=True,
        n_resamples=FLIPS, batch=max(1, BATCH_CELLS // len(moved)), rng=np.random.default_rng(SEED),
    )
    return float(found.pvalue)


def _sum_by_cluster(values: Sequence[float], clusters: Sequence[str]) -> tuple[Array, Array]:
    members = _members(clusters)
    sums = np.array([math.fsum(values[one] for one in group) for group in members])
    return sums, np.array([float(len(group)) for group in members])


def _members(clusters: Sequence[str]) -> list[list[int]]:
    groups: dict[str, list[int]] = {}
    for number, cluster in enumerate(clusters):
        groups.setdefault(cluster, []).append(number)
    return list(groups.values())
