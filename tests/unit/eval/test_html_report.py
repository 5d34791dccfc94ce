"""A report's page: every question on its rung, hostile texts as texts, nothing loaded, all there without a script."""

import base64
import hashlib
import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from lxml.html import HtmlElement

from eval.html_report import make_command, render_report
from eval.questions import GoldAnswer, GoldEvidence, Nugget, Turn
from eval.replies import Payload
from eval.report import RunReport
from eval.results import QuestionFailure, QuestionResult
from tests import gold as made
from tests.gold import make_failure, make_gold, make_payload, make_refusal, make_report, make_result
from tests.html_pages import find_class, find_links, find_points, read_page

LONG = "The bridge is 84 metres long."
SCRIPT, IMAGE, TURNED = "<script>alert(1)</script>", '"><img src=x onerror=alert(2)>', "safe\u202eexe.cod"
HOSTILE = f"{SCRIPT} {IMAGE} {TURNED} {{{{ 7*7 }}}} </details></style> 'x"


def _rows() -> list[QuestionResult | QuestionFailure]:
    """One question on each step, and a second right one."""
    wrong = make_payload("The bridge is painted green.", short="green")
    return [
        make_result(make_gold("right-1"), make_payload()),
        make_result(make_gold("right-2", slices=("old",)), make_payload()),
        make_result(make_gold("refused", answerable=False), make_refusal()),
        make_failure(make_gold("error")),
        make_result(make_gold("lost"), make_payload("It is red.", article="other"), ranked=("other",)),
        make_result(make_gold("unread"), make_payload("It is red.", article="other"), ranked=("other", "bridge")),
        make_result(make_gold("wrong"), wrong, held="The bridge is painted green."),
        make_result(make_gold("shifted"), make_payload(), held="he bridge is 84 metres long. "),
        make_result(make_gold("silent"), make_refusal()),
        make_result(make_gold("invented", answerable=False), make_payload()),
        make_result(make_gold("unknown", answers=(), answerable=None), make_payload()),
    ]


def _hostile_payload() -> Payload:
    payload = make_payload(HOSTILE, article=HOSTILE, short=SCRIPT, quote=HOSTILE)
    source: Payload = {
        "id": "s1", "article_id": HOSTILE, "version": 1, "text_sha256": "0", "cited": True, "title": HOSTILE,
        "url": "javascript:alert(3)", "publisher": HOSTILE, "published_at": HOSTILE, "retrieved_rank": 1,
    }
    return {**payload, "sources": [source], "warnings": [HOSTILE], "timing_ms": {HOSTILE: 1.0, "total": 5.0}}


def _hostile_report() -> RunReport:
    gold = replace(
        make_gold(f"id {HOSTILE}", HOSTILE, slices=(HOSTILE,)), type=HOSTILE, choices=(HOSTILE,),
        answers=(GoldAnswer(text=HOSTILE, aliases=(HOSTILE,)),), nuggets=(Nugget(text=HOSTILE),),
        history=(Turn(role="user", content=HOSTILE),), doc_ids=(HOSTILE,),
        evidence=(GoldEvidence(doc_id=HOSTILE, start=0, end=len(HOSTILE), quote=HOSTILE),),
    )
    hit = made.make_hit(1, HOSTILE, start=0, end=len(HOSTILE), text=HOSTILE)
    result = replace(make_result(gold, _hostile_payload(), held=HOSTILE), ranked=(hit,))
    failure = replace(make_failure(make_gold("q2")), message=HOSTILE)
    report = make_report([result, failure])
    fingerprint = replace(
        report.manifest.fingerprint, parts={HOSTILE: HOSTILE}, selection={"slice": HOSTILE}, versions={HOSTILE: HOSTILE}
    )
    return replace(report, manifest=replace(report.manifest, name=HOSTILE, fingerprint=fingerprint, commit=HOSTILE))


@pytest.fixture(scope="module")
def page() -> str:
    return render_report(make_report(_rows()))


@pytest.fixture(scope="module")
def parsed(page: str) -> HtmlElement:
    return read_page(page)


@pytest.fixture(scope="module")
def hostile() -> str:
    return render_report(_hostile_report())


def test_each_question_stands_under_its_rung(parsed: HtmlElement) -> None:
    found = {
        (group.get("id") or "").removeprefix("rung-"): len(find_class(group, "q"))
        for group in find_class(parsed, "group")
    }
    once = ("error", "not_retrieved", "not_read", "wrong_answer", "bad_citation", "wrong_refusal",
            "answered_unanswerable", "unjudged", "rightly_refused")  # fmt: skip
    assert found == {**dict.fromkeys(once, 1), "right": 2}
    rows = [re.sub(r"\s+", " ", one.text_content()) for one in find_class(parsed, "rungs")[0]]
    assert any(row.startswith(" right2") or row.startswith("right2") for row in rows)
    assert "3 of 11" in find_class(parsed, "lede")[0].text_content()


def test_rungs_without_questions_are_counted_as_0_and_make_no_group() -> None:
    parsed = read_page(render_report(make_report([make_result(make_gold(), make_payload())])))
    assert [one.get("id") for one in find_class(parsed, "group")] == ["rung-right"]
    assert len(find_class(parsed, "empty")) == 7


