"""A data folder in, the right to write to it out: one process at a time, by name."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from pydantic import BaseModel, ConfigDict, PositiveInt, ValidationError

from ingest.errors import Locked

LOCK = ".lock"
OWNER = ".owner.json"


class Owner(BaseModel):
    """The process that writes to a folder. A service adds its address and the token of this machine's commands."""

    model_config = ConfigDict(frozen=True)
    pid: PositiveInt
    url: str | None = None
    token: str | None = None

    def __str__(self) -> str:
        return f"process {self.pid}" if self.url is None else f"the service at {self.url} (process {self.pid})"


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Hold the folder's lock; Locked names the process that holds it. The kernel frees it however the owner ends."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        # OSError, not Timeout, where the folder cannot be written: the caller says what it means there.
        with FileLock(folder / LOCK, timeout=0):
            announce(folder, Owner(pid=os.getpid()))
            try:
                yield
            finally:
                (folder / OWNER).unlink(missing_ok=True)
    except Timeout as error:
        owner = read_owner(folder)
        remedy = "stop it first" if owner and owner.url else "wait until it is done"
        raise Locked(
            f"{folder} is being written by {owner or 'another process'}; {remedy}, or use another --data folder."
        ) from error


def announce(folder: Path, owner: Owner) -> None:
    """Tell other processes of this user who writes to the folder: for the process that holds the lock."""
    pending = folder / f"{OWNER}.new"
    pending.unlink(missing_ok=True)
    with open(os.open(pending, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(owner.model_dump_json(exclude_none=True))
    pending.rename(folder / OWNER)


def read_owner(folder: Path) -> Owner | None:
    """Who announced itself last; it may have been killed since. None where nobody did, or it cannot be read."""
    try:
        return Owner.model_validate_json((folder / OWNER).read_bytes())
    except (OSError, ValidationError):
        return None
