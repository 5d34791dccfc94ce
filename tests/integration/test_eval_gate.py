"""The gate on a real run: planted regressions are caught, reruns pass, the verdict is the exit code."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from eval.errors import BadGate
from eval.gate import Verdict, read_gate
from eval.gating import apply_gate
from eval.in_process import InProcess
from eval.report import RunReport
from eval.runner import RunOptions
from eval.targets import Target
from ingest.embedding import OnnxEncoder
from ingest.lexical import LexicalIndex
from ingest.projections import lexical_folder
from service.answering import Answerer
from service.conversing.conversation import RuleRewriter
from tests.asking import EverReady, open_answerer
from tests.command import Command
from tests.evaluating import Failing, IgnoredDates, ShiftedSpans, run_target
from tests.sample_questions import make_rows, write_questions

RULES = """
quote_exact: {min: 1.0}
invalid_citation_rate: {max: 0.0}
contains: {min: 0.9, max_drop: 0.02}
rejection_rate: {min: 0.9, max_drop: 0.05}
rejection_rate[before]: {min: 1.0}
false_refusal_rate: {max: 0.1, max_drop: 0.02}
hit@10: {min: 1.0}
"""


@pytest.fixture(scope="module")
def questions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_questions(tmp_path_factory.mktemp("gate") / "questions.jsonl", make_rows())


@pytest.fixture(scope="module")
def target(sample: Path, encoder: OnnxEncoder) -> Iterator[Target]:
    with open_answerer(sample, encoder) as answerer:
        yield InProcess(answerer)


@dataclass(frozen=True, kw_only=True)
class Gate:
    """Rules with a baseline that keeps to them."""

    rules: Path
    baseline: Path

    def judge(self, report: RunReport) -> tuple[Verdict, set[str]]:
        """The verdict, and the rules that fail."""
        result = apply_gate(report, self.rules, baseline=self.baseline, ratchet=False).result
        return result.verdict, {check.key for check in result.checks if check.verdict is Verdict.FAIL}


@pytest.fixture(scope="module")
def gate(target: Target, questions: Path) -> Gate:
    """The product as it is, which passes, is the baseline."""
    gate = Gate(rules=questions.with_name("gate.yaml"), baseline=questions.with_name("baseline.json"))
    gate.rules.write_text(RULES, encoding="utf-8")
    report = run_target(target, questions, questions.with_name("baseline-run"))
    judged = apply_gate(report, gate.rules, baseline=gate.baseline, ratchet=True)
    assert judged.result.verdict is Verdict.PASS, judged.result.checks
    assert gate.baseline.exists()
    return gate


def test_identical_reruns_pass(target: Target, questions: Path, gate: Gate, tmp_path: Path) -> None:
    for number in range(3):
        report = run_target(target, questions, tmp_path / str(number))
        assert gate.judge(report) == (Verdict.PASS, set())


def test_spans_off_by_one_are_caught(
    target: Target, questions: Path, gate: Gate, tmp_path: Path
) -> None:
    report = run_target(ShiftedSpans(target), questions, tmp_path / "run")
    assert report.measures["quote_exact"].value == 0
    verdict, failed = gate.judge(report)
    assert (verdict, "quote_exact" in failed) == (Verdict.FAIL, True)


def test_ignored_dates_are_caught(
    target: Target, questions: Path, gate: Gate, tmp_path: Path
) -> None:
    verdict, failed = gate.judge(run_target(IgnoredDates(target), questions, tmp_path / "run"))
    assert (verdict, "rejection_rate[before]" in failed) == (Verdict.FAIL, True)


def test_answering_whatever_is_asked_is_caught(
    sample: Path, encoder: OnnxEncoder, questions: Path, gate: Gate, tmp_path: Path
) -> None:
    with open_answerer(sample, encoder) as plain:
        indexes = plain.indexes
        reader = EverReady(encoder, LexicalIndex(lexical_folder(sample), indexes.catalog))
        target = InProcess(Answerer(encoder=encoder, indexes=indexes, reader=reader, rewriter=RuleRewriter()))
        verdict, failed = gate.judge(run_target(target, questions, tmp_path / "run"))
    assert (verdict, "rejection_rate" in failed) == (Verdict.FAIL, True)


def test_run_in_which_a_question_fails_cannot_be_judged(
    target: Target, questions: Path, gate: Gate, tmp_path: Path
) -> None:
    broken = Failing(target, "How tall is Mount Everest?")
    options = RunOptions(as_of=date(2026, 3, 1), max_errors=1.0)
    report = run_target(broken, questions, tmp_path / "run", options=options)
    assert report.n_error == 1
    lenient = Gate(rules=tmp_path / "lenient.yaml", baseline=gate.baseline)
    lenient.rules.write_text("contains: {min: 0.5}\n", encoding="utf-8")
    assert lenient.judge(report)[0] is Verdict.INCONCLUSIVE


def test_search_by_vectors_alone_is_told_from_the_product(
    sample: Path, encoder: OnnxEncoder, questions: Path, tmp_path: Path
) -> None:
    """The ranking of `matrix`: the same questions, another list."""
    with _open_ranking(sample, encoder) as (fused, dense, bm25):
        named = {"fused": fused, "dense": dense, "bm25": bm25}
        reports = [run_target(one, questions, tmp_path / name) for name, one in named.items()]
    lists = [[[hit.article_id for hit in one.row.ranked or ()] for one in report.questions if one.row.status == "ok"]
             for report in reports]  # fmt: skip
    assert lists[0] != lists[1] != lists[2]
    assert all(found for one in lists for found in one[:12])


def test_command_exits_with_the_verdict_and_ratchets_the_baseline(
    footnote: Command, sample: Path, questions: Path, gate: Gate, tmp_path: Path
) -> None:
    rules = gate.rules
    assert footnote("eval", "run", questions, "--data", sample, "--out", "run").code == 0
    done = footnote("eval", "gate", "run", rules, "--baseline", "base.json")
    assert (done.code, "--ratchet" in done.err) == (2, True)
    done = footnote("eval", "gate", "run", rules, "--baseline", "base.json", "--ratchet")
    assert (done.code, done.out.splitlines()[-1]) == (0, "PASS")
    kept = (tmp_path / "base.json").read_bytes()
    done = footnote("eval", "gate", "run", rules, "--baseline", "base.json", "--ratchet")
    assert (done.code, "is kept" in done.out) == (0, True)
    assert (tmp_path / "base.json").read_bytes() == kept
    assert 'tests="' in (tmp_path / "run" / "gate.junit.xml").read_text(encoding="utf-8")
    (tmp_path / "strict.yaml").write_text("contains: {min: 0.9}\nnugget_recall: {min: 0.1}\n", encoding="utf-8")
    done = footnote("eval", "gate", "run", "strict.yaml")
    assert (done.code, done.out.splitlines()[-1]) == (1, "FAIL")
    assert "nugget_recall: it applies to no question" in done.out


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("", "valid dictionary"), ("{}", "holds no rule"), ("recall@7: {min: 1}", "no measure 'recall@7'"),
        ("contains: {minimum: 1}", "contains.minimum"), ("contains: {}", "asks for nothing"), ("a: [", "is not YAML"),
        ("aurc: {max_drop: 0.1}", "no value for one question"),
    ],
)
def test_rules_that_cannot_be_judged_are_named(tmp_path: Path, written: str, words: str) -> None:
    path = tmp_path / "gate.yaml"
    path.write_text(written, encoding="utf-8")
    with pytest.raises(BadGate, match=words):
        read_gate(path)


def test_better_run_becomes_the_baseline_and_a_worse_one_does_not(
    target: Target, questions: Path, tmp_path: Path
) -> None:
    rules, own = tmp_path / "gate.yaml", tmp_path / "base.json"
    rules.write_text("rejection_rate: {max_drop: 0.0}\n", encoding="utf-8")
    worse, better = IgnoredDates(target), target
    first = apply_gate(run_target(worse, questions, tmp_path / "w"), rules, baseline=own, ratchet=True)
    assert first.result.verdict is Verdict.PASS
    raised = apply_gate(run_target(better, questions, tmp_path / "b"), rules, baseline=own, ratchet=True)
    assert (raised.result.verdict, raised.note) == (Verdict.PASS, f"{own} is now this run.")
    scores = json.loads(own.read_text(encoding="utf-8"))["scores"]["rejection_rate"]
    assert {name: score for name, score in scores.items() if name.startswith("d")} == {f"d0{n}": 1 for n in range(1, 7)}
    again = apply_gate(run_target(worse, questions, tmp_path / "w2"), rules, baseline=own, ratchet=True)
    assert again.result.verdict is not Verdict.PASS
    assert own.read_text(encoding="utf-8").count('"d01"') == 1


@contextmanager
def _open_ranking(sample: Path, encoder: OnnxEncoder) -> Iterator[tuple[Target, Target, Target]]:
    with open_answerer(sample, encoder) as answerer:
        yield (
            InProcess(answerer), InProcess(answerer, ranking="dense"), InProcess(answerer, ranking="bm25")
        )
