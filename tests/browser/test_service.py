"""The widget on the service's own pages, over the sample articles: nothing is played, and no policy is broken."""

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_states import look
from tests.serving import Served

CANOLA = "what was agreed on canola?"
STATE = ".turn >> nth=-1"


@pytest.fixture
def page(browser: Browser, served: Served) -> Iterator[Page]:
    """A page in which nothing may go wrong unseen."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    page, wrong = context.new_page(), list[str]()
    page.set_default_timeout(30_000)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert wrong == []


def ask(page: Page, question: str) -> None:
    """Ask, and wait for the answer."""
    before = page.locator(".turn").count()
    page.locator(".field textarea").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator(".turn")).to_have_count(before + 1)
    expect(page.locator(".turn .foot")).to_have_count(before + 1)


def test_every_citation_opens_its_words_in_the_stored_article(page: Page, served: Served) -> None:
    page.goto(served.url)
    ask(page, CANOLA)
    numbers = page.locator(".turn .chip")
    count = numbers.count()
    assert count > 0
    for number in range(count):
        numbers.nth(number).click()
        quote = page.locator(".card mark").text_content()
        page.locator(".card .ways button").click()
        expect(page.locator(".page mark")).to_be_in_viewport()
        assert "".join(page.locator(".page mark").all_text_contents()) == quote
        page.keyboard.press("Escape")
    page.reload()
    expect(numbers).to_have_count(count)


def test_follow_up_is_understood_by_what_was_said(page: Page, served: Served) -> None:
    page.goto(served.url)
    ask(page, CANOLA)
    with page.expect_request("**/v1/ask") as sent:
        ask(page, "and on lobsters?")
    posted = sent.value.post_data_json
    assert posted is not None
    assert posted["conversation"][0] == {"role": "user", "content": CANOLA}
    expect(page.locator(STATE)).to_contain_text("Understood as:")
    expect(page.locator(STATE).locator(".chip").first).to_be_visible()


def test_what_the_articles_do_not_say_shows_the_nearest_passages(page: Page, served: Served) -> None:
    page.goto(served.url)
    ask(page, "How tall is the Eiffel Tower?")
    expect(page.locator(STATE)).to_have_attribute("data-state", "no_answer")
    page.locator(".source").first.click()
    expect(page.locator(".page mark").first).to_be_in_viewport()


def test_rating_reaches_the_service(page: Page, served: Served) -> None:
    page.goto(served.url)
    ask(page, CANOLA)
    with page.expect_response("**/feedback") as kept:
        page.get_by_role("button", name="This helped").click()
    assert kept.value.status == 200
    assert kept.value.json()["rating"] == "up"


@pytest.mark.parametrize("path", ["/", "/demo"])
@pytest.mark.parametrize("width", [320, 1280])
def test_pages_of_the_service_are_accessible_with_an_answer_on_them(
    path: str, width: int, page: Page, served: Served
) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(f"{served.url}{path}")
    page.locator(".launcher:visible, textarea:visible").first.wait_for()
    if path == "/demo":
        page.locator(".launcher").click()
    page.locator(".suggestion").first.click()
    expect(page.locator(".turn .chip").first).to_be_visible()
    assert look(page)["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_scripts_are_kept_and_told_apart_by_release(page: Page, served: Served) -> None:
    config = httpx.get(f"{served.url}/v1/config", trust_env=False).json()
    with page.expect_response("**/panel.js") as panel:
        page.goto(served.url)
    release = config["widget"]["release"]
    assert panel.value.url == f"{served.url}/widget/v1/{release}/panel.js"
    assert "immutable" in panel.value.headers["cache-control"]
