"""Files of gold questions in (JSONL plain or full, `.gz`, BEIR, SQuAD, CSV), GoldQuestions out, each with its line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date as Day
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter, ValidationError

from eval.converting import convert_lines, is_convertible
from eval.errors import BadQuestions
from ingest.corpus import Line, read_lines
from ingest.errors import UnreadableArticle

LONGEST_LINE = 10_000_000
BEIR_QUERIES = "queries.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldAnswer:
    """One thing that the answer must say, in any of its forms."""

    text: str
    aliases: tuple[str, ...] = ()

    @property
    def forms(self) -> tuple[str, ...]:
        return (self.text, *self.aliases)


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldEvidence:
    """Words of an article that answer: `article.text[start:end] == quote`, half-open, in Unicode code points."""

    doc_id: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Nugget:
    """A fact that a good answer states; a vital one must be there."""

    text: str
    vital: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What was said before the question."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldFilters:
    """The filters that the question is asked with, as `POST /v1/ask` takes them."""

    published_after: Day | None = None
    published_before: Day | None = None
    publishers: tuple[str, ...] = ()


NO_FILTERS = GoldFilters()


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldQuestion:
    """A question with its right answers and where they stand, or the label that the articles do not answer it.

    `answers` must all be given, each in any of its forms. `answerable` is None where nobody knows. `doc_ids` are the
    articles that answer; of an unanswerable question, those that it was asked of. `date` is the day that it is asked.
    """

    id: str
    question: str
    answerable: bool | None
    answers: tuple[GoldAnswer, ...] = ()
    doc_ids: tuple[str, ...] = ()
    evidence: tuple[GoldEvidence, ...] = ()
    nuggets: tuple[Nugget, ...] = ()
    choices: tuple[str, ...] = ()
    date: Day | None = None
    type: str | None = None
    slices: tuple[str, ...] = ()
    history: tuple[Turn, ...] = ()
    filters: GoldFilters = NO_FILTERS
    split: str | None = None
    source: str | None = None
    license: str | None = None

    @property
    def relevant(self) -> frozenset[str]:
        """The articles that answer; none where the question is unanswerable."""
        return frozenset() if self.answerable is False else frozenset(self.doc_ids)

    @property
    def forms(self) -> tuple[str, ...]:
        """Every form of every answer."""
        return tuple(form for answer in self.answers for form in answer.forms)


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedQuestion:
    """A question and the line of the file that it stands on, counted from 1."""

    line: int
    question: GoldQuestion


@dataclass(frozen=True, slots=True, kw_only=True)
class BadLine:
    """A line that is no question, with the reason."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A line as it may be written. In the plain form `answers` are strings, any of which will do."""

    id: str | int
    question: str
    answerable: bool | None = None
    answers: tuple[str | GoldAnswer, ...] = ()
    multi_answer: bool = False
    doc_ids: tuple[str, ...] | None = None
    evidence: tuple[GoldEvidence, ...] | str | None = None
    nuggets: tuple[str | Nugget, ...] = ()
    choices: tuple[str, ...] | None = None
    date: str | None = None
    type: str | None = None
    slices: tuple[str, ...] = ()
    history: tuple[Turn, ...] | None = None
    filters: GoldFilters | None = None
    split: str | None = None
    source: str | None = None
    license: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Query:
    """A line of BEIR's queries."""

    id: Annotated[str, Field(validation_alias="_id")]
    text: str


_ROWS = TypeAdapter(_Row)
_QUERIES = TypeAdapter(_Query)


