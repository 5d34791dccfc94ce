"""Asking as readers do: a question in, an answer that streams, and every sentence opens where it stands."""

from playwright.sync_api import expect

from tests.browser.answers import (
    BRIDGE_COST,
    COST,
    FERRY_STOPS,
    FLOOD,
    NOTHING,
    PARTLY,
    STOPS,
)
from tests.browser.meeting import Meets
from tests.browser.stage import Gate, Reply, Stage, Stream, event, stream_of

EVENTS = """() => {
  window.heard = [];
  for (const name of ["open", "close", "question", "answer", "citation-open", "feedback", "error"]) {
    addEventListener(`ask-${name}`, (event) => heard.push([event.type, JSON.parse(JSON.stringify(event.detail))]));
  }
}"""
SAID = """() => {
  window.said = [];
  const root = document.querySelector("footnote-ask").shadowRoot;
  new MutationObserver((changes) => {
    for (const { target } of changes) if (target.textContent) said.push(target.textContent);
  }).observe(root.querySelector("[role=status]"), { childList: true });
}"""


def test_answer_streams_and_every_citation_opens_its_words_in_the_article(meet: Meets, stage: Stage) -> None:
    meeting = meet().open()
    gate = meeting.ask_until(BRIDGE_COST, 5)
    expect(meeting.turn.locator(".text")).to_contain_text(COST)
    expect(meeting.turn.locator(".chip")).to_have_count(1)
    gate.open()
    expect(meeting.turn).to_have_attribute("data-state", "answered")
    expect(meeting.turn.locator(".chip")).to_have_count(3)
    for number, quote in enumerate((COST, FLOOD, STOPS), 1):
        meeting.turn.locator(f'.chip[data-number="{number}"]').click()
        expect(meeting.card.locator("mark")).to_have_text(quote)
        meeting.card.get_by_role("button", name="Show in article").click()
        expect(meeting.find(".page mark")).to_have_text(quote)
        expect(meeting.find(".page mark")).to_be_in_viewport()
        meeting.page.keyboard.press("Escape")
        expect(meeting.find(".reading")).to_be_hidden()
    assert stage.asked == [{"question": BRIDGE_COST.question, "conversation": [], "stream": True}]
    assert "/v1/articles/marlow%2Frecord-17/text?version=1" in stage.requests


PLACES = """turn => [".text > span", ".question"].map(one => {
    const box = turn.querySelector(one).getBoundingClientRect()
    return [box.x, box.y]
})"""


def test_text_stays_where_it_is_while_the_answer_grows(meet: Meets, stage: Stage) -> None:
    meeting = meet().open().ask(FERRY_STOPS)
    pieces, gates = stream_of(BRIDGE_COST), [Gate() for _ in stream_of(BRIDGE_COST)]
    stage.acts.append(Stream(pieces=[part for pair in zip(pieces, gates, strict=True) for part in pair]))
    meeting.type(BRIDGE_COST.question)
    places = []
    for gate in gates:
        gate.open()
        if gate in gates[2:]:
            expect(meeting.turn.locator(".text")).to_contain_text("The bridge cost")
            places.append(meeting.turn.evaluate(PLACES))  # at once: the text may be drawn anew at any time
    expect(meeting.turn).to_have_attribute("data-state", "answered")
    assert places
    assert all(place == places[0] for place in places)


def test_no_answer_shows_the_nearest_passages_which_open_in_their_articles(meet: Meets) -> None:
    meeting = meet().open().ask(NOTHING)
    expect(meeting.turn).to_contain_text("The articles do not say.")
    expect(meeting.turn.locator(".chip, .notes")).to_have_count(0)
    expect(meeting.turn.locator(".source")).to_have_count(3)
    meeting.turn.locator(".source").first.click()
    expect(meeting.find(".page mark")).to_have_text(NOTHING.sources[0].passage.text)
    meeting.page.keyboard.press("Escape")
    expect(meeting.turn.locator(".source").first).to_be_focused()


def test_partial_answer_says_so(meet: Meets) -> None:
    meeting = meet().open().ask(PARTLY)
    expect(meeting.turn.locator(".remark")).to_have_text("The articles answer only part of this question.")
    expect(meeting.turn.locator(".chip")).to_have_count(1)


