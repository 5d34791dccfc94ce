"""`footnote eval run`: what it writes, what it refuses, and that a killed run ends as an unbroken one."""

import csv
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.builders import make_sentence, make_title, write_corpus
from tests.command import ROOT, Command, Done
from tests.evaluating import read_answers, read_metrics
from tests.integration.conftest import SAMPLE
from tests.sample_questions import FARMS, make_rows, write_questions

FILES = {"manifest.json", "results.jsonl", "metrics.json", "per_question.csv", "junit.xml", "report.html"}
KILLS = 10
SECONDS = 120
Run = Callable[..., Done]


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    return write_questions(tmp_path / "questions.jsonl", make_rows())


@pytest.fixture
def own_cache(tmp_path: Path, cache: Path) -> Path:
    """A cache with the exported model and without corpora."""
    own = tmp_path / "cache"
    own.mkdir()
    (own / "models").symlink_to(cache / "models")
    return own


def test_run_writes_its_folder_and_says_how_good_the_answers_are(
    footnote: Command, sample: Path, questions: Path, tmp_path: Path
) -> None:
    done = footnote("eval", "run", questions, "--data", sample, "--out", "run")
    assert done.code == 0
    assert all(" of 26 questions, 0 failed" in line for line in done.err.splitlines())  # a slow machine tells how far
    folder = tmp_path / "run"
    assert {path.name for path in folder.iterdir()} == FILES
    metrics = json.loads((folder / "metrics.json").read_text(encoding="utf-8"))
    assert (metrics["n"], metrics["n_error"]) == (26, 0)
    measures = metrics["measures"]
    assert measures["quote_exact"]["value"] == 1
    assert measures["contains"]["value"] == 1.0
    assert measures["contains"]["n"] == 14
    assert measures["rejection_rate"]["n"] == 12
    assert measures["hit@10"] == {"value": 1, "n": 2, "low": pytest.approx(0.342, abs=0.001), "high": 1,
                                  "interval": "wilson"}  # fmt: skip
    assert metrics["slices"]["before"]["n"] == 6
    assert metrics["latency_ms"]["p50"] <= metrics["latency_ms"]["p95"] <= metrics["latency_ms"]["p99"]
    assert len(metrics["latency_ms"]["cold"]) == 1
    with (folder / "per_question.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["id"] for row in rows] == sorted(str(row["id"]) for row in make_rows())
    assert {row["rung"] for row in rows} <= {"right", "wrong_answer", "answered_unanswerable"}
    suite = ElementTree.parse(folder / "junit.xml").getroot()
    assert (suite.get("tests"), suite.get("errors")) == ("26", "0")
    for words in ("contains", "26 questions:", "95 % interval"):
        assert words in done.out


def test_second_run_is_the_same_but_for_timings_ids_and_time_stamps(
    footnote: Command, sample: Path, questions: Path, tmp_path: Path
) -> None:
    for name in ("one", "two"):
        assert footnote("eval", "run", questions, "--data", sample, "--out", name).code == 0
    assert read_answers(tmp_path / "one") == read_answers(tmp_path / "two")
    assert read_metrics(tmp_path / "one") == read_metrics(tmp_path / "two")
    compared = footnote("eval", "compare", "one", "two", "--json").json
    assert {one["delta"] for one in compared["measures"].values()} == {0}
    assert compared["fixed"] == compared["broken"] == compared["changed"] == []
    done = footnote("eval", "compare", "one", "two", "--html", "page.html")
    assert (done.code, done.err) == (0, "")
    assert "0 fixed, 0 broken" in (tmp_path / "page.html").read_text(encoding="utf-8")
    assert footnote("eval", "compare", "one", "two", "--html", "missing/page.html").code == 2


def test_run_that_is_killed_again_and_again_ends_as_an_unbroken_one(
    footnote: Command, sample: Path, questions: Path, tmp_path: Path
) -> None:
    chosen, killed = random.Random(5), 0
    assert footnote("eval", "run", questions, "--data", sample, "--out", "whole").code == 0
    command = ["eval", "run", str(questions), "--data", str(sample), "--out", str(tmp_path / "cut")]
    for number in range(KILLS):
        process = _start([*command, *(["--resume"] if number else [])], footnote)
        if number % 3 == 0:
            time.sleep(0.3 + chosen.random())
        else:
            _wait_for_lines(tmp_path / "cut" / "results.jsonl", process, more=chosen.randint(1, 3))
        killed += _kill(process)
    assert killed >= KILLS // 2
    with (tmp_path / "cut" / "results.jsonl").open("ab") as stream:
        stream.write(b'{"id":"a05","status":"ok","answ')
    done = footnote(*command, "--resume")
    assert (done.code, done.err) == (0, "")
    assert read_metrics(tmp_path / "cut") == read_metrics(tmp_path / "whole")
    assert read_answers(tmp_path / "cut") == read_answers(tmp_path / "whole")


def test_ingest_that_was_cut_off_is_finished_before_anything_is_asked(tmp_path: Path, own_cache: Path) -> None:
    footnote = Command(folder=tmp_path, cache=own_cache)
    corpus = write_corpus(
        tmp_path / "corpus.jsonl",
        [{"id": f"n{n}", "title": make_title(n), "text": make_sentence(n)} for n in range(900)],
    )
    rows: list[dict[str, object]] = [
        {"id": f"q{n}", "question": make_title(n), "answers": [f"Report {n}"], "doc_ids": [f"n{n}"], "answerable": True}
        for n in (3, 450, 899)
    ]
    questions = write_questions(tmp_path / "questions.jsonl", rows)
    command = ["eval", "run", str(questions), "--corpus", str(corpus), "--out", str(tmp_path / "run")]
    process = _start(command, footnote)
    deadline = time.monotonic() + SECONDS
    while not list(own_cache.glob("evaluation/*/catalog.sqlite3")):
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.01)
    time.sleep(0.5)
    assert _kill(process)
    assert not list(own_cache.glob("evaluation/*/complete"))
    done = footnote(*command, "--resume")
    assert done.code == 0, done.err
    metrics = json.loads((tmp_path / "run" / "metrics.json").read_text(encoding="utf-8"))
    assert metrics["fingerprint"]["articles"] == 900
    assert metrics["measures"]["hit@10"]["value"] == 1
    assert len(list(own_cache.glob("evaluation/*/complete"))) == 1


