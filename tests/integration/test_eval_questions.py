"""Files of gold questions: their forms, what `footnote eval validate` finds in them, and how they are drafted."""

import gzip
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from eval.drafting import Drafted, draft_questions
from eval.errors import BadQuestions
from eval.questions import BadLine, GoldAnswer, GoldEvidence, load_questions, read_questions
from eval.validation import validate
from ingest.catalog import Catalog
from tests.answers import make_article
from tests.builders import write_corpus
from tests.command import Command
from tests.integration.conftest import SAMPLE
from tests.sample_questions import WIRE, make_rows, write_questions

TEXT = "The Marlow Creek bridge is 84 metres long. Mayor Edith Larch opened it on Monday."
TEXTS = {"bridge": TEXT}


def _write(path: Path, *rows: object) -> Path:
    return write_corpus(path, rows)


def _row(name: str = "q1", question: str = "How long is the bridge?", **fields: object) -> dict[str, object]:
    common: dict[str, object] = {"answers": ["84 metres"], "doc_ids": ["bridge"], "answerable": True, "split": "test"}
    return {"id": name, "question": question, **common, **fields}


def _find(path: Path) -> list[tuple[int, str]]:
    return [(fault.line, fault.kind) for fault in validate(path, TEXTS)[1]]


def test_plain_form_takes_strings_as_forms_of_one_answer(tmp_path: Path) -> None:
    row = {"id": 7, "question": " How long? ", "answers": ["84 metres", "84 m"], "doc_ids": ["bridge"],
           "answerable": True, "spans": [[0, 3]], "evidence": "as another data set has it"}  # fmt: skip
    (question,) = load_questions(_write(tmp_path / "q.jsonl", row))
    assert (question.id, question.question) == ("7", "How long?")
    assert question.answers == (GoldAnswer(text="84 metres", aliases=("84 m",)),)
    assert question.doc_ids == ("bridge",)
    assert question.relevant == {"bridge"}
    assert question.evidence == ()


def test_plain_form_may_say_that_all_its_answers_are_wanted(tmp_path: Path) -> None:
    (question,) = load_questions(_write(tmp_path / "q.jsonl", _row(answers=["canola", "peas"], multi_answer=True)))
    assert question.answers == (GoldAnswer(text="canola"), GoldAnswer(text="peas"))


def test_full_form_is_read_whole_and_compressed(tmp_path: Path) -> None:
    row = {
        "id": "q1", "question": "How long is it?", "answerable": True, "date": "2026-01-20T15:40", "type": "number",
        "answers": [{"text": "84 metres", "aliases": ["84 m"]}], "slices": ["fact"], "split": "dev",
        "evidence": [{"doc_id": "bridge", "start": 0, "end": 42, "quote": TEXT[:42], "grade": 2}],
        "nuggets": [{"text": "84 metres", "vital": False}], "choices": ["84", "48"], "license": "CC0",
        "history": [{"role": "user", "content": "Which bridge?"}], "source": "by hand",
        "filters": {"published_after": "2026-01-01", "publishers": ["Harbour Wire"]},
    }
    path = tmp_path / "q.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(row).encode()))
    (question,) = load_questions(path)
    assert question.evidence == (GoldEvidence(doc_id="bridge", start=0, end=42, quote=TEXT[:42]),)
    assert question.doc_ids == ("bridge",)
    assert (question.date, question.filters.published_after) == (date(2026, 1, 20), date(2026, 1, 1))
    assert (question.history[0].content, question.nuggets[0].vital, question.choices) == (
        "Which bridge?", False, ("84", "48")
    )


def test_unanswerable_question_keeps_its_articles_as_those_it_was_asked_of(tmp_path: Path) -> None:
    (question,) = load_questions(_write(tmp_path / "q.jsonl", _row(answerable=False)))
    assert (question.answers, question.doc_ids, question.relevant) == ((), ("bridge",), frozenset())