def test_follow_up_sends_what_was_said_before(meet: Meets, stage: Stage) -> None:
    meeting = meet().open().ask(BRIDGE_COST).ask(FERRY_STOPS).ask(PARTLY)
    assert [one["conversation"] for one in stage.asked] == [
        [],
        turns := [
            {"role": "user", "content": BRIDGE_COST.question}, {"role": "assistant", "content": BRIDGE_COST.answer.text}
        ],
        [*turns, {"role": "user", "content": FERRY_STOPS.question},
         {"role": "assistant", "content": FERRY_STOPS.answer.text}],
    ]
    expect(meeting.find(".turn")).to_have_count(3)
    expect(meeting.find(".turn").first.locator(".chip")).to_have_count(3)


def test_conversation_is_sent_only_as_far_as_the_service_takes_it(meet: Meets, stage: Stage) -> None:
    stage.config["limits"] = {"question_characters": 300, "conversation_turns": 2, "conversation_characters": 16_000}
    meet().open().ask(BRIDGE_COST).ask(PARTLY).ask(FERRY_STOPS)
    assert [one["content"] for one in stage.asked[-1]["conversation"]] == [PARTLY.question, PARTLY.answer.text]


def test_what_the_service_understood_is_shown(meet: Meets, stage: Stage) -> None:
    answer = FERRY_STOPS.model_dump(mode="json") | {"rewritten_question": "When will the Dunmere ferry stop?"}
    stage.acts.append(Stream(pieces=[*stream_of(FERRY_STOPS)[:-1], event("done", answer)]))
    meeting = meet().open().type("And when?")
    expect(meeting.turn).to_contain_text("Understood as: When will the Dunmere ferry stop?")


def test_reload_keeps_the_conversation_and_its_citations(meet: Meets, stage: Stage) -> None:
    meeting = meet().open().ask(BRIDGE_COST).ask(NOTHING)
    meeting.page.reload()
    meeting.open()
    expect(meeting.find(".turn")).to_have_count(2)
    meeting.find(".chip").nth(1).click()
    expect(meeting.card.locator("mark")).to_have_text(FLOOD)
    meeting.page.keyboard.press("Escape")
    meeting.ask(FERRY_STOPS)
    assert len(stage.asked[-1]["conversation"]) == 4


def test_page_may_forbid_that_anything_is_kept(meet: Meets) -> None:
    meeting = meet('persist="none"').open().ask(BRIDGE_COST)
    assert meeting.page.evaluate("sessionStorage.length") == 0
    meeting.page.reload()
    expect(meeting.open().find(".turn")).to_have_count(0)


def test_what_is_kept_is_bounded(meet: Meets, stage: Stage) -> None:
    meeting = meet().open()
    for _ in range(22):
        meeting.ask(NOTHING)
    kept = meeting.page.evaluate("Object.entries(sessionStorage)")
    assert len(kept) == 1
    assert len(kept[0][1]) < 200_000
    meeting.page.reload()
    expect(meeting.open().find(".turn")).to_have_count(20)


def test_new_conversation_forgets_the_old_one(meet: Meets, stage: Stage) -> None:
    meeting = meet().open().ask(BRIDGE_COST)
    meeting.page.get_by_role("button", name="New conversation").click()
    expect(meeting.find(".turn")).to_have_count(0)
    expect(meeting.field).to_be_focused()
    meeting.ask(FERRY_STOPS)
    assert stage.asked[-1]["conversation"] == []
    meeting.page.reload()
    expect(meeting.open().find(".turn")).to_have_count(1)


def test_stop_ends_the_work_of_the_service_and_keeps_what_was_said(meet: Meets, stage: Stage) -> None:
    meeting = meet().open()
    meeting.ask_until(BRIDGE_COST, 5)
    expect(meeting.turn.locator(".chip")).to_have_count(1)
    meeting.page.get_by_role("button", name="Stop").click()
    expect(meeting.turn).to_have_attribute("data-state", "stopped")
    assert stage.abandoned.wait(10)
    expect(meeting.turn.locator(".text")).to_contain_text(COST)
    stage.answer(BRIDGE_COST)
    meeting.turn.get_by_role("button", name="Ask again").click()
    expect(meeting.turn).to_have_attribute("data-state", "answered")
    expect(meeting.find(".turn")).to_have_count(1)
    expect(meeting.turn.locator(".chip")).to_have_count(3)


def test_suggested_question_is_asked_by_a_click(meet: Meets, stage: Stage) -> None:
    meeting = meet('questions="Who runs the ferry?| When will the ferry stop? "').open()
    expect(meeting.find(".suggestion")).to_have_text(["Who runs the ferry?", "When will the ferry stop?"])
    stage.answer(FERRY_STOPS)
    meeting.find(".suggestion").nth(1).click()
    expect(meeting.turn).to_have_attribute("data-state", "answered")
    expect(meeting.field).to_be_focused()
    assert stage.asked[0]["question"] == "When will the ferry stop?"


