"""Text of articles, readers and models is hostile: nothing of it ever runs, loads, or becomes an unsafe link."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Request, Route, expect

from service.payload import AnswerPayload
from tests.browser.answers import Printed, answer_of
from tests.browser.meeting import Meeting, Meets
from tests.browser.payloads import PAYLOADS
from tests.browser.stage import Stage

SIZE = 10  # payloads an answer
TRIPWIRE = """
  window.tripped = [];
  window.trip = (...what) => tripped.push(["called", ...what]);
  for (const name of ["alert", "confirm", "prompt", "open"]) {
    window[name] = (...what) => tripped.push([name, ...what]);
  }
  addEventListener("securitypolicyviolation", (event) => tripped.push(["violation", event.blockedURI]));
"""
FOREIGN = """() => {
  const root = document.querySelector("footnote-ask").shadowRoot;
  const known = new Set((
    "A ARTICLE B BLOCKQUOTE BUTTON DETAILS DIALOG DIV FORM H2 H3 H4 I LABEL LI MARK OL P SECTION SMALL SPAN SUMMARY "
    + "TEXTAREA TIME UL path svg").split(" "));
  const odd = [];
  for (const one of root.querySelectorAll("*")) {
    if (!known.has(one.tagName)) odd.push(one.tagName);
    for (const { name } of one.attributes) {
      if (/^(on|style|src|srcdoc|action|formaction|ping)/.test(name)) odd.push(name);
    }
    if (one.tagName === "A" && !/^https?:$/.test(new URL(one.href).protocol)) odd.push(one.href);
  }
  return odd;
}"""


@pytest.fixture
def guarded(meet: Meets, stage: Stage) -> Iterator[Meeting]:
    """A page with a tripwire under every script and every request to another host."""
    meeting = meet(head=f"<script>{TRIPWIRE}</script>")
    asked = list[str]()

    def refuse(route: Route, request: Request) -> None:
        if request.url.startswith(stage.url):
            return route.continue_()
        asked.append(request.url)
        return route.abort()

    meeting.page.route("**/*", refuse)
    yield meeting.open()
    assert meeting.page.evaluate("tripped") == []
    assert asked == []
    assert meeting.page.url == f"{stage.url}/page"


def hostile(payload: str, number: int) -> Printed:
    """An article that is hostile wherever it can be."""
    return Printed(
        id=f"{number}/{payload[:40]}", title=payload, publisher=payload, author=payload, url=payload, also=(payload,),
        published_at=payload, text=f"Before {payload} it. {payload} {number} stands here. {payload} stands after it.",
    )


def answers() -> Iterator[AnswerPayload]:
    """Every payload in a title, a publisher, an author, an address, a date, a text, a quote and a question."""
    for start in range(0, len(PAYLOADS), SIZE):
        articles = [hostile(payload, start + at) for at, payload in enumerate(PAYLOADS[start : start + SIZE])]
        cited = [(f"{one.title} {start + at} stands here.", one) for at, one in enumerate(articles)]
        yield answer_of(f"{PAYLOADS[start]} {start}", cited, short=articles[0].title)


def test_there_are_a_hundred_payloads() -> None:
    assert len(set(PAYLOADS)) >= 100


@pytest.mark.parametrize("answer", tuple(answers()), ids=lambda answer: answer.question[-3:].strip())
def test_payloads_are_shown_as_the_text_that_they_are(answer: AnswerPayload, guarded: Meeting, stage: Stage) -> None:
    meeting = guarded
    stage.texts.update({
        source.article_id: hostile(source.title or "", int(source.article_id.split("/")[0])).text
        for source in answer.sources
    })
    meeting.ask(answer)
    assert meeting.turn.locator(".question").text_content() == answer.question
    for citation, source in zip(answer.citations, answer.sources, strict=True):
        meeting.turn.locator(f'.chip[data-number="{citation.number}"]').click()
        assert meeting.card.locator("mark").text_content() == citation.quote
        assert meeting.card.locator(".headline").text_content() == source.title
        assert meeting.page.evaluate(FOREIGN) == []
        meeting.page.keyboard.press("Escape")
    meeting.turn.locator(".chip").last.click()
    meeting.card.locator(".ways button").click()
    expect(meeting.find(".page h2")).to_have_text(answer.sources[-1].title or "", use_inner_text=False)
    assert meeting.page.evaluate(FOREIGN) == []


def test_only_addresses_of_the_web_become_links(guarded: Meeting) -> None:
    addresses = {
        "https://marlow.example/a b": True, "http://marlow.example/": True, "javascript:trip(1)": False,
        "data:text/html,x": False, "//marlow.example/": False, "https://user@marlow.example/": False,
    }
    cited = [
        (f"It stands at {number}.", Printed(id=str(number), title="A", url=url, text=f"It stands at {number}."))
        for number, url in enumerate(addresses)
    ]
    guarded.ask(answer_of("Where does it stand?", cited))
    for number, linked in enumerate(addresses.values(), 1):
        guarded.turn.locator(f'.chip[data-number="{number}"]').click()
        expect(guarded.card.locator("a")).to_have_count(int(linked))
        guarded.page.keyboard.press("Escape")


def test_what_is_kept_for_a_reload_is_hostile_too(meet: Meets, stage: Stage) -> None:
    meeting = meet(head=f"<script>{TRIPWIRE}</script>")
    for kept in ("{", "null", "[null]", '[{"question":{"toString":1}}]', '[{"payload":{"id":1}}]', '{"length":3}'):
        meeting.page.evaluate(
            "([key, kept]) => sessionStorage.setItem(key, kept)", [f"footnote:1:{stage.url}/:ask", kept]
        )
        meeting.page.reload()
        meeting.open()
        expect(meeting.field).to_be_visible()
        assert meeting.page.evaluate("tripped") == []
