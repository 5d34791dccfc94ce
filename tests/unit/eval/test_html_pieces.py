"""What pages are made of: links, revealed characters, excerpts, wording, and the places of marks."""

import pytest

from eval.charts import EDGE, HEIGHT, LINE, WIDTH, place_interval, plot_risk, plot_times, stack
from eval.excerpts import Piece, annotate, cut_end, cut_start, find_evidence, find_form, quote_in_context
from eval.pages import find_link, reveal
from eval.question_view import make_anchor
from eval.questions import GoldEvidence
from eval.report import ORDER
from eval.scoring import RUNGS
from eval.wording import LADDER, OUTCOMES, RUNG_MEANINGS, describe_measure
from tests.gold import make_hit

TEXT = "It was opened in May. The bridge is 84 metres long. It is green."


@pytest.mark.parametrize("url", ["https://a.example/x?y=1#z", "http://a.example"])
def test_address_of_the_web_is_a_link(url: str) -> None:
    assert find_link(url) == url


@pytest.mark.parametrize(
    "url",
    [None, "", "javascript:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,x",
     "//a.example", "a.example", "https:", "https://[", "file:///etc/passwd", "https://a.example/\u202e", "vbscript:x"],
)  # fmt: skip
def test_anything_else_is_none(url: str | None) -> None:
    assert find_link(url) is None


def test_what_would_not_show_or_would_turn_the_text_is_shown_as_its_code_point() -> None:
    assert reveal("a\u202eb\u200bc\x00d") == "a⟦U+202E⟧b⟦U+200B⟧c⟦U+0000⟧d"
    assert reveal("l'été\n\tשלום 👩\u200d🌾") == "l'été\n\tשלום 👩\u200d🌾"


def test_quote_stands_marked_within_its_context_and_the_short_answer_within_the_quote() -> None:
    found = quote_in_context("It was opened.", "It is 84 m long.", "and so", answer=(6, 10))
    assert found == (
        Piece(text="It was opened."), Piece(text="It is ", kind="quote"), Piece(text="84 m", kind="answer"),
        Piece(text=" long.", kind="quote"), Piece(text="and so …"),
    )
    outside = quote_in_context("", "It is 84 m long.", "", answer=(10, 99))
    assert outside == (Piece(text="It is 84 m long.", kind="quote"),)


def test_long_context_is_cut_between_words() -> None:
    assert cut_start("one two three", limit=8) == "… three"
    assert cut_end("one two three", limit=9) == "one two …"
    assert cut_end("one two", limit=9) == "one two"


def test_answer_carries_the_number_of_each_citation_where_its_words_end() -> None:
    found = annotate("Long. Green.", short="Green", notes=[(5, 1), (12, 2), (99, 3)])
    assert found == (
        Piece(text="Long.", notes=(1,)), Piece(text=" "), Piece(text="Green", kind="answer"),
        Piece(text=".", notes=(2, 3)),
    )
    assert "".join(piece.text for piece in annotate("", short=None, notes=[(0, 1)])) == ""


def test_evidence_is_shown_within_the_passage_that_holds_it_and_only_where_its_words_are_there() -> None:
    hits = [make_hit(1, "bridge", start=100, end=100 + len(TEXT), text=TEXT)]
    held = GoldEvidence(doc_id="bridge", start=122, end=151, quote="The bridge is 84 metres long.")
    pieces = find_evidence(hits, held, forms=["84 METRES"])
    assert [(one.kind, one.text) for one in pieces if one.kind != "plain"] == [
        ("quote", "The bridge is "), ("answer", "84 metres"), ("quote", " long.")
    ]
    moved = GoldEvidence(doc_id="bridge", start=121, end=150, quote="The bridge is 84 metres long.")
    assert find_evidence(hits, moved, forms=[]) == ()
    assert find_form(hits, articles=["bridge"], forms=["84 metres"])[0] == 1
    assert find_form(hits, articles=["bridge"], forms=["4 metres", "other"]) == (0, ())


def test_ids_of_questions_become_anchors_that_differ() -> None:
    assert make_anchor("xquad-56.en:1") == "q-xquad-56.en:1"
    odd, other = make_anchor('a"> b'), make_anchor("a'> b")
    assert odd != other
    assert odd.startswith("q-a-b-")


def test_every_measure_and_every_rung_has_its_words() -> None:
    assert all(describe_measure(name).meaning for name in ORDER)
    assert describe_measure("hit@5").meaning == "Questions with any gold article among the first 5 articles."
    assert set(RUNGS) < set(OUTCOMES) == LADDER.keys() == RUNG_MEANINGS.keys()


def test_values_lie_on_the_line_where_they_belong() -> None:
    found = place_interval(0.5, 0.0, 1.0, bounds=(0, 1), reference=0.5)
    assert (found.low, found.at, found.high, found.zero) == (EDGE, LINE / 2, LINE - EDGE, LINE / 2)
    alone = place_interval(3, None, None, bounds=(0, 1))
    assert alone.low == alone.at == alone.high == LINE - EDGE
    assert place_interval(0, 0, 0, bounds=(0, 0)).at == EDGE


def test_parts_of_the_bar_fill_it_and_the_smallest_can_be_seen() -> None:
    parts = stack({"right": 1999, "none": 0, "error": 1})
    assert [one.kind for one in parts] == ["right", "error"]
    assert sum(one.width for one in parts) == pytest.approx(100, abs=0.02)
    assert parts[1].width >= 0.5
    assert parts[1].label == ""
    assert stack({}) == ()


@pytest.mark.parametrize("points", [[], [(1.0, 0.0)], [(k / 3000, 1 / k) for k in range(1, 3001)]])
def test_curve_has_few_points_and_ends_at_the_last(points: list[tuple[float, float]]) -> None:
    plot = plot_risk(points, now=(0.7, 0.2) if points else None)
    assert plot.path.count(" ") <= 402
    assert all(0 <= one.at <= WIDTH for one in plot.x_ticks)
    assert all(0 <= one.at <= HEIGHT for one in plot.y_ticks)
    if len(points) > 1:
        assert plot.path.split("L")[-1].startswith(f"{WIDTH - 14:g} ")


def test_times_beyond_the_last_tick_are_left_out_and_each_percentile_has_its_rule() -> None:
    plot = plot_times([10.0] * 98 + [20.0, 9000.0], {"p50": 10.0, "p95": 10.0, "p99": 30.0})
    assert [one.label for one in plot.marks] == ["p50 10 ms", "p95 10 ms", "p99 30 ms"]
    assert [one.label for one in plot.x_ticks] == ["0", "10", "20", "30"]
    assert len(plot.bars) == 2
    assert plot_times([], {"p50": None, "p95": None, "p99": None}).bars == ()
