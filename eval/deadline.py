"""Work and seconds in, its result or TimeoutError out: done in one thread aside, which is never interrupted.

An interrupted library may hold a lock for ever. So what takes too long goes on by itself, and what comes next waits
until it is done: nothing runs beside it.
"""

from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from threading import Event, Thread
from typing import Self, TypeVar

GRACE = 30.0  # seconds that the end of all work waits for what took too long
Result = TypeVar("Result")


class Aside:
    """One thread that does one thing after the other; it never keeps the process from ending."""

    def __init__(self) -> None:
        self._tasks: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._idle = Event()
        self._idle.set()
        Thread(target=self._work, daemon=True, name="aside").start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._idle.wait(GRACE)

    def call(self, work: Callable[[], Result], *, seconds: float) -> Result:
        """What `work` returns or raises; TimeoutError where it takes longer."""
        if not self._idle.wait(seconds):
            raise TimeoutError(f"the question before it is being answered still, {seconds:g} seconds later")
        self._idle.clear()
        future: Future[Result] = Future()

        def run() -> None:
            try:
                future.set_result(work())
            except BaseException as error:  # noqa: BLE001  it is raised where the work was called for
                future.set_exception(error)

        self._tasks.put(run)
        try:
            return future.result(timeout=seconds)
        except TimeoutError as error:
            raise TimeoutError(str(error) or f"it took longer than {seconds:g} seconds") from error

    def _work(self) -> None:
        while True:
            self._tasks.get()()
            self._idle.set()
