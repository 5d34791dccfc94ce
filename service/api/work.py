"""Blocking work in, its result out, off the event loop: so much at a time, so much waiting, and the rest refused."""

from collections.abc import Callable
from typing import TypeVar

import anyio
from anyio import to_thread

from service.errors import Overloaded

DEADLINE = 30.0  # seconds that work may take with its waiting

Result = TypeVar("Result")


class Desk:
    """A queue with a few threads behind it."""

    def __init__(self, *, threads: int, waiting: int) -> None:
        self._limiter = anyio.CapacityLimiter(threads)
        self._room = waiting

    @property
    def waiting(self) -> int:
        """How many wait for a thread."""
        return self._limiter.statistics().tasks_waiting

    @property
    def working(self) -> int:
        """How many threads are at work."""
        return self._limiter.statistics().borrowed_tokens

    async def run(self, work: Callable[[], Result]) -> Result:
        """Do it in a thread. Overloaded, before any work, where too many wait already; and after `DEADLINE`."""
        if self.waiting >= self._room and self._limiter.available_tokens < 1:
            raise Overloaded(f"{self.waiting} requests are waiting already; ask again in a second.")
        try:
            with anyio.fail_after(DEADLINE):
                return await to_thread.run_sync(work, limiter=self._limiter)
        except TimeoutError as error:
            raise Overloaded(f"This was not done after {DEADLINE:.0f} s; ask again later.") from error
