"""A run's progress in, a bar with rate and time left out; plain lines where nobody watches."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from eval.runner import Observer, RunProgress

PLAIN_SECONDS = 10.0


@contextmanager
def show_run(console: Console) -> Iterator[Observer]:
    """Give an observer that draws a bar on a terminal, and a line every ten seconds elsewhere."""
    if not console.is_terminal:
        yield _PlainLines(console)
        return
    bar = Progress(
        TextColumn("asking"), BarColumn(bar_width=None), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(), console=console, transient=True,
    )
    with bar:
        task = bar.add_task("asking", total=None, rate="")
        started = time.monotonic()

        def observe(progress: RunProgress) -> None:
            first = bar.tasks[0].fields.setdefault("first", progress.done)
            rate = (progress.done - first) / max(time.monotonic() - started, 1e-9)
            failed = f", {progress.errors} failed" if progress.errors else ""
            bar.update(task, completed=progress.done, total=progress.total, rate=f"{rate:.1f}/s{failed}")

        yield observe


class _PlainLines:
    """Prints how far a run is, at most every ten seconds."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._first: int | None = None
        self._last = self._start = time.monotonic()

    def __call__(self, progress: RunProgress) -> None:
        if self._first is None:
            self._first = progress.done
            self._start = time.monotonic()
        now = time.monotonic()
        if now - self._last < PLAIN_SECONDS:
            return
        self._last = now
        rate = (progress.done - self._first) / max(now - self._start, 1e-9)
        left = f", about {(progress.total - progress.done) / rate:.0f} s left" if rate else ""
        line = f"{progress.done:,} of {progress.total:,} questions, {progress.errors} failed, {rate:.1f}/s{left}"
        self._console.print(Text(line), soft_wrap=True)
