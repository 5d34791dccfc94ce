"""The gold questions over the sample articles, and the gate that `.ci/run` holds every change to.

That the product passes against the baseline is what `.ci/run` itself shows; here, what breaks the product fails.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from eval.articles import read_corpus_texts
from eval.baseline import read_baseline
from eval.fingerprint import ROOT, hash_files
from eval.gate import Verdict, gated_measures, judge, read_gate
from eval.in_process import InProcess
from eval.questions import GoldQuestion, load_questions
from eval.runner import RunOptions
from eval.selection import hash_questions
from eval.targets import Target
from eval.validation import validate
from ingest.embedding import OnnxEncoder
from ingest.lexical import LexicalIndex
from ingest.projections import lexical_folder
from service.answering import Answerer
from service.conversing.conversation import RuleRewriter
from tests.asking import EverReady, open_answerer
from tests.evaluating import IgnoredDates, ShiftedSpans, run_target
from tests.integration.conftest import SAMPLE

GOLD = ROOT / "eval" / "gold"  # as installed
QUESTIONS = GOLD / "sample.jsonl"
CITING = ("quote_exact", "invalid_citation_rate", "uncited_sentence_rate")
FEW = 20
LARGEST = 10_000_000


@pytest.fixture(scope="module")
def gold() -> tuple[GoldQuestion, ...]:
    return load_questions(QUESTIONS)


@pytest.fixture(scope="module")
def answerer(sample: Path, encoder: OnnxEncoder) -> Iterator[Answerer]:
    with open_answerer(sample, encoder) as answerer:
        yield answerer


@pytest.fixture(scope="module")
def part(tmp_path_factory: pytest.TempPathFactory, gold: tuple[GoldQuestion, ...]) -> Path:
    """A few questions, and all that the articles do not answer, of which the rules about refusing are."""
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()
    answered = [line for line, one in zip(lines, gold, strict=True) if one.answerable][:FEW]
    refused = [line for line, one in zip(lines, gold, strict=True) if not one.answerable]
    path = tmp_path_factory.mktemp("gold") / "part.jsonl"
    path.write_text("".join(f"{line}\n" for line in answered + refused), encoding="utf-8")
    return path


def find_failures(target: Target, part: Path, out: Path) -> set[str]:
    """What the gate finds wrong with citing and refusing; the other rules are about all questions."""
    options = RunOptions(as_of=date.today())  # when the articles without a date were first seen
    rules = [rule for rule in read_gate(GOLD / "gate.yaml") if rule.measure in CITING or "rejection" in rule.measure]
    result = judge(run_target(target, part, out, options=options), rules, None)
    return {check.key for check in result.checks if check.verdict is not Verdict.PASS}


def test_every_offset_and_answer_of_the_gold_questions_holds() -> None:
    count, faults = validate(QUESTIONS, read_corpus_texts(SAMPLE, max_article_bytes=LARGEST))
    assert (count, faults) == (236, [])


def test_readme_of_the_gold_questions_counts_them_rightly(gold: tuple[GoldQuestion, ...]) -> None:
    readme = " ".join((GOLD / "README.md").read_text(encoding="utf-8").split())
    articles = read_corpus_texts(SAMPLE, max_article_bytes=LARGEST)
    answerable, splits = Counter(one.answerable for one in gold), Counter(one.split for one in gold)
    assert f"{len(gold)} questions, written by hand, about the {len(articles)} articles" in readme
    assert f"{answerable[True]} that the articles answer and {answerable[False]} that they do not" in readme
    assert f"{splits['dev']} are for development (`dev`), {splits['test']} for the test" in readme


def test_readme_of_the_gold_questions_counts_types_and_slices_rightly(gold: tuple[GoldQuestion, ...]) -> None:
    readme = (GOLD / "README.md").read_text(encoding="utf-8")
    types = Counter(one.type for one in gold)
    refused = Counter(one.type for one in gold if not one.answerable)
    for name, count, unanswerable in re.findall(r"\| `([\w-]+)` \| (\d+) \| (\d+) \|", readme):
        assert (types.pop(name), refused[name]) == (int(count), int(unanswerable)), name
    assert types == {"conflict": 3, "how-long": 3}
    assert "| `conflict`, `how-long` | 3 each | 0 |" in readme
    slices = Counter(name for one in gold for name in one.slices)
    for names, count in re.findall(r"\| (`[^|]*`) \| (\d+)(?: each)? \| [^\d|][^|]* \|", readme):
        for name in re.findall(r"`([\w-]+)`", names):
            assert slices.pop(name) == int(count), name
    assert not slices


def test_baseline_is_of_these_questions_and_articles(gold: tuple[GoldQuestion, ...]) -> None:
    baseline = read_baseline(GOLD / "baseline.json")
    assert baseline.fingerprint.questions_sha256 == hash_questions(gold)
    assert baseline.fingerprint.corpus_sha256 == hash_files(SAMPLE)
    assert list(baseline.scores) == gated_measures(read_gate(GOLD / "gate.yaml"))


def test_product_cites_and_refuses_as_the_gate_asks(answerer: Answerer, part: Path, tmp_path: Path) -> None:
    assert find_failures(InProcess(answerer), part, tmp_path / "run") == set()


def test_spans_off_by_one_fail_the_gate(answerer: Answerer, part: Path, tmp_path: Path) -> None:
    assert "quote_exact" in find_failures(ShiftedSpans(InProcess(answerer)), part, tmp_path / "run")


def test_ignored_dates_fail_the_gate(answerer: Answerer, part: Path, tmp_path: Path) -> None:
    failed = find_failures(IgnoredDates(InProcess(answerer)), part, tmp_path / "run")
    assert failed == {"rejection_rate", "rejection_rate[outside-dates]"}


def test_answering_whatever_is_asked_fails_the_gate(
    answerer: Answerer, encoder: OnnxEncoder, sample: Path, part: Path, tmp_path: Path
) -> None:
    reader = EverReady(encoder, LexicalIndex(lexical_folder(sample), answerer.indexes.catalog))
    ready = InProcess(Answerer(encoder=encoder, indexes=answerer.indexes, reader=reader, rewriter=RuleRewriter()))
    assert find_failures(ready, part, tmp_path / "run") == {"rejection_rate", "rejection_rate[outside-dates]"}
