"""Several Answerers over one data folder in, each lent to one thread at a time: what a service answers with."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Condition

from service.answering import Answerer


class AnswererPool:
    """Answerers that share an encoder. Each has its own connection to the catalog, which one thread may use at a time.

    `answerers` may be looked at, and used only while they are lent.
    """

    def __init__(self, answerers: Sequence[Answerer]) -> None:
        self.answerers = tuple(answerers)
        self._idle = list(answerers)
        self._returned = Condition()
        self._wanted: Answerer | None = None

    @contextmanager
    def lend(self) -> Iterator[Answerer]:
        """The use of an Answerer for one question; waits for one to come back where all are lent."""
        with self._returned:
            self._returned.wait_for(lambda: any(one is not self._wanted for one in self._idle))
            answerer = next(one for one in reversed(self._idle) if one is not self._wanted)
            self._idle.remove(answerer)
        try:
            yield answerer
        finally:
            self._give_back(answerer)

    def refresh(self) -> None:
        """Let each Answerer, as soon as nobody uses it, take up what was indexed since; the others answer meanwhile.

        For one thread at a time.
        """
        for answerer in self.answerers:
            with self._returned:
                self._wanted = answerer
                self._returned.wait_for(lambda one=answerer: one in self._idle)  # type: ignore[misc]  # a bound default
                self._idle.remove(answerer)
            try:
                answerer.refresh()
            finally:
                self._wanted = None
                self._give_back(answerer)

    @property
    def faults(self) -> tuple[str, ...]:
        """Why generations are not used where they should be, each reason once; empty where all is well."""
        return tuple(dict.fromkeys(one.indexes.vectors.fault for one in self.answerers if one.indexes.vectors.fault))

    def _give_back(self, answerer: Answerer) -> None:
        with self._returned:
            self._idle.append(answerer)
            self._returned.notify_all()
