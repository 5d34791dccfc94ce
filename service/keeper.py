"""A data folder that changes in, its indexes up to date out: the one thread of a service that builds them."""

from collections.abc import Callable
from pathlib import Path
from threading import Event, Lock, Thread

from ingest.projections import SMALL_DELTA, Projected, catch_up, sweep
from ingest.recording import Recorder
from service.pool import AnswererPool

SETTLE = 1.0  # seconds after a change: further changes are indexed together with it
RETRY = 30.0  # seconds between two looks for faults, and after a failure; twice as long after each further one
LONGEST_RETRY = 3_600.0
BULK_DELTA = 10_000  # passages that wait for the next generation while a bulk ingest runs


class Keeper:
    """Indexes what was written, soon; builds a new generation where the delta has grown or the old one is bad.

    What it has not done yet is searched from memory, so nothing waits for it. `reasons` say why answers are slower
    than they should be; empty where all is well.
    """

    def __init__(self, folder: Path, pool: AnswererPool, *, warn: Callable[[str], None]) -> None:
        self._folder = folder
        self._pool = pool
        self._warn = warn
        self._changed = Event()
        self._stopping = Event()
        self._tending = Lock()
        self._failure: str | None = None
        self._bulk = 0
        self._thread = Thread(target=self._run, name="keeper", daemon=True)

    @property
    def reasons(self) -> tuple[str, ...]:
        return (*self._pool.faults, *((self._failure,) if self._failure else ()))

    def start(self) -> None:
        self._thread.start()
        if self._pool.faults:
            self._changed.set()

    def stop(self, *, seconds: float) -> bool:
        """End after the work at hand; False where that takes longer than this (a killed build harms nothing)."""
        self._stopping.set()
        self._changed.set()
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def notice(self) -> None:
        """Something was written."""
        self._changed.set()

    def notice_bulk(self, change: int) -> None:
        """A bulk ingest begins (1) or ends (-1)."""
        self._bulk += change

    def tend(self) -> Projected:
        """Bring the indexes up to date and let the pool take them up; returns when that is done."""
        with self._tending, Recorder(self._folder) as recorder:
            small_delta = BULK_DELTA if self._bulk else SMALL_DELTA
            done = catch_up(recorder, small_delta=small_delta, distrust=bool(self._pool.faults))
            self._pool.refresh()
            sweep(self._folder)
            return done

    def try_to_tend(self) -> None:
        """The same; what prevents it is among the `reasons`, and tried again."""
        try:
            self.tend()
            self._failure = None
        except Exception as error:  # noqa: BLE001  the edge of the thread: without it nothing is indexed any more
            self._failure = f"The indexes cannot be brought up to date ({str(error) or type(error).__name__})"
            self._warn(self._failure)

    def _run(self) -> None:
        pause = RETRY
        while not self._stopping.is_set():
            woken = self._changed.wait(pause)
            if self._stopping.wait(SETTLE):
                return
            if woken or self.reasons:
                self._changed.clear()
                self.try_to_tend()
            pause = min(pause * 2, LONGEST_RETRY) if self.reasons else RETRY
