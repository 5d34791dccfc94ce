"""Every state of the widget is accessible: axe finds nothing in either theme, on a desk and on a phone."""

from collections.abc import Callable
from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.meeting import Meets
from tests.browser.states import STATES

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = {320: 640, 1280: 800}
RUN = """async (tags) => {
  const {violations, passes, testEngine} = await axe.run(document, {runOnly: tags});
  return {
    engine: testEngine.version, passed: passes.length,
    violations: violations.map((one) => one.id + one.nodes.map((node) => node.html + node.failureSummary).join("; ")),
  };
}"""


def look(page: Page) -> Any:  # noqa: ANN401  any JSON
    """What axe says of a page: violations, and how many rules passed."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    return page.evaluate(RUN, TAGS)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_no_violation(
    state: str, width: int, meet: Meets, record_property: Callable[[str, object], None]
) -> None:
    meeting = meet(width=width, height=WIDTHS[width])
    STATES[state](meeting)
    for theme in ("light", "dark"):
        meeting.page.emulate_media(color_scheme=theme)
        found = look(meeting.page)
        assert found["violations"] == []
        assert found["passed"] > 10
        record_property("axe", (found["engine"], len(found["violations"])))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("state", ["idle", "answered", "card", "article", "no-answer", "limited", "arabic"])
def test_axe_finds_no_violation_in_page_mode(
    state: str, width: int, meet: Meets, record_property: Callable[[str, object], None]
) -> None:
    direction, lang = ("rtl", "ar") if state == "arabic" else ("ltr", "en")
    meeting = meet('mode="page"', width=width, height=WIDTHS[width], lang=lang, direction=direction)
    STATES[state](meeting)
    found = look(meeting.page)
    assert found["violations"] == []
    record_property("axe", (found["engine"], len(found["violations"])))


@pytest.mark.parametrize("state", ["answered", "article", "too-long", "limited", "no-answer"])
def test_nothing_is_wider_than_a_phone(state: str, meet: Meets) -> None:
    meeting = meet(width=320, height=640)
    STATES[state](meeting)
    wide = meeting.page.evaluate(
        """() => [...document.querySelector("footnote-ask").shadowRoot.querySelectorAll(".panel, .log, .page, .turn")]
           .filter((one) => one.scrollWidth > innerWidth).map((one) => one.className)"""
    )
    assert wide == []
    assert meeting.page.evaluate("document.documentElement.scrollWidth") <= 320


def test_text_spacing_of_the_reader_cuts_nothing_off(meet: Meets) -> None:
    meeting = meet(width=320, height=640)
    STATES["answered"](meeting)
    meeting.page.evaluate(
        """() => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync("*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}"
            + "p{margin-block-end:2em!important}");
          document.querySelector("footnote-ask").shadowRoot.adoptedStyleSheets.push(sheet);
        }"""
    )
    cut = meeting.page.evaluate(
        """() => [...document.querySelector("footnote-ask").shadowRoot.querySelectorAll(".turn *, .bar *")]
           .filter((one) => one.getClientRects().length && one.getBoundingClientRect().right > 320.5)
           .map((one) => one.className)"""
    )
    assert cut == []


def test_what_can_be_pressed_is_large_enough_to_be_hit(meet: Meets) -> None:
    meeting = meet(width=320, height=640)
    STATES["card"](meeting)
    small = meeting.page.evaluate(
        """() => [...document.querySelector("footnote-ask").shadowRoot.querySelectorAll("button, a, summary")]
           .map((one) => [one.className || one.localName, one.getBoundingClientRect()])
           .filter(([, box]) => box.width && (box.width < 24 || box.height < 24)).map(([name]) => name)"""
    )
    assert small == []


@pytest.mark.parametrize("state", ["answered", "card", "rated"])
def test_forced_colours_leave_everything_visible(state: str, meet: Meets) -> None:
    meeting = meet(forced="active")
    STATES[state](meeting)
    assert look(meeting.page)["violations"] == []
