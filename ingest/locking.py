"""A data folder in, the right to write to it out: one process at a time, by name."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from ingest.errors import Locked

LOCK = ".lock"
OWNER = ".owner.json"


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Hold the folder's lock; Locked names the process that holds it. The kernel frees it however the owner ends."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        # OSError, not Timeout, where the folder cannot be written: the caller says what it means there.
        with FileLock(folder / LOCK, timeout=0):
            (folder / OWNER).write_text(json.dumps({"pid": os.getpid()}), encoding="utf-8")
            yield
    except Timeout as error:
        raise Locked(
            f"{folder} is being written by {_owner(folder)}; wait until it is done, or use another --data folder."
        ) from error


def _owner(folder: Path) -> str:
    try:
        return f"process {int(json.loads((folder / OWNER).read_text(encoding='utf-8'))['pid'])}"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"
