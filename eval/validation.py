"""A file of gold questions and the articles that it is about in, every fault with its line out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from eval.measures.answers import exact_match
from eval.measures.words import contains_tokens, split_tokens
from eval.questions import BadLine, GoldAnswer, GoldQuestion, NumberedQuestion, read_questions

Kind = Literal[
    "unreadable", "duplicate id", "duplicate question", "near-duplicate question", "no split", "unknown article",
    "wrong quote", "answer not found", "answers of an unanswerable question", "no answer", "no right choice",
]
NEAR = 0.8  # of their different words that two questions share
COMMON = 50  # questions that share a rare word with another one, beyond which the word is not rare


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with a line; `question_id` is None where the line is no question."""

    line: int
    question_id: str | None
    kind: Kind
    detail: str


def validate(path: Path, texts: Mapping[str, str] | None) -> tuple[int, list[Fault]]:
    """How many questions there are, and their faults by line; without `texts`, nothing is held against articles."""
    lines = list(read_questions(path))
    numbered = [one for one in lines if isinstance(one, NumberedQuestion)]
    faults = [
        Fault(line=one.line, question_id=None, kind="unreadable", detail=one.reason)
        for one in lines
        if isinstance(one, BadLine)
    ]
    for one in numbered:
        held = () if texts is None else _check_texts(one.question, texts)
        faults += _make(one, [*_check_labels(one.question), *held])
    faults += _find_duplicates(numbered)
    return len(numbered), sorted(faults, key=lambda fault: (fault.line, fault.kind, fault.detail))


def check_question(question: GoldQuestion, texts: Mapping[str, str]) -> list[Fault]:
    """The faults of one question by itself, as of one that is being written; its line is 0."""
    one = NumberedQuestion(line=0, question=question)
    return _make(one, [*_check_labels(question), *_check_texts(question, texts)])


Found = tuple[Kind, str]


def _check_labels(question: GoldQuestion) -> Iterator[Found]:
    if question.split is None:
        yield "no split", 'name the part that it belongs to, as "split": "dev" or "test"'
    if question.answerable is False and (question.answers or question.evidence or question.nuggets):
        yield "answers of an unanswerable question", "remove them, or make it answerable"
    if question.answerable and not (question.answers or question.nuggets):
        yield "no answer", "it is answerable, and nothing says what is right"
    if question.choices and question.answers and not any(
        exact_match(choice, question.forms) for choice in question.choices
    ):
        yield "no right choice", f"none of its choices is {question.answers[0].text!r}"


def _check_texts(question: GoldQuestion, texts: Mapping[str, str]) -> Iterator[Found]:
    for article in question.doc_ids:
        if article not in texts:
            yield "unknown article", f"there is no article {article!r}"
    for span in question.evidence:
        if span.doc_id in texts and texts[span.doc_id][span.start : span.end] != span.quote:
            yield "wrong quote", _explain_quote(span.quote, texts[span.doc_id], start=span.start)
    known = [texts[article] for article in question.doc_ids if article in texts]
    if question.answerable and known and not question.choices:
        yield from _check_answers(question.answers, known)


def _check_answers(answers: Sequence[GoldAnswer], texts: Sequence[str]) -> Iterator[Found]:
    for answer in answers:
        if not any(contains_tokens(text, form) for text in texts for form in answer.forms):
            yield "answer not found", f"{answer.text!r} stands in none of its articles, nor does an alias"


def _explain_quote(quote: str, text: str, *, start: int) -> str:
    place = min(_find_all(quote, text), key=lambda found: abs(found - start), default=None) if quote else None
    shown = quote if len(quote) <= 60 else f"{quote[:57]}…"
    if place is None:
        return f"{shown!r} is not in the article"
    return f"{shown!r} is not at {start}, but at {place} to {place + len(quote)}"


def _find_all(quote: str, text: str) -> Iterator[int]:
    place = text.find(quote)
    while place >= 0:
        yield place
        place = text.find(quote, place + 1)


def _find_duplicates(numbered: Sequence[NumberedQuestion]) -> Iterator[Fault]:
    """Ids and questions that come again; the later line is at fault. Another history, day or filter is another one."""
    ids: dict[str, int] = {}
    asked: dict[tuple[object, ...], int] = {}
    for one in numbered:
        question = one.question
        if question.id in ids:
            yield _fault(one, "duplicate id", f"line {ids[question.id]} has it already")
        ids.setdefault(question.id, one.line)
        same = (tuple(split_tokens(question.question)), _circumstances(question))
        if same in asked:
            yield _fault(one, "duplicate question", f"line {asked[same]} asks the same")
        asked.setdefault(same, one.line)
    yield from _find_near(numbered)


def _find_near(numbered: Sequence[NumberedQuestion]) -> Iterator[Fault]:
    """Questions with other words in a few places only; those that are told apart by a number or a name are not near."""
    words = [frozenset(split_tokens(one.question.question)) for one in numbered]
    places: dict[str, list[int]] = {}
    for number, one in enumerate(numbered):
        rare = {earlier for word in words[number] for earlier in places.get(word, ()) if len(places[word]) <= COMMON}
        for earlier in sorted(rare):
            if _is_near(words[earlier], words[number]) and _same_circumstances(numbered[earlier], one):
                yield _fault(one, "near-duplicate question", f"line {numbered[earlier].line} asks nearly the same")
                break
        for word in words[number]:
            places.setdefault(word, []).append(number)


def _is_near(left: frozenset[str], right: frozenset[str]) -> bool:
    differing = left ^ right
    if not differing or any(character.isdigit() for word in differing for character in word):
        return False
    return len(left & right) / len(left | right) >= NEAR


def _same_circumstances(left: NumberedQuestion, right: NumberedQuestion) -> bool:
    return _circumstances(left.question) == _circumstances(right.question)


def _circumstances(question: GoldQuestion) -> tuple[object, ...]:
    return (question.date, question.filters, question.history)


def _make(one: NumberedQuestion, found: Iterable[Found]) -> list[Fault]:
    return [_fault(one, kind, detail) for kind, detail in found]


def _fault(one: NumberedQuestion, kind: Kind, detail: str) -> Fault:
    return Fault(line=one.line, question_id=one.question.id, kind=kind, detail=detail)
