"""The keys of a service: made, listed and revoked in one file of the data folder, which holds no secret."""

import hashlib
import hmac
import os
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, get_args

from filelock import FileLock
from pydantic import AwareDatetime, BaseModel, ConfigDict, TypeAdapter, ValidationError

from ingest.errors import UsageError
from ingest.syncing import sync
from service.errors import BrokenKeys, UnknownKey
from service.origins import read_origin

KEYS = "keys.json"
LOCK = ".keys.lock"
PREFIX, PUBLIC_PREFIX = "fn_", "pk_"
RATE = re.compile(r"[1-9]\d{0,8}/(second|minute|hour|day)")
LONGEST_NAME = 100

Scope = Literal["ask", "ingest", "admin"]
SCOPES: tuple[Scope, ...] = get_args(Scope)


class Key(BaseModel):
    """What a service knows of a key. `admin` may do everything; the other scopes only what they name.

    A key with `origins` is public: it stands in their pages, so it is no secret and is kept as it is. With `rate`, that
    is how many requests may be made with it, for a public key by each reader.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    name: str
    scopes: tuple[Scope, ...]
    sha256: str
    created_at: AwareDatetime
    origins: tuple[str, ...] = ()
    rate: str | None = None
    public: str | None = None

    def allows(self, scope: Scope) -> bool:
        return scope in self.scopes or "admin" in self.scopes


_KEYS: TypeAdapter[tuple[Key, ...]] = TypeAdapter(tuple[Key, ...])


@dataclass(frozen=True, slots=True, kw_only=True)
class NewKey:
    """A key that was just made; its secret is shown once and kept nowhere."""

    key: Key
    secret: str


class KeyRing:
    """The keys of a data folder. A change is seen by a running service at its next request."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / KEYS
        self._read: tuple[tuple[int, int, int] | None, tuple[Key, ...]] = (None, ())

    def list(self) -> tuple[Key, ...]:
        """Every key, in the order in which they were made; BrokenKeys where the file cannot be read."""
        try:
            status = self._path.stat()
        except FileNotFoundError:
            return ()
        state = (status.st_mtime_ns, status.st_size, status.st_ino)
        if self._read[0] != state:
            try:
                self._read = (state, _KEYS.validate_json(self._path.read_bytes()))
            except (OSError, ValidationError) as error:
                raise BrokenKeys(
                    f"{self._path} cannot be read; restore it, or remove it and run: footnote keys create"
                ) from error
        return self._read[1]

    def find(self, secret: str) -> Key | None:
        """The key with this secret, None where there is none. Takes as long for a wrong one as for a right one."""
        digest = _hash(secret)
        found = None
        for key in self.list():
            if hmac.compare_digest(key.sha256, digest):
                found = key
        return found

    def create(
        self, name: str, scopes: Sequence[str], *, origins: Sequence[str] = (), rate: str | None = None
    ) -> NewKey:
        """Make a key, with origins a public one; UsageError says what cannot be used of what is given."""
        if not name.strip() or len(name) > LONGEST_NAME or not name.isprintable():
            raise UsageError(f"Give the key a printable name of 1 to {LONGEST_NAME} characters.")
        allowed = tuple(scope for scope in SCOPES if scope in scopes)
        if unknown := set(scopes) - set(SCOPES):
            raise UsageError(f"{min(unknown)!r} is no scope; the scopes are {', '.join(SCOPES)}.")
        if origins and allowed != ("ask",):
            raise UsageError("A public key stands in a page, for everybody to read: its scope can only be ask.")
        if rate is not None and not RATE.fullmatch(rate):
            raise UsageError(f"{rate!r} is no rate; write it as 30/minute, or for a second, an hour or a day.")
        secret = (PUBLIC_PREFIX if origins else PREFIX) + secrets.token_urlsafe(32)
        key = Key(
            id=f"key_{secrets.token_hex(4)}", name=name.strip(), scopes=allowed,
            sha256=_hash(secret), created_at=datetime.now(UTC), public=secret if origins else None, rate=rate,
            origins=tuple(dict.fromkeys(map(read_origin, origins))),
        )
        with self._changing():
            self._write((*self.list(), key))
        return NewKey(key=key, secret=secret)

    def revoke(self, key_id: str) -> Key:
        """Remove a key; UnknownKey where there is none of this id."""
        with self._changing():
            keys = self.list()
            gone = next((key for key in keys if key.id == key_id), None)
            if gone is None:
                raise UnknownKey(f"There is no key {key_id!r}; `footnote keys list` shows the ids.")
            self._write(tuple(key for key in keys if key.id != key_id))
        return gone

    def _changing(self) -> FileLock:
        self._folder.mkdir(parents=True, exist_ok=True)
        return FileLock(self._folder / LOCK)

    def _write(self, keys: tuple[Key, ...]) -> None:
        pending = self._path.with_suffix(".new")
        pending.unlink(missing_ok=True)
        with open(os.open(pending, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(_KEYS.dump_json(keys, indent=1))
        sync(pending)
        pending.rename(self._path)
        sync(self._folder)


def _hash(secret: str) -> str:
    """Of 256 random bits: nothing slower than SHA-256 is needed against guessing."""
    return hashlib.sha256(secret.encode("utf-8", errors="replace")).hexdigest()