def test_a_question_can_be_linked_to_by_its_id(parsed: HtmlElement) -> None:
    assert parsed.get_element_by_id("q-right-1").getparent().get("class") == "q"
    ids = Counter(one.get("id") for one in parsed.iter() if one.get("id"))
    assert set(ids.values()) == {1}
    inner = {link[1:] for link in find_links(parsed) if link.startswith("#")}
    assert inner - {f"rung-{name}" for name in ("right",)} <= ids.keys() | {"main"}


def test_gold_and_got_and_the_findings_about_a_citation_are_shown(parsed: HtmlElement) -> None:
    shifted = parsed.get_element_by_id("q-shifted")
    said = [one.text_content().strip() for one in find_class(shifted, "say")]
    assert said == ["84 metres", f"{LONG}1"]
    assert [one.tag for one in find_class(shifted, "cite")] == ["figure"]
    assert "bad" in (find_class(shifted, "cite")[0].get("class") or "")
    text = shifted.text_content()
    assert "The article holds other words at this span." in text
    assert "he bridge is 84 metres long. " in text
    good = parsed.get_element_by_id("q-right-1")
    assert [one.get("class") for one in find_class(good, "checks")[0]] == ["good", "good"]
    assert "it broke" in parsed.get_element_by_id("q-error").text_content()
    assert "★ gold" in find_class(parsed.get_element_by_id("q-unread"), "found")[0].text_content()


def test_hostile_texts_stay_texts(hostile: str) -> None:
    parsed = read_page(hostile)
    assert len(list(parsed.iter("script"))) == len(list(parsed.iter("style"))) == 1
    assert list(parsed.iter("img", "iframe", "object", "embed", "base")) == []
    assert [name for one in parsed.iter() for name in one.attrib if name.startswith("on") or name == "style"] == []
    assert all(link.startswith(("#", "https://", "http://")) for link in find_links(parsed))
    assert "\u202e" not in hostile
    question = find_class(parsed, "ask")[-1]
    assert question.text_content() == HOSTILE.replace("\u202e", "⟦U+202E⟧")
    assert question.get("dir") == "auto"
    anchors = [one.get("id") or "" for one in find_class(parsed, "body")]
    assert all(re.fullmatch(r"q-[\w.:@~+=-]+", one) for one in anchors)
    assert len(find_class(parsed, "q")) == 2


def test_nothing_is_loaded_and_only_the_page_s_own_style_and_script_are_admitted(page: str, hostile: str) -> None:
    for each in (page, hostile):
        parsed = read_page(each)
        policy = next(one.get("content") or "" for one in parsed.iter("meta") if one.get("http-equiv"))
        assert policy.startswith("default-src 'none'; ")
        assert "unsafe" not in policy
        for tag in ("style", "script"):
            text = next(parsed.iter(tag)).text or ""
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            assert f"{tag}-src 'sha256-{digest}'" in policy
            assert not re.search(r"url\(|@import|https?://|fetch\(|XMLHttp|innerHTML|eval\(", text)
        assert [one for one in parsed.iter() if one.get("src") is not None or one.get("srcset") is not None] == []
        assert [one.get("href") for one in parsed.iter("link")] == ["data:,"]


def test_without_a_script_everything_is_there_but_the_filters(parsed: HtmlElement) -> None:
    assert [one.get("class") for one in parsed.iter() if one.get("hidden") is not None] == ["filters"]
    assert list(parsed.iter("template", "noscript")) == []
    body = parsed.get_element_by_id("q-wrong")
    assert "The bridge is painted green." in body.text_content()


def test_every_point_of_a_drawing_lies_within_its_box(parsed: HtmlElement, hostile: str) -> None:
    lone = read_page(render_report(make_report([make_failure(make_gold())])))
    for each in (parsed, read_page(hostile), lone):
        for (x, y), (width, height) in find_points(each):
            assert 0 <= x <= width
            assert 0 <= y <= height
    assert len(list(find_points(parsed))) > 100


def test_page_is_accessible_in_its_bones(parsed: HtmlElement) -> None:
    assert [one.tag for one in parsed.iter("main", "h1")].count("main") == 1
    levels = [int(one.tag[1]) for one in parsed.iter("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert all(one.get("scope") for one in parsed.iter("th"))
    drawings = list(parsed.iter("svg"))
    assert all(one.get("role") == "img" for one in drawings)
    assert all(one.get("aria-label") or one.find("title") is not None for one in drawings)


def test_same_results_give_the_same_page(page: str) -> None:
    assert render_report(make_report(list(reversed(_rows())))) == page


def test_command_says_what_was_asked_and_leaves_what_is_not_recorded_in_capitals() -> None:
    manifest = made.make_manifest()
    assert make_command(manifest) == "footnote eval run sample.jsonl --data DIR --out RUN"
    chosen = replace(manifest.fingerprint, selection={"slice": "a b; rm"}, given=True, corpus_sha256="c")
    assert make_command(replace(manifest, fingerprint=chosen)) == (
        "footnote eval run sample.jsonl --corpus CORPUS --given --slice 'a b; rm' --out RUN"
    )