def test_changed_questions_articles_or_code_are_named_and_not_continued(
    footnote: Command, own_sample: Path, questions: Path, tmp_path: Path
) -> None:
    command = ("eval", "run", questions, "--data", own_sample, "--out", "run")
    assert footnote(*command, "--limit", "3").code == 0
    done = footnote(*command, "--resume")
    assert done.code == 2
    assert "questions, questions_sha256, selection.limit" in done.err
    assert footnote("articles", "delete", "after-the-summit.txt", "--data", own_sample).code == 0
    done = footnote(*command, "--limit", "3", "--resume")
    assert done.code == 2
    assert "articles, articles_sha256, passages, passages_sha256" in done.err
    manifest = tmp_path / "run" / "manifest.json"
    recorded = json.loads(manifest.read_text(encoding="utf-8"))
    recorded["fingerprint"]["code_sha256"] = "0" * 64
    manifest.write_text(json.dumps(recorded), encoding="utf-8")
    done = footnote(*command, "--limit", "3", "--resume")
    assert (done.code, "code_sha256" in done.err) == (2, True)


def test_folder_that_holds_a_run_is_not_overwritten(footnote: Command, sample: Path, questions: Path) -> None:
    command = ("eval", "run", questions, "--data", sample, "--out", "run", "--limit", "2")
    assert footnote(*command).code == 0
    done = footnote(*command)
    assert done.code == 2
    assert "--resume" in done.err


def test_empty_index_is_an_error_and_never_a_score(
    footnote: Command, own_sample: Path, questions: Path, tmp_path: Path
) -> None:
    listed = footnote("articles", "list", "--data", own_sample, "--json").json
    assert footnote("articles", "delete", *(one["article_id"] for one in listed), "--data", own_sample).code == 0
    for data in (own_sample, tmp_path / "nothing"):
        done = footnote("eval", "run", questions, "--data", data, "--out", "run")
        assert done.code == 2
        assert "no articles" in done.err
    assert not (tmp_path / "run" / "metrics.json").exists()


