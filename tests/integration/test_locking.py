"""One process writes to a data folder at a time; readers take no lock."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.catalog import Catalog
from ingest.errors import Locked
from ingest.locking import LOCK, writing
from tests.builders import ENCODER, make_draft, record
from tests.command import ROOT, Command

HOLD = """
import sys, time
from pathlib import Path
from ingest.locking import writing
from ingest.recording import Recorder
with writing(Path(sys.argv[1])), Recorder(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def owner(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that holds the lock."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(folder)], stdout=subprocess.PIPE, cwd=ROOT)
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    yield process
    process.kill()
    process.communicate()


def test_second_writer_is_refused_at_once_by_the_number_of_the_first(
    folder: Path, owner: subprocess.Popen[bytes]
) -> None:
    started = time.monotonic()
    with pytest.raises(Locked, match=rf"being written by process {owner.pid}; wait until it is done, or use another"):
        writing(folder).__enter__()
    assert time.monotonic() - started < 1


def test_command_that_would_write_says_who_writes(
    folder: Path, owner: subprocess.Popen[bytes], footnote: Command, tmp_path: Path
) -> None:
    (tmp_path / "bridge.txt").write_text("The bridge of Wexcombe reopened on Monday.", encoding="utf-8")
    done = footnote("ingest", tmp_path / "bridge.txt", "--data", folder)
    assert done.code == 2
    assert f"process {owner.pid}" in done.err
    assert "Traceback" not in done.err


def test_lock_of_a_killed_process_is_free(folder: Path, owner: subprocess.Popen[bytes]) -> None:
    os.kill(owner.pid, signal.SIGKILL)
    owner.wait()
    assert (folder / LOCK).exists()
    with writing(folder):
        pass


def test_readers_need_no_lock(folder: Path) -> None:
    from ingest.recording import Recorder

    with writing(folder), Recorder(folder) as recorder:
        record(recorder, ENCODER, make_draft())
        with Catalog(folder) as reader:
            assert reader.counts().articles == 1


def test_lock_is_free_after_an_error(folder: Path) -> None:
    with pytest.raises(RuntimeError), writing(folder):
        raise RuntimeError
    with writing(folder):
        pass


def test_owner_that_cannot_be_read_is_another_process(folder: Path, owner: subprocess.Popen[bytes]) -> None:
    for content in ("", "{}", "[]", '{"pid": null}', "\x00"):
        (folder / ".owner.json").write_text(content, encoding="utf-8")
        with pytest.raises(Locked, match="being written by another process"):
            writing(folder).__enter__()


def test_folder_that_is_a_file_is_an_error_of_the_system(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("", encoding="utf-8")
    with pytest.raises(OSError, match="exists"):
        writing(tmp_path / "data").__enter__()