def test_beir_folder_is_read_with_its_judgements(tmp_path: Path) -> None:
    _write(tmp_path / "queries.jsonl", {"_id": "1", "text": "bridges?"}, {"_id": "2", "text": "not judged"}, "{}")
    (tmp_path / "qrels").mkdir()
    (tmp_path / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\n1\ta\t1\n1\tb\t0\n1\tc\t2\n", "utf-8")
    first, bad = read_questions(tmp_path)
    assert isinstance(bad, BadLine)
    assert not isinstance(first, BadLine)
    assert (first.question.id, first.question.doc_ids, first.question.answerable) == ("1", ("a", "c"), None)


def test_squad_json_is_read_with_its_impossible_questions(tmp_path: Path) -> None:
    answer = {"text": "1931", "answer_start": 9}
    asked = [
        {"id": "q1", "question": "When was it built?", "is_impossible": False, "answers": [answer, answer]},
        {"id": "q2", "question": "Who built it?", "is_impossible": True, "answers": [], "plausible_answers": [answer]},
    ]
    other = {"id": 3, "question": "What colour is it?", "answers": [{"text": "Red"}]}
    paragraphs = [{"context": "Built in 1931.", "qas": asked}, {"context": "Red.", "qas": [other], "id": "b"}]
    path = tmp_path / "dev-v2.0.json"
    path.write_text(json.dumps({"version": "v2.0", "data": [{"title": "Bridge", "paragraphs": paragraphs}]}))
    first, second, third = load_questions(path)
    assert (first.id, first.answerable, first.answers, first.doc_ids) == ("q1", True, (GoldAnswer(text="1931"),), ())
    assert (second.answerable, second.answers) == (False, ())
    assert (third.id, third.forms, third.relevant) == ("3", ("Red",), frozenset({"b"}))


def test_csv_is_read_by_the_names_of_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "gold.csv"
    path.write_text(
        "\ufeffid,question,answers,doc_ids,answerable,date,note\n"
        'q1,"How long, in metres, is it?",84 metres | 84 m,a|b,true,2026-01-20,checked\n'
        "q2,Who built it?,,a,false,,\n"
        "q3,When?\n",
        encoding="utf-8",
    )
    first, second, third = load_questions(path)
    assert (first.question, first.doc_ids, first.date) == ("How long, in metres, is it?", ("a", "b"), date(2026, 1, 20))
    assert first.answers == (GoldAnswer(text="84 metres", aliases=("84 m",)),)
    assert (second.answerable, second.relevant, third.answerable) == (False, frozenset(), None)


def test_row_of_a_csv_file_that_is_no_question_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gold.csv"
    path.write_text("id,question,answerable\nq1,When?,perhaps\n", encoding="utf-8")
    (bad,) = read_questions(path)
    assert isinstance(bad, BadLine)
    assert (bad.line, bad.reason.startswith("answerable: ")) == (2, True)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("gold.csv", b"id,text\nq1,When?\n", "no column 'question'"), ("gold.csv", b"", "no column 'id'"),
        ("gold.csv", b"id,question\n\xff,When?\n", "not CSV in UTF-8"),
        ("gold.csv", b'id,question\nq1,"When\n', "not CSV in UTF-8"),
        ("gold.json", b'{"questions": []}', "read as SQuAD's"), ("gold.json", b'{"data": []}', "no questions"),
    ],
)
def test_other_files_are_refused_with_the_form_they_should_have(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadQuestions, match=words):
        load_questions(tmp_path / name)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('{"id":"q1"}', "line 1: question"), ("[]", "line 1"), ("{", "line 1"),
        ('{"id":"q1","question":" "}', "empty"), ('{"id":"q1","question":"x?","date":"soon"}', "line 1"),
    ],
)
def test_line_that_is_no_question_is_named(tmp_path: Path, line: str, words: str) -> None:
    with pytest.raises(BadQuestions, match=words):
        load_questions(_write(tmp_path / "q.jsonl", line))


def test_files_without_questions_are_errors(tmp_path: Path) -> None:
    with pytest.raises(BadQuestions, match="no questions"):
        load_questions(_write(tmp_path / "q.jsonl"))
    with pytest.raises(BadQuestions, match="No such file"):
        load_questions(tmp_path / "nothing.jsonl")
    with pytest.raises(BadQuestions, match="comes twice"):
        load_questions(_write(tmp_path / "q.jsonl", _row(), _row(question="What else?")))


