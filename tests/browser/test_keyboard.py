"""Everything by keyboard alone, and the focus is never lost."""

from playwright.sync_api import expect

from tests.browser.answers import BRIDGE_COST, FLOOD
from tests.browser.meeting import Meets
from tests.browser.stage import Stage

FOCUSED = """() => {
  let one = document.activeElement;
  while (one.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
  return one.getAttribute("aria-label") ?? one.labels?.[0]?.textContent ?? one.textContent.trim();
}"""


def test_whole_journey_by_keyboard(meet: Meets, stage: Stage) -> None:
    meeting = meet()
    meeting.ask_button.wait_for()
    press = meeting.page.keyboard.press
    meeting.ask_button.focus()
    press("Enter")
    expect(meeting.field).to_be_focused()
    stage.answer(BRIDGE_COST)
    meeting.page.keyboard.type(BRIDGE_COST.question)
    press("Enter")
    expect(meeting.turn).to_have_attribute("data-state", "answered")
    press("F6")
    expect(meeting.find(".log")).to_be_focused()
    press("Tab")
    press("Tab")
    expect(meeting.turn.locator(".chip").nth(1)).to_be_focused()
    press("Enter")
    expect(meeting.card).to_be_focused()
    for name in ("Previous citation", "Next citation", "Close", "Show in article"):
        press("Tab")
        assert meeting.page.evaluate(FOCUSED) == name
    press("Enter")
    expect(meeting.find(".page mark")).to_have_text(FLOOD)
    expect(meeting.find(".page mark")).to_be_focused()
    press("Escape")
    expect(meeting.turn.locator(".chip").nth(1)).to_be_focused()
    press("Space")
    expect(meeting.card).to_be_focused()
    press("Escape")
    expect(meeting.card).to_be_hidden()
    expect(meeting.turn.locator(".chip").nth(1)).to_be_focused()
    press("F6")
    expect(meeting.field).to_be_focused()
    press("Escape")
    expect(meeting.panel).to_be_hidden()
    expect(meeting.ask_button).to_be_focused()


def test_focus_order_follows_what_is_seen(meet: Meets) -> None:
    meeting = meet().open().ask(BRIDGE_COST)
    meeting.find(".clear").focus()
    seen = []
    for _ in range(13):
        seen.append(str(meeting.page.evaluate(FOCUSED)).partition(":")[0])
        meeting.page.keyboard.press("Tab")
    assert seen == [
        "New conversation", "Close", "Questions and answers", "Citation 1", "Citation 2", "Citation 3", "Citation 1, 2",
        "Citation 3", "One more article found", "This helped", "This did not help", "Your question", "Ask",
    ]


def test_enter_asks_and_shift_enter_begins_a_line(meet: Meets, stage: Stage) -> None:
    meeting = meet().open()
    meeting.page.keyboard.type("What did it cost,")
    meeting.page.keyboard.press("Shift+Enter")
    meeting.page.keyboard.type("and who paid?")
    expect(meeting.field).to_have_value("What did it cost,\nand who paid?")
    stage.answer(BRIDGE_COST)
    meeting.page.keyboard.press("Enter")
    expect(meeting.turn).to_have_attribute("data-state", "answered")
    assert stage.asked[0]["question"] == "What did it cost,\nand who paid?"


def test_nothing_is_asked_by_an_empty_field_or_in_the_middle_of_composing(meet: Meets, stage: Stage) -> None:
    meeting = meet().open()
    meeting.page.keyboard.press("Enter")
    meeting.field.fill("日本")
    meeting.field.dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    assert stage.asked == []
    expect(meeting.field).to_have_value("日本")


def test_focus_stays_on_its_number_while_the_answer_goes_on(meet: Meets) -> None:
    meeting = meet().open()
    gate = meeting.ask_until(BRIDGE_COST, 5)
    meeting.turn.locator(".chip").first.focus()
    gate.open()
    expect(meeting.turn).to_have_attribute("data-state", "answered")
    expect(meeting.turn.locator(".chip").first).to_be_focused()


def test_page_keeps_its_keys_while_the_panel_is_open_beside_it(meet: Meets) -> None:
    meeting = meet().open()
    meeting.find("#own").focus()
    meeting.page.keyboard.press("Escape")
    expect(meeting.panel).to_be_visible()


def test_on_a_phone_the_rest_of_the_page_waits(meet: Meets) -> None:
    meeting = meet(width=320, height=640).open()
    assert meeting.panel.evaluate("one => one.matches(':modal')") is True
    meeting.find("#own").evaluate("one => one.focus()")
    expect(meeting.find("#own")).not_to_be_focused()
    meeting.page.keyboard.press("Escape")
    expect(meeting.ask_button).to_be_focused()
