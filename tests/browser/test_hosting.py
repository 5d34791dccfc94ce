"""On any page: beside other widgets, under hostile styles and strict policies, in its language, dressed as it likes."""

import json

from playwright.sync_api import Browser, expect

from tests.browser.answers import BRIDGE_COST, COST, FERRY_STOPS, IN_ARABIC, NOTHING
from tests.browser.meeting import Meeting, Meets, Place
from tests.browser.stage import SCRIPTS, Stage, open_stage

HOSTILE = """<style>
* { all: unset !important }
* { letter-spacing: 9px !important; text-transform: uppercase !important; color: red !important;
    font-size: 3px !important; direction: rtl; opacity: .3 !important; filter: blur(3px) !important; visibility: hidden;
    z-index: 2147483647 }
button, .chip, .card, mark, svg { display: none !important }
main { position: fixed !important; inset: 0 !important; background: gold !important; rotate: 3deg !important }
</style>"""
POLICY = (
    "default-src 'none'; script-src {service}; connect-src {service}; base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
FORMS = {"one", "two", "few", "many", "other"}  # of what is counted
LOOKS = """() => {
  const look = (selector) => {
    const style = getComputedStyle(document.querySelector("footnote-ask").shadowRoot.querySelector(selector));
    return [style.fontSize, style.letterSpacing, style.textTransform, style.color, style.visibility, style.fontFamily];
  };
  return [".question", ".text", ".chip span", ".field textarea", ".note .headline"].map(look);
}"""


def test_two_widgets_on_one_page_do_not_know_each_other(meet: Meets, stage: Stage) -> None:
    both = '<footnote-ask id="one" mode="page"></footnote-ask><footnote-ask id="two" mode="page"></footnote-ask>'
    meeting = meet(body=both)
    one, two = (meeting.find(f"#{name}") for name in ("one", "two"))
    stage.answer(BRIDGE_COST, NOTHING)
    for widget, question in ((one, BRIDGE_COST.question), (two, NOTHING.question)):
        widget.locator("textarea").fill(question)
        widget.locator("textarea").press("Enter")
        expect(widget.locator(".foot")).to_be_visible()
    one.locator(".chip").first.click()
    expect(one.locator(".card")).to_be_visible()
    expect(two.locator(".card")).to_be_hidden()
    expect(two.locator(".turn")).to_have_attribute("data-state", "no_answer")
    meeting.page.reload()
    expect(one.locator(".turn .question")).to_have_text(BRIDGE_COST.question)
    expect(two.locator(".turn .question")).to_have_text(NOTHING.question)


def test_styles_of_the_page_do_not_reach_it_nor_its_styles_the_page(meet: Meets) -> None:
    alone = meet().open().ask(BRIDGE_COST)
    expected = alone.page.evaluate(LOOKS)
    beset = meet(head=HOSTILE).open().ask(BRIDGE_COST)
    assert beset.page.evaluate(LOOKS) == expected
    chip = beset.turn.locator(".chip").first
    chip.click()  # nothing of the page lies over it
    expect(beset.card.locator("mark")).to_have_text(COST)
    assert beset.panel.bounding_box() == alone.panel.bounding_box()
    assert beset.find("#own").evaluate("one => getComputedStyle(one).color") == "rgb(255, 0, 0)"


def test_page_mode_holds_its_own_under_hostile_styles(meet: Meets) -> None:
    meeting = meet('mode="page"', head=HOSTILE.replace("main {", "#none {"))
    meeting.open().ask(BRIDGE_COST)
    box = meeting.panel.bounding_box()
    assert box
    assert box["width"] > 1000
    assert box["height"] >= 500


def test_works_under_a_strict_policy_with_trusted_types(browser: Browser, stage: Stage) -> None:
    with open_stage() as news:
        policy = POLICY.format(service=stage.url)
        meeting = Meeting.begin(browser, stage, Place(
            attributes='lang="fr" public-key="pk_test"', host=news, headers={"Content-Security-Policy": policy}
        ))
        meeting.open().ask(BRIDGE_COST)
        meeting.turn.locator(".chip").nth(1).click()
        meeting.card.get_by_role("button", name="Voir dans l’article").click()
        expect(meeting.find(".page mark")).to_be_in_viewport()
        assert meeting.find(".panel").evaluate("one => getComputedStyle(one).borderRadius") == "14px"
        assert meeting.page.evaluate(
            "document.querySelector('footnote-ask').shadowRoot.querySelectorAll('[style], style').length"
        ) == 0
        assert stage.headers[-1]["Authorization"] == "Bearer pk_test"
        meeting.page.context.close()
        assert meeting.errors == []


def test_one_script_tag_is_enough(meet: Meets, stage: Stage) -> None:
    tag = f'<script type="module" src="{stage.url}/widget/v1/footnote.js" data-lang="fr" data-theme="dark"></script>'
    meeting = meet(body="", script=tag)
    expect(meeting.ask_button).to_contain_text("Interroger nos articles")
    meeting.open().ask(FERRY_STOPS)
    expect(meeting.panel).to_have_css("background-color", "rgb(27, 26, 25)")


def test_nothing_is_loaded_before_it_is_wanted(meet: Meets, stage: Stage) -> None:
    meeting = meet()
    meeting.ask_button.wait_for()
    meeting.page.wait_for_load_state("networkidle")
    assert [path for path in stage.requests if path != "/favicon.ico"] == ["/page", "/widget/v1/footnote.js"]
    meeting.open()
    loaded = [path for path in stage.requests if path.startswith("/widget")]
    assert sorted(loaded) == [f"/widget/v1/{name}" for name in ("footnote.js", "panel.js", "texts.en.js")]


def test_page_gets_no_new_names_but_the_element(meet: Meets) -> None:
    meeting = meet(body="", script="")
    before = set(meeting.page.evaluate("Object.getOwnPropertyNames(window)"))
    meeting.page.evaluate("import('/widget/v1/footnote.js')")
    meeting.page.evaluate("document.body.append(document.createElement('footnote-ask'))")
    meeting.open().ask(BRIDGE_COST)
    assert set(meeting.page.evaluate("Object.getOwnPropertyNames(window)")) == before
    assert meeting.page.evaluate("document.head.querySelectorAll('style, link').length") == 0


def test_languages_say_the_same_things() -> None:
    keys = {
        name: {line.split(":")[0] for line in text.splitlines() if ":" in line and line[0].isalpha()} - FORMS
        for name, text in SCRIPTS.items() if name.startswith("texts.")
    }
    assert set(keys) == {"texts.en.js", "texts.fr.js", "texts.ar.js"}
    assert keys["texts.fr.js"] == keys["texts.en.js"] == keys["texts.ar.js"]


def test_language_of_the_page_is_spoken_and_any_word_can_be_replaced(meet: Meets) -> None:
    meeting = meet(lang="fr-CA").open()
    expect(meeting.page.get_by_role("textbox", name="Votre question")).to_be_visible()
    meeting.page.evaluate(
        "document.querySelector('footnote-ask').texts = {intro: 'Demandez-nous.', citations: {other: '{n} notes'}}"
    )
    expect(meeting.find(".intro")).to_have_text("Demandez-nous.")
    meeting.ask(BRIDGE_COST)
    expect(meeting.find("[role=status]").last).to_contain_text("3 notes")


def test_right_to_left_follows_the_language(meet: Meets) -> None:
    meeting = meet('lang="ar"').open().ask(IN_ARABIC)
    expect(meeting.panel).to_have_css("direction", "rtl")
    box = meeting.panel.bounding_box()
    assert box
    assert box["x"] == 20  # the end of a line is on the left
    expect(meeting.turn.locator(".text")).to_have_css("direction", "rtl")
    meeting.ask(FERRY_STOPS)
    expect(meeting.turn.locator(".text")).to_have_css("direction", "ltr")


def test_theme_and_custom_properties_dress_it(meet: Meets) -> None:
    dress = (
        "<style>footnote-ask{--footnote-accent:rgb(120 0 60);--footnote-surface:rgb(255 250 240);"
        "--footnote-width:380px}</style>"
    )
    meeting = meet('theme="light"', theme="dark", head=dress).open().ask(BRIDGE_COST)
    expect(meeting.panel).to_have_css("background-color", "rgb(255, 250, 240)")
    expect(meeting.panel).to_have_css("width", "380px")
    expect(meeting.turn.locator(".chip span").first).to_have_css("color", "rgb(120, 0, 60)")
    auto = meet(theme="dark").open()
    expect(auto.panel).to_have_css("background-color", "rgb(27, 26, 25)")


def test_parts_can_be_styled_by_the_page(meet: Meets) -> None:
    parts = (
        "launcher", "panel", "header", "log", "turn", "question", "answer", "chip", "notes", "card", "article", "input",
        "send",
    )
    rules = "".join(f"footnote-ask::part({name}){{outline:3px solid rgb(1 2 3)}}" for name in parts)
    meeting = meet(head=f"<style>{rules}</style>")
    expect(meeting.ask_button).to_have_css("outline-color", "rgb(1, 2, 3)")
    meeting.open().ask(BRIDGE_COST)
    meeting.turn.locator(".chip").first.click()
    for name in parts[1:]:
        expect(meeting.find(f"[part={name}]").first).to_have_css("outline-color", "rgb(1, 2, 3)")


def test_attributes_may_change_at_any_time(meet: Meets) -> None:
    meeting = meet().open().ask(BRIDGE_COST)
    meeting.page.evaluate("document.querySelector('footnote-ask').setAttribute('heading', 'Ask the Record')")
    expect(meeting.panel.locator("h2")).to_have_text("Ask the Record")
    expect(meeting.find(".turn .chip")).to_have_count(3)
    meeting.page.evaluate("document.querySelector('footnote-ask').setAttribute('mode', 'page')")
    expect(meeting.find("section.panel .turn")).to_have_count(1)
    expect(meeting.find("dialog")).to_have_count(0)


def test_element_with_many_attributes_has_one_panel(meet: Meets) -> None:
    meeting = meet('mode="page" lang="fr" heading="Demandez" questions="Quoi ?" dir="ltr"')
    expect(meeting.panel.locator("h2")).to_have_text("Demandez")
    assert len([path for path in meeting.stage.requests if path == "/v1/config"]) == 1
    expect(meeting.panel).to_have_count(1)


def test_element_that_leaves_the_page_stops_and_may_come_back(meet: Meets, stage: Stage) -> None:
    meeting = meet().open()
    meeting.ask_until(BRIDGE_COST, 3)
    expect(meeting.turn.locator(".text")).to_contain_text(COST)
    meeting.page.evaluate("window.kept = document.querySelector('footnote-ask'); kept.remove()")
    assert stage.abandoned.wait(10)
    meeting.page.evaluate("document.body.append(kept)")
    meeting.open().ask(FERRY_STOPS)
    expect(meeting.find(".turn")).to_have_count(2)


def test_hidden_element_shows_nothing(meet: Meets) -> None:
    meeting = meet("hidden")
    expect(meeting.ask_button).to_be_hidden()


def test_config_of_the_service_gives_limits_and_first_questions(meet: Meets, stage: Stage) -> None:
    stage.config["suggested_questions"] = [f"Question {number}?" for number in range(9)]
    meeting = meet().open()
    expect(meeting.find(".suggestion")).to_have_count(4)
    stage.config.clear()
    bare = meet().open()
    expect(bare.find(".suggestion")).to_have_count(0)
    assert json.dumps(bare.errors) == "[]"
