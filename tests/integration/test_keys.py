"""The keys of a data folder: made, found by their secret, revoked at once, and only their hashes kept."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ingest.errors import UsageError
from service.errors import BrokenKeys, UnknownKey
from service.keys import KEYS, KeyRing


def test_folder_without_keys_has_none(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path / "nothing")
    assert ring.list() == ()
    assert ring.find("fn_anything") is None
    assert not (tmp_path / "nothing").exists()


def test_key_is_found_by_its_secret_and_by_no_other(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path / "data")
    one, other = ring.create("one", ["ask"]), ring.create("other", ["ingest", "ask"])
    assert ring.find(one.secret) == one.key
    assert ring.find(other.secret) == other.key
    assert other.key.scopes == ("ask", "ingest")
    for wrong in ("", one.secret[:-1], one.secret + "x", one.secret.upper(), one.key.id, one.key.sha256, "\ud800"):
        assert ring.find(wrong) is None


@pytest.mark.parametrize(
    ("scope", "allowed"),
    [("ask", {"ask"}), ("ingest", {"ingest"}), ("admin", {"ask", "ingest", "admin"})],
)
def test_administrator_may_do_everything_and_others_what_they_are_for(
    tmp_path: Path, scope: str, allowed: set[str]
) -> None:
    key = KeyRing(tmp_path).create("one", [scope]).key
    assert {other for other in ("ask", "ingest", "admin") if key.allows(other)} == allowed


def test_file_holds_no_secret_and_is_for_its_owner_only(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path)
    secrets = [ring.create(name, ["ask"]).secret for name in ("one", "two")]
    assert len(set(secrets)) == 2
    stored = (tmp_path / KEYS).read_text(encoding="utf-8")
    assert not any(secret.removeprefix("fn_") in stored for secret in secrets)
    assert stat.S_IMODE((tmp_path / KEYS).stat().st_mode) == 0o600


def test_change_is_seen_by_whoever_has_the_ring_open(tmp_path: Path) -> None:
    running, command = KeyRing(tmp_path), KeyRing(tmp_path)
    assert running.list() == ()
    made = command.create("one", ["ask"])
    assert running.find(made.secret) == made.key
    command.revoke(made.key.id)
    assert running.find(made.secret) is None


def test_keys_that_are_made_at_the_same_time_are_all_kept(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda number: KeyRing(tmp_path).create(f"key {number}", ["ask"]), range(24)))
    assert {key.id for key in KeyRing(tmp_path).list()} == {one.key.id for one in made}


@pytest.mark.parametrize("name", ["", "  ", "x" * 101, "a\nb", "a\x00b"])
def test_key_needs_a_name_that_can_be_printed(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="printable name"):
        KeyRing(tmp_path).create(name, ["ask"])


def test_scope_that_is_none_of_ours_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="'everything' is no scope"):
        KeyRing(tmp_path).create("one", ["ask", "everything"])
    assert KeyRing(tmp_path).list() == ()


def test_unknown_key_cannot_be_revoked(tmp_path: Path) -> None:
    with pytest.raises(UnknownKey, match="key_none"):
        KeyRing(tmp_path).revoke("key_none")


def test_damaged_file_is_an_error_and_no_empty_ring(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path)
    ring.create("one", ["ask"])
    (tmp_path / KEYS).write_text("[]]", encoding="utf-8")
    with pytest.raises(BrokenKeys, match="cannot be read"):
        ring.list()
