"""A feedback store in, nothing in it that is too old: a thread of a service that looks every hour."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

from ingest.errors import FootnoteError
from service.feedback import FeedbackStore

HOUR = 3_600.0


@contextmanager
def forgetting(store: FeedbackStore, *, warn: Callable[[str], None], every: float = HOUR) -> Iterator[None]:
    """Inside, votes that are too old are forgotten: now, and again and again."""
    stopping = Event()

    def look() -> None:
        while True:
            try:
                store.forget_old()
            except (FootnoteError, sqlite3.Error, OSError) as error:
                warn(f"Old feedback cannot be deleted ({error})")
            if stopping.wait(every):
                return

    thread = Thread(target=look, name="retention", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopping.set()
        thread.join()
