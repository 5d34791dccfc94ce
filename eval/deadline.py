"""Seconds in, a block that ends with TimeoutError when they are over out: for work in this process's main thread."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Interrupt the block after so many seconds; what runs in a library is interrupted when it returns to Python."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise TimeoutError(f"it took longer than {seconds:g} seconds")

    former = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, former)
