"""Citations: a number where the cited words end, a card with the quote, and the words that it stands for, marked."""

from playwright.sync_api import expect

from tests.browser.answers import ARABIC, BRIDGE, BRIDGE_COST, COST, FLOOD, IN_ARABIC, NAMED
from tests.browser.meeting import Meeting, Meets
from tests.browser.stage import Gate, Stage, Stream, event

WORDS = """(element, only) => {
  const copy = element.cloneNode(true);
  for (const chip of copy.querySelectorAll(".chip")) chip.remove();
  return only ? [...copy.querySelectorAll(only)].map((one) => one.textContent).join("") : copy.textContent;
}"""
SCROLL = """(log, by) => new Promise((done) => {
  log.addEventListener("scroll", () => requestAnimationFrame(done), { once: true });
  log.scrollTop += by;
})"""
CREW = "Its [Dunmere ferry] crew of three will be offered work on the harbour launch."
NAMED_LIT = {1: COST, 2: COST, 3: CREW, 4: "[Dunmere ferry]"}


def words_of(meeting: Meeting) -> str:
    """The words of the newest answer, without its numbers."""
    return str(meeting.turn.locator(".text").evaluate(WORDS))


def lit_in(meeting: Meeting) -> str:
    """The words of it that are marked."""
    return str(meeting.turn.locator(".text").evaluate(WORDS, ".lit"))


def scroll(meeting: Meeting, by: int) -> None:
    """Scroll the conversation, and wait until the page has heard of it."""
    meeting.find(".log").evaluate(SCROLL, by)


def test_card_names_the_article_and_links_to_the_quote_in_it(meet: Meets) -> None:
    meeting = meet().open().ask(BRIDGE_COST)
    meeting.turn.locator(".chip").first.click()
    card = meeting.card
    expect(card).to_have_attribute("aria-label", f"Citation 1: Marlow Record, {BRIDGE.title}, Feb 10, 2026")
    expect(card.locator(".headline")).to_have_text(BRIDGE.title)
    expect(card.locator(".byline")).to_have_text("Marlow Record · Feb 10, 2026")
    expect(card.locator(".also")).to_have_text("Also carried by Lakeshore Courier, Atlantic Tide")
    expect(card.locator("blockquote")).to_have_text(f"{COST} {FLOOD}")  # the paragraph that the quote stands in
    link = card.get_by_role("link", name="Open article")
    expect(link).to_have_attribute(
        "href",
        "https://marlow.example/2026/02/footbridge#:~:text=The%20bridge%20cost%20%244.2%20million%2C,"
        "the%20town%20had%20set%20aside.",
    )
    expect(link).to_have_attribute("rel", "noopener")
    card.get_by_role("button", name="Next citation").click()
    expect(card.locator("mark")).to_have_text(FLOOD)
    expect(card).to_contain_text("2 of 3")
    expect(meeting.turn.locator('.chip[data-number="2"]')).to_have_attribute("aria-expanded", "true")
    expect(meeting.turn.locator(".lit")).to_contain_text("sunk twice")


def test_pointer_on_a_number_shows_its_card_until_it_leaves(meet: Meets) -> None:
    meeting = meet().open().ask(BRIDGE_COST)
    meeting.turn.locator(".chip").first.hover()
    expect(meeting.card).to_be_visible()
    meeting.card.locator("blockquote").hover()
    expect(meeting.card).to_be_visible()
    meeting.find("h2").hover()
    expect(meeting.card).to_be_hidden()
    meeting.turn.locator(".chip").first.click()
    meeting.find("h2").hover()
    expect(meeting.card).to_be_visible()
    meeting.find("h2").click()
    expect(meeting.card).to_be_hidden()


def test_tap_opens_the_card_as_a_sheet(meet: Meets) -> None:
    meeting = meet(width=320, height=640, touch=True).open().ask(BRIDGE_COST)
    meeting.turn.locator(".chip").first.tap()
    box = meeting.card.bounding_box()
    assert box
    assert (box["x"], box["width"], round(box["y"] + box["height"])) == (0, 320, 640)
    meeting.card.get_by_role("button", name="Close").tap()
    expect(meeting.card).to_be_hidden()


def test_spans_are_right_in_arabic_with_emoji_and_combining_marks(meet: Meets) -> None:
    meeting = meet(lang="ar", direction="rtl").open().ask(IN_ARABIC)
    expect(meeting.panel).to_have_css("direction", "rtl")
    assert "".join(meeting.turn.locator(".short").all_text_contents()) == "4.2 مليون دولار"
    meeting.turn.locator(".chip").nth(1).click()
    expect(meeting.card.locator("mark")).to_have_text("بلغت كلفته 4.2 مليون دولار.")
    meeting.card.locator(".ways button").click()
    expect(meeting.find(".page mark")).to_have_text("بلغت كلفته 4.2 مليون دولار.")
    expect(meeting.find(".page p").last).to_have_text(ARABIC.text)


