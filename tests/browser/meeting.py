"""A page with the widget on it, and what a reader does there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Self

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect

from service.payload import AnswerPayload
from tests.browser.stage import Gate, Stage, Stream, stream_of

SCRIPT = '<script type="module" src="{url}/widget/v1/footnote.js" async></script>'
HTML = """<!doctype html>
<html lang="{lang}"{dir}>
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Marlow Record</title>{head}</head>
<body>{script}<main><h1>Marlow Record</h1><p>The footbridge over Marlow Creek opened on Tuesday.</p>
<button id="own">A button of the page</button></main>
{body}</body></html>
"""
MILLISECONDS = 20_000  # after which what is waited for will not come
EXPECTED = ("Failed to load resource", "net::ERR_")  # Chromium's own words on a refusal that a test played

expect.set_options(timeout=MILLISECONDS)

Meets = Callable[..., "Meeting"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A page, its widget, and what went wrong in it."""

    page: Page
    stage: Stage
    errors: list[str]

    @classmethod
    def begin(
        cls, browser: Browser, stage: Stage, attributes: str = "", *, body: str | None = None, head: str = "",
        headers: dict[str, str] | None = None, lang: str = "en", direction: str = "", width: int = 1280,
        height: int = 800, theme: Literal["light", "dark"] = "light", touch: bool = False, script: str | None = None,
        host: Stage | None = None, forced: Literal["active", "none"] = "none",
    ) -> Self:
        """Open a page of `host` (the stage itself, if not another) with a `<footnote-ask>`, or what `body` holds."""
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=theme, reduced_motion="reduce", has_touch=touch,
            is_mobile=touch, forced_colors=forced,
        )
        page, errors = context.new_page(), list[str]()
        page.set_default_timeout(MILLISECONDS)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: _note(message, errors))
        home = host or stage
        html = HTML.format(
            lang=lang, dir=direction and f' dir="{direction}"', head=head,
            script=SCRIPT.format(url=stage.url) if script is None else script,
            body=f"<footnote-ask id=ask {attributes}></footnote-ask>" if body is None else body,
        )
        home.pages["/page"] = (html, headers or {})
        page.goto(f"{home.url}/page")
        return cls(page=page, stage=stage, errors=errors)

    @property
    def ask_button(self) -> Locator:
        return self.page.locator(".launcher")

    @property
    def panel(self) -> Locator:
        return self.page.locator(".panel")

    @property
    def field(self) -> Locator:
        return self.page.locator(".field textarea")

    @property
    def turn(self) -> Locator:
        return self.page.locator(".turn").last

    @property
    def card(self) -> Locator:
        return self.page.locator(".card")

    def find(self, selector: str) -> Locator:
        return self.page.locator(selector)

    def open(self) -> Self:
        """Open the panel as a reader does; in page mode it is open."""
        self.page.locator(".launcher:visible, textarea:visible").first.wait_for()
        if self.ask_button.is_visible():
            self.ask_button.click()
        expect(self.field).to_be_visible()
        return self

    def type(self, question: str) -> Self:
        """Type a question and send it."""
        self.field.fill(question)
        self.field.press("Enter")
        return self

    def ask(self, answer: AnswerPayload) -> Self:
        """Ask for an answer, and wait until it is there."""
        self.stage.answer(answer)
        self.type(answer.question)
        expect(self.turn).to_have_attribute("data-state", answer.status)
        return self

    def ask_until(self, answer: AnswerPayload, events: int) -> Gate:
        """Ask for an answer that comes as far as some of its events, and then waits for the gate."""
        gate, pieces = Gate(), stream_of(answer)
        self.stage.acts.append(Stream(pieces=[*pieces[:events], gate, *pieces[events:]]))
        self.type(answer.question)
        return gate


def _note(message: ConsoleMessage, errors: list[str]) -> None:
    if message.type in ("error", "warning") and not any(known in message.text for known in EXPECTED):
        errors.append(message.text)
