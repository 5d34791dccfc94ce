"""Every state that the widget can be in, by name: how to bring it about."""

from collections.abc import Callable, Mapping

from playwright.sync_api import expect

from tests.browser.answers import BRIDGE_COST, FERRY_STOPS, IN_ARABIC, NAMED, NOTHING, PARTLY
from tests.browser.meeting import Meeting
from tests.browser.stage import Reply, Stream, problem, stream_of

State = Callable[[Meeting], object]


def _closed(at: Meeting) -> None:
    at.ask_button.wait_for()


def _too_long(at: Meeting) -> None:
    at.open().field.fill("Why? " * 61)
    expect(at.find(".counter.over-long")).to_be_visible()


def _counting(at: Meeting) -> None:
    at.open().field.fill("Why? " * 55)
    expect(at.find(".counter")).to_be_visible()


def _searching(at: Meeting) -> None:
    at.open().ask_until(BRIDGE_COST, 0)
    expect(at.turn).to_have_attribute("data-state", "searching")


def _reading(at: Meeting) -> None:
    at.open().ask_until(BRIDGE_COST, 2)
    expect(at.turn.locator(".status")).to_contain_text("3")


def _answering(at: Meeting) -> None:
    at.open().ask_until(BRIDGE_COST, 5)
    expect(at.turn.locator(".text")).to_contain_text("engineer")


def _answered(at: Meeting) -> None:
    at.open().ask(BRIDGE_COST)


def _card(at: Meeting) -> None:
    at.open().ask(BRIDGE_COST)
    at.turn.locator(".chip").nth(1).click()
    expect(at.card).to_be_visible()


def _article(at: Meeting) -> None:
    _card(at)
    at.card.locator(".ways button").click()
    expect(at.find(".page mark")).to_be_in_viewport()


def _article_gone(at: Meeting) -> None:
    at.stage.texts.clear()
    _card(at)
    at.card.locator(".ways button").click()
    expect(at.find(".page .box")).to_be_visible()


def _named(at: Meeting) -> None:
    at.open().ask(NAMED)
    at.turn.locator('.chip[data-number="4"]').click()
    expect(at.turn.locator(".lit")).to_have_text("[Dunmere ferry]4")


def _others(at: Meeting) -> None:
    at.open().ask(FERRY_STOPS)
    at.turn.locator("summary").click()


def _rated(at: Meeting) -> None:
    at.open().ask(FERRY_STOPS)
    at.turn.locator(".foot .tool").nth(1).click()
    expect(at.turn.locator(".why")).to_be_visible()


def _followed(at: Meeting) -> None:
    at.open().ask(BRIDGE_COST).ask(FERRY_STOPS)


def _nothing(at: Meeting) -> None:
    at.open().ask(NOTHING)


def _partly(at: Meeting) -> None:
    at.open().ask(PARTLY)


def _stopped(at: Meeting) -> None:
    _answering(at)
    at.find(".send").click()
    expect(at.turn).to_have_attribute("data-state", "stopped")


def _interrupted(at: Meeting) -> None:
    at.stage.acts.append(Stream(pieces=stream_of(BRIDGE_COST)[:5]))
    at.open().type(BRIDGE_COST.question)
    expect(at.turn).to_have_attribute("data-state", "failed")


def _refused_with(status: int, name: str, retry_after: str | None = None) -> State:
    def bring(at: Meeting) -> None:
        headers = {"Retry-After": retry_after} if retry_after else {}
        at.stage.acts.append(Reply(status=status, body=problem(status, name), headers=headers))
        at.open().type("What did the footbridge cost?")
        expect(at.turn.locator(".box")).to_be_visible()

    return bring


def _offline(at: Meeting) -> None:
    at.open()
    at.page.context.set_offline(True)
    at.type("What did the footbridge cost?")
    expect(at.turn.locator(".box")).to_be_visible()
    expect(at.find(".offline")).to_be_visible()


def _in_arabic(at: Meeting) -> None:
    at.open().ask(IN_ARABIC)


STATES: Mapping[str, State] = {
    "closed": _closed, "idle": Meeting.open, "counting": _counting, "too-long": _too_long, "searching": _searching,
    "reading": _reading, "answering": _answering, "answered": _answered, "card": _card, "named": _named,
    "article": _article, "article-gone": _article_gone, "others": _others, "rated": _rated, "followed": _followed,
    "no-answer": _nothing, "partly": _partly, "stopped": _stopped, "interrupted": _interrupted, "offline": _offline,
    "limited": _refused_with(429, "rate-limited", "42"), "busy": _refused_with(503, "overloaded", "3"),
    "empty": _refused_with(503, "no-articles"), "failed": _refused_with(500, "internal-error"),
    "refused": _refused_with(403, "foreign-origin"), "arabic": _in_arabic,
}
