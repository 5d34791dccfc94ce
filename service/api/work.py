"""Blocking work in, its result out, off the event loop: so much at a time, so much waiting, and the rest refused."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import anyio
from anyio import to_thread

from service.errors import Overloaded

DEADLINE = 30.0  # seconds that work may take with its waiting

Result = TypeVar("Result")


class Patience:
    """Tells work in a thread whether nobody waits for it any more: called, it says so once `seconds` have passed."""

    def __init__(self, seconds: float = DEADLINE) -> None:
        self._end = time.monotonic() + seconds
        self._gone = False

    def __call__(self) -> bool:
        return self._gone or self.is_over

    @property
    def is_over(self) -> bool:
        """Whether it took too long."""
        return time.monotonic() > self._end

    def give_up(self) -> None:
        """Whoever waited has gone."""
        self._gone = True


class Desk:
    """A queue with a few threads behind it."""

    def __init__(self, *, threads: int, waiting: int) -> None:
        self._limiter = anyio.CapacityLimiter(threads)
        self._room = threads + waiting
        self._admitted = 0  # not the limiter's counts: they lag where many come in one turn of the loop

    @property
    def waiting(self) -> int:
        """How many wait for a thread."""
        return self._limiter.statistics().tasks_waiting

    @property
    def working(self) -> int:
        """How many threads are at work."""
        return self._limiter.statistics().borrowed_tokens

    @property
    def admitted(self) -> int:
        """How many have a place: those that wait, are worked on, or are still being told the result."""
        return self._admitted

    @contextmanager
    def admit(self) -> Iterator[None]:
        """A place until the end of the block; Overloaded, before any work, where too many have one already."""
        if self._admitted >= self._room:
            raise Overloaded(f"{self.waiting} requests are waiting already; ask again in a second.")
        self._admitted += 1
        try:
            yield
        finally:
            self._admitted -= 1

    async def run(self, work: Callable[[], Result]) -> Result:
        """Do it in a thread, as one who was not admitted yet; Overloaded also after `DEADLINE`."""
        with self.admit():
            return await self.work(work)

    async def work(self, work: Callable[[], Result]) -> Result:
        """Do it in a thread, for one who was admitted; Overloaded after `DEADLINE`."""
        try:
            with anyio.fail_after(DEADLINE):
                return await to_thread.run_sync(work, limiter=self._limiter)
        except TimeoutError as error:
            raise too_slow() from error


def too_slow() -> Overloaded:
    """What is said where the deadline has passed."""
    return Overloaded(f"This was not done after {DEADLINE:.0f} s; ask again later.")
