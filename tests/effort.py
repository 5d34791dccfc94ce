"""Work on a small and on a larger input in, whether the larger one costs no more than its size asks for out."""

import time
from collections.abc import Callable

LARGER = 4
RUNS = 3  # the best counts: what else the machine does only adds
SLACK = 2.5  # times as much as linear work; quadratic work takes 4 times as much
FLOOR = 0.01  # seconds of work that nothing can be told from


def grows_linearly(work: Callable[[int], object], *, size: int) -> bool:
    """Whether four times the size costs this thread about four times the work: its own work, not the time it waits."""
    large = _cost(work, size * LARGER)
    return large < FLOOR or large <= max(_cost(work, size), FLOOR / LARGER) * LARGER * SLACK


def _cost(work: Callable[[int], object], size: int) -> float:
    costs = list[float]()
    for _ in range(RUNS):
        started = time.thread_time()
        work(size)
        costs.append(time.thread_time() - started)
    return min(costs)
