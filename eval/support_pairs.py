"""Snippets that are known to give a right or a planted wrong answer in, how often the support function is right out.

The form is RAMDocs': a question lists the snippets that answer it rightly (`doc_ids`) and those in which the answer was
replaced by a wrong one (`misinfo_doc_ids`); a snippet says what it answers (`doc_answer`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import TypeAdapter, ValidationError

from eval.errors import BadQuestions
from eval.measures.support import make_lexical
from eval.measures.words import contains_tokens
from eval.statistics import Interval, find_interval
from ingest.corpus import Line, read_lines
from ingest.errors import UnreadableArticle
from ingest.sentences import split_sentences

LONGEST_LINE = 10_000_000

Row = TypeVar("Row")
PairKind = Literal["own claim", "own sentence", "other claim", "other sentence"]
KINDS: Mapping[PairKind, str] = {
    "own claim": "the question with the answer that the snippet gives: supported",
    "own sentence": "the snippet's sentence that gives it: supported, word for word",
    "other claim": "the question with the answer that was replaced, or that replaced it: not supported",
    "other sentence": "the sentence of another snippet that gives that other answer: not supported",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportPair:
    """A statement, a text, and whether the text supports it; `contexts` tell how rare a word is."""

    question_id: str
    kind: PairKind
    text: str
    statement: str
    contexts: tuple[str, ...]

    @property
    def supported(self) -> bool:
        return self.kind in ("own claim", "own sentence")


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportAccuracy:
    """The share of `n` pairs that the support function judges as they are labelled, resampled by question."""

    kind: PairKind
    n: int
    value: float
    interval: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    id: str
    question: str
    doc_ids: tuple[str, ...]
    misinfo_doc_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Snippet:
    id: str
    text: str
    doc_answer: str | None = None


_QUESTIONS = TypeAdapter(_Question)
_SNIPPETS = TypeAdapter(_Snippet)


def read_pairs(questions: Path, corpus: Path) -> list[SupportPair]:
    """The pairs of every question with both kinds of snippets; BadQuestions where there are none."""
    snippets = {one.id: one for one in (_parse(_SNIPPETS, line, corpus) for line in _lines(corpus))}
    pairs: list[SupportPair] = []
    for line in _lines(questions):
        question = _parse(_QUESTIONS, line, questions)
        right = [snippets[one] for one in question.doc_ids if one in snippets]
        wrong = [snippets[one] for one in question.misinfo_doc_ids if one in snippets]
        if right and wrong:
            pairs += _pair(question, right, wrong)
    if not pairs:
        raise BadQuestions(f"No question of {questions} has right and wrong snippets in {corpus}; give RAMDocs' form.")
    return pairs


def measure_support(pairs: Sequence[SupportPair]) -> list[SupportAccuracy]:
    """The accuracy of the lexical support function on each kind of pairs that there is."""
    found = []
    for kind in KINDS:
        chosen = [pair for pair in pairs if pair.kind == kind]
        if chosen:
            values = [float(_judge(pair) == pair.supported) for pair in chosen]
            interval = find_interval(values, [pair.question_id for pair in chosen])
            found.append(SupportAccuracy(kind=kind, n=len(chosen), value=sum(values) / len(values), interval=interval))
    return found


def _judge(pair: SupportPair) -> bool:
    return make_lexical(pair.contexts)([pair.text], pair.statement)


def _pair(question: _Question, right: Sequence[_Snippet], wrong: Sequence[_Snippet]) -> Iterator[SupportPair]:
    contexts = tuple(one.text for one in (*right, *wrong))

    def make(kind: PairKind, snippet: _Snippet, statement: str) -> SupportPair:
        return SupportPair(
            question_id=question.id, kind=kind, text=snippet.text, statement=statement, contexts=contexts
        )

    for own, others in ((right, wrong), (wrong, right)):
        answers = dict.fromkeys(one.doc_answer for one in others if one.doc_answer)
        sentences = dict.fromkeys(one for other in others for one in _find_sentences(other))
        for snippet in own:
            if snippet.doc_answer is None:
                continue
            yield make("own claim", snippet, f"{question.question} {snippet.doc_answer}")
            for sentence in _find_sentences(snippet):
                yield make("own sentence", snippet, sentence)
            for answer in answers:
                yield make("other claim", snippet, f"{question.question} {answer}")
            for sentence in sentences:
                yield make("other sentence", snippet, sentence)


def _find_sentences(snippet: _Snippet) -> list[str]:
    """The sentences of a snippet that hold its answer."""
    if not snippet.doc_answer:
        return []
    spans = split_sentences(snippet.text)
    found = [snippet.text[span.start : span.end] for span in spans]
    return [one for one in found if contains_tokens(one, snippet.doc_answer)]


def _lines(path: Path) -> Iterator[Line]:
    try:
        yield from (line for line in read_lines(path, limit=LONGEST_LINE) if isinstance(line, Line))
    except (UnreadableArticle, OSError) as error:
        raise BadQuestions(f"{path} cannot be read ({error}); give a JSONL file.") from error


def _parse(rows: TypeAdapter[Row], line: Line, path: Path) -> Row:
    try:
        return rows.validate_json(line.content)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the line"
        raise BadQuestions(f"{path}, line {line.number}: {place}: {first['msg']}; give RAMDocs' form.") from error
