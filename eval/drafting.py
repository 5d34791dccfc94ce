"""An article, a question and its answer in, a validated gold question with its evidence span out (`eval draft`).

People type; `Prompter` is what asks them, so that the same steps run on a terminal and in a test.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Protocol

from eval.measures.words import contains_tokens
from eval.questions import GoldAnswer, GoldEvidence, GoldQuestion, NumberedQuestion, read_questions
from eval.validation import check_question
from ingest.article import Article
from ingest.errors import UsageError


class Prompter(Protocol):
    """Asks a person and tells them what is wrong."""

    def ask(self, what: str) -> str:
        """One line, stripped; empty where nothing was typed."""
        ...

    def tell(self, line: str) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """What is asked of every question of one session."""

    split: str
    date: date | None


def draft_questions(article: Article, path: Path, *, prompter: Prompter, drafted: Drafted) -> int:
    """Ask for questions about an article and append each to a JSONL file; how many were. An empty question ends it."""
    count = 0
    while text := prompter.ask("Question (empty to end)"):
        answer = prompter.ask("Answer, in the article's words (empty: the article does not say)")
        question = make_question(article, text, answer=answer, number=_next_number(path), drafted=drafted)
        if answer:
            span = _choose(article, answer, prompter)
            if span is None:
                prompter.tell(f"{answer!r} stands in no sentence of the article; use its words.")
                continue
            question = _with_evidence(question, span)
        faults = check_question(question, {article.id: article.text})
        for fault in faults:
            prompter.tell(f"{fault.kind}: {fault.detail}")
        if not faults:
            append_question(path, question)
            count += 1
            prompter.tell(f"{question.id} is in {path}")
    return count


def find_spans(article: Article, answer: str) -> list[GoldEvidence]:
    """The sentences of an article in which the answer stands, on token boundaries."""
    return [
        GoldEvidence(doc_id=article.id, start=one.start, end=one.end, quote=article.text[one.start : one.end])
        for one in article.sentences
        if contains_tokens(article.text[one.start : one.end], answer)
    ]


def make_question(
    article: Article, text: str, *, answer: str, number: int, drafted: Drafted
) -> GoldQuestion:
    """A question without evidence; unanswerable where there is no answer."""
    return GoldQuestion(
        id=f"q{number:04}", question=text, answerable=bool(answer), date=drafted.date, split=drafted.split,
        answers=(GoldAnswer(text=answer),) if answer else (), doc_ids=(article.id,), source="written by hand",
    )


def append_question(path: Path, question: GoldQuestion) -> None:
    """Write a question as the last line of a file, whatever the line before it ends in."""
    content = path.read_bytes() if path.exists() else b""
    lead = b"\n" if content and not content.endswith(b"\n") else b""
    with path.open("ab") as stream:
        stream.write(lead + json.dumps(_plain(question), ensure_ascii=False).encode() + b"\n")


def _with_evidence(question: GoldQuestion, span: GoldEvidence) -> GoldQuestion:
    return replace(question, evidence=(span,))


def _choose(article: Article, answer: str, prompter: Prompter) -> GoldEvidence | None:
    spans = find_spans(article, answer)
    if len(spans) < 2:
        return next(iter(spans), None)
    for number, span in enumerate(spans, start=1):
        prompter.tell(f"{number}  {span.quote}")
    while True:
        chosen = prompter.ask(f"Which sentence answers? (1–{len(spans)})")
        if chosen.isdigit() and 1 <= int(chosen) <= len(spans):
            return spans[int(chosen) - 1]
        prompter.tell(f"{chosen!r} is not one of them.")


def _next_number(path: Path) -> int:
    """One more than any number of our form in the file; UsageError where a line of it cannot be read."""
    highest = 0
    for line in read_questions(path) if path.exists() else ():
        if not isinstance(line, NumberedQuestion):
            raise UsageError(f"{path}, line {line.line}: {line.reason}; mend it before you add to the file.")
        name = line.question.id
        if name.startswith("q") and name[1:].isdigit():
            highest = max(highest, int(name[1:]))
    return highest + 1


def _plain(question: GoldQuestion) -> Mapping[str, object]:
    """The full form, without what is empty, days as text."""
    kept = {name: value for name, value in asdict(question).items() if value not in (None, (), [], {})}
    del kept["filters"]
    return {**kept, **({"date": question.date.isoformat()} if question.date else {}), "answerable": question.answerable}
