"""A question in the present is asked of the newest articles: an old report counts less where there is later news."""

import json
from datetime import date
from pathlib import Path

import pytest

from ingest.article import Metadata
from ingest.settings import Settings
from service.commands import take_in
from service.domain import Answer, Question
from service.wiring import open_answerer

SUIT = {
    "id": "suit", "title": "Tern Ferries goes to court", "date": "2022-05-03",
    "text": "Tern Ferries is suing the port of Lowmere over its broken ramp. A hearing is set for the summer.",
}
LATER = {
    "id": "later", "title": "Lowmere market moves", "date": "2026-03-02",
    "text": "The fish market of Lowmere moved into the old mill on Monday. Forty stalls have been let.",
}
UNDATED = {key: value for key, value in LATER.items() if key != "date"}

FENNWICK = {
    "id": "fennwick", "title": "Fennwick Foods to shed staff", "date": "2026-01-28",
    "text": "Fennwick Foods is closing a line in Abbotsley. The company will cut 640 jobs, it was said on Tuesday.",
}
TARN = {
    "id": "tarn", "title": "Tarn Foods closes soup plant", "date": "2026-07-02",
    "text": "Tarn Foods will cut 320 jobs, the company said on Thursday. Its soup plant in Lowmere closes.",
}


def _ask(folder: Path, question: str, *articles: dict[str, str]) -> Answer:
    folder.mkdir()
    corpus = folder / "corpus.jsonl"
    corpus.write_text("\n".join(json.dumps(one) for one in articles), encoding="utf-8")
    take_in(Settings(), folder / "data", [corpus], given=Metadata(), quiet=True)
    with open_answerer(Settings(), folder / "data", warm=True) as answerer:
        return answerer.ask(Question(text=question, as_of=date(2029, 6, 1)))


@pytest.mark.parametrize("question", ["Who is suing the port of Lowmere?", "What is the new suit against Lowmere?"])
def test_old_report_is_less_probable_where_there_is_later_news(question: str, tmp_path: Path) -> None:
    archive = _ask(tmp_path / "archive", question, SUIT)
    undated = _ask(tmp_path / "undated", question, SUIT, UNDATED)
    followed = _ask(tmp_path / "followed", question, SUIT, LATER)
    assert archive.status == "answered"
    assert followed.probability < archive.probability / 2
    assert undated.probability > followed.probability


def test_question_in_the_past_is_answered_whatever_came_later(tmp_path: Path) -> None:
    question = "Who sued the port of Lowmere?"
    assert _ask(tmp_path / "followed", question, SUIT, LATER).probability == pytest.approx(
        _ask(tmp_path / "undated", question, SUIT, UNDATED).probability
    )


def test_what_only_an_old_report_names_is_not_told_of_another(tmp_path: Path) -> None:
    answer = _ask(tmp_path / "followed", "How many jobs will be cut at Fennwick Foods?", FENNWICK, TARN)
    assert "640" in answer.text
    assert "320" not in answer.text