def test_every_kind_of_fault_is_found_at_its_line(tmp_path: Path) -> None:
    span = {"doc_id": "bridge", "start": 1, "end": 43, "quote": TEXT[:42]}
    path = _write(
        tmp_path / "q.jsonl",
        _row("q1"),
        _row("q1", "Who opened the bridge at Marlow Creek?", answers=["Edith Larch"]),
        _row("q3", "how long is THE bridge"),
        _row("q4", "Who opened a bridge at Marlow Creek then?", answers=["Edith Larch"]),
        _row("q5", "When was it opened?", answers=["Monday"], split=None),
        _row("q6", "What did it cost?", answers=["$3 million"]),
        _row("q7", "Where is the ferry?", doc_ids=["ferry"]),
        _row("q8", "Which span is it?", evidence=[span]),
        "not JSON",
        _row("q10", "Is the tunnel open?", answerable=False),
        _row("q11", "Is anything known?", answers=[]),
        _row("q12", "Which one is it?", choices=["48 metres", "94 metres"]),
    )
    assert _find(path) == [
        (2, "duplicate id"), (3, "duplicate question"), (4, "near-duplicate question"), (5, "no split"),
        (6, "answer not found"), (7, "unknown article"), (8, "wrong quote"), (9, "unreadable"),
        (10, "answers of an unanswerable question"), (11, "no answer"), (12, "no right choice"),
    ]
    wrong = next(fault for fault in validate(path, TEXTS)[1] if fault.kind == "wrong quote")
    assert wrong.detail.endswith("is not at 1, but at 0 to 42")


def test_questions_that_differ_by_day_history_or_number_are_no_duplicates(tmp_path: Path) -> None:
    turn = [{"role": "user", "content": "Which bridge?"}]
    path = _write(
        tmp_path / "q.jsonl", _row("q1"), _row("q2", date="2026-01-20"), _row("q3", history=turn),
        _row("q4", "What was agreed on canola in the deal of 2025?", answers=["84"]),
        _row("q5", "What was agreed on canola in the deal of 2026?", answers=["84"]),
    )
    assert _find(path) == []


def test_command_lists_faults_and_exits_with_1(footnote: Command, tmp_path: Path) -> None:
    rows = make_rows()
    good = write_questions(tmp_path / "good.jsonl", rows)
    done = footnote("eval", "validate", good, "--corpus", SAMPLE)
    assert (done.code, done.err) == (0, "")
    assert "26 questions, 0 faults; held against their articles" in done.out
    rows[1] = {**rows[0], "answers": ["yesterday"], "doc_ids": [WIRE]}
    bad = write_questions(tmp_path / "bad.jsonl", rows)
    done = footnote("eval", "validate", bad, "--corpus", SAMPLE, "--json")
    assert done.code == 1
    assert [(fault["line"], fault["kind"]) for fault in done.json["faults"]] == [
        (2, "answer not found"), (2, "duplicate id"), (2, "duplicate question"),
    ]
    assert footnote("eval", "validate", "nothing.jsonl").code == 2


class Typist:
    """Answers prompts from a list, and keeps what it was told."""

    def __init__(self, typed: Sequence[str]) -> None:
        self.typed = list(typed)
        self.told: list[str] = []

    def ask(self, what: str) -> str:
        return self.typed.pop(0)

    def tell(self, line: str) -> None:
        self.told.append(line)


def test_drafted_questions_are_validated_and_have_their_spans(tmp_path: Path) -> None:
    article = make_article(TEXT + " The bridge of 84 metres is green.")
    path = tmp_path / "q.jsonl"
    typist = Typist([
        "How long is the bridge?", "84 metres", "9", "1",  # two sentences say it, there is no ninth
        "Who opened it?", "Nobody Else",  # not in the article
        "Who painted it?", "",  # the article does not say
        "",
    ])  # fmt: skip
    drafted = Drafted(split="dev", date=date(2026, 1, 20))
    assert draft_questions(article, path, prompter=typist, drafted=drafted) == 2
    first, second = load_questions(path)
    assert first.evidence == (GoldEvidence(doc_id="bridge", start=0, end=42, quote=TEXT[:42]),)
    assert (first.id, second.id, second.answerable, first.date) == ("q0001", "q0002", False, date(2026, 1, 20))
    assert any("Nobody Else" in line for line in typist.told)
    assert validate(path, {article.id: article.text}) == (2, [])
    assert draft_questions(article, path, prompter=Typist(["Is it green?", "green", ""]), drafted=drafted) == 1
    assert [one.id for one in load_questions(path)] == ["q0001", "q0002", "q0003"]


def test_draft_shows_the_article_and_ends_without_input(footnote: Command, sample: Path) -> None:
    done = footnote("eval", "draft", WIRE, "--questions", "mine.jsonl", "--data", sample)
    assert done.code == 1
    with Catalog(sample) as catalog:
        assert catalog.article(WIRE).text[:60] in done.out
    assert footnote("eval", "draft", "nothing", "--questions", "mine.jsonl", "--data", sample).code == 2
