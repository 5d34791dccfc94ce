"""Feedback: votes on answers, kept as long as may be and no longer, with no word that nobody wanted kept."""

import json
import sqlite3
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from service.errors import BrokenFeedback
from service.feedback import FEEDBACK, FeedbackStore, IssuedAnswers, Vote
from service.retention import forgetting
from tests.command import Command
from tests.serving import Api, copy, open_api, serve, wait_for

CANARY = "zanzibarcanary"
UNKNOWN = f"ans_{'0' * 32}"
NOW = datetime.now(UTC)


def _vote(number: int, *, days: float = 0, reason: str | None = None) -> Vote:
    """A vote of so many days ago."""
    return Vote(
        answer_id=f"ans_{number:032x}", rating="down", reason=reason, question=None, voted_at=NOW - timedelta(days=days)
    )


@pytest.fixture(scope="module")
def api(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    with open_api(copy(archive, tmp_path_factory.mktemp("rated"))) as api:
        yield api


def _rate(api: Api, answer_id: str, **body: object) -> tuple[int, Any]:
    response = api.client.post(f"/v1/answers/{answer_id}/feedback", json=body)
    return response.status_code, response.json()


def test_last_vote_on_an_answer_is_the_one_that_counts(api: Api) -> None:
    answer = api.ask("Where did the ferry flood?")["id"]
    status, first = _rate(api, answer, rating="up")
    assert (status, first["rating"], first["reason"]) == (200, "up", None)
    status, second = _rate(api, answer, rating="down", reason="  The date is wrong.\n", question=f"{CANARY}?")
    assert (status, second["object"], second["answer_id"]) == (200, "feedback", answer)
    assert (second["rating"], second["reason"], second["question"]) == ("down", "The date is wrong.", None)
    (kept,) = [vote for vote in api.service.feedback.votes() if vote.answer_id == answer]
    assert (kept.rating, kept.reason, kept.question) == ("down", "The date is wrong.", None)
    assert CANARY.encode() not in (api.service.folder / FEEDBACK).read_bytes()
    assert CANARY not in api.logged.getvalue()
    assert "date is wrong" not in api.logged.getvalue()
    assert (api.events[-1]["answer"], api.events[-1]["rating"]) == (answer, "down")


def test_answer_that_was_never_given_cannot_be_rated(api: Api) -> None:
    assert _rate(api, UNKNOWN, rating="up")[1]["type"] == "/problems#unknown-answer"
    for malformed in ("ans_1", UNKNOWN.upper(), f"{UNKNOWN}0", "x" * 36):
        assert _rate(api, malformed, rating="up")[0] == 422
    assert UNKNOWN not in {vote.answer_id for vote in api.service.feedback.votes()}


@pytest.mark.parametrize(
    "body",
    [{}, {"rating": "sideways"}, {"rating": "up", "reason": "x" * 1_001}, {"rating": "up", "question": "x" * 2_001},
     {"rating": "up", "stars": 5}, {"rating": ["up"]}, {"rating": "up", "reason": 5}],
)
def test_vote_that_says_nothing_or_too_much_is_refused(api: Api, body: dict[str, object]) -> None:
    status, problem = _rate(api, UNKNOWN, **body)
    assert (status, problem["type"]) == (422, "/problems#invalid-request")


def test_file_is_for_its_owner_only(api: Api) -> None:
    _rate(api, api.ask("Where did the ferry flood?")["id"], rating="up")
    assert stat.S_IMODE((api.service.folder / FEEDBACK).stat().st_mode) == 0o600


def test_question_is_kept_where_that_was_asked_for(archive: Path, tmp_path: Path) -> None:
    with open_api(copy(archive, tmp_path), feedback_questions=True) as api:
        answer = api.ask("Where did the ferry flood?")["id"]
        assert _rate(api, answer, rating="up", question="Where did the ferry flood?")[1]["question"] is not None
        (kept,) = api.service.feedback.votes()
        assert kept.question == "Where did the ferry flood?"


def test_vote_may_be_changed_after_the_service_has_forgotten_the_answer(archive: Path, tmp_path: Path) -> None:
    folder = copy(archive, tmp_path)
    with open_api(folder) as api:
        rated, unrated = api.ask("Where did the ferry flood?")["id"], api.ask("Who barked?")["id"]
        assert _rate(api, rated, rating="up")[0] == 200
    with open_api(folder) as api:
        assert _rate(api, rated, rating="down")[0] == 200
        assert _rate(api, unrated, rating="down")[0] == 404


def test_where_nothing_is_kept_nothing_is_taken(archive: Path, tmp_path: Path) -> None:
    with open_api(copy(archive, tmp_path), feedback_days=0) as api:
        status, problem = _rate(api, api.ask("Who barked?")["id"], rating="up")
        assert (status, problem["type"]) == (403, "/problems#feedback-off")
        assert not (api.service.folder / FEEDBACK).exists()


def test_service_forgets_votes_when_their_days_are_over(archive: Path, tmp_path: Path) -> None:
    folder = copy(archive, tmp_path)
    store = FeedbackStore(folder, days=1_000)
    for number, days in ((1, 29.0), (2, 31.0)):
        store.record(_vote(number, days=days))
    with open_api(folder, feedback_days=30):
        wait_for(lambda: [vote.answer_id for vote in store.votes()] == [_vote(1).answer_id])


def test_votes_that_are_too_old_are_shown_to_nobody_and_forgotten_again_and_again(tmp_path: Path) -> None:
    long, short = FeedbackStore(tmp_path, days=1_000), FeedbackStore(tmp_path, days=30)
    with forgetting(short, warn=pytest.fail, every=0.05):
        for number in (1, 2):
            long.record(_vote(number, days=31))
            assert short.votes() == []
            wait_for(lambda: long.votes() == [])


def test_purged_votes_leave_nothing_in_the_file(tmp_path: Path) -> None:
    store = FeedbackStore(tmp_path, days=90)
    assert (store.votes(), store.purge(), list(tmp_path.iterdir())) == ([], 0, [])
    for number in range(50):
        store.record(_vote(number, days=number, reason=f"{CANARY} {number}"))
    assert [vote.answer_id for vote in store.votes()] == [_vote(number).answer_id for number in range(50)]
    assert store.purge(before=NOW - timedelta(days=10)) == 39
    assert len(store.votes()) == 11
    assert store.purge() == 11
    assert CANARY.encode() not in (tmp_path / FEEDBACK).read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == [FEEDBACK]


def test_file_of_another_kind_or_of_a_newer_version_is_not_touched(tmp_path: Path) -> None:
    path, store = tmp_path / FEEDBACK, FeedbackStore(tmp_path, days=90)
    path.write_bytes(b"This is a letter, and no database at all." * 100)
    with pytest.raises(BrokenFeedback, match="move it away"):
        store.votes()
    path.unlink()
    with sqlite3.connect(path) as sql:
        sql.execute("PRAGMA user_version = 2")
    sql.close()
    with pytest.raises(BrokenFeedback, match="newer Footnote"):
        store.record(_vote(1))


def test_service_remembers_only_its_last_answers() -> None:
    issued = IssuedAnswers(remembered=2)
    for answer in ("a", "b", "c"):
        issued.add(answer)
    assert [answer in issued for answer in ("a", "b", "c")] == [False, True, True]


def test_votes_are_listed_exported_and_purged_beside_the_service(footnote: Command, tmp_path: Path) -> None:
    data = tmp_path / "data"
    hostile = "\x1b[2J\u202e\x9b31m<script>\r\nDrop"
    assert "0 up, 0 down" in footnote("feedback", "list", "--data", data).out
    with serve(footnote, data) as served, served.client() as client:
        client.post("/v1/articles", json={"id": "mill", "text": "The mill of Lowmere burned."})
        ids = [client.post("/v1/ask", json={"question": "What burned?"}).json()["id"] for _ in range(2)]
        bodies: list[dict[str, object]] = [{"rating": "up"}, {"rating": "down", "reason": hostile}]
        for answer, body in zip(ids, bodies, strict=True):
            assert client.post(f"/v1/answers/{answer}/feedback", json=body).status_code == 200
        listed = footnote("feedback", "list", "--data", data)
        assert listed.out.startswith("1 up, 1 down\n")
        as_json = footnote("feedback", "list", "--limit", "1", "--json", "--data", data)
        exported = footnote("feedback", "export", "--data", data)
        assert [vote["answer_id"] for vote in as_json.json] == ids[1:]
        votes = [json.loads(line) for line in exported.out.splitlines()]
        assert [(vote["answer_id"], vote["reason"]) for vote in votes] == [(ids[1], hostile), (ids[0], None)]
        for done in (listed, as_json, exported):
            assert done.code == 0
            assert not set("\x1b\u202e\x9b\r") & set(done.out)
        neither = footnote("feedback", "purge", "--data", data)
        assert (neither.code, "--before DAY, or --all" in neither.err) == (2, True)
        assert footnote("feedback", "purge", "--before", "2020-01-01", "--data", data).out == "0 votes deleted.\n"
        assert footnote("feedback", "purge", "--all", "--json", "--data", data).json == {"deleted": 2}
        assert client.post(f"/v1/answers/{ids[0]}/feedback", json={"rating": "up"}).status_code == 200
    assert "1 up, 0 down" in footnote("feedback", "list", "--data", data).out
