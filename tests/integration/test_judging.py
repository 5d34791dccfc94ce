"""The built-in model beside the rules about words: on claims and paraphrases that it has not learned from."""

from collections.abc import Sequence
from pathlib import Path

import pytest

import ingest
from eval.articles import read_corpus_texts
from eval.mutations import ChangeKind
from eval.verifier import make_changes, measure_verifier
from ingest.settings import Settings
from service.reading.training.examples import Example, read_examples
from service.verifying.judge import Judge
from service.verifying.verification import verify
from service.wiring import make_judge
from tests.read_paraphrases import read_paraphrases

SAMPLE = Path(ingest.__path__[0]) / "sample"
APART = Path(__file__).parents[2] / "service" / "reading" / "training" / "data" / "claims-apart.jsonl.gz"
AT_LEAST: dict[ChangeKind, float] = {
    "number": 0.99, "date": 0.99, "name": 0.99, "negation": 0.98, "polarity": 0.97, "role swap": 0.85,
    "invention": 0.99, "unit": 0.99,
}


@pytest.fixture(scope="module")
def judge() -> Judge:
    built_in = make_judge(Settings())
    assert built_in is not None
    return built_in


@pytest.mark.parametrize(
    ("name", "most"),
    [("sample", 0.07), ("second", 0.05), ("held_out", 0.12), ("third", 0.12), ("fourth", 0.1), ("joined", 0.18)],
)
def test_few_faithful_paraphrases_are_rejected(judge: Judge, name: str, most: float) -> None:
    pairs = read_paraphrases(name)
    rejected = [text for span, text in pairs if not verify(text, cited=[span], judge=judge).supported]
    assert len(rejected) <= most * len(pairs), rejected


@pytest.mark.parametrize(
    ("span", "sentence"),
    [
        (
            "Mr. Ford said the agreement gives China a base in the Canadian car market, and that Canadian workers will "
            "pay for it.",
            "He also said that China should not be allowed to continue its trade with Canada.",
        ),
        (
            "Until the January agreement, Canada charged a tariff of 100 per cent on electric cars from China.",
            "The 100 per cent tariff on Chinese electric cars was a tax imposed by the Chinese government.",
        ),
        ("The security pillar is the most disputed of the five.", "The least defined pillar is the security pillar."),
        (
            "The council sent a questionnaire to every farm on its tax roll in December.",
            "The questionnaire was sent to every farm on the tax roll in December, and the results were sent to the "
            "council’s office.",
        ),
    ],
)
def test_what_a_small_model_made_up_is_not_excused_where_it_was_written(span: str, sentence: str) -> None:
    strict = make_judge(Settings(), written=True)
    assert strict is not None
    assert not verify(sentence, cited=[span], judge=strict).supported


def test_judge_rejects_fewer_claims_and_more_falsehoods_than_rules_alone(judge: Judge) -> None:
    claims = list(read_examples(APART))
    made = [one for one in claims if one.spans]
    others = [one for one in claims if not one.spans]
    assert _rejected(made, judge) < 0.6 * _rejected(made, None)
    assert 1 - _rejected(others, judge) < 0.6 * (1 - _rejected(others, None))


def _rejected(claims: Sequence[Example], judge: Judge | None) -> float:
    """The share of the claims that their sentences are found not to support."""
    return sum(not verify(one.question, cited=[one.context], judge=judge).supported for one in claims) / len(claims)


def test_changed_sentences_are_rejected_with_the_judge_too(judge: Judge) -> None:
    texts = read_corpus_texts(SAMPLE, max_article_bytes=1_000_000)
    measured = {one.kind: one for one in measure_verifier(make_changes(texts, limit=120, seed=1), judge=judge)}
    assert measured["unchanged"].rejected <= 0.02
    for kind, least in AT_LEAST.items():
        assert measured[kind].rejected >= least, (kind, measured[kind].misjudged[:3])
