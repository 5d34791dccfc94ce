"""A page with the widget on it, and what a reader does there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol, Self

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



@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A page to meet on, and the browser that it is looked at with; `body` and `script` stand for the usual ones."""

    attributes: str = ""
    body: str | None = None
    script: str | None = None
    head: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    host: Stage | None = None
    lang: str = "en"
    direction: str = ""
    width: int = 1280
    height: int = 800
    theme: Literal["light", "dark"] = "light"
    forced: Literal["active", "none"] = "none"
    touch: bool = False

    def html(self, service: str) -> str:
        """The page, with the script from where the service is."""
        return HTML.format(
            lang=self.lang, dir=self.direction and f' dir="{self.direction}"', head=self.head,
            script=SCRIPT.format(url=service) if self.script is None else self.script,
            body=f"<footnote-ask id=ask {self.attributes}></footnote-ask>" if self.body is None else self.body,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A page, its widget, and what went wrong in it."""

    page: Page
    stage: Stage
    errors: list[str]

    @classmethod
    def begin(cls, browser: Browser, stage: Stage, place: Place) -> Self:
        """Open the page, on a server of its own if the place has one, else on the stage."""
        context = browser.new_context(
            viewport={"width": place.width, "height": place.height}, color_scheme=place.theme, reduced_motion="reduce",
            has_touch=place.touch, is_mobile=place.touch, forced_colors=place.forced,
        )
        page, errors = context.new_page(), list[str]()
        page.set_default_timeout(MILLISECONDS)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: _note(message, errors))
        home = place.host or stage
        home.pages["/page"] = (place.html(stage.url), place.headers)
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


class Meets(Protocol):
    """Opens a page with the widget on it; the fields are those of `Place`."""

    def __call__(self, attributes: str = "", **fields: object) -> Meeting: ...


def _note(message: ConsoleMessage, errors: list[str]) -> None:
    if message.type in ("error", "warning") and not any(known in message.text for known in EXPECTED):
        errors.append(message.text)