def read_questions(path: Path) -> Iterator[NumberedQuestion | BadLine]:
    """Every line of a file, or of a BEIR folder, in order; BadQuestions where it cannot be read at all."""
    try:
        if path.is_dir():
            yield from _read_beir(path)
            return
        for line in convert_lines(path) if is_convertible(path) else read_lines(path, limit=LONGEST_LINE):
            if not isinstance(line, Line):
                yield BadLine(line=line.number, reason=f"it is longer than {LONGEST_LINE:,} bytes")
                continue
            try:
                yield NumberedQuestion(line=line.number, question=_parse(line.content))
            except ValueError as error:
                yield BadLine(line=line.number, reason=_explain(error))
    except (UnreadableArticle, OSError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise BadQuestions(f"{path} cannot be read ({reason}); give a JSONL file of questions.") from error


def load_questions(path: Path) -> tuple[GoldQuestion, ...]:
    """All questions of a file; BadQuestions names the first line that is none, or an id that comes twice.

    What an unanswerable question lists as its answers is dropped: the articles do not give them.
    """
    found: dict[str, GoldQuestion] = {}
    for one in read_questions(path):
        if isinstance(one, BadLine):
            raise BadQuestions(f"{path}, line {one.line}: {one.reason}; `footnote eval validate` lists all faults.")
        if one.question.id in found:
            raise BadQuestions(f"{path}, line {one.line}: the id {one.question.id!r} comes twice; give each its own.")
        found[one.question.id] = _drop_answers(one.question) if one.question.answerable is False else one.question
    if not found:
        raise BadQuestions(f"There are no questions in {path}; write one JSON object a line.")
    return tuple(found.values())


def _drop_answers(question: GoldQuestion) -> GoldQuestion:
    return replace(question, answers=(), evidence=(), nuggets=())


def _parse(content: bytes) -> GoldQuestion:
    row = _ROWS.validate_json(content)
    evidence = row.evidence if isinstance(row.evidence, tuple) else ()
    question = GoldQuestion(
        id=str(row.id), question=row.question.strip(), answerable=row.answerable, answers=_read_answers(row),
        doc_ids=tuple(dict.fromkeys([*(row.doc_ids or ()), *(one.doc_id for one in evidence)])), evidence=evidence,
        nuggets=tuple(Nugget(text=one) if isinstance(one, str) else one for one in row.nuggets),
        choices=row.choices or (), date=Day.fromisoformat(row.date[:10]) if row.date else None, type=row.type,
        slices=row.slices, history=row.history or (), filters=row.filters or NO_FILTERS, split=row.split,
        source=row.source, license=row.license,
    )
    if not question.question or not question.id:
        raise ValueError("the id or the question is empty")
    return question


def _read_answers(row: _Row) -> tuple[GoldAnswer, ...]:
    """Strings are forms of one answer, unless the row says `multi_answer`; objects are an answer each."""
    plain = [one for one in row.answers if isinstance(one, str)]
    full = tuple(one for one in row.answers if isinstance(one, GoldAnswer))
    if row.multi_answer:
        return full + tuple(GoldAnswer(text=one) for one in plain)
    return full + ((GoldAnswer(text=plain[0], aliases=tuple(plain[1:])),) if plain else ())


def _read_beir(folder: Path) -> Iterator[NumberedQuestion | BadLine]:
    """The queries that the qrels of any split judge, in the order of the file; their answers are unknown."""
    relevant = _read_qrels(folder / "qrels")
    for line in read_lines(folder / BEIR_QUERIES, limit=LONGEST_LINE):
        if not isinstance(line, Line):
            yield BadLine(line=line.number, reason=f"it is longer than {LONGEST_LINE:,} bytes")
            continue
        try:
            query = _QUERIES.validate_json(line.content)
        except ValueError as error:
            yield BadLine(line=line.number, reason=f"it is no query of BEIR ({_explain(error)})")
            continue
        if query.id in relevant:
            yield NumberedQuestion(
                line=line.number,
                question=GoldQuestion(
                    id=query.id, question=query.text, answerable=None, doc_ids=tuple(relevant[query.id])
                ),
            )


def _read_qrels(folder: Path) -> Mapping[str, list[str]]:
    relevant: dict[str, list[str]] = {}
    files = sorted(folder.glob("*.tsv"))
    if not files:
        raise BadQuestions(f"There are no judgements in {folder}; a BEIR folder has qrels/*.tsv.")
    for file in files:
        for number, row in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            cells = row.split("\t")
            if number == 1 and cells[-1].strip() == "score":
                continue
            if len(cells) != 3 or not cells[2].strip().lstrip("-").isdigit():
                raise BadQuestions(f"{file}, line {number}: not a query, an article and a number, between tabs.")
            if int(cells[2]) > 0:
                relevant.setdefault(cells[0], []).append(cells[1])
    return relevant


def _explain(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the line"
        return f"{place}: {first['msg']}"
    return str(error)
