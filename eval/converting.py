"""SQuAD's JSON or a CSV file in, lines out as a JSONL file in the plain form would have them."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from eval.errors import BadQuestions
from ingest.corpus import Line

SQUAD, CSV = ".json", ".csv"
SEPARATOR = "|"
LISTS = ("answers", "choices", "doc_ids", "slices")
NEEDED = ("id", "question")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    id: str | int
    question: str
    answers: tuple[_Answer, ...] = ()
    is_impossible: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Paragraph:
    """`id` is not SQuAD's: whoever made an article of each paragraph may name it there."""

    qas: tuple[_Asked, ...]
    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Titled:
    paragraphs: tuple[_Paragraph, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Squad:
    data: tuple[_Titled, ...]


_SQUADS = TypeAdapter(_Squad)


def is_convertible(path: Path) -> bool:
    """Whether the name says that it is one of these."""
    return path.suffix.lower() in (SQUAD, CSV)


def convert_lines(path: Path) -> Iterator[Line]:
    """A line for each question, numbered as in the file; of JSON, by the question. BadQuestions where it is neither."""
    yield from (_convert_csv(path) if path.suffix.lower() == CSV else _convert_squad(path))


def _convert_squad(path: Path) -> Iterator[Line]:
    try:
        squad = _SQUADS.validate_json(path.read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        raise BadQuestions(f"{path}: {place}: {first['msg']}; .json is read as SQuAD's, .jsonl by line.") from error
    paragraphs = (paragraph for titled in squad.data for paragraph in titled.paragraphs)
    asked = ((paragraph, one) for paragraph in paragraphs for one in paragraph.qas)
    for number, (paragraph, one) in enumerate(asked, start=1):
        row = {
            "id": one.id, "question": one.question, "answerable": not one.is_impossible,
            "answers": [] if one.is_impossible else list(dict.fromkeys(answer.text for answer in one.answers)),
            "doc_ids": [paragraph.id] if paragraph.id else [],
        }
        yield _line(number, row)


def _convert_csv(path: Path) -> Iterator[Line]:
    """Cells that are empty say nothing; in the cells of LISTS there may be several, between `|`."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file, strict=True)
            missing = [name for name in NEEDED if name not in (rows.fieldnames or ())]
            if missing:
                raise BadQuestions(f"{path} has no column {missing[0]!r}; name the columns in its first line.")
            for row in rows:
                cells = {name: _read_cell(name, cell) for name, cell in row.items() if name and cell}
                yield _line(rows.line_num, cells)
    except (csv.Error, UnicodeDecodeError) as error:
        raise BadQuestions(f"{path} is not CSV in UTF-8 ({error}); save it so, with commas.") from error


def _read_cell(name: str, cell: str) -> str | list[str]:
    if name not in LISTS:
        return cell.strip()
    return [one.strip() for one in cell.split(SEPARATOR) if one.strip()]


def _line(number: int, row: object) -> Line:
    return Line(number=number, content=json.dumps(row, ensure_ascii=False).encode("utf-8", "replace"), bytes_read=0)
