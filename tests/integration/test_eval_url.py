"""`footnote eval run --url`: a running service gives the same measures as the same folder in this process."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.locking import read_owner
from tests.command import ROOT, Command
from tests.evaluating import read_answers, read_metrics
from tests.sample_questions import make_rows, write_questions

SECONDS = 60


@contextmanager
def _serve(data: Path, cache: Path) -> Iterator[str]:
    """The address of a service over a data folder, once it has announced itself."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "FOOTNOTE_CACHE": str(cache)}
    process = subprocess.Popen(
        [sys.executable, "-c", "from eval.cli import app; app()", "serve", "--data", str(data), "--port", "0"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT, env=environment,
    )
    try:
        end = time.monotonic() + SECONDS
        while (owner := read_owner(data)) is None or owner.url is None:
            assert process.poll() is None
            assert time.monotonic() < end
            time.sleep(0.05)
        yield owner.url
    finally:
        process.terminate()
        process.wait(timeout=SECONDS)


def test_service_and_process_give_the_same_measures(
    footnote: Command, own_sample: Path, cache: Path, tmp_path: Path
) -> None:
    questions = write_questions(tmp_path / "questions.jsonl", make_rows())
    here = footnote("eval", "run", questions, "--data", own_sample, "--out", "here")
    assert (here.code, here.err) == (0, "")
    key = footnote("keys", "create", "harness", "--scope", "ask", "--data", own_sample).out.strip().splitlines()[-1]
    with _serve(own_sample, cache) as url:
        options = ("--url", url, "--workers", "3", "--out", "served")
        served = footnote("eval", "run", questions, *options, FOOTNOTE_API_KEY=key)
        assert (served.code, served.err) == (0, "")
        refused = footnote("eval", "run", questions, "--url", url, "--out", "refused", FOOTNOTE_API_KEY="another")
        assert (refused.code, "401" in refused.err, "another" in refused.err) == (2, True, False)
    assert key not in (tmp_path / "served" / "manifest.json").read_text(encoding="utf-8")
    measured, expected = read_metrics(tmp_path / "served"), read_metrics(tmp_path / "here")
    assert measured["measures"] == expected["measures"]
    assert measured["slices"] == expected["slices"]
    assert len(read_answers(tmp_path / "served")) == len(make_rows())
    compared = footnote("eval", "compare", "here", "served", "--json")
    assert (compared.code, compared.err) == (0, "")
    assert (compared.json["fixed"], compared.json["broken"], compared.json["changed"]) == ([], [], [])
