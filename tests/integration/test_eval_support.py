"""Snippets with planted errors become pairs of a statement and a text; what is judged wrongly is counted."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from eval.errors import BadQuestions
from eval.support_pairs import PairKind, SupportPair, measure_support, read_pairs

QUESTION = {
    "id": "q", "question": "When was the Ellis bridge built?", "doc_ids": ["right"], "misinfo_doc_ids": ["wrong"],
}
SNIPPETS = [
    {"id": "right", "text": "The Ellis bridge was built in 1931. It is red.", "doc_answer": "1931"},
    {"id": "wrong", "text": "The Ellis bridge was built in 1958. It is red.", "doc_answer": "1958"},
]


def write(path: Path, rows: Sequence[object]) -> Path:
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path


def make_pair(kind: PairKind, text: str, statement: str) -> SupportPair:
    return SupportPair(question_id="q", kind=kind, text=text, statement=statement, contexts=(text,))


def test_right_and_planted_snippets_become_pairs_of_both_labels(tmp_path: Path) -> None:
    pairs = read_pairs(write(tmp_path / "q.jsonl", [QUESTION]), write(tmp_path / "c.jsonl", SNIPPETS))
    assert [(one.kind, one.supported, one.statement) for one in pairs[:4]] == [
        ("own claim", True, "When was the Ellis bridge built? 1931"),
        ("own sentence", True, "The Ellis bridge was built in 1931."),
        ("other claim", False, "When was the Ellis bridge built? 1958"),
        ("other sentence", False, "The Ellis bridge was built in 1958."),
    ]
    assert len(pairs) == 8
    assert [(one.kind, one.value, one.n) for one in measure_support(pairs)] == [
        ("own claim", 1, 2), ("own sentence", 1, 2), ("other claim", 1, 2), ("other sentence", 1, 2),
    ]


def test_negation_that_the_support_function_cannot_see_is_counted_against_it() -> None:
    pairs = [
        make_pair("other claim", "The bridge was not built.", "The bridge was built."),
        make_pair("other claim", "The bridge is red.", "The bridge was built."),
    ]
    found = measure_support(pairs)
    assert [(one.kind, one.value, one.n) for one in found] == [("other claim", 1 / 2, 2)]


@pytest.mark.parametrize(
    ("questions", "words"),
    [([{**QUESTION, "misinfo_doc_ids": []}], "right and wrong snippets"), ([{"id": "q"}], "line 1: question")],
)
def test_questions_without_planted_snippets_are_refused(
    tmp_path: Path, questions: Sequence[object], words: str
) -> None:
    with pytest.raises(BadQuestions, match=words):
        read_pairs(write(tmp_path / "q.jsonl", questions), write(tmp_path / "c.jsonl", SNIPPETS))