def test_gold_articles_that_are_not_there_stop_the_run_unless_allowed(
    footnote: Command, sample: Path, tmp_path: Path
) -> None:
    rows = make_rows()[:2]
    rows[0]["doc_ids"] = ["gone"]
    questions = write_questions(tmp_path / "questions.jsonl", rows)
    command = ("eval", "run", questions, "--data", sample, "--out", "run")
    done = footnote(*command)
    assert (done.code, "'gone'" in done.err, "--allow-missing" in done.err) == (2, True, True)
    assert footnote(*command, "--allow-missing").code == 0
    assert read_metrics(tmp_path / "run")["n"] == 2


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ((), "exactly one of"),
        (("--corpus", SAMPLE, "--data", "news"), "exactly one of"),
        (("--data", "news", "--workers", "2"), "--url"),
        (("--url", "http://127.0.0.1:9", "--given"), "--given"),
        (("--data", "news", "--max-errors", "many"), "'many'"),
        (("--url", "http://127.0.0.1:9"), "footnote serve"),
        (("--corpus", "nowhere.jsonl"), "There is no corpus nowhere.jsonl"),
    ],
)
def test_what_cannot_be_run_is_explained(
    footnote: Command, questions: Path, options: tuple[str | Path, ...], words: str
) -> None:
    done = footnote("eval", "run", questions, "--out", "run", *options)
    assert done.code == 2
    assert words in done.err
    assert len(done.err.strip().splitlines()) == 1


def test_questions_can_be_limited_sampled_and_sliced(
    footnote: Command, sample: Path, questions: Path, tmp_path: Path
) -> None:
    def ids(name: str, *options: str) -> list[str]:
        assert footnote("eval", "run", questions, "--data", sample, "--out", name, *options).code == 0
        lines = (tmp_path / name / "results.jsonl").read_text(encoding="utf-8").splitlines()
        return [json.loads(line)["id"] for line in lines]

    assert ids("first", "--limit", "2") == ["a01", "a02"]
    assert ids("slice", "--slice", "before", "--limit", "2") == ["d01", "d02"]
    one, same, other = (ids(f"s{n}", "--sample", "3", "--seed", seed) for n, seed in enumerate(("1", "1", "2")))
    assert one == same != other
    assert len(one) == 3
    done = footnote("eval", "run", questions, "--data", sample, "--out", "none", "--slice", "weather")
    assert (done.code, "before, dates, elsewhere, fact" in done.err) == (2, True)


def test_questions_that_take_too_long_are_counted_and_too_many_end_the_run(
    footnote: Command, sample: Path, questions: Path, tmp_path: Path
) -> None:
    command = ("eval", "run", questions, "--data", sample, "--out", "run", "--limit", "4")
    done = footnote(*command, "--timeout", "0.001")
    assert done.code == 2
    assert "1 of 4 questions failed" in done.err
    assert not (tmp_path / "run" / "metrics.json").exists()
    done = footnote(*command, "--timeout", "0.001", "--max-errors", "100%", "--resume")
    assert done.code == 0
    metrics = read_metrics(tmp_path / "run")
    assert (metrics["n"], metrics["n_error"]) == (4, 4)
    assert footnote(*command, "--resume").code == 0
    metrics = read_metrics(tmp_path / "run")
    assert (metrics["n"], metrics["n_error"]) == (4, 0)


def test_given_articles_answer_alone(footnote: Command, sample: Path, tmp_path: Path) -> None:
    rows = [row for row in make_rows() if "doc_ids" in row]
    council = rows[0]["doc_ids"]
    rows.append({"id": "g03", "question": FARMS, "answers": ["412"], "doc_ids": council, "answerable": True})
    rows.append({"id": "g04", "question": "How tall is Mount Everest?", "answerable": False})
    questions = write_questions(tmp_path / "questions.jsonl", rows)
    assert footnote("eval", "run", questions, "--data", sample, "--out", "run", "--given").code == 0
    lines = [json.loads(line) for line in (tmp_path / "run" / "results.jsonl").read_text("utf-8").splitlines()]
    assert [line["id"] for line in lines] == ["g01", "g02", "g03"]
    for line in lines:
        assert {source["article_id"] for source in line["answer"]["sources"]} <= set(line["gold"]["doc_ids"])
        assert line["ranked"] is None
    assert "hit@10" not in json.loads((tmp_path / "run" / "metrics.json").read_text("utf-8"))["measures"]


