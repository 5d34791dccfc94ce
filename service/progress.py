"""An ingest's Progress in, a bar with rate and time left out; plain lines where nobody watches."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.text import Text

from ingest.pipeline import Observer, Progress

PLAIN_SECONDS = 10.0


class _Rate(ProgressColumn):
    """Articles a second since the start."""

    def render(self, task: Task) -> Text:
        articles = int(task.fields["articles"])
        return Text(f"{articles / task.elapsed:,.1f}/s" if articles and task.elapsed else "", style="dim")


@contextmanager
def show_progress(console: Console, *, quiet: bool = False) -> Iterator[Observer]:
    """Give an observer that draws a bar on a terminal, and a line every ten seconds elsewhere."""
    if quiet:
        yield lambda progress: None
    elif console.is_terminal:
        with _make_bar(console) as bar:
            task = bar.add_task("reading", total=None, articles=0, passages=0)
            yield lambda progress: bar.update(
                task, description=progress.step, completed=progress.bytes_read, total=progress.bytes_total or None,
                articles=progress.articles, passages=progress.passages,
            )
    else:
        yield _PlainLines(console)


def _make_bar(console: Console) -> Bar:
    return Bar(
        TextColumn("{task.description:<18}"), BarColumn(bar_width=None), TextColumn("{task.percentage:>3.0f} %"),
        TextColumn("{task.fields[articles]:,} articles, {task.fields[passages]:,} passages"), _Rate(),
        TimeRemainingColumn(), console=console, transient=True,
    )


class _PlainLines:
    """Prints where an ingest is, at most every ten seconds, and each new step."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._last = self._start = time.monotonic()

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        if now - self._last < PLAIN_SECONDS:
            return
        self._last = now
        share = progress.bytes_read / progress.bytes_total if progress.bytes_total else 1.0
        elapsed = now - self._start
        left = f", about {elapsed / share - elapsed:.0f} s left" if 0 < share < 1 else ""
        line = (
            f"{progress.step}: {share:.0%}, {progress.articles:,} articles, {progress.passages:,} passages, "
            f"{progress.articles / elapsed:.1f} articles/s{left}"
        )
        self._console.print(Text(line), soft_wrap=True)