def test_quote_that_is_not_at_its_place_is_not_marked(meet: Meets, stage: Stage) -> None:
    stage.texts[BRIDGE.id] = "Another text. " * 40
    meeting = meet().open().ask(BRIDGE_COST)
    meeting.turn.locator(".chip").first.click()
    meeting.card.get_by_role("button", name="Show in article").click()
    expect(meeting.find(".page .remark")).to_contain_text("were not found at their place")
    expect(meeting.find(".page mark")).to_have_count(0)


def test_card_goes_along_while_the_conversation_scrolls_until_its_number_is_out_of_sight(meet: Meets) -> None:
    meeting = meet(height=500).open().ask(BRIDGE_COST)
    meeting.turn.locator(".chip").first.click()
    expect(meeting.card).to_be_visible()
    scroll(meeting, 20)
    expect(meeting.card).to_be_visible()
    scroll(meeting, 10_000)
    expect(meeting.card).to_be_hidden()
    expect(meeting.panel).to_be_visible()


def test_name_in_brackets_has_its_number_and_its_words_inside_the_sentence(meet: Meets) -> None:
    meeting = meet().open().ask(NAMED)
    text = meeting.turn.locator(".text")
    expect(text).to_have_text(f"{COST}12 {CREW.replace(']', ']4')}3")
    for number, lit in NAMED_LIT.items():
        text.locator(f'.chip[data-number="{number}"]').click()
        assert lit_in(meeting) == lit
        expect(meeting.card.locator("mark")).to_have_text(NAMED.citations[number - 1].quote)
        meeting.page.keyboard.press("Escape")
        assert lit_in(meeting) == ""


def test_two_sources_of_one_sentence_stand_behind_it_and_say_how_they_support_it(meet: Meets) -> None:
    meeting = meet().open().ask(NAMED)
    meeting.turn.locator('.chip[data-number="1"]').click()
    for said in ("Word for word", "Put in other words", *["With words added"] * 2):
        expect(meeting.card.locator(".support")).to_have_text(said)
        meeting.card.get_by_role("button", name="Next citation").click()
    expect(meeting.turn.locator(".note")).to_have_count(3)


def test_nested_spans_are_drawn_alike_however_they_come(meet: Meets, stage: Stage) -> None:
    whole = NAMED.model_dump(mode="json")
    told = [event("citation", {"citation": one}) for one in whole["citations"]]
    gates = [Gate() for _ in told]
    pairs = [piece for pair in zip(reversed(told), gates, strict=True) for piece in pair]  # the innermost first
    start = [event("sources", {"sources": whole["sources"]}), event("delta", {"text": NAMED.answer.text})]
    stage.acts.append(Stream(pieces=[*start, *pairs, event("done", whole)]))
    meeting = meet().open().type(NAMED.question)
    for count, gate in enumerate(gates, 1):
        expect(meeting.turn.locator(".chip")).to_have_count(count)
        assert words_of(meeting) == NAMED.answer.text
        gate.open()
    expect(meeting.turn).to_have_attribute("data-state", "answered")
    assert words_of(meeting) == NAMED.answer.text
    numbers = meeting.turn.locator(".chip").evaluate_all("all => all.map(one => one.dataset.number)")
    assert numbers == ["1", "2", "4", "3"]


def test_words_that_are_marked_stay_marked_while_the_answer_grows(meet: Meets) -> None:
    meeting = meet().open()
    gate = meeting.ask_until(NAMED, 4)
    meeting.turn.locator(".chip").first.click()
    assert lit_in(meeting) == COST
    gate.open()
    expect(meeting.turn).to_have_attribute("data-state", "answered")
    assert lit_in(meeting) == COST


def test_spans_that_overlap_are_marked_each_by_itself(meet: Meets, stage: Stage) -> None:
    text = "abc def ghi"
    whole = NAMED.model_dump(mode="json")
    spans = [{"start": 0, "end": 7}, {"start": 4, "end": 11}]
    citations = [one | {"answer_span": span} for one, span in zip(whole["citations"][:2], spans, strict=True)]
    answer = whole | {"answer": {"text": text, "format": "text", "short": None}, "citations": citations}
    stage.acts.append(Stream(pieces=[event("done", answer)]))
    meeting = meet().open().type(NAMED.question)
    for number, lit in ((1, "abc def"), (2, "def ghi")):
        meeting.turn.locator(f'.chip[data-number="{number}"]').click()
        assert lit_in(meeting) == lit
    assert words_of(meeting) == text
