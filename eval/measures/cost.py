"""Milliseconds in, percentiles by stage out; the first question of a process, which pays for loading, stands apart."""

from collections.abc import Mapping, Sequence

import numpy as np

PERCENTILES = (50, 95, 99)


def percentiles(values: Sequence[float]) -> dict[str, float | None]:
    """p50, p95 and p99, interpolated; None where nothing was measured."""
    if not values:
        return {f"p{one}": None for one in PERCENTILES}
    found = np.percentile(values, PERCENTILES)
    return {f"p{one}": round(float(value), 3) for one, value in zip(PERCENTILES, found, strict=True)}


def by_stage(timings: Sequence[Mapping[str, float]]) -> dict[str, dict[str, float | None]]:
    """The percentiles of each stage that any question names, in order of first appearance."""
    stages = dict.fromkeys(stage for timing in timings for stage in timing)
    return {stage: percentiles([timing[stage] for timing in timings if stage in timing]) for stage in stages}