def test_answer_comes_whole_where_streams_are_off(meet: Meets, stage: Stage) -> None:
    stage.acts.append(Reply(body=FERRY_STOPS.model_dump(mode="json")))
    meeting = meet('stream="off"').open().type(FERRY_STOPS.question)
    expect(meeting.turn).to_have_attribute("data-state", "answered")
    expect(meeting.turn.locator(".chip")).to_have_count(1)
    assert stage.asked[0]["stream"] is False


def test_rating_is_sent_with_a_reason_and_may_be_changed(meet: Meets, stage: Stage) -> None:
    meeting = meet().open().ask(FERRY_STOPS)
    up, down = (meeting.page.get_by_role("button", name=name) for name in ("This helped", "This did not help"))
    up.click()
    expect(up).to_have_attribute("aria-pressed", "true")
    expect(meeting.turn).to_contain_text("Thank you.")
    down.click()
    expect(up).to_have_attribute("aria-pressed", "false")
    meeting.page.get_by_label("What was wrong or missing? (optional)").fill("The year is missing.")
    meeting.page.get_by_role("button", name="Send").click()
    expect(down).to_be_focused()
    sent = {"path": f"/v1/answers/{FERRY_STOPS.id}/feedback", "question": FERRY_STOPS.question}
    assert stage.rated == [
        {**sent, "rating": "up", "reason": None}, {**sent, "rating": "down", "reason": None},
        {**sent, "rating": "down", "reason": "The year is missing."},
    ]


def test_no_rating_is_asked_for_where_the_service_takes_none(meet: Meets, stage: Stage) -> None:
    stage.config["feedback"] = False
    expect(meet().open().ask(FERRY_STOPS).turn.locator("[aria-pressed]")).to_have_count(0)


def test_screen_readers_hear_of_an_answer_once(meet: Meets) -> None:
    meeting = meet().open()
    expect(meeting.page.get_by_role("log", name="Questions and answers")).to_have_attribute("aria-live", "off")
    meeting.page.evaluate(SAID)
    meeting.ask(FERRY_STOPS)
    assert meeting.page.evaluate("said") == ["Searching the articles", "Answering", f"{STOPS} One citation."]
    meeting.page.reload()
    meeting.open()
    expect(meeting.page.get_by_role("status").first).to_have_text("")  # what is kept is not news


def test_events_tell_the_page_what_happens(meet: Meets, stage: Stage) -> None:
    meeting = meet()
    meeting.page.evaluate(EVENTS)
    meeting.open().ask(FERRY_STOPS)
    meeting.turn.locator(".chip").click()
    meeting.page.keyboard.press("Escape")
    meeting.page.get_by_role("button", name="This helped").click()
    meeting.page.get_by_role("button", name="Close").click()
    heard = meeting.page.evaluate("heard")
    assert [name for name, _ in heard] == [
        "ask-open", "ask-question", "ask-answer", "ask-citation-open", "ask-feedback", "ask-close"
    ]
    assert heard[1][1] == {"question": FERRY_STOPS.question}
    assert heard[2][1]["answer"]["id"] == FERRY_STOPS.id
    assert heard[3][1]["citation"]["quote"] == STOPS
    assert heard[4][1] == {"answer": FERRY_STOPS.id, "rating": "up", "reason": ""}


def test_page_drives_the_widget_by_its_methods(meet: Meets, stage: Stage) -> None:
    meeting = meet()
    stage.answer(FERRY_STOPS)
    meeting.page.evaluate("question => document.querySelector('footnote-ask').ask(question)", FERRY_STOPS.question)
    expect(meeting.turn).to_have_attribute("data-state", "answered")
    assert meeting.page.evaluate("document.querySelector('footnote-ask').opened") is True
    meeting.page.evaluate("document.querySelector('footnote-ask').clear()")
    expect(meeting.find(".turn")).to_have_count(0)
    meeting.ask_until(BRIDGE_COST, 2)
    expect(meeting.turn.locator(".status")).to_contain_text("Reading 3 articles")
    meeting.page.evaluate("document.querySelector('footnote-ask').stop()")
    expect(meeting.turn).to_have_attribute("data-state", "stopped")
    meeting.page.evaluate("document.querySelector('footnote-ask').close()")
    expect(meeting.panel).to_be_hidden()
    expect(meeting.ask_button).to_be_visible()
