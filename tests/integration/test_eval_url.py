"""`footnote eval run --url`: the same measures as in process, several questions at once."""

from pathlib import Path

import pytest

from eval.in_process import InProcess
from ingest.embedding import OnnxEncoder
from tests.asking import open_answerer
from tests.command import Command
from tests.evaluating import read_answers, read_metrics
from tests.sample_questions import make_rows, write_questions
from tests.serving import serve

KEY = "secret-of-the-test"


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    return write_questions(tmp_path / "questions.jsonl", make_rows())


def test_service_and_process_give_the_same_measures(
    footnote: Command, sample: Path, encoder: OnnxEncoder, questions: Path, tmp_path: Path
) -> None:
    with open_answerer(sample, encoder) as answerer, serve(
        InProcess(answerer), answerer.indexes.catalog, key=KEY
    ) as url:
        options = ("--url", url, "--workers", "3", "--out", "served")
        done = footnote("eval", "run", questions, *options, FOOTNOTE_API_KEY=KEY)
        assert (done.code, done.err) == (0, "")
        refused = footnote("eval", "run", questions, "--url", url, "--out", "refused", FOOTNOTE_API_KEY="another")
        assert (refused.code, "401" in refused.err) == (2, True)
        assert "another" not in refused.err + (tmp_path / "refused" / "manifest.json").read_text(encoding="utf-8")
    assert footnote("eval", "run", questions, "--data", sample, "--out", "here").code == 0
    served, here = read_metrics(tmp_path / "served"), read_metrics(tmp_path / "here")
    assert served["measures"] == here["measures"]
    assert served["slices"] == here["slices"]
    assert len(read_answers(tmp_path / "served")) == 26
    compared = footnote("eval", "compare", "served", "here", "--json")
    assert compared.code == 0, compared.err
    assert (compared.json["fixed"], compared.json["broken"], compared.json["changed"]) == ([], [], [])
