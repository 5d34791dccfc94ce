"""`kill -9` at any moment: what was acknowledged is there, nothing is half there, the next run finishes the work."""

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ingest import doctor
from ingest.catalog import Catalog
from ingest.generations import CURRENT
from ingest.lexical import LexicalIndex, content_terms
from ingest.projections import catch_up, index_folder, is_unfinished, lexical_folder
from ingest.recording import Recorder
from ingest.vectors import VectorIndex
from tests.builders import ALL, ENCODER, make_sentence, make_title, run_ingest, write_corpus
from tests.command import ROOT, Command

ARTICLES = 150
SHARE = 30  # of them, that are new to each run of the command
SECONDS = 120  # after which a child that was not killed is stuck

# An ingest in steps that a parent can count: a line for every report of progress.
INGEST = """
import sys
from datetime import date
from pathlib import Path
from ingest.article import Metadata
from ingest.locking import writing
from ingest.pipeline import Ingest
from ingest.recording import Recorder
from tests.builders import ENCODER
folder = Path(sys.argv[1])
def tell(progress):
    print(progress.step, progress.articles, flush=True)
with writing(folder), Recorder(folder) as recorder:
    run = Ingest(recorder, ENCODER, today=date(2026, 3, 1), observe=tell)
    run.run([Path(sys.argv[2])], given=Metadata(), max_article_bytes=1_000_000)
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return _write(tmp_path / "corpus.jsonl", ARTICLES)


def _write(path: Path, count: int, *, first: int = 0) -> Path:
    """Articles of one passage, each with words of its own in title and text."""
    numbers = range(first, first + count)
    return write_corpus(
        path,
        [{"id": f"n{number}", "title": make_title(number), "text": make_sentence(number)} for number in numbers],
    )


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT, env=environment, start_new_session=True
    )


def _kill(process: subprocess.Popen[bytes]) -> bool:
    """Kill a process with its children; whether it was still running."""
    running = process.poll() is None
    if running:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=SECONDS)
    return running


def _count(data: Path) -> int:
    if not (data / "catalog.sqlite3").exists():
        return 0
    with Recorder(data) as catalog:  # the folder may hold a catalog without a schema
        return catalog.counts().articles


def _check(data: Path) -> int:
    """The catalog is sound and holds whole articles only, which all are found by their titles; how many there are."""
    with Recorder(data) as catalog:
        assert catalog.faults() == []
        assert [finding.remedy for finding in _first(doctor.examine(catalog), 3)] == [None, None, None]
        lexical = LexicalIndex(lexical_folder(data), catalog)
        vectors = VectorIndex(index_folder(data), catalog, warm=False)
        articles = list(catalog.every_article())
        for article in articles:
            assert article.metadata.title is not None
            (vector,) = ENCODER.encode([f"{article.metadata.title}\n{article.text}"])
            for hits in (
                lexical.search(content_terms(article.metadata.title), limit=5, filters=ALL),
                vectors.search(vector, limit=5, filters=ALL) if catalog.encoder_id == ENCODER.id else None,
            ):
                if hits is not None:
                    stored = catalog.passages_of([key for key, _ in hits])
                    assert article.id in {one.passage.article_id for one in stored.values()}
        assert len({article.id for article in articles}) == len(articles) == catalog.counts().articles
        return len(articles)


def _first(findings: Iterator[doctor.Finding], count: int) -> list[doctor.Finding]:
    return [next(findings) for _ in range(count)]


def _wait_for_build(data: Path) -> None:
    deadline = time.monotonic() + SECONDS
    while not list(index_folder(data).glob("building-*")):
        assert time.monotonic() < deadline
        time.sleep(0.002)


@pytest.mark.parametrize("seed", [1, 2])
def test_ingest_that_is_killed_again_and_again_loses_nothing_that_was_acknowledged(
    data: Path, tmp_path: Path, seed: int
) -> None:
    """Killed soon after a random report of progress: many are about a commit, the last is about the indexes."""
    corpus, chosen, acknowledged, kills = _write(tmp_path / "corpus.jsonl", 1_500), random.Random(seed), 0, 0
    for _ in range(8):
        process = _start([sys.executable, "-c", INGEST, str(data), str(corpus)])
        assert process.stdout is not None
        for _ in range(chosen.randrange(1, 120)):
            line = process.stdout.readline().decode()
            acknowledged = max(acknowledged, int(line.rsplit(" ", 1)[-1] or 0) if line else 0)
            if not line or line.startswith("building the index"):
                break
        time.sleep(chosen.random() * chosen.choice((0.01, 0.4, 2)))
        kills += _kill(process)
        assert _count(data) >= acknowledged
    assert kills >= 4
    _check(data)
    report = run_ingest(data, ENCODER, corpus)
    assert report.failed == ()
    assert (report.added + report.unchanged, _check(data)) == (1_500, 1_500)
    with Catalog(data) as catalog:
        assert [finding.remedy for finding in doctor.examine(catalog)] == [None] * 5


def test_command_that_is_killed_again_and_again_is_finished_by_the_next(
    data: Path, tmp_path: Path, footnote: Command
) -> None:
    """Killed in the first build of a generation, then at random moments of runs that each find new articles."""
    chosen, kills, news = random.Random(4), 0, tmp_path / "news"
    command = [sys.executable, "-c", "from eval.cli import app; app()", "ingest", str(news), "--data", str(data)]
    for first in range(0, ARTICLES * 2, SHARE):
        _write(news / f"{first}.jsonl", SHARE, first=first)
        process = _start(command)
        if first:
            time.sleep(0.3 + chosen.random() * 1.5)
        else:
            _wait_for_build(data)
        kills += _kill(process)
    assert kills >= 4
    assert _check(data) >= SHARE
    done = footnote("ingest", news, "--data", data, "--json")
    assert done.code == 0, done.err
    assert (done.json["went_in"], done.json["failed"]) == (ARTICLES * 2, [])
    assert _check(data) == ARTICLES * 2
    assert footnote("doctor", "--data", data).code == 0
    for number in (0, 77, ARTICLES * 2 - 1):
        answer = footnote("ask", make_title(number), "--data", data, "--json").json
        assert f"n{number}" in {source["article_id"] for source in answer["sources"]}


@pytest.mark.parametrize("pause", [0, 0.3, 1])
def test_kill_while_a_generation_is_built_leaves_a_folder_that_the_doctor_mends(
    data: Path, corpus: Path, footnote: Command, pause: float
) -> None:
    process = _start([sys.executable, "-c", INGEST, str(data), str(corpus)])
    _wait_for_build(data)
    time.sleep(pause)
    _kill(process)
    assert _check(data) == ARTICLES
    done = footnote("doctor", "--data", data)
    assert done.code == 0, done.out + done.err
    assert sorted(path.name for path in index_folder(data).iterdir()) == [CURRENT, "bm25", "gen-000001"]


def _drop_pointer(index: Path) -> None:
    (index / CURRENT).unlink()


def _leave_new_pointer(index: Path) -> None:
    (index / CURRENT).rename(index / f"{CURRENT}.new")


def _leave_half_a_build(index: Path) -> None:
    (index / CURRENT).unlink()
    (index / "building-a1b2").mkdir()
    (index / "gen-000001").rename(index / "building-a1b2" / "gen-000001")


@pytest.mark.parametrize("state", [_drop_pointer, _leave_new_pointer, _leave_half_a_build])
def test_each_state_between_two_steps_of_publishing_is_finished(
    own_small: Path, state: Callable[[Path], None]
) -> None:
    state(index_folder(own_small))
    assert _check(own_small) == 60
    with Recorder(own_small) as recorder:
        assert is_unfinished(recorder)
        catch_up(recorder)
        assert not is_unfinished(recorder)
        assert [finding.remedy for finding in doctor.examine(recorder)] == [None] * 5


def test_generation_and_pointer_are_on_disk_before_the_rename_that_publishes_them(own_small: Path) -> None:
    """What `kill -9` cannot show, because it keeps the cache of the system: the order of fsync and rename."""
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed")
    code = (
        "import sys; from pathlib import Path; from ingest.recording import Recorder; "
        "from ingest.projections import rebuild; rebuild(Recorder(Path(sys.argv[1])))"
    )
    log = own_small.parent / "calls"
    traced = subprocess.run(
        [strace, "-f", "-y", "-o", str(log), "-e", "trace=fsync,rename,renameat,renameat2", sys.executable, "-c", code,
         str(own_small)], cwd=ROOT, capture_output=True, check=False, timeout=SECONDS,
    )
    if traced.returncode != 0 and b"ptrace" in traced.stderr:
        pytest.skip("processes cannot be traced here")
    assert traced.returncode == 0, traced.stderr
    calls = [line for line in log.read_text(encoding="utf-8", errors="replace").splitlines() if "/index" in line]
    published = _find_call(calls, r'rename\w*\(.*CURRENT\.new"?.*/CURRENT"')
    moved = _find_call(calls, r'rename\w*\(.*building-.*/gen-000002"')
    pointer = _find_call(calls, r"fsync\(\d+<.*/CURRENT\.new>")
    inside = [_find_call(calls, rf"fsync\(\d+<.*building-.*/{name}>") for name in ("MANIFEST.json", "chroma.sqlite3")]
    folders = [number for number, line in enumerate(calls) if re.search(r"fsync\(\d+<[^>]*/index>", line)]
    assert max(inside) < moved < pointer < published
    assert any(moved < number < published for number in folders)
    assert any(published < number for number in folders)


def _find_call(calls: list[str], pattern: str) -> int:
    """The place of the last call that matches."""
    return max(number for number, line in enumerate(calls) if re.search(pattern, line))
