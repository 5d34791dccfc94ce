"""Numbers in, the places of bars, lines and labels in an SVG out; every point lies within the drawing's box."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.report import Summary

WIDTH, HEIGHT = 460.0, 300.0  # of a plot; small, so that its letters are legible on a phone
LEFT, RIGHT, TOP, BOTTOM = 50.0, 14.0, 18.0, 46.0
LINE = 200.0  # the length of an interval's line
EDGE = 4.0  # room for a mark at its ends
LONGEST_PATH = 400
BINS = 32
LEAST_PART, ROOM_FOR_DIGIT = 0.5, 1.9  # of a bar of the length 100, on a phone
STEPS = (1, 2, 2.5, 5, 10)  # between ticks, by the power of ten


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A number on an axis."""

    at: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A named point of a plot; `anchor` is how its label lies to it, as SVG has it."""

    x: float
    y: float
    label: str
    anchor: str = "start"


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle, with the name of its colour."""

    x: float
    y: float
    width: float
    height: float
    kind: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """A chart with two axes: a line through points, or bars, or neither where there is nothing to show."""

    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    path: str = ""
    bars: tuple[Box, ...] = ()
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Whisker:
    """A value between the ends of its interval, on a line of the length LINE; `zero` is where a reference stands."""

    low: float
    at: float
    high: float
    zero: float | None = None


def place_summary(summary: Summary, *, reference: float | None = None) -> Whisker | None:
    """A share on a line from 0 to 1; None where there is no value."""
    if summary.value is None:
        return None
    return place_interval(summary.value, summary.low, summary.high, bounds=(0.0, 1.0), reference=reference)


def place_interval(
    value: float, low: float | None, high: float | None, *, bounds: tuple[float, float], reference: float | None = None
) -> Whisker:
    """A value and its interval on a line between two bounds; without an interval, all three are one."""
    def place(number: float) -> float:
        share = (number - bounds[0]) / ((bounds[1] - bounds[0]) or 1.0)
        return round(EDGE + min(max(share, 0.0), 1.0) * (LINE - 2 * EDGE), 1)

    return Whisker(
        low=place(value if low is None else low), at=place(value), high=place(value if high is None else high),
        zero=None if reference is None else place(reference),
    )


def place_percentiles(stages: Mapping[str, Mapping[str, float | None]]) -> dict[str, Whisker]:
    """Each stage's p50 to p99 with p95 as the value, on one line from 0 to the slowest."""
    longest = max((each["p99"] or 0.0 for each in stages.values()), default=0.0)
    return {
        name: place_interval(each["p95"] or 0.0, each["p50"], each["p99"], bounds=(0.0, longest))
        for name, each in stages.items()
    }


def stack(counts: Mapping[str, int]) -> tuple[Box, ...]:
    """One bar of the length 100 in parts as long as their counts; each that is not 0 can be seen."""
    parts = {name: count for name, count in counts.items() if count}
    total, free = sum(parts.values()), 100 - LEAST_PART * len(parts)
    boxes, x = [], 0.0
    for name, count in parts.items():
        length = LEAST_PART + free * count / total
        label = f"{count:,}" if length > ROOM_FOR_DIGIT * (len(str(count)) + 1) else ""
        boxes.append(Box(x=round(x, 2), y=0, width=round(length, 2), height=100, kind=name, label=label))
        x += length
    return tuple(boxes)


def plot_risk(points: Sequence[tuple[float, float]], *, now: tuple[float, float] | None) -> Plot:
    """Risk over coverage, both as shares, and where the service answers `now`."""
    top, step = _scale(max([risk for _, risk in points] + ([now[1]] if now else []), default=1.0))
    marks = []
    if now:
        x, y = _x(now[0]), _y(now[1] / top)
        left = x > WIDTH / 2
        marks.append(Mark(x=x, y=y, label="answers given now", anchor="end" if left else "start"))
    thinned = _thin(points)
    return Plot(
        x_ticks=tuple(Tick(at=_x(share / 4), label=f"{25 * share} %") for share in range(5)),
        y_ticks=tuple(Tick(at=_y(one / top), label=f"{100 * one:.3g} %") for one in _count_up(top, step)),
        path=_join([(_x(coverage), _y(risk / top)) for coverage, risk in thinned]), marks=tuple(marks),
    )


def plot_times(values: Sequence[float], percentiles: Mapping[str, float | None]) -> Plot:
    """How many answers took how long, up to a little beyond p99, with a rule at each percentile."""
    longest = percentiles.get("p99") or 0.0
    if not values or longest <= 0:
        return Plot(x_ticks=(), y_ticks=())
    end, step = _scale(longest)
    bins = [0] * BINS
    for value in values:
        if value <= end:
            bins[min(int(value / end * BINS), BINS - 1)] += 1
    most, rise = _scale(max(bins))
    pitch = (WIDTH - LEFT - RIGHT) / BINS
    bars = tuple(
        Box(x=round(LEFT + number * pitch + 0.5, 1), y=_y(count / most), width=round(pitch - 1, 1),
            height=round(_y(0) - _y(count / most), 1))
        for number, count in enumerate(bins) if count
    )
    marks = tuple(
        Mark(x=_x(value / end), y=TOP + 17 * number, label=f"{name} {_milliseconds(value)}",
             anchor="end" if value > end * 0.6 else "start")
        for number, (name, value) in enumerate(percentiles.items()) if value is not None
    )
    return Plot(
        x_ticks=tuple(Tick(at=_x(one / end), label=f"{one:,.4g}") for one in _count_up(end, step)),
        y_ticks=tuple(Tick(at=_y(one / most), label=f"{one:,.4g}") for one in _count_up(most, rise)),
        bars=bars, marks=marks,
    )


def _x(share: float) -> float:
    return round(LEFT + min(max(share, 0.0), 1.0) * (WIDTH - LEFT - RIGHT), 1)


def _y(share: float) -> float:
    return round(HEIGHT - BOTTOM - min(max(share, 0.0), 1.0) * (HEIGHT - TOP - BOTTOM), 1)


def _scale(value: float) -> tuple[float, float]:
    """A round step and the first of its multiples that is not smaller than the value, at most five steps away."""
    if value <= 0:
        return 1.0, 1.0
    power = 10.0 ** math.floor(math.log10(value / 5))
    step = next(one * power for one in STEPS if one * power * 5 >= value * (1 - 1e-9))
    return step * math.ceil(value / step - 1e-9), step


def _count_up(top: float, step: float) -> list[float]:
    return [number * step for number in range(round(top / step) + 1)]


def _thin(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """At most LONGEST_PATH of the points and the last one."""
    stride = math.ceil(len(points) / LONGEST_PATH) or 1
    return [*points[::stride], *points[-1:]] if points else []


def _join(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points) if points else ""


def _milliseconds(value: float) -> str:
    return f"{value:,.0f} ms" if value >= 10 or value == int(value) else f"{value:.3g} ms"