def test_results_alone_can_be_measured_anew(
    footnote: Command, sample: Path, questions: Path, tmp_path: Path
) -> None:
    assert footnote("eval", "run", questions, "--data", sample, "--out", "run", "--limit", "5").code == 0
    before = read_metrics(tmp_path / "run")
    for name in FILES - {"manifest.json", "results.jsonl"}:
        (tmp_path / "run" / name).unlink()
    shutil.move(tmp_path / "run", tmp_path / "moved")
    questions.unlink()
    done = footnote("eval", "rescore", "moved")
    assert (done.code, done.err) == (0, "")
    assert read_metrics(tmp_path / "moved") == before
    lines = (tmp_path / "moved" / "results.jsonl").read_bytes().splitlines(keepends=True)
    (tmp_path / "moved" / "results.jsonl").write_bytes(b"".join(lines[:3]))
    done = footnote("eval", "rescore", "moved")
    assert (done.code, "3 of 5 questions" in done.err) == (2, True)


def test_matrix_runs_each_variant_and_prints_them_side_by_side(
    footnote: Command, sample: Path, questions: Path, tmp_path: Path
) -> None:
    done = footnote("eval", "matrix", questions, "--data", sample, "--out", "matrix", "--limit", "3")
    assert done.code == 0, done.err
    names = {path.name for path in (tmp_path / "matrix").iterdir()}
    assert names == {"as-used", "plain-bm25", "plain-dense", "matrix.md"}
    (tmp_path / "variants.yaml").write_text("read: {given: true}\nwords: {ranking: bm25}\n", encoding="utf-8")
    options = ("--variants", "variants.yaml", "--slice", "dates", "--out", "two")
    done = footnote("eval", "matrix", questions, "--data", sample, *options)
    assert done.code == 0, done.err
    table = (tmp_path / "two" / "matrix.md").read_text(encoding="utf-8")
    assert [line.split(" | ")[0] for line in table.splitlines()[2:]] == ["| read", "| words"]
    (tmp_path / "variants.yaml").write_text("fast: {speed: 9}\n", encoding="utf-8")
    done = footnote("eval", "matrix", questions, "--data", sample, *options)
    assert (done.code, "fast.speed" in done.err) == (2, True)


def test_questions_are_asked_with_the_same_typos_in_every_run(
    footnote: Command, sample: Path, questions: Path, tmp_path: Path
) -> None:
    (tmp_path / "variants.yaml").write_text("once: {typos: 2}\nagain: {typos: 2}\nclean: {}\n", encoding="utf-8")
    options = ("--data", sample, "--variants", "variants.yaml", "--limit", "3", "--out", "matrix")
    done = footnote("eval", "matrix", questions, *options)
    assert done.code == 0, done.err
    once, again, clean = (_read_asked(tmp_path / "matrix" / name) for name in ("once", "again", "clean"))
    assert once == again
    assert all(mistyped != asked for mistyped, asked in zip(once, clean, strict=True))
    (tmp_path / "variants.yaml").write_text("fewer: {typos: -1}\n", encoding="utf-8")
    assert footnote("eval", "matrix", questions, *options).code == 2


def _read_asked(run: Path) -> list[str]:
    rows = map(json.loads, (run / "results.jsonl").read_text(encoding="utf-8").splitlines())
    return [row["answer"]["question"] for row in rows]


def _start(arguments: list[str], footnote: Command) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "FOOTNOTE_CACHE": str(footnote.cache)}
    code = "from eval.cli import app; app()"
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT,
        env=environment, start_new_session=True,
    )


def _wait_for_lines(path: Path, process: subprocess.Popen[bytes], *, more: int) -> None:
    """Until the file has so many lines more, or the process has ended."""
    first, deadline = _count_lines(path), time.monotonic() + SECONDS
    while process.poll() is None and _count_lines(path) < first + more:
        assert time.monotonic() < deadline
        time.sleep(0.005)


def _count_lines(path: Path) -> int:
    return path.read_bytes().count(b"\n") if path.exists() else 0


def _kill(process: subprocess.Popen[bytes]) -> bool:
    """Kill a process; whether it was still running."""
    running = process.poll() is None
    if running:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=SECONDS)
    return running
