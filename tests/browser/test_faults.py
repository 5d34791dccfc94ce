"""What goes wrong on the way: every fault is said once, keeps what was there, and can be tried again."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.answers import BRIDGE, BRIDGE_COST, COST, FERRY_STOPS, IN_ARABIC
from tests.browser.meeting import Meeting, Meets
from tests.browser.stage import Reply, Stage, Stream, event, problem, stream_of

WHOLE = stream_of(BRIDGE_COST)
INTERRUPTED = "The connection broke before the answer was complete."
UNREACHED = re.compile("connection broke|cannot be reached")  # by whether Chromium had handed over what came before


def alert_of(meeting: Meeting) -> str:
    """What screen readers are told at once."""
    return meeting.page.locator("[role=alert]").last.text_content() or ""


def retry(meeting: Meeting) -> None:
    """Try again, and succeed."""
    meeting.stage.answer(BRIDGE_COST)
    meeting.turn.get_by_role("button", name="Try again").click()
    expect(meeting.turn).to_have_attribute("data-state", "answered")
    expect(meeting.find(".turn")).to_have_count(1)
    expect(meeting.turn.locator(".box")).to_have_count(0)
    assert meeting.stage.asked[-1]["question"] == BRIDGE_COST.question


def test_rate_limit_counts_down_until_it_may_be_tried_again(meet: Meets, stage: Stage) -> None:
    stage.acts.append(Reply(status=429, body=problem(429, "rate-limited"), headers={"Retry-After": "2"}))
    meeting = meet().open().type(BRIDGE_COST.question)
    button = meeting.turn.get_by_role("button")
    expect(button).to_have_text("Try again in 2 seconds")
    button.click(force=True)
    assert len(stage.asked) == 1
    expect(button).to_have_text("Try again")
    assert alert_of(meeting) == "That was a lot of questions in a short time."
    retry(meeting)


@pytest.mark.parametrize(
    ("status", "name", "said"),
    [
        (503, "overloaded", "Many people are asking just now."),
        (503, "no-articles", "There are no articles to answer from yet."),
        (500, "internal-error", "Something went wrong on our side."),
        (502, "", "Something went wrong on our side."),
    ],
)
def test_refusal_of_the_service_is_said_and_can_be_tried_again(
    status: int, name: str, said: str, meet: Meets, stage: Stage
) -> None:
    stage.acts.append(Reply(status=status, body=problem(status, name) if name else "<html>Bad gateway"))
    meeting = meet().open().type(BRIDGE_COST.question)
    expect(meeting.turn.locator(".box")).to_contain_text(said)
    assert alert_of(meeting) == said
    retry(meeting)


@pytest.mark.parametrize(("status", "name"), [(401, "key-required"), (403, "foreign-origin"), (422, "invalid-request")])
def test_what_cannot_succeed_is_not_tried_again(status: int, name: str, meet: Meets, stage: Stage) -> None:
    stage.acts.append(Reply(status=status, body=problem(status, name)))
    meeting = meet().open().type(BRIDGE_COST.question)
    expect(meeting.turn.locator(".box")).to_be_visible()
    expect(meeting.turn.get_by_role("button")).to_have_count(0)


def test_error_in_the_middle_of_a_stream_keeps_what_was_said(meet: Meets, stage: Stage) -> None:
    failed = event("error", {"problem": problem(503, "overloaded")})
    stage.acts.append(Stream(pieces=[*WHOLE[:4], failed]))
    meeting = meet().open().type(BRIDGE_COST.question)
    expect(meeting.turn.locator(".box")).to_contain_text("Many people are asking just now.")
    expect(meeting.turn.locator(".text")).to_contain_text(COST)
    expect(meeting.turn.locator(".chip")).to_have_count(1)
    retry(meeting)


@pytest.mark.parametrize(
    "pieces",
    [
        pytest.param([], id="empty"),
        pytest.param([b"garbage\n\n\xff\xfe\x00"], id="garbage"),
        pytest.param([b"<html>Welcome to the hotel network</html>"], id="another's page"),
        pytest.param([*WHOLE[:3], b"event: delta\ndata: {\"text\": \n\n"], id="JSON that is none"),
        pytest.param(WHOLE[:-1], id="no end"),
        pytest.param([*WHOLE[:-1], WHOLE[-1][:-40]], id="end cut off"),
        pytest.param([*WHOLE[:3], event("done", {"status": "answered"})], id="end that is no answer"),
        pytest.param([*WHOLE[:3], event("done", None)], id="end that is nothing"),
    ],
)
@pytest.mark.parametrize("broken", [False, True])
def test_stream_that_breaks_is_an_error_and_never_an_answer(
    pieces: list[bytes], broken: bool, meet: Meets, stage: Stage
) -> None:
    stage.acts.append(Stream(pieces=pieces, broken=broken))
    meeting = meet().open().type(BRIDGE_COST.question)
    expect(meeting.turn).to_have_attribute("data-state", "failed")
    expect(meeting.turn.locator(".box")).to_contain_text(UNREACHED if broken else INTERRUPTED)
    retry(meeting)


@pytest.mark.parametrize("size", [1, 3, 7])
def test_bytes_may_come_in_any_pieces(size: int, meet: Meets, stage: Stage) -> None:
    whole = b"".join(stream_of(IN_ARABIC))
    stage.acts.append(Stream(pieces=[whole[at : at + size] for at in range(0, len(whole), size)]))
    meeting = meet().open().type(IN_ARABIC.question)
    expect(meeting.turn).to_have_attribute("data-state", "answered")
    meeting.turn.locator(".chip").first.click()
    expect(meeting.card.locator("mark")).to_have_text(IN_ARABIC.citations[0].quote)


@pytest.mark.parametrize("end", [b"\r\n", b"\r"])
def test_lines_may_end_as_the_standard_allows(end: bytes, meet: Meets, stage: Stage) -> None:
    whole = b": ping\n\nretry: 10\n" + b"".join(WHOLE)
    stage.acts.append(Stream(pieces=[whole.replace(b"\n", end)]))
    meeting = meet().open().type(BRIDGE_COST.question)
    expect(meeting.turn).to_have_attribute("data-state", "answered")
    expect(meeting.turn.locator(".chip")).to_have_count(3)


def test_unknown_events_and_fields_change_nothing(meet: Meets, stage: Stage) -> None:
    more = [b"event: weather\ndata: {\"sun\": true}\n\n", b"data\n\n", b"id\n\n", b"data: 1\n\n", b"event: sources\n\n"]
    stage.acts.append(Stream(pieces=[*more, *WHOLE[:2], *more, *WHOLE[2:]]))
    meeting = meet().open().type(BRIDGE_COST.question)
    expect(meeting.turn).to_have_attribute("data-state", "answered")
    expect(meeting.turn.locator(".chip")).to_have_count(3)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"source_id": "s99"}, id="unknown source"),
        pytest.param({"number": 0}, id="no number"),
        pytest.param({"quote": ""}, id="no quote"),
        pytest.param({"answer_span": {"start": 5000, "end": 6000}}, id="beyond the text"),
        pytest.param({"answer_span": {"start": 9, "end": 3}}, id="backwards"),
        pytest.param({"source_span": None}, id="nowhere"),
        pytest.param({"context": None}, id="no context"),
    ],
)
def test_citation_that_does_not_fit_its_text_is_never_shown(
    change: dict[str, object], meet: Meets, stage: Stage
) -> None:
    answer = BRIDGE_COST.model_dump(mode="json")
    answer["citations"][1] |= change
    streamed = event("citation", {"citation": answer["citations"][1]})
    stage.acts.append(Stream(pieces=[*WHOLE[:6], streamed, *WHOLE[7:-1], event("done", answer)]))
    meeting = meet().open().type(BRIDGE_COST.question)
    expect(meeting.turn).to_have_attribute("data-state", "answered")
    expect(meeting.turn.locator(".chip")).to_have_text(["1", "3"])


def test_question_asked_offline_is_kept_and_asked_again_online(meet: Meets, stage: Stage) -> None:
    meeting = meet().open()
    meeting.page.context.set_offline(True)
    expect(meeting.find(".offline")).to_have_text("You are offline.")
    meeting.type(BRIDGE_COST.question)
    expect(meeting.turn.locator(".box")).to_contain_text("You are offline. Your question is kept here.")
    meeting.page.context.set_offline(False)
    expect(meeting.find(".offline")).to_be_hidden()
    retry(meeting)


def test_service_that_cannot_be_reached_is_said(meet: Meets, stage: Stage) -> None:
    meeting = meet('endpoint="http://127.0.0.1:9/"').open().type(BRIDGE_COST.question)
    expect(meeting.turn.locator(".box")).to_contain_text("The service cannot be reached at the moment.")


def test_too_long_a_question_is_counted_and_never_cut(meet: Meets, stage: Stage) -> None:
    meeting = meet().open()
    meeting.field.fill("é🙂" * 151)  # 302 code points, where 300 are allowed
    expect(meeting.find(".counter")).to_have_text("Shorten it by 2 characters.")
    expect(meeting.field).to_have_attribute("aria-invalid", "true")
    assert alert_of(meeting) == "Shorten it by 2 characters."
    meeting.field.press("Enter")
    assert stage.asked == []
    meeting.field.fill("é🙂" * 149)
    expect(meeting.find(".counter")).to_have_text("298 of 300 characters")
    stage.answer(FERRY_STOPS)
    meeting.field.press("Enter")
    expect(meeting.turn).to_have_attribute("data-state", "answered")
    assert stage.asked[0]["question"] == "é🙂" * 149


def test_article_that_is_gone_and_one_that_failed_are_told_apart(meet: Meets, stage: Stage) -> None:
    meeting = meet().open().ask(BRIDGE_COST)
    del stage.texts[BRIDGE.id]
    meeting.turn.locator(".chip").first.click()
    meeting.card.get_by_role("button", name="Show in article").click()
    expect(meeting.find(".page [role=alert]")).to_have_text("This article is no longer in the collection.")
    meeting.page.keyboard.press("Escape")
    meeting.page.context.set_offline(True)
    meeting.turn.locator(".chip").first.click()
    meeting.card.get_by_role("button", name="Show in article").click()
    expect(meeting.find(".page [role=alert]")).to_contain_text("The article could not be opened.")
    meeting.page.context.set_offline(False)
    stage.texts[BRIDGE.id] = BRIDGE.text
    meeting.find(".page").get_by_role("button", name="Try again").click()
    expect(meeting.find(".page mark")).to_have_text(COST)


def test_rating_that_does_not_arrive_is_said(meet: Meets) -> None:
    meeting = meet().open().ask(FERRY_STOPS)
    meeting.page.context.set_offline(True)
    meeting.page.get_by_role("button", name="This helped").click()
    expect(meeting.page.locator("[role=alert]").last).to_have_text("Your rating could not be sent.")


def test_script_that_cannot_be_loaded_is_loaded_by_the_next_click(meet: Meets) -> None:
    meeting = meet()
    meeting.ask_button.wait_for()
    meeting.page.route("**/panel.js*", lambda route: route.abort())
    meeting.ask_button.click()
    expect(meeting.panel).to_have_count(0)
    meeting.page.unroute("**/panel.js*")
    meeting.ask_button.click()
    expect(meeting.field).to_be_visible()
